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


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("隔壁公司拿了高新技术企业30万奖励，我们不是高新", "!recognition=高新技术企业 -recognition=高新技术企业"),
        ("我们是一家民营企业，还没评上高新，营收3000万", "!recognition=高新技术企业 revenue=30000000元"),
        ("竞争对手是专精特新小巨人，我们还不是", "!recognition=小巨人 -recognition=小巨人"),
        ("隔壁厂评上了高新，但我们没评上", "!recognition=高新技术企业 -recognition=高新技术企业"),
        ("同行都评上了专精特新，我们还没有", "!recognition=专精特新 -recognition=专精特新"),
        ("The company next door is a high-tech enterprise, we are not", "!recognition=高新技术企业"),
        ("我们企业同行业领先，是高新技术企业", "recognition=高新技术企业"),
        ("隔壁是高企，我们没有贷款", "-!recognition -recognition"),
        ("我们是国家高新，做软件", "recognition=高新技术企业 recognition.level@高新技术企业=国家"),
        ("我们公司在高新区，做高新技术产品", "-recognition=高新技术企业"),
    ],
)
def test_a_denial_in_short_is_of_what_was_said_of_others(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我是伊旗医院护士，今年获评市级“全国优秀教师”", "recognition.level@全国优秀教师=市"),
        ("我是旗里的老师，去年被评为自治区级特级教师", "recognition.level@省级特级教师=自治区"),
        ("公司评上市级企业技术中心", "-event recognition.level@企业技术中心=市"),
        ("我是护士，去年评上市级先进工作者", "-event=上市"),
        ("我们公司去年在主板上市", "event=上市"),
    ],
)
def test_the_level_of_what_was_awarded_is_read(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我刚考下焊工高级证", "skill_level=高级工"),
        ("我有电工中级证（四级）", "skill_level=中级工"),
        ("我是钳工三级", "skill_level=高级工"),
        ("我有职业资格二级证书", "skill_level=技师"),
        ("我有技能等级证书，5级", "-skill_level=高级工"),
        ("我高级证没考过，只有初级证书", "!skill_level=高级工 skill_level=初级工 -skill_level=高级工"),
        ("我们企业引进2名焊工三级，签3年", "talent:skill_level=高级工"),
        ("我有社会工作者中级证书", "-skill_level"),
        ("我考了高级会计师证", "-skill_level"),
        ("我有施工二级资质，是二级建造师", "-skill_level"),
    ],
)
def test_a_certificate_tells_the_grade_of_skill(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


def test_firms_that_are_counted_are_not_the_asker(holds: Holds) -> None:
    holds("我们园区今年新认定高新技术企业3家，我们是伊旗的饭馆", "-recognition")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("今年评上创新型中小企业，又评上专精特新小巨人", "-recognition.time@小巨人=再次"),
        ("2023年首次评上小巨人，今年又评上小巨人", "recognition.time@小巨人=再次"),
        ("今年评上创新型中小企业，第二次评上小巨人", "recognition.time@小巨人=再次"),
    ],
)
def test_besides_is_not_again(holds: Holds, told: str, expected: str) -> None:
    holds(f"我们是伊旗的企业，{told}。", f"recognition=小巨人 {expected}")
