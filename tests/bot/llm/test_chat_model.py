from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator

import pytest
from pydantic import SecretStr

from bot.awaited import NobodyWaits, while_awaited
from bot.llm.chat_model import ChatModel, ChatSettings, Failure, ModelFailed, Tokens
from ingest.errors import ModelUnusable
from tests.bot.chat_server import (
    Behaviour,
    Line,
    ScriptedServer,
    breaks_off,
    cannot_count,
    counts,
    drips,
    escaped,
    hangs,
    pours,
    replies,
    says,
    says_then,
    scripted_server,
    talks_nonsense,
)

KEY = "sk-secret-7777"
SHORT_S = 0.4  # a deadline that a test can wait for


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as server:
        yield server


def settings(url: str | None, **changes: object) -> ChatSettings:
    told: dict[str, object] = {
        "model": "openai:scripted",
        "base_url": url,
        "api_key": SecretStr(KEY),
        "timeout_s": 10.0,
        "temperature": 0.0,
        "max_tokens": 321,
    }
    return ChatSettings(**(told | changes))  # type: ignore[arg-type]  # names and types are those above


@pytest.fixture(scope="module")
def ask(server: ScriptedServer) -> Callable[[Behaviour, float], str]:
    patient, hasty = (ChatModel.start(settings(server.url, timeout_s=s)) for s in (10.0, SHORT_S))

    def reply(behaviour: Behaviour, timeout_s: float = 10.0) -> str:
        server.behaviour = behaviour
        model = hasty if timeout_s == SHORT_S else patient
        return "".join(model.reply("规则", "材料"))

    return reply


def test_a_reply_arrives_in_pieces_and_whole(ask: Callable[..., str]) -> None:
    assert ask(says("给予300万元一次性奖励。[1]")) == "给予300万元一次性奖励。[1]"


def test_a_thread_that_has_ended_is_started_again(server: ScriptedServer, caplog: pytest.LogCaptureFixture) -> None:
    model = ChatModel.start(settings(server.url))
    (thread,) = [one for one in threading.enumerate() if one.name == "chat-model"][-1:]
    server.behaviour = says("好")
    assert "".join(model.reply("规则", "材料")) == "好"
    loop = model._loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    assert "".join(model.reply("规则", "材料")) == "好"
    assert caplog.text.count("another goes on") == 1


def test_the_server_is_told_what_the_owner_set(ask: Callable[..., str], server: ScriptedServer) -> None:
    ask(says("好"))
    seen = server.seen[-1]
    assert seen.path == "/v1/chat/completions"
    assert seen.authorization == f"Bearer {KEY}"
    assert seen.body["model"] == "scripted"
    assert (seen.body["temperature"], seen.body["max_tokens"], seen.body["stream"]) == (0.0, 321, True)
    assert [message["role"] for message in seen.body["messages"]] == ["system", "user"]


# ── Tokens ─────────────────────────────────────────────────────────────────────────────────────


def whole(pieces: Generator[str, None, Tokens | None]) -> tuple[str, Tokens | None]:
    said: list[str] = []
    while True:
        try:
            said.append(next(pieces))
        except StopIteration as ended:
            return "".join(said), ended.value


@pytest.mark.parametrize(
    ("behaviour", "counted", "tokens"),
    [
        (counts("好", 900, 12), True, Tokens(900, 12)),
        (counts("好", 900, 12), False, None),  # the page does not ask for it
        (says("好"), True, None),  # a server that overhears the wish
        (cannot_count("好"), True, None),  # one that refuses it is asked again without
    ],
)
def test_tokens_are_what_the_server_counted(
    server: ScriptedServer, behaviour: Behaviour, counted: bool, tokens: Tokens | None
) -> None:
    server.behaviour = behaviour
    assert whole(ChatModel.start(settings(server.url)).reply("规则", "材料", counted=counted)) == ("好", tokens)


def test_a_bad_request_that_is_not_about_counting_fails(server: ScriptedServer) -> None:
    server.behaviour = replies(400)
    server.seen.clear()
    with pytest.raises(ModelFailed) as raised:
        whole(ChatModel.start(settings(server.url)).reply("规则", "材料", counted=True))
    assert raised.value.failure is Failure.UNREACHABLE
    assert len(server.seen) == 2


