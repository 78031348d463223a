"""Things and people of one family (发明专利, 实用新型, 外观设计): a rule that names some does not name the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.evidence.benefit_rows import purposes_asked, purposes_given
from bot.evidence.candidates import Candidate
from bot.refuse.answerability import Searched
from bot.refuse.constraints.cited import answering, clause_words, plain, words_of
from bot.refuse.constraints.types import ConstraintCheck, ConstraintKind, Outcome
from bot.understand.reading import Reading
from index.kept.printed_text import Prints
from ingest.vocabulary.refusing.constraints import constraint_words
from ingest.vocabulary.talk import talk_words
from ingest.vocabulary.wordings import either

_HEARD = re.compile(talk_words().heard)
_DENIED = re.compile(constraint_words().speech.denied)
Patterns = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class _Family:
    name: str
    kind: ConstraintKind
    asked: Patterns  # by the name of the member
    printed: Patterns  # the same, with what else in a rule includes the member
    told_once: bool  # in an earlier turn it counts as well
    of_the_best: bool  # only the best sentence counts


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
            family.told_once,
            family.of_the_best,
        )
        for name, family in constraint_words().families.items()
    )


def check_siblings(searched: Searched) -> Iterator[ConstraintCheck]:
    """Each member of a family that the last turn names, or took over, against the sentences that would answer."""
    last, before = searched.reading.last, " ".join(searched.reading.carried.earlier).lower()
    for family in _families():
        asked = [name for name, pattern in family.asked.items() if _is_asked(pattern, last)]
        if not asked and family.told_once:
            asked = [name for name, pattern in family.asked.items() if _is_asked(pattern, before)]
        if not asked or ((family.told_once or family.of_the_best) and _HEARD.search(last)):
            continue  # what somebody has heard is corrected, not declined
        sentences = _for_what_is_asked(searched) if family.told_once else answering(searched)
        sentences = sentences[:1] if family.of_the_best else sentences
        for name in asked:
            yield _checked(family, name, asked, sentences, searched.printed.text)


def _for_what_is_asked(searched: Searched) -> Sequence[Candidate]:
    """The sentences that would answer; of them those that give money for what it is asked for, where there are any."""
    wanted, sentences = purposes_asked(searched.reading), answering(searched)
    return [sentence for sentence in sentences if wanted & purposes_given(sentence)] or sentences


def _is_asked(pattern: re.Pattern[str], last: str) -> bool:
    """Whether the question is of it, and does not only say that it is not: 我是香港居民，不是外籍."""
    return any(not _DENIED.search(last[: match.start()]) for match in pattern.finditer(last))


def _told(sentence: Candidate) -> str:
    """What a sentence is of; that of a row of prices stands in its headings."""
    return words_of(sentence) if sentence.clause.role.is_rate_row else plain(sentence.text)


def _told_with_its_clause(sentence: Candidate, family: _Family, name: str) -> str:
    """A sentence as ``words_of`` it, or its whole clause (加大刚性引进人才支持力度。…) where it names no sibling itself."""
    text = plain(sentence.text)
    others = (pattern for other, pattern in family.asked.items() if other != name)
    return text if any(pattern.search(text) for pattern in others) else clause_words(sentence)


def without_contradicted(reading: Reading, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates without those of others than the question is about (全职 for 柔性), where any with a figure is of those."""
    kept, wanted = list(candidates), purposes_asked(reading)
    for family in _families():
        said = (reading.last, " ".join((*reading.carried.earlier, reading.last)).lower())
        named = [{name for name, one in family.asked.items() if _is_asked(one, text)} for text in said]
        asked = named[0] or named[1]
        if not family.told_once or len(asked) != 1:
            continue
        (name,) = asked
        of_it = [c for c in kept if family.printed[name].search(_told_with_its_clause(c, family, name))]
        if any(c.figures and (not wanted or wanted & purposes_given(c)) for c in of_it):
            others = [pattern for other, pattern in family.asked.items() if other != name]
            kept = [c for c in kept if c in of_it or not any(pattern.search(plain(c.text)) for pattern in others)]
    return kept


def contradicted(reading: Reading, texts: Sequence[str]) -> bool:
    """Whether ``texts`` name another of a family than the question does of what is told once: 全职 for 柔性."""
    said, text = " ".join((*reading.carried.earlier, reading.last)).lower(), plain("".join(texts))
    for family in _families():
        asked = {name for name, pattern in family.asked.items() if _is_asked(pattern, reading.last)} or {
            name for name, pattern in family.asked.items() if _is_asked(pattern, said)
        }
        printed = {name for name, pattern in family.printed.items() if pattern.search(text)}
        if family.told_once and asked and printed and asked.isdisjoint(printed):
            return True
    return False


def _checked(
    family: _Family, name: str, asked: Sequence[str], sentences: Sequence[Candidate], corpus: Prints
) -> ConstraintCheck:
    fault = f"{family.kind.value}.{family.name}"
    for sentence in sentences:
        told = words_of(sentence) if not family.told_once else _told_with_its_clause(sentence, family, name)
        if family.printed[name].search(told):
            clause, span = sentence.clause.id, sentence.span
            return ConstraintCheck(family.kind, name, Outcome.BORNE_OUT, fault, clause=clause, span=span)
    elsewhere = corpus.matches(family.asked[name])
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
