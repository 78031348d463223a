"""What is read as a mistyped word of the compendium, and what is left as it stands."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.search.spelling_terms import spelling_of
from index.spelling.correct import Spelling, Vocabulary
from index.spelling.pinyin import readings
from index.spelling.types import Correction, most_frequent
from index.store.store import ClauseIndex
from index.text.tokens import WordSplitter


@pytest.fixture(scope="module")
def spelling(compendium_index: ClauseIndex) -> Spelling:
    return spelling_of(compendium_index)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        # the same sound
        ("市D类人才安家补帖", "市D类人才安家补贴"),
        ("首次认定的高薪技术企业", "首次认定的高新技术企业"),
        ("失业保险稳港返还", "失业保险稳岗返还"),
        ("专精特薪", "专精特新"),
        ("付面清单谁解释", "负面清单谁解释"),
        ("供惹多少钱一平", "供热多少钱一平"),
        ("加计扣出", "加计扣除"),
        ("西部大开法", "西部大开发"),
        # nearly the same, in the south
        ("森活补贴", "生活补贴"),
        ("高城次人才", "高层次人才"),
        # the same shape
        ("博土后", "博士后"),
        ("贷宽贴息", "贷款贴息"),
        ("病残律贴", "病残津贴"),
        ("遗属侍遇", "遗属待遇"),
        # a character left out, doubled or moved
        ("高新技企业认定", "高新技术企业认定"),
        ("院士专工作站", "院士专家工作站"),
        ("知识识产权", "知识产权"),
        ("补安家贴", "安家补贴"),
        ("稳岗还返", "稳岗返还"),
        ("企业所税得", "企业所得税"),
        # pinyin
        ("E类 anjia butie 多少", "E类 安家补贴 多少"),
        ("gaoxinjishuqiye 奖励", "高新技术企业 奖励"),
        ("Bingcan jintie", "病残津贴"),
        ("butie 多少", "补贴 多少"),
        # English
        ("withholdng tax on profits", "withholding tax on profits"),
        ("relocaton allowance", "relocation allowance"),
        ("neagtive list", "negative list"),
        ("natral gas", "natural gas"),
        ("Westen development", "western development"),
        ("postdoctral researchers", "postdoctoral researchers"),
        ("foriegn investment", "foreign investment"),
    ],
)
def test_mistyped(spelling: Spelling, typed: str, read: str) -> None:
    assert spelling.read(typed).text == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "安家补贴",
        # figures, file numbers, addresses
        "国发〔2023〕11号",
        "财税〔2011〕58号第四条",
        "五十万元以上二百万元以下",
        "二类人才和三类人才",
        "110千伏0.401元/度",
        # places, ours and others, right and wrong
        "伊金霍洛旗",
        "伊金霍落旗",
        "鄂尔多思",
        "杭锦旗",
        "准格耳旗",
        "乌拉特前旗",
        "鄂托克前旗人才公寓",
        "包投市",
        "满洲理",
        "东升区",
        "Jiangsu",
        "Shanghai",
        # a yes and a no
        "非居民供热",
        "无票免税",
        # words of policies that this corpus does not use
        "住房补贴",
        "购车补贴",
        "市场调节机制",
        "生育津贴",
        "留抵退税",
        "评标标准",
        "医务人员",
        "工程施工",
        "噪声影响和音响器材",
        # plain talk
        "我想自己注册个个体户",
        "小科技企业",
        "多久以后能再申请",
        "一个课题查完一拨又来一拨",
        "贵州茅台明天会涨吗",
        "要用点什么材料",
        # English that is right, names, inflections
        "the inventor is a patient parent",
        "hashlib-compliant",
        "certificate revocation",
        "export of tools",
        "exported, relocating, heated",
        "Hengli and Huawei",
        "we can change the guide",
    ],
)
def test_left_alone(spelling: Spelling, text: str) -> None:
    assert spelling.read(text).corrections == ()


@pytest.mark.parametrize("place", ["包头市", "准格尔旗", "杭锦旗", "伊金霍落旗", "深圳市", "Baotou: "])
def test_beside_a_mistyped_word_the_place_stays(spelling: Spelling, place: str) -> None:
    assert spelling.read(f"{place}安家补帖").text == f"{place}安家补贴"


def test_what_was_typed_is_told_in_its_order(spelling: Spelling) -> None:
    spelled = spelling.read("bingcan jintie 和安家补帖，relocaton allowance")
    assert spelled.text == "病残津贴 和安家补贴，relocation allowance"
    assert spelled.corrections == (
        Correction("bingcan jintie", "病残津贴"),
        Correction("安家补帖", "安家补贴"),
        Correction("relocaton", "relocation"),
    )


def test_no_clause_of_the_corpus_is_touched(spelling: Spelling, compendium_index: ClauseIndex) -> None:
    touched = {
        correction
        for clause in compendium_index.corpus.clauses
        for line in (*clause.path, clause.text)
        for correction in spelling.read(line).corrections
    }
    assert touched == set()


def test_the_terms_of_the_glossary_are_not_touched(spelling: Spelling, compendium_index: ClauseIndex) -> None:
    glossary = compendium_index.shelf.glossary
    terms = [*glossary.chinese_terms(), *glossary.english]
    assert [term for term in terms if spelling.read(term).corrections] == []


@pytest.fixture(scope="module")
def terms(compendium_index: ClauseIndex) -> list[str]:
    return [term for term in compendium_index.shelf.glossary.chinese_terms() if len(term) > 1]


@given(draws=st.lists(st.integers(0), min_size=1, max_size=5))
@settings(max_examples=200, deadline=None)
def test_terms_one_after_another_are_not_touched(spelling: Spelling, terms: list[str], draws: list[int]) -> None:
    text = "".join(terms[draw % len(terms)] for draw in draws)
    assert spelling.read(text).corrections == ()


def slipped(run: str, chance: random.Random) -> str:
    """``run`` with a character of the same sound, one left out, doubled, or two that changed places."""
    at = chance.randrange(1, len(run))
    match chance.randrange(4):
        case 0:
            sounds = readings(run[at])
            others = [other for other in run if other != run[at] and not sounds.isdisjoint(readings(other))]
            return run[:at] + (chance.choice(others) if others else "帖") + run[at + 1 :]
        case 1:
            return run[:at] + run[at + 1 :]
        case 2:
            return run[:at] + run[at - 1 :]
        case _:
            return run[: at - 1] + run[at] + run[at - 1] + run[at + 1 :]


@pytest.fixture(scope="module")
def runs(compendium_index: ClauseIndex) -> list[str]:
    text = "\n".join(clause.text for clause in compendium_index.corpus.clauses)
    return re.findall(r"[\u4e00-\u9fff]{4,16}", text)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=300, deadline=None)
def test_what_was_read_is_not_read_otherwise_again(spelling: Spelling, runs: list[str], seed: int) -> None:
    chance = random.Random(seed)
    run = chance.choice(runs)
    for _ in range(chance.randint(1, 3)):
        run = slipped(run, chance) if len(run) > 2 else run
    read = spelling.read(run).text
    assert spelling.read(read).corrections == ()


@given(seed=st.integers(0, 2**32))
@settings(max_examples=300, deadline=None)
def test_figures_and_negations_stay(spelling: Spelling, runs: list[str], seed: int) -> None:
    chance = random.Random(seed)
    run = slipped(chance.choice(runs), chance)
    for character in "一二三四五六七八九十百千万亿两几第元不非未无没旗市县区省盟":
        assert spelling.read(run).text.count(character) == run.count(character)


def of(terms: dict[str, int], pairs: str = "") -> Spelling:
    known = {pairs[at : at + 2] for at in range(len(pairs) - 1)}
    return Spelling(Vocabulary(terms, known, frozenset({"丰镇"}), ()), WordSplitter(tuple(terms)))


def test_of_two_terms_that_would_do_neither_is_taken() -> None:
    assert of({"安家补贴": 4, "安嘉补贴": 3}).read("安佳补贴").corrections == ()
    assert of({"安家补贴": 40, "安嘉补贴": 3}).read("安佳补贴").text == "安家补贴"


def test_what_the_corpus_knows_is_not_looked_at() -> None:
    assert of({"安家补贴": 4}).read("安佳补贴").text == "安家补贴"
    assert of({"安家补贴": 4}, "安佳补贴").read("安佳补贴").corrections == ()


def test_a_place_is_never_what_was_meant() -> None:
    assert (
        of({"丰镇": 9, "东胜区": 9, "凉城县政府": 9}).read("丰阵，东生区，凉成县政府").text
        == "丰阵，东生区，凉城县政府"
    )


@pytest.mark.parametrize(
    ("clauses", "meant"),
    [({}, None), ({"补贴": 3}, "补贴"), ({"补贴": 3, "补铁": 1}, None), ({"补贴": 15, "补铁": 3}, "补贴")],
)
def test_the_most_frequent(clauses: dict[str, int], meant: str | None) -> None:
    assert most_frequent(clauses) == meant
