"""What of a clause is said in one breath: a sentence; a lead-in with its items; the answer to a question, never the question.

``下列项目不得申请：（一）房地产项目；`` without its lead-in reads as the opposite, and ``能申请吗？`` answers nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.structure.groups import is_datum, is_question
from ingest.structure.numbering import read_label, without_labels
from ingest.structure.sentences import split_sentences
from ingest.types import Span

LONGEST_VERDICT = 8  # characters of an answer that says nothing without the sentence behind it: "不可以。"
_COLON = re.compile(r"：|:(?!\d)")
_INLINE_ITEM = re.compile(r"[（(]\d{1,2}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳]|[（(][一二三四五六七八九十]{1,3}[）)]")
# 达到 of 达到500万美元的，…; 年用气量 of 年用气量500万立方米以上的，…
_STEP = re.compile(r"[^，。；：:（）()\d一二三四五六七八九十]{1,10}(?=\s?[\d一二三四五六七八九十][^，。；]{0,30}的，)")
_VERDICT = re.compile(r"(?:不?(?:可以?|能|是|会|需要?|用|行|必|得|应当)|没?有|无[需须]?|否|对)(?:的|了)?[，。；,]")
_QUESTION_LABEL = re.compile(r"^(?:问(?:题)?\s*\d*|[QＱ]\s*\d*)\s*[：:.．、]\s*")
_ANSWER = re.compile(r"\s*(?:答(?:复|案)?|[AＡ]\s*\d*)\s*[：:.．、]\s*")


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a clause's text that can be said by itself. Spans count in that text."""

    span: Span
    sentences: tuple[int, ...]  # of the clause it holds, from 0
    lead: Span | None = None  # what stands before the list it is an item of; not inside ``span``
    asked: Span | None = None  # the question it answers
    whole: Span | None = None  # of an item or a lead-in: the list with its lead-in
    first: bool = False  # of an answer: opens it


def says_verdict(text: str) -> bool:
    """True for an answer that opens with yes or no, which means nothing without its question: ``不能。…``."""
    return _VERDICT.match(text) is not None


def without_question_mark(question: str) -> str:
    """A question printed as ``问：能申请吗？`` or ``3.能申请吗？``, without what stands around its words."""
    bare = _QUESTION_LABEL.sub("", without_labels(question.strip()))
    return bare.rstrip("？? ")


def passages_of(text: str, sentences: Sequence[Span] | None = None) -> list[Passage]:
    """The passages of a clause in its order; questions are left out unless there is nothing else."""
    sentences = split_sentences(text) if sentences is None else sentences
    words = [span.of(text).strip() for span in sentences]
    plain = [Passage(span, (number,)) for number, span in enumerate(sentences)]
    found = _answers(text, _with_leads(text, plain, words), words)
    return found or plain


def _with_leads(text: str, plain: Sequence[Passage], words: Sequence[str]) -> list[Passage]:
    """Each list once: its lead-in, now with all its items, and each item with the lead-in."""
    made = list(plain)
    number = 0
    while number < len(plain):
        lead, last = _list_at(text, plain, words, number)
        if lead is None:
            number += 1
            continue
        # Steps are sentences of their own; what opens a list is none without it.
        opens = text[lead.start : lead.end].rstrip().endswith(("：", ":", "？", "?"))
        whole = Span(lead.start, plain[last].span.end) if opens else None
        made[number] = replace(plain[number], whole=whole)
        for item in range(number + 1, last + 1):
            made[item] = replace(plain[item], lead=lead, whole=whole)
        number = last + 1
    return made


def _list_at(text: str, plain: Sequence[Passage], words: Sequence[str], number: int) -> tuple[Span | None, int]:
    """The lead-in that begins at a sentence and the last sentence of its list; None where none does."""
    span = plain[number].span
    if words[number].endswith(("：", ":")) or _asks_for_items(plain, words, number):
        last = _end_of_lines(text, plain, words, number)
        return (span, last) if last > number else (None, number)
    colons = list(_COLON.finditer(text, span.start, span.end))
    if not words[number].endswith(("；", ";")):
        return None, number
    if not colons:
        return _steps_at(text, plain, words, number)
    last = number
    for following in range(number + 1, len(plain)):
        if _begins_line(text, plain[following].span) or _COLON.search(words[following]):
            break
        last = following
        if not words[following].endswith(("；", ";")):
            break
    return Span(span.start, colons[0].end()), last


