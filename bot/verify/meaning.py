"""What a sentence says otherwise than the sentences of the clauses it rests on: whom, how, how often, whether at all.

Each sentence is laid beside the printed ones that hold its figures, else beside those most like its parts, with their
lead-ins, headings and title. Told are words that stand in none of them, denials that were added or lost, a period, a
currency or a giver of another level. Figures and their bounds are checked in ``grounding``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise

from pydantic import BaseModel, ConfigDict

from bot.text.jieba_dictionary import words_in
from bot.understand.grades import CLASS_LETTERS
from index.text.tokens import STOPWORDS
from ingest.facts.figures import find_figures, supports
from ingest.normalise import match_form, to_simplified
from ingest.structure.groups import is_lead_in
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Figure, Span
from ingest.vocabulary.levels import Level, levels
from ingest.vocabulary.load import any_of

_YEARS = re.compile(r"第\d+年(?:至第\d+年)?")
_MARK = re.compile(r"\s*[\[［]\d{1,3}[\]］]")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_LATIN_RUN = re.compile(r"[a-z]{2}")
_PART = re.compile(r"[^，,；;：:。！!？?\n]+")
_CLASS = re.compile(rf"([{CLASS_LETTERS}])(?=(?:类?[、,，和及与]\s*[{CLASS_LETTERS}])*\s*类)", re.IGNORECASE)
_NEXT_ROW = re.compile(r"(?<=[，,])(?=对)")  # 对甲给予…，对乙给予…: what is said of one is not said of the other
WINDOW = 2  # characters behind a denial that tell what it denies
MOST_RESTED_ON = 3  # printed sentences that one part may rest on, the most alike
ALIKE = 0.5  # share of the pairs of a part from which on a printed sentence may be what it rests on


class Kind(StrEnum):
    """What differs."""

    WORD = "word"  # stands nowhere in what the sentence rests on
    NEGATION = "negation"
    RELIEF = "relief"  # another one, or of other years
    PERIOD = "period"
    CURRENCY = "currency"
    LEVEL = "level"
    NOTHING = "nothing"  # nothing of the sentence stands in the clauses


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: as the sentence has it; ``printed`` what the clause has in its place, "" for nothing."""

    kind: Kind
    said: str
    printed: str = ""


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    own: frozenset[str]
    alike: tuple[frozenset[str], ...]
    negations: tuple[str, ...]
    reliefs: tuple[str, ...]
    ranks: tuple[str, ...]
    periods: tuple[str, ...]
    currencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Printed:
    """A sentence of a clause with what leads into it."""

    text: str
    around: str  # lead-ins, headings, title, offices
    figures: tuple[Figure, ...]
    level: str | None


def differences(sentence: str, clauses: Sequence[Clause], titles: Sequence[str]) -> tuple[Difference, ...]:
    """How ``sentence`` differs in meaning from ``clauses``, whose documents are called ``titles``; empty when it does not.

    Chinese of either script. A sentence in another language is not read: nothing is told of it.
    """
    said = match_form(to_simplified(without_marks(sentence)))
    if not reads_meaning(said):
        return () if _LATIN_RUN.search(said) else (Difference(Kind.NOTHING, said.strip()),)
    printed = [one for clause, title in zip(clauses, titles, strict=True) for one in _sentences_of(clause, title)]
    whole = "\0".join(_bare(clause.text) for clause in clauses)
    sentences = (span.of(said) for span in split_sentences(said))
    return tuple(one for each in sentences if _bare(each) not in whole for one in _of_sentence(each, printed))


def _of_sentence(said: str, printed: Sequence[_Printed]) -> Iterator[Difference]:
    figures = find_figures(said)
    rests = _rests_on(said, figures, printed)
    if not rests:
        yield Difference(Kind.NOTHING, said.strip())
        return
    own, around = "\0".join(one.text for one in rests), "\0".join(one.around for one in rests)
    known = f"{own}\0{around}"
    yield from (Difference(Kind.LEVEL, name) for name in _levels(said, known, rests))
    yield from _negations(said, own, known)
    yield from _reliefs(said, own)
    yield from (Difference(Kind.WORD, words) for words in _ranks(said) if words not in known)
    yield from (Difference(Kind.PERIOD, word) for word in _unprinted(_words().periods, said, known))
    yield from (Difference(Kind.CURRENCY, word) for word in _unprinted(_words().currencies, said, known))
    yield from (Difference(Kind.WORD, word) for word in _foreign_words(said, figures, known))


def without_marks(sentence: str) -> str:
    """A sentence without the numbers of its citations: ``[1]``."""
    return _MARK.sub("", sentence)


def reads_meaning(sentence: str) -> bool:
    """Whether more than figures is compared: there must be Chinese in it."""
    return _HAN_RUN.search(sentence) is not None


@cache
def _words() -> _Words:
    raw = tomllib.loads((files("bot.verify") / "meaning.toml").read_text("utf-8"))
    return _Words.model_validate(raw)


def _sentences_of(clause: Clause, title: str) -> Iterator[_Printed]:
    """The sentences of a clause; those that open a list lead into all behind them."""
    heads = [title, *clause.path, clause.address, *clause.departments]
    leads: list[str] = []
    for sentence in split_sentences(clause.text):
        opening: list[str] = []
        for span in _rows(clause.text, sentence):
            text = _bare(span.of(clause.text))
            figures = tuple(figure for figure in clause.figures if span.contains(figure.span))
            yield _Printed(text, _bare("\0".join([*heads, *leads, *opening])), figures, clause.level)
            if not figures:
                opening.append(text)
        if is_lead_in(sentence.of(clause.text)):
            leads.append(_bare(sentence.of(clause.text)))


