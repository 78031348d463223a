"""The database that several replicas share, as the service finds it at its start."""

from __future__ import annotations

import sys

from pydantic import SecretStr

from ingest.database.database import Database, database_at
from ingest.errors import DatabaseAway


def shared_database(address: SecretStr | None) -> Database | None:
    """The database of ``address`` with its tables made, None where all is in files; one that is away now is used when it is back.

    Raises DatabaseUnusable.
    """
    database = database_at(address)
    try:
        if database is not None:
            database.make_ready()
    except DatabaseAway as error:
        sys.stderr.write(f"{error}\n")
        sys.stderr.flush()
    return database
