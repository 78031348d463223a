"""The page that brings an outdated draft up to date: what is taken over, what stays, what somebody has to choose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from eval.sets.draft_questions import read_questions
from eval.sets.question_sets import check_cases
from index.glossary.glossary import GLOSSARY_FILE, load_glossary
from ingest.corpus.draft import Draft, draft_folder, draft_place, is_outdated, open_draft
from ingest.corpus.load import load_corpus
from ingest.corpus.merging import JOINT, Choice, Conflict, as_text, plan_of
from ingest.corpus.up_to_date import bring_up_to_date, sides_of, state_of
from ingest.corpus.versions import read_published
from ingest.corpus_config import EDITION, ENTITLEMENTS, FILE_NAME, read_config
from ingest.entitlements.files import read_files
from ingest.errors import ChangedMeanwhile, EvaluationUnusable, PolicyQAError
from ingest.service.cards import FILE, read_cards
from web.staff.compare.word_marks import Piece, marked_words
from web.staff.corpus.addresses import HOME, draft_path, to
from web.staff.corpus.page import CorpusPages
from web.staff.shell.drafts import limits_of
from web.staff.shell.edits import CONFLICT, OPENED, Clash, clash_over, mark_of
from web.staff.shell.office import Office
from web.staff.shell.words import namer

BASE = HOME + "/drafts/{identifier}/update"
REFUSED = 422
LONGEST_SHOWN = 4000  # characters of a row; longer ones are shown in part
OURS: Mapping[str, str] = {
    GLOSSARY_FILE: "file_glossary",
    FILE_NAME: "file_data",
    FILE: "file_cards",
    ENTITLEMENTS: "file_records",
    EDITION: "file_english",
}
"""Files that staff know by another name, and the folders of such files."""
PUBLISHED = frozenset({"corpus_published", "corpus_put_back"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A conflict as the page shows it."""

    key: str
    file: str
    place: str
    ours: tuple[Piece, ...]
    theirs: tuple[Piece, ...]
    is_file: bool  # a whole file, which is not printed here
    ours_gone: bool
    theirs_gone: bool
    chosen: str


def update_routes(office: Office, corpus_pages: CorpusPages) -> APIRouter:
    """``/staff/corpus/drafts/{id}/update``."""
    routes = APIRouter()
    pages = UpdatePages(office, corpus_pages)

    @routes.get(BASE)
    def update(request: Request, identifier: str) -> HTMLResponse:
        return pages.show(request, open_draft(office.settings.home, identifier))

    @routes.post(BASE)
    async def bring(request: Request, identifier: str) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(pages.bring, request, open_draft(office.settings.home, identifier), form)

    _ = (update, bring)  # registered by the decorators
    return routes


