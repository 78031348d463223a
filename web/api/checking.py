"""One sentence, whoever wrote it, held against clauses: its figures, whose they are, and what it means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.verify.grounding import Verdict, check_sentence
from bot.verify.meaning.checker import MeaningChecker
from bot.verify.meaning.plain_text import without_marks
from bot.verify.meaning.types import Asked, Difference
from ingest.types import Clause

CHECKED = ("figures", "whose figure it is", "other numbers", "titles", "offices")
OF_MEANING = ("words", "negation", "bounds", "periods", "currencies", "levels", "conditions", "lists", "standing")


def sentence_check_json(
    sentence: str, clauses: Sequence[Clause], checker: MeaningChecker, day: date
) -> dict[str, object]:
    """What the check found. ``borne_out`` only where everything named in ``checked`` holds and something stands there.

    Every word must be printed where the sentence rests or say the same as one that is, so that a true sentence in quite
    other words is not borne out either; ``differences`` say which words they are. Raises ModelUnusable.
    """
    bare = without_marks(sentence)
    cited = dict(enumerate(clauses, start=1))
    verdict = check_sentence(bare, list(cited), cited)
    told = checker.differences(bare, clauses, Asked(day=day))
    return {
        "borne_out": verdict.stands and not told,
        "figures": [
            {"text": one.text, "clause_id": one.clause_id, "start": one.span.start, "end": one.span.end}
            for one in verdict.figures
        ],
        **_missing(verdict),
        "differences": [_difference_json(one) for one in told],
        "checked": [*CHECKED, *OF_MEANING],
    }


def _missing(verdict: Verdict) -> dict[str, list[str]]:
    return {
        "missing_figures": list(verdict.missing_figures),
        "misplaced_figures": list(verdict.misplaced_figures),
        "missing_words": list(verdict.missing_words),
    }


def _difference_json(difference: Difference) -> dict[str, str]:
    return {"kind": difference.kind.value, "said": difference.said, "printed": difference.printed}
