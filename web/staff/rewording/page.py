"""The page of records whose words changed: before and now side by side, and one press that takes over many."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from ingest.corpus.draft import Draft, draft_folder, drafts, open_draft
from ingest.entitlements.files import check_same_as, check_unique, read_files, with_record, write_document
from ingest.entitlements.reviewing import accept
from ingest.entitlements.types import Entitlement
from ingest.errors import PolicyQAError
from ingest.normalise import match_form
from web.staff.corpus.publishing import limits_of
from web.staff.entitlements.page import CHANGES, HOME, EntitlementPages
from web.staff.rewording.changed import Change, Changed, changed_records
from web.staff.service.form import DraftTexts
from web.staff.shell.drafts import draft_to_change, named_draft
from web.staff.shell.edits import CONFLICT, Clash, clash_over
from web.staff.shell.office import Office

BASE = f"{HOME}/reworded"
REFUSED = 422


def rewording_routes(office: Office, entitlements: EntitlementPages) -> APIRouter:
    """``/staff/entitlements/reworded``."""
    routes = APIRouter()
    pages = RewordingPages(office, entitlements)

    @routes.get(BASE)
    def reworded(request: Request, draft: str = "", taken: int | None = None) -> HTMLResponse:
        return pages.show(request, open_draft(office.settings.home, draft) if draft else None, taken=taken)

    @routes.post(BASE)
    async def take(request: Request) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(pages.take, request, form)

    _ = (reworded, take)  # registered by the decorators
    return routes


class RewordingPages:
    """What the routes do, apart from how they are reached."""

    def __init__(self, office: Office, entitlements: EntitlementPages) -> None:
        self.office = office
        self._one_change = entitlements.one_change
        self._texts = DraftTexts()

    def show(
        self,
        request: Request,
        draft: Draft | None,
        *,
        taken: int | None = None,
        fault: PolicyQAError | None = None,
        clash: Clash | None = None,
        chosen: Sequence[str] = (),
    ) -> HTMLResponse:
        """The records that are not used; ``chosen`` are the marks of those that were ticked and not taken over."""
        changed = self._changed(draft)
        return self.office.page(
            request,
            "entitlements_reworded.html",
            CONFLICT if clash else REFUSED if fault else 200,
            draft=draft,
            drafts=drafts(self.office.settings.home),
            groups=changed.groups,
            left=[(item.record, self.office.told(request, item.reason)) for item in changed.left],
            taken=taken,
            chosen=frozenset(chosen),
            fault=self.office.told(request, fault) if fault else "",
            clash=clash,
        )

    def take(self, request: Request, form: FormData) -> Response:
        """Somebody stands for the records that were ticked, in the words that were shown; all of them or none."""
        marks, opened = [str(mark) for mark in form.getlist("take")], named_draft(self.office, form)
        with self._one_change:
            changed = self._changed(opened)
            found = [changed.find(mark) for mark in marks]
            changes = [one for one in found if one is not None]
            if len(changes) < len(found):
                clash = clash_over(self.office.audit, lambda entry: entry.what in CHANGES)
                return self.show(request, opened, clash=clash, chosen=marks)
            if changes:
                try:
                    opened = self._written(request, form, changes)
                except PolicyQAError as error:
                    return self.show(request, opened, fault=error, chosen=marks)
        asked = urlencode({"draft": opened.id if opened else "", "taken": len(changes)})
        return RedirectResponse(f"{request.scope.get('root_path', '')}{BASE}?{asked}", status_code=303)

    def _written(self, request: Request, form: FormData, changes: Sequence[Change]) -> Draft:
        who, today = self.office.signed_in(request).name, self.office.today()
        draft = draft_to_change(self.office, request, form)
        folder = draft_folder(self.office.settings.home, draft)
        kept = [accept(one.item, who, today) for one in changes]
        records = read_files(folder).records
        for record in kept:
            own = _of_document(records, record.document)
            records = (*(one for one in records if one not in own), *with_record(own, record))
        check_same_as(records)
        for document in {match_form(record.document): record.document for record in kept}.values():
            own = _of_document(records, document)
            check_unique(own)
            write_document(folder, document, own)
        for record in kept:
            self.office.audit.note(who, "entitlement_reworded", record.title, draft=draft.id, record=record.key)
        return draft

    def _changed(self, draft: Draft | None) -> Changed:
        settings, serving = self.office.settings, self.office.door.bot.corpus
        folder = draft_folder(settings.home, draft) if draft else serving.folder
        corpus = self._texts.of(folder, serving, limits_of(settings))
        return changed_records(read_files(folder), corpus)


def _of_document(records: Sequence[Entitlement], document: str) -> tuple[Entitlement, ...]:
    title = match_form(document)
    return tuple(record for record in records if match_form(record.document) == title)
