"""What several floors' tests share: the compendium, loaded once."""

from pathlib import Path

import pytest

from ingest.corpus import load_corpus
from ingest.types import Clause, Corpus, SourceFile

COMPENDIUM = Path(__file__).parent.parent / "corpus"


@pytest.fixture(scope="session")
def compendium() -> Corpus:
    """The corpus that ships with the project."""
    return load_corpus(COMPENDIUM)


@pytest.fixture(scope="session")
def compendium_source(compendium: Corpus) -> SourceFile:
    """Its one source file."""
    return compendium.sources[0]


@pytest.fixture(scope="session")
def clause_at(compendium: Corpus):
    """Finds the clause that holds some words (whitespace aside)."""

    def find(words: str, role: str | None = None) -> Clause:
        bare = "".join(words.split())
        found = [
            clause
            for clause in compendium.clauses
            if bare in "".join(clause.text.split()) and (role is None or clause.role == role)
        ]
        assert len(found) >= 1, f"no clause holds {words!r}"
        return found[0]

    return find
