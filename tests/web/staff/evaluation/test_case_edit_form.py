"""A question as a form, and back: nothing is lost on the way, and each fault is one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from starlette.datastructures import FormData

from eval.cases.case_files import load_cases
from eval.cases.cases import Case, Evidence
from eval.scoring.scoring import Yardstick
from eval.sets.question_sets import question_sets
from ingest.corpus.load import load_corpus
from ingest.types import Corpus
from web.staff.evaluation.case_edit_form import (
    LONGEST_TEXT,
    CaseEdit,
    CaseEditFaults,
    case_of_edit,
    edit_of,
    read_case_edit,
    remarks_of,
)

AWARD = "给予30万元奖励"
SOUND = {"id": "Q1", "turns": "高企首次认定奖励多少？", "kind": "single", "answer": "30万元", "quote": AWARD}


@pytest.fixture
def stick(texts: Path) -> Yardstick:
    return Yardstick(load_corpus(texts))


def sent(edit: CaseEdit) -> FormData:
    """A form as a browser sends it, line ends and all."""
    quotes = [(name, getattr(one, name)) for one in edit.offered for name in ("quote", "doc", "locator")]
    return FormData([(name, text.replace("\n", "\r\n")) for name, text in (*edit.fields.items(), *quotes)])


def filled(**fields: str) -> CaseEdit:
    return read_case_edit(FormData({**SOUND, **fields}))


def test_every_delivered_question_comes_back_as_it_was() -> None:
    stick = Yardstick(load_corpus(Path(__file__).resolve().parents[4] / "corpus"))
    cases = [case for one in question_sets(Path("nowhere")) for case in load_cases([one.path])]
    assert len(cases) > 600
    assert [case.id for case in cases if case_of_edit(read_case_edit(sent(edit_of(case))), stick) != case] == []


@pytest.mark.parametrize(
    "change",
    [
        {"turns": ("[方括号]", "两行\n一问")},
        {"answer": (("20-25万 | 元", "[1]"), ("2|3",))},
        {"must_not": ("[x", " 空格")},
        {"repeat": 40, "note": "甲\n乙", "lang": "en", "type": "t", "difficulty": "easy"},
    ],
)
def test_what_a_line_cannot_say_comes_back_too(stick: Yardstick, change: Mapping[str, object]) -> None:
    case = Case("Q1", ("问",), evidence=(Evidence(AWARD, "文件 | 甲", "一、"),), answer=(("30万元",),))
    case = Case(**{**{name: getattr(case, name) for name in Case.__slots__}, **change})  # type: ignore[arg-type]
    assert case_of_edit(read_case_edit(sent(edit_of(case))), stick) == case


def test_a_bar_parts_wordings_with_and_without_blanks(stick: Yardstick) -> None:
    assert case_of_edit(filled(answer="30万元|三十万元\r\n首次 | 第一次"), stick).answer == (
        ("30万元", "三十万元"),
        ("首次", "第一次"),
    )


def test_only_id_and_question_have_to_be_there(stick: Yardstick) -> None:
    case = case_of_edit(read_case_edit(FormData({"id": "Q1", "turns": "怎么申请？"})), stick)
    assert case == Case("Q1", ("怎么申请？",))
    assert len(remarks_of(case, stick)) == 2


def test_all_that_is_wrong_is_told_a_sentence_a_fault(stick: Yardstick) -> None:
    with pytest.raises(CaseEditFaults) as told:
        case_of_edit(read_case_edit(FormData({"id": " ", "turns": "", "repeat": "x", "answer": "[1"})), stick)
    assert [words for words in ('"id"', '"turns"', '"repeat"', '"answer"') if words in str(told.value)] == [
        '"id"', '"turns"', '"repeat"', '"answer"'
    ]  # fmt: skip
    assert len(told.value.sentences) == 4
    with pytest.raises(CaseEditFaults) as told:
        case_of_edit(filled(quote="没有这句话的", must_not="30万元"), stick)
    assert len(told.value.sentences) == 2


def test_a_place_without_its_words_is_told(stick: Yardstick) -> None:
    with pytest.raises(CaseEditFaults, match='without "quote"'):
        case_of_edit(filled(quote="", doc="某文件"), stick)


def test_the_form_is_cut_to_a_bearable_length() -> None:
    edit = read_case_edit(FormData([("note", "注" * 50_000), *([("quote", "句")] * 500)]))
    assert len(edit.fields["note"]) == LONGEST_TEXT
    assert len(edit.evidence) == 50


def test_a_question_whose_words_the_texts_lost_says_so(texts: Path, stick: Yardstick) -> None:
    case = Case("Q1", ("问",), evidence=(Evidence("给予40万元奖励"),), answer=(("40万元",),))
    assert ["is not in the corpus" in remark for remark in remarks_of(case, stick)] == [True]
    assert isinstance(stick.corpus, Corpus)
