from __future__ import annotations

from datetime import date

import pytest

from bot.match.heard import Heard, heard_facts, received_of
from bot.match.types import AskerFacts, Fact
from ingest.types import Span
from tests.bot.match.conftest import DAY, asker, said

BOARD = "还在自治区股权交易市场科创板优选层首次挂了牌。"
LISTED = {"event": frozenset({"自治区股权交易市场科创板优选层挂牌", "知识产权贯标认证", "挂牌"})}


def heard(
    profile: str, facts: AskerFacts | None = None, as_of: date = DAY
) -> list[tuple[str, tuple[str, ...], str | None]]:
    found = heard_facts(profile, facts or asker(), LISTED, as_of)
    return [(fact.attribute, fact.words, fact.of) for fact in found]


def at(profile: str, words: str, attribute: str, *values: str) -> Fact:
    start = profile.index(words)
    return said(attribute, *values, said=Span(start, start + len(words)))


def test_a_name_of_a_record_is_heard_with_a_few_characters_between() -> None:
    assert heard(BOARD) == [("event", ("自治区股权交易市场科创板优选层挂牌",), None)]


@pytest.mark.parametrize(
    "profile",
    [
        "还没在自治区股权交易市场科创板优选层挂牌。",
        "准备到自治区股权交易市场科创板优选层挂牌。",
        "隔壁企业在自治区股权交易市场科创板优选层首次挂了牌。",
        "园内有3家在自治区股权交易市场科创板优选层首次挂了牌。",
        "在自治区，有股权交易，也在市场上卖科创板的书，优选供应商很多，分层管理，刚挂牌",
    ],
)
def test_what_is_denied_planned_or_scattered_is_not_heard(profile: str) -> None:
    assert heard(profile) == []


def test_what_was_got_this_year_is_new() -> None:
    profile = "我是社工，今年刚拿到社会工作师中级证"
    facts = asker(at(profile, "社会工作师中级证", "event", "中级社会工作者职业资格证书"), who=("person",))
    assert heard(profile, facts) == [("recognition.time", ("新认定",), "中级社会工作者职业资格证书")]
    assert heard(profile.replace("今年刚", "以前"), facts) == []


@pytest.mark.parametrize(
    ("profile", "new"),
    [
        ("今年新授权国内发明专利6件，其中一件拿了中国专利优秀奖", True),
        ("今年新授权国内发明专利6件，去年还拿了中国专利优秀奖", False),
        ("今年授权6件。拿了中国专利优秀奖", False),
        ("2019年拿了中国专利优秀奖", False),
    ],
)
def test_the_last_word_of_time_in_the_sentence_decides(profile: str, new: bool) -> None:
    facts = asker(at(profile, "中国专利优秀奖", "award", "中国专利优秀奖"))
    assert bool(heard(profile, facts)) is new


def test_the_year_of_the_day_is_this_year() -> None:
    profile = "2026年拿了中国专利优秀奖"
    facts = asker(at(profile, "中国专利优秀奖", "award", "中国专利优秀奖"))
    assert heard(profile, facts) == [("recognition.time", ("新认定",), "中国专利优秀奖")]
    assert heard(profile, facts, date(2027, 1, 1)) == []


def test_money_that_was_received_is_heard_with_what_it_was_for() -> None:
    profile = "国家高企（2024年首次，奖励领过了）"
    facts = asker(at(profile, "国家高企", "recognition", "高新技术企业"))
    assert heard(profile, facts) == [("status", ("领取过",), "高新技术企业")]
    never = "国家高企（2024年首次，奖励没领过）"
    assert heard(never, facts) == []


def test_received_money_is_of_its_own_recognition() -> None:
    fact = said("status", "领取过", of="高新技术企业")
    assert received_of([fact], ("高新技术企业",)) is fact
    assert received_of([fact], ("小巨人",)) is None


@pytest.mark.parametrize(
    ("profile", "text", "says"),
    [
        ("社保在旗里，签了5年", "在旗正常缴纳社保", "社保在旗里"),
        ("已拿到国家专项资金600万", "已获得专项资金", "已拿到国家专项资金600万"),
        ("还没拿到专项资金", "已获得专项资金", None),
        ("打算申请专项资金", "已获得专项资金", None),
        ("我们有资金", "已获得专项资金", None),
        ("我們已拿到國家專項資金", "已获得专项资金", "我们已拿到国家专项资金"),
    ],
)
def test_a_text_is_said_when_a_clause_has_all_it_is_about(profile: str, text: str, says: str | None) -> None:
    assert Heard.of(profile).says(text) == says


@pytest.mark.parametrize(
    ("profile", "words", "heads"),
    [
        ("今年新招15名全日制本科毕业生", "本科", 15),
        ("全职引进2名博士和3名硕士", "博士", 2),
        ("全职引进2名博士和3名硕士", "硕士", 3),
        ("公司有两个车间，招了十个硕士", "硕士", 10),
        ("公司有80名员工，引进一批硕士", "硕士", None),
        ("接收了5名大学生实习4个月", "实习4个月", 5),
    ],
)
def test_heads_stand_before_those_who_are_counted(profile: str, words: str, heads: int | None) -> None:
    assert Heard.of(profile).heads([at(profile, words, "degree", words)]) == heads


def test_two_numbers_of_people_are_no_number() -> None:
    profile = "全职引进2名博士和3名硕士"
    both = [at(profile, word, "degree", word) for word in ("博士", "硕士")]
    assert Heard.of(profile).heads(both) is None


@pytest.mark.parametrize(
    ("profile", "asks"),
    [
        ("高新技术企业有什么奖励？", True),
        ("西部大开发税率是多少", True),
        ("我们是高新技术企业，能拿什么？", False),
        ("临川县的高新技术企业。能拿什么？", False),
        ("", False),
    ],
)
def test_a_question_is_no_profile(profile: str, asks: bool) -> None:
    assert Heard.of(profile).is_question is asks


def test_a_rank_is_no_number_of_people() -> None:
    said = "我是世界前100名大学博士"
    fact = Fact("degree", ("博士",), said=Span(said.index("博士"), len(said)))
    assert Heard.of(said).heads([fact]) is None
    assert Heard.of("引进100名博士").heads([Fact("degree", ("博士",), said=Span(6, 8))]) == 100
