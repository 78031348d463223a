"""A row said by itself, and which rows of a table a question is about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.evidence.candidates import find_candidates, query_terms
from bot.evidence.selection import choose
from bot.evidence.table_rows import row_words, rows_named, sends_to_table, tells_what_is_asked
from bot.text.term_overlap import TermWeights
from bot.types import Question
from bot.understand.levels_and_places import Places
from bot.understand.reading import Reading, read_question
from bot.verify.grounding import check_sentence
from index.types import Hit
from ingest.corpus.load import segment
from ingest.readers.html.reader import read_html
from ingest.readers.limits import Limits
from ingest.readers.text import read_text
from ingest.types import Clause
from tests.bot.conftest import AS_OF

Asked = Callable[..., Reading]
CHAMPIONS = "类别\t级别\t奖励金额（万元）\t申报时限\n小巨人企业\t国家级\t60\t认定后6个月内\n\t省级\t25\t认定后3个月内\n单项冠军企业\t国家级\t120\t认定后6个月内\n\t省级\t45\t认定后3个月内\n合计\t\t250\t\n"
TALENTS = "层次\t购房补贴（万元）\t租房补贴（元/月）\t服务年限\nA类\t120\t6000\t五年\nB类\t90\t4500\t五年\nC类\t60\t3000\t三年\n"
CAPITAL = "实缴资本\t落户奖励\n1亿元（含）至5亿元\t300万元\n5亿元（含）至10亿元\t800万元\n10亿元（含）以上\t1500万元\n"
POWER = "用户\t电压等级\t高峰（元/千瓦时）\t低谷（元/千瓦时）\n两部制（大工业）\t1—10千伏\t1.09\t0.29\n\t35千伏\t1.07\t0.28\n\t110千伏\t1.04\t0.27\n"


def rows_of(table: str) -> list[Clause]:
    cut = segment(read_text(f"云溪区产业扶持办法\n一、标准如下。\n{table}".encode(), "a.txt", Limits()))
    return [clause for clause in cut.clauses if clause.cells]


@pytest.fixture(scope="session")
def asked(places: Places) -> Asked:
    return lambda *turns: read_question(Question(turns, AS_OF), places, 20)


def test_a_row_read_alone_is_a_sentence() -> None:
    assert row_words(rows_of(CHAMPIONS)[1]) == "小巨人企业｜省级｜奖励金额25万元｜申报时限：认定后3个月内"
    assert row_words(rows_of(CAPITAL)[0]) == "实缴资本1亿元（含）至5亿元｜落户奖励300万元"
    assert row_words(rows_of(POWER)[2]) == "两部制（大工业）｜电压等级110千伏｜高峰1.04元/千瓦时｜低谷0.27元/千瓦时"


@pytest.mark.parametrize("table", [CHAMPIONS, TALENTS, CAPITAL, POWER])
def test_every_row_so_said_is_borne_out_by_its_clause(table: str) -> None:
    for row in rows_of(table):
        verdict = check_sentence(row_words(row), (1,), {1: row})
        assert verdict.stands, verdict
        assert verdict.figures


def test_a_row_does_not_bear_out_its_neighbours_amount() -> None:
    national, regional = rows_of(CHAMPIONS)[:2]

    assert not check_sentence("小巨人企业｜国家级｜奖励金额25万元", (1,), {1: national}).stands
    assert not check_sentence("小巨人企业｜国家级｜奖励金额6025万元", (1, 2), {1: national, 2: regional}).stands


def test_cells_never_run_together_in_what_is_checked() -> None:
    row = rows_of("投资额（万元）\t补助比例\t贴息比例\n1000—3000\t2%\t1.5%\n")[0]

    assert check_sentence(row_words(row), (1,), {1: row}).stands
    assert not check_sentence("补助比例30002%", (1,), {1: row}).stands


@pytest.mark.parametrize(
    ("table", "question", "said"),
    [
        (CHAMPIONS, "省级单项冠军企业奖励多少钱？", ["45"]),
        (CHAMPIONS, "省级小巨人奖多少", ["25"]),
        (CHAMPIONS, "小巨人企业奖励多少", ["60", "25"]),
        (CHAMPIONS, "国家级小巨人和单项冠军各奖多少", ["60", "120"]),
        (CHAMPIONS, "奖励金额合计多少", ["250"]),
        (CHAMPIONS, "奖励标准是什么", []),
        (TALENTS, "B类人才租房补贴每月多少", ["4500"]),
        (CAPITAL, "实缴资本7亿元落户奖励多少", ["800"]),
        (CAPITAL, "实缴资本12个亿能拿多少落户奖励", ["1500"]),
        (POWER, "10千伏的大工业高峰电价", ["1.09"]),
        (POWER, "35千伏大工业低谷多少钱一度", ["1.07"]),
    ],
)
def test_the_rows_a_question_names(table: str, question: str, said: list[str], asked: Asked) -> None:
    named = rows_named(asked(question), rows_of(table))

    assert len(named) == len(said)
    assert all(words in row.text for row, words in zip(named, said, strict=True))


def test_a_word_of_the_title_names_no_row(asked: Asked) -> None:
    rows = rows_of("产业\t补助\n产业园区\t10万元\n商贸物流\t20万元\n")

    assert rows_named(asked("产业扶持补助多少"), rows) == []
    assert len(rows_named(asked("产业园区补助多少"), rows)) == 1


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("A类租房补贴每月多少", "A类｜租房补贴6000元/月"),
        ("A类购房补贴多少", "A类｜购房补贴120万元"),
        ("A类补贴多少，服务几年？", "A类｜购房补贴120万元｜租房补贴6000元/月｜服务年限五年"),  # two things are asked
    ],
)
def test_a_question_on_one_column_gets_that_column(question: str, said: str, asked: Asked) -> None:
    assert row_words(rows_of(TALENTS)[0], asked(question)) == said


def test_the_condition_of_a_row_is_said_with_any_column(asked: Asked) -> None:
    reading = asked("110千伏大工业低谷电价是多少")

    assert row_words(rows_of(POWER)[2], reading) == "两部制（大工业）｜电压等级110千伏｜低谷0.27元/千瓦时"


def test_a_sentence_may_send_to_a_table() -> None:
    assert sends_to_table("给予一次性奖励，奖励标准见附件 1。") == "附件1"
    assert sends_to_table("补贴标准按下表执行。") == "下表"
    assert sends_to_table("给予一次性奖励30万元。") is None


def test_amounts_tell_neither_when_nor_how(asked: Asked) -> None:
    row = rows_of(CAPITAL)[0]

    assert tells_what_is_asked(asked("落户奖励多少"), row)
    assert not tells_what_is_asked(asked("落户奖励怎么申请"), row)
    assert not tells_what_is_asked(asked("什么时候申报"), row)
    assert tells_what_is_asked(asked("什么时候申报"), rows_of(CHAMPIONS)[0])  # 申报时限


def test_a_question_on_a_row_is_answered_without_its_neighbours(asked: Asked) -> None:
    rows = rows_of(CHAMPIONS)
    reading = asked("省级单项冠军企业奖励多少钱？")
    weights = TermWeights.of(" ".join((*row.path, row.text)) for row in rows)
    wanted = query_terms(reading, weights, ())
    hits = [Hit(row, rank, 1.0, {}, None) for rank, row in enumerate(rows_named(reading, rows), start=1)]
    chosen = choose(reading, find_candidates(reading, hits, wanted, lambda _clause, _spans: ()), wanted)

    assert [candidate.text for candidate in chosen] == ["单项冠军企业｜省级｜奖励金额45万元"]


def test_columns_under_one_head_are_kept_apart(asked: Asked) -> None:
    page = (
        "<html><body><h1>车船税额表</h1><p>一、税额如下。</p><table><tr><th colspan='2'>税目</th><th>税额</th></tr>"
        "<tr><td rowspan='2'>商用车</td><td>客车</td><td>每辆480元</td></tr><tr><td>货车</td><td>每吨16元</td></tr>"
        "<tr><td rowspan='2'>船舶</td><td>机动船</td><td>每吨3元</td></tr><tr><td>游艇</td><td>每米600元</td></tr></table></body></html>"
    )
    rows = [clause for clause in segment(read_html(page.encode(), "a.html", Limits())).clauses if clause.cells]

    assert [row.text for row in rows_named(asked("商用货车税额多少"), rows)] == ["商用车\t货车\t每吨16元"]
    assert [row.text for row in rows_named(asked("游艇税额多少"), rows)] == ["船舶\t游艇\t每米600元"]


def test_names_between_a_condition_and_the_value_asked_for_stay(asked: Asked) -> None:
    rows = rows_of(
        "投资额\t行业\t补助比例\n1000万元以下\t制造业\t3%\n\t软件业\t6%\n1000万元以上\t制造业\t5%\n\t软件业\t10%\n"
    )
    reading = asked("1000万元以下的软件业补助比例多少？")
    (named,) = rows_named(reading, rows)

    assert row_words(named, reading) == "投资额1000万元以下｜行业：软件业｜补助比例6%"


def test_a_row_may_name_the_unit_of_its_numbers(asked: Asked) -> None:
    (row, words) = rows_of("项目\tA类\tB类\n一次性安家费（万元）\t100\t60\n子女入学\t全区任选\t片区优先\n")

    assert [(figure.value, figure.unit) for figure in row.figures] == [(1_000_000, "元"), (600_000, "元")]
    assert row_words(row, asked("B类人才一次性安家费多少？")) == "一次性安家费（万元）｜B类60万元"
    assert words.figures == ()


LETS = "户型\t面积（平方米）\t博士（元/月）\t硕士（元/月）\n一居室\t45\t免租\t450\n两居室\t68\t510\t680\n"
STORES = "类型\t面积（平方米）\t自建（万元）\t租用（元/平方米·年）\n普通仓\t500—1999\t15\t60\n\t2000以上\t35\t80\n"
CENTRES = "平台\t认定奖励（万元）\t运行补助（万元）\n省级中试基地\t58\t24\n市级中试基地\t24\t9\n"


@pytest.mark.parametrize(
    ("table", "question", "said"),
    [
        (LETS, "博士住一居室要交多少租金？", ["一居室｜面积45平方米｜博士免租"]),
        (LETS, "硕士住两居室月租多少？", ["两居室｜面积68平方米｜硕士680元/月"]),
        (STORES, "普通仓自建2500平方米补助多少？", ["普通仓｜面积2000平方米以上｜自建35万元"]),
        (STORES, "租用普通仓800平方米，每平方米补助多少？", ["普通仓｜面积500—1999平方米｜租用60元/平方米·年"]),
        (CENTRES, "市级中试基地的认定奖励和运行补助各是多少？", ["市级中试基地｜认定奖励24万元｜运行补助9万元"]),
    ],
)
def test_the_cell_asked_for_is_said_with_its_unit(table: str, question: str, said: list[str], asked: Asked) -> None:
    reading = asked(question)
    rows = rows_of(table)

    assert [row_words(row, reading) for row in rows_named(reading, rows)] == said
    assert all(check_sentence(words, (1,), {1: row}).stands for words in said for row in rows_named(reading, rows))
