"""Things of one sort in each other's place: true sentences beside those with two exchanged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.verify.meaning.checker import MeaningChecker
from bot.verify.meaning.exchanged.things import lists_in, things_in
from bot.verify.meaning.types import Asked, Kind
from ingest.editions.load import load_edition
from ingest.facts.figures import find_figures
from ingest.types import Corpus

TABLES = "各盟市每年度至少组织1场外资企业圆桌会议"
DISABLED = "领取资格审核确定"
SETTLING = "对全职引进的A类人才给予不低于300万元安家补贴"
COMPANIES = "排名前10名、前50名、前100名的人力资源服务企业"
PRIZE = "对获得自治区科学技术奖的第一完成单位"
POWER = "小于1KV：0.504元/度"
FEES = "按照当年保费收"
LIMITED = "支持农牧业经营主体融资"
DAY = date(2026, 11, 22)

Told = Callable[..., list[Kind]]


@pytest.fixture(scope="module")
def checker(compendium: Corpus) -> MeaningChecker:
    return MeaningChecker(compendium, load_edition(compendium))


@pytest.fixture
def told(compendium: Corpus, checker: MeaningChecker) -> Told:
    def held(sentence: str, printed: str, question: str = "") -> list[Kind]:
        words = printed.replace(" ", "")
        clause = next(one for one in compendium.clauses if words in "".join(one.text.split()))
        return [one.kind for one in checker.differences(sentence, [clause], Asked(question, DAY))]

    return held


@pytest.mark.parametrize(
    ("true", "untrue", "printed"),
    [
        (
            "外资企业圆桌会议，盟市每年不少于一场，自治区本级每年不少于两场。",
            "外资企业圆桌会议，盟市每年不少于两场，自治区本级每年不少于一场。",
            TABLES,
        ),
        (
            "领取资格由省级人社部门审核确定，也可以委托地市级人社部门先行初审。",
            "领取资格由地市级人社部门审核确定，也可以委托省级人社部门先行初审。",
            DISABLED,
        ),
        (
            "工业用电小于1KV为0.504元/度，1-10KV为0.477元/度。",
            "工业用电小于1KV为0.477元/度，1-10KV为0.504元/度。",
            POWER,
        ),
        (
            "Full-time A-class recruits get no less than ¥3 million, and up to ¥3 million, ¥2 million and ¥800,000 for B, C and D.",
            "Full-time A-class recruits get no less than ¥3 million, and up to ¥3 million, ¥800,000 and ¥2 million for B, C and D.",
            SETTLING,
        ),
        (
            "An HR services company ranked in the national top 10 that sets up a regional headquarters gets a one-off RMB 1 million.",
            "An HR services company ranked in the national top 10 that sets up a regional headquarters gets a one-off RMB 500,000.",
            COMPANIES,
        ),
        (
            "对获得自治区科学技术奖的第一完成单位及相关人员，按自治区奖金额度给予等额奖励。",
            "对获得自治区科学技术奖的第二完成单位及相关人员，按自治区奖金额度给予等额奖励。",
            PRIZE,
        ),
    ],
)
def test_two_things_of_one_sort_do_not_stand_for_each_other(told: Told, true: str, untrue: str, printed: str) -> None:
    assert told(true, printed) == []
    assert Kind.ROW in told(untrue, printed)


def test_an_english_word_of_a_pair_does_not_stand_for_the_other(told: Told) -> None:
    said = "A premium subsidy of 10% of that year's premium income, {} tax, is given."
    assert Kind.CONDITION not in told(said.format("excluding"), FEES)
    assert Kind.CONDITION in told(said.format("including"), FEES)


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("可以，400万元在担保贷款额度之内。", "担保贷款400万元可以吗？"),
        ("不可以。达到300万元以上，可享受。", ""),
        ("符合。担保贷款没到10万元。", ""),
    ],
)
def test_a_yes_or_no_that_its_own_sentence_or_the_limit_belies_is_withheld(
    told: Told, sentence: str, question: str
) -> None:
    assert Kind.NEGATION in told(sentence, LIMITED, question)


def test_things_of_a_text_are_found_with_their_sort_and_their_lists() -> None:
    text = "A、B、C类分别给予30万元、20万元、10万元，盟市两场，2024年第一完成单位。"
    things = things_in(text, tuple(find_figures(text)))
    lists = [[text[one.start : one.end] for one in some] for some in lists_in(text, things)]
    assert ["A", "B", "C"] in lists
    assert ["30万元", "20万元", "10万元"] in lists
    assert ["两场"] in lists
    assert ["第一"] in lists


@pytest.mark.parametrize(
    ("sentence", "printed", "kind"),
    [
        (
            "Your wife applies herself, no recommendation is needed.",
            "引进产业人才配偶连续超过6个月未就业",
            Kind.PROCEDURE,
        ),
        (
            "经评审产生一定经济和社会效益的，企业还能拿5万元一次性奖励。",
            "正常运营一年以上，且营业执照注册时间未超过2年",
            Kind.ROW,
        ),
    ],
)
def test_what_a_careless_reply_adds_is_withheld(told: Told, sentence: str, printed: str, kind: Kind) -> None:
    assert kind in told(sentence, printed)
