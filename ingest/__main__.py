"""``python -m ingest build|verify|show PATH…``: cut policy texts into clauses and show what came of it."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

from ingest.command_line import BAD_INPUT, run
from ingest.corpus.cache import load_file_once
from ingest.corpus.load import Segmented, load_file, source_files
from ingest.corpus.versions import delivered_note, serving_folder
from ingest.errors import CorpusUnusable, SourceUnreadable
from ingest.output.html_view import source_page
from ingest.output.json_form import clause_json
from ingest.output.report import FileReport
from ingest.readers.limits import MEGABYTE, Limits
from ingest.settings import IngestSettings

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
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("paths", nargs="*", type=Path, help="files or folders; default: the corpus folder")
        command.add_argument("--json", action="store_true", help="for machines; show prints one clause a line")
        if name == "show":
            command.add_argument("--html", type=Path, metavar="PAGE", help="write a page that shows the source, cut up")
    return parser


def _command(options: argparse.Namespace) -> int:
    settings = IngestSettings()
    limits = Limits(settings.max_file_mb * MEGABYTE, settings.max_unpacked_mb * MEGABYTE, settings.max_read_seconds)
    paths = list(_files(options.paths or [serving_folder(settings.corpus, settings.home)]))
    actions = {"build": _build, "verify": _verify, "show": _show}
    failed = 0
    for path in tqdm(paths, unit="file", disable=len(paths) < FEWEST_FOR_A_BAR or None, file=sys.stderr):
        started = time.perf_counter()
        try:
            if options.command == "build":
                segmented, unchanged = load_file_once(path, settings.home / "ingest", limits)
            else:
                segmented, unchanged = load_file(path, limits), False
        except SourceUnreadable as error:
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
    if failed:
        print(f"{failed} of {len(paths)} files could not be read; the others went through.", file=sys.stderr)
    return BAD_INPUT if failed else 0


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
    target.write_text(source_page(segmented), encoding="utf-8")
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
    segmented = report.segmented
    documents = {document.id: document for document in segmented.documents}
    for clause in segmented.clauses:
        document = documents[clause.document]
        if as_json:
            print(json.dumps(clause_json(clause, document), ensure_ascii=False))
        else:
            page = f"  p.{clause.page}" if clause.page is not None else ""
            print(
                f"\n{document.title} {clause.address}  [{clause.role}]{page}\n{' › '.join(clause.path)}\n{clause.text}"
            )


if __name__ == "__main__":
    sys.exit(main())
