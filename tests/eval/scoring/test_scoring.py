from __future__ import annotations

from dataclasses import replace

from eval.cases.cases import Case, Evidence
from eval.scoring.scoring import Yardstick
from ingest.types import Corpus


def test_bars_between_cells_do_not_decide_what_holds_a_quote(compendium: Corpus) -> None:
    row = replace(compendium.clauses[0], text="D类｜博士研究生｜20万元")
    stick = Yardstick(replace(compendium, clauses=(row,)))
    quoted = Evidence("D类  博士研究生 | 20万元"), Evidence("E类｜博士研究生")
    assert stick.holders(Case("A1", ("问",), evidence=quoted)) == (frozenset({row.id}), frozenset())
