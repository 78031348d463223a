"""The page of entitlements: what clauses grant, who stands for it; accepted, refused, corrected and added in a draft."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from ingest.corpus.draft import Draft, draft_folder, drafts, is_outdated, open_draft
from ingest.entitlements.files import with_record, write_document
from ingest.entitlements.record_form import record_json
from ingest.entitlements.reviewing import accept, refuse
from ingest.entitlements.succeeding import not_taken_over
from ingest.entitlements.types import Attached, Entitlement, Flagged
from ingest.errors import EntitlementsUnusable, ModelUnusable, PolicyQAError
from ingest.normalise import search_form
from web.answers.cards import clause_anchor
from web.staff.entitlements.fields import GROUPS, RecordFields
from web.staff.entitlements.form import Given, as_fields, as_json, check_whole, choices, given_in, read_written
from web.staff.entitlements.held import STANDINGS, Held, HeldRecords, Standing
from web.staff.entitlements.suggesting import SUGGEST, Suggesting
from web.staff.entitlements.translating import TRANSLATE, Translating
from web.staff.shell.drafts import draft_to_change, limits_of, named_draft
from web.staff.shell.edits import CONFLICT, OPENED, Clash, clash_over, is_changed, mark_of
from web.staff.shell.office import Office

HOME = "/staff/entitlements"
ROWS_A_PAGE = 50
LONGEST_SEARCH = 100
CHANGES = frozenset(
    f"entitlement_{what}" for what in ("accepted", "refused", "changed", "added", "reworded")
)  # as the log has them


@dataclass(frozen=True, slots=True)
class Row:
    """A record as the table shows it."""

    record: Entitlement
    standing: Standing
    reason: str  # why it is not used
    address: str
    href: str  # of its clause in the library
    mark: str
    can_review: bool


def entitlement_routes(office: Office, *more: Callable[[Office, EntitlementPages], APIRouter]) -> APIRouter:
    """``/staff/entitlements`` with ``…/accept``, ``…/refuse``, ``…/save`` and ``…/suggest``, and what ``more`` adds."""
    routes = APIRouter()
    pages = EntitlementPages(office)
    for rest in more:
        routes.include_router(rest(office, pages))

    @routes.get(HOME)
    def entitlements(
        request: Request,
        draft: str = "",
        q: str = "",
        standing: str = "",
        page: int = 1,
        edit: str = "",
        add: str = "",
        job: str = "",
    ) -> HTMLResponse:
        chosen = open_draft(office.settings.home, draft) if draft else None
        return pages.show(request, chosen, q, standing, page, editing=edit, adding=add, job=job)

    @routes.post(f"{HOME}/accept")
    async def accepted(request: Request) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(pages.review, request, form, accepts=True)

    @routes.post(f"{HOME}/refuse")
    async def refused(request: Request) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(pages.review, request, form, accepts=False)

    @routes.post(f"{HOME}/save")
    async def saved(request: Request) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(pages.save, request, form)

    @routes.post(f"{HOME}/suggest")
    async def suggested(request: Request) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(pages.suggest, request, form)

    @routes.post(f"{HOME}/translate")
    async def translated(request: Request) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(pages.translate, request, form)

    _ = (entitlements, accepted, refused, saved, suggested, translated)  # registered by the decorators
    return routes


class EntitlementPages:
    """What the routes do, apart from how they are reached."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._held = HeldRecords()
        self.one_change = threading.Lock()  # a file is read, changed and written
        self._suggesting = Suggesting(office, self._held, self.one_change)
        self._translating = Translating(office, self._held, self.one_change)

    def show(
        self,
        request: Request,
        draft: Draft | None,
        query: str = "",
        standing: str = "",
        page: int = 1,
        *,
        editing: str = "",
        adding: str = "",
        given: Given = "",
        fault: str = "",
        clash: Clash | None = None,
        job: str = "",
    ) -> HTMLResponse:
        """The records that hold ``query`` and have this ``standing``.

        ``editing`` is the key of the one in the form, ``adding`` the title of the document that gets a new one; ``given``
        is what was filled in and refused; ``job`` is a suggesting that may still be followed.
        """
        settings, held = self.office.settings, self._of(draft)
        rows = [self._row(request, held, kind, item) for kind, item in held.items()]
        wanted = search_form(query[:LONGEST_SEARCH].strip())
        found = [row for row in rows if (not standing or row.standing == standing) and _holds(row.record, wanted)]
        last = max(1, -(-len(found) // ROWS_A_PAGE))
        page = min(max(1, page), last)
        edited = next((row for row in rows if row.record.key == editing), None)
        record = edited.record if edited else None
        running = self.office.jobs.running(SUGGEST) or self.office.jobs.running(TRANSLATE)
        return self.office.page(
            request,
            "entitlements.html",
            CONFLICT if clash else 422 if fault else 200,
            draft=draft,
            drafts=drafts(settings.home),
            outdated=draft is not None and is_outdated(settings.corpus, settings.home, draft),
            base=f"/staff/corpus/drafts/{draft.id}" if draft else "",
            rows=found[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE],
            count=len(found),
            counts={name: sum(row.standing == name for row in rows) for name in STANDINGS},
            unclaimed=len(not_taken_over(held.records, held.corpus)),
            standings=STANDINGS,
            standing=standing,
            query=query.strip()[:LONGEST_SEARCH],
            page=page,
            last=last,
            edited=edited,
            adding=adding,
            documents=[document.title for document in held.corpus.documents if document.kind != "stub"],
            text=(isinstance(given, str) and given) or as_json(record),
            is_text=bool(given) and isinstance(given, str),
            filled=given if isinstance(given, RecordFields) else as_fields(record, adding, held),
            groups=GROUPS,
            **choices(held, int(self.office.tongue(request) == "en")),
            fault=self.office.told(request, fault),
            clash=clash,
            model=settings.chat_model,
            job=running.id if running else job if self.office.jobs.find(job) else "",
        )

    def suggest(self, request: Request, form: FormData) -> Response:
        """Start letting the model suggest records for a draft, or for one document of it."""
        return self._started(request, form, self._suggesting)

    def translate(self, request: Request, form: FormData) -> Response:
        """Start letting the model draft the English of a draft, or of one document of it."""
        return self._started(request, form, self._translating)

    def _started(self, request: Request, form: FormData, asking: Suggesting | Translating) -> Response:
        draft = open_draft(self.office.settings.home, _text(form, "draft"))
        t, who = self.office.t(request, "entitlements"), self.office.signed_in(request).name
        try:
            job = asking.start(draft, _text(form, "of"), who, t)
        except ModelUnusable as error:
            return self.show(request, draft, fault=error.sentence)
        query = urlencode({"draft": draft.id, "job": job.id})
        return RedirectResponse(f"{request.scope.get('root_path', '')}{HOME}?{query}", status_code=303)

    def _of(self, draft: Draft | None) -> Held:
        settings, serving = self.office.settings, self.office.door.bot.corpus
        folder = draft_folder(settings.home, draft) if draft else serving.folder
        return self._held.of(folder, serving, limits_of(settings))

    def _row(self, request: Request, held: Held, standing: Standing, item: Attached | Flagged) -> Row:
        attached = isinstance(item, Attached)
        clause = item.clauses[0] if isinstance(item, Attached) else ""
        document = quote(item.document, safe="") if isinstance(item, Attached) else ""
        return Row(
            record=item.record,
            standing=standing,
            reason="" if isinstance(item, Attached) else self.office.told(request, item.reason),
            address=item.address if isinstance(item, Attached) else "",
            href=f"/library/{document}#{quote(clause_anchor(clause), safe='')}" if clause else "",
            mark=_mark_of(item.record),
            can_review=attached,
        )

    def review(self, request: Request, form: FormData, *, accepts: bool) -> Response:
        """Somebody stands for a record, or refuses it; in a new draft when none is named."""
        key = _text(form, "key")
        with self.one_change:
            if refused := self._clash(request, form, key):
                return refused
            found = self._of(named_draft(self.office, form)).find(key)
            if found is None or not isinstance(found[1], Attached):
                raise EntitlementsUnusable("web.record_cannot_be_reviewed", key=key)
            draft, who = draft_to_change(self.office, request, form), self.office.signed_in(request).name
            reviewed = (accept if accepts else refuse)(found[1], who, self.office.today())
            try:
                self._write(draft, reviewed)
            except PolicyQAError as error:
                return self.show(request, draft, fault=error.sentence)
            self._note(request, "entitlement_accepted" if accepts else "entitlement_refused", reviewed, draft)
        return self._back(request, draft, form)

    def save(self, request: Request, form: FormData) -> Response:
        """Correct or add a record, as somebody wrote it; nothing is saved when it cannot be used."""
        key, given, document = _text(form, "key"), given_in(form), _text(form, "document")
        with self.one_change:
            if key and (refused := self._clash(request, form, key, given)):
                return refused
            opened = named_draft(self.office, form)
            held = self._of(opened)
            found = held.find(key) if key else None
            old = found[1].record if found else None
            who = self.office.signed_in(request).name
            try:
                title = old.document if old else document
                record = read_written(given, title, held, who, self.office.today(), old)
                draft = draft_to_change(self.office, request, form)
                self._write(draft, record)
            except PolicyQAError as error:
                adding = "" if key else document
                return self.show(request, opened, editing=key, adding=adding, given=given, fault=error.sentence)
            self._note(request, "entitlement_changed" if old else "entitlement_added", record, draft)
        return self._back(request, draft, form)

    def _write(self, draft: Draft, record: Entitlement) -> None:
        held, folder = self._of(draft), draft_folder(self.office.settings.home, draft)
        check_whole(held, record)
        write_document(folder, record.document, with_record(held.records_of(record.document), record))

    def _clash(self, request: Request, form: FormData, key: str, given: Given = "") -> Response | None:
        """The page that says what somebody else did to a record since it was shown; None when it is as it was."""
        draft = named_draft(self.office, form)
        found = self._of(draft).find(key)
        now = _mark_of(found[1].record) if found else "gone"
        if not is_changed(_text(form, OPENED), now):
            return None
        clash = clash_over(
            self.office.audit,
            lambda entry: entry.what in CHANGES and entry.details.get("record") == key,
            gone=not found,
        )
        return self.show(request, draft, editing=key if given else "", given=given, clash=clash)

    def _note(self, request: Request, what: str, record: Entitlement, draft: Draft) -> None:
        who = self.office.signed_in(request).name
        self.office.audit.note(who, what, record.title, draft=draft.id, record=record.key)

    def _back(self, request: Request, draft: Draft, form: FormData) -> Response:
        asked = {"draft": draft.id, "q": _text(form, "q")[:LONGEST_SEARCH], "standing": _text(form, "standing")}
        query = urlencode({key: value for key, value in asked.items() if value})
        return RedirectResponse(f"{request.scope.get('root_path', '')}{HOME}?{query}", status_code=303)


def _mark_of(record: Entitlement) -> str:
    return mark_of(record_json(record))


def _holds(record: Entitlement, wanted: str) -> bool:
    texts = (record.title, record.document, *record.spans)
    return not wanted or any(wanted in search_form(text) for text in texts)


def _text(form: FormData, name: str) -> str:
    value: Any = form.get(name, "")
    return value if isinstance(value, str) else ""
