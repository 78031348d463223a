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


@pytest.mark.parametrize(
    "profile",
    [
        "北京的猎头公司，今年举荐并协助市里一家医院全职引进1名市级B类人才，还帮旗里一家光伏企业柔性引进一位院士",
        "我们是猎头公司，在东胜，协助一家煤炭企业招了5名硕士，又为另一家公司返聘了一位退休专家",
    ],
)
def test_whom_an_agencys_client_hires_the_agency_does_not(holds: Holds, profile: str) -> None:
    holds(profile, "who=intermediary event=引进人才 -event=柔性引进人才 -event=招聘毕业生 -event=返聘退休专家")


def test_an_agency_hires_for_itself(holds: Holds) -> None:
    holds("我们是猎头公司，在东胜，自己招了5名硕士，还柔性引进了一位院士", "event=招聘毕业生 event=柔性引进人才")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("帮旗里一家医院找来两名D类人才", "event=举荐引进人才"),
        ("从上海挖来一名D类人才", "-event=举荐引进人才"),
    ],
)
def test_an_agency_finds_people_for_somebody(holds: Holds, told: str, expected: str) -> None:
    holds(f"我们是伊旗的猎头公司，今年{told}。", f"who=intermediary {expected}")
