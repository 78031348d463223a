from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.glossary.edit import GlossaryRow, checked_row, glossary_rows, put_row, remove_row
from index.glossary.glossary import load_glossary
from ingest.errors import CorpusUnusable, DraftUnusable

OURS = Path(__file__).resolve().parents[3] / "corpus"
OWNERS = """# The owner's.
[people]
# 企业
"高企" = ["高新技术企业"] # since 2019
"外企" = ["外商投资企业", "外资企业"]
# ── next ──

[english]
"withholding tax" = ["预提所得税"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "glossary.toml").write_text(OWNERS, encoding="utf-8")
    return tmp_path


def text(folder: Path) -> str:
    return (folder / "glossary.toml").read_text(encoding="utf-8")


def people(spoken: str, *words: str) -> GlossaryRow:
    return GlossaryRow("people", spoken, words)


def test_a_row_is_added_and_the_rest_stays(folder: Path) -> None:
    put_row(folder, people("养老院", " 养老机构 ", "养老服务", "养老服务"))
    assert load_glossary(folder).expand("养老院补贴") == ("养老机构", "养老服务")
    assert [line for line in OWNERS.splitlines() if line not in text(folder).splitlines()] == []
    assert text(folder).index("养老院") < text(folder).index("[english]")


def test_a_row_is_changed_where_it_stands(folder: Path) -> None:
    put_row(folder, people("高企", "高新技术企业", "高新企业"), people("高企", "高新技术企业"))
    assert '# 企业\n"高企" = ["高新技术企业", "高新企业"] # since 2019\n' in text(folder)


def test_a_row_changes_its_word_and_its_table(folder: Path) -> None:
    put_row(folder, GlossaryRow("places", "伊旗", ("伊金霍洛旗",)), people("外企", "外商投资企业"))
    rows = glossary_rows(folder)
    assert GlossaryRow("places", "伊旗", ("伊金霍洛旗",)) in rows
    assert "外企" not in {row.spoken for row in rows}


def test_a_row_is_taken_out(folder: Path) -> None:
    remove_row(folder, people("高企", "高新技术企业"))
    assert [row.spoken for row in glossary_rows(folder)] == ["外企", "withholding tax"]
    with pytest.raises(DraftUnusable, match="“高企” is not in"):
        remove_row(folder, people("高企"))
    with pytest.raises(DraftUnusable, match="not in"):
        put_row(folder, people("新词", "别的"), people("没有", "x"))
    assert "新词" not in text(folder)


def test_a_corpus_without_a_glossary_gets_one(tmp_path: Path) -> None:
    assert glossary_rows(tmp_path) == []
    put_row(tmp_path, GlossaryRow("levels", "旗里", ("旗",)))
    assert load_glossary(tmp_path).levels_named("旗里有什么政策") == {"旗"}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (people("", "高新技术企业"), "both sides need a word"),
        (people("  ", "高新技术企业"), "both sides need a word"),
        (people("高企新"), "“高企新”: name at least one"),
        (people("高企新", " ", ""), "name at least one"),
        (GlossaryRow("persons", "甲", ("乙",)), r"no table \[persons\]"),
        (people("甲" * 61, "乙"), "has 61 characters"),
        (people("甲", "乙" * 61), "has 61 characters"),
        (people("甲", *(f"乙{n}" for n in range(21))), "21 words"),
        (people("高 企", "高企"), "stands for itself"),
        (people("高 企", "高新"), "already, as “高企”"),
        (people("外企\u202e", "外商"), "cannot be shown"),
    ],
)
def test_a_row_that_says_nothing_is_refused_by_name(folder: Path, row: GlossaryRow, sentence: str) -> None:
    with pytest.raises(DraftUnusable, match=sentence):
        put_row(folder, row)
    assert text(folder) == OWNERS


@pytest.mark.parametrize("word", ['引"号', "反\\斜", "等=号", "#井", "[括]", "<img src=x>", "a.b", "'''", '"""'])
def test_signs_of_toml_are_words_like_others(folder: Path, word: str) -> None:
    put_row(folder, people(f"说{word}", f"写{word}"))
    assert people(f"说{word}", f"写{word}") in glossary_rows(folder)


def test_two_spellings_of_one_word_are_one_row(folder: Path) -> None:
    put_row(folder, people("ＧＰＵ卡", "算力"))
    with pytest.raises(DraftUnusable, match="already, as"):
        put_row(folder, people("gpu卡", "算力设备"))
    put_row(folder, people("GPU卡", "算力设备"), people("ＧＰＵ卡", "算力"))
    assert people("GPU卡", "算力设备") in glossary_rows(folder)


def test_a_glossary_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_text("[people]\n高企 = ", encoding="utf-8")
    for change in (lambda: put_row(tmp_path, people("甲", "乙")), lambda: glossary_rows(tmp_path)):
        with pytest.raises(CorpusUnusable, match="TOML"):
            change()


def test_our_own_glossary_goes_through_unchanged(tmp_path: Path) -> None:
    shutil.copy(OURS / "glossary.toml", tmp_path)
    before = text(tmp_path)
    rows = glossary_rows(tmp_path)
    assert len(rows) > 60
    assert all(checked_row(row) for row in rows)
    put_row(tmp_path, people("养老院", "养老机构"))
    remove_row(tmp_path, people("养老院"))
    assert text(tmp_path) == before


def test_a_word_of_the_product_is_switched_off_by_an_empty_row(folder: Path) -> None:
    put_row(folder, GlossaryRow("people", "科小", ()))
    assert GlossaryRow("people", "科小", ()) in glossary_rows(folder)
    with pytest.raises(DraftUnusable, match="name at least one word"):
        put_row(folder, GlossaryRow("people", "云企", ()))
