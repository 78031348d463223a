"""Sessions: they end by themselves, and their forms' words belong to them alone."""

from __future__ import annotations

import pytest

from ingest.database.database import Database
from tests.web.staff.conftest import Clock
from web.staff.identity.accounts import Account
from web.staff.identity.session_table import SessionTable
from web.staff.identity.sessions import LONGEST_S, Sessions

HOUR = 3600.0


@pytest.fixture
def sessions(clock: Clock, shared: Database | None) -> Sessions:
    return Sessions(HOUR, clock, None if shared is None else SessionTable(shared))


def test_a_session_is_found_by_its_token_only(sessions: Sessions) -> None:
    token = sessions.start(Account("wang.li"), "stamp")
    found = sessions.find(token)
    assert found is not None
    assert found.account.name == "wang.li"
    assert sessions.find(token[:-1]) is None
    assert sessions.find("") is None
    assert len(token) > 40


def test_it_ends_after_an_hour_of_silence(sessions: Sessions, clock: Clock) -> None:
    token = sessions.start(Account("wang.li"), "")
    clock.now += HOUR
    assert sessions.find(token), "and now it has been seen again"
    clock.now += HOUR
    assert sessions.find(token)
    clock.now += HOUR + 1
    assert sessions.find(token) is None
    clock.now -= HOUR
    assert sessions.find(token) is None, "what is over stays over"


def test_it_ends_after_a_day_however_busy(sessions: Sessions, clock: Clock) -> None:
    token = sessions.start(Account("wang.li"), "")
    for _ in range(int(LONGEST_S / HOUR)):
        clock.now += HOUR
        assert sessions.find(token)
    clock.now += 1
    assert sessions.find(token) is None


def test_signing_out_ends_one_session(sessions: Sessions) -> None:
    first, second = (sessions.start(Account("wang.li"), "") for _ in range(2))
    sessions.end(first)
    sessions.end("no such token")
    assert sessions.find(first) is None
    assert sessions.find(second)
    assert sessions.count() == 1


def test_sessions_that_are_over_are_dropped(sessions: Sessions, clock: Clock) -> None:
    for _ in range(5):
        sessions.start(Account("wang.li"), "")
    clock.now += 2 * HOUR
    assert sessions.count() == 0
    sessions.start(Account("wang.li"), "")
    assert sessions._store.count(-1e18, -1e18) == 1


def test_the_word_of_a_form_belongs_to_one_session_and_one_process(sessions: Sessions, clock: Clock) -> None:
    word = sessions.csrf("token")
    assert sessions.is_csrf("token", word)
    assert not sessions.is_csrf("other", word)
    assert not Sessions(HOUR, clock).is_csrf("token", word)
    assert sessions.csrf("token") != word, "compressed pages must not give it away"


@pytest.mark.parametrize("word", ["", "0" * 96, "ü", "x" * 10_000])
def test_words_that_are_none(sessions: Sessions, word: str) -> None:
    assert not sessions.is_csrf("token", word)
