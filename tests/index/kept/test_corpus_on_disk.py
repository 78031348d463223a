"""A corpus that an index keeps is the corpus itself, and is read clause by clause."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from index.kept.corpus_on_disk import is_made_of, load_kept, made_of, save_corpus
from index.kept.rows import KeptRows
from index.text.terms import TermCounts
from ingest.clause_lookup import ClauseLookup, WalkedClauses
from ingest.corpus.load import load_corpus
from ingest.normalise import match_form
from ingest.types import Clause, Corpus, Role

FIELDS = ("title", "region", "digest", "documents", "left_out")
LISTS = ("clauses", "headings", "sources", "doubts")


@pytest.fixture(scope="module")
def kept_folder(compendium: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    save_corpus(compendium, folder)
    return folder


@pytest.fixture
def kept(kept_folder: Path, compendium: Corpus) -> Corpus:
    return load_kept(kept_folder, compendium.folder).corpus


def reads(corpus: Corpus) -> int:
    assert isinstance(corpus.clauses, KeptRows)
    return corpus.clauses.reads


def test_what_is_kept_is_what_was_cut(kept: Corpus, compendium: Corpus) -> None:
    assert [getattr(kept, name) for name in FIELDS] == [getattr(compendium, name) for name in FIELDS]
    for name in LISTS:
        assert list(getattr(kept, name)) == list(getattr(compendium, name))
    assert dict(kept.furniture) == dict(compendium.furniture)
    assert dict(kept.source_by_name) == dict(compendium.source_by_name)


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be removed there")
def test_a_corpus_whose_folder_is_gone_answers_all_that_is_asked_of_it(compendium: Corpus, tmp_path: Path) -> None:
    """A draft on trial is opened from a folder that is removed; a version that is over goes while it still answers."""
    (tmp_path / "kept").mkdir()
    save_corpus(compendium, tmp_path / "kept")
    opened = load_kept(tmp_path / "kept", compendium.folder).corpus
    shutil.rmtree(tmp_path / "kept")
    assert list(opened.clauses) == list(compendium.clauses)
    asked, walked = opened.lookup, compendium.lookup
    assert dict(asked.first_headings()) == dict(walked.first_headings())
    assert set(asked.chapters()) == set(walked.chapters())
    for document in compendium.documents:
        assert asked.articles_in(document.id) == walked.articles_in(document.id)
        own = [n for n, clause in enumerate(compendium.clauses) if clause.document == document.id]
        assert list(asked.of_documents([document.id])) == own
    assert 40 in asked.below(compendium.clauses[40].path)
    holding = {n for n, clause in enumerate(compendium.clauses) if "安家补贴" in match_form(clause.text)}
    assert holding <= set(asked.holding("安家补贴")) != set(range(len(compendium.clauses)))
    prices = [n for n, clause in enumerate(compendium.clauses) if clause.role is Role.PRICE]
    assert list(asked.of_roles([Role.PRICE])) == prices


def test_opening_reads_no_clause_and_a_look_up_only_its_own(kept: Corpus, compendium: Corpus) -> None:
    assert reads(kept) == 0
    wanted = compendium.clauses[100]
    assert kept.clause_by_id[wanted.id] == wanted
    assert kept.clause_by_id.place(wanted.id) == 100
    assert wanted.id in kept.clause_by_id
    assert "no such" not in kept.clause_by_id
    assert reads(kept) == 1
    own = list(kept.clauses_of(compendium.document_of(wanted)))
    assert own == [clause for clause in compendium.clauses if clause.document == wanted.document]
    assert reads(kept) <= 1 + len(own)


def test_a_look_up_finds_what_a_walk_finds(kept: Corpus, compendium: Corpus) -> None:
    found: ClauseLookup[Clause] = kept.lookup
    walked = WalkedClauses(compendium.clauses)
    assert dict(found.first_headings()) == dict(walked.first_headings())
    assert list(found.chapters()) == list(walked.chapters())
    ids = [document.id for document in compendium.documents]
    assert [found.articles_in(one) for one in ids] == [walked.articles_in(one) for one in ids]
    assert found.of_documents(ids[3:5]) == walked.of_documents(ids[3:5])
    assert found.of_documents(ids, (Role.CLOSING,)) == walked.of_documents(ids, (Role.CLOSING,))
    for path in {clause.path[:depth] for clause in compendium.clauses for depth in (1, 2, 3)}:
        below = [place for place, one in enumerate(compendium.clauses) if one.path[: len(path)] == path]
        assert found.below(path) == below
        assert set(found.documents_below(path)) == set(walked.documents_below(path))
    rows = [place for place, clause in enumerate(compendium.clauses) if clause.role.is_rate_row]
    assert found.of_roles(role for role in Role if role.is_rate_row) == rows


@pytest.mark.parametrize("words", ["安家补贴", "高新技术企业", "没有这句话", "２０ 萬元"])
def test_clauses_that_hold_words_are_all_found(kept: Corpus, compendium: Corpus, words: str) -> None:
    plain = match_form(words)
    holding = [
        place
        for place, clause in enumerate(compendium.clauses)
        if plain in match_form(" ".join((*clause.path, clause.text)))
    ]
    assert list(kept.lookup.holding(words)) == holding


def test_the_rarity_of_terms_is_that_of_counting(kept_folder: Path, compendium: Corpus) -> None:
    counts = TermCounts()
    counts.add(" ".join((*clause.path[1:], clause.text)) for clause in compendium.clauses)
    weights, kept = counts.weights(), load_kept(kept_folder, compendium.folder).printed.terms
    assert {term: kept[term] for term in weights} == weights


def test_another_corpus_over_kept_clauses_is_not_looked_up_in_them(kept: Corpus) -> None:
    fewer = replace(kept, clauses=tuple(kept.clauses[:3]))
    assert isinstance(fewer.lookup, WalkedClauses)
    assert kept.clauses[5].id not in fewer.clause_by_id


def test_a_kept_corpus_is_that_of_its_texts_and_settings_alone(tmp_path: Path) -> None:
    folder, kept = tmp_path / "texts", tmp_path / "kept"
    shutil.copytree(Path(__file__).resolve().parents[2] / "corpora" / "county", folder)
    kept.mkdir()
    save_corpus(load_corpus(folder), kept)
    assert is_made_of(kept, folder)
    before = made_of(folder)
    settings = folder / "corpus.toml"
    settings.write_text(settings.read_text("utf-8") + "\n# changed\n", "utf-8")
    assert not is_made_of(kept, folder)
    assert made_of(folder) != before


def test_texts_that_changed_while_they_were_cut_keep_nothing(tmp_path: Path) -> None:
    folder, kept = tmp_path / "texts", tmp_path / "kept"
    shutil.copytree(Path(__file__).resolve().parents[2] / "corpora" / "county", folder)
    corpus = load_corpus(folder)
    (folder / "后来.txt").write_text("关于后来的通知\n\n一、后来的事。\n", "utf-8")
    kept.mkdir()
    save_corpus(corpus, kept)
    assert not is_made_of(kept, folder)
