"""A corpus folder as one value: what stands on which page, and files that cannot be read."""

from pathlib import Path

import pytest

from ingest.corpus.load import load_corpus, segment
from ingest.errors import CorpusUnusable, LosslessnessBroken
from ingest.readers.limits import Limits
from ingest.readers.text import read_text
from ingest.structure.pages import page_of
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Corpus, SourceFile, Span

LAW = "青川区扶持办法\n第一条 给予100万元。\n第二条 本办法自2025年1月1日起施行。\n"


def write(folder: Path, name: str, text: str = LAW) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_file_that_cannot_be_read_is_left_out_and_named(tmp_path: Path) -> None:
    write(tmp_path, "甲.txt")
    write(tmp_path, "乙.txt", "")
    (tmp_path / "丙.pdf").write_bytes(b"%PDF-1.4 and no more")
    corpus = load_corpus(tmp_path)
    assert [source.name for source in corpus.sources] == ["甲.txt"]
    assert list(corpus.left_out) == ["丙.pdf", "乙.txt"]
    assert all(why.startswith(f"{name}: ") for name, why in corpus.left_out.items())


def test_a_fault_of_ours_in_one_file_leaves_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "甲.txt")
    write(tmp_path, "乙.txt", LAW.replace("扶持", "奖励"))

    def cut_or_fail(source: SourceFile, config: object, taken: set[str]) -> object:
        taken.add("id of a half-cut file")
        if source.name == "乙.txt":
            raise LosslessnessBroken(
                "ingest.not_lossless", name="乙.txt", line=1, shown="甲", start=0, end=1, what="belongs to nobody"
            )
        return segment(source, None, taken)

    monkeypatch.setattr("ingest.corpus.load.segment", cut_or_fail)
    corpus = load_corpus(tmp_path)
    assert [document.title for document in corpus.documents] == ["青川区扶持办法"]
    assert list(corpus.left_out) == ["乙.txt"]
    assert corpus.left_out["乙.txt"].startswith("乙.txt, line 1: ")
    assert corpus.left_out["乙.txt"].said("zh").startswith("乙.txt 第 1 行：")


def test_every_file_that_is_not_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, "甲.txt")
    unread = ("附件/标准.xlsx", "公文.ofd", "图.jpg", "旧.doc", "收文.wps", "说明.xyz")
    meant = ("README.md", "corpus.toml", "glossary.toml", ".hidden.xlsx", "~$甲.docx", "entitlements/甲.json")
    for name in unread:
        write(tmp_path, name, "x")
    for name in meant:
        write(tmp_path, name, 'title = "青川区政策"\n')
    reasons = load_corpus(tmp_path).left_out
    assert sorted(reasons) == sorted(unread)
    assert "workbook" in reasons["附件/标准.xlsx"]
    assert "OFD" in reasons["公文.ofd"]


def test_a_folder_of_which_nothing_can_be_read_is_refused_with_the_reason(tmp_path: Path) -> None:
    write(tmp_path, "甲.txt", "")
    with pytest.raises(CorpusUnusable, match=r"No file .* The first: 甲\.txt: the file is empty"):
        load_corpus(tmp_path)


def test_a_file_left_out_is_no_part_of_the_digest(tmp_path: Path) -> None:
    write(tmp_path, "甲.txt")
    before = load_corpus(tmp_path).digest
    write(tmp_path, "乙.txt", "")
    assert load_corpus(tmp_path).digest == before
    write(tmp_path, "乙.txt", LAW.replace("扶持", "奖励"))
    assert load_corpus(tmp_path).digest != before


def article(text: str) -> Clause:
    return segment(read_text(text.encode(), "办法.txt", Limits())).clauses[0]


def test_the_page_of_a_quote_is_that_of_its_first_character() -> None:
    clause = article("青川区扶持办法\n第一条 对新设企业给予100万元。\f对扩产企业给予50万元。\f对其他企业不予支持。\n")
    pages = [page_of(clause, sentence) for sentence in split_sentences(clause.text)]
    assert clause.page == 1
    assert pages == [1, 2, 3]
    figure = next(figure for figure in clause.figures if figure.value == 500_000)
    assert page_of(clause, figure.span) == 2


def test_a_text_without_pages_has_none_for_its_quotes() -> None:
    clause = article(LAW)
    assert (clause.page, page_of(clause, Span(0, 3)), clause.page_starts) == (None, None, ())


def test_clauses_of_the_compendium_that_run_over_a_page_know_it(compendium: Corpus) -> None:
    running_on = [clause for clause in compendium.clauses if clause.page_starts]
    assert len(running_on) == 66
    for clause in running_on:
        pages = [page_of(clause, Span(at, at + 1)) for at in range(len(clause.text))]
        assert pages[0] == clause.page
        assert pages == sorted(pages, key=lambda page: page or 0)
        assert pages[-1] == clause.page_starts[-1].page
