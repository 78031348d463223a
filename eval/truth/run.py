"""Every sentence of the benchmark through the gate: what is withheld, by kind, and what passes although it is untrue."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.settings import BotSettings
from bot.verify.meaning.checker import MeaningChecker
from bot.verify.meaning.types import Asked, Difference, Kind
from bot.verify.verifier import verifier_of
from eval.truth.lines import SENTENCES, Saying, benchmark_files, read_sayings
from ingest.corpus.load import load_corpus
from ingest.corpus.versions import serving_folder
from ingest.editions.load import load_edition
from ingest.errors import EvaluationUnusable

KNOWN = SENTENCES / "known.json"
DAY = date(2026, 11, 22)  # judged by; what is in force must not change between two runs
# From lenient to strict: what is looked at besides.
STEPS: Sequence[tuple[str, frozenset[Kind]]] = (
    ("figures", frozenset({Kind.FIGURE, Kind.NUMERAL, Kind.CURRENCY, Kind.NOTHING, Kind.VERIFIER})),
    ("+ bounds, periods", frozenset({Kind.BOUND, Kind.PERIOD})),
    ("+ rows, lists", frozenset({Kind.ROW, Kind.LIST})),
    ("+ negation, standing, level", frozenset({Kind.NEGATION, Kind.STANDING, Kind.LEVEL, Kind.RELIEF})),
    ("+ scope, modality, procedure", frozenset({Kind.SCOPE, Kind.MODALITY, Kind.PROCEDURE, Kind.COMBINATION})),
    ("+ conditions, order", frozenset({Kind.CONDITION, Kind.ORDER})),
    ("+ words (in use)", frozenset({Kind.WORD})),
    ("+ every single word", frozenset({Kind.WORDING})),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence and what the gate told of it."""

    saying: Saying
    differences: tuple[Difference, ...]

    @property
    def is_withheld(self) -> bool:
        """Whether the gate in use withholds it; a strict one would look at WORDING as well."""
        return any(one.kind is not Kind.WORDING for one in self.differences)

    @property
    def is_wrong(self) -> bool:
        """An untrue sentence that passes, or a true one that is withheld."""
        return bool(self.saying.kind) != self.is_withheld


def judge(sayings: Iterable[Saying], checker: MeaningChecker, day: date = DAY) -> list[Judged]:
    """Every sentence through the gate."""
    return [Judged(one, checker.differences(one.text, one.clauses, Asked(one.question, day))) for one in sayings]


def truth_table(judged: Sequence[Judged]) -> str:
    """Withheld by kind and language, kept of the true ones, and the curve from lenient to strict."""
    lines = ["untrue sentences          withheld   of    share    zh     en"]
    for kind in sorted({one.saying.kind for one in judged if one.saying.kind}):
        own = [one for one in judged if one.saying.kind == kind]
        lines.append(f"  {kind:22} {_counted(own)}  {_share(own, 'zh')}  {_share(own, 'en')}")
    untrue = [one for one in judged if one.saying.kind]
    lines += [
        f"  {'all':22} {_counted(untrue)}  {_share(untrue, 'zh')}  {_share(untrue, 'en')}",
        "",
        "true sentences kept",
    ]
    for language, free in (("zh", False), ("zh", True), ("en", False), ("en", True)):
        own = [
            one for one in judged if not one.saying.kind and (one.saying.language, one.saying.free) == (language, free)
        ]
        kept = sum(not one.is_withheld for one in own)
        lines.append(
            f"  {language} {'free' if free else 'close to the words':22} {kept:5} of {len(own):4}  {_ratio(kept, len(own))}"
        )
    return "\n".join([*lines, "", *_curve(judged)])


def _counted(own: Sequence[Judged]) -> str:
    withheld = sum(one.is_withheld for one in own)
    return f"{withheld:8} {len(own):5}    {_ratio(withheld, len(own))}"


def _share(judged: Sequence[Judged], language: str) -> str:
    own = [one for one in judged if one.saying.language == language]
    return _ratio(sum(one.is_withheld for one in own), len(own))


