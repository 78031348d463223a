from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ingest.corpus.load import load_corpus
from ingest.readers.limits import Limits
from tests.web.match.records_corpus import write_corpus
from web.staff.entitlements.held import HeldRecords

LIMITS = Limits()


def test_texts_that_serve_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "serving").mkdir()
    serving = write_corpus(tmp_path / "serving")
    draft = shutil.copytree(tmp_path / "serving", tmp_path / "draft")
    (draft / "entitlements" / "云浦县引进急需紧缺人才若干措施.json").unlink()
    read: list[Path] = []
    monkeypatch.setattr(
        "web.staff.entitlements.held.load_corpus",
        lambda folder, limits: read.append(folder) or load_corpus(folder, limits),
    )
    held = HeldRecords()
    assert held.of(draft, serving, LIMITS).corpus.folder == draft
    assert held.of(draft, serving, LIMITS) is held.of(draft, serving, LIMITS)
    assert len(held.of(serving.folder, serving, LIMITS).records) == 5
    assert len(held.of(draft, serving, LIMITS).records) == 4
    assert read == []
    (draft / "人才.txt").write_text(
        "云浦县引进急需紧缺人才若干措施\n一、对全职引进的硕士给予5万元安家补贴。\n", "utf-8"
    )
    assert held.of(draft, serving, LIMITS).corpus.folder == draft
    assert read == [draft]


def test_what_needs_somebody_comes_first(tmp_path: Path) -> None:
    serving = write_corpus(tmp_path)
    standings = [standing for standing, _ in HeldRecords().of(tmp_path, serving, LIMITS).items()]
    assert standings == sorted(standings, key=["flagged", "proposed", "accepted", "refused"].index)
    assert standings.count("accepted") == 4
