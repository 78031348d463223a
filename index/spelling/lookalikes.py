"""Characters that are taken for one another by their shape, in handwriting input and in text read off a picture."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib.resources import files


def _groups() -> list[str]:
    lines = (files("index.spelling") / "lookalikes.txt").read_text("utf-8").splitlines()
    return [group for line in lines if not line.startswith("#") for group in line.split()]


@cache
def _table() -> dict[str, frozenset[str]]:
    alike: defaultdict[str, set[str]] = defaultdict(set)
    for group in _groups():
        for character in group:
            alike[character] |= set(group) - {character}
    return {character: frozenset(others) for character, others in alike.items()}


def look_alike(one: str, other: str) -> bool:
    """True for two characters of one shape, but for a stroke or a part."""
    return other in _table().get(one, frozenset())
