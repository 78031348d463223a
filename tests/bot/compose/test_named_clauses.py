"""Clauses asked for by their address: told whole, asked back when several documents have one, followed when more is asked."""

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, Declined, Question, Reason

AS_OF = date(2026, 11, 22)


def ask(bot: PolicyBot, *turns: str) -> Answered:
    answer = bot.ask(Question(turns, AS_OF))
    assert isinstance(answer, Answered), answer.body
    return answer


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("病残津贴办法第三条讲什么", "第三条"),
        ("第三条是什么", "第三条"),  # not 第四条, which mentions it
        ("《企业职工基本养老保险病残津贴暂行办法》第十二条的内容", "第十二条"),
        ("第十条 病残津贴办法", "第十条"),
    ],
)
def test_a_clause_asked_for_itself_is_told_whole(bot: PolicyBot, question: str, address: str) -> None:
    answer = ask(bot, question)
    (citation,) = answer.citations
    assert citation.clause.address == address
    said = squeezed("".join(sentence.text for sentence in answer.sentences))
    assert said.removeprefix("〔国家〕") == squeezed(citation.clause.text)


@pytest.mark.parametrize(
    ("question", "addresses"),
    [("人才措施第27条", {"五、27.", "四、27."}), ("科技兴蒙第十七条讲什么", {"六、（十七）", "五、（十七）"})],
)
def test_several_documents_are_named_and_asked_back(bot: PolicyBot, question: str, addresses: set[str]) -> None:
    answer = ask(bot, question)
    assert {citation.clause.address for citation in answer.citations} == addresses
    assert len(answer.sentences) == 1
    assert all(f"《{c.document_title}》{c.clause.address}" in answer.body for c in answer.citations)
    assert "请问要看哪一份" in answer.body


def test_the_level_said_next_tells_which(bot: PolicyBot) -> None:
    answer = ask(bot, "科技兴蒙第十七条", "市里的")
    (citation,) = answer.citations
    assert (citation.clause.level, citation.clause.address) == ("市", "五、（十七）")


def test_the_document_of_an_earlier_turn_is_meant(bot: PolicyBot) -> None:
    answer = ask(bot, "企业职工基本养老保险病残津贴暂行办法是什么", "第三条是什么")
    assert [citation.clause.address for citation in answer.citations] == ["第三条"]


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("按病残津贴办法第四条，距离退休5年时怎么算？", "第四条"),
        ("A类人才按人才高地措施第20条能拿多少", "四、20."),
    ],
)
def test_what_is_asked_of_a_clause_is_answered_from_it_alone(bot: PolicyBot, question: str, address: str) -> None:
    answer = ask(bot, question)
    assert {c.clause.address for c in answer.citations if c.why == "answer"} == {address}


@pytest.mark.parametrize("question", ["病残津贴办法第九十九条讲什么", "民法典第十条", "第九百九十九条是什么"])
def test_a_clause_that_is_not_there_is_declined(bot: PolicyBot, question: str) -> None:
    answer = bot.ask(Question((question,), AS_OF))
    assert isinstance(answer, Declined)
    assert answer.reason is Reason.NOT_STATED


def test_a_short_file_number_names_its_document(bot: PolicyBot) -> None:
    answer = ask(bot, "405号文件的主要内容")
    assert {bot.corpus.document_of(c.clause).number for c in answer.citations} == {"内工信经运字〔2022〕405号"}
