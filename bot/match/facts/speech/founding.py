"""Since when a firm exists or somebody works there, counted to the day that is asked on: 2025年10月注册, 2021年毕业就在…."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import Reading, either, widened
from bot.match.facts.words import Found, WordFinder, finder_of
from bot.match.types import Fact
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech

_MONTHS = 12
_FULL_YEAR = r"(?:19|20)\d\d"
_YEAR = rf"(?P<year>{_FULL_YEAR}|{any_of(asker_speech().founding.this_year)})"
_MONTH = r"(?:(?:[年./-]|(?<=年))\s?(?P<month>1[0-2]|0?[1-9])(?!\d)\s?月?)?"
_DAY = r"(?:(?<=月)\s?(?P<day>3[01]|[12]\d|0?[1-9])\s?[日号])?"
_DAYS_APART, _YEAR_DAYS = Decimal("0.01"), 365
_EXACT_FOR = 2  # years for which it matters in what month a firm was founded
_SINCE = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s?年?(?:本科|硕士|大学|研究生)?毕业(?:后|就|以后)?[^，。]{0,12}(?:做|干|在|工作)"
)


def founded(reading: Reading) -> Iterator[Fact]:
    """How many years a firm exists, or a person works where they graduated to; and that a firm of this year is new."""
    if not reading.is_organisation and not has_founded(reading):
        match = next((m for m in _SINCE.finditer(reading.profile.text) if int(m["year"]) <= reading.as_of.year), None)
        if match is not None:
            years = Decimal(reading.as_of.year - int(match["year"]))
            yield _fact(reading, match, "years_working", years, None, f"{match['year']}年起，到{reading.as_of.year}年")
        return
    match = next((m for m in _firms_begin(reading)), None)
    if match is None:
        return
    year, month = _when(match, reading)
    day = _number(match["day"] or match["day_behind"] or match["day_licensed"])
    yield _operating(reading, match, year, month, day)
    if year == reading.as_of.year and re.search(any_of(asker_speech().founding.new_by), match[0]):
        said = reading.profile.span(match.start(), match.end())
        yield Fact("arrival", widened((asker_speech().founding.new_firm,)), said=said, because=match[0].strip())


def first_firm(reading: Reading, told: Sequence[Fact]) -> Iterator[Fact]:
    """第一次自己注册了一家家政公司, 头一回开了家店: whoever begins their first firm, in whatever words; since when, where nothing else tells.

    Of who came home to the land it is the firm of a 返乡创业农牧民.
    """
    words = asker_speech().first_firm
    match = next(_first_firms(reading), None) if reading.is_person or "individual_business" in reading.who else None
    begun = [f for f in told if f.attribute == "event" and {*f.words} & {*words.begun} and not (f.denied or f.planned)]
    if match is not None:
        said = reading.profile.span(match.start(), match.end())
        known = {word for fact in begun for word in fact.words}
        yield from (Fact("event", (word,), said=said) for word in words.events if word not in known)
        if match["year"] and all(fact.attribute != "years_operating" for fact in told):
            yield _operating(
                reading, match, _year_said(match["year"], reading), _number(match["month"]), _number(match["day"])
            )
    back = re.search(any_of(words.returning), reading.profile.text)
    farms = any(f.attribute == "job" and words.farmer in f.words and f.about == "asker" and not f.denied for f in told)
    if farms and back is not None and (match is not None or begun) and not reading.is_of_others(back.start()):
        yield Fact("status", (words.returned,), said=reading.profile.span(back.start(), back.end()))


def _first_firms(reading: Reading) -> Iterator[re.Match[str]]:
    for match in _first().finditer(reading.profile.text):
        clause = next((c for c in reading.clauses if c.start <= match.start("verb") < c.end), None)
        if clause is None or clause.asking or clause.of_others or reading.relatives_in(clause):
            continue
        known = match["year"] is None or _year_said(match["year"], reading) <= reading.as_of.year
        planned = reading.is_planned(match.start("verb")) or reading.is_of_others(match.start())
        if known and not planned and not reading.profile.is_denied(clause, match.start("verb"), match.end()):
            yield match


@cache
def _first() -> re.Pattern[str]:
    words = asker_speech().first_firm
    within = r"[^，。；！？,;\n]"
    return re.compile(
        rf"(?:{_YEAR}{_MONTH}{_DAY}[^，。；！？,;\n\d]{{0,6}})?{any_of(words.first)}{within}{{0,14}}?(?P<verb>{any_of(words.verbs)})"
        rf"{within}{{0,16}}?{any_of(words.firms)}(?!{any_of(words.no_firms)})"
    )


def has_founded(reading: Reading) -> bool:
    """头一回办企业，2025年8月注册: somebody who tells of the firm that they began."""
    own = set(asker_speech().founding.by_a_person)
    return any(own & set(word.names) for clause, word in reading.said("event") if not clause.of_others)


def _firms_begin(reading: Reading) -> Iterator[re.Match[str]]:
    text, today = reading.profile.text, (reading.as_of.year, reading.as_of.month)
    for match in _founding().finditer(text):
        year, month = _when(match, reading)
        of_others = reading.is_of_others(match.start()) or reading.is_of_a_client(match.start())
        if (year, month or 1) <= today and not of_others and not _of_no_firm().match(text, match.end()):
            yield match


def _year_said(said: str, reading: Reading) -> int:
    """A year in digits, or counted back from the day that is asked on: 去年."""
    years_ago = asker_speech().founding.this_year.get(said)
    return int(said) if years_ago is None else reading.as_of.year - years_ago


def _number(said: str | None) -> int | None:
    return int(said) if said else None


def _when(match: re.Match[str], reading: Reading) -> tuple[int, int | None]:
    """The year, and the month where it is said."""
    said = next(match[name] for name in ("year", "behind", "licensed", "english") if match[name])
    month = match["month"] or match["month_behind"] or match["month_licensed"]
    year = _year_said(said, reading)
    if match["in"]:
        return year, asker_speech().founding.months.index(match["in"]) + 1
    return year, int(month) if month else None


def _operating(reading: Reading, match: re.Match[str], year: int, month: int | None, day: int | None = None) -> Fact:
    """Years with the months where they are said; else, and in the month of an anniversary, the shortest and the longest.

    2024年11月 asked on a day in November 2026: two years are over or not, depending on a day that nobody said.
    """
    as_of = reading.as_of
    whole = as_of.year - year
    if month is not None:
        months = whole * _MONTHS + as_of.month - month
        note = f"{year}年{month}月起，到{as_of.year}年{as_of.month}月：{months}个月"
        if months % _MONTHS:
            return _fact(reading, match, "years_operating", Decimal(months) / _MONTHS, None, note)
        if day is not None:  # a day on either side of an anniversary is told apart, however rounded
            beside = (as_of.day > day) - (as_of.day < day)
            years = Decimal(months) / _MONTHS + beside * max(_DAYS_APART, Decimal(abs(as_of.day - day)) / _YEAR_DAYS)
            return _fact(reading, match, "years_operating", max(years, Decimal(0)), None, note)
        last = monthrange(as_of.year, as_of.month)[1]
        least, most = (Decimal(as_of.day - other) / last for other in (last, 1))
        upto = None if least == most else Decimal(months + most) / _MONTHS
        return _fact(reading, match, "years_operating", max(Decimal(months + least), Decimal(0)) / _MONTHS, upto, note)
    note = f"{year}年起，到{as_of.year}年"
    if whole > _EXACT_FOR:
        return _fact(reading, match, "years_operating", Decimal(whole), None, note)
    part = Decimal(as_of.month) / _MONTHS
    shortest = max(whole - 1 + part, Decimal(0))
    return _fact(reading, match, "years_operating", shortest, whole + part, note)


def _fact(
    reading: Reading, match: re.Match[str], attribute: str, years: Decimal, upto: Decimal | None, note: str
) -> Fact:
    said = reading.profile.span(match.start(), match.end())
    most = None if upto is None else _rounded(upto)
    return Fact(attribute, number=_rounded(years), upto=most, unit="年", said=said, because=note)


def _rounded(years: Decimal) -> Decimal:
    return years.quantize(Decimal("0.01")).normalize() + 0


@cache
def _founding() -> re.Pattern[str]:
    words = asker_speech().founding
    firms = any_of(asker_speech().first_firm.firms)
    verbs = rf"(?:{any_of(words.verbs)}|{any_of(words.opened)}(?=[^，。；]{{0,8}}?{firms}))"
    behind = _YEAR.replace("year", "behind")
    month_behind = _MONTH.replace("month", "month_behind")
    day_behind, day_licensed = _DAY.replace("day", "day_behind"), _DAY.replace("day", "day_licensed")
    licensed, month_licensed = _YEAR.replace("year", "licensed"), _MONTH.replace("month", "month_licensed")
    done, english = any_of(words.licensed), any_of(words.verbs_english)
    return re.compile(
        rf"{_YEAR}{_MONTH}{_DAY}\s?[年月]?(?:份|底|初|末)?(?:(?:{any_of(words.between)}|[在于从][^，。]{{0,12}}?(?:整体)?){{0,3}}{verbs}|[^，。；]{{0,2}}?{done}[^，。；]{{0,4}}?{words.licence})"
        rf"|{verbs}(?:于|在|时间|日期)?[为是：:]?\s?{behind}{month_behind}{day_behind}"
        rf"|{words.licence}[^，。；\d]{{0,4}}?{licensed}{month_licensed}{day_licensed}\s?[年月]?(?:份|底|初|末)?[^，。；]{{0,3}}?{done}"
        rf"|{english}[^.]{{0,60}}?\s(?:in (?:(?P<in>{any_of(words.months)})[a-z]* )?)?(?P<english>(?:19|20)\d\d)"
    )


@cache
def _of_no_firm() -> re.Pattern[str]:
    """2025年成立研发中心, 注册了1件商标: something else begins."""
    return re.compile(rf"[^，。；\n]{{0,10}}?{any_of(asker_speech().founding.no_firm)}")


def not_founded(reading: Reading, facts: Sequence[Fact]) -> Iterator[Fact]:
    """还没注册, or a firm from abroad that plans to build here: the firm that would apply is yet to be set up."""
    if not reading.is_organisation:
        return
    told = next((clause for clause in reading.clauses if _unfounded().search(reading.profile.of(clause))), None)
    ahead = next((fact for fact in facts if fact.attribute == "place" and fact.planned), None)
    foreign = any(
        fact.attribute == "ownership" and not fact.denied and asker_speech().places.foreign_firm in fact.words
        for fact in facts
    )
    if told is not None:
        yield Fact("plan", (asker_speech().places.unfounded_firm,), said=reading.profile.span(told.start, told.end))
    elif foreign and ahead is not None and not any(fact.attribute == "place" and not fact.planned for fact in facts):
        yield Fact("plan", (asker_speech().places.unfounded_firm,), said=ahead.said)


_OF_WORK = frozenset({"arrival", "contract_years", "contract_months", "annual_salary"})
_OF_THE_FIRM = frozenset({"years_operating"})


def no_longer(reading: Reading, facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts with work that was left, and the years of a firm that closed, denied: …，上个月辞职了; …，最近停业三个月."""
    left, closed = _left_at(reading), _closed_at(reading)
    for fact in facts:
        own = fact.said is not None and fact.about == "asker" and not fact.planned
        gone = left if fact.attribute in _OF_WORK and not reading.is_organisation else None
        if fact.attribute in _OF_THE_FIRM:
            gone = closed
        clause = reading.clause_at(fact.said)
        former = clause is not None and gone is not None and _former().search(reading.profile.of(clause)) is not None
        if own and gone is not None and fact.said is not None and (former or fact.said.start < gone):
            yield replace(fact, denied=True)
        else:
            yield fact


