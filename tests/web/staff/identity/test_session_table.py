"""Sessions of one database: signed in at one replica is signed in at all."""

from __future__ import annotations

from ingest.database.database import Database
from tests.web.staff.conftest import Clock
from web.staff.identity.accounts import Account
from web.staff.identity.roles import Role
from web.staff.identity.session_table import SessionTable
from web.staff.identity.sessions import Sessions

HOUR = 3600.0


def test_a_session_and_its_forms_are_good_at_another_replica(database: Database, clock: Clock) -> None:
    here, there = (Sessions(HOUR, clock, SessionTable(database)) for _ in range(2))
    token = here.start(Account("wang.li", "header", Role.EDIT), "stamp")
    found = there.find(token)
    assert found is not None
    assert (found.account, found.stamp) == (Account("wang.li", "header", Role.EDIT), "stamp")
    assert there.is_csrf(token, here.csrf(token))
    there.end(token)
    assert here.find(token) is None


def test_the_token_is_not_in_the_database(database: Database, clock: Clock) -> None:
    table = SessionTable(database)
    token = Sessions(HOUR, clock, table).start(Account("wang.li"), "")
    assert table.get(token) is None
