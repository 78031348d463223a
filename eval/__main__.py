"""The command line of eval: ask a question set, check it, compare runs, report.

Exit status: 0 done, 1 a regression or a faulty question set, 2 something cannot be used (one sentence on stderr).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn

from pydantic import ValidationError

from bot.chain import PolicyBot
from bot.settings import BotSettings
from eval.about import about_run
from eval.baseline import BASELINE, write_baseline
from eval.case_files import READERS, load_cases, write_cases
from eval.cases import Case
from eval.check import check
from eval.compare import THRESHOLDS, compare, comparison_text, read_measured, read_thresholds
from eval.peers import measure_peers, peers_table
from eval.report import write_reports
from eval.run import Plan, run
from eval.run_folder import RunFolder, read_run, record_seconds
from eval.summary import table
from ingest.corpus import load_corpus
from ingest.errors import EvaluationUnusable, PolicyQAError

INTERRUPTED = 130
"""The exit status shells give to a program ended by Ctrl-C."""

SHOWN_QUESTIONS = 10


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. See {self.prog} --help\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    asked = _parser().parse_args(arguments)
    try:
        return int(asked.command(asked))
    except PolicyQAError as error:
        print(error, file=sys.stderr)
    except ValidationError as error:
        fault = error.errors()[0]
        print(
            f"The setting {'.'.join(map(str, fault['loc']))} is wrong: {fault['msg']}; see docs/settings.md.",
            file=sys.stderr,
        )
    except KeyboardInterrupt:
        print("Stopped. Go on with the same command and --resume.", file=sys.stderr)
        return INTERRUPTED
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m eval", description="Measure search and answers on question sets.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    running = commands.add_parser("run", help="ask every question of a set and score what comes back")
    running.set_defaults(command=_run)
    _add_sets(running)
    running.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder of the run; an earlier run in it is replaced"
    )
    running.add_argument("--resume", action="store_true", help="go on with an interrupted run in DIR")
    running.add_argument("--retrieval-only", action="store_true", help="search only, do not answer")
    running.add_argument(
        "--workers", type=_positive, default=1, metavar="N", help="questions asked at a time (default 1)"
    )

    checking = commands.add_parser(
        "check", help="is a question set sound: fields, quotes in the corpus, answers in the quotes"
    )
    checking.set_defaults(command=_check)
    checking.add_argument("file", type=Path, metavar="FILE")

    exporting = commands.add_parser("export", help="write question sets as one JSONL, CSV or XLSX file")
    exporting.set_defaults(command=_export)
    exporting.add_argument("sets", type=Path, nargs="+", metavar="SET")
    exporting.add_argument("--to", type=Path, required=True, metavar="FILE", help=f"ends in {', '.join(READERS)}")

    reporting = commands.add_parser("report", help="write report.html and report.md of a run")
    reporting.set_defaults(command=_report)
    reporting.add_argument("run", type=Path, metavar="DIR")

    comparing = commands.add_parser("compare", help="two runs, or a baseline and a run; exit 1 on a regression")
    comparing.set_defaults(command=_compare)
    comparing.add_argument("before", type=Path, metavar="BEFORE", help="folder of a run, or a baseline file")
    comparing.add_argument("after", type=Path, metavar="AFTER", help="folder of a run")
    comparing.add_argument(
        "--thresholds", type=Path, default=THRESHOLDS, metavar="FILE", help="default eval/thresholds.toml"
    )
    comparing.add_argument("--all", action="store_true", help="show every question that moved")

    keeping = commands.add_parser("baseline", help="keep the scores of a run as what later runs are held against")
    keeping.set_defaults(command=_baseline)
    keeping.add_argument("run", type=Path, metavar="DIR")
    keeping.add_argument("--to", type=Path, default=BASELINE, metavar="FILE", help="default eval/baseline.json")

    peers = commands.add_parser(
        "peers", help="our search beside everyday set-ups, same questions, same embedding model"
    )
    peers.set_defaults(command=_peers)
    _add_sets(peers)
    return parser


def _add_sets(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sets", type=Path, nargs="+", metavar="SET", help=f"question set ({', '.join(READERS)})")
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="day of asking (default today)")
    parser.add_argument("--limit", type=_positive, metavar="N", help="only the first N questions")
    parser.add_argument("--kind", metavar="K", help='only questions whose kind is K or begins with "K:"')


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _cases(asked: argparse.Namespace) -> tuple[Case, ...]:
    cases = load_cases(asked.sets)
    if asked.kind:
        cases = tuple(case for case in cases if case.kind == asked.kind or case.kind.startswith(f"{asked.kind}:"))
    if not cases:
        raise EvaluationUnusable(f'No question is of kind "{asked.kind}"; give --kind another value.')
    return cases[: asked.limit]


def _run(asked: argparse.Namespace) -> int:
    cases = _cases(asked)
    settings = BotSettings()
    plan = Plan(asked.as_of or _today(), asked.retrieval_only, asked.workers)
    policy_bot = PolicyBot.open(settings)
    about = about_run(asked.sets, cases, policy_bot.corpus.digest, policy_bot.clause_index.manifest, plan, settings)
    folder = RunFolder(asked.out)
    began = time.monotonic()
    groups = run(folder, cases, policy_bot, plan, about, resume=asked.resume)
    record_seconds(folder, time.monotonic() - began)
    page, _ = write_reports(read_run(asked.out))
    print(table(groups))
    print(f"wrote {folder.results}, {folder.summary.name} and {page.name}")
    return 0


def _check(asked: argparse.Namespace) -> int:
    settings = BotSettings()
    checked = check(asked.file, load_corpus(settings.corpus))
    for remark in checked.remarks:
        sign = "✗" if remark.is_fault else "·"
        print(f"{sign} {asked.file}, row {remark.row} ({remark.id}): {remark.message}")
    print(
        f"{checked.questions} questions, {checked.quotes} quotes, {checked.quotes_standing_once} in just one clause; "
        f"{len(checked.faults)} faults, {len(checked.remarks) - len(checked.faults)} remarks"
    )
    return 1 if checked.faults else 0


def _export(asked: argparse.Namespace) -> int:
    cases = load_cases(asked.sets)
    write_cases(cases, asked.to)
    print(f"wrote {asked.to}: {len(cases)} questions")
    return 0


def _report(asked: argparse.Namespace) -> int:
    for path in write_reports(read_run(asked.run)):
        print(f"wrote {path}")
    return 0


def _compare(asked: argparse.Namespace) -> int:
    thresholds = read_thresholds(asked.thresholds)
    compared = compare(read_measured(asked.before), read_measured(asked.after), thresholds)
    print(comparison_text(compared, len(compared.changed) if asked.all else SHOWN_QUESTIONS))
    return 1 if compared.failures else 0


def _baseline(asked: argparse.Namespace) -> int:
    write_baseline(read_run(asked.run), asked.to)
    print(f"wrote {asked.to}")
    return 0


def _peers(asked: argparse.Namespace) -> int:
    cases = [replace(case, repeat=1) for case in _cases(asked) if case.evidence]
    policy_bot = PolicyBot.open(BotSettings())
    rows = measure_peers(cases, policy_bot, policy_bot.clause_index.encoder, asked.as_of or _today())
    print(peers_table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
