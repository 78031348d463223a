"""The page of service cards: where, when and with what a policy is applied for, typed in a draft and published with it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from bot.service.wording import lines, mark
from ingest.corpus.draft import Draft, draft_folder, drafts, is_outdated, open_draft
from ingest.corpus.versions import serving_folder
from ingest.errors import PolicyQAError
from ingest.service.cards import LONGEST, LONGEST_LINE, ServiceCard, is_bound, read_cards
from ingest.service.edit import card_of, check_free, put_card, remove_card
from ingest.types import Corpus
from web.staff.service.form import FIELDS, DraftTexts, check_bound, identity, state, text_of, typed
from web.staff.shell.drafts import draft_to_change, limits_of, named_draft
from web.staff.shell.edits import CONFLICT, OPENED, Clash, clash_over, is_changed, sides_of
from web.staff.shell.office import Office
from web.texts import LANGUAGES

HOME = "/staff/service"
CHANGES = frozenset({"service_added", "service_changed", "service_removed"})  # as the log calls them


def service_routes(office: Office) -> APIRouter:
    """``/staff/service``, ``…/card`` and ``…/remove``."""
    routes = APIRouter()
    pages = ServicePages(office)

    @routes.get(HOME)
    def service(request: Request, draft: str = "", edit: str = "", kept: str = "") -> HTMLResponse:
        chosen = open_draft(office.settings.home, draft) if draft else None
        return pages.show(request, chosen, editing=edit if chosen else "", kept=kept)

    @routes.post(f"{HOME}/card")
    async def put(request: Request) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(pages.put, request, form)

    @routes.post(f"{HOME}/remove")
    async def remove(request: Request) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(pages.remove, request, form)

    _ = (service, put, remove)  # registered by the decorators
    return routes


class ServicePages:
    """What the routes do, apart from how they are reached."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._one_change = threading.Lock()  # the file is read, changed and written
        self._texts = DraftTexts()

    def show(
        self,
        request: Request,
        draft: Draft | None,
        *,
        editing: str = "",
        kept: str = "",
        given: Mapping[str, str] | None = None,
        fault: str = "",
        clash: Clash | None = None,
    ) -> HTMLResponse:
        """The cards of a draft, or of what serves; ``given`` is what was filled in and refused."""
        settings, language = self.office.settings, LANGUAGES[self.office.tongue(request)]
        folder = self._folder(draft)
        cards, corpus = read_cards(folder).cards, self._corpus(folder)
        before = frozenset(read_cards(self._folder(None)).cards) if draft else frozenset(cards)
        edited = self._find(folder, editing)
        fields = given or (edited.model_dump() if edited else dict.fromkeys(FIELDS, ""))
        titles = list(dict.fromkeys(one.title for one in corpus.documents if one.kind != "stub"))
        return self.office.page(
            request,
            "service.html",
            CONFLICT if clash else 422 if fault else 200,
            draft=draft,
            drafts=drafts(settings.home),
            outdated=draft is not None and is_outdated(settings.corpus, settings.home, draft),
            base=f"/staff/corpus/drafts/{draft.id}" if draft else "",
            rows=[
                (
                    card,
                    identity(card),
                    lines(card, language),
                    is_bound(card, corpus.clauses, corpus),
                    card not in before,
                )
                for card in cards
            ],
            titles=titles if not fields["document"] or fields["document"] in titles else [fields["document"], *titles],
            edited=edited,
            identity=editing if edited else "",
            fields=fields,
            kept=self._find(folder, kept),
            fault=self.office.told(request, fault),
            clash=clash,
            state=state,
            mark=mark(language),
            longest=LONGEST,
            longest_line=LONGEST_LINE,
        )

    def put(self, request: Request, form: FormData) -> Response:
        """Add or change a card, in a new draft when none is named."""
        given, old_identity = typed(form), text_of(form, "key")
        with self._one_change:
            opened = named_draft(self.office, form)
            old = self._find(self._folder(opened), old_identity)
            if old_identity and (refused := self._clash(request, form, old_identity, given)):
                return refused
            try:
                card = card_of(given)
                check_bound(card, self._corpus(self._folder(opened)))
                check_free(card, read_cards(self._folder(opened)).cards, old)  # begins no draft in vain
                draft = draft_to_change(self.office, request, form)
                put_card(draft_folder(self.office.settings.home, draft), card, old)
            except PolicyQAError as error:
                return self.show(request, opened, editing=old_identity, given=given, fault=error.sentence)
            self._note(request, "service_changed" if old else "service_added", card, draft, old or card)
        return self._back(request, draft, kept=identity(card))

    def remove(self, request: Request, form: FormData) -> Response:
        """Take a card out, in a new draft when none is named."""
        key = text_of(form, "key")
        with self._one_change:
            if refused := self._clash(request, form, key):
                return refused
            draft = draft_to_change(self.office, request, form)
            folder = draft_folder(self.office.settings.home, draft)
            card = self._find(folder, key)
            if card is None:  # gone already: nothing is left to do
                return self._back(request, draft)
            try:
                remove_card(folder, card)
            except PolicyQAError as error:
                return self.show(request, draft, fault=error.sentence)
            self._note(request, "service_removed", card, draft, card)
        return self._back(request, draft)

    def _clash(
        self, request: Request, form: FormData, key: str, given: Mapping[str, str] | None = None
    ) -> Response | None:
        """The page that says what somebody else did to a card since it was shown; None when it is as it was."""
        draft = named_draft(self.office, form)
        now = self._find(self._folder(draft), key)
        theirs: dict[str, str] = now.model_dump() if now else {}
        if not is_changed(text_of(form, OPENED), state(now)) or theirs == given:
            return None
        t = self.office.t(request, "service")
        called = {name: t(f"field_{name}") for name in FIELDS} if given else {}
        clash = clash_over(
            self.office.audit,
            lambda entry: entry.what in CHANGES and entry.details.get("card") == key,
            sides_of(called, theirs, given or {}),
            gone=now is None,
        )
        return self.show(request, draft, editing=key if given else "", given=given, clash=clash)

    def _folder(self, draft: Draft | None) -> Path:
        settings = self.office.settings
        return draft_folder(settings.home, draft) if draft else serving_folder(settings.corpus, settings.home)

    def _corpus(self, folder: Path) -> Corpus:
        return self._texts.of(folder, self.office.door.bot.corpus, limits_of(self.office.settings))

    def _find(self, folder: Path, key: str) -> ServiceCard | None:
        return next((card for card in read_cards(folder).cards if identity(card) == key), None) if key else None

    def _note(self, request: Request, what: str, card: ServiceCard, draft: Draft, was: ServiceCard) -> None:
        told = "；".join(f"{name} {said}" for name, said in card if said and name != "document")
        details = {"draft": draft.id, "card": identity(was), "told": told}
        self.office.audit.note(self.office.signed_in(request).name, what, card.document, **details)

    def _back(self, request: Request, draft: Draft, **other: str) -> Response:
        query = urlencode({"draft": draft.id, **other})
        return RedirectResponse(f"{request.scope.get('root_path', '')}{HOME}?{query}", status_code=303)
