"""What a clause asks for besides, against the whole compendium: first, of one's own parents, paying in, on the list."""

from __future__ import annotations

from datetime import date

import pytest

from bot.match.matching import Matcher
from ingest.types import Corpus

DAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def matcher(compendium: Corpus) -> Matcher:
    return Matcher.of(compendium)


@pytest.mark.parametrize(
    ("profile", "key", "status"),
    [
        ("我是鄂尔多斯市D类人才，无房，租房，五险一金都交", "c20-fundrent", "met"),
        ("我是鄂尔多斯市D类人才，无房，租房", "c20-fundrent", "open"),
        ("我是鄂尔多斯市D类人才，无房，租房，没交公积金", "c20-fundrent", ""),
        ("我是高校毕业生，首次创业，在伊金霍洛旗从事个体经营，正常运营15个月，带动2人就业", "k12-startup", "met"),
        ("我是高校毕业生，第二次创业，在伊金霍洛旗从事个体经营，正常运营15个月，带动2人就业", "k12-startup", ""),
        ("我是高校毕业生，在伊金霍洛旗从事个体经营，正常运营15个月，带动2人就业", "k12-startup", "open"),
        ("我是鄂尔多斯市E类人才，全职工作，管理期内，父亲72岁", "c22-parents", "met"),
        ("我是鄂尔多斯市E类人才，全职工作，管理期内，岳父72岁", "c22-parents", "open"),
        ("我是鄂尔多斯市E类人才，全职工作，管理期内，岳母75岁，父亲60岁", "c22-parents", ""),
        ("我是自治区高层次人才六类，在鄂尔多斯全职工作，父亲75岁", "c22-parents", "open"),
        (
            "我们是伊金霍洛旗的煤化工企业，列入重点产业企业目录，新引进一名技术研发带头人，年薪70万，签了3年合同",
            "k2-backbone",
            "met",
        ),
        ("我是伊金霍洛旗的社工", "k8-social-worker", "open"),
        ("我在伊金霍洛旗，孩子评为鄂尔多斯市E类人才，全职引进", "c02-settle", "open"),
    ],
)
def test_nothing_that_the_text_asks_for_is_left_out(matcher: Matcher, profile: str, key: str, status: str) -> None:
    shown = matcher.match_profile(profile, DAY).matches
    assert next((match.status for match in shown if match.grant.record.id == key), "") == status
