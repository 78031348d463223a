"""The files that were brought into a draft together: what has still to be read, what was put in, what was refused.

<draft>/many/<number>.json   one file and how it stands
<draft>/many/<number>.file   its bytes, until it was read

Each stands in a file of its own that is replaced in one step: a service that is killed finds all of them again.
"""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from ingest.corpus.draft import Draft, draft_folder, draft_place, open_draft
from ingest.corpus.versions import file_digests
from ingest.errors import DraftUnusable
from ingest.sentences import Sentence

FOLDER = "many"
MOST_WAITING = 3000  # files of one draft
LONGEST_NAME = 200  # characters of the name a file came with

State = Literal["waiting", "in", "refused"]


class Facts(BaseModel):
    """What a file says of itself, as it was read."""

    model_config = ConfigDict(frozen=True)

    title: str = ""
    level: str = ""
    issuer: str = ""
    number: str = ""
    issued: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    undetermined: bool = False  # a term is printed that cannot be counted out
    documents: int = 0
    clauses: int = 0
    doubts: int = 0


class Item(BaseModel):
    """One file that was brought in."""

    model_config = ConfigDict(frozen=True)

    id: str
    given: str  # the name it came with, the archive's before it
    who: str
    at: AwareDatetime
    digest: str  # sha256
    state: State = "waiting"
    name: str = ""  # in the draft
    said: Sentence | None = None  # why it was refused
    facts: Facts = Facts()


class Items:
    """Those of all drafts. Changes are made under one lock."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._lock = threading.Lock()

    def all(self, draft: Draft) -> list[Item]:
        """In the order they came; what cannot be read any more is passed over."""
        return list(self._read(self._folder(draft)))

    def waiting(self, draft: Draft) -> list[Item]:
        """Those that have still to be read."""
        return [item for item in self.all(draft) if item.state == "waiting"]

    def bytes_of(self, draft: Draft, item: Item) -> Path:
        """Where the bytes of a file lie that was not read yet."""
        return self._folder(draft) / f"{item.id}.file"

    def put(self, draft: Draft, item: Item) -> None:
        """Keep how a file stands now; of one that waits no more the bytes are removed."""
        open_draft(self._home, draft.id)  # raises when it was thrown away: no folder of it is made again
        folder = self._folder(draft)
        folder.mkdir(exist_ok=True)
        aside = folder / f"{item.id}.aside"
        try:
            aside.write_text(item.model_dump_json(), encoding="utf-8")
            aside.replace(folder / f"{item.id}.json")
        except OSError as error:
            raise DraftUnusable("web.file_cannot_kept", reason=error.strerror or error) from error
        if item.state != "waiting":
            self.bytes_of(draft, item).unlink(missing_ok=True)

    def bring(self, draft: Draft, came: list[tuple[str, Path]], who: str, at: AwareDatetime) -> list[Item]:
        """Take over files that have come, by the names they came with. The same file twice is refused by name.

        Raises DraftUnusable when too many would wait; then none was taken over.
        """
        with self._lock:
            known = self.all(draft)
            if sum(item.state == "waiting" for item in known) + len(came) > MOST_WAITING:
                raise DraftUnusable("web.too_many_files_wait", most=MOST_WAITING)
            names = {digest: name for name, digest in file_digests(draft_folder(self._home, draft)).items()}
            names |= {item.digest: item.given for item in known if item.state == "waiting"}
            number = max((int(item.id) for item in known), default=0)
            made: list[Item] = []
            for given, path in came:
                number += 1
                made.append(self._brought(draft, f"{number:06d}", given[-LONGEST_NAME:], path, who, at, names))
        return made

    def refuse(self, draft: Draft, given: str, said: Sentence, who: str, at: AwareDatetime) -> Item:
        """Keep that something that came was refused as a whole."""
        with self._lock:
            number = max((int(item.id) for item in self.all(draft)), default=0) + 1
            item = Item(id=f"{number:06d}", given=given, who=who, at=at, digest="", state="refused", said=said)
            self.put(draft, item)
        return item

    def forget_refused(self, draft: Draft) -> None:
        """Take what was refused off the list."""
        with self._lock:
            for item in self.all(draft):
                if item.state == "refused":
                    (self._folder(draft) / f"{item.id}.json").unlink(missing_ok=True)

    @contextmanager
    def aside(self, draft: Draft) -> Generator[Path]:
        """A new folder for what is coming in; gone at the end."""
        open_draft(self._home, draft.id)
        folder = self._folder(draft)
        folder.mkdir(exist_ok=True)
        number = 0
        while True:
            path = folder / f"coming-{number}"
            try:
                path.mkdir()
                break
            except FileExistsError:
                number += 1
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)

    def clear_up(self, draft: Draft) -> None:
        """Remove what a service that was killed left behind; nothing may be coming in."""
        folder = self._folder(draft)
        known = {item.id for item in self.waiting(draft)}
        for path in folder.iterdir() if folder.is_dir() else ():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif path.suffix == ".aside" or (path.suffix == ".file" and path.stem not in known):
                path.unlink(missing_ok=True)

    def _brought(
        self, draft: Draft, identity: str, given: str, path: Path, who: str, at: AwareDatetime, names: dict[str, str]
    ) -> Item:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        item = Item(id=identity, given=given, who=who, at=at, digest=digest)
        if digest in names:
            said = Sentence("ingest.same_file_is_there", name=given, other=names[digest])
            item = item.model_copy(update={"state": "refused", "said": said})
        else:
            names[digest] = given
            path.replace(self.bytes_of(draft, item))  # before it is listed: what is listed is there
        self.put(draft, item)
        return item

    def _folder(self, draft: Draft) -> Path:
        return draft_place(self._home, draft) / FOLDER

    def _read(self, folder: Path) -> Iterator[Item]:
        for path in sorted(folder.glob("*.json")):
            try:
                yield Item.model_validate_json(path.read_bytes())
            except (OSError, ValidationError):
                continue


def keep(given: BinaryIO, path: Path) -> None:
    """Write down a file that is coming in. Raises DraftUnusable on a full disk."""
    try:
        with path.open("wb") as file:
            shutil.copyfileobj(given, file)
    except OSError as error:
        raise DraftUnusable("web.file_cannot_kept", reason=error.strerror or error) from error
