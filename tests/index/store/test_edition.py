"""The index of a corpus with an English edition: apart from the one without, and made anew no further than needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.rankers.protocol import TextEncoder
from index.store.manifest import Manifest
from index.store.store import ClauseIndex, build_index, open_index
from ingest.errors import IndexCorrupt, IndexOutdated
from ingest.types import Corpus


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_without_an_edition_nothing_of_it_is_in_the_index(
    clause_index: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path, write_edition: Callable[..., Path]
) -> None:
    before = files_of(build_index(corpus, encoder, home))
    assert b"edition" not in before["manifest.json"]
    assert not any("english" in name for name in before)
    file = write_edition()
    build_index(corpus, encoder, home)
    file.unlink()
    assert files_of(build_index(corpus, encoder, home)) == before  # byte for byte


def test_with_an_edition_the_chinese_part_is_the_same(
    clause_index: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path, write_edition: Callable[..., Path]
) -> None:
    before = files_of(build_index(corpus, encoder, home))
    write_edition()
    after = files_of(build_index(corpus, encoder, home))
    new = {name.split("/")[0] for name in after.keys() - before.keys()}
    assert new == {"english_vectors", "english_words"}
    assert {name for name in before if before[name] != after[name]} == {"manifest.json"}


def test_an_index_of_another_edition_names_the_command(
    english_index: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path, write_edition: Callable[..., Path]
) -> None:
    write_edition(title="Measures for the Allowance")
    with pytest.raises(IndexOutdated, match=r"another English edition.*python -m index build"):
        open_index(corpus, encoder, home)


def test_a_new_edition_embeds_its_sentences_only(
    clause_index: ClauseIndex, corpus: Corpus, encoder: Any, home: Path, write_edition: Callable[..., Path]
) -> None:
    write_edition()
    encoder.embedded.clear()
    build_index(corpus, encoder, home)
    assert len(encoder.embedded) == 3
    assert all(text.startswith("Interim Measures") for text in encoder.embedded)


def test_a_changed_sentence_alone_is_embedded_again(
    english_index: ClauseIndex, corpus: Corpus, encoder: Any, home: Path, write_edition: Callable[..., Path]
) -> None:
    file = write_edition()
    file.write_text(
        file.read_text("utf-8").replace("may apply for an appraisal again", "may apply for another"), "utf-8"
    )
    encoder.embedded.clear()
    build_index(corpus, encoder, home)
    assert [text.split(" › ")[-1] for text in encoder.embedded] == [
        "Those who do not accept the conclusion of the re-examination may apply for another."
    ]


def test_an_edition_of_another_text_is_as_none(
    clause_index: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path, write_edition: Callable[..., Path]
) -> None:
    folder = build_index(corpus, encoder, home)
    write_edition(document="没有的文件")
    assert build_index(corpus, encoder, home) == folder
    assert open_index(corpus, encoder, home).manifest.edition == ""


@pytest.mark.parametrize("ranker", ["english_vectors", "english_words"])
def test_a_missing_part_is_noticed(
    english_index: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path, ranker: str
) -> None:
    folder = build_index(corpus, encoder, home)
    next((folder / ranker).iterdir()).unlink()
    with pytest.raises(IndexCorrupt, match="python -m index build"):
        open_index(corpus, encoder, home)


def test_the_manifest_keeps_the_edition(english_index: ClauseIndex) -> None:
    manifest = english_index.manifest
    assert manifest.edition == english_index.shelf.edition.digest != ""
    assert manifest.counts["english_sentences"] == 3
    assert Manifest.from_json(manifest.to_json()) == manifest
