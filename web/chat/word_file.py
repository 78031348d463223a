"""A conversation as a Word file. The page sends what it shows; nothing is looked up, so nobody gets another's words."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal, cast

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.styles.style import ParagraphStyle
from fastapi import APIRouter, Body, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field, model_validator

from ingest.errors import ServiceUnavailable, UnusableInput
from web.http.client import TooManyQuestions, client_of
from web.http.error_replies import fault_reply
from web.http.guards import Allowance
from web.http.leaving import while_connected
from web.http.one_at_a_time import OneAtATime
from web.settings import WebSettings
from web.texts import Tongue, bracketed, colon, disclaimer, joined, level_name, say

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CHINESE_FONT = "Microsoft YaHei"  # on every Windows; elsewhere Word and LibreOffice take their own
MOST_TURNS = 200
MOST_PARTS = 200  # sentences, notices or sources of one turn
# Of a whole conversation. A turn of the page has up to 14 lines and a table; this many take about a second to write.
MOST_LINES = 4000
MOST_TABLES = 200
MOST_CELLS = 4000
_BREAK = re.compile(r"[\t\n\r]")  # each becomes an element of its own
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Numbers = Annotated[list[int], Field(max_length=50)]


class CellCopy(BaseModel):
    """A sentence or a cell of a table with its citation numbers."""

    text: str
    citations: Numbers = Field(default_factory=list[int])


class TableCopy(BaseModel):
    """A table as the page shows it: every row as long as the columns are many."""

    caption: str
    columns: list[str] = Field(min_length=1, max_length=20)  # of a table without columns Word says it is damaged
    rows: list[list[CellCopy]] = Field(max_length=200)

    @model_validator(mode="after")
    def _rows_fill_the_columns(self) -> TableCopy:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} has {len(row)} cells, but the table {len(self.columns)} columns")
        return self

    @property
    def cells(self) -> int:
        """How many there are, those of the heading included."""
        return len(self.columns) * (1 + len(self.rows))


class SourceCopy(BaseModel):
    """A clause that an answer rests on, with the words quoted from it."""

    n: int
    document: str
    document_english: str = ""
    address: str
    level: str | None = None
    page: int | None = None
    standing: Literal["current", "expiring", "expired", "not_yet", "repealed", "undetermined", "unstated"]
    quotes: list[str] = Field(default_factory=list[str], max_length=MOST_PARTS)


class ServiceLineCopy(BaseModel):
    """A field of a service card."""

    label: str
    text: str


class ServiceCopy(BaseModel):
    """A service card: the bureau's own word, with the mark that says so."""

    heading: str
    lines: list[ServiceLineCopy] = Field(max_length=MOST_PARTS)
    mark: str


class TurnCopy(BaseModel):
    """A question with its answer."""

    question: str
    status: Literal["answered", "declined"]
    nearest: bool = False  # the sources are only the nearest clauses, though it was answered
    sentences: list[CellCopy] = Field(max_length=MOST_PARTS)
    tables: list[TableCopy] = Field(default_factory=list[TableCopy], max_length=20)
    notices: list[str] = Field(default_factory=list[str], max_length=MOST_PARTS)
    service: list[ServiceCopy] = Field(default_factory=list[ServiceCopy], max_length=20)
    sources: list[SourceCopy] = Field(default_factory=list[SourceCopy], max_length=MOST_PARTS)

    def texts(self) -> Iterator[str]:
        """Everything that is written into paragraphs and cells."""
        yield self.question
        yield from (sentence.text for sentence in self.sentences)
        yield from self.notices
        for card in self.service:
            yield from (card.heading, *(f"{line.label}{line.text}" for line in card.lines), card.mark)
        for source in self.sources:
            yield "".join(
                (source.document, source.document_english, source.address, source.level or "", *source.quotes)
            )
        for table in self.tables:
            yield table.caption
            yield from table.columns
            yield from (cell.text for row in table.rows for cell in row)


class ConversationCopy(BaseModel):
    """What ``POST /page/export`` takes: a conversation as the page shows it."""

    lang: Literal["zh", "en"] = "zh"
    turns: list[TurnCopy] = Field(min_length=1)

    def check_size(self) -> None:
        """Raises UnusableInput when the file would take more work than a conversation of the page does."""
        most = {"turns": MOST_TURNS, "lines": MOST_LINES, "tables": MOST_TABLES, "cells": MOST_CELLS}
        tables = [table for turn in self.turns for table in turn.tables]
        cells = sum(table.cells for table in tables)
        texts = sum(1 + len(_BREAK.findall(text)) for turn in self.turns for text in turn.texts())
        has = {"turns": len(self.turns), "lines": texts - cells, "tables": len(tables), "cells": cells}
        if any(has[part] > limit for part, limit in most.items()):
            raise UnusableInput("web.export_too_long", **most)


