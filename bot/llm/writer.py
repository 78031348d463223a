"""The answer in the words of a language model, each sentence checked before anybody sees it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from bot.compose.draft import Draft
from bot.compose.parts import FEWEST_PARTS, say_left_out, say_unsaid
from bot.llm.chat_model import Asked, AskedStep, Chat, ChatModel, ChatSettings, Failure, ModelFailed
from bot.llm.desk import Desk, Report
from bot.llm.planning import AskedKind, ModelPlan, PlannedPart, read_plan
from bot.llm.prompts import Material, plan_material, plan_prompt, system_prompt, user_prompt
from bot.llm.reply_table import sentences_of, table_of
from bot.llm.sentence_checks import SentenceChecks
from bot.llm.sentence_stream import Said, SentenceStream
from bot.settings import BotSettings
from bot.text.term_overlap import terms_of
from bot.types import AnswerKind, AnswerPart, AnswerSentence, PartStatus, SentenceRole
from bot.understand.reading import Reading
from bot.verify.meaning.checker import MeaningChecker
from bot.verify.verifier import verifier_of
from ingest.editions.types import Edition
from ingest.normalise import to_simplified
from ingest.types import Corpus

_LOG = logging.getLogger(__name__)
EARLIER_TURNS = 4  # told to the model beside the question; search has looked at all of them
LONGEST_PLAN = 8_000  # characters of a reply with a plan; six parts have some hundred each


@dataclass(frozen=True, slots=True)
class Written:
    """The model's answer as far as it stands, and what became of the rest."""

    draft: Draft
    report: Report


@dataclass(frozen=True, slots=True)
class SaysNotStated:
    """The model found nothing in the clauses that answers; ``draft`` has its words for that and for what is nearest."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class NotWritten:
    """The model's reply cannot be used; ``report`` tells what was withheld of it, where it came to that."""

    failure: Failure
    report: Report | None = None


Outcome = Written | SaysNotStated | NotWritten


@dataclass(frozen=True)
class Writer:
    """Asks a chat model. Safe to use from several threads."""

    chat: Chat
    corpus: Corpus
    source_chars: int
    checker: MeaningChecker | None = None  # made of the corpus alone where none is given

    @classmethod
    def of(cls, settings: BotSettings, corpus: Corpus, edition: Edition | None = None) -> Writer | None:
        """None when no model is set. Raises ModelUnusable when the one that is set, or the verifier, cannot be started."""
        if not settings.chat_model:
            return None
        chat = ChatModel.start(
            ChatSettings(
                model=settings.chat_model,
                base_url=settings.chat_base_url,
                api_key=settings.chat_api_key,
                timeout_s=settings.chat_timeout_s,
                temperature=settings.chat_temperature,
                max_tokens=settings.chat_max_tokens,
            )
        )
        return cls.over(chat, settings, corpus, edition)

    @classmethod
    def over(cls, chat: Chat, settings: BotSettings, corpus: Corpus, edition: Edition | None = None) -> Writer:
        """A writer that asks ``chat``. Raises ModelUnusable when the verifier that is set cannot be started."""
        checker = MeaningChecker(corpus, edition or Edition(), verifier_of(settings.verifier))
        return cls(chat, corpus, settings.chat_source_chars, checker)

    def warmed(self) -> Writer:
        """The same, with a gate whose words are loaded."""
        return replace(self, checker=(self.checker or MeaningChecker(self.corpus)).warmed())

    def plan(self, reading: Reading, places: Mapping[str, Sequence[str]]) -> ModelPlan:
        """The parts of a question as the model sees them. Raises PlanUnusable, and ModelFailed when it gives none."""
        question = reading.question
        turns = question.turns[-1 - EARLIER_TURNS :]
        rules = plan_prompt(reading.language)
        material = plan_material(turns, question.as_of, places, reading.language)
        about = Asked(AskedStep.PLAN, question.turns)
        said = ""
        with closing(self.chat.reply(rules, material, about=about)) as pieces:
            for piece in pieces:
                said += piece
                if len(said) > LONGEST_PLAN and "<" not in said[:LONGEST_PLAN]:  # a thought before it may be long
                    raise ModelFailed(Failure.ENDLESS, "a plan without end")
        return read_plan(said, question)

    def write(self, reading: Reading, material: Material) -> Iterator[AnswerSentence | Outcome]:
        """Each sentence as soon as it is checked, then what became of the whole reply. Never raises ModelFailed."""
        question = reading.question
        rules = system_prompt(reading.language, material.plan.kind, question.as_of)
        turns = question.turns[-1 - EARLIER_TURNS :]
        told = user_prompt(turns, material, self.corpus, question.as_of, reading.language)
        about = Asked(AskedStep.ANSWER, question.turns, tuple(clause.id for clause in material.sources.values()))
        checks = SentenceChecks(reading, material, self.corpus, self.checker or MeaningChecker(self.corpus))
        desk = Desk(checks, rules, Draft(reading.language, self.corpus))
        try:
            with closing(self.chat.reply(rules, told, about=about)) as pieces:
                for said in _sentences(pieces):
                    yield from desk.take(said)
            yield from desk.finish()
            yield _outcome(desk)
        except ModelFailed as error:
            _LOG.warning("%s", error)
            yield NotWritten(error.failure, desk.report)


