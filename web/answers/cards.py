"""An answer as data for the page: what is shown, never how. Pure functions; nothing here is HTML.

The page draws these values as text nodes, so whatever a clause or a question contains stays text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypedDict
from urllib.parse import quote

from bot.types import Answer, Answered, AnswerSentence, CheckedFigure, Citation, TableCell
from ingest.facts.figures import find_figures, same_figure
from ingest.output.json_form import document_facts
from ingest.types import Clause, Corpus, Figure, PolicyDocument, Validity
from web.answers.highlights import Segment, marked_figures, marked_paragraphs, merged, spelled_spans

_IN_A_YEAR = "in "  # what makes an English number a year
FEWEST_PARTS = 2  # of a question whose parts are shown each by itself


class Count(TypedDict):
    """How many figures were compared with the source and how many stood there; one said twice is one."""

    checked: int
    total: int


class Card(TypedDict):
    """A clause as it is shown beside an answer."""

    n: int
    clause_id: str
    document_id: str
    document: str
    level: str | None
    address: str
    page: int | None
    path: list[str]  # headings above the clause, the title apart
    paragraphs: list[list[Segment]]
    departments: list[str]
    standing: str
    valid_from: str | None
    valid_until: str | None
    term: str | None  # printed words of a term that cannot be counted out
    english: str  # the whole clause in the edition's English; "" in an answer in Chinese
    document_english: str
    figures: Count
    href: str  # relative to the page
    quoted: str  # the quoted words' places in the clause, as library pages take them
    why: str


class SentenceView(TypedDict):
    """One sentence and the citations it rests on; ``parts`` are its words once more, checked figures marked."""

    text: str
    parts: list[Segment]
    citations: list[int]
    role: str
    source: str  # the Chinese words that an English sentence stands for


class PartView(TypedDict):
    """One part of a question and the places of the sentences that answer it, from 0."""

    question: str
    status: str
    sentences: list[int]


class CellView(TypedDict):
    """One place of a table and the citations it rests on."""

    text: str
    parts: list[Segment]
    citations: list[int]


class TableView(TypedDict):
    """Levels, classes or policies side by side."""

    caption: str
    columns: list[str]
    rows: list[list[CellView]]


def clause_anchor(clause_id: str) -> str:
    """The id of a clause's element in the page of its document."""
    return f"clause-{clause_id}"


def clause_href(clause: Clause) -> str:
    """Where a clause stands in its full document, relative to the front page."""
    return f"library/{quote(clause.document, safe='')}#{quote(clause_anchor(clause.id), safe='')}"


def _squeezed(text: str) -> str:
    return "".join(text.split())


def stands_in_source(figure: CheckedFigure, corpus: Corpus) -> bool:
    """Whether the source has the figure at its place: the same characters, or the same value and unit.

    The second is for amounts said in another language (200万元, RMB 2 million); a bound lies outside the place.
    """
    clause = corpus.clause_by_id.get(figure.clause_id)
    if clause is None:
        return False
    printed = _squeezed(figure.span.of(corpus.source_by_name[clause.source].text))
    if clause.cells and not find_figures(printed):
        return _stands_in_cell(figure, clause, printed)
    if printed == _squeezed(figure.text):
        return bool(printed)
    said, there = _figures_said(figure.text), find_figures(printed)
    return len(said) == len(there) == 1 and same_figure(said[0], there[0])


def _figures_said(text: str) -> Sequence[Figure]:
    """The figures of a text; a year of an English sentence, by 2025, is one by itself too."""
    return find_figures(text) or find_figures(f"{_IN_A_YEAR}{text}")


def _stands_in_cell(figure: CheckedFigure, clause: Clause, printed: str) -> bool:
    """Whether a bare number of a table row is this figure with the unit of its column's head."""
    said = find_figures(figure.text)
    there = [own for own in clause.figures if clause.in_source(own.span) == figure.span]
    return len(said) == len(there) == 1 and _squeezed(there[0].text) == printed and same_figure(said[0], there[0])


def figure_count(figures: Iterable[CheckedFigure], corpus: Corpus, clause_id: str | None = None) -> Count:
    """How many of these figures stand in the source, read there once more; of one clause if given.

    The same figure at the same place is one, however often and in whatever language body and tables say it.
    """
    counted = [figure for figure in figures if clause_id is None or figure.clause_id == clause_id]
    standing = {(figure.clause_id, figure.span) for figure in counted if stands_in_source(figure, corpus)}
    others = {figure for figure in counted if not stands_in_source(figure, corpus)}
    return {"checked": len(standing), "total": len(standing) + len(others)}


