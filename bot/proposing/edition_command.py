"""``python -m bot draft-edition``: a chat model drafts the English beside the clauses; the drafts are written as files."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from bot.proposing.command import documents_named, source_of
from bot.proposing.edition_draft import Drafted, draft_edition
from bot.proposing.run import model_of
from bot.proposing.writing import check_folder
from bot.settings import BotSettings
from ingest.corpus_config import EDITION
from ingest.editions.files import document_text, read_edition_files
from ingest.errors import RecordsUnusable
from ingest.normalise import match_form

OUT = "edition-drafts"  # below POLICYQA_HOME
_UNSAFE, _LONGEST_NAME = '<>:"|?*\\/', 60
NOT_WHOLE = 1  # exit status: some sentences have no English


def declare_draft_options(drafting: argparse.ArgumentParser) -> None:
    """The options of the command."""
    drafting.add_argument("path", nargs="?", type=Path, help="a corpus folder or a file; default: what serves")
    drafting.add_argument("--document", metavar="TITLE", help="only this document; a part of its title is enough")
    drafting.add_argument("--out", type=Path, metavar="DIR", help=f"where files are written; default: var/{OUT}")
    drafting.add_argument("--json", action="store_true", help="the summary for machines")


def draft_command(options: argparse.Namespace, settings: BotSettings) -> tuple[str, int]:
    """Draft and write; what there is to say, and the exit status: 1 when sentences were left without English.

    A document that has a file there is not drafted again. Raises ModelUnusable without a model, UnusableInput for a title that names
    no document or several, RecordsUnusable when files cannot be written.
    """
    model = model_of(settings)
    source = source_of(options.path, settings)
    documents = documents_named(options.document, source.documents) if options.document else source.documents
    out: Path = options.out or settings.home / OUT
    check_folder(out)
    there = {match_form(one.document) for one in read_edition_files(out).documents}
    wanted = [one for one in documents if match_form(one.title) not in there]
    drafted = draft_edition(model, wanted, source.clauses)
    paths = write_edition(out, drafted)
    said = json.dumps(_told(drafted, paths), ensure_ascii=False) if options.json else _summary(drafted, paths)
    return said, NOT_WHOLE if drafted.left_out else 0


def _path(out: Path, title: str) -> Path:
    name = "".join("_" if sign in _UNSAFE or not sign.isprintable() else sign for sign in title).strip(". ")
    return out / EDITION / f"{name[:_LONGEST_NAME] or 'document'}.json"


def write_edition(out: Path, drafted: Drafted) -> list[Path]:
    """Write each document below a corpus folder, whole or not at all. Raises RecordsUnusable."""
    paths = [_path(out, document.document) for document in drafted.documents]
    for path, document in zip(paths, drafted.documents, strict=True):
        aside = path.with_name(f".{path.name}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            aside.write_text(document_text(document), encoding="utf-8")
            aside.replace(path)
        except OSError as error:
            raise RecordsUnusable("bot.cannot_be_kept", path=out, reason=error.strerror or error) from error
    return paths


def _told(drafted: Drafted, paths: Sequence[Path]) -> dict[str, object]:
    return {
        "documents": len(drafted.documents),
        "sentences": drafted.sentences,
        "standing": drafted.standing,
        "left_out": dict(sorted(drafted.left_out.items())),
        "files": [str(path) for path in paths],
    }


def _summary(drafted: Drafted, paths: Sequence[Path]) -> str:
    standing = f"{drafted.standing} of {drafted.sentences} sentences and headings"
    lines = [f"{standing} have English that says the same; a model made it and nobody accepted it."]
    if drafted.left_out:
        reasons = ", ".join(f"{reason} {times}" for reason, times in sorted(drafted.left_out.items()))
        lines.append(f"Left out: {reasons}.")
    return "\n".join([*lines, *(f"  {path}" for path in paths)])