def _sentences(pieces: Iterator[str]) -> Iterator[Said]:
    stream = SentenceStream()
    for piece in pieces:
        yield from stream.feed(piece)
    yield from stream.finish()


def _outcome(desk: Desk) -> Outcome:
    """What the reply comes to. Raises ModelFailed when nothing of it stands."""
    draft, report = desk.draft, desk.report
    table = table_of(desk)
    if table is not None:
        draft.tables.append(table)
        if not _states(draft):
            draft.sentences.extend(sentences_of(table, desk.language))
    own = report.replaced < report.shown or table is not None  # something of the model's own stands
    if not (_states(draft) or desk.says_not_covered):
        raise ModelFailed(Failure.UNSUPPORTED if report.left_out or report.shown else Failure.EMPTY)
    if not own:
        raise ModelFailed(Failure.UNSUPPORTED, "none of its sentences is borne out")
    draft.kind = AnswerKind.SUMMARY if desk.material.plan.kind is AskedKind.SUMMARY else AnswerKind.ANSWER
    _account(desk)
    if not _states(draft) or (draft.parts and all(part.status is PartStatus.NOT_FOUND for part in draft.parts)):
        return SaysNotStated(draft)
    say_left_out(draft, desk.material.plan.left_out, desk.reading.question.last)
    return Written(draft, report)


def _states(draft: Draft) -> bool:
    return any(sentence.role not in (SentenceRole.HEDGE, SentenceRole.QUESTION) for sentence in draft.sentences)


# ── Every part of the question is accounted for ────────────────────────────────────────────────


def _account(desk: Desk) -> None:
    """Say of each part of the question where it is answered; one that has no sentence is named as not found."""
    parts = desk.material.plan.parts
    if len(parts) < FEWEST_PARTS:
        return
    sections = {topic: places for topic, places in desk.sections.items() if topic}
    places = [sections.get(part.topic, []) for part in parts] if sections else _by_likeness(desk, parts)
    for part, own in zip(parts, places, strict=True):
        desk.draft.parts.append(AnswerPart(part.question, _status(desk.draft, own), None, tuple(own)))
    if sections:
        say_unsaid(desk.draft)


def _by_likeness(desk: Desk, parts: Sequence[PlannedPart]) -> list[list[int]]:
    """The sentences that are about each part, where the reply has no sections; all of them for a part like none."""
    wanted = [terms_of(to_simplified(f"{part.topic} {part.question} {part.search}")) for part in parts]
    found: list[list[int]] = [[] for _ in parts]
    for place, sentence in enumerate(desk.draft.sentences):
        said = terms_of(to_simplified(sentence.text))
        shared = [len(said & own) for own in wanted]
        if max(shared):
            found[shared.index(max(shared))].append(place)
    return [own or list(range(len(desk.draft.sentences))) for own in found]


def _status(draft: Draft, places: Sequence[int]) -> PartStatus:
    roles = {draft.sentences[place].role for place in places}
    if not roles - {SentenceRole.HEDGE, SentenceRole.QUESTION}:
        return PartStatus.NOT_FOUND
    return PartStatus.PARTLY if SentenceRole.HEDGE in roles else PartStatus.ANSWERED
