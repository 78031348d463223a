"""Rows of tables as clauses: each means something alone, and no character of a row is lost."""

import pytest

from ingest.corpus.load import Segmented, segment
from ingest.readers.html.reader import read_html
from ingest.readers.limits import Limits
from ingest.readers.markdown.reader import read_markdown
from ingest.types import Role


def page(body: str) -> Segmented:
    return segment(read_html(f"<html><body><p>关于目录的通知</p>{body}</body></html>".encode(), "a.html", Limits()))


def rows(cut: Segmented) -> list[tuple[str, tuple[str, ...]]]:
    return [(clause.text, clause.path[1:]) for clause in cut.clauses if clause.role is Role.TABLE_ROW]


HEADS = "<tr><th>等级</th><th>一档</th><th>二档</th></tr>"


def test_a_table_right_below_the_word_annex_is_no_title_of_it() -> None:
    cut = page(f"<p>一、执行。</p><p>附件1</p><table>{HEADS}<tr><td>不满1KV</td><td>0.5</td><td>0.6</td></tr></table>")

    assert rows(cut) == [("不满1KV\t0.5\t0.6", ("附件1", "等级 ｜ 一档 ｜ 二档"))]


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (["甲", "", "乙"], "甲\t乙"),
        (["", "", "乙"], "乙"),
        (["甲", "", ""], "甲"),
        (["甲", "乙", ""], "甲\t乙"),
    ],
)
def test_empty_cells_lose_nothing(cells: list[str], text: str) -> None:
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    piped = "| " + " | ".join(cells) + " |"
    markdown = f"# 通知\n\n一、执行。\n\n| 等级 | 一档 | 二档 |\n|---|---|---|\n{piped}\n| 丙 | 丁 | 戊 |\n"

    assert rows(page(f"<p>一、执行。</p><table>{HEADS}<tr>{row}</tr></table>"))[0][0] == text
    assert rows(segment(read_markdown(markdown.encode(), "a.md", Limits())))[0][0] == text


def test_a_number_in_a_cell_begins_no_list() -> None:
    cut = page(
        "<p>一、执行。</p><table>" + HEADS + "<tr><td>1.</td><td>甲</td><td>乙</td></tr></table><p>二、施行。</p>"
    )

    assert [clause.address for clause in cut.clauses] == ["一、", "二、"]
    assert rows(cut)[0][0] == "1.\t甲\t乙"
