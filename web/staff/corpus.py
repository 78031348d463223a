"""The corpus page: what serves, its earlier versions, and drafts whose files can be put in, replaced and taken out."""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from ingest.corpus import source_files
from ingest.corpus_draft import (
    Draft,
    discard_draft,
    draft_changes,
    draft_folder,
    drafts,
    incoming,
    is_outdated,
    open_draft,
    remove_file,
    source_path,
    start_draft,
    take_in,
)
from ingest.corpus_edit import describe_source
from ingest.errors import PolicyQAError
from ingest.published import changes_of_delivered, published_over, read_published
from ingest.readers import SUFFIXES
from ingest.vocabulary.levels import level_names
from web.staff.corpus_addresses import HOME, draft_path, file_path, to
from web.staff.corpus_form import file_rows, read_description
from web.staff.corpus_trial import publication_routes, trial_routes
from web.staff.office import Office
from web.staff.preview import Cuts, blocks_of, rivals, said_of
from web.staff.publishing import PUBLISH, Publishing
from web.staff.sentences import in_tongue


def corpus_routes(office: Office) -> APIRouter:
    """``/staff/corpus`` and everything below it."""
    routes = APIRouter()
    pages = CorpusPages(office)
    routes.include_router(trial_routes(office, pages.publishing))
    routes.include_router(publication_routes(office, pages.publishing, pages.draft_page))

    @routes.get(HOME)
    def overview(request: Request, job: str = "") -> HTMLResponse:
        return pages.overview(request, job)

    @routes.post(f"{HOME}/drafts")
    async def begin(request: Request) -> Response:
        form = await office.checked_form(request)
        draft = await run_in_threadpool(pages.begin, who(request), from_delivered=bool(form.get("from_delivered")))
        return to(request, draft_path(draft))

    @routes.get(HOME + "/drafts/{identifier}")
    def draft(request: Request, identifier: str) -> HTMLResponse:
        return pages.draft_page(request, open_draft(pages.publishing.home, identifier))

    @routes.post(HOME + "/drafts/{identifier}/discard")
    def discard(request: Request, identifier: str) -> Response:
        opened = open_draft(pages.publishing.home, identifier)
        office.audit.note(who(request), "corpus_draft_discarded", opened.id)
        discard_draft(pages.publishing.home, opened)
        return to(request, HOME)

    @routes.post(f"{HOME}/upload")
    async def upload(request: Request) -> Response:
        form = await office.checked_form(request)
        opened = open_draft(pages.publishing.home, str(form.get("draft", "")))
        given = form.get("file")
        return await run_in_threadpool(pages.upload, request, opened, given, str(form.get("instead_of", "")))

    @routes.get(HOME + "/drafts/{identifier}/file")
    def preview(request: Request, identifier: str, name: str = "") -> HTMLResponse:
        return pages.preview(request, open_draft(pages.publishing.home, identifier), name)

    @routes.post(HOME + "/drafts/{identifier}/describe")
    async def describe(request: Request, identifier: str) -> Response:
        form = await office.checked_form(request)
        opened = open_draft(pages.publishing.home, identifier)
        return await run_in_threadpool(pages.describe, request, opened, form)

    @routes.post(HOME + "/drafts/{identifier}/remove")
    async def remove(request: Request, identifier: str) -> Response:
        form = await office.checked_form(request)
        opened = open_draft(pages.publishing.home, identifier)
        return await run_in_threadpool(pages.remove, request, opened, str(form.get("name", "")))

    def who(request: Request) -> str:
        return office.signed_in(request).name

    _ = (overview, begin, draft, discard, upload, preview, describe, remove)  # registered by the decorators
    return routes


