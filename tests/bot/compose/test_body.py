from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.compose.body import compose
from bot.compose.draft import Draft
from bot.evidence.candidates import find_candidates, query_terms
from bot.evidence.features import is_offices
from bot.evidence.passages_for_question import without_label
from bot.evidence.selection import MOST_CHARS
from bot.text.term_overlap import TermWeights
from bot.types import Question
from bot.understand.levels_and_places import Places
from bot.understand.reading import Reading, read_question
from index.types import Hit
from ingest.corpus.load import load_corpus
from ingest.types import Clause, Corpus, Span

ClauseWith = Callable[[str], Clause]
AnswerFrom = Callable[[Sequence[str], Sequence[Clause]], tuple[Reading, Draft]]

CITY_GRANT = "分别给予200万元、150万元、100万元、50万元人才培养资助"
BANNER_GRANT = "分别给予用人单位最高200万元、150万元、50万元引才资助"


def body(draft: Draft) -> str:
    return "".join(sentence.marked for sentence in draft.sentences)


def test_the_row_that_is_asked_for_leads(answer_from: AnswerFrom, clause_with: ClauseWith) -> None:
    _, draft = answer_from(["市里对全职引进C类人才的单位资助多少"], [clause_with(CITY_GRANT)])
    assert "100万元" in draft.sentences[0].text
    assert "50万元" not in draft.sentences[0].text
    assert CITY_GRANT in body(draft)


def test_each_level_that_is_compared_is_heard(answer_from: AnswerFrom, clause_with: ClauseWith) -> None:
    clauses = [clause_with(CITY_GRANT), clause_with(BANNER_GRANT)]
    _, draft = answer_from(["引进C类人才，市里和旗里分别奖给单位多少钱"], clauses)
    assert {clause.level for clause in draft.clauses} == {"市", "旗"}
    assert "〔市〕" in body(draft)
    assert "〔旗〕" in body(draft)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("工商业用水多少钱一吨", "工商业用水：10.4元/吨"),
        ("购买限价住房几年后可以过户", "购买限价住房满5年"),
        ("旗里给国际发明专利奖励多少", "对新获得授权的国际、国内发明专利"),
        ("病残津贴不足5年支付多久", "累计缴费年限不足5年的"),
    ],
)
def test_only_whole_sentences_of_the_clauses_are_said(
    question: str, words: str, answer_from: AnswerFrom, clause_with: ClauseWith
) -> None:
    clause = clause_with(words)
    _, draft = answer_from([question], [clause])
    quotes = draft.citations()[0].quotes
    assert quotes
    assert any(words in quote.of(clause.text) for quote in quotes)
    for quote in quotes:
        before = clause.text[: quote.start].rstrip()
        assert not before or before[-1] in "。；;！？）)、.—" or before[-1].isdigit()
        assert quote.of(clause.text)[-1] in "。；;！？）)" or quote.end == len(clause.text.rstrip())


def test_every_figure_of_the_body_has_its_place(
    answer_from: AnswerFrom, clause_with: ClauseWith, corpus: Corpus
) -> None:
    _, draft = answer_from(["C类人才引才资助多少"], [clause_with(BANNER_GRANT), clause_with(CITY_GRANT)])
    source = corpus.sources[0].text
    figures = [figure for sentence in draft.sentences for figure in sentence.figures]
    assert figures
    for figure in figures:
        assert figure.text == figure.span.of(source).replace("\n", "").replace(" ", "")
    assert draft.withheld == []


def test_the_class_above_a_catalogue_entry_is_said(answer_from: AnswerFrom, clause_with: ClauseWith) -> None:
    _, draft = answer_from(
        ["中国专利金奖完成人算哪一类人才"], [clause_with("中国专利金奖、中国外观设计金奖前2位完成人")]
    )
    assert draft.sentences[0].text.startswith("〔市·C类〕")


def test_a_price_row_says_what_it_prices(answer_from: AnswerFrom, clause_with: ClauseWith) -> None:
    _, draft = answer_from(["工业用电110千伏多少钱"], [clause_with("110KV：0.401元/度")])
    assert draft.sentences[0].text.startswith("〔电价·工业用电〕")


def test_english_questions_get_the_quote_and_the_amount_in_english(
    answer_from: AnswerFrom, clause_with: ClauseWith
) -> None:
    reading, draft = answer_from(
        ["How much does the city pay a company for a class B hire?"], [clause_with(CITY_GRANT)]
    )
    said = " ".join(sentence.text for sentence in draft.sentences)
    assert reading.tiers == {"B"}
    assert "RMB 1.5 million" in said
    assert CITY_GRANT in said
    assert "〔City〕" in said


