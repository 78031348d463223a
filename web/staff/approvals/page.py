"""The page of approvals: what waits to be published, looked at by somebody else, approved or refused in words."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from eval.sets.draft_questions import Standing as QuestionStanding
from eval.sets.draft_questions import read_questions
from eval.sets.draft_questions import standing_of as standing_of_questions
from eval.sets.question_sets import check_cases
from ingest.corpus.draft import Draft, draft_changes, draft_folder, draft_place, drafts, open_draft
from ingest.corpus.load import load_corpus
from ingest.corpus.versions import FileChange
from ingest.errors import DraftUnusable
from web.staff.approvals.approval import (
    Approval,
    Standing,
    Verdict,
    approval_of,
    keep_approval,
    standing_of,
    state_of,
)
from web.staff.approvals.falling import FallingPanel, falling_panel
from web.staff.approvals.hands import changed_by, hands_of
from web.staff.approvals.impact_file import IMPACT_FOLDER, KeptImpact, kept_impact
from web.staff.shell.drafts import fingerprint_of, limits_of
from web.staff.shell.edits import CONFLICT, OPENED, Clash, is_changed, mark_of
from web.staff.shell.office import Office

HOME = "/staff/approvals"
PAGE = "approvals"
LONGEST_WORDS = 1000  # characters
DECIDE = f"POST {HOME}/{{identifier}}/decide"
NOTED = {Verdict.APPROVED: "approval_given", Verdict.REFUSED: "approval_refused"}


@dataclass(frozen=True, slots=True)
class Checks:
    """What is known of a draft before it is published; ``stale`` is of the impact."""

    falling: FallingPanel | None
    impact: KeptImpact | None
    stale: bool
    questions: QuestionStanding


@dataclass(frozen=True, slots=True)
class Asked:
    """A draft with its approval, as the page shows it."""

    draft: Draft
    approval: Approval
    standing: Standing
    changes: Sequence[FileChange]
    mark: str
    own: bool  # whoever reads this asked for it
    checks: Checks
    barred: bool  # whoever reads this worked in it, and so does not decide


def approval_routes(office: Office) -> APIRouter:
    """``/staff/approvals``, ``…/{draft}/ask`` and ``…/{draft}/decide``."""
    routes = APIRouter()
    one_change = threading.Lock()  # an approval is read, judged and written

    @routes.get(HOME)
    def approvals(request: Request) -> HTMLResponse:
        return _page(office, request)

    @routes.post(HOME + "/{identifier}/ask")
    async def ask(request: Request, identifier: str) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(_ask, office, request, open_draft(office.settings.home, identifier), form)

    @routes.post(HOME + "/{identifier}/decide")
    async def decide(request: Request, identifier: str) -> Response:
        form = await office.checked_form(request)
        draft = open_draft(office.settings.home, identifier)

        def alone() -> Response:
            with one_change:
                return _decide(office, request, draft, form)

        return await run_in_threadpool(alone)

    _ = (approvals, ask, decide)  # registered by the decorators
    return routes


def asked_for(office: Office, request: Request) -> list[Asked]:
    """Every draft whose approval was asked for, those that wait first, then the newest."""
    corpus, home, reader = office.settings.corpus, office.settings.home, office.visitor(request)
    waiting = [(draft, kept) for draft in drafts(home) if (kept := approval_of(home, draft)) is not None]
    changed: Mapping[str, frozenset[str]] = changed_by(office.audit) if waiting else {}
    found = [
        Asked(
            draft,
            kept,
            standing_of(corpus, home, draft),
            draft_changes(corpus, home, draft),
            _mark(kept),
            reader is not None and reader.name == kept.who,
            _checks(office, request, draft),
            reader is not None and reader.name in hands_of(draft, changed, kept.who),
        )
        for draft, kept in waiting
    ]
    return sorted(found, key=lambda one: (one.standing is not Standing.WAITING, -one.approval.at.timestamp()))


def _checks(office: Office, request: Request, draft: Draft) -> Checks:
    place = draft_place(office.settings.home, draft)
    fingerprint = fingerprint_of(draft_folder(office.settings.home, draft))
    kept = kept_impact(place / IMPACT_FOLDER)
    return Checks(
        falling_panel(office, request, draft),
        kept,
        kept is not None and office.door.is_open and kept.is_stale(fingerprint, office.door.bot.corpus),
        standing_of_questions(place, fingerprint),
    )


def _ask(office: Office, request: Request, draft: Draft, form: FormData) -> Response:
    """Ask for the approval of a draft as it was seen. Raises DraftUnusable."""
    corpus, home, who = office.settings.corpus, office.settings.home, office.signed_in(request).name
    if not office.settings.approval:
        raise DraftUnusable("web.no_approval_wanted")
    if not draft_changes(corpus, home, draft):
        raise DraftUnusable("web.nothing_to_approve")
    state = state_of(corpus, home, draft)
    if is_changed(_text(form, OPENED), state):
        raise DraftUnusable("web.draft_changed_before_asking")
    _check_questions(office, draft)
    note = _text(form, "note")
    keep_approval(home, draft, Approval(who=who, at=datetime.now(UTC), note=note, state=state))
    office.audit.note(who, "approval_asked", draft.id, draft=draft.id, note=note)
    return RedirectResponse(f"{request.scope.get('root_path', '')}{HOME}", status_code=303)


def _check_questions(office: Office, draft: Draft) -> None:
    """See that every quote of the draft's questions stands in its texts. Raises EvaluationUnusable."""
    place, folder = draft_place(office.settings.home, draft), draft_folder(office.settings.home, draft)
    if standing_of_questions(place, fingerprint_of(folder)).is_sound:  # as a run of this very state has found
        return
    check_cases(read_questions(place).cases, load_corpus(folder, limits_of(office.settings)))


