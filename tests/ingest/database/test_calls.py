"""A call reaches who listens once it is committed; who hears none looks again all the same."""

from __future__ import annotations

import threading
import time

from ingest.database.calls import Ear, call
from ingest.database.database import Database

LONG_S = 30.0


def test_a_call_is_heard_when_it_is_committed(database: Database) -> None:
    ear, heard, over = Ear(database), threading.Event(), threading.Event()
    ear.wait(0.01, over)  # from now on it listens

    def listen() -> None:
        ear.wait(LONG_S if database.kind == "postgresql" else 0.1, over)
        heard.set()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    with database.writing() as connection:
        call(connection, "20261122-080000-0000")
    assert heard.wait(LONG_S / 2)
    thread.join()
    ear.close()


def test_a_lost_connection_is_made_again(database: Database) -> None:
    ear, over = Ear(database), threading.Event()
    ear.wait(0.01, over)
    ear.close()
    begun = time.monotonic()
    ear.wait(0.05, over)
    assert time.monotonic() - begun < LONG_S
    ear.close()
