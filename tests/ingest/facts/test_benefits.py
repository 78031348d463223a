"""Parallel enumerations: every one of the compendium as a person reads it, and those that must be refused."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.facts.benefits import find_benefits
from ingest.facts.figures import find_figures
from tests.ingest.steps import steps_of

CORPUS = Path(__file__).parents[3] / "corpus" / "伊金霍洛旗投资政策汇编.txt"
# Who gets what, by a person's reading of the compendium; an empty list where a person cannot tell either.
EXPECTED: list[dict[str, object]] = json.loads(Path(__file__).with_name("benefits_expected.json").read_text("utf-8"))


@pytest.mark.parametrize("case", EXPECTED, ids=lambda case: str(case["text"])[:24])
def test_rows_of_the_compendium(case: dict[str, object]) -> None:
    text = str(case["text"])
    found = find_benefits(text, find_figures(text))
    assert [[benefit.object, benefit.figure.text] for benefit in found] == case["rows"]


def test_the_expected_sentences_stand_in_the_compendium() -> None:
    printed = "".join(line.strip() for line in CORPUS.read_text("utf-8").split("\n"))
    printed = "".join(printed.split())
    # Page numbers 45, 70 and 90 may stand inside a sentence; none of these holds one.
    missing = [case["text"] for case in EXPECTED if "".join(str(case["text"]).split()) not in printed]
    assert missing == []


def test_most_lists_that_pair_respectively_are_resolved() -> None:
    apart = [case for case in EXPECTED if "分别" in str(case["text"])]
    assert sum(1 for case in apart if case["rows"]) >= 38


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("对甲类、乙类项目分别给予 3 万元、2 万元奖励。", [("甲类", "3 万元"), ("乙类", "2 万元")]),
        (
            "对新获批的国家级、省级、市级众创空间，分别给予一次性 100 万元、50 万元和 20 万元补助。",
            [("国家级", "100 万元"), ("省级", "50 万元"), ("市级", "20 万元")],
        ),
        (
            "对入选的一至三类人才，分别给予 30 万元、20 万元、10 万元。",
            [("一类", "30 万元"), ("二类", "20 万元"), ("三类", "10 万元")],
        ),
        ("给予博士 5000 元/人、硕士 3000 元/人补贴", [("博士", "5000 元/人"), ("硕士", "3000 元/人")]),
    ],
)
def test_lists_of_other_policies(text: str, rows: list[tuple[str, str]]) -> None:
    assert [(benefit.object, benefit.figure.text) for benefit in find_benefits(text)] == rows


@pytest.mark.parametrize(
    "text",
    [
        "全职引进 D类及以上人才，分别给予 30 万元、20 万元、10 万元、5万元荐才奖励。",  # who of the four?
        "对 A、B、C 类人才，分别给予 30 万元、20 万元。",  # three objects, two figures
        "对 A、B 类人才，分别给予 30 万元、20 万元、10 万元。",
        "对企业、高校分别给予 10 万元、3 年支持。",  # two units
        "人均可支配收入达到 60840 元、27042 元，分别增长 4.4%和 7.8%。",  # figures inside the objects
        "自治区每年分别给予 5000 万元支持。",  # one figure is no list
        "对企业、高校、院所等机构引进人才的，分别给予 30 万元、20 万元、10 万元。",  # examples, no closed list
        "博士、硕士可分别参照管理岗六级、八级享受工资待遇。",  # no figures
        "对优秀企业、高校给予 30 万元、20 万元奖励，视情况而定。",  # no 分别, no common pattern
        "国家级重点实验室 4家、技术创新中心 2 家。",  # targets, not benefits
    ],
)
def test_what_is_not_certain_is_refused(text: str) -> None:
    assert find_benefits(text) == ()


def test_a_second_list_inherits_the_objects_of_the_first() -> None:
    text = (
        "新获评自治区级、市级医学重点领先学科的，分别给予学科带头人 5万元、3万元一次性奖励，"
        "分别给予所在单位 20 万元、10 万元一次性奖励。"
    )
    assert [(b.object, b.figure.text) for b in find_benefits(text)][2:] == [
        ("自治区级", "20 万元"),
        ("市级", "10 万元"),
    ]


def test_the_condition_is_the_phrase_a_row_hangs_on() -> None:
    text = "对甲给予 1 万元；对引进的杰出人才（B类）、领军人才（C类），分别给予 3 万元、2 万元；从事研究的给予最高 5 万元、4 万元。"
    conditions = [benefit.condition for benefit in find_benefits(text)]
    assert conditions[0] == "对引进的杰出人才（B类）、领军人才（C类）"
    assert conditions[2] == "从事研究的"


def test_a_row_keeps_the_bound_of_its_list() -> None:
    rows = find_benefits("对专家型、卓越型校园长，分别给予最高 15 万元、12万元绩效奖励")
    assert {row.figure.bound.value for row in rows} == {"at_most"}


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ABC类、和对分别给予万元135 （）“”国家级市级，；。博士人才及以上一至四%"), max_size=70))
def test_any_text(text: str) -> None:
    figures = find_figures(text)
    for benefit in find_benefits(text, figures):
        assert benefit.figure in figures
        assert benefit.object
        assert 0 <= benefit.object_span.start < benefit.object_span.end <= len(text)
        assert not benefit.object_span.overlaps(benefit.figure.span)


def test_twice_the_sentences_take_twice_the_work() -> None:
    sentence = "对A类人才、B类人才分别给予1万元、2万元奖励。"
    few, many = sentence * 100, sentence * 200
    figures_of_few, figures_of_many = find_figures(few), find_figures(many)
    assert len(find_benefits(many, figures_of_many)) == 400
    work = steps_of(lambda: find_benefits(few, figures_of_few))
    assert steps_of(lambda: find_benefits(many, figures_of_many)) < 2.2 * work
