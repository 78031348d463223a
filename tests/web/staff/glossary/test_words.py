"""Words that stand in no text are found, over line ends and in other writings; what serves is not read again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from index.glossary.edit import GlossaryRow
from ingest.corpus.load import load_corpus
from ingest.readers.limits import Limits
from tests.web.staff.conftest import CARE, FIRMS
from web.staff.glossary import words as glossary_words
from web.staff.glossary.words import CorpusWords


def row(*words: str, table: str = "people") -> GlossaryRow:
    return GlossaryRow(table, "说法", words)


def test_words_that_stand_in_no_text_are_found(texts: Path) -> None:
    (texts / FIRMS).write_text("办法\n\n一、对高新技术\n企业给予 30 万元奖励，Tax Refund 除外。\n", encoding="utf-8")
    serving = load_corpus(texts)
    asked = [row("高新技术企业", "30万元"), row("养老機構", "tax refund"), row("颐养中心"), row("国家", table="levels")]
    assert CorpusWords().absent(asked, texts, serving, Limits()) == {"颐养中心"}


def test_only_texts_that_do_not_serve_are_read_and_each_once(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serving = load_corpus(texts)
    read: list[str] = []
    inner = glossary_words.read_source

    def noted(path: Path, name: str, limits: Limits) -> Any:
        read.append(name)
        return inner(path, name, limits)

    monkeypatch.setattr(glossary_words, "read_source", noted)
    words = CorpusWords()
    assert words.absent([row("护理员")], texts, serving, Limits()) == frozenset()
    assert read == []
    (texts / CARE).write_text("办法\n\n一、颐养中心每年给予5万元。\n", encoding="utf-8")
    for _ in range(2):
        assert words.absent([row("颐养中心", "护理员")], texts, serving, Limits()) == {"护理员"}
    (texts / FIRMS).unlink()
    assert words.absent([row("颐养中心", "博士")], texts, serving, Limits()) == {"博士"}
    assert read == [CARE]