def _rows(text: str, sentence: Span) -> Iterator[Span]:
    cuts = [found.start() for found in _NEXT_ROW.finditer(text, sentence.start, sentence.end)]
    return (Span(*edges) for edges in pairwise((sentence.start, *cuts, sentence.end)))


def _bare(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", "", match_form(text))


def _rests_on(said: str, figures: Sequence[Figure], printed: Sequence[_Printed]) -> list[_Printed]:
    """Printed sentences with a figure of ``said``, the most alike for each; without figures those most like its parts."""
    rests: list[_Printed] = []
    for figure in figures:
        holding = [one for one in printed if any(supports(own, figure) for own in one.figures)]
        if holding and not any(one in rests for one in holding):
            rests.append(max(holding, key=lambda one: (_shared_classes(said, one), _likeness(said, one))))
    if rests:
        return rests
    for part in _PART.findall(said):
        ranked = sorted(printed, key=lambda one: -_likeness(part, one))[:MOST_RESTED_ON]
        rests += [one for one in ranked if _likeness(part, one) >= ALIKE and one not in rests]
    return rests


def _likeness(said: str, printed: _Printed) -> float:
    return _share(said, printed.text)


def _share(said: str, text: str) -> float:
    """Share of the pairs of characters of ``said`` that stand in ``text``."""
    pairs = _pairs(said)
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


def _shared_classes(said: str, printed: _Printed) -> int:
    return len({found[1].lower() for found in _CLASS.finditer(said)} & set(_CLASS.findall(printed.text)))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(run[at : at + 2] for run in _HAN_RUN.findall(text) for at in range(len(run) - 1))


def _levels(said: str, known: str, rests: Sequence[_Printed]) -> Iterator[str]:
    """Givers of another level than the clauses', as the sentence names them."""
    given = {one.level for one in rests}
    for level in levels():
        if given & {level.name, *level.stands_for}:
            continue
        yield from (word for word in _names_of_giver(level) if word in said and word not in known)


def _names_of_giver(level: Level) -> tuple[str, ...]:
    one = level.said_of
    return (*level.said, *((f"{one}里", f"本{one}", f"我{one}", f"全{one}", f"{one}政府", f"{one}级") if one else ()))


def _negations(said: str, own: str, known: str) -> Iterator[Difference]:
    """Denials of ``said`` that are printed nowhere, and printed ones whose words it says without the denial."""
    pattern = re.compile(any_of(_words().negations))
    for found in pattern.finditer(said):
        denied = said[found.start() : found.end() + WINDOW]
        if denied not in known and found[0] not in {word for word in _words().negations if denied in own}:
            yield Difference(Kind.NEGATION, denied)
    for found in pattern.finditer(own):
        denied = own[found.end() : found.end() + WINDOW]
        lost = len(denied) == WINDOW and denied in said and f"{found[0]}{denied}" not in said
        if lost and not pattern.search(said) and own.count(denied) == 1:
            yield Difference(Kind.NEGATION, denied, f"{found[0]}{denied}")


def _reliefs(said: str, own: str) -> Iterator[Difference]:
    """Reliefs that the printed part most like theirs, or of their years, does not give."""
    giving = [part for part in _PART.findall(own) if any(word in part for word in _words().reliefs)]
    for part in _PART.findall(_bare(said)):
        words = [word for word in _words().reliefs if word in part]
        if not words or not giving:
            continue
        years = set(_YEARS.findall(part))
        nearest = max(giving, key=lambda one: (len(years & set(_YEARS.findall(one))), _share(part, one)))
        if any(word not in nearest for word in words) or not years <= set(_YEARS.findall(nearest)):
            yield Difference(Kind.RELIEF, part, nearest)


def _ranks(said: str) -> Iterator[str]:
    for found in re.finditer(any_of(_words().ranks), said):
        yield said[max(0, found.start() - WINDOW) : found.end()]


def _unprinted(words: Iterable[str], said: str, known: str) -> list[str]:
    return [word for word in words if word in said and word not in known]


def _foreign_words(said: str, figures: Sequence[Figure], known: str) -> Iterator[str]:
    """Content words and classes of ``said`` that stand in nothing it rests on; words of who retells are no content."""
    yield from (f"{found[1].upper()}类" for found in _CLASS.finditer(said) if not _says_class(found[1], known))
    rest = said
    for figure in figures:
        rest = rest[: figure.span.start] + "\0" * len(figure.span) + rest[figure.span.end :]
    skipped = _words().own | STOPWORDS | frozenset(_words().negations) | frozenset(_words().periods)
    givers = {word for level in levels() for word in _names_of_giver(level)}
    for run in _HAN_RUN.findall(rest):
        for word in words_in(run):
            if len(word) > 1 and word not in skipped and word not in givers and not _is_printed(word, known):
                yield word


def _says_class(letter: str, known: str) -> bool:
    return any(found[1].lower() == letter.lower() for found in _CLASS.finditer(known))


def _is_printed(word: str, known: str) -> bool:
    """Whether a word, one alike, or each half of a compound stands in ``known``."""
    if word in known or any(word in row and any(other in known for other in row) for row in _words().alike):
        return True
    own = _words().own
    return any(
        all(part in known or part in own or part in STOPWORDS for part in (word[:at], word[at:]))
        for at in range(1, len(word))
        if len(word) > 2
    )
