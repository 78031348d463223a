from __future__ import annotations

import pytest

from bot.match.facts.places import KnownPlaces, known_places
from index.glossary.of_corpus import glossary_of
from ingest.types import Corpus


@pytest.fixture(scope="session")
def known(compendium: Corpus) -> KnownPlaces:
    """The places of the compendium."""
    return known_places(compendium, glossary_of(compendium))
