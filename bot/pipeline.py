"""The whole story: question → reading → hits → sentences → answer, with a reason wherever it ends early."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from langchain_core.runnables import Runnable, RunnableLambda

from bot.compose.draft import Draft
from bot.compose.outcome import answered, declined, nothing_carried, talked
from bot.compose.parts import keep_one_found, say_left_out, say_not_found, say_part
from bot.evidence.per_sub_question import HITS_OF_ASPECT
from bot.evidence.related_clauses import side_by_side
from bot.evidence.sentence_similarity import SentenceSimilarity
from bot.evidence.versions import Versions
from bot.evidence.weights import weights_in_use
from bot.finding import Finder
from bot.found import Found, nearest_first
from bot.going_on import asked_of_what_was_said, more_of, on_what_was_said, refusal_before
from bot.kinds.asker_field import tells_field
from bot.kinds.class_grants import asks_of_class
from bot.llm.writer import Writer
from bot.match.matching import MatcherKeeper
from bot.matched_answer import matched_draft, wishes_without_profile
from bot.refuse.answerability import Printed
from bot.refuse.gate import (
    NOTHING_COMPOSED,
    OF_A_PART,
    OF_ONE_FACT,
    TOO_LONG,
    Refusal,
    asked_beside,
    before_search,
)
from bot.refuse.length import is_too_long
from bot.refuse.on_topic import Topics
from bot.service.closing import closed
from bot.settings import BotSettings
from bot.step_log import MILLISECONDS, Step, StepLog
from bot.talk.recognise import Talk, recognise
from bot.talk.replies import reply
from bot.text.term_overlap import TermWeights
from bot.types import Answer, Answered, AnswerKind, AnswerSentence, Declined, Question, SearchResult
from bot.understand.address_asked import address_asked
from bot.understand.asks_on import asks_for_more
from bot.understand.plan import QuestionPart, QuestionPlan, is_talk
from bot.understand.reading import Reading
from bot.with_model import Worded, may_be_worded
from index.embedding.encoder import Encoder
from index.in_database.opening import search_elsewhere
from index.scoring.reranker import Reranker
from index.search.langchain_retriever import PolicyRetriever
from index.search.search import search
from index.search.spelling_terms import spelling_of
from index.store.serving import open_serving
from index.store.store import ClauseIndex
from index.types import Filters, Hit, Query
from ingest.corpus.versions import serving_folder
from ingest.editions.types import Edition
from ingest.errors import EntitlementsUnusable
from ingest.normalise import to_simplified
from ingest.readers.limits import MEGABYTE, Limits
from ingest.service.cards import ServiceCards, read_cards
from ingest.types import Corpus

_ANY_PROFILE = "企业在县里，研发投入100万元"  # its reading loads the words of places, of facts and of records
SHOWN_OF_TOO_LONG = 60  # characters of a question that is declined unread, for the record


@dataclass(frozen=True)
class PolicyBot:
    """An open corpus and index with everything read once. Safe to ask from several threads."""

    finder: Finder  # what reads and finds, over the index
    writer: Writer | None = None  # without a language model: the clauses' own words
    edition: Edition = field(default_factory=Edition)  # English beside the clauses
    cards: ServiceCards = field(default_factory=ServiceCards)  # the bureau's own word on policies

    @classmethod
    def open(cls, settings: BotSettings) -> PolicyBot:
        """Load corpus, model and index. Raises CorpusUnusable, ModelUnusable or UnusableIndex."""
        limits = Limits(settings.max_file_mb * MEGABYTE, settings.max_unpacked_mb * MEGABYTE, settings.max_read_seconds)
        folder = serving_folder(settings.corpus, settings.home)
        encoder = Encoder.load(settings.embedding_model, settings.home, settings.threads)
        reranker, elsewhere = Reranker.of(settings.reranker), search_elsewhere(settings.search, settings.database_url)
        return cls.over(open_serving(folder, encoder, settings.home, limits, reranker, elsewhere), settings)

    @classmethod
    def over(cls, clause_index: ClauseIndex, settings: BotSettings, topics: Topics | None = None) -> PolicyBot:
        """The bot over an index that is open already. ``topics`` of the same model need not be embedded again.

        Raises UnusableInput when the weights of sentences, or the service cards, are faulty.
        """
        weights_in_use()  # read now: a faulty file is said at the start, not at the first question
        corpus, glossary = clause_index.corpus, clause_index.shelf.glossary
        finder = Finder(
            settings=settings,
            clause_index=clause_index,
            places=clause_index.shelf.places,
            weights=TermWeights(clause_index.printed.terms),
            topics=topics or Topics.of(clause_index.encoder),
            similarity=SentenceSimilarity(clause_index),
            printed=Printed.kept(corpus, clause_index.printed, tuple(glossary.people)),
            versions=Versions.of(corpus),
            spelling=spelling_of(clause_index),
        )
        edition = clause_index.shelf.edition
        return cls(finder, Writer.of(settings, corpus, edition), edition, read_cards(corpus.folder))

    def warmed(self) -> PolicyBot:
        """The same, once everything is loaded that the first question would wait for, as the words of jieba."""
        self.retrieve(Question(("政策",), date.min), 1)
        with suppress(EntitlementsUnusable):  # faulty records are said to whoever matches, and keep nobody from asking
            self.matchers.of(self.corpus).match_profile(_ANY_PROFILE, date.min)
        return self if self.writer is None else replace(self, writer=self.writer.warmed())

    @property
    def settings(self) -> BotSettings:
        """What it was opened with."""
        return self.finder.settings

    @property
    def matchers(self) -> MatcherKeeper:
        """What keeps the grants of the corpus."""
        return self.finder.matchers

    @property
    def clause_index(self) -> ClauseIndex:
        """What is searched."""
        return self.finder.clause_index

    @property
    def corpus(self) -> Corpus:
        """What is answered from."""
        return self.finder.corpus

    def retrieve(self, question: Question, top_k: int) -> list[Hit]:
        """The clauses found for ``question``, earlier turns included; none for a question that is too long.

        Of things set side by side, and of the parts of a question, each has its best clauses among the first.
        """
        if is_too_long(question, self.settings.max_question_chars):
            return []
        finder = self.finder
        reading = finder.read(question)
        plan = finder.plan(reading)
        if plan.is_one:
            of_each = finder.hits_of_aspects(reading)
        else:
            of_each = [search(self.clause_index, part.reading.query, HITS_OF_ASPECT) for part in plan.parts]
        return side_by_side(search(self.clause_index, reading.query, top_k), of_each)[:top_k]

    def search(self, text: str, filters: Filters, top_k: int) -> SearchResult:
        """The best clauses for ``text`` as it stands: no earlier turns, no answer, mistyped words read as meant."""
        spelled = self.finder.spelling.read(to_simplified(text))
        hits = search(self.clause_index, Query.of(spelled.text, filters), top_k)
        return SearchResult(tuple(hits), tuple(spelled.corrections))

    def query(self, question: Question) -> Query:
        """What is searched for: the question with what its earlier turns say, and its filters."""
        return self.finder.read(question).query

    def ask(self, question: Question, step_log: StepLog | None = None) -> Answer:
        """The whole answer; a question that is too long is declined unread. ``step_log`` is told of each step."""
        telling = self._tell(question, step_log or StepLog())
        while True:
            try:
                next(telling)
            except StopIteration as told:
                return closed(told.value, self.edition, self.corpus, self.cards)

    def stream(self, question: Question) -> Iterator[AnswerSentence | Answer]:
        """Each sentence of the body when it is checked, then the whole answer, which counts alone.

        After a language model failed in the middle, the whole answer has other sentences than those before it.
        """
        if self.writer is None and self.edition.sentences:  # told at once; what is English by then is final
            answer = self.ask(question)
            yield from answer.sentences if isinstance(answer, Answered) else ()
        else:
            answer = closed((yield from self._tell(question, StepLog())), self.edition, self.corpus, self.cards)
        yield answer

    def _tell(self, question: Question, step_log: StepLog) -> Generator[AnswerSentence, None, Answer]:
        """The answer without a model, or in the words of one that may word it."""
        if self.writer is None:
            return (yield from self._tell_plainly(question, step_log))
        started = time.perf_counter()
        sentences, plain = _heard(self._tell_plainly(question, step_log))
        if not may_be_worded(plain, step_log) or step_log.reading is None:
            yield from sentences
            return plain
        worded = Worded(self.finder, self.writer, step_log.reading, plain, step_log)
        answer = yield from worded.tell()
        step_log.took(Step.COMPOSING)
        return replace(answer, took_ms=_since(started))

    def _tell_plainly(self, question: Question, step_log: StepLog) -> Generator[AnswerSentence, None, Answer]:
        started = time.perf_counter()
        finder = self.finder
        if is_too_long(question, self.settings.max_question_chars):
            shortened = replace(question, turns=(question.last[:SHOWN_OF_TOO_LONG],))
            return self._decline(step_log, finder.read(shortened), TOO_LONG, [], started)
        step_log.reading = reading = finder.read(question)
        refusal = before_search(question)
        beside = asked_beside(question, refusal) if refusal is not None else None
        if beside is not None:
            step_log.is_settled = True  # with an instruction in it, it goes to no model
            return (yield from self._tell_parts(reading, finder.plan(finder.read(beside)), step_log, started))
        if refusal is not None and (refusal.rule not in OF_A_PART or finder.plan(reading).is_one):
            step_log.took(Step.READING)
            return self._decline(step_log, reading, refusal, [], started)
        on = asks_for_more(question.last)
        more = more_of(finder, reading) if on else asked_of_what_was_said(finder, reading, question)
        if more is not None:
            step_log.took(Step.READING)
            step_log.draft, step_log.is_settled = more, True
            yield from more.sentences
            return self._answered(reading, more, started, ())
        talk = recognise(reading, question, finder.places)
        if talk is not None:
            return (yield from self._tell_talk(talk, reading, step_log, started))
        address = address_asked(reading)
        # A bare number ends a sentence in a profile (my father is 72.); 第十条 asks for an article.
        is_article = address is not None and not address.is_bare_number
        is_no_profile = is_article or asks_of_class(reading, finder.places)
        matched = None if is_no_profile else matched_draft(reading, self.corpus, self.matchers)
        if matched is not None:
            step_log.took(Step.READING)
            matched.kind = AnswerKind.MATCH
            step_log.draft = matched
            yield from matched.sentences
            return self._answered(reading, matched, started, tuple(matched.notices))
        if address is None and not tells_field(reading) and wishes_without_profile(reading, self.corpus, self.matchers):
            return (yield from self._tell_talk(Talk.VAGUE, reading, step_log, started))
        if (before := refusal_before(finder, reading)) is not None:
            return nothing_carried(self._decline(step_log, reading, before, [], started))
        step_log.plan = plan = finder.plan(reading)
        step_log.took(Step.READING)
        if plan.is_one:
            return (yield from self._tell_one(reading, step_log, started))
        return (yield from self._tell_parts(reading, plan, step_log, started))

    def _tell_talk(
        self, talk: Talk, reading: Reading, step_log: StepLog, started: float
    ) -> Generator[AnswerSentence, None, Answer]:
        step_log.took(Step.READING)
        step_log.draft = draft = reply(talk, reading, self.corpus, self.settings.contact)
        yield from draft.sentences
        return talked(reading, draft, _since(started))

    def _tell_parts(
        self, reading: Reading, plan: QuestionPlan, step_log: StepLog, started: float
    ) -> Generator[AnswerSentence, None, Answer]:
        """Each part searched and answered by itself, what two parts need said once; a part not found is named."""
        step_log.draft = whole = Draft(reading.language, self.corpus)
        refused: list[Found] = []
        for part in plan.parts:
            talk = self._talk_of(part) or on_what_was_said(self.finder, part.reading, part.text, whole.clauses)
            if talk is not None:
                before = len(whole.sentences)
                say_part(whole, part.text, talk)
                yield from whole.sentences[before:]
                continue
            refusal = before_search(replace(reading.question, turns=(*reading.question.earlier, part.text)))
            said = [clause.id for clause in whole.clauses]
            if refusal is not None:
                found = Found(part.reading, [], refusal=refusal)
            else:
                found = self.finder.find(part.reading, step_log, one_of_several=True, said=said)
            draft = self.finder.compose(found, brief=True) if found.refusal is None else None
            before = len(whole.sentences)
            if draft is None or not draft.sentences:
                refused.append(found if found.refusal else replace(found, refusal=NOTHING_COMPOSED))
                say_not_found(whole, part.text, refused[-1].refusal, nearest_first(refused[-1]), part.spelt_out)
            else:
                say_part(whole, part.text, draft)
            yield from whole.sentences[before:]
        if refused and len(refused) == len(whole.parts):
            first, hits = refused[0], [hit for found in refused for hit in found.hits[:1]]
            asked = [part.text for part in plan.parts]
            return self._decline(step_log, reading, first.refusal or NOTHING_COMPOSED, hits, started, asked)
        keep_one_found(whole)
        say_left_out(whole, plan.left_out)
        return self._answered(reading, whole, started, ())

    def _talk_of(self, part: QuestionPart) -> Draft | None:
        """What answers a part that asks who answers, for people, or what is held; None for a part on a clause."""
        if not is_talk(part.text):
            return None
        alone = self.finder.read(replace(part.reading.question, turns=(part.text,)))
        talk = recognise(alone, alone.question, self.finder.places)
        return None if talk is None else reply(talk, alone, self.corpus, self.settings.contact)

    def _tell_one(self, reading: Reading, step_log: StepLog, started: float) -> Generator[AnswerSentence, None, Answer]:
        found = self.finder.find(reading, step_log)
        if found.refusal is not None:
            finer = self.finder.plan(reading, finely=True)
            if found.refusal.rule in OF_ONE_FACT and not finer.is_one:  # the other facts asked may be stated
                step_log.plan = finer
                return (yield from self._tell_parts(reading, finer, step_log, started))
            return self._decline(step_log, reading, found.refusal, found.hits, started)
        step_log.is_settled = found.named is not None and found.named.kind is not AnswerKind.SUMMARY
        step_log.draft = draft = self.finder.compose(found)
        if not draft.sentences:
            return self._decline(step_log, reading, NOTHING_COMPOSED, found.hits, started)
        yield from draft.sentences
        return self._answered(reading, draft, started, ())

    def as_runnable(self) -> Runnable[Question, Answer]:
        """The bot as a step of anybody's LangChain chain: a Question in, an Answer out."""
        return RunnableLambda(self.ask, name="PolicyBot")

    def retriever(self) -> PolicyRetriever:
        """The same search as a LangChain retriever."""
        return PolicyRetriever(clause_index=self.clause_index, top_k=self.settings.top_k, spelling=self.finder.spelling)

    def _answered(self, reading: Reading, draft: Draft, started: float, more_notices: tuple[str, ...]) -> Answered:
        return answered(reading, draft, self.corpus, self.finder.versions, more_notices, _since(started))

    def _decline(
        self,
        step_log: StepLog,
        reading: Reading,
        refusal: Refusal,
        hits: Sequence[Hit],
        started: float,
        parts: Sequence[str] = (),
    ) -> Declined:
        step_log.refusal = refusal
        return declined(reading, refusal, hits, self.corpus, self.finder.places, _since(started), parts)


def _heard(telling: Generator[AnswerSentence, None, Answer]) -> tuple[list[AnswerSentence], Answer]:
    """The sentences that were told, and the whole answer."""
    sentences: list[AnswerSentence] = []
    while True:
        try:
            sentences.append(next(telling))
        except StopIteration as told:
            return sentences, told.value


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * MILLISECONDS, 1)
