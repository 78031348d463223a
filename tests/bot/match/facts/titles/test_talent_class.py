from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("去年评为二级伤残，在伊金霍洛旗", "-talent_class"),
        ("我今年评上国家一级编导", "-talent_class"),
        ("单位考核评为一级，我在伊金霍洛旗上班", "-talent_class"),
        ("我们酒店评为三级", "-talent_class"),
        ("我们企业被评为安全生产标准化二级", "-talent_class"),
        ("我被认定为二类医疗器械经营，在伊旗开店", "-talent_class"),
        ("我住在A类人才公寓", "-talent_class"),
        ("公司纳税信用评为A级", "-talent_class"),
        ("我是自治区高层次人才六类", "talent_class@自治区=六"),
        ("我被认定为自治区三类人才", "talent_class@自治区=三"),
        ("我是高层次人才，被认定为伊金霍洛旗C类", "talent_class@伊金霍洛旗=C"),
        ("我评上鄂尔多斯市B类人才，全职引进", "talent_class@鄂尔多斯市=B"),
        ("我被认定为C类，全职引进到旗里", "talent_class=C"),
    ],
)
def test_a_class_is_one_of_talent(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("杭州市认定的D类人才", "-talent_class"),
        ("赤峰市E类人才", "-talent_class"),
        ("从杭州来的鄂尔多斯市D类人才", "talent_class@鄂尔多斯市=D"),
        ("从杭州引进，评为D类人才", "talent_class=D"),
    ],
)
def test_a_class_of_another_city_is_none_of_here(holds: Holds, told: str, expected: str) -> None:
    holds(f"我是{told}，在伊旗企业上班。", expected)
