from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.llm.sentence_stream import Said, SentenceStream, read_marks


def cut(text: str, step: int = 10_000) -> list[Said]:
    stream = SentenceStream()
    found = [said for start in range(0, len(text), step) for said in stream.feed(text[start : start + step])]
    return [*found, *stream.finish()]


@pytest.mark.parametrize(
    ("reply", "sentences"),
    [
        ("给予300万元。[1][2] 不重复享受[3]。", [("给予300万元。", (1, 2)), ("不重复享受。", (3,))]),
        ("给予300万元【1，2】。由旗里兑现［3］。", [("给予300万元。", (1, 2)), ("由旗里兑现。", (3,))]),
        ("条件如下；均须满足。[来源2]", [("条件如下；均须满足。", (2,))]),  # "；" ends nothing: the mark is for both halves
        ("由商务局负责[2-4]", [("由商务局负责", (2, 3, 4))]),
        ("由商务局负责[4-2]", [("由商务局负责", (4, 2))]),  # no range; both ends are looked up
        ("- **旗里**给予`奖励`[1]\n2. 市里另给[2]\n", [("旗里给予奖励", (1,)), ("市里另给", (2,))]),
        ("### 结论\n给予奖励。[1]", [("结论", ()), ("给予奖励。", (1,))]),
        ("Power costs RMB 0.415 per kWh [1]. See No. 5. [2]", [("Power costs RMB 0.415 per kWh.", (1,)), ("See No. 5.", (2,))]),
        ("It pays RMB 3.5 million (“给予350万元”). [1] No cap applies [2].", [("It pays RMB 3.5 million (“给予350万元”).", (1,)), ("No cap applies.", (2,))]),
        ("他说“给予奖励。”[1]对吗？[2]", [("他说“给予奖励。”", (1,)), ("对吗？", (2,))]),
        ("<think>先看[1]。\n再算。</think>\n给予奖励。[2]", [("给予奖励。", (2,))]),
        ("给予奖励。[2]<think>想不完", [("给予奖励。", (2,))]),
        ("没有写完的半句", [("没有写完的半句", ())]),
        ("给予\u202e奖\u200b励。[1]\x00", [("给予奖励。", (1,))]),  # nothing invisible is left
        ("。。[1]\n\n---\n", []),
        ("", []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("step", [1, 3, 10_000])
def test_replies_are_cut_alike_however_they_arrive(
    reply: str, sentences: list[tuple[str, tuple[int, ...]]], step: int
) -> None:
    assert [(said.text, said.sources) for said in cut(reply, step)] == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["The banner pays RMB 3 million.", "It is paid over five years."],
        ["The firm pays VAT.", "The rate falls to 15%.", "It holds until 31 December 2030."],
        ["The city pays category A.", "Category B gets RMB 3 million."],
        ["The grant is paid in U.S. dollars.", "At least 10 million U.S. dollars must be invested."],
        ["See No. 15 of the measures.", "Art. 4 says the same."],
        ["See No. 5.", "The amount is lower."],
        ["No.", "The exemption has ended."],
        ["Some fields are closed, e.g. rare earths.", "Others, i.e. vaccines, are open."],
        ["Power costs RMB 0.415 per kWh.", "Gas costs RMB 3.06 per cubic metre."],
        ["Ordos Energy Co., Ltd. receives it.", "Another firm does not."],
        ["The office opens at 9 a.m. on Monday.", "It closes at 5 p.m. on Friday."],
        ["It pays approx. RMB 5.", "The banner pays nothing."],
        ["It applies from Jan. 1, 2021.", "The term is ten years."],
        ["He said “it is paid.”", "That is so."],
        ["(It is paid at once.)", "The rest follows."],
    ],
    ids=lambda sentences: sentences[0],
)
@pytest.mark.parametrize("step", [1, 3, 10_000])
def test_english_sentences_end_where_they_end(sentences: list[str], step: int) -> None:
    assert [said.text for said in cut(" ".join(sentences), step)] == sentences
    marked = " ".join(f"{sentence} [{n}]" for n, sentence in enumerate(sentences, start=1))
    assert [(said.text, said.sources) for said in cut(marked, step)] == [
        (sentence, (n,)) for n, sentence in enumerate(sentences, start=1)
    ]


def test_the_number_of_an_item_ends_nothing() -> None:
    assert [said.text for said in cut("It takes: 1. An application; 2. A licence. Both are free.")] == [
        "It takes: 1. An application; 2. A licence.",
        "Both are free.",
    ]


def test_a_sentence_is_given_out_before_the_next_is_complete() -> None:
    stream = SentenceStream()
    assert list(stream.feed("给予奖励。[1]")) == []  # another mark may follow
    assert [said.text for said in stream.feed("不得")] == ["给予奖励。"]


def test_a_thought_is_never_a_sentence_though_it_arrives_letter_by_letter() -> None:
    stream = SentenceStream()
    said = [s for letter in "<thinking>给予奖励。[1]\n好。" for s in stream.feed(letter)]
    assert [*said, *stream.finish()] == []


def test_a_comparison_sign_is_no_tag() -> None:
    assert [said.text for said in cut("投资<think 亿元。[1]", 1)] == ["投资<think 亿元。"]


@given(st.text(alphabet="给予0123.5万元。！?\n[]12,，、；；<think>/ aN*#-"), st.integers(1, 9))
def test_pieces_do_not_matter(reply: str, step: int) -> None:
    whole, pieces = cut(reply), cut(reply, step)
    assert "".join(said.text for said in pieces).replace(" ", "") == "".join(s.text for s in whole).replace(" ", "")


def test_nothing_but_marks_is_no_sentence() -> None:
    assert read_marks(" [1][2] ") is None
