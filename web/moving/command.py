"""``python -m web migrate``: the tables of a database brought up to date, an existing home moved in, or back."""

from __future__ import annotations

import argparse

from pydantic import SecretStr

from ingest.database.database import Database, database_at
from ingest.database.schema import Standing
from ingest.errors import UnusableInput
from web.moving.into_database import Counts, move_in
from web.moving.out_of_database import move_out
from web.settings import WebSettings

SAID = {  # of ``--check``
    Standing.CURRENT: "The tables of {where} are those of this release.",
    Standing.EMPTY: "{where} has no tables yet: run python -m web migrate, or start the service.",
    Standing.OLD: "The tables of {where} are those of an earlier release: run python -m web migrate, or start the service.",
    Standing.NEW: "The tables of {where} are those of a newer release: start that one.",
    Standing.STRANGE: "{where} has tables of our names that we did not make: name an empty database.",
}


def migrate(given: argparse.Namespace, settings: WebSettings) -> tuple[int, list[str]]:
    """Do what the command says; returns the exit status and what is to be said. Raises PolicyQAError.

    The status is 1 when ``--check`` found tables that are not those of this release.
    """
    database = _named(given.to if given.to is not None else given.out_of, settings)
    try:
        if given.check:
            standing = database.standing()
            return int(standing is not Standing.CURRENT), [SAID[standing].format(where=database.where)]
        if given.to is not None:
            return 0, _lines(move_in(settings.home, database, settings.api_keys_file))
        if given.out_of is not None:
            return 0, _lines(move_out(database, settings.home))
        database.make_ready()
        return 0, [SAID[Standing.CURRENT].format(where=database.where)]
    finally:
        database.close()


def _named(address: str | None, settings: WebSettings) -> Database:
    database = database_at(SecretStr(address) if address else settings.database_url)
    if database is None:
        raise UnusableInput("web.no_database_named")
    return database


def _lines(counts: Counts) -> list[str]:
    return [f"{count}\t{name}" for name, count in counts.items()]
