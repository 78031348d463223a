"""Another version is made to serve, fails to, is put back, and is killed in the middle."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.measure.killed_builds import HashedPairs
from index.search.search import search
from index.store.publication import Press
from index.store.store import FOLDER as INDEX
from index.store.store import ClauseIndex, build_index, open_index
from index.types import Query
from ingest.corpus.draft import Draft, draft_folder, drafts, start_draft
from ingest.corpus.load import load_corpus
from ingest.corpus.versions import (
    FOLDER,
    POINTER,
    VERSIONS,
    published_over,
    publishing_alone,
    read_published,
    serving_folder,
    version_folder,
)
from ingest.errors import CorpusUnusable, DraftOutdated, DraftUnusable, ModelUnusable
from ingest.readers.limits import Limits

NOW = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
AWARD = "关于支持企业的若干措施\n\n一、对首次认定的高新技术企业给予30万元奖励。\n\n二、对全职引进的博士给予20万元安家补贴。\n"
CARE = "支持养老服务若干措施\n\n一、新建养老机构每张床位给予8000元补贴。\n"


class Stopped(ModelUnusable):
    """What a stopped job raises."""

    def __init__(self) -> None:
        super().__init__("index.no_model_folder", name="nowhere")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(AWARD, encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path: Path, corpus: Path) -> Path:
    build_index(load_corpus(corpus), HashedPairs(), tmp_path / "var")
    return tmp_path / "var"


@pytest.fixture
def opened() -> list[ClauseIndex]:
    return []


@pytest.fixture
def press(corpus: Path, home: Path, opened: list[ClauseIndex]) -> Press:
    return Press(corpus, home, HashedPairs(), Limits(), 10, opened.append, lambda: None, lambda *_: None, lambda: NOW)


def with_care(press: Press, text: str = CARE) -> Draft:
    draft = start_draft(press.corpus, press.home, "李", NOW)
    (draft_folder(press.home, draft) / "care.txt").write_text(text, encoding="utf-8")
    return draft


def served(press: Press) -> ClauseIndex:
    """What a process that starts now opens; nothing is built."""
    return open_index(load_corpus(serving_folder(press.corpus, press.home)), press.encoder, press.home)


def texts(clause_index: ClauseIndex) -> str:
    return "\n".join(clause.text for clause in clause_index.corpus.clauses)


def state(press: Press) -> dict[str, bytes | None]:
    """Everything on disk but locks and drafts."""
    kept = (press.home / INDEX, press.home / FOLDER / VERSIONS, press.home / FOLDER / POINTER)
    files = [file for place in kept for file in (place.rglob("*") if place.is_dir() else [place])]
    return {str(file): file.read_bytes() for file in files if file.is_file() and file.name != "lock"}


def test_a_draft_becomes_what_serves(press: Press, opened: list[ClauseIndex]) -> None:
    version = press.publish(with_care(press), "李", "养老")
    assert "8000元" in texts(served(press))
    assert (version.who, version.note, version.made_at) == ("李", "养老", NOW)
    assert drafts(press.home) == []
    assert opened[0].encoder is press.encoder  # not the one that tells how far it is
    assert "8000元" in search(opened[0], Query.of("养老机构床位补贴"), 1)[0].clause.text
    assert [path.name for path in (press.home / INDEX).iterdir() if path.is_dir()] == [
        (press.home / INDEX / "current").read_text()
    ]


def test_the_delivered_texts_are_a_version_that_can_be_put_back(press: Press, corpus: Path) -> None:
    press.publish(with_care(press), "李", "")
    published = published_over(corpus, press.home)
    assert published is not None
    delivered, _ = published.versions
    assert delivered.who == ""
    (corpus / "a.txt").write_text("别的\n", encoding="utf-8")  # a version is what it was
    press.serve(delivered.id)
    assert texts(served(press)) == texts_of_award()
    press.serve(published.serving)
    assert "8000元" in texts(served(press))


def texts_of_award() -> str:
    return "\n".join(AWARD.split("\n\n")[1:]).strip()


def test_texts_that_stay_are_not_embedded_again(press: Press) -> None:
    embedded: list[str] = []

    class Counting(HashedPairs):
        def encode_passages(self, texts, *, progress=None):
            embedded.extend(texts)
            return super().encode_passages(texts)

    replace(press, encoder=Counting()).publish(with_care(press), "李", "")
    assert len(embedded) > 0
    assert all("养老" in text for text in embedded)


def test_an_index_already_in_memory_is_untouched(press: Press) -> None:
    before = served(press)
    press.publish(with_care(press), "李", "")
    hit = search(before, Query.of("高新技术企业奖励"), 1)[0]
    assert "30万元" in hit.clause.text
    assert "8000元" not in texts(before)


def test_a_draft_of_an_older_version_is_not_published_unasked(press: Press) -> None:
    mine, theirs = with_care(press), with_care(press, CARE.replace("8000", "9000"))
    press.publish(theirs, "王", "")
    with pytest.raises(DraftOutdated, match="would undo"):
        press.publish(mine, "李", "")
    assert "9000元" in texts(served(press))
    press.publish(mine, "李", "", over_newer=True)
    assert "8000元" in texts(served(press))


def test_only_so_many_versions_are_kept(press: Press, corpus: Path) -> None:
    few = replace(press, keep=2)
    for amount in ("1000", "2000", "3000"):
        few.publish(with_care(few, CARE.replace("8000", amount)), "李", amount)
    published = published_over(corpus, press.home)
    assert published is not None
    assert [version.note for version in published.versions] == ["2000", "3000"]
    assert {path.name for path in (press.home / FOLDER / VERSIONS).iterdir()} == {v.id for v in published.versions}
    with pytest.raises(DraftUnusable, match="no version"):
        press.serve("20200101-000000-0000")


def stop_at(stage: str, number: int = 1) -> Callable[[int, int, str], None]:
    left = [number]

    def step(done: int, total: int, words: str) -> None:
        left[0] -= words == stage
        if left[0] == 0:
            raise Stopped

    return step


@pytest.mark.parametrize("stage", ["copy", "cut", "embed", "check"])
@pytest.mark.parametrize("has_versions", [False, True], ids=["first", "later"])
def test_stopped_at_any_stage_nothing_has_changed(press: Press, stage: str, has_versions: bool) -> None:
    if has_versions:
        press.publish(with_care(press, CARE.replace("8000", "7000")), "王", "")
    draft = with_care(press)
    before, serving = state(press), texts(served(press))
    with pytest.raises(Stopped):
        replace(press, step=stop_at(stage)).publish(draft, "李", "")
    after = state(press)
    assert {name: after.get(name) for name in before} == before
    assert not [name for name in after if name not in before and INDEX not in Path(name).parts]
    assert texts(served(press)) == serving
    assert drafts(press.home) == [draft]
    press.publish(draft, "李", "")
    assert "8000元" in texts(served(press))


def test_a_bot_that_cannot_be_made_ready_switches_nothing(press: Press) -> None:
    def refuse(_: ClauseIndex) -> None:
        raise ModelUnusable("index.no_model_folder", name="nowhere")

    with pytest.raises(ModelUnusable):
        replace(press, ready=refuse).publish(with_care(press), "李", "")
    assert read_published(press.home) is None
    assert "8000元" not in texts(served(press))


@pytest.mark.parametrize("content", ["", "\n\n", b"\xff\xfe\x00"])
def test_a_draft_that_cannot_be_cut_is_not_published(press: Press, content: str | bytes) -> None:
    draft = with_care(press)
    bad = draft_folder(press.home, draft) / "care.txt"
    bad.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(Exception, match=r"care\.txt"):
        press.publish(draft, "李", "")
    assert "30万元" in texts(served(press))


def test_a_file_that_was_left_out_before_does_not_stop_a_publication(press: Press, corpus: Path) -> None:
    (corpus / "bad.txt").write_bytes(b"\xff\xfe\x00")
    draft = with_care(press)
    press.publish(draft, "李", "")
    assert "8000元" in texts(served(press))
    assert list(served(press).corpus.left_out) == ["bad.txt"]


def test_a_faulty_glossary_is_not_published(press: Press) -> None:
    draft = with_care(press)
    (draft_folder(press.home, draft) / "glossary.toml").write_text('[people]\n"高企" = "高新"\n', encoding="utf-8")
    with pytest.raises(CorpusUnusable, match="高企"):
        press.publish(draft, "李", "")
    assert read_published(press.home) is None


def test_two_do_not_publish_at_once(press: Press) -> None:
    draft = with_care(press)
    with publishing_alone(press.home), pytest.raises(DraftUnusable, match="being published"):
        press.publish(draft, "李", "")


def test_versions_of_a_moved_checkout_can_be_chosen_again(press: Press, corpus: Path, tmp_path: Path) -> None:
    version = press.publish(with_care(press), "李", "")
    moved = tmp_path / "moved" / "corpus"
    shutil.copytree(corpus, moved)
    here = replace(press, corpus=moved)
    assert serving_folder(moved, press.home) == moved
    here.serve(version.id)
    assert "8000元" in texts(served(here))
    assert serving_folder(corpus, press.home) == corpus


def test_publishing_from_a_moved_checkout_keeps_the_versions_from_before(press: Press, tmp_path: Path) -> None:
    version = press.publish(with_care(press), "李", "")
    moved = tmp_path / "moved" / "corpus"
    shutil.copytree(press.corpus, moved)
    here = replace(press, corpus=moved)
    here.publish(with_care(here, CARE.replace("8000", "9000")), "王", "")
    published = read_published(press.home)
    assert published is not None
    assert version.id in {kept.id for kept in published.versions}
    assert version_folder(press.home, version).is_dir()


# ── Killed ─────────────────────────────────────────────────────────────────────────────────────


def _publish_on(press: Press, amounts: list[str]) -> None:
    for amount in amounts:
        press.publish(with_care(press, CARE.replace("8000", amount)), "李", amount)


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL")
def test_killed_at_any_moment_a_whole_version_serves_with_its_index(press: Press) -> None:
    press.publish(with_care(press), "李", "")
    started = time.perf_counter()
    press.publish(with_care(press, CARE.replace("8000", "8001")), "李", "")
    seconds = time.perf_counter() - started
    moments, fork = random.Random(0), multiprocessing.get_context("fork")
    for _ in range(8):
        victim = fork.Process(target=_publish_on, args=(press, ["5000", "6000"]))
        victim.start()
        victim.join(moments.uniform(0, 2.2 * seconds))
        victim.kill()
        victim.join()
        assert "养老" in texts(served(press))
    press.publish(with_care(press, CARE.replace("8000", "9999")), "李", "")
    assert "9999元" in texts(served(press))


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL")
@pytest.mark.parametrize("name", ["serving.json", "current"])
def test_killed_right_at_the_switch(press: Press, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Path.replace

    def killed_after(self: Path, target: Path) -> Path:
        done = plain(self, target)
        if Path(target).name == name:
            os._exit(9)
        return done

    press.publish(with_care(press), "李", "")
    monkeypatch.setattr(Path, "replace", killed_after)
    victim = multiprocessing.get_context("fork").Process(target=_publish_on, args=(press, ["5000"]))
    victim.start()
    victim.join()
    monkeypatch.undo()
    assert victim.exitcode == 9
    assert "5000元" in texts(served(press))  # the corpus was switched, and its index is found
    press.publish(with_care(press, CARE.replace("8000", "9999")), "李", "")  # and clears up
    assert len([path for path in (press.home / INDEX).iterdir() if path.is_dir()]) == 1
