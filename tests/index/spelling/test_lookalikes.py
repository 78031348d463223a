"""Characters of one shape."""

from __future__ import annotations

import pytest

from index.spelling.lookalikes import look_alike


@pytest.mark.parametrize("pair", ["土士", "末未", "贷货", "券卷", "准淮", "木术", "险脸", "侍待", "气汽"])
def test_one_for_the_other_and_back(pair: str) -> None:
    one, other = pair
    assert look_alike(one, other)
    assert look_alike(other, one)


@pytest.mark.parametrize("pair", ["土土", "补铁", "安买"])
def test_not_itself_and_not_another(pair: str) -> None:
    assert not look_alike(*pair)
