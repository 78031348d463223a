"""Questions on rows of tables, through the whole bot: a Word file with heads over two rows, a PDF whose table goes on on the
next page, a page with merged cells, a text with the unit above its table."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, Question
from index.store.store import build_index, open_index
from ingest.corpus.load import load_corpus
from tests.bot.conftest import AS_OF
from tests.ingest.readers.conftest import PdfPage, pdf_of

CHAMPIONS = """<html><body><div class="content"><h1>云溪区企业梯度培育奖励办法</h1>
<p>一、奖励标准按下表执行。</p><table>
<tr><th>企业类别</th><th>认定级别</th><th>奖励金额</th></tr>
<tr><td rowspan="3">小巨人企业</td><td>国家级</td><td>60万元</td></tr>
<tr><td>省级</td><td>25万元</td></tr><tr><td>市级</td><td>9万元</td></tr>
<tr><td rowspan="2">单项冠军企业</td><td>国家级</td><td>110万元</td></tr><tr><td>省级</td><td>45万元</td></tr>
</table><p>二、奖励资金每年九月申报，由区工业和信息化局受理。</p></div></body></html>"""
WATER = """云溪区水价公告
一、自2026年1月起，各类用水按以下价格执行。
单位：元/立方米
用户类别\t用水性质\t价格
生产\t一般生产\t4.15
\t特种行业\t9.60
生活\t第一阶梯\t2.35
\t第二阶梯\t3.20
二、本公告由云溪区水务局解释。
"""
ROUTES = [
    ["航线类别", "年飞行架次", "补贴", "补贴"],
    ["航线类别", "年飞行架次", "标准（元/架次）", "年度上限（万元）"],
    ["短途运输", "200—599架次", "500", "90"],
    ["短途运输", "600架次以上", "700", "180"],
    ["物流配送", "4000架次以上", "18", "260"],
]


def routes() -> bytes:
    document = docx.Document()
    document.add_heading("云溪区低空经济若干措施", 0)
    document.add_paragraph("一、支持开通航线。对达到年飞行架次要求的企业，按实际飞行架次给予补贴，补贴标准如下表。")
    table = document.add_table(rows=len(ROUTES), cols=4)
    for row, words in enumerate(ROUTES):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    for one, other in [((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((2, 0), (3, 0))]:
        word = table.cell(*one).text
        table.cell(*one).merge(table.cell(*other)).text = word
    document.add_paragraph("二、本措施自2026年5月1日起施行，有效期至2028年12月31日。")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def projects() -> bytes:
    """Twelve rows on the first page, six on the second, without the heads again."""
    rows = [("扶持项目", "达到条件", "兑现金额")]
    rows += [(f"重点项目{n}", f"年产值达到{n}亿元", f"{3 * n}万元") for n in range(1, 19)]
    pages: list[PdfPage] = []
    columns = (80, 200, 340, 460)
    for part in (rows[:13], rows[13:]):
        words = [(columns[c] + 5, 108 + 30 * r, cell) for r, row in enumerate(part) for c, cell in enumerate(row)]
        if not pages:
            words.append((80, 70, "云溪区重点项目兑现标准"))
        bottom = 100 + 30 * len(part)
        rules = [(x, 100, x, bottom) for x in columns]
        rules += [(80, 100 + 30 * r, 460, 100 + 30 * r) for r in range(len(part) + 1)]
        pages.append(PdfPage([*words, (280, 800, f"— {len(pages) + 1} —")], rules))
    return pdf_of(pages)


@pytest.fixture(scope="session")
def asked(compendium_bot: PolicyBot, tmp_path_factory: pytest.TempPathFactory) -> PolicyBot:
    """The bot over the four files, with the encoder and the settings of the compendium's."""
    folder: Path = tmp_path_factory.mktemp("tables")
    (folder / "奖励办法.html").write_text(CHAMPIONS, "utf-8")
    (folder / "水价公告.txt").write_text(WATER, "utf-8")
    (folder / "若干措施.docx").write_bytes(routes())
    (folder / "兑现标准.pdf").write_bytes(projects())
    corpus, home = load_corpus(folder), tmp_path_factory.mktemp("home")
    encoder = compendium_bot.clause_index.encoder
    build_index(corpus, encoder, home)
    return PolicyBot.over(open_index(corpus, encoder, home), compendium_bot.settings, compendium_bot.finder.topics)


