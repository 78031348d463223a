"""Which corpus serves: the folder as delivered, or a version that staff published over it.

    <home>/corpus-versions/
        lock                    held by the one that publishes
        serving.json            which version serves, and every version kept; replaced as a whole, never edited
        published/<id>/<name>/  one whole corpus: its texts, corpus.toml, glossary.toml; never changed again
        drafts/<id>/            versions in the making (see :mod:`ingest.corpus.draft`)

``serving.json`` is the one place that decides. It counts only for the delivered folder it names, so that another
POLICYQA_CORPUS, or a checkout without it, is served as it stands. ``<name>`` is the name of the delivered folder, which
a corpus without corpus.toml takes its title from.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from ingest.corpus.load import source_files
from ingest.corpus_config import EDITION, ENTITLEMENTS
from ingest.errors import CorpusUnusable, DraftUnusable

FOLDER = "corpus-versions"
POINTER = "serving.json"
VERSIONS = "published"
LOCK = "lock"
IDENTIFIER = r"[0-9]{8}-[0-9]{6}-[0-9a-f]{4}"
"""Form of the id of a version: the moment it was made (UTC) and four digits that keep two apart."""

Difference = Literal["new", "changed", "gone"]


class Version(BaseModel):
    """One version of the corpus, and where it comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=f"^{IDENTIFIER}$")
    name: str  # of the folder inside
    made_at: AwareDatetime
    who: str  # empty: the delivered folder as it was found
    note: str = ""
    over: str = ""  # id of the version it was made from; empty for the delivered folder
    delivered: Mapping[str, str]  # files of the delivered folder it goes back to → sha256


class Published(BaseModel):
    """The content of ``serving.json``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    base: Path  # the delivered folder for which this counts
    serving: str
    versions: tuple[Version, ...]  # oldest first

    def version(self, identifier: str) -> Version:
        """One of the versions kept. Raises DraftUnusable when there is none of that id."""
        for version in self.versions:
            if version.id == identifier:
                return version
        raise DraftUnusable("ingest.no_version", identifier=identifier)


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file in which two corpus folders differ."""

    name: str
    difference: Difference


def serving_folder(corpus: Path, home: Path) -> Path:
    """The folder to load for the setting ``corpus``: a published version of it, or the folder itself.

    Raises CorpusUnusable when ``serving.json`` cannot be read or the version it names is gone.
    """
    published = published_over(corpus, home)
    if published is None:
        return corpus
    folder = version_folder(home, published.version(published.serving))
    if not folder.is_dir():
        raise CorpusUnusable(
            "ingest.published_corpus_is_gone", folder=folder, file=home / FOLDER / POINTER, corpus=corpus
        )
    return folder


def published_over(corpus: Path, home: Path) -> Published | None:
    """What was published over the delivered folder ``corpus``; None when nothing was. Raises CorpusUnusable."""
    published = read_published(home)
    return published if published is not None and published.base == corpus.resolve() else None


def read_published(home: Path) -> Published | None:
    """``serving.json``, whatever delivered folder it is for; None when nothing was published. Raises CorpusUnusable."""
    path = home / FOLDER / POINTER
    try:
        published = Published.model_validate_json(path.read_bytes())
        published.version(published.serving)
    except FileNotFoundError:
        return None
    except (OSError, ValidationError, DraftUnusable) as error:
        raise CorpusUnusable("ingest.pointer_cannot_be_read", path=path) from error
    return published


def version_folder(home: Path, version: Version) -> Path:
    """Where the texts of a version lie."""
    return home / FOLDER / VERSIONS / version.id / version.name


def version_named(folder: Path) -> str:
    """The id of the published version whose texts lie in a folder; empty where it is none, as the delivered one."""
    place = folder.parent
    return place.name if place.parent.name == VERSIONS and re.fullmatch(IDENTIFIER, place.name) else ""


