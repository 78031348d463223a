"""The command line of eval: ask a question set, check it, compare runs, report.

Exit status: 0 done, 1 a regression or a faulty question set, 2 something cannot be used (one sentence on stderr).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import ValidationError

from bot.evidence.weights import weights_in_use
from bot.pipeline import PolicyBot
from bot.settings import BotSettings
from eval.arguments import parser
from eval.cases.case_files import is_question_set, load_cases, print_cases, write_cases
from eval.cases.cases import Case
from eval.cases.joined_sets import by_set, load_together
from eval.exports.writing import FORMS, export_sets
from eval.matching.run import measure_matching
from eval.measured_run import measure
from eval.reports.benchmarks import benchmarks
from eval.reports.html import write_reports
from eval.runs.replies_file import join_replies, joined_text, replayed_text, with_replies_of
from eval.runs.run import Plan
from eval.runs.run_folder import RunFolder, read_run
from eval.runs.token_cost import token_cost_text
from eval.scale.measure import run_scale, scale_tables
from eval.scope.asking import ask_for_scope, ask_pairs
from eval.scope.study import by_rules_table, measure_scope, scope_table
from eval.scoring.scoring import Yardstick
from eval.scoring.summary import table
from eval.sets.check import Checked, broken_quotes, check
from eval.sets.feedback_cases import draft_cases, recorded
from eval.studies.baseline import write_baseline
from eval.studies.baselines import measure_peers, peers_table
from eval.studies.compare import compare, comparison_text, read_compared, read_thresholds
from eval.studies.evidence_weight_study import (
    evidence_weights_table,
    learned,
    measure_evidence_weights,
    questions_weighed,
)
from eval.studies.impact import askings, measure_impact
from eval.studies.impact_report import impact_text, write_impact
from eval.studies.oracle_retrieval import answer_from_gold, gold_table
from eval.studies.other_corpus import bot_over, lend_vectors, load_other, scratch_home
from eval.studies.segmentation import measure_folder, segmentation_json, segmentation_table
from eval.studies.weight_study import measure_weights, queries_labelled, weights_table
from eval.studies.weights_file import write_weights
from eval.truth.run import measure_truth
from index.embedding.encoder import Encoder
from index.glossary.glossary import GLOSSARY_FILE
from ingest.corpus.load import load_corpus
from ingest.corpus.versions import serving_folder
from ingest.database.database import database_at
from ingest.errors import EvaluationUnusable, PolicyQAError

INTERRUPTED = 130
"""The exit status shells give to a program ended by Ctrl-C."""

SHOWN_QUESTIONS = 10

QUESTION_SETS = Path(__file__).with_name("questions")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    asked = parser().parse_args(arguments)
    try:
        return COMMANDS[asked.command](asked)
    except PolicyQAError as error:
        print(error, file=sys.stderr)
    except ValidationError as error:
        fault = error.errors()[0]
        print(
            f"The setting {'.'.join(map(str, fault['loc']))} is wrong: {fault['msg']}; see docs/settings.md.",
            file=sys.stderr,
        )
    except KeyboardInterrupt:
        print(f"Stopped.{' Go on with the same command and --resume.' * (asked.command == 'run')}", file=sys.stderr)
        return INTERRUPTED
    return 2


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _cases(asked: argparse.Namespace) -> tuple[Case, ...]:
    cases = load_together(asked.sets)
    if asked.kind:
        cases = tuple(case for case in cases if case.kind == asked.kind or case.kind.startswith(f"{asked.kind}:"))
    if not cases:
        raise EvaluationUnusable("eval.no_question_of_kind", kind=asked.kind)
    return cases[: asked.limit]


def _run(asked: argparse.Namespace) -> int:
    cases, plan = _cases(asked), Plan(asked.as_of or _today(), asked.retrieval_only, asked.workers)
    policy_bot, replayed = with_replies_of(PolicyBot.open(BotSettings()), asked.record, asked.replay, asked.prompts)
    status = _measure(asked, cases, policy_bot, plan, asked.resume, asked.ask_anew, keep=replayed is None)
    print(replayed_text(replayed), end="")
    return status


def _replies(asked: argparse.Namespace) -> int:
    print(joined_text(*join_replies(asked.prompts, asked.replies, asked.to)))
    return 0


def _measure(
    asked: argparse.Namespace,
    cases: tuple[Case, ...],
    policy_bot: PolicyBot,
    plan: Plan,
    resume: bool = False,
    ask_anew: bool = False,
    keep: bool = True,
) -> int:
    folder = RunFolder(asked.out)
    measured = measure(folder, asked.sets, cases, policy_bot, plan, resume=resume, ask_anew=ask_anew, keep=keep)
    print(table(measured.groups))
    if measured.spent:
        print(token_cost_text(asdict(measured.spent)))
    print(f"wrote {folder.results}, {folder.summary.name} and {measured.page.name}")
    return 0


def _check(asked: argparse.Namespace) -> int:
    settings = BotSettings()
    corpus = load_corpus(serving_folder(settings.corpus, settings.home))
    if asked.corpus is not None:
        return _report_check(asked.file, broken_quotes(asked.file, corpus, load_other(asked.corpus, settings)))
    return _report_check(asked.file, check(asked.file, corpus))


def _report_check(file: Path, checked: Checked) -> int:
    for remark in checked.remarks:
        sign = "✗" if remark.is_fault else "·"
        print(f"{sign} {file}, row {remark.row} ({remark.id}): {remark.message}")
    print(
        f"{checked.questions} questions, {checked.quotes} quotes, {checked.quotes_standing_once} in just one clause; "
        f"{len(checked.faults)} faults, {len(checked.remarks) - len(checked.faults)} remarks"
    )
    return 1 if checked.faults else 0


def _export(asked: argparse.Namespace) -> int:
    if str(asked.to) in FORMS:
        settings = BotSettings()
        corpus = load_corpus(serving_folder(settings.corpus, settings.home))
        for path in export_sets(str(asked.to), asked.sets, corpus, asked.run, asked.out):
            print(f"wrote {path}")
        return 0
    cases = load_cases(asked.sets)
    write_cases(cases, asked.to)
    print(f"wrote {asked.to}: {len(cases)} questions")
    return 0


def _report(asked: argparse.Namespace) -> int:
    for path in write_reports(read_run(asked.run)):
        print(f"wrote {path}")
    return 0


def _benchmarks(asked: argparse.Namespace) -> int:
    print(benchmarks(asked.runs))
    return 0


def _compare(asked: argparse.Namespace) -> int:
    thresholds = read_thresholds(asked.thresholds)
    compared = compare(read_compared(asked.before), read_compared(asked.after), thresholds)
    print(comparison_text(compared, len(compared.changed) if asked.all else SHOWN_QUESTIONS))
    return 1 if compared.failures else 0


def _baseline(asked: argparse.Namespace) -> int:
    write_baseline(read_run(asked.run), asked.to)
    print(f"wrote {asked.to}")
    return 0


def _gold(asked: argparse.Namespace) -> int:
    print(gold_table(answer_from_gold(PolicyBot.open(BotSettings()), _cases(asked), asked.as_of or _today())))
    return 0


def _weights(asked: argparse.Namespace) -> int:
    as_of = asked.as_of or _today()
    with _every_corpus(asked) as corpora:
        queries = [query for cases, policy_bot in corpora for query in queries_labelled(cases, policy_bot, as_of)]
        print(weights_table(*measure_weights(queries, corpora[0][1].clause_index.weights)))
    return 0


@contextmanager
def _every_corpus(asked: argparse.Namespace) -> Generator[list[tuple[tuple[Case, ...], PolicyBot]]]:
    """The questions of the sets with the bot that serves, then those of each other corpus with a bot over it."""
    settings = BotSettings()
    served = (_cases(asked), PolicyBot.open(settings))
    encoder = served[1].clause_index.encoder
    with ExitStack() as stack:
        others = [
            (load_cases([questions]), bot_over(load_other(folder, settings), encoder, home, settings))
            for folder, questions in asked.corpus
            for home in [stack.enter_context(scratch_home(settings.home))]
        ]
        yield [served, *others]


def _evidence_weights(asked: argparse.Namespace) -> int:
    in_use, as_of = weights_in_use(), asked.as_of or _today()
    paths = [asked.sets, *([questions] for _, questions in asked.corpus)]
    with _every_corpus(asked) as corpora:
        questions = [
            weighed
            for (cases, policy_bot), of in zip(corpora, paths, strict=True)
            for weighed in questions_weighed(by_set(cases, of), policy_bot, as_of)
        ]
        if not questions:
            raise EvaluationUnusable("eval.nothing_to_learn_from")
        rows = measure_evidence_weights(questions, in_use, asked.seed)
    print(evidence_weights_table(rows))
    made = {
        "sets": [path.name for of in paths for path in of],
        "questions": len(questions),
        "corpus": corpora[0][1].corpus.digest,
        "as_of": as_of,
        "seed": asked.seed,
        "on_other_folds": rows[1].all.rounded(),
    }
    write_weights(asked.to, learned(questions, in_use), made)
    print(f"wrote {asked.to}")
    return 0


def _scope_weights(asked: argparse.Namespace) -> int:
    policy_bot, as_of = PolicyBot.open(BotSettings()), asked.as_of or _today()
    found = ask_for_scope(policy_bot, _cases(asked), asked.sets, asked.corpus, as_of)
    tables = measure_scope(found, ask_pairs(policy_bot, asked.pairs, as_of), asked.seed)
    print(f"{by_rules_table(found)}\n\n{scope_table(tables)}")
    return 0


def _peers(asked: argparse.Namespace) -> int:
    cases = [replace(case, repeat=1) for case in _cases(asked) if case.evidence]
    policy_bot = PolicyBot.open(BotSettings())
    rows = measure_peers(cases, policy_bot, policy_bot.clause_index.encoder, asked.as_of or _today())
    print(peers_table(rows))
    return 0


def _segmentation(asked: argparse.Namespace) -> int:
    rows = [row for folder in asked.folders for row in measure_folder(folder)]
    print(segmentation_json(rows) if asked.json else segmentation_table(rows))
    return 0


def _impact(asked: argparse.Namespace) -> int:
    asked.sets = asked.sets or sorted(filter(is_question_set, QUESTION_SETS.iterdir()))
    settings, as_of = BotSettings(), asked.as_of or _today()
    new_corpus = load_other(asked.corpus, settings)
    questions = askings(
        _cases(asked),
        [] if asked.kind or asked.limit else recorded(settings.home, database_at(settings.database_url))[0],
        as_of,
    )
    before = PolicyBot.open(settings)
    with scratch_home(settings.home) as home:
        lend_vectors(settings.home, home)
        after = bot_over(new_corpus, before.clause_index.encoder, home, settings)
    impact = measure_impact(questions, before, after, as_of)
    if not (asked.corpus / GLOSSARY_FILE).is_file():
        print(f"Note: {asked.corpus} has no {GLOSSARY_FILE}; answers may change for the want of it alone.")
    print(impact_text(impact, SHOWN_QUESTIONS))
    if asked.out is not None:
        page, data = write_impact(impact, before.corpus, after.corpus, asked.out)
        print(f"wrote {page} and {data.name}")
    return 0


def _from_feedback(asked: argparse.Namespace) -> int:
    settings = BotSettings()
    if asked.out is not None and asked.out.exists():
        raise EvaluationUnusable("eval.file_is_there_already", out=asked.out)
    cases = draft_cases(
        recorded(settings.home, database_at(settings.database_url))[1],
        load_corpus(serving_folder(settings.corpus, settings.home)),
    )
    if asked.out is None:
        print_cases(cases, sys.stdout)
        return 0
    write_cases(cases, asked.out)
    print(f"wrote {asked.out}: {len(cases)} drafts. Next: complete them, then python -m eval check {asked.out}")
    return 0


def _scale(asked: argparse.Namespace) -> int:
    for table_so_far in scale_tables(run_scale(asked.clauses, _cases(asked), BotSettings(), asked.as_of or _today())):
        print(table_so_far, flush=True)
    return 0


def _folder(asked: argparse.Namespace) -> int:
    cases, settings = _cases(asked), BotSettings()
    corpus = load_other(asked.folder, settings)
    stick = Yardstick(corpus)
    lost = sum(not holders for case in cases for holders in stick.holders(case))
    print(f"{asked.folder}: {len(corpus.sources)} files, {len(corpus.clauses)} clauses; {lost} quotes in no clause")
    encoder = Encoder.load(settings.embedding_model, settings.home, settings.threads)
    with scratch_home(settings.home) as home:
        policy_bot = bot_over(corpus, encoder, asked.home or home, settings)
    return _measure(asked, cases, policy_bot, Plan(asked.as_of or _today(), retrieval_only=True))


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "run": _run,
    "replies": _replies,
    "report": _report,
    "benchmarks": _benchmarks,
    "check": _check,
    "export": _export,
    "from-feedback": _from_feedback,
    "compare": _compare,
    "baseline": _baseline,
    "peers": _peers,
    "weights": _weights,
    "evidence-weights": _evidence_weights,
    "scope-weights": _scope_weights,
    "gold": _gold,
    "impact": _impact,
    "folder": _folder,
    "match": lambda asked: measure_matching(asked, BotSettings(), asked.as_of or _today(), print),
    "segmentation": _segmentation,
    "scale": _scale,
    "truth": lambda asked: measure_truth(asked, BotSettings(), print),
}


if __name__ == "__main__":
    sys.exit(main())
