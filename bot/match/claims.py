"""What a printed figure means for the asker: a share of a base they named, or so much for each of what they have.

A sum is told only where a printed rule makes it; a cap lowers it, and a bound stays one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.match import wording
from bot.match.fact_pool import FactPool
from bot.match.judged_trees import names_in
from bot.match.sums.limits import limits_of
from bot.match.sums.printed import figures_in
from bot.match.sums.rows_chosen import bounded_figure
from bot.match.sums.tiers import said_in_tiers, tiers_of
from bot.match.types import Fact
from bot.match.wording import label_of, number_said, quoted
from bot.match.words import is_named
from bot.text.bilingual import Say
from bot.types import Language
from ingest.entitlements.types import AmountRow, Attached
from ingest.facts.measures import BASE
from ingest.facts.numerals import of_characters
from ingest.types import Figure
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.inclusions import inclusions
from ingest.vocabulary.talk import talk_words

_RATES = {"%": Decimal(100), "倍": Decimal(1)}  # units of a share of a base, and what it is divided by
_EACH = re.compile(rf"(?:/|每)\s?(?P<unit>{any_of(inclusions().counts)})(?!月)")
_EACH_PERSON = re.compile(talk_words().each_person)
_PIECES = frozenset("件项辆台个")  # whose number says for itself what is counted
_MONTHS_A_YEAR = 12
_PER_MONTH = re.compile(r"/月|·月|每月$")
_PER_YEAR = re.compile(r"/年|·年|每年$")
_SOME = r"(?P<n>\d+|[一两二三四五六七八九十])"
_MONTHS, _YEARS = re.compile(rf"{_SOME}\s?个月"), re.compile(rf"{_SOME}\s?年(?!度)")
_FEWEST_QUOTED = 16  # characters of a row's words; shorter ones are quoted with the part of the sentence they stand in
_PARTS_OF_TEXT = re.compile(r"[^。；;\n]+")
_ONCE = "一次性"
_DOUBLED = "翻倍"
_MONEY = "元"
_PEOPLE = "人"
_TO_EACH = frozenset({"monthly_allowance", "annual_salary"})  # bases that are what one person gets


def claims_of(
    rows: Sequence[AmountRow], pool: FactPool, language: Language, heads: int | None = None, to_each: bool = False
) -> str:
    """The arithmetic of all rows that apply.

    ``heads``: how many people the grant is for, where that was said; ``to_each``: every one of them gets it.
    """
    if steps := tiers_of(rows):
        fact = _base(rows[0].base, pool)
        return "" if fact is None else said_in_tiers(steps, fact, language)
    doubled = next((row for row in rows if row.figure.startswith(_DOUBLED)), None)
    sums = [row for row in rows if (figure := _figure(row.figure)) is not None and _is_sum(figure)]
    if doubled is not None and len(sums) == 1:
        return _twice(sums[0], doubled, language)
    # Several sums are steps of which one may apply; what many people get of them cannot be told.
    one = heads if len(sums) <= 1 else None
    return "；".join(filter(None, (claim_of(row, pool, language, one, to_each) for row in rows)))


def claim_of(
    row: AmountRow, pool: FactPool, language: Language, heads: int | None = None, to_each: bool = False
) -> str:
    """The arithmetic in one line; empty where base or number is not known, or the figure stands for itself."""
    figure = _figure(row.figure)
    if figure is None:
        return ""
    return _share(row, figure, pool, heads, language) or _times(row, figure, pool, heads, to_each, language)


def paid_of(rows: Sequence[AmountRow], language: Language) -> str:
    """How often and how long, as printed, where the figure does not say it itself; empty for several rows that differ."""
    told = {tuple(part for part in (_period(row), row.term) if part) for row in rows}
    return Say("，", ", ").to(language).join(dict.fromkeys(told.pop())) if len(told) == 1 else ""


def worth_of(rows: Sequence[AmountRow]) -> Decimal:
    """The largest sum printed in some rows, in 元; 0 without one."""
    figures = [figure for row in rows for figure in figures_in(row.figure) if _is_sum(figure)]
    return max((figure.upper or figure.value for figure in figures), default=Decimal(0))


def _period(row: AmountRow) -> str:
    """For whom and how often, 每人每年; 每月 behind 3000元/月 says nothing more."""
    period, base = row.period or "", row.base or ""
    each = (
        base if base.startswith(_FOR_EACH) and len(base) <= _LONGEST_EACH and f"/{base[1:]}" not in row.figure else ""
    )
    return (
        each
        if period and period.lstrip(_FOR_EACH) and f"/{period.lstrip(_FOR_EACH)}" in row.figure
        else f"{each}{period}"
    )


_FOR_EACH = "每"
_LONGEST_EACH = 2  # 每人, 每件


def _is_sum(figure: Figure) -> bool:
    return figure.unit.partition("/")[0] == _MONEY


def _twice(row: AmountRow, doubled: AmountRow, language: Language) -> str:
    figure = _figure(row.figure)
    value = Decimal(0) if figure is None else figure.upper or figure.value
    return wording.CLAIM_DOUBLED.to(language).format(
        figure=bounded_figure(row, language),
        doubled=doubled.figure,
        result=_bounded(row, number_said(value * 2, _MONEY, language), language),
    )


# ── A share of a base ──────────────────────────────────────────────────────────────────────────


def _share(row: AmountRow, figure: Figure, pool: FactPool, heads: int | None, language: Language) -> str:
    if any(word in f"{row.object}{row.span}" for word in inclusions().deducted):
        return ""  # what is taken off the base of a tax is no money that is paid
    by = _RATES.get(figure.unit)
    fact = _base(row.base, pool) if by is not None and figure.upper is None and row.base else None
    if by is None or fact is None or fact.number is None:
        return ""
    limits, result = limits_of(row.cap), fact.number * figure.value / by
    product = wording.CLAIM_SHARE.to(language).format(
        base=label_of(fact.attribute, language),
        amount=number_said(fact.number, fact.unit, language),
        rate=row.figure,
        result=_bounded(row, number_said(result, fact.unit, language), language),
    )
    if fact.attribute not in _TO_EACH:
        return _capped(product, row, result, limits.whole or limits.one, language)
    one = result if limits.one is None else min(result, limits.one)
    said = _capped(product, row, result, limits.one, language)
    return said + _for_all(row, one, fact, pool, heads, limits.whole, language)


def _for_all(
    row: AmountRow,
    one: Decimal,
    fact: Fact,
    pool: FactPool,
    heads: int | None,
    most: Decimal | None,
    language: Language,
) -> str:
    """What each brings, for all of them and all their months, behind what one brings; empty where nobody said."""
    monthly = fact.attribute == "monthly_allowance"
    months = _months_said(row, pool) if monthly else None
    if monthly and months is None:
        return ""
    factors = [wording.PEOPLE.to(language).format(n=heads)] if heads is not None and heads > 1 else []
    factors += [wording.MONTHS.to(language).format(n=wording.plain(months))] if months is not None else []
    if not factors:
        return ""
    result = one * (heads if heads is not None and heads > 1 else 1) * (months or 1)
    product = wording.CLAIM_EACH.to(language).format(
        each=number_said(one, fact.unit, language),
        count=Say("×", " × ").to(language).join(factors),
        result=_bounded(row, number_said(result, fact.unit, language), language),
    )
    limited = _limited(product, result, most, language)
    return Say("；", "; ").to(language) + limited


def _months_said(row: AmountRow, pool: FactPool) -> Decimal | None:
    """How many months were said, at most the printed term."""
    said = next((fact.number for fact in pool.on("contract_months") if fact.number and not fact.denied), None)
    term = _term(row)
    return said if said is None or term is None else min(said, term[0])


# ── So much for each ───────────────────────────────────────────────────────────────────────────


def _times(row: AmountRow, figure: Figure, pool: FactPool, heads: int | None, to_each: bool, language: Language) -> str:
    """So much for each piece or measure, for each of several people, for each month of a printed term."""
    if not _is_sum(figure):
        return ""
    heads = _people_named(row, pool, heads)
    pieces, term = _pieces(row, pool), _term(row)
    several = heads is not None and heads > 1 and pieces is None and (to_each or _is_per_person(row))
    people = heads if several and heads is not None else 1
    counts = [] if pieces is None else [_counted(pieces, language)]
    counts += [wording.PEOPLE.to(language).format(n=people)] if several else []
    counts += [wording.MONTHS.to(language).format(n=term[0]) if term[1] else _years(term[0], language)] if term else []
    if not counts or (figure.upper is not None and pieces is None):
        return ""
    times = (pieces.number or 1 if pieces else 1) * people * (term[0] if term else 1)
    ends = [number_said(value * times, _MONEY, language) for value in (figure.value, figure.upper) if value is not None]
    product = wording.CLAIM_EACH.to(language).format(
        each=row.figure,
        count=Say("×", " × ").to(language).join(counts),
        result=_bounded(row, Say("至", " to ").to(language).join(ends), language),
    )
    if term is not None and row.term:
        product = wording.CLAIM_TERM.to(language).format(product=product, term=quoted(row.term, language))
    limits = limits_of(row.cap)
    most = limits.whole if several else limits.whole or limits.one
    return _capped(product, row, figure.value * times, None if figure.upper is not None else most, language)


def _people_named(row: AmountRow, pool: FactPool, heads: int | None) -> int | None:
    """How many people the base of a row names (实际到合作企业就业人数): these, and nobody else who was told of."""
    named = next(_bases(row.base or ""), None)
    if named is None or _PEOPLE not in entitlement_words().attributes[named].units:
        return heads
    fact = _base(row.base, pool)
    return None if fact is None or fact.number is None else int(fact.number)


def _counted(fact: Fact, language: Language) -> str:
    """6 pieces, 3000吨."""
    number = fact.number or Decimal(0)
    if fact.unit is None or fact.unit in _PIECES:
        return wording.plain(number)
    return number_said(number, fact.unit, language)


def _years(number: Decimal, language: Language) -> str:
    return number_said(number, "年", language)


def _pieces(row: AmountRow, pool: FactPool) -> Fact | None:
    """How many pieces (件, 辆, 台) or measures (吨, 度, 亩) somebody has, where the figure is for each."""
    unit = _EACH.search(row.figure) or _EACH.search(row.base or "") or _EACH.search(row.period or "")
    if unit is None:
        return None
    counted = [fact for name in inclusions().counts.get(unit["unit"], ()) for fact in pool.on(name)]
    counted = [fact for fact in counted if _is_of_row(fact, row)]
    told = [fact for fact in counted if fact.number is not None and not fact.denied]
    # Several numbers of one attribute (6 件 and 12 件) of which nobody said what they are cannot be told apart.
    if len(counted) != 1 or not told:
        return None
    one, measure = told[0], unit["unit"] not in _PIECES
    apart = one.of is not None and names_in(row.when) != ()  # 1 of 3 granted abroad: the one counts by itself
    fits = _is_same_measure(one, unit["unit"]) if measure else apart or (one.number or 0) > 1
    return one if fits else None


def _is_of_row(fact: Fact, row: AmountRow) -> bool:
    """Whether a number is of what a row is for: 2 件国际发明专利 are none of its 国内发明专利."""
    named = names_in(row.when)
    return fact.of is None or not named or any(is_named(fact.of, name) for name in named)


def _is_same_measure(fact: Fact, unit: str) -> bool:
    """Of water a 立方米 is a 吨."""
    said, asked = (BASE.get(name or "", name) for name in (fact.unit, unit))
    return said == asked or (fact.attribute == "water_use" and {said, asked} == {"吨", "立方米"})


def _is_per_person(row: AmountRow) -> bool:
    """Printed for each (1000元/人, 每人), or paid once to each of those who get it."""
    printed = "".join(filter(None, (row.figure, row.base, row.period, row.object, row.span)))
    return _EACH_PERSON.search(printed) is not None or (row.period == _ONCE and row.bound == "fixed")


def _term(row: AmountRow) -> tuple[Decimal, bool] | None:
    """How many months (True) or years a monthly or yearly sum is paid at most."""
    periods = (row.figure, row.period or "")
    months, years = _MONTHS.search(row.term or ""), _YEARS.search(row.term or "")
    if any(_PER_MONTH.search(period) for period in periods):
        if months is not None:
            return _number(months["n"]), True
        return (_number(years["n"]) * _MONTHS_A_YEAR, True) if years is not None else None
    if years is not None and any(_PER_YEAR.search(period) for period in periods):
        return _number(years["n"]), False
    return None


def _number(printed: str) -> Decimal:
    return Decimal(printed) if printed.isdecimal() else of_characters(printed) or Decimal(1)


# ── Limits and words ───────────────────────────────────────────────────────────────────────────


def _bounded(row: AmountRow, result: str, language: Language) -> str:
    """What an upper or a lower bound comes to is one itself: 最高300万元. A cap that is printed apart is said behind."""
    if row.bound not in ("cap", "floor") or (row.bound == "cap" and row.cap):
        return result
    return (
        Say("{0}{1}", "{0} {1}").to(language).format(Say(*entitlement_words().bounds[row.bound]).to(language), result)
    )


def _capped(product: str, row: AmountRow, result: Decimal, most: Decimal | None, language: Language) -> str:
    """With the printed cap, and what is left where the cap is lower."""
    if not row.cap:
        return product
    return _limited(
        wording.CLAIM_CAPPED.to(language).format(product=product, cap=quoted(row.cap, language)), result, most, language
    )


def _limited(product: str, result: Decimal, most: Decimal | None, language: Language) -> str:
    if most is None or result <= most:
        return product
    return wording.CLAIM_LIMITED.to(language).format(product=product, most=number_said(most, _MONEY, language))


def _base(base: str | None, pool: FactPool) -> Fact | None:
    """The fact that is the base of a share: the attribute whose words stand in it. Two kinds of base: none is sure."""
    names = list(_bases(base or ""))
    facts = [fact for name in names[:1] for fact in pool.on(name) if fact.number is not None and not fact.denied]
    return facts[0] if len(facts) == 1 else None


def _bases(base: str) -> Iterator[str]:
    return (name for name, words in inclusions().bases.items() if any(word in base for word in words))


def _figure(printed: str) -> Figure | None:
    figures = figures_in(printed)
    return figures[0] if len(figures) == 1 else None


def quotes_of(grant: Attached, chosen: Sequence[AmountRow]) -> tuple[str, ...]:
    """The words of the rows that apply; without rows the words that grant."""
    spans = grant.record.spans
    if not chosen:
        return spans
    own = [row.span for row in chosen if any(row.span in span for span in spans)]
    # Words that stand elsewhere (同等享受…) say how much, not that it is granted.
    return tuple(dict.fromkeys(_in_its_part(words, spans) for words in own)) or spans


def _in_its_part(words: str, spans: Sequence[str]) -> str:
    """Words that are too short to be told apart by, as far as the part of the sentence they stand in reaches."""
    if len(words) >= _FEWEST_QUOTED:
        return words
    return next(
        (part[0].strip() for span in spans for part in _PARTS_OF_TEXT.finditer(span) if words in part[0]), words
    )
