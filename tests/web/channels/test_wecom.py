"""The bot of 企业微信 against a stand-in of its server."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from threading import Event
from typing import Any

import pytest

from bot.records.store import Records
from ingest.errors import ServiceUnavailable
from tests.web.channels.wecom_server import BOT, SECRET, WeComServer, wecom_server
from tests.web.conftest import SOON_S, TODAY, LittleBot
from web.answers.bot_pool import BotDoor
from web.answers.recording import Ledger
from web.api.answer_service import AnswerService
from web.channels.answering import answer_until_ended
from web.channels.wecom import MOST_BYTES, Pace, WeCom, incoming, shortened
from web.http.guards import Allowance
from web.settings import WebSettings

QUICK = Pace(heartbeat_s=0.05, ack_s=5.0, show_every_s=0.0, first_retry_s=0.01)
ASKED = "全职引进的A类人才给多少安家补贴？"
Talk = Callable[[WeComServer], Awaitable[None]]


@pytest.fixture
def service(bot: LittleBot, settings: WebSettings) -> AnswerService:
    return service_with(bot, settings)


def service_with(bot: LittleBot, settings: WebSettings, per_minute: int = 100, **more: Any) -> AnswerService:
    door = BotDoor(2)
    door.open(bot)
    known = settings.model_copy(update={"public_url": "https://zc.example.gov.cn"})
    return AnswerService(door, Allowance(per_minute), known, lambda: TODAY, **more)


def play(service: AnswerService, talk: Talk, secret: str = SECRET) -> WeComServer:
    """Let the bot run while somebody talks to it."""

    async def both() -> WeComServer:
        async with wecom_server() as server:
            running = asyncio.create_task(answer_until_ended(WeCom(server.url, BOT, secret, QUICK), service))
            talking = asyncio.create_task(_talk(talk, server))
            await asyncio.wait({running, talking}, return_when=asyncio.FIRST_COMPLETED)
            if not running.done():
                await talking
                running.cancel()
                with suppress(asyncio.CancelledError):
                    await running
            else:
                talking.cancel()
                running.result()
            return server

    return asyncio.run(both())


async def _talk(talk: Talk, server: WeComServer) -> None:
    await talk(server)


def content(frame: dict[str, Any]) -> str:
    body = frame["body"]
    return body[body["msgtype"]]["content"]


def test_an_answer_is_shown_while_it_is_made_and_its_sources_are_links(service: AnswerService) -> None:
    async def talk(server: WeComServer) -> None:
        await server.sends(ASKED)
        await server.seen(1)

    server = play(service, talk)
    replies = [frame for frame in server.frames if frame["cmd"] == "aibot_respond_msg"]
    assert [frame["body"]["stream"]["finish"] for frame in replies][-2:] == [False, True]
    assert {frame["headers"]["req_id"] for frame in replies} == {"req-m1"}
    assert len({frame["body"]["stream"]["id"] for frame in replies}) == 1
    said = content(server.whole()[0])
    assert "300万元" in said
    assert "](https://zc.example.gov.cn/library/talent-30#clause-talent-30%2F1-2)" in said


def test_what_is_sent_twice_is_answered_once(service: AnswerService, bot: LittleBot) -> None:
    before = len(bot.asked)

    async def talk(server: WeComServer) -> None:
        await server.sends(ASKED)
        await server.sends(ASKED)
        await server.seen(1)
        await server.sends("稳岗返还多少？", identity="m2")
        await server.seen(2)

    server = play(service, talk)
    assert len(server.whole()) == 2
    assert len(bot.asked) - before == 2


def test_a_reply_whose_line_was_cut_is_delivered_on_the_next_and_seen_once(service: AnswerService) -> None:
    async def talk(server: WeComServer) -> None:
        server.drop_before_ack = 1
        await server.sends(ASKED)
        await server.seen(1)
        await server.sends("稳岗返还多少？", identity="m2")
        await server.seen(2)

    server = play(service, talk)
    assert server.connections == 2
    assert ["300万元" in content(frame) for frame in server.whole()] == [True, False]
    first = [frame for frame in server.frames if frame["headers"]["req_id"] == "req-m1"]
    assert len({frame["body"]["stream"]["id"] for frame in first}) == 1


def test_where_the_ticket_is_over_the_reply_is_sent_by_itself(service: AnswerService) -> None:
    async def talk(server: WeComServer) -> None:
        server.refuse_with["aibot_respond_msg"] = 846608
        await server.sends(ASKED)
        await server.seen(2)

    pushed = play(service, talk).whole()[-1]
    assert (pushed["cmd"], pushed["body"]["chatid"], pushed["body"]["chat_type"]) == ("aibot_send_msg", "zhang.san", 1)
    assert "300万元" in content(pushed)


def test_each_person_follows_up_their_own(service: AnswerService, bot: LittleBot) -> None:
    group: Any = {"chattype": "group", "chatid": "g1"}

    async def talk(server: WeComServer) -> None:
        for number, (person, text) in enumerate(
            [("a", "@助手 人才有哪些政策"), ("b", "@助手 稳岗返还多少"), ("a", "@助手 安家呢")], start=1
        ):
            await server.sends(text, identity=f"m{number}", person=person, **group)
            await server.seen(number)

    play(service, talk)
    assert [question.turns for question in bot.asked[-3:]] == [
        ("人才有哪些政策",),
        ("稳岗返还多少",),
        ("人才有哪些政策", "安家呢"),
    ]


def test_what_one_person_sends_at_once_is_answered_in_order(service: AnswerService, bot: LittleBot) -> None:
    asked = ["人才有哪些政策", "安家呢", "稳岗返还多少", "还有吗", "A类呢", "岗位呢"]

    async def talk(server: WeComServer) -> None:
        for number, text in enumerate(asked, start=1):
            await server.sends(text, identity=f"m{number}")
        await server.seen(len(asked))

    server = play(service, talk)
    assert [question.turns for question in bot.asked[-6:]] == [tuple(asked[:end]) for end in range(1, 7)]
    assert [frame["headers"]["req_id"] for frame in server.whole()] == [f"req-m{number}" for number in range(1, 7)]


def test_a_message_that_comes_during_an_answer_waits_for_it(settings: WebSettings) -> None:
    third = Event()
    overtaken: list[bool] = []

    class Slow(LittleBot):
        def stream(self, question: Any) -> Any:
            if question.last == "岗位三":
                third.set()
            if question.last == "岗位二":
                overtaken.append(third.wait(0.3))
            return super().stream(question)

    async def talk(server: WeComServer) -> None:
        await server.sends("岗位一", identity="m1")
        await server.sends("岗位二", identity="m2")
        await server.seen(1)
        await server.sends("岗位三", identity="m3")
        await server.seen(3)

    play(service_with(Slow(), settings), talk)
    assert overtaken == [False]


def test_records_name_nobody(bot: LittleBot, settings: WebSettings, records: Records, ledger: Ledger) -> None:
    async def talk(server: WeComServer) -> None:
        await server.sends(ASKED)
        await server.seen(1)

    play(service_with(bot, settings, ledger=ledger), talk)
    assert ledger.settle(SOON_S)
    (turn,) = records.turns()
    assert "zhang.san" not in repr(turn)
    assert len(turn.conversation) == 32
    assert b"zhang.san" not in records.path.read_bytes()


def test_limits_count_each_person(bot: LittleBot, settings: WebSettings) -> None:
    async def talk(server: WeComServer) -> None:
        for number, person in enumerate(["a", "a", "b"], start=1):
            await server.sends(ASKED, identity=f"m{number}", person=person)
            await server.seen(number)

    server = play(service_with(bot, settings, per_minute=1), talk)
    assert ["提问太多" in content(frame) for frame in server.whole()] == [False, True, False]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"text": {"content": "  "}}, "请写上您的问题"),
        ({"msgtype": "image", "image": {"url": "x"}}, "只能读文字"),
        ({"text": {"content": "长" * 61}}, "61"),
        ({"msgtype": "voice", "voice": {"content": ASKED}}, "300万元"),
        ({"msgtype": "mixed", "mixed": {"msg_item": [{"msgtype": "text", "text": {"content": ASKED}}]}}, "300万元"),
    ],
)
def test_whatever_is_sent_gets_a_reply(service: AnswerService, body: dict[str, Any], said: str) -> None:
    async def talk(server: WeComServer) -> None:
        await server.sends("", **body)
        await server.seen(1)

    assert said in content(play(service, talk).whole()[0])


def test_who_opens_the_conversation_is_welcomed(service: AnswerService) -> None:
    async def talk(server: WeComServer) -> None:
        body = {"msgid": "e1", "from": {"userid": "a"}, "msgtype": "event", "event": {"eventtype": "enter_chat"}}
        await server.push("aibot_event_callback", "req-e1", body)
        await server.seen(1)

    (welcome,) = play(service, talk).whole()
    assert (welcome["cmd"], welcome["body"]["msgtype"]) == ("aibot_respond_welcome_msg", "text")


def test_a_wrong_key_ends_it_with_a_sentence(service: AnswerService) -> None:
    async def talk(server: WeComServer) -> None:
        await server.subscribed.wait()

    with pytest.raises(ServiceUnavailable, match="853000"):
        play(service, talk, secret="wrong")


def test_another_connection_of_the_bot_ends_it(service: AnswerService) -> None:
    async def talk(server: WeComServer) -> None:
        body = {"msgtype": "event", "event": {"eventtype": "disconnected_event"}}
        await server.push("aibot_event_callback", "req-x", body)
        await asyncio.Event().wait()

    with pytest.raises(ServiceUnavailable, match="taken over"):
        play(service, talk)


def test_a_fault_nobody_foresaw_is_said_and_the_next_question_answered(settings: WebSettings) -> None:
    class Failing(LittleBot):
        def stream(self, question: Any) -> Any:
            if "fault" in question.last:
                raise RuntimeError("secret")
            return super().stream(question)

    async def talk(server: WeComServer) -> None:
        await server.sends("fault")
        await server.seen(1)
        await server.sends(ASKED, identity="m2")
        await server.seen(2)

    failed, answered = play(service_with(Failing(), settings), talk).whole()
    assert "secret" not in content(failed)
    assert "300万元" in content(answered)


def test_the_line_is_kept_alive(service: AnswerService) -> None:
    async def talk(server: WeComServer) -> None:
        async with server.arrived:
            await server.arrived.wait_for(lambda: sum(frame["cmd"] == "ping" for frame in server.frames) >= 2)

    play(service, talk)


def test_words_of_a_frame_are_taken_as_they_come() -> None:
    assert incoming({"cmd": "aibot_msg_callback", "body": 5}) is not None
    assert incoming({"cmd": "aibot_event_callback", "body": {"event": {"eventtype": "feedback_event"}}}) is None
    assert len(shortened("好" * 10_000).encode()) <= MOST_BYTES
    assert shortened("好") == "好"


def test_without_a_bot_in_the_settings_it_says_what_to_set(settings: WebSettings) -> None:
    with pytest.raises(ServiceUnavailable, match="POLICYQA_WECOM_BOT_ID"):
        WeCom.of(settings)
