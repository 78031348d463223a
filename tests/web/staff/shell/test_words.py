"""Every word of the staff pages stands in both languages, and templates name only words there are."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path

import pytest

import web.staff.shell.words as module
from web.staff.shell.words import sayer, words_of

WORDS = sorted((Path(module.__file__).parents[1] / "words").glob("*.toml"))
TEMPLATES = sorted((Path(module.__file__).parents[2] / "templates" / "staff").glob("*.html"))


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("file", WORDS, ids=lambda file: file.stem)
def test_both_languages_say_the_same_with_the_same_blanks(file: Path) -> None:
    entries = tomllib.loads(file.read_text("utf-8"))
    assert entries
    for key, entry in entries.items():
        assert set(entry) == {"zh", "en"}, key
        assert entry["zh"], key
        assert entry["en"], key
        assert blanks(entry["zh"]) == blanks(entry["en"]), key


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.stem)
def test_templates_name_words_there_are(file: Path) -> None:
    page = file.name.partition(".")[0].partition("_")[0]
    named = set(re.findall(r"""\bt\(['"](\w+)['"]\s*[,)]""", file.read_text("utf-8")))
    assert named - set(words_of(page)) == set()


def test_a_page_speaks_its_own_words_before_those_of_the_frame() -> None:
    assert sayer("audit", "en")("nav") == "Audit log"
    assert sayer("audit", "zh")("sign_out") == "退出"
    assert sayer("login", "en")("too_soon", wait=3).endswith("3 seconds.")
    with pytest.raises(KeyError):
        sayer("audit", "zh")("no_such_word")


def test_a_blank_is_filled_as_it_is() -> None:
    assert sayer("start", "en")("welcome", name="{0.__class__}<b>") == "Hello, {0.__class__}<b>"
