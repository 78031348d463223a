"""Printed pages: breaks, numbers that survive, and the proof that they agree."""

from ingest.structure.pages import find_pages
from ingest.structure.paragraphs import page_at, split_paragraphs
from ingest.types import SourceFile, Span


def lines_of(text: str) -> list[Span]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans


def test_the_three_surviving_page_numbers_prove_the_count(compendium_source: SourceFile) -> None:
    marks = split_paragraphs(compendium_source).page_marks
    numbers = [item.span.of(compendium_source.text) for item in marks.furniture if item.kind == "page number"]
    assert numbers == ["45", "70", "90"]
    assert marks.doubts == ()
    for printed in (45, 70, 90):
        place = compendium_source.text.index(f"\n{printed}\n")
        assert page_at(marks.pages, place - 2) == printed  # the number stands at the foot of its page
        assert page_at(marks.pages, place + 5) == printed + 1


def test_the_word_that_a_page_number_cuts_is_whole_again(clause_at) -> None:
    clause = clause_at("重大项目招引等工作并发挥关键作用的获聘专家，每人每年给予最高5万元补贴")
    assert "70" not in clause.text
    assert clause.page == 70


def test_a_bare_number_that_does_not_fit_is_text_and_is_reported() -> None:
    text = "\n".join([" 新的一页从这里开始" if n % 30 == 0 else f"第{n}行的文字" for n in range(1, 200)])
    text += "\n123\n"
    marks = find_pages(text, lines_of(text), 1)
    assert [item.kind for item in marks.furniture] == ["page break"] * 6
    assert "123" in marks.doubts[0][1]


def test_form_feeds_break_pages() -> None:
    marks = find_pages("一\f二\f三", [Span(0, 1)], 7)
    assert [(start.offset, start.page) for start in marks.pages] == [(0, 7), (2, 8), (4, 9)]


def test_a_text_without_traces_has_no_pages() -> None:
    text = "\n".join(f"第{n}行" for n in range(100))
    assert find_pages(text, lines_of(text), None).pages == ()


def test_indented_paragraphs_are_not_page_breaks() -> None:
    text = "\n".join(f" 第{n}段" for n in range(100))
    assert find_pages(text, lines_of(text), 2).pages == ()
