"""Reminders by mail: each once, to a server on this machine; tried again when it was not taken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.pipeline import PolicyBot
from tests.web.conftest import TODAY
from tests.web.staff.reminders.mail_server import Taken, mail_server
from web.settings import WebSettings
from web.staff.reminders.due import Kind, Reminder
from web.staff.reminders.kept import ReminderFile
from web.staff.reminders.mail import MailNotSent, mail_due
from web.staff.reminders.postman import Postman
from web.staff.shell.office import Office

FIRST = Reminder("ending-30:a:2026-12-31", Kind.ENDING, "甲办法", "a", until=date(2026, 12, 31), days=20, before=30)
SECOND = Reminder("ending-7:b:2026-12-15", Kind.ENDING, "乙办法", "b", until=date(2026, 12, 15), days=4, before=7)
TO = ("wang@example.gov.cn", "li@example.gov.cn")


@pytest.fixture
def server() -> Iterator[Taken]:
    with mail_server() as taken:
        yield taken


@pytest.fixture
def settings(server: Taken, tmp_path: Path) -> WebSettings:
    return with_mail(server.port, home=tmp_path)


@pytest.fixture
def kept(tmp_path: Path) -> ReminderFile:
    return ReminderFile(tmp_path / "reminders.json")


def with_mail(port: int, **more: Any) -> WebSettings:
    values: dict[str, Any] = {
        "smtp_host": "127.0.0.1",
        "smtp_port": port,
        "smtp_security": "none",
        "smtp_from": "policyqa@example.gov.cn",
        "smtp_to": ", ".join(TO),
        "public_url": "https://zc.example.gov.cn",
        **more,
    }
    return WebSettings(**values)


def test_each_reminder_is_mailed_once(server: Taken, settings: WebSettings, kept: ReminderFile) -> None:
    mailed = mail_due([FIRST], kept, settings, TODAY)
    assert (mailed is not None and mailed.count, server.recipients) == (1, [list(TO)])
    assert mail_due([FIRST], kept, settings, TODAY) is None
    assert mail_due([FIRST], ReminderFile(kept._path), settings, TODAY) is None, "another process knows it too"
    mail_due([FIRST, SECOND], kept, settings, TODAY)
    first, second = (str(message.get_content()) for message in server.messages)
    assert "《甲办法》2026-12-31 到期，还有 20 天。" in first
    assert "ends on 2026-12-31, 20 days from now" in first
    assert "https://zc.example.gov.cn/staff/reminders" in first
    assert "乙办法" in second
    assert "甲办法" not in second
    assert str(server.messages[0]["Subject"]) == "政策提醒：1 条"
    assert server.messages[0]["From"] == "policyqa@example.gov.cn"


def test_what_was_not_taken_is_tried_again(server: Taken, settings: WebSettings, kept: ReminderFile) -> None:
    server.refuse_all = True
    with pytest.raises(MailNotSent, match=rf"127\.0\.0\.1:{server.port}"):
        mail_due([FIRST], kept, settings, TODAY)
    assert kept.read().mailed == {}
    server.refuse_all = False
    assert mail_due([FIRST], kept, settings, TODAY) is not None
    with pytest.raises(MailNotSent):
        mail_due([SECOND], kept, with_mail(1), TODAY)  # nobody listens there


def test_one_address_that_is_refused_sends_nothing_twice(
    server: Taken, settings: WebSettings, kept: ReminderFile
) -> None:
    server.refused = {TO[0]}
    mailed = mail_due([FIRST], kept, settings, TODAY)
    assert mailed is not None
    assert (mailed.refused, server.recipients) == ((TO[0],), [[TO[1]]])
    assert mail_due([FIRST], kept, settings, TODAY) is None


def test_a_server_that_hangs_up_after_the_mail_gets_it_once(
    server: Taken, settings: WebSettings, kept: ReminderFile
) -> None:
    server.rude = True
    mail_due([FIRST], kept, settings, TODAY)
    mail_due([FIRST], kept, settings, TODAY)
    assert len(server.messages) == 1


def test_a_server_that_cannot_encrypt_gets_nothing(server: Taken, kept: ReminderFile) -> None:
    with pytest.raises(MailNotSent):
        mail_due([FIRST], kept, with_mail(server.port, smtp_security="starttls"), TODAY)
    assert server.messages == []


@pytest.mark.parametrize(
    "given", [{"smtp_to": ""}, {"smtp_to": "nobody"}, {"smtp_from": ""}, {"smtp_from": "a@b.cn\nBcc: c@d.cn"}]
)
def test_settings_that_cannot_send_are_refused_at_the_start(given: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="POLICYQA_SMTP_"):
        with_mail(25, **given)


class TestPostman:
    @pytest.fixture
    def bot(self, policy_bot: PolicyBot) -> PolicyBot:
        return policy_bot

    @pytest.fixture
    def texts(self, texts: Path) -> Path:
        (texts / "快到期.txt").write_text(
            f"青川区到期办法\n第一条 奖励10万元。\n第二条 本办法自2024年1月1日起施行，有效期至{TODAY.year}年12月31日。\n",
            "utf-8",
        )
        return texts

    @pytest.fixture
    def staff_settings(self, staff_settings: WebSettings, server: Taken) -> WebSettings:
        mail = with_mail(server.port)
        fields = ("smtp_host", "smtp_port", "smtp_security", "smtp_from", "smtp_to")
        return staff_settings.model_copy(update={name: getattr(mail, name) for name in fields})

    def test_a_look_mails_what_is_due_and_notes_it(self, office: Office, server: Taken) -> None:
        postman = Postman(office)
        assert postman.look() == ""
        assert postman.look() == ""
        (message,) = server.messages
        assert "《青川区到期办法》" in str(message.get_content())
        assert next(office.audit.entries()).what == "reminders_mailed"
        server.refuse_all = True
        (office.settings.home / "reminders.json").unlink()
        assert "POLICYQA_SMTP_HOST" in postman.look()
