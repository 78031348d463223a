"""Whether a question is about investment policy: nearer to the foreign subjects than to our own, or not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from bot.pipeline import PolicyBot
from bot.refuse.on_topic import FOREIGN_SUBJECTS, OWN_SUBJECTS, Topics
from index.rankers.protocol import Vectors


def test_it_is_the_nearest_of_each_that_counts() -> None:
    topics = Topics(np.eye(3, dtype=np.float32)[:2], np.array([[0, 0.6, 0.8], [0, 0, 1]], np.float32))
    assert topics.foreignness(np.array([1, 0, 0], np.float32)) == pytest.approx(-1.0)
    assert topics.foreignness(np.array([0, 0, 1], np.float32)) == pytest.approx(1.0)
    assert topics.foreignness(np.array([0, 1, 0], np.float32)) == pytest.approx(0.6 - 1.0)


def test_no_subject_is_both() -> None:
    assert not set(OWN_SUBJECTS) & set(FOREIGN_SUBJECTS)


@pytest.mark.parametrize("text", ["明天下雨吗", "红烧肉怎么做", "帮我写一首诗", "recommend a film"])
def test_subjects_of_other_fields_lean_off(bot: PolicyBot, text: str) -> None:
    assert bot.finder.topics.foreignness(bot.clause_index.encoder.encode_queries([text])[0]) > 0


@pytest.mark.parametrize("text", ["高企首次认定奖多少", "工业用电多少钱一度", "what does the city give to a PhD"])
def test_our_own_do_not(bot: PolicyBot, text: str) -> None:
    assert bot.finder.topics.foreignness(bot.clause_index.encoder.encode_queries([text])[0]) < 0


class _OneAxisEach:
    """An encoder that gives every text its own direction."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        every = (*OWN_SUBJECTS, *FOREIGN_SUBJECTS)
        return np.eye(len(every), dtype=np.float32)[[every.index(text) for text in texts]]


def test_foreignness_is_above_zero_for_a_foreign_subject() -> None:
    encoder = _OneAxisEach()
    topics = Topics.of(encoder)  # pyright: ignore[reportArgumentType]  # only passages are encoded here
    assert topics.foreignness(encoder.encode_passages(FOREIGN_SUBJECTS[:1])[0]) == 1.0
    assert topics.foreignness(encoder.encode_passages(OWN_SUBJECTS[:1])[0]) == -1.0
