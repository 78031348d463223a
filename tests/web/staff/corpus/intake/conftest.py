"""Files to bring in, and how tests bring them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from ingest.corpus.draft import Draft, drafts
from web.staff.corpus.intake.background import MANY
from web.staff.corpus.intake.items import Item, Items
from web.staff.shell.office import Office

HOME = "/staff/corpus/many"


def notice(number: int, town: str = "青川区") -> bytes:
    """A policy with everything that is printed of one."""
    return f"""{town}人民政府办公室关于印发《{town}支持第{number}类企业若干措施》的通知

{town[:1]}政办发〔2026〕{number}号

一、对首次认定的第{number}类企业给予{number}0万元奖励。

本措施自2026年1月1日起施行，有效期至2028年12月31日。

{town}人民政府办公室
2025年12月20日
""".encode()


def packed(files: Mapping[str, bytes]) -> bytes:
    """A ZIP file of these."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def all_read(office: Office) -> None:
    """Wait until nothing is being read."""
    for job in office.jobs.all():
        if job.kind == MANY:
            assert job.wait(60)


def draft_of(office: Office) -> Draft:
    return drafts(office.settings.home)[0]


def items_of(office: Office) -> list[Item]:
    return Items(office.settings.home).all(draft_of(office))


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


@pytest.fixture
def bring(client: TestClient, office: Office) -> Callable[..., Any]:
    """Send files in one request, into a new draft or the one that is there, and wait until they are read."""

    def send(*files: tuple[str, bytes], wait: bool = True, **headers: str) -> Any:
        known = drafts(office.settings.home)
        sent = [("file", (name, content)) for name, content in files]
        reply = client.post(HOME, files=sent, data={"draft": known[0].id if known else ""}, headers=headers)
        if wait:
            all_read(office)
        return reply

    return send
