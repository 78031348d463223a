"""A staff area of its own for each test: the little bot, an empty home, and a client who is signed in."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from bot.records.store import Records
from index.measure.killed_builds import HashedPairs
from index.store.store import build_index, open_index
from ingest.corpus.load import load_corpus
from ingest.types import Corpus
from tests.web.conftest import TODAY, LittleBot
from web.answers.bot_pool import BotDoor
from web.answers.recording import Ledger
from web.http.error_replies import add_fault_replies
from web.http.guards import HeaderRules, PeerKept, SecurityHeaders
from web.settings import WebSettings
from web.staff.corpus.cutting import MODULE
from web.staff.identity.accounts import Accounts
from web.staff.identity.login_throttle import Patience
from web.staff.identity.sessions import Sessions
from web.staff.pages import add_staff
from web.staff.shell.audit_log import AuditLog
from web.staff.shell.jobs import Job, Jobs
from web.staff.shell.office import Office

STAFF = "wang.li"
COLLEAGUE = "li.na"
PASSWORD = "correct horse 电池"
QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
BROWSER = {"Accept": "text/html,application/xhtml+xml", "Accept-Language": "zh-CN"}
SOON_S = 30.0

FIRMS, CARE = "企业.txt", "养老.txt"
FIRMS_TEXT = """伊金霍洛旗支持企业高质量发展若干措施

一、对首次认定的高新技术企业给予30万元奖励。

二、对全职引进的博士给予20万元安家补贴，由旗人社局负责兑现。

本措施自2026年1月1日起施行，有效期至2028年12月31日。
"""
CARE_TEXT = """伊金霍洛旗支持养老服务若干措施

一、新建养老机构每张床位给予8000元补贴。

二、养老护理员每月给予500元岗位补贴。
"""
# Half a minute of work, of which no part is long by itself.
ENDLESS = "对首次认定的高新技术企业给予30万元奖励，对其法定代表人给予10%的补贴；".encode() * 250_000
GLOSSARY = '[people]\n"高企" = ["高新技术企业"]\n'


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A delivered folder of two policies and a glossary of one row."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, content in ((FIRMS, FIRMS_TEXT), (CARE, CARE_TEXT), ("glossary.toml", GLOSSARY)):
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def staff_settings(tmp_path: Path, texts: Path) -> WebSettings:
    """A page's tests may override this fixture to set more."""
    values: dict[str, Any] = {
        "home": tmp_path / "home",
        "corpus": texts,
        "root_path": "",
        "staff_header": "",
        "trusted_proxies": "10.0.0.1",
    }
    return WebSettings(**values)


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Corpus], Path]:
    """A home with the index of a corpus, built when it is first asked for; to be copied, never to be used."""
    built: dict[tuple[bytes, ...], Path] = {}

    def home_of(corpus: Corpus) -> Path:
        texts_and_glossary = tuple(file.read_bytes() for file in sorted(corpus.folder.iterdir()))
        if texts_and_glossary not in built:
            home = built[texts_and_glossary] = tmp_path_factory.mktemp("built")
            build_index(corpus, HashedPairs(), home)
        return built[texts_and_glossary]

    return home_of


@pytest.fixture
def policy_bot(staff_settings: WebSettings, built_home: Callable[[Corpus], Path]) -> PolicyBot:
    """The real bot over ``texts``, with a model that needs no weights; tests of some pages take it as their ``bot``."""
    corpus, encoder = load_corpus(staff_settings.corpus), HashedPairs()
    shutil.copytree(built_home(corpus), staff_settings.home, dirs_exist_ok=True)
    return PolicyBot.over(open_index(corpus, encoder, staff_settings.home), staff_settings)


@pytest.fixture
def office(bot: LittleBot, staff_settings: WebSettings, clock: Clock) -> Iterator[Office]:
    """The office with one account, empty records and a bot that answers from three clauses."""
    door = BotDoor(2)
    door.open(bot)
    home = staff_settings.home
    records = Records.open(home, 0)
    accounts = Accounts(home / "accounts.json", QUICK_HASHER)
    accounts.add(STAFF, PASSWORD)
    made = Office(
        door,
        staff_settings,
        lambda: TODAY,
        records,
        accounts,
        Sessions(3600, clock),
        AuditLog(home / "audit.jsonl"),
        Jobs(),
        ledger=Ledger(records),
    )
    yield made
    made.jobs.close()
    made.ledger.close()
    records.close()


