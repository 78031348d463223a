from __future__ import annotations

import pytest

from eval.scoring.histogram import histogram


@pytest.mark.parametrize(("times", "heights"), [([], None), ([5.0], [140.0]), ([0.0, 0.0, 40.0], [140.0, 70.0])])
def test_histogram(times: list[float], heights: list[float] | None) -> None:
    drawn = histogram(times)
    if heights is None:
        assert drawn is None
        return
    assert drawn is not None
    bars = drawn["bars"]
    assert isinstance(bars, list)
    assert [bar["height"] for bar in bars if bar["height"]] == heights


def test_percentiles_stand_among_the_bars() -> None:
    drawn = histogram([float(time) for time in range(101)])
    assert drawn is not None
    assert drawn["percentiles"] == [{"x": 400.0, "label": "p50 50 ms"}, {"x": 760.0, "label": "p95 95 ms"}]
    assert (drawn["first"], drawn["last"]) == ("0 ms", "100 ms")
