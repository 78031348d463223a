from __future__ import annotations

from datetime import date

import pytest

from bot.text.language import language_of
from bot.types import Language, Question
from bot.understand.grades import tiers_of
from bot.understand.levels_and_places import Places
from bot.understand.reading import LAST_TURN_WEIGHT, read_question
from index.spelling.types import Correction, Spelled
from index.text.question_types import QuestionType, question_types

AS_OF = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("高企首次认定奖多少", Language.ZH),
        ("我們公司能拿多少補貼", Language.ZH_HANT),
        ("How much is the reward?", Language.EN),
        ("VPN业务外资股比多少", Language.ZH),
        ("What is 病残津贴 and who qualifies for it?", Language.EN),
    ],
)
def test_language(text: str, language: Language) -> None:
    assert language_of(text) is language


@pytest.mark.parametrize("page", [Language.ZH, Language.EN])
@pytest.mark.parametrize("text", ["asdkjhaskd", "12345", "？？", "qwrtplkj zxcvbn", "VPN", "AEO RCEP?", "😀"])
def test_the_page_decides_where_the_question_is_in_no_language(text: str, page: Language, places: Places) -> None:
    assert read_question(Question((text,), AS_OF, page_language=page), places, 20).language is page


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How much is the reward?", Language.EN),
        ("land price", Language.EN),
        ("HOW MUCH IS INDUSTRIAL LAND", Language.EN),
        ("安家补贴", Language.ZH),
        ("電價多少", Language.ZH_HANT),
        ("VPN股比", Language.ZH),
    ],
)
@pytest.mark.parametrize("page", [Language.ZH, Language.EN, None])
def test_the_question_decides_where_it_is_in_a_language(
    text: str, language: Language, page: Language | None, places: Places
) -> None:
    assert read_question(Question((text,), AS_OF, page_language=page), places, 20).language is language


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("安家补贴给多少", QuestionType.AMOUNT),
        ("what tariff applies below 1 kv?", QuestionType.AMOUNT),
        ("what settling-in allowance does the city pay category-a talent?", QuestionType.AMOUNT),
        ("what is the r&d super-deduction rate for technology smes?", QuestionType.AMOUNT),
        ("what does the company itself receive from the city?", QuestionType.AMOUNT),
        ("这事归哪个部门管", QuestionType.OFFICE),
        ("由谁负责解释", QuestionType.OFFICE),
        ("which authority handles it?", QuestionType.OFFICE),
        ("最长补贴多久", QuestionType.WHEN),
        ("什么条件才能申请", QuestionType.WHO),
        ("怎么申请创业补贴", QuestionType.HOW),
        ("“三同”指的是什么", QuestionType.DEFINITION),
        ("包括哪些行业", QuestionType.LIST),
        ("能不能落户", QuestionType.YES_NO),
        ("市里和旗里有什么区别", QuestionType.COMPARISON),
        ("我们公司刚搬来", QuestionType.SCENARIO),
        ("今年还能享受吗", QuestionType.VALIDITY),
        ("执行到哪一年", QuestionType.VALIDITY),
        ("is it still valid?", QuestionType.VALIDITY),
        ("两个补贴能不能都领", QuestionType.OVERLAP),
        ("人社局电话是多少", QuestionType.CONTACT),
    ],
)
def test_kinds(text: str, kind: QuestionType) -> None:
    assert kind in question_types(text)


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("博士能拿多少安家补贴", QuestionType.VALIDITY),
        ("奖励是多少", QuestionType.OFFICE),
        ("给企业注册地址有要求吗", QuestionType.CONTACT),
        ("补贴多少", QuestionType.OVERLAP),
    ],
)
def test_kinds_that_are_not_asked(text: str, unwanted: QuestionType) -> None:
    assert unwanted not in question_types(text)


@pytest.mark.parametrize(
    ("text", "tiers"),
    [
        ("a、b、c类人才", {"A", "B", "C"}),
        ("拔尖人才（d类）", {"D"}),
        ("二至四类人才", {"二", "三", "四"}),
        ("a class b expert", {"B"}),
        ("博士和硕士", {"博士", "硕士"}),
        ("我们是企业", set()),
        ("5g基站", set()),
    ],
)
def test_tiers(text: str, tiers: set[str]) -> None:
    assert tiers_of(text) == tiers


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("旗里给多少", ("旗",)),
        ("伊旗给多少", ("旗",)),
        ("鄂尔多斯市和伊金霍洛旗", ("市", "旗")),
        ("国务院的意见怎么说", ("国家",)),
        ("我是市级非遗传承人，伊金霍洛旗奖多少", ("旗",)),  # 市级 is the rank of a title, not the giver
        ("市场准入怎么规定", ()),
        ("旗舰店有补贴吗", ()),
    ],
)
def test_levels(text: str, levels: tuple[str, ...], places: Places) -> None:
    assert places.levels_named(text) == levels


def test_a_changed_level_replaces_the_earlier_one(places: Places) -> None:
    reading = read_question(Question(("伊金霍洛旗D类人才安家费多少？", "市里的呢？"), AS_OF), places, 20)
    assert reading.levels == ("市",)
    assert reading.tiers == {"D"}
    assert "鄂尔多斯市D类人才" in reading.standalone
    assert "伊金霍洛" not in reading.standalone
    assert QuestionType.AMOUNT in reading.types