@pytest.mark.parametrize(
    ("behaviour", "failure"),
    [
        (replies(429), Failure.UNREACHABLE),
        (replies(500), Failure.UNREACHABLE),
        (replies(401), Failure.UNREACHABLE),
        (replies(404, "<h1>Not Found</h1>", "text/html"), Failure.UNREACHABLE),
        (replies(200, "<h1>Welcome to nginx</h1>", "text/html"), Failure.UNREACHABLE),
        (replies(200, "null"), Failure.UNREACHABLE),
        (says_then("给予", breaks_off), Failure.UNREACHABLE),
        (says_then("给予", talks_nonsense), Failure.UNREACHABLE),
        (says_then("给予", lambda line: line.raw('data: {"error": {"message": "overloaded"}}\n\n')), Failure.UNREACHABLE),
        (says_then("给予", lambda line: line.raw('data: {"choices": null}\n\n')), Failure.UNREACHABLE),
        (says("给予", reason="content_filter"), Failure.REFUSED),
        (says("给予", reason="length"), Failure.ENDLESS),
        (pours("给予奖励。" * 200, 10_000), Failure.ENDLESS),  # 10 million characters
    ],
)  # fmt: skip
def test_whatever_goes_wrong_is_one_failure(ask: Callable[..., str], behaviour: Behaviour, failure: Failure) -> None:
    with pytest.raises(ModelFailed) as raised:
        ask(behaviour)
    assert raised.value.failure is failure
    assert KEY not in str(raised.value)


@pytest.mark.parametrize("behaviour", [hangs, drips, says_then("给予", hangs), says_then("给予", drips)])
def test_the_deadline_is_for_the_whole_reply(ask: Callable[..., str], behaviour: Behaviour) -> None:
    with pytest.raises(ModelFailed) as raised:
        ask(behaviour, SHORT_S)
    assert raised.value.failure is Failure.TIMED_OUT


def test_a_server_is_left_when_nobody_listens_any_more(server: ScriptedServer) -> None:
    server.hung_up.clear()
    server.behaviour = says_then("给予", drips)
    reply = ChatModel.start(settings(server.url)).reply("规则", "材料")
    assert next(reply) == "给予"
    reply.close()
    assert server.hung_up.wait(10)


def test_questions_at_the_same_time_do_not_mix(server: ScriptedServer) -> None:
    server.behaviour = lambda line: says(line.seen.prompt)(line)
    model = ChatModel.start(settings(server.url))
    heard: dict[str, str] = {}

    def listen(text: str) -> None:
        heard[text] = "".join(model.reply("规则", text))

    threads = [threading.Thread(target=listen, args=(f"第{n}问",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert heard == {f"第{n}问": f"第{n}问" for n in range(8)}


def test_nobody_there_is_a_failure_too() -> None:
    with scripted_server() as gone:
        url = gone.url
    with pytest.raises(ModelFailed) as raised:
        list(ChatModel.start(settings(url)).reply("规则", "材料"))
    assert raised.value.failure is Failure.UNREACHABLE


@pytest.mark.parametrize(
    ("model", "url", "key", "words"),
    [
        ("openai:gpt-4.1", None, None, "POLICYQA_CHAT_API_KEY"),
        ("anthropic:claude-haiku", None, SecretStr(KEY), "pip install"),  # its package is not installed
        ("qwen-plus", "http://127.0.0.1:1/v1", None, "POLICYQA_CHAT_MODEL"),  # whose model is it?
        ("nobody:model", "http://127.0.0.1:1/v1", None, "POLICYQA_CHAT_MODEL"),
    ],
)
def test_a_model_that_cannot_be_started_says_what_to_do(
    model: str, url: str | None, key: SecretStr | None, words: str
) -> None:
    with pytest.raises(ModelUnusable) as raised:
        ChatModel.start(settings(url, model=model, api_key=key))
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)
    assert KEY not in str(raised.value)


def test_openai_itself_needs_only_a_key() -> None:
    ChatModel.start(settings(None))  # nothing is asked before the first question


def test_a_server_without_a_key_gets_a_placeholder(server: ScriptedServer) -> None:
    server.behaviour = says("好")
    model = ChatModel.start(settings(server.url, api_key=None))
    assert "".join(model.reply("规则", "材料")) == "好"
    assert KEY not in server.seen[-1].authorization


def test_a_model_is_left_alone_once_nobody_waits(server: ScriptedServer) -> None:
    gone = threading.Event()

    def thinks(line: Line) -> None:
        line.begin()
        gone.set()
        hangs(line)

    server.behaviour = thinks
    with while_awaited(lambda: not gone.is_set()), pytest.raises(NobodyWaits):
        list(ChatModel.start(settings(server.url)).reply("规则", "材料"))


@pytest.mark.parametrize("said", ["给予\ud800300万元。[1]", "\udfff", "好。[1]\ud83d"])
def test_half_a_character_is_no_reply(server: ScriptedServer, said: str) -> None:
    server.behaviour = escaped(said)
    with pytest.raises(ModelFailed) as raised:
        list(ChatModel.start(settings(server.url)).reply("规则", "材料"))
    assert raised.value.failure is Failure.UNREACHABLE


def test_a_pair_of_halves_is_a_character(server: ScriptedServer) -> None:
    server.behaviour = escaped("好🏠")
    assert "".join(ChatModel.start(settings(server.url)).reply("规则", "材料")) == "好🏠"
