"""The clauses a language model is given: which fit, in which order, and each document's facts once in front of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from bot.compose.validity import judged_words
from bot.evidence.table_rows import is_table_row, row_words
from bot.text.bilingual import Say
from bot.types import Language
from bot.understand.time_asked import TimeAsked
from ingest.normalise import match_form
from ingest.types import Clause, Corpus, PolicyDocument

OFFICES_PRINTED = 0.5  # share of a clause's offices that its own words name: the list is not told a second time


def in_turn(found: Sequence[Sequence[Clause]], first: Iterable[Clause] = ()) -> list[Clause]:
    """``first``, then the best clause of each search, then the second best of each, and so on; each clause once."""
    longest = max(map(len, found), default=0)
    turns = (clauses[place] for place in range(longest) for clauses in found if place < len(clauses))
    return list({clause.id: clause for clause in (*first, *turns)}.values())


def numbered(clauses: Sequence[Clause], most_chars: int) -> dict[int, Clause]:
    """Those that fit within ``most_chars``, numbered from 1, the clauses of a document behind one another.

    The first one is taken always; one that is too long for what is left gives its place to the next.
    """
    taken: dict[str, Clause] = {}
    left = most_chars
    for clause in clauses:
        if not taken or len(clause.text) <= left:
            taken.setdefault(clause.id, clause)
            left -= len(clause.text)
    documents = list(dict.fromkeys(clause.document for clause in taken.values()))
    ordered = sorted(taken.values(), key=lambda clause: (documents.index(clause.document), clause.span))
    return dict(enumerate(ordered, start=1))


def printed(
    sources: Mapping[int, Clause], corpus: Corpus, time: TimeAsked, language: Language, words: Mapping[str, Say]
) -> str:
    """The sources as a model reads them: a line for each document, a line of headings where they change, the clauses."""
    lines: list[str] = []
    for document, own in groupby(sources.items(), key=lambda item: corpus.document_of(item[1])):
        lines.append(_document_line(document, corpus, time, language, words))
        above: tuple[str, ...] = ()
        for n, clause in own:
            headings = _headings(clause, document)
            lines.extend(_new_headings(headings, above))
            above = headings
            lines.append(f"[{n}] {_said(clause, document, corpus, time, words)}")
    return "\n".join(lines)


def _document_line(
    document: PolicyDocument, corpus: Corpus, time: TimeAsked, language: Language, words: Mapping[str, Say]
) -> str:
    holds = document.validity
    dated = [
        words[key].to(language).format(day=day.isoformat())
        for key, day in (("issued", document.issued), ("since", holds.valid_from), ("until", holds.valid_until))
        if day is not None
    ]
    rules = "；".join(document.closing_rules)
    told = [
        document.level or "",
        document.number or "",
        *dated,
        (judged_words(holds, time, Language.ZH) or "").rstrip("。"),
        words["rules"].to(language).format(words=rules) if rules else "",
    ]
    return f"《{document.title}》{'，'.join(filter(None, told))}"


def _headings(clause: Clause, document: PolicyDocument) -> tuple[str, ...]:
    """The headings of a clause within its document that its own words do not begin with."""
    path = clause.path
    below = path[path.index(document.title) + 1 :] if document.title in path else path[2:]
    own = match_form(clause.text)
    return tuple(heading for heading in below if not own.startswith(match_form(heading).rstrip("。.：:")))


def _new_headings(headings: Sequence[str], above: Sequence[str]) -> Iterator[str]:
    """The headings from the first that differs from those of the clause before."""
    if headings and tuple(headings) != tuple(above):
        same = next((at for at, pair in enumerate(zip(headings, above, strict=False)) if pair[0] != pair[1]), None)
        start = same if same is not None else min(len(headings), len(above))
        if headings[start:]:
            yield " › ".join(headings[start:])


def _said(clause: Clause, document: PolicyDocument, corpus: Corpus, time: TimeAsked, words: Mapping[str, Say]) -> str:
    text = row_words(clause) if is_table_row(clause) else clause.text
    named = sum(office in clause.text for office in clause.departments)
    tells = clause.departments and named < OFFICES_PRINTED * len(clause.departments)
    offices = words["offices"].zh.format(names="、".join(clause.departments)) if tells else ""
    standing = judged_words(corpus.validity_of(clause), time, Language.ZH)
    if standing == judged_words(document.validity, time, Language.ZH):
        standing = None  # it is told of the whole document
    return f"{text}{offices}{f'（{standing}）' if standing else ''}"
