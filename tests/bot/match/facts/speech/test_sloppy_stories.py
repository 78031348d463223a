"""Stories as people type them: relative years, a licence, home towns, relatives and the asker one after another."""

from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我25岁，去年二本毕业，回伊旗老家开了个烤串店", "degree=本科 event=创业 place=伊金霍洛旗"),
        ("我在伊旗开店，执照去年8月办的，雇了俩人", "years_operating=1.25年 headcount=2人"),
        ("我在伊旗开了家小店，2025年8月办的营业执照", "years_operating=1.25年"),
        ("我们公司在伊旗，去年8月注册", "years_operating=1.25年"),
        ("我在老家伊旗开店，个体户", "place=伊金霍洛旗"),
        ("我老家伊旗，在北京上班", "origin=伊金霍洛旗"),
        ("我是去年毕业的大学生，在找工作", "-status=在校大学生 status=毕业两年内"),
        ("我是大学生，在旗里实习", "status=在校大学生"),
    ],
)
def test_a_sloppy_story_is_read(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            "我有三个孩子，2岁、5岁和9岁，鄂尔多斯市F类人才，全职在伊金霍洛旗",
            "talent_class@鄂尔多斯市=F status=全职 place=伊金霍洛旗",
        ),
        ("我岳母75岁，鄂尔多斯市E类人才，全职工作", "talent_class@鄂尔多斯市=E status=全职"),
        ("我女儿8岁，在旗里上小学，硕士，签了5年合同", "degree=硕士 contract_years=5年 -employer_kind"),
        ("我爱人34岁，博士，在旗医院上班", "-degree relative:relative_status@配偶=博士"),
        ("我父亲75岁，退休在家", "-status=退休 relative:relative_status@父母=退休"),
        ("我岳父72岁，管理期内", "relative:relation=配偶双亲 -relative:relation=父母"),
    ],
)
def test_behind_an_old_parent_or_a_child_the_asker_speaks_of_themselves(
    holds: Holds, profile: str, expected: str
) -> None:
    holds(profile, expected)