def _left_at(reading: Reading) -> int | None:
    """Where somebody tells that they left their work, and of none behind that; not 从北京辞职后来的."""
    words, text = asker_speech().over, reading.profile.text
    then, again = re.compile(words.then), re.compile(either(words.again))
    ends = [
        (clause, found) for clause, found in _told(reading, _left()) if then.match(text, found.end, clause.end) is None
    ]
    if not ends:
        return None
    last = ends[-1][1].start
    behind = (c for c in reading.clauses if c.start > last and _former().search(reading.profile.of(c)) is None)
    return None if any(again.search(reading.profile.of(c)) for c in behind) else last


def _closed_at(reading: Reading) -> int | None:
    """The end of a story that tells of a firm that closed and did not open again."""
    words, text = asker_speech().over, reading.profile.text
    told = [found for clause, found in _told(reading, _closed()) if not _is_of_another(reading, clause)]
    reopened = any_of(words.open_again)
    return len(text) if told and re.search(reopened, text[told[-1].end :]) is None else None


def _is_of_another(reading: Reading, clause: Clause) -> bool:
    return any(word in reading.profile.of(clause) for word in asker_speech().over.of_another)


def _told(reading: Reading, words: WordFinder) -> Iterator[tuple[Clause, Found]]:
    """What the asker tells of themselves as happened."""
    for clause in reading.clauses:
        if clause.asking or clause.of_others or reading.relatives_in(clause):
            continue
        for found in words.find(reading.profile.text, clause.start, clause.end):
            planned = reading.plans(clause, found.start) or reading.is_of_others(found.start)
            if not planned and not reading.profile.is_denied(clause, found.start, found.end):
                yield clause, found


@cache
def _left() -> WordFinder:
    return finder_of(asker_speech().stance.left)


@cache
def _closed() -> WordFinder:
    return finder_of(asker_speech().over.closed)


@cache
def _former() -> re.Pattern[str]:
    return re.compile(either(asker_speech().over.former))


@cache
def _unfounded() -> re.Pattern[str]:
    return re.compile(either(asker_speech().places.unfounded))
