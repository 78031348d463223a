"""People's words lead to policy words, and to nothing else."""

from pathlib import Path

import pytest

from index.glossary.glossary import Glossary, load_glossary, product_glossary
from ingest.errors import CorpusUnusable
from ingest.normalise import search_form

REAL = Path(__file__).parents[3] / "corpus"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("我们是高企，给研究生的房补有多少", ("高新技术企业", "硕士", "博士", "购房补贴", "租房补贴")),
        ("高企高企", ("高新技术企业",)),  # once
        ("高企的研究生", ("高新技术企业", "硕士", "博士")),
        ("內蒙的政策", ("内蒙古自治区",)),  # asked in Traditional characters
        ("内蒙古自治区的政策", ()),  # 内蒙 is a piece of what stands there already
        ("伊金霍洛旗", ()),
        ("Is withholding tax due?", ("预提所得税",)),
        ("What relocation allowances are there", ("安家补贴",)),  # plural
        ("encouraged-industry company", ("鼓励类产业",)),  # hyphen
        ("NotWithholding Taxation", ()),  # inside longer words
        ("", ()),
    ],
)
def test_expand(glossary: Glossary, question: str, words: tuple[str, ...]) -> None:
    assert glossary.expand(question) == words


@pytest.mark.parametrize(
    ("question", "gloss"),
    [
        ("Withholding tax for an encouraged industry until 2030?", "预提所得税 鼓励类产业 2030"),
        ("the 病残津贴 and the relocation allowance", "病残津贴 安家补贴"),
        ("高企的AEO认证", ""),  # Chinese with a Latin code
        ("What is the weather like", ""),  # nothing of the field
        ("12345", ""),
    ],
)
def test_gloss_of_english_questions_only(glossary: Glossary, question: str, gloss: str) -> None:
    assert glossary.gloss(question) == gloss


@pytest.mark.parametrize(
    ("question", "levels"),
    [
        ("旗里奖多少", {"旗"}),
        ("市里和旗里各给多少", {"市", "旗"}),
        ("a national list", {"国家"}),
        ("an international firm", set()),
        ("开在城市里", {"市"}),
        ("多少钱", set()),
    ],
)
def test_levels_named(glossary: Glossary, question: str, levels: set[str]) -> None:
    assert glossary.levels_named(question) == levels


def test_no_file_is_an_empty_glossary(tmp_path: Path) -> None:
    empty = load_glossary(tmp_path)
    assert (empty.expand("高企"), empty.gloss("tax"), empty.levels_named("旗里")) == ((), "", frozenset())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('[people]\n"高企" = "高新技术企业"', "must stand before a list of words"),
        ('[people]\n"云企" = []', "only switches off a word of the product"),
        ('[people]\n"高企" = [""]', "must stand before a list of words"),
        ('[people]\n"高企" = [3]', "must stand before a list of words"),
        ("[people", "cannot be read as TOML"),
        ("[peple]", r"has a table \[peple\]"),
        ("people = 3", "must be a table"),
    ],
)
def test_faulty_glossary_is_one_clear_sentence(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "glossary.toml").write_text(content, encoding="utf-8")
    with pytest.raises(CorpusUnusable, match=says):
        load_glossary(tmp_path)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CorpusUnusable, match="cannot be read as TOML"):
        load_glossary(tmp_path)


def test_every_policy_level_and_many_words_are_in_the_delivered_glossary() -> None:
    delivered = load_glossary(REAL).over(product_glossary())
    assert len(delivered.people) + len(delivered.places) >= 150
    assert len(delivered.english) >= 150
    assert {level for levels in delivered.levels.values() for level in levels} == {"国家", "自治区", "市", "旗"}


def test_delivered_rows_say_something_new() -> None:
    delivered = load_glossary(REAL)
    for table in (delivered.people, delivered.places, delivered.english):
        assert [key for key, words in table.items() if tuple(words) == (key,)] == []


def test_the_digest_follows_the_file(tmp_path: Path, corpus_folder: Path) -> None:
    assert load_glossary(tmp_path).digest != load_glossary(corpus_folder).digest


def test_terms_for_the_splitter_are_chinese(glossary: Glossary) -> None:
    terms = glossary.chinese_terms()
    assert "高企" in terms
    assert search_form("预提所得税") in terms
    assert "withholding tax" not in terms
