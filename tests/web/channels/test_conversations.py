from __future__ import annotations

from web.channels.conversations import Conversations


def test_after_a_silence_a_question_begins_anew() -> None:
    now = [0.0]
    known = Conversations(60.0, 2, lambda: now[0])
    first = known.of("chat", "a")
    for question in ("一", "二", "三"):
        known.asked(first, question)
    assert known.of("chat", "a").turns == ["二", "三"]
    assert known.of("chat", "b").turns == []
    now[0] = 61.0
    assert known.of("chat", "a").id != first.id
