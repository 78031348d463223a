"""The tables of a database: which state they are in, and from there to today's, by the steps of ``migrations``.

All steps that are missing are taken in one transaction, behind a lock that other processes wait for: of several that
start together, one makes the tables and the others find them.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from ingest.database.alone import hold_alone

VERSION_TABLE = "policyqa_schema"
FOLDER = Path(__file__).parent / "migrations"


class Standing(StrEnum):
    """How the tables of a database stand to this release."""

    EMPTY = "empty"  # no table of ours
    CURRENT = "current"
    OLD = "old"  # steps are missing
    NEW = "new"  # another release has taken steps that this one does not know
    STRANGE = "strange"  # tables of our names that nothing of ours made


@cache
def _steps() -> tuple[Config, ScriptDirectory]:
    config = Config()
    config.set_main_option("script_location", str(FOLDER.parent))
    config.set_main_option("version_locations", str(FOLDER))
    config.set_main_option("path_separator", "newline")
    return config, ScriptDirectory.from_config(config)


def newest() -> str:
    """The last step that this release knows."""
    head = _steps()[1].get_current_head()
    assert head is not None, "the steps of the package are gone"
    return head


def found_in(connection: Connection) -> str | None:
    """The last step that was taken in a database; None when none was."""
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()


def standing_of(connection: Connection) -> Standing:
    """How the tables stand."""
    found = found_in(connection)
    if found == newest():
        return Standing.CURRENT
    if found is None:
        return Standing.STRANGE if inspect(connection).has_table("turn") else Standing.EMPTY
    known = {step.revision for step in _steps()[1].walk_revisions()}
    return Standing.OLD if found in known else Standing.NEW


def upgrade(connection: Connection) -> None:
    """Take the steps that are missing, in the transaction of ``connection``, while nobody else does."""
    hold_alone(connection, VERSION_TABLE)
    if standing_of(connection) is Standing.CURRENT:  # by now
        return
    config, script = _steps()

    def steps_from(revision: object, _: object) -> object:
        return script._upgrade_revs("head", revision)  # pyright: ignore[reportPrivateUsage, reportArgumentType] what Alembic's own command calls

    with EnvironmentContext(config, script, fn=steps_from) as environment:  # pyright: ignore[reportArgumentType] looser than its callback type
        environment.configure(connection=connection, version_table=VERSION_TABLE)
        environment.run_migrations()
