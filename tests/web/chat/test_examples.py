"""Every example of the page, in both languages: its answer begins with what the compendium prints on it.

The figures and words were read in the compendium, each at the place that is named beside it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.pipeline import PolicyBot
from bot.settings import BotSettings
from bot.types import Answered, CheckedFigure, Question
from ingest.corpus.load import load_corpus
from ingest.editions.types import Edition
from web.chat.examples import examples_of

AS_OF = date(2026, 11, 22)

# Chinese question → words of the sentence that answers first, and the first figure of that sentence ("" for none).
BEGINS: dict[str, tuple[str, str]] = {
    # 进一步鼓励外商投资设立研发中心若干措施: one of its measures, not its preamble
    "外商投资设立研发中心有哪些支持？": ("加强土地、设备、基础设施等要素保障", ""),
    # 国务院关于进一步优化外商投资环境…的意见 六、（十八）
    "境外投资者用分得的利润再投资，预提所得税怎么征？": ("境内取得利润再投资暂不征收预提所得税", ""),
    # 负面清单（2024年版）, its opening
    "2024年版外商投资准入负面清单什么时候施行？": ("自2024年11月1日起施行", "2024年4月8日"),
    # 伊金霍洛旗基本情况（二）, the rate lists
    "110千伏接电的工业用电一度多少钱？": ("110KV：0.401元/度", "0.401元/度"),
    "工业用水价格是多少？": ("工商业用水：10.4元/吨", "10.4元/吨"),
    "工业用气价格是多少？": ("工商业用气3.06元/立方米", "3.06元/立方米"),
    "蒙西电网战略性新兴产业电价是多少？": ("电价：0.29—0.33元/度", "0.29—0.33元/度"),
    "工业用地的参考价格是多少？": ("参考价格：20-25万元/亩", "20-25万元/亩"),
    # 鄂尔多斯市…打造一流人才高地的若干措施 一、1.; 四、20.
    "全职引进的A类人才，市里给多少安家补贴？": ("A类不低于300万元", "300万元"),
    "博士在鄂尔多斯的租房补贴是多少？": ("博士（或正高级职称人员）", "2000元/人·月"),
    "硕士毕业生在鄂尔多斯租房有补贴吗？": ("硕士（或副高级职称人员、高级技师、重点高校本科生）", "1500元/人·月"),
    # 伊金霍洛旗…助推高质量发展的若干措施 四、28.; 二、12.; 三、19.
    "引进人才的配偶和子女怎么安排？": (
        "引进人才配偶属行政事业单位在编在岗人员，符合转任或调动有关规定的，统筹安排",
        "",
    ),
    "大学生在伊金霍洛旗创业，补贴多少？": ("首次创办小微企业或从事个体经营的高校毕业生", "1万元"),
    "高校毕业生创业要满足什么条件才有补贴？": (
        "正常运营一年以上，且营业执照注册时间未超过2年的，给予1万元一次性创业补贴",
        "1万元",
    ),
    "旗里给高新技术企业多少奖励？": ("再次获批或整体迁入伊金霍洛旗的国家高新技术企业给予20万元奖补", "20万元"),
    # 关于营造更好环境支持科技型中小企业研发的实施方案 二、（三）6.; “科技兴蒙” 二、（四）
    "科技型中小企业研发费用加计扣除比例是多少？": ("科技型中小企业研发费用加计扣除比例提高到100%", "100%"),
    "首次认定的高新技术企业奖励多少？": ("一次性奖励30万元研发经费", "30万元"),
    # 要素支持政策（一）2.
    "光伏项目用地有什么规定？": ("支持风电光伏项目使用未利用土地", ""),
}
# Where English speakers are answered from another clause, as good, than the Chinese question beside theirs.
BEGINS_IN_ENGLISH: dict[str, tuple[str, str]] = {
    "What settling-in allowance does the city pay category-A talent?": (
        "对全职引进的顶尖人才（A类）给予不低于300万元安家补贴",
        "300万元",
    ),
    # 国务院关于进一步优化外商投资环境…的意见 二、（一）
    "What support is there for foreign-invested R&D centres?": ("支持外商投资在华设立研发中心，与国内企业联合开展技术研发和产业化应用", ""),
    # 伊金霍洛旗…助推高质量发展的若干措施 四、28.
    "What is arranged for the spouse and children of talent?": ("引进人才可依照本人意愿办理落户，人才子女及配偶实行户口迁移“一站式”办理", ""),
}  # fmt: skip
MONEY_OR_SHARE = ("元", "%")
COMPENDIUM = load_corpus(Path(__file__).parents[3] / "corpus")
CLAUSES = {clause.id: clause for clause in COMPENDIUM.clauses}
EVERY = [question for group in examples_of(COMPENDIUM, Edition()) for question in group.questions]


@pytest.fixture(scope="module")
def over_the_compendium() -> PolicyBot:
    return PolicyBot.open(BotSettings())


def test_every_example_is_looked_at() -> None:
    assert {question.zh for question in EVERY} == set(BEGINS)
    assert set(BEGINS_IN_ENGLISH) < {question.en for question in EVERY}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param(asked, BEGINS_IN_ENGLISH.get(asked, BEGINS[question.zh]), id=asked)
        for question in EVERY
        for asked in question
    ],
)
def test_the_answer_begins_with_what_is_asked(
    asked: str, expected: tuple[str, str], over_the_compendium: PolicyBot
) -> None:
    words, figure = expected
    answer = over_the_compendium.ask(Question((asked,), AS_OF))
    assert isinstance(answer, Answered), answer.body
    begins = answer.sentences[0]
    printed = begins.source_quote or begins.text
    assert words in printed
    figures = [_as_printed(figure) if begins.source_quote else figure.text for figure in begins.figures]
    amounts = [figure for figure in figures if figure.partition("/")[0].endswith(MONEY_OR_SHARE)]
    if not begins.source_quote:
        amounts.sort(key=printed.index)
    if figure.partition("/")[0].endswith(MONEY_OR_SHARE):
        assert amounts[0] == figure
    else:
        assert amounts == []


def _as_printed(said: CheckedFigure) -> str:
    """The Chinese figure that one of an English sentence stands for."""
    clause = CLAUSES[said.clause_id]
    return next(own.text for own in clause.figures if clause.in_source(own.span) == said.span)
