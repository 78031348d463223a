"""The answer in the words of a language model, each sentence checked before anybody sees it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from bot.compose.draft import Draft
from bot.llm.chat_model import Chat, ChatModel, ChatSettings, Failure, ModelFailed
from bot.llm.output_checks import Objection, holds_chinese, objection_to, tells_rules
from bot.llm.prompts import NOT_STATED, system_prompt, user_prompt
from bot.llm.sentence_stream import Said, SentenceStream
from bot.settings import BotSettings
from bot.text.term_overlap import sentence_terms, terms_of
from bot.types import AnswerSentence
from bot.understand.reading import Reading
from bot.verify.meaning.checker import MeaningChecker
from bot.verify.meaning.types import Asked
from bot.verify.verifier import verifier_of
from index.types import Hit
from ingest.editions.types import Edition
from ingest.normalise import match_form, to_simplified
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Corpus, Span

_LOG = logging.getLogger(__name__)
MOST_SENTENCES = 8  # shown; what a model adds behind them is not read out
EARLIER_TURNS = 4  # told to the model beside the question; search has looked at all of them
LEAST_KEPT = 0.5  # share of a reply's sentences that must stand; below, what is left may miss the point
_PUNCTUATION = "。.！!“”\"' "


@dataclass(frozen=True, slots=True)
class Written:
    """The model's answer as far as it stands. ``withheld`` sentences did not."""

    draft: Draft
    withheld: int


@dataclass(frozen=True, slots=True)
class SaysNotStated:
    """The model found nothing in the clauses that answers."""


@dataclass(frozen=True, slots=True)
class NotWritten:
    """The model's reply cannot be used."""

    failure: Failure


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
        checker = MeaningChecker(corpus, edition or Edition(), verifier_of(settings.verifier))
        return cls(chat, corpus, settings.chat_source_chars, checker)

    def write(self, reading: Reading, hits: Sequence[Hit]) -> Iterator[AnswerSentence | Outcome]:
        """Each sentence as soon as it is checked, then what became of the whole reply. Never raises ModelFailed."""
        sources = _sources(hits, self.source_chars)
        titles = {n: self.corpus.document_of(clause).title for n, clause in sources.items()}
        rules = system_prompt(reading.language)
        turns = reading.question.turns[-1 - EARLIER_TURNS :]
        validities = {n: self.corpus.validity_of(clause) for n, clause in sources.items()}
        material = user_prompt(turns, sources, titles, reading.question.as_of, reading.language, validities)
        desk = _Desk(
            reading, sources, rules, Draft(reading.language, self.corpus), self.checker or MeaningChecker(self.corpus)
        )
        try:
            with closing(self.chat.reply(rules, material)) as pieces:
                for said in _sentences(pieces):
                    if not desk.sentences_kept and match_form(said.text.strip(_PUNCTUATION)) == NOT_STATED:
                        yield SaysNotStated()
                        return
                    sentence = desk.check(said)
                    if sentence is not None:
                        yield sentence
            yield desk.result()
        except ModelFailed as error:
            _LOG.warning("%s", error)
            yield NotWritten(error.failure)


def _sentences(pieces: Iterator[str]) -> Iterator[Said]:
    stream = SentenceStream()
    for piece in pieces:
        yield from stream.feed(piece)
    yield from stream.finish()


def _sources(hits: Sequence[Hit], most_chars: int) -> dict[int, Clause]:
    """The best clauses that fit, numbered from 1; the best one always."""
    chosen: dict[str, Clause] = {}
    length = 0
    for hit in hits:
        length += len(hit.clause.text)
        if chosen and length > most_chars:
            break
        chosen.setdefault(hit.clause.id, hit.clause)
    return dict(enumerate(chosen.values(), start=1))


@dataclass
class _Desk:
    """Where the sentences of one reply are checked and put together."""

    reading: Reading
    sources: dict[int, Clause]
    rules: str
    draft: Draft
    checker: MeaningChecker
    withheld: int = 0
    _seen: set[str] = field(default_factory=set[str])

    @property
    def sentences_kept(self) -> int:
        return len(self.draft.sentences)

    def check(self, said: Said) -> AnswerSentence | None:
        """The sentence as it is shown, numbered anew; None when it is not. Raises ModelFailed when all is lost."""
        clauses = [self.sources[n] for n in said.sources if n in self.sources]
        if tells_rules(said.text, self.rules, clauses, self.reading.language):
            raise ModelFailed(Failure.UNSUPPORTED, "it tells its instructions")
        if said.text in self._seen or _only_introduces(said) or self.sentences_kept >= MOST_SENTENCES:
            return None
        self._seen.add(said.text)
        sentence = self._stands(said, clauses)
        if sentence is not None:
            return self._enter(sentence)
        self.withheld += 1
        if not self.sentences_kept:
            raise ModelFailed(Failure.UNSUPPORTED, "its first sentence is not borne out")
        return None

    def result(self) -> Written:
        """What stands. Raises ModelFailed when that is nothing or too little."""
        if not self.sentences_kept:
            raise ModelFailed(Failure.EMPTY)
        if self.sentences_kept < LEAST_KEPT * (self.sentences_kept + self.withheld):
            raise ModelFailed(Failure.UNSUPPORTED, "most of its sentences are not borne out")
        return Written(self.draft, self.withheld)

    def _stands(self, said: Said, clauses: Sequence[Clause]) -> AnswerSentence | None:
        objection = objection_to(said.text, clauses, self.reading.language)
        plain_english = objection is Objection.UNQUOTED and not holds_chinese(said.text)
        if objection in (None, Objection.UNSUPPORTED) or plain_english:
            asked = Asked(self.reading.carried.joined, self.reading.question.as_of)
            judged = self.checker.stands(said.text, said.sources, self.sources, asked)
            if isinstance(judged, AnswerSentence):
                return judged
            reasons = ", ".join(f"{one.kind}: {one.said}" for one in judged)
            _LOG.info("A sentence of the chat model is withheld: %s (%s)", Objection.UNGROUNDED, reasons)
            return None
        _LOG.info("A sentence of the chat model is withheld: %s", objection)
        return None

    def _enter(self, sentence: AnswerSentence) -> AnswerSentence:
        numbers = tuple(
            self.draft.cite(self.sources[n], quote, "answer")
            for n in sentence.citations
            for quote in _quotes(sentence, self.sources[n])
        )
        entered = AnswerSentence(sentence.text, tuple(dict.fromkeys(numbers)), sentence.figures)
        self.draft.sentences.append(entered)
        return entered


def _only_introduces(said: Said) -> bool:
    """A line such as "具体如下：" is no sentence; it is left out without a word."""
    return not said.sources and said.text.endswith(("：", ":"))


def _quotes(sentence: AnswerSentence, clause: Clause) -> list[Span]:
    """The sentences of ``clause`` that bear ``sentence`` out: those of its figures, else the one most like it."""
    spans = split_sentences(clause.text)
    figures = [figure.span for figure in sentence.figures if figure.clause_id == clause.id]
    holding = [span for span in spans if any(clause.in_source(span).contains(figure) for figure in figures)]
    if holding:
        return holding
    said = terms_of(to_simplified(sentence.text))
    return [max(spans, key=lambda span: len(said & sentence_terms(span.of(clause.text))))]
