"""The amounts of a grant in English, each with its bound, how often it is paid and, of several, whom it is for.

"RMB 3 million; RMB 2 million" leaves out what decides: "Class B: up to RMB 3 million; Class C: up to RMB 2 million" says it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.english.amounts import amount_in_english
from bot.english.headings import holds_chinese
from bot.understand.grades import CLASS_NUMBERS
from ingest.entitlements.types import AmountRow
from ingest.facts.numerals import value_of
from ingest.vocabulary.matching.english_names import english_names, in_english

_PER = "per "
_INNER = str.maketrans("“”", "‘’")


@dataclass(frozen=True, slots=True)
class _Words:
    """``rows`` of ``grant_rows.toml``."""

    bounds: Mapping[str, str]  # by the bound of a row: up to
    says_bound: re.Pattern[str]  # an English amount that names its bound itself
    periods: Mapping[str, str]
    terms: Mapping[str, str]
    classes: re.Pattern[str]
    upwards: str
    objects: Mapping[str, str]


@cache
def _words() -> _Words:
    raw = tomllib.loads((files("bot.english") / "grant_rows.toml").read_text("utf-8"))
    for pattern in ("says_bound", "classes"):
        raw[pattern] = re.compile(raw[pattern])
    return _Words(**raw)


def rows_in_english(rows: Sequence[AmountRow]) -> tuple[str, ...]:
    """Each row once, as "Class B: up to RMB 3 million"; nothing where the figure of one has no English.

    A row alone is said without whom it is for. An object or a term without English is quoted as printed: a figure is never
    shown apart from what limits it.
    """
    amounts = [row_in_english(row) for row in rows]
    if not all(amounts):
        return ()
    if len({row.object for row in rows}) <= 1:
        return tuple(dict.fromkeys(amounts))
    names = _names([row.object for row in rows])
    return tuple(dict.fromkeys(f"{name}: {amount}" for name, amount in zip(names, amounts, strict=True)))


def row_in_english(row: AmountRow) -> str:
    """The figure of a row with its bound, period and term; "" where it has no English."""
    said = amount_in_english(row.figure)
    if not said:
        return ""
    words = _words()
    bound = "" if words.says_bound.search(said) else words.bounds.get(row.bound, "")
    period = words.periods.get(row.period or "", _as_printed(row.period))
    often = f"{' ' if period.startswith(_PER) else ', '}{period}" if period and period not in said else ""
    return f"{bound}{said}{often}{_term(row.term or '')}"


def _term(printed: str) -> str:
    said = _words().terms.get(printed) or amount_in_english(printed) or _as_printed(printed)
    return f", {said}" if said else ""


def _as_printed(words: str | None) -> str:
    """Words in quotation marks, their own becoming single ones."""
    return f"“{words.translate(_INNER)}”" if words else ""


def _names(objects: Sequence[str]) -> list[str]:
    """What each row is for: the English where it tells the rows apart, else the object as printed, in quotation marks."""
    meant: dict[str, set[str]] = {}
    for printed in objects:
        meant.setdefault(_object(printed), set()).add(printed)
    return [name if (name := _object(one)) and len(meant[name]) == 1 else _as_printed(one) for one in objects]


def _object(printed: str) -> str:
    """Classes by their letters, else the whole object by its English name; "" without one."""
    known = _words().objects.get(printed)
    if known:
        return known
    found = _words().classes.search(printed)
    if found is not None:
        letters = re.sub(f"[{CLASS_NUMBERS}]", lambda one: str(value_of(one[0])), found[1])
        return f"Class {_listed(letters)}{' and above' if found[2] else ''}"
    named = english_names().words.get(printed) or in_english(printed)
    return "" if holds_chinese(named) else named[:1].upper() + named[1:]


def _listed(letters: str) -> str:
    return re.sub(r"[^A-Z\d]+", lambda sign: " to " if sign[0] in _words().upwards else ", ", letters)
