"""Whether the fact asked for is printed. The questions were written for this file and stand in no question set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.evidence.candidates import find_candidates, query_terms
from bot.refuse.answerability import Printed, Searched, asks_unprinted_unit, is_weak
from bot.refuse.gate import AFTER_SEARCH, FOREIGN_FROM, FOREIGN_SURELY_FROM, Refusal, after_search
from bot.text.term_overlap import TermWeights
from bot.types import Question, Reason
from bot.understand.levels_and_places import Places
from bot.understand.reading import read_question
from index.types import Hit
from ingest.types import Clause, Corpus

AS_OF = date(2026, 11, 22)
NEAR_HOME = -1.0  # foreignness of a question that is surely about policy
SMALL_FIRMS = "小规模纳税人免征房产税"
WATER = "工商业用水：10.4元/吨"
CITY_HOMES = "200万元、100万元、80万元安家补贴"
BUDGET = "一般公共预算收入达到154亿元"
STABLE_JOBS = "大型企业按不超过企业及其职工上年度实际缴纳失业保险费的"
GUIDE = "稳外贸稳外资税收政策指引"
STATION = "人才驿站，设置人才引进"
PLAN_FROM_2022 = "对实现跨境电商“1210”“9610”零售出口业务"
Words = Callable[[str], Clause]


@pytest.fixture(scope="module")
def printed(corpus: Corpus) -> Printed:
    return Printed.of(corpus, ("物业管理",))


@pytest.fixture
def searched(
    corpus: Corpus, places: Places, printed: Printed, weights: TermWeights, clause_with: Words
) -> Callable[..., Searched]:
    """What the rules see of a question for which the one clause with ``words`` was found, or none for no words."""

    def search(text: str, words: str, foreignness: float = NEAR_HOME) -> Searched:
        reading = read_question(Question((text,), AS_OF), places, 20)
        wanted = query_terms(reading, weights, ())
        hits = [Hit(clause_with(words), 1, 1.0, {}, None)] if words else []
        candidates = find_candidates(reading, hits, wanted, lambda _clause, _spans: ())
        return Searched(reading, candidates, wanted, foreignness, places, printed)

    return search


@pytest.fixture
def judged(searched: Callable[..., Searched]) -> Callable[[str, str], tuple[bool, bool, Refusal | None]]:
    """For a question and the words of the one clause found: not stated, weak, the refusal."""

    def judge(text: str, words: str) -> tuple[bool, bool, Refusal | None]:
        found = searched(text, words)
        refusal = after_search(found)
        not_stated = refusal is not None and refusal.reason is Reason.NOT_STATED
        return not_stated, is_weak(found.reading, found.candidates, found.printed), refusal

    return judge


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("契税税率是多少", SMALL_FIRMS),
        ("小企业的房产税税率是多少", SMALL_FIRMS),  # the tax is there, its rate is not
        ("What is the VAT rate?", SMALL_FIRMS),
        ("中水多少钱一立方米", WATER),
        ("柴油价格是多少", WATER),
        ("H类人才安家补贴多少", CITY_HOMES),
        ("八类人才安家补贴多少", CITY_HOMES),
        ("2031年工商业用水价格是多少", WATER),
    ],
)
def test_facts_that_are_not_printed(text: str, words: str, judged: Callable[..., tuple[bool, bool, object]]) -> None:
    assert judged(text, words)[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("小规模纳税人房产税减免多少", SMALL_FIRMS),
        ("车船税按多少比例征收", SMALL_FIRMS),
        ("工商业用水多少钱一吨", WATER),
        ("工商业每吨用水价格", WATER),
        ("工厂用水每吨价格", WATER),
        ("E类人才安家补贴多少", CITY_HOMES),
        ("2028年西部大开发税率是多少", "减按15%的税率征收企业所得税"),  # in force until 2030
        ("2026年全职引进E类人才安家补贴多少", CITY_HOMES),  # this year is every rule's year
    ],
)
def test_facts_that_are_printed(text: str, words: str, judged: Callable[..., tuple[bool, bool, object]]) -> None:
    assert judged(text, words)[:2] == (False, False)


@pytest.mark.parametrize(
    ("text", "words"),
    [("滑雪场补贴多少", "文化旅游人才队伍建设")],
)
def test_an_unknown_thing_or_year_makes_the_answer_a_mere_nearest(
    text: str, words: str, judged: Callable[..., tuple[bool, bool, object]]
) -> None:
    assert judged(text, words)[:2] == (False, True)


@pytest.mark.parametrize(
    ("text", "words", "reason"),
    [
        ("稳外贸稳外资税收政策指引里最高退税多少", GUIDE, Reason.TITLE_ONLY),
        ("稳外贸稳外资税收政策指引在哪里能看全文", GUIDE, None),
        ("旗人才驿站的地址在哪里", STATION, Reason.NOT_STATED),
        ("旗人才驿站的电话是多少", STATION, Reason.NOT_STATED),
        ("旗人才驿站提供什么服务", STATION, None),
        ("达拉特旗给猎头多少奖励", "荐才奖励", Reason.OTHER_PLACE),
        ("南京“人才飞地”奖励多少", "荐才奖励", Reason.OTHER_PLACE),
        ("契税税率是多少", SMALL_FIRMS, Reason.NOT_STATED),
        ("稳外贸稳外资税收政策是哪份材料", GUIDE, None),
        ("2026年大型企业稳岗返还的比例是多少", STABLE_JOBS, Reason.NOT_STATED),  # it ran to the end of 2024
        ("2024年大型企业稳岗返还的比例是多少", STABLE_JOBS, None),
    ],
)
def test_refusals_after_search(
    text: str, words: str, reason: Reason | None, judged: Callable[..., tuple[bool, bool, Refusal | None]]
) -> None:
    refusal = judged(text, words)[2]
    assert (refusal.reason if refusal else None) is reason


def test_compounds_are_known_by_their_parts(printed: Printed) -> None:
    assert printed.knows("中级工")
    assert printed.knows("物业费")  # by a word of the glossary
    assert not printed.knows("印花税")


@pytest.mark.parametrize(
    ("score", "near", "foreign"),
    [(0.5, 0.5, True), (1.2, 0.5, True), (1.3, 0.5, False), (0.5, 0.85, False)],
)
def test_a_question_whose_clause_is_plainly_found_is_not_foreign(
    score: float, near: float, foreign: bool, corpus: Corpus, places: Places, printed: Printed, weights: TermWeights
) -> None:
    reading = read_question(Question(("孩子从老家转来念书谁管",), AS_OF), places, 20)
    wanted = query_terms(reading, weights, ())
    clause = next(clause for clause in corpus.clauses if STATION in clause.text)
    cosine = 0.74 + near * (0.92 - 0.74)  # the range that cosines of the bundled model have
    (candidate, *_) = find_candidates(
        reading, [Hit(clause, 1, score, {}, None)], wanted, lambda _, spans: [cosine] * len(spans)
    )
    refusal = after_search(Searched(reading, [candidate], wanted, FOREIGN_FROM, places, printed))
    assert (refusal is not None and refusal.reason is Reason.OFF_TOPIC) is foreign


@pytest.mark.parametrize(("text", "foreign"), [("人才驿站", False), ("人才驿站？", False), ("火星驿站", True)])
def test_a_bare_word_that_is_printed_is_looked_up_whatever_its_subject(
    text: str, foreign: bool, searched: Callable[..., Searched]
) -> None:
    refusal = after_search(searched(text, STATION, FOREIGN_SURELY_FROM))
    assert (refusal is not None and refusal.reason is Reason.OFF_TOPIC) is foreign


# ── The table of rules ─────────────────────────────────────────────────────────────────────────

Asked = tuple[str, str, float]
# For each rule a question with the words of the clause found and its foreignness that it refuses, and one it lets pass.
OF_EACH_RULE: dict[str, tuple[Asked, Asked]] = {
    "nothing_found": (("工商业用水多少钱一吨", "", NEAR_HOME), ("工商业用水多少钱一吨", WATER, NEAR_HOME)),
    "advice": (
        ("我该不该去人才驿站上班", STATION, NEAR_HOME),
        ("人才驿站都办什么业务", STATION, NEAR_HOME),
    ),
    "personal": (
        ("我的安家补贴申请进度到哪了", CITY_HOMES, NEAR_HOME),
        ("安家补贴申请有什么条件", CITY_HOMES, NEAR_HOME),
    ),
    "other_place": (
        ("呼和浩特市对硕士有安家补贴吗", CITY_HOMES, NEAR_HOME),
        ("鄂尔多斯市对硕士有安家补贴吗", CITY_HOMES, NEAR_HOME),
    ),
    "surely_foreign": (
        ("孩子从老家转来念书谁管", STATION, FOREIGN_SURELY_FROM),
        ("孩子从老家转来念书谁管", STATION, FOREIGN_FROM),
    ),
    "foreign_and_unmatched": (
        ("孩子从老家转来念书谁管", STATION, FOREIGN_FROM),
        ("旗人才驿站设置人才引进什么", STATION, FOREIGN_FROM),
    ),
    "only_title": (
        ("稳外贸稳外资税收政策指引里最高退税多少", GUIDE, NEAR_HOME),
        ("稳外贸稳外资税收政策指引在哪里能看全文", GUIDE, NEAR_HOME),
    ),
    "contact_not_printed": (
        ("旗人才驿站的电话是多少", STATION, NEAR_HOME),
        ("旗人才驿站提供什么服务", STATION, NEAR_HOME),
    ),
    "class_not_printed": (
        ("H类人才安家补贴多少", CITY_HOMES, NEAR_HOME),
        ("E类人才安家补贴多少", CITY_HOMES, NEAR_HOME),
    ),
    "tax_rate_not_printed": (
        ("契税税率是多少", SMALL_FIRMS, NEAR_HOME),
        ("小规模纳税人房产税减免多少", SMALL_FIRMS, NEAR_HOME),
    ),
    "unit_price_not_printed": (
        ("工商业用水多少钱一亩", WATER, NEAR_HOME),
        ("工商业用水多少钱一吨", WATER, NEAR_HOME),
    ),
    "year_to_come": (
        ("2031年工商业用水价格是多少", WATER, NEAR_HOME),
        ("2026年全职引进E类人才安家补贴多少", CITY_HOMES, NEAR_HOME),
    ),
    "year_gone": (
        ("2019年零售出口的物流费用补贴多少", PLAN_FROM_2022, NEAR_HOME),
        ("我们公司2019年零售出口的物流费用补贴多少", PLAN_FROM_2022, NEAR_HOME),
    ),
    "price_of_other_year": (
        ("2022年工商业用水价格是多少", WATER, NEAR_HOME),
        ("工商业用水价格是多少", WATER, NEAR_HOME),
    ),
    "price_not_printed": (("柴油价格是多少", WATER, NEAR_HOME), ("工商业用水价格是多少", WATER, NEAR_HOME)),
    "level_without_rule": (
        ("自治区给E类人才安家补贴多少", CITY_HOMES, NEAR_HOME),
        ("旗里给E类人才安家补贴多少", CITY_HOMES, NEAR_HOME),  # the city's money is had in the banner
    ),
    "year_after_term": (
        ("2026年大型企业稳岗返还的比例是多少", STABLE_JOBS, NEAR_HOME),
        ("2024年大型企业稳岗返还的比例是多少", STABLE_JOBS, NEAR_HOME),
    ),
    "figure_of_past_year": (
        ("2015年一般公共预算收入是多少", BUDGET, NEAR_HOME),
        ("一般公共预算收入是多少", BUDGET, NEAR_HOME),
    ),
}


def test_every_rule_of_the_table_is_tried() -> None:
    assert list(OF_EACH_RULE) == [rule.name for rule in AFTER_SEARCH]


@pytest.mark.parametrize("name", OF_EACH_RULE)
def test_a_rule_refuses_its_question_under_its_name_and_lets_another_pass(
    name: str, searched: Callable[..., Searched]
) -> None:
    refused, passed = (searched(*asked) for asked in OF_EACH_RULE[name])
    (rule,) = (rule for rule in AFTER_SEARCH if rule.name == name)
    refusal = after_search(refused)
    assert refusal is not None
    assert (refusal.rule, refusal.reason) == (name, rule.reason)
    assert not rule.refuses(passed)


@pytest.mark.parametrize(
    ("text", "words", "foreignness", "refusing"),
    [  # the rules that each refuse the question, in the order of the table: the first names the refusal
        ("呼和浩特市H类人才安家补贴多少", CITY_HOMES, NEAR_HOME, ["other_place", "class_not_printed"]),
        ("明天天气怎么样", STATION, FOREIGN_SURELY_FROM, ["surely_foreign", "foreign_and_unmatched"]),
        (
            "H类人才的契税税率是多少",
            SMALL_FIRMS,
            NEAR_HOME,
            ["class_not_printed", "tax_rate_not_printed", "price_not_printed"],
        ),
    ],
)
def test_the_first_rule_that_refuses_wins(
    text: str, words: str, foreignness: float, refusing: list[str], searched: Callable[..., Searched]
) -> None:
    found = searched(text, words, foreignness)
    assert [rule.name for rule in AFTER_SEARCH[1:] if rule.refuses(found)] == refusing
    refusal = after_search(found)
    assert refusal is not None
    assert refusal.rule == refusing[0]


def test_only_the_rule_of_other_places_names_a_place(searched: Callable[..., Searched]) -> None:
    assert after_search(searched("呼和浩特市对硕士有安家补贴吗", CITY_HOMES)) == Refusal(
        Reason.OTHER_PLACE, "other_place", "呼和浩特"
    )
    assert after_search(searched("H类人才安家补贴多少", CITY_HOMES)) == Refusal(Reason.NOT_STATED, "class_not_printed")


@pytest.mark.parametrize(
    ("question", "text", "refused"),
    [
        ("厂房租金每平方米多少钱", "标准厂房租金按每平方米每年140—160元收取。", False),
        ("厂房租金每平米多少钱", "标准厂房租金按每平方米每年140—160元收取。", False),
        ("厂房租金一亩多少钱", "标准厂房租金按每平方米每年140—160元收取。", True),
        ("用电每度补多少钱", "每千瓦时用电补贴5分。", False),
    ],
)
def test_a_price_per_unit_may_stand_behind_its_measure(
    question: str, text: str, refused: bool, invented: Words, places: Places, printed: Printed, weights: TermWeights
) -> None:
    reading = read_question(Question((question,), AS_OF), places, 20)
    wanted = query_terms(reading, weights, ())
    candidates = find_candidates(reading, [Hit(invented(text), 1, 1.0, {}, None)], wanted, lambda _clause, _spans: ())
    assert asks_unprinted_unit(Searched(reading, candidates, wanted, NEAR_HOME, places, printed)) is refused
