"""The questions of a set on the page: found, opened, changed, deleted; ours only looked at."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from eval.cases.case_files import load_cases
from eval.cases.cases import Case, Evidence
from eval.sets.question_sets import append_case, question_sets, save_set
from tests.web.staff.conftest import COLLEAGUE, STAFF, form_of, is_shown_as_text
from web.staff.shell.office import Office

SETS = "/staff/evaluation/sets"
OWN = f"{SETS}/own"
AWARD, GRANT = "给予30万元奖励", "给予20万元安家补贴"
HOSTILE = "<img src=x onerror=pwn(1)> ${pwn(2)} {{7*7}}"
FIRMS = Case("W1", ("高企首次认定奖励多少？",), kind="single", evidence=(Evidence(AWARD),), answer=(("30万元",),))
DOCTORS = Case("W/2 b", ("先前", "博士安家补贴？"), evidence=(Evidence(GRANT),), answer=(("20万元",),), note="招商例会")


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


@pytest.fixture(autouse=True)
def own(office: Office) -> None:
    save_set(office.settings.home, "own", (FIRMS, DOCTORS), office.door.bot.corpus)


def cases(office: Office) -> dict[str, Case]:
    known = {one.name: one for one in question_sets(office.settings.home)}
    return {case.id: case for case in load_cases([known["own"].path])} if "own" in known else {}


def opened(client: TestClient, identity: str) -> str:
    reply = client.get(f"{OWN}/case", params={"id": identity})
    assert reply.status_code == 200
    return reply.text


def test_a_set_is_opened_from_the_evaluation_page_and_searched(client: TestClient) -> None:
    assert f'href="{OWN}/cases"' in client.get("/staff/evaluation").text
    page = client.get(f"{OWN}/cases").text
    assert "高企首次认定奖励多少？" in page
    assert "2 题" in page
    for query, found in (("W1", 1), ("w/2", 1), ("博士 例会", 1), ("30万元", 1), ("包头", 0), ("万元", 2)):
        page = client.get(f"{OWN}/cases", params={"q": query}).text
        assert page.count('action="/staff/evaluation/sets/own/case/delete"') == found, query
    assert client.get(f"{SETS}/nowhere/cases").status_code == 404


def test_a_long_set_comes_in_pages(client: TestClient, office: Office) -> None:
    many = [Case(f"N{number}", ("怎么申请？",)) for number in range(120)]
    save_set(office.settings.home, "long", many, office.door.bot.corpus)
    page = client.get(f"{SETS}/long/cases?page=3").text
    assert "第 3 / 3 页" in page
    assert page.count('<th scope="row">') == 20


def test_a_question_is_opened_and_changed(client: TestClient, office: Office) -> None:
    form = form_of(opened(client, "W/2 b"), "/case")
    assert form["turns"].split() == ["先前", "博士安家补贴？"]
    reply = client.post(f"{OWN}/case", data={**form, "answer": "20万元|二十万元", "note": HOSTILE})
    assert reply.status_code == 303
    assert "已保存" in client.get(reply.headers["location"]).text
    made = cases(office)["W/2 b"]
    assert (made.answer, made.turns, made.note) == ((("20万元", "二十万元"),), DOCTORS.turns, HOSTILE)
    assert list(cases(office)) == ["W1", "W/2 b"], "in its place"
    assert is_shown_as_text(client.get(f"{OWN}/case?id=W/2 b").text, HOSTILE)
    entry = next(iter(office.audit.entries()))
    assert (entry.who, entry.what, entry.about, entry.details["set"]) == (STAFF, "case_changed", "W/2 b", "own")


def test_what_is_wrong_is_said_in_sentences_and_nothing_typed_is_lost(client: TestClient, office: Office) -> None:
    form = form_of(opened(client, "W1"), "/case")
    wrong = {**form, "quote": "给予40万元奖励", "doc": HOSTILE, "must_not": "30万元", "note": f"我写的{HOSTILE}"}
    reply = client.post(f"{OWN}/case", data=wrong)
    assert reply.status_code == 422
    said = unescape(reply.text.split('role="alert"')[1].split("</div>")[0])
    assert said.count("<li>") == 2
    assert "依据“给予40万元奖励”不在政策原文里" in said
    assert "“30万元”列为不得出现" in said
    assert not re.search("[a-z]{4,} [a-z]{2,}", said.replace("role", "")), "no English on a Chinese page"
    again = form_of(reply.text, "/case")
    for name in ("must_not", "note", "turns", "answer"):
        assert again[name].strip() == wrong[name].strip(), name
    assert is_shown_as_text(reply.text, f"我写的{HOSTILE}")
    assert cases(office)["W1"] == FIRMS
    renamed = client.post(f"{OWN}/case", data={**form, "id": "W/2 b"})
    assert renamed.status_code == 422
    assert "题号“W/2 b”已在题集“own”里" in unescape(renamed.text)


def test_a_question_is_added_and_one_is_deleted_with_its_set(client: TestClient, office: Office) -> None:
    form = form_of(client.get(f"{OWN}/case").text, "/case")
    assert form["id"] == "own-1"
    assert client.post(f"{OWN}/case", data={**form, "turns": "怎么申请？"}).status_code == 303
    assert cases(office)["own-1"] == Case("own-1", ("怎么申请？",))
    for identity in ("own-1", "W1", "W/2 b"):
        page = client.get(f"{OWN}/cases", params={"q": identity}).text
        reply = client.post(f"{OWN}/case/delete", data=form_of(page, "/delete"))
        assert reply.status_code == 303
    assert reply.headers["location"] == "/staff/evaluation#sets"
    assert cases(office) == {}
    assert next(iter(office.audit.entries())).what == "case_deleted"


def test_ours_are_opened_and_not_changed(client: TestClient) -> None:
    page = client.get(f"{SETS}/dev/cases?q=B001").text
    assert "只读" in page
    assert "/case/delete" not in page
    page = client.get(f"{SETS}/dev/case?id=B001").text
    assert "跨境電商" in page
    assert "<button>保存" not in page
    assert client.get(f"{SETS}/dev/case").status_code == 404, "nothing is added either"
    assert client.post(f"{SETS}/dev/case", data={"id": "x", "turns": "怎么申请？"}).status_code == 422
    assert client.post(f"{SETS}/dev/case/delete", data={"id": "B001"}).status_code == 422


def test_a_question_that_is_not_there_is_not_opened(client: TestClient) -> None:
    assert client.get(f"{OWN}/case?id=nowhere").status_code == 404


# ── Two people ─────────────────────────────────────────────────────────────────────────────────


def told(reply: Any) -> str:
    assert reply.status_code == 409
    said = unescape(reply.text.split('id="clash"')[1].split("</div>")[0])
    assert COLLEAGUE in said
    return said


def test_the_second_to_change_a_question_sees_both(client: TestClient, colleague: TestClient, office: Office) -> None:
    mine, theirs = (form_of(opened(who, "W1"), "/case") for who in (client, colleague))
    colleague.post(f"{OWN}/case", data={**theirs, "note": "同事写的"})
    reply = client.post(f"{OWN}/case", data={**mine, "note": "我写的", "answer": "30万元\n首次认定"})
    told(reply)
    assert "<td>同事写的</td>" in reply.text
    assert "<td>我写的</td>" in reply.text
    assert cases(office)["W1"].note == "同事写的"
    again = form_of(reply.text, "/case")
    assert again["note"].strip() == "我写的"
    assert client.post(f"{OWN}/case", data={**again, "note": "同事写的；我写的"}).status_code == 303
    assert (cases(office)["W1"].note, cases(office)["W1"].answer) == ("同事写的；我写的", (("30万元",), ("首次认定",)))


def test_saving_the_very_same_as_somebody_else_is_no_conflict(
    client: TestClient, colleague: TestClient, office: Office
) -> None:
    mine, theirs = (form_of(opened(who, "W1"), "/case") for who in (client, colleague))
    for who, form in ((colleague, theirs), (client, mine)):
        assert who.post(f"{OWN}/case", data={**form, "note": "两人都写的"}).status_code == 303
    assert [entry.what for entry in office.audit.entries()].count("case_changed") == 1


def test_a_question_that_somebody_deleted_can_be_kept_all_the_same(
    client: TestClient, colleague: TestClient, office: Office
) -> None:
    mine = form_of(opened(client, "W1"), "/case")
    gone = form_of(colleague.get(f"{OWN}/cases?q=W1").text, "/delete")
    colleague.post(f"{OWN}/case/delete", data=gone)
    reply = client.post(f"{OWN}/case", data={**mine, "note": "我写的"})
    assert "删除" in told(reply)
    again = form_of(reply.text, "/case")
    assert "old" not in again
    assert client.post(f"{OWN}/case", data=again).status_code == 303
    assert cases(office)["W1"].note == "我写的"
    assert client.post(f"{OWN}/case/delete", data=gone).status_code == 409, "it is another one now"


def test_a_question_that_somebody_changed_is_not_deleted_unseen(
    client: TestClient, colleague: TestClient, office: Office
) -> None:
    mine = form_of(client.get(f"{OWN}/cases?q=W1").text, "/delete")
    colleague.post(f"{OWN}/case", data={**form_of(opened(colleague, "W1"), "/case"), "note": "同事写的"})
    reply = client.post(f"{OWN}/case/delete", data=mine)
    told(reply)
    assert "同事写的" in reply.text
    assert "W1" in cases(office)


def test_a_set_that_somebody_added_to_is_neither_deleted_nor_replaced_unseen(
    client: TestClient, colleague: TestClient, office: Office
) -> None:
    page = client.get("/staff/evaluation").text
    delete, upload = form_of(page, "/own/delete"), form_of(page, "/evaluation/sets")
    form = form_of(colleague.get(f"{OWN}/case").text, "/case")
    colleague.post(f"{OWN}/case", data={**form, "turns": "怎么申请？"})
    told(client.post(f"{OWN}/delete", data=delete))
    file = {"file": ("own.jsonl", '{"id": "x", "turns": ["怎么申请？"]}\n'.encode())}
    wanted = {**upload, "name": "own", "replace": "1", "keep": "1"}
    reply = client.post(SETS, files=file, data=wanted)
    told(reply)
    again = form_of(reply.text, "/evaluation/sets")
    assert (again["name"], again["replace"]) == ("own", "1")
    assert len(cases(office)) == 3
    assert client.post(SETS, files=file, data={**again, "keep": "1"}).status_code == 200
    assert list(cases(office)) == ["x"]


def test_a_case_of_the_bench_that_came_meanwhile_is_no_conflict(client: TestClient, office: Office) -> None:
    mine = form_of(opened(client, "W1"), "/case")
    append_case(office.settings.home, "own", Case("other", ("怎么申请？",)), office.door.bot.corpus)
    assert client.post(f"{OWN}/case", data={**mine, "note": "改"}).status_code == 303
    assert len(cases(office)) == 3
