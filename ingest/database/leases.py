"""Jobs that one of several processes does: taken for a while, renewed, and taken over when whoever had it is gone.

Each time a job is taken its fencing number grows. Who comes back late, after somebody else took the job over, is
refused by that number, and must not publish what it made. Moments are those of the database's clock, one for all.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    and_,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from ingest.database.address import POSTGRESQL
from ingest.database.alone import hold_alone
from ingest.errors import PolicyQAError

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
GONE = "its holder is gone"  # why a job failed that nobody ended
JOB = Table(
    "job",
    MetaData(),
    Column("number", Integer, primary_key=True),
    *(Column(name, String) for name in ("kind", "who", "about", "state")),
    Column("fence", BigInteger),
    Column("holder", String),
    Column("leased_until", Float),
    Column("begun", Float),
    Column("told", String),
)
_NOW = {
    POSTGRESQL: text("SELECT CAST(extract(epoch FROM clock_timestamp()) AS double precision)"),
    "sqlite": text("SELECT (julianday('now') - 2440587.5) * 86400.0"),
}


class LeaseLost(PolicyQAError):
    """The lease ended, and somebody else has the job or has done it; what was made meanwhile must not count."""


class LeaseHeld(PolicyQAError):
    """Somebody else is at a job of this kind."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A job that its holder may do until ``until`` (seconds since 1970, the database's clock)."""

    job: int
    kind: str
    about: str
    fence: int
    until: float


def add_job(connection: Connection, kind: str, who: str, about: str = "") -> int:
    """A job for whoever takes it first; returns its number."""
    made = insert(JOB).values(
        kind=kind, who=who, about=about, state=WAITING, fence=0, holder="", leased_until=0.0, begun=0.0, told=""
    )
    return int(connection.execute(made.returning(JOB.c.number)).scalar_one())


def claim(connection: Connection, kind: str, holder: str, seconds: float) -> Lease | None:
    """Take the oldest job of a kind that waits or whose lease has ended, for so many seconds; None when there is none.

    While one of the kind is held by somebody, no other one is given out: there is one builder at a time.
    """
    hold_alone(connection, f"jobs:{kind}")
    now = moment_of(connection)
    ours = JOB.c.kind == kind
    if connection.execute(select(JOB.c.number).where(ours, JOB.c.state == RUNNING, JOB.c.leased_until > now)).first():
        return None
    free = or_(JOB.c.state == WAITING, and_(JOB.c.state == RUNNING, JOB.c.leased_until <= now))
    row = connection.execute(select(JOB).where(ours, free).order_by(JOB.c.number).limit(1)).first()
    if row is None:
        return None
    fence, until = row.fence + 1, now + seconds
    taken = {"state": RUNNING, "fence": fence, "holder": holder, "leased_until": until, "begun": now}
    # Who had it may finish at this very moment: as it was read, or not at all.
    as_read = and_(JOB.c.number == row.number, JOB.c.fence == row.fence, JOB.c.state == row.state)
    if connection.execute(update(JOB).where(as_read).values(**taken)).rowcount != 1:
        return None
    return Lease(row.number, kind, row.about, fence, until)


def begin(connection: Connection, kind: str, who: str, about: str, holder: str, seconds: float) -> Lease:
    """Take on a new job for so many seconds, with a greater number than any of its kind before.

    One whose lease has ended has failed: its holder is gone, or too late. Raises LeaseHeld while another one is held.
    """
    hold_alone(connection, f"jobs:{kind}")
    now = moment_of(connection)
    running = and_(JOB.c.kind == kind, JOB.c.state == RUNNING)
    held = connection.execute(select(JOB.c.who).where(running, JOB.c.leased_until > now)).scalars().first()
    if held is not None:
        raise LeaseHeld("ingest.lease_held", who=held)
    connection.execute(update(JOB).where(running).values(state=FAILED, told=GONE))
    fence = (connection.execute(select(func.max(JOB.c.fence)).where(JOB.c.kind == kind)).scalar() or 0) + 1
    until = now + seconds
    made = {"kind": kind, "who": who, "about": about, "state": RUNNING, "fence": fence, "holder": holder}
    added = insert(JOB).values(**made, leased_until=until, begun=now, told="").returning(JOB.c.number)
    return Lease(int(connection.execute(added).scalar_one()), kind, about, fence, until)


def renew(connection: Connection, lease: Lease, seconds: float) -> Lease:
    """Hold a job for so many seconds from now. Raises LeaseLost, also for a lease that ended and nobody took over."""
    until = moment_of(connection) + seconds
    _change(connection, lease, leased_until=until)
    return Lease(lease.job, lease.kind, lease.about, lease.fence, until)


def finish(connection: Connection, lease: Lease, state: str = DONE, told: str = "") -> None:
    """It is done, or failed. In the transaction that publishes what was made. Raises LeaseLost."""
    _change(connection, lease, state=state, told=told, leased_until=0.0)


def moment_of(connection: Connection) -> float:
    """Seconds since 1970 by the clock of the database."""
    return float(connection.execute(_NOW[connection.dialect.name]).scalar_one())


def _change(connection: Connection, lease: Lease, **values: object) -> None:
    now = moment_of(connection)
    held = and_(JOB.c.number == lease.job, JOB.c.fence == lease.fence, JOB.c.state == RUNNING, JOB.c.leased_until > now)
    if connection.execute(update(JOB).where(held).values(**values)).rowcount != 1:
        raise LeaseLost("ingest.lease_lost", job=lease.job)
