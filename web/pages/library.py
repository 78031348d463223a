"""The policy library: plain pages made on the server. They need no script and work in any browser."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from bot.match.matching import MatcherKeeper
from index.kept.corpus_on_disk import parts_of
from ingest.facts.figures import CELL_BREAK
from ingest.facts.table_units import BETWEEN_CELLS
from ingest.types import Clause, Corpus, Heading, PolicyDocument, Span
from web.answers.bot_pool import BotDoor
from web.answers.cards import clause_anchor
from web.answers.english_beside import EnglishBeside
from web.answers.highlights import Segment, marked_paragraphs, read_spans, spelled_spans
from web.http.look import look_of
from web.http.templates import page_templates
from web.match.words import word
from web.pages.clause_grants import grants_by_clause
from web.settings import WebSettings
from web.texts import Tongue, disclaimer, level_name, say, tongue_wanted

MAX_FOUND = 60  # clauses shown for one search: three phone screens of titles are more than anybody reads
MAX_QUERY_CHARS = 200  # of what is searched for; the field of the page takes no more
MAX_QUOTED_CHARS = 1000  # of the places of quoted words in an address
MAX_WORDS = 8  # words of one search; further ones are ignored
EXCERPT_CHARS = 60  # shown before and after the first word found


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a clause of a document page."""

    heading: str | None  # as people read it
    clause: Clause | None
    anchor: str
    paragraphs: list[list[Segment]]
    printed: str = ""  # the heading as its source has it


@dataclass(frozen=True, slots=True)
class Found:
    """A clause that holds every word searched for, with an excerpt."""

    clause: Clause
    document: PolicyDocument
    excerpt: list[Segment]
    in_english: bool = False  # the excerpt is of the edition


def outline(corpus: Corpus) -> list[tuple[str | None, list[tuple[str | None, list[PolicyDocument]]]]]:
    """Part → level → documents, each in the order of the compendium."""
    parts: dict[str | None, dict[str | None, list[PolicyDocument]]] = {}
    for document in corpus.documents:
        parts.setdefault(document.part, {}).setdefault(document.level, []).append(document)
    return [(part, list(levels.items())) for part, levels in parts.items()]


def part_title(corpus: Corpus, part: str) -> str:
    """A part's heading as printed, which says more than its number."""
    return next((heading for heading in parts_of(corpus) if heading.startswith(part)), part)


def blocks_of(
    document: PolicyDocument, corpus: Corpus, cited: str | None = None, quotes: Sequence[Span] = ()
) -> list[Block]:
    """Headings and clauses of a document in the order they are printed; ``quotes`` of the clause ``cited`` are marked."""
    placed: list[tuple[int, Block]] = []
    for number, heading in enumerate(corpus.headings):
        if heading.document == document.id and heading.kind != "document":
            placed.append(
                (heading.pieces[0].start, Block(_shown(heading), None, f"heading-{number}", [], heading.text))
            )
    for clause in corpus.clauses_of(document):
        marks = quotes if clause.id == cited else ()
        block = Block(None, clause, clause_anchor(clause.id), marked_paragraphs(clause, marks))
        placed.append((clause.span.start, block))
    return [block for _, block in sorted(placed, key=lambda pair: pair[0])]


def _shown(heading: Heading) -> str:
    """A heading as people read it: the heads of a table's columns with a stroke between them."""
    return heading.text.replace(CELL_BREAK, BETWEEN_CELLS) if heading.kind == "table" else heading.text


def find_clauses(corpus: Corpus, words: list[str], beside: EnglishBeside) -> Iterator[Found]:
    """Clauses whose text or title, or the English of which, holds every word, letter case apart; excerpts mark the words."""
    wanted = [word.lower() for word in words]
    for clause in corpus.at(_worth_reading(corpus, wanted, beside)):
        text = clause.text.lower()
        document = corpus.document_of(clause)
        around = f"{document.title} {' '.join(clause.path)}".lower()
        if any(word in text for word in wanted) and all(word in text or word in around for word in wanted):
            yield Found(clause, document, _excerpt(clause.text, text, wanted))
        elif (english := beside.clause(clause)) and all(word in english.lower() for word in wanted):
            yield Found(clause, document, _excerpt(english, english.lower(), wanted), in_english=True)


def _worth_reading(corpus: Corpus, wanted: Sequence[str], beside: EnglishBeside) -> Iterable[int]:
    """The places of the clauses that may be found: of a large corpus those that print a word, or have English."""
    if not corpus.lookup.is_large:
        return range(len(corpus.clauses))
    places = {place for word in wanted for place in corpus.lookup.holding(word)}
    places |= {corpus.clause_by_id.place(one) for one in beside.edition.sentences if one in corpus.clause_by_id}
    return sorted(places)


