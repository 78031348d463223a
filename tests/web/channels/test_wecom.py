"""The bot of 企业微信 against a stand-in of its server."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from pydantic import SecretStr

from bot.records.store import Records
from ingest.errors import ServiceUnavailable
from tests.web.channels.wecom_server import BOT, SECRET, WeComServer, wecom_server
from tests.web.conftest import SOON_S, TODAY, LittleBot
from web.answers.bot_pool import BotDoor
from web.answers.recording import Ledger
from web.api.answer_service import AnswerService
from web.channels.answering import Farewell, answer_until_ended
from web.channels.wecom import MOST_REFUSED, Pace, WeCom
from web.http.guards import Allowance
from web.settings import WebSettings

QUICK = Pace(heartbeat_s=0.05, ack_s=5.0, show_every_s=0.0, first_retry_s=0.01)
ASKED = "全职引进的A类人才给多少安家补贴？"
Talk = Callable[[WeComServer], Awaitable[Any]]


@pytest.fixture
def service(bot: LittleBot, settings: WebSettings) -> AnswerService:
    return service_with(bot, settings)


def service_with(bot: LittleBot, settings: WebSettings, per_minute: int = 100, **more: Any) -> AnswerService:
    door = BotDoor(2)
    door.open(bot)
    known = settings.model_copy(update={"public_url": "https://zc.example.gov.cn"})
    return AnswerService(door, Allowance(per_minute), known, lambda: TODAY, **more)


def play(
    service: AnswerService,
    talk: Talk,
    secret: str = SECRET,
    refuse_first: Sequence[tuple[int, str]] = (),
    pace: Pace = QUICK,
    deaf: bool = False,
    **ending: Any,
) -> WeComServer:
    """Let the bot run while somebody talks to it."""

    async def both() -> WeComServer:
        async with wecom_server() as server:
            server.subscribe_once, server.deaf = list(refuse_first), deaf
            channel = WeCom(server.url, BOT, secret, pace)
            running = asyncio.create_task(answer_until_ended(channel, service, **ending))
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


@pytest.mark.parametrize("refused", [(-1, "system busy"), (45009, "api freq out of limit"), (6000, "data version")])
def test_a_passing_refusal_at_the_beginning_is_waited_out(
    service: AnswerService, refused: tuple[int, str], caplog: pytest.LogCaptureFixture
) -> None:
    async def talk(server: WeComServer) -> None:
        await server.sends(ASKED)
        await server.seen(1)

    server = play(service, talk, refuse_first=[refused, refused])
    assert (server.connections, len(server.whole())) == (1, 1)
    assert f"{refused[0]} {refused[1]}" in caplog.text


def test_a_wrong_secret_of_another_family_ends_it(service: AnswerService) -> None:
    with pytest.raises(ServiceUnavailable, match="40001 invalid secret"):
        play(service, lambda server: asyncio.Event().wait(), refuse_first=[(40001, "invalid secret")])


@pytest.mark.parametrize("codes", [[45009], [-1, -1], [6001, 45033, -1]])
def test_a_reply_that_is_not_taken_for_now_is_sent_again(service: AnswerService, codes: list[int]) -> None:
    async def talk(server: WeComServer) -> None:
        server.refuse_once = list(codes)
        await server.sends(ASKED)
        async with server.arrived:
            await server.arrived.wait_for(lambda: finals(server) > len(codes))
        await server.sends("稳岗返还多少？", identity="m2")
        await server.seen(2)

    server = play(service, talk)
    assert server.taken[0] == "req-m1"
    assert len(server.whole()) == 2, "under the same id it replaces itself"


@pytest.mark.parametrize(("code", "times"), [(40008, 1), (45009, MOST_REFUSED)])
def test_a_reply_is_given_up_when_nothing_heals_it(
    service: AnswerService, code: int, times: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def talk(server: WeComServer) -> None:
        server.refuse_once = [code] * times
        await server.sends(ASKED)
        async with server.arrived:
            await server.arrived.wait_for(lambda: finals(server) == times)
        await server.sends("稳岗返还多少？", identity="m2")
        await server.seen(2)

    assert play(service, talk).taken == ["req-m2"]
    assert f"errcode {code}" in caplog.text


def finals(server: WeComServer) -> int:
    return sum(frame["cmd"] != "ping" and frame["body"]["stream"]["finish"] for frame in server.frames)


def test_every_lost_line_has_its_reason_in_the_log(service: AnswerService, caplog: pytest.LogCaptureFixture) -> None:
    async def talk(server: WeComServer) -> None:
        for number in (1, 2):
            await server.sends(ASKED, identity=f"m{number}")
            await server.seen(number)
            server.subscribed.clear()
            assert server.line is not None
            await server.line.close()
        await server.subscribed.wait()

    play(service, talk)
    lost = [record.getMessage() for record in caplog.records if "was lost" in record.getMessage()]
    assert len(lost) == 2
    assert all("(closed by the other side, 1000)" in line for line in lost)


def test_an_unanswered_ping_is_said_and_the_line_opened_again(
    service: AnswerService, caplog: pytest.LogCaptureFixture
) -> None:
    async def talk(server: WeComServer) -> None:
        await server.subscribed.wait()
        server.subscribed.clear()
        await server.subscribed.wait()

    server = play(service, talk, pace=replace(QUICK, ack_s=0.05), deaf=True)
    assert server.connections >= 2
    assert "ping was not answered" in caplog.text


def test_a_line_that_is_cut_leaves_nothing_unretrieved(
    service: AnswerService, caplog: pytest.LogCaptureFixture
) -> None:
    async def talk(server: WeComServer) -> None:
        server.drop_before_ack = 3
        for number in range(1, 6):
            await server.sends(ASKED, identity=f"m{number}", person=f"p{number}")
        await server.seen(5)

    play(service, talk)
    gc.collect()
    assert "never retrieved" not in caplog.text


class Stuck(LittleBot):
    """Holds the answer to one question until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go = Event(), Event()

    def stream(self, question: Any) -> Any:
        if "卡" in question.last:
            self.begun.set()
            self.go.wait(SOON_S)
        return super().stream(question)


