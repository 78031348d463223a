"""What a rate is of and for whom: power, water, gas, heat, land; homes, farms, public bodies, businesses, new industries."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.vocabulary.rates import rate_words

_USES: Mapping[str, re.Pattern[str]] = {name: re.compile(said.pattern) for name, said in rate_words().uses.items()}

_GOODS: Mapping[str, re.Pattern[str]] = {name: re.compile(said.pattern) for name, said in rate_words().goods.items()}


def uses_named(text: str) -> frozenset[str]:
    """The uses that ``text`` (simplified, lower case) names; empty when it names none."""
    return frozenset(use for use, pattern in _USES.items() if pattern.search(text))


def goods_named(text: str) -> frozenset[str]:
    """What is paid for (电, 水, 气, 热, 地) that ``text`` (simplified, lower case) names; empty when it names none."""
    return frozenset(good for good, pattern in _GOODS.items() if pattern.search(text))
