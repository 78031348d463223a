"""A file cut up: everything printed in it, in its order, with facts, doubts and rivals marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.corpus import Segmented, load_corpus
from ingest.errors import SourceUnreadable
from ingest.readers import Limits
from tests.web.staff.conftest import CARE, FIRMS, FIRMS_TEXT
from web.staff.preview import CUTS_KEPT, Cuts, blocks_of, rivals, said_of

NUMBERED = FIRMS_TEXT.replace("若干措施\n", "若干措施\n伊政发〔2026〕1号\n", 1)


@pytest.fixture
def cut(texts: Path) -> Segmented:
    return Cuts().of(texts, FIRMS, Limits())


def test_every_clause_is_a_block_in_the_order_of_the_source(cut: Segmented) -> None:
    blocks = blocks_of(cut)
    clauses = [block.clause for block in blocks if block.clause is not None]
    assert clauses == list(cut.clauses)
    assert [block.kind for block in blocks][:2] == ["document", "clause"]
    assert len({block.anchor for block in blocks}) == len(blocks)


def test_the_pieces_of_a_clause_are_its_text_and_mark_its_facts(cut: Segmented) -> None:
    for block in blocks_of(cut):
        if block.clause is not None:
            assert "".join(piece.text for piece in block.pieces) == block.clause.text
    marked = {(piece.kind, piece.text) for block in blocks_of(cut) for piece in block.pieces if piece.kind}
    assert ("figure", "30万元") in marked


def test_a_doubt_stands_where_it_belongs(texts: Path) -> None:
    (texts / "乱.txt").write_text("一、甲给予1万元。\n\n三、丙给予3万元。\n", encoding="utf-8")
    cut = Cuts().of(texts, "乱.txt", Limits())
    assert cut.doubts
    kinds = [block.kind for block in blocks_of(cut)]
    assert kinds.count("doubt") == len(cut.doubts)
    assert kinds.index("doubt") < len(kinds) - 1


def test_a_file_is_cut_once_until_it_changes(texts: Path) -> None:
    cuts = Cuts()
    first = cuts.of(texts, FIRMS, Limits())
    assert cuts.of(texts, FIRMS, Limits()) is first
    (texts / FIRMS).write_text(FIRMS_TEXT.replace("30万元", "50万元"), encoding="utf-8")
    changed = cuts.of(texts, FIRMS, Limits())
    assert any("50万元" in clause.text for clause in changed.clauses)


def test_what_is_said_of_a_file_cuts_it_anew(texts: Path) -> None:
    cuts = Cuts()
    (texts / "a.txt").write_text("支持养老服务若干措施\n\n一、每张床位给予8000元补贴。\n", encoding="utf-8")
    assert cuts.of(texts, "a.txt", Limits()).documents[0].level is None
    (texts / "corpus.toml").write_text('title = "汇编"\n[[source]]\nfile = "a.txt"\nlevel = "市"\n', encoding="utf-8")
    assert said_of(texts, "a.txt").level == "市"
    assert cuts.of(texts, "a.txt", Limits()).documents[0].level == "市"


def test_few_files_are_remembered(texts: Path) -> None:
    cuts = Cuts()
    for number in range(CUTS_KEPT + 3):
        (texts / f"{number}.txt").write_text(f"办法\n\n一、给予{number + 1}万元补贴。\n", encoding="utf-8")
        cuts.of(texts, f"{number}.txt", Limits())
    assert len(cuts._known) == CUTS_KEPT  # pyright: ignore[reportPrivateUsage]


def test_what_cannot_be_read_is_said(texts: Path) -> None:
    (texts / "坏.txt").write_bytes(b"\0\0")
    with pytest.raises(SourceUnreadable):
        Cuts().of(texts, "坏.txt", Limits())


def test_a_document_of_the_same_title_or_number_is_a_rival(texts: Path) -> None:
    (texts / FIRMS).write_text(NUMBERED, encoding="utf-8")
    corpus = load_corpus(texts)
    (texts / "新.txt").write_text(FIRMS_TEXT.replace("30万元", "60万元"), encoding="utf-8")
    (found,) = rivals(Cuts().of(texts, "新.txt", Limits()), corpus, [FIRMS, CARE, "新.txt"])
    assert (found.file, found.why, found.is_alone) == (FIRMS, "title", True)
    assert rivals(Cuts().of(texts, "新.txt", Limits()), corpus, [CARE, "新.txt"]) == [], "taken out of the draft"
    assert rivals(Cuts().of(texts, FIRMS, Limits()), corpus, [FIRMS, CARE]) == [], "no file is its own rival"


def test_the_pieces_of_the_whole_compendium_are_its_clauses() -> None:
    folder = Path(__file__).parents[3] / "corpus"
    (path,) = folder.glob("*.txt")
    cut = Cuts().of(folder, path.name, Limits())
    blocks = [block for block in blocks_of(cut) if block.clause is not None]
    assert len(blocks) == len(cut.clauses) > 600
    assert all("".join(piece.text for piece in block.pieces) == block.clause.text for block in blocks if block.clause)
