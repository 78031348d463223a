"""How many connections may be open, and which one goes when another wants to come in."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Collection
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from ingest.errors import ServiceUnavailable
from web.server.connections import TimedConnection

MOST_CONNECTIONS = 2048  # unless the settings want another number; each open page holds one for as long as it is open
KEPT_BACK = 40  # descriptors for files, records and processes; a quarter of all where that is more
FEWEST = 8
SHARE_OF_ONE = 4  # an address may hold one in so many of all connections; a whole office may stand behind it
LOOK_S = 0.00002  # for each connection looked at; a look takes a tenth of it
IPV6_BITS = 64  # of one household: its other bits are free to choose


def connections_allowed(wanted: int, descriptors: int | None = None) -> int:
    """How many connections may be open; 0 wants as many as suit this process.

    Raises ServiceUnavailable when more are wanted than the limit of open files leaves room for.
    """
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0] if descriptors is None else descriptors
    if limit == resource.RLIM_INFINITY:
        return wanted or MOST_CONNECTIONS
    room = max(FEWEST, limit - max(KEPT_BACK, limit // 4))
    if wanted > room:
        raise ServiceUnavailable("web.too_few_descriptors", wanted=wanted, limit=limit, room=room)
    return wanted or min(room, MOST_CONNECTIONS)


def origin_of(address: str) -> str:
    """The network that one client can choose its addresses from; what is no address stands for itself."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ip_network((int(parsed), IPV6_BITS), strict=False))


class Admission:
    """Lets connections in as long as there is room.

    When all places are taken, the connection goes that has waited longest for its client; one whose request is being
    worked on stays. A single address gets a share only, unless it is a proxy, behind which everybody may stand.
    """

    def __init__(self, most: int, trusted_proxies: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.most = most
        self.most_of_one = max(FEWEST, most // SHARE_OF_ONE)
        self._everybody = "*" in trusted_proxies
        self._proxies = tuple(_networks(trusted_proxies))
        self._clock = clock
        self._spare: list[TimedConnection] = []  # what the last look found, the first to go at the end
        self._next_look = clock()

    def room_for(self, address: str, present: Collection[TimedConnection]) -> bool:
        """Whether one more may come in from ``address``; another may have been ended for it."""
        if not self.is_proxy(address):
            origin = origin_of(address)
            if sum(one.origin == origin for one in present) >= self.most_of_one:
                return False
        return len(present) < self.most or self.make_room(present)

    def make_room(self, present: Collection[TimedConnection]) -> bool:
        """End the one that can best be done without; False when each is being worked for, as far as is known.

        A look at all of them is taken now and then only: whoever knocks a thousand times a second must not cost more than
        a tenth of the time.
        """
        if not self._spare and self._clock() >= self._next_look:
            self._spare = _most_dispensable(present)
            self._next_look = self._clock() + LOOK_S * len(present)
        while self._spare:
            one = self._spare.pop()
            if not one.lost and one.dispensable is not None:
                one.make_way()
                return True
        return False

    def is_proxy(self, address: str) -> bool:
        """Whether everybody may stand behind this address."""
        if self._everybody:
            return True
        try:
            parsed = ip_address(address.partition("%")[0])
        except ValueError:
            return False
        return any(parsed in network for network in self._proxies)


def _networks(proxies: str) -> list[IPv4Network | IPv6Network]:
    found: list[IPv4Network | IPv6Network] = []
    for part in proxies.split(","):
        try:
            found.append(ip_network(part.strip(), strict=False))
        except ValueError:  # a name: uvicorn takes it for the path of a socket
            continue
    return found


def _most_dispensable(present: Collection[TimedConnection]) -> list[TimedConnection]:
    """All of the kind that goes first, the longest waiting last."""
    ranks = [(one.dispensable, one) for one in present]
    first = min((rank for rank, _ in ranks if rank is not None), default=None)
    return sorted((one for rank, one in ranks if rank is not None and rank == first), key=lambda one: -one.since)
