"""Versions of the corpus in the making: a copy of what serves, changed file by file, published later or thrown away.

<home>/corpus-versions/drafts/<id>/
    draft.json        who began it, when, over which version
    <name>/           the texts, corpus.toml, glossary.toml
    incoming/         what has just come and was not looked at yet
    cuts/             what its texts were cut into, kept by the staff page
"""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from ingest.corpus.edit import forget_source, rename_source
from ingest.corpus.load import source_files
from ingest.corpus.versions import (
    FOLDER,
    FileChange,
    check_apart,
    copy_corpus,
    differences,
    file_digests,
    published_over,
    serving_folder,
)
from ingest.corpus_config import read_config
from ingest.errors import CorpusUnusable, DraftUnusable
from ingest.readers.dispatch import format_of

DRAFTS = "drafts"
ABOUT = "draft.json"
INCOMING = "incoming"
IDENTIFIER = r"[0-9a-f]{12}"
MOST_DRAFTS = 50  # at a time; each is a copy of the texts
LEFT_BEHIND_S = 24 * 3600.0  # what has lain so long among what comes in was left there by a service that was killed
LONGEST_NAME = 80  # characters of a file's name: 240 bytes of UTF-8, file systems take 255
_SUFFIXES = {
    "text": (".txt",),
    "markdown": (".md", ".markdown"),
    "html": (".html", ".htm", ".xhtml"),
    "docx": (".docx",),
    "pdf": (".pdf",),
    "xlsx": (".xlsx",),
    "csv": (".csv",),
    "doc": (".doc", ".wps", ".rtf"),
    "xls": (".xls", ".et", ".ods"),
}
# What a file system, a page or a shell could take for something else than part of a name.
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\\/&$`{}%#;\x7f]')


class Draft(BaseModel):
    """A version in the making."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=f"^{IDENTIFIER}$")
    name: str  # of the folder inside, as the delivered one
    made_at: AwareDatetime
    who: str
    over: str  # id of the version that served when it was begun; empty for the delivered folder
    from_delivered: bool = False  # copied from the delivered folder although a version served
    delivered: Mapping[str, str]  # files of the delivered folder it goes back to → sha256


def start_draft(corpus: Path, home: Path, who: str, now: datetime, *, from_delivered: bool = False) -> Draft:
    """A new draft: a copy of the version that serves, or of the delivered folder as it is today.

    Raises DraftUnusable when there are too many or the settings allow none, CorpusUnusable when the corpus cannot be copied.
    """
    check_apart(corpus, home)
    published = published_over(corpus, home)
    folder = corpus if from_delivered else serving_folder(corpus, home)
    goes_back = published is not None and not from_delivered
    identifier = secrets.token_hex(6)
    try:
        draft = Draft(
            id=identifier,
            name=corpus.resolve().name or FOLDER,
            made_at=now,
            who=who,
            over=published.serving if published else "",
            from_delivered=from_delivered and published is not None,
            delivered=published.version(published.serving).delivered
            if published and goes_back
            else file_digests(corpus),
        )
        if len(drafts(home)) >= MOST_DRAFTS:
            raise DraftUnusable("ingest.too_many_drafts", most=MOST_DRAFTS)
        copy_corpus(folder, draft_folder(home, draft))
        (_place(home, draft.id) / ABOUT).write_text(draft.model_dump_json(indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        shutil.rmtree(_place(home, identifier), ignore_errors=True)  # half of one takes room that nobody would see
        raise CorpusUnusable(
            "ingest.draft_cannot_be_written", folder=home / FOLDER, reason=error.strerror or error
        ) from error
    return draft


def drafts(home: Path) -> list[Draft]:
    """Every draft, the newest first; one that was never finished being made is passed over."""
    folder = home / FOLDER / DRAFTS
    found: list[Draft] = []
    for path in folder.iterdir() if folder.is_dir() else ():
        try:
            found.append(open_draft(home, path.name))
        except DraftUnusable:
            continue
    return sorted(found, key=lambda draft: draft.made_at, reverse=True)


def open_draft(home: Path, identifier: str) -> Draft:
    """The draft of an id. Raises DraftUnusable."""
    fault = DraftUnusable("ingest.no_draft", identifier=identifier)
    if not re.fullmatch(IDENTIFIER, identifier):
        raise fault
    try:
        return Draft.model_validate_json((_place(home, identifier) / ABOUT).read_bytes())
    except (OSError, ValidationError) as error:
        raise fault from error


def draft_folder(home: Path, draft: Draft) -> Path:
    """Where its texts lie: a whole corpus folder."""
    return _place(home, draft.id) / draft.name


def draft_place(home: Path, draft: Draft) -> Path:
    """The draft's own folder, for what belongs to it beside its texts."""
    return _place(home, draft.id)


def discard_draft(home: Path, draft: Draft) -> None:
    """Throw it away."""
    shutil.rmtree(_place(home, draft.id), ignore_errors=True)


def draft_changes(corpus: Path, home: Path, draft: Draft) -> list[FileChange]:
    """In which files a draft differs from what serves today. Raises CorpusUnusable."""
    return differences(file_digests(serving_folder(corpus, home)), file_digests(draft_folder(home, draft)))


def is_outdated(corpus: Path, home: Path, draft: Draft) -> bool:
    """Whether another version was published, or put back, since the draft was begun. Raises CorpusUnusable."""
    published = published_over(corpus, home)
    return draft.over != (published.serving if published else "")


def _place(home: Path, identifier: str) -> Path:
    return home / FOLDER / DRAFTS / identifier


# ── Files ──────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def incoming(home: Path, draft: Draft) -> Generator[Path]:
    """Where to write a file, or a folder, that is coming in; whatever is left there at the end is removed.

    Raises DraftUnusable when the draft was thrown away.
    """
    open_draft(home, draft.id)
    folder = _place(home, draft.id) / INCOMING
    folder.mkdir(exist_ok=True)
    for left in folder.iterdir():
        if left.stat().st_mtime < time.time() - LEFT_BEHIND_S:
            _remove(left)
    path = folder / secrets.token_hex(8)
    try:
        yield path
    finally:
        _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def name_for(folder: Path, came: Path, given_name: str, *, instead_of: str | None = None) -> str:
    """Under which name a file that has come in would stand among a draft's texts: one made of ``given_name``.

    The type is found in the content; the ending follows it. ``instead_of`` is the file it is to replace. Raises
    SourceUnreadable for a type that is not read, and DraftUnusable when the same content is in the draft already or
    ``instead_of`` is not.
    """
    if instead_of is not None:
        source_path(folder, instead_of)
    plain = plain_name(given_name)
    name = with_suffix_of(plain, format_of(came, plain))
    _refuse_twice(folder, came, name)
    if instead_of is not None and PurePosixPath(instead_of).suffix == PurePosixPath(name).suffix:
        return instead_of
    return _unused_name(folder, name)


def put_in(folder: Path, came: Path, name: str, *, instead_of: str | None = None) -> str:
    """Put a file that has come in, and that can be read, among a draft's texts; returns the name it stands under.

    That is ``name`` of :func:`name_for`, or one like it when another file has taken that name meanwhile. The entry of
    ``instead_of`` in corpus.toml goes over to it. Raises DraftUnusable as :func:`name_for` does.
    """
    if instead_of is not None:
        source_path(folder, instead_of)
    _refuse_twice(folder, came, name)
    if name != instead_of:
        name = _unused_name(folder, name)
    came.replace(folder / name)
    if instead_of is not None and name != instead_of:
        rename_source(folder, instead_of, name)
        (folder / instead_of).unlink()
    return name


def take_place(home: Path, draft: Draft, name: str, instead_of: str) -> str:
    """Let a file that is in the draft take the place of another one; returns the name it stands under from then on.

    What was said of it in corpus.toml holds; where nothing was, what was said of the other goes over to it. Raises
    DraftUnusable when either is not there.
    """
    folder = draft_folder(home, draft)
    path, other = source_path(folder, name), source_path(folder, instead_of)
    if path == other:
        raise DraftUnusable("ingest.no_file_in_draft", name=instead_of)
    stands = instead_of if path.suffix == other.suffix else name
    if name in read_config(folder).sources:
        forget_source(folder, instead_of)
        rename_source(folder, name, stands)
    else:
        rename_source(folder, instead_of, stands)
    if stands == name:
        other.unlink()
    else:
        path.replace(other)
    return stands


def _refuse_twice(folder: Path, came: Path, name: str) -> None:
    with came.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    same = [known for known, known_digest in file_digests(folder).items() if known_digest == digest]
    if same:
        raise DraftUnusable("ingest.same_file_is_there", name=name, other=same[0])


def remove_file(home: Path, draft: Draft, name: str) -> None:
    """Take a file out of the draft, with its entry in corpus.toml.

    Raises DraftUnusable when it is not there or is the last one: an empty corpus answers nothing.
    """
    folder = draft_folder(home, draft)
    path = source_path(folder, name)
    if len(list(source_files(folder))) == 1:
        raise DraftUnusable("ingest.last_file", name=name)
    forget_source(folder, name)
    path.unlink()


def source_path(folder: Path, name: str) -> Path:
    """The path of one of the texts of a corpus folder, by its name there. Raises DraftUnusable."""
    for path in source_files(folder):
        if path.relative_to(folder).as_posix() == name:
            return path
    raise DraftUnusable("ingest.no_file_in_draft", name=name)


def plain_name(given: str) -> str:
    """A file's name as it may stand on a disk and on a page: no folders, no signs with a meaning, not hidden."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    safe = " ".join(_NOT_IN_NAMES.sub("_", shown).split()).strip(". ~")
    stem, dot, suffix = safe.rpartition(".")
    if not dot:
        stem, suffix = safe, ""
    if not stem.strip("_ "):
        stem = "policy"
    if stem.upper() == "README":  # which a corpus folder does not count among its texts
        stem = f"{stem}-1"
    return f"{stem[: LONGEST_NAME - len(suffix) - 1]}{dot}{suffix}" if len(suffix) < LONGEST_NAME // 2 else stem


def with_suffix_of(name: str, kind: str) -> str:
    """``name`` with an ending that fits the format that was found in the content."""
    endings = _SUFFIXES[kind]
    stem, dot, suffix = name.rpartition(".")
    if dot and f".{suffix.lower()}" in endings:
        return name
    known = {ending for all_endings in _SUFFIXES.values() for ending in all_endings}
    return f"{stem if dot and f'.{suffix.lower()}' in known else name}{endings[0]}"


def _unused_name(folder: Path, name: str) -> str:
    taken = {path.relative_to(folder).as_posix().casefold() for path in folder.rglob("*")}
    stem, _, suffix = name.rpartition(".")
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{stem}-{number}.{suffix}"
    return free
