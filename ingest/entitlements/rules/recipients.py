"""Who gets it: the words behind the verb (给予用人单位…), else those the grant is about (对…的企业), else those before.

A Chinese phrase ends with what it is about: 对企业引进的人才 is about people, 对引进人才的企业 about firms. A phrase that
ends with 的 and nothing behind it is about its first noun: 企业购买标准厂房的.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.entitlements.rules.grants import Grant
from ingest.entitlements.rules.phrases import ABOUT, TRAILING, phrases
from ingest.entitlements.types import Recipient
from ingest.types import Span
from ingest.vocabulary.grants import grant_words
from ingest.vocabulary.load import any_of

_NOBODY = "nobody"
_GOVERNMENT = "government"
_EMPLOYER = "employer"
# By whom or by what, not who: 经行业协会评定后, 根据企业绩效.
_NO_SUBJECT = re.compile(
    r"\s*(?:经(?!营|培养)|按|根据|综合考虑|采取|依据|参照|由[^，]{0,16}(?:局|委|财政|部门|政府|集团|公司))"
)
# A place or a partner: 引进到事业单位工作, 租用开发区厂房.
_OBLIQUE = re.compile(r"(?:到|在|与|依托|通过|入驻|协助|租用|委托|参加)[^，的]{0,14}$")
_RATE = re.compile(r"(?<=.)(?:按照?|根据|参照).*$", re.DOTALL)
_QUOTED = re.compile(r"“[^”]{0,40}”|《[^》]{0,80}》")
_JOINS = re.compile(r"(?:内|等|[、和或及与]|以及|或者|[（(][^（()）]{0,12}[)）]|高级|技术|骨干|优秀|集群|各类|\s)*")
_NEAR_VERB = 6  # characters between 给予 and the recipient behind it


@dataclass(frozen=True, slots=True)
class Noun:
    """A word for a recipient in a text; ``who`` may also be "nobody" or "government"."""

    span: Span
    who: str


def nouns(text: str, within: Span, *, quoted: bool = False) -> list[Noun]:
    """The words for recipients in a part of a text; names in quotes are none, nor is what only looks like one."""
    quotes = () if quoted else _QUOTED.finditer(text, within.start, within.end)
    hidden = [Span(quote.start(), quote.end()) for quote in quotes]
    pattern, table = _words()
    return [
        Noun(span, table[match[0]])
        for match in pattern.finditer(text, within.start, within.end)
        for span in [Span(match.start(), match.end())]
        if table[match[0]] != _NOBODY and not any(quote.contains(span) for quote in hidden)
    ]


def recipient(grant: Grant, inherited: Recipient | None, before: Span) -> Recipient | None:
    """Who gets what is granted; None when that cannot be told, or is a government.

    ``inherited`` is the recipient of the grant before in the same clause, ``before`` the clause's text up to this one.
    """
    text = grant.clause.text
    behind = _behind_the_verb(grant)
    if behind is None and (named := _by_gift(grant)) is not None:
        same = inherited is not None and inherited.who == named.who and named.span is None
        return inherited if same else named
    noun = behind or _named(grant, inherited is not None)
    if noun is None and inherited is not None:
        return inherited
    if noun is None and (earlier := nouns(text, before)):
        noun = earlier[0]
    if noun is None:
        return _by_heading(grant)
    return _made(noun, text, grant)


def _made(noun: Noun, text: str, grant: Grant) -> Recipient | None:
    if noun.who == _GOVERNMENT:
        return None
    who = _EMPLOYER if noun.who in ("company", "institution") and _employs(noun, text, grant) else noun.who
    return Recipient(who, noun.span.of(text))


def _named(grant: Grant, is_inherited: bool) -> Noun | None:
    """The noun the grant is about: in its own phrase before what it shares, 对… before 的企业 before the rest."""
    text = grant.clause.text
    for head in grant.heads:
        parts = [phrase for phrase in phrases(text, head) if not _NO_SUBJECT.match(text, phrase.start, phrase.end)]
        about = [phrase for phrase in parts if ABOUT.match(text, phrase.start, phrase.end)]
        attributive = [phrase for phrase in parts if _ends_with_its_noun(text, phrase)]
        nominal = [phrase for phrase in reversed(parts) if _core(text, phrase).of(text).endswith("的")]
        for phrase in (*reversed(about), *attributive, *nominal, *parts):
            noun = _of_phrase(text, phrase, about=phrase in about)
            if noun is not None and not (is_inherited and _goes_on(text, phrase)):
                return noun
    inside = nouns(text, grant.gift) if not grant.verb else []
    return inside[0] if inside else None


def _behind_the_verb(grant: Grant) -> Noun | None:
    """给予用人单位最高200万元: right behind the verb and before the figure, and not part of what is given."""
    verbs = grant_words().verbs
    near = _NEAR_VERB if grant.verb in verbs.gives_to else 0 if grant.verb in verbs.gives_itself else -1
    text = grant.clause.text
    start = grant.gift.start + len(grant.verb)
    stop = re.compile(r"[\d，。；]").search(text, start, grant.gift.end)
    found = nouns(text, Span(start, stop.start() if stop else grant.gift.end))
    if found and found[0].span.start - start <= near:
        return _chain(text, found, 0)
    return None


def _core(text: str, phrase: Span) -> Span:
    """A phrase without adverbs and brackets at its end, and without 按照…标准 behind the noun of 对…."""
    words = _RATE.sub("", phrase.of(text)) if ABOUT.match(text, phrase.start, phrase.end) else phrase.of(text)
    return Span(phrase.start, phrase.start + len(TRAILING.sub("", words)))


def _of_phrase(text: str, phrase: Span, *, about: bool) -> Noun | None:
    if about and (governed := _governments().search(text, phrase.start, phrase.end)):
        return Noun(Span(governed.start(), governed.end()), _GOVERNMENT)  # 对外贸稳定增长的省（区、市）
    core = _core(text, phrase)
    found = nouns(text, core)
    if not found and about:  # 对培育完成的“头雁”
        found = nouns(text, core, quoted=True)
    found = [noun for noun in found if _OBLIQUE.search(text[phrase.start : noun.span.start]) is None] or (
        found if about else []
    )
    if not found:
        return None
    last = found[-1]
    nominal = core.of(text).endswith("的")
    at_end = not _JOINS.sub("", text[last.span.end : max(core.end - nominal, last.span.end)])
    attribute = "的" in text[phrase.start : last.span.start]
    if at_end and nominal and text[max(0, last.span.start - 1)] == "的":
        return last  # …称号的人力资源服务企业的
    if at_end and not nominal and (about or attribute):
        return last
    return _chain(text, found, 0)


def _ends_with_its_noun(text: str, phrase: Span) -> bool:
    core = _core(text, phrase)
    found = nouns(text, core)
    return bool(found) and found[-1].span.end == core.end and "的" in text[phrase.start : found[-1].span.start]


def _goes_on(text: str, phrase: Span) -> bool:
    """其中招用脱贫劳动力的: who takes them on is said before."""
    return phrase.of(text).endswith("的") and _takes_on().match(text, phrase.start, phrase.end) is not None


def _chain(text: str, found: Sequence[Noun], first: int) -> Noun:
    """The last of nouns that stand side by side: 企业高级管理人员 are people."""
    number = first
    while number + 1 < len(found):
        between = text[found[number].span.end : found[number + 1].span.start]
        if _JOINS.fullmatch(between) is None or any(sign in between for sign in "、和或及与"):
            break
        number += 1
    return found[number]


def _employs(noun: Noun, text: str, grant: Grant) -> bool:
    """A firm or unit that gets money for the people it brings in or takes on, by the phrase it stands in."""
    said = [phrase for head in grant.heads for phrase in phrases(text, head)]
    own = [phrase for phrase in said if phrase.contains(noun.span)] or said
    return any(_employing().search(text, phrase.start, phrase.end) for phrase in own)


def _by_gift(grant: Grant) -> Recipient | None:
    """安家补贴 goes to people, whoever is named."""
    text = Span(grant.words.start, grant.gift.end).of(grant.clause.text)
    for who, words in grant_words().by_gift.items():
        if any(word in text for word in words):
            # Of the words that name them the one that fits, if any does.
            own = [noun for head in grant.heads for noun in nouns(grant.clause.text, head) if noun.who == who]
            return Recipient(who, _chain(grant.clause.text, own, 0).span.of(grant.clause.text) if own else None)
    return None


def _by_heading(grant: Grant) -> Recipient | None:
    for heading in reversed(grant.clause.path):
        found = nouns(heading, Span(0, len(heading)))
        if found:
            return None if found[-1].who == _GOVERNMENT else Recipient(found[-1].who, found[-1].span.of(heading))
    return None


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    words = grant_words()
    table = {word: who for who, names in words.recipients.items() for word in names}
    table |= dict.fromkeys(words.nobody.government, _GOVERNMENT)
    table |= dict.fromkeys(words.nobody.other, _NOBODY)
    return re.compile(any_of(table)), table


@cache
def _governments() -> re.Pattern[str]:
    """A government at the end of a phrase: brackets and all, as 省（区、市） has them."""
    return re.compile(rf"{any_of(grant_words().nobody.government)}\s*$")


@cache
def _takes_on() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:其中)?对?{any_of(grant_words().employing.verbs)}")


@cache
def _employing() -> re.Pattern[str]:
    employing = grant_words().employing
    return re.compile(rf"{any_of(employing.verbs)}[^，。；]{{0,30}}?{any_of(employing.whom)}")
