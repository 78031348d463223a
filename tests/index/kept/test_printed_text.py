"""What stands in a text on disk is what ``in`` finds in it, wherever its blocks end."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from index.kept import printed_text
from index.kept.printed_text import Either, PrintedText, TextWriter, WholeText

PARTS = [
    "第三条 对认定的高新技术企业一次性奖励20万元",
    "",
    "安家补贴按月发放 housing allowance",
    "高新技术企业复核通过的奖励10万元𠮷",
]


@pytest.fixture(params=[printed_text.BLOCK, 32], ids=["one block", "many blocks"])
def text(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> PrintedText:
    monkeypatch.setattr(printed_text, "BLOCK", request.param)
    monkeypatch.setattr(printed_text, "OVERLAP", 16)
    return written(tmp_path, PARTS)


def written(folder: Path, parts: list[str]) -> PrintedText:
    writer = TextWriter(folder)
    for part in parts:
        writer.add(part)
    writer.close()
    return PrintedText(folder)


@pytest.mark.parametrize(
    ("words", "stand"),
    [
        ("高新技术企业", True),
        ("企业一次性奖励20万元安家补贴", True),  # longer than blocks overlap, from one part into the next
        ("企业奖励", False),
        ("牧场", False),
        ("企业一次性奖励30万元安家补贴", False),
        ("高", True),
        ("牧", False),
        ("元𠮷", True),
        ("", True),
    ],
)
def test_words_stand_as_in_one_string(text: PrintedText, words: str, stand: bool) -> None:
    assert (words in text) is stand is (words in "".join(PARTS))


def test_parts_are_those_that_hold_the_words_whole(text: PrintedText) -> None:
    assert list(text.parts_with("高新技术企业")) == [0, 3]
    assert list(text.parts_with("万元安家")) == []
    assert list(text.parts_with("万元")) == [0, 3]
    assert list(text.parts_with("")) == [0, 1, 2, 3]


def test_patterns_are_looked_for_in_every_block(text: PrintedText) -> None:
    assert text.matches(re.compile("复核.{2}"))
    assert not text.matches(re.compile("复核.{2}不"))


def test_any_piece_of_a_long_text_is_found_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printed_text, "BLOCK", 128)
    draw = random.Random(5)
    parts = ["".join(draw.choices("甲乙丙丁戊己a1", k=draw.randint(0, 40))) for _ in range(60)]
    text, whole = written(tmp_path, parts), "".join(parts)
    for _ in range(300):
        words = "".join(draw.choices("甲乙丙丁戊己a1", k=draw.randint(1, 6)))
        assert (words in text) is (words in whole)
        assert list(text.parts_with(words)) == [n for n, part in enumerate(parts) if words in part]


def test_a_text_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    written(tmp_path, PARTS)
    (tmp_path / printed_text.TEXT).write_bytes(b"abc")
    with pytest.raises(ValueError, match=r"text\.txt"):
        PrintedText(tmp_path)


def test_one_of_two_texts_is_enough() -> None:
    both = Either(WholeText("安家补贴"), WholeText("物业管理"))
    assert "物业" in both
    assert "贴物" not in both
    assert both.matches(re.compile("家.贴"))
