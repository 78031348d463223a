"""``python -m ingest build|verify|show|entitlements PATH…``: cut policy texts into clauses and show what came of it."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tqdm import tqdm

from ingest.command_line import BAD_INPUT, run
from ingest.corpus.cache import load_file_once
from ingest.corpus.load import Segmented, load_corpus, load_file, source_files, unread_files
from ingest.corpus.versions import delivered_note, serving_folder
from ingest.editions.files import edition_paths
from ingest.editions.load import load_edition
from ingest.entitlements.files import record_paths
from ingest.entitlements.load import entitlements_of_file, load_entitlements
from ingest.entitlements.proposing import proposals
from ingest.entitlements.rules.proposer import RuleProposer
from ingest.entitlements.types import Attached, Entitlements
from ingest.errors import CorpusUnusable, LosslessnessBroken, SourceUnreadable
from ingest.facts.table_units import words_shown
from ingest.output.entitlements import (
    attached_json,
    attached_line,
    faults,
    flagged_json,
    flagged_line,
    summary,
)
from ingest.output.html_view import source_page
from ingest.output.json_form import clause_json
from ingest.output.report import FileReport, document_lines
from ingest.readers.limits import MEGABYTE, Limits
from ingest.settings import IngestSettings
from ingest.types import Corpus, Span

FINDING = 1
FEWEST_FOR_A_BAR = 5  # files; fewer are done before a bar could be read


def main(arguments: list[str] | None = None) -> int:
    """Entry point; returns the exit status."""
    options = _parser().parse_args(arguments)
    return run(lambda: _command(options), debug=options.debug)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ingest", description="Cut policy texts into clauses.")
    parser.add_argument("--debug", action="store_true", help="show a traceback with an error")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, help_text in (
        ("build", "read and cut files; report documents, clauses and doubtful places"),
        ("verify", "prove that every character belongs to exactly one clause, heading or named furniture"),
        ("show", "print the clauses of files"),
        ("entitlements", "list what clauses grant: records attached or flagged, and what the rules propose"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("paths", nargs="*", type=Path, help="files or folders; default: the corpus folder")
        command.add_argument(
            "--json", action="store_true", help="for machines; show prints one clause or record a line"
        )
        if name == "show":
            command.add_argument("--html", type=Path, metavar="PAGE", help="write a page that shows the source, cut up")
    return parser


def _command(options: argparse.Namespace) -> int:
    settings = IngestSettings()
    limits = Limits(settings.max_file_mb * MEGABYTE, settings.max_unpacked_mb * MEGABYTE, settings.max_read_seconds)
    named: list[Path] = options.paths or [serving_folder(settings.corpus, settings.home)]
    if options.command == "entitlements":
        return _entitlements(named, limits, options.json)
    paths = list(_files(named))
    actions = {"build": _build, "verify": _verify, "show": _show}
    failed = 0
    for path in tqdm(paths, unit="file", disable=len(paths) < FEWEST_FOR_A_BAR or None, file=sys.stderr):
        started = time.perf_counter()
        try:
            if options.command == "build":
                segmented, unchanged = load_file_once(path, settings.home / "ingest", limits)
            else:
                segmented, unchanged = load_file(path, limits), False
        except (SourceUnreadable, LosslessnessBroken) as error:
            print(error, file=sys.stderr)
            failed += 1
            continue
        report = FileReport(segmented, time.perf_counter() - started, unchanged)
        if options.command == "show" and options.html:
            _write_page(segmented, path, options.html)
        else:
            actions[options.command](report, options.json)
    if options.command == "verify" and not options.paths:
        for line in delivered_note(settings.corpus, settings.home):
            print(line, file=sys.stderr)
    faulty = sum(_verify_beside(path, limits, options.json) for path in named) if options.command == "verify" else 0
    folders = [path for path in named if path.is_dir() and options.command != "show"]
    unread = [why for folder in folders for _, why in unread_files(folder)]
    for why in unread:
        print(why, file=sys.stderr)
    failed += len(unread)
    if failed:
        total = len(paths) + len(unread)
        print(f"{failed} of {total} files could not be read; the others went through.", file=sys.stderr)
    return BAD_INPUT if failed else FINDING if faulty else 0


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            found = list(source_files(path))
            if not found:
                raise CorpusUnusable("ingest.no_text_here", path=path)
            yield from found
        else:
            yield path


def _write_page(segmented: Segmented, path: Path, page: Path) -> None:
    """One page a file; with several files PAGE is a folder."""
    target = page / f"{path.name}.html" if page.is_dir() else page
    known = entitlements_of_file(path, segmented.documents, segmented.clauses)
    proposed = tuple(proposals(RuleProposer(), segmented.documents, segmented.clauses, known))
    target.write_text(source_page(segmented, replace(known, attached=(*known.attached, *proposed))), encoding="utf-8")
    print(f"wrote {target}: {len(segmented.clauses)} clauses. Open it in a browser.")


def _build(report: FileReport, as_json: bool) -> None:
    print(json.dumps(report.as_json(), ensure_ascii=False) if as_json else report.as_text())


def _verify(report: FileReport, as_json: bool) -> None:
    """Loading has checked the ledger already and would have raised; what is left is to say so."""
    segmented = report.segmented
    owned = len(segmented.source.text) - sum(len(item.span) for item in segmented.furniture)
    result = {
        "file": segmented.source.name,
        "characters": len(segmented.source.text),
        "owned": owned,
        "furniture": len(segmented.source.text) - owned,
        "lossless": True,
    }
    if as_json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        print(
            f"{segmented.source.name}   {len(segmented.source.text):,} characters: {owned:,} in"
            f" {len(segmented.clauses)} clauses and {len(segmented.headings)} headings,"
            f" {len(segmented.source.text) - owned:,} named as furniture. Nothing lost, nothing twice."
        )


def _show(report: FileReport, as_json: bool) -> None:
    """The clauses; what is known of a document stands before its first one, doubts behind the last."""
    segmented = report.segmented
    documents = {document.id: document for document in segmented.documents}
    shown: set[str] = set()
    for clause in segmented.clauses:
        document = documents[clause.document]
        if as_json:
            print(json.dumps(clause_json(clause, document), ensure_ascii=False))
            continue
        if document.id not in shown:
            shown.add(document.id)
            print("\n".join(("", *document_lines(document))))
        page = f"  p.{clause.page}" if clause.page is not None else ""
        print(f"\n{document.title} {clause.address}  [{clause.role}]{page}\n{' › '.join(clause.path)}")
        print(words_shown(clause, Span(0, len(clause.text))))
    for doubt in segmented.doubts:  # beside the lines that a machine reads, not among them
        print(f"{doubt.source}, line {doubt.line:,}: {doubt.message}", file=sys.stderr if as_json else sys.stdout)


def _verify_beside(path: Path, limits: Limits, as_json: bool) -> int:
    """What lies beside the text of a corpus folder checked against it; how many faults were found."""
    records, edition = bool(record_paths(path)), bool(edition_paths(path))
    if not path.is_dir() or not (records or edition):
        return 0
    corpus = load_corpus(path, limits)
    faulty: list[str] = _verify_records(corpus, as_json) if records else []
    faulty += _verify_edition(corpus, as_json) if edition else []
    for fault in faulty:
        print(f"  ! {fault}", file=sys.stderr)
    return len(faulty)


def _verify_records(corpus: Corpus, as_json: bool) -> list[str]:
    """The quotes of the records that do not stand."""
    found = load_entitlements(corpus)
    faulty = faults(found)
    if as_json:
        print(json.dumps({"entitlements": len(found.attached), "faults": faulty}, ensure_ascii=False))
    else:
        print(summary(found))
    return faulty


def _verify_edition(corpus: Corpus, as_json: bool) -> list[str]:
    """The sentences of the English edition that do not stand, or say something else."""
    edition = load_edition(corpus)
    sentences, whole = sum(map(len, edition.sentences.values())), len(edition.sentences.keys() - edition.incomplete)
    if as_json:
        result = {"english": sentences, "clauses": whole, "faults": edition.faults}
        print(json.dumps(result, ensure_ascii=False))
    else:
        print(
            f"English edition: {sentences:,} sentences stand; {whole:,} of {len(corpus.clauses):,} clauses whole;"
            f" {len(edition.faults)} faults."
        )
    return list(edition.faults)


def _entitlements(paths: list[Path], limits: Limits, as_json: bool) -> int:
    """List records and proposals of folders and files; status 1 when a record is flagged."""
    flagged = 0
    for path in paths:
        if path.is_dir():
            corpus = load_corpus(path, limits)
            known, documents, clauses = load_entitlements(corpus), corpus.documents, corpus.clauses
        else:
            part = load_file(path, limits)
            documents, clauses = part.documents, part.clauses
            known = entitlements_of_file(path, documents, clauses)
        _list(known, list(proposals(RuleProposer(), documents, clauses, known)), as_json)
        flagged += len(faults(known))
    return FINDING if flagged else 0


def _list(known: Entitlements, proposed: list[Attached], as_json: bool) -> None:
    for item in known.attached:
        print(_line(attached_json(item, "attached")) if as_json else attached_line(item, "attached"))
    for item in known.flagged:
        print(_line(flagged_json(item)) if as_json else flagged_line(item))
    for item in proposed:
        print(_line(attached_json(item, "proposed")) if as_json else attached_line(item, "proposed"))
    if not as_json:
        print(f"{summary(known)} {len(proposed)} proposed by rules, which nobody checked.")


def _line(row: dict[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
