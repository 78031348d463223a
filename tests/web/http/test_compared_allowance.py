"""One allowance of several replicas, compared when a test says so."""

from __future__ import annotations

import pytest

from ingest.database.database import Database
from ingest.errors import DatabaseAway
from tests.web.http.test_api_keys import Clock
from web.http.compared_allowance import Limits, SharedAllowance
from web.http.guards import Allowance


def asked(allowance: Allowance, times: int, client: str = "a") -> int:
    return sum(allowance.wait_seconds(client) == 0 for _ in range(times))


def test_what_was_asked_elsewhere_counts_once_replicas_have_compared(database: Database) -> None:
    clock = Clock()
    here, there = (SharedAllowance("questions", 30, database, clock) for _ in range(2))
    assert asked(here, 20) == 20
    here.compare()
    assert asked(there, 1) == 1
    there.compare()
    assert asked(there, 30) == 9
    assert asked(SharedAllowance("calls", 30, database, clock), 30) == 30, "another limit"


def test_who_asked_too_much_before_they_compared_waits_the_longer(database: Database) -> None:
    clock = Clock()
    replicas = [SharedAllowance("questions", 30, database, clock) for _ in range(3)]
    assert [asked(one, 40) for one in replicas] == [30, 30, 30]
    for one in replicas:
        one.compare()
    clock.now += 60
    replicas[0].wait_seconds("a")
    replicas[0].compare()
    assert asked(replicas[0], 30) == 0, "thirty too many, and more, are still to be waited for"
    clock.now += 180
    assert asked(replicas[0], 40) == 30


def test_while_the_database_is_away_each_counts_for_itself_and_tells_later(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    here, there = (SharedAllowance("questions", 30, database, clock) for _ in range(2))

    def away() -> None:
        raise DatabaseAway("ingest.database_away", where="d", cause="cut")

    with monkeypatch.context() as patch:
        patch.setattr(database, "writing", away)
        assert asked(here, 40) == 30
        with pytest.raises(DatabaseAway):
            here.compare()
    here.compare()
    assert asked(there, 1) == 1
    there.compare()
    assert asked(there, 1) == 0


def test_without_a_database_a_limit_is_that_of_the_process() -> None:
    limits = Limits(None)
    assert type(limits.allowance("questions", 1)) is Allowance
    limits.start()
    limits.close()
