"""Prizes by level, grade, rank and age: what somebody won, and whether an entry of a catalogue lists just that.

国家科学技术进步奖二等奖第2完成人 is listed by 国家科学技术进步奖二等奖前3名完成人, and by no entry on a first prize.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.facts.numerals import of_characters
from ingest.normalise import to_simplified
from ingest.vocabulary.matching.prizes import prize_words

_HIGHEST_RANK = 12  # of those that have a word of their own in links
_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
_NEAR = 8  # characters between a prize and its grade
_LONGEST_LEVEL = 24  # characters
_ENGLISH_NEAR = 45
_QUOTES = re.compile(r"[“”\"《》‘’「」『』]")


@dataclass(frozen=True, slots=True)
class Prize:
    """A prize as it was won or is asked for. Ranks run from ``first`` to ``last`` (None: open), both included."""

    name: str  # with its level or society: 国家科学技术进步奖
    grade: str = ""
    first: int = 1
    last: int | None = None
    main: bool = False  # 主要完成人: one of the ranks, whichever
    or_higher: bool = False
    recent: bool | None = None  # of the last five years; asked for: True; not said: None
    more: bool = False  # the entry asks for more in words

    @property
    def is_told_apart(self) -> bool:
        """Whether more is known than the name."""
        return bool(self.grade) or self.last is not None or self.main

    def is_listed_by(self, entry: Prize) -> bool | None:
        """Whether an entry of a catalogue lists this prize; None: it may, as not all of it was said."""
        if self.name not in _ways_to_say(entry.name):
            return False
        parts = (self._grade_fits(entry), self._rank_fits(entry), self._age_fits(entry), None if entry.more else True)
        return False if False in parts else None if None in parts else True

    def _grade_fits(self, entry: Prize) -> bool | None:
        if self.grade == entry.grade or not entry.grade:
            return True
        if not self.grade:
            return None
        order = list(prize_words().grades)
        return entry.or_higher and order.index(self.grade) < order.index(entry.grade)

    def _rank_fits(self, entry: Prize) -> bool | None:
        if self.last is None:  # no rank was said
            anybody = entry.first == 1 and entry.last is None
            return True if anybody and (self.main or not entry.main) else None
        outside = self.first > (entry.last or self.first) or self.last < entry.first
        inside = entry.first <= self.first and self.last <= (entry.last or self.last)
        return False if outside else True if inside else None

    def _age_fits(self, entry: Prize) -> bool | None:
        return True if not entry.recent else self.recent

    @property
    def word(self) -> str:
        """The prize in words that :func:`prize_of` reads as the same."""
        table = prize_words()
        rank = table.as_main if self.main else ""
        if self.last is not None:
            rank = (table.as_ranked if self.first == self.last else table.as_among).format(n=self.last)
        age = {True: table.as_recent, False: table.long_ago, None: ""}[self.recent]
        return f"{self.name}{self.grade}{rank}{age}"


def is_of_other_umbrella(said: str, asked: str) -> bool:
    """Whether a prize that was won is none of those of a level: 省部级科学技术进步奖二等奖 and 国家科学技术奖."""
    table, prize = prize_words(), prize_of(said)
    if prize is None or asked not in table.umbrella or not prize.name.endswith(table.under_umbrella):
        return False
    levels = [level for level in table.levels if prize.name.startswith(level)]
    return bool(levels) and not any(re.search(table.levels[level], asked) for level in levels)


# ── Reading ────────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=4096)
def prize_of(words: str) -> Prize | None:
    """The prize that an entry of a catalogue, or the word of a fact, names; None for what is none."""
    text = written(words)
    found = next(names_in(text), None)
    if found is None:
        return None
    name, start, end = found
    table = prize_words()
    asks = [part[1] for part in _BRACKETS.finditer(text) if not _is_rank_or_age(part[1])]
    behind = text[end:]
    first, last, main = rank_of(behind)
    recent = False if table.long_ago in text else True if re.search(table.within_years, text) else None
    more = any(part for part in asks if part not in table.long_ago)
    or_higher = re.search(table.or_higher, behind) is not None
    return Prize(name, grade_of(text, start, end), first, last, main, or_higher, recent, more)


def _is_rank_or_age(words: str) -> bool:
    table = prize_words()
    return any(re.fullmatch(pattern, words) for pattern in (table.within_years, table.not_first, table.first_of))


def written(words: str) -> str:
    """Words with the names of prizes in one spelling, in simplified characters and lower case."""
    text = _QUOTES.sub("", to_simplified(words).lower())
    for name, pattern in prize_words().written.items():
        text = re.sub(pattern, name, text)
    return text


@cache
def _kinds() -> re.Pattern[str]:
    table = prize_words()
    fixed = "|".join(map(re.escape, table.fixed))
    kinds = "|".join(map(re.escape, (*table.kinds, *table.said_for)))
    return re.compile(rf"(?P<fixed>{fixed})|(?P<society>{table.society})?(?P<kind>{kinds})")


def names_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Each prize named in a text in :func:`written` form: with its level or society, and where it begins and ends."""
    table = prize_words()
    for match in _kinds().finditer(text):
        if match["fixed"]:
            yield match["fixed"], match.start(), match.end()
        elif match["society"]:
            yield f"{_society(match['society'])}{table.of_society}", match.start(), match.end()
        else:
            level = _level(text[max(0, match.start() - _LONGEST_LEVEL) : match.start()])
            if level is not None:
                kind = table.said_for.get(match["kind"], match["kind"])
                yield f"{level}{kind}", match.start(), match.end()


