"""Which of two is more: one amount of each, of one grant, in one unit and period. The difference only where it is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.compose.draft import Draft
from bot.compose.phrases import level_words
from bot.evidence.benefit_rows import amount_words, asked_rows, enumerations, rows_inside
from bot.evidence.candidates import Candidate
from bot.evidence.per_sub_question import Compared
from bot.evidence.rate_parts import priced_parts
from bot.evidence.table_rows import figure_words
from bot.text.term_overlap import terms_of
from bot.types import Language, SentenceRole
from bot.understand.grades import tiers_of
from bot.understand.reading import Reading
from bot.verdicts.words import patterns, said
from bot.verify.arithmetic import money_words
from bot.verify.attribution import names_of
from bot.verify.differences import grounded_difference
from bot.verify.english_amounts import in_english
from ingest.types import Benefit, Bound, Clause, Figure, Span

TWO = 2
_PERIOD = re.compile(r"[年月日天]")
_BEHIND = 12  # characters behind an amount that name what it is


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its name and its amount."""

    name: str
    figure: Figure
    words: str  # the amount with its bound, as it is said
    clause: Clause
    span: Span

    @property
    def unit(self) -> tuple[str, str]:
        """What two amounts must have in common to be compared."""
        per = "".join(_PERIOD.findall(f"{self.figure.period or ''}{self.figure.unit.partition('/')[2]}"))
        return self.figure.unit.partition("/")[0], per

    @property
    def least(self) -> Decimal | None:
        """What is given at least; None for a cap."""
        return None if self.figure.bound is Bound.AT_MOST else self.figure.value

    @property
    def most(self) -> Decimal | None:
        """What is given at most; None for a floor."""
        if self.figure.bound is Bound.AT_LEAST and self.figure.upper is None:
            return None
        return self.figure.upper or self.figure.value


def asks_which(reading: Reading) -> bool:
    """Whether it is asked which of several is more or less, or by how much they differ."""
    words = patterns("asks")
    return any(words[key].search(reading.last) for key in ("more", "less", "by_how_much"))


def sides_of_levels(reading: Reading, compared: Sequence[Compared]) -> list[Side]:
    """The amounts of two levels for what is asked; none where a level prints several or nothing."""
    levels = [one for one in compared if one.aspect.level is not None]
    sides = [_side(reading, level_words(one.aspect.level or "", reading.language), one.best) for one in levels]
    return [side for side in sides if side is not None] if len(sides) == TWO and all(sides) else []


def sides_of_items(reading: Reading, compared: Sequence[Compared]) -> list[Side]:
    """The prices of two things that are set side by side, each in one row of a rate list."""
    if len(compared) != TWO or any(one.aspect.level for one in compared):
        return []
    sides = [_side(reading, patterns("asks")["set_beside"].sub("", one.aspect.name), one.best) for one in compared]
    found = [side for side in sides if side is not None]
    apart = len({(side.clause.id, side.figure.span) for side in found}) == len(found)  # one amount is no two
    return found if len(found) == TWO and apart else []


def are_whole(sides: Sequence[Side], said: Sequence[Clause]) -> bool:
    """Whether no side is one of several rows that are said of the same thing (第一档 of 三档): which of them is meant is not known."""
    paths = {side.clause.path for side in sides}
    rows = [clause.path for clause in said if clause.role.is_rate_row]
    return len(paths) == 1 or not any(rows.count(path) > 1 for path in paths)


def sides_of_rows(reading: Reading, lead: Candidate) -> list[Side]:
    """The amounts of two classes or ranks of one enumeration, where the question names just these two."""
    if len(parts := priced_parts(reading, lead)) == TWO:
        priced = [(name, span, [f for f in lead.clause.figures if span.contains(f.span)]) for name, span in parts]
        if all(len(figures) == 1 for _, _, figures in priced):
            return [Side(name, own[0], own[0].text, lead.clause, span) for name, span, own in priced]
    groups = enumerations(lead.clause, rows_inside(lead))
    rows = next((rows for group in groups if len(rows := _named(reading, group)) == TWO), None)
    if rows is None:
        return []
    return [Side(row.object, row.figure, amount_words(row.figure), lead.clause, lead.span) for row in rows]


def _named(reading: Reading, group: Sequence[Benefit]) -> list[Benefit]:
    """The rows of an enumeration that the question names by class or by name."""
    return [
        row
        for row in group
        if tiers_of(row.object.lower()) & reading.tiers or any(name in reading.last for name in names_of(row.object))
    ]


