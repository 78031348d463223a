"""What kind of answer a question asks for: lines as people write them, and all that each of them asks."""

from __future__ import annotations

import pytest

from bot.understand.question_types import Kind, kinds_of


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("全职引进的a类人才，市里给多少安家补贴？", {Kind.AMOUNT}),
        ("奖励由谁负责兑现", {Kind.OFFICE}),
        ("高新技术企业认定要什么条件", {Kind.WHO}),
        ("我们公司怎么申请研发补助，要哪些材料？", {Kind.HOW, Kind.LIST, Kind.SCENARIO}),
        ("税率优惠还能享受吗，执行到哪一年？", {Kind.VALIDITY, Kind.WHEN, Kind.AMOUNT, Kind.YES_NO}),
        ("“揭榜挂帅”是什么意思", {Kind.DEFINITION}),
        ("市里和旗里的奖励有什么区别", {Kind.COMPARISON, Kind.LIST}),
        ("安家补贴和租房补贴能不能都领", {Kind.OVERLAP, Kind.YES_NO}),
        ("投资促进局电话是多少", {Kind.CONTACT, Kind.AMOUNT}),
        ("租房补贴最长领几年", {Kind.WHEN}),
        ("how much does the city pay, and until when?", {Kind.AMOUNT, Kind.WHEN, Kind.VALIDITY}),
        ("which department is in charge?", {Kind.OFFICE, Kind.LIST}),
        ("高新技术企业", set()),
        ("", set()),
    ],
)
def test_kinds(text: str, kinds: set[Kind]) -> None:
    assert kinds_of(text) == kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("博士能拿到补贴", Kind.VALIDITY),  # 能 without 还
        ("注册地址在旗里的企业", Kind.CONTACT),
        ("部门预算编制", Kind.OFFICE),
        ("our tower is tall", Kind.WHO),
        ("mobile games", Kind.SCENARIO),  # my inside another word
        ("island development", Kind.YES_NO),
    ],
)
def test_what_only_looks_like_it(text: str, kind: Kind) -> None:
    assert kind not in kinds_of(text)
