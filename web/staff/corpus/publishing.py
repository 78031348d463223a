"""What the pages of corpus and glossary do with a draft: try it, measure what it changes, publish it, put one back."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.pipeline import PolicyBot
from bot.types import Question
from eval.sets.draft_questions import Published, publish_questions, read_questions, take_back
from eval.sets.question_sets import question_sets
from eval.sets.superseded import load_in_force
from eval.studies.impact import Asking, Impact, askings, measure_impact
from eval.studies.impact_report import write_impact
from eval.studies.other_corpus import lend_vectors, scratch_home
from index.embedding.cache import CachedEncoder
from index.rankers.protocol import TextEncoder
from index.store.publication import Press, Step, TellingEncoder
from index.store.store import ClauseIndex, index_beside
from ingest.corpus.draft import Draft, draft_folder, draft_place, drafts
from ingest.corpus.load import load_corpus
from ingest.errors import DraftUnusable, PolicyQAError
from ingest.readers.limits import Limits
from web.answers.opening import bot_over
from web.chat.examples import examples_of
from web.replicas.replica import publishing_among
from web.staff.approvals.approval import check_approved
from web.staff.approvals.impact_file import IMPACT_FOLDER, KeptImpact, keep_impact, kept_impact
from web.staff.shell.audit_log import AuditEntry
from web.staff.shell.drafts import fingerprint_of, limits_of
from web.staff.shell.edits import Clash, Sides, clash_over
from web.staff.shell.jobs import Cancelled, Job, Progress
from web.staff.shell.office import Office
from web.staff.shell.pace import Pace

Words = Callable[..., str]
"""``t`` of the page that started a job, for what the job tells of itself."""

PUBLISH, TRY, IMPACT = "publish", "corpus-try", "corpus-impact"  # kinds of jobs
TRIALS_KEPT = 2  # bots over drafts in memory; each is about as large as the one that serves, less its model
MOST_RECORDED = 1000  # questions of visitors that are asked, the latest: about two minutes on an idle machine
EMBEDDING = "embed"  # the stage of publishing that takes long
ASKING = "ask"  # that of an impact run
VECTORS_FOLDER = ".vectors"  # beside the texts of a draft: what trying it embedded, publishing it does not embed again
# As the log calls what is done to a draft.
DRAFT_CHANGES = frozenset(
    {
        "corpus_draft_updated",
        *(f"corpus_file_{what}" for what in ("added", "replaced", "removed", "described")),
        *(f"glossary_{what}" for what in ("added", "changed", "removed")),
        "policy_corrected",
        *(f"service_{what}" for what in ("added", "changed", "removed")),
        *(f"entitlement_{what}" for what in ("accepted", "refused", "changed", "added", "proposed")),
    }
)


@dataclass(frozen=True, slots=True)
class Tried:
    """One question asked of what serves and of a draft."""

    question: Question
    impact: Impact
    unchanged: str  # the answer of both, when they agree
    citations: tuple[str, ...]


class Publishing:
    """One for the office. Jobs run in threads; the bots over drafts are kept under a lock."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._trials: OrderedDict[str, PolicyBot] = OrderedDict()
        self._encoders: dict[tuple[str, str], CachedEncoder] = {}  # by draft and model; two would write one file
        self._lock = threading.Lock()

    @property
    def corpus(self) -> Path:
        """The delivered folder."""
        return self.office.settings.corpus

    @property
    def home(self) -> Path:
        """Where versions and drafts lie."""
        return self.office.settings.home

    @property
    def limits(self) -> Limits:
        """What one file may cost."""
        return limits_of(self.office.settings)

    def serving(self) -> PolicyBot:
        """The bot that answers now. Raises ServiceUnavailable while it is being loaded."""
        bot = self.office.door.bot
        if not isinstance(bot, PolicyBot):
            raise DraftUnusable("web.bot_serves_no_index_own")
        return bot

    # ── Publishing ─────────────────────────────────────────────────────────────────────────────

    def publish(self, draft: Draft, who: str, note: str, t: Words, *, over_newer: bool) -> Job:
        """Start making a draft the version that serves."""

        def work(progress: Progress) -> str:
            with self._failure_noted(draft, who), publishing_among(self.office.replica, who, draft.id) as sharing:
                press = replace(self._press(progress, t, draft), **sharing._asdict())
                if self.office.settings.approval:
                    press = replace(press, ready=self._approved(draft, press.ready))
                with self._questions_too(draft, who, press) as with_questions:
                    version = with_questions.publish(draft, who, note, over_newer=over_newer)
            self.office.audit.note(who, "corpus_published", version.id, draft=draft.id, note=note)
            return "/staff/corpus"

        return self.office.jobs.start(PUBLISH, who, work)

    def serve(self, identifier: str, who: str, t: Words) -> Job:
        """Start putting an earlier version back."""

        def work(progress: Progress) -> str:
            with publishing_among(self.office.replica, who, identifier) as sharing:
                version = replace(self._press(progress, t), **sharing._asdict()).serve(identifier)
            self.office.audit.note(who, "corpus_put_back", version.id)
            return "/staff/corpus"

        return self.office.jobs.start(PUBLISH, who, work)

    def _press(self, progress: Progress, t: Words, draft: Draft | None = None) -> Press:
        serving = self.serving()
        made: list[PolicyBot] = []

        def ready(opened: ClauseIndex) -> None:
            made.append(self._bot_over(opened, serving))

        def switched() -> None:
            self.office.door.open(made[-1])

        return Press(
            corpus=self.corpus,
            home=self.home,
            encoder=self._encoder(draft) if draft else serving.clause_index.encoder,
            limits=self.limits,
            keep=self.office.settings.keep_versions,
            ready=ready,
            switched=switched,
            step=steps_told(progress, t),
            now=lambda: datetime.now(UTC),
        )

    @contextmanager
    def _failure_noted(self, draft: Draft, who: str) -> Generator[None]:
        """What ends a publication goes into the log, where its beginning stands."""
        try:
            yield
        except Cancelled:
            self.office.audit.note_deletion(who, "corpus_publishing_stopped", draft.id, draft=draft.id)
            raise
        except PolicyQAError as error:
            reason = error.sentence.said("zh")
            self.office.audit.note_deletion(who, "corpus_publishing_failed", draft.id, draft=draft.id, reason=reason)
            raise

    @contextmanager
    def _questions_too(self, draft: Draft, who: str, press: Press) -> Generator[Press]:
        """The press that puts the questions of a draft into their set just before it serves; out again when that fails."""
        questions = read_questions(draft_place(self.home, draft))
        before = self.serving().corpus
        put_in: list[Published] = []

        def ready(opened: ClauseIndex) -> None:
            press.ready(opened)
            put_in.append(publish_questions(self.home, questions, opened.corpus, before))

        is_published = False
        try:
            yield replace(press, ready=ready)
            is_published = True
        finally:
            for one in () if is_published else put_in:
                take_back(self.home, one, before)
        for one in put_in:
            if one.ids:
                self.office.audit.note(who, "corpus_questions_published", one.set_name, draft=draft.id, ids=one.ids)

    def _approved(self, draft: Draft, ready: Callable[[ClauseIndex], None]) -> Callable[[ClauseIndex], None]:
        """``ready``, after a look whether the very texts that were frozen and indexed are those that were approved."""

        def ready_when_approved(opened: ClauseIndex) -> None:
            check_approved(self.corpus, self.home, draft, opened.corpus.folder)
            ready(opened)

        return ready_when_approved

    def _bot_over(self, opened: ClauseIndex, serving: PolicyBot) -> PolicyBot:
        return bot_over(opened, serving)

    def _encoder(self, draft: Draft) -> TextEncoder:
        """The model that serves; of a draft it embeds no text twice, however often that is tried or published."""
        encoder, place = self.serving().clause_index.encoder, draft_place(self.home, draft)
        with self._lock:
            there = {one.id for one in drafts(self.home)}
            self._encoders = {key: kept for key, kept in self._encoders.items() if key[0] in there}
            key = (draft.id, encoder.identity)
            if key not in self._encoders:
                try:
                    self._encoders[key] = CachedEncoder(encoder, place / VECTORS_FOLDER)
                except OSError:  # a full disk: the index says so when it is written
                    return encoder
            return self._encoders[key]

    # ── Trying ─────────────────────────────────────────────────────────────────────────────────

    def fingerprint(self, draft: Draft) -> str:
        """Of all files of a draft: another one means other answers."""
        return fingerprint_of(draft_folder(self.home, draft))

    def clash(self, draft: Draft, about: str = "", sides: Iterable[Sides] = (), *, gone: bool = False) -> Clash:
        """Who changed a draft last, or one thing in it."""

        def is_change(entry: AuditEntry) -> bool:
            here = entry.what in DRAFT_CHANGES and entry.details.get("draft") == draft.id
            return here and entry.about == (about or entry.about)

        return clash_over(self.office.audit, is_change, sides, gone=gone)

    def trial(self, draft: Draft) -> PolicyBot | None:
        """The bot over a draft as it is now; None when it has still to be made."""
        with self._lock:
            return self._trials.get(self.fingerprint(draft))

    def prepare(self, draft: Draft, who: str, t: Words, result: str) -> Job:
        """Start making the bot over a draft; ``result`` is where to go on."""

        def work(progress: Progress) -> str:
            self.made_trial(draft, steps_told(progress, t))
            return result

        return self.office.jobs.start(TRY, who, work)

    def made_trial(self, draft: Draft, step: Step) -> PolicyBot:
        """The bot over a draft as it is now, made where there is none; to be called by a job. Raises as loading does."""
        fingerprint = self.fingerprint(draft)
        with self._lock:
            if known := self._trials.get(fingerprint):
                return known
        serving = self.serving()
        step(0, 1, "cut")
        corpus = load_corpus(draft_folder(self.home, draft), self.limits)
        encoder = TellingEncoder(self._encoder(draft), step)
        with scratch_home(self.home) as scratch:
            lend_vectors(self.home, scratch)
            with index_beside(corpus, encoder, scratch) as opened:
                made = self._bot_over(opened, serving)
        with self._lock:
            self._trials[fingerprint] = made
            while len(self._trials) > TRIALS_KEPT:
                self._trials.popitem(last=False)
        return made

    def ask(self, draft: Draft, question: str) -> Tried | None:
        """Ask both; None when the bot over the draft has still to be made."""
        trial = self.trial(draft)
        if trial is None:
            return None
        asked = Question((question,), self.office.today())
        before, after = worded_by_rules(self.serving()), worded_by_rules(trial)
        impact = measure_impact([Asking("", asked)], before, after, asked.as_of, _unheard)
        if impact.changes:
            return Tried(asked, impact, "", ())
        answer = after.ask(asked)
        cited = tuple(f"{cited.document_title} {cited.clause.address}".strip() for cited in answer.citations)
        return Tried(asked, impact, answer.body, cited)

    # ── What changes ───────────────────────────────────────────────────────────────────────────

    def measure(
        self, draft: Draft, who: str, t: Words, sets: list[str], *, recorded: bool, examples: bool = False
    ) -> Job:
        """Start asking the questions of ``sets``, and those of visitors, of what serves and of a draft."""
        asked = self._askings(sets, recorded=recorded, examples=examples)
        if not asked:
            raise DraftUnusable("web.nothing_ask")

        def work(progress: Progress) -> str:
            fingerprint = self.fingerprint(draft)
            trial = self.made_trial(draft, steps_told(progress, t))
            before, after = worded_by_rules(self.serving()), worded_by_rules(trial)
            impact = measure_impact(
                asked,
                before,
                after,
                self.office.today(),
                lambda done, total: progress.step(done, total, t("step_ask")),
            )
            folder = draft_place(self.home, draft) / IMPACT_FOLDER
            write_impact(impact, before.corpus, after.corpus, folder)
            keep_impact(folder, KeptImpact(fingerprint, datetime.now(UTC), impact))
            return f"/staff/corpus/drafts/{draft.id}/impact"

        return self.office.jobs.start(IMPACT, who, work)

    def impact_of(self, draft: Draft) -> KeptImpact | None:
        """What was measured last; None when nothing was."""
        return kept_impact(draft_place(self.home, draft) / IMPACT_FOLDER)

    def is_stale(self, draft: Draft, kept: KeptImpact) -> bool:
        """Whether the draft, or what serves, is another one than was measured."""
        return kept.is_stale(self.fingerprint(draft), self.serving().corpus)

    def _askings(self, sets: list[str], *, recorded: bool, examples: bool = False) -> list[Asking]:
        chosen = [known for known in question_sets(self.home) if known.name in sets]
        records = self.office.records
        turns = list(records.turns())[-MOST_RECORDED:] if recorded and records is not None else []
        offered = offered_questions(self.serving()) if examples else ()
        return askings(load_in_force(self.home, chosen) if chosen else (), turns, self.office.today(), offered)


def _unheard(done: int, total: int) -> None:
    """Of two answers nobody waits to hear how far they are."""


def offered_questions(bot: PolicyBot) -> list[str]:
    """What the chat page offers to ask, in Chinese, as policies are asked. Raises CorpusUnusable."""
    return [question.zh for group in examples_of(bot.corpus, bot.edition) for question in group.questions]


def worded_by_rules(bot: PolicyBot) -> PolicyBot:
    """The same without a language model, whose wording may differ though nothing changed, and costs."""
    return replace(bot, writer=None)


def steps_told(progress: Progress, t: Words) -> Step:
    """What a job says of each stage it is at, with the minutes that a long one still takes."""
    paces: dict[str, Pace] = {}

    def step(done: int, total: int, stage: str) -> None:
        left = paces.setdefault(stage, Pace()).minutes_left(done, total)
        time_left = t("time_left", minutes=left) if left and stage in (EMBEDDING, ASKING) else ""
        progress.step(done, total, t(f"step_{stage}") + time_left)

    return step
