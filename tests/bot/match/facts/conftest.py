from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.match.facts.places import KnownPlaces, known_places
from bot.match.facts.read import read_facts
from bot.match.types import AskerFacts, Fact
from index.glossary.of_corpus import glossary_of
from ingest.types import Corpus

AS_OF = date(2026, 11, 22)
Read = Callable[[str], AskerFacts]
Holds = Callable[[str, str], None]


@pytest.fixture(scope="session")
def known(compendium: Corpus) -> KnownPlaces:
    """The places of the compendium."""
    return known_places(compendium, glossary_of(compendium))


@pytest.fixture(scope="session")
def read(known: KnownPlaces) -> Read:
    """Reads a profile on a fixed day."""
    return lambda profile: read_facts(profile, known, AS_OF)


@pytest.fixture(scope="session")
def holds(read: Read) -> Holds:
    """Asserts what is read of a profile.

    Expectations are parted by blanks: ``revenue=38000000元``, ``recognition.level@小巨人=国家``, ``!recognition=高新技术企业``
    (denied), ``~place=…`` (planned), ``talent:title=副高级``, ``who=company``; ``-age`` and ``-degree=博士`` must not be there.
    """

    def check(profile: str, expected: str) -> None:
        facts = read(profile)
        found = {line for fact in facts.facts for line in spelt(fact)} | {f"who={who}" for who in facts.who}
        attributes = {line.split("=")[0] for line in found} | found
        wanted = expected.split()
        missing = [line for line in wanted if not line.startswith("-") and line not in found]
        unwanted = [line for line in wanted if line.startswith("-") and line[1:] in attributes]
        assert (missing, unwanted) == ([], []), sorted(found)

    return check


def spelt(fact: Fact) -> list[str]:
    """A fact as expectations spell it, once for each of its words."""
    start = (
        "~" * fact.planned + "!" * fact.denied + ("" if fact.about == "asker" else f"{fact.about}:") + fact.attribute
    )
    if fact.number is not None:
        most = "" if fact.upto is None else f"-{fact.upto:f}"
        return [f"{start}={fact.number:f}{most}{fact.unit or ''}"]
    return [f"{start}@{fact.of}={word}" if fact.of else f"{start}={word}" for word in fact.words]
