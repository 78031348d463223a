from __future__ import annotations

import re
from pathlib import Path

import pytest

from web.match.words import WORDS, word, words_for_the_browser

WEB = Path(__file__).resolve().parents[3] / "web"
BLANK = re.compile(r"\{(\w+)\}")
FAMILIES = ("group_", "status_", "recognition_")  # made of a status, or of an attribute


def used() -> set[str]:
    scripts = "".join((WEB / "static" / f"match{part}.js").read_text("utf-8") for part in ("", "_form", "_results"))
    template = "".join((WEB / "templates" / f"{name}.html").read_text("utf-8") for name in ("match", "document"))
    code = "".join(file.read_text("utf-8") for file in (WEB / "match").glob("*.py") if file.name != "words.py")
    found = set(re.findall(r"""\b(?:word|m|button|part|filter)\(\s*["'](\w+)["']""", scripts + template + code))
    found |= set(re.findall(r'"(\w+)"', code)) & WORDS.keys()
    found |= {key for choice in re.findall(r'word\(\w[^()"]*\? "(\w+)" : "(\w+)"', scripts) for key in choice}
    return found | {key for key in WORDS if key.startswith(FAMILIES)}


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_say_the_same(key: str) -> None:
    zh, en = WORDS[key]
    assert zh.strip()
    assert en.strip()
    assert set(BLANK.findall(zh)) == set(BLANK.findall(en))
    assert not re.search("[一-鿿]", en)


def test_every_word_is_used_and_every_used_one_is_there() -> None:
    assert used() - WORDS.keys() - {"copied", "copy_failed", *FAMILIES} == set()
    assert WORDS.keys() - used() == set()


def test_blanks_are_filled() -> None:
    assert word("summary", "zh", shown=5, met=2, as_of="2026-11-22") == "共5项，条件已满足2项（按2026-11-22判断）"
    assert words_for_the_browser()["remove"] == {"zh": "去掉：{fact}", "en": "Remove: {fact}"}
