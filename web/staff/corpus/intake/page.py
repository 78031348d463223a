"""The page that takes many files at once: what is being read, what was refused, and one table of what was put in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from ingest.corpus.draft import Draft, discard_draft, draft_folder, drafts, open_draft, take_place
from ingest.corpus.load import source_files
from ingest.corpus.versions import file_digests
from ingest.errors import PolicyQAError
from ingest.readers.dispatch import SUFFIXES
from ingest.sentences import Sentence
from ingest.vocabulary.levels import level_names
from web.staff.corpus.addresses import to
from web.staff.corpus.intake.archive import is_archive, unpack
from web.staff.corpus.intake.background import PLACE, Background
from web.staff.corpus.intake.items import Item, Items, keep
from web.staff.corpus.intake.table import (
    FIELDS,
    ROWS_A_PAGE,
    Row,
    RowUnusable,
    Typed,
    likenesses,
    missing,
    rows_of,
    save,
)
from web.staff.corpus.publishing import Publishing
from web.staff.corpus.reading import Reading
from web.staff.shell.drafts import draft_to_change
from web.staff.shell.edits import CONFLICT, OPENED, Clash, Sides
from web.staff.shell.office import Office

HOME = "/staff/corpus/many"
UNUSABLE = 422
MOST_SIDES = 40  # fields that two people changed; more would bury the page


def intake_routes(office: Office, publishing: Publishing, reading: Reading) -> APIRouter:
    """``/staff/corpus/many`` and what is sent from it; goes on with what a service that was ended left unread."""
    routes = APIRouter()
    pages = IntakePages(office, publishing, reading)
    pages.background.resume()

    @routes.get(HOME)
    def show(request: Request, draft: str = "", page: int = 1, saved: int | None = None) -> Response:
        if not draft and "draft" not in request.query_params and (own := pages.own_draft(request)):
            return to(request, PLACE + own.id)
        return pages.show(request, open_draft(reading.home, draft) if draft else None, page, saved=saved)

    @routes.post(HOME)
    async def bring(request: Request) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(pages.bring, request, form)

    @routes.post(f"{HOME}/save")
    async def keep_rows(request: Request) -> Response:
        form = await office.checked_form(request)
        opened = open_draft(reading.home, str(form.get("draft", "")))
        return await run_in_threadpool(pages.save, request, opened, form)

    @routes.post(f"{HOME}/replace")
    async def replace_file(request: Request) -> Response:
        form = await office.checked_form(request)
        opened = open_draft(reading.home, str(form.get("draft", "")))
        return await run_in_threadpool(pages.replace, request, opened, form)

    @routes.post(f"{HOME}/go-on")
    async def go_on(request: Request) -> Response:
        form = await office.checked_form(request)
        opened = open_draft(reading.home, str(form.get("draft", "")))
        pages.background.start(office.signed_in(request).name, office.tongue(request))
        return to(request, PLACE + opened.id)

    @routes.post(f"{HOME}/clear")
    async def clear(request: Request) -> Response:
        form = await office.checked_form(request)
        opened = open_draft(reading.home, str(form.get("draft", "")))
        await run_in_threadpool(pages.items.forget_refused, opened)
        return to(request, PLACE + opened.id)

    _ = (show, bring, keep_rows, replace_file, go_on, clear)  # registered by the decorators
    return routes


class IntakePages:
    """What the routes do."""

    def __init__(self, office: Office, publishing: Publishing, reading: Reading) -> None:
        self.office = office
        self.publishing = publishing
        self.reading = reading
        self.items = Items(reading.home)
        self.background = Background(reading.home, office.jobs, self.items, reading)

    def own_draft(self, request: Request) -> Draft | None:
        """The draft that who is signed in began last."""
        who = self.office.signed_in(request).name
        return next((one for one in drafts(self.reading.home) if one.who == who), None)

    # ── Coming in ──────────────────────────────────────────────────────────────────────────────

    def bring(self, request: Request, form: FormData) -> Response:
        """Take what was sent, archives apart; a script gets a word on it, a form the page."""
        given = [one for one in form.getlist("file") if isinstance(one, UploadFile) and one.filename]
        if not given:
            named = str(form.get("draft", ""))
            draft = open_draft(self.reading.home, named) if named else None
            return self._came(request, draft, [], Sentence("web.no_file_chosen"))
        draft = draft_to_change(self.office, request, form)
        items = [item for one in given for item in self._take(request, draft, one)]
        if any(item.state == "waiting" for item in items):
            self.background.start(self.office.signed_in(request).name, self.office.tongue(request))
        refused = next((item.said for item in items if item.said), None)
        is_all = all(item.state == "refused" for item in items)
        if is_all and not form.get("draft"):  # nothing came of it: no empty draft is left behind
            self.office.audit.note_deletion(self.office.signed_in(request).name, "corpus_draft_discarded", draft.id)
            discard_draft(self.reading.home, draft)
            return self._came(request, None, items, refused)
        return self._came(request, draft, items, refused if is_all else None)

    def _take(self, request: Request, draft: Draft, given: UploadFile) -> list[Item]:
        """One file, or those of an archive: all of them, or one refusal."""
        who, now, name = self.office.signed_in(request).name, datetime.now(UTC), _last(given.filename or "")
        try:
            with self.items.aside(draft) as folder:
                came = folder / "came"
                keep(given.file, came)
                if not is_archive(name):
                    return self.items.bring(draft, [(name, came)], who, now)
                inside = unpack(came, name, folder / "inside", self.publishing.limits)
                return self.items.bring(draft, [(f"{name}/{one}", path) for one, path in inside], who, now)
        except PolicyQAError as error:
            return [self.items.refuse(draft, name, error.sentence, who, now)]

    def _came(self, request: Request, draft: Draft | None, items: Sequence[Item], fault: Sentence | None) -> Response:
        status = UNUSABLE if fault else 200
        if "application/json" in request.headers.get("accept", ""):
            refused = [self.office.told(request, item.said) for item in items if item.said]
            told = {
                "draft": draft.id if draft else "",
                "refused": refused or ([self.office.told(request, fault)] if fault else []),
            }
            return JSONResponse(told, status_code=status)
        if fault or draft is None:
            return self.show(request, draft, fault=fault or "", status=status)
        return to(request, PLACE + draft.id)

    # ── The table ──────────────────────────────────────────────────────────────────────────────

    def show(
        self,
        request: Request,
        draft: Draft | None,
        page: int = 1,
        *,
        fault: str = "",
        status: int = 200,
        typed: Mapping[str, Mapping[str, str]] | None = None,
        opened: Mapping[str, str] | None = None,
        wrong: str = "",
        clash: Clash | None = None,
        saved: int | None = None,
    ) -> HTMLResponse:
        """The page, over a draft or before there is one; ``typed`` stands in its rows in place of what is saved."""
        items = self.items.all(draft) if draft else []
        rows = rows_of(self._folder(draft), items, self.office.today()) if draft else []
        pages = max(1, -(-len(rows) // ROWS_A_PAGE))
        shown = min(max(1, page), pages)
        here = rows[(shown - 1) * ROWS_A_PAGE : shown * ROWS_A_PAGE]
        job = self.background.running()
        return self.office.page(
            request,
            "intake.html",
            status,
            draft=draft,
            drafts=drafts(self.reading.home),
            base=f"/staff/corpus/drafts/{draft.id}" if draft else "",
            rows=here,
            total=len(rows),
            doubtful=sum(row.doubts > 0 for row in rows),
            page=shown,
            pages=pages,
            typed=typed or {},
            opened=opened or {},
            wrong=wrong,
            like=self._likenesses(draft, rows),
            digests=file_digests(self._folder(draft)) if draft else {},
            waiting=sum(item.state == "waiting" for item in items),
            refused=[(item.given, self.office.told(request, item.said)) for item in items if item.said],
            job=job.id if job else "",
            words=job.words if job else "",
            fields=FIELDS,
            levels=level_names(),
            endings=",".join(sorted({*SUFFIXES, ".zip"})),
            max_mb=self.office.settings.max_file_mb,
            fault=self.office.told(request, fault),
            clash=clash,
            saved=saved,
        )

    def save(self, request: Request, draft: Draft, form: FormData) -> Response:
        """Save what was changed in the table, in one go; whoever comes second is told and loses nothing."""
        typed, page = Typed.of(form), _number(form.get("page"))
        folder = self._folder(draft)
        try:
            with self.reading.one_change:
                rows = rows_of(folder, self.items.all(draft), self.office.today())
                done = save(folder, rows, typed)
        except PolicyQAError as error:
            wrong, kept = error.row if isinstance(error, RowUnusable) else "", typed.values
            sentence, opened = error.sentence, typed.opened
            return self.show(
                request, draft, page, fault=sentence, status=UNUSABLE, typed=kept, opened=opened, wrong=wrong
            )
        if done.clashing:
            clash = self._clash(request, draft, done.clashing, typed)
            kept = {row.id: typed.merged(row) for row in rows if row.id in typed.values}
            return self.show(request, draft, page, status=CONFLICT, typed=kept, clash=clash)
        for name in done.changed:
            self.office.audit.note(self.office.signed_in(request).name, "corpus_file_described", name, draft=draft.id)
        if gone := missing(typed, rows):
            return self.show(request, draft, page, fault=gone, status=CONFLICT)
        return to(request, f"{PLACE}{draft.id}&page={page}&saved={len(done.changed)}")

    def replace(self, request: Request, draft: Draft, form: FormData) -> Response:
        """Let a file of the table take the place of the one it is like, unless either changed since that was shown."""
        instead_of, seen = str(form.get("instead_of", "")), str(form.get(OPENED, ""))
        item = next((one for one in self.items.all(draft) if one.id == form.get("replacing")), None)
        digests, fault = file_digests(self._folder(draft)), Sentence("web.row_is_gone")
        if item is None or item.state != "in" or digests.get(item.name) != item.digest:
            return self.show(request, draft, fault=fault, status=CONFLICT)
        if digests.get(instead_of) != seen:
            clash = self.publishing.clash(draft, instead_of, gone=instead_of not in digests)
            return self.show(request, draft, status=CONFLICT, clash=clash)
        with self.reading.one_change:
            name = take_place(self.reading.home, draft, item.name, instead_of)
            self.items.put(draft, item.model_copy(update={"name": name}))
        who = self.office.signed_in(request).name
        self.office.audit.note(who, "corpus_file_replaced", instead_of, draft=draft.id)
        return to(request, f"{PLACE}{draft.id}&saved=1")

    def _clash(self, request: Request, draft: Draft, rows: Sequence[Row], typed: Typed) -> Clash:
        t = self.office.t(request, "intake")
        sides = [
            Sides(f"{row.name} {t(f'field_{key}')}", row.values[key], typed.values[row.id][key])
            for row in rows
            for key in typed.clashing(row)
        ]
        return self.publishing.clash(draft, rows[0].name, sides[:MOST_SIDES])

    def _likenesses(self, draft: Draft | None, rows: Sequence[Row]) -> dict[str, str]:
        if draft is None or not rows or not self.office.door.is_open:
            return {}
        folder = self._folder(draft)
        there = [path.relative_to(folder).as_posix() for path in source_files(folder)]
        return likenesses(rows, self.office.door.bot.corpus, there)

    def _folder(self, draft: Draft) -> Path:
        return draft_folder(self.reading.home, draft)


def _last(name: str) -> str:
    """The name of a file without the folders some browsers send before it."""
    return name.replace("\\", "/").rsplit("/", 1)[-1]


def _number(given: Any) -> int:
    return int(given) if isinstance(given, str) and given.isascii() and given.isdigit() and len(given) < 6 else 1
