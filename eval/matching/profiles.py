"""Profiles on disk (JSONL, CSV, XLSX): what somebody says of themselves, what they can claim, and what only looks so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from eval.cases.case_files import read_rows
from ingest.errors import EvaluationUnusable
from ingest.vocabulary.matching.inclusions import inclusions


@dataclass(frozen=True, slots=True)
class Benefit:
    """One benefit, by all the words that print it. ``status`` is met or open; of a look-alike empty."""

    quotes: tuple[str, ...]
    status: str = ""
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile with everything it can claim, and what it cannot although it looks so."""

    id: str
    profile: str
    benefits: tuple[Benefit, ...]
    look_alikes: tuple[Benefit, ...]


def load_profiles(path: Path) -> tuple[Profile, ...]:
    """All profiles of a file. Raises EvaluationUnusable with file and row."""
    return tuple(_profile(path, number, row) for number, row in read_rows(path))


def is_profile_row(row: Mapping[str, object]) -> bool:
    """True for a row of profiles; a question set has questions instead."""
    return "profile" in row and "turns" not in row


def _profile(path: Path, number: int, row: Mapping[str, object]) -> Profile:
    identifier, said = row.get("id"), row.get("profile")
    if not isinstance(identifier, str) or not isinstance(said, str) or not said.strip():
        raise EvaluationUnusable("eval.profile_no_words", path=path, row=number)
    benefits = [_benefit(path, number, item) for item in _listed(row.get("benefits"))]
    once = [
        _quotes_of(item)
        for item in _listed(row.get("overlaps"))
        if any(word in str(item.get("rule")) for word in inclusions().same_money)
    ]
    return Profile(
        identifier,
        said,
        tuple(_joined(benefits, once)),
        tuple(_benefit(path, number, item) for item in _listed(row.get("not"))),
    )


def _listed(value: object) -> Sequence[Mapping[str, object]]:
    return cast("list[Mapping[str, object]]", value) if isinstance(value, list) else []


def _quotes_of(overlap: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(quote) for quote in cast("list[object]", overlap.get("quotes") or []))


def _benefit(path: Path, number: int, item: Mapping[str, object]) -> Benefit:
    quote = item.get("quote")
    if not isinstance(quote, str) or not quote.strip():
        raise EvaluationUnusable("eval.benefit_no_quote", path=path, row=number)
    return Benefit((quote,), str(item.get("status") or ""), bool(item.get("soft")))


def _joined(benefits: Sequence[Benefit], once: Sequence[tuple[str, ...]]) -> list[Benefit]:
    """Benefits that an overlap calls the same money as one, met when one of its printings is."""
    joined: list[Benefit] = []
    for benefit in benefits:
        group = next((quotes for quotes in once if benefit.quotes[0] in quotes), None)
        same = next((item for item in joined if group and set(item.quotes) & set(group)), None)
        if same is None:
            joined.append(benefit)
            continue
        joined[joined.index(same)] = Benefit(
            (*same.quotes, *benefit.quotes),
            "met" if "met" in (same.status, benefit.status) else same.status,
            same.soft and benefit.soft,
        )
    return joined
