"""What a person may ask of the bench: read from an address, shown again as it was given, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from urllib.parse import urlencode

from bot.records.types import Turn
from bot.trace import GREATEST_WEIGHT, MOST_HITS, Changes
from bot.types import Question
from bot.understand.follow_ups import carry_over, refers_back
from index.types import Filters
from web.staff.shell.days import day_of

DECLINED = "declined"
OFF = "off"
WEIGHT = "w_"  # before the name of a ranker


class Given(Protocol):
    """The parameters of an address or the fields of a form, of which one may stand there several times."""

    def getlist(self, key: str) -> Sequence[object]: ...


@dataclass(frozen=True, slots=True)
class BenchForm:
    """One test. ``faults`` are words of the page: with any, nothing is asked."""

    question: str
    earlier: tuple[str, ...]
    as_of: date
    levels: tuple[str, ...] = ()
    document: str = ""
    top_k: int | None = None  # None: as served
    weights: Mapping[str, float] = field(default_factory=dict[str, float])  # those that differ from the served ones
    with_model: bool = True
    record: str = ""  # id of the turn it was opened from
    faults: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether there is something to ask."""
        return bool(self.question) and not self.faults

    def to_ask(self) -> Question:
        """The question with its filters."""
        documents = frozenset({self.document}) if self.document else frozenset[str]()
        return Question((*self.earlier, self.question), self.as_of, Filters(frozenset(self.levels), documents))

    def changes(self) -> Changes:
        """What differs from the served bot. Raises UnusableInput, when all weights are 0."""
        return Changes(self.top_k, self.weights or None, self.with_model)

    def address(self) -> str:
        """The part behind the ``?`` that leads to this test again."""
        parts: list[tuple[str, object]] = [("question", self.question)]
        parts += [("turn", turn) for turn in self.earlier]
        parts.append(("as_of", self.as_of.isoformat()))
        parts += [("level", level) for level in self.levels]
        parts += [("document", self.document)] if self.document else []
        parts += [("k", self.top_k)] if self.top_k is not None else []
        parts += [(f"{WEIGHT}{name}", weight) for name, weight in self.weights.items()]
        parts += [] if self.with_model else [("model", OFF)]
        parts += [("record", self.record)] if self.record else []
        return urlencode(parts)


def read_form(given: Given, today: date, served: Mapping[str, float]) -> BenchForm:
    """The test that an address or a form describes. ``served`` are the weights of the served bot."""
    faults: list[str] = []
    as_of = _day(_one(given, "as_of"), today, faults)
    top_k = _whole(_one(given, "k"), faults)
    weights = _weights(given, served, faults)
    return BenchForm(
        question=_one(given, "question"),
        earlier=_turns(given),
        as_of=as_of,
        levels=tuple(dict.fromkeys(level for level in _all(given, "level") if level)),
        document=_one(given, "document"),
        top_k=top_k,
        weights=weights,
        with_model=_one(given, "model") != OFF,
        record=_one(given, "record"),
        faults=tuple(faults),
    )


def form_of_turn(turn: Turn) -> BenchForm:
    """The test that asks a kept question once more, on the day it was asked for."""
    turns = [_in_a_line(said) for said in turn.turns]
    levels = tuple(turn.level.split("、")) if turn.level else ()
    return BenchForm(turns[-1], _needed(turns, turn.status), turn.as_of, levels, record=turn.id)


def _needed(turns: Sequence[str], status: str) -> tuple[str, ...]:
    """The earlier turns that the last one needs: to one that was declined, those only that its words point back to."""
    if status == DECLINED and not refers_back(turns[-1]):
        return ()
    return tuple(turns[-1 - len(carry_over(turns).earlier) : -1])


def _turns(given: Given) -> tuple[str, ...]:
    """Earlier turns: one a field, as in links, or one a line, as in the page."""
    lines: list[str] = []
    for said in _all(given, "turn"):
        lines.extend(said.splitlines())
    return tuple(line.strip() for line in lines if line.strip())


def _in_a_line(turn: str) -> str:
    return " ".join(turn.split())


def _day(text: str, today: date, faults: list[str]) -> date:
    if not text:
        return today
    day = day_of(text)
    if day is None:
        faults.append("bad_day")
    return day or today


def _whole(text: str, faults: list[str]) -> int | None:
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= len(str(MOST_HITS)) and 1 <= int(text) <= MOST_HITS:
        return int(text)
    faults.append("bad_k")
    return None


def _weights(given: Given, served: Mapping[str, float], faults: list[str]) -> dict[str, float]:
    changed: dict[str, float] = {}
    for name, usual in served.items():
        text = _one(given, f"{WEIGHT}{name}")
        if not text:
            continue
        try:
            weight = float(text)
        except ValueError:
            weight = -1.0
        if not 0 <= weight <= GREATEST_WEIGHT:  # not a number fails this too
            faults.append("bad_weight")
        elif weight != usual:
            changed[name] = weight
    if served and not any({**served, **changed}.values()):
        faults.append("no_weight")
    return changed


def _one(given: Given, key: str) -> str:
    return next(iter(_all(given, key)), "")


def _all(given: Given, key: str) -> Iterable[str]:
    return [value.strip() for value in given.getlist(key) if isinstance(value, str)]
