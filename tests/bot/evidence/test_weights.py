"""The file of weights that sentences are scored with: every feature once, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.evidence.candidates import find_candidates, query_terms, ranked
from bot.evidence.weights import AGAINST, EVIDENCE_WEIGHTS, FEATURES, read_weights, weights_in_use
from bot.text.term_overlap import TermWeights
from bot.types import Question
from bot.understand.levels_and_places import Places
from bot.understand.reading import read_question
from index.types import Hit
from ingest.errors import UnusableInput
from ingest.types import Clause

IN_USE = EVIDENCE_WEIGHTS.read_text("utf-8")


def test_the_file_in_use_is_read_once_and_has_a_weight_for_every_feature() -> None:
    assert weights_in_use() is weights_in_use()
    assert list(weights_in_use().all) == list(FEATURES)
    assert weights_in_use() == read_weights(EVIDENCE_WEIGHTS)


def test_the_features_of_sentences_are_those_that_have_weights(
    weights: TermWeights, places: Places, clause_with: Callable[[str], Clause]
) -> None:
    reading = read_question(Question(("工商业用水多少钱一吨",), date(2026, 11, 22)), places, 20)
    wanted = query_terms(reading, weights, ())
    clauses = [clause_with("工商业用水：10.4元/吨"), clause_with("荐才奖励")]  # a row of a rate list has two more
    hits = [Hit(clause, rank, 1.0, {}, None) for rank, clause in enumerate(clauses, start=1)]
    found = find_candidates(reading, hits, wanted, lambda _clause, _spans: ())
    assert set().union(*(candidate.features for candidate in found)) == set(FEATURES)


def test_other_weights_rank_the_same_sentences_otherwise(
    weights: TermWeights, places: Places, clause_with: Callable[[str], Clause]
) -> None:
    reading = read_question(Question(("工商业用水多少钱一吨",), date(2026, 11, 22)), places, 20)
    wanted = query_terms(reading, weights, ())
    clauses = [clause_with("荐才奖励"), clause_with("工商业用水：10.4元/吨")]
    hits = [Hit(clause, rank, 1.0 / rank, {}, None) for rank, clause in enumerate(clauses, start=1)]
    found = find_candidates(reading, hits, wanted, lambda _clause, _spans: ())
    nothing = dict.fromkeys(FEATURES, 0.0)
    by_words, by_hit = ranked(found, {**nothing, "covers": 1.0}), ranked(found, {**nothing, "clause": 2.0})
    assert (by_words[0].clause, by_hit[0].clause) == (clauses[1], clauses[0])
    assert by_words[0].score == pytest.approx(by_words[0].features["covers"])
    assert by_hit[0].score == 2.0
    places_of_equals = [(c.hit.rank, c.order) for c in ranked(found, nothing)]
    assert places_of_equals == sorted(places_of_equals)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("near = ", "nearr = ", "there is no feature 'nearr'"),
        ("near = ", "# near = ", "the weight of near is missing"),
        ("[held]", "[held]\nnear = 1.0", "the weight of near stands in [learned] and in [held]"),
        ("[by_hand]", "[by_hand]\nother_good = -1.0", "other_good must stand in both [learned] and [by_hand]"),
        ("[by_hand]\nclause = 1.2", "[by_hand]", "clause must stand in both [learned] and [by_hand]"),
        ("[by_hand]\nclause = 1.2", "[by_hand]\nclaus = 1.2", "there is no feature 'claus'"),
        ("[by_hand]\nclause = 1.2", "[by_hand]\nclause = -1.2", "the weight of clause must be from 0 to 10"),
        ("other_good = -", "other_good = ", "the weight of other_good must be from -10 to 0, not 2.0"),
        ("covers_fresh = 1", "covers_fresh = -1", "the weight of covers_fresh must be from 0 to 10, not -1.0"),
        ("covers_fresh = 1.0", "covers_fresh = 11.0", "from 0 to 10, not 11.0"),
        ("covers_fresh = 1.0", "covers_fresh = nan", "the weight of covers_fresh must be"),
        ("covers_fresh = 1.0", 'covers_fresh = "1.0"', "held.covers_fresh: Input should be a valid number"),
        ("[held]", "[holds]", "held: Field required"),
        ("[held]", "[more]\nx = 1\n[held]", "more: Extra inputs are not permitted"),
        ("[held]", "[held", "cannot be read"),
    ],
)
def test_a_faulty_file_is_refused_with_what_is_wrong_in_it(before: str, after: str, says: str, tmp_path: Path) -> None:
    assert before in IN_USE
    file = tmp_path / "weights.toml"
    file.write_text(IN_USE.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(UnusableInput) as refused:
        read_weights(file)
    assert says in str(refused.value)
    assert str(file) in str(refused.value)
    assert "python -m eval evidence-weights" in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="cannot be read"):
        read_weights(tmp_path / "nowhere.toml")


def test_what_counts_against_a_sentence_never_counts_for_it() -> None:
    weights = weights_in_use().all
    assert all(weights[name] <= 0 for name, side in FEATURES.items() if side == AGAINST)
    assert all(weights[name] >= 0 for name, side in FEATURES.items() if side != AGAINST)
