"""What words of a clause stand under: the lead-ins above and inside it, however deep they are nested."""

from __future__ import annotations

import hashlib

import pytest

from ingest.corpus.load import segment
from ingest.entitlements.wording import Wording
from ingest.types import SourceFile

TEXT = """某县支持制造业发展办法
第一条 对符合下列条件之一的企业给予支持：
（一）新引进的企业，按下列标准给予奖励：
1.投资1亿元以上的，奖励11万元；
2.投资5亿元以上的，按下列方式拨付：
（1）开工时拨付21万元；
（2）投产时拨付31万元。
3.投资10亿元以上的，奖励41万元。
（二）本县原有企业，奖励51万元。
同时，对下列企业另给予补贴：
（一）外贸企业，补贴61万元；
（二）物流企业，补贴71万元。
第二条 对用工企业，补贴81万元。
"""
FIRST, NEW = "第一条 对符合下列条件之一的企业给予支持：", "（一）新引进的企业，按下列标准给予奖励："
PAID, ALSO = "2.投资5亿元以上的，按下列方式拨付：", "同时，对下列企业另给予补贴："


@pytest.mark.parametrize(
    ("words", "above"),
    [
        ("奖励11万元", (FIRST, NEW)),
        ("拨付21万元", (FIRST, NEW, PAID)),
        ("拨付31万元", (FIRST, NEW, PAID)),
        ("奖励41万元", (FIRST, NEW)),
        ("奖励51万元", (FIRST,)),
        ("补贴61万元", (FIRST, ALSO)),
        ("补贴71万元", (FIRST, ALSO)),
        ("补贴81万元", ()),
        ("新引进的企业", (FIRST,)),  # no lead-in stands above itself
    ],
)
def test_words_stand_under_every_lead_in_that_is_still_open(words: str, above: tuple[str, ...]) -> None:
    source = SourceFile("办法.txt", TEXT, hashlib.sha256(TEXT.encode()).hexdigest(), "text", "utf-8")
    cut = segment(source)
    wording = Wording(cut.documents, cut.clauses)
    (place,) = wording.places(words)

    assert wording.above(wording.clauses[place.clause], place.span.start) == above