def _level(before: str) -> str | None:
    """The level that stands right before a prize; 国家最高科学技术奖 is another prize."""
    for level, pattern in prize_words().levels.items():
        if re.search(rf"(?:{pattern})\s?$", before):
            return level
    return None


def _society(name: str) -> str:
    """获得中华医学会 is 中华医学会."""
    return re.sub(prize_words().before_society, "", name)


@cache
def _ways_to_say(name: str) -> frozenset[str]:
    """A prize of a region's society goes by the region's whole name, its short one, or 自治区 alone."""
    region = prize_words().region_of_society
    return frozenset({name, name.replace(region, ""), re.sub(f"^.*?(?={region})", "", name)})


def grade_of(text: str, start: int, end: int) -> str:
    """The grade right behind a prize, else (in English) in front of it; empty: none."""
    behind = re.split(r"[，。；,;]", text[end : end + _NEAR])[0]
    before = text[max(0, start - _ENGLISH_NEAR) : start]
    for part in (behind, before if re.search(r"[a-z]", before) else ""):
        for grade, pattern in prize_words().grades.items():
            if re.search(pattern, part):
                return grade
    return ""


def rank_of(words: str) -> tuple[int, int | None, bool]:
    """From which rank to which, and whether 主要完成人 is said; (1, None): nothing of it."""
    table = prize_words()
    main = re.search(table.main, words) is not None
    if beyond := re.search(table.not_first, words):
        return _number(beyond["n"]) + 1, None, main
    ranked, among = re.search(table.rank, words), re.search(table.first_of, words)
    if ranked and (among is None or ranked.start() < among.start()):
        number = _number(ranked["n"])
        return (number, number, False) if number else (1, None, main)
    if among:
        return 1, _number(among["n"]) or None, False
    if english := re.search(table.rank_english, words):
        number = _english_number(english["n"] or english["m"])
        return number, number, False
    return 1, None, main


def _number(printed: str) -> int:
    return int(printed) if printed.isascii() and printed.isdecimal() else int(of_characters(printed) or 0)


def _english_number(printed: str) -> int:
    names = prize_words().english_numbers
    return names.index(printed) + 1 if printed in names else int(re.sub(r"\D", "", printed))


def prize_names(awards: Iterable[str]) -> tuple[str, ...]:
    """The prizes that catalogues ask for, each by its name."""
    return tuple(dict.fromkeys(prize.name for award in awards if (prize := prize_of(award)) is not None))


def words_of_prizes(awards: Iterable[str]) -> Iterator[str]:
    """Every word that a fact on one of the catalogues' prizes may have."""
    ranks: list[tuple[int, int | None, bool]] = [(1, None, False), (1, None, True)]
    ranks += [(n, n, False) for n in range(1, _HIGHEST_RANK + 1)]
    ranks += [(1, n, False) for n in range(2, _HIGHEST_RANK + 1)]
    for name in prize_names(awards):
        grades = ("",) if name in prize_words().fixed else ("", *prize_words().grades)
        for grade in grades:
            for first, last, main in ranks:
                for recent in (True, False, None):
                    yield Prize(name, grade, first, last, main, recent=recent).word
