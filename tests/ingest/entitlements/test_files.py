"""Files of records: one a document, refused in one sentence that names the file, written in one step and order."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.entitlements.files import (
    document_text,
    files_state,
    parse,
    read_files,
    with_record,
    write_document,
)
from ingest.entitlements.record_form import read_record
from ingest.errors import CorpusUnusable, EntitlementsUnusable

MEASURES = "某县支持企业若干措施"
Put = Callable[..., Path]


def test_a_folder_without_records_has_none(tmp_path: Path) -> None:
    read = read_files(tmp_path)
    assert (read.records, read.catalogues) == ((), ())


def test_records_and_catalogues_are_read_and_told_by_a_digest(folder: Path, put: Put, record: Any) -> None:
    empty = read_files(folder).digest
    put(record())
    catalogue = {"catalogue": "目录", "of": "某县", "entries": []}
    (folder / "entitlements" / "catalogue-目录.json").write_text(json.dumps(catalogue), encoding="utf-8")
    read = read_files(folder)
    assert [item.id for item in read.records] == ["first-hightech"]
    assert [item.name for item in read.catalogues] == ["目录"]
    assert read.digest == read_files(folder).digest != empty
    put(record(review={"by": "王", "on": "2026-11-29"}))
    assert read_files(folder).digest != read.digest


def test_the_state_of_the_files_changes_with_each_change_and_reads_none(folder: Path, put: Put, record: Any) -> None:
    empty = files_state(folder)
    path = put(record())
    first = files_state(folder)
    path.write_bytes(b"{")  # no record at all: the state looks at no content
    broken = files_state(folder)
    path.unlink()
    assert len({empty, first, broken}) == 3
    assert files_state(folder) == empty


def test_a_file_put_in_the_place_of_another_is_another_state(folder: Path, put: Put, record: Any) -> None:
    path = put(record())
    before, written = files_state(folder), path.stat()
    other = path.with_suffix(".new")
    other.write_bytes(path.read_bytes())
    os.utime(other, ns=(written.st_atime_ns, written.st_mtime_ns))
    other.replace(path)
    assert files_state(folder) != before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"{", "is not valid JSON"),
        (b"[]", "is one object with document and records"),
        (b'{"document": "a", "document": "b", "records": []}', "the key 'document' stands twice"),
        (b'{"document": "a", "records": [], "by": 1}', "unknown key 'by'; allowed are document, records"),
        (b'{"document": "", "records": []}', "document is the title of a policy"),
        (b'{"document": "a"}', "records is a list"),
        (b'{"document": "a", "records": [NaN]}', "NaN is no number"),
        (b'{"document": "a", "records": ["x"]}', "record None: Input should be"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(content: bytes, words: str) -> None:
    with pytest.raises(EntitlementsUnusable, match=words) as caught:
        parse(content, "entitlements/某.json")
    assert str(caught.value).startswith("entitlements/某.json")
    assert isinstance(caught.value, CorpusUnusable)


def test_two_records_with_one_id_are_refused(folder: Path, put: Put, record: Any) -> None:
    put(record(), record(spans=["别的"]))
    with pytest.raises(EntitlementsUnusable, match=rf"{MEASURES}\.json: two records have the id 'first-hightech'"):
        read_files(folder)


def test_two_records_of_one_span_with_one_recipient_and_the_same_conditions_are_refused(
    folder: Path, put: Put, record: Any
) -> None:
    put(record(), record(id="again", title="又一次"))
    with pytest.raises(EntitlementsUnusable, match="'first-hightech' and 'again' are of the same words"):
        read_files(folder)


def test_one_sentence_may_grant_to_two_or_twice(folder: Path, put: Put, record: Any) -> None:
    row = {**record()["amounts"][0], "figure": "5万元", "span": "另给予5万元"}
    put(record(), record(id="person", recipient={"who": "person", "span": None}), record(id="more", amounts=[row]))
    assert len(read_files(folder).records) == 3


def test_two_files_of_one_document_are_refused(folder: Path, put: Put, record: Any) -> None:
    put(record())
    put(record(), name="b.json")
    with pytest.raises(EntitlementsUnusable, match=r"are both of 《某县支持企业若干措施》"):
        read_files(folder)


def test_the_same_money_must_be_a_record(folder: Path, put: Put, record: Any) -> None:
    put(record(same_as=["nobody"]))
    with pytest.raises(EntitlementsUnusable, match="is the same as '某县支持企业若干措施:nobody', which is no record"):
        read_files(folder)


def test_the_same_money_may_be_named_by_its_file(folder: Path, put: Put, record: Any) -> None:
    put(record(), name="short.json")
    put(record(id="b", same_as=["short.json:first-hightech"]), name="other.json", document="另一办法")
    assert [item.same_as for item in read_files(folder).records] == [(f"{MEASURES}:first-hightech",), ()]


def test_writing_keeps_order_and_changes_only_what_changed(folder: Path, put: Put, record: Any) -> None:
    path = put(record(), record(id="b", spans=["乙"]), name="mine.json")
    records = read_files(folder).records
    assert write_document(folder, MEASURES, records) == path
    before = path.read_text("utf-8").splitlines()
    accepted = read_record(record(review={"by": "王", "on": "2026-11-29"}), MEASURES)
    write_document(folder, MEASURES, with_record(records, accepted))
    after = path.read_text("utf-8").splitlines()
    assert [line for line in after if line not in before] == ['        "by": "王",', '        "on": "2026-11-29"']
    assert [item.id for item in read_files(folder).records] == ["first-hightech", "b"]
    assert list((folder / "entitlements").iterdir()) == [path]


def test_a_first_record_makes_the_file_of_its_document(folder: Path, record: Any) -> None:
    made = write_document(folder, "甲/乙 办法", with_record((), read_record(record(), "甲/乙 办法")))
    assert made == folder / "entitlements" / "甲_乙 办法.json"
    assert made.read_text("utf-8") == document_text("甲/乙 办法", read_files(folder).records)


def test_contradicting_records_are_not_written(folder: Path, record: Any) -> None:
    one = read_record(record(), MEASURES)
    with pytest.raises(EntitlementsUnusable, match="two records have the id"):
        write_document(folder, MEASURES, (one, one))
    assert list((folder / "entitlements").iterdir()) == []
