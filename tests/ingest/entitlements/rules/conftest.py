"""Clauses made of a line of policy, and the invented corpus of a county, each read once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.corpus.load import load_corpus, segment
from ingest.entitlements.rules.grants import Grant, find_grants
from ingest.types import Clause, Corpus, SourceFile

COUNTY = Path(__file__).parents[3] / "corpora" / "county"


@pytest.fixture(scope="session")
def county() -> Corpus:
    """An invented county's corpus; nothing but its title and region is said of it."""
    return load_corpus(COUNTY)


@pytest.fixture(scope="session")
def clause_of() -> Callable[[str], Clause]:
    """The clause that a line of policy makes under a plain title."""

    def made(line: str) -> Clause:
        return segment(SourceFile("a.txt", f"某某办法\n第一条 {line}\n", "0" * 64, "text")).clauses[0]

    return made


@pytest.fixture(scope="session")
def grants_of(clause_of: Callable[[str], Clause]) -> Callable[[str], list[Grant]]:
    """The grants of a line of policy."""
    return lambda line: list(find_grants(clause_of(line)))
