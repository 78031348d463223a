"""A record whose words changed, as the text has them now: what a person is shown side by side and can take over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from ingest.entitlements.attach import attach_record, supporting
from ingest.entitlements.types import (
    AllOf,
    AmountRow,
    AnyOf,
    Attached,
    Condition,
    Entitlement,
    ReadableCondition,
    Term,
    TextCondition,
)
from ingest.entitlements.wording import Wording, squeezed
from ingest.facts.validity import find_validity

ALIKE = 0.7  # share of words in common from which on one stretch became the other
_CANDIDATES = 3  # clauses looked at closely for one quote
_FIGURES = re.compile(r"[\d.,]+")
_WORD = re.compile(r"[\d.,]+|[A-Za-z]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reworded:
    """A record bound to the words that stand now. ``changed`` are the quotes that differ: before, now."""

    item: Attached
    changed: tuple[tuple[str, str], ...]


class _Lost(Exception):
    """Some words cannot be found again, or what they mean has to be judged by a person."""


def reworded(record: Entitlement, wording: Wording, others: Iterable[Entitlement] = ()) -> Reworded | None:
    """The record with its quotes and figures as printed now; None where a person has to write it anew.

    That is so where a quote cannot be found again, where another of the records says the same by now, where the words of a condition that is
    read by machine changed, and where more than the figures of an amount changed.
    """
    texts = _Texts(wording)
    try:
        now = texts.of_record(record)
    except _Lost:
        return None
    if _says(now) in {_says(other) for other in others if other.key != record.key}:
        return None
    item = attach_record(replace(now, under=()), wording)
    if not isinstance(item, Attached):
        return None
    return Reworded(item, (*texts.changed, *_lines_above(record.under, item.above)))


def _says(record: Entitlement) -> object:
    return record.document, record.title, record.recipient.who, frozenset(map(squeezed, record.spans))


def _lines_above(before: Sequence[str], now: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The headings and lead-ins that are gone, each with the new one most like it."""
    kept, known = squeezed("\n".join(now)), {squeezed(line) for line in before}
    new = [line for line in now if squeezed(line) not in known]
    for line in before:
        if squeezed(line) not in kept:
            yield line, max(new, key=lambda other: _alike(_WORD.findall(line), _WORD.findall(other)), default="")


