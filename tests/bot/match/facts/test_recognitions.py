from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            "我们公司2026年首次认定国家高新技术企业",
            "recognition=高新技术企业 recognition.level@高新技术企业=国家 recognition.time@高新技术企业=首次 recognition.time@高新技术企业=新认定",
        ),
        (
            "我们是高企，今年第二次通过",
            "recognition=高新技术企业 recognition.time@高新技术企业=再次 -recognition.time@高新技术企业=新认定",
        ),
        ("国家高新技术企业，今年第三次认定通过，我们是企业", "recognition.time@高新技术企业=再次"),
        (
            "公司是国家高企（2024年首次，奖励领过了）",
            "recognition.time@高新技术企业=首次 -recognition.time@高新技术企业=新认定",
        ),
        ("今年头一回拿到国家高新技术企业证书的公司", "recognition.time@高新技术企业=首次"),
        (
            "我们2024、2025连续两年入了国家科技型中小企业库",
            "recognition=科技型中小企业 recognition.time@科技型中小企业=连续两年",
        ),
        (
            "公司今年新认定了自治区级企业技术中心",
            "recognition=企业技术中心 recognition.level@企业技术中心=自治区 recognition.time@企业技术中心=新认定",
        ),
        (
            "公司2026年新认定国家级企业技术中心",
            "recognition.level@企业技术中心=国家 recognition.time@企业技术中心=新认定",
        ),
        ("企业今年新认定了市级“专精特新”企业", "recognition=专精特新 recognition.level@专精特新=市"),
        (
            "今年新认定国家级专精特新“小巨人”，我们是企业",
            "recognition=小巨人 recognition=专精特新 recognition.level@小巨人=国家",
        ),
        ("公司建了院士工作站，市级的", "recognition=院士工作站"),
        (
            "伊旗一家科技企业孵化器，2026年新认定为自治区级孵化器",
            "recognition=孵化器 recognition.level@孵化器=自治区 -recognition.level@孵化器=旗",
        ),
        ("旗下公司今年新认定为自治区级科技服务机构", "recognition=科技服务机构 recognition.level@科技服务机构=自治区"),
        ("我们有个国家级众创空间", "recognition=众创空间 recognition.level@众创空间=国家"),
        (
            "公司新获批国家知识产权优势企业",
            "recognition=知识产权优势企业 recognition.level@知识产权优势企业=国家 recognition.time@知识产权优势企业=新认定",
        ),
        ("我们不是高企", "!recognition=高新技术企业 -recognition.level -recognition.time"),
        ("伊旗高端装备民企，规上，非高企", "!recognition=高新技术企业"),
        ("不是高企，也没进科技型中小企业库，我们是小厂", "!recognition=高新技术企业 !recognition=科技型中小企业"),
        ("我们公司没有高企、专精特新这些牌子", "!recognition=高新技术企业 !recognition=专精特新"),
        ("公司还没认定高新技术企业", "!recognition=高新技术企业"),
        ("我们高企还没批下来，是家软件公司", "!recognition=高新技术企业"),
        ("我们公司高企证书已过期", "!recognition=高新技术企业"),
        ("公司正在申请高企", "-recognition -!recognition plan=申报高新技术企业"),
        (
            "The company is a national high-tech enterprise",
            "recognition=高新技术企业 recognition.level@高新技术企业=国家",
        ),
        ("Our firm is not a high-tech enterprise", "!recognition=高新技术企业"),
        (
            "我們是國家高新技術企業，省級專精特新",
            "recognition=高新技术企业 recognition=专精特新 recognition.level@专精特新=自治区",
        ),
        ("我们企业从区外整体迁入，是国家高企", "recognition=高新技术企业 arrival=整体迁入"),
        ("公司被评为绿色工厂、智能工厂", "recognition=绿色工厂 recognition=智能工厂"),
    ],
)
def test_a_recognition_is_read_with_its_level_and_time(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)
