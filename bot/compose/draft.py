"""An answer being put together: its sentences, each checked when it is said, and the clauses they cite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.compose.phrases import phrase
from bot.types import AnswerKind, AnswerPart, AnswerSentence, Citation, Language, SentenceRole, Table
from bot.verify.grounding import grounded, grounded_estimate
from ingest.types import Clause, Corpus, Figure, Span


@dataclass
class Draft:
    """An answer being put together. Citations are numbered in the order of their first use."""

    language: Language
    corpus: Corpus
    sentences: list[AnswerSentence] = field(default_factory=list[AnswerSentence])
    withheld: list[str] = field(default_factory=list[str])
    tables: list[Table] = field(default_factory=list[Table])
    kind: AnswerKind = AnswerKind.ANSWER
    parts: list[AnswerPart] = field(default_factory=list[AnswerPart])  # of a question that has several
    questions: list[str] = field(default_factory=list[str])  # asked back
    notices: list[str] = field(default_factory=list[str])  # of an answer that rests on no clause
    only_nearest: bool = False  # nothing of it is what was asked for
    rows_shown: tuple[int, int] | None = None  # of a table of which the question names no row: those said, all
    over: AnswerSentence | None = None  # that what is granted has expired, where nobody asked for it
    clauses_shown: tuple[int, int] | None = None  # of a document that is asked for as a whole: those said, all
    _quotes: dict[str, list[Span]] = field(default_factory=dict[str, list[Span]])
    _why: dict[str, str] = field(default_factory=dict[str, str])
    _clauses: dict[str, Clause] = field(default_factory=dict[str, Clause])

    @property
    def clauses(self) -> list[Clause]:
        return list(self._clauses.values())

    def quoted(self) -> list[tuple[Clause, tuple[Span, ...]]]:
        """Every cited clause with what is quoted of it."""
        return [(clause, tuple(self._quotes[key])) for key, clause in self._clauses.items()]

    def why(self, clause: Clause) -> str:
        """What a clause was cited for. Raises KeyError for one that was not."""
        return self._why[clause.id]

    @property
    def length(self) -> int:
        return sum(len(sentence.text) for sentence in self.sentences)

    def cite(self, clause: Clause, quote: Span, why: str) -> int:
        """The number of ``clause``, which gets one when it has none yet."""
        self._clauses.setdefault(clause.id, clause)
        self._why.setdefault(clause.id, why)
        quotes = self._quotes.setdefault(clause.id, [])
        if quote not in quotes:
            quotes.append(quote)
        return self.number_of(clause)

    def say(self, text: str, numbers: Sequence[int], role: SentenceRole = SentenceRole.QUOTE) -> bool:
        """Add a sentence of the body if it is grounded; it is withheld otherwise."""
        cited = dict(enumerate(self._clauses.values(), start=1))
        sentence = grounded(text, numbers, cited)
        if sentence is None:
            self.withheld.append(text)
            return False
        self.sentences.append(replace(sentence, role=role))
        return True

    def estimate(self, text: str, quantity: Figure, price: Figure, clause: Clause, asked: str) -> None:
        """Add a product of a quantity asked about and a price of a cited clause, if the arithmetic is grounded."""
        sentence = grounded_estimate(text, quantity, price, (self.number_of(clause), clause), asked)
        if sentence is None:
            self.withheld.append(text)
        else:
            self.sentences.append(sentence)

    def say_not_counted(self, things: Sequence[str]) -> None:
        """Say of which things asked about the arithmetic above holds nothing: it would pass for the total."""
        words = phrase("not_counted", self.language).format("、".join(things))
        self.sentences.append(AnswerSentence(words, (), (), role=SentenceRole.HEDGE))

    def number_of(self, clause: Clause) -> int:
        """The number of a clause that was cited. Raises ValueError for another."""
        return list(self._clauses).index(clause.id) + 1

    def hedge(self, key: str = "weak") -> None:
        """Say first that what follows is only the nearest; without a citation, since it is our own words."""
        self.only_nearest = True
        if self.sentences:
            self.sentences.insert(0, AnswerSentence(phrase(key, self.language), (), (), role=SentenceRole.HEDGE))

    def bring_forward(self) -> None:
        """Put the sentence said last in front of all others; the parts go on pointing at theirs."""
        self.sentences.insert(0, self.sentences.pop())
        self.parts = [replace(part, sentences=tuple(place + 1 for place in part.sentences)) for part in self.parts]

    def lead_with_expiry(self) -> None:
        """Put first that the rule is over, or behind the verdict that leads: money that is no longer given is none."""
        if self.over is None or self.over not in self.sentences:
            return
        before = list(self.sentences)
        self.sentences.remove(self.over)
        behind = bool(self.sentences) and self.sentences[0].role is SentenceRole.VERDICT
        self.sentences.insert(1 if behind else 0, self.over)
        moved = {place: self.sentences.index(one) for place, one in enumerate(before)}
        self.parts = [
            replace(part, sentences=tuple(moved[place] for place in part.sentences if place in moved))
            for part in self.parts
        ]

    def open_with_hedge(self, words: str) -> None:
        """Say ``words`` of ours first, unless there are none or the draft opens with a hedge or a verdict already."""
        opens = self.sentences[0].role if self.sentences else SentenceRole.HEDGE
        if words and opens not in (SentenceRole.HEDGE, SentenceRole.VERDICT):
            self.sentences.insert(0, AnswerSentence(words, (), (), role=SentenceRole.HEDGE))

    def citations(self) -> tuple[Citation, ...]:
        """Every clause that was cited, its quotes in the order of its text."""
        return tuple(
            Citation(
                n,
                clause,
                self.corpus.document_of(clause).title,
                tuple(sorted(self._quotes[key])),
                self._why[key],
                self.corpus.validity_of(clause),
            )
            for n, (key, clause) in enumerate(self._clauses.items(), start=1)
        )
