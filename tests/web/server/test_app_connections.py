"""The running service against clients that are slow, silent, hostile or many: it goes on answering, and says little."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.web.little_service import ENDLESS
from tests.web.running import Running, running, until

DESCRIPTORS = 64
MANY = 100
LITTLE_LOG = 4000  # bytes; a traceback for each connection would be 60,000
ASKED = 10


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """With 64 descriptors, and so little patience that a test need not wait long."""
    home = tmp_path_factory.mktemp("home")
    with running(home, DESCRIPTORS, POLICYQA_REQUEST_SECONDS="2", POLICYQA_REPLY_SECONDS="2") as started:
        yield started


def rest_of(connection: socket.socket) -> bytes:
    """What still comes until the service hangs up, which it must do."""
    parts: list[bytes] = []
    while True:
        try:
            part = connection.recv(65536)
        except ConnectionError:
            break
        if not part:
            break
        parts.append(part)
    connection.close()
    return b"".join(parts)


def many(service: Running, words: bytes) -> list[socket.socket]:
    """So many connections that say this and nothing more."""
    opened = [service.connect() for _ in range(MANY)]
    for one in opened:
        try:
            one.sendall(words)
        except ConnectionError:  # turned away already
            continue
    return opened


REQUEST = b"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("nothing at all", b""),
        ("a head without an end", b"GET / HTTP/1.1\r\nHost: x\r\n"),
        ("one letter", b"G"),
        ("a body that does not come", REQUEST + b"Content-Length: 100\r\n\r\n"),
        ("half a body", REQUEST + b'Content-Length: 100\r\n\r\n{"question":'),
        ("a chunk that does not come", REQUEST + b"Transfer-Encoding: chunked\r\n\r\n40\r\n{"),
        ("a body that is waved through and does not come", REQUEST + b"Content-Length: 9\r\nExpect: 100-continue\r\n\r\n"),
        ("a body nobody wants", b"POST /gradio_api/upload HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\nx"),
        ("a body after GET", b"GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\nx"),
        ("a whole request, then half of one", b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /he"),
    ],
)  # fmt: skip
def test_connections_that_never_finish_keep_nobody_out(service: Running, kind: str, words: bytes) -> None:
    before = len(service.said())
    opened = many(service, words)
    assert service.answers(ASKED) == ASKED
    for one in opened:
        rest_of(one)  # comes to an end for each of them
    assert service.answers(ASKED) == ASKED
    assert len(service.said()) - before < LITTLE_LOG


@pytest.mark.parametrize(
    ("kind", "words", "status"),
    [
        ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)) * 2, b"400"),
        ("no HTTP", b"\x00" * 100 + b"\r\n\r\n", b"400"),
        ("SSH", b"SSH-2.0-OpenSSH_9.6\r\n\r\n", b"400"),
        ("a head beyond all measure", b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-A: " + b"a" * 20_000, b"400"),
        ("two lengths", b"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx", b"400"),
        ("a length and chunks", REQUEST + b"Content-Length: 4\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", b"400"),
        ("chunks of no size", REQUEST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", b"400"),
        ("a web socket", b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n", b"200"),
        ("a prior knowledge of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"404"),
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused_in_few_words(service: Running, kind: str, words: bytes, status: bytes) -> None:
    before = len(service.said())
    refused = 0
    for _ in range(MANY):
        one = service.connect()
        one.sendall(words)
        refused += rest_of(one).startswith(b"HTTP/1.1 " + status)
    assert service.answers(ASKED) == ASKED
    assert refused == MANY
    assert len(service.said()) - before < LITTLE_LOG
    assert "Traceback" not in service.said()[before:]


def test_nonsense_after_an_early_answer_is_no_fault_of_ours(service: Running) -> None:
    before = len(service.said())
    for _ in range(MANY):
        one = service.connect()
        one.sendall(b"POST /gradio_api/upload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        assert one.recv(12) == b"HTTP/1.1 403"
        one.sendall(b"zz\r\n" * 10)
        rest_of(one)
    assert service.answers(ASKED) == ASKED
    assert "Traceback" not in service.said()[before:]


def asking(question: str) -> bytes:
    body = json.dumps({"question": question}).encode()
    head = REQUEST + b"Accept: text/event-stream\r\nAccept-Encoding: identity\r\nContent-Length: %d\r\n\r\n"
    return head % len(body) + body


def test_a_reader_who_takes_nothing_is_left(service: Running) -> None:
    before = service.ended("reply") + service.ended("room")
    opened = [service.connect() for _ in range(4)]
    for one in opened:
        one.sendall(asking(ENDLESS))
    until(lambda: service.ended("reply") + service.ended("room") - before == len(opened))
    for one in opened:
        rest_of(one)
    assert service.answers(ASKED) == ASKED


def test_a_reader_who_takes_his_time_gets_it_all(service: Running) -> None:
    one = service.connect()
    one.sendall(asking("人才安家"))
    told = b""
    while b"event: done" not in told:
        part = one.recv(1)
        assert part, told
        told += part
    one.close()


def test_requests_in_one_piece_are_answered_one_after_another(service: Running) -> None:
    one = service.connect()
    one.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 20)
    assert rest_of(one).count(b'{"status":"ok"}') == 20


def test_many_requests_whose_answers_nobody_takes(service: Running) -> None:
    opened = [service.connect() for _ in range(MANY // 4)]
    for one in opened:
        one.setblocking(False)
        try:
            one.send(b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 500)
        except BlockingIOError:
            continue
    # Those whose answers nobody takes hold their places until their time has run out, and no longer.
    until(lambda: service.get("/healthz") == 200)
    assert service.answers(ASKED) == ASKED
    for one in opened:
        one.close()


def test_half_closed_connections_are_let_go(service: Running) -> None:
    until(lambda: service.get("/healthz") == 200)
    opened = many(service, b"GET / HTTP/1.1\r\nHost: x\r\n")
    for one in opened:
        with suppress(OSError):  # the service has let go of the one that waited longest
            one.shutdown(socket.SHUT_WR)
    assert [rest_of(one) for one in opened].count(b"") >= 1
    assert service.answers(ASKED) == ASKED


def test_without_descriptors_it_waits_and_answers_again(service: Running) -> None:
    until(lambda: service.get("/healthz") == 200)
    before = len(service.said())
    service.limit(service.first_free_descriptor())
    waiting = many(service, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    until(lambda: "Too many open files" in service.said()[before:])
    service.limit(DESCRIPTORS)
    until(lambda: service.get("/healthz") == 200)
    assert sum(b"200" in rest_of(one) for one in waiting) > 0
    assert service.answers(ASKED) == ASKED
    assert len(service.said()) - before < LITTLE_LOG


def test_one_address_gets_its_share_and_others_the_rest(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("home")
    with running(home, 256, POLICYQA_TRUSTED_PROXIES="10.0.0.1", POLICYQA_MAX_CONNECTIONS="40") as service:
        greedy: list[socket.socket] = []
        firsts: list[bytes] = []
        for _ in range(30):
            greedy.append(service.connect())
            greedy[-1].sendall(b"GET /gradio_api/heartbeat/x HTTP/1.1\r\nHost: x\r\n\r\n")  # a stream without an end
            firsts.append(greedy[-1].recv(12))
        assert firsts.count(b"HTTP/1.1 200") == 10
        assert firsts.count(b"HTTP/1.1 503") == 20
        with socket.socket() as other:
            other.bind(("127.0.0.2", 0))
            other.connect(("127.0.0.1", service.port))
            other.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert b"200" in rest_of(other)
        for one in greedy:
            one.close()
