"""Wrong passwords at one replica count at the others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from ingest.database.database import Database
from tests.web.staff.conftest import Clock
from web.staff.identity.login_throttle import RULES
from web.staff.identity.throttle_table import SharedPatience


def test_guesses_at_several_replicas_are_counted_together(database: Database, clock: Clock) -> None:
    replicas = [SharedPatience(database, clock) for _ in range(3)]
    waits = [replicas[n % 3].begin("wang.li", "192.0.2.1") for n in range(5)]
    assert waits == [0, 0, 0, 2, 2]
    assert RULES["client"].free == 3


def test_many_at_once_gain_nothing(database: Database, clock: Clock) -> None:
    replicas = [SharedPatience(database, clock) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        waits = list(pool.map(lambda n: replicas[n % 4].begin("wang.li", "192.0.2.1"), range(12)))
    assert waits.count(0) == RULES["client"].free
