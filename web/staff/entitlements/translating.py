"""A job that lets the chat model draft the English of a draft's texts: it waits in its files until somebody accepts it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from bot.proposing.edition_command import write_edition
from bot.proposing.edition_draft import draft_edition
from bot.proposing.run import model_of
from ingest.corpus.draft import Draft, draft_folder, open_draft
from ingest.editions.files import read_edition_files
from ingest.normalise import match_form
from web.staff.corpus.publishing import limits_of
from web.staff.entitlements.held import HeldRecords
from web.staff.shell.jobs import Job, Progress
from web.staff.shell.office import Office

TRANSLATE = "edition-draft"  # the kind of job
RESULT = "/staff/corpus/drafts/{draft}"


class Translating:
    """One for the office. ``one_change`` is held while files are written."""

    def __init__(self, office: Office, held: HeldRecords, one_change: threading.Lock) -> None:
        self._office = office
        self._held = held
        self._one_change = one_change

    def start(self, draft: Draft, title: str, who: str, t: Callable[..., str]) -> Job:
        """Start drafting the documents of a title, or all when it is empty; one that has English already stays as it is.

        Raises ModelUnusable when no model can be asked, JobBusy when it is being asked already.
        """
        settings, model = self._office.settings, model_of(self._office.settings)

        def work(progress: Progress) -> str:
            progress.step(0, 0, t("step_texts"))
            folder = draft_folder(settings.home, draft)
            corpus = self._held.of(folder, self._office.door.bot.corpus, limits_of(settings)).corpus
            there = {match_form(one.document) for one in read_edition_files(folder).documents}
            wanted = [one for one in corpus.documents if match_form(one.title) not in there]
            wanted = [one for one in wanted if not title or match_form(one.title) == match_form(title)]
            for number, document in enumerate(wanted):
                progress.step(number, len(wanted), t("step_translate"))
                drafted = draft_edition(model, [document], corpus.clauses)
                with self._one_change:
                    write_edition(draft_folder(settings.home, open_draft(settings.home, draft.id)), drafted)
            self._office.audit.note(who, "edition_drafted", model.name, draft=draft.id, document=title)
            return RESULT.format(draft=draft.id)

        self._office.audit.note(who, "edition_drafting", model.name, draft=draft.id, document=title)
        return self._office.jobs.start(TRANSLATE, who, work)