def write_published(home: Path, published: Published) -> None:
    """Replace ``serving.json`` in one step: from then on its version serves. Raises OSError."""
    path = home / FOLDER / POINTER
    aside = path.with_name(f".{POINTER}.{os.getpid()}")
    with aside.open("w", encoding="utf-8") as file:
        file.write(published.model_dump_json(indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    with suppress(OSError):  # it serves by now: what comes after must not look like a failure
        flush_folder(path.parent)


# ── Folders of a corpus ────────────────────────────────────────────────────────────────────────


def check_apart(corpus: Path, home: Path) -> None:
    """Raises DraftUnusable when versions would be kept inside the delivered folder, and so be read as part of it."""
    if home.resolve().is_relative_to(corpus.resolve()):
        raise DraftUnusable("ingest.home_lies_in_corpus", home=home, corpus=corpus)


def corpus_files(folder: Path) -> Iterator[Path]:
    """All that makes up a corpus: texts, ``*.toml`` beside them, records of entitlements, its edition; sorted by name."""
    beside = (*folder.glob("*.toml"), *folder.glob(f"{ENTITLEMENTS}/*.json"), *folder.glob(f"{EDITION}/*.json"))
    settings = (path for path in beside if path.is_file() and not path.name.startswith("."))
    yield from sorted({*source_files(folder), *settings})


def file_digests(folder: Path) -> dict[str, str]:
    """sha256 of every file of a corpus by its path in the folder, "/" between parts."""
    digests: dict[str, str] = {}
    for path in corpus_files(folder):
        with path.open("rb") as file:
            digests[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return digests


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[FileChange]:
    """In which files two corpora differ, by :func:`file_digests`."""
    changes: list[FileChange] = []
    for name in sorted(before.keys() | after.keys()):
        if name not in before:
            changes.append(FileChange(name, "new"))
        elif name not in after:
            changes.append(FileChange(name, "gone"))
        elif before[name] != after[name]:
            changes.append(FileChange(name, "changed"))
    return changes


def copy_corpus(folder: Path, target: Path) -> None:
    """Copy the files of a corpus and see that they are on the disk. ``target`` must not be there. Raises OSError."""
    target.mkdir(parents=True)
    for path in corpus_files(folder):
        copied = target / path.relative_to(folder)
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copied)
        with copied.open("rb+") as file:
            os.fsync(file.fileno())
    for made in (*(path for path in target.rglob("*") if path.is_dir()), target, target.parent):
        flush_folder(made)


def flush_folder(folder: Path) -> None:
    """See that the names in a folder are on the disk."""
    if os.name != "posix":  # elsewhere a folder cannot be opened to be flushed
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def changes_of_delivered(corpus: Path, home: Path) -> list[FileChange]:
    """How the delivered folder differs today from what the serving version goes back to; nothing when it serves itself.

    Such changes are not served until staff start a version from the delivered folder. Raises CorpusUnusable.
    """
    published = published_over(corpus, home)
    if published is None:
        return []
    now = file_digests(corpus) if corpus.is_dir() else {}
    return differences(published.version(published.serving).delivered, now)


def delivered_note(corpus: Path, home: Path) -> list[str]:
    """What ``ingest verify`` says of a published version, in lines; none when the delivered folder serves."""
    published = published_over(corpus, home)
    if published is None:
        return []
    lines = [f"Version {published.serving} serves, published over {corpus}."]
    changes = changes_of_delivered(corpus, home)
    lines.extend(f"  ! {corpus / change.name} is {change.difference} since, and does not serve" for change in changes)
    if changes:
        lines.append("  Start a new version from the delivered folder on /staff/corpus to take this over.")
    return lines


# ── Publishing ─────────────────────────────────────────────────────────────────────────────────


@contextmanager
def publishing_alone(home: Path) -> Generator[None]:
    """One publication at a time. Raises DraftUnusable when another one is under way."""
    (home / FOLDER).mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / FOLDER / LOCK)  # the operating system drops the lock of a killed process
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise DraftUnusable("ingest.another_version_being_published_just") from error
    try:
        yield
    finally:
        lock.release()


def new_identifier(now: datetime, digits: str) -> str:
    """The id of a version made ``now`` (with time zone, UTC); ``digits`` are four hexadecimal ones."""
    return f"{now:%Y%m%d-%H%M%S}-{digits}"


def with_version(published: Published, version: Version, keep: int) -> Published:
    """The same with one more version, which serves; of the older ones the newest ``keep`` - 1 stay."""
    kept: Sequence[Version] = [known for known in published.versions if known.id != version.id]
    kept = kept[max(0, len(kept) - (keep - 1)) :] if keep > 1 else []
    return published.model_copy(update={"serving": version.id, "versions": (*kept, version)})


def remove_version(home: Path, identifier: str) -> None:
    """Delete a version that does not serve. Its texts go first, which makes the room to write the list without it.

    Raises DraftUnusable when it serves, is not kept, or a publication is under way; CorpusUnusable when it cannot be
    deleted. One whose texts are gone already may be deleted again.
    """
    with publishing_alone(home):
        published = read_published(home)
        if published is None:
            raise DraftUnusable("ingest.no_version_published", identifier=identifier)
        if identifier == published.serving:
            raise DraftUnusable("ingest.version_cannot_deleted", identifier=identifier)
        folder = version_folder(home, published.version(identifier)).parent
        kept = tuple(version for version in published.versions if version.id != identifier)
        try:
            if folder.is_dir():
                doomed = folder.rename(folder.with_name(f".{identifier}"))  # whole or gone; a stray is removed later
                shutil.rmtree(doomed)
            write_published(home, published.model_copy(update={"versions": kept}))
        except OSError as error:
            raise CorpusUnusable(
                "ingest.version_cannot_deleted_altogether", identifier=identifier, reason=error.strerror or error
            ) from error


def remove_strays(home: Path, published: Published | None) -> None:
    """Remove version folders that nothing names: left by killed publications, or no longer kept. Raises OSError."""
    known = {version.id for version in published.versions} if published else set[str]()
    versions = home / FOLDER / VERSIONS
    for path in list(versions.iterdir()) if versions.is_dir() else []:
        if path.is_dir() and path.name not in known:
            shutil.rmtree(path)
