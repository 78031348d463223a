"""Reminders by mail: one message for what is due and was not mailed yet, sent by the server of the settings."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from ingest.errors import PolicyQAError
from web.settings import WebSettings
from web.staff.reminders.due import Reminder
from web.staff.reminders.kept import ReminderFile
from web.staff.reminders.wording import PAGE, said
from web.staff.shell.words import sayer
from web.texts import Tongue

TIMEOUT_S = 20.0
TONGUES: tuple[Tongue, ...] = ("zh", "en")


class MailNotSent(PolicyQAError):
    """The server of the settings did not take a mail."""


@dataclass(frozen=True, slots=True)
class Mailed:
    """What was sent."""

    count: int
    refused: tuple[str, ...]  # addresses the server did not take, beside others that it took


def mail_due(due: Sequence[Reminder], file: ReminderFile, settings: WebSettings, today: date) -> Mailed | None:
    """Mail what was not mailed yet; None when there is nothing.

    Others wait meanwhile, so that no two processes send one reminder. Raises MailNotSent, RemindersUnusable: then it
    is tried again another time.
    """
    if all(one.key in file.read().mailed for one in due):
        return None
    with file.changing(today) as known:
        new = [one for one in due if one.key not in known.mailed]
        refused = send(letter(new, settings), settings) if new else ()
        for one in new:
            known.first.setdefault(one.key, today)
            known.mailed[one.key] = today
    return Mailed(len(new), refused) if new else None


def letter(due: Sequence[Reminder], settings: WebSettings) -> EmailMessage:
    """The message: the reminders in Chinese, and the same in English."""
    parts: list[str] = []
    for tongue in TONGUES:
        t = sayer(PAGE, tongue)
        lines = [f"- {said(one, tongue)}" for one in due]
        page = f"{settings.public_url}/staff/reminders" if settings.public_url else ""
        parts.append("\n".join([t("mail_lead", n=len(due)), "", *lines, *(["", page] if page else [])]))
    made = EmailMessage()
    made["Subject"] = sayer(PAGE, "zh")("mail_subject", n=len(due))
    made["From"] = settings.smtp_from
    made["To"] = ", ".join(settings.smtp_to)
    made["Date"] = formatdate(localtime=True)
    made["Message-ID"] = make_msgid(domain=settings.smtp_from.rpartition("@")[2])
    made["Auto-Submitted"] = "auto-generated"
    made.set_content("\n\n".join(parts) + "\n")
    return made


def send(message: EmailMessage, settings: WebSettings) -> tuple[str, ...]:
    """Hand a message to the server; returns the addresses it refused beside others. Raises MailNotSent."""
    host, port = settings.smtp_host, settings.smtp_port
    try:
        server = _opened(settings)
        try:
            if settings.smtp_user:
                password = settings.smtp_password.get_secret_value() if settings.smtp_password else ""
                server.login(settings.smtp_user, password)
            refused = server.send_message(message)
        finally:
            with suppress(OSError, smtplib.SMTPException):  # what was taken is sent, however they part
                server.quit()
    except (OSError, smtplib.SMTPException) as error:
        raise MailNotSent("web.mail_not_sent", host=host, port=port, reason=_reason(error)) from error
    return tuple(sorted(refused))


def _opened(settings: WebSettings) -> smtplib.SMTP:
    """A connection, encrypted as the settings say. Raises OSError, SMTPException."""
    context = ssl.create_default_context()
    if settings.smtp_security == "tls":
        return smtplib.SMTP_SSL(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_S, context=context)
    server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_S)
    if settings.smtp_security == "starttls":
        try:
            server.starttls(context=context)
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
    return server


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        return f"{error.smtp_code} {words}"
    return str(error) or type(error).__name__
