"""What may be said of a reply: each sentence held against the clauses it cites, or against what was asked."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.llm.output_checks import Objection, may_be_said, objection_to
from bot.llm.prompts import Material
from bot.llm.sentence_stream import Said, halves_by_marks
from bot.text.term_overlap import sentence_terms, terms_of
from bot.types import AnswerSentence, Language
from bot.understand.reading import Reading
from bot.verify.grounding import check_sentence
from bot.verify.meaning.checker import MeaningChecker
from bot.verify.meaning.types import Asked
from ingest.normalise import match_form, to_simplified
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Corpus, Span

_LOG = logging.getLogger(__name__)
SHORTEST_SENTENCE = 14  # characters that tell something
LEAST_OF_NAME = 4  # characters of the end of an office's name


@dataclass(frozen=True)
class SentenceChecks:
    """The checks of one reply."""

    reading: Reading
    material: Material
    corpus: Corpus
    checker: MeaningChecker

    @property
    def language(self) -> Language:
        return self.reading.language

    def clauses_of(self, sources: Sequence[int]) -> list[Clause]:
        """The clauses behind numbers of the prompt."""
        return [self.material.sources[n] for n in sources if n in self.material.sources]

    def check(self, said: Said, before: str = "") -> tuple[AnswerSentence | None, Objection]:
        """The sentence with its figures when it stands, and what speaks against it when it does not.

        Whether its words are those of the clauses, the gate of meaning decides.
        """
        objection = objection_to(said.text, self.clauses_of(said.sources), self.language)
        if objection is not None and objection is not Objection.UNSUPPORTED:
            _LOG.info("A sentence of the chat model is withheld: %s", objection)
            return None, objection
        return self.borne_out(said, before), Objection.UNGROUNDED

    def borne_out(self, said: Said, about: str = "") -> AnswerSentence | None:
        """The sentence with its figures when the clauses it cites bear it out, each half by the numbers behind it.

        ``about`` is whom and what the words are said of, where they do not say it themselves.
        """
        asked = Asked(f"{self.reading.carried.joined}\n{about}", self.reading.question.as_of)
        judged = self.checker.stands(said.text, said.sources, self.material.sources, asked)
        if not isinstance(judged, AnswerSentence):
            reasons = ", ".join(f"{one.kind}: {one.said}" for one in judged)
            _LOG.info("A sentence of the chat model is withheld: %s", reasons)
            return None
        return None if self._is_of_another_half(said) else judged

    def _is_of_another_half(self, said: Said) -> bool:
        """Whether a half has a figure that only the clauses of another half print."""
        sources = self.material.sources
        for text, numbers in halves_by_marks(said):
            missing = set(check_sentence(text, numbers, sources).missing_figures)
            if missing - set(check_sentence(text, said.sources, sources).missing_figures):
                return True
        return False

    def facts_instead(self, said: Said, shown: Collection[str]) -> list[AnswerSentence]:
        """What was worked out by us, where it has all the figures of a sentence that no clause prints and nobody told."""
        verdict = check_sentence(said.text, said.sources, self.material.sources)
        missing = {n for words in verdict.missing_figures if not self.was_told([words]) for n in numbers_in(words)}
        facts = [one for one in self.material.facts if one.text not in shown and missing & numbers_in(one.text)]
        known = {n for one in facts for n in numbers_in(one.text)}
        return facts if missing and missing <= known else []

    def hedge_stands(self, text: str) -> bool:
        """Whether every figure and name of a sentence without a citation was told or is printed in some source."""
        verdict = check_sentence(text, tuple(self.material.sources), self.material.sources)
        return self.may_be_said(text) and self.was_told((*verdict.missing_figures, *verdict.missing_words), ends=True)

    def may_be_said(self, text: str) -> bool:
        """Whether words of a model that rest on no clause hold no markup, no address and no other tongue."""
        return may_be_said(text, tuple(self.material.sources.values()), self.language)

    def may_be_named(self, text: str) -> bool:
        """The same for the name of a row or a cell, which may be no words of any tongue (100%)."""
        return may_be_said(text, tuple(self.material.sources.values()), None)

    def was_told(self, words: Sequence[str], *, ends: bool = False) -> bool:
        """Whether whoever asks said each of these themselves; of names of offices with ``ends`` at least how they end.

        In a sentence that has no verb of a rule, what stands before an office may be read as a part of its name.
        """
        told = match_form("\n".join(self.reading.question.turns))
        if ends:
            printed = (part for clause in self.material.sources.values() for part in (clause.text, *clause.departments))
            told += match_form("\n".join(printed))
        return all(
            match_form(one) in told or (ends and len(one) > LEAST_OF_NAME and match_form(one[-LEAST_OF_NAME:]) in told)
            for one in words
        )


def numbers_in(text: str) -> set[str]:
    """The numbers of a text as they are written in digits."""
    return set(re.findall(r"\d+(?:\.\d+)?", match_form(text)))


def quotes_of(sentence: AnswerSentence, clause: Clause) -> list[Span]:
    """The sentences of ``clause`` that bear ``sentence`` out: those of its figures, else the one most like it."""
    spans = split_sentences(clause.text)
    figures = [figure.span for figure in sentence.figures if figure.clause_id == clause.id]
    holding = [span for span in spans if any(clause.in_source(span).contains(figure) for figure in figures)]
    return holding or [most_like(sentence.text, clause)]


def most_like(text: str, clause: Clause) -> Span:
    """The sentence of ``clause`` that shares most words with ``text``."""
    said = terms_of(to_simplified(text))
    spans = split_sentences(clause.text)
    telling = [span for span in spans if len(span) >= SHORTEST_SENTENCE] or spans  # no mere name of the clause
    return max(telling, key=lambda span: len(said & sentence_terms(span.of(clause.text))))