class UpdatePages:
    """What the routes do, apart from how they are reached."""

    def __init__(self, office: Office, corpus_pages: CorpusPages) -> None:
        self.office = office
        self.corpus_pages = corpus_pages

    def show(
        self,
        request: Request,
        draft: Draft,
        *,
        choices: Mapping[str, Choice] | None = None,
        fault: PolicyQAError | None = None,
        clash: Clash | None = None,
    ) -> HTMLResponse:
        """What is to be taken, what stays, and the conflicts with the choices made so far."""
        settings = self.office.settings
        before, ours, theirs = sides_of(settings.corpus, settings.home, draft)
        plan = plan_of(before, ours, theirs)
        named = namer("corpus", self.office.tongue(request))
        return self.office.page(
            request,
            "updating.html",
            CONFLICT if clash else REFUSED if fault else 200,
            draft=draft,
            base=draft_path(draft),
            outdated=is_outdated(settings.corpus, settings.home, draft),
            published=self._published_since(draft),
            plan=plan,
            joined=[name for name in plan.joined if name not in {one.file for one in plan.conflicts if not one.place}],
            conflicts=[_shown(one, (choices or {}).get(one.key, ""), named) for one in plan.conflicts],
            called=partial(_called, self.office.t(request, "updating")),
            unknown=before.folder is None,
            opened=mark_of((state_of(ours), state_of(theirs))),
            fault=self.office.told(request, fault) if fault else "",
            clash=clash,
        )

    def bring(self, request: Request, draft: Draft, form: FormData) -> Response:
        """Bring it up to date by the choices of the form; with any missing the page comes back, the others kept."""
        settings = self.office.settings
        choices: dict[str, Choice] = {
            name.removeprefix("choice:"): cast("Choice", str(value))
            for name, value in form.multi_items()
            if name.startswith("choice:") and value in ("ours", "theirs")
        }
        with self.corpus_pages.one_change:
            before, ours, theirs = sides_of(settings.corpus, settings.home, draft)
            plan = plan_of(before, ours, theirs)
            states = (state_of(ours), state_of(theirs))
            try:
                if str(form.get(OPENED, "")) != mark_of(states):
                    raise ChangedMeanwhile
                made = bring_up_to_date(settings.corpus, settings.home, draft, choices, states, check_readable)
            except ChangedMeanwhile:
                return self.show(request, draft, choices=choices, clash=self._clash(draft))
            except PolicyQAError as error:
                return self.show(request, draft, choices=choices, fault=error)
            told = {
                "taken": "；".join(plan.taken),
                "joined": "；".join(plan.joined),
                "chosen": "；".join(
                    f"{one.file} {' › '.join(one.place)}: {choices[one.key]}" for one in plan.conflicts
                ),
            }
            who = self.office.signed_in(request).name
            details = {name: said[:LONGEST_SHOWN] for name, said in told.items() if said}
            self.office.audit.note(who, "corpus_draft_updated", draft.id, draft=draft.id, over=made.over, **details)
        lost = self._has_lost_questions(draft)
        return to(request, draft_path(draft) + ("/questions?updated=yes#lost" if lost else "?updated=yes"))

    def _has_lost_questions(self, draft: Draft) -> bool:
        """Whether a question of the draft rests on words that what was taken over has not."""
        home = self.office.settings.home
        cases = read_questions(draft_place(home, draft)).cases
        try:
            if cases:
                check_cases(cases, load_corpus(draft_folder(home, draft), limits_of(self.office.settings)))
        except EvaluationUnusable:
            return True
        return False

    def _clash(self, draft: Draft) -> Clash:
        """Who changed the draft, or published, since the page was opened."""
        of_draft = self.corpus_pages.publishing.clash(draft)
        of_serving = clash_over(self.office.audit, lambda entry: entry.what in PUBLISHED)
        return max(of_draft, of_serving, key=lambda clash: clash.at)

    def _published_since(self, draft: Draft) -> list[tuple[str, str, str]]:
        """When, by whom and with which words versions were published since the draft was begun or brought up to date."""
        kept = read_published(self.office.settings.home)
        versions = list(kept.versions) if kept else []
        known = [place for place, version in enumerate(versions) if version.id == draft.over]
        since = versions[known[0] + 1 :] if known else [one for one in versions if one.made_at > draft.made_at]
        return [(one.made_at.astimezone().strftime("%Y-%m-%d %H:%M"), one.who, one.note) for one in since if one.who]


def check_readable(folder: Path) -> None:
    """Raises for a corpus folder with a file of ours that could not serve."""
    read_config(folder)
    load_glossary(folder)
    read_cards(folder)
    read_files(folder)


def _called(t: Callable[..., str], name: str) -> str:
    """What a file of ours is called; a text is called by its own name."""
    folder, _, file = name.rpartition("/")
    words = OURS.get(folder or file)
    return name if words is None else f"{t(words)} {file.removesuffix('.json')}" if folder else t(words)


def _shown(conflict: Conflict, chosen: str, named: Callable[[str, str], str]) -> Shown:
    ours, theirs = marked_words(as_text(conflict.ours)[:LONGEST_SHOWN], as_text(conflict.theirs)[:LONGEST_SHOWN])
    return Shown(
        key=conflict.key,
        file=conflict.file,
        place=" › ".join(
            named("field", part.replace(JOINT, " ").strip()) for part in conflict.place[len(conflict.place) > 1 :]
        ),
        ours=ours,
        theirs=theirs,
        is_file=not conflict.place,
        ours_gone=conflict.ours is None,
        theirs_gone=conflict.theirs is None,
        chosen=chosen,
    )