class _Texts:
    """Finds the words of one record again, and remembers which became which."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._clauses = [squeezed(clause.text) for clause in wording.clauses.values()]
        self._swaps: dict[str, str] = {}  # without blanks
        self.changed: list[tuple[str, str]] = []

    def of_record(self, record: Entitlement) -> Entitlement:
        """Raises _Lost."""
        spans = tuple(self._now(span, grants=True) for span in record.spans)
        for words in sorted(supporting(record), key=len, reverse=True):
            self._now(words)
        amounts = tuple(self._amount(row) for row in record.amounts)
        return replace(
            record,
            title=_title(record, amounts),
            spans=spans,
            recipient=replace(record.recipient, span=self._maybe(record.recipient.span)),
            conditions=self._condition(record.conditions),
            amounts=amounts,
            validity=self._term(record.validity),
            offices=tuple(map(self._now, record.offices)),
            procedure=tuple(map(self._now, record.procedure)),
            overlap=tuple(map(self._now, record.overlap)),
        )

    def _amount(self, row: AmountRow) -> AmountRow:
        span, parts = self._now(row.span), (row.figure, row.base, row.term, row.cap)
        figure, base, term, cap = (self._maybe(words, inside=row.span) for words in parts)
        made = replace(row, span=span, figure=figure or "", base=base, term=term, cap=cap)
        if _frame(row) != _frame(made):
            raise _Lost  # 最高, 每年 and the like may be among what changed
        return replace(made, when=self._condition(row.when) if row.when is not None else None)

    def _condition(self, condition: Condition) -> Condition:
        if isinstance(condition, AllOf | AnyOf):
            return replace(condition, parts=tuple(map(self._condition, condition.parts)))
        span = self._now(condition.span)
        if squeezed(span) == squeezed(condition.span):
            return condition
        if isinstance(condition, ReadableCondition):
            if condition.numbers or _FIGURES.sub("", squeezed(span)) != _FIGURES.sub("", squeezed(condition.span)):
                raise _Lost  # what was read from the words has to be read anew
            return replace(condition, span=span)
        if squeezed(condition.text) != squeezed(condition.span):
            raise _Lost
        return TextCondition(span, span, condition.decision)

    def _term(self, term: Term | None) -> Term | None:
        if term is None or squeezed(span := self._now(term.span)) == squeezed(term.span):
            return term
        if term.since is None and term.until is None:
            return replace(term, span=span)
        printed = find_validity(span, None)
        if (printed.valid_from is None) != (term.since is None) or (printed.valid_until is None) != (
            term.until is None
        ):
            raise _Lost
        return Term(span, printed.valid_from, printed.valid_until)

    def _maybe(self, words: str | None, inside: str = "") -> str | None:
        return self._now(words, inside=inside) if words else words

    def _now(self, words: str, *, inside: str = "", grants: bool = False) -> str:
        """The words as they stand now. Those that are part of longer ones become what stands at their place there."""
        plain = squeezed(words)
        if inside and plain in squeezed(inside):
            return self._kept(words, _transferred(plain, squeezed(inside), self._swaps[squeezed(inside)]))
        if plain in self._swaps:
            return self._kept(words, self._swaps[plain])
        for longer in sorted((known for known in self._swaps if plain in known), key=len):
            self._swaps[plain] = _transferred(plain, longer, self._swaps[longer])
            return self._kept(words, self._swaps[plain])
        if len(self._wording.places(words)) == 1 if grants else self._wording.stand(words):
            self._swaps[plain] = plain
            return words
        self._swaps[plain] = found = self._found_again(plain)
        self.changed.append((words, found))
        return found

    @staticmethod
    def _kept(words: str, now: str) -> str:
        return words if squeezed(words) == now else now

    def _found_again(self, words: str) -> str:
        """The stretch of a clause that is most like the words. Raises _Lost where two are, or none is."""
        wanted = _neighbours(words)
        shared = [(len(wanted & _neighbours(text)), text) for text in dict.fromkeys(self._clauses)]
        near = sorted(shared, key=lambda rated: -rated[0])[:_CANDIDATES]
        first = _WORD.findall(words)
        rated = sorted(((_alike(first, stretch := _stretch(first, text)), "".join(stretch)) for _, text in near))
        if not rated or rated[-1][0] < ALIKE:
            raise _Lost
        if len(rated) > 1 and rated[-2][0] == rated[-1][0]:
            raise _Lost
        return rated[-1][1]


def _title(record: Entitlement, amounts: Sequence[AmountRow]) -> str:
    title = record.title
    for old, new in zip(record.amounts, amounts, strict=True):
        if old.figure and old.figure != new.figure:
            title = title.replace(old.figure, new.figure)
    return title


def _frame(row: AmountRow) -> str:
    """What is printed around the figures of an amount."""
    left = squeezed(row.span)
    for words in sorted((one for one in (row.figure, row.base, row.term, row.cap) if one), key=len, reverse=True):
        left = left.replace(squeezed(words), "")
    return left


def _neighbours(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset({text})


def _alike(first: Sequence[str], second: Sequence[str]) -> float:
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _stretch(words: Sequence[str], text: str) -> list[str]:
    """The words of a text that stand where these would."""
    there = _WORD.findall(text)
    same = SequenceMatcher(None, words, there, autojunk=False).find_longest_match()
    room = len(words) // 2 + 2
    window = there[max(0, same.b - same.a - room) : same.b - same.a + len(words) + room]
    steps = [step for step in SequenceMatcher(None, words, window, autojunk=False).get_opcodes() if step[0] != "delete"]
    if not steps:
        return []
    kind, a, b, start, end = steps[0]
    if kind != "equal":
        start = end - min(b - a, end - start)  # what stands before the words belongs to something else
    kind, a, b, begin, stop = steps[-1]
    if kind != "equal":
        stop = begin + min(b - a, stop - begin)
    return window[start:stop]


def _transferred(part: str, before: str, now: str) -> str:
    """What stands at the place of ``part`` in what ``before`` became. Raises _Lost where that cannot be told."""
    if before == now:
        return part
    old, new = _WORD.findall(before), _WORD.findall(now)
    ends = [0]
    for word in old:
        ends.append(ends[-1] + len(word))
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    found = {
        "".join(new[_place(steps, ends.index(at), last=False) : _place(steps, ends.index(at + len(part)), last=True)])
        for at in (place.start() for place in re.finditer(f"(?={re.escape(part)})", before))
        if at in ends and at + len(part) in ends
    }
    if len(found) != 1 or not (words := found.pop()):
        raise _Lost
    return words


def _place(steps: Sequence[tuple[str, int, int, int, int]], at: int, *, last: bool) -> int:
    """Where the border before the word ``at`` of one text is in the other; ``last``: as the end of a stretch."""
    for kind, a, b, c, d in steps:
        if kind == "equal" and a <= at <= b:
            return c + at - a
        if kind != "insert" and at == (b if last else a):
            return d if last else c
    raise _Lost
