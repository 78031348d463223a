"""A file cut up: everything printed in it, in its order, with facts, doubts and rivals marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.corpus.load import Segmented, load_corpus, load_file
from tests.web.staff.conftest import CARE, FIRMS, FIRMS_TEXT
from web.staff.corpus.preview import (
    CHARACTERS_A_PAGE,
    LONGEST_NOTE,
    LONGEST_SHOWN,
    MOST_NOTES,
    Summary,
    blocks_of,
    pages_of,
    rivals,
    summary_of,
)

NUMBERED = FIRMS_TEXT.replace("若干措施\n", "若干措施\n伊政发〔2026〕1号\n", 1)


@pytest.fixture
def cut(texts: Path) -> Segmented:
    return load_file(texts / FIRMS)


def summary(path: Path) -> Summary:
    """Of a short file, which fits on one page."""
    cut = load_file(path)
    return summary_of(cut, {block.anchor: 1 for block in blocks_of(cut)}, 1)


def test_every_clause_is_a_block_in_the_order_of_the_source(cut: Segmented) -> None:
    blocks = list(blocks_of(cut))
    clauses = [(block.clause.address, block.clause.line) for block in blocks if block.clause is not None]
    assert clauses == [(clause.address, clause.line) for clause in cut.clauses]
    assert [block.kind for block in blocks][:2] == ["document", "clause"]
    assert len({block.anchor for block in blocks}) == len(blocks)


def test_the_pieces_of_a_clause_are_its_text_and_mark_its_facts(cut: Segmented) -> None:
    shown = ["".join(piece.text for piece in block.pieces) for block in blocks_of(cut) if block.clause is not None]
    assert shown == [clause.text for clause in cut.clauses]
    marked = {(piece.kind, piece.text) for block in blocks_of(cut) for piece in block.pieces if piece.kind}
    assert ("figure", "30万元") in marked


def test_a_doubt_stands_where_it_belongs(texts: Path) -> None:
    (texts / "乱.txt").write_text("一、甲给予1万元。\n\n三、丙给予3万元。\n", encoding="utf-8")
    cut = load_file(texts / "乱.txt")
    assert cut.doubts
    kinds = [block.kind for block in blocks_of(cut)]
    assert kinds.count("doubt") == len(cut.doubts)
    assert kinds.index("doubt") < len(kinds) - 1


def test_what_a_document_ends_is_shown_with_it_and_what_cannot_be_right_is_a_doubt(texts: Path) -> None:
    text = "甲办法\n第一条 给予1万元。\n第二条 本办法自2025年2月31日起施行。《乙办法》（甲政〔2020〕1号）同时废止。\n"
    (texts / "甲.txt").write_text(text, encoding="utf-8")
    blocks = list(blocks_of(load_file(texts / "甲.txt")))
    (document,) = [block.document for block in blocks if block.document is not None]
    assert [(one.title, one.number) for one in document.repeals] == [("乙办法", "甲政〔2020〕1号")]
    (doubt,) = [block for block in blocks if block.kind == "doubt"]
    assert "“2025年2月31日” is no day of the calendar" in doubt.said["en"]


def test_of_a_very_long_clause_the_beginning_is_shown(texts: Path) -> None:
    (texts / "长.txt").write_text("办法\n\n一、对企业" + "给予30万元，" * 10_000 + "。\n", encoding="utf-8")
    cut = load_file(texts / "长.txt")
    (block,) = [block for block in blocks_of(cut) if block.clause is not None]
    assert LONGEST_SHOWN - 10 < block.characters <= LONGEST_SHOWN
    assert block.characters + block.left_out == len(cut.clauses[0].text)


def test_a_page_holds_no_more_than_fits(texts: Path) -> None:
    line = "给予30万元奖励。" * 2000
    (texts / "长.txt").write_text("办法\n\n" + "".join(f"{n}.{line}\n" for n in range(1, 80)), encoding="utf-8")
    cut = load_file(texts / "长.txt")
    pages = list(pages_of(cut))
    assert len(pages) > 1
    assert [block for page in pages for block in page] == list(blocks_of(cut))
    assert all(sum(block.characters for block in page) <= CHARACTERS_A_PAGE for page in pages)


def test_names_and_lists_are_shortened(texts: Path) -> None:
    offices = "、".join(f"旗第{number}局" for number in range(MOST_NOTES + 10))
    (texts / "长.txt").write_text(f"办法\n\n一、给予奖励。（责任单位：{offices}）\n", encoding="utf-8")
    cut = load_file(texts / "长.txt")
    assert len(cut.clauses[0].departments) > MOST_NOTES
    (clause,) = [block.clause for block in blocks_of(cut) if block.clause is not None]
    assert len(clause.departments) == MOST_NOTES
    assert all(len(piece.note) <= LONGEST_NOTE + 1 for block in blocks_of(cut) for piece in block.pieces)


def test_a_document_of_the_same_title_or_number_is_a_rival(texts: Path) -> None:
    (texts / FIRMS).write_text(NUMBERED, encoding="utf-8")
    corpus = load_corpus(texts)
    (texts / "新.txt").write_text(FIRMS_TEXT.replace("30万元", "60万元"), encoding="utf-8")
    (found,) = rivals(summary(texts / "新.txt"), corpus, [FIRMS, CARE, "新.txt"])
    assert (found.file, found.why, found.is_alone) == (FIRMS, "title", True)
    assert rivals(summary(texts / "新.txt"), corpus, [CARE, "新.txt"]) == [], "taken out of the draft"
    assert rivals(summary(texts / FIRMS), corpus, [FIRMS, CARE]) == [], "no file is its own rival"


def test_the_pieces_of_the_whole_compendium_are_its_clauses() -> None:
    folder = Path(__file__).parents[4] / "corpus"
    (path,) = folder.glob("*.txt")
    cut = load_file(path)
    blocks = [block for block in blocks_of(cut) if block.clause is not None]
    assert len(blocks) == len(cut.clauses) > 600
    shown = ["".join(piece.text for piece in block.pieces) for block in blocks]
    assert shown == [clause.text for clause in cut.clauses]
    assert len(list(pages_of(cut))) == 1
