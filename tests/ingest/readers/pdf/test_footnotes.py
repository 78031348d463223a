"""Notes at the foot of a page: read below the paragraph that calls them, left where they are printed in doubt."""

from __future__ import annotations

from ingest.readers.pdf.footnotes import NO_NOTES, notes_of
from ingest.readers.pdf.lines import Glyph, Line, lines_of


def line(text: str, top: float, size: float = 14.0, x1: float = 500.0, marks: tuple[tuple[int, int], ...] = ()) -> Line:
    return Line(text, 80.0, x1, top, top + size, marks, 0.0, size)


BODY = (
    line("一、对技术改造项目，按照设备投资额1的百分之十给予补助，", 100, marks=((17, 18),)),
    line("最高三百万元2。", 120, x1=200, marks=((6, 7),)),
    line("二、对新开办的门店，给予三十万元补助。", 140, x1=400),
)
FEET = (
    line("1 设备投资额以发票载明的金额为准，", 700, 9.0),
    line("不含税金。", 712, 9.0, x1=200),
    line("2属于首台套的，最高五百万元。", 724, 9.0, x1=300),
)


def test_notes_are_read_below_what_calls_them_without_their_marks() -> None:
    found = notes_of((*BODY, *FEET, line("— 3 —", 800, 9.0)), [*[True] * 6, False])

    assert found.lines == {3, 4, 5}
    assert list(found.behind) == [1]
    first, second = found.behind[1]
    assert [one.text for one in first.lines] == [FEET[0].text, FEET[1].text]
    assert [note.lines[0].text[note.lines[0].marks[0][1] :] for note in (first, second)] == [
        "设备投资额以发票载明的金额为准，",
        "属于首台套的，最高五百万元。",
    ]


def test_small_print_that_no_mark_calls_stays() -> None:
    unmarked = tuple(line(one.text, one.top, x1=one.x1) for one in BODY)

    assert notes_of((*unmarked, *FEET), [True] * 6) == NO_NOTES
    assert notes_of((*BODY, line("3另见附件。", 700, 9.0)), [True] * 4) == NO_NOTES
    assert notes_of((*BODY, line("1 设备以发票为准。", 700)), [True] * 4) == NO_NOTES  # as large as the text


def test_a_number_with_its_unit_opens_no_note() -> None:
    assert notes_of((*BODY, line("2万元以上的项目另行商定。", 700, 9.0)), [True] * 4) == NO_NOTES


def test_a_full_stop_that_a_line_end_tore_off_stays_with_its_sentence() -> None:
    words = [Glyph(sign, 80.0 + 14 * n, 94.0 + 14 * n, 100.0, 114.0) for n, sign in enumerate("最高三百万元")]
    (made,) = lines_of([*words, Glyph("2", 80.0, 84.0, 119.0, 126.0), Glyph("。", 84.0, 98.0, 120.0, 134.0)])

    assert made.text == "最高三百万元2。"
    assert made.marks == ((6, 7),)
