"""Who is responsible: every shape in which a policy prints its 责任单位.

A closing bracket （责任单位：A、B，协同单位：C）, a bracket that only lists offices
（自治区商务厅、财政厅按职责分工负责）, or a paragraph of its own "责任单位：…按职责分工负责".
Brackets such as （含再担保）, （RCEP） or （专业委员会） are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.types import Span
from ingest.vocabulary.levels import level_names
from ingest.vocabulary.load import any_of
from ingest.vocabulary.offices import office_words
from ingest.vocabulary.places import place_names
from ingest.vocabulary.wordings import either

_OPEN, _CLOSE = "（(〔[", "）)〕]"
_BRACKET = re.compile(r"[（(〔\[）)〕\]]")
_LEAD_LABEL = f"{either(office_words().lead)}(?:单位|部门)"
_SUPPORT_LABEL = f"{either(office_words().support)}(?:单位|部门)"
_LABEL = re.compile(rf"(?P<support>{_SUPPORT_LABEL})\s?[：:]|(?P<lead>{_LEAD_LABEL})\s?[：:]")
_LABELLED = re.compile(rf"\s*(?:{_LEAD_LABEL}|{_SUPPORT_LABEL})\s?[：:]")

# "等部门按职责分工负责", "具体负责": says how offices share the work, names none.
_SHARING = re.compile(
    r"(?:等(?:有关)?(?:部门|单位)?(?:和单位)?)?(?:按照?(?:各自)?职责分工|依职责分工|按职责|分别|共同|具体)*负责[。.]?\s*$"
    r"|等(?:有关)?(?:部门|单位)?(?:和单位)?\s*$"
)
_SAYS_WHO = re.compile(r"(?:负责|牵头)[。.]?\s*$|按职责分工")
# An office ends like this; used only to tell a list of offices from any other bracket.
_OFFICE = re.compile(rf"{either(office_words().listed_end)}(?:[（(][^（()）]*[）)])?$")
_LEVELS = any_of(name for name in level_names() if name not in ("国家", "园区", "乡镇")).replace("|市|", "|市(?!场)|")
_PROVINCES = any_of(name for names in place_names().provinces.values() for name in names)
_OWN_PLACE = re.compile(
    rf"^(?:国家|国务院|全国|中国|中央|中共|最高|{_PROVINCES}|全区|各|其他|有关|相关|团|{_LEVELS}|人民银行|农业发展银行)"
    rf"|海关|银行|公司|分局|支行|分行|总站|管委会|[一-鿿]{{2,5}}{_LEVELS}"
)
_CARRIED = re.compile(rf"^([一-鿿]{{2,4}}自治区|[一-鿿]{{2,3}}省|全区|{_LEVELS})(?!直)")
_TAKES_PREFIX = re.compile(r"(?:局|厅|委|办|委员会|办公室|会)(?:[（(][^（()）]*[）)])?$")


@dataclass(frozen=True, slots=True)
class DepartmentMention:
    """One place where responsible offices are printed.

    ``lead`` and ``supporting`` are as printed; ``lead_in_full`` and ``supporting_in_full`` carry a shared prefix on
    (自治区财政厅、农牧厅 → 自治区财政厅, 自治区农牧厅).
    """

    span: Span
    text: str
    lead: tuple[str, ...]
    supporting: tuple[str, ...]
    lead_in_full: tuple[str, ...]
    supporting_in_full: tuple[str, ...]
    is_whole_paragraph: bool


def find_departments(text: str) -> tuple[DepartmentMention, ...]:
    """Every mention of responsible offices in ``text``, in order."""
    if _LABELLED.match(text):
        return (_mention(text, Span(0, len(text)), text, True),)
    found: list[DepartmentMention] = []
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip(" 。"))
    for span in _brackets(text):
        inner = text[span.start + 1 : span.end - 1] if text[span.end - 1] in _CLOSE else text[span.start + 1 : span.end]
        if _LABELLED.match(inner) or _lists_offices(text, span, inner):
            found.append(_mention(text, span, inner, span.start <= begin and end <= span.end))
    return tuple(mention for mention in found if mention.lead or mention.supporting)


def _brackets(text: str) -> Iterator[Span]:
    """Outermost brackets; one that never closes runs to the end when it begins with a label."""
    depth, start = 0, 0
    for bracket in _BRACKET.finditer(text):
        position = bracket.start()
        if text[position] in _OPEN:
            start = position if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield Span(start, position + 1)
    if depth and _LABELLED.match(text, start + 1):
        yield Span(start, len(text))


def _lists_offices(text: str, span: Span, inner: str) -> bool:
    """Whether a bracket without a label names offices: it says so (…负责), or closes a sentence and only lists them."""
    if re.search(r"[《》：:]|以下简称", inner.split("。")[0]):
        return False
    parts = _names(inner)
    if not parts or not all(_OFFICE.search(part) for part in parts):
        return False
    if _SAYS_WHO.search(inner.split("。")[0]):
        return True
    before = span.start  # looked for backwards: a copy of all before each bracket would take the square of the length
    while before and text[before - 1].isspace():
        before -= 1
    return text.endswith(("。", "；", "！"), 0, before)


def _mention(text: str, span: Span, inner: str, whole: bool) -> DepartmentMention:
    lead, supporting = _by_role(inner)
    return DepartmentMention(span, span.of(text), lead, supporting, _carried_on(lead), _carried_on(supporting), whole)


def _by_role(inner: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    lead: list[str] = []
    supporting: list[str] = []
    labels = list(_LABEL.finditer(inner))
    if not labels:
        return _led_and_joined(inner)
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        part = inner[label.end() : following.start() if following else len(inner)]
        first, second = _led_and_joined(part)
        if label["support"]:
            supporting += [*first, *second]
        else:
            lead += first
            supporting += second
    return tuple(lead), tuple(supporting)


def _led_and_joined(part: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """商务部、国家知识产权局牵头，中央宣传部等按职责分工负责: the offices before 牵头 lead, the others join."""
    head, led, rest = part.partition("牵头")
    if led and rest.strip(" ，,。"):
        return _names(head), _names(rest)
    return _names(part), ()


def _names(listed: str) -> tuple[str, ...]:
    listed = re.split(r"。(?!\s*$)", listed)[0]
    # "公安部等部门和各省级人民政府": the words between are no office, but they part two.
    listed = re.sub(r"等(?:有关)?(?:部门|单位)和(?=各)|(?<=[部局厅署])和(?=[一-鿿])", "、", listed)
    names: list[str] = []
    for part in _split_outside_brackets(listed.replace("牵头", "")):
        name = _SHARING.sub("", part.strip().rstrip("。")).strip()
        name = re.sub(r"\s+", "", name)
        if name:
            names.append(name)
    return tuple(names)


def _split_outside_brackets(listed: str) -> Iterator[str]:
    depth, start = 0, 0
    for position, letter in enumerate(listed):
        depth += (letter in _OPEN) - (letter in _CLOSE)
        if depth <= 0 and letter in "、，,；;":
            yield listed[start:position]
            start = position + 1
    yield listed[start:]


def _carried_on(names: tuple[str, ...]) -> tuple[str, ...]:
    """自治区自然资源厅、工业和信息化厅 → both with 自治区; offices with a place of their own stay as they are."""
    prefix = ""
    full: list[str] = []
    for name in names:
        own = _CARRIED.match(name)
        if own and own.end() < len(name):
            prefix = own[1]
        bare = prefix and not own and not _OWN_PLACE.search(name) and _TAKES_PREFIX.search(name)
        full.append(prefix + name if bare else name)
    return tuple(full)
