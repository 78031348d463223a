"""The records as pages: counted, searched, grouped, taken along, forgotten; nobody's address anywhere."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from bot.records.queries import LINES_A_PAGE
from bot.records.store import Records
from bot.records.types import Feedback, Thumb, TurnOrigin
from bot.types import Question
from tests.web.conftest import TODAY
from tests.web.staff.conftest import BROWSER, STAFF, is_shown_as_text, sign_in
from web.staff.pages import add_staff
from web.staff.shell.office import Office

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
VISITOR = "203.0.113.7"
HOSTILE = '<img src=x onerror="pwn(1)"> ${pwn(2)} {{7*7}} [x](javascript:pwn(3)) ![y](http://evil.example/y.png) 天气'
FIRMS_QUESTION = "高企首次认定奖励多少？"


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


@pytest.fixture
def records(office: Office) -> Records:
    assert office.records is not None
    return office.records


def keep(office: Office, *turns: str, at: datetime = NOON, conversation: str = "c1") -> str:
    assert office.records is not None
    answer = office.door.bot.ask(Question(turns, TODAY))
    return office.records.keep_turn(answer, TurnOrigin(conversation, VISITOR, at))


def rows(reply: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"), newline="")))


def test_what_was_asked_is_counted_charted_and_listed(client: TestClient, office: Office, records: Records) -> None:
    first = keep(office, FIRMS_QUESTION)
    keep(office, "今天天气怎么样")
    records.keep_feedback(Feedback(first, NOON, Thumb.DOWN, "数字不对"))
    page = client.get("/staff/records").text
    assert re.findall(r"<dd>(\d+)", page) == ["2", "1", "0", "1"]
    assert "占 50%" in page
    assert 'aria-label="共提问 2 次，其中 1 次未回答"' in page
    assert "document=%E4%BC%8A%E9%87%91" in page, "a document of the chart leads to its questions"
    assert page.count(f'href="/staff/records/{first}"') == 1
    assert f'href="/staff/bench?record={first}#case"' in page
    assert "与投资政策无关" in page


def test_nothing_asked_is_said(client: TestClient) -> None:
    page = client.get("/staff/records")
    assert page.status_code == 200
    assert "没有符合条件的记录" in page.text
    assert "没有未回答的问题" in client.get("/staff/records/unanswered").text


def test_the_list_is_searched_and_filtered(client: TestClient, office: Office, records: Records) -> None:
    keep(office, FIRMS_QUESTION)
    down = keep(office, "引进的博士有多少安家补贴？")
    records.keep_feedback(Feedback(down, NOON, Thumb.DOWN))

    def found(**query: str) -> list[str]:
        return re.findall(
            r'href="/staff/records/[0-9a-f]{32}">([^<]+)<', client.get("/staff/records", params=query).text
        )

    assert found(words="博士 补贴") == ["引进的博士有多少安家补贴？"]
    assert found(opinion="up") == []
    assert found(opinion="down") == ["引进的博士有多少安家补贴？"]
    assert found(status="declined") == []
    assert len(found(first="", last="")) == 2
    assert found(last="2026-11-19") == []
    assert found(document="no such") == []


def test_hostile_questions_and_opinions_are_shown_as_text(client: TestClient, office: Office, records: Records) -> None:
    identity = keep(office, HOSTILE)
    records.keep_feedback(Feedback(identity, NOON, Thumb.DOWN, HOSTILE, HOSTILE, HOSTILE))
    for path in (
        "/staff/records",
        f"/staff/records/{identity}",
        "/staff/records/unanswered",
        f"/staff/bench?record={identity}",
    ):
        page = client.get(path)
        assert page.status_code == 200, path
        assert is_shown_as_text(page.text, HOSTILE), path
    page = client.get("/staff/records", params={"words": HOSTILE, "document": HOSTILE, "reason": HOSTILE}).text
    assert "<img" not in page


def test_long_lists_come_in_pages_and_lead_back(client: TestClient, office: Office) -> None:
    for number in range(LINES_A_PAGE + 2):
        keep(office, "今天天气怎么样", at=NOON + timedelta(minutes=number))

    def ids(page: str) -> list[str]:
        return re.findall(r'href="/staff/records/([0-9a-f]{32})">', page)

    first = client.get("/staff/records").text
    (older,) = re.findall(r'href="(\?[^"]+)#list" rel="next"', first)
    second = client.get("/staff/records" + older.replace("&amp;", "&")).text
    assert (len(ids(first)), len(ids(second))) == (LINES_A_PAGE, 2)
    assert not set(ids(first)) & set(ids(second))
    (newer,) = re.findall(r'href="(\?[^"]+)#list" rel="prev"', second)
    assert ids(client.get("/staff/records" + newer.replace("&amp;", "&")).text) == ids(first)


def test_the_unanswered_stand_together_whatever_the_words(client: TestClient, office: Office) -> None:
    for question in ("包头市的购房补贴是多少？", "请问包头市的购房补贴是多少", "今天天气怎么样"):
        keep(office, question)
    keep(office, FIRMS_QUESTION)
    page = client.get("/staff/records/unanswered").text
    assert "3 次提问，2 类" in page
    assert "<b>2</b>" in page
    assert FIRMS_QUESTION not in page
    assert "1 次提问，1 类" in client.get("/staff/records/unanswered?reason=off_topic").text


def test_of_a_conversation_the_question_that_was_asked_is_grouped(client: TestClient, office: Office) -> None:
    keep(office, "包头市的购房补贴是多少？")
    keep(office, FIRMS_QUESTION, "包头市的购房补贴是多少？", conversation="c2")
    keep(office, FIRMS_QUESTION, "那包头市呢？", conversation="c3")
    page = client.get("/staff/records/unanswered").text
    assert "3 次提问，2 类" in page
    assert "／" not in page
    table = page.split("<tbody>")[1]
    assert table.count(FIRMS_QUESTION) == 1, "of the turn before, for the one that cannot be read without it"
    assert f"连同前文读作：{FIRMS_QUESTION} → 那包头市呢？" in table


def test_one_question_is_looked_at_with_its_answer_and_its_conversation(
    client: TestClient, office: Office, records: Records
) -> None:
    before = keep(office, FIRMS_QUESTION)
    identity = keep(office, FIRMS_QUESTION, "引进的博士有多少安家补贴？", at=NOON + timedelta(minutes=1))
    other = keep(office, "另一个人问的天气", conversation="c2")
    records.keep_feedback(Feedback(identity, NOON, Thumb.UP, "", "很清楚"))
    page = client.get(f"/staff/records/{identity}").text
    for words in ("引进的博士有多少安家补贴？", "20万元", "很清楚", before):
        assert words in page
    assert 'href="/library/' in page, "the clause that still serves can be opened"
    assert other not in page
    assert VISITOR not in page
    turn = records.turn(identity)
    assert turn is not None
    assert turn.client not in page


@pytest.mark.parametrize("path", ["/staff/records/nowhere", "/staff/records/' OR 1=1 --"])
def test_what_is_not_kept_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(f"{path}/forget").status_code == 404


def test_the_table_opens_in_a_spreadsheet_and_runs_nothing(client: TestClient, office: Office) -> None:
    keep(office, "=cmd|' /C calc'!A0 今天天气怎么样")
    keep(office, FIRMS_QUESTION, at=NOON + timedelta(minutes=1))
    reply = client.get("/staff/records.csv?lang=zh")
    assert reply.content.startswith(b"\xef\xbb\xbf")
    assert "records-2026-11-22.csv" in reply.headers["content-disposition"]
    head, *lines = rows(reply)
    assert head[:3] == ["时间", "对话", "问题"]
    assert [line[2] for line in lines] == ["'=cmd|' /C calc'!A0 今天天气怎么样", FIRMS_QUESTION]
    assert VISITOR not in reply.text
    assert len(rows(client.get("/staff/records.csv?status=declined"))) == 2
    assert rows(client.get("/staff/records.csv?lang=en"))[0][2] == "Question"
    assert [entry.what for entry in office.audit.entries()][:3] == ["records_exported"] * 3


def test_a_question_is_forgotten_with_its_opinion_and_the_log_says_who_did_it(
    client: TestClient, office: Office, records: Records
) -> None:
    identity, other = keep(office, FIRMS_QUESTION), keep(office, "今天天气怎么样")
    records.keep_feedback(Feedback(identity, NOON, Thumb.UP))
    reply = client.post(f"/staff/records/{identity}/forget")
    assert reply.headers["location"] == "/staff/records?forgotten=1"
    assert "已删除 1 条" in client.get(reply.headers["location"]).text
    assert [turn.id for turn in records.turns()] == [other]
    assert records.feedback() == {}
    entry = next(iter(office.audit.entries()))
    assert (entry.who, entry.what, entry.about) == (STAFF, "record_forgotten", identity)
    assert "高企" not in str(entry), "the log does not keep what was to be forgotten"


def test_a_whole_conversation_is_forgotten_and_no_other(client: TestClient, office: Office, records: Records) -> None:
    identity, _ = keep(office, FIRMS_QUESTION), keep(office, "今天天气怎么样")
    other = keep(office, "今天天气怎么样", conversation="c2")
    assert client.post(f"/staff/records/{identity}/forget", data={"conversation": "whole"}).status_code == 303
    assert [turn.id for turn in records.turns()] == [other]


def test_turns_of_no_conversation_are_not_forgotten_together(
    client: TestClient, office: Office, records: Records
) -> None:
    identity, other = keep(office, "天气", conversation=""), keep(office, "天气", conversation="")
    client.post(f"/staff/records/{identity}/forget", data={"conversation": "whole"})
    assert [turn.id for turn in records.turns()] == [other]


def test_what_is_too_old_is_gone_when_somebody_looks(client: TestClient, office: Office, records: Records) -> None:
    keep(office, FIRMS_QUESTION, at=datetime.now(UTC) - timedelta(days=8))
    assert client.get("/staff/records?first=&last=").text.count(FIRMS_QUESTION) == 1
    app = FastAPI()
    add_staff(app, replace(office, records=Records(records.path.parent, keep_days=7)))
    with TestClient(app, headers=BROWSER, follow_redirects=False) as visitor:
        sign_in(visitor)
        page = visitor.get("/staff/records?first=&last=").text
    assert "保存 7 天" in page
    assert FIRMS_QUESTION not in page
    assert list(records.turns()) == []


def test_where_no_records_are_kept_the_page_says_so(office: Office) -> None:
    app = FastAPI()
    add_staff(app, replace(office, records=None))
    with TestClient(app, headers=BROWSER, follow_redirects=False) as visitor:
        sign_in(visitor)
        assert "POLICYQA_RECORDS=false" in visitor.get("/staff/records").text
        for path in ("/staff/records.csv", "/staff/records/unanswered", "/staff/records/x"):
            assert visitor.get(path).status_code == 404
