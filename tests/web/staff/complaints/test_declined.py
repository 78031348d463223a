"""Questions declined, group by group: settled by a case, a row, or as not ours, and opened again."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from bot.records.types import TurnOrigin
from bot.types import Question
from tests.web.conftest import TODAY
from tests.web.staff.conftest import COLLEAGUE, form_of
from web.staff.shell.office import Office

HOME = "/staff/complaints/declined"
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


def ask(office: Office, question: str) -> None:
    assert office.records is not None
    answer = office.door.bot.ask(Question((question,), TODAY))
    office.records.keep_turn(answer, TurnOrigin("c", "203.0.113.7", NOON))


def settle(client: TestClient, page: str = "", **fields: str) -> Any:
    return client.post(HOME, data=form_of(page or client.get(HOME).text, "/declined") | fields)


def test_what_is_not_ours_stays_so_whoever_asks_again(client: TestClient, office: Office) -> None:
    ask(office, "今天天气怎么样")
    page = client.get(HOME).text
    assert "今天天气怎么样" in page
    assert settle(client, mended="not_ours").status_code == 303
    ask(office, "请问今天天气怎么样？")
    assert "没有这样的问题" in client.get(HOME).text
    done = client.get(f"{HOME}?show=settled").text
    assert "2 次" in done
    entry = next(office.audit.entries())
    assert (entry.what, entry.details["mended"]) == ("declined_settled", "not_ours")
    assert "天气" not in str(entry), "the log outlasts what was asked"
    assert settle(client, done, open_again="yes").status_code == 303
    assert "今天天气怎么样" in client.get(HOME).text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "请选择怎样处理"),
        ({"mended": "glossary", "reference": "没有的词"}, "都没有“没有的词”"),
        ({"mended": "case"}, "哪一道"),
    ],
)
def test_what_cannot_be_is_a_sentence(client: TestClient, office: Office, fields: dict[str, str], said: str) -> None:
    ask(office, "今天天气怎么样")
    reply = settle(client, **fields)
    assert (reply.status_code, said in reply.text) == (422, True)
    assert form_of(reply.text, "/declined")["reference"] == fields.get("reference", "")


def test_a_group_is_settled_by_a_row(client: TestClient, office: Office) -> None:
    ask(office, "今天天气怎么样")
    assert settle(client, mended="glossary", reference="高企").status_code == 303
    assert "/staff/glossary?q=%E9%AB%98%E4%BC%81" in client.get(f"{HOME}?show=settled").text
    assert client.post(HOME, data={"group": "0" * 64, "mended": "not_ours"}).status_code == 404


def test_the_second_of_two_is_told(client: TestClient, colleague: TestClient, office: Office) -> None:
    ask(office, "今天天气怎么样")
    page = client.get(HOME).text
    assert settle(colleague, mended="not_ours").status_code == 303
    late = settle(client, page, mended="glossary", reference="高企")
    assert (late.status_code, COLLEAGUE in late.text) == (409, True)


def test_a_declined_question_made_a_case_is_settled_and_takes_no_unlike_turns_along(
    client: TestClient, office: Office
) -> None:
    assert office.records is not None
    turns = ("高企奖励多少？", "工业水价多少？", "今天天气怎么样")
    answer = office.door.bot.ask(Question(turns, TODAY))
    identity = office.records.keep_turn(answer, TurnOrigin("c", "203.0.113.7", NOON))
    bench = client.get(f"/staff/bench?record={identity}").text
    assert "工业水价" not in bench.split("<main")[1]
    asked = urlencode({"question": turns[-1], "as_of": TODAY.isoformat(), "record": identity})
    case = {"asked": asked, "verdict": "right", "decline": "off-topic"}
    reply = client.post("/staff/bench/case", data=case)
    assert reply.status_code == 303, reply.text
    assert "没有这样的问题" in client.get(HOME).text
    settled = client.get(f"{HOME}?show=settled").text
    assert re.search(r"/staff/evaluation/sets/staff/case\?id=bench-", settled)


def test_what_may_have_mended_it_is_offered(client: TestClient, office: Office) -> None:
    ask(office, "今天天气怎么样")
    assert '<option value="高企">' in client.get(HOME).text
