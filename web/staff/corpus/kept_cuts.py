"""What files of a draft were cut into, kept beside its texts, so that looking again cuts nothing again.

<draft>/cuts/<key>/
    summary.json      what stands above the blocks
    1.json 2.json …   the blocks, a page in each

A page of the preview is read on its own: however large a file is, the service itself never holds the whole of it.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from ingest.corpus.load import INGEST_VERSION, Segmented
from ingest.corpus_config import SourceConfig
from web.staff.corpus.preview import Block, Summary, pages_of, summary_of

FORM_VERSION = "1"  # raised whenever the same cut would be written down otherwise
CUTS_KEPT = 40  # files in one draft; the compendium takes two megabytes
SUMMARY = "summary.json"
_SUMMARY = TypeAdapter(Summary)
_PAGE = TypeAdapter(tuple[Block, ...])


@dataclass(frozen=True, slots=True)
class KeptCut:
    """One file, cut up and written down."""

    folder: Path
    summary: Summary

    def page(self, number: int) -> tuple[Block, ...]:
        """The blocks of a page, counted from 1; nothing when there is no such page."""
        try:
            return _PAGE.validate_json((self.folder / f"{number}.json").read_bytes())
        except FileNotFoundError:
            return ()


def key_of(path: Path, name: str, config: SourceConfig) -> str:
    """A digest of all that decides how a file is cut: its bytes, its name, what corpus.toml says of it, our version."""
    said = config.model_dump_json(exclude={"file"})
    digest = hashlib.sha256(f"{INGEST_VERSION}\0{FORM_VERSION}\0{name}\0{said}\0".encode())
    with path.open("rb") as file:
        digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:32]


def write_cut(segmented: Segmented, folder: Path) -> None:
    """Write a cut down in a new folder; the summary comes last, so that a folder with one is whole."""
    folder.mkdir()
    page_of: dict[str, int] = {}
    number = 0
    for number, page in enumerate(pages_of(segmented), 1):
        page_of.update((block.anchor, number) for block in page if block.kind in ("document", "doubt"))
        (folder / f"{number}.json").write_bytes(_PAGE.dump_json(page))
    (folder / SUMMARY).write_bytes(_SUMMARY.dump_json(summary_of(segmented, page_of, number)))


def kept_cut(folder: Path) -> KeptCut | None:
    """What was written into a folder; None when there is none, or one of another version of ours."""
    try:
        return KeptCut(folder, _SUMMARY.validate_json((folder / SUMMARY).read_bytes()))
    except (FileNotFoundError, ValidationError):
        return None


def keep_cut(written: Path, folder: Path) -> None:
    """Let what was written aside stand as ``folder``, and forget the oldest beyond CUTS_KEPT."""
    folder.parent.mkdir(exist_ok=True)
    if kept_cut(folder) is None:
        shutil.rmtree(folder, ignore_errors=True)
        written.rename(folder)
    known = sorted(folder.parent.iterdir(), key=lambda path: path.stat().st_mtime)
    for path in known[:-CUTS_KEPT]:
        shutil.rmtree(path, ignore_errors=True)
