"""The whole service over one database: two replicas know the same people, records and limits; one without it answers on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.records.store import Records
from ingest.database.database import Database
from ingest.errors import ChangedMeanwhile, DatabaseAway
from ingest.sentences import Sentence
from tests.web.conftest import SOON_S, TODAY, LittleBot
from tests.web.staff.conftest import BROWSER, PASSWORD, QUICK_HASHER, STAFF, csrf_of, sign_in
from web.answers.bot_pool import BotDoor
from web.http.metrics import Standing
from web.replicas.following import Behind
from web.replicas.replica import replica_of
from web.service import build_service
from web.settings import WebSettings
from web.staff.identity.accounts import Accounts
from web.staff.pages import open_office
from web.staff.shell.office import Office

QUESTIONS = ("引进人才安家补贴多少？", "稳岗返还多少？", "天气怎么样？", "{7*7} <b>")


@dataclass(frozen=True, slots=True)
class Replica:
    """One of several services over one database."""

    client: TestClient
    office: Office


@pytest.fixture
def replica(bot: LittleBot, settings: WebSettings, tmp_path: Path) -> Iterator[Callable[[Database | None], Replica]]:
    with ExitStack() as running:
        count = 0

        def make(database: Database | None) -> Replica:
            nonlocal count
            count += 1
            own = settings.model_copy(update={"home": tmp_path / f"home-{count}"})
            door = BotDoor(1)
            door.open(bot)
            records = Records(own.home, database=database)
            replica = replica_of(own.model_copy(update={"replica": f"r{count}"}), database, door)
            office = open_office(door, own, lambda: TODAY, records, database, replica)
            app = build_service(door, own, lambda: TODAY, office)
            made = TestClient(app, headers=BROWSER, follow_redirects=False, raise_server_exceptions=False)
            running.callback(records.close)
            running.callback(office.jobs.close)
            return Replica(running.enter_context(made), office)

        yield make


def add_account(database: Database, name: str = STAFF) -> None:
    Accounts(Path("accounts.json"), QUICK_HASHER, database=database).add(name, PASSWORD)


def asked(client: TestClient, question: str = QUESTIONS[0]) -> dict:
    reply = client.post("/api/ask", json={"question": question})
    assert reply.status_code == 200, reply.text
    return reply.json()


def test_answers_are_the_same_byte_for_byte_wherever_records_are_kept(
    replica: Callable[[Database | None], Replica], database: Database
) -> None:
    def said(client: TestClient) -> list[bytes]:
        replies = (asked(client, question) for question in QUESTIONS)
        return [
            json.dumps({k: v for k, v in one.items() if k not in ("turn", "took_ms", "version")}).encode()
            for one in replies
        ]

    assert said(replica(None).client) == said(replica(database).client)


def test_who_signs_in_at_one_replica_is_signed_in_at_the_other(
    replica: Callable[[Database | None], Replica], database: Database
) -> None:
    add_account(database)
    one, other = replica(database), replica(database)
    assert sign_in(one.client).status_code == 303
    other.client.cookies = one.client.cookies
    assert other.office.sessions.is_csrf(other.client.cookies["pq_staff"], csrf_of(one.client))
    assert STAFF in other.client.get("/staff/accounts").text
    assert "login" in [entry.what for entry in other.office.audit.entries()]
    assert not (one.office.settings.home / "accounts.json").exists()


def test_an_answer_of_one_replica_takes_a_thumb_at_the_other(
    replica: Callable[[Database | None], Replica], database: Database
) -> None:
    one, other = replica(database), replica(database)
    turn = asked(one.client)["turn"]
    assert one.office.ledger.settle(SOON_S)
    reply = other.client.post("/api/feedback", json={"turn": turn, "thumb": "down"})
    assert reply.status_code < 300, reply.text
    assert other.office.ledger.settle(SOON_S)
    assert one.office.records is not None
    assert [thumbed.turn for thumbed in one.office.records.feedback().values()] == [turn]


def test_while_the_database_is_away_answers_go_on_and_all_is_handed_in_later(
    replica: Callable[[Database | None], Replica], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_account(database)
    one = replica(database)
    assert sign_in(one.client).status_code == 303
    assert one.client.get("/healthz").json()["database"]["reached"] is True

    def away() -> None:
        raise DatabaseAway("ingest.database_away", where="db.internal/p", cause="cut")

    with monkeypatch.context() as patch:
        patch.setattr(database, "reading", away)
        patch.setattr(database, "writing", away)
        turns = [asked(one.client)["turn"] for _ in range(3)]
        assert None not in turns
        assert not one.office.ledger.settle(SOON_S)
        told = one.client.get("/healthz").json()
        assert told["status"] == "ok"
        assert told["database"]["reached"] is False
        assert told["database"]["records_waiting"] == 3
        page = one.client.get("/staff/records")
        assert page.status_code == 503
        assert "数据库没有响应" in page.text or "does not answer" in page.text
        assert "db.internal" not in page.text
        assert one.client.get("/staff/login").status_code in (200, 303, 503)
    one.office.ledger.close()
    assert one.office.records is not None
    assert [turn.id for turn in one.office.records.turns()] == turns


def test_health_numbers_and_answers_name_replica_and_version(
    replica: Callable[[Database | None], Replica], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = replica(database), replica(database)
    told = other.client.get("/healthz").json()
    assert (told["replica"], told["version"]) == ("r2", "d" * 12)
    assert asked(one.client)["version"] == told["version"]
    streamed = one.client.post("/api/ask", json={"question": QUESTIONS[0]}, headers={"Accept": "text/event-stream"})
    assert f'"version": "{told["version"]}"' in streamed.text
    assert "version" not in asked(replica(None).client)
    assert other.office.replica is not None
    with monkeypatch.context() as patch:
        reason = Sentence("ingest.database_away", where="db.internal/p", cause="cut")
        patch.setattr(other.office.replica.follower, "_look", lambda: None)
        patch.setattr(other.office.replica.follower, "_behind", Behind(reason))
        behind = other.client.get("/healthz").json()["behind"]
        assert "the log" in behind
        assert "db.internal" not in behind
    metrics = "".join(str(family) for family in Standing(other.office.door, None, None, other.office.replica).collect())
    assert "'name': 'r2'" in metrics
    assert "policyqa_behind" in metrics


def test_a_draft_begun_at_one_replica_is_at_the_other_and_a_change_that_is_not_kept_is_no_change(
    replica: Callable[[Database | None], Replica], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_account(database)
    one, other = replica(database), replica(database)
    assert sign_in(one.client).status_code == 303
    other.client.cookies = one.client.cookies
    one.client.headers["X-CSRF"] = other.client.headers["X-CSRF"] = csrf_of(one.client)
    begun = one.client.post("/staff/corpus/drafts")
    assert begun.status_code == 303, begun.text
    assert other.client.get(begun.headers["location"]).status_code == 200

    def clash(*_: object) -> None:
        raise ChangedMeanwhile

    assert other.office.replica is not None
    with monkeypatch.context() as patch:
        patch.setattr(other.office.replica.work, "put", clash)
        refused = other.client.post(f"{begun.headers['location']}/discard")
        assert refused.status_code == 409
        assert "打开之后已有别人改动" in refused.text
    discarded = other.client.post(f"{begun.headers['location']}/discard")
    assert discarded.status_code in (303, 422), discarded.text  # it is gone here already
    assert one.client.get(begun.headers["location"]).status_code == 422


def test_who_sets_nothing_hears_nothing_of_a_database(replica: Callable[[Database | None], Replica]) -> None:
    assert replica(None).client.get("/healthz").json() == {"status": "ok"}


def test_without_the_setting_nothing_loads_the_driver() -> None:
    import subprocess
    import sys

    source = "import sys, web.service, web.staff.pages, web.__main__; print(sorted(m for m in sys.modules if re.match('psycopg|pgvector', m)))"
    done = subprocess.run(
        [sys.executable, "-c", f"import re, {source[7:]}"], capture_output=True, text=True, check=True
    )
    assert re.fullmatch(r"\[\]\n", done.stdout), done.stdout
