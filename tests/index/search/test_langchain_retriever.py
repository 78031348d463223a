"""The search in LangChain's words."""

import asyncio

import pytest
from langchain_core.documents import Document
from langchain_core.runnables import RunnableLambda
from pydantic import ValidationError

from index.search.langchain_retriever import PolicyRetriever
from index.store.store import ClauseIndex
from index.types import Filters


def test_documents_carry_what_a_citation_needs(clause_index: ClauseIndex) -> None:
    document = PolicyRetriever(clause_index=clause_index, top_k=1).invoke("劳动能力鉴定结论的有效期")[0]
    assert document.id == "d1-3"
    assert document.page_content.startswith("第十条 申请领取病残津贴人员")
    assert document.metadata == {
        "clause_id": "d1-3",
        "document": "企业职工基本养老保险病残津贴暂行办法",
        "level": "国家",
        "address": "第十条",
        "path": ["企业职工基本养老保险病残津贴暂行办法"],
        "page": 1,
        "source": "a.txt",
        "start": 0,
        "end": 50,
        "rank": 1,
        "score": document.metadata["score"],
        "best_sentence": "第十条 申请领取病残津贴人员的劳动能力鉴定结论有效期为1年。",
    }


def test_as_many_as_asked_for_and_filtered(clause_index: ClauseIndex) -> None:
    retriever = PolicyRetriever(clause_index=clause_index, top_k=2, filters=Filters(levels=frozenset({"市"})))
    assert [document.metadata["level"] for document in retriever.invoke("安家补贴")] == ["市", "市"]


def first_id(found: list[Document]) -> str | None:
    return found[0].id


def test_in_a_chain_and_async(clause_index: ClauseIndex) -> None:
    chain = PolicyRetriever(clause_index=clause_index, top_k=1) | RunnableLambda(first_id)
    assert chain.invoke("高企首次认定奖多少") == "d3-2"
    assert asyncio.run(chain.ainvoke("高企首次认定奖多少")) == "d3-2"


def test_none_at_all_is_refused(clause_index: ClauseIndex) -> None:
    with pytest.raises(ValidationError):
        PolicyRetriever(clause_index=clause_index, top_k=0)


def test_mistyped_words_are_read_as_terms_of_the_corpus(clause_index: ClauseIndex) -> None:
    retriever = PolicyRetriever(clause_index=clause_index, top_k=2)
    meant = [document.id for document in retriever.invoke("病残津贴")]
    assert [document.id for document in retriever.invoke("病残津帖")] == meant
    assert [document.id for document in retriever.invoke("病殘津帖")] == meant
