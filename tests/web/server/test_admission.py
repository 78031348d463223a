from __future__ import annotations

import asyncio
import resource

import pytest

from ingest.errors import ServiceUnavailable
from tests.web.server.test_connections import GET, HEAD, Talk
from web.server.admission import FEWEST, LOOK_S, MOST_CONNECTIONS, Admission, connections_allowed, origin_of
from web.server.connections import TimedConnection

PROXY = "10.0.0.1"


@pytest.mark.parametrize(
    ("wanted", "descriptors", "allowed"),
    [
        (0, 64, 24),
        (0, 1024, 768),
        (0, 65536, MOST_CONNECTIONS),
        (0, resource.RLIM_INFINITY, MOST_CONNECTIONS),
        (5000, resource.RLIM_INFINITY, 5000),
        (5000, 65536, 5000),
        (10, 1024, 10),
        (0, 20, FEWEST),
    ],
)
def test_connections_leave_descriptors_for_the_rest(wanted: int, descriptors: int, allowed: int) -> None:
    assert connections_allowed(wanted, descriptors) == allowed


def test_more_than_fit_are_refused_with_what_to_do() -> None:
    with pytest.raises(ServiceUnavailable, match=r"POLICYQA_MAX_CONNECTIONS is 1000.*room for 768.*LimitNOFILE"):
        connections_allowed(1000, 1024)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("socket", "socket"),
    ],
)
def test_whoever_can_choose_among_addresses_counts_once(address: str, origin: str) -> None:
    assert origin_of(address) == origin


def connection(since: float = 0.0, origin: str = "") -> Talk:
    talk = Talk(now=since)
    talk.connection.origin = origin
    return talk


def connections(talks: list[Talk]) -> list[TimedConnection]:
    return [talk.connection for talk in talks]


async def in_each_phase() -> list[Talk]:
    """An answer at work, a reader who takes nothing, half a body, one that leaves, half a head."""
    talks = [connection() for _ in range(5)]
    working, reading, sending, leaving, _ = talks
    for talk in (working, reading, leaving):
        await talk.sends(GET)
    reading.wire.write(b"x" * 1000)
    await sending.sends(HEAD)
    leaving.connection.transport.close()
    return talks


def test_those_go_first_that_can_best_be_done_without() -> None:
    async def run() -> None:
        talks = await in_each_phase()
        admission = Admission(5, PROXY)
        for expected in (4, 3, 2, 1):
            assert admission.room_for(PROXY, connections(talks))
            assert [number for number, talk in enumerate(talks) if talk.wire.state == "aborted"] == [expected]
            talks[expected].connection.connection_lost(None)
            talks[expected] = connection()
            await talks[expected].sends(GET)  # in its place one that is worked for
        assert not admission.room_for(PROXY, connections(talks))
        assert talks[0].wire.state == "open"

    asyncio.run(run())


def test_of_equals_the_longest_waiting_goes() -> None:
    async def run() -> None:
        talks = [connection(since) for since in (3.0, 1.0, 2.0)]
        assert Admission(3, PROXY).room_for(PROXY, connections(talks))
        assert [talk.wire.state for talk in talks] == ["open", "aborted", "open"]
        assert talks[1].ended == ["room"]

    asyncio.run(run())


def test_a_look_at_all_is_taken_now_and_then_only() -> None:
    async def run() -> None:
        now = [0.0]
        admission = Admission(3, PROXY, lambda: now[0])
        talks = [connection() for _ in range(3)]
        assert [admission.room_for(PROXY, connections(talks)) for _ in range(4)] == [True, True, True, False]
        newcomers = connections([connection() for _ in range(3)])
        assert not admission.room_for(PROXY, newcomers)
        now[0] = 3 * LOOK_S
        assert admission.room_for(PROXY, newcomers)

    asyncio.run(run())


def test_one_that_has_gone_by_itself_makes_no_room() -> None:
    async def run() -> None:
        admission = Admission(3, PROXY, lambda: 0.0)
        talks = [connection(since) for since in (1.0, 2.0, 3.0)]
        assert admission.make_room(connections(talks))
        talks[1].connection.connection_lost(None)
        assert admission.make_room(connections(talks))
        assert talks[2].wire.state == "aborted"
        assert not admission.make_room(connections(talks))

    asyncio.run(run())


def test_nobody_goes_while_there_is_room() -> None:
    async def run() -> None:
        talks = [connection() for _ in range(9)]
        assert Admission(10, PROXY).room_for("203.0.113.7", connections(talks))
        assert {talk.wire.state for talk in talks} == {"open"}

    asyncio.run(run())


def test_one_address_has_a_share_a_proxy_has_none() -> None:
    async def run() -> None:
        greedy = [connection(origin="203.0.113.7") for _ in range(10)]
        others = [connection(origin="203.0.113.8") for _ in range(5)]
        for talk in greedy:
            await talk.sends(GET)
        admission = Admission(40, f"{PROXY}, 172.16.0.0/12")
        present = connections([*greedy, *others])
        assert not admission.room_for("203.0.113.7", present)
        assert admission.room_for("203.0.113.8", present)
        assert admission.room_for("172.20.1.1", connections([connection(origin="172.20.1.1") for _ in range(30)]))
        assert {talk.wire.state for talk in (*greedy, *others)} == {"open"}

    asyncio.run(run())


@pytest.mark.parametrize(
    ("proxies", "address", "known"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("127.0.0.1", "127.0.0.2", False),
        ("*", "203.0.113.7", True),
        ("unix:, 10.0.0.0/8", "10.1.2.3", True),
        ("10.0.0.0/8", "somewhere", False),
        ("", "203.0.113.7", False),
    ],
)
def test_proxies_are_known(proxies: str, address: str, known: bool) -> None:
    assert Admission(10, proxies).is_proxy(address) is known
