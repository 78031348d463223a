"""Awards by their names as people write them: with brackets and quotes inside, by a short name, at their level."""

from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds

HEIR = "award=非遗传承人 recognition.level@非遗传承人={0}"


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("上个月我被新认定为自治区级非物质文化遗产（短调民歌）代表性传承人", HEIR.format("自治区")),
        ("我是自治区级“短调民歌”非遗代表性传承人", HEIR.format("自治区")),
        ("我是旗级非遗（剪纸）传承人", HEIR.format("旗")),
        ("我被评为国家级非物质文化遗产代表性项目长调民歌代表性传承人", HEIR.format("国家")),
        ("我编的舞蹈代表旗里拿了荷花奖", "award=舞蹈荷花奖 -recognition.level@舞蹈荷花奖"),
        ("我主演的戏拿了梅花奖", "award=中国戏剧奖"),
        ("我带的学生拿了荷花奖", "-award"),
    ],
)
def test_an_award_is_read_with_its_level(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)
