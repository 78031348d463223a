"""The difference of two printed amounts is worked out once more before it is said."""

from __future__ import annotations

from bot.verify.differences import grounded_difference
from ingest.facts.figures import find_figures
from ingest.types import Corpus


def test_both_amounts_have_to_stand_and_the_difference_to_be_theirs(corpus: Corpus) -> None:
    clause = next(one for one in corpus.clauses if "分别给予300万元、250万元、200万元" in one.text)
    greater, less, elsewhere = (find_figures(text)[0] for text in ("250万元", "200万元", "40万元"))
    right = grounded_difference("推算：250万元-200万元=50万元。", greater, less, {1: clause})
    assert right is not None
    assert right.derived is not None
    assert right.derived.text == "50万元"
    assert grounded_difference("推算：250万元-200万元=60万元。", greater, less, {1: clause}) is None
    assert grounded_difference("推算：250万元-40万元=210万元。", greater, elsewhere, {1: clause}) is None
