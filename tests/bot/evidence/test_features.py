"""What makes a sentence fit a question besides their words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.evidence.features import (
    asks_money_only,
    describes_steps,
    fit_features,
    is_offices,
    kind_features,
    use_features,
)
from bot.types import Question
from bot.understand.grades import tiers_of
from bot.understand.levels_and_places import Places
from bot.understand.reading import Reading, read_question
from ingest.facts.validity import statements
from ingest.types import Clause, Span

ClauseWith = Callable[[str], Clause]
Read = Callable[..., Reading]
TALENT = "分别给予200万元、150万元、100万元、50万元人才培养资助"


@pytest.fixture
def read(places: Places) -> Read:
    return lambda *turns: read_question(Question(turns, date(2026, 11, 22)), places, 20)


def fired(features: dict[str, float]) -> set[str]:
    return {name for name, value in features.items() if value}


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        ("（责任单位：市科技局、市人社局）", True),
        ("（牵头单位：自治区商务厅；配合单位：财政厅）", True),
        ("（自治区科技厅）", True),
        ("由相关部门按职责分工负责）", True),
        ("（试行）", False),
        ("由市科技局给予30万元奖励。", False),
    ],
)
def test_offices(text: str, offices: bool) -> None:
    assert is_offices(text) is offices


def test_steps() -> None:
    assert describes_steps("每年3月向旗人社局提交材料")
    assert not describes_steps("给予30万元奖励")


@pytest.mark.parametrize(
    ("question", "money_only"),
    [("安家补贴多少", True), ("院士算哪一类，补贴多少", False), ("什么是揭榜挂帅", False), ("谁负责", False)],
)
def test_money_alone(question: str, money_only: bool, read: Read) -> None:
    assert asks_money_only(read(question)) is money_only


@pytest.mark.parametrize(
    ("question", "text", "names"),
    [
        ("安家补贴多少", "给予30万元安家补贴。", {"figure_wanted"}),
        ("安家补贴多少", "给予安家补贴。", set()),
        ("能领几年", "最长补贴5年。", {"time_wanted"}),
        ("能领几年", "给予30万元。", set()),
        ("谁负责", "由旗人社局负责兑现。", {"office_wanted"}),
        ("谁负责", "（责任单位：旗人社局）", {"office_wanted"}),
        ("高企认定条件", "（责任单位：旗人社局）", {"offices_unasked"}),
        ("怎么申请", "每年3月向旗人社局提交材料。", {"how_wanted"}),
        ("什么是揭榜挂帅", "揭榜挂帅是指面向社会征集团队。", {"means_wanted"}),
        ("能重复享受吗", "同类政策就高不重复。", {"rule_wanted"}),
        ("还有效吗", "本办法有效期至2027年12月31日。", {"validity_wanted"}),
        ("给我们单位什么", "给予用人单位资助。", {"employer_wanted"}),
        ("给我们单位什么", "给予生活补贴。", {"person_paid"}),
        ("人才有什么支持", "给予用人单位资助。", set()),
    ],
)
def test_kinds_of_sentences(
    question: str, text: str, names: set[str], read: Read, invented: Callable[[str], Clause]
) -> None:
    clause = invented(text)
    statement = next(iter(statements(text)), None)
    features = kind_features(read(question), clause, Span(0, len(text)), text, statement)
    assert fired(features) == names


def test_a_figure_outside_the_sentence_does_not_count(read: Read, invented: Callable[[str], Clause]) -> None:
    text = "给予安家补贴。另奖30万元。"
    first = Span(0, text.index("。") + 1)
    assert not kind_features(read("补贴多少"), invented(text), first, first.of(text), None)["figure_wanted"]


@pytest.mark.parametrize(
    ("question", "headings", "names"),
    [
        ("市里C类人才多少", "", {"tier_here", "level_here"}),
        ("旗里C类人才多少", "", {"tier_here", "other_level"}),
        ("F类人才多少", "", {"other_tier"}),
        ("F类人才多少", "六、优秀人才（F类）", {"tier_in_path"}),
        ("人才多少", "", set()),
    ],
)
def test_class_and_level(question: str, headings: str, names: set[str], read: Read, clause_with: ClauseWith) -> None:
    clause = clause_with(TALENT)
    sentence = "对全职引进A、B、C、D类人才的企事业单位，分别给予200万元、150万元、100万元、50万元人才培养资助。"
    assert fired(fit_features(read(question), clause, sentence, tiers_of(headings.lower()))) == names


@pytest.mark.parametrize(
    ("turns", "words", "names"),
    [
        (("厂里用电多少钱一度",), "1-10KV：0.477", set()),
        (("家里用电多少钱一度",), "1-10KV：0.477", {"other_use"}),
        (("天然气多少钱",), "1-10KV：0.477", {"other_good"}),
        (("天然气多少钱", "那电价呢？"), "1-10KV：0.477", set()),  # the last turn says which
        (("安家补贴多少",), TALENT, set()),
    ],
)
def test_rates_of_another_use_or_good(
    turns: tuple[str, ...], words: str, names: set[str], read: Read, clause_with: ClauseWith
) -> None:
    assert fired(use_features(read(*turns), clause_with(words))) == names


@pytest.mark.parametrize(
    ("question", "text", "wanted"),
    [
        ("硕士学历能积多少分", "硕士学历计40分", True),
        ("交社保一年加几分", "每满一年加5分", True),
        ("硕士能领多少钱", "硕士学历计40分", False),
        ("保费补多少", "按万分之五给予补贴", True),
        ("贷款贴息多少", "按LPR减50个基点贴息", True),
    ],
)
def test_points_answer_a_question_about_points_only(
    question: str, text: str, wanted: bool, read: Read, invented: ClauseWith
) -> None:
    features = kind_features(read(question), invented(text), Span(0, len(text)), text, None)
    assert bool(features["figure_wanted"]) is wanted
