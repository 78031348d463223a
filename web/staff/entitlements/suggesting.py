"""A job that lets the chat model suggest records for a draft: they wait in its files until somebody reviews them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property

from bot.llm.chat_model import Failure
from bot.proposing.answers import KeptAnswers
from bot.proposing.asking import MALFORMED, NOT_ASKED, Model
from bot.proposing.run import Proposed, limits_of_run, model_of, propose
from bot.proposing.writing import add_proposals
from ingest.corpus.draft import Draft, draft_folder, open_draft
from ingest.entitlements.proposing import not_spoken_of
from ingest.errors import ModelUnusable
from ingest.normalise import match_form
from ingest.sentences import Sentence
from web.staff.entitlements.held import Held, HeldRecords
from web.staff.shell.drafts import limits_of
from web.staff.shell.jobs import Job, Progress
from web.staff.shell.office import Office

SUGGEST = "entitlement-suggest"  # the kind of job
_WHY: dict[str, str] = {
    MALFORMED: "web.unanswered_malformed",
    Failure.ENDLESS: "web.unanswered_too_long",
    Failure.REFUSED: "web.unanswered_refused",
    NOT_ASKED: "web.unanswered_limit",
}
RESULT = "/staff/entitlements?draft={draft}&standing=suggested"


class Suggesting:
    """One for the office. ``one_change`` is held while files are read, changed and written."""

    def __init__(self, office: Office, held: HeldRecords, one_change: threading.Lock) -> None:
        self._office = office
        self._held = held
        self._one_change = one_change

    @cached_property
    def _model(self) -> Model:
        return model_of(self._office.settings)

    def start(self, draft: Draft, title: str, who: str, t: Callable[..., str]) -> Job:
        """Start asking about the documents of a title, or about all when it is empty; ``t`` says how far it is.

        Raises ModelUnusable when no model can be asked, JobBusy when it is being asked already.
        """
        model = self._model

        def work(progress: Progress) -> str:
            proposed = self._propose(model, draft, title, progress, t)
            added = self._enter(proposed, draft)
            details = {"draft": draft.id, "records": str(added), "document": title}
            self._office.audit.note(who, "entitlement_proposed", model.name, **details)
            _check_whole(proposed, added)
            return RESULT.format(draft=draft.id)

        self._office.audit.note(who, "entitlement_suggesting", model.name, draft=draft.id, document=title)
        return self._office.jobs.start(SUGGEST, who, work)

    def _propose(self, model: Model, draft: Draft, title: str, progress: Progress, t: Callable[..., str]) -> Proposed:
        progress.step(0, 0, t("step_texts"))
        settings, held = self._office.settings, self._of(draft)
        documents = [one for one in held.corpus.documents if not title or match_form(one.title) == match_form(title)]
        return propose(
            model,
            documents,
            held.corpus.clauses,
            held.known,
            KeptAnswers.under(settings.home),
            limits_of_run(settings),
            self._office.today(),
            lambda done, total: progress.step(done, total, t("step_suggest")),
        )

    def _enter(self, proposed: Proposed, draft: Draft) -> int:
        """Put what is new into the draft's files; what somebody entered meanwhile keeps its place."""
        with self._one_change:
            home = self._office.settings.home
            still = open_draft(home, draft.id)
            return add_proposals(draft_folder(home, still), not_spoken_of(proposed.items, self._of(still).known))[1]

    def _of(self, draft: Draft) -> Held:
        settings = self._office.settings
        return self._held.of(draft_folder(settings.home, draft), self._office.door.bot.corpus, limits_of(settings))


def _check_whole(proposed: Proposed, added: int) -> None:
    """Raises ModelUnusable when clauses were left without an answer, after what was answered is in the table."""
    unanswered = proposed.asked.unanswered
    if unanswered:
        commonest = unanswered.most_common(1)[0][0]
        why = Sentence(_WHY.get(commonest, "web.unanswered_server"))
        raise ModelUnusable("web.suggested_in_part", added=added, unanswered=unanswered.total(), why=why)
