"""Grants and facts made by hand, from real lines, for what is judged without reading a profile."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.match.condition_judging import Judge
from bot.match.fact_pool import FactPool
from bot.match.grant_judging import Measures
from bot.match.places_within import PlacesWithin
from bot.match.talent_classes import TalentClasses
from bot.match.types import AskerFacts, Fact
from bot.types import Language
from ingest.entitlements.types import (
    AllOf,
    AmountRow,
    Attached,
    AttachedCatalogue,
    AttachedEntry,
    Catalogue,
    CatalogueEntry,
    Condition,
    Entitlement,
    ReadableCondition,
    Recipient,
    Review,
)
from ingest.facts.administration import Place
from ingest.types import Validity

DAY = date(2026, 11, 29)
DOCUMENT = "关于加强新时代人才工作助推高质量发展的若干措施（试行）"
GRANTED = "对再次获批或整体迁入伊金霍洛旗的国家高新技术企业给予20万元奖补"
PLACES = PlacesWithin(
    (
        Place("内蒙古", "自治区", "内蒙古自治区"),
        Place("鄂尔多斯", "市", "鄂尔多斯市"),
        Place("伊金霍洛", "旗", "伊金霍洛旗"),
    ),
    frozenset({"即东胜区", "康巴什区", "东胜区"}),
)
CLASSES = TalentClasses.of_catalogues(
    AttachedCatalogue(
        Catalogue(f"{of}人才分类目录", of, None, ()),
        tuple(AttachedEntry(CatalogueEntry(letter, awards, awards[0]), ("c",)) for letter, awards in classes),
    )
    for of, classes in {
        "伊金霍洛旗": (("A", ("中国科学院院士",)), ("C", ("“全国技术能手”",)), ("D", ("省级首席技师",))),
        "鄂尔多斯市": (
            ("A", ("中国科学院院士",)),
            ("D", ("国家自然科学基金优秀青年科学基金项目",)),
            ("E", ("“全国技术能手”", "国家社会科学基金“重点项目”第一负责人（项目通过结题验收）")),
            ("F", ("省级医学会专科分会主任委员",)),
        ),
    }.items()
)
MEASURES = Measures(PLACES, CLASSES, DAY, Language.ZH)


def words(attribute: str, *values: str, operator: str = "in", of: str | None = None) -> ReadableCondition:
    return ReadableCondition("条款原文", attribute, operator, words=values, of=of)


def number(attribute: str, operator: str, *values: float, unit: str | None = None) -> ReadableCondition:
    exact = tuple(Decimal(str(value)) for value in values)
    return ReadableCondition("条款原文", attribute, operator, numbers=exact, unit=unit)


def said(attribute: str, *values: str, **more: object) -> Fact:
    return Fact(attribute, values, **more)  # type: ignore[arg-type]


def counted(attribute: str, value: float, unit: str, **more: object) -> Fact:
    return Fact(attribute, number=Decimal(str(value)), unit=unit, **more)  # type: ignore[arg-type]


def asker(*facts: Fact, who: tuple[str, ...] = ("company", "employer")) -> AskerFacts:
    return AskerFacts(frozenset(who), facts)


def judge(
    *facts: Fact, who: tuple[str, ...] = ("company", "employer"), recipient: str = "company", **more: object
) -> Judge:
    language = more.pop("language", Language.ZH)
    assert isinstance(language, Language)
    pool = FactPool.of(asker(*facts, who=who), recipient, language)
    return Judge(pool, PLACES, CLASSES, language, **more)  # type: ignore[arg-type]


def grant(
    identifier: str = "k19",
    *conditions: Condition,
    rows: tuple[AmountRow, ...] = (),
    who: str = "company",
    accepted: bool = True,
    spans: tuple[str, ...] = (),
    level: str | None = None,
    validity: Validity | None = None,
    soft: bool = False,
    title: str = "高新技术企业奖补",
    same_as: tuple[str, ...] = (),
    overlap: tuple[str, ...] = (),
) -> Attached:
    spans = spans or tuple(dict.fromkeys(item.span for item in rows)) or (GRANTED,)
    record = Entitlement(
        identifier,
        DOCUMENT,
        title,
        "奖励",
        spans,
        Recipient(who, "给予企业"),
        AllOf(conditions),
        rows,
        soft=soft,
        same_as=same_as,
        overlap=overlap,
        review=Review("李雪", date(2026, 11, 1)) if accepted else Review(proposed_by="rules"),
    )
    return Attached(record, ("c1",), "d1", "第十九条", 33, level, validity or Validity(), ())


def row(object_: str, figure: str, span: str, when: Condition | None = None, **more: str | None) -> AmountRow:
    return AmountRow(object_, figure, str(more.pop("bound", "fixed")), span, when=when, **more)


@pytest.fixture(scope="session")
def measures() -> Measures:
    return MEASURES
