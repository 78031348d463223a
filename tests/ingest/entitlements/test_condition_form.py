"""Conditions: what is written is read and written again the same; what nobody knows is refused in one sentence."""

import json
from decimal import Decimal
from typing import Any

import pytest

from ingest.entitlements.condition_form import condition_json, read_condition
from ingest.entitlements.types import AllOf, AnyOf, ReadableCondition, TextCondition, leaves
from ingest.errors import EntitlementsUnusable

SHARE = {
    "span": "研发投入占营业收入比例达到3%以上",
    "attribute": "rd_share",
    "operator": "at_least",
    "value": 3,
    "unit": "%",
}
MONEY = {"span": "达到5000万元以上", "attribute": "rd", "operator": "at_least", "value": 50000000, "unit": "元"}
CLASS = {"span": "A、B类", "attribute": "talent_class", "operator": "in", "value": ["A", "B"], "unit": None, "of": "市"}
DECIDED = {"span": "经认定", "text": "须经认定", "decision": True}
AGES = {"span": "18至45岁", "attribute": "age", "operator": "between", "value": [18, 45], "unit": "岁"}
DEGREE = {"span": "硕士以上", "attribute": "degree", "operator": "at_least", "value": "硕士", "unit": None}
TREE = {"all": [{"any": [SHARE, MONEY]}, CLASS, DECIDED, AGES, DEGREE]}


def given(written: object) -> object:
    """As a file is read: numbers are exact."""
    return json.loads(json.dumps(written), parse_float=Decimal, parse_int=Decimal)


def test_a_tree_is_read_with_its_or_and_written_again_the_same() -> None:
    tree = read_condition(given(TREE))
    assert isinstance(tree, AllOf)
    assert isinstance(tree.parts[0], AnyOf)
    assert tree.parts[1] == ReadableCondition("A、B类", "talent_class", "in", words=("A", "B"), of="市")
    assert tree.parts[2] == TextCondition("经认定", "须经认定", decision=True)
    assert [leaf.numbers for leaf in leaves(tree) if isinstance(leaf, ReadableCondition)][:2] == [
        (Decimal(3),),
        (Decimal(50000000),),
    ]
    assert condition_json(tree) == TREE


def test_no_conditions_ask_nothing() -> None:
    assert read_condition(None) == read_condition({}) == read_condition({"all": []}) == AllOf()


def test_a_unit_left_out_is_the_one_that_is_allowed() -> None:
    read = read_condition(given({**SHARE, "unit": None}))
    assert isinstance(read, ReadableCondition)
    assert read.unit == "%"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({**SHARE, "attribute": "rd_ratio"}, "unknown attribute 'rd_ratio'; allowed are place"),
        ({**SHARE, "operator": "over"}, "unknown operator 'over' of rd_share; allowed are is, at_least"),
        ({**CLASS, "operator": "at_least"}, "unknown operator 'at_least' of talent_class; allowed are is, in"),
        ({**MONEY, "unit": "万元"}, "unknown unit '万元' of rd; allowed are 元, 美元"),
        ({**MONEY, "value": "五千万"}, "rd at_least takes one number"),
        ({**MONEY, "value": True}, "rd at_least takes one number"),
        ({**AGES, "value": [45, 18]}, "age between goes from the smaller to the larger"),
        ({**AGES, "value": [18]}, "age between takes two numbers"),
        ({**DEGREE, "value": "院士"}, "'院士' is no step of degree; allowed for at_least are 高中"),
        ({**CLASS, "value": []}, "the value of talent_class is a word or a list of words"),
        ({**CLASS, "operator": "is"}, "talent_class is takes one word"),
        ({**SHARE, "note": "?"}, "unknown key 'note' in a condition; allowed are attribute"),
        ({**DECIDED, "decision": "yes"}, "decision is true or false"),
        ({**DECIDED, "span": " "}, "a condition lacks span"),
        ({"all": [SHARE], "any": [MONEY]}, "a group of conditions is one list, all or any"),
        ({"any": []}, "any of no conditions never holds"),
        ({"all": [SHARE, 3]}, "a condition is an object, not 3"),
    ],
)
def test_what_nobody_can_compare_is_refused_and_told_what_is_allowed(written: Any, words: str) -> None:
    with pytest.raises(EntitlementsUnusable, match="^" + words.replace("?", r"\?").replace("[", r"\[")):
        read_condition(given(written))


def test_groups_in_groups_have_an_end() -> None:
    written: dict[str, object] = dict(SHARE)
    for _ in range(20):
        written = {"all": [written]}
    with pytest.raises(EntitlementsUnusable, match="nested more than 8 deep"):
        read_condition(given(written))