def test_a_changed_class_replaces_the_earlier_one(places: Places) -> None:
    reading = read_question(Question(("旗里给博士的生活补贴多少？", "那硕士呢？"), AS_OF), places, 20)
    assert reading.tiers == {"硕士"}
    assert reading.levels == ("旗",)
    assert "博士" not in reading.standalone


@pytest.mark.parametrize(
    ("turns", "standalone"),
    [
        (("旗里国家级非遗传承人奖多少？", "市级的呢？"), "旗里市级非遗传承人奖多少？"),  # a rank, the giver stays
        (("技能提升补贴初级多少？", "高级呢？"), "技能提升补贴高级多少？"),
        (("工业用电多少钱一度？", "居民用电呢？"), "居民用电多少钱一度？"),
        (("工商业用水多少钱？", "那用电呢？"), "工商业用电多少钱？"),
        (("正高级职称补多少？", "中级呢？"), "正高级职称补多少？ → 中级呢？"),  # 正高级 is not 高级
        (("国家级和市级传承人各奖多少？", "旗级呢？"), "旗级和旗级传承人各奖多少？"),
    ],
)
def test_a_changed_word_of_a_scale_replaces_the_earlier_one(
    turns: tuple[str, ...], standalone: str, places: Places
) -> None:
    assert read_question(Question(turns, AS_OF), places, 20).standalone == standalone


@pytest.mark.parametrize(
    ("turns", "level"),
    [
        (("旗里国家级非遗传承人奖多少？", "市级的呢？"), "旗"),
        (("鄂尔多斯对自治区级技术创新中心补多少？", "换成自治区级重点实验室"), "市"),
        (("旗里对高企有什么奖励？", "市级的呢？"), "市"),  # no rank before: another giver
        (("旗里对高企有什么奖励？", "那市里奖多少"), "市"),
    ],
)
def test_a_changed_rank_leaves_the_giver(turns: tuple[str, ...], level: str, places: Places) -> None:
    assert read_question(Question(turns, AS_OF), places, 20).levels == (level,)


def test_a_follow_up_is_searched_with_all_turns_and_a_little_more_of_the_last(places: Places) -> None:
    reading = read_question(Question(("大学生来伊旗实习有钱拿吗？", "最长呢？"), AS_OF), places, 20)
    assert [part.weight for part in reading.query.parts] == [1.0, LAST_TURN_WEIGHT]
    assert "实习" in reading.query.parts[0].text
    assert "实习" in reading.standalone


def test_a_new_topic_leaves_the_old_one_behind(places: Places) -> None:
    turns = ("工业用电110千伏多少钱一度？", "外商投资准入负面清单2024年版从哪一天开始施行")
    reading = read_question(Question(turns, AS_OF), places, 20)
    assert reading.carried.earlier == ()
    assert "用电" not in reading.standalone


def test_only_the_last_turns_are_looked_at(places: Places) -> None:
    turns = ("工业用电多少钱？", "水呢？", "气呢？")
    assert read_question(Question(turns, AS_OF), places, 1).carried.earlier == ("水呢？",)


def test_traditional_questions_are_searched_in_simplified(places: Places) -> None:
    reading = read_question(Question(("旗裡給碩士多少補貼",), AS_OF), places, 20)
    assert reading.query.parts[0].text == "旗里给硕士多少补贴"
    assert reading.language is Language.ZH_HANT
    assert reading.tiers == {"硕士"}


def spell(text: str) -> Spelled:
    """Knows one mistake."""
    if "补帖" not in text:
        return Spelled(text)
    return Spelled(text.replace("补帖", "补贴"), (Correction("补帖", "补贴"),))


def test_mistyped_words_are_read_as_meant(places: Places) -> None:
    reading = read_question(Question(("鄂爾多斯D類人才的安家補帖多少",), AS_OF), places, 20, spell)
    assert reading.standalone == reading.last.replace("d类", "D类") == "鄂尔多斯D类人才的安家补贴多少"
    assert reading.question.last == "鄂爾多斯D類人才的安家補帖多少"  # as it was typed
    assert reading.language is Language.ZH_HANT
    assert reading.corrections == (Correction("补帖", "补贴"),)
    assert reading.query.parts[0].text == reading.standalone


def test_mistakes_of_turns_that_count_are_told_once(places: Places) -> None:
    first, last = "鄂尔多斯全职引进的D类人才安家补帖是多少？", "那租房补帖呢？"
    carried = read_question(Question((first, last), AS_OF), places, 20, spell)
    assert carried.carried.joined == f"{first} {last}".replace("补帖", "补贴")
    assert carried.corrections == (Correction("补帖", "补贴"),)
    alone = read_question(Question((first, "伊金霍洛旗工业用地的参考价格是多少钱一亩？"), AS_OF), places, 20, spell)
    assert alone.corrections == ()


def test_without_a_speller_words_stand_as_they_are(places: Places) -> None:
    assert read_question(Question(("安家补帖",), AS_OF), places, 20).standalone == "安家补帖"
