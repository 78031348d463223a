"""Under which conditions something was measured; two measurements under other ones compare more than the code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, cast

Conditions = Mapping[str, str]
"""Condition → what it was. One that is not known is missing, and then no difference is told."""

NAMES = {
    "as_of": "day of asking",
    "questions": "questions",
    "corpus": "corpus",
    "embedding_model": "embedding model",
    "reranker": "reranker",
    "language_model": "language model",
}
NONE = "none"
SHOWN_OF_DIGEST = 12
DIGESTS = frozenset({"questions", "corpus"})


def conditions_of(about: Mapping[str, Any]) -> Conditions:
    """The conditions of a run, from its ``run.json``."""
    settings = _part(about, "settings")
    told = {
        "as_of": about.get("as_of"),
        "questions": about.get("cases_sha256"),
        "corpus": about.get("corpus"),
        "embedding_model": _part(about, "index").get("model"),
        "reranker": PurePath(str(settings.get("reranker", ""))).name,  # a folder; where it lies decides nothing
        "language_model": settings.get("chat_model"),
    }
    return {name: str(value) or NONE for name, value in told.items() if value is not None}


def _part(about: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = about.get(name)
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}


@dataclass(frozen=True, slots=True)
class Difference:
    """One condition that was another one: its name, one of NAMES, and both sides, digests shortened."""

    name: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """As "day of asking 2026-11-22 → 2026-12-01"."""
        return f"{NAMES[self.name]} {self.before} → {self.after}"


def differences(before: Conditions, after: Conditions) -> tuple[Difference, ...]:
    """What is known of both sides and differs."""
    return tuple(
        Difference(name, _short(name, before[name]), _short(name, after[name]))
        for name in NAMES
        if name in before and name in after and before[name] != after[name]
    )


def _short(name: str, value: str) -> str:
    return value[:SHOWN_OF_DIGEST] if name in DIGESTS else value
