"""Other documents that one ends or takes the place of: 《…》（…号）同时废止, 对《…》进行了修订, 原《…》停止执行."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ingest.facts import calendar_words
from ingest.facts.numerals import narrow
from ingest.types import Span

_TITLE = r"《(?:[^《》]|《[^《》]*》){1,160}》"
_BY_YEAR = r"[一-鿿]{1,14}\s?[〔\[（(﹝【]\s?(?:19|20)\d\d\s?[〕\]）)﹞】]\s?第?\s?\d+\s?号"
_FILED_UNDER = rf"(?:{_BY_YEAR}|[一-鿿]{{2,14}}令\s?(?:(?:19|20)\d\d\s?年\s?)?第\s?\d+\s?号)"
_BRACKET = r"[（(](?:[^（）()]|[（(][^（）()]*[）)]){2,80}[）)]"
_ITEM = rf"(?:(?:原|旧版)?{_TITLE}\s?(?:{_BRACKET})?|{_FILED_UNDER})(?:文件|文)?"
LIST = rf"{_ITEM}(?:\s?(?:、|和|及|以及|与|，|；|;|,)\s?(?:{calendar_words.DATE}[^《》，。；]{{0,30}})?{_ITEM})*"
_HOW = r"(?:同时|一并|即行|予以|相应|均|也|全部|自行|已|现|随之)*"
_SINCE = (
    rf"(?:[，,]?\s?(?:自|从|于)\s?(?:(?P<since>{calendar_words.DATE})\s?起?|[^，。；《》]{{0,16}}之日\s?起?)[，,]?)?"
)
_REPEALS = re.compile(
    rf"(?P<list>{LIST})\s?(?:等(?:[一二三四五六七八九十\d]+[个件份])?文件)?\s?{_SINCE}\s?{_HOW}(?:废止|停止执行|失效|不再执行)"
)
_BEFORE_LIST = re.compile(rf"(?:废止|停止执行)(?:了)?\s?(?P<list>{LIST})(?!\s?(?:第[一-鿿\d]+[条款章]|中的?))")
_REPLACES = re.compile(
    rf"(?:对(?P<list>{LIST})\s?(?:作了|进行了?|予以)?(?:全面)?(?:修订|修改|修编)|(?:代替|替代|取代|替换)(?:了)?\s?(?P<list2>{LIST})"
    rf"|(?P<list3>{LIST})\s?(?:由|被)?\s?本[一-鿿]{{1,6}}(?:所)?(?:代替|替代|取代))"
)
_VERSION = re.compile(r"^\s?[（(][^（）()]*(?:版|修订|修正|试行|暂行)[^（）()]*[）)]")
_YEAR = r"(?:19|20)\d\d"
_NUMBER_IN = re.compile(_FILED_UNDER)
_LISTED_BELOW = re.compile(r"(?:同时废止|予以废止|停止执行|即行废止)\s?[:：]\s*$", re.MULTILINE)
_LISTED = re.compile(rf"\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]\s?)?(?P<list>{_ITEM})[；;。\s]*$")
_MAY_SAY = re.compile(r"废止|停止执行|失效|不再执行|修订|修改|修编|代替|替代|取代|替换")


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A document named as ended or replaced, and where it is named in the text."""

    title: str | None  # without 《》, a version in brackets behind it included
    number: str | None  # 文号, spaces left out
    year: int | None  # of the version meant, where one is printed beside the title
    since: date | None  # the printed day from which it is without force
    replaced: bool  # revised or replaced, not only repealed
    distinct: bool  # printed as an older one (with a day, a number or 原): never the naming document itself
    span: Span


def predecessors(text: str) -> tuple[Predecessor, ...]:
    """The documents that ``text`` ends or replaces as a whole; what ends a part of one (第三条, 中的规定) names none."""
    if not _MAY_SAY.search(text):
        return ()
    narrowed = narrow(text)
    found: dict[Span, Predecessor] = {}
    for begin, end in _sentences_that_may_say(narrowed):
        for match in (*_REPEALS.finditer(narrowed, begin, end), *_BEFORE_LIST.finditer(narrowed, begin, end)):
            printed = match.groupdict().get("since")
            since = calendar_words.first_day(printed) if printed else None
            found |= {one.span: one for one in documents_named(text, Span(*match.span("list")), since, replaced=False)}
        for match in _REPLACES.finditer(narrowed, begin, end):
            name = next(group for group in ("list", "list2", "list3") if match[group])
            found |= {one.span: one for one in documents_named(text, Span(*match.span(name)), None, replaced=True)}
    for one in _below(text, narrowed):
        found.setdefault(one.span, one)
    return tuple(sorted(found.values(), key=lambda one: one.span))


def _sentences_that_may_say(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each sentence with a word for it: the patterns are tried at every character of what they read."""
    end = 0
    for cue in _MAY_SAY.finditer(text):
        if cue.start() < end:
            continue
        begin = text.rfind("。", end, cue.start()) + 1 or end
        end = text.find("。", cue.end()) + 1 or len(text)
        yield begin, end


def documents_named(text: str, where: Span, since: date | None = None, *, replaced: bool = False) -> list[Predecessor]:
    """Each document of 《甲》（…号）、《乙》和丙〔2020〕3号, which ``LIST`` found at a place of ``text``."""
    found: list[Predecessor] = []
    position = where.start
    for match in re.finditer(_ITEM, narrow(where.of(text))):
        span = Span(where.start + match.start(), where.start + match.end())
        before = text[max(0, position) : span.start] + text[max(0, where.start - 30) : where.start]
        found.append(_one(span.of(text), span, since, before, replaced=replaced))
        position = span.end
    return found


def _one(printed: str, span: Span, since: date | None, before: str, *, replaced: bool) -> Predecessor:
    title = re.search(_TITLE, printed)
    rest = printed[title.end() :] if title else printed
    number = _NUMBER_IN.search(narrow(rest))
    version = _VERSION.search(rest) if title and not number else None
    dated = re.search(_YEAR, narrow(rest)) or re.search(rf"{_YEAR}\s?年[^《》，。；]*$", narrow(before))
    return Predecessor(
        title=title[0][1:-1] + (version[0] if version else "") if title else None,
        number=re.sub(r"\s", "", number[0]).removeprefix("原") if number else None,
        year=int(dated[0][:4]) if dated else None,
        since=since,
        replaced=replaced,
        distinct=bool(dated) or printed.startswith(("原", "旧版")) or before.rstrip().endswith("原"),
        span=span,
    )


def _below(text: str, narrowed: str) -> list[Predecessor]:
    """The documents listed in the lines below 下列文件同时废止."""
    found: list[Predecessor] = []
    for opening in _LISTED_BELOW.finditer(narrowed):
        position = opening.end() + 1
        while position < len(text):
            ends = text.find("\n", position)
            ends = len(text) if ends < 0 else ends
            match = _LISTED.fullmatch(narrowed[position:ends])
            if match is None:
                break
            span = Span(position + match.start("list"), position + match.end("list"))
            found.append(_one(span.of(text), span, None, "", replaced=False))
            position = ends + 1
    return found