def test_traditional_questions_get_our_words_in_traditional(answer_from: AnswerFrom, clause_with: ClauseWith) -> None:
    _, draft = answer_from(["自治區失業保險費率這個政策現在還有效嗎"], [clause_with("执行期限至2025年12月31日")])
    assert "執行" not in body(draft)  # the quote stays as printed
    assert body(draft).startswith("已於2025年12月31日到期。")


@pytest.mark.parametrize(
    ("question", "words", "said"),
    [
        ("失业保险降费率现在还能享受吗", "执行期限至2025年12月31日", "已于2025年12月31日到期"),
        ("西部大开发所得税优惠还有效吗", "至2030年12月31日", "仍在有效期内"),
        ("新能源产业人才政策现在还有效吗", "试行期一年", "无法判断"),
    ],
)
def test_the_day_of_asking_decides(
    question: str, words: str, said: str, answer_from: AnswerFrom, clause_with: ClauseWith
) -> None:
    _, draft = answer_from([question], [clause_with(words)])
    assert words in body(draft)
    assert said in body(draft)


def test_offices_come_when_asked_for_and_only_then(answer_from: AnswerFrom, clause_with: ClauseWith) -> None:
    clause = clause_with("为沿黄盟市解决5000万立方米")
    _, asked = answer_from(["解决多少立方米工业用水指标？由哪个单位负责"], [clause])
    _, unasked = answer_from(["解决多少立方米工业用水指标"], [clause])
    assert "自治区水利厅" in body(asked)
    assert "自治区水利厅" not in body(unasked)


def test_bodies_stay_short(answer_from: AnswerFrom, corpus: Corpus) -> None:
    long_ones = sorted(corpus.clauses, key=lambda clause: -len(clause.text))[:10]
    _, draft = answer_from(["人才引进、补贴、奖励、资助、住房各给多少"], long_ones)
    longest = max(len(sentence.text) for sentence in draft.sentences)
    assert draft.length <= max(MOST_CHARS, longest) + 60  # labels come on top


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        ("（责任单位：自治区水利厅）", True),
        ("〔责任单位：自治区自然资源厅、能源局〕", True),
        ("（商务部、人民银行、银保监会、各省级人民政府按职责分工负责）", True),
        ("由自治区工业和信息化厅负责解释。", False),
        ("各级财政部门应依法受理。", False),
    ],
)
def test_offices_are_told_from_rules(text: str, offices: bool) -> None:
    assert is_offices(text) is offices


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("3.用人单位引才奖励。", "用人单位引才奖励。"),
        ("——参考价格：20-25万元/亩", "参考价格：20-25万元/亩"),
        ("（三）对《目录》内企业", "对《目录》内企业"),
        ("第十条 本办法自发布之日起施行。", "本办法自发布之日起施行。"),
        ("2.06元/立方米", "2.06元/立方米"),
        ("①实施高端人才培养开发计划。", "实施高端人才培养开发计划。"),
    ],
)
def test_labels_are_left_out_of_quotes(text: str, kept: str) -> None:
    assert without_label(text, Span(0, len(text))).of(text) == kept


BARRED = "第二条 下列项目不得申请仓储补贴：\n（一）露天堆场；\n（二）停产的仓库；\n（三）违法建筑。"


def test_an_item_is_said_with_what_bars_it(answer_from: AnswerFrom, invented: ClauseWith) -> None:
    _, draft = answer_from(["露天堆场可以申请仓储补贴吗"], [invented(BARRED)])

    assert all("露天堆场" not in one.text or "不得申请仓储补贴：" in one.text for one in draft.sentences)
    assert "露天堆场" in draft.sentences[0].text


def test_a_list_that_is_asked_for_is_said_whole(answer_from: AnswerFrom, invented: ClauseWith) -> None:
    _, draft = answer_from(["哪些项目不得申请仓储补贴"], [invented(BARRED)])

    assert draft.sentences[0].text == (
        "〔市〕下列项目不得申请仓储补贴：（一）露天堆场；（二）停产的仓库；（三）违法建筑。"
    )


PAIR = "问：博士生在读期间能申请安家补贴吗？\n答：不能。补贴只给全职引进的人才。"


