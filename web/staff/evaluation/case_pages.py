"""The questions of a set: listed, searched and opened; those of the staff's own sets changed, added and deleted."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from eval.cases.case_files import load_cases
from eval.cases.cases import UNANSWERABLE, Case
from eval.scoring.scoring import Yardstick
from eval.sets.question_sets import (
    QuestionSet,
    append_case,
    case_mark,
    change_case,
    free_id,
    question_set,
    question_sets,
    remove_case,
)
from ingest.errors import ChangedMeanwhile, EvaluationUnusable
from ingest.normalise import match_form
from web.staff.bench.case_form import DECLINES, KIND_OF_MORE, KIND_OF_ONE_TURN
from web.staff.evaluation.case_edit_form import (
    CaseEdit,
    CaseEditFaults,
    case_of_edit,
    edit_of,
    read_case_edit,
    remarks_of,
)
from web.staff.evaluation.view import bench_query
from web.staff.shell.audit_log import AuditEntry
from web.staff.shell.edits import CONFLICT, OPENED, Clash, clash_over, sides_of
from web.staff.shell.office import Office

PAGE = "evaluation"
SETS = "/staff/evaluation/sets"
CASES_A_PAGE = 50
LONGEST_SEARCH = 200  # characters
REFUSED = 422
KINDS = (KIND_OF_ONE_TURN, KIND_OF_MORE, *(f"{UNANSWERABLE}:{name}" for name in DECLINES))  # offered at least
SIDES = (
    "id", "turns", "kind", "evidence", "answer", "must_not", "note", "type", "difficulty", "lang", "repeat",
    "parts", "verdict", "polarity_groups", "computed", "turn_answers",
)  # fmt: skip


def case_routes(office: Office) -> APIRouter:
    """``/staff/evaluation/sets/{name}/cases`` and ``…/case``."""
    routes = APIRouter()
    pages = CasePages(office)

    @routes.get(SETS + "/{name}/cases")
    def cases(request: Request, name: str, q: str = "", page: int = 1) -> HTMLResponse:
        return pages.listed(request, _set(office, name), q.strip()[:LONGEST_SEARCH], page)

    @routes.get(SETS + "/{name}/case")
    def case(request: Request, name: str, id: str = "", kept: str = "") -> HTMLResponse:
        return pages.opened(request, _set(office, name), id, kept=bool(kept))

    @routes.post(SETS + "/{name}/case")
    async def save(request: Request, name: str) -> Response:
        form = await office.checked_form(request)
        old, opened = str(form.get("old", "")), str(form.get(OPENED, ""))
        return await run_in_threadpool(pages.save, request, name, read_case_edit(form), old, opened)

    @routes.post(SETS + "/{name}/case/delete")
    async def delete(request: Request, name: str) -> Response:
        form = await office.checked_form(request)
        identity, opened = str(form.get("id", "")), str(form.get(OPENED, ""))
        return await run_in_threadpool(pages.delete, request, name, identity, opened)

    _ = (cases, case, save, delete)  # registered by the decorators
    return routes


class CasePages:
    """What the routes do, apart from how they are reached."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._stick: Yardstick | None = None

    def listed(self, request: Request, of: QuestionSet, query: str, page: int) -> HTMLResponse:
        """The questions of a set that hold every word of ``query``, in the order of the set."""
        found = [case for case in load_cases([of.path]) if _holds(case, query.split())]
        last = max(1, -(-len(found) // CASES_A_PAGE))
        page = min(max(1, page), last)
        shown = found[(page - 1) * CASES_A_PAGE : page * CASES_A_PAGE]
        return self.office.page(
            request,
            "evaluation_cases.html",
            set=of,
            base=_base(of),
            query=query,
            cases=[(case, case_mark(case), bench_query(case.turns, None)) for case in shown],
            count=len(found),
            page=page,
            last=last,
        )

    def opened(self, request: Request, of: QuestionSet, identity: str, *, kept: bool) -> HTMLResponse:
        """One question of a set, or an empty form for a new one."""
        case = self._case(of, identity) if identity else None
        if case is None and (identity or not of.writable):
            raise HTTPException(404, "Not Found")
        edit = edit_of(case) if case else CaseEdit({**_EMPTY, "id": free_id(self.office.settings.home, of.name)})
        return self._page(request, of, edit, case, kept=kept)

    def save(self, request: Request, name: str, edit: CaseEdit, old: str, opened: str) -> Response:
        """Keep a question; without ``old`` it is a new one. The form comes back, filled, with all that is wrong."""
        of = _set(self.office, name)
        home, corpus = self.office.settings.home, self.office.door.bot.corpus
        now = self._case(of, old) if old else None
        if now is not None and edit.shown() == edit_of(now).shown():
            return _to(request, f"{_base(of)}/case?{urlencode({'id': now.id, 'kept': '1'})}")  # it says that already
        try:
            if old and (now is None or case_mark(now) != opened):
                raise ChangedMeanwhile
            made = case_of_edit(edit, self._yardstick())
            if old:
                change_case(home, of.name, old, made, corpus, opened)
            else:
                append_case(home, of.name, made, corpus)
        except ChangedMeanwhile:
            return self._page(request, of, edit, now, clash=self._clash(request, of, old, now, edit))
        except CaseEditFaults as fault:
            return self._page(request, of, edit, now, faults=fault.sentences)
        except EvaluationUnusable as error:
            return self._page(request, of, edit, now, faults=(error.sentence,))
        who = self.office.signed_in(request).name
        self.office.audit.note(who, "case_changed" if old else "case_added", old or made.id, set=of.name, id=made.id)
        return _to(request, f"{_base(of)}/case?{urlencode({'id': made.id, 'kept': '1'})}")

    def delete(self, request: Request, name: str, identity: str, opened: str) -> Response:
        """Take a question out, unless somebody else has changed it since it was shown."""
        of = _set(self.office, name)
        try:
            remove_case(self.office.settings.home, of.name, identity, opened)
        except ChangedMeanwhile:
            now = self._case(of, identity)
            clash = self._clash(request, of, identity, now, None)
            if now is None:
                return self.office.page(request, "evaluation_case_gone.html", CONFLICT, clash=clash, base=_base(of))
            return self._page(request, of, edit_of(now), now, clash=clash)
        who = self.office.signed_in(request).name
        self.office.audit.note_deletion(who, "case_deleted", identity, set=of.name, id=identity)
        left = any(one.name == of.name for one in question_sets(self.office.settings.home))
        return _to(request, f"{_base(of)}/cases" if left else "/staff/evaluation#sets")

    def _page(
        self,
        request: Request,
        of: QuestionSet,
        edit: CaseEdit,
        case: Case | None,
        *,
        faults: Sequence[str] = (),
        clash: Clash | None = None,
        kept: bool = False,
    ) -> HTMLResponse:
        """One question; ``case`` is as it stands in the set, None when it does not (any more), ``edit`` as typed."""
        told = self.office.told
        remarks = remarks_of(case, self._yardstick()) if case and not faults and not clash else ()
        return self.office.page(
            request,
            "evaluation_case.html",
            CONFLICT if clash else REFUSED if faults else 200,
            set=of,
            base=_base(of),
            case=case,
            opened=case_mark(case) if case else "",
            edit=edit,
            kinds=sorted({*KINDS, *(known.kind for known in self._cases(of))} - {""}),
            faults=[told(request, fault) for fault in faults],
            remarks=[told(request, remark) for remark in remarks],
            clash=clash,
            kept=kept,
            bench=bench_query(case.turns, None) if case else "",
        )

    def _clash(
        self, request: Request, of: QuestionSet, identity: str, now: Case | None, edit: CaseEdit | None
    ) -> Clash:
        """Who changed a question last, or the whole set, and both versions of it."""
        t = self.office.t(request, PAGE)

        def is_change(entry: AuditEntry) -> bool:
            if entry.what in ("set_kept", "set_deleted"):
                return entry.about == of.name
            one = entry.what in ("case_changed", "case_deleted", "case_added")
            return one and entry.details.get("set") == of.name and identity in (entry.about, entry.details.get("id"))

        words = {field: t(f"field_{field}") for field in SIDES}
        sides = sides_of(words, edit_of(now).shown() if now else {}, edit.shown()) if edit else ()
        return clash_over(self.office.audit, is_change, sides, gone=now is None)

    def _case(self, of: QuestionSet, identity: str) -> Case | None:
        return next((case for case in self._cases(of) if case.id == identity), None)

    def _cases(self, of: QuestionSet) -> tuple[Case, ...]:
        return load_cases([of.path]) if of.path.is_file() else ()

    def _yardstick(self) -> Yardstick:
        """Kept, because it holds every clause once more."""
        corpus = self.office.door.bot.corpus
        if self._stick is None or self._stick.corpus is not corpus:
            self._stick = Yardstick(corpus)
        return self._stick


_EMPTY = edit_of(Case("", ())).fields


def _holds(case: Case, words: Sequence[str]) -> bool:
    if not words:
        return True
    quotes = (part for one in case.evidence for part in (one.quote, one.doc, one.locator))
    points = (text for point in case.answer for text in point)
    whole = match_form(" ".join((case.id, *case.turns, case.kind, case.type, *quotes, *points, case.note)))
    return all(match_form(word) in whole for word in words)


def _set(office: Office, name: str) -> QuestionSet:
    try:
        return question_set(office.settings.home, name)
    except EvaluationUnusable as error:
        raise HTTPException(404, "Not Found") from error


def _base(of: QuestionSet) -> str:
    return f"{SETS}/{quote(of.name, safe='')}"


def _to(request: Request, path: str) -> RedirectResponse:
    return RedirectResponse(f"{request.scope.get('root_path', '')}{path}", 303)