def _decide(office: Office, request: Request, draft: Draft, form: FormData) -> Response:
    """Approve or refuse; the page with a sentence when that cannot be."""
    home, who = office.settings.home, office.signed_in(request).name
    kept, words, verdict = approval_of(home, draft), _text(form, "words"), _text(form, "verdict")
    t = office.t(request, PAGE)
    if kept is None or is_changed(_text(form, OPENED), _mark(kept)):
        return _page(office, request, clash=_clash(kept), given=(draft.id, words))
    if kept.who == who:
        return _page(office, request, 403, t("own"), given=(draft.id, words))
    if who in hands_of(draft, changed_by(office.audit)):
        return _page(office, request, 403, t("worked_in"), given=(draft.id, words))
    if kept.verdict is not Verdict.WAITING:
        return _page(office, request, CONFLICT, t("decided"), given=(draft.id, words))
    if standing_of(office.settings.corpus, home, draft) is Standing.CHANGED:
        return _page(office, request, CONFLICT, t("changed_meanwhile"), given=(draft.id, words))
    if verdict not in (Verdict.APPROVED, Verdict.REFUSED):
        return _page(office, request, 422, t("no_verdict"), given=(draft.id, words))
    if verdict == Verdict.REFUSED and not words:
        return _page(office, request, 422, t("no_words"), given=(draft.id, words))
    said = Verdict(verdict)
    decided = {"verdict": said, "by": who, "decided_at": datetime.now(UTC), "words": words}
    keep_approval(home, draft, kept.model_copy(update=decided))
    office.audit.note(who, NOTED[said], draft.id, draft=draft.id, asked_by=kept.who, words=words)
    return RedirectResponse(f"{request.scope.get('root_path', '')}{HOME}", status_code=303)


def _page(
    office: Office,
    request: Request,
    status: int = 200,
    fault: str = "",
    *,
    clash: Clash | None = None,
    given: tuple[str, str] = ("", ""),
) -> HTMLResponse:
    """``given`` is the draft and the words that were sent and not kept."""
    return office.page(
        request,
        "approvals.html",
        CONFLICT if clash else status,
        wanted=office.settings.approval,
        asked=asked_for(office, request),
        may_decide=office.may(request, DECIDE),
        fault=fault,
        clash=clash,
        given=given,
        longest=LONGEST_WORDS,
    )


def _clash(now: Approval | None) -> Clash:
    if now is None:
        return Clash("", "", gone=True)
    at = (now.decided_at or now.at).astimezone()
    return Clash(now.by or now.who, at.strftime("%Y-%m-%d %H:%M:%S"), gone=False)


def _mark(approval: Approval) -> str:
    return mark_of(approval.model_dump(mode="json"))


def _text(form: FormData, name: str) -> str:
    return str(form.get(name, "")).strip()[:LONGEST_WORDS]
