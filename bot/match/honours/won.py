"""What a profile tells of prizes and rankings, as facts: with grade, rank and age where they are said."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.match.facts.titles.title_holders import title_abroad
from bot.match.heard import own_clauses
from bot.match.honours.prizes import Prize, grade_of, names_in, prize_of, rank_of, written
from bot.match.honours.rankings import rankings_told
from bot.match.honours.schools import with_schools
from bot.match.types import AskerFacts, Fact
from ingest.types import Span
from ingest.vocabulary.matching.prizes import prize_words

_SENTENCE_ENDS = re.compile(r"[。！？!?\n]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_RECENT_YEARS = 5
_AWARD = "award"


@dataclass(frozen=True, slots=True)
class _Part:
    """A clause of the asker's own, in :func:`written` form; ``at`` is where it stands, ``sentence`` its number."""

    text: str
    at: Span
    sentence: int


def with_honours(profile: str, facts: AskerFacts, as_of: date, listed: Collection[str]) -> AskerFacts:
    """The facts with prizes as they were won, in place of their bare names, and with places in rankings.

    ``listed``: awards as records and catalogues print them.
    """
    parts = list(_parts(profile, facts, as_of))
    won = [(part, prize) for number, part in enumerate(parts) for prize in _prizes(parts, number, as_of)]
    kept, told = list(facts.facts), list[Fact]()
    for part, prize in won:
        if prize.is_told_apart:
            bare = next((fact for fact in kept if _is_bare(fact, prize)), None)
            told.append(_as_fact(prize, part, bare, facts))
    bare_names = {prize.name for _, prize in won if prize.is_told_apart}
    kept = [fact for fact in kept if not any(_is_bare(fact, Prize(name)) for name in bare_names)]
    industries = [word for fact in facts.of("industry") if not fact.denied for word in fact.words]
    told += rankings_told([(part.text, part.at) for part in parts], listed, industries)
    return replace(facts, facts=with_schools(profile, (*kept, *told), listed))


def _parts(profile: str, facts: AskerFacts, as_of: date) -> Iterator[_Part]:
    for span in own_clauses(profile, facts, as_of):
        sentence = len(_SENTENCE_ENDS.findall(profile, 0, span.start))
        yield _Part(written(profile[span.start : span.end]), span, sentence)


def _prizes(parts: Sequence[_Part], number: int, as_of: date) -> Iterator[Prize]:
    """The prizes of a clause; the last one takes rank and year from the clauses behind that name no prize."""
    part = parts[number]
    found = [name for name in names_in(part.text) if title_abroad(part.text, 0, name[1], name[2]) is None]
    for position, (name, start, end) in enumerate(found):
        stop = found[position + 1][1] if position + 1 < len(found) else len(part.text)
        own = part.text[end:stop]
        follows = _behind(parts, number) if position + 1 == len(found) else []
        ranks = [rank_of(words) for words in (own, *follows, part.text[:start] if position == 0 else "")]
        first, last, main = next((rank for rank in ranks if rank != (1, None, False)), (1, None, False))
        grade = grade_of(part.text, start, end) or next((g for words in follows[:1] if (g := _leads(words))), "")
        recent = _recent([part.text, *follows, *_before(parts, number)], as_of)
        yield Prize(name, grade, first, last, main, recent=recent)


def _behind(parts: Sequence[_Part], number: int) -> list[str]:
    """The clauses behind in the same sentence, and the next sentence's first, as far as they name no prize."""
    words: list[str] = []
    for part in parts[number + 1 :]:
        if part.sentence > parts[number].sentence + 1 or next(names_in(part.text), None) is not None:
            break
        words.append(part.text)
        if part.sentence > parts[number].sentence:
            break
    return words


def _before(parts: Sequence[_Part], number: int) -> list[str]:
    before = parts[number - 1] if number else None
    return [before.text] if before is not None and before.sentence == parts[number].sentence else []


def _leads(words: str) -> str:
    """A grade at the beginning of a clause: 获国家科技进步奖，二等奖."""
    return grade_of(words, 0, 0)


def _recent(words: Sequence[str], as_of: date) -> bool | None:
    """Whether a year that is said lies within the last five; None where none is said. The nearest words count."""
    for part in words:
        years = [int(year) for year in _YEAR.findall(part) if int(year) <= as_of.year]
        if years:
            return as_of.year - years[-1] <= _RECENT_YEARS
        if re.search(prize_words().recent, part) or re.search(prize_words().within_years, part):
            return True
    return None


def _is_bare(fact: Fact, prize: Prize) -> bool:
    """A fact on the same prize, by its name alone."""
    if fact.attribute != _AWARD or fact.denied or not fact.words:
        return False
    said = prize_of(fact.words[0])
    return said is not None and said.name == prize.name and not said.is_told_apart


def _as_fact(prize: Prize, part: _Part, bare: Fact | None, facts: AskerFacts) -> Fact:
    """Under its own word first, then under those that count without grade and rank."""
    names = [bare.words[0]] if bare is not None else []
    said = [name for name, pattern in prize_words().umbrella.items() if _is_umbrella(name, pattern, prize, part)]
    words = tuple(dict.fromkeys((prize.word, *names, prize.name, *said)))
    if bare is not None:
        return replace(bare, words=words)
    of_talent = "person" not in facts.who and any(fact.about == "talent" for fact in facts.facts)
    return Fact(_AWARD, words, about="talent" if of_talent else "asker", said=part.at)


def _is_umbrella(name: str, pattern: str, prize: Prize, part: _Part) -> bool:
    """国家科学技术进步奖 is one of the 国家科学技术奖, and of a 自治区科技进步奖 that is said of it."""
    kind = next((kind for kind in prize_words().kinds if prize.name.endswith(kind)), None)
    return kind in prize_words().under_umbrella and re.search(rf"(?:{pattern})的?{kind}", part.text) is not None
