from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.match.matching import Matcher
from ingest.types import Corpus
from tests.web.conftest import TODAY
from tests.web.match.records_corpus import Served, write_corpus
from web.answers.bot_pool import BotDoor
from web.service import build_service
from web.settings import WebSettings


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return write_corpus(tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="session")
def matcher(county: Corpus) -> Matcher:
    return Matcher.of(county)


@pytest.fixture(scope="session")
def match_settings(tmp_path_factory: pytest.TempPathFactory) -> WebSettings:
    values: dict[str, Any] = {"home": tmp_path_factory.mktemp("home"), "questions_per_minute": 1000, "root_path": ""}
    return WebSettings(**values)


@pytest.fixture(scope="session")
def matching(county: Corpus, match_settings: WebSettings) -> Iterator[TestClient]:
    """The service over the county; only what needs no search is asked of it."""
    door = BotDoor(1)
    door.open(Served(county))
    service = build_service(door, match_settings, today=lambda: TODAY)
    with TestClient(service, raise_server_exceptions=False) as made:
        yield made
