"""An answer as plain text for the terminal: the body, the quoted clauses with their places, the notices."""

from __future__ import annotations

from bot.service.wording import card_text
from bot.types import Answer, Answered, Citation, Table
from ingest.facts.table_units import words_shown

LONGEST_QUOTE = 120  # characters of a quote on the terminal; the whole clause is in --json
LONGEST_TITLE = 30


def answer_text(answer: Answer) -> str:
    """Several lines without a line end after the last."""
    lines = _body(answer)
    if isinstance(answer, Answered):
        lines.extend(line for table in answer.tables for line in _table(table))
    lines.extend(f"  {_citation(citation)}" for citation in answer.citations)
    lines.extend(f"  ! {notice}" for notice in answer.notices)
    lines.extend(f"  {line}" for card in answer.service for line in card_text(card, answer.language))
    if not isinstance(answer, Answered):
        lines.append(f"  (declined: {answer.reason.value})")
    return "\n".join(lines)


def _body(answer: Answer) -> list[str]:
    """The body in one line; of a question of several parts, each part under its name."""
    if not isinstance(answer, Answered) or len(answer.parts) <= 1:
        return [answer.body]
    left = dict(enumerate(answer.sentences))
    lines: list[str] = []
    for part in answer.parts:
        lines.append(f"【{part.question}】")
        lines.extend(left.pop(place).marked for place in part.sentences if place in left)
    return [*lines, *(sentence.marked for sentence in left.values())]


def _table(table: Table) -> list[str]:
    rows = [
        [f"{_short(cell.text, LONGEST_QUOTE)}{''.join(f'[{n}]' for n in cell.citations)}" for cell in row]
        for row in table.rows
    ]
    return [f"  {table.caption}", *(f"  | {' | '.join(cells)} |" for cells in [list(table.columns), *rows])]


def _citation(citation: Citation) -> str:
    clause = citation.clause
    title = citation.document_english or _short(citation.document_title, LONGEST_TITLE)
    place = " › ".join(part for part in (title, clause.address) if part)
    page = (
        ""
        if citation.page is None
        else f" (p. {citation.page}) "
        if citation.document_english
        else f"（第 {citation.page} 页）"
    )
    quote = _short("".join(words_shown(clause, span).strip() for span in citation.quotes), LONGEST_QUOTE)
    return f"[{citation.n}] {place}{page}“{quote}”"


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