def card(citation: Citation, figures: Iterable[CheckedFigure], corpus: Corpus, as_of: date) -> Card:
    """The card of one citation, with the figures of the answer that stand in it, its validity as on ``as_of``."""
    clause = citation.clause
    validity = validity_shown(clause, corpus)
    return {
        "n": citation.n,
        "clause_id": clause.id,
        "document_id": clause.document,
        "document": citation.document_title,
        "level": clause.level,
        "address": clause.address,
        "page": citation.page,
        "path": [heading for heading in clause.path if heading.lstrip("—") != citation.document_title],
        "paragraphs": marked_paragraphs(clause, citation.quotes),
        "departments": list(clause.departments),
        "standing": validity.standing(as_of).value,
        "valid_from": _iso(validity.valid_from),
        "valid_until": _iso(validity.valid_until),
        "term": validity.undetermined,
        "english": citation.english,
        "document_english": citation.document_english,
        "figures": figure_count(figures, corpus, clause.id),
        "href": clause_href(clause),
        "quoted": spelled_spans(merged(citation.quotes)),
        "why": citation.why,
    }


def validity_shown(clause: Clause, corpus: Corpus) -> Validity:
    """The clause's own validity within that of its document (本政策试行期一年): what has ended as a whole is over."""
    return corpus.validity_of(clause)


def clause_card(clause: Clause, corpus: Corpus, as_of: date) -> Card:
    """The card of a clause opened by its own link, without an answer."""
    bare = Citation(1, clause, corpus.document_of(clause).title, (), "nearest")
    return card(bare, (), corpus, as_of)


def sentence_view(sentence: AnswerSentence) -> SentenceView:
    """What the page needs of one sentence."""
    parts = marked_figures(sentence.text, (figure.text for figure in sentence.figures))
    citations = list(sentence.citations)
    source = sentence.source_quote
    return {
        "text": sentence.text,
        "parts": parts,
        "citations": citations,
        "role": sentence.role.value,
        "source": source,
    }


def part_views(answer: Answer) -> list[PartView]:
    """The parts of a question that has several; nothing of any other."""
    if not isinstance(answer, Answered) or len(answer.parts) < FEWEST_PARTS:
        return []
    return [
        {"question": part.question, "status": part.status.value, "sentences": list(part.sentences)}
        for part in answer.parts
    ]


def sentences_by_part(answer: Answer) -> list[tuple[str, list[AnswerSentence]]]:
    """The sentences under the part they answer, each once; one group without a name where the question asks one thing."""
    sentences = sentences_of(answer)
    left = dict(enumerate(sentences))
    parts = part_views(answer)
    groups = [(part["question"], [left.pop(at) for at in part["sentences"] if at in left]) for part in parts]
    return [*groups, *([("", list(left.values()))] if left else [])]


def table_views(answer: Answer) -> list[TableView]:
    """What the page needs of the tables of an answer."""
    if not isinstance(answer, Answered):
        return []
    return [
        {
            "caption": table.caption,
            "columns": list(table.columns),
            "rows": [[_cell_view(cell) for cell in row] for row in table.rows],
        }
        for table in answer.tables
    ]


def _cell_view(cell: TableCell) -> CellView:
    parts = marked_figures(cell.text, (figure.text for figure in cell.figures))
    return {"text": cell.text, "parts": parts, "citations": list(cell.citations)}


def figures_of(answer: Answer) -> list[CheckedFigure]:
    """Every figure of the body and of the tables."""
    figures = [figure for sentence in sentences_of(answer) for figure in sentence.figures]
    if isinstance(answer, Answered):
        figures += [f for table in answer.tables for row in table.rows for cell in row for f in cell.figures]
    return figures


def sentences_of(answer: Answer) -> tuple[AnswerSentence, ...]:
    """The sentences of an answer; a declined one says its single sentence without citations."""
    return answer.sentences if isinstance(answer, Answered) else (AnswerSentence(answer.body, (), ()),)


def cards_of(answer: Answer, corpus: Corpus) -> list[Card]:
    """The cards of an answer in the order of their numbers."""
    figures = figures_of(answer)
    return [card(citation, figures, corpus, answer.question.as_of) for citation in answer.citations]


def clause_json(clause: Clause, corpus: Corpus, as_of: date) -> dict[str, object]:
    """A clause for programs: facts as values, its text whole."""
    document, validity = corpus.document_of(clause), corpus.validity_of(clause)
    return {
        "id": clause.id,
        "document_id": document.id,
        "document": document.title,
        "level": clause.level,
        "address": clause.address,
        "path": list(clause.path),
        "role": clause.role.value,
        "text": clause.text,
        "page": clause.page,
        "departments": list(clause.departments),
        "figures": [{"text": f.text, "value": str(f.value), "unit": f.unit} for f in clause.figures],
        "valid_from": _iso(validity.valid_from),
        "valid_until": _iso(validity.valid_until),
        "standing": validity.standing(as_of).value,
        "as_of": as_of.isoformat(),
    }


def document_json(document: PolicyDocument, clauses: int, as_of: date) -> dict[str, object]:
    """A document for programs; ``clauses`` is how many it has."""
    return {
        **document_facts(document),
        "standing": document.validity.standing(as_of).value,
        "page": document.page,
        "clauses": clauses,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
