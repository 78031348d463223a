"""Arithmetic of several factors, with the printed amount that limits what comes of it: worked out once more before it is said.

Every factor stands in the question or in the clause cited, the limit in the clause; only the product is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.types import AnswerSentence, CheckedFigure, DerivedFigure
from bot.verify.arithmetic import MONTHS_OF_A_YEAR, is_monthly, money_words
from bot.verify.grounding import check_sentence
from ingest.facts.figures import same_figure
from ingest.types import Clause, Figure
from ingest.vocabulary.talk import talk_words

_PERCENT = Decimal(100)
YUAN, YEAR, MONTH, PERSON = talk_words().quantities["units"]  # as figures have them


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many, as the question or the clause says it; ``unit`` is 元 for money, 年 or 月 for a time, else what is counted."""

    text: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Work:
    """``quantities`` × a printed ``price`` or rate, and the printed amount beyond which nothing is paid."""

    quantities: tuple[Quantity, ...]
    price: Figure
    limit: Figure | None = None

    @property
    def product(self) -> Decimal:
        """In 元, before the limit."""
        value = self.price.value / (_PERCENT if self.price.unit == "%" else 1)
        for quantity in self.quantities:
            value *= quantity.value
            if quantity.unit == YEAR and is_monthly(self.price):
                value *= MONTHS_OF_A_YEAR
        return value

    @property
    def reached(self) -> Figure | None:
        """The limit, where the product is more than it."""
        return self.limit if self.limit is not None and self.product > self.limit.value else None

    @property
    def is_limited(self) -> bool:
        """Whether the product is more than the limit."""
        return self.reached is not None

    @property
    def result(self) -> Decimal:
        """In 元, at most the limit."""
        return self.product if self.reached is None else self.reached.value


def product_said(work: Work) -> str:
    """The product before the limit, as it is said."""
    return money_words(work.product)


def grounded_work(text: str, work: Work, source: tuple[int, Clause], asked: str) -> AnswerSentence | None:
    """The sentence that says ``work``, or None when a factor, the limit or anything else in it does not stand.

    ``source`` is the number and the clause that prints price and limit, ``asked`` the conversation in which quantities stand.
    """
    number, clause = source
    printed = next((figure for figure in clause.figures if same_figure(figure, work.price)), None)
    limit = work.reached
    limits = [figure for figure in clause.figures if limit is not None and same_figure(figure, limit)]
    factors = [quantity.text for quantity in work.quantities]
    stand = all(words in asked or any(words == figure.text for figure in clause.figures) for words in factors)
    said = [*factors, work.price.text, product_said(work)]
    if printed is None or (limit is not None and not limits) or not stand or any(words not in text for words in said):
        return None
    rest = text
    for words in sorted(said, key=len, reverse=True):
        rest = rest.replace(words, " ", 1)
    verdict = check_sentence(rest, (number,), {number: clause})
    if not verdict.stands:
        return None
    price = CheckedFigure(work.price.text, clause.id, clause.in_source(printed.span))
    derived = DerivedFigure(product_said(work), "×".join(factors), price)
    return AnswerSentence(text, (number,), (price, *verdict.figures), derived)
