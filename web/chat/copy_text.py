"""An answer to take along: as plain text for a message, as Markdown for a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.service.wording import card_text
from bot.types import Answer, Answered, AnswerSentence, Citation
from ingest.facts.table_units import words_shown
from ingest.types import Corpus
from web.answers.cards import CellView, TableView, sentences_by_part, table_views, validity_shown
from web.answers.highlights import merged
from web.texts import Tongue, bracketed, colon, joined, level_name, say, tongue_of

MARKDOWN_MARKS = re.compile(r"([\\`*_{}\[\]()#+!|<>~$-])")


def _numbers(sentence: AnswerSentence) -> str:
    return "".join(f"[{n}]" for n in sentence.citations)


def source_line(citation: Citation, corpus: Corpus, as_of: date, tongue: Tongue) -> str:
    """One source in a line: title, address, level, page and validity as on ``as_of``, then the quoted words."""
    clause = citation.clause
    place = [level_name(clause.level, tongue)]
    if citation.page is not None:
        place.append(say("page", tongue, page=citation.page))
    standing = validity_shown(clause, corpus).standing(as_of)
    place.append(say(f"standing_{standing.value}", tongue))
    english = f"{citation.document_english} " if citation.document_english else ""
    title = f"{english}《{citation.document_title}》{clause.address}{bracketed(place, tongue)}"
    quotes = joined((f"“{words_shown(clause, span)}”" for span in merged(citation.quotes)), tongue)
    return f"{title}{quotes}"


def plain_text(answer: Answer, corpus: Corpus, disclaimer: str) -> str:
    """Question, answer, notices and sources, ready to paste into a message; a sentence a line, as on the page."""
    tongue = tongue_of(answer.language)
    lines = [f"{say('you_asked', tongue)}{colon(tongue)}{answer.question.last}", ""]
    for part, sentences in sentences_by_part(answer):
        lines += [f"【{part}】"] if part else []
        lines += [f"{sentence.text}{_numbers(sentence)}" for sentence in sentences]
    for table in table_views(answer):
        lines += ["", table["caption"], *_plain_rows(table, tongue)]
    lines += [f"{say('notice', tongue)}{colon(tongue)}{notice}" for notice in answer.notices]
    for card in answer.service:
        lines += ["", *card_text(card, answer.language)]
    if answer.citations:
        lines += ["", _sources_heading(answer, tongue)]
        lines += [f"[{c.n}] {line}" for c, line in _source_lines(answer, corpus, tongue)]
    return "\n".join(
        [*lines, *(["", say("english_prevails", tongue)] if _is_translated(answer) else []), "", disclaimer]
    )


def markdown(answer: Answer, corpus: Corpus) -> str:
    """The same as Markdown, a sentence a paragraph; whatever a clause or a question contains stays text."""
    tongue = tongue_of(answer.language)
    lines = [f"## {escaped(answer.question.last)}"]
    if not isinstance(answer, Answered):
        lines += ["", f"**{say('declined', tongue)}**"]
    for part, sentences in sentences_by_part(answer):
        lines += ["", f"### {escaped(part)}"] if part else []
        for sentence in sentences:
            lines += ["", f"{escaped(sentence.text)}{escaped(_numbers(sentence))}"]
    for table in table_views(answer):
        lines += ["", f"**{escaped(table['caption'])}**", "", *_markdown_rows(table)]
    for notice in answer.notices:
        lines += ["", f"> **{say('notice', tongue)}** {escaped(notice)}"]
    for card in answer.service:
        heading, *told = card_text(card, answer.language)
        lines += ["", f"**{escaped(heading)}**", "", *(f"- {escaped(line)}" for line in told)]
    if answer.citations:
        lines += ["", f"**{_sources_heading(answer, tongue)}**", ""]
        lines += [f"{c.n}. {escaped(line)}" for c, line in _source_lines(answer, corpus, tongue)]
    if _is_translated(answer):
        lines += ["", escaped(say("english_prevails", tongue))]
    return "\n".join(lines) + "\n"


def _is_translated(answer: Answer) -> bool:
    return isinstance(answer, Answered) and any(sentence.source_quote for sentence in answer.sentences)


def cell_text(cell: CellView) -> str:
    """A cell with its citation numbers behind it."""
    return cell["text"] + "".join(f"[{n}]" for n in cell["citations"])


def _plain_rows(table: TableView, tongue: Tongue) -> Iterator[str]:
    """A row a line, each cell under its column's name: "市：A类 300万元[1]；拨付 分5年[2]"."""
    for row in table["rows"]:
        named = [f"{column} {cell_text(cell)}" for column, cell in zip(table["columns"][1:], row[1:], strict=True)]
        yield f"{cell_text(row[0])}{colon(tongue)}{joined(named, tongue)}"


def _markdown_rows(table: TableView) -> Iterator[str]:
    yield "| " + " | ".join(escaped(column) for column in table["columns"]) + " |"
    yield "|" + " --- |" * len(table["columns"])
    for row in table["rows"]:
        yield "| " + " | ".join(escaped(cell_text(cell)) for cell in row) + " |"


def escaped(text: str) -> str:
    """Text in which Markdown sees nothing but text, on one line."""
    return MARKDOWN_MARKS.sub(r"\\\1", " ".join(text.split()))


def _source_lines(answer: Answer, corpus: Corpus, tongue: Tongue) -> Iterator[tuple[Citation, str]]:
    for citation in answer.citations:
        yield citation, source_line(citation, corpus, answer.question.as_of, tongue)


def _sources_heading(answer: Answer, tongue: Tongue) -> str:
    return say("nearest" if all(cited.why == "nearest" for cited in answer.citations) else "sources", tongue)
