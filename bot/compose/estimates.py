"""Simple arithmetic that a question asks for: a quantity it names times a unit price or a rate that a clause prints.

The product stands nowhere, so it is said in a sentence of its own that is marked as 推算 and shows both factors. The
quantity must stand in the question, the price in a clause of the answer; :func:`bot.verify.grounding.grounded_estimate` checks both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.evidence.candidates import Candidate
from bot.evidence.table_rows import figure_words
from bot.text.term_overlap import terms_of
from bot.understand.grades import tiers_of
from bot.understand.reading import Reading
from bot.verify.arithmetic import is_factor, is_monthly
from index.text.question_types import QuestionType
from ingest.facts.figures import find_figures
from ingest.facts.measures import BASE
from ingest.facts.numerals import value_of
from ingest.normalise import to_simplified
from ingest.types import Bound, Figure, Span
from ingest.vocabulary.questions import question_words
from ingest.vocabulary.talk import talk_words

MOST_ESTIMATES = 3  # lines; more unit prices than that are a rate list to choose from
# One unit of a question is another of a price: 3 名 at 5000 元/人, 100 千瓦时 at 0.477 元/度.
_SAME_UNITS = {"名": "人", "位": "人", "千瓦时": "度", "平米": "平方米", "项": "件"}
# Measures that people leave half: 3万方, 400平.
_LOOSE = re.compile(r"(?P<number>\d+(?:\.\d+)?\s?[十百千万]?)(?P<measure>方(?![面案式法向米])|平(?![均台时等安方米]))")
_LOOSE_UNITS = {"方": "立方米", "平": "平方米"}
# What a rate is of: 税前年薪（或项目工资）的30%, 专项拨款额10%, 到账金额或股权折算金额20%.
_CALLED = re.compile(
    r"([一-鿿]*(?:额|薪|费用?|收入|投资|工资|保费|资金|成本|价))(?:（[^）]*）)?的?(?:最高|不超过|不低于|按)?\s*$"
)
_NAME_CHARS = 2  # of that name, its last ones, must stand beside the amount in the question: 年薪
_BESIDE = 4  # characters between them at most
_OWN_PAYMENT = re.compile(
    rf"(?:{talk_words().own_payment_words})[^，。；？?\d]{{0,6}}$|{talk_words().own_payment_english}", re.IGNORECASE
)
_ALTOGETHER = re.compile(question_words().besides.altogether.pattern)
ONLY_BEYOND = re.compile(r"超[出过]的?部分|超额部分|增量部分|新增部分")
_VOLTAGE = "千伏"
_BELOW = re.compile(r"(?:小于|不满|低于)\s*$")
_COUNTED = frozenset({"件", "个", *_SAME_UNITS})
_THING_ENDS = re.compile(r"[，,、；;+＋?？\d]|[和与及加]")
_PART_STOP = re.compile(r"[，；。]")
LEAST_AMOUNT = 1000  # 元; a smaller bare number is a count or a year
_MONEY = frozenset({"元", ""})  # "年薪100万" leaves the 元 out


@dataclass(frozen=True, slots=True)
class Estimate:
    """A quantity of the question (or the term a sentence grants), the printed price or rate, who prints it."""

    quantity: Figure  # its text as said, the unit included
    price: Figure
    of: str  # what the price is for, where a list prints several: 蒙苏经济技术开发区
    candidate: Candidate


def estimates_of(reading: Reading, chosen: Sequence[Candidate]) -> list[Estimate]:
    """What can be worked out for the question from the sentences chosen; nothing when too much fits."""
    if QuestionType.AMOUNT not in reading.types:
        return []
    asked, quantities = reading.last, _quantities_spoken_of(reading)
    found = [total for c in chosen[:1] if _ALTOGETHER.search(asked) and (total := _over_its_term(c)) is not None]
    found += [
        Estimate(quantity, price, of, candidate)
        for candidate in chosen
        if not candidate.features.get("other_use")
        for price, of in _prices(reading, candidate)
        for quantity in quantities
        if _multiplies(asked, quantity, candidate, price) and _is_of_its_thing(asked, quantity, candidate, price, of)
    ]
    told = amounts_by_the_month(asked)
    found = [one for one in found if not told or not is_monthly(one.price) or one.price.value in told]
    return found if len(found) <= MOST_ESTIMATES else []


def amounts_by_the_month(asked: str) -> frozenset[Decimal]:
    """The monthly amounts that a question names itself (每月2000元): of several printed it means these, not what the asker pays."""
    named = (figure for figure in find_figures(asked) if is_monthly(figure) and figure.upper is None)
    return frozenset(figure.value for figure in named if not is_paid_by_asker(asked, figure))


def is_paid_by_asker(asked: str, figure: Figure) -> bool:
    """每月发2000元: what the asker pays himself is no amount that a policy gives."""
    return _OWN_PAYMENT.search(asked[: figure.span.start]) is not None


def _over_its_term(candidate: Candidate) -> Estimate | None:
    """An amount a month over the months that the same sentence grants it for; None unless there is one of each."""
    monthly = [f for f in candidate.figures if is_monthly(f)]
    terms = [f for f in candidate.figures if f.unit in ("月", "年") and f.bound is Bound.AT_MOST]
    return Estimate(terms[0], monthly[0], "", candidate) if len(monthly) == len(terms) == 1 else None


def _quantities_spoken_of(reading: Reading) -> list[Figure]:
    """Those of the last turn; where it names none, those of the turn before that does: 按参考价呢 is of the 200亩 before."""
    turns = (reading.last, *(to_simplified(turn).lower() for turn in reversed(reading.question.earlier)))
    return next((found for turn in turns if (found := quantities_of(turn))), list[Figure]())


def quantities_of(asked: str) -> list[Figure]:
    """The quantities a question names, more than one of each, with its unit as said: 80亩, 3万方."""
    loose = [
        Figure(match[0], Span(*match.span()), value, _LOOSE_UNITS[match["measure"]])
        for match in _LOOSE.finditer(asked)
        if (value := value_of(match["number"].strip())) is not None
    ]
    exact = [f for f in find_figures(asked) if f.upper is None and not any(f.span.overlaps(o.span) for o in loose)]
    return [figure for figure in (*exact, *loose) if figure.value != 1]


def _prices(reading: Reading, candidate: Candidate) -> list[tuple[Figure, str]]:
    """The unit prices and rates of the sentence with what each is for; of a list those of an object the question names.

    Where it names none, all of a rate list, which tells prices apart by place or use, and none of a list of recipients.
    """
    if ONLY_BEYOND.search(candidate.text):
        return []  # of what quantity is not known
    rows = {row.figure.span: row.object for row in candidate.clause.benefits}
    factors = [(figure, rows.get(figure.span, "")) for figure in candidate.figures if is_factor(figure)]
    if candidate.clause.cells:  # of a row what is said of it: its price of another kind is none of the question's
        factors = [pair for pair in factors if figure_words(candidate.clause, pair[0]) in candidate.text]
    named = [pair for pair in factors if pair[1] in reading.text or tiers_of(pair[1].lower()) & reading.tiers]
    return factors if candidate.clause.role.is_rate_row and not any(of for _, of in named) else named


def _multiplies(asked: str, quantity: Figure, candidate: Candidate, price: Figure) -> bool:
    if price.unit == "%":
        return quantity.unit in _MONEY and _is_of(asked, quantity, candidate, price)
    unit, per = quantity.unit, price.unit.removeprefix("元/")
    if not price.unit.startswith("元/"):
        return False  # an amount a month is multiplied by its own term alone
    per = BASE.get(per, per)
    same = _SAME_UNITS.get(unit, unit) == _SAME_UNITS.get(per, per)
    return bool(unit) and same and _fits_voltage(asked, candidate, price)


def not_counted(asked: str, taken: Sequence[str]) -> list[str]:
    """What a question wants added up and no line takes, by the quantities ``taken``."""
    if not _ALTOGETHER.search(asked):
        return []
    things = [figure for figure in find_figures(asked) if figure.unit in _COUNTED]
    taken = list(taken)
    left: list[str] = []
    for figure in things:
        said = figure.span.of(asked).strip()
        if said in taken:
            taken.remove(said)
        else:
            left.append(f"{said}{_THING_ENDS.split(asked[figure.span.end :])[0].strip()}")
    return left if 0 < len(left) < len(things) else []


def _is_of_its_thing(asked: str, quantity: Figure, candidate: Candidate, price: Figure, of: str) -> bool:
    """False where several things are counted and the price is for another than the quantity."""
    counted = [figure for figure in find_figures(asked) if figure.unit in _COUNTED]
    if quantity.unit not in _COUNTED or len(counted) < 2:
        return True
    behind = _THING_ENDS.split(asked[quantity.span.end :])[0]
    part = _PART_STOP.split(candidate.clause.text[candidate.span.start : price.span.start])
    name = of or "".join(part[-2:])
    return (bool(of) and of in behind) or not terms_of(behind).isdisjoint(terms_of(name))


def _is_of(asked: str, quantity: Figure, candidate: Candidate, rate: Figure) -> bool:
    """True when the rate is printed as one of an amount that the question names.

    It does when the printed name stands beside it (年薪100万, 税前年薪的30%), or when there is only one amount and one rate.
    """
    called = _CALLED.search(candidate.clause.text[: rate.span.start])
    if called is None:
        return False
    name = called[1][-_NAME_CHARS:]
    before = asked[max(0, quantity.span.start - _BESIDE - _NAME_CHARS) : quantity.span.start]
    behind = asked[quantity.span.end : quantity.span.end + _BESIDE + _NAME_CHARS]
    if name in before or name in behind:
        return True
    amounts = [figure for figure in find_figures(asked) if figure.unit in _MONEY and figure.value >= LEAST_AMOUNT]
    return len(amounts) == 1 and sum(figure.unit == "%" for figure in candidate.figures) == 1


def _fits_voltage(asked: str, candidate: Candidate, price: Figure) -> bool:
    """False when the price is printed for another voltage than the question names: 1-10KV for 10千伏."""
    named = [figure.value for figure in find_figures(asked) if figure.unit == _VOLTAGE]
    before = [f for f in candidate.figures if f.unit == _VOLTAGE and f.span.end <= price.span.start]
    if not named or not before:
        return True
    printed = before[-1]
    if printed.bound is Bound.AT_LEAST:
        return named[0] >= printed.value
    if _BELOW.search(candidate.clause.text[: printed.span.start]):
        return named[0] < printed.value
    return printed.value <= named[0] <= (printed.upper or printed.value)
