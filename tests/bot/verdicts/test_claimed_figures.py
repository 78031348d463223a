"""Figures that somebody takes for granted, without a bot: which of them are claims."""

from __future__ import annotations

import pytest

from bot.verdicts.claimed_figures import claimed_figures


@pytest.mark.parametrize(
    ("said", "claimed"),
    [
        ("年薪100万，给单位补30%对吧", ["30%"]),
        ("父母满60岁就有，对吗", ["60岁"]),
        ("干满一年就能拿40万购房补贴吧", ["40万", "一年"]),
        ("2035年才结束，对吗", []),
    ],
)
def test_what_is_claimed_is_told_from_what_somebody_tells_of_himself(said: str, claimed: list[str]) -> None:
    assert [figure.text for figure in claimed_figures(said)] == claimed
