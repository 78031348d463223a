from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我们是猎头公司，还给旗里的企业办了一场院士对接会", "event=组织智力合作与交流活动"),
        ("我们公司今年组织了智力合作交流活动", "event=组织智力合作与交流活动"),
        ("我们带着项目、资金和6个人的团队来伊旗创业", "event=带项目带资金带团队"),
        ("我打算带项目带资金带团队到伊旗创新创业", "plan=带项目带资金带团队 -event=带项目带资金带团队"),
        ("我带项目到伊旗，团队5个人", "event=带项目 -event=带项目带资金带团队"),
        ("我今年新取得副高级资格证书", "title=副高级 -event=考取证书"),
        ("我今年取得专利代理师资格证书", "event=考取证书"),
        ("我们是德国独资公司，二期设备要从德国进口", "plan=进口设备"),
        ("我们是外资企业，设备从德国进口", "event=进口设备"),
        ("我们引进一名总监，社保交在旗里", "event=缴纳社会保险"),
    ],
)
def test_what_was_done(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)
