"""The whole story: question → reading → hits → sentences → answer, with a reason wherever it ends early."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from datetime import date

from langchain_core.runnables import Runnable, RunnableLambda

from bot.compose.body import compose
from bot.compose.draft import Draft
from bot.compose.notices import notices_of, notices_of_decline
from bot.compose.phrases import decline_words
from bot.evidence.candidates import Wanted, find_candidates, wanted_words
from bot.evidence.per_sub_question import HITS_OF_ASPECT, Compared, aspect_query, aspect_words, fitting
from bot.evidence.related_clauses import side_by_side, with_closing_words, with_each_aspect, with_other_rows
from bot.evidence.sentence_similarity import SentenceNearness
from bot.evidence.weights import weights_in_use
from bot.llm.notices import instead_notice, withheld_notice, worded_notice
from bot.llm.writer import NotWritten, SaysNotStated, Writer, Written
from bot.refuse.answerability import Printed, Searched, is_weak
from bot.refuse.gate import (
    FOREIGN_FROM,
    NOT_STATED_BY_MODEL,
    NOTHING_COMPOSED,
    TOO_LONG,
    Refusal,
    after_search,
    before_search,
    nearest,
)
from bot.refuse.on_topic import Topics
from bot.settings import BotSettings
from bot.step_log import MILLISECONDS, Step, Workings
from bot.text.term_overlap import TermWeights
from bot.types import Answer, Answered, AnswerSentence, Citation, Declined, Question
from bot.understand.levels_and_places import Places, places_of
from bot.understand.reading import Reading, read_question
from bot.understand.sub_questions import Aspect, aspects_of
from bot.understand.topic_shift import may_open_topic, opens_topic
from index.embedding.encoder import Encoder
from index.scoring.reranker import Reranker
from index.search.langchain_retriever import PolicyRetriever
from index.search.search import search
from index.search.spelling_terms import spelling_of
from index.spelling.correct import Spelling
from index.store.store import ClauseIndex, open_index
from index.text.question_types import QuestionType
from index.types import Hit, Query
from ingest.corpus.load import load_corpus
from ingest.corpus.versions import serving_folder
from ingest.errors import QuestionUnusable
from ingest.readers.limits import MEGABYTE, Limits
from ingest.types import Corpus, Span

SHOWN_OF_TOO_LONG = 60  # characters of a question that is declined unread, for the record


@dataclass(frozen=True)
class PolicyBot:
    """An open corpus and index with everything read once. Safe to ask from several threads."""

    settings: BotSettings
    clause_index: ClauseIndex
    places: Places
    weights: TermWeights
    topics: Topics
    nearness: SentenceNearness
    printed: Printed
    spelling: Spelling
    writer: Writer | None = None  # without a language model: the clauses' own words

    @classmethod
    def open(cls, settings: BotSettings) -> PolicyBot:
        """Load corpus, model and index. Raises CorpusUnusable, SourceUnreadable, ModelUnusable or UnusableIndex."""
        limits = Limits(settings.max_file_mb * MEGABYTE, settings.max_unpacked_mb * MEGABYTE, settings.max_read_seconds)
        corpus = load_corpus(serving_folder(settings.corpus, settings.home), limits)
        encoder = Encoder.load(settings.embedding_model, settings.home, settings.threads)
        return cls.over(open_index(corpus, encoder, settings.home, Reranker.of(settings.reranker)), settings)

    @classmethod
    def over(cls, clause_index: ClauseIndex, settings: BotSettings, topics: Topics | None = None) -> PolicyBot:
        """The bot over an index that is open already. ``topics`` of the same model need not be embedded again.

        Raises UnusableInput when the weights of sentences are faulty.
        """
        weights_in_use()  # read now: a faulty file is said at the start, not at the first question
        corpus, glossary = clause_index.corpus, clause_index.shelf.glossary
        return cls(
            settings=settings,
            clause_index=clause_index,
            places=places_of(corpus),
            weights=TermWeights.of(" ".join((*clause.path[1:], clause.text)) for clause in corpus.clauses),
            topics=topics or Topics.of(clause_index.encoder),
            nearness=SentenceNearness(clause_index),
            printed=Printed.of(corpus, tuple(glossary.people)),
            spelling=spelling_of(clause_index),
            writer=Writer.of(settings, corpus),
        )

    def warmed(self) -> PolicyBot:
        """The same, once everything is loaded that the first question would wait for, as the words of jieba."""
        self.retrieve(Question(("政策",), date.min), 1)
        return self

    @property
    def corpus(self) -> Corpus:
        """What is answered from."""
        return self.clause_index.corpus

    def retrieve(self, question: Question, top_k: int) -> list[Hit]:
        """The clauses found for ``question``, earlier turns included; none for a question that is too long.

        Of things set side by side, each has its best clauses among the first.
        """
        if is_too_long(question, self.settings.max_question_chars):
            return []
        reading = self._read(question)
        of_aspects = [
            search(self.clause_index, aspect_query(aspect, reading), HITS_OF_ASPECT)
            for aspect in self._aspects(reading)
        ]
        return side_by_side(search(self.clause_index, reading.query, top_k), of_aspects)[:top_k]

    def query(self, question: Question) -> Query:
        """What is searched for: the question with what its earlier turns say, and its filters."""
        return self._read(question).query

    def ask(self, question: Question, workings: Workings | None = None) -> Answer:
        """The whole answer; a question that is too long is declined unread. ``workings`` is told of each step."""
        telling = self._tell(question, workings or Workings())
        while True:
            try:
                next(telling)
            except StopIteration as told:
                return told.value

    def stream(self, question: Question) -> Iterator[AnswerSentence | Answer]:
        """Each sentence of the body when it is checked, then the whole answer, which counts alone.

        After a language model failed in the middle, the whole answer has other sentences than those before it.
        """
        answer = yield from self._tell(question, Workings())
        yield answer

    def _tell(self, question: Question, workings: Workings) -> Generator[AnswerSentence, None, Answer]:
        started = time.perf_counter()
        if is_too_long(question, self.settings.max_question_chars):
            shortened = replace(question, turns=(question.last[:SHOWN_OF_TOO_LONG],))
            return self._decline(workings, self._read(shortened), TOO_LONG, [], started)
        workings.reading = reading = self._read(question)
        refusal = before_search(question)
        workings.took(Step.READING)
        if refusal is not None:
            return self._decline(workings, reading, refusal, [], started)
        workings.found = found = search(self.clause_index, reading.query, self.settings.top_k)
        workings.wanted = wanted = wanted_words(
            reading, self.weights, self.clause_index.shelf.glossary.expand(reading.text)
        )
        compared = self._compare(reading, wanted, workings)
        found = with_each_aspect(found, [aspect.hits for aspect in compared])
        workings.hits = hits = with_other_rows(with_closing_words(reading, found, self.corpus), self.corpus)
        workings.took(Step.SEARCH)
        vector = self.nearness.question_vector(reading.query)
        workings.candidates = candidates = find_candidates(
            reading, hits, wanted, lambda clause, spans: self.nearness.cosines(vector, clause, spans)
        )
        foreignness = self._foreignness(reading)
        refusal = after_search(Searched(reading, candidates, wanted, foreignness, self.places, self.printed))
        workings.took(Step.EVIDENCE)
        if refusal is not None:
            return self._decline(workings, reading, refusal, hits, started)
        said: list[AnswerSentence] = []
        failed: tuple[str, ...] = ()
        for part in self.writer.write(reading, hits) if self.writer else ():
            match part:
                case AnswerSentence():
                    said.append(part)
                    yield part
                case Written(draft, withheld):
                    workings.draft = draft
                    notice = withheld_notice(reading.language) if withheld else worded_notice(reading.language)
                    return self._answered(reading, draft, started, (notice,))
                case SaysNotStated():
                    return self._decline(workings, reading, NOT_STATED_BY_MODEL, hits, started)
                case NotWritten(failure):
                    failed = (instead_notice(failure, reading.language),)
        workings.draft = draft = compose(
            reading,
            candidates,
            wanted,
            self.corpus,
            compared=compared,
            weak=is_weak(reading, candidates, self.printed),
        )
        if not draft.sentences:
            return self._decline(workings, reading, NOTHING_COMPOSED, hits, started)
        if not said:
            yield from draft.sentences
        return self._answered(reading, draft, started, failed)

    def as_runnable(self) -> Runnable[Question, Answer]:
        """The bot as a step of anybody's LangChain chain: a Question in, an Answer out."""
        return RunnableLambda(self.ask, name="PolicyBot")

    def retriever(self) -> PolicyRetriever:
        """The same search as a LangChain retriever."""
        return PolicyRetriever(clause_index=self.clause_index, top_k=self.settings.top_k, spelling=self.spelling)

    def _read(self, question: Question) -> Reading:
        """The question read; a last turn that opens a topic of its own is read without the turns before it."""
        reading = self._read_turns(question)
        also = self.clause_index.shelf.glossary.expand(reading.carried.last)
        if not may_open_topic(reading, self.weights, also):
            return reading
        alone = search(self.clause_index, Query.of(reading.carried.last, question.filters), 1)
        together = search(self.clause_index, reading.query, 1)
        opens = opens_topic(reading, self.weights, also, alone, together)
        if not opens or self._foreignness(reading) >= FOREIGN_FROM:
            return reading
        return self._read_turns(replace(question, turns=(question.last,)))

    def _read_turns(self, question: Question) -> Reading:
        glossary = self.clause_index.shelf.glossary
        return read_question(question, self.places, self.settings.max_turns, self.spelling.read, glossary.expand)

    def _compare(self, reading: Reading, wanted: Wanted, workings: Workings) -> tuple[Compared, ...]:
        """What is found for each of the things the question sets side by side."""
        workings.compared = found = [self._found_for(aspect, reading, wanted) for aspect in self._aspects(reading)]
        return fitting(found, QuestionType.AMOUNT in reading.types)

    def _aspects(self, reading: Reading) -> list[Aspect]:
        """The things the question sets side by side, within the levels it is limited to."""
        limits = reading.query.filters.levels
        return [a for a in aspects_of(reading, self.places) if not (a.level and limits) or a.level in limits]

    def _found_for(self, aspect: Aspect, reading: Reading, wanted: Wanted) -> Compared:
        query = aspect_query(aspect, reading)
        hits = search(self.clause_index, query, HITS_OF_ASPECT)
        words = aspect_words(aspect, wanted, self.weights, self.clause_index.shelf.glossary.expand(aspect.text))
        vector = self.nearness.question_vector(query)
        candidates = find_candidates(
            reading, hits, words, lambda clause, spans: self.nearness.cosines(vector, clause, spans)
        )
        return Compared(aspect, tuple(hits), tuple(candidates))

    def _foreignness(self, reading: Reading) -> float:
        """Of the last turn by itself: talk of policy before it does not make a question about the weather one."""
        return self.topics.foreignness(self.nearness.question_vector(Query.of(reading.carried.last)))

    def _answered(self, reading: Reading, draft: Draft, started: float, more_notices: tuple[str, ...]) -> Answered:
        return Answered(
            question=reading.question,
            language=reading.language,
            sentences=tuple(draft.sentences),
            citations=draft.citations(),
            notices=(*notices_of(reading, draft, self.corpus), *more_notices),
            standalone=reading.standalone,
            took_ms=_since(started),
            tables=tuple(draft.tables),
            read_as=reading.corrections,
        )

    def _decline(
        self, workings: Workings, reading: Reading, refusal: Refusal, hits: list[Hit], started: float
    ) -> Declined:
        workings.refusal, language = refusal, reading.language
        body = decline_words(refusal.reason, language, refusal.place, "、".join(self.places.covered))
        citations = tuple(
            Citation(n, hit.clause, self.corpus.document_of(hit.clause).title, _quoted(hit), "nearest")
            for n, hit in enumerate(nearest(hits, refusal), start=1)
        )
        return Declined(
            reading.question,
            language,
            refusal.reason,
            body,
            citations,
            notices_of_decline(reading, refusal.reason, citations, self.corpus),
            reading.standalone,
            _since(started),
            reading.corrections,
        )


def is_too_long(question: Question, longest: int) -> bool:
    """True when a turn has more than ``longest`` characters."""
    return any(len(turn) > longest for turn in question.turns)


def check_length(question: Question, longest: int) -> None:
    """Raises QuestionUnusable when a turn has more than ``longest`` characters."""
    for turn in question.turns:
        if len(turn) > longest:
            raise QuestionUnusable("bot.question_too_long", characters=len(turn), most=longest)


def _quoted(hit: Hit) -> tuple[Span, ...]:
    return (hit.best_sentence,) if hit.best_sentence is not None else (Span(0, len(hit.clause.text)),)


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * MILLISECONDS, 1)
