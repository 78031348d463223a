"""The loader and the splitter behave as any other of LangChain's."""

from pathlib import Path

import pytest
from langchain_core.documents import Document

from ingest.errors import SourceUnreadable
from ingest.output.langchain import ClauseSplitter, PolicyLoader
from ingest.types import Corpus

LAW = "某某办法\n第一条 为了促进就业，制定本办法。\n第二条 补贴标准如下：\n（一）甲类每人1000元；\n（二）乙类每人500元。\n"


def test_a_folder_loads_one_document_a_clause(compendium: Corpus) -> None:
    loaded = PolicyLoader(compendium.folder).load()
    assert [document.id for document in loaded] == [clause.id for clause in compendium.clauses]
    assert loaded[0].metadata["page"] == 3


def test_metadata_opens_the_source_at_the_clause(compendium: Corpus) -> None:
    article = next(d for d in PolicyLoader(compendium.folder).lazy_load() if d.metadata["address"] == "第十条")
    text = compendium.sources[0].text[article.metadata["start"] : article.metadata["end"]]
    assert text.startswith("第十条 申请领取病残津贴人员应持有")
    assert article.metadata["document"] == "企业职工基本养老保险病残津贴暂行办法"


def test_a_single_file_loads(tmp_path: Path) -> None:
    path = tmp_path / "办法.txt"
    path.write_text(LAW, encoding="utf-8")
    assert [d.metadata["address"] for d in PolicyLoader(path).load()] == ["第一条", "第二条"]


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match="no file"):
        PolicyLoader(tmp_path / "无.txt").load()


def test_text_is_split_at_articles() -> None:
    assert ClauseSplitter(with_path=False).split_text(LAW) == [
        "第一条 为了促进就业，制定本办法。",
        "第二条 补贴标准如下：\n（一）甲类每人1000元；\n（二）乙类每人500元。",
    ]


def test_documents_are_split_with_their_metadata() -> None:
    text = "某某目录\n一、顶尖人才（A 类）\n1.诺贝尔奖获得者；\n2.院士；\n二、杰出人才（B 类）\n1.一等奖获得者。\n"
    chunks = ClauseSplitter().split_documents([Document(page_content=text, metadata={"from": "here"})])
    assert chunks[1].page_content == "一、顶尖人才（A类）\n2.院士；"
    assert chunks[2].metadata == {"from": "here"}


def test_empty_text_has_no_clauses() -> None:
    assert ClauseSplitter().split_text("") == []
