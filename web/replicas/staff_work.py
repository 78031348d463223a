"""What staff work on, the same at every replica: drafts, question sets and runs.

They are files of a home, which the pages change as they always did. Before a page is made, what others changed is
brought; before it is said that a change was made, the change is in the database. A file that two replicas changed at
the same time stays as it was in the database first; whoever came second is told and finds that state.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from bot.records.spare_room import write_whole
from eval.runs.kept_runs import FOLDER as RUNS
from eval.sets.question_sets import FOLDER as QUESTION_SETS
from ingest.corpus.draft import DRAFTS, INCOMING
from ingest.corpus.versions import FOLDER as VERSIONS
from ingest.database.alone import hold_alone, hold_still
from ingest.database.blobs import digest_of, keep_blob
from ingest.database.database import Database
from ingest.database.file_trees import checked_path, drop_files, files_of, put_files, write_file
from ingest.errors import ChangedMeanwhile, UnusableInput

OF_THIS_REPLICA = frozenset({INCOMING, "cuts", "many"})  # beside the texts of a draft: what it is reading
KNOWN = ".in-database.json"  # what a home and the database agreed on last
ASIDE = "replaced-by-database"  # where files go that were in a home before it had a database, and are others there

Digests = dict[str, str]


@dataclass(frozen=True, slots=True)
class Shared:
    """A tree of the database, or part of one, and where it lies in a home."""

    tree: str
    below: str = ""
    depth: int = 1  # of the folders that are one thing: a draft, a set, a run

    def thing(self, path: str) -> str:
        """The thing that a file belongs to."""
        return "/".join(path.split("/")[: self.depth])


SHARED = (Shared(VERSIONS, f"{DRAFTS}/", 2), Shared(QUESTION_SETS), Shared(RUNS))


class StaffWork:
    """Of one replica. Safe to use from several threads."""

    def __init__(self, database: Database, home: Path) -> None:
        self._database = database
        self._home = home
        self._lock = threading.RLock()
        self._seen: dict[Path, tuple[int, int, str]] = {}  # time and size of a file, and its digest then
        self._known: dict[str, Digests] | None = None

    def bring(self) -> None:
        """Bring what others changed. Raises DatabaseUnusable, UnusableInput when the home cannot be written."""
        with self._lock, self._in_words():
            is_first = not (self._home / KNOWN).is_file()
            known = self._agreed()
            before = json.dumps(known)
            with self._database.reading() as connection:
                hold_still(connection)
                for one in SHARED:
                    theirs = files_of(connection, one.tree, one.below)
                    self._bring(connection, one, theirs, known[one.tree], put_aside=is_first)
            if json.dumps(known) != before:
                self._agree()

    def put(self) -> None:
        """Put into the database what was changed here.

        Raises ChangedMeanwhile when somebody else changed the same at another replica, whose state is here then;
        DatabaseUnusable, UnusableInput when the home cannot be read.
        """
        with self._lock, self._in_words():
            known = self._agreed()
            for one in SHARED:
                here, agreed = self._files(one), known[one.tree]
                changed = {path for path in here.keys() | agreed.keys() if here.get(path) != agreed.get(path)}
                if changed:
                    self._put(one, here, agreed, changed)
                    self._agree()

    def _put(self, one: Shared, here: Digests, agreed: Digests, changed: set[str]) -> None:
        with self._database.writing() as connection:
            hold_alone(connection, one.tree)
            theirs = files_of(connection, one.tree, one.below)
            lost = self._lost(one, here, agreed, changed, theirs)
            if not lost:
                put = {path: here[path] for path in sorted(changed) if path in here}
                for path in put:
                    keep_blob(connection, self._home / one.tree / path)
                put_files(connection, one.tree, put)
                drop_files(connection, one.tree, changed - here.keys())
            else:
                mine = {path for path in changed | theirs.keys() if one.thing(path) in lost}
                for path in mine:
                    self._write(connection, one, path, theirs.get(path), agreed)
        if lost:
            self._remove_emptied(one, lost, theirs)
            self._agree()
            raise ChangedMeanwhile
        for path in changed:
            if path in here:
                agreed[path] = here[path]
            else:
                agreed.pop(path, None)

    def _lost(self, one: Shared, here: Digests, agreed: Digests, changed: set[str], theirs: Digests) -> set[str]:
        """The things of which somebody else changed the same file, or that are gone."""
        clashing = {
            path for path in changed if theirs.get(path) != agreed.get(path) and theirs.get(path) != here.get(path)
        }
        there, before = ({one.thing(path) for path in paths} for paths in (theirs, agreed))
        changed_things = {one.thing(path) for path in changed if path in here}
        return {one.thing(path) for path in clashing} | (changed_things & before) - there

    def _bring(self, connection: Connection, one: Shared, theirs: Digests, agreed: Digests, *, put_aside: bool) -> None:
        news = {path for path in theirs.keys() | agreed.keys() if theirs.get(path) != agreed.get(path)}
        if not news:
            return
        here = self._files(one)
        for path in sorted(news):
            now = here.get(path)
            if now not in (agreed.get(path), theirs.get(path)):
                if not put_aside:
                    continue  # changed here as well: whoever puts it is told
                aside = self._home / ASIDE / one.tree / path
                aside.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(self._home / one.tree / path, aside)
            self._write(connection, one, path, theirs.get(path), agreed)
        self._remove_emptied(one, {one.thing(path) for path in news}, theirs)

    def _write(self, connection: Connection, one: Shared, path: str, digest: str | None, agreed: Digests) -> None:
        target = self._home / one.tree / checked_path(path)
        if digest is None:
            target.unlink(missing_ok=True)
            agreed.pop(path, None)
            return
        aside = target.with_name(f".{target.name}.coming")
        write_file(connection, digest, aside, {})
        aside.replace(target)
        agreed[path] = digest

    def _remove_emptied(self, one: Shared, things: Iterable[str], theirs: Mapping[str, str]) -> None:
        left = {one.thing(path) for path in theirs}
        for thing in set(things) - left:
            shutil.rmtree(self._home / one.tree / thing, ignore_errors=True)  # with what of it was only here

    def _files(self, one: Shared) -> Digests:
        """The digests of what lies here."""
        root = self._home / one.tree
        found: Digests = {}
        for path in sorted((root / one.below).rglob("*")):
            parts = path.relative_to(root).parts
            own = len(parts) > one.depth and one.below and parts[one.depth] in OF_THIS_REPLICA
            if own or path.name == "lock" or any(part.startswith(".") for part in parts):
                continue
            with suppress(FileNotFoundError):  # gone by now
                if path.is_file() and not path.is_symlink():
                    found["/".join(parts)] = self._digest(path)
        return found

    def _digest(self, path: Path) -> str:
        state = path.stat()
        seen = self._seen.get(path)
        if seen is None or seen[:2] != (state.st_mtime_ns, state.st_size):
            seen = self._seen[path] = (state.st_mtime_ns, state.st_size, digest_of(path))
        return seen[2]

    def _agreed(self) -> dict[str, Digests]:
        """What home and database agreed on last, also before a restart."""
        if self._known is None:
            self._known = {one.tree: {} for one in SHARED}
            with suppress(FileNotFoundError, ValueError):
                self._known.update(json.loads((self._home / KNOWN).read_bytes()))
        return self._known

    def _agree(self) -> None:
        self._home.mkdir(parents=True, exist_ok=True)
        write_whole(self._home / KNOWN, json.dumps(self._agreed(), ensure_ascii=False).encode())

    @contextmanager
    def _in_words(self) -> Generator[None]:
        try:
            yield
        except OSError as error:
            reason = error.strerror or error
            raise UnusableInput("index.folder_cannot_be_written", folder=self._home, reason=reason) from error
