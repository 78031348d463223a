"""The objects an enumeration of figures belongs to: A、B、C类; 国家级、自治区级、市级…; 一至四类; 个人、团队."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.types import Span
from ingest.vocabulary.levels import level_names, ranks_of_levels
from ingest.vocabulary.load import any_of

_NAMES = "|".join(f"{name}级?" for name in level_names() if name != "区")  # 区 alone ends many another word
_LEVELS = rf"(?:全国|国际|国内|全区|省部级?|盟市级?|旗县级?|区县级?|区级|{_NAMES})"
_CLASS = r"[A-F]\s?类?"
_LETTERS = re.compile(rf"{_CLASS}(?:\s?[、，和及]\s?{_CLASS})+")
_ONE_TO_FOUR = re.compile(
    r"(?P<a>[一二三四五六七八九])(?:类)?\s?[至到—-]\s?(?P<b>[一二三四五六七八九])\s?(?P<unit>类|级|档)"
)
_DIGITS = "一二三四五六七八九"
# The words before the first object that are not its own: 对新引进的, 取得, 达到 …
_BEFORE_FIRST = re.compile(
    r".*(?:对于|对|按照|按|获评的?|获批的?|认定为|评为|认定的?|授权的?|获得|取得|引进的?|引进|达到|设立|培养新增的?|面向|的|在(?=国|自|全)|入选)(?=.)"
)
# Where the last object ends: what follows belongs to all of them.
_AFTER_LAST = re.compile(r"(?:或相当|或者|等相当|或优秀|等层次|(?<!目)的?$|的(?=人力|企业|单位|机构)|可$|可分别$)")
_LONGEST_OBJECT = 30
_LOOK_BACK = (
    4  # phrases between commas: 设立…金奖、银奖、铜奖，对获奖人才分别…; 达到 A、B、C、D类…，同等享受…，安家补贴…，分别…
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One object of an enumeration. ``text`` may be completed (正 → 正高级); ``span`` is what is printed."""

    text: str
    span: Span


def listed_before(text: str, before: Span, count: int, figures: Sequence[Span], *, apart: bool) -> tuple[Listed, ...]:
    """The ``count`` objects enumerated last before the end of ``before``, or () when they are not certain.

    ``figures`` are the spans of the text's figures: no object may hold one. ``apart`` is True when 分别 is printed;
    without it only objects of one pattern (letters, levels, one common ending) are taken.
    """
    phrases = list(_phrases(text, before))
    for back, phrase in enumerate(reversed(phrases)):
        if back >= _LOOK_BACK:
            break
        for reading in (_letters, _numbered, _rankings, _items, _levels):
            objects = reading(text, phrase, count, figures)
            if objects and (apart or reading is not _items or _one_pattern(objects)):
                return objects if _clear(objects, figures, ranking=reading is _rankings) else ()
    return ()


def _phrases(text: str, within: Span) -> Iterator[Span]:
    """Parts between commas outside brackets and quotes; ； ends a thought, so nothing before the last one counts."""
    depth, start = 0, within.start
    for position in range(within.start, within.end):
        letter = text[position]
        depth += (letter in "（(“《") - (letter in "）)”》")
        if letter in "，,；;：" and depth <= 0:
            yield Span(start, position)
            start, depth = position + 1, 0
    yield Span(start, within.end)


def _clear(objects: tuple[Listed, ...], figures: Sequence[Span], *, ranking: bool) -> bool:
    names = {item.text for item in objects}
    if len(names) < len(objects) or any(len(item.text) > _LONGEST_OBJECT or not item.text for item in objects):
        return False
    return ranking or not any(item.span.overlaps(figure) for item in objects for figure in figures)


def _one_pattern(objects: tuple[Listed, ...]) -> bool:
    endings = {re.sub(r"[（(].*", "", item.text)[-1:] for item in objects}
    all_levels = all(re.match(rf"{_LEVELS}", item.text) for item in objects)
    bracketed = all(re.search(r"[（(][^（()）]+[）)]$", item.text) for item in objects)
    return len(endings) == 1 or all_levels or bracketed


def _letters(text: str, phrase: Span, count: int, figures: Sequence[Span]) -> tuple[Listed, ...]:
    for match in reversed(list(_LETTERS.finditer(text, phrase.start, phrase.end))):
        classes = list(re.finditer(r"[A-F]", match[0]))
        if len(classes) == count and "类" in match[0]:
            return tuple(
                Listed(f"{one[0]}类", Span(match.start() + one.start(), match.start() + one.end())) for one in classes
            )
    return ()


def _numbered(text: str, phrase: Span, count: int, figures: Sequence[Span]) -> tuple[Listed, ...]:
    for match in _ONE_TO_FOUR.finditer(text, phrase.start, phrase.end):
        first, last = _DIGITS.index(match["a"]), _DIGITS.index(match["b"])
        if last - first + 1 == count:
            span = Span(match.start(), match.end())
            return tuple(Listed(f"{_DIGITS[n]}{match['unit']}", span) for n in range(first, last + 1))
    return ()


