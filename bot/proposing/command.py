"""``python -m bot propose-entitlements``: a chat model proposes what clauses grant; the proposals are written as files."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.proposing.answers import KeptAnswers
from bot.proposing.run import Proposed, limits_of_run, model_of, propose, summary_json
from bot.proposing.writing import add_proposals, check_folder
from bot.settings import BotSettings
from ingest.corpus.load import load_corpus, load_file
from ingest.corpus.versions import serving_folder
from ingest.entitlements.attach import attach
from ingest.entitlements.files import read_files
from ingest.entitlements.load import entitlements_of_file, load_entitlements
from ingest.entitlements.types import Entitlements
from ingest.errors import UnusableInput
from ingest.normalise import match_form
from ingest.readers.limits import MEGABYTE, Limits
from ingest.types import Clause, PolicyDocument

OUT = "entitlement-proposals"  # below POLICYQA_HOME
NOT_WHOLE = 1  # exit status: some clauses have no answer


def declare_options(proposing: argparse.ArgumentParser) -> None:
    """The options of the command."""
    proposing.add_argument("path", nargs="?", type=Path, help="a corpus folder or a file; default: what serves")
    proposing.add_argument("--document", metavar="TITLE", help="only this document; a part of its title is enough")
    proposing.add_argument("--out", type=Path, metavar="DIR", help=f"where files are written; default: var/{OUT}")
    proposing.add_argument("--json", action="store_true", help="the summary for machines")


def propose_entitlements(options: argparse.Namespace, settings: BotSettings, today: date) -> tuple[str, int]:
    """Ask and write; what there is to say, and the exit status: 1 when clauses were left without an answer.

    Raises ModelUnusable without a model, UnusableInput for a title that names no document or several.
    """
    model = model_of(settings)
    source = source_of(options.path, settings)
    documents = documents_named(options.document, source.documents) if options.document else source.documents
    out: Path = options.out or settings.home / OUT
    check_folder(out)
    known = _with_reviewed(source, out)
    kept, limits = KeptAnswers.under(settings.home), limits_of_run(settings)
    proposed = propose(model, documents, source.clauses, known, kept, limits, today, _told)
    paths, added = add_proposals(out, proposed.items)
    told = {**summary_json(proposed), "written": added, "files": [str(path) for path in paths]}
    said = json.dumps(told, ensure_ascii=False) if options.json else summary_text(proposed, added, paths)
    return said, NOT_WHOLE if proposed.asked.unanswered else 0


@dataclass(frozen=True)
class Source:
    """What is asked about: documents, their clauses and the records that there are."""

    documents: Sequence[PolicyDocument]
    clauses: Sequence[Clause]
    known: Entitlements


def source_of(path: Path | None, settings: BotSettings) -> Source:
    """A folder or a file, else what serves. Raises UnusableInput for what cannot be read."""
    limits = Limits(settings.max_file_mb * MEGABYTE, settings.max_unpacked_mb * MEGABYTE, settings.max_read_seconds)
    folder = path or serving_folder(settings.corpus, settings.home)
    if path is not None and not path.is_dir():
        part = load_file(path, limits)
        return Source(part.documents, part.clauses, entitlements_of_file(path, part.documents, part.clauses))
    corpus = load_corpus(folder, limits)
    return Source(corpus.documents, corpus.clauses, load_entitlements(corpus))


def documents_named(title: str, documents: Sequence[PolicyDocument]) -> list[PolicyDocument]:
    """The document of a title, or of a part of it that only one has."""
    wanted = match_form(title)
    found = [one for one in documents if match_form(one.title) == wanted]
    found = found or [one for one in documents if wanted and wanted in match_form(one.title)]
    if not found:
        raise UnusableInput("bot.no_document_of_title", title=title)
    titles = list(dict.fromkeys(one.title for one in found))
    if len(titles) > 1:
        raise UnusableInput("bot.several_documents_of_title", title=title, titles="; ".join(titles))
    return found


def _with_reviewed(source: Source, out: Path) -> Entitlements:
    """The records of the corpus, and those of the files to be written to that somebody reviewed."""
    files = read_files(out)
    reviewed = replace(files, records=tuple(one for one in files.records if one.review.by))
    there = attach(reviewed, source.documents, source.clauses)
    known = source.known
    return replace(known, attached=(*known.attached, *there.attached), refused=(*known.refused, *there.refused))


def _told(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done}/{total} clauses{'' if done < total else chr(10)}")


def summary_text(proposed: Proposed, added: int, paths: Sequence[Path]) -> str:
    """What a run came to, for people."""
    asked = proposed.asked
    about = "about " if asked.is_estimate else ""
    requests = f"{asked.clauses} asked in {asked.requests} requests, {asked.remembered} answered before"
    lines = [
        f"{proposed.clauses} clauses of {proposed.documents} documents: {requests}.",
        f"{len(proposed.items)} records proposed, {added} of them new in the files; nobody checked them.",
        f"Tokens: {about}{asked.sent:,} sent, {about}{asked.written:,} written.",
    ]
    if proposed.as_text:
        lines.append(f"Conditions kept as their own words: {proposed.as_text}.")
    lines += _counted("Left out", proposed.dropped) + _counted("Clauses without an answer", asked.unanswered)
    if asked.stopped:
        lines.append(f"Stopped early ({asked.stopped}); the same command goes on from here.")
    return "\n".join([*lines, *(f"  {path}" for path in paths)])


def _counted(what: str, reasons: Mapping[str, int]) -> list[str]:
    told = ", ".join(f"{reason} {times}" for reason, times in sorted(reasons.items()))
    return [f"{what}: {told}."] if told else []
