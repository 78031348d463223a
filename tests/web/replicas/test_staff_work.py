"""Drafts, question sets and runs at two replicas: brought, put, and of two changes of the same file one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.database.database import Database
from ingest.errors import ChangedMeanwhile, DatabaseUnusable
from web.replicas.staff_work import ASIDE, StaffWork

DRAFT = "corpus-versions/drafts/0123456789ab"
TEXT = f"{DRAFT}/corpus/企业.txt"


@pytest.fixture
def homes(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "one", tmp_path / "other"


@pytest.fixture
def works(database: Database, homes: tuple[Path, Path]) -> tuple[StaffWork, StaffWork]:
    for home in homes:
        home.mkdir()
    return StaffWork(database, homes[0]), StaffWork(database, homes[1])


def write(home: Path, name: str, text: str = "一、给予30万元奖励。") -> None:
    (home / name).parent.mkdir(parents=True, exist_ok=True)
    (home / name).write_text(text, encoding="utf-8")


def read(home: Path, name: str) -> str | None:
    return (home / name).read_text("utf-8") if (home / name).is_file() else None


def begun(works: tuple[StaffWork, StaffWork], homes: tuple[Path, Path]) -> None:
    """A draft that both have."""
    write(homes[0], TEXT)
    write(homes[0], f"{DRAFT}/draft.json", "{}")
    works[0].put()
    works[1].bring()
    assert read(homes[1], TEXT) == read(homes[0], TEXT) is not None


def test_what_one_changes_the_other_finds(works: tuple[StaffWork, StaffWork], homes: tuple[Path, Path]) -> None:
    begun(works, homes)
    write(homes[1], TEXT, "changed")
    write(homes[1], "questions/own.jsonl", "{}")
    write(homes[1], "runs/1/summary.json", "{}")
    works[1].put()
    works[0].bring()
    assert read(homes[0], TEXT) == "changed"
    assert read(homes[0], "questions/own.jsonl") == read(homes[0], "runs/1/summary.json") == "{}"
    (homes[0] / "questions/own.jsonl").unlink()
    works[0].put()
    works[1].bring()
    assert read(homes[1], "questions/own.jsonl") is None


def test_a_draft_that_is_thrown_away_is_gone_everywhere(
    works: tuple[StaffWork, StaffWork], homes: tuple[Path, Path]
) -> None:
    import shutil

    begun(works, homes)
    write(homes[1], f"{DRAFT}/.vectors/1", "of this replica")
    shutil.rmtree(homes[0] / DRAFT)
    works[0].put()
    works[1].bring()
    assert not (homes[1] / DRAFT).exists()


def test_what_is_being_read_stays_with_whoever_reads_it(
    works: tuple[StaffWork, StaffWork], homes: tuple[Path, Path]
) -> None:
    begun(works, homes)
    for name in ("incoming/1", "cuts/1", "many/1/item.json", ".vectors/1"):
        write(homes[0], f"{DRAFT}/{name}")
    write(homes[0], "corpus-versions/serving.json", "{}")
    works[0].put()
    works[1].bring()
    assert sorted(p.name for p in (homes[1] / DRAFT).iterdir()) == ["corpus", "draft.json"]
    assert not (homes[1] / "corpus-versions/serving.json").exists(), "that is published, not worked on"


def test_of_two_who_change_the_same_the_second_is_told_and_finds_the_first(
    works: tuple[StaffWork, StaffWork], homes: tuple[Path, Path]
) -> None:
    begun(works, homes)
    write(homes[0], TEXT, "first")
    write(homes[1], TEXT, "second")
    write(homes[1], f"{DRAFT}/corpus/more.txt", "goes with it")
    works[0].put()
    works[1].bring()
    assert read(homes[1], TEXT) == "second", "a change under way is not overwritten"
    with pytest.raises(ChangedMeanwhile):
        works[1].put()
    assert read(homes[1], TEXT) == "first"
    assert read(homes[1], f"{DRAFT}/corpus/more.txt") is None, "nothing of it is half there"
    works[1].put()


def test_changes_of_different_files_both_hold(works: tuple[StaffWork, StaffWork], homes: tuple[Path, Path]) -> None:
    begun(works, homes)
    write(homes[0], f"{DRAFT}/corpus/a.txt")
    write(homes[1], f"{DRAFT}/corpus/b.txt")
    works[0].put()
    works[1].put()
    for work, home in zip(works, homes, strict=True):
        work.bring()
        assert read(home, f"{DRAFT}/corpus/a.txt")
        assert read(home, f"{DRAFT}/corpus/b.txt")


def test_a_change_of_a_draft_that_is_gone_is_refused(
    works: tuple[StaffWork, StaffWork], homes: tuple[Path, Path]
) -> None:
    import shutil

    begun(works, homes)
    shutil.rmtree(homes[0] / DRAFT)
    works[0].put()
    write(homes[1], f"{DRAFT}/corpus/new.txt")
    with pytest.raises(ChangedMeanwhile):
        works[1].put()
    assert not (homes[1] / DRAFT).exists()


def test_what_a_home_had_before_is_put_and_what_is_another_there_is_kept_aside(
    database: Database, works: tuple[StaffWork, StaffWork], homes: tuple[Path, Path]
) -> None:
    write(homes[0], "questions/own.jsonl", "of the database")
    works[0].put()
    write(homes[1], "questions/own.jsonl", "of the home")
    write(homes[1], TEXT)
    works[1].bring()
    assert read(homes[1], "questions/own.jsonl") == "of the database"
    assert read(homes[1] / ASIDE, "questions/own.jsonl") == "of the home"
    works[1].put()
    again = StaffWork(database, homes[0])
    again.bring()
    assert read(homes[0], TEXT)


def test_after_a_restart_only_what_is_new_is_another(
    database: Database, works: tuple[StaffWork, StaffWork], homes: tuple[Path, Path]
) -> None:
    begun(works, homes)
    write(homes[0], TEXT, "changed")
    works[0].put()
    again = StaffWork(database, homes[1])
    again.bring()
    assert read(homes[1], TEXT) == "changed"
    again.put()


def test_while_the_database_is_away_nothing_is_changed(
    database: Database,
    works: tuple[StaffWork, StaffWork],
    homes: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from ingest.errors import DatabaseAway

    begun(works, homes)

    def away() -> None:
        raise DatabaseAway("ingest.database_away", where="db.internal/p", cause="cut")

    write(homes[1], TEXT, "changed")
    with monkeypatch.context() as patch:
        patch.setattr(database, "reading", away)
        patch.setattr(database, "writing", away)
        with pytest.raises(DatabaseUnusable):
            works[1].bring()
        with pytest.raises(DatabaseUnusable):
            works[1].put()
    works[1].put()
    works[0].bring()
    assert read(homes[0], TEXT) == "changed"
