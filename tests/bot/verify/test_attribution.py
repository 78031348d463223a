"""Whether a figure is said of the one it belongs to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.verify.attribution import misattributed, named_in, names_of
from ingest.types import Clause

ClauseWith = Callable[[str], Clause]
TALENT = "分别给予200万元、150万元、100万元、50万元人才培养资助"


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("A类人才", ["A类"]),
        ("杰出人才（B类）", ["杰出人才", "B类"]),
        ("博士（或正高级职称人员）", ["博士", "正高级职称人员"]),
        ("硕士、本科", ["硕士", "本科"]),
        ("“双一流”高校", ["双一流”高校"]),
        ("甲", []),  # of one character everything is made
        ("六 类", ["六类"]),
    ],
)
def test_how_an_object_may_be_called(printed: str, names: list[str]) -> None:
    assert list(names_of(printed)) == names


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("C类人才和A类人才", ["C类", "A类"]),
        ("A、C类人才", ["A类", "C类"]),
        ("class C and Class A", ["C类", "A类"]),
        ("副高级和高级", ["副高级", "高级"]),  # one inside a longer one does not count
        ("Master's and PhDs", ["硕士研究生", "博士"]),
        ("USBC类", []),
        ("人才", []),
    ],
)
def test_names_are_found_in_their_order(text: str, said: list[str]) -> None:
    names = frozenset({"A类", "C类", "副高级", "高级", "博士", "硕士研究生"})
    assert named_in(text, names) == said


@pytest.mark.parametrize(
    ("text", "context", "wrong"),
    [
        ("C类人才可得200万元", "", ["200万元"]),
        ("C类人才可得100万元", "", []),
        ("可得200万元", "C类人才有多少", ["200万元"]),
        ("可得200万元", "A类人才有多少", []),
        ("可得200万元", "", []),  # of nobody
        ("C类人才可得300万元", "", []),  # no row gives it: that is for others to find
        ("A类200万元，C类50万元", "", ["50万元"]),
        ("〔市〕对全职引进A、B、C、D类人才的企事业单位，分别给予200万元、150万元", "C类", []),  # its own words
    ],
)
def test_figures_of_others(text: str, context: str, wrong: list[str], clause_with: ClauseWith) -> None:
    spans = misattributed(text, clause_with(TALENT), context)
    assert [span.of(text) for span in sorted(spans)] == wrong


def test_a_clause_without_rows_settles_nothing(invented: ClauseWith) -> None:
    assert misattributed("C类人才可得200万元", invented("A类200万元，C类100万元")) == frozenset()
