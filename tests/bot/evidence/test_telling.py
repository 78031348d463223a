"""Which candidates tell what is asked: no words around the rules, and of the steps of a rule the one asked about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.evidence.candidates import Candidate, find_candidates, query_terms
from bot.evidence.telling import says_all_asked, telling
from bot.text.term_overlap import TermWeights
from bot.types import Question
from bot.understand.levels_and_places import Places
from bot.understand.reading import Reading, read_question
from index.types import Hit
from ingest.corpus.load import segment
from ingest.readers.limits import Limits
from ingest.readers.text import read_text
from tests.bot.conftest import AS_OF

Found = Callable[[str, str], tuple[Reading, list[Candidate]]]
NOTICE = """青川县人民政府关于印发青川县外贸企业扶持措施的通知
各乡镇人民政府，县政府各部门：
《青川县外贸企业扶持措施》已经县政府第3次常务会议审议通过，现印发给你们，请认真执行。
青川县人民政府
2026年3月2日
青川县外贸企业扶持措施
一、为了支持外贸企业发展，结合我县实际，制定本措施。
二、对新落户的外贸企业，首个完整年度出口额达到500万美元的，给予31万元奖励；达到2000万美元的，给予82万元奖励。
三、按照下列标准给予外贸企业贷款扶持：
（一）投资额1000万元以下的，给予5%扶持；
（二）投资额1000万元以上5000万元以下的，给予7%扶持；
（三）投资额5000万元以上的，给予9%扶持，最高不超过810万元。
四、有下列情形之一的外贸企业，不得享受本措施：
（一）发生安全生产事故的；
（二）虚报出口数据的。
五、每年4月1日至4月30日申报，由县商务局受理外贸企业的材料。
"""


@pytest.fixture
def found(places: Places) -> Found:
    """The candidates of all clauses of the notice for a question."""
    clauses = segment(read_text(NOTICE.encode(), "a.txt", Limits())).clauses
    weights = TermWeights.of(" ".join((*clause.path, clause.text)) for clause in clauses)

    def find(question: str, words: str = "") -> tuple[Reading, list[Candidate]]:
        reading = read_question(Question((question,), AS_OF), places, 20)
        hits = [Hit(clause, n, 1.0, {}, None) for n, clause in enumerate(clauses, 1) if words in clause.text]
        return reading, find_candidates(reading, hits, query_terms(reading, weights, ()), lambda _c, _s: ())

    return find


@pytest.mark.parametrize(
    ("question", "words", "said"),
    [
        ("出口额达到2500万美元奖励多少", "500万美元", ["达到2000万美元的，给予82万元奖励。"]),
        ("出口额达到600万美元奖励多少", "500万美元", ["达到500万美元的，给予31万元奖励；"]),
        ("投资6000万元给多少扶持", "投资额", ["投资额5000万元以上的，给予9%扶持，最高不超过810万元。"]),
        ("投资3000万元给多少扶持", "投资额", ["投资额1000万元以上5000万元以下的，给予7%扶持；"]),
    ],
)
def test_a_quantity_tells_the_step(found: Found, question: str, words: str, said: list[str]) -> None:
    reading, candidates = found(question, words)
    told = telling(reading, candidates)

    assert [any(c.text.endswith(words) for words in said) for c in told] == [True]


def test_steps_carry_what_stands_before_the_first(found: Found) -> None:
    _, candidates = found("外贸企业出口奖励多少", "500万美元")

    assert sorted(c.text for c in candidates) == [
        "对新落户的外贸企业，首个完整年度出口额达到2000万美元的，给予82万元奖励。",
        "对新落户的外贸企业，首个完整年度出口额达到500万美元的，给予31万元奖励；",
    ]


def test_without_a_quantity_every_step_stays(found: Found) -> None:
    reading, candidates = found("外贸企业出口奖励多少", "500万美元")
    assert list(telling(reading, candidates)) == candidates


@pytest.mark.parametrize(
    ("question", "kept"), [("外贸企业扶持措施奖励多少", False), ("外贸企业扶持措施是为什么制定的", True)]
)
def test_words_around_the_rules_grant_nothing(found: Found, question: str, kept: bool) -> None:
    reading, candidates = found(question, "")
    told = [c.text for c in telling(reading, candidates)]

    for words in ("各乡镇人民政府，县政府各部门：", "现印发给你们", "制定本措施。"):
        assert any(words in text for text in told) is kept


@pytest.mark.parametrize(
    ("question", "words", "enough"),
    [
        ("什么外贸企业不能享受扶持措施？", "不得享受", True),
        ("有什么情形不能享受扶持措施？有没有例外？", "不得享受", False),
        ("外贸企业扶持措施什么时候申报，找哪个部门？", "每年4月", True),
        ("外贸企业扶持措施什么时候申报，奖励多少？", "每年4月", False),
    ],
)
def test_a_whole_list_or_a_day_with_its_office_is_enough(found: Found, question: str, words: str, enough: bool) -> None:
    reading, candidates = found(question, words)
    lead = next(c for c in candidates if c.lead is None)

    assert says_all_asked(reading, lead) is enough
