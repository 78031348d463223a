"""One measured run from the questions to the report: what the command line and the staff's page both do."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.pipeline import PolicyBot
from eval.cases.cases import Case
from eval.reports.html import write_reports
from eval.runs.provenance import about_run
from eval.runs.reply_cache import with_kept_replies
from eval.runs.run import Plan, Watch, run
from eval.runs.run_folder import RunFolder, read_run, record_end
from eval.runs.token_cost import TokenCost, token_cost
from eval.scoring.summary import Group


@dataclass(frozen=True, slots=True)
class Measurement:
    """What came of a run besides its files."""

    groups: tuple[Group, ...]
    spent: TokenCost | None
    page: Path


def measure(
    folder: RunFolder,
    sets: Sequence[Path],
    cases: tuple[Case, ...],
    policy_bot: PolicyBot,
    plan: Plan,
    *,
    resume: bool = False,
    ask_anew: bool = False,
    keep: bool = True,
    watch: Watch | None = None,
) -> Measurement:
    """Ask ``cases``, which come from ``sets``, score and report. Raises EvaluationUnusable, and what ``watch`` raises.

    ``ask_anew`` asks the language model again for replies that are kept; without ``keep`` none is, as of replayed ones.
    """
    index, settings = policy_bot.clause_index, policy_bot.settings
    about = about_run(sets, cases, policy_bot.corpus.digest, index.manifest, plan, settings)
    began = time.monotonic()
    measured = with_kept_replies(policy_bot, folder, settings.home, ask_anew) if keep else policy_bot
    groups = run(folder, cases, measured, plan, about, resume, watch)
    spent = token_cost(folder, settings)
    record_end(folder, time.monotonic() - began, asdict(spent) if spent else None)
    page, _ = write_reports(read_run(folder.path))
    return Measurement(groups, spent, page)
