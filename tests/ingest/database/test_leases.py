"""Jobs that are leased: one holder at a time, taken over when a lease has ended, and who comes late is refused."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from ingest.database.database import Database
from ingest.database.leases import FAILED, GONE, Lease, LeaseHeld, LeaseLost, add_job, begin, claim, finish, renew

LONG_S = 600.0
OVER_S = -1.0  # a lease that has ended when it is given


def taken(database: Database, holder: str, seconds: float = LONG_S) -> Lease | None:
    with database.writing() as connection:
        return claim(connection, "build", holder, seconds)


def job(database: Database, about: str = "") -> int:
    with database.writing() as connection:
        return add_job(connection, "build", "wang.li", about)


def states(database: Database) -> list[tuple[str, str, int]]:
    with database.reading() as connection:
        rows = connection.execute(text("SELECT state, holder, fence FROM job ORDER BY number")).all()
    return [(row.state, row.holder, row.fence) for row in rows]


def test_jobs_are_taken_in_order_one_at_a_time(database: Database) -> None:
    first, second = job(database, "draft-1"), job(database, "draft-2")
    lease = taken(database, "a")
    assert lease is not None
    assert (lease.job, lease.about, lease.fence) == (first, "draft-1", 1)
    assert taken(database, "b") is None
    with database.writing() as connection:
        finish(connection, lease)
    other = taken(database, "b")
    assert other is not None
    assert other.job == second
    assert taken(database, "c") is None


def test_many_who_ask_at_once_get_one_job(database: Database) -> None:
    job(database)
    with ThreadPoolExecutor(4) as pool:
        leases = list(pool.map(lambda n: taken(database, str(n)), range(8)))
    assert len([lease for lease in leases if lease]) == 1


def renewed(database: Database, lease: Lease) -> None:
    with database.writing() as connection:
        renew(connection, lease, LONG_S)


def finished(database: Database, lease: Lease) -> None:
    with database.writing() as connection:
        connection.execute(text("INSERT INTO settled VALUES (:fence, '{}')"), {"fence": str(lease.fence)})
        finish(connection, lease)


@pytest.mark.parametrize("late", [renewed, finished])
def test_a_lease_that_ended_is_taken_over_and_who_held_it_is_refused(
    database: Database, late: Callable[[Database, Lease], None]
) -> None:
    job(database)
    gone = taken(database, "a", OVER_S)
    heir = taken(database, "b")
    assert gone is not None
    assert heir is not None
    assert (heir.job, heir.fence) == (gone.job, gone.fence + 1)
    with pytest.raises(LeaseLost):
        late(database, gone)
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM settled")).scalar_one() == 0, "nothing of it was published"
    finished(database, heir)
    assert states(database) == [("done", "b", 2)]
    with pytest.raises(LeaseLost):
        renewed(database, heir)


def test_a_lease_is_held_as_long_as_it_is_renewed(database: Database) -> None:
    job(database)
    lease = taken(database, "a", 60)
    assert lease is not None
    with database.writing() as connection:
        longer = renew(connection, lease, LONG_S)
    assert longer.until > lease.until + 500
    with database.writing() as connection:
        finish(connection, longer, FAILED, "no room")
    assert taken(database, "b") is None, "a job that failed is not begun again by itself"


def test_kinds_do_not_wait_for_one_another(database: Database) -> None:
    job(database)
    assert taken(database, "a") is not None
    with database.writing() as connection:
        add_job(connection, "import", "wang.li")
        assert claim(connection, "import", "b", LONG_S) is not None


def begun(database: Database, holder: str, seconds: float = LONG_S) -> Lease:
    with database.writing() as connection:
        return begin(connection, "publish", f"li.na at {holder}", "draft-1", holder, seconds)


def test_a_job_is_begun_alone_and_each_has_a_greater_number(database: Database) -> None:
    first = begun(database, "a")
    with pytest.raises(LeaseHeld, match=r"li\.na at a"):
        begun(database, "b")
    with database.writing() as connection:
        finish(connection, first)
    assert begun(database, "b").fence == first.fence + 1


def test_a_job_whose_holder_is_gone_has_failed_and_who_was_only_late_is_refused(database: Database) -> None:
    gone = begun(database, "a", OVER_S)
    heir = begun(database, "b")
    assert heir.fence > gone.fence
    with pytest.raises(LeaseLost):
        finished(database, gone)
    finished(database, heir)
    assert states(database) == [("failed", "a", 1), ("done", "b", 2)]
    with database.reading() as connection:
        assert connection.execute(text("SELECT told FROM job ORDER BY number")).scalars().first() == GONE


def test_of_many_who_begin_at_once_one_does(database: Database) -> None:
    def try_it(number: int) -> bool:
        try:
            begun(database, str(number))
        except LeaseHeld:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(try_it, range(8))) == 1


def test_who_takes_a_job_over_while_it_is_being_finished_gets_none(database: Database) -> None:
    """The lease ends between the last word of its holder and the commit of it."""
    if database.kind != "postgresql":
        pytest.skip("a writer of SQLite holds the whole file")
    job(database)
    lease = taken(database, "a")
    assert lease is not None
    with ThreadPoolExecutor(1) as pool:
        with database.writing() as connection:
            finish(connection, lease)
            heir = pool.submit(taken_as_over, database)
            for _ in range(1000):
                if waits_for_a_row(database):
                    break
                threading.Event().wait(0.02)
            assert waits_for_a_row(database)
        assert heir.result() is None
    assert states(database) == [("done", "a", 1)]


def waits_for_a_row(database: Database) -> bool:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with database.reading() as connection:
        return bool(connection.execute(text(waiting)).scalar_one())


def taken_as_over(database: Database) -> Lease | None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ingest.database.leases.moment_of", lambda _: 4e9)  # long after any lease
        return taken(database, "b")
