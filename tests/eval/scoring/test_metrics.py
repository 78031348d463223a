from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import ndcg_score

from eval.cases.cases import Case, Evidence
from eval.scoring import metrics as m
from eval.scoring.results import Cited, Given, Sentence, WorkedOut

GAS = ("第一档价格：2.06元/立方米", "第二档价格：2.47元/立方米", "第三档价格：3.09元/立方米")
FUND = "支持绿色产业集群发展若干政策，设立 10 亿元绿色产业发展基金"
WATER = "——工商业用水：10.4元/吨（含代收污水处理费1.4元和水资源费2.5元）"
OTHER = "对当年新认定的国家高新技术企业给予一次性奖励"


def case(*quotes: str, **fields: object) -> Case:
    return Case("x", ("问",), evidence=tuple(Evidence(quote) for quote in quotes), **fields)  # pyright: ignore[reportArgumentType]


def given(body: str = "", declined: bool = False, cites: tuple[int, ...] = (1,), **quoted: tuple[str, ...]) -> Given:
    citations = tuple(Cited(n, id, "文件", "", None, "", quotes) for n, (id, quotes) in enumerate(quoted.items(), 1))
    return Given(declined, None, body, (Sentence(body, cites),), citations, (), 10.0)


# ── Search ──


@pytest.mark.parametrize(
    ("quotes", "texts", "ranks"),
    [
        ([FUND], [OTHER, "旗里设立10亿元绿色产业发展基金"], (None,)),  # only part of the quote
        (["设立10亿元绿色产业发展基金"], [OTHER, FUND], (2,)),  # spaces beside digits do not matter
        (["设立 10\n亿元绿色"], [FUND], (1,)),
        (GAS, [GAS[2] + GAS[0], OTHER, GAS[1]], (1, 3, 1)),
        (GAS, [], (None, None, None)),
    ],
)
def test_rank_of_each_quote(quotes: list[str], texts: list[str], ranks: tuple[int | None, ...]) -> None:
    assert m.first_ranks(case(*quotes), texts) == ranks


@pytest.mark.parametrize(
    ("texts", "recall_at_1", "recall_at_3", "all_at_3", "hit_at_1", "reciprocal"),
    [
        ([GAS[0], GAS[1], GAS[2]], 1 / 3, 1.0, True, True, 1.0),
        (["".join(GAS), OTHER], 1.0, 1.0, True, True, 1.0),
        ([OTHER, GAS[1], OTHER, GAS[0]], 0.0, 1 / 3, False, False, 1 / 2),
        ([OTHER, OTHER, OTHER, OTHER, GAS[0]], 0.0, 0.0, False, False, 1 / 5),
        ([OTHER], 0.0, 0.0, False, False, 0.0),
    ],
)
def test_search_metrics(
    texts: list[str], recall_at_1: float, recall_at_3: float, all_at_3: bool, hit_at_1: bool, reciprocal: float
) -> None:
    gas = case(*GAS)
    assert m.recall_at(gas, texts, 1) == pytest.approx(recall_at_1)
    assert m.recall_at(gas, texts, 3) == pytest.approx(recall_at_3)
    assert m.all_evidence_at(gas, texts, 3) is all_at_3
    assert m.hit_at_1(gas, texts) is hit_at_1
    assert m.reciprocal_rank(gas, texts) == pytest.approx(reciprocal)


def test_search_metrics_do_not_apply_without_evidence() -> None:
    nothing = case()
    assert m.recall_at(nothing, [OTHER], 5) is None
    assert m.all_evidence_at(nothing, [OTHER], 5) is None
    assert m.hit_at_1(nothing, [OTHER]) is None
    assert m.reciprocal_rank(nothing, [OTHER]) is None
    assert m.ndcg_at(nothing, [OTHER], [], 10) is None
    assert m.evidence_within(nothing, [OTHER], 1500) is None


def test_ndcg_agrees_with_scikit_learn() -> None:
    texts = [OTHER, GAS[1], OTHER, GAS[0], OTHER]
    relevance = [0, 1, 0, 1, 0]
    expected = ndcg_score(np.array([relevance]), np.array([[5, 4, 3, 2, 1]]), k=5)
    assert m.ndcg_at(case(GAS[0], GAS[1]), texts, [1, 1], 5) == pytest.approx(expected)