def _ratio(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "  –  "


def _curve(judged: Sequence[Judged]) -> list[str]:
    """What is withheld and kept when only some of the checks are looked at."""
    lines = ["looked at                        untrue withheld   true kept   true kept, free"]
    looked_at: frozenset[Kind] = frozenset()
    for name, kinds in STEPS:
        looked_at |= kinds
        told = [any(one.kind in looked_at for one in each.differences) for each in judged]
        untrue = [is_told for is_told, each in zip(told, judged, strict=True) if each.saying.kind]
        true = [not is_told for is_told, each in zip(told, judged, strict=True) if not each.saying.kind]
        free = [
            not is_told for is_told, each in zip(told, judged, strict=True) if not each.saying.kind and each.saying.free
        ]
        shares = (_ratio(sum(some), len(some)) for some in (untrue, true, free))
        lines.append(f"  {name:32} {'         '.join(shares)}")
    return lines


def write_truth(judged: Sequence[Judged], folder: Path) -> None:
    """``results.jsonl`` with every sentence, ``wrong.jsonl`` with those the gate is wrong about."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [json.dumps(_row(one), ensure_ascii=False) for one in judged]
    (folder / "results.jsonl").write_text("\n".join(rows) + "\n", "utf-8")
    wrong = [json.dumps(_row(one), ensure_ascii=False) for one in judged if one.is_wrong]
    (folder / "wrong.jsonl").write_text("\n".join(wrong) + "\n", "utf-8")


def _row(one: Judged) -> dict[str, object]:
    told = [{"kind": each.kind.value, "said": each.said, "printed": each.printed} for each in one.differences]
    saying = one.saying
    return {
        "id": saying.id,
        "kind": saying.kind,
        "lang": saying.language,
        "free": saying.free,
        "sentence": saying.text,
        "differences": told,
    }


def newly_wrong(judged: Sequence[Judged], known: frozenset[str]) -> list[Judged]:
    """Sentences that the gate is wrong about and that are not known; the list of the known may only shrink."""
    return [one for one in judged if one.is_wrong and one.saying.id not in known]


def read_known(file: Path = KNOWN) -> frozenset[str]:
    """The ids of the sentences that the gate is known to be wrong about. Raises EvaluationUnusable."""
    try:
        held: Mapping[str, list[str]] = json.loads(file.read_text("utf-8"))
        return frozenset(one for ids in held.values() for one in ids)
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise EvaluationUnusable("eval.truth_unreadable", file=file, reason=str(error)) from error


def shrunk(judged: Sequence[Judged], known: frozenset[str]) -> dict[str, list[str]]:
    """The known ones that are still wrong: untrue ones that pass, and true ones that are withheld."""
    wrong = [one.saying for one in judged if one.is_wrong and one.saying.id in known]
    return {
        "untrue_but_pass": sorted(one.id for one in wrong if one.kind),
        "true_but_withheld": sorted(one.id for one in wrong if not one.kind),
    }


def measure_truth(asked: argparse.Namespace, settings: BotSettings, tell: Callable[[str], None]) -> int:
    """Judge the sentences of ``asked.files`` and tell the tables; exit status 1 where ``asked.gate`` finds one newly wrong.

    Raises EvaluationUnusable for a faulty line and ModelUnusable for a verifier that cannot be loaded.
    """
    corpus = load_corpus(serving_folder(settings.corpus, settings.home))
    checker = MeaningChecker(corpus, load_edition(corpus), verifier_of(settings.verifier), strict=True)
    judged = judge(read_sayings(asked.files or benchmark_files(), corpus), checker)
    tell(truth_table(judged))
    if asked.out is not None:
        write_truth(judged, asked.out)
        tell(f"wrote {asked.out / 'results.jsonl'} and wrong.jsonl")
    known = read_known() if asked.gate or asked.shrink else frozenset[str]()
    if asked.shrink:
        KNOWN.write_text(json.dumps(shrunk(judged, known), ensure_ascii=False, indent=1) + "\n", "utf-8")
    worse = newly_wrong(judged, known) if asked.gate else []
    for one in worse:
        told = "; ".join(f"{each.kind.value}: {each.said}" for each in one.differences) or "passes although untrue"
        tell(f"✗ {one.saying.id} {one.saying.kind} {one.saying.text} ({told})")
    return 1 if worse else 0
