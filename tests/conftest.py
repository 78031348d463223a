"""What several floors' tests share: the compendium and the bot over it, each made once for the session."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ingest.corpus.load import load_corpus
from ingest.types import Clause, Corpus, SourceFile
from tests.databases import KINDS, TEMPLATE, PostgresServer

if TYPE_CHECKING:
    from bot.pipeline import PolicyBot
    from ingest.database.database import Database

COMPENDIUM = Path(__file__).parent.parent / "corpus"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With several workers, the files that take long go first, so that none of them is waited for at the end."""
    if hasattr(config, "workerinput"):
        long = {
            item.path for item in items if item.get_closest_marker("browser") or item.path.name.startswith("test_app_")
        }
        items.sort(key=lambda item: item.path not in long)


@pytest.fixture(scope="session")
def compendium() -> Corpus:
    """The corpus that ships with the project."""
    return load_corpus(COMPENDIUM)


@pytest.fixture(scope="session")
def compendium_bot(compendium: Corpus) -> PolicyBot:
    """The bot over the project's own index of it. A test of other settings builds on this one's ``clause_index``."""
    # Imported here, because the tests of ingest and of the house itself need none of it.
    from bot.pipeline import PolicyBot
    from bot.settings import BotSettings
    from index.embedding.encoder import Encoder
    from index.store.store import open_index

    settings = BotSettings()
    encoder = Encoder.load(settings.embedding_model, settings.home, settings.threads)
    return PolicyBot.over(open_index(compendium, encoder, settings.home), settings)


@pytest.fixture(scope="session")
def other_corpus_bot(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], PolicyBot]:
    """The bot over one of the corpora of ``tests/corpora``, built once, by its name."""
    from bot.pipeline import PolicyBot
    from bot.settings import BotSettings
    from index.embedding.encoder import Encoder
    from index.store.store import build_index, open_index

    settings = BotSettings()

    @cache
    def make(name: str) -> PolicyBot:
        home = tmp_path_factory.mktemp(name)
        corpus = load_corpus(Path(__file__).parent / "corpora" / name)
        encoder = Encoder.load(settings.embedding_model, settings.home, settings.threads)
        build_index(corpus, encoder, home)
        return PolicyBot.over(open_index(corpus, encoder, home), settings)

    return make


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


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server, started once; tests that need it are skipped where the wheel is not installed."""
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:  # short: the path of a socket has 107 bytes at most
        server = PostgresServer(Path(folder))
        yield server
        server.close()


@pytest.fixture(scope="session")
def prepared_postgres(postgres: PostgresServer) -> PostgresServer:
    """The same with a template whose tables are made."""
    from ingest.database.database import Database

    postgres.run(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
    prepared = Database(postgres.url(TEMPLATE))
    prepared.make_ready()
    prepared.close()
    return postgres


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of its own with all tables, once of each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'database.sqlite'}"
        return
    with request.getfixturevalue("prepared_postgres").database(TEMPLATE) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database of its own, once of each engine."""
    from ingest.database.database import Database

    made = Database(database_url)
    yield made
    made.close()


@pytest.fixture(params=["files", *KINDS])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database | None]:
    """None, where all is kept in files and memory; then a database of each engine."""
    from ingest.database.database import Database

    if request.param == "files":
        yield None
        return
    if request.param == "sqlite":
        made = Database(f"sqlite:///{tmp_path / 'shared.sqlite'}")
        yield made
        made.close()
        return
    with request.getfixturevalue("prepared_postgres").database(TEMPLATE) as url:
        made = Database(url)
        yield made
        made.close()