def test_ndcg_pays_for_a_quote_only_once() -> None:
    both = case(GAS[0], GAS[1])
    assert m.ndcg_at(both, [GAS[0], GAS[0], GAS[1]], [1, 1], 10) == pytest.approx(
        m.ndcg_at(both, [GAS[0], OTHER, GAS[1]], [1, 1], 10)
    )
    assert m.ndcg_at(both, ["".join(GAS), OTHER], [2], 10) == 1.0


@pytest.mark.parametrize(
    ("holders", "gains"),
    [
        ([{"a"}, {"b"}], [1, 1]),
        ([{"a", "c"}, {"b", "c"}], [2]),
        ([{"a"}, {"a", "b"}, {"b"}], [2, 1]),
        ([set(), {"b"}], [1]),
        ([], []),
    ],
)
def test_ideal_gains(holders: list[set[str]], gains: list[int]) -> None:
    assert m.ideal_gains_of([frozenset(ids) for ids in holders]) == gains


def test_evidence_must_stand_whole_in_what_is_read() -> None:
    texts = [OTHER, GAS[0], GAS[1]]
    length = len(OTHER) + len(GAS[0])
    assert m.evidence_within(case(GAS[0], GAS[1]), texts, length) == 0.5
    assert m.evidence_within(case(GAS[0], GAS[1]), texts, length - 1) == 0.0
    assert m.evidence_within(case(GAS[0], GAS[1]), texts, 1500) == 1.0


# ── The body ──


@pytest.mark.parametrize(
    ("points", "body", "said"),
    [
        ([["10亿"]], "旗里设立 １０ 亿元绿色产业发展基金", (True,)),
        ([["20-25万", "20万-25万"]], "參考價格：20—25 萬元/畝", (True,)),
        ([["20万-25万"]], "20万至25万元/亩", (True,)),
        ([["1600-2000万"], ["20-25万"]], "20~25万元/亩", (False, True)),
        ([["3000元"]], "每人一次性补贴3,000元", (True,)),
        ([["class b"], ["B类"]], "Talents of CLASS B (b类)", (True, True)),
        ([["已到期"]], "该政策执行到2025年12月31日", (False,)),
    ],
)
def test_points_said(points: list[list[str]], body: str, said: tuple[bool, ...]) -> None:
    assert m.points_said(points, body) == said


def test_an_answer_is_right_when_every_point_is_said() -> None:
    asked = case(answer=(("10.4元",), ("1.4元",)))
    assert m.point_recall(asked, given(WATER)) == 1.0
    assert m.answer_right(asked, given(WATER)) is True
    assert m.point_recall(asked, given("10.4元/吨")) == 0.5
    assert m.answer_right(asked, given("10.4元/吨")) is False


def test_a_declined_question_has_said_no_point() -> None:
    asked = case(answer=(("10.4元",),))
    assert m.point_recall(asked, given("汇编只写了10.4元", declined=True)) == 0.0
    assert m.answer_right(asked, given("汇编只写了10.4元", declined=True)) is False


def test_points_do_not_apply_where_nothing_can_be_answered() -> None:
    assert m.answer_right(case(kind="unanswerable:near-miss", answer=()), given(WATER)) is None
    assert m.answer_right(case(), given(WATER)) is None


@pytest.mark.parametrize(
    ("points", "body", "share"),
    [
        ((("10.4元",), ("1.4元",)), WATER, 2 / 3),
        ((("10.4",),), WATER, 1 / 3),  # a bare number has no unit
        ((("0.4",),), WATER, 0.0),  # and is no part of another number
        ((("2万",),), "给予20万元补贴", 0.0),
        ((("最高50万",),), "分别给予最高50万元、30万元资助", 1 / 2),
        ((("已到期",),), WATER, None),  # no figure was asked for
        ((("10.4元",),), "见价格表", None),  # no figure was given
    ],
)
def test_share_of_asked_for_figures(points: tuple[tuple[str, ...], ...], body: str, share: float | None) -> None:
    measured = m.asked_figure_share(case(answer=points), given(body))
    assert measured == (None if share is None else pytest.approx(share))


