"""Copies are other texts of the same structure, and each is itself every time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from eval.scale.copies import Copies
from eval.scale.stand_in import CopyEncoder
from index.measure.killed_builds import HashedPairs
from index.rankers.vectors import clause_text
from ingest.types import Corpus

THREE = 3


@pytest.fixture(scope="module")
def copies(compendium: Corpus) -> Copies:
    return Copies.of(compendium)


def test_the_first_copy_is_the_corpus_itself(copies: Copies, compendium: Corpus) -> None:
    assert list(copies.clauses(1)) == list(compendium.clauses)


def test_spans_figures_and_documents_of_copies_are_true(copies: Copies, compendium: Corpus) -> None:
    clauses = list(copies.clauses(THREE * len(compendium.clauses)))
    corpus = copies.corpus_of(len(clauses), clauses)
    assert len({clause.id for clause in clauses}) == len(clauses)
    titles = [{document.title for document in of.documents} for of in (compendium, corpus)]
    assert len(titles[1]) == THREE * len(titles[0])
    for clause in clauses:
        source = corpus.source_by_name[clause.source]
        assert "".join(piece.of(source.text) for piece in clause.pieces) == clause.text or clause.cells
        assert all(figure.span.of(clause.text) == figure.text for figure in clause.figures)
        assert corpus.document_of(clause).source == clause.source
        assert clause.parent is None or clause.parent in corpus.clause_by_id


def test_hardly_a_clause_of_a_copy_has_the_words_of_another(copies: Copies, compendium: Corpus) -> None:
    own = {clause.text for clause in compendium.clauses if len(clause.text) > 60}
    others = [clause for clause in copies.clauses(2 * len(compendium.clauses)) if clause.id.endswith(".1")]
    alike = own & {clause.text for clause in others}  # of everyday words alone
    assert len(alike) < 0.1 * len(own)


def test_a_copy_lies_near_its_text(copies: Copies, compendium: Corpus) -> None:
    encoder = CopyEncoder.of(HashedPairs(), copies, ())
    first = compendium.clauses[40]
    other = replace(first, text=first.text.translate(copies.table(1)), path=())
    texts = [clause_text(first), clause_text(other)]
    vectors = encoder.encode_passages(texts)
    assert np.allclose(vectors[0], HashedPairs().encode_passages(texts[:1])[0], atol=1e-6)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert encoder.identity != HashedPairs().identity
