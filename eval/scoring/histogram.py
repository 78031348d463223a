"""How long answers took, as the bars of an SVG histogram."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

BARS = 40
WIDTH, HEIGHT = 800, 140  # px
PERCENTILES = (50, 95)


def histogram(times: Sequence[float]) -> Mapping[str, object] | None:
    """Bars, percentiles and both ends for ``times`` in milliseconds; None without times."""
    if not times:
        return None
    low, high = min(times), max(times)
    width = (high - low) / BARS or 1.0
    counts = [0] * BARS
    for time in times:
        counts[min(BARS - 1, math.floor((time - low) / width))] += 1
    unit, bar_width = HEIGHT / max(counts), WIDTH / BARS
    bars = [
        {
            "x": round(i * bar_width, 1),
            "y": round(HEIGHT - count * unit, 1),
            "width": round(bar_width - 1, 1),
            "height": round(count * unit, 1),
            "title": f"{low + i * width:.0f}–{low + (i + 1) * width:.0f} ms: {count}",
        }
        for i, count in enumerate(counts)
    ]
    marks = [(percent, float(np.percentile(times, percent))) for percent in PERCENTILES]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "bars": bars,
        "percentiles": [
            {"x": round((time - low) / width * bar_width, 1), "label": f"p{percent} {time:.0f} ms"}
            for percent, time in marks
        ],
        "first": f"{low:.0f} ms",
        "last": f"{high:.0f} ms",
    }
