"""The table that a reply holds, each of its cells checked as a sentence is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.compose.phrases import phrase
from bot.llm.desk import Desk
from bot.llm.output_checks import Objection
from bot.llm.reply_words import is_empty_cell
from bot.llm.sentence_checks import quotes_of
from bot.llm.sentence_stream import Said
from bot.types import AnswerSentence, Language, Table, TableCell
from bot.verify.grounding import check_sentence
from ingest.normalise import to_simplified

FEWEST_ROWS = 2
MOST_ROWS = 12
MOST_COLUMNS = 8
_NOTHING = TableCell("—")


def table_of(desk: Desk) -> Table | None:
    """The lines of the reply as a table; None where they are none, or where no cell of it stands."""
    if len(desk.rows) <= FEWEST_ROWS - 1 or desk.rows[0].sources:
        return None
    heads = [cell.text for cell in desk.rows[0].cells][:MOST_COLUMNS]
    if not all(_is_name(desk, head) for head in heads):
        return None
    rows = [_row(desk, heads, row) for row in desk.rows[1 : MOST_ROWS + 1]]
    kept = tuple(row for row in rows if row is not None)
    if not any(cell.citations for row in kept for cell in row):
        return None
    caption = phrase("by_item", desk.language)
    return Table(caption, tuple(heads), kept)


def sentences_of(table: Table, language: Language) -> list[AnswerSentence]:
    """A sentence for each row, for a reply that says nothing beside its table."""
    joint, stop, colon = ("; ", ".", ": ") if language is Language.EN else ("；", "。", "：")
    said: list[AnswerSentence] = []
    for row in table.rows:
        told = [(head, cell) for head, cell in zip(table.columns[1:], row[1:], strict=False) if cell.citations]
        words = joint.join(f"{head}{colon}{cell.text}" for head, cell in told)
        citations = tuple(dict.fromkeys(n for _, cell in told for n in cell.citations))
        figures = tuple(figure for _, cell in told for figure in cell.figures)
        if words:
            said.append(AnswerSentence(f"{row[0].text}{colon}{words}{stop}", citations, figures))
    return said


def _row(desk: Desk, heads: Sequence[str], row: Said) -> tuple[TableCell, ...] | None:
    name, *cells = row.cells
    if not _is_name(desk, name.text):
        desk.report.withheld[Objection.UNGROUNDED] += 1
        return None
    told = [_cell(desk, f"{name.text} {head}", cell, row) for head, cell in zip(heads[1:], cells, strict=False)]
    told += [_NOTHING] * (len(heads) - 1 - len(told))
    return (TableCell(name.text), *told)


def _is_name(desk: Desk, text: str) -> bool:
    """Whether a head or the name of a row was told, or is printed in some source."""
    if not text:
        return True
    verdict = check_sentence(text, tuple(desk.material.sources), desk.material.sources)
    told = to_simplified("\n".join(desk.reading.question.turns))
    missing = (*verdict.missing_figures, *verdict.missing_words)
    return desk.checks.may_be_named(text) and all(to_simplified(words) in told for words in missing)


def _cell(desk: Desk, about: str, cell: Said, row: Said) -> TableCell:
    if is_empty_cell(cell.text):
        return TableCell(cell.text or _NOTHING.text)
    sources = cell.sources or row.sources
    said = Said(cell.text, sources, cell.marks)
    sentence = desk.checks.borne_out(said, about) if sources and desk.checks.may_be_named(cell.text) else None
    if sentence is None:
        desk.report.withheld[Objection.UNGROUNDED if sources else Objection.UNCITED] += 1
        return _NOTHING
    clauses = desk.material.sources
    numbers = [
        desk.draft.cite(clauses[n], quote, "answer")
        for n in sentence.citations
        for quote in quotes_of(sentence, clauses[n])
    ]
    return TableCell(cell.text, tuple(dict.fromkeys(numbers)), sentence.figures)
