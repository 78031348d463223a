"""Accepting keeps who, when and what stands above; refusing keeps it from coming back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.entitlements.files import read_files, with_record, write_document
from ingest.entitlements.load import load_entitlements
from ingest.entitlements.proposing import proposals
from ingest.entitlements.reviewing import accept, refuse
from ingest.entitlements.rules.proposer import RuleProposer
from ingest.entitlements.types import Attached
from ingest.types import Corpus

MEASURES = "某县支持企业若干措施"
DAY = date(2026, 11, 29)
Read = Callable[[], Corpus]


def proposed(corpus: Corpus, words: str) -> Attached:
    found = proposals(RuleProposer(), corpus.documents, corpus.clauses, load_entitlements(corpus))
    return next(item for item in found if words in item.record.spans[0])


def test_an_accepted_proposal_is_a_record_that_somebody_stands_for(folder: Path, corpus: Read) -> None:
    record = accept(proposed(corpus(), "给予30万元奖补"), " 商务局 王 ", DAY)
    write_document(folder, MEASURES, with_record(read_files(folder).records, record))
    (item,) = load_entitlements(corpus()).attached
    assert item.accepted
    assert (item.record.review.by, item.record.review.on, item.record.review.proposed_by) == ("商务局 王", DAY, "rules")
    assert item.record.under == ("一、支持创新", "（三）对符合下列条件之一的企业：")


def test_a_lead_in_that_changed_after_acceptance_flags_the_record(folder: Path, corpus: Read) -> None:
    record = accept(proposed(corpus(), "给予30万元奖补"), "王", DAY)
    write_document(folder, MEASURES, (record,))
    text = (folder / "措施.txt").read_text("utf-8")
    (folder / "措施.txt").write_text(text.replace("之一的企业", "之一的外资企业"), encoding="utf-8")
    found = load_entitlements(corpus())
    assert found.attached == ()
    assert "no longer stands above the words of the grant" in found.flagged[0].reason


def test_a_refused_proposal_is_written_and_does_not_come_back(folder: Path, corpus: Read) -> None:
    item = proposed(corpus(), "给予15万元奖励")
    write_document(folder, MEASURES, (refuse(item, "王", DAY),))
    read = corpus()
    known = load_entitlements(read)
    assert (known.attached, len(known.refused)) == ((), 1)
    again = proposals(RuleProposer(), read.documents, read.clauses, known)
    assert not any("15万元" in other.record.spans[0] for other in again)


def test_somebody_has_to_stand_for_it(put: Callable[..., Path], record: Any, corpus: Read) -> None:
    put(record())
    (item,) = load_entitlements(corpus()).attached
    with pytest.raises(ValueError, match="somebody has to stand for a record"):
        accept(item, " ", DAY)
