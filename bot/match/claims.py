"""What a printed figure means for the asker: a share of a base they named, or so much for each of what they have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.match import wording
from bot.match.fact_pool import FactPool
from bot.match.types import Fact
from bot.match.wording import label_of, number_said
from bot.text.bilingual import Say
from bot.types import Language
from ingest.entitlements.types import AmountRow, Attached
from ingest.facts.figures import find_figures
from ingest.types import Figure
from ingest.vocabulary.matching.inclusions import inclusions

_PERCENT = Decimal(100)
_EACH = re.compile(r"(?:/|每)\s?(?P<unit>件|项|辆|台|个(?!月))")
_EACH_PERSON = re.compile(r"[/每·]\s?(?:人|名)")
_TERM = {"月": re.compile(r"(\d+)\s?个月"), "年": re.compile(r"(\d+)\s?年")}
_FEWEST_QUOTED = 16  # characters of a row's words; shorter ones are quoted with the part of the sentence they stand in
_PARTS = re.compile(r"[^。；;\n]+")
_ONCE = "一次性"
_DOUBLED = "翻倍"
_MONEY = "元"


def claims_of(
    rows: Sequence[AmountRow], pool: FactPool, language: Language, heads: int | None = None, to_each: bool = False
) -> str:
    """The arithmetic of all rows that apply.

    ``heads``: how many people the grant is for, where that was said; ``to_each``: every one of them gets it.
    """
    doubled = next((row for row in rows if row.figure.startswith(_DOUBLED)), None)
    sums = [row for row in rows if (figure := _figure(row.figure)) is not None and _is_sum(figure)]
    if doubled is not None and len(sums) == 1:
        return _twice(sums[0], doubled, language)
    # Several sums are steps of which one may apply; what many people get of them cannot be told.
    one = heads if len(sums) == 1 else None
    return "；".join(filter(None, (claim_of(row, pool, language, one, to_each) for row in rows)))


def claim_of(
    row: AmountRow, pool: FactPool, language: Language, heads: int | None = None, to_each: bool = False
) -> str:
    """The arithmetic in one line; empty where base or number is not known, or the figure stands for itself."""
    figure = _figure(row.figure)
    if figure is None:
        return ""
    return _share(row, figure, pool, language) or _times(row, figure, pool, heads, to_each, language)


def paid_of(rows: Sequence[AmountRow], language: Language) -> str:
    """How often and how long, as printed, where the figure does not say it itself; empty for several rows that differ."""
    told = {tuple(part for part in (_period(row), row.term) if part) for row in rows}
    return Say("，", ", ").to(language).join(dict.fromkeys(told.pop())) if len(told) == 1 else ""


def worth_of(rows: Sequence[AmountRow]) -> Decimal:
    """The largest sum printed in some rows, in 元; 0 without one."""
    figures = [figure for row in rows for figure in find_figures(row.figure) if _is_sum(figure)]
    return max((figure.upper or figure.value for figure in figures), default=Decimal(0))


def _period(row: AmountRow) -> str:
    """每月 behind 3000元/月 says nothing more."""
    period = row.period or ""
    return "" if period and period.lstrip("每") and f"/{period.lstrip('每')}" in row.figure else period


def _is_sum(figure: Figure) -> bool:
    return figure.unit.partition("/")[0] == _MONEY


def _twice(row: AmountRow, doubled: AmountRow, language: Language) -> str:
    figure = _figure(row.figure)
    value = Decimal(0) if figure is None else figure.upper or figure.value
    return wording.CLAIM_DOUBLED.to(language).format(
        figure=row.figure, doubled=doubled.figure, result=number_said(value * 2, _MONEY, language)
    )


def _share(row: AmountRow, figure: Figure, pool: FactPool, language: Language) -> str:
    fact = _base(row.base, pool) if figure.unit == "%" and figure.upper is None and row.base else None
    if fact is None or fact.number is None:
        return ""
    result = fact.number * figure.value / _PERCENT
    product = wording.CLAIM_SHARE.to(language).format(
        base=label_of(fact.attribute, language),
        amount=number_said(fact.number, fact.unit, language),
        rate=row.figure,
        result=number_said(result, fact.unit, language),
    )
    return _capped(product, row, language)


def _times(row: AmountRow, figure: Figure, pool: FactPool, heads: int | None, to_each: bool, language: Language) -> str:
    """So much for each piece, for each of several people, for each month of a printed term."""
    if not _is_sum(figure) or figure.upper is not None:
        return ""
    pieces, term = _pieces(row, pool), _term(row)
    people = (
        heads if heads is not None and heads > 1 and (pieces is None and (to_each or _is_per_person(row))) else None
    )
    if pieces is None and people is None and term is None:
        return ""
    counts = [wording.plain(pieces)] if pieces is not None else []
    counts += [wording.PEOPLE.to(language).format(n=people)] if people is not None else []
    counts += [term[1]] if term is not None else []
    result = figure.value * (pieces or 1) * (people or 1) * (term[0] if term is not None else 1)
    said = {"each": row.figure, "count": Say("×", " × ").to(language).join(counts)}
    product = wording.CLAIM_EACH.to(language).format(**said, result=number_said(result, _MONEY, language))
    if term is not None and row.term:
        product = wording.CLAIM_TERM.to(language).format(product=product, term=row.term)
    return _capped(product, row, language)


def _pieces(row: AmountRow, pool: FactPool) -> Decimal | None:
    """How many pieces (件, 辆, 台) somebody has, where the figure is for each."""
    unit = _EACH.search(row.figure) or _EACH.search(row.base or "") or _EACH.search(row.period or "")
    if unit is None:
        return None
    counted = [fact for name in inclusions().counts.get(unit["unit"], ()) for fact in pool.on(name)]
    number = next((fact.number for fact in counted if fact.number is not None and not fact.denied), None)
    # Several numbers of one attribute (6 件国内, 1 件国外) cannot be told apart here.
    return None if number is None or len(counted) > 1 or number <= 1 else number


def _is_per_person(row: AmountRow) -> bool:
    """Printed for each (1000元/人, 每人), or paid once to each of those who get it."""
    printed = "".join(filter(None, (row.figure, row.base, row.period, row.object, row.span)))
    return _EACH_PERSON.search(printed) is not None or (row.period == _ONCE and row.bound == "fixed")


def _term(row: AmountRow) -> tuple[Decimal, str] | None:
    """How many months or years a monthly or yearly sum is paid at most, and that as printed."""
    for unit, pattern in _TERM.items():
        periodic = f"/{unit}" in row.figure or f"·{unit}" in row.figure or (row.period or "").endswith(f"每{unit}")
        found = pattern.search(row.term or "") if periodic else None
        if found is not None:
            return Decimal(found[1]), found[0]
    return None


def _capped(product: str, row: AmountRow, language: Language) -> str:
    if not row.cap:
        return product
    return wording.CLAIM_CAPPED.to(language).format(product=product, cap=row.cap)


def _base(base: str | None, pool: FactPool) -> Fact | None:
    """The fact that is the base of a share: the attribute whose words stand in it. Two kinds of base: none is sure."""
    names = list(_bases(base or ""))
    facts = [fact for name in names[:1] for fact in pool.on(name) if fact.number is not None and not fact.denied]
    return facts[0] if len(facts) == 1 else None


def _bases(base: str) -> Iterator[str]:
    return (name for name, words in inclusions().bases.items() if any(word in base for word in words))


def _figure(printed: str) -> Figure | None:
    figures = find_figures(printed)
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
    return next((part[0].strip() for span in spans for part in _PARTS.finditer(span) if words in part[0]), words)
