"""A record as form fields and back: every record of the compendium, and what a person types."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from starlette.datastructures import FormData

from ingest.entitlements.files import read_files
from ingest.entitlements.record_form import read_record, record_json
from ingest.entitlements.types import AllOf, Entitlement, Review, leaves
from ingest.errors import EntitlementsUnusable
from tests.conftest import COMPENDIUM
from web.staff.entitlements.fields import (
    AmountFields,
    ConditionFields,
    RecordFields,
    fields_of,
    filled_in,
    spans_of,
    written_record,
)

SPAN = "对首次认定的高新技术企业给予30万元奖励"


def read_again(record: Entitlement, given: RecordFields) -> Entitlement:
    read = read_record({**written_record(given), "review": {}}, record.document)
    return replace(read, under=record.under, review=record.review)


def parts_of(record: Entitlement) -> list[str]:
    whole = record.conditions
    return sorted(map(repr, whole.parts if isinstance(whole, AllOf) else (whole,)))


def test_every_record_of_the_compendium_comes_back_from_its_fields() -> None:
    records = read_files(COMPENDIUM).records
    assert len(records) > 800
    for record in records:
        given = fields_of(record)
        again = read_again(record, given)
        if not given.kept:
            assert again == record, record.key
        # What has no fields stands behind the rest; nothing of it is lost.
        assert parts_of(again) == parts_of(record), record.key
        assert replace(again, conditions=record.conditions) == record, record.key


def test_most_records_have_fields_for_all_they_say() -> None:
    given = [fields_of(record) for record in read_files(COMPENDIUM).records]
    assert sum(bool(one.kept) for one in given) < 0.1 * len(given)


def condition(**typed: str) -> Any:
    given = RecordFields(conditions=(ConditionFields(**{"span": SPAN, **typed}),))
    return written_record(given)["conditions"]["all"][0]  # type: ignore[index]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("30000000", 30000000),
        ("3000万元", 30000000),
        ("3.5", 3.5),
        ("大约3000万元", "大约3000万元"),
        ("2000万元—5000万元", "2000万元—5000万元"),
    ],
)
def test_a_number_is_read_and_what_is_none_is_left_to_be_refused(typed: str, value: object) -> None:
    assert condition(attribute="investment", operator="at_least", value=typed)["value"] == value


def test_between_takes_two_numbers_and_in_takes_several_words() -> None:
    assert condition(attribute="investment", operator="between", value="2000万元—5000万元")["value"] == [
        20000000,
        50000000,
    ]
    assert condition(attribute="industry", operator="in", value="新能源；新材料;装备制造")["value"] == [
        "新能源",
        "新材料",
        "装备制造",
    ]
    assert condition(attribute="degree", operator="at_least", value="硕士")["value"] == "硕士"


def test_a_text_is_checked_by_a_person_or_decided_by_an_office() -> None:
    assert condition(value="经评审") == {"span": SPAN, "text": "经评审", "decision": False}
    assert condition(attribute="decision") == {"span": SPAN, "text": SPAN, "decision": True}


def test_rows_of_one_number_are_alternatives() -> None:
    rows = (
        ConditionFields("1", "degree", "is", "博士", span="博士"),
        ConditionFields("", "place", "is", "旗内", span="旗内"),
        ConditionFields("1", "title", "at_least", "正高级", span="正高级职称"),
    )
    (either, must) = written_record(RecordFields(conditions=rows))["conditions"]["all"]  # type: ignore[index]
    assert [one["attribute"] for one in either["any"]] == ["degree", "title"]
    assert must["attribute"] == "place"


def test_what_was_typed_is_read_from_the_form_and_blank_rows_are_no_rows() -> None:
    form = FormData(
        [
            ("id", "k3"),
            ("title", " 高企奖励 "),
            ("kind", "奖励"),
            ("who", "company"),
            ("spans", f"{SPAN}\r\n\r\n第二段"),
            ("c0_attribute", ""),
            ("c0_operator", "is"),
            ("c2_attribute", "recognition"),
            ("c2_operator", "is"),
            ("c2_value", "高新技术企业"),
            ("c2_span", SPAN),
            ("a1_figure", "30万元"),
            ("a1_bound", "fixed"),
            ("a1_span", SPAN),
            ("a0_bound", "cap"),
            ("soft", "on"),
        ]
    )
    given = filled_in(form)
    assert [row.value for row in given.conditions] == ["高新技术企业"]
    assert [row.figure for row in given.amounts] == ["30万元"]
    record = read_record(written_record(given), "某文件")
    assert record.spans == (SPAN, "第二段")
    assert (record.title, record.soft, record.review) == ("高企奖励", True, Review())


def test_a_row_for_one_class_keeps_whom_it_is_for() -> None:
    row = AmountFields("A类", "100万元", "fixed", span="A类100万元", attribute="talent_class", operator="is", value="A")
    (written,) = written_record(RecordFields(amounts=(row,)))["amounts"]  # type: ignore[misc]
    assert written["when"]["all"][0]["span"] == "A类100万元", "the words of the row stand for it where none are given"


def test_a_condition_without_fields_is_shown_in_its_words_and_refused_when_broken() -> None:
    nested = next(one for one in read_files(COMPENDIUM).records if fields_of(one).kept)
    given = fields_of(nested)
    assert {leaf.span for leaf in leaves(nested.conditions)} >= set("；".join(given.kept_words).split("；"))
    with pytest.raises(EntitlementsUnusable, match="did not arrive whole"):
        written_record(replace(given, kept=("{",)))
    assert spans_of(["{"]) == "{"


def test_a_record_of_the_page_holds_what_its_json_says() -> None:
    record = read_files(COMPENDIUM).records[0]
    assert record_json(read_again(record, fields_of(record))) == record_json(record)
