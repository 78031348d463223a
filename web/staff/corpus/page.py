"""The corpus page: what serves, its earlier versions, and drafts whose files can be put in, replaced and taken out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from eval.sets.draft_questions import standing_of
from ingest.corpus.draft import (
    Draft,
    discard_draft,
    draft_changes,
    draft_folder,
    draft_place,
    drafts,
    is_outdated,
    open_draft,
    remove_file,
    source_path,
    start_draft,
)
from ingest.corpus.edit import EDITED_FIELDS, describe_source
from ingest.corpus.load import source_files
from ingest.corpus.versions import changes_of_delivered, file_digests, published_over, read_published
from ingest.errors import PolicyQAError, SourceUnreadable
from ingest.readers.dispatch import SUFFIXES
from ingest.vocabulary.levels import level_names
from web.staff.approvals.standing import panel_of
from web.staff.corpus.addresses import HOME, draft_path, file_path, to
from web.staff.corpus.checking import checked_falling
from web.staff.corpus.form import fields_of, file_rows, mark_of_description, read_description
from web.staff.corpus.intake.page import intake_routes
from web.staff.corpus.kept_cuts import KeptCut
from web.staff.corpus.preview import rivals, said_of
from web.staff.corpus.publishing import PUBLISH, Publishing
from web.staff.corpus.reading import Reading
from web.staff.corpus.trial import impact_routes, publication_routes, trial_routes
from web.staff.corpus.upload_routes import upload_routes
from web.staff.shell.edits import CONFLICT, OPENED, Clash, is_changed, sides_of
from web.staff.shell.office import Office
from web.staff.shell.words import namer

PATIENCE_S = 3.0  # a file that is cut by then is shown at once; the compendium takes a second or two


def corpus_routes(office: Office, *further: FurtherRoutes) -> APIRouter:
    """``/staff/corpus`` and everything below it; ``further`` are those of other rooms, which work on the same drafts."""
    routes = APIRouter()
    pages = CorpusPages(office)
    for more in further:
        routes.include_router(more(office, pages))
    routes.include_router(trial_routes(office, pages.publishing))
    routes.include_router(impact_routes(office, pages.publishing))
    routes.include_router(publication_routes(office, pages.publishing, pages.draft_page))
    routes.include_router(upload_routes(office, pages.reading, pages.draft_page, pages.file_clash))
    routes.include_router(intake_routes(office, pages.publishing, pages.reading))

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
    async def discard(request: Request, identifier: str) -> Response:
        form = await office.checked_form(request)
        draft = open_draft(pages.publishing.home, identifier)
        return await run_in_threadpool(pages.discard, request, draft, str(form.get(OPENED, "")))

    @routes.get(HOME + "/drafts/{identifier}/file")
    def preview(request: Request, identifier: str, name: str = "", page: int = 1) -> HTMLResponse:
        return pages.preview(request, open_draft(pages.publishing.home, identifier), name, page=page)

    @routes.post(HOME + "/drafts/{identifier}/describe")
    async def describe(request: Request, identifier: str) -> Response:
        form = await office.checked_form(request)
        opened = open_draft(pages.publishing.home, identifier)
        return await run_in_threadpool(pages.describe, request, opened, form)

    @routes.post(HOME + "/drafts/{identifier}/remove")
    async def remove(request: Request, identifier: str) -> Response:
        form = await office.checked_form(request)
        opened = open_draft(pages.publishing.home, identifier)
        name, seen = str(form.get("name", "")), str(form.get(OPENED, ""))
        return await run_in_threadpool(pages.remove, request, opened, name, seen)

    def who(request: Request) -> str:
        return office.signed_in(request).name

    _ = (overview, begin, draft, discard, preview, describe, remove)  # registered by the decorators
    return routes


class CorpusPages:
    """What the routes do, apart from how they are reached."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.publishing = Publishing(office)
        self.one_change = threading.Lock()  # corpus.toml is read, changed and written
        self.reading = Reading(office, self.publishing, self.one_change)

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
            policies=sum(one.kind in LISTED for one in serving.documents) if serving else 0,
            left_out=[self.office.told(request, why) for why in serving.left_out.values()] if serving else [],
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

    def discard(self, request: Request, draft: Draft, opened: str) -> Response:
        """Throw a draft away, unless somebody else has changed it since the page was opened."""
        if is_changed(opened, self.publishing.fingerprint(draft)):
            return self.draft_page(request, draft, "", CONFLICT, clash=self.publishing.clash(draft))
        self.office.audit.note_deletion(self.office.signed_in(request).name, "corpus_draft_discarded", draft.id)
        discard_draft(self.publishing.home, draft)
        return to(request, HOME)

    def draft_page(
        self,
        request: Request,
        draft: Draft,
        fault: str = "",
        status: int = 200,
        *,
        note: str = "",
        clash: Clash | None = None,
    ) -> HTMLResponse:
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
            updated="updated" in request.query_params,
            impact=kept,
            stale=kept is not None and self.publishing.is_stale(draft, kept),
            questions=standing_of(draft_place(home, draft), self.publishing.fingerprint(draft)),
            falling=checked_falling(self.publishing, request, draft) if changes else None,
            approval=panel_of(self.office, request, draft),
            endings=",".join(sorted(SUFFIXES)),
            max_mb=self.office.settings.max_file_mb,
            fault=self.office.told(request, fault),
            note=note,
            clash=clash,
            state=self.publishing.fingerprint(draft),
            digests=file_digests(folder),
            changed_by=self._changed_by(draft),
        )

    def _changed_by(self, draft: Draft) -> list[str]:
        """Who changed something in a draft besides who began it, by the log."""
        entries = self.office.audit.entries()
        return sorted({entry.who for entry in entries if entry.details.get("draft") == draft.id} - {draft.who})

    def preview(
        self,
        request: Request,
        draft: Draft,
        name: str,
        fault: str = "",
        given: Mapping[str, str] | None = None,
        page: int = 1,
        clash: Clash | None = None,
    ) -> HTMLResponse:
        """A file of a draft, cut up; where that takes long, a page that has it cut. Raises DraftUnusable, SourceUnreadable."""
        # What somebody has filled in is not lost to a page that only says that the file is being cut.
        patience_s = PATIENCE_S if given is None else self.publishing.limits.max_seconds
        kept = self.reading.kept(draft, name) or self._cut_soon(request, draft, name, patience_s)
        base = f"{HOME}/drafts/{draft.id}"
        status, sentence = CONFLICT if clash else 422 if fault else 200, self.office.told(request, fault)
        if kept is None:
            return self.office.page(request, "corpus_cutting.html", status, base=base, name=name, fault=sentence)
        folder = draft_folder(self.publishing.home, draft)
        said, cut = said_of(folder, name), kept.summary
        here = [path.relative_to(folder).as_posix() for path in source_files(folder)]
        shown = min(max(1, page), cut.pages)
        return self.office.page(
            request,
            "corpus_file.html",
            status,
            draft=draft,
            base=base,
            name=name,
            cut=cut,
            page=shown,
            blocks=kept.page(shown),
            furniture_words=[namer("corpus", self.office.tongue(request))("furniture", kind) for kind in cut.kinds],
            rivals=rivals(cut, self.office.door.bot.corpus, here),
            levels=level_names(),
            fields=given or fields_of(said),
            opened=mark_of_description(said),
            clash=clash,
            digests=file_digests(folder),
            tables=len(said.levels) + len(said.parts),
            fault=sentence,
        )

    def _cut_soon(self, request: Request, draft: Draft, name: str, patience_s: float) -> KeptCut | None:
        """What a file is cut into, when that is known in a moment; None when it would take longer."""
        job = self.reading.cut(draft, name, self.office.signed_in(request).name, self.office.t(request, "corpus"))
        job.wait(patience_s)
        self.office.jobs.cancel(job.id)
        if job.error is not None:
            raise SourceUnreadable(job.error)
        return self.reading.kept(draft, name)

    def describe(self, request: Request, draft: Draft, form: FormData) -> Response:
        """Say of a file what the file does not say itself."""
        name = str(form.get("name", ""))
        given = {key: str(form.get(key, "")).strip() for key in EDITED_FIELDS}
        folder = draft_folder(self.publishing.home, draft)
        source_path(folder, name)
        try:
            with self.one_change:
                said = said_of(folder, name)
                is_clash = is_changed(str(form.get(OPENED, "")), mark_of_description(said)) and fields_of(said) != given
                if not is_clash:
                    describe_source(folder, read_description(name, given))
                    self._note(request, "corpus_file_described", name, draft)
        except PolicyQAError as error:
            return self.preview(request, draft, name, error.sentence, given)
        if is_clash:  # shown without the lock, which a file that is being cut needs at its end
            t = self.office.t(request, "corpus")
            sides = sides_of({key: t(f"field_{key}") for key in given}, fields_of(said), given)
            return self.preview(request, draft, name, "", given, clash=self.publishing.clash(draft, name, sides))
        return to(request, file_path(draft, name))

    def remove(self, request: Request, draft: Draft, name: str, seen: str) -> Response:
        """Take a file out, unless somebody else has put another one in its place since the page was opened."""
        try:
            with self.one_change:
                if clash := self.file_clash(draft, name, seen):
                    return self.draft_page(request, draft, "", CONFLICT, clash=clash)
                remove_file(self.publishing.home, draft, name)
        except PolicyQAError as error:
            return self.draft_page(request, draft, error.sentence, 422)
        self.office.audit.note_deletion(
            self.office.signed_in(request).name, "corpus_file_removed", name, draft=draft.id
        )
        return to(request, draft_path(draft))

    def file_clash(self, draft: Draft, name: str, seen: str) -> Clash | None:
        """What became of a file that somebody looked at; None when it is as it was."""
        now = file_digests(draft_folder(self.publishing.home, draft)).get(name, "")
        changed = bool(name) and is_changed(seen, now)
        return self.publishing.clash(draft, name, gone=not now) if changed else None

    def _note(self, request: Request, what: str, name: str, draft: Draft) -> None:
        self.office.audit.note(self.office.signed_in(request).name, what, name, draft=draft.id)


LISTED = ("policy", "stub")  # what the list of policies holds
FurtherRoutes = Callable[[Office, CorpusPages], APIRouter]


def _now() -> datetime:
    return datetime.now(UTC)