def _rankings(text: str, phrase: Span, count: int, figures: Sequence[Span]) -> tuple[Listed, ...]:
    places = [span for span in figures if phrase.contains(span) and span.of(text).startswith("前")]
    if len(places) != count:
        return ()
    gaps = [text[a.end : b.start].strip() for a, b in pairwise(places)]
    return tuple(Listed(span.of(text), span) for span in places) if all(gap == "、" for gap in gaps) else ()


def _levels(text: str, phrase: Span, count: int, figures: Sequence[Span]) -> tuple[Listed, ...]:
    """…等国家级奖项或…等自治区级奖项: the levels carry the list, whatever is enumerated inside."""
    found = list(
        re.finditer(
            rf"(?<=等)(?P<level>{any_of(ranks_of_levels())})(?P<noun>[一-鿿]{{2}})",
            text[phrase.start : phrase.end],
        )
    )
    if len(found) != count or len({match["noun"] for match in found}) != 1:
        return ()
    return tuple(Listed(match[0], Span(phrase.start + match.start(), phrase.start + match.end())) for match in found)


def _items(text: str, phrase: Span, count: int, figures: Sequence[Span]) -> tuple[Listed, ...]:
    parts = list(_split(text, phrase))
    if len(parts) + 1 == count or (count == 2 and len(parts) == 1):
        parts = _split_last_at_and(text, parts)
    if len(parts) != count:
        return ()
    trimmed = [_trim_first(text, parts[0]), *parts[1:]]
    trimmed[-1] = _trim_last(text, trimmed)
    if any(re.search(r"等(?!级)", span.of(text)) for span in trimmed):
        return ()  # "A、B、C等机构" gives examples, not a closed list
    return tuple(_listed(text, span, trimmed[-1]) for span in trimmed)


def _split(text: str, phrase: Span) -> Iterator[Span]:
    depth, start = 0, phrase.start
    for position in range(phrase.start, phrase.end):
        letter = text[position]
        depth += (letter in "（(《") - (letter in "）)》")
        adjoining = letter in "”’" and text[position + 1 : position + 2] in ("“", "‘")
        if depth <= 0 and (letter == "、" or adjoining):
            yield Span(start, position + (1 if adjoining else 0))
            start = position + 1
    yield Span(start, phrase.end)


def _split_last_at_and(text: str, parts: list[Span]) -> list[Span]:
    last = parts[-1]
    found = [m for m in re.finditer(r"以及|和|及(?!以上)", last.of(text)) if not _inside_word(last.of(text), m.start())]
    if len(found) != 1:
        return parts
    middle = found[0]
    return [*parts[:-1], Span(last.start, last.start + middle.start()), Span(last.start + middle.end(), last.end)]


def _inside_word(phrase: str, position: int) -> bool:
    """True inside brackets, and for 和 in names such as 和谐, 共和国, 文化和旅游."""
    opened = phrase[:position].count("（") + phrase[:position].count("(")
    closed = phrase[:position].count("）") + phrase[:position].count(")")
    return (
        opened > closed or bool(re.match(r"和谐|和平|及时|及格", phrase[position:])) or phrase[:position].endswith("共")
    )


def _trim_first(text: str, span: Span) -> Span:
    printed = span.of(text)
    level = re.search(rf"(?<![一-鿿]){_LEVELS}$|{_LEVELS}$", printed)
    if level and len(level[0]) >= 2:
        return Span(span.start + level.start(), span.end)
    hidden = re.sub(r"[（(《][^（()）》]*[）)》]", lambda bracket: "\0" * len(bracket[0]), printed)
    lead = _BEFORE_FIRST.match(hidden)
    start = span.start + (lead.end() if lead and lead.end() < len(printed) else 0)
    return _strip(text, Span(start, span.end))


def _trim_last(text: str, parts: list[Span]) -> Span:
    last = _strip(text, parts[-1])
    printed = last.of(text)
    earlier = [_strip(text, span).of(text) for span in parts[:-1]]
    level = re.match(_LEVELS, printed)
    if level and all(re.fullmatch(_LEVELS, one) for one in earlier):
        return Span(last.start, last.start + level.end())
    endings = {one[-1] for one in earlier if one}
    if len(endings) == 1:
        shared = re.escape(endings.pop())
        ending = re.match(rf"[^{shared}]{{1,{_LONGEST_OBJECT - 1}}}?{shared}(?:[（(][^（()）]*[）)])?", printed)
        if ending and all(len(one) <= len(ending[0]) + 4 for one in earlier):
            return Span(last.start, last.start + ending.end())
    cut = _AFTER_LAST.search(printed)
    return _strip(text, Span(last.start, last.start + cut.start())) if cut and cut.start() else last


def _strip(text: str, span: Span) -> Span:
    printed = span.of(text)
    start = span.start + len(printed) - len(printed.lstrip())
    return Span(start, max(start, span.end - (len(printed) - len(printed.rstrip()))))


def _listed(text: str, span: Span, last: Span) -> Listed:
    span = _strip(text, span)
    printed = re.sub(r"(?<=[A-F])\s(?=类)|(?<=\d)\s", "", span.of(text))
    rank = re.match(r"副(?P<rank>高级|中级|教授|研究员)", last.of(text))
    if printed == "正" and rank:  # 正、副高级专业技术资格: the rank is printed once for both
        printed += rank["rank"]
    return Listed(printed, span)
