"""Terms that the glossary's owner has not thought of yet."""

from dataclasses import replace

import pytest

from index.glossary.glossary import Glossary
from index.glossary.of_corpus import glossary_of
from index.glossary.term_mining import LONGEST, SHORTEST, Term, terms_without_word
from ingest.types import Corpus


@pytest.fixture(scope="module")
def without_glossary(compendium: Corpus) -> list[Term]:
    return terms_without_word(compendium, Glossary())


@pytest.mark.parametrize("term", ["领军人才", "安家补贴", "高新技术企业", "杰出人才", "外资研发中心", "一事一议"])
def test_terms_of_the_field_are_found(term: str, without_glossary: list[Term]) -> None:
    assert term in {found.text for found in without_glossary}


@pytest.mark.parametrize("piece", ["世界技能大", "高新技术企", "的高新技术企业", "军人才", "事一议", "和安家补贴"])
def test_pieces_of_terms_are_not(piece: str, without_glossary: list[Term]) -> None:
    assert piece not in {found.text for found in without_glossary}


def test_each_term_stands_in_as_many_clauses_as_said(compendium: Corpus, without_glossary: list[Term]) -> None:
    for term in without_glossary[:50]:
        assert SHORTEST <= len(term.text) <= LONGEST
        assert term.text in "".join(term.first.text.split()).lower()
        assert 3 <= term.clauses <= len(compendium.clauses)


def test_the_most_frequent_come_first(without_glossary: list[Term]) -> None:
    counts = [term.clauses for term in without_glossary]
    assert counts == sorted(counts, reverse=True)


def test_a_row_makes_its_term_known(compendium: Corpus) -> None:
    glossary = Glossary(people={"安家费": ("安家补贴",)})
    assert "安家补贴" not in {term.text for term in terms_without_word(compendium, glossary)}


def test_a_term_inside_a_rows_wording_is_known(compendium: Corpus) -> None:
    glossary = Glossary(english={"high-tech enterprise": ("国家高新技术企业",)})
    assert "高新技术企业" not in {term.text for term in terms_without_word(compendium, glossary)}


def test_a_term_around_a_rows_wording_is_known(compendium: Corpus) -> None:
    found = {term.text for term in terms_without_word(compendium, Glossary())}
    longer = next(term for term in sorted(found) if "领军人才" in term and term != "领军人才")
    glossary = Glossary(people={"带头的专家": ("领军人才",)})
    assert longer not in {term.text for term in terms_without_word(compendium, glossary)}


def test_the_projects_own_glossary_leads_to_most_words_for_money(compendium: Corpus) -> None:
    left = {term.text for term in terms_without_word(compendium, glossary_of(compendium))}
    assert not {"安家补贴", "高新技术企业", "购房补贴", "预提所得税"} & left


def test_fewer_clauses_more_terms(compendium: Corpus, without_glossary: list[Term]) -> None:
    assert len(terms_without_word(compendium, Glossary(), least_clauses=10)) < len(without_glossary)


def test_an_empty_corpus_has_no_terms(compendium: Corpus) -> None:
    assert terms_without_word(replace(compendium, clauses=()), Glossary()) == []