def test_forbidden_words_are_counted() -> None:
    asked = case(must_not=("2亿元", "仍然有效"))
    assert m.forbidden_said(asked, given("自治区设立 2 億元引导基金，目前仍然有效")) == 2
    assert m.forbidden_said(asked, given("旗里设立10亿元基金")) == 0
    assert m.forbidden_said(case(), given("2亿元")) is None


@pytest.mark.parametrize(
    ("body", "supports", "count"),
    [
        ("工商业用水10.4元/吨", [WATER], 0),
        ("工商业用水11.4元/吨", [WATER], 1),
        ("10.4元、1.4元，另有3元", [OTHER, WATER], 1),
        ("给予一百万元", ["给予100万元奖励"], 0),
        ("给予100万元", ["给予100元奖励"], 1),
        ("没有数字的话", [], 0),
        ("工商业用水10.4元/吨", [], 1),
    ],
)
def test_figures_without_support_are_counted(body: str, supports: list[str], count: int) -> None:
    assert m.unsupported_figures(case(), given(body), supports) == count


@pytest.mark.parametrize(
    ("asked", "product", "count"),
    [
        ("我们厂用5000吨水多少钱", "5.2万元", 0),
        ("我们厂用5000吨水多少钱", "5.3万元", 1),  # another product
        ("我们厂用6000吨水多少钱", "5.2万元", 1),  # a quantity nobody asked about
    ],
)
def test_an_estimate_is_worked_out_once_more(asked: str, product: str, count: int) -> None:
    text = f"推算：5000吨×10.4元/吨={product}。"
    answer = replace(given(text), sentences=(Sentence(text, (1,), WorkedOut(product, "5000吨", "10.4元/吨")),))
    assert m.unsupported_figures(Case("x", (asked,)), answer, [WATER]) == count
    assert m.unsupported_figures(Case("x", (asked,)), answer, [OTHER]) == 1  # the price is printed nowhere
    assert m.unsupported_figures(Case("x", (asked,)), replace(answer, body=text + "另奖3万元。"), [WATER]) == count + 1


def test_so_much_a_month_may_be_given_for_years() -> None:
    text = "推算：2年×每月1000元=最高2.4万元。"
    answer = replace(given(text), sentences=(Sentence(text, (1,), WorkedOut("最高2.4万元", "2年", "1000元")),))
    assert m.unsupported_figures(case(), answer, ["每月1000元，最长2年"]) == 0


def test_several_quantities_are_multiplied_and_each_is_named() -> None:
    text = "推算：2个×两年×3000元/月=14.4万元。"
    said = WorkedOut("14.4万元", "2个×两年", "3000元/月")
    answer = replace(given(text), sentences=(Sentence(text, (1,), said),))
    asked = Case("x", ("给2个博士，领满两年一共多少",))
    assert m.unsupported_figures(asked, answer, ["3000元/月"]) == 0
    assert m.unsupported_figures(Case("x", ("给3个博士，领满两年",)), answer, ["3000元/月"]) == 1


@pytest.mark.parametrize(("months", "wrong"), [("36 months", 0), ("48 months", 1)])
def test_a_quantity_may_be_printed_in_the_other_language(months: str, wrong: int) -> None:
    product = f"RMB {int(months.split()[0]) * 2000:,}"
    text = f"Estimate: {months}×RMB 2,000 per person per month = {product}."
    said = WorkedOut(product, months, "RMB 2,000 per person per month")
    answer = replace(given(text), sentences=(Sentence(text, (1,), said),))
    assert m.unsupported_figures(case(), answer, ["2000元/人·月标准申请租房补贴，最长补贴36个月"]) == wrong


def test_a_quantity_may_be_said_as_people_say_it() -> None:
    text = "推算：400平×29.5元/平方米=1.18万元。"
    answer = replace(given(text), sentences=(Sentence(text, (1,), WorkedOut("1.18万元", "400平", "29.5元/平方米")),))
    assert m.unsupported_figures(Case("x", ("400平的饭店",)), answer, ["非居民供热：29.5元/平方米"]) == 0


