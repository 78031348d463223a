"""Things and people of one family (发明专利, 实用新型, 外观设计): a rule that names some does not name the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.evidence.candidates import Candidate
from bot.refuse.answerability import Searched
from bot.refuse.constraints.cited import answering, plain, words_of
from bot.refuse.constraints.types import ConstraintCheck, ConstraintKind, Outcome
from ingest.vocabulary.refusing.constraints import constraint_words
from ingest.vocabulary.wordings import either

_DENIED = re.compile(constraint_words().speech.denied)
Patterns = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class _Family:
    name: str
    kind: ConstraintKind
    asked: Patterns  # by the name of the member
    printed: Patterns  # the same, with what else in a rule includes the member


@cache
def _families() -> tuple[_Family, ...]:
    return tuple(
        _Family(
            name,
            ConstraintKind(family.kind),
            {member: re.compile(either(words)) for member, words in family.members.items()},
            {
                member: re.compile(either((*words, *family.covers.get(member, ()))))
                for member, words in family.members.items()
            },
        )
        for name, family in constraint_words().families.items()
    )


def check_siblings(searched: Searched) -> Iterator[ConstraintCheck]:
    """Each member of a family that the last turn names, against the sentences that would answer."""
    last = searched.reading.last
    for family in _families():
        asked = [name for name, pattern in family.asked.items() if _is_asked(pattern, last)]
        if not asked:
            continue
        sentences = answering(searched)
        for name in asked:
            yield _checked(family, name, asked, sentences, searched.printed.text)


def _is_asked(pattern: re.Pattern[str], last: str) -> bool:
    """Whether the question is of it, and does not only say that it is not: 我是香港居民，不是外籍."""
    return any(not _DENIED.search(last[: match.start()]) for match in pattern.finditer(last))


def _told(sentence: Candidate) -> str:
    """What a sentence is of; that of a row of prices stands in its headings."""
    return words_of(sentence) if sentence.clause.role.is_rate_row else plain(sentence.text)


def _checked(
    family: _Family, name: str, asked: Sequence[str], sentences: Sequence[Candidate], corpus: str
) -> ConstraintCheck:
    fault = f"{family.kind.value}.{family.name}"
    for sentence in sentences:
        if family.printed[name].search(words_of(sentence)):
            clause, span = sentence.clause.id, sentence.span
            return ConstraintCheck(family.kind, name, Outcome.BORNE_OUT, fault, clause=clause, span=span)
    elsewhere = family.asked[name].search(corpus) is not None
    beside = [
        (other, sentence)
        for sentence in sentences
        for other, pattern in family.asked.items()
        if other not in asked and pattern.search(_told(sentence))
    ]
    if not beside:
        return ConstraintCheck(family.kind, name, Outcome.NOT_MENTIONED, fault, elsewhere=elsewhere)
    first = beside[0][1]
    printed = tuple(dict.fromkeys(other for other, _ in beside))
    return ConstraintCheck(
        family.kind, name, Outcome.CONTRADICTED, fault, printed, first.clause.id, first.span, elsewhere
    )