def ask(bot: PolicyBot, *turns: str) -> Answered:
    answer = bot.ask(Question(turns, AS_OF))
    assert isinstance(answer, Answered), answer.body
    return answer


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("省级单项冠军企业奖励多少钱？", "单项冠军企业｜省级｜奖励金额45万元", ["110万元", "25万元"]),
        ("省级小巨人企业奖励多少钱？", "小巨人企业｜省级｜奖励金额25万元", ["60万元", "9万元", "45万元"]),
        ("特种行业生产用水价格是多少？", "生产｜特种行业｜价格9.60元/立方米", ["4.15", "未找到"]),
        ("生活用水第二阶梯多少钱一方？", "生活｜第二阶梯｜价格3.20元/立方米", ["2.35", "未找到"]),
        (
            "短途运输一年飞800架次，每架次补贴多少？",
            "短途运输｜年飞行架次600架次以上｜补贴·标准700元/架次",
            ["500元", "18元"],
        ),
        ("短途运输一年飞300架次，每架次补贴多少？", "短途运输｜年飞行架次200—599架次｜补贴·标准500元/架次", ["700元"]),
        (
            "物流配送航线的年度上限是多少？",
            "物流配送｜年飞行架次4000架次以上｜补贴·年度上限260万元",
            ["90万元", "180万元"],
        ),
        ("重点项目13兑现金额是多少？", "重点项目13｜达到条件：年产值达到13亿元｜兑现金额39万元", ["36万元", "42万元"]),
        ("重点项目5兑现多少？", "重点项目5｜达到条件：年产值达到5亿元｜兑现金额15万元", ["45万元"]),
    ],
)
def test_a_question_on_a_row_gets_that_row_with_its_unit(asked, question: str, right: str, wrong: list[str]) -> None:
    answer = ask(asked, question)

    assert right in answer.sentences[0].text
    assert not [words for words in wrong if words in answer.body]
    assert answer.sentences[0].figures


def test_the_page_is_that_of_the_row(asked) -> None:
    assert [ask(asked, f"重点项目{n}兑现金额是多少？").citations[0].clause.page for n in (3, 13)] == [1, 2]


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("企业梯度培育奖励什么时候申报？", "每年九月申报"),
        ("企业梯度培育奖励找哪个部门申报？", "区工业和信息化局受理"),
        ("低空经济若干措施有效期到什么时候？", "2028年12月31日"),
    ],
)
def test_a_question_on_prose_gets_prose(asked, question: str, right: str) -> None:
    answer = ask(asked, question)

    assert right in answer.sentences[0].text
    assert "｜" not in answer.body


def test_a_question_on_the_whole_table_gets_its_rows_or_how_many_there_are(asked) -> None:
    few, many = ask(asked, "开通航线补贴标准是多少？"), ask(asked, "重点项目兑现标准是多少？")

    assert [row[0].text for row in few.tables[0].rows] == ["短途运输", "短途运输", "物流配送"]
    assert few.tables[0].columns == ("航线类别", "年飞行架次", "补贴·标准", "补贴·年度上限")
    assert few.tables[0].rows[1][2].text == "700元/架次"
    assert any("共18行" in notice for notice in many.notices)
    assert not any("行" in notice and "共" in notice for notice in few.notices)


def test_a_follow_up_names_another_row(asked) -> None:
    answer = ask(asked, "省级单项冠军企业奖励多少？", "那国家级的呢？")

    assert "单项冠军企业｜国家级｜奖励金额110万元" in answer.body
    assert "45万元" not in answer.body
