"""Frames as the platform sends them, and what is left of a text once the mentions are gone."""

from __future__ import annotations

import pytest

from web.channels.wecom_frames import MOST_BYTES, incoming, shortened, without_mentions


def test_words_of_a_frame_are_taken_as_they_come() -> None:
    assert incoming({"cmd": "aibot_msg_callback", "body": 5}) is not None
    assert incoming({"cmd": "aibot_event_callback", "body": {"event": {"eventtype": "feedback_event"}}}) is None
    assert len(shortened("好" * 10_000).encode()) <= MOST_BYTES
    assert shortened("好") == "好"


@pytest.mark.parametrize(
    ("text", "name", "asked"),
    [
        ("@政策助手 A类人才给多少？", "", "A类人才给多少？"),
        ("@政策助手\u2005A类人才给多少？", "", "A类人才给多少？"),
        ("A类人才给多少？@Policy Bot\u2005", "", "A类人才给多少？"),
        ("@张三 @政策助手 安家呢", "", "安家呢"),
        ("@政策助手 ", "", ""),
        ("@政策助手西部大开发企业所得税税率", "", "政策助手西部大开发企业所得税税率"),
        ("@政策助手西部大开发企业所得税税率", "政策助手", "西部大开发企业所得税税率"),
        ("@政策助手西部大开发 企业所得税税率", "政策助手", "西部大开发 企业所得税税率"),
        ("@政策助手，那C类呢？", "政策助手", "那C类呢？"),
        ("@政策助手，那C类呢？", "", "政策助手，那C类呢？"),
        ("那C类呢@政策助手", "政策助手", "那C类呢"),
        ("@政策助手", "政策助手", ""),
    ],
)
def test_a_mention_takes_nothing_of_the_question(text: str, name: str, asked: str) -> None:
    assert without_mentions(text, name) == asked


def test_in_a_conversation_of_two_nothing_is_cut() -> None:
    body = {"msgtype": "text", "text": {"content": "@政策助手 好"}}
    alone = incoming({"cmd": "aibot_msg_callback", "body": body}, "政策助手")
    assert alone is not None
    assert alone.text == "@政策助手 好"
