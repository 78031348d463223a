from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.glossary.glossary import Glossary, load_glossary, product_glossary
from index.glossary.of_corpus import glossary_of, words_of_places
from index.text.levels_and_places import Places
from ingest.corpus.load import load_corpus

POLICY = "云浦县支持企业若干措施\n\n一、对首次认定的高新技术企业给予15万元奖励。\n"


@pytest.fixture
def county(tmp_path: Path) -> Callable[[str], Glossary]:
    """The glossary of a county's corpus whose own file holds these rows."""

    def make(rows: str) -> Glossary:
        (tmp_path / "policy.txt").write_text(POLICY, encoding="utf-8")
        (tmp_path / "corpus.toml").write_text('title = "云浦"\nregion = "湖南省云浦县"\n', encoding="utf-8")
        (tmp_path / "glossary.toml").write_text(rows, encoding="utf-8")
        return glossary_of(load_corpus(tmp_path))

    return make


def test_general_words_come_with_the_product(county: Callable[[str], Glossary]) -> None:
    glossary = county("")
    assert glossary.expand("高企怎么认定") == ("高新技术企业",)
    assert glossary.gloss("withholding tax") == "预提所得税"


def test_a_row_of_the_corpus_counts_before_the_products(county: Callable[[str], Glossary]) -> None:
    assert county('[people]\n"高企" = ["高原企业"]').expand("高企怎么认定") == ("高原企业",)


def test_an_empty_row_switches_the_products_off(county: Callable[[str], Glossary]) -> None:
    assert county('[people]\n"高企" = []').expand("高企怎么认定") == ()


def test_rows_of_an_old_copy_are_dropped(tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_text(
        '[people]\n"高企" = ["高新技术企业"]\n"云企" = ["云浦企业"]\n', encoding="utf-8"
    )
    assert load_glossary(tmp_path).people == {"云企": ("云浦企业",)}


def test_places_are_known_without_a_glossary(county: Callable[[str], Glossary]) -> None:
    glossary = county("")
    assert glossary.expand("我县对企业有什么奖励") == ("云浦县",)
    assert glossary.expand("云浦的企业") == ("云浦县",)
    assert glossary.gloss("talent in Yunpu") == "人才 云浦县"


def test_what_is_said_of_a_level_stands_for_the_level_that_is_there() -> None:
    places = words_of_places(Places({"自治区": ("内蒙古自治区",), "旗": ("准格尔旗", "准格尔")})).places
    assert places["区里"] == ("自治区",)
    assert places["旗里"] == ("准格尔旗", "旗级")
    assert places["县里"] == ("旗",)
    assert places["准格尔"] == ("准格尔旗",)


def test_the_product_names_no_place() -> None:
    product = product_glossary()
    assert (product.places, product.levels) == ({}, {})
