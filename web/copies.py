"""An answer to take along: as plain text for a message, as Markdown for a file."""

from __future__ import annotations

import re

from bot.types import Answer, Answered, AnswerSentence, Citation
from web.cards import merged, sentences_of
from web.texts import Tongue, level_name, say, tongue_of

MARKDOWN_MARKS = re.compile(r"([\\`*_{}\[\]()#+!|<>~$-])")


def _numbers(sentence: AnswerSentence) -> str:
    return "".join(f"[{n}]" for n in sentence.citations)


def source_line(citation: Citation, tongue: Tongue) -> str:
    """One source in a line: title, address, level and page, then the quoted words."""
    clause = citation.clause
    place = [level_name(clause.level, tongue)]
    if clause.page is not None:
        place.append(say("page", tongue, page=clause.page))
    title = f"《{citation.document_title}》{clause.address}（{'，'.join(place)}）"
    quotes = "；".join(f"“{span.of(clause.text)}”" for span in merged(citation.quotes))
    return f"{title}{quotes}"


def plain_text(answer: Answer, disclaimer: str) -> str:
    """Question, answer, notices and sources, ready to paste into a message."""
    tongue = tongue_of(answer.language)
    joint = " " if tongue == "en" else ""
    lines = [f"{say('you_asked', tongue)}：{answer.question.last}", ""]
    lines.append(joint.join(f"{s.text}{_numbers(s)}" for s in sentences_of(answer)))
    lines += [f"{say('notice', tongue)}：{notice}" for notice in answer.notices]
    if answer.citations:
        lines += ["", _sources_heading(answer, tongue)]
        lines += [f"[{c.n}] {source_line(c, tongue)}" for c in answer.citations]
    return "\n".join([*lines, "", disclaimer])


def markdown(answer: Answer) -> str:
    """The same as Markdown; whatever a clause or a question contains stays text."""
    tongue = tongue_of(answer.language)
    joint = " " if tongue == "en" else ""
    body = joint.join(f"{escaped(s.text)}{escaped(_numbers(s))}" for s in sentences_of(answer))
    lines = [f"## {escaped(answer.question.last)}", "", body]
    for notice in answer.notices:
        lines += ["", f"> **{say('notice', tongue)}** {escaped(notice)}"]
    if answer.citations:
        lines += ["", f"**{_sources_heading(answer, tongue)}**", ""]
        lines += [f"{c.n}. {escaped(source_line(c, tongue))}" for c in answer.citations]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Text in which Markdown sees nothing but text, on one line."""
    return MARKDOWN_MARKS.sub(r"\\\1", " ".join(text.split()))


def _sources_heading(answer: Answer, tongue: Tongue) -> str:
    return say("sources" if isinstance(answer, Answered) else "nearest", tongue)
