"""The list of policies and the page of one: looked through, corrected in a draft, and as a table to take along."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from ingest.corpus.draft import Draft, draft_folder, drafts, is_outdated, open_draft
from ingest.corpus.edit import describe_document
from ingest.errors import DraftUnusable, PolicyQAError
from ingest.standings import Standing
from ingest.types import PolicyDocument
from ingest.vocabulary.levels import level_names
from web.answers.cards import clause_anchor
from web.staff.corpus.addresses import file_path, to
from web.staff.entitlements.held import Held, HeldRecords
from web.staff.policies import seen as looks
from web.staff.policies.facts import PlaceLink, facts_of, relations_of
from web.staff.policies.form import FACTS, FIELDS, RELATIONS, UNSAID, read_correction, said_of_policy, shown, typed
from web.staff.policies.rows import NEEDS, SORTS, PolicyRow, Wanted, policy_rows, quote_of
from web.staff.policies.seen import Look, Seen
from web.staff.shell.csv_file import csv_reply
from web.staff.shell.drafts import draft_to_change, limits_of, named_draft
from web.staff.shell.edits import CONFLICT, OPENED, Clash, Sides, clash_over, is_changed, mark_of, sides_of
from web.staff.shell.office import Office
from web.staff.shell.words import namer

HOME = "/staff/policies"
PAGE = "policies"
ROWS_A_PAGE = 50
SEEN, CORRECTED = "policy_seen", "policy_corrected"  # as the log calls them
CSV_HEAD = (
    "title", "level", "issuer", "number", "issued", "valid_from", "valid_until", "standing", "quote", "clauses",
    "checked", "entitlements", "lost", "doubts", "seen", "seen_by", "repeals", "replaces", "implements", "file",
)  # fmt: skip


def policy_routes(office: Office) -> APIRouter:
    """``/staff/policies``, its table, and one policy with ``…/seen`` and ``…/correct``."""
    routes = APIRouter()
    pages = PolicyPages(office)

    @routes.get(HOME)
    def policies(
        request: Request,
        draft: str = "",
        q: str = "",
        standing: str = "",
        level: str = "",
        need: str = "",
        sort: str = "order",
        page: int = 1,
    ) -> HTMLResponse:
        return pages.listed(request, pages.draft(draft), Wanted(q, standing, level, need, sort), page)

    @routes.get(f"{HOME}.csv")
    def table(
        request: Request,
        draft: str = "",
        q: str = "",
        standing: str = "",
        level: str = "",
        need: str = "",
        sort: str = "order",
    ) -> Response:
        return pages.table(request, pages.draft(draft), Wanted(q, standing, level, need, sort))

    @routes.get(HOME + "/{identity}")
    def policy(request: Request, identity: str, draft: str = "", kept: bool = False) -> HTMLResponse:
        return pages.show(request, pages.draft(draft), identity, kept=kept)

    @routes.post(HOME + "/{identity}/seen")
    async def looked(request: Request, identity: str) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(pages.looked, request, identity, form)

    @routes.post(HOME + "/{identity}/correct")
    async def correct(request: Request, identity: str) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(pages.correct, request, identity, form)

    _ = (policies, table, policy, looked, correct)  # registered by the decorators
    return routes


class PolicyPages:
    """What the routes do, apart from how they are reached."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._held = HeldRecords()
        self._seen = Seen(office.settings.home / looks.FILE)
        self._one_change = threading.Lock()  # corpus.toml is read, changed and written

    def draft(self, identifier: str) -> Draft | None:
        """The draft of an address; None for what serves. Raises DraftUnusable."""
        return open_draft(self.office.settings.home, identifier) if identifier else None

    def listed(self, request: Request, draft: Draft | None, wanted: Wanted, page: int) -> HTMLResponse:
        """The policies that were asked for."""
        settings, held = self.office.settings, self._of(draft)
        every = policy_rows(held, self._seen.all(), self.office.today())
        rows = wanted.of(every)
        last = max(1, -(-len(rows) // ROWS_A_PAGE))
        page = min(max(1, page), last)
        levels = list(dict.fromkeys(row.document.level for row in every if row.document.level))
        return self.office.page(
            request,
            "policies.html",
            draft=draft,
            drafts=drafts(settings.home),
            outdated=draft is not None and is_outdated(settings.corpus, settings.home, draft),
            rows=[(row, _term(held, row.document)) for row in rows[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]],
            count=len(rows),
            every=len(every),
            counts={one: sum(row.standing is one for row in every) for one in Standing},
            needs={one: sum(row.needs(one) for row in every) for one in NEEDS},
            levels=levels,
            sorts=SORTS,
            wanted=wanted,
            query=_query(wanted, draft),
            page=page,
            last=last,
            named=namer(PAGE, self.office.tongue(request)),
        )

    def table(self, request: Request, draft: Draft | None, wanted: Wanted) -> Response:
        """The same as CSV."""
        t, named = self.office.t(request, PAGE), namer(PAGE, self.office.tongue(request))
        held = self._of(draft)
        rows = wanted.of(policy_rows(held, self._seen.all(), self.office.today()))
        self.office.audit.check_room()
        self.office.audit.note(self.office.signed_in(request).name, "policies_exported", draft.id if draft else "")
        name = f"policies-{self.office.today().isoformat()}.csv"
        cells = ([_cell(row, key, held, named("standing", row.standing)) for key in CSV_HEAD] for row in rows)
        return csv_reply(name, [t(f"csv_{key}") for key in CSV_HEAD], cells)

    def show(
        self,
        request: Request,
        draft: Draft | None,
        identity: str,
        *,
        kept: bool = False,
        given: Mapping[str, str] | None = None,
        fault: str = "",
        clash: Clash | None = None,
    ) -> HTMLResponse:
        """One policy; ``given`` is what was filled in and refused."""
        held = self._of(draft)
        document, corpus = _find(held, identity), held.corpus
        row = next(one for one in policy_rows(held, self._seen.all(), self.office.today()) if one.document == document)
        said, under = said_of_policy(corpus, document)
        link = _link(draft)
        return self.office.page(
            request,
            "policies_one.html",
            CONFLICT if clash else 422 if fault else 200,
            draft=draft,
            row=row,
            document=document,
            facts=facts_of(corpus, document, link),
            relations=relations_of(corpus, document, link),
            doubts=[(doubt.line, self.office.told(request, doubt.message)) for doubt in row.doubts],
            text=link(document, ""),
            under=under,
            fields=given or shown(said),
            by_hand=[name for name in FIELDS if getattr(said, name)],
            misread=said.unsaid,
            opened=mark_of(shown(said)),
            FACTS=FACTS,
            RELATIONS=RELATIONS,
            UNSAID=UNSAID,
            levels=level_names(),
            kept=kept,
            fault=self.office.told(request, fault),
            clash=clash,
            named=namer(PAGE, self.office.tongue(request)),
        )

    def looked(self, request: Request, identity: str, form: FormData) -> Response:
        """Note that somebody looked a policy through, as it was shown to them."""
        draft, who = named_draft(self.office, form), self.office.signed_in(request).name
        held = self._of(draft)
        document = _find(held, identity)
        state = looks.state_of(held.corpus, document)
        if is_changed(str(form.get(OPENED, "")), state):
            return self.show(request, draft, identity, clash=self._clash(document, ()))
        self.office.audit.note(who, SEEN, document.title, policy=document.id, state=state)
        self._seen.note(document.id, Look(who, datetime.now(UTC).isoformat(timespec="seconds"), state))
        return to(request, _path(document, draft))

    def correct(self, request: Request, identity: str, form: FormData) -> Response:
        """Say of a policy what was read wrongly, in a new draft when none is named."""
        given = typed(form)
        with self._one_change:
            opened = named_draft(self.office, form)
            held = self._of(opened)
            document = _find(held, identity)
            said, under = said_of_policy(held.corpus, document)
            before = shown(said)
            if is_changed(str(form.get(OPENED, "")), mark_of(before)) and before != given:
                t = self.office.t(request, PAGE)
                sides = sides_of({key: t(f"field_{key}") for key in given}, before, given)
                clash = self._clash(document, sides)
                return self.show(request, opened, identity, given=given, clash=clash)
            try:
                read = read_correction(document.source, given)
                draft = draft_to_change(self.office, request, form)
                describe_document(self._folder(draft), document.source, under, read)
            except PolicyQAError as error:
                return self.show(request, opened, identity, given=given, fault=error.sentence)
            changed = {key: value for key, value in given.items() if value != before[key]}
            told = "；".join(f"{key} {value or '—'}" for key, value in changed.items())
            who = self.office.signed_in(request).name
            self.office.audit.note(who, CORRECTED, document.title, policy=document.id, draft=draft.id, told=told)
        return to(request, _path(document, draft, kept="1"))

    def _clash(self, document: PolicyDocument, sides: Sequence[Sides]) -> Clash:
        return clash_over(
            self.office.audit,
            lambda entry: entry.what == CORRECTED and entry.details.get("policy") == document.id,
            sides,
        )

    def _of(self, draft: Draft | None) -> Held:
        """The records and texts of a draft, or of what serves."""
        serving = self.office.door.bot.corpus
        return self._held.of(self._folder(draft), serving, limits_of(self.office.settings))

    def _folder(self, draft: Draft | None) -> Path:
        return draft_folder(self.office.settings.home, draft) if draft else self.office.door.bot.corpus.folder


def _find(held: Held, identity: str) -> PolicyDocument:
    document = held.corpus.document_by_id.get(identity)
    if document is None or document.kind == "compiled":
        raise DraftUnusable("web.policy_not_there")
    return document


def _path(document: PolicyDocument, draft: Draft | None, **other: str) -> str:
    asked = {"draft": draft.id if draft else "", **other}
    query = urlencode({key: value for key, value in asked.items() if value})
    return f"{HOME}/{quote(document.id, safe='')}" + (f"?{query}" if query else "")


def _link(draft: Draft | None) -> PlaceLink:
    """To the clause in the public library; of a draft, to its file."""

    def link(document: PolicyDocument, clause: str) -> str:
        if draft is not None:
            return f"{file_path(draft, document.source)}#d-{quote(document.id, safe='')}"
        anchor = f"#{quote(clause_anchor(clause), safe='')}" if clause else ""
        return f"/library/{quote(document.id, safe='')}{anchor}"

    return link


def _query(wanted: Wanted, draft: Draft | None) -> str:
    """The part of an address that asks for the same."""
    asked = {
        "draft": draft.id if draft else "",
        "q": wanted.query.strip(),
        "standing": wanted.standing,
        "level": wanted.level,
        "need": wanted.need,
        "sort": wanted.sort,
    }
    return urlencode({key: value for key, value in asked.items() if value})


def _term(held: Held, document: PolicyDocument) -> str:
    """The printed words of a policy's term, its end before its beginning."""
    place = document.place_of("valid_until") or document.place_of("valid_from")
    return quote_of(held.corpus, document, place) or (document.validity.undetermined or "")


def _cell(row: PolicyRow, key: str, held: Held, standing: str) -> object:
    document, look = row.document, row.look
    own: dict[str, object] = {
        "valid_from": document.validity.valid_from,
        "valid_until": document.validity.valid_until,
        "standing": standing,
        "quote": _term(held, document),
        "clauses": row.clauses,
        "checked": row.checked,
        "entitlements": row.entitlements,
        "lost": row.lost,
        "doubts": len(row.doubts),
        "seen": look.day if look else "",
        "seen_by": look.who if look else "",
        "file": document.source,
        **{name: "；".join(_names(document, name)) for name in ("repeals", "replaces", "implements")},
    }
    return own[key] if key in own else getattr(document, key)


def _names(document: PolicyDocument, relation: str) -> Iterator[str]:
    for one in getattr(document, relation):
        yield one.number or one.title or ""