@pytest.mark.parametrize("in_time", [True, False])
def test_a_stop_answers_what_is_under_way_or_says_that_it_cannot(settings: WebSettings, in_time: bool) -> None:
    bot, stopped = Stuck(), asyncio.Event()

    async def talk(server: WeComServer) -> None:
        await server.sends("卡住的人才问题")
        await server.sends("然后呢", identity="m2")  # waits for its turn
        await asyncio.to_thread(bot.begun.wait, SOON_S)
        stopped.set()
        await server.sends("稳岗返还多少？", identity="m3", person="b")
        await server.seen(1)
        if in_time:
            bot.go.set()
        await server.seen(3)
        await asyncio.Event().wait()  # it ends by itself

    farewell = Farewell(SOON_S if in_time else 0.05, SOON_S)
    server = play(service_with(bot, settings), talk, stopped=stopped, farewell=farewell)
    bot.go.set()
    said = {frame["headers"]["req_id"]: content(frame) for frame in server.whole()}
    assert "服务正在重启" in said["req-m3"]
    assert ("300万元" in said["req-m1"]) is in_time
    assert ["服务正在重启" in said[f"req-m{number}"] for number in (1, 2)] == [not in_time] * 2


def test_a_stop_without_a_line_ends_within_its_bound(settings: WebSettings) -> None:
    bot, stopped = Stuck(), asyncio.Event()

    async def talk(server: WeComServer) -> None:
        await server.sends("卡住的人才问题")
        await asyncio.to_thread(bot.begun.wait, SOON_S)
        server.subscribe_once = [(-1, "busy")] * 10_000
        assert server.line is not None
        await server.line.close()
        stopped.set()
        await asyncio.Event().wait()

    play(service_with(bot, settings), talk, stopped=stopped, farewell=Farewell(0.05, 0.05))
    bot.go.set()


def test_more_messages_than_are_answered_at_once_are_all_answered(
    service: AnswerService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.channels.answering.MOST_AT_ONCE", 2)

    async def talk(server: WeComServer) -> None:
        for number in range(1, 8):
            await server.sends(ASKED, identity=f"m{number}", person=f"p{number}")
        await server.seen(7)

    assert len(play(service, talk).whole()) == 7


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


def test_without_a_bot_in_the_settings_it_says_what_to_set(settings: WebSettings) -> None:
    for known in ({}, {"wecom_bot_id": BOT}, {"wecom_bot_id": BOT, "wecom_secret": SecretStr("")}):
        with pytest.raises(ServiceUnavailable, match="POLICYQA_WECOM_BOT_ID"):
            WeCom.of(settings.model_copy(update=known))
