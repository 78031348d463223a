"""Complaints as work: listed by stage, taken, mended, answered and closed, by two people without a loss."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from bot.records.complaints import Mended, Stage, complaint_on
from bot.records.store import Records
from bot.records.types import Feedback, Thumb, TurnOrigin
from bot.types import Question
from eval.cases.cases import Case
from eval.sets.question_sets import save_set
from ingest.corpus.draft import draft_folder, drafts
from tests.web.conftest import TODAY
from tests.web.staff.conftest import COLLEAGUE, FIRMS, STAFF, form_of, is_shown_as_text
from web.staff.identity.roles import Role
from web.staff.shell.office import Office

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
HOSTILE = "<img src=x onerror=pwn(1)>"
QUESTION = "高企首次认定奖励多少？"


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


@pytest.fixture
def records(office: Office) -> Records:
    assert office.records is not None
    return office.records


@pytest.fixture
def complaint(office: Office, records: Records) -> str:
    return complain(office, records, QUESTION)


def complain(office: Office, records: Records, question: str, words: str = "不是30万元") -> str:
    answer = office.door.bot.ask(Question((question,), TODAY))
    turn = records.keep_turn(answer, TurnOrigin("c", "203.0.113.7", NOON))
    records.keep_feedback(Feedback(turn, NOON, Thumb.DOWN, "数字不对", words))
    return turn


def fill(client: TestClient, complaint: str, page: str = "", **fields: str) -> tuple[int, str]:
    address = f"/staff/complaints/{complaint}"
    form = form_of(page or client.get(address).text, f"/{complaint}")
    reply = client.post(address, data=form | fields)
    return reply.status_code, reply.text


def stage(records: Records, complaint: str) -> Stage:
    found = complaint_on(records, complaint)
    assert found is not None
    return found.work.stage


def test_a_complaint_is_taken_mended_answered_and_closed(
    client: TestClient, office: Office, records: Records, complaint: str
) -> None:
    save_set(office.settings.home, "own", [Case("W1", (QUESTION,))], office.door.bot.corpus)
    assert "1 件投诉没有人办" in client.get("/staff").text
    steps = [
        ({"taken_by": STAFF}, Stage.TAKEN),
        ({"mended": "case", "reference": "own/W1"}, Stage.MENDED),
        ({"answer": "已电话告知，奖励为30万元。"}, Stage.ANSWERED),
        ({"closed": "yes"}, Stage.CLOSED),
    ]
    for fields, reached in steps:
        assert fill(client, complaint, **fields)[0] == 303
        assert stage(records, complaint) is reached
    page = client.get(f"/staff/complaints/{complaint}").text
    assert "/staff/evaluation/sets/own/case?id=W1" in page
    log = [entry for entry in office.audit.entries() if entry.what == "complaint_worked_on"]
    assert [sorted(entry.details) for entry in reversed(log)] == [
        ["taken_by"],
        ["mended", "reference"],
        ["answer"],
        ["closed"],
    ]
    assert "没有办结" not in client.get("/staff").text
    assert client.get("/staff/complaints?stage=open").text.count(f"/staff/complaints/{complaint}") == 0
    assert client.get("/staff/complaints?stage=closed").text.count(f"/staff/complaints/{complaint}") == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"mended": "case"}, "哪一道测试题"),
        ({"mended": "case", "reference": "own/W9"}, "没有测试题“own/W9”"),
        ({"mended": "case", "reference": "../x/y"}, "没有测试题"),
        ({"mended": "glossary", "reference": "没有的词"}, "都没有“没有的词”"),
        ({"mended": "entitlement", "reference": "k9"}, "没有支持事项“k9”"),
        ({"mended": "policy", "reference": "没有的文件"}, "没有的文件"),
        ({"closed": "yes"}, "怎样改正，或怎样答复"),
    ],
)
def test_what_cannot_be_kept_is_a_sentence_and_nothing_typed_is_lost(
    client: TestClient, records: Records, complaint: str, fields: dict[str, str], said: str
) -> None:
    status, page = fill(client, complaint, **{"taken_by": STAFF} | fields)
    assert (status, said in page) == (422, True), page
    assert stage(records, complaint) is Stage.OPEN
    assert form_of(page, f"/{complaint}")["taken_by"] == STAFF


@pytest.mark.parametrize(
    ("mended", "reference"), [("glossary", "高企"), ("policy", FIRMS), ("policy", "养老服务若干措施"), ("not_ours", "")]
)
def test_it_may_be_mended_by_what_is_there(
    client: TestClient, records: Records, complaint: str, mended: str, reference: str
) -> None:
    assert fill(client, complaint, mended=mended, reference=reference)[0] == 303
    found = complaint_on(records, complaint)
    assert found is not None
    assert (found.work.mended, found.work.reference) == (Mended(mended), reference)


def test_it_may_be_mended_by_a_policy_that_is_only_in_a_draft_named_by_its_title(
    client: TestClient, office: Office, records: Records, complaint: str
) -> None:
    client.post("/staff/corpus/drafts")
    (draft,) = drafts(office.settings.home)
    folder = draft_folder(office.settings.home, draft)
    given = {"mended": "policy", "reference": "伊金霍洛旗支持夜校若干措施"}
    (folder / "a7.txt").write_bytes(b"\x00\x01")
    status, page = fill(client, complaint, **given)
    assert (status, "没有标题或文件名含" in page) == (422, True)
    (folder / "a7.txt").write_text("伊金霍洛旗支持夜校若干措施\n\n一、对夜校给予5万元补助。\n", encoding="utf-8")
    assert fill(client, complaint, **given)[0] == 303


def test_the_second_of_two_is_told_and_loses_nothing(
    client: TestClient, colleague: TestClient, records: Records, complaint: str
) -> None:
    page = client.get(f"/staff/complaints/{complaint}").text
    assert fill(colleague, complaint, answer="同事已答复")[0] == 303
    status, late = fill(client, complaint, page, answer="我的答复", taken_by=STAFF)
    assert (status, COLLEAGUE in late, "同事已答复" in late) == (409, True, True)
    assert form_of(late, f"/{complaint}")["answer"] == "我的答复"
    assert fill(client, complaint, late)[0] == 303
    found = complaint_on(records, complaint)
    assert found is not None
    assert (found.work.answer, found.work.taken_by) == ("我的答复", STAFF)


def test_who_only_looks_reads_and_changes_nothing(colleague: TestClient, office: Office, complaint: str) -> None:
    office.accounts.set_role(COLLEAGUE, Role.LOOK)
    page = colleague.get(f"/staff/complaints/{complaint}").text
    assert "不是30万元" in page
    assert "保存" not in page
    assert colleague.post(f"/staff/complaints/{complaint}", data={"answer": "x"}).status_code == 403
    assert "件投诉" not in colleague.get("/staff").text


def test_who_only_looks_is_not_offered_to_take_it(
    client: TestClient, colleague: TestClient, office: Office, complaint: str
) -> None:
    option = f'<option value="{COLLEAGUE}"'
    assert option in client.get(f"/staff/complaints/{complaint}").text
    office.accounts.set_role(COLLEAGUE, Role.LOOK)
    assert option not in client.get(f"/staff/complaints/{complaint}").text


def test_the_table_holds_every_complaint_and_runs_nothing(client: TestClient, office: Office, records: Records) -> None:
    turn = complain(office, records, QUESTION, "=1+1")
    fill(client, turn, answer=HOSTILE)
    reply = client.get("/staff/complaints.csv")
    head, row = list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"), newline="")))
    assert (head[0], row[1], row[3], row[5], row[9]) == ("时间", QUESTION, "'=1+1", "已答复", HOSTILE)
    assert next(office.audit.entries()).what == "complaints_exported"


def test_weeks_are_counted_and_hostile_words_are_text(client: TestClient, office: Office, records: Records) -> None:
    turn = complain(office, records, QUESTION, HOSTILE)
    page = client.get("/staff/complaints").text
    assert 'aria-label="最近 26 周共收到 1 件"' in page
    assert "2026-11-16 起的一周：收到 1，办结 0" in page
    assert is_shown_as_text(client.get(f"/staff/complaints/{turn}").text, HOSTILE)
    assert client.get("/staff/complaints/nothing").status_code == 404


def test_a_forgotten_record_takes_its_complaint_along(client: TestClient, records: Records, complaint: str) -> None:
    fill(client, complaint, answer="已答复")
    records.forget_turn(complaint)
    assert client.get(f"/staff/complaints/{complaint}").status_code == 404
    assert "没有这样的投诉" in client.get("/staff/complaints").text
