"""The compendium's own documents, called by the names and numbers people give them. No embedding model is needed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from index.glossary.of_corpus import glossary_of
from index.rankers.named_clause import AddressLookup
from index.rankers.protocol import Shelf, Wording
from index.types import QueryPart
from ingest.types import Corpus

Named = Callable[[str], list[tuple[str, float]]]


@pytest.fixture(scope="module")
def named(compendium: Corpus) -> Named:
    """Clause ids and scores for a question, best first."""
    shelf = Shelf.of(compendium, glossary_of(compendium))
    lookup = AddressLookup.build(shelf, lambda texts: np.zeros((len(texts), 1), np.float32))

    def ask(question: str) -> list[tuple[str, float]]:
        wording = Wording((QueryPart(question),), (), (), np.zeros(1, np.float32))
        ranking = lookup.rank(wording, 500)
        return [(shelf.clauses[p].id, float(s)) for p, s in zip(ranking.positions, ranking.scores, strict=True)]

    return ask


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        # articles, in all numerals and spellings
        ("病残津贴办法第十条", "7aaba078-a10"),
        ("病残津贴第10条", "7aaba078-a10"),
        ("病残津贴办法第 １０ 条", "7aaba078-a10"),
        ("病殘津貼辦法第十條講什麼", "7aaba078-a10"),
        ("病残津贴暂行办法第⑩条", "7aaba078-a10"),
        ("《企业职工基本养老保险病残津贴暂行办法》第五条", "7aaba078-a5"),
        ("按照病残津贴暂行办法的第十二条，谁负责？", "7aaba078-a12"),
        ("第十条 病残津贴办法", "7aaba078-a10"),
        ("请问病残津贴办法里第14条怎么说", "7aaba078-a14"),
        # points of documents without articles: the numbering that runs on through the whole
        ("英才兴蒙第二条讲什么", "f656cb14-2"),
        ("英才兴蒙 三、", "f656cb14-3"),
        ("英才兴蒙工程第七条", "f656cb14-7"),
        ("英才兴蒙第十二点", "f656cb14-12"),
        ("进口设备减免税通知第三条", "cbd2a67f-3"),
        ("进口设备减免税通知 三", "cbd2a67f-3"),
        ("进口设备减免税政策落实工作通知第6条", "cbd2a67f-6"),
        ("负面清单第九条", "88f44e54-9"),
        ("2024年版负面清单说明第十一条", "88f44e54-11"),
        ("住宿措施第七条", "a4f97a90-7"),
        ("境外人员住宿通知第7条", "a4f97a90-7"),
        ("加大吸引外商投资力度的意见第十四条", "0e2e03c7-5-14"),
        ("优化外商投资环境意见（十四）", "0e2e03c7-5-14"),
        ("优化外商投资环境意见(14)", "0e2e03c7-5-14"),
        ("外资24条第十八条", "0e2e03c7-6-18"),
        ("国家24条的第二十一条", "0e2e03c7-7-21"),
        ("西部大开发公告第四条", "d20cccf6-4"),
        ("西部大开发企业所得税公告第1条", "d20cccf6-1"),
        ("外资研发中心第七条", "791a3283-2-7"),
        ("外资研发中心若干措施第十三条", "791a3283-3-13"),
        ("科技激励第四条", "a4153a8b-1-4"),
        ("科技激励若干措施（十六）", "a4153a8b-4-16"),
        ("民营经济通知第十条", "a5a1fb53-4-10"),
        ("高技能领军人才培育计划第八条", "d6d14a50-3-8"),
        ("失业保险援企稳岗第二条", "ca98759a-2"),
        ("内外贸一体化方案第九条", "5d118a77-9"),
        ("边境经济合作区实施方案第八条", "d4881c39-4-8"),
        ("科技型中小企业研发实施方案第6条", "61766e1c-2-3-6"),
        ("新能源新材料产业人才政策第13条", "f430f7b9-5-13"),
        # lists called by their length, and the level that tells two lists apart
        ("市30条第20条", "34f482c7-4-20"),
        ("市里30条的第6条", "34f482c7-1-6"),
        ("旗里30条第27条", "7ed338ad-4-27"),
        ("第20条，市30条", "34f482c7-4-20"),
        ("自治区科技兴蒙30条第17条", "11affbda-6-17"),
        ("市里科技兴蒙第十七条", "68174115-5-17"),
        ("旗人才若干措施第三条", "7ed338ad-1-3"),
        ("人才高地若干措施第2条", "34f482c7-1-2"),
        ("人才高地措施第三十条", "34f482c7-5-30"),
        ("A类人才按人才高地措施第20条能拿多少", "34f482c7-4-20"),
        # an article alone: the clause that bears it, not those that mention it
        ("第三条是什么", "7aaba078-a3"),
        # whole addresses
        ("人才高地 一、2.", "34f482c7-1-2"),
        ("人才高地一、2", "34f482c7-1-2"),
        ("跨境电商行动计划二、（三）2.", "b80dbc4b-2-3-2"),
        ("战略性新兴产业电力交易二、（二）", "27430c6d-2-2"),
        ("要素支持政策（六）2.", "2c266a95-6-2"),
        ("要素支持政策（五）第七条", "2c266a95-5-7"),
        ("英才兴蒙第二条第三款", "f656cb14-2"),
        ("市30条附件三、（二）1.", "34f482c7-f1-3-2-1"),
        ("旗里30条附件 三、5.", "7ed338ad-f1-3-5"),
        ("英才兴蒙附件四、7.", "f656cb14-f1-4-7"),
        # 文号 that another document prints
        ("国办发〔2021〕24号", "b80dbc4b-pre1"),
        ("国办发【2021】第57号", "b80dbc4b-pre1"),
        ("财税〔2011〕58号是什么文件", "d20cccf6-5"),
        ("国发〔1997〕37号", "cbd2a67f-pre1"),
        ("国科办区〔二〇二二〕二号", "61766e1c-pre1"),
    ],
)
def test_a_name_and_number_give_this_clause_alone_at_the_top(named: Named, question: str, clause: str) -> None:
    found = named(question)
    best = [identifier for identifier, score in found if score == found[0][1]]
    assert best == [clause]


@pytest.mark.parametrize("question", ["科技兴蒙 十七", "科技兴蒙第十七条", "科技兴蒙(17)"])
def test_a_name_that_two_documents_share_gives_both(named: Named, question: str) -> None:
    assert {identifier for identifier, _ in named(question)} == {"11affbda-6-17", "68174115-5-17"}


@pytest.mark.parametrize("question", ["国发〔2023〕11号", "国发[2023]11号", "国发(2023) 11 号", "國發〔2023〕11號全文"])
def test_a_file_number_printed_in_two_clauses_gives_both(named: Named, question: str) -> None:
    assert {identifier for identifier, _ in named(question)} == {"cbd2a67f-pre1", "72fa83e1-pre1"}


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("内工信经运字（2022）405号", "27430c6d"),
        ("内工信经运字〔2022〕405号是讲什么的？", "27430c6d"),
        ("財政部公告2020年第23號", "d20cccf6"),
        ("国家发展改革委公告2020年第23号", "d20cccf6"),
        ("企业职工基本养老保险病残津贴暂行办法", "7aaba078"),
        ("《外商投资准入特别管理措施（负面清单）（2024年版）》全文", "88f44e54"),
        ("伊金霍洛旗支持引进新能源新材料产业人才政策讲了什么", "f430f7b9"),
    ],
)
def test_a_document_called_by_number_or_title_comes_before_all_others(
    named: Named, question: str, document: str
) -> None:
    found = named(question)
    assert found
    assert {identifier.split("-")[0] for identifier, score in found if score == found[0][1]} == {document}


@pytest.mark.parametrize(
    "question",
    [
        "病残津贴怎么领",
        "病残津贴办法第九十九条",
        "民法典第十条",
        "市里三十条具体要啥材料",
        "A类人才补贴多少",
        "A类人才 50",
        "高企认定奖励 30",
        "旗里高企首次认定奖多少钱？",
        "我们公司有50人，能申请第二批补贴吗",
        "我们第一次认定高企，第二年还有吗",
        "研发投入1.5倍",
        "研发费用加计扣除比例",
        "失业保险费率1%到哪年",
        "工业用地多少钱一亩",
        "一度电 0.29 元是什么企业",
        "110千伏工业电价",
        "2024年版负面清单什么时候施行",
        "负面清单还有几条",
        "西部大开发15%税率到2030年吗",
        "C类人才市里和旗里分别给单位多少钱",
        "D、E类人才安家补贴",
        "硕士每月租房补贴1000元领几年",
        "在伊旗买房打几折",
        "博士一次性给多少",
        "（一）是什么意思",
        "国发〔2023〕12号",
        "国办发〔2023〕11号",
        "财税〔2011〕85号",
        "405号房间",
        "公司有30条生产线，第2条什么时候投产",
        "12367热线有几种语言",
        "跨境电商9610模式",
        "外资研发中心进口设备免税吗",
        "How much is the relocation allowance for class B talent?",
        "What is the corporate income tax rate in western China until 2030?",
        "限价房一平米多少钱",
        "人才公寓能住3年还是5年",
        "就高不重复是什么意思",
        "谢谢",
        "",
    ],
)
def test_an_ordinary_question_names_nothing(named: Named, question: str) -> None:
    assert named(question) == []
