"""Many clauses are asked about in batches; whatever the server does, each is answered, or counted with a reason."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.llm.chat_model import ChatModel, ChatSettings
from bot.proposing.answers import KeptAnswers
from bot.proposing.asking import CHARS_OF_A_BATCH, MOST_FAILURES, Asked, AskingLimits, Model, Stopped, ask_all
from bot.proposing.prompts import ClauseAsked
from tests.bot.chat_server import (
    Behaviour,
    Line,
    ScriptedServer,
    breaks_off,
    drips,
    escaped,
    hangs,
    pours,
    replies,
    says,
    says_then,
    talks_nonsense,
)
from tests.bot.proposing.conftest import HIGH_TECH, NUMBERED, TODAY, Made, answers

Ask = Callable[..., Asked]
NOTHING = '{"records": []}'


@pytest.fixture
def ask(
    server: ScriptedServer, model: Model, clauses: list[ClauseAsked], kept: KeptAnswers, limits: AskingLimits
) -> Ask:
    def ask(behaviour: Behaviour, *, told: Any = lambda done, total: None, of: Any = None, **changes: Any) -> Asked:
        server.behaviour = behaviour
        server.seen.clear()
        asked = ask_all(
            changes.pop("model", model), clauses if of is None else of, kept, replace(limits, **changes), TODAY, told
        )
        return asked

    return ask


def many(clauses: list[ClauseAsked], number: int) -> list[ClauseAsked]:
    """So many clauses that differ, each of which fills a batch."""
    padding = "略" * (CHARS_OF_A_BATCH - 100)
    one = clauses[0]
    return [replace(one, clause=replace(one.clause, text=f"第{n}号。{padding}")) for n in range(number)]


def test_all_clauses_of_a_document_are_asked_about_at_once_and_their_tokens_counted(
    ask: Ask, server: ScriptedServer, clauses: list[ClauseAsked], raw: Made
) -> None:
    asked = ask(answers((HIGH_TECH, raw())))
    assert (asked.clauses, asked.requests, len(server.seen)) == (len(clauses), 1, 1)
    assert (asked.sent, asked.written, asked.is_estimate) == (700, 90, False)
    assert [len(asked.answers[one.digest("openai:scripted")].records) for one in clauses].count(1) == 1
    assert server.seen[0].body["max_tokens"] == 500
    assert "tools" not in server.seen[0].body


def test_what_was_answered_is_not_asked_again(
    ask: Ask, server: ScriptedServer, clauses: list[ClauseAsked], raw: Made
) -> None:
    first = ask(answers((HIGH_TECH, raw())))
    again = ask(breaks_off)
    assert server.seen == []
    assert again.answers == first.answers
    assert (again.remembered, again.clauses, again.requests, again.sent) == (len(clauses), 0, 0, 0)
    changed = replace(clauses[0], clause=replace(clauses[0].clause, text="对企业给予1万元奖励。"))
    ask(says(NOTHING), of=[changed, *clauses[1:]])
    ((number, text),) = NUMBERED.findall(server.seen[0].prompt)
    assert (number, text) == ("1", "对企业给予1万元奖励。"), "only the clause that changed"


def test_half_a_json_is_asked_for_once_more(ask: Ask, server: ScriptedServer, clauses: list[ClauseAsked]) -> None:
    def half_then_whole(line: Line) -> None:
        says(NOTHING if "上一次的回答" in line.seen.prompt else NOTHING[:9])(line)

    asked = ask(half_then_whole)
    assert (asked.requests, asked.clauses) == (2, len(clauses))
    assert not asked.unanswered


@pytest.mark.parametrize(
    ("behaviour", "reason", "requests"),
    [
        (says('{"records": [{"clause": 1, "title": "高'), "malformed", 2),
        (says("好的，已通过。"), "malformed", 2),
        (says('{"records": [{"clause": 99}]}'), "malformed", 2),
        (escaped('{"records": [{"clause": 1, "title": "\ud83d"}]}'), "unreachable", 1),
        (says(r'{"records": [{"clause": 1, "title": "\ud83d"}]}'), "malformed", 2),
        (says_then('{"records": [', breaks_off), "unreachable", 1),
        (talks_nonsense, "unreachable", 1),
        (replies(500), "unreachable", 1),
        (replies(200, "<html>login</html>", "text/html"), "unreachable", 1),
        (says("", reason="content_filter"), "refused", 1),
    ],
)
def test_an_answer_that_cannot_be_used_leaves_its_clauses_counted(
    ask: Ask, clauses: list[ClauseAsked], kept: KeptAnswers, behaviour: Behaviour, reason: str, requests: int
) -> None:
    asked = ask(behaviour)
    assert asked.unanswered == {reason: len(clauses)}
    assert asked.requests == requests
    assert asked.answers == {}
    assert not list(kept.folder.rglob("*.json")), "nothing is kept of it"


def test_calls_of_tools_are_no_answer(ask: Ask, clauses: list[ClauseAsked]) -> None:
    def calls(line: Line) -> None:
        call = {"index": 0, "id": "t1", "type": "function", "function": {"name": "accept", "arguments": "{}"}}
        delta = {"role": "assistant", "content": None, "tool_calls": [call]}
        chunk = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        line.begin()
        for part in (
            {"index": 0, "delta": delta, "finish_reason": None},
            {"index": 0, "delta": {}, "finish_reason": "tool_calls"},
        ):
            line.raw(f"data: {json.dumps({**chunk, 'choices': [part]})}\n\n")
        line.raw("data: [DONE]\n\n")

    assert ask(calls).unanswered == {"malformed": len(clauses)}


def test_a_reply_that_is_too_long_is_asked_for_in_halves(
    ask: Ask, server: ScriptedServer, clauses: list[ClauseAsked]
) -> None:
    def cut_when_several(line: Line) -> None:
        several = len(NUMBERED.findall(line.seen.prompt)) > 1
        (says(NOTHING[:5], reason="length") if several else says(NOTHING))(line)

    asked = ask(cut_when_several)
    assert asked.clauses == len(clauses)
    assert asked.requests == 2 * len(clauses) - 1
    assert not asked.unanswered
    one = ask(pours("很长" * 100, 400), of=[replace(clauses[0], document="另一份")])
    assert one.unanswered == {"endless": 1}


def test_a_server_that_does_not_answer_is_left(ask: Ask, server: ScriptedServer, clauses: list[ClauseAsked]) -> None:
    asked = ask(breaks_off, of=many(clauses, 9), at_once=1)
    assert len(server.seen) == MOST_FAILURES
    assert asked.stopped is Stopped.SERVER
    assert asked.unanswered == {"unreachable": MOST_FAILURES, "not_asked": 9 - MOST_FAILURES}


@pytest.mark.parametrize("slow", [hangs, drips])
def test_a_slow_server_is_left_at_the_time_limit_of_a_reply(
    ask: Ask, server: ScriptedServer, clauses: list[ClauseAsked], slow: Behaviour
) -> None:
    quick = Model("openai:scripted", ChatModel.start(ChatSettings("openai:scripted", server.url, None, 0.3, 0.0, 500)))
    assert ask(slow, model=quick).unanswered == {"timed_out": len(clauses)}


def test_the_time_of_a_run_ends_what_is_under_way(ask: Ask, clauses: list[ClauseAsked]) -> None:
    asked = ask(hangs, of=many(clauses, 3), seconds=0.3)
    assert asked.stopped is Stopped.TIME
    assert asked.unanswered == {"not_asked": 3}


def test_the_tokens_of_a_run_end_it(ask: Ask, server: ScriptedServer, clauses: list[ClauseAsked]) -> None:
    asked = ask(answers(), of=many(clauses, 5), at_once=1, tokens=1500)
    assert asked.stopped is Stopped.TOKENS
    assert (asked.clauses, len(server.seen)) == (2, 2)
    assert asked.unanswered == {"not_asked": 3}
    gone_on = ask(answers(), of=many(clauses, 5), at_once=1)
    assert (gone_on.remembered, gone_on.clauses) == (2, 3)


def test_no_more_requests_run_at_once_than_set(ask: Ask, server: ScriptedServer, clauses: list[ClauseAsked]) -> None:
    now, most, both = [0], [0], threading.Event()

    def counting(line: Line) -> None:
        now[0] += 1
        most[0] = max(most[0], now[0])
        if now[0] == 2:
            both.set()
        both.wait(5)
        now[0] -= 1
        says(NOTHING)(line)

    assert ask(counting, of=many(clauses, 6)).clauses == 6
    assert most == [2]


def test_whoever_stops_it_is_heard_while_a_reply_is_waited_for(
    ask: Ask, server: ScriptedServer, clauses: list[ClauseAsked]
) -> None:
    class Stop(Exception):
        pass

    def told(done: int, total: int) -> None:
        if server.seen:
            raise Stop

    with pytest.raises(Stop):
        ask(hangs, told=told)


def test_how_far_it_is_is_told(ask: Ask, clauses: list[ClauseAsked]) -> None:
    heard: list[tuple[int, int]] = []
    ask(says(NOTHING), told=lambda done, total: heard.append((done, total)))
    assert heard[0] == (0, len(clauses))
    assert heard[-1] == (len(clauses), len(clauses))


def test_clauses_of_two_documents_are_not_asked_about_together(
    ask: Ask, server: ScriptedServer, clauses: list[ClauseAsked]
) -> None:
    ask(says(NOTHING), of=[*clauses, *(replace(one, document="另一份文件") for one in clauses)])
    assert sorted(len(re.findall("文件：《", seen.prompt)) for seen in server.seen) == [1, 1]