class CorpusPages:
    """What the routes do, apart from how they are reached."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.publishing = Publishing(office)
        self._cuts = Cuts()
        self._one_change = threading.Lock()  # corpus.toml is read, changed and written

    def overview(self, request: Request, job: str) -> HTMLResponse:
        """What serves, what served before, and the drafts."""
        corpus, home = self.publishing.corpus, self.publishing.home
        published, elsewhere = published_over(corpus, home), read_published(home)
        serving = self.office.door.bot.corpus if self.office.door.is_open else None
        running = self.office.jobs.running(PUBLISH)
        return self.office.page(
            request,
            "corpus.html",
            corpus=serving,
            files=file_rows(serving) if serving else [],
            published=published,
            elsewhere=elsewhere if elsewhere is not None and published is None else None,
            delivered=changes_of_delivered(corpus, home),
            delivered_folder=corpus.name,
            drafts=[(one, is_outdated(corpus, home, one)) for one in drafts(home)],
            job=running.id if running else job if self.office.jobs.find(job) else "",
        )

    def begin(self, name: str, *, from_delivered: bool) -> Draft:
        """A new draft. Raises DraftUnusable, CorpusUnusable."""
        publishing = self.publishing
        made = start_draft(publishing.corpus, publishing.home, name, _now(), from_delivered=from_delivered)
        self.office.audit.note(name, "corpus_draft_begun", made.id)
        return made

    def draft_page(self, request: Request, draft: Draft, fault: str = "", status: int = 200) -> HTMLResponse:
        """The files of a draft, what differs from what serves, and what can be done with it."""
        corpus, home = self.publishing.corpus, self.publishing.home
        folder = draft_folder(home, draft)
        changes = draft_changes(corpus, home, draft)
        kept = self.publishing.impact_of(draft)
        return self.office.page(
            request,
            "corpus_draft.html",
            status,
            draft=draft,
            base=f"{HOME}/drafts/{draft.id}",
            files=[path.relative_to(folder).as_posix() for path in source_files(folder)],
            changes=changes,
            differences={change.name: change.difference for change in changes},
            outdated=is_outdated(corpus, home, draft),
            impact=kept,
            stale=kept is not None and self.publishing.is_stale(draft, kept),
            endings=",".join(sorted(SUFFIXES)),
            max_mb=self.office.settings.max_file_mb,
            fault=in_tongue(fault, self.office.tongue(request)),
        )

    def upload(self, request: Request, draft: Draft, given: Any, instead_of: str) -> Response:
        """Take a file in and show what it was cut into; the draft's page with a sentence when it cannot be read."""
        if not isinstance(given, UploadFile) or not given.filename:
            return self.draft_page(request, draft, "No file was chosen; choose one and send it again.", 422)
        home, limits = self.publishing.home, self.publishing.limits
        try:
            with self._one_change, incoming(home, draft) as path:
                with path.open("wb") as file:
                    shutil.copyfileobj(given.file, file)
                source = take_in(home, draft, path, given.filename, limits, instead_of=instead_of or None)
            try:
                self._cuts.of(draft_folder(home, draft), source.name, limits)
            except PolicyQAError:
                if not instead_of:
                    remove_file(home, draft, source.name)
                raise
        except PolicyQAError as error:
            return self.draft_page(request, draft, str(error), 422)
        what = "corpus_file_replaced" if instead_of else "corpus_file_added"
        self._note(request, what, source.name, draft)
        return to(request, file_path(draft, source.name))

    def preview(
        self, request: Request, draft: Draft, name: str, fault: str = "", given: Mapping[str, str] | None = None
    ) -> HTMLResponse:
        """A file of a draft, cut up. Raises DraftUnusable, SourceUnreadable."""
        folder = draft_folder(self.publishing.home, draft)
        source_path(folder, name)
        cut = self._cuts.of(folder, name, self.publishing.limits)
        said = said_of(folder, name)
        here = [path.relative_to(folder).as_posix() for path in source_files(folder)]
        own = sum(len(item.span) for item in cut.furniture)
        fields = {"title": said.title, "region": said.region, "level": said.level, "page_offset": said.page_offset}
        return self.office.page(
            request,
            "corpus_file.html",
            422 if fault else 200,
            draft=draft,
            base=f"{HOME}/drafts/{draft.id}",
            name=name,
            cut=cut,
            furniture=own,
            kinds=Counter(item.kind for item in cut.furniture).most_common(),
            roles=Counter(clause.role.value for clause in cut.clauses).most_common(),
            blocks=blocks_of(cut),
            rivals=rivals(cut, self.office.door.bot.corpus, here),
            levels=level_names(),
            fields=given or {key: "" if value is None else str(value) for key, value in fields.items()},
            tables=len(said.levels) + len(said.parts),
            fault=in_tongue(fault, self.office.tongue(request)),
            said=in_tongue,
        )

    def describe(self, request: Request, draft: Draft, form: FormData) -> Response:
        """Say of a file what the file does not say itself."""
        name = str(form.get("name", ""))
        given = {key: str(form.get(key, "")).strip() for key in ("title", "region", "level", "page_offset")}
        folder = draft_folder(self.publishing.home, draft)
        source_path(folder, name)
        try:
            with self._one_change:
                describe_source(folder, read_description(name, given))
        except PolicyQAError as error:
            return self.preview(request, draft, name, str(error), given)
        self._note(request, "corpus_file_described", name, draft)
        return to(request, file_path(draft, name))

    def remove(self, request: Request, draft: Draft, name: str) -> Response:
        """Take a file out."""
        try:
            with self._one_change:
                remove_file(self.publishing.home, draft, name)
        except PolicyQAError as error:
            return self.draft_page(request, draft, str(error), 422)
        self._note(request, "corpus_file_removed", name, draft)
        return to(request, draft_path(draft))

    def _note(self, request: Request, what: str, name: str, draft: Draft) -> None:
        self.office.audit.note(self.office.signed_in(request).name, what, name, draft=draft.id)


def _now() -> datetime:
    return datetime.now(UTC)
