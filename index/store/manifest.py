"""What an index says of itself: what it was built from, by what, and how to tell that a file of it changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Self, cast

from index.store.checked_files import CheckedFiles
from ingest.errors import IndexCorrupt
from ingest.sentences import Sentence

INDEX_FORMAT = 6
"""Raised whenever the same corpus would give another index: other files, other texts embedded, other tokens."""

LIBRARIES = ("faiss-cpu", "jieba", "opencc")  # each decides what stands in the files or what is looked up
MANIFEST = "manifest.json"
KINDS = "kinds"  # a field that indexes of format 1 lack: they are outdated, not damaged
EDITION = "edition"  # a field that is not written where there is no edition: such an index knows nothing of editions


@dataclass(frozen=True, slots=True)
class Manifest:
    """See the module. ``files`` maps a path inside the index folder to the sha256 of its bytes."""

    corpus: str  # Corpus.digest
    glossary: str  # Glossary.digest
    model: str  # TextEncoder.identity
    versions: Mapping[str, str]
    counts: Mapping[str, int]
    files: Mapping[str, str]
    format: int = INDEX_FORMAT
    kinds: Mapping[str, str] = field(default_factory=dict[str, str])  # how each table of vectors is searched
    edition: str = ""  # Edition.digest

    def outdated(self, corpus: str, glossary: str, model: str, edition: str = "") -> Sentence | None:
        """Why this index does not fit, to follow on "The index …"; None when it does."""
        if self.format != INDEX_FORMAT:
            return Sentence("index.of_another_format", format=self.format, read=INDEX_FORMAT)
        if self.corpus != corpus:
            return Sentence("index.of_other_texts")
        if self.glossary != glossary:
            return Sentence("index.of_another_glossary")
        if self.model != model:
            return Sentence("index.of_another_model", model=self.model, wanted=model)
        if self.edition != edition:
            return Sentence("index.of_another_edition")
        now = library_versions()
        changed = sorted(name for name in now if self.versions.get(name) != now[name])
        return Sentence("index.of_another_library", library=changed[0]) if changed else None

    def to_json(self) -> str:
        """For the file."""
        fields = {name: value for name, value in asdict(self).items() if value or name != EDITION}
        return json.dumps(fields, ensure_ascii=False, indent=2, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads :meth:`to_json`'s text; ValueError when it is anything else."""
        read: object = json.loads(text)
        if not isinstance(read, dict):
            raise ValueError("a manifest is an object")
        row = cast(dict[str, object], read)
        if {*row, KINDS, EDITION} != set(cls.__dataclass_fields__) or not isinstance(row["format"], int):
            raise ValueError("a manifest has other fields")
        return cls(
            corpus=str(row["corpus"]),
            glossary=str(row["glossary"]),
            model=str(row["model"]),
            versions={name: str(value) for name, value in _mapping(row["versions"]).items()},
            counts={name: value for name, value in _mapping(row["counts"]).items() if isinstance(value, int)},
            files={name: str(value) for name, value in _mapping(row["files"]).items()},
            format=row["format"],
            kinds={name: str(value) for name, value in _mapping(row.get(KINDS, {})).items()},
            edition=str(row.get(EDITION, "")),
        )


def library_versions() -> dict[str, str]:
    """Installed versions of the libraries an index depends on."""
    return {name: version(name) for name in LIBRARIES}


def describe_files(folder: Path, leaving_out: str) -> dict[str, str]:
    """sha256 of every file below ``folder`` by its path there, "/" between parts, but for one name.

    Large files that were described before and not touched since are not read again.
    """
    described: dict[str, str] = {}
    checked = CheckedFiles(folder.parent)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != leaving_out:
            described[name] = checked.sha256(path)
    checked.save()
    return described


def checked_manifest(folder: Path) -> Manifest:
    """What a whole index says of itself, after checking every file of it. Raises IndexCorrupt."""
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """What an index says of itself. Raises IndexCorrupt."""
    try:
        return Manifest.from_json((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IndexCorrupt("index.index_file_missing", file=folder / MANIFEST) from error


def check_files(folder: Path, manifest: Manifest, spared: Collection[str] = ()) -> None:
    """Sees that the files are those of the manifest; those named as ``spared`` may be missing. Raises IndexCorrupt."""
    try:
        present = describe_files(folder, leaving_out=MANIFEST)
    except OSError as error:
        raise IndexCorrupt("index.index_cannot_be_read", folder=folder, reason=error.strerror) from error
    expected = {name: digest for name, digest in manifest.files.items() if name in present or name not in spared}
    if present != expected:
        wrong = sorted(name for name in present.keys() | expected if present.get(name) != expected.get(name))
        raise IndexCorrupt("index.index_file_damaged", file=wrong[0], folder=folder)


def _mapping(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ValueError("a manifest holds objects")
    return cast(dict[str, object], value)
