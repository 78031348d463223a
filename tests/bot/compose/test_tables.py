"""Tables beside an answer, over the real index: levels and classes side by side, each cell with its clause."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from bot.compose.draft import Draft
from bot.pipeline import PolicyBot
from bot.types import Answered, Question, Table
from bot.understand.reading import Reading
from bot.verify.grounding import check_sentence
from ingest.types import Clause

AS_OF = date(2026, 11, 22)


def ask(bot: PolicyBot, text: str) -> Answered:
    answer = bot.ask(Question((text,), AS_OF))
    assert isinstance(answer, Answered)
    return answer


def rows_of(table: Table) -> dict[str, tuple[str, ...]]:
    return {row[0].text: tuple(cell.text for cell in row[1:]) for row in table.rows}


def test_each_level_has_its_row(bot: PolicyBot) -> None:
    (table,) = ask(bot, "市和旗对猎头公司的奖励分别是多少").tables
    rows = rows_of(table)
    assert list(rows) == ["市", "旗"]
    assert "50万元、40万元、30万元、20万元" in rows["市"][-1]
    assert "30万元、20万元、10万元、5万元" in rows["旗"][-1]


def test_what_one_level_does_not_provide_is_said_in_body_and_table(bot: PolicyBot) -> None:
    answer = ask(bot, "国家、自治区和旗对上规模的新能源企业招聘博士，安家补贴分别给多少")
    assert "〔国家〕该层级未见直接规定。" in [sentence.text for sentence in answer.sentences]
    (table,) = answer.tables
    assert "该层级未见直接规定" in rows_of(table)["国家"]


def test_a_level_that_another_levels_rule_speaks_of_is_not_called_missing(bot: PolicyBot) -> None:
    answer = ask(bot, "产粮大县农业保险保费，中央和自治区分别承担多少？")
    assert "45%和30%" in answer.body
    assert "未见规定" not in answer.body
    (table,) = answer.tables
    assert rows_of(table)["国家"] == ("见条文",)


def test_classes_that_only_one_list_has_are_in_the_table_too(
    answer_from: Callable[[Sequence[str], Sequence[Clause]], tuple[Reading, Draft]],
    clause_with: Callable[[str], Clause],
) -> None:
    homes = [
        clause_with("300万元、250万元、200万元、100万元、80万元安家补贴"),
        clause_with("最高300万元、200万元、80万元安家补贴"),
    ]
    _, draft = answer_from(["A类到F类人才安家补贴各多少？"], homes)
    (table,) = draft.tables
    rows = rows_of(table)
    city, banner = (table.columns[1:].index(head) for head in ("市·安家补贴", "旗·安家补贴"))
    assert rows["优秀人才（F类）"][city] == "80万元"
    assert rows["优秀人才（F类）"][banner] in ("该条未列", "见条文")


def test_rates_are_those_of_the_use_that_is_asked_for(bot: PolicyBot) -> None:
    (table,) = ask(bot, "准备在伊旗建厂，10千伏用电，帮我把地价、电价、水价、气价列一下").tables
    rows = rows_of(table)
    assert list(rows) == ["地价", "电价", "水价", "气价"]
    assert rows["水价"][0].startswith("工商业用水：10.4元/吨")
    assert "3.06元/立方米" in rows["气价"][0]


@pytest.mark.parametrize(
    "text",
    [
        "市和旗对猎头公司的奖励分别是多少",
        "A类到F类人才安家补贴各多少？",
        "自来水价格都有哪几种，各多少钱",
        "Compare the settling-in allowance for class B talents at city and banner level",
    ],
)
def test_every_cell_with_figures_is_borne_out_by_its_clause(bot: PolicyBot, text: str) -> None:
    answer = ask(bot, text)
    cited = {citation.n: citation.clause for citation in answer.citations}
    assert answer.tables
    for cell in (cell for table in answer.tables for row in table.rows for cell in row if cell.figures):
        assert set(cell.citations) <= cited.keys()
        verdict = check_sentence(cell.text, cell.citations, cited)
        assert not verdict.missing_figures
