"""What an earlier release kept in POLICYQA_HOME opens today: nobody loses a version, a draft, a record or a question set."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.pipeline import PolicyBot
from bot.records.queries import RecordFilter, whole_turns
from bot.records.store import Records
from bot.records.types import Thumb
from bot.settings import BotSettings
from bot.types import Answered, Question
from eval.runs.kept_runs import kept_runs
from eval.sets.question_sets import question_sets
from index.glossary.edit import glossary_rows, put_row
from index.glossary.glossary import load_glossary, product_glossary
from index.glossary.of_corpus import glossary_of
from index.measure.killed_builds import HashedPairs
from index.store.store import build_index, open_index
from ingest.corpus.draft import draft_changes, draft_folder, drafts
from ingest.corpus.load import load_corpus
from ingest.corpus.versions import published_over, serving_folder, version_folder
from ingest.errors import IndexOutdated
from web.staff.shell.audit_log import AuditLog

KEPT = Path(__file__).parent / "kept_home"
TODAY = datetime(2026, 11, 30, tzinfo=UTC).date()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KEPT / "corpus", tmp_path / "corpus"))


@pytest.fixture
def home(tmp_path: Path, corpus: Path) -> Path:
    """A copy of what was kept, for the delivered folder of the test."""
    made = Path(shutil.copytree(KEPT / "home", tmp_path / "home"))
    pointer = made / "corpus-versions" / "serving.json"
    kept = json.loads(pointer.read_text("utf-8"))
    pointer.write_text(json.dumps({**kept, "base": str(corpus.resolve())}, ensure_ascii=False), "utf-8")
    return made


def test_the_published_version_serves_and_the_one_before_can_be_put_back(corpus: Path, home: Path) -> None:
    served = load_corpus(serving_folder(corpus, home))
    assert any("给予50万元奖励" in clause.text for clause in served.clauses)
    published = published_over(corpus, home)
    assert published is not None
    before, now = published.versions
    assert (published.serving, now.over, now.note) == (now.id, before.id, "奖励提高到50万元")
    assert any("给予30万元奖励" in clause.text for clause in load_corpus(version_folder(home, before)).clauses)


def test_the_draft_goes_on(corpus: Path, home: Path) -> None:
    (draft,) = drafts(home)
    folder = draft_folder(home, draft)
    assert [change.name for change in draft_changes(corpus, home, draft)] == ["glossary.toml"]
    assert {row.spoken: row.words for row in glossary_rows(folder)}["敬老院"] == ("养老机构",)
    (row,) = (row for row in glossary_rows(folder) if row.spoken == "敬老院")
    put_row(folder, type(row)("people", "敬老院", ("养老机构", "养老服务")), row)
    assert load_glossary(folder).people["敬老院"] == ("养老机构", "养老服务")
    assert len(load_corpus(folder).clauses) == len(load_corpus(corpus).clauses)


def test_of_a_glossary_of_then_only_the_rows_of_its_own_are_left(corpus: Path, home: Path) -> None:
    folder = serving_folder(corpus, home)
    printed = {(row.table, row.spoken) for row in glossary_rows(folder)}
    own = load_glossary(folder)
    product = product_glossary()
    said_twice = {("people", "高企"), ("people", "科小")}
    assert said_twice < printed
    for table, spoken in said_twice:
        assert spoken in getattr(product, table)
        assert spoken not in getattr(own, table)
    assert own.people == {"海归": ("留学回国人员",), "养老院": ("养老机构",)}
    assert product.people["海归"] != glossary_of(load_corpus(folder)).people["海归"] == ("留学回国人员",)


def test_the_records_are_read_and_go_on(home: Path) -> None:
    records = Records.open(home, 0)
    try:
        turns = list(whole_turns(records, RecordFilter()))
    finally:
        records.close()
    complaints = [(turn.turns, feedback) for turn, feedback in turns if feedback is not None]
    assert len(turns) == 2
    ((asked, feedback),) = complaints
    assert asked == ("高企首次认定奖励多少？",)
    assert (feedback.thumb, feedback.words) == (Thumb.DOWN, "应该是30万元")


def test_question_sets_evaluations_and_the_log_are_there(home: Path) -> None:
    assert [(one.name, one.count) for one in question_sets(home) if one.writable] == [("招商-局", 1)]
    (run,) = kept_runs(home)
    assert run.is_finished
    assert "corpus_published" in [entry.what for entry in AuditLog(home / "audit.jsonl").entries()]


def test_the_index_of_then_is_refused_with_the_command_that_mends_it(corpus: Path, home: Path) -> None:
    served, encoder = load_corpus(serving_folder(corpus, home)), HashedPairs()
    with pytest.raises(IndexOutdated, match="python -m index build"):
        open_index(served, encoder, home)
    build_index(served, encoder, home)
    bot = PolicyBot.over(open_index(served, encoder, home), BotSettings(home=home, corpus=corpus))
    answer = bot.ask(Question(("高企首次认定奖励多少？",), TODAY))
    assert isinstance(answer, Answered)
    assert "50万元" in answer.body


def test_an_index_of_another_vocabulary_is_refused_likewise(
    corpus: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, encoder = serving_folder(corpus, home), HashedPairs()
    build_index(load_corpus(folder), encoder, home)
    open_index(load_corpus(folder), encoder, home)
    monkeypatch.setattr("ingest.corpus.load.vocabulary_digest", lambda: "of another vocabulary")
    with pytest.raises(IndexOutdated, match="python -m index build"):
        open_index(load_corpus(folder), encoder, home)
