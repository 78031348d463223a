"""How long, how often, how many: which sentence prints what is asked for, and what is said when none does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.evidence.candidates import Candidate
from bot.evidence.telling import asked_fact_first, rule_asked_first, tells_asked_fact, with_further
from bot.evidence.weights import weights_in_use
from bot.pipeline import PolicyBot
from bot.types import Answered, PartStatus, Question, SentenceRole
from bot.understand.asked_facts import facts_asked, facts_unsaid
from bot.understand.levels_and_places import Places
from bot.understand.reading import Reading, read_question
from index.types import Hit
from ingest.types import Clause, Span

DAY = date(2026, 11, 22)
ClauseWith = Callable[[str], Clause]
Read = Callable[..., Reading]
Make = Callable[..., Candidate]


@pytest.fixture
def read(places: Places) -> Read:
    return lambda *turns: read_question(Question(turns, DAY), places, 20)


@pytest.fixture
def make(invented: ClauseWith) -> Make:
    def candidate(text: str, score: float, clause: str = "c", covers: float = 0.8) -> Candidate:
        features = {"title_only": 0.0, "covers_with_path": covers}
        hit = Hit(replace(invented(text), id=clause), 1, 1.0, {}, None)
        return Candidate(hit, Span(0, len(text)), text, 0, features, score, None, frozenset({text}))

    return candidate


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("病残津贴他能领几个月", ["period"]),
        ("一年能领几次", ["times"]),
        ("打算培养多少人", ["count"]),
        ("外资圆桌会议开几场", ["count"]),
        ("自治区再给几倍", ["multiple"]),
        ("新能源电最多能买到几成", ["share"]),
        ("归哪几个部门管", []),  # which ones, not how many
        ("有哪几种贷款", []),
        ("几年前办的病退会停掉吗", []),
        ("奖多少钱", []),
    ],
)
def test_what_is_asked_for(asked: str, names: list[str], read: Read) -> None:
    assert [fact.name for fact in facts_asked(read(asked))] == names


def test_a_sentence_with_the_number_leads_one_that_only_speaks_of_it(read: Read, make: Make) -> None:
    speaks, counts = make("组织实施领军人才培育计划。", 4.5, "a"), make("全国新培育领军人才1.5万人次以上。", 3.9, "b")
    assert list(asked_fact_first(read("领军人才计划打算培养多少人"), [speaks, counts])) == [counts]


@pytest.mark.parametrize(("score", "covers"), [(3.0, 0.8), (3.9, 0.2)])
def test_a_number_of_another_thing_leads_nothing(score: float, covers: float, read: Read, make: Make) -> None:
    speaks, other = make("组织实施领军人才培育计划。", 4.5, "a"), make("每班不低于30人。", score, "b", covers)
    reading = read("领军人才计划打算培养多少人")
    assert asked_fact_first(reading, [speaks, other])[0] is speaks
    assert not tells_asked_fact(reading, [speaks, other])


@pytest.mark.parametrize(("score", "leads"), [(4.0, True), (3.0, False)])
def test_asked_whether_both_can_be_had_the_rule_leads(score: float, leads: bool, read: Read, make: Make) -> None:
    grants, rule = make("给予5万元安家补贴。", 4.5, "a"), make("按照就高、不叠加原则执行。", score, "b")
    ruling = replace(rule, features={**rule.features, "rule_wanted": 1.0})
    assert (rule_asked_first(read("两个补贴能不能都领"), [grants, ruling])[0] is ruling) is leads
    assert rule_asked_first(read("给多少，能不能都领"), [grants, ruling])[0] is grants


def test_clauses_further_down_are_weighed_by_their_own_share(make: Make) -> None:
    first, further = make("甲。", 4.0), make("乙。", 4.2)
    best, half = replace(first.hit, score=2.0), replace(first.hit, score=1.0)
    assert with_further([first], [further], [best], [best])[0].text == "乙。"
    lower = with_further([first], [further], [best, half], [half])
    assert lower[0] is first
    assert lower[1].score == pytest.approx(4.2 - 0.5 * weights_in_use().all["clause"])


def test_what_no_sentence_prints_is_unsaid(read: Read) -> None:
    reading = read("人才驿站能免费住几天")
    assert [fact.called for fact in facts_unsaid(reading, ["提供短期免费入住服务。"])] == [("期限", "how long")]
    assert facts_unsaid(reading, ["免费入住7天。"]) == ()


@pytest.mark.parametrize(
    ("asked", "said", "unsaid"),
    [
        ("登公告的版面费要多少", "应当自签订之日起2个工作日内在指定媒体上公告。", ["any"]),
        ("登公告的版面费要多少", "每版收取500元。", []),
        ("登公告的版面费要多少", "公告免收费用。", []),
        ("登公告的版面费要多少", "收费标准由省级财政部门确定。", []),  # others set it
        ("专项资金一家公司最多能申请多少", "政策执行期限为2019年1月1日至2023年12月31日。", ["any"]),
        ("补充论证最少请几个专家", "应当依照第（三）项和第十二条组织论证。", ["any"]),
        ("补充论证最少请几个专家", "由三人以上组成。", []),
        ("合作期最长能签多少年", "应当在发出通知书后30日内签订合同。", ["years"]),
        ("合作期最长能签多少年", "合作期限不超过30年。", []),
        ("补多少钱由谁说了算", "由盟市和自治区另行商定。", []),  # who is asked
        ("归哪几个口岸管", "由各口岸管理。", []),  # which ones, not how many
        ("how much is the fee for a notice", "The notice shall be published in 2024.", ["any"]),
        ("how much is the fee for a notice", "The fee is RMB 500.", []),
    ],
)
def test_a_number_in_whatever_unit_is_unsaid_where_none_is_printed(
    asked: str, said: str, unsaid: list[str], read: Read
) -> None:
    assert [fact.name for fact in facts_unsaid(read(asked), [said])] == unsaid


def test_what_goes_on_asks_for_no_number_of_its_own(read: Read) -> None:
    assert facts_unsaid(read("登公告有哪些要求", "那要多少"), ["应当公告。"]) == ()


def test_a_number_that_the_question_tells_answers_nothing(read: Read, make: Make) -> None:
    told, asked = make("减按15%的税率征收。", 4.5, "a"), make("占收入总额60%以上。", 3.9, "b")
    reading = read("享受15%税率，主营收入比例是多少")
    assert asked_fact_first(reading, [told, asked])[0] is asked


def test_an_answer_without_the_time_asked_for_says_so_first(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("博士租房补贴能领几次",), DAY))
    assert isinstance(answer, Answered)
    assert answer.sentences[0].role is SentenceRole.HEDGE
    assert "次数" in answer.sentences[0].text
    assert answer.parts[0].status is PartStatus.PARTLY
