"""Waits that grow, for those who guess, and not for those whose name is guessed at."""

from __future__ import annotations

import pytest

from ingest.database.database import Database
from tests.web.staff.conftest import Clock
from web.staff.identity.login_throttle import FORGOTTEN_AFTER_S, MOST_KEPT, RULES, Patience, Throttle
from web.staff.identity.throttle_table import SharedPatience


@pytest.fixture
def patience(clock: Clock, shared: Database | None) -> Throttle:
    return Patience(clock) if shared is None else SharedPatience(shared, clock)


def test_each_failure_doubles_the_wait_of_an_address(patience: Throttle, clock: Clock) -> None:
    waits: list[int] = []
    for number in range(15):
        while wait := patience.begin(f"name{number}", "192.0.2.1"):
            waits.append(wait - 1)
            clock.now += wait
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]


def test_tries_during_the_wait_do_not_lengthen_it(patience: Throttle, clock: Clock) -> None:
    for _ in range(3):
        assert patience.begin("wang.li", "192.0.2.1") == 0
    assert [patience.begin("wang.li", "192.0.2.1") for _ in range(50)] == [2] * 50
    clock.now += 1.1
    assert patience.begin("wang.li", "192.0.2.1") == 0


def test_tries_at_the_same_moment_all_count(patience: Throttle) -> None:
    assert [patience.begin("wang.li", "192.0.2.1") > 0 for _ in range(10)] == [False] * 3 + [True] * 7


def test_one_guesser_does_not_slow_down_the_owner(patience: Throttle) -> None:
    for _ in range(10):
        patience.begin("wang.li", "192.0.2.1")
    assert patience.begin("wang.li", "192.0.2.1") > 0
    assert patience.begin("wang.li", "198.51.100.9") == 0


def test_many_guessers_together_slow_an_account_down_but_not_a_known_browser(patience: Throttle, clock: Clock) -> None:
    for number in range(200):
        patience.begin("wang.li", f"192.0.2.{number}")
        clock.now += 61
    patience.begin("wang.li", "192.0.2.250")
    wait = patience.begin("wang.li", "198.51.100.9")
    assert 0 < wait <= RULES["account"].longest_s + 1
    assert patience.begin("wang.li", "198.51.100.9", device="known") == 0
    assert patience.begin("other", "198.51.100.9") == 0


def test_a_stolen_known_browser_is_slowed_down_by_itself(patience: Throttle) -> None:
    tries = [patience.begin("wang.li", f"192.0.2.{n}", device="stolen") > 0 for n in range(8)]
    assert tries == [False] * 5 + [True] * 3
    assert patience.begin("wang.li", "198.51.100.9", device="own") == 0


def test_success_takes_back_its_own_try_and_no_more(patience: Throttle, clock: Clock) -> None:
    for _ in range(2):
        patience.begin("wang.li", "192.0.2.1")
    patience.begin("guesser", "192.0.2.1")
    patience.succeeded("guesser", "192.0.2.1")  # an account of his own buys no new guesses
    assert patience.begin("wang.li", "192.0.2.1") == 0
    assert patience.begin("wang.li", "192.0.2.1") > 0


def test_signing_in_often_never_waits(patience: Throttle) -> None:
    for _ in range(30):
        assert patience.begin("wang.li", "192.0.2.1") == 0
        patience.succeeded("wang.li", "192.0.2.1")


def test_success_clears_a_known_browser(patience: Throttle) -> None:
    for _ in range(5):
        patience.begin("wang.li", "192.0.2.1", "known")
    patience.succeeded("wang.li", "192.0.2.1", "known")
    assert patience.begin("wang.li", "192.0.2.1", "known") == 0


def test_after_a_day_all_is_forgotten(patience: Throttle, clock: Clock) -> None:
    for _ in range(10):
        clock.now += patience.begin("wang.li", "192.0.2.1")
    clock.now += FORGOTTEN_AFTER_S + 1
    assert [patience.begin("wang.li", "192.0.2.1") for _ in range(4)] == [0, 0, 0, 2]


def test_memory_is_bounded(clock: Clock) -> None:
    patience = Patience(clock)
    for number in range(MOST_KEPT):
        patience.begin(f"name{number}", f"client{number}")
    assert len(patience._failed) == MOST_KEPT


def test_hundreds_of_failures_do_not_overflow(patience: Throttle, clock: Clock) -> None:
    for _ in range(1500):
        clock.now += patience.begin("wang.li", "192.0.2.1")
    assert patience.begin("wang.li", "192.0.2.1") <= 901
