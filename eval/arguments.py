"""What can be asked of ``python -m eval``: commands and their options."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from bot.evidence.weights import EVIDENCE_WEIGHTS
from eval.cases.case_files import READERS
from eval.exports.writing import FORMS, OF_A_RUN
from eval.studies.baseline import BASELINE
from eval.studies.compare import THRESHOLDS

Commands = Any
"""What ``ArgumentParser.add_subparsers`` gives; its type has no public name."""


SIZES = (10_000, 100_000, 1_000_000)  # clauses


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. See {self.prog} --help\n")


def parser() -> argparse.ArgumentParser:
    """The parser of all commands; the name of the one that is asked for is ``command``."""
    made = _Parser(prog="python -m eval", description="Measure search and answers on question sets.")
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    _add_runs(commands)
    _add_question_sets(commands)
    _add_comparisons(commands)
    _add_corpora(commands)
    _add_scale(commands)
    return made


def _add_scale(commands: Commands) -> None:
    scale = commands.add_parser("scale", help="what many times the corpus costs to open and to ask")
    _add_sets(scale)
    scale.add_argument(
        "--clauses", type=_positive, nargs="+", default=SIZES, metavar="N", help="sizes (default 10000 100000 1000000)"
    )


def _add_runs(commands: Commands) -> None:
    run = commands.add_parser("run", help="ask every question of a set and score what comes back")
    _add_sets(run)
    run.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder of the run; an earlier run in it is replaced"
    )
    run.add_argument("--resume", action="store_true", help="go on with an interrupted run in DIR")
    run.add_argument("--retrieval-only", action="store_true", help="search only, do not answer")
    run.add_argument("--workers", type=_positive, default=1, metavar="N", help="questions asked at a time (default 1)")
    run.add_argument("--ask-anew", action="store_true", help="ask the language model again for replies that are kept")

    run.add_argument("--record", type=Path, metavar="FILE", help="write each reply of the language model to FILE")
    run.add_argument("--replay", type=Path, metavar="FILE", help="take the replies from FILE and ask no language model")
    run.add_argument(
        "--prompts", type=Path, metavar="FILE", help="write the prompts that FILE of --replay has no reply to"
    )

    joining = commands.add_parser(
        "replies", help="replies written to the prompts of eval run --prompts, as eval run --replay reads them"
    )
    joining.add_argument("prompts", type=Path, metavar="PROMPTS")
    joining.add_argument("replies", type=Path, nargs="+", metavar="REPLIES", help='lines {"key": …, "reply": …}')
    joining.add_argument("--to", type=Path, required=True, metavar="FILE", help="added to where it is there")

    matching = commands.add_parser(
        "match", help="match every profile of a file with what the corpus grants, and score it"
    )
    matching.add_argument(
        "profiles", type=Path, metavar="PROFILES", help="profiles with their benefits (JSONL, CSV, XLSX)"
    )
    matching.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder for matches.jsonl and summary.json"
    )
    matching.add_argument(
        "--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="day judged by (default today)"
    )
    matching.add_argument("--gate", action="store_true", help="exit 1 below eval/match_thresholds.toml")

    truth = commands.add_parser("truth", help="true and untrue sentences through the gate of meaning: what is withheld")
    truth.add_argument(
        "files", type=Path, nargs="*", metavar="FILE", help="sentences (JSONL); default those of eval/truth"
    )
    truth.add_argument("--out", type=Path, metavar="DIR", help="folder for results.jsonl and wrong.jsonl")
    truth.add_argument(
        "--gate", action="store_true", help="exit 1 on a wrong one that eval/truth/known.json does not name"
    )
    truth.add_argument("--shrink", action="store_true", help="take what is right by now out of eval/truth/known.json")

    report = commands.add_parser("report", help="write report.html and report.md of a run")
    report.add_argument("run", type=Path, metavar="DIR")

    tables = commands.add_parser("benchmarks", help="the tables of docs/benchmarks.md that come from runs")
    tables.add_argument("runs", type=Path, nargs="+", metavar="DIR", help="the first one also by kind and difficulty")


def _add_question_sets(commands: Commands) -> None:
    check = commands.add_parser(
        "check", help="is a question set sound: fields, quotes in the corpus, answers in the quotes"
    )
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--corpus", type=Path, metavar="NEW", help="only the quotes that this new corpus broke")

    export = commands.add_parser("export", help="write question sets as one file, or in the form of another tool")
    export.add_argument("sets", type=Path, nargs="+", metavar="SET")
    export.add_argument(
        "--to",
        type=Path,
        required=True,
        metavar="FILE|FORM",
        help=f"a file that ends in {', '.join(READERS)}, or one of {', '.join(FORMS)}",
    )
    export.add_argument("--out", type=Path, metavar="DIR", help="folder for the files of a FORM")
    export.add_argument(
        "--run",
        type=Path,
        metavar="RUN",
        help=f"folder of a run of these sets: {' and '.join(sorted(OF_A_RUN))} need it",
    )

    drafts = commands.add_parser("from-feedback", help="recorded answers people complained of, as draft questions")
    drafts.add_argument("--out", type=Path, metavar="FILE", help="a new file; left out, the drafts are printed")


def _add_comparisons(commands: Commands) -> None:
    compare = commands.add_parser("compare", help="two runs, or a baseline and a run; exit 1 on a regression")
    compare.add_argument("before", type=Path, metavar="BEFORE", help="folder of a run, or a baseline file")
    compare.add_argument("after", type=Path, metavar="AFTER", help="folder of a run")
    compare.add_argument(
        "--thresholds", type=Path, default=THRESHOLDS, metavar="FILE", help="default eval/thresholds.toml"
    )
    compare.add_argument("--all", action="store_true", help="show every question that moved")

    baseline = commands.add_parser("baseline", help="keep the scores of a run as what later runs are held against")
    baseline.add_argument("run", type=Path, metavar="DIR")
    baseline.add_argument("--to", type=Path, default=BASELINE, metavar="FILE", help="default eval/baseline.json")

    weighing = commands.add_parser(
        "weights", help="what each weight of search is worth: left out in turn, and learned on folds"
    )
    _add_sets(weighing)
    _add_other_corpora(weighing)

    sentences = commands.add_parser(
        "evidence-weights", help="learn the weights of sentences from question sets and write them; measured on folds"
    )
    _add_sets(sentences)
    _add_other_corpora(sentences)
    sentences.add_argument(
        "--to", type=Path, default=EVIDENCE_WEIGHTS, metavar="FILE", help="default bot/evidence/weights.toml"
    )
    sentences.add_argument("--seed", type=int, default=0, metavar="N", help="which questions make a fold (default 0)")

    scope = commands.add_parser(
        "scope-weights",
        help="what likeness, the checks of constraints and both tell of questions out of scope, on folds",
    )
    _add_sets(scope)
    _add_other_corpora(scope)
    scope.add_argument(
        "--pairs",
        type=_other_corpus,
        action="append",
        default=[],
        metavar="DIR=FILE",
        help="a folder of documents and pairs of answerable and near-miss questions on them, learned from but not measured",
    )
    scope.add_argument("--seed", type=int, default=0, metavar="N", help="which questions make a fold (default 0)")

    gold = commands.add_parser("gold", help="answers from the very clauses that hold the evidence: composing by itself")
    _add_sets(gold)

    peers = commands.add_parser(
        "peers", help="our search beside everyday set-ups, same questions, same embedding model"
    )
    _add_sets(peers)


def _add_other_corpora(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--corpus",
        type=_other_corpus,
        action="append",
        default=[],
        metavar="DIR=SET",
        help="a folder of other policies and questions on them, learned from as well; may be given several times",
    )


def _other_corpus(given: str) -> tuple[Path, Path]:
    """The folder and the question set of ``DIR=SET``. Raises ArgumentTypeError."""
    folder, _, questions = given.partition("=")
    if not folder or not questions:
        raise argparse.ArgumentTypeError(f"{given!r} is no DIR=SET: a folder of policies, =, and a question set")
    return Path(folder), Path(questions)


def _add_corpora(commands: Commands) -> None:
    impact = commands.add_parser("impact", help="which answers a new corpus changes, both versions side by side")
    impact.add_argument("--corpus", type=Path, required=True, metavar="NEW", help="folder of the new corpus")
    impact.add_argument("--out", type=Path, metavar="DIR", help="write impact.html and impact.json there")
    _add_sets(impact, "*", "default: all of eval/questions; what is recorded is asked besides")

    folder = commands.add_parser("folder", help="search in any folder of documents, with questions of your own")
    folder.add_argument("folder", type=Path, metavar="DIR", help="folder of the documents")
    folder.add_argument("--out", type=Path, required=True, metavar="OUT", help="folder of the run")
    folder.add_argument("--home", type=Path, metavar="HOME", help="where its index is kept for the next time")
    _add_sets(folder)

    cutting = commands.add_parser(
        "segmentation", help="clauses held against marked articles, headings, and the same policy in other formats"
    )
    cutting.add_argument(
        "folders", type=Path, nargs="+", metavar="DIR", help="see docs/benchmark-method.md for its files"
    )
    cutting.add_argument("--json", action="store_true", help="for machines, with every miss")


def _add_sets(command: argparse.ArgumentParser, number: str = "+", otherwise: str = "") -> None:
    endings = ", ".join((*READERS, otherwise)) if otherwise else ", ".join(READERS)
    command.add_argument("sets", type=Path, nargs=number, metavar="SET", help=f"question set ({endings})")
    command.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="day of asking (default today)")
    command.add_argument("--limit", type=_positive, metavar="N", help="only the first N questions")
    command.add_argument("--kind", metavar="K", help='only questions whose kind is K or begins with "K:"')


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number
