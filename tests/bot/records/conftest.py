"""Records in each place there is: a file of their own, and a shared database of either engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.records.store import Records
from ingest.database.database import Database
from tests.databases import KINDS, TEMPLATE

OpenRecords = Callable[..., Records]


@pytest.fixture(params=["file", *KINDS])
def open_records(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenRecords]:
    """Opens the records of one place, as often as asked."""
    opened: list[Records] = []

    def open_at(url: str | None) -> OpenRecords:
        def make(keep_days: int = 0) -> Records:
            records = Records(tmp_path, keep_days, database=Database(url) if url else None)
            records.make_ready()
            opened.append(records)
            return records

        return make

    try:
        if request.param == "postgresql":
            with request.getfixturevalue("prepared_postgres").database(TEMPLATE) as url:
                yield open_at(url)
        else:
            yield open_at(f"sqlite:///{tmp_path / 'shared.sqlite'}" if request.param == "sqlite" else None)
    finally:
        for records in opened:
            records.close()
