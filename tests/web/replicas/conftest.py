"""Several replicas over one database, each with a home and a real bot of its own over the same two policies."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.pipeline import PolicyBot
from bot.types import Question
from index.measure.killed_builds import HashedPairs
from index.store.serving import open_serving
from index.store.store import build_index
from ingest.corpus.draft import Draft, draft_folder, start_draft
from ingest.corpus.load import load_corpus
from ingest.corpus.versions import serving_folder
from ingest.database.database import Database
from ingest.readers.limits import Limits
from tests.web.conftest import TODAY
from tests.web.staff.conftest import FIRMS, FIRMS_TEXT, texts
from web.answers.bot_pool import BotDoor
from web.replicas.replica import Replica
from web.settings import WebSettings
from web.staff.corpus.publishing import Publishing
from web.staff.pages import open_office
from web.staff.shell.jobs import Job
from web.staff.shell.office import Office

SOON_S = 30.0
QUESTION = Question(("高企首次认定奖励多少？",), TODAY)
__all__ = ["texts"]


@dataclass(frozen=True)
class Site:
    """One of the replicas."""

    office: Office
    replica: Replica
    settings: WebSettings

    def says(self) -> str:
        return self.office.door.bot.ask(QUESTION).body

    def draft(self, amount: str) -> Draft:
        """A draft in which the reward is another; only the amount is printed anywhere else."""
        from datetime import UTC, datetime

        made = start_draft(self.settings.corpus, self.settings.home, "wang.li", datetime.now(UTC))
        path = draft_folder(self.settings.home, made) / FIRMS
        path.write_text(FIRMS_TEXT.replace("30万元", amount), encoding="utf-8")
        return made

    def publish(self, draft: Draft) -> Job:
        return self.publishing.publish(draft, "wang.li", "", lambda key, **_: key, over_newer=False)

    @property
    def publishing(self) -> Publishing:
        return Publishing(self.office)


def opened(settings: WebSettings) -> PolicyBot:
    """As ``PolicyBot.open`` does, with a model that needs no weights."""
    folder = serving_folder(settings.corpus, settings.home)
    index = open_serving(folder, HashedPairs(), settings.home, Limits())
    return PolicyBot.over(index, settings)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """A home with the index of the delivered texts; to be copied."""
    made: dict[bytes, Path] = {}

    def home_of(folder: Path) -> Path:
        key = b"".join(file.read_bytes() for file in sorted(folder.iterdir()))
        if key not in made:
            made[key] = tmp_path_factory.mktemp("built")
            build_index(load_corpus(folder), HashedPairs(), made[key])
        return made[key]

    return home_of


@pytest.fixture
def site(
    tmp_path: Path, texts: Path, built: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Site]]:
    """Makes a replica by its name; one of a name that was there before goes on in the same home."""
    monkeypatch.setattr(PolicyBot, "open", opened)
    running: list[Site] = []

    def make(database: Database, name: str, search: str = "local") -> Site:
        values: dict[str, Any] = {"home": tmp_path / name, "corpus": texts, "replica": name, "records": False}
        values["search"] = search
        settings = WebSettings(**values)
        if not settings.home.exists():
            shutil.copytree(built(texts), settings.home)
        door = BotDoor(4)
        replica = Replica(settings, database, door)
        office = open_office(door, settings, lambda: TODAY, None, database, replica)
        door.open(replica.follower.open(settings))
        running.append(Site(office, replica, settings))
        return running[-1]

    yield make
    for one in running:
        one.replica.follower.close()
        one.office.jobs.close()
