"""Askers of many industries and places in their own words, against the whole compendium: what is read, met and open.

Each line has the facts that must be read (``~`` planned, ``!`` denied), every title that is met and none besides, and some
that must be open.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bot.match.matching import Matcher, MatchResult
from ingest.types import Corpus
from tests.bot.match.facts.conftest import spelt

ASKERS = [json.loads(line) for line in (Path(__file__).parent / "askers.jsonl").read_text("utf-8").splitlines()]
DAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def matcher(compendium: Corpus) -> Matcher:
    return Matcher.of(compendium)


def titles(result: MatchResult, status: str) -> set[str]:
    return {match.grant.record.title for match in result.benefits if match.status == status}


@pytest.mark.parametrize("case", ASKERS, ids=lambda case: case["profile"][:20])
def test_askers_get_what_they_say_and_no_more(matcher: Matcher, case: dict[str, str | list[str] | int]) -> None:
    result = matcher.match_profile(str(case["profile"]), DAY)
    read = {line.replace(" ", "") for fact in result.facts.facts for line in spelt(fact)}
    assert set(str(case["facts"]).split()) <= read
    assert isinstance(case["met"], list)
    assert isinstance(case["open"], list)
    assert titles(result, "met") == set(case["met"])
    assert set(case["open"]) <= titles(result, "open")
    assert len(result.notices) == case["notices"]
