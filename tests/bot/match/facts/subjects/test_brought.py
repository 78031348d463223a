"""A relative who was brought: their facts are kept as a relative's, and are none of the asker's."""

from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds

HUSBAND = "我老公是硕士，今年6月被伊旗一家光伏企业全职引进，签了4年合同，市里认定的E类人才。"


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            HUSBAND + "我跟着来的，大专，没工作。",
            "relative:arrival=全职引进 relative:talent_class@鄂尔多斯市=E relative:contract_years=4年",
        ),
        (
            HUSBAND + "我跟着来的，大专，没工作。",
            "relative:relative_status@配偶=引进的人才 -arrival -contract_years degree=大专",
        ),
        (
            "我媳妇是博士。她去年被伊旗一家企业全职引进，签了5年。我失业9个月。",
            "relative:arrival=全职引进 -arrival jobless_months=9月",
        ),
        (
            "我闺女是硕士，被伊旗一所医院引进，签了5年。我和老伴都73岁。",
            "relative:relative_status@子女=引进的人才 -arrival -contract_years",
        ),
        (
            "My wife has a PhD and was recruited full time by a company in Ordos. I have no job.",
            "relative:arrival=全职引进 -arrival -degree",
        ),
        ("娃他爸是博士，被伊旗一家企业全职引进，签5年。我没工作", "relative:relative_status@配偶=引进的人才 -arrival"),
        ("我媳妇跟我都是硕士，全职引进到伊旗企业，签4年", "arrival=全职引进 degree=硕士 contract_years=4年"),
        # of somebody without work nothing goes on with them
        (
            "老婆没工作，孩子上小学，本人硕士，全职引进到伊旗企业，签5年合同",
            "arrival=全职引进 contract_years=5年 -relative:arrival",
        ),
        ("我是硕士，爱人没工作，签了5年合同", "contract_years=5年 -relative:contract_years"),
        ("我带着老婆从外省全职引进到伊旗企业，签了5年合同", "-relative:relative_status@配偶=引进的人才"),
        ("我是博士，爱人失业7个月", "relative:relative_jobless_months=7月 degree=博士"),
        ("我是博士，老公在银行上班，一年没休假", "-relative:relative_jobless_months"),
    ],
)
def test_whose_story_it_is(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


def test_two_relatives_who_were_brought_are_not_told_apart(holds: Holds) -> None:
    holds(
        "我儿子是博士，被伊旗一家企业全职引进。我爱人是硕士，也被伊旗一家企业全职引进。我没工作。",
        "-arrival -relative:arrival",
    )
