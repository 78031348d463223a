"""Look-up by id without a copy."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.by_id import ById
from ingest.types import Corpus


def test_finds_every_clause(compendium: Corpus) -> None:
    by_id = ById(compendium.clauses)
    assert list(by_id) == [clause.id for clause in compendium.clauses]
    assert len(by_id) == len(compendium.clauses)
    assert all(by_id[clause.id] is clause for clause in compendium.clauses)


def test_knows_no_strangers(compendium: Corpus) -> None:
    by_id = ById(compendium.clauses)
    assert "stranger" not in by_id
    assert by_id.get("stranger") is None
    with pytest.raises(KeyError):
        by_id["stranger"]


def test_of_equal_ids_the_last_one(compendium: Corpus) -> None:
    first, second = compendium.clauses[0], replace(compendium.clauses[1], id=compendium.clauses[0].id)
    assert ById((first, second))[first.id] is second
