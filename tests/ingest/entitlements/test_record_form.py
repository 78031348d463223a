"""A record is read whole or refused; written, it reads the same."""

from datetime import date
from typing import Any

import pytest

from ingest.entitlements.record_form import catalogue_json, read_catalogue, read_record, record_json
from ingest.entitlements.types import Catalogue, CatalogueEntry, Review
from ingest.errors import EntitlementsUnusable

CATALOGUE = {
    "catalogue": "鄂尔多斯市高层次人才分类目录",
    "of": "鄂尔多斯市",
    "entries": [{"class": "E", "awards": ["全国技术能手"], "span": "“全国技术能手”荣誉称号获得者"}],
}


def test_a_record_reads_the_same_after_it_was_written(record: Any) -> None:
    read = read_record(record(), "某办法")
    assert record_json(read) == record()
    assert read_record(record_json(read), "某办法") == read
    assert read.key == "某办法:first-hightech"
    assert not read.review.accepted


def test_who_accepted_it_and_what_stood_above_it_are_kept(record: Any) -> None:
    written = record(
        under=["一、支持创新"], review={"by": "商务局 王", "on": "2026-11-29", "proposed_by": "rules", "refused": True}
    )
    read = read_record(written, "某办法")
    assert read.review == Review("商务局 王", date(2026, 11, 29), "rules", refused=True)
    assert not read.review.accepted
    assert record_json(read) == {**written, "review": written["review"]}


def test_the_same_money_is_named_by_document_and_id(record: Any) -> None:
    read = read_record(record(same_as=["other", "另一办法.json:a-1"]), "某办法")
    assert read.same_as == ("某办法:other", "另一办法:a-1")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "红包"}, "record 'first-hightech': unknown kind '红包'; allowed are 奖励, 补贴"),
        ({"recipient": {"who": "everybody", "span": "企业"}}, "unknown recipient 'everybody'; allowed are person"),
        ({"remark": 1}, "unknown key 'remark'; allowed are id, title, kind, spans"),
        ({"recipient": {"who": "company", "whom": "x"}}, r"recipient\.whom: Extra inputs are not permitted"),
        ({"spans": []}, "spans: List should have at least 1 item"),
        ({"spans": [" "]}, r"spans\.0: String should match"),
        ({"id": "首次"}, "id: String should match"),
        ({"soft": "yes"}, "soft: Input should be a valid boolean"),
        ({"validity": {"from": "2025-13-01", "until": None, "span": "自"}}, r"validity\.from: Input should be"),
        ({"validity": {"from": "2026-01-01", "until": "2025-01-01", "span": "自"}}, "ends on 2025-01-01 before"),
        ({"review": {"by": "王", "on": ""}}, "its review names who and when together"),
        ({"review": {"by": "", "on": "", "refused": True}}, "it is refused, but nobody stands for that"),
        (
            {"conditions": {"all": [{"span": "x", "attribute": "luck", "operator": "is", "value": "good"}]}},
            "unknown attribute 'luck'; allowed are place",
        ),
    ],
)
def test_what_is_wrong_is_one_sentence_that_names_the_record(record: Any, changes: Any, words: str) -> None:
    with pytest.raises(EntitlementsUnusable, match=words) as caught:
        read_record(record(**changes), "某办法")
    assert str(caught.value).startswith("record 'first-hightech': " if "id" not in changes else "record '首次': ")
    assert "\n" not in str(caught.value)


def test_a_bound_that_nobody_knows_is_refused(record: Any) -> None:
    row = {**record()["amounts"][0], "bound": "about"}
    with pytest.raises(EntitlementsUnusable, match="unknown bound 'about'; allowed are fixed, cap, floor, range"):
        read_record(record(amounts=[row]), "某办法")


def test_a_catalogue_says_which_award_is_which_class_and_whose() -> None:
    read = read_catalogue(CATALOGUE)
    assert read == Catalogue(
        "鄂尔多斯市高层次人才分类目录",
        "鄂尔多斯市",
        None,
        (CatalogueEntry("E", ("全国技术能手",), "“全国技术能手”荣誉称号获得者"),),
    )
    assert catalogue_json(read) == CATALOGUE
    with pytest.raises(EntitlementsUnusable, match="unknown key 'level'; allowed are catalogue, of"):
        read_catalogue({**CATALOGUE, "level": "市"})
