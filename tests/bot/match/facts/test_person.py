from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我是硕士研究生，31岁", "degree=硕士 age=31岁"),
        ("我高中毕业", "degree=高中"),
        ("我本科毕业于西安", "degree=本科"),
        ("我是在读博士生，在北京读书", "degree=博士 status=在读"),
        ("我是博士后，做新材料", "-degree=博士"),
        ("I hold a master's degree", "degree=硕士"),
        ("I have a PhD from a top 100 university", "degree=博士 school=世界前100"),
        ("我係香港科技大學（世界排名前100）材料博士", "degree=博士 school=世界前100 -employer_kind"),
        ("我清华毕业，硕士", "school=清华 school=双一流 degree=硕士"),
        ("我是副主任医师", "title=副高级 title=副主任医师 -title=正高级"),
        ("我是主任医师", "title=正高级"),
        ("我有高级工程师职称", "title=副高级 -skill_level"),
        ("我们企业聘了一位正高级工程师", "talent:title=正高级"),
        ("我是中级工程师职称", "title=中级"),
        ("我是高级技师", "skill_level=高级技师 -skill_level=技师"),
        ("我考了高级（三级）技能证", "skill_level=高级工"),
        ("我刚拿到社会工作师中级证", "event=中级社会工作者职业资格证书 -title=中级"),
        ("我是鄂尔多斯市B类人才", "talent_class@鄂尔多斯市=B"),
        ("我被认定为伊金霍洛旗C类人才", "talent_class@伊金霍洛旗=C"),
        ("我是旗里认定的D类人才", "talent_class@伊金霍洛旗=D"),
        ("我是自治区三类人才", "talent_class@自治区=三"),
        ("我不是市里的A类人才", "!talent_class@鄂尔多斯市=A"),
        ("I was recognised as class C talent in Ordos", "talent_class@鄂尔多斯市=C"),
        ("公司引进了一名E类人才", "talent:talent_class=E"),
        ("我父亲74岁", "relative:relation=父母 relative:relative_age=74岁 -age"),
        ("我38岁，父亲74", "age=38岁 relative:relative_age=74岁"),
        (
            "老公是武汉国企的正式员工，我是医生",
            "relative:relation=配偶 relative:relative_status@配偶=国有企业 job=医生",
        ),
        ("My son is nine and I am a teacher", "relative:relation=子女 relative:relative_age=9岁"),
        ("娃跟过来上小学，我是工人", "relative:relation=子女 -employer_kind=学校"),
        ("我准备带11人团队（7个博士）过来", "talent:degree=博士 -degree=博士"),
    ],
)
def test_a_person_is_read(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)
