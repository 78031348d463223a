"""Question sets sent, kept, replaced, taken along and deleted on the page."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import Workbook, load_workbook

from bot.pipeline import PolicyBot
from eval.cases.case_files import load_cases
from eval.sets.question_sets import question_set, question_sets
from tests.web.staff.conftest import STAFF, is_shown_as_text, job_of
from tests.web.staff.evaluation.test_upload import ROW, jsonl
from web.staff.shell.office import Office

SETS = "/staff/evaluation/sets"
HOSTILE_NAME = "<img src=x onerror=pwn(1)>${pwn(2)}{{7*7}}.jsonl"


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


def send(client: TestClient, data: bytes, file: str = "own.jsonl", **fields: str) -> Any:
    return client.post(SETS, files={"file": (file, data)}, data={"keep": "1", **fields})


def own_sets(office: Office) -> dict[str, int]:
    return {one.name: one.count for one in question_sets(office.settings.home) if one.writable}


def test_a_sound_set_is_kept_under_the_name_of_its_file(client: TestClient, office: Office) -> None:
    reply = send(client, jsonl(ROW), "招商 局.jsonl")
    assert reply.status_code == 200
    assert "已保存为题集“招商-局”" in reply.text
    assert own_sets(office) == {"招商-局": 1}
    entry = next(iter(office.audit.entries()))
    assert (entry.who, entry.what, entry.about, entry.details["questions"]) == (STAFF, "set_kept", "招商-局", "1")
    assert "招商-局" in client.get("/staff/evaluation").text


def test_a_workbook_with_chinese_columns_and_no_more_than_is_needed_is_kept(client: TestClient, office: Office) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["编号", "问题", "依据", "答案"])
    sheet.append([1, "高企首次认定奖励多少？", "给予30万元奖励", "30万元 | 三十万元"])
    sheet.append([2, "怎么申请？", None, None])
    file = io.BytesIO()
    book.save(file)
    reply = send(client, file.getvalue(), "招商.xlsx")
    assert reply.status_code == 200, reply.text
    first, second = load_cases([question_set(office.settings.home, "招商").path])
    assert (first.id, first.answer, first.evidence[0].quote) == ("1", (("30万元", "三十万元"),), "给予30万元奖励")
    assert (second.turns, second.evidence, second.type) == (("怎么申请？",), (), "")
    assert "没有写依据" in reply.text
    job = job_of(office, client.post("/staff/evaluation/run", data={"set": "招商"}))
    assert job.state == "done", job
    assert client.get(job.result).status_code == 200


def test_checking_alone_keeps_nothing(client: TestClient, office: Office) -> None:
    reply = client.post(SETS, files={"file": ("own.jsonl", jsonl(ROW))})
    assert "没有保存" in reply.text
    assert own_sets(office) == {}


def test_a_set_of_the_same_name_is_replaced_only_when_that_is_said(client: TestClient, office: Office) -> None:
    send(client, jsonl(ROW), name="own")
    more = jsonl(ROW, {**ROW, "id": "W2"})
    refused = send(client, more, name="own")
    assert refused.status_code == 422
    assert "已有同名题集" in refused.text
    assert own_sets(office) == {"own": 1}
    assert send(client, more, name="own", replace="1").status_code == 200
    assert own_sets(office) == {"own": 2}


@pytest.mark.parametrize("name", ["dev", "../own", "a b", "x" * 61, "<b>"])
def test_a_name_that_cannot_be_given_keeps_nothing(client: TestClient, office: Office, name: str) -> None:
    reply = send(client, jsonl(ROW), name=name)
    assert reply.status_code == 422
    assert "没有保存" in reply.text
    assert "<b>" not in reply.text.split("<main")[1].replace("<b>2", "")
    assert own_sets(office) == {}


def test_faults_are_listed_with_their_rows_and_as_text(client: TestClient, office: Office) -> None:
    hostile = "<img src=x onerror=pwn(1)> ${pwn(2)} {{7*7}}"
    wrong = {**ROW, "id": hostile, "evidence": [{"quote": f"没有这句 {hostile}"}]}
    reply = send(client, jsonl(ROW, wrong), HOSTILE_NAME)
    assert reply.status_code == 422
    assert "有 1 处错误" in reply.text
    assert "不在政策原文里，请逐字摘录" in reply.text
    assert "is not in the corpus" not in reply.text
    assert is_shown_as_text(reply.text, hostile)
    assert is_shown_as_text(reply.text, HOSTILE_NAME)
    assert own_sets(office) == {}


@pytest.mark.parametrize("data", [b"", b"\x7fELF\0", b"PK\x03\x04 no workbook"])
def test_what_is_no_question_set_is_refused_in_a_sentence(client: TestClient, office: Office, data: bytes) -> None:
    reply = send(client, data, "own.jsonl")
    assert reply.status_code == 422
    assert "文件无法读取" in reply.text
    assert own_sets(office) == {}


def test_no_file_at_all_leads_back_to_the_page(client: TestClient) -> None:
    reply = client.post(SETS, data={"keep": "1"})
    assert reply.status_code == 422
    assert "请选择要上传的文件" in reply.text


@pytest.mark.parametrize("ending", ["jsonl", "csv", "xlsx"])
def test_a_set_is_taken_along_and_can_be_sent_again(client: TestClient, office: Office, ending: str) -> None:
    send(client, jsonl(ROW), name="own")
    reply = client.get(f"{SETS}/own.{ending}")
    assert reply.status_code == 200
    assert reply.headers["content-disposition"] == f"attachment; filename*=UTF-8''own.{ending}"
    assert send(client, reply.content, f"again.{ending}", name="own", replace="1").status_code == 200
    assert own_sets(office) == {"own": 1}


@pytest.mark.parametrize("file", ["own.exe", "nowhere.csv", "..%2F..%2Faccounts.jsonl", "own", ".jsonl"])
def test_nothing_else_is_given_out(client: TestClient, file: str) -> None:
    send(client, jsonl(ROW), name="own")
    assert client.get(f"{SETS}/{file}").status_code == 404


def test_a_set_of_ours_is_taken_along_but_not_deleted(client: TestClient, office: Office) -> None:
    first = json.loads(client.get(f"{SETS}/dev.jsonl").content.splitlines()[0])
    assert first["id"]
    reply = client.post(f"{SETS}/dev/delete")
    assert reply.status_code == 422
    assert any(one.name == "dev" for one in question_sets(office.settings.home))


def test_a_set_is_deleted_and_the_log_says_so(client: TestClient, office: Office) -> None:
    send(client, jsonl(ROW), name="own")
    assert client.post(f"{SETS}/own/delete").headers["location"] == "/staff/evaluation#sets"
    assert own_sets(office) == {}
    assert next(iter(office.audit.entries())).what == "set_deleted"
    assert client.post(f"{SETS}/own/delete").status_code == 422


@pytest.mark.parametrize(("lang", "first", "guide"), [("zh", "编号", "填写说明"), ("en", "id", "guide")])
def test_a_template_to_fill_in_says_what_each_column_holds(
    client: TestClient, office: Office, lang: str, first: str, guide: str
) -> None:
    reply = client.get(f"/staff/evaluation/template.xlsx?lang={lang}")
    book = load_workbook(io.BytesIO(reply.content))
    heads = [str(cell.value) for cell in book["questions"][1]]
    assert heads[0] == first
    assert [row[0].value for row in book[guide].iter_rows()] == heads
    book["questions"].append(["A01", "工商业用水多少钱一吨", ROW["evidence"][0]["quote"], "10.4元 | 10.4 yuan"])
    file = io.BytesIO()
    book.save(file)
    assert send(client, file.getvalue(), "filled.xlsx").status_code == 200
    assert own_sets(office) == {"filled": 1}