def _excerpt(text: str, lowered: str, words: list[str]) -> list[Segment]:
    # Lower-casing keeps the length of Chinese and of ASCII; for the few letters where it does not, mark nothing.
    if len(text) != len(lowered):
        return [{"text": text[: 2 * EXCERPT_CHARS], "mark": False}]
    places = sorted(Span(at, at + len(word)) for word in words if (at := lowered.find(word)) >= 0)
    start = max(0, places[0].start - EXCERPT_CHARS)
    end = min(len(text), places[0].end + EXCERPT_CHARS)
    segments: list[Segment] = [{"text": "…", "mark": False}] if start else []
    at = start
    for place in places:
        if place.start < at or place.end > end:
            continue
        segments.append({"text": text[at : place.start], "mark": False})
        segments.append({"text": place.of(text), "mark": True})
        at = place.end
    segments.append({"text": text[at:end] + ("…" if end < len(text) else ""), "mark": False})
    return [segment for segment in segments if segment["text"]]


def _sayer(tongue: Tongue) -> Callable[..., str]:
    def sayer(key: str, **blanks: object) -> str:
        return say(key, tongue, **blanks)

    return sayer


@dataclass(frozen=True, slots=True)
class _Renderer:
    """Draws a page of the library in the reader's language."""

    templates: Environment
    settings: WebSettings
    today: Callable[[], date]

    def page(self, name: str, request: Request, tongue: Tongue, status: int = 200, **values: Any) -> HTMLResponse:
        """A page; ``values`` are what its template needs besides what all of them do."""
        page = self.templates.get_template(name).render(
            clause_anchor=clause_anchor,
            root=request.scope.get("root_path", ""),
            tongue=tongue,
            other="zh" if tongue == "en" else "en",
            t=_sayer(tongue),
            m=partial(word, tongue=tongue),
            level_name=partial(level_name, tongue=tongue),
            as_of=self.today(),
            look=look_of(request.headers),
            bureau=self.settings.bureau_en if tongue == "en" else self.settings.bureau_zh,
            disclaimer=disclaimer(self.settings, tongue),
            **values,
        )
        return HTMLResponse(page, status_code=status)


def library_routes(
    door: BotDoor, settings: WebSettings, today: Callable[[], date], matchers: MatcherKeeper
) -> APIRouter:
    """``/library`` and ``/library/{document}``."""
    routes = APIRouter(include_in_schema=False)
    draw = _Renderer(page_templates(), settings, today)

    @routes.get("/library")
    def library(request: Request, q: str = "", lang: str | None = None) -> HTMLResponse:
        bot = door.bot
        corpus = bot.corpus
        q = q[:MAX_QUERY_CHARS]
        tongue = tongue_wanted(lang, request.headers.get("accept-language"))
        beside = EnglishBeside(bot.edition, tongue)
        found = list(find_clauses(corpus, q.split()[:MAX_WORDS], beside)) if q.strip() else []
        return draw.page(
            "library.html",
            request,
            tongue,
            beside=beside,
            corpus=corpus,
            policies=sum(document.kind == "policy" for document in corpus.documents),
            parts=outline(corpus),
            part_title=partial(part_title, corpus),
            query=q.strip(),
            found=found[:MAX_FOUND],
            total=len(found),
        )

    @routes.get("/library/{document_id:path}")
    def document(
        request: Request,
        document_id: str,
        lang: str | None = None,
        cited: Annotated[str, Query(alias="from")] = "",
        quoted: str = "",
        asked_by: Annotated[str, Query(alias="for")] = "",
    ) -> HTMLResponse:
        bot = door.bot
        corpus = bot.corpus
        tongue = tongue_wanted(lang, request.headers.get("accept-language"))
        wanted = corpus.document_by_id.get(document_id)
        if wanted is None:
            return draw.page("fault.html", request, tongue, 404, soon=False, sentence=say("no_such_document", tongue))
        answered = cited if cited in corpus.clause_by_id else None
        quotes = read_spans(quoted[:MAX_QUOTED_CHARS])
        blocks = blocks_of(wanted, corpus, answered, quotes)
        grants = grants_by_clause(matchers, corpus, tongue)
        beside = EnglishBeside(bot.edition, tongue)
        values: dict[str, Any] = {"document": wanted, "blocks": blocks, "grants": grants, "beside": beside}
        values["clauses"] = list(corpus.clauses_of(wanted))
        marked: dict[str, Any] = {"cited": answered, "quoted": spelled_spans(quotes), "asked_by": asked_by}
        return draw.page("document.html", request, tongue, **values, **marked)

    _ = (library, document)  # registered by the decorators
    return routes
