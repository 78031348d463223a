"""A small real bot: it answers from hand-made clauses of real lines, so that the page can be tested alone."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.records.store import Records
from bot.types import (
    Answer,
    Answered,
    AnswerSentence,
    CheckedFigure,
    Citation,
    Declined,
    Language,
    Question,
    Reason,
    SearchResult,
)
from index.spelling.types import Correction
from index.types import Filters, Hit
from ingest.editions.types import Edition
from ingest.types import (
    Clause,
    Corpus,
    Enumeration,
    Figure,
    Heading,
    PolicyDocument,
    Role,
    SourceFile,
    Span,
    Validity,
)
from web.answers.bot_pool import BotDoor
from web.answers.recording import Ledger
from web.service import build_service
from web.settings import WebSettings
from web.staff.pages import open_office

TODAY = date(2026, 11, 22)
SOON_S = 30.0  # longer than anything takes that is waited for

TALENT_TITLE = "鄂尔多斯市打造一流人才高地若干措施（30条）"
TALENT = (
    "2.给予安家补贴。对全职引进的A、B、C、D、E、F类人才，分别给予300万元、280万元、250万元、150万元、100万元、80万元"
    "安家补贴。（一）分5年拨付。（二）夫妻双方均符合的，就高享受。"
)
REFUND_TITLE = "关于延续实施失业保险援企稳岗政策的通知"
REFUND = "二、继续实施失业保险稳岗返还政策。大型企业按不超过30%返还，中小微企业按不超过60%返还。政策执行期限至2024年12月31日。"
HOSTILE_TITLE = "外资办法<img src=x onerror=pwn(1)>"
HOSTILE = (
    '三、<img src=x onerror="pwn(2)"> ${alert(1)} {{7*7}} {{#each value}} `${pwn(3)}` '
    "[点这里](javascript:pwn(4)) ![图](http://evil.example/x.png) <script>pwn(5)</script> 奖励10万元。"
)


NO_TERM = Validity()


@dataclass(frozen=True)
class Line:
    """A clause to be put into the little corpus."""

    id: str
    document: str
    address: str
    text: str
    departments: tuple[str, ...] = ()
    validity: Validity = NO_TERM


LINES = (
    Line("talent-30/1-2", "talent-30", "一、2.", TALENT, ("市委组织部", "市财政局")),
    Line(
        "refund-2024/2",
        "refund-2024",
        "二、",
        REFUND,
        ("人力资源社会保障部",),
        Validity(valid_until=date(2024, 12, 31)),
    ),
    Line("hostile/3", "hostile", "三、", HOSTILE, ("<b>商务厅</b>",)),
)
DOCUMENTS = (("talent-30", TALENT_TITLE, "市"), ("refund-2024", REFUND_TITLE, "国家"), ("hostile", HOSTILE_TITLE, "旗"))


def little_corpus() -> Corpus:
    """Three documents of one clause each, in one source, every offset right."""
    text = ""
    documents: list[PolicyDocument] = []
    clauses: list[Clause] = []
    headings: list[Heading] = []
    for line, (document_id, title, level) in zip(LINES, DOCUMENTS, strict=True):
        begin = len(text)
        headings.append(Heading("little.txt", (Span(begin, begin + len(title)),), title, "document", document_id))
        text += title + "\n"
        start = len(text)
        text += line.text + "\n"
        span = Span(start, start + len(line.text))
        clauses.append(_clause(line, title, level, span))
        documents.append(
            PolicyDocument(
                document_id, "little.txt", title, "policy", level, "第四篇 人才政策", "鄂尔多斯市人民政府", "鄂府发〔2023〕30号",
                date(2023, 6, 1), line.validity, ("就高不重复",), Span(begin, len(text)), 60,
            )
        )  # fmt: skip
    source = SourceFile("little.txt", text, "0" * 64, "text", "utf-8")
    return Corpus(
        Path(), "伊金霍洛旗投资政策汇编", "伊金霍洛旗", "d" * 64, (source,), tuple(documents), tuple(clauses),
        tuple(headings), {}, (),
    )  # fmt: skip


def _clause(line: Line, title: str, level: str, span: Span) -> Clause:
    parts = tuple(
        Enumeration(f.group(), "（一）", Span(f.start(), f.end())) for f in re.finditer("（[一二]）", line.text)
    )
    figures = tuple(
        Figure(f.group(), Span(f.start(), f.end()), Decimal(f.group(1)) * 10000, "元")
        for f in re.finditer(r"(\d+)万元", line.text)
    )
    return Clause(
        line.id, line.document, "little.txt", line.address, ("第四篇 人才政策", title), line.text, span, (span,), 60, 1,
        Role.ITEM, None, level, line.departments, figures, (), line.validity, parts,
    )  # fmt: skip


class LittleBot:
    """Answers with the first clause one of whose characters pairs stands in the question; deterministic."""

    def __init__(self) -> None:
        self.corpus = little_corpus()
        self.edition = Edition()
        self.asked: list[Question] = []

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        if "岗" in question.last:
            return self._answered(question, self.corpus.clauses[1], "30%", ("该政策已于2024年12月31日到期。",))
        if "人才" in question.last or "安家" in question.last:
            return self._answered(question, self.corpus.clauses[0], "300万元", ())
        if "<" in question.last or "{" in question.last or "]" in question.last:
            return self._answered(question, self.corpus.clauses[2], "10万元", ("注意 <b>粗体</b> ${alert(1)}",))
        nearest = (Citation(1, self.corpus.clauses[0], TALENT_TITLE, (), "nearest"),)
        body = "收录的政策里没有这方面的规定。"
        return Declined(question, Language.ZH, Reason.NOTHING_FOUND, body, nearest, (), question.last, 1.0)

    def _answered(self, question: Question, clause: Clause, figure: str, notices: tuple[str, ...]) -> Answered:
        place = clause.text.index(figure)
        quote = Span(max(0, place - 8), place + len(figure))
        checked = CheckedFigure(figure, clause.id, clause.in_source(Span(place, place + len(figure))))
        lead = AnswerSentence(quote.of(clause.text) + "。", (1,), (checked,))
        rest = AnswerSentence(clause.text, (1,), ())
        title = self.corpus.document_of(clause).title
        citation = Citation(1, clause, title, (quote,), "answer")
        read_as = (Correction("补帖", "补贴"),) if "补帖" in question.last else ()
        return Answered(question, Language.ZH, (lead, rest), (citation,), notices, question.last, 2.0, read_as=read_as)

    def stream(self, question: Question) -> Iterator[AnswerSentence | Answer]:
        answer = self.ask(question)
        if isinstance(answer, Answered):
            yield from answer.sentences
        yield answer

    def search(self, text: str, filters: Filters, top_k: int) -> SearchResult:
        passing = (
            clause
            for clause in self.corpus.clauses
            if (not filters.levels or clause.level in filters.levels)
            and (not filters.documents or clause.document in filters.documents)
            and not (filters.in_force_on and clause.validity.standing(filters.in_force_on).value == "expired")
        )
        hits = [Hit(clause, rank, 1 / rank, {}, Span(0, 5)) for rank, clause in enumerate(passing, start=1)]
        return SearchResult(tuple(hits[:top_k]))


@pytest.fixture(scope="session")
def bot() -> LittleBot:
    return LittleBot()


@pytest.fixture(scope="session")
def corpus(bot: LittleBot) -> Corpus:
    return bot.corpus


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> WebSettings:
    values: dict[str, Any] = {
        "home": tmp_path_factory.mktemp("home"),
        "questions_per_minute": 1000,
        "max_request_bytes": 4096,
        "max_question_chars": 60,
        "max_profile_chars": 100,
        "embed_origins": (),
        "root_path": "",
    }
    return WebSettings(**values)


@pytest.fixture(scope="session")
def client(bot: LittleBot, settings: WebSettings) -> Iterator[TestClient]:
    """The service as it stands; building its page takes half a second, so all tests share it."""
    door = BotDoor(settings.answers_at_once)
    door.open(bot)
    with TestClient(build_service(door, settings, today=lambda: TODAY), raise_server_exceptions=False) as made:
        yield made


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = Records(tmp_path, lock_wait_s=0.05)
    opened.make_ready()
    yield opened
    opened.close()


@contextmanager
def locked(records: Records) -> Iterator[None]:
    """While another program writes to the records."""
    other = sqlite3.connect(records.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@pytest.fixture
def ledger(records: Records) -> Iterator[Ledger]:
    made = Ledger(records)
    yield made
    made.close()


@pytest.fixture
def keeping_client(bot: LittleBot, settings: WebSettings, records: Records, ledger: Ledger) -> Iterator[TestClient]:
    """The service that keeps its answers, so that feedback can be given."""
    door = BotDoor(1)
    door.open(bot)
    office = replace(open_office(door, settings, lambda: TODAY, records), ledger=ledger)
    with TestClient(build_service(door, settings, lambda: TODAY, office), raise_server_exceptions=False) as made:
        yield made


@pytest.fixture(scope="session")
def closed_client(settings: WebSettings) -> Iterator[TestClient]:
    """The service while its bot is still being loaded."""
    door = BotDoor(settings.answers_at_once)
    with TestClient(build_service(door, settings, today=lambda: TODAY), raise_server_exceptions=False) as made:
        yield made
