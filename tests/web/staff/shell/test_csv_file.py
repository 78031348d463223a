"""Tables to take along: right in Excel, harmless there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest

from web.staff.shell.csv_file import csv_lines, csv_reply, csv_text, plain_cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("http://evil.example","x")', '\'=HYPERLINK("http://evil.example","x")'),
        ("+86 477 123", "'+86 477 123"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1+1", "'＝1+1"),
        (-5, "-5"),  # a number stays one
        (2.5, "2.5"),
        (None, ""),
        ("给予100万元", "给予100万元"),
        ("a=b", "a=b"),
    ],
)
def test_what_could_be_a_formula_is_text(value: object, cell: str) -> None:
    assert plain_cell(value) == cell


def test_a_table_comes_back_as_it_was() -> None:
    rows = [["政策，甲", '说"是"', "第一行\n第二行"], ["b", "", "c;d"]]
    text = csv_text(["一", "二", "三"], rows)
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text[1:], newline=""))) == [["一", "二", "三"], *rows]


def test_the_reply_is_a_file_with_a_chinese_name() -> None:
    reply = csv_reply('日志"\r\nX: y.csv', ["a"], [])
    assert bytes(reply.body).startswith(b"\xef\xbb\xbf")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert (
        reply.headers["content-disposition"] == "attachment; filename*=UTF-8''%E6%97%A5%E5%BF%97%22%0D%0AX%3A%20y.csv"
    )


def test_a_table_is_written_as_its_rows_come() -> None:
    asked: list[int] = []

    def rows() -> Iterator[list[object]]:
        for number in range(3):
            asked.append(number)
            yield [number, f"={number}"]

    lines = csv_lines(["一", "二"], rows())
    assert next(lines) == "\ufeff一,二\r\n"
    assert asked == []
    assert next(lines) == "0,'=0\r\n"
    assert asked == [0]
    assert "".join(lines) == "1,'=1\r\n2,'=2\r\n"
