"""Conditions by real lines: read where a fact is known, else kept as words; 或 stays 或."""

from collections.abc import Callable

import pytest

from ingest.entitlements.condition_form import condition_json
from ingest.entitlements.rules.conditions import conditions_of, when
from ingest.entitlements.rules.grants import Grant
from ingest.entitlements.types import AnyOf, ReadableCondition, TextCondition, leaves

Grants = Callable[[str], list[Grant]]


def shown(grant: Grant) -> list[str]:
    found: list[str] = []
    for leaf in leaves(conditions_of(grant)):
        if isinstance(leaf, TextCondition):
            found.append(f"{'decision' if leaf.decision else 'text'}: {leaf.text}")
        else:
            row = condition_json(leaf)
            found.append(f"{leaf.attribute} {leaf.operator} {row['value']} {leaf.unit or leaf.of or ''}".strip())
    return found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "对首次认定的高新技术企业，给予15万元奖励。",
            ["recognition.time in ['首次'] 高新技术企业", "recognition is 高新技术企业"],
        ),
        (
            "对固定资产投资5000万元以上的企业，给予15万元奖励。",
            ["fixed_assets at_least 50000000 元"],
        ),
        (
            "自营出口实绩首次超过100万美元的企业，给予10万元奖励。",
            ["export_value more_than 1000000 美元"],
        ),
        (
            "累计缴纳失业保险费36个月以上的职工，给予1000元技能提升补贴。",
            ["insured_months at_least 36 月"],
        ),
        (
            "企业缴纳社会保险满一年的，给予1000元用工补贴。",
            ["insured_months at_least 12 月"],
        ),
        (
            "对全职引进的A、B类人才，给予200万元安家补贴。",
            ["arrival in ['全职引进']", "talent_class in ['A', 'B']"],
        ),
        (
            "对评价为优秀的集群，再给予200万元奖励。",
            ["decision: 评价为优秀的集群"],
        ),
        (
            "投资强度达到每亩300万元以上的项目，给予5万元补助。",
            ["text: 投资强度达到每亩300万元以上的项目"],
        ),
    ],
)
def test_what_is_known_is_read_and_the_rest_kept(grants_of: Grants, line: str, expected: list[str]) -> None:
    (grant,) = grants_of(line)
    assert shown(grant) == expected


def test_or_between_two_figures_stays_or(grants_of: Grants) -> None:
    line = "对研发投入占营业收入比例达到3%以上或研发投入达到5000万元以上的规模以上企业，给予最高500万元奖补。"
    either = conditions_of(grants_of(line)[0]).parts[0]
    assert isinstance(either, AnyOf)
    assert [
        (leaf.attribute, str(leaf.numbers[0])) for leaf in leaves(either) if isinstance(leaf, ReadableCondition)
    ] == [
        ("rd_share", "3"),
        ("rd", "50000000"),
    ]


def test_two_recognitions_are_alternatives_each_with_its_own_level(grants_of: Grants) -> None:
    line = "对新认定的国家专精特新“小巨人”企业、省级专精特新中小企业，分别给予50万元、10万元奖励。"
    either = conditions_of(grants_of(line)[0]).parts[0]
    assert isinstance(either, AnyOf)
    levels = [
        (leaf.of, leaf.words)
        for leaf in leaves(either)
        if isinstance(leaf, ReadableCondition) and leaf.attribute == "recognition.level"
    ]
    assert levels == [("小巨人", ("国家",)), ("专精特新", ("省",))]


def test_again_is_of_the_recognition_named_before(grants_of: Grants) -> None:
    first, second = grants_of("对首次认定的高新技术企业，给予15万元奖励；对重新认定的，给予5万元奖励。")
    parts = conditions_of(second, conditions_of(first)).parts
    assert [(part.attribute, part.words) for part in parts if isinstance(part, ReadableCondition)] == [
        ("recognition", ("高新技术企业",)),
        ("recognition.time", ("再次",)),
    ]


def test_among_them_hangs_on_the_conditions_before(grants_of: Grants) -> None:
    first, second = grants_of(
        "企业新招用员工并缴纳社会保险满一年的，给予1000元用工补贴；其中招用脱贫劳动力的，补贴标准提高到每人1500元。"
    )
    before = conditions_of(first)
    assert conditions_of(second, before).parts[: len(before.parts)] == before.parts


@pytest.mark.parametrize(
    ("object_", "named", "expected"),
    [
        ("1000万元（含）至5000万元", "固定资产投资额", ("fixed_assets", "between")),
        ("2亿元（含）以上", "总投资", ("investment", "at_least")),
        ("博士研究生", "人才层次", ("degree", "in")),
        ("A类", "", ("talent_class", "in")),
    ],
)
def test_the_object_of_a_row_chooses_it(object_: str, named: str, expected: tuple[str, str]) -> None:
    found = when(object_, named=named)
    assert found is not None
    assert (found[0].attribute, found[0].operator) == expected