def test_factors_that_are_no_single_figure_are_not_believed() -> None:
    answer = replace(given("推算"), sentences=(Sentence("推算", (1,), WorkedOut("很多", "5000吨", "10.4元/吨")),))
    assert m.unsupported_figures(Case("x", ("5000吨",)), answer, [WATER]) == 1


@pytest.mark.parametrize(
    ("cited", "every"), [({"a", "b"}, True), ({"b", "c"}, True), ({"a"}, False), (set[str](), False)]
)
def test_every_document_with_evidence_is_to_be_cited(cited: set[str], every: bool) -> None:
    of_quotes = (frozenset({"a", "c"}), frozenset({"b"}), frozenset[str]())  # the last stands nowhere
    assert m.all_documents_cited(case(*GAS), given(), of_quotes, frozenset(cited)) is every
    assert m.all_documents_cited(case(*GAS), given(declined=True), of_quotes, frozenset(cited)) is False
    assert m.all_documents_cited(case(), given(), (), frozenset(cited)) is None


def test_length_and_figures_are_not_measured_of_a_refusal() -> None:
    refusal = given("汇编里没有2026年的规定", declined=True, cites=())
    assert m.body_length(refusal) is None
    assert m.unsupported_figures(case(), refusal, []) is None
    assert m.asked_figure_share(case(answer=(("3%",),)), refusal) is None
    assert m.body_length(given("十个字以内的答案")) == 8


def test_a_count_that_is_right_is_no_figure_without_a_source() -> None:
    said = given("共14项：伤残津贴。")
    assert m.unsupported_figures(case(), said, ["伤残津贴"]) == 1
    assert m.unsupported_figures(case(), said, ["伤残津贴"], lambda sentence: sentence.text.startswith("共14项")) == 0


# ── Citations ──


@pytest.mark.parametrize(
    ("cited", "precision", "recall"),
    [
        ([GAS[0], GAS[1]], 1.0, 1.0),
        ([GAS[0], OTHER, OTHER, OTHER], 1 / 4, 1 / 2),
        ([OTHER], 0.0, 0.0),
        ([], None, 0.0),
    ],
)
def test_citations_against_evidence(cited: list[str], precision: float | None, recall: float) -> None:
    asked = case(GAS[0], GAS[1])
    assert m.citation_precision(asked, given(), cited) == precision
    assert m.citation_recall(asked, given(), cited) == recall


def test_a_refusal_cites_nothing_as_proof() -> None:
    asked = case(GAS[0])
    assert m.citation_precision(asked, given(declined=True), [GAS[0]]) is None
    assert m.citation_recall(asked, given(declined=True), [GAS[0]]) == 0.0
    assert m.citation_recall(case(), given(), [GAS[0]]) is None


def test_quotes_must_be_spans_of_a_source() -> None:
    sources = [m.squeeze(WATER + FUND)]
    assert m.quote_fidelity(given(a=(WATER, "设立 10 亿元")).citations, sources) == 1.0
    assert m.quote_fidelity(given(a=(WATER,), b=("设立12亿元",)).citations, sources) == 0.5
    assert m.quote_fidelity(given(a=(" ",)).citations, sources) == 0.0
    assert m.quote_fidelity(given(a=()).citations, sources) is None


# ── Declining ──


@pytest.mark.parametrize(
    ("kind", "declined", "rightly", "deserved", "falsely"),
    [
        ("single", False, None, None, False),
        ("single", True, None, False, True),
        ("unanswerable:off-topic", True, True, True, None),
        ("unanswerable:off-topic", False, False, None, None),
    ],
)
def test_declining(
    kind: str, declined: bool, rightly: bool | None, deserved: bool | None, falsely: bool | None
) -> None:
    asked, reply = case(kind=kind), given(declined=declined)
    assert m.declined_rightly(asked, reply) is rightly
    assert m.decline_deserved(asked, reply) is deserved
    assert m.declined_falsely(asked, reply) is falsely
