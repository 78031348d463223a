from __future__ import annotations

import pytest

from bot.match.facts.words import WordFinder, finder_of, lowered


def found(finder: WordFinder, text: str) -> list[str]:
    return [text[word.start : word.end] for word in finder.find(text)]


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        (["高企", "国家高企"], "我们是国家高企", ["国家高企"]),
        (["招…毕业生"], "今年招了4个本科应届毕业生", ["招了4个本科应届毕业生"]),
        (["招…毕业生"], "今年招人，有毕业生", []),
        (["sme"], "an sme, not smelting", ["sme"]),
        (["data centre"], "a data-centre operator", ["data-centre"]),
        (["data…abroad"], "data will sometimes go abroad", ["data will sometimes go abroad"]),
    ],
)
def test_words_are_found(words: list[str], text: str, expected: list[str]) -> None:
    assert found(finder_of(words), text) == expected


def test_a_word_of_several_rows_tells_all_of_them() -> None:
    finder = WordFinder({"物流": ("货运",), "道路货运": ("货运",)})
    assert [word.names for word in finder.find("货运")] == [("物流", "道路货运")]


def test_a_decoy_hides_the_word_it_holds() -> None:
    finder = WordFinder({"失业": ()}, decoys=("失业保险",))
    assert found(finder, "交了失业保险，后来失业") == ["失业"]


def test_nothing_is_found_without_rows() -> None:
    assert found(WordFinder({}), "什么都没有") == []


def test_lower_case_keeps_every_offset() -> None:
    assert lowered("İCTO") == "İcto"