@pytest.fixture
def patience(clock: Clock) -> Patience:
    return Patience(clock)


@pytest.fixture
def staff_app(office: Office, patience: Patience) -> FastAPI:
    """The staff area without the chat page, whose building takes half a second."""
    app = FastAPI()
    add_fault_replies(app)
    add_staff(app, office, patience)
    app.add_middleware(SecurityHeaders, rules=HeaderRules(("https://embedding.example",)))
    app.add_middleware(PeerKept)
    return app


@pytest.fixture
def visitor(staff_app: FastAPI) -> Iterator[TestClient]:
    """A browser that nobody has signed in with."""
    with TestClient(staff_app, headers=BROWSER, follow_redirects=False, raise_server_exceptions=False) as made:
        yield made


@pytest.fixture
def client(visitor: TestClient) -> TestClient:
    """The same browser, signed in; it sends the word that changes need in the header X-CSRF."""
    assert sign_in(visitor).status_code == 303
    visitor.headers["X-CSRF"] = csrf_of(visitor)
    return visitor


@pytest.fixture
def colleague(client: TestClient, staff_app: FastAPI, office: Office) -> Iterator[TestClient]:
    """Somebody else at another browser, signed in at the same time."""
    del client  # signed in first, as the one who opened a page first
    office.accounts.add(COLLEAGUE, PASSWORD)
    with TestClient(staff_app, headers=BROWSER, follow_redirects=False, raise_server_exceptions=False) as made:
        assert sign_in(made, COLLEAGUE).status_code == 303
        made.headers["X-CSRF"] = csrf_of(made)
        yield made


def sign_in(client: TestClient, name: str = STAFF, password: str = PASSWORD, wanted: str = "/staff") -> Any:
    """Fill in the login form as a browser does; returns the reply to it."""
    page = client.get("/staff/login")
    word = re.search(r'name="word" value="([^"]+)"', page.text)
    assert word is not None, page.text
    given = {"name": name, "password": password, "next": wanted, "word": word[1]}
    return client.post("/staff/login", data=given)


def csrf_of(client: TestClient) -> str:
    """The word that the forms of a page carry."""
    found = re.search(r'data-csrf="([0-9a-f]+)"', client.get("/staff").text)
    assert found is not None
    return found[1]


def job_of(office: Office, reply: Any) -> Job:
    """The job that a page was sent on to, when it is over."""
    assert reply.status_code == 303, reply.text
    (identity,) = parse_qs(urlsplit(reply.headers["location"]).query)["job"]
    job = office.jobs.find(identity)
    assert job is not None
    return finished(job)


def finished(job: Job) -> Job:
    """Wait until a job is over."""
    assert job.wait(SOON_S), job
    return job


def until(condition: Callable[[], object]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + SOON_S
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def cutting_pids() -> set[int]:
    """The processes of this one that read a file at this moment."""
    lists = [path.read_text() for path in Path("/proc/self/task").glob("*/children")]
    return {int(pid) for pids in lists for pid in pids.split() if MODULE in command_of(int(pid))}


def command_of(pid: int) -> str:
    """The command line of a process; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def is_gone(pid: int) -> bool:
    """Whether there is no such process any more."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return command_of(pid) == ""  # it is over and waits to be asked how it ended


def is_shown_as_text(page: str, hostile: str) -> bool:
    """Whether hostile words stand in a page, and nowhere as markup."""
    from html import unescape

    return hostile in unescape(page) and "<img" not in page and "<script>" not in page


def tree(page: str) -> Any:
    """A page as lxml reads it; what an XPath finds has no type that is worth spelling out."""
    from lxml import html

    return html.fromstring(page)


def form_of(page: str, action: str, number: int = 0) -> dict[str, str]:
    """The fields of a form of a page as they are filled in, the word against forgery apart; a test changes some."""
    document = tree(page)
    forms = [form for form in document.forms if str(form.action or "").endswith(action)]
    assert len(forms) > number, f"no form to {action}"
    return {name: value for name, value in forms[number].form_values() if name != "csrf" and isinstance(value, str)}