def _steps_at(text: str, plain: Sequence[Passage], words: Sequence[str], number: int) -> tuple[Span | None, int]:
    """What stands before the first of several steps, and the last of them: ``对…企业，年产值`` of ``达到1亿元的，…；达到5亿元的，…``."""
    last = number
    opening = _STEP.match(words[number + 1]) if number + 1 < len(plain) else None
    at = text.find(opening[0], plain[number].span.start, plain[number].span.end) if opening else -1
    if opening is None or at <= plain[number].span.start:
        return None, number
    for following in range(number + 1, len(plain)):
        if _begins_line(text, plain[following].span) or not words[following].startswith(opening[0]):
            break
        last = following
        if not words[following].endswith(("；", ";")):
            break
    return Span(plain[number].span.start, at), last


def _asks_for_items(plain: Sequence[Passage], words: Sequence[str], number: int) -> bool:
    """True for a question whose answer is the list below it: ``需要哪些材料？（一）申请表；（二）…``."""
    label = read_label(words[number + 1]) if number + 1 < len(plain) else None
    return is_question(words[number]) and label is not None and label.value == 1


def _end_of_lines(text: str, plain: Sequence[Passage], words: Sequence[str], number: int) -> int:
    """The last sentence of a list whose items stand below their lead-in, one a line."""
    last, kind, open_ = number, None, True
    for following in range(number + 1, len(plain)):
        if _begins_line(text, plain[following].span):
            label = read_label(words[following])
            first = last == number
            if is_datum(words[following]) or is_question(words[following]):
                break
            if first:
                kind = label.kind if label else None
            elif (kind is not None and label is None) or (kind is None and not open_):
                break
        elif last == number and _INLINE_ITEM.match(words[following]) is None:
            kind = None
        open_ = words[following].endswith(("；", ";", "、", "，"))
        last = following
    return last


def _begins_line(text: str, span: Span) -> bool:
    return span.start == 0 or "\n" in text[max(0, span.start - 1) : span.start]


def _answers(text: str, made: Sequence[Passage], words: Sequence[str]) -> list[Passage]:
    """The passages without questions; what follows one answers it, a bare verdict with the sentence behind it."""
    found: list[Passage] = []
    asked: Span | None = None
    for passage, said in zip(made, words, strict=True):
        if said.endswith(("？", "?")) and not _ANSWER.match(said):
            asked = passage.span
            continue
        before = found[-1] if found and asked is not None and found[-1].asked == asked else None
        is_next_item = before is not None and passage.lead == asked  # the list that answers is said as a whole
        if before is not None and (is_next_item or (before.first and _is_verdict(text, before))):
            found[-1] = replace(
                before,
                span=Span(before.span.start, passage.span.end),
                sentences=(*before.sentences, *passage.sentences),
                whole=Span(before.span.start, passage.whole.end) if passage.whole and not is_next_item else None,
            )
            continue
        first = asked is not None and not (found and found[-1].asked == asked)
        span = _without_answer_label(text, passage.span) if first else passage.span
        lead, whole = passage.lead, passage.whole
        if lead is not None and asked is not None and lead.start <= asked.start:
            lead, whole = None, None if lead == asked else whole
        found.append(replace(passage, span=span, asked=asked, first=first, lead=lead, whole=whole))
    return found


def _is_verdict(text: str, passage: Passage) -> bool:
    return len(passage.sentences) == 1 and len(passage.span.of(text).strip()) <= LONGEST_VERDICT


def _without_answer_label(text: str, span: Span) -> Span:
    label = _ANSWER.match(text, span.start, span.end)
    return Span(label.end(), span.end) if label and label.end() < span.end else span
