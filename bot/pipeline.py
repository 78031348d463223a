"""The whole story: question → reading → hits → sentences → answer, with a reason wherever it ends early."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from langchain_core.runnables import Runnable, RunnableLambda

from bot.compose.body import compose
from bot.compose.document_contents import compose_contents, documents_named
from bot.compose.draft import Draft
from bot.compose.named_clauses import compose_named, named_hits
from bot.compose.outcome import answered, declined
from bot.evidence.candidates import Candidate, QueryTerms, find_candidates, query_terms
from bot.evidence.per_sub_question import HITS_OF_ASPECT, Compared, aspect_query, aspect_words, fitting
from bot.evidence.related_clauses import (
    side_by_side,
    with_asked_rows,
    with_closing_words,
    with_each_aspect,
    with_few_rows,
    with_other_rows,
)
from bot.evidence.sentence_similarity import SentenceSimilarity
from bot.evidence.versions import Versions
from bot.evidence.weights import weights_in_use
from bot.llm.notices import instead_notice, withheld_notice, worded_notice
from bot.llm.writer import NotWritten, SaysNotStated, Writer, Written
from bot.match.matching import MatcherKeeper
from bot.matched_answer import matched_draft
from bot.refuse.answerability import Printed, Searched, is_weak
from bot.refuse.gate import (
    FOREIGN_FROM,
    NO_SUCH_CLAUSE,
    NOT_STATED_BY_MODEL,
    NOTHING_COMPOSED,
    TOO_LONG,
    Refusal,
    after_search,
    before_search,
)
from bot.refuse.on_topic import Topics
from bot.settings import BotSettings
from bot.step_log import MILLISECONDS, Step, StepLog
from bot.text.term_overlap import TermWeights
from bot.types import Answer, Answered, AnswerSentence, Declined, Question
from bot.understand.address_asked import AddressAsked, address_asked
from bot.understand.levels_and_places import Places
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
from ingest.errors import EntitlementsUnusable, QuestionUnusable
from ingest.readers.limits import MEGABYTE, Limits
from ingest.types import Corpus

ROOM_BEHIND_ROWS = 30  # hits searched for beyond those wanted: rows of a long table may fill the first ones
_ANY_PROFILE = "企业在县里，研发投入100万元"  # its reading loads the words of places, of facts and of records
SURELY_OURS = -1.0  # foreignness of a question about a clause that it names
SHOWN_OF_TOO_LONG = 60  # characters of a question that is declined unread, for the record


@dataclass(frozen=True)
class PolicyBot:
    """An open corpus and index with everything read once. Safe to ask from several threads."""

    settings: BotSettings
    clause_index: ClauseIndex
    places: Places
    weights: TermWeights
    topics: Topics
    similarity: SentenceSimilarity
    printed: Printed
    versions: Versions
    spelling: Spelling
    matchers: MatcherKeeper = field(default_factory=MatcherKeeper)
    writer: Writer | None = None  # without a language model: the clauses' own words

    @classmethod
    def open(cls, settings: BotSettings) -> PolicyBot:
        """Load corpus, model and index. Raises CorpusUnusable, ModelUnusable or UnusableIndex."""
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
            places=clause_index.shelf.places,
            weights=TermWeights.of(" ".join((*clause.path[1:], clause.text)) for clause in corpus.clauses),
            topics=topics or Topics.of(clause_index.encoder),
            similarity=SentenceSimilarity(clause_index),
            printed=Printed.of(corpus, tuple(glossary.people)),
            versions=Versions.of(corpus),
            spelling=spelling_of(clause_index),
            writer=Writer.of(settings, corpus),
        )

    def warmed(self) -> PolicyBot:
        """The same, once everything is loaded that the first question would wait for, as the words of jieba."""
        self.retrieve(Question(("政策",), date.min), 1)
        with suppress(EntitlementsUnusable):  # faulty records are said to whoever matches, and keep nobody from asking
            self.matchers.of(self.corpus).match_profile(_ANY_PROFILE, date.min)
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

    def ask(self, question: Question, step_log: StepLog | None = None) -> Answer:
        """The whole answer; a question that is too long is declined unread. ``step_log`` is told of each step."""
        telling = self._tell(question, step_log or StepLog())
        while True:
            try:
                next(telling)
            except StopIteration as told:
                return told.value

    def stream(self, question: Question) -> Iterator[AnswerSentence | Answer]:
        """Each sentence of the body when it is checked, then the whole answer, which counts alone.

        After a language model failed in the middle, the whole answer has other sentences than those before it.
        """
        answer = yield from self._tell(question, StepLog())
        yield answer

    def _tell(self, question: Question, step_log: StepLog) -> Generator[AnswerSentence, None, Answer]:
        started = time.perf_counter()
        if is_too_long(question, self.settings.max_question_chars):
            shortened = replace(question, turns=(question.last[:SHOWN_OF_TOO_LONG],))
            return self._decline(step_log, self._read(shortened), TOO_LONG, [], started)
        step_log.reading = reading = self._read(question)
        refusal = before_search(question)
        step_log.took(Step.READING)
        if refusal is not None:
            return self._decline(step_log, reading, refusal, [], started)
        found = search(self.clause_index, reading.query, self.settings.top_k + ROOM_BEHIND_ROWS)
        step_log.found = found = with_few_rows(found, self.settings.top_k)
        step_log.wanted = wanted = query_terms(
            reading, self.weights, self.clause_index.shelf.glossary.expand(reading.text)
        )
        asked, named = address_asked(reading), named_hits(reading, found, self.corpus)
        answer = yield from self._tell_named(step_log, asked, named, found, started)
        if answer is not None:
            return answer
        compared = self._compare(reading, wanted, named, step_log)
        found = named or found  # 按第三条: what is asked is asked of that clause
        found = with_each_aspect(found, [aspect.hits for aspect in compared])
        found = with_other_rows(with_closing_words(reading, found, self.corpus), self.corpus)
        step_log.hits = hits = with_asked_rows(reading, found, self.corpus)
        step_log.took(Step.SEARCH)
        sentences = self._sentences(reading, hits, wanted, reading.query)
        step_log.candidates = candidates = self.versions.in_time(sentences, self.corpus, reading.time)
        foreignness = SURELY_OURS if named else self._foreignness(reading)
        refusal = after_search(Searched(reading, candidates, wanted, foreignness, self.places, self.printed))
        step_log.took(Step.EVIDENCE)
        if refusal is not None:
            return self._decline(step_log, reading, refusal, hits, started)
        said: list[AnswerSentence] = []
        failed: tuple[str, ...] = ()
        for part in self.writer.write(reading, hits) if self.writer else ():
            match part:
                case AnswerSentence():
                    said.append(part)
                    yield part
                case Written(draft, withheld):
                    step_log.draft = draft
                    notice = withheld_notice(reading.language) if withheld else worded_notice(reading.language)
                    return self._answered(reading, draft, started, (notice,))
                case SaysNotStated():
                    return self._decline(step_log, reading, NOT_STATED_BY_MODEL, hits, started)
                case NotWritten(failure):
                    failed = (instead_notice(failure, reading.language),)
        step_log.draft = draft = compose(
            reading,
            candidates,
            wanted,
            self.corpus,
            compared=compared,
            weak=is_weak(reading, candidates, self.printed),
            versions=self.versions,
        )
        if not draft.sentences:
            return self._decline(step_log, reading, NOTHING_COMPOSED, hits, started)
        if not said:
            yield from draft.sentences
        return self._answered(reading, draft, started, failed)

    def _tell_named(
        self, step_log: StepLog, asked: AddressAsked | None, named: list[Hit], found: list[Hit], started: float
    ) -> Generator[AnswerSentence, None, Answer | None]:
        """The answer where a clause or document is named, or somebody asks for all that they can get; else None."""
        reading = step_log.reading
        if reading is None:
            return None
        matched = None if asked else matched_draft(reading, self.corpus, self.matchers)
        if matched is not None:
            step_log.draft = matched
            yield from matched.sentences
            return self._answered(reading, matched, started, ())
        if asked is None:
            hits, draft = found, compose_contents(reading, documents_named(reading, found, self.corpus), self.corpus)
        elif named:
            hits, draft = named, compose_named(reading, asked, named, self.corpus)
        else:
            return self._decline(step_log, reading, NO_SUCH_CLAUSE, found, started) if asked.is_all else None
        if draft is None:
            return None
        step_log.hits, step_log.draft = hits, draft
        yield from draft.sentences
        return self._answered(reading, draft, started, ())

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
        alone = search(self.clause_index, Query.of(reading.carried.last, reading.query.filters), 1)
        together = search(self.clause_index, reading.query, 1)
        opens = opens_topic(reading, self.weights, also, alone, together)
        if not opens or self._foreignness(reading) >= FOREIGN_FROM:
            return reading
        return self._read_turns(replace(question, turns=(question.last,)))

    def _read_turns(self, question: Question) -> Reading:
        glossary = self.clause_index.shelf.glossary
        reading = read_question(question, self.places, self.settings.max_turns, self.spelling.read, glossary.expand)
        without = self.versions.left_out(reading.text, reading.time, reading.version)
        return reading.without(without) if without else reading

    def _compare(
        self, reading: Reading, wanted: QueryTerms, named: list[Hit], step_log: StepLog
    ) -> tuple[Compared, ...]:
        """What is found for each of the things the question sets side by side; nothing where it names its clauses."""
        if named:
            return ()
        step_log.compared = found = [self._found_for(aspect, reading, wanted) for aspect in self._aspects(reading)]
        return fitting(found, QuestionType.AMOUNT in reading.types)

    def _aspects(self, reading: Reading) -> list[Aspect]:
        """The things the question sets side by side, within the levels it is limited to."""
        limits = reading.query.filters.levels
        return [a for a in aspects_of(reading, self.places) if not (a.level and limits) or a.level in limits]

    def _found_for(self, aspect: Aspect, reading: Reading, wanted: QueryTerms) -> Compared:
        query = aspect_query(aspect, reading)
        hits = search(self.clause_index, query, HITS_OF_ASPECT)
        words = aspect_words(aspect, wanted, self.weights, self.clause_index.shelf.glossary.expand(aspect.text))
        return Compared(aspect, tuple(hits), tuple(self._sentences(reading, hits, words, query)))

    def _sentences(self, reading: Reading, hits: Sequence[Hit], wanted: QueryTerms, query: Query) -> list[Candidate]:
        """The sentences of the hits, the best first."""
        vector = self.similarity.question_vector(query)
        return find_candidates(
            reading, hits, wanted, lambda clause, spans: self.similarity.cosines(vector, clause, spans)
        )

    def _foreignness(self, reading: Reading) -> float:
        """Of the last turn by itself: talk of policy before it does not make a question about the weather one."""
        return self.topics.foreignness(self.similarity.question_vector(Query.of(reading.carried.last)))

    def _answered(self, reading: Reading, draft: Draft, started: float, more_notices: tuple[str, ...]) -> Answered:
        return answered(reading, draft, self.corpus, self.versions, more_notices, _since(started))

    def _decline(
        self, step_log: StepLog, reading: Reading, refusal: Refusal, hits: list[Hit], started: float
    ) -> Declined:
        step_log.refusal = refusal
        return declined(reading, refusal, hits, self.corpus, self.places, _since(started))


def is_too_long(question: Question, longest: int) -> bool:
    """True when a turn has more than ``longest`` characters."""
    return any(len(turn) > longest for turn in question.turns)


def check_length(question: Question, longest: int) -> None:
    """Raises QuestionUnusable when a turn has more than ``longest`` characters."""
    for turn in question.turns:
        if len(turn) > longest:
            raise QuestionUnusable("bot.question_too_long", characters=len(turn), most=longest)


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * MILLISECONDS, 1)