def test_the_answer_of_a_pair_is_said_and_not_its_question(answer_from: AnswerFrom, invented: ClauseWith) -> None:
    _, draft = answer_from(["博士生在读期间能不能申请安家补贴"], [invented(PAIR)])

    assert draft.sentences[0].text == "〔市〕不能。补贴只给全职引进的人才。"
    assert not any(sentence.text.endswith(("？", "?")) for sentence in draft.sentences)


def test_a_verdict_on_another_question_says_which(answer_from: AnswerFrom, invented: ClauseWith) -> None:
    _, draft = answer_from(["引进院士的单位每年奖励多少钱"], [invented(PAIR)])

    said = [sentence.text for sentence in draft.sentences if "不能" in sentence.text]
    assert all(text.endswith("“博士生在读期间能申请安家补贴吗”：不能。补贴只给全职引进的人才。") for text in said)


GUIDE = (
    "受理单位：县商务局\n申请材料：（1）申请表；（2）购车发票；（3）行驶证。\n办理时限：5个工作日\n"
    "收费标准：不收费\n咨询电话：0123-4567891"
)


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("冷藏车补助要什么材料", "申请材料：（1）申请表；（2）购车发票；（3）行驶证。"),
        ("冷藏车补助多久能办完", "办理时限：5个工作日"),
        ("冷藏车补助收费吗", "收费标准：不收费"),
        ("冷藏车补助打什么电话", "咨询电话：0123-4567891"),
    ],
)
def test_the_line_of_a_guide_that_is_asked_for_leads(
    question: str, line: str, answer_from: AnswerFrom, invented: ClauseWith
) -> None:
    _, draft = answer_from([question], [invented(GUIDE)])

    assert draft.sentences[0].text == f"〔市〕{line}"


def test_a_heading_that_bars_what_stands_below_it_is_said_with_it(
    answer_from: AnswerFrom, invented: ClauseWith
) -> None:
    clause = invented("（一）露天堆场仓储项目。")
    barred = replace(clause, path=(*clause.path[:2], "三、不予补贴的情形"))
    _, draft = answer_from(["露天堆场仓储项目给补贴吗"], [barred])

    assert draft.sentences[0].text == "〔市〕不予补贴的情形：露天堆场仓储项目。"


RULES = """仓储补贴办法
一、下列项目不得申请补贴：
（一）露天堆场。经县商务局认定的除外。已经申请的应当退回。
（二）停产的仓库。复产的除外。复产前不得申请。
二、补贴标准如下：
每平方米20元。
"""


def test_a_rule_below_a_lead_in_of_its_own_clause_is_said_with_it(tmp_path: Path, places: Places) -> None:
    (tmp_path / "办法.txt").write_text(RULES, "utf-8")
    corpus = load_corpus(tmp_path)
    clause = next(clause for clause in corpus.clauses if clause.text.startswith("（一）"))
    reading = read_question(Question(("露天堆场能申请补贴吗",), date(2026, 11, 22)), places, 20)
    wanted = query_terms(reading, TermWeights.of(one.text for one in corpus.clauses), ())
    candidates = find_candidates(reading, [Hit(clause, 1, 1.0, {}, None)], wanted, lambda _clause, _spans: ())
    draft = compose(reading, candidates, wanted, corpus)

    assert draft.sentences
    for sentence in draft.sentences:
        assert sentence.text.startswith("下列项目不得申请补贴：露天堆场。")
        assert len(sentence.citations) == 2


STEPS = """# 仓储补贴办法

一、仓储补贴的申请流程如下：

| 步骤 | 办理时限（工作日） |
|---|---|
| 受理 | 2 |
| 现场核查 | 5 |
"""


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("仓储补贴怎么申请", ["受理｜办理时限2工作日；", "现场核查｜办理时限5工作日。"]),
        ("仓储补贴现场核查要多久", ["现场核查｜办理时限5工作日。"]),
    ],
)
def test_a_table_below_a_lead_in_is_said_by_its_columns(
    question: str, rows: list[str], tmp_path: Path, places: Places
) -> None:
    (tmp_path / "办法.md").write_text(STEPS, "utf-8")
    corpus = load_corpus(tmp_path)
    reading = read_question(Question((question,), date(2026, 11, 22)), places, 20)
    wanted = query_terms(reading, TermWeights.of(one.text for one in corpus.clauses), ())
    hits = [Hit(corpus.clauses[0], 1, 1.0, {}, None)]
    draft = compose(reading, find_candidates(reading, hits, wanted, lambda _clause, _spans: ()), wanted, corpus)

    assert [sentence.text for sentence in draft.sentences] == ["仓储补贴的申请流程如下：", *rows]