def word_file(conversation: ConversationCopy, heading: str, closing: str) -> bytes:
    """The conversation as DOCX. Whatever its words contain stays text; what XML cannot hold is left out."""
    document = new_document(heading)
    for turn in conversation.turns:
        _add_turn(document, turn, conversation.lang)
    if any(source.document_english for turn in conversation.turns for source in turn.sources):
        document.add_paragraph(say("english_prevails", conversation.lang))
    document.add_paragraph(clean(closing))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def new_document(heading: str) -> WordDocument:
    """A document with its heading, in fonts that have Chinese characters."""
    document = Document()
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        if isinstance(style, ParagraphStyle):
            style.font.name = CHINESE_FONT
            _in_chinese(style)
    document.add_heading(clean(heading), level=1)
    return document


def _in_chinese(style: ParagraphStyle) -> None:
    """Chinese characters in a font that has them; Word keeps one apart from that of Latin letters."""
    fonts = cast("Any", style.element).get_or_add_rPr().get_or_add_rFonts()  # python-docx leaves elements untyped
    fonts.set(qn("w:eastAsia"), CHINESE_FONT)
    style.font.color.rgb = RGBColor(0, 0, 0)


def _add_turn(document: WordDocument, turn: TurnCopy, tongue: Tongue) -> None:
    document.add_heading(clean(turn.question), level=2)
    if turn.status == "declined":
        document.add_paragraph(say("declined", tongue)).runs[0].bold = True
    for sentence in turn.sentences:
        document.add_paragraph(_numbered(sentence))
    for table in turn.tables:
        _add_table(document, table)
    for notice in turn.notices:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{say('notice', tongue)}{colon(tongue)}").bold = True
        paragraph.add_run(clean(notice))
    for card in turn.service:
        document.add_paragraph(clean(card.heading)).runs[0].bold = True
        for line in card.lines:
            document.add_paragraph(clean(f"{line.label}{colon(tongue)}{line.text}"), style="List Bullet")
        document.add_paragraph(clean(card.mark))
    heading = "nearest" if turn.nearest or turn.status == "declined" else "sources"
    if turn.sources:
        document.add_paragraph(say(heading, tongue)).runs[0].bold = True
    for source in turn.sources:
        document.add_paragraph(clean(_source_line(source, tongue)))


def _add_table(document: WordDocument, copy: TableCopy) -> None:
    document.add_paragraph().add_run(clean(copy.caption)).bold = True
    # Made whole and walked through once: a row that is added or looked up by its number walks through all before it.
    table = document.add_table(rows=1 + len(copy.rows), cols=len(copy.columns), style="Table Grid")
    texts = [[clean(column) for column in copy.columns], *([_numbered(said) for said in row] for row in copy.rows)]
    for number, (row, of_row) in enumerate(zip(table.rows, texts, strict=True)):
        for cell, text in zip(row.cells, of_row, strict=True):
            if text:
                cell.paragraphs[0].add_run(text).bold = number == 0 or None


def _numbered(said: CellCopy) -> str:
    return clean(said.text + "".join(f"[{n}]" for n in said.citations))


def _source_line(source: SourceCopy, tongue: Tongue) -> str:
    facts = [level_name(source.level, tongue), say(f"standing_{source.standing}", tongue)]
    if source.page is not None:
        facts.insert(1, say("page", tongue, page=source.page))
    quotes = joined((f"“{words}”" for words in source.quotes), tongue)
    english = f"{source.document_english} " if source.document_english else ""
    return f"[{source.n}] {english}《{source.document}》{source.address}{bracketed(facts, tongue)}{quotes}"


def clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


class WordFiles:
    """Makes one file at a time, whoever asks; more than ``MOST_WAITING`` at once are refused."""

    def __init__(self, files: OneAtATime | None = None) -> None:
        self._files = files or OneAtATime()

    async def make(self, conversation: ConversationCopy, heading: str, closing: str) -> bytes:
        """The file, when its turn has come; cancelled before that, it is not made. Raises ServiceUnavailable."""
        return await self._files.make(partial(word_file, conversation, heading, closing))


def export_routes(
    settings: WebSettings, allowance: Allowance, today: Callable[[], date], queue: OneAtATime
) -> APIRouter:
    """``POST /page/export``. ``queue`` is that of all files which strangers may ask for."""
    routes = APIRouter(include_in_schema=False)
    files = WordFiles(queue)

    @routes.post("/page/export", response_class=Response)
    async def export(request: Request, conversation: Annotated[ConversationCopy, Body()]) -> Response:
        wait = allowance.wait_seconds(client_of(request))
        if wait:
            raise TooManyQuestions(wait)
        day = today().isoformat()
        heading = f"{say('title', conversation.lang)} {day}"
        try:
            conversation.check_size()
            made = await while_connected(
                request, files.make(conversation, heading, disclaimer(settings, conversation.lang))
            )
        except (UnusableInput, ServiceUnavailable) as error:
            return fault_reply(request, error, conversation.lang)
        name = f'attachment; filename="policyqa-{day}.docx"'
        return Response(made, media_type=MEDIA_TYPE, headers={"Content-Disposition": name, "Cache-Control": "no-store"})

    _ = export  # registered by the decorator
    return routes
