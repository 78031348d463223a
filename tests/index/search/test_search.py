"""Search over the small corpus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.rankers.protocol import TextEncoder
from index.search.search import parts_of, search
from index.store.store import ClauseIndex, build_index, open_index
from index.types import Filters, Query, QueryPart
from ingest.types import Corpus


def ids(clause_index: ClauseIndex, question: str, **filters: object) -> list[str]:
    return [hit.clause.id for hit in search(clause_index, Query.of(question, Filters(**filters)))]  # type: ignore[arg-type]  # keyword tables


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("劳动能力鉴定结论的有效期", "d1-3"),
        ("高企首次认定奖多少", "d3-2"),  # by the glossary
        ("研究生的房补", "d2-3"),  # by the glossary
        ("內工信經運字〔2022〕405號 新能源交易比例", "d4-2"),
        ("病残津贴办法第二条", "d1-1"),
    ],
)
def test_finds_the_clause_first(clause_index: ClauseIndex, question: str, clause: str) -> None:
    assert ids(clause_index, question)[0] == clause


def test_an_english_question_finds_chinese_words(clause_index: ClauseIndex) -> None:
    found = {hit.clause.id: hit for hit in search(clause_index, Query.of("tax rate of an encouraged industry company"))}
    assert found["d5-1"].found_by["words"].rank == 1


def test_an_english_question_finds_english_words(english_index: ClauseIndex) -> None:
    first = search(english_index, Query.of("Until when is the conclusion of the appraisal valid?"))[0]
    assert first.clause.id == "d1-3"
    assert (first.found_by["english_words"].rank, first.found_by["english_vectors"].rank) == (1, 1)
    assert first.clause.text.startswith("第十条")
    assert first.english is not None
    assert first.english.startswith("Article 10 The conclusion")


def test_a_clause_that_is_not_whole_in_english_shows_none(english_index: ClauseIndex) -> None:
    english = {hit.clause.id: hit.english for hit in search(english_index, Query.of("病残津贴"), 12)}
    assert english["d1-3"] is not None
    assert english["d1-2"] is None


def test_a_chinese_question_is_answered_as_without_an_edition(
    clause_index: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path, write_edition: Callable[..., Path]
) -> None:
    before = [(hit.clause.id, hit.score, hit.found_by) for hit in search(clause_index, Query.of("病残津贴有效期"))]
    write_edition()
    build_index(corpus, encoder, home)
    english_index = open_index(corpus, encoder, home)
    after = [(hit.clause.id, hit.score, hit.found_by) for hit in search(english_index, Query.of("病残津贴有效期"))]
    assert after == before


def test_a_clause_named_by_its_address_comes_first_in_english_too(english_index: ClauseIndex) -> None:
    question = "病残津贴办法第二条: until when is the conclusion of the appraisal of the ability to work valid?"
    assert ids(english_index, question)[0] == "d1-1"


@pytest.mark.parametrize(("question", "clause"), [("旗里的安家补贴", "d2-1"), ("市里的安家补贴", "d1-1")])
def test_the_level_named_parts_like_clauses(
    corpus_of: Callable[[Sequence[Any]], Corpus], encoder: TextEncoder, home: Path, question: str, clause: str
) -> None:
    item = ("一、", (), "一、对全职引进的D类人才，给予50万元安家补贴。")
    corpus = corpus_of([("若干措施", "市", None, [item]), ("若干措施", "旗", None, [item])])
    build_index(corpus, encoder, home)
    assert ids(open_index(corpus, encoder, home), question)[0] == clause


def test_ranks_scores_and_sources(clause_index: ClauseIndex) -> None:
    hits = search(clause_index, Query.of("安家补贴"), top_k=5)
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert {"words", "bigrams", "clause_vectors", "sentence_vectors"} <= set(hits[0].found_by)
    assert "address" not in hits[0].found_by
    assert hits[0].found_by["words"].rank == 1


def test_the_best_sentence_lies_in_the_clause(clause_index: ClauseIndex) -> None:
    hit = search(clause_index, Query.of("对复查鉴定结论不服"))[0]
    assert hit.best_sentence is not None
    assert hit.best_sentence.of(hit.clause.text) == "对复查鉴定结论不服的，可以再次申请鉴定。"


def test_the_same_question_gives_the_same_hits(clause_index: ClauseIndex) -> None:
    assert search(clause_index, Query.of("安家补贴")) == search(clause_index, Query.of("安家补贴"))


def test_asking_for_less_gives_the_head(clause_index: ClauseIndex) -> None:
    few, many = search(clause_index, Query.of("安家补贴"), 2), search(clause_index, Query.of("安家补贴"), 8)
    assert [hit.clause.id for hit in few] == [hit.clause.id for hit in many[:2]]


def test_earlier_turns_lead_the_last_one(clause_index: ClauseIndex) -> None:
    turns = ("全职引进的A类人才安家补贴", "那多少？")
    query = Query((QueryPart("\n".join(turns)), QueryPart(turns[-1], 0.3)))
    assert search(clause_index, query)[0].clause.id == "d2-1"
    assert search(clause_index, Query.of(turns[-1]))[0].clause.id != "d2-1"


# ── Filters ──


def test_only_these_levels(clause_index: ClauseIndex) -> None:
    assert set(ids(clause_index, "安家补贴", levels=frozenset({"旗"}))) == {"d3-1", "d3-2"}


def test_only_these_documents(clause_index: ClauseIndex) -> None:
    assert set(ids(clause_index, "安家补贴", documents=frozenset({"d1", "d4"}))) <= {
        "d1-1",
        "d1-2",
        "d1-3",
        "d4-1",
        "d4-2",
    }


def test_an_address_does_not_overrule_a_filter(clause_index: ClauseIndex) -> None:
    assert "d1-3" not in ids(clause_index, "病残津贴办法第十条", levels=frozenset({"市"}))


@pytest.mark.parametrize(("day", "is_found"), [(date(2024, 12, 31), True), (date(2025, 1, 1), False)])
def test_only_what_is_in_force(
    corpus: Corpus,
    expiring: Callable[[Corpus, str, date], Corpus],
    encoder: TextEncoder,
    home: Path,
    day: date,
    is_found: bool,
) -> None:
    ending = expiring(corpus, "d3-2", date(2024, 12, 31))
    build_index(ending, encoder, home)
    found = ids(open_index(ending, encoder, home), "高企首次认定奖多少", in_force_on=day)
    assert ("d3-2" in found) is is_found


def test_a_filter_that_nothing_passes(clause_index: ClauseIndex) -> None:
    assert ids(clause_index, "安家补贴", levels=frozenset({"省"})) == []


@pytest.mark.parametrize("question", ["", "  ", "\n", "　"])
def test_no_question_no_hits(clause_index: ClauseIndex, question: str) -> None:
    assert ids(clause_index, question) == []


@pytest.mark.parametrize("question", ["劳动能力鉴定结论的有效期", "旗里的安家补贴是多少", "高企首次认定奖多少"])
def test_a_score_is_the_weighted_sum_of_its_parts(clause_index: ClauseIndex, question: str) -> None:
    positions, columns = parts_of(clause_index, Query.of(question))
    assert columns.keys() == clause_index.weights.keys()
    sums = sum(clause_index.weights[name] * column for name, column in columns.items())
    parts = {clause_index.shelf.clauses[p].id: s for p, s in zip(positions.tolist(), sums, strict=True)}  # type: ignore[arg-type]  # sum of arrays
    hits = search(clause_index, Query.of(question))
    assert {hit.clause.id: hit.score for hit in hits} == pytest.approx(
        {hit.clause.id: parts[hit.clause.id] for hit in hits},
        abs=1e-5,  # what is fused is rounded
    )


def test_weights_of_nothing_find_nothing(clause_index: ClauseIndex) -> None:
    without = replace(clause_index, weights=dict.fromkeys(clause_index.weights, 0.0))
    assert search(without, Query.of("劳动能力鉴定结论的有效期")) == []
