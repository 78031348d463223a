"""Every profile of a file matched and scored; the run is written whole or not at all."""

from __future__ import annotations

import argparse
import json
import os
import time
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from bot.match.json_form import match_json
from bot.match.matching import Matcher
from bot.settings import BotSettings
from eval.matching.profiles import Profile, load_profiles
from eval.matching.scoring import MatchCounts, missed, score
from ingest.corpus.load import load_corpus
from ingest.corpus.versions import serving_folder
from ingest.errors import EvaluationUnusable

MATCHES, SUMMARY = "matches.jsonl", "summary.json"
THRESHOLDS = Path(__file__).parents[1] / "match_thresholds.toml"
_MILLISECONDS = 1000
_FIRST = "We are a company."


@dataclass(frozen=True, slots=True)
class Matched:
    """A profile, its reply as ``bot match --json`` gives it, what was scored, and the processor time it took."""

    profile: Profile
    reply: Mapping[str, Any]
    counts: MatchCounts
    cpu_ms: float


def match_profiles(profiles: Sequence[Profile], matcher: Matcher, as_of: date) -> list[Matched]:
    """Each profile read, matched and scored."""
    matcher.match_profile(_FIRST, as_of)  # what is loaded at the first profile takes no time of any
    return [_matched(profile, matcher, as_of) for profile in profiles]


def _matched(profile: Profile, matcher: Matcher, as_of: date) -> Matched:
    began = time.process_time()
    result = matcher.match_profile(profile.profile, as_of)
    took = (time.process_time() - began) * _MILLISECONDS
    reply = match_json(result, matcher.corpus, profile.profile)
    return Matched(profile, reply, score(profile, cast("list[dict[str, object]]", reply["matches"])), round(took, 1))


def summary_of(matched: Sequence[Matched], as_of: date) -> dict[str, object]:
    """The metrics over all profiles, and what was missed in each."""
    total = MatchCounts()
    for item in matched:
        total = total.plus(item.counts)
    return {
        "as_of": as_of.isoformat(),
        "metrics": {name: _rounded(value) for name, value in total.shares().items()},
        "counts": asdict(total),
        "cpu_ms": {
            "mean": _rounded(sum(item.cpu_ms for item in matched) / len(matched)),
            "most": max(i.cpu_ms for i in matched),
        },
        "profiles": [
            {
                "id": item.profile.id,
                **asdict(item.counts),
                "cpu_ms": item.cpu_ms,
                **missed(item.profile, item.reply["matches"]),
            }
            for item in matched
        ],
    }


def write_matches(folder: Path, matched: Sequence[Matched], summary: Mapping[str, object]) -> None:
    """``matches.jsonl`` and ``summary.json`` of a run. Raises EvaluationUnusable when the folder cannot be written."""
    lines = [json.dumps({"id": item.profile.id, **item.reply}, ensure_ascii=False) for item in matched]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _written(folder / MATCHES, "\n".join(lines) + "\n")
        _written(folder / SUMMARY, json.dumps(summary, ensure_ascii=False, indent=1) + "\n")
    except OSError as error:
        raise EvaluationUnusable(
            "eval.matches_cannot_be_written", folder=folder, reason=error.strerror or error
        ) from error


def _written(path: Path, text: str) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)


def losses(metrics: Mapping[str, float | None], path: Path = THRESHOLDS) -> list[str]:
    """One sentence for each metric that is worse than the thresholds allow. Raises EvaluationUnusable."""
    try:
        wanted = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise EvaluationUnusable("eval.no_thresholds", path=path, reason=error) from error
    found: list[str] = []
    for name, least in cast("dict[str, float]", wanted.get("at_least", {})).items():
        value = metrics.get(name)
        if value is not None and value < least:
            found.append(f"{name} is {value:.3f}, at least {least:.3f} is wanted")
    for name, most in cast("dict[str, float]", wanted.get("at_most", {})).items():
        value = metrics.get(name)
        if value is not None and value > most:
            found.append(f"{name} is {value:.3f}, at most {most:.3f} is wanted")
    return found


def metrics_table(summary: Mapping[str, Any]) -> str:
    """The metrics for the terminal."""
    counts, metrics = summary["counts"], summary["metrics"]
    of = {
        "met-found": counts["met"],
        "met-as-met": counts["met"],
        "open-found": counts["open"],
        "look-alikes-as-met": counts["look_alikes"],
        "unfounded-met": counts["matches_met"],
    }
    rows = [f"{name:<20} {'–' if value is None else f'{value:.3f}'}   of {of[name]}" for name, value in metrics.items()]
    shown = counts["matches"] / counts["profiles"]
    return "\n".join(
        [
            *rows,
            f"{'shown':<20} {shown:.1f}   a profile; processor {summary['cpu_ms']['mean']} ms, at most {summary['cpu_ms']['most']} ms",
        ]
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def measure_matching(asked: argparse.Namespace, settings: BotSettings, as_of: date, tell: Callable[[str], None]) -> int:
    """Match ``asked.profiles``, write the run, tell the metrics; exit status 1 where ``asked.gate`` finds one too low.

    Raises EvaluationUnusable for profiles, a folder or thresholds that cannot be used.
    """
    profiles = load_profiles(asked.profiles)
    matcher = Matcher.of(load_corpus(serving_folder(settings.corpus, settings.home)))
    matched = match_profiles(profiles, matcher, as_of)
    summary = summary_of(matched, as_of)
    write_matches(asked.out, matched, summary)
    tell(metrics_table(summary))
    tell(f"wrote {asked.out / MATCHES} and {SUMMARY}")
    worse = losses(cast("dict[str, float | None]", summary["metrics"])) if asked.gate else []
    for sentence in worse:
        tell(f"✗ {sentence}")
    return 1 if worse else 0
