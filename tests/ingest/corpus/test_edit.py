from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.corpus.edit import describe_document, describe_source, forget_source, rename_source
from ingest.corpus_config import DocumentConfig, SourceConfig, read_config
from ingest.errors import CorpusUnusable

OWNERS = """# What the files are.
title = "汇编"  # of the book

[[source]]
file = "a.txt"
page_offset = 2 # as printed

# Headings that open a level.
[source.levels]
"国家级政策" = "国家"

[[source]]
file = "b.txt"
level = "市"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "b.txt", "新办法.docx"):
        (tmp_path / name).write_text("文", encoding="utf-8")
    (tmp_path / "corpus.toml").write_text(OWNERS, encoding="utf-8")
    return tmp_path


def test_a_file_is_described_and_the_owners_remarks_stay(folder: Path) -> None:
    describe_source(folder, SourceConfig(file="新办法.docx", title='引号"与\\', level="旗"))
    config = read_config(folder)
    assert config.of("新办法.docx") == SourceConfig(file="新办法.docx", title='引号"与\\', level="旗")
    assert config.of("a.txt").levels == {"国家级政策": "国家"}
    written = (folder / "corpus.toml").read_text(encoding="utf-8")
    for remark in ("# What the files are.", "# of the book", "# as printed", "# Headings that open a level."):
        assert remark in written


def test_fields_are_changed_and_taken_out(folder: Path) -> None:
    describe_source(folder, SourceConfig(file="a.txt", title="新题"))
    assert read_config(folder).of("a.txt") == SourceConfig(file="a.txt", title="新题", levels={"国家级政策": "国家"})
    describe_source(folder, SourceConfig(file="b.txt"))
    assert read_config(folder).of("b.txt").level is None


def test_a_file_is_forgotten_with_its_tables(folder: Path) -> None:
    (folder / "a.txt").unlink()
    forget_source(folder, "a.txt")
    assert list(read_config(folder).sources) == ["b.txt"]
    (folder / "b.txt").unlink()
    forget_source(folder, "b.txt")
    forget_source(folder, "never.txt")
    assert read_config(folder).sources == {}
    describe_source(folder, SourceConfig(file="新办法.docx", level="旗"))
    assert read_config(folder).of("新办法.docx").level == "旗"


def test_what_was_said_goes_over_to_the_new_name(folder: Path) -> None:
    rename_source(folder, "b.txt", "新办法.docx")
    assert read_config(folder).of("新办法.docx").level == "市"
    assert "b.txt" not in read_config(folder).sources


def test_a_corpus_without_the_file_gets_one_under_its_own_title(folder: Path) -> None:
    (folder / "corpus.toml").unlink()
    title = read_config(folder).title
    describe_source(folder, SourceConfig(file="a.txt", page_offset=3))
    assert (read_config(folder).title, read_config(folder).of("a.txt").page_offset) == (title, 3)


def test_a_change_that_does_not_fit_leaves_the_file_as_it_was(folder: Path) -> None:
    with pytest.raises(CorpusUnusable, match=r"names nowhere\.txt"):
        describe_source(folder, SourceConfig(file="nowhere.txt", title="题"))
    assert (folder / "corpus.toml").read_text(encoding="utf-8") == OWNERS
    (folder / "corpus.toml").write_text("title = ", encoding="utf-8")
    with pytest.raises(CorpusUnusable, match="not valid TOML"):
        describe_source(folder, SourceConfig(file="a.txt"))


def test_days_and_lists_are_written_as_toml_has_them(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("甲办法", encoding="utf-8")
    said = SourceConfig(file="甲.txt", issued=date(2025, 3, 1), valid_until=date(2027, 12, 31), repeals=("乙办法",))
    describe_source(tmp_path, said)
    text = (tmp_path / "corpus.toml").read_text("utf-8")
    assert "valid_until = 2027-12-31" in text
    assert 'repeals = ["乙办法"]' in text
    assert read_config(tmp_path).of("甲.txt") == said
    describe_source(tmp_path, SourceConfig(file="甲.txt"))
    assert "repeals" not in (tmp_path / "corpus.toml").read_text("utf-8")


def test_an_end_before_the_beginning_is_refused(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("甲办法", encoding="utf-8")
    (tmp_path / "corpus.toml").write_text(
        'title = "汇编"\n[[source]]\nfile = "甲.txt"\nvalid_from = 2026-01-01\nvalid_until = 2025-01-01\n',
        encoding="utf-8",
    )
    with pytest.raises(CorpusUnusable, match="valid_until 2025-01-01 lies before valid_from 2026-01-01"):
        read_config(tmp_path)


def test_of_one_document_of_a_compilation_what_is_said_stands_under_its_title(folder: Path) -> None:
    said = DocumentConfig(
        number="青政发〔2025〕1号", implements=("甲办法",), annex_of="乙通知", unsaid=("valid_until",)
    )
    describe_document(folder, "a.txt", "青川区“甲”措施", said)
    text = (folder / "corpus.toml").read_text("utf-8")
    assert '[source.documents."青川区“甲”措施"]' in text
    assert text.startswith('# What the files are.\ntitle = "汇编"  # of the book\n')
    config = read_config(folder).of("a.txt")
    assert (config.about("青川区“甲”措施"), config.about("别的").number, config.page_offset) == (said, None, 2)
    describe_document(folder, "a.txt", "青川区“甲”措施", DocumentConfig(level="市"))
    assert read_config(folder).of("a.txt").about("青川区“甲”措施") == DocumentConfig(level="市")
    assert read_config(folder).of("b.txt").level == "市"


def test_of_the_only_document_of_a_file_what_is_said_stands_with_the_file(folder: Path) -> None:
    describe_document(folder, "b.txt", None, DocumentConfig(issuer="青川区商务局"))
    said = read_config(folder).of("b.txt")
    assert (said.issuer, said.level, said.documents) == ("青川区商务局", None, {})
