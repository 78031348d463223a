from __future__ import annotations

import pytest

from bot.match.honours.rankings import rankings_told
from ingest.types import Span

LISTED = frozenset(f"全国人力资源服务业排名前{n}名" for n in (10, 50, 100)) | {"全国技术能手"}
HERE = Span(0, 1)


def told(clause: str, *industries: str) -> tuple[list[str], list[str]]:
    facts = list(rankings_told([(clause, HERE)], LISTED, industries))
    on = [word for fact in facts if not fact.denied for word in fact.words]
    return on, [word for fact in facts if fact.denied for word in fact.words]


@pytest.mark.parametrize(
    ("clause", "on", "off"),
    [
        ("我们是全国人力资源服务业排名第42的公司", [50], [10]),
        ("全国人力资源服务企业排名第8", [10], []),
        ("全国人力资源服务业排名前50名", [50], []),
        ("全国人力资源服务业排名第180", [], [10, 50, 100]),
        ("人力资源服务业全区排名第3", [], []),
        ("全国软件业排名第3", [], []),
    ],
)
def test_a_place_is_on_the_shortest_list_that_holds_it(clause: str, on: list[int], off: list[int]) -> None:
    named = "全国人力资源服务业排名前{}名".format
    assert told(clause) == ([*map(named, on)], [*map(named, off)])


def test_in_the_askers_own_trade_the_place_is_enough() -> None:
    assert told("全国排名第8", "人力资源服务")[0] == ["全国人力资源服务业排名前10名"]
    assert told("全国排名第8", "软件") == ([], [])
