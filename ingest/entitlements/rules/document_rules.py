"""Sentences that speak for a whole document: to whom it applies, who is left out, what adds up, how to apply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.entitlements.rules.grants import pieces, trim
from ingest.entitlements.types import TextCondition
from ingest.types import Clause, Role, Span
from ingest.vocabulary.grants import grant_words

LONGEST_CLAUSE = 400  # characters of a clause that is quoted as a whole
MOST = 4  # sentences of one kind; more of them are not about the document as a whole
_SIGNS_OF_A_LIST = "：:"
_SPEAKS_OF_ONE = (Role.TABLE_ROW, Role.PRICE, Role.CATALOGUE, Role.STUB)


@dataclass(frozen=True, slots=True)
class DocumentRules:
    """What a document says of all that it grants, as printed."""

    conditions: tuple[TextCondition, ...] = ()
    overlap: tuple[str, ...] = ()
    procedure: tuple[str, ...] = ()


def rules_of(clauses: Sequence[Clause], closing: Iterable[str] = ()) -> DocumentRules:
    """The rules of a document; ``closing`` are its closing rules, as printed."""
    words = grant_words().documents
    scope = [TextCondition(said, f"适用范围：{said}") for said in _saying(clauses, words.scope)]
    barred = [TextCondition(said, f"不属于：{said}") for said in _saying(clauses, words.exclusions)]
    overlap = [*closing, *_saying(clauses, words.overlap)]
    procedure = list(_saying(clauses, words.procedure))
    return DocumentRules(
        (*scope[:MOST], *barred[:MOST]),
        tuple(dict.fromkeys(overlap))[:MOST],
        tuple(dict.fromkeys(procedure))[:MOST],
    )


def _saying(clauses: Sequence[Clause], words: Sequence[str]) -> Iterator[str]:
    """Sentences with one of the words; a lead-in with the list behind it."""
    for clause in clauses:
        if clause.role in _SPEAKS_OF_ONE or not any(word in clause.text for word in words):
            continue
        for piece, _ in pieces(clause.text):
            said = piece.of(clause.text)
            if any(word in said for word in words):
                leads = clause.text[piece.end : piece.end + 1] in _SIGNS_OF_A_LIST
                whole = trim(clause.text, Span(piece.start, len(clause.text)))
                yield whole.of(clause.text) if leads and len(whole) <= LONGEST_CLAUSE else said


def own_rules(clause: Clause, words: Sequence[str]) -> tuple[str, ...]:
    """The sentences of one clause with one of the words."""
    return tuple(dict.fromkeys(_saying([clause], words)))
