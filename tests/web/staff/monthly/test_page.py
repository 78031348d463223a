"""The monthly report as a page, as one HTML file and as Word: the same numbers, whatever was asked kept as text."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from docx import Document
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from bot.records.types import Feedback, Thumb, TurnOrigin
from bot.types import Question
from tests.web.conftest import TODAY
from tests.web.staff.conftest import STAFF, is_shown_as_text
from web.staff.monthly.page import HOME
from web.staff.shell.audit_log import AuditEntry, AuditLog
from web.staff.shell.office import Office

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
FIRMS = "伊金霍洛旗支持企业高质量发展若干措施"
HOSTILE = '<img src=x onerror=alert(1)> "修订"'


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


@pytest.fixture
def month(office: Office) -> Office:
    records = office.records
    assert records is not None
    for question in ("高企首次认定奖励多少？", "今天天气怎么样"):
        kept = records.keep_turn(
            office.door.bot.ask(Question((question,), TODAY)), TurnOrigin("c", "203.0.113.7", NOON)
        )
        records.keep_feedback(Feedback(kept, NOON, Thumb.DOWN, "不对"))
    return office


def test_the_page_tells_the_month_that_was_chosen(client: TestClient, month: Office) -> None:
    page = client.get(f"{HOME}?month=2026-11").text
    assert "投资政策问答月报：2026年11月" in page
    assert "本月尚未结束" in page
    assert 'aria-label="共提问 2 次，其中 1 次未回答"' in page
    row = page.split(f'class="row-head">{FIRMS}')[1].split("</tr>")[0]
    assert row.count('<td class="number">1</td>') == 3, "asked, answered, complained of"
    assert "与投资政策无关" in page
    assert "这个月没有发布" in page
    assert '<option value="2026-11" selected>' in page


def test_without_a_month_the_one_before_is_shown(client: TestClient, month: Office) -> None:
    page = client.get(HOME).text
    assert "2026年10月" in page
    assert "这个月没有。" in page


@pytest.mark.parametrize(
    ("given", "says"), [("2026-13", "月份不对"), ("x' OR 1=1", "月份不对"), ("2027-01", "还没有到")]
)
@pytest.mark.parametrize("ending", ["", ".html", ".docx"])
def test_what_is_no_month_is_one_sentence(client: TestClient, given: str, says: str, ending: str) -> None:
    reply = client.get(f"{HOME}{ending}", params={"month": given})
    assert reply.status_code == 422
    assert says in reply.text


def test_the_html_file_needs_nothing_beside_it(client: TestClient, month: Office) -> None:
    reply = client.get(f"{HOME}.html?month=2026-11")
    assert reply.headers["content-disposition"] == 'attachment; filename="policyqa-2026-11.html"'
    assert "<style>" in reply.text
    assert FIRMS in reply.text
    assert not [mark for mark in ("<link", "<script", " src=", "http://", "https://") if mark in reply.text]


def test_the_word_file_holds_the_same_numbers(client: TestClient, month: Office) -> None:
    document: Any = Document(io.BytesIO(client.get(f"{HOME}.docx?month=2026-11").content))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert "投资政策问答月报：2026年11月" in said
    assert "提问：2" in said
    assert "未回答：1（50%）" in said
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0][:5] == ["依据的文件", "提问", "已回答", "未回答", "没帮助"]
    assert [FIRMS, "1", "1", "0", "1"] in [row[:5] for row in rows]


def test_what_was_published_is_told_as_text(
    client: TestClient, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = AuditEntry(
        at=NOON, who=STAFF, what="corpus_published", about="20261120-040000-aaaa", details={"note": HOSTILE}
    )
    monkeypatch.setattr(AuditLog, "entries", lambda _: iter([entry]))
    for ending in ("", ".html"):
        page = client.get(f"{HOME}{ending}?month=2026-11").text
        assert "20261120-040000-aaaa" in page
        assert is_shown_as_text(page, HOSTILE)


def test_in_english(client: TestClient, month: Office) -> None:
    page = client.get(f"{HOME}?month=2026-11&lang=en").text
    assert "Policy Q&amp;A, report for 11/2026" in page
    assert "Versions published" in page
