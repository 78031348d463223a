"""Files of an edition are read strictly; what is wrong is one sentence and hurts no other file."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.editions.files import document_text, read_edition_files

English = list[list[list[str]]]
Put = Callable[..., Path]


def test_it_is_written_as_it_is_read(put: Put, english: English, folder: Path) -> None:
    path = put(english)
    (document,) = read_edition_files(folder).documents
    path.write_text(document_text(document), encoding="utf-8")
    assert read_edition_files(folder).documents == (document,)
    assert json.loads(document_text(document))["clauses"] == english


def test_names_lie_in_a_file_of_their_own(put: Put, english: English, folder: Path) -> None:
    put(english)
    (folder / "en" / "names.json").write_text('{"names": {"旗人社局": "HR Bureau"}}', encoding="utf-8")
    read = read_edition_files(folder)
    assert read.names == {"旗人社局": "HR Bureau"}
    assert len(read.documents) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"document": "x", "title": "y", "clauses": [], "more": 1}',
        b'{"document": "", "title": "y", "clauses": []}',
        b'{"document": "x", "title": "y", "clauses": [[["one"]]]}',
        b'{"title": "y", "clauses": []}',
    ],
)
def test_a_wrong_file_is_named_and_left_out(content: bytes, put: Put, english: English, folder: Path) -> None:
    put(english)
    (folder / "en" / "broken.json").write_bytes(content)
    read = read_edition_files(folder)
    assert len(read.documents) == 1
    (fault,) = read.faults
    assert fault.key == "ingest.edition_entry_wrong"
    assert "en/broken.json" in fault
    assert "没有采用" in fault.said("zh")


def test_a_second_file_of_one_document_is_named(put: Put, english: English, folder: Path) -> None:
    put(english)
    put(english, name="again.json")
    read = read_edition_files(folder)
    assert len(read.documents) == 1
    assert [fault.key for fault in read.faults] == ["ingest.two_editions_of_one_document"]


def test_its_digest_follows_its_bytes(put: Put, english: English, folder: Path) -> None:
    put(english)
    before = read_edition_files(folder).digest
    english[0][0][1] += " "
    put(english)
    assert read_edition_files(folder).digest != before
