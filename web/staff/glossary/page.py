"""The glossary page: the rows that serve, and those of a draft, which can be added, changed and taken out."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from index.glossary.edit import GlossaryRow, glossary_rows, put_row, remove_row
from index.glossary.glossary import TABLES
from ingest.corpus.draft import Draft, draft_folder, drafts, is_outdated, open_draft
from ingest.corpus.versions import serving_folder
from ingest.errors import PolicyQAError
from ingest.normalise import search_form
from web.staff.glossary.product_rows import product_rows
from web.staff.glossary.words import CorpusWords
from web.staff.shell.drafts import draft_to_change, limits_of
from web.staff.shell.edits import CONFLICT, OPENED, Clash, Sides, clash_over, is_changed, mark_of
from web.staff.shell.office import Office

HOME = "/staff/glossary"
ROWS_A_PAGE = 100
LONGEST_SEARCH = 100
CHANGES = frozenset({"glossary_added", "glossary_changed", "glossary_removed"})  # as the log calls them
Row = TypeVar("Row")
_BETWEEN_WORDS = re.compile(r"[,，、;；\n\r]+")


def glossary_routes(office: Office) -> APIRouter:
    """``/staff/glossary``, ``…/row`` and ``…/remove``."""
    routes = APIRouter()
    pages = GlossaryPages(office)

    @routes.get(HOME)
    def glossary(
        request: Request,
        draft: str = "",
        q: str = "",
        table: str = "",
        page: int = 1,
        edit: str = "",
        of: str = "",
        kept: str = "",
        more: int = 1,
    ) -> HTMLResponse:
        chosen = open_draft(office.settings.home, draft) if draft else None
        editing = pages.row_of(chosen, of, edit) if edit and chosen else None
        just_kept = pages.row_of(chosen, of, kept) if kept else None
        return pages.show(request, chosen, q, table, page, editing=editing, kept=just_kept, more=more)

    @routes.post(f"{HOME}/row")
    async def put(request: Request) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(pages.put, request, form)

    @routes.post(f"{HOME}/remove")
    async def remove(request: Request) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(pages.remove, request, form)

    _ = (glossary, put, remove)  # registered by the decorators
    return routes


class GlossaryPages:
    """What the routes do, apart from how they are reached."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._one_change = threading.Lock()  # the file is read, changed and written
        self._texts = CorpusWords()

    def show(
        self,
        request: Request,
        draft: Draft | None,
        query: str = "",
        table: str = "",
        page: int = 1,
        *,
        editing: GlossaryRow | None = None,
        given: GlossaryRow | None = None,
        fault: str = "",
        clash: Clash | None = None,
        kept: GlossaryRow | None = None,
        more: int = 1,
    ) -> HTMLResponse:
        """The rows that hold ``query``, of a draft or of what serves, and those of the product.

        ``given`` is what was filled in and refused, ``kept`` the row that was kept just now, ``more`` the page of the
        product's rows.
        """
        settings = self.office.settings
        folder = draft_folder(settings.home, draft) if draft else serving_folder(settings.corpus, settings.home)
        rows = glossary_rows(folder)
        wanted = search_form(query[:LONGEST_SEARCH].strip())
        before = set(glossary_rows(serving_folder(settings.corpus, settings.home))) if draft else set(rows)
        found = [row for row in rows if (not table or row.table == table) and _holds(row, wanted)]
        found.sort(key=lambda row: row in before)  # what the draft changes comes first, else in the order of the file
        listed, page, last = _part(found, page)
        shown = given or editing
        return self.office.page(
            request,
            "glossary.html",
            CONFLICT if clash else 422 if fault else 200,
            draft=draft,
            drafts=drafts(settings.home),
            outdated=draft is not None and is_outdated(settings.corpus, settings.home, draft),
            base=f"/staff/corpus/drafts/{draft.id}" if draft else "",
            tables=TABLES,
            rows=[(row, row not in before) for row in listed],
            absent=self._absent(folder, listed + ([kept] if kept else [])),
            kept=kept,
            count=len(found),
            changed=len(set(rows) ^ before),
            query=query.strip()[:LONGEST_SEARCH],
            table=table,
            page=page,
            last=last,
            product=_product(rows, wanted, table, more),
            editing=editing,
            fields={
                "table": shown.table if shown else "people",
                "spoken": shown.spoken if shown else "",
                "words": "，".join(shown.words) if shown else "",
            },
            fault=self.office.told(request, fault),
            clash=clash,
            mark=_mark_of,
        )

    def _absent(self, folder: Path, rows: list[GlossaryRow]) -> frozenset[str]:
        """The words of these rows that stand nowhere in the texts; none while what serves is being loaded."""
        office = self.office
        if not office.door.is_open:
            return frozenset()
        return self._texts.absent(rows, folder, office.door.bot.corpus, limits_of(office.settings))

    def row_of(self, draft: Draft | None, table: str, spoken: str) -> GlossaryRow | None:
        """A row of a draft, or of what serves; None when it is gone."""
        settings = self.office.settings
        folder = draft_folder(settings.home, draft) if draft else serving_folder(settings.corpus, settings.home)
        rows = glossary_rows(folder)
        return next((row for row in rows if (row.table, row.spoken) == (table, spoken)), None)

    def put(self, request: Request, form: FormData) -> Response:
        """Add or change a row, in a new draft when none is named."""
        words = tuple(_BETWEEN_WORDS.split(_text(form, "words")))
        row = GlossaryRow(_text(form, "table"), _text(form, "spoken"), tuple(word for word in words if word.strip()))
        old = _text(form, "old")
        instead_of = GlossaryRow(_text(form, "old_table"), old, ()) if old else None
        with self._one_change:
            if instead_of and (refused := self._clash(request, form, instead_of, row)):
                return refused
            draft = draft_to_change(self.office, request, form)
            try:
                put_row(draft_folder(self.office.settings.home, draft), row, instead_of)
            except PolicyQAError as error:
                editing = self.row_of(draft, instead_of.table, instead_of.spoken) if instead_of else None
                return self.show(request, draft, editing=editing, given=row, fault=error.sentence)
            said = f"{row.spoken} → {'、'.join(row.words) or '[]'}"
            self._note(request, "glossary_changed" if instead_of else "glossary_added", said, draft, instead_of or row)
        return self._back(request, draft, form, kept=" ".join(row.spoken.split()), of=row.table)

    def remove(self, request: Request, form: FormData) -> Response:
        """Take a row out, in a new draft when none is named."""
        row = GlossaryRow(_text(form, "table"), _text(form, "spoken"), ())
        with self._one_change:
            if refused := self._clash(request, form, row):
                return refused
            draft = draft_to_change(self.office, request, form)
            try:
                remove_row(draft_folder(self.office.settings.home, draft), row)
            except PolicyQAError as error:
                return self.show(request, draft, fault=error.sentence)
            self._note(request, "glossary_removed", row.spoken, draft, row)
        return self._back(request, draft, form)

    def _clash(
        self, request: Request, form: FormData, old: GlossaryRow, new: GlossaryRow | None = None
    ) -> Response | None:
        """The page that says what somebody else did to a row since it was shown; None when it is as it was.

        ``new`` is what it was to become, None when it was to go.
        """
        identifier = _text(form, "draft")
        draft = open_draft(self.office.settings.home, identifier) if identifier else None
        now = self.row_of(draft, old.table, old.spoken)
        if not is_changed(_text(form, OPENED), _mark_of(now)) or now == new:
            return None
        fields = self._fields(request, new) if new else {}
        sides = [Sides(words, self._fields(request, now).get(words, ""), typed) for words, typed in fields.items()]
        # The log names a row by what it said at the time: with another right side it is another entry.
        details = {"draft": identifier, "row": f"{old.table} {old.spoken}"}
        clash = clash_over(
            self.office.audit,
            lambda entry: entry.what in CHANGES and entry.details == details,
            sides,
            gone=now is None,
        )
        return self.show(request, draft, editing=now if new else None, given=new, clash=clash)

    def _fields(self, request: Request, row: GlossaryRow | None) -> dict[str, str]:
        """A row as people read it, by what its fields are called."""
        if row is None:
            return {}
        t = self.office.t(request, "glossary")
        table = t(f"table_{row.table}") if row.table in TABLES else row.table
        return {t("table"): table, t("spoken"): row.spoken, t("words"): "，".join(row.words)}

    def _note(self, request: Request, what: str, about: str, draft: Draft, row: GlossaryRow) -> None:
        who, of = self.office.signed_in(request).name, f"{row.table} {row.spoken}"
        self.office.audit.note(who, what, about, draft=draft.id, row=of)

    def _back(self, request: Request, draft: Draft, form: FormData, **other: str) -> Response:
        asked = {"draft": draft.id, "q": _text(form, "q")[:LONGEST_SEARCH], "table": _text(form, "only"), **other}
        query = urlencode({key: value for key, value in asked.items() if value})
        return RedirectResponse(f"{request.scope.get('root_path', '')}{HOME}?{query}", status_code=303)


def _mark_of(row: GlossaryRow | None) -> str:
    return "gone" if row is None else mark_of([row.table, row.spoken, *row.words])


def _part(found: list[Row], page: int) -> tuple[list[Row], int, int]:
    """The rows of one page, its number within what there is, and the last number."""
    last = max(1, -(-len(found) // ROWS_A_PAGE))
    page = min(max(1, page), last)
    return found[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE], page, last


def _product(own: Sequence[GlossaryRow], wanted: str, table: str, page: int) -> dict[str, Any]:
    """The product's rows that are looked for, for the template."""
    found = [one for one in product_rows(own) if (not table or one.row.table == table) and _holds(one.row, wanted)]
    listed, page, last = _part(found, page)
    return {"rows": listed, "count": len(found), "page": page, "last": last, "is_open": bool(wanted) or page > 1}


def _holds(row: GlossaryRow, wanted: str) -> bool:
    return not wanted or any(wanted in search_form(word) for word in (row.spoken, *row.words))


def _text(form: FormData, name: str) -> str:
    value: Any = form.get(name, "")
    return value if isinstance(value, str) else ""
