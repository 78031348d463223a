"""Proposals come behind what a file holds, which stays to the byte what it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.proposing.answers import Answer
from bot.proposing.model_proposer import ModelProposer
from bot.proposing.prompts import ClauseAsked
from bot.proposing.writing import add_proposals
from ingest.entitlements.files import read_files
from ingest.entitlements.proposing import proposals
from ingest.entitlements.types import Attached
from ingest.errors import EntitlementsUnusable
from ingest.types import Corpus
from tests.bot.proposing.conftest import HIGH_TECH, TITLE, TODAY, Made


@pytest.fixture
def items(corpus: Corpus, clauses: list[ClauseAsked], raw: Made) -> list[Attached]:
    one = next(one for one in clauses if HIGH_TECH in one.clause.text)
    answer = Answer("m", TODAY, (raw(),))
    return list(proposals(ModelProposer("m", {one.digest("m"): answer}), corpus.documents, corpus.clauses))


def test_a_folder_without_files_gets_one(folder: Path, items: list[Attached]) -> None:
    assert add_proposals(folder, items) == ([folder / "entitlements" / f"{TITLE}.json"], 1)
    (record,) = read_files(folder).records
    assert (record.review.model, record.review.proposed_on) == ("m", TODAY)
    assert not record.review.accepted
    assert add_proposals(folder, items) == ([], 0), "a second time nothing is new"


def test_an_accepted_record_stays_first_and_as_it_was(folder: Path, items: list[Attached], raw: Made) -> None:
    (folder / "entitlements").mkdir()
    own = {**raw(), "id": "own", "review": {"by": "某人", "on": "2026-01-01"}}
    path = folder / "entitlements" / "own.json"
    path.write_text(json.dumps({"document": TITLE, "records": [own]}, ensure_ascii=False), encoding="utf-8")
    before = read_files(folder).records[0]
    with pytest.raises(EntitlementsUnusable):  # says the same: nothing is written
        add_proposals(folder, items)
    assert read_files(folder).records == (before,)
    own["recipient"] = {"who": "person", "span": None}
    path.write_text(json.dumps({"document": TITLE, "records": [own]}, ensure_ascii=False), encoding="utf-8")
    assert add_proposals(folder, items) == ([path], 1)
    assert [record.review.by for record in read_files(folder).records] == ["某人", ""]


def test_a_faulty_file_is_one_sentence_and_nothing_is_written(folder: Path, items: list[Attached]) -> None:
    (folder / "entitlements").mkdir()
    (folder / "entitlements" / "faulty.json").write_text("{")
    with pytest.raises(EntitlementsUnusable, match=r"faulty\.json"):
        add_proposals(folder, items)
    assert [path.name for path in (folder / "entitlements").iterdir()] == ["faulty.json"]
