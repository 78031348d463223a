"""An index is whole or absent, and is never used for what it was not built from."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

import index.store.store as store
from index.rankers.protocol import TextEncoder
from index.store.store import ClauseIndex, build_index, open_index
from ingest.errors import CorpusUnusable, IndexBusy, IndexCorrupt, IndexMissing, IndexOutdated, UnusableIndex
from ingest.types import Corpus

COMMAND = "python -m index build"


def serving(home: Path) -> Path:
    return home / "index" / (home / "index" / "current").read_text()


def test_what_is_built_opens(clause_index: ClauseIndex, corpus: Corpus) -> None:
    assert clause_index.manifest.counts == {"documents": 5, "clauses": len(corpus.clauses), "sentences": 21}
    assert clause_index.manifest.corpus == corpus.digest


def test_every_file_stands_in_the_manifest(clause_index: ClauseIndex, home: Path) -> None:
    folder = serving(home)
    on_disk = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert on_disk - {"manifest.json"} == set(clause_index.manifest.files)


def test_nothing_is_left_beside_the_index(clause_index: ClauseIndex, home: Path) -> None:
    names = {path.name for path in (home / "index").iterdir()}
    assert names - {"lock"} == {"current", serving(home).name}


def test_no_index_yet(corpus: Corpus, encoder: TextEncoder, home: Path) -> None:
    with pytest.raises(IndexMissing, match=COMMAND):
        open_index(corpus, encoder, home)


def test_a_corpus_without_clauses_is_refused(
    corpus_of: Callable[[Sequence[Any]], Corpus], encoder: TextEncoder, home: Path
) -> None:
    with pytest.raises(CorpusUnusable, match="no clause"):
        build_index(corpus_of([]), encoder, home)
    assert not home.exists()


# ── What does not fit ──


def test_other_policy_texts(clause_index: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path) -> None:
    with pytest.raises(IndexOutdated, match=f"other policy texts.*{COMMAND}"):
        open_index(replace(corpus, digest="other"), encoder, home)


def test_another_model(clause_index: ClauseIndex, corpus: Corpus, other_encoder: TextEncoder, home: Path) -> None:
    with pytest.raises(IndexOutdated, match=f"hashed-pairs@1, not hashed-pairs@2.*{COMMAND}"):
        open_index(corpus, other_encoder, home)


def test_another_glossary(clause_index: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path) -> None:
    (corpus.folder / "glossary.toml").write_text('[people]\n"房补" = ["购房补贴"]', encoding="utf-8")
    with pytest.raises(IndexOutdated, match=f"another glossary.*{COMMAND}"):
        open_index(corpus, encoder, home)


@pytest.mark.parametrize(
    ("change", "says"),
    [({"format": 0}, "format 0"), ({"versions": {"jieba": "0.1"}}, "another version of")],
)
def test_another_version(
    clause_index: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path, change: dict[str, Any], says: str
) -> None:
    file = serving(home) / "manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **change}))
    with pytest.raises(IndexOutdated, match=f"{says}.*{COMMAND}"):
        open_index(corpus, encoder, home)


# ── What is damaged ──


@pytest.mark.parametrize("ranker", ["words", "bigrams", "clause_vectors", "sentence_vectors"])
def test_one_changed_byte_is_noticed(
    clause_index: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path, ranker: str
) -> None:
    file = next(path for path in sorted((serving(home) / ranker).iterdir()) if path.stat().st_size > 100)
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    with pytest.raises(IndexCorrupt, match=f"{file.name}.*damaged.*{COMMAND}"):
        open_index(corpus, encoder, home)


def _remove_a_file(folder: Path) -> None:
    (folder / "clause_vectors" / "keys.json").unlink()


def _add_a_file(folder: Path) -> None:
    (folder / "words" / "foreign.npy").write_bytes(b"x")


def _break_the_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("{")


def _empty_the_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("{}")


def _remove_the_folder(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))


def _point_outside(folder: Path) -> None:
    (folder.parent / "current").write_text("../../etc")


def _point_nowhere(folder: Path) -> None:
    (folder.parent / "current").write_text("")


@pytest.mark.parametrize(
    "damage",
    [
        _remove_a_file,
        _add_a_file,
        _break_the_manifest,
        _empty_the_manifest,
        _remove_the_folder,
        _point_outside,
        _point_nowhere,
    ],
)
def test_damage_is_refused_and_mended(
    clause_index: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path, damage: Callable[[Path], None]
) -> None:
    damage(serving(home))
    with pytest.raises(IndexCorrupt, match=COMMAND):
        open_index(corpus, encoder, home)
    build_index(corpus, encoder, home)
    assert open_index(corpus, encoder, home).manifest.corpus == corpus.digest


# ── Building again ──


def test_a_fitting_index_is_kept(clause_index: ClauseIndex, corpus: Corpus, encoder: Any, home: Path) -> None:
    before, count = serving(home), len(encoder.embedded)
    assert build_index(corpus, encoder, home) == before
    assert len(encoder.embedded) == count


def test_force_builds_from_nothing(clause_index: ClauseIndex, corpus: Corpus, encoder: Any, home: Path) -> None:
    before, count = serving(home), len(encoder.embedded)
    assert build_index(corpus, encoder, home, force=True) != before
    assert len(encoder.embedded) == 2 * count


def test_only_changed_texts_are_embedded_again(
    clause_index: ClauseIndex,
    documents: list[Any],
    corpus_of: Callable[[Sequence[Any]], Corpus],
    encoder: Any,
    home: Path,
) -> None:
    address, path, _ = documents[0][3][0]
    documents[0][3][0] = (address, path, "第二条 全新的一句。")
    encoder.embedded.clear()
    build_index(corpus_of(documents), encoder, home)
    assert len(encoder.embedded) == 2  # the clause and its only sentence
    assert all("全新的一句" in text for text in encoder.embedded)


def test_a_changed_glossary_embeds_nothing(clause_index: ClauseIndex, corpus: Corpus, encoder: Any, home: Path) -> None:
    (corpus.folder / "glossary.toml").write_text('[people]\n"房补" = ["购房补贴"]', encoding="utf-8")
    encoder.embedded.clear()
    build_index(corpus, encoder, home)
    assert encoder.embedded == []


def test_another_model_embeds_everything(
    clause_index: ClauseIndex, corpus: Corpus, encoder: Any, other_encoder: Any, home: Path
) -> None:
    build_index(corpus, other_encoder, home)
    assert sorted(other_encoder.embedded) == sorted(encoder.embedded)


def test_vectors_taken_over_are_the_same(
    clause_index: ClauseIndex,
    documents: list[Any],
    corpus_of: Callable[[Sequence[Any]], Corpus],
    encoder: Any,
    home: Path,
) -> None:
    documents.append(("另一份通知", "市", None, [("一、", (), "一、新增一条。")]))
    changed = corpus_of(documents)
    build_index(changed, encoder, home)
    taken_over = open_index(changed, encoder, home).sentence_vectors.table.rows()
    build_index(changed, encoder, home, force=True)
    assert (taken_over == open_index(changed, encoder, home).sentence_vectors.table.rows()).all()


def test_the_old_index_goes_when_the_new_one_serves(
    clause_index: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path
) -> None:
    before = serving(home)
    build_index(corpus, encoder, home, force=True)
    assert not before.exists()
    assert serving(home).exists()


def test_an_open_index_outlives_its_folder(
    clause_index: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path
) -> None:
    from index.search.search import search
    from index.types import Query

    before = [hit.clause.id for hit in search(clause_index, Query.of("安家补贴"))]
    build_index(corpus, encoder, home, force=True)
    assert [hit.clause.id for hit in search(clause_index, Query.of("安家补贴"))] == before


def test_a_reader_overtaken_by_a_builder_opens_the_new_index(
    clause_index: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check, overtaken = store.check_files, []

    def check_late(folder: Path, manifest: Any, spared: Any) -> None:
        if not overtaken:
            overtaken.append(folder)
            build_index(corpus, encoder, home, force=True)
        check(folder, manifest, spared)

    monkeypatch.setattr(store, "check_files", check_late)
    assert open_index(corpus, encoder, home).manifest.corpus == corpus.digest
    assert not overtaken[0].exists()


# ── Two at once, and sudden death ──


def test_two_builders_exclude_each_other(corpus: Corpus, encoder: TextEncoder, home: Path) -> None:
    (home / "index").mkdir(parents=True)
    with FileLock(home / "index" / "lock"), pytest.raises(IndexBusy, match="Another process"):
        build_index(corpus, encoder, home)


def test_a_build_that_fails_leaves_the_old_index(
    clause_index: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = serving(home)

    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "flush_tree", full)
    with pytest.raises(UnusableIndex, match="No space left on device"):
        build_index(corpus, encoder, home, force=True)
    assert serving(home) == before
    assert open_index(corpus, encoder, home).manifest.corpus == corpus.digest


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL")
@pytest.mark.parametrize(
    "point", ["embedding_once", "open_folder", "flush_tree", "_build_aside", "switch_to", "remove_all_but"]
)
def test_killed_at_any_moment_an_index_serves(
    clause_index: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path, point: str
) -> None:
    child = os.fork()
    if child == 0:  # the builder that dies
        whole = getattr(store, point)

        def die(*args: Any, **kwargs: Any) -> None:
            if point != "remove_all_but":
                whole(*args, **kwargs)
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(store, point, die)
        build_index(corpus, encoder, home, force=True)
        os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert open_index(corpus, encoder, home).manifest.corpus == corpus.digest
    build_index(corpus, encoder, home, force=True)  # the lock died with its holder; what was left over goes
    names = {path.name for path in (home / "index").iterdir()}
    assert names - {"lock"} == {"current", serving(home).name}
