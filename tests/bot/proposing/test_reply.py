"""Replies are strict JSON about clauses that were asked about, or they cannot be used."""

from __future__ import annotations

import json

import pytest

from bot.proposing.reply import ReplyUnreadable, read_reply

TWO = {"records": [{"clause": 2, "title": "a", "value": 3.5}, {"clause": 2, "title": "b", "value": 30000000}]}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(TWO),
        f"```json\n{json.dumps(TWO)}\n```",
        f"\n {json.dumps(TWO)} ",
        f"<think>先看{{第一条}}</think>\n{json.dumps(TWO)}",
    ],
)
def test_records_are_given_by_clause(text: str) -> None:
    first, second, third = read_reply(text, 3)
    assert (first, third) == ([], [])
    assert second == [{"title": "a", "value": 3.5}, {"title": "b", "value": 30000000}]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "已通过",
        '{"records": [{"clause": 1, "title": "a"',
        f"好的：{json.dumps(TWO)}",
        '{"records": {}}',
        '{"result": []}',
        "[]",
        '{"records": [1]}',
        '{"records": [{"title": "a"}]}',
        '{"records": [{"clause": 4}]}',
        '{"records": [{"clause": true}]}',
        '{"records": [{"clause": "1"}]}',
        '{"records": [], "records": []}',
        '{"records": [{"clause": 1, "value": NaN}]}',
        '{"records": [{"clause": 1, "value": 1e999999999}]}',
        r'{"records": [{"clause": 1, "title": "\ud83d"}]}',
        '{"records": [{"clause": 1, "title": "\ud83d"}]}',
        '{"records": ' + "[" * 100_000,
    ],
)
def test_anything_else_cannot_be_used(text: str) -> None:
    with pytest.raises(ReplyUnreadable):
        read_reply(text, 3)
