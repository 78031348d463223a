"""Service cards as they lie beside the texts, and which clause each belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.corpus.load import load_corpus
from ingest.corpus.versions import file_digests
from ingest.errors import CorpusUnusable
from ingest.service.cards import FILE, ServiceCard, ServiceCards, is_bound, read_cards

TITLE = "伊金霍洛旗支持企业高质量发展若干措施"
TEXT = f"""{TITLE}

一、对首次认定的高新技术企业给予30万元奖励。

二、对全职引进的博士给予20万元安家补贴，由旗人社局负责兑现。
"""
WHOLE = f'[[card]]\ndocument = "{TITLE}"\nwhere = "政务服务大厅3号窗口"\n'
OF_A_CLAUSE = (
    f'[[card]]\ndocument = "{TITLE}"\nwords = "全职引进的 博士"\ntelephone = "0477-8600000转801（企业科），12345"\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "企业.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def written(folder: Path, content: str) -> ServiceCards:
    (folder / FILE).write_text(content, encoding="utf-8")
    return read_cards(folder)


def test_a_clause_has_its_own_card_else_that_of_its_policy(folder: Path) -> None:
    cards = written(folder, WHOLE + OF_A_CLAUSE)
    corpus = load_corpus(folder)
    of = {clause.text[:4]: cards.of(clause, corpus) for clause in corpus.clauses}
    firms, doctors = (card for text, card in of.items() if text.startswith(("一、", "二、")))
    assert (firms and firms.where, doctors and doctors.telephone) == (
        "政务服务大厅3号窗口",
        "0477-8600000转801（企业科），12345",
    )
    assert ServiceCards(cards.cards[1:]).of(corpus.clauses[0], corpus) is None
    assert all(is_bound(card, corpus.clauses, corpus) for card in cards.cards)
    gone = ServiceCard(document=TITLE, words="全职引进的硕士", where="三楼")
    assert not is_bound(gone, corpus.clauses, corpus)


def test_the_file_belongs_to_the_corpus_and_is_no_text_of_it(folder: Path) -> None:
    assert read_cards(folder) == ServiceCards()
    before = load_corpus(folder).clauses
    written(folder, WHOLE)
    assert FILE in file_digests(folder)
    assert load_corpus(folder).clauses == before


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[[card]]\nwhere = '三楼'\n", "document"),
        (f"[[card]]\ndocument = '{TITLE}'\n", "says nothing"),
        (WHOLE + 'link = "javascript:alert(1)"\n', "no web address"),
        (WHOLE + 'link = "http://"\n', "no web address"),
        (WHOLE + 'telephone = "问老王"\n', "no telephone number"),
        (WHOLE + f'when = "{"早" * 501}"\n', "500"),
        (WHOLE + 'when = "\\u202e9点"\n', "nobody sees"),
        (WHOLE + WHOLE, "already"),
        (WHOLE + "colour = 'red'\n", "colour"),
        ("[[card]\n", FILE),
    ],
)
def test_a_card_that_cannot_be_shown_is_refused_in_a_sentence(folder: Path, content: str, says: str) -> None:
    with pytest.raises(CorpusUnusable, match=says):
        written(folder, content)


def test_what_there_is_in_english_is_said_in_english() -> None:
    card = ServiceCard(document=TITLE, where="三楼", where_en="3rd floor", materials="身份证", telephone="12345")
    assert [card.said(name, in_english=True) for name in card.told()] == ["3rd floor", "身份证", "12345"]
    assert card.said("where") == "三楼"
