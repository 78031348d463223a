"""Proposals stand only for what no record speaks of, and only on words that stand."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.entitlements.load import load_entitlements
from ingest.entitlements.proposing import proposals
from ingest.entitlements.record_form import read_record
from ingest.entitlements.rules.proposer import RuleProposer
from ingest.entitlements.types import Entitlement, Review
from ingest.types import Clause, Corpus, PolicyDocument

Put = Callable[..., Path]
Read = Callable[[], Corpus]


def spans(corpus: Corpus, proposer: Any = None, known: Any = None) -> list[str]:
    found = proposals(proposer or RuleProposer(), corpus.documents, corpus.clauses, known)
    return [item.record.spans[0] for item in found]


def test_rules_propose_what_no_record_speaks_of(put: Put, record: Any, corpus: Read) -> None:
    read = corpus()
    everything = spans(read)
    assert "对首次认定的高新技术企业，给予15万元奖励" in everything
    put(record())
    assert spans(read, known=load_entitlements(read)) == [s for s in everything if "15万元" not in s]


@pytest.mark.parametrize("refused", [False, True])
def test_a_refused_one_is_not_proposed_again(put: Put, record: Any, corpus: Read, refused: bool) -> None:
    put(record(review={"by": "王", "on": "2026-11-29", "refused": refused}))
    read = corpus()
    assert not any("15万元" in span for span in spans(read, known=load_entitlements(read)))


class Careless:
    """Another proposer: says the same twice, claims to be accepted, and invents a grant."""

    name = "model"

    def __init__(self, record: Entitlement) -> None:
        self.record = record

    def propose(self, document: PolicyDocument, clauses: Sequence[Clause]) -> Iterator[Entitlement]:
        yield self.record
        yield self.record
        yield replace(self.record, id="invented", spans=("给予首次认定的高新技术企业900万元。",))


def test_what_a_proposer_invents_or_repeats_or_claims_counts_for_nothing(record: Any, corpus: Read) -> None:
    claimed = replace(read_record(record(), "x"), review=Review(by="nobody"))
    read = corpus()
    (item,) = proposals(Careless(claimed), read.documents, read.clauses)
    assert item.record.review == Review(proposed_by="model")
    assert item.record.document == "某县支持企业若干措施"
    assert not item.accepted