def _side(reading: Reading, name: str, candidate: Candidate | None) -> Side | None:
    """The one amount of a sentence that the question is about."""
    figure = None if candidate is None else _figure_asked(reading, candidate)
    if candidate is None or figure is None:
        return None
    is_rate = candidate.clause.role.is_rate_row
    words = figure_words(candidate.clause, figure) if is_rate else amount_words(figure)
    return Side(name, figure, words, candidate.clause, candidate.span)


def _figure_asked(reading: Reading, candidate: Candidate) -> Figure | None:
    rows = asked_rows(reading, candidate)
    if len(rows) == 1:
        return rows[0].figure
    money = [figure for figure in candidate.figures if figure.unit.partition("/")[0] == "元"]
    if len(money) > 1:
        asked = terms_of(" ".join((reading.last, *reading.also)))
        text = candidate.clause.text
        named = [len(asked & terms_of(text[f.span.end : f.span.end + _BEHIND].split("，")[0])) for f in money]
        money = [figure for figure, own in zip(money, named, strict=True) if own == max(named) and own]
    return money[0] if len(money) == 1 else None


def say_which(draft: Draft, reading: Reading, sides: Sequence[Side]) -> bool:
    """Put in front which of the two is more, and behind everything by how much, where that is asked."""
    # What the verdict names stands first: an amount is said of what was named last before it.
    asks_less = patterns("asks")["less"].search(reading.last) is not None
    one, other = sorted(sides, key=lambda side: side.figure.value, reverse=not asks_less)
    if one.unit != other.unit or one.figure.unit == "%":
        return False
    numbers = tuple(dict.fromkeys(draft.cite(side.clause, side.span, "answer") for side in sides))
    english = reading.language is Language.EN
    amounts = [(in_english(side.figure) if english else None) or side.words for side in (one, other)]
    joint, gap = (", ", " ") if english else ("，", "")
    named = joint.join(f"{side.name}{gap}{amount}" for side, amount in zip((one, other), amounts, strict=True))
    if not draft.say(_verdict(reading, one, other, named), numbers, SentenceRole.VERDICT):
        return False
    draft.bring_forward()
    if patterns("asks")["by_how_much"].search(reading.last):
        _say_difference(draft, reading, one, other)
    return True


def _verdict(reading: Reading, one: Side, other: Side, named: str) -> str:
    language = reading.language
    if _ends(one.figure) == _ends(other.figure):
        return said("equal", language, named=named)
    greater = _greater(one, other) or _greater(other, one)
    if greater is None:
        floor = next((a for a, b in ((one, other), (other, one)) if a.least == b.most), None)
        if floor is None:
            return said("not_comparable", language, named=named)
        under = other if floor is one else one
        return said("not_below", language, named=named, most=floor.name, least=under.name)
    less = other if greater is one else one
    key = "less" if patterns("asks")["less"].search(reading.last) else "more"
    return said(key, language, named=named, most=greater.name, least=less.name)


def _ends(figure: Figure) -> tuple[Decimal, Decimal | None, Bound]:
    return figure.value, figure.upper, figure.bound


def _greater(one: Side, other: Side) -> Side | None:
    """``one``, where even the least of it is not below the most of the other, or both are bounded in the same way."""
    if one.figure.bound is other.figure.bound and one.figure.upper is None and other.figure.upper is None:
        return one if one.figure.value > other.figure.value else None
    if one.least is not None and other.most is not None:
        return one if one.least > other.most else None
    return None


def _how_exact(greater: Bound, less: Bound) -> str:
    """Whether the difference is what it is, the least it can be, or only that of the bounds printed."""
    if greater is less is Bound.EXACT:
        return "difference"
    return "difference_of_bounds" if greater is Bound.AT_MOST or less is Bound.AT_LEAST else "difference_at_least"


def _say_difference(draft: Draft, reading: Reading, one: Side, other: Side) -> None:
    """推算：250万元-200万元=50万元, of two amounts that are no ranges."""
    if one.figure.upper is not None or other.figure.upper is not None or one.figure.value == other.figure.value:
        return
    greater, less = (one, other) if one.figure.value > other.figure.value else (other, one)
    difference = money_words(greater.figure.value - less.figure.value)
    per = greater.figure.text.partition("/")[2]
    text = said(
        _how_exact(greater.figure.bound, less.figure.bound),
        reading.language,
        greater=greater.figure.text,
        less=less.figure.text,
        difference=f"{difference}/{per}" if per else difference,
    )
    sources = {draft.number_of(side.clause): side.clause for side in (greater, less)}
    sentence = grounded_difference(text, greater.figure, less.figure, sources)
    if sentence is None:
        draft.withheld.append(text)
    else:
        draft.sentences.append(sentence)
