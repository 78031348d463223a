"""Sums of printed amounts, each taken as often as the question says: every amount stands in its clause, only the sum is ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.types import AnswerSentence, CheckedFigure, DerivedFigure, Operation
from bot.verify.arithmetic import money_words
from bot.verify.grounding import check_sentence
from bot.verify.worked_out import Quantity
from ingest.facts.figures import same_figure
from ingest.types import Clause, Figure

FEWEST_TERMS = 2  # or one that is taken several times


@dataclass(frozen=True, slots=True)
class Term:
    """A printed ``amount`` of a clause, taken ``times`` (None: once)."""

    amount: Figure
    clause: Clause
    times: Quantity | None = None

    @property
    def value(self) -> Decimal:
        """In 元."""
        return self.amount.value * (1 if self.times is None else self.times.value)

    @property
    def said(self) -> str:
        """2名×200万元, or the amount alone."""
        return self.amount.text if self.times is None else f"{self.times.text}×{self.amount.text}"


def sum_said(terms: Sequence[Term]) -> str:
    """What the terms come to, as it is said."""
    return money_words(sum((term.value for term in terms), start=Decimal(0)))


def working_said(terms: Sequence[Term]) -> str:
    """2名×200万元+3名×150万元."""
    return "+".join(term.said for term in terms)


def grounded_sum(text: str, terms: Sequence[Term], sources: Mapping[int, Clause], asked: str) -> AnswerSentence | None:
    """The sentence that says the working and its sum, or None when an amount, a quantity or anything else does not stand.

    ``sources`` are the clauses cited, by their numbers in the answer; quantities stand in ``asked``.
    """
    if len(terms) < FEWEST_TERMS and not any(term.times for term in terms):
        return None
    places = [_place(term, sources) for term in terms]
    working, total = working_said(terms), sum_said(terms)
    spoken_of = all(term.times is None or term.times.text in asked for term in terms)
    if not spoken_of or working not in text or total not in text:
        return None
    rest = text.replace(working, " ", 1).replace(total, " ", 1)
    if not check_sentence(rest, tuple(sources), sources).stands:
        return None
    stand = [place for place in places if place is not None]
    if len(stand) < len(terms):
        return None
    derived = DerivedFigure(total, working, stand[-1], Operation.PLUS)
    return AnswerSentence(text, tuple(sources), tuple(stand), derived)


def _place(term: Term, sources: Mapping[int, Clause]) -> CheckedFigure | None:
    clause = next((clause for clause in sources.values() if clause.id == term.clause.id), None)
    same = [figure for figure in clause.figures if same_figure(figure, term.amount)] if clause is not None else []
    if clause is None or not same:
        return None
    return CheckedFigure(term.amount.text, clause.id, clause.in_source(same[0].span))
