from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import web
from bot.text.phrase_file import phrases
from bot.types import Language
from ingest.editions.types import Edition
from ingest.types import Corpus
from web.chat.examples import examples_of
from web.texts import TEXTS, Tongue, both_tongues, level_name, say, tongue_wanted

WEB = Path(web.__file__ or "").parent
FAMILIES = ("colours_", "level_", "standing_", "thumb_", "reason_", "part_")  # the rest of such a key is a value
TONGUES: tuple[Tongue, ...] = ("zh", "en")
BLANK = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("key", TEXTS)
def test_every_text_is_there_in_both_languages_with_the_same_blanks(key: str) -> None:
    zh, en = TEXTS[key]
    assert zh.strip()
    assert en.strip()
    assert set(BLANK.findall(zh)) == set(BLANK.findall(en))


@pytest.mark.parametrize("key", TEXTS)
def test_english_is_english(key: str) -> None:
    assert not re.search("[\u4e00-\u9fff]", TEXTS[key].en)


def used_keys() -> set[str]:
    scripts = "".join(
        file.read_text("utf-8") for file in [*(WEB / "static").glob("*.js"), *(WEB / "templates").glob("*.html")]
    )
    used = set(re.findall(r"""\b(?:say|t|item)\(\s*["']([a-z_]+)["']""", scripts)) - set(FAMILIES)
    used |= {key for key in TEXTS for family in FAMILIES if key.startswith(family) and f'"{family}"' in scripts}
    used |= set(
        re.findall(r'say\([^"()]*\? "([a-z_]+)" : "([a-z_]+)"\)', scripts)
        and ["nearest", "sources", "copied", "copy_failed"]
    )
    for file in WEB.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                used |= {
                    leaf.value
                    for leaf in ast.walk(node.args[0])
                    if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str)
                }
    return used


def test_every_text_that_is_shown_is_in_the_table() -> None:
    assert {key for key in used_keys() if key not in TEXTS and not key.startswith(FAMILIES)} == set()


def test_no_text_is_left_over() -> None:
    assert TEXTS.keys() - used_keys() == set()


def test_blanks_are_filled() -> None:
    assert say("figures_match", "zh", checked=3, total=3) == "数字与原文一致（3 处）"
    assert say("figures_match", "en", checked=3, total=3) == "Figures match the source (3)"
    assert say("figures_differ", "zh", checked=2, total=3) == "3 处数字中有 2 处与原文一致"
    assert say("figures_differ", "en", checked=2, total=3) == "2 of 3 figures match the source"
    assert both_tongues()["page"] == {"zh": "第 {page} 页", "en": "p. {page}"}


def test_nothing_beside_an_answer_reads_as_if_it_had_been_verified() -> None:
    said = [say(key, tongue, checked=1, total=1) for key in TEXTS if key.startswith("figures_") for tongue in TONGUES]
    scripts = "".join(file.read_text("utf-8") for file in (WEB / "static").glob("*.js"))
    worded = [say.to(language) for say in phrases("bot.llm", "notices.toml").values() for language in Language]
    for text in (*said, *worded, scripts):
        assert not re.search(r"✓|✔|已核对|均已|核实无误|verified|figures checked|was checked", text)


def test_an_unknown_level_is_shown_as_written() -> None:
    assert (level_name("旗", "zh"), level_name("苏木", "en"), level_name(None, "en")) == ("旗级", "苏木", "No level")


@pytest.mark.parametrize(
    ("asked_for", "header", "tongue"),
    [
        (None, None, "zh"),
        (None, "", "zh"),
        (None, "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        (None, "en-US,en;q=0.9,zh;q=0.1", "en"),
        (None, "fr-FR", "en"),
        ("zh", "en-US", "zh"),
        ("en", "zh-CN", "en"),
        ("xx", "zh-CN", "zh"),
    ],
)
def test_chinese_unless_asked_otherwise(asked_for: str | None, header: str | None, tongue: str) -> None:
    assert tongue_wanted(asked_for, header) == tongue


def test_examples_are_in_both_languages(compendium: Corpus) -> None:
    for who, questions in examples_of(compendium, Edition()):
        assert len(questions) >= 3
        for said in (who, *questions):
            assert re.search("[\u4e00-\u9fff]", said.zh)
            assert not re.search("[\u4e00-\u9fff]", said.en)
