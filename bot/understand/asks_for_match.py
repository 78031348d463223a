"""Whether somebody asks what they themselves can get, all of it: 我们这样的企业能拿到什么, what can we claim."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.talk import talk_words

_WORDS = asker_speech().profile
_GET, _ALL, _THINGS = _WORDS.get, _WORDS.all_of, rf"(?:人才)?(?:{_WORDS.things})?"
_CAN = r"(?:能够?|可以?)"
_ENDS = rf"(?:{_WORDS.ends})?\s*(?:[？?。！!，,；;]|$|(?<=\s)(?=[\u4e00-\u9fff]))"
_CHINESE = re.compile(
    rf"{_CAN}(?:不能)?{_GET}{_ALL}{_THINGS}{_ENDS}"
    rf"|{_ALL}(?:{_WORDS.things}){_CAN}?(?:{_GET}|帮到|帮得到){_ENDS}"
    rf"|(?:{_WORDS.gives}){_ALL}{_THINGS}{_ENDS}"
    rf"|能{_GET}的(?:都|全部?)?(?:列|说|告诉|讲)"
    rf"|(?:{_WORDS.fits}){_ALL}{_THINGS}{_ENDS}"
    rf"|有(?:啥|什么|哪些)(?:{_WORDS.things})(?:或者?(?:{_WORDS.things}))?{_ENDS}"
    rf"|(?:帮我们?|替我们?)(?:对对|看看|算算|查查|匹配)[^。？?]{{0,8}}{_CAN}{_GET}?"
)
_HOW_MUCH = re.compile(
    rf"(?:^|[，,。；;！!？?\n])(?:{_WORDS.myself})?{_WORDS.how_much_lead}{_CAN}{_GET}{_WORDS.how_much}{_THINGS}{_ENDS}"
)
_SELF_IN_CHINESE = re.compile(_WORDS.myself)
_SAYS_WHO = re.compile(rf"\s*(?:{_WORDS.myself})(?:{_WORDS.am})")
_ENGLISH = re.compile("|".join(_WORDS.english), re.IGNORECASE)


# Who types without commas parts thoughts by blanks.
_PARTS = re.compile(r"(?:[^，,。；;！!？?\n\s]|(?<![\u4e00-\u9fff])[^\S\n]|[^\S\n](?![\u4e00-\u9fff]))+")
_FEWEST_PARTS = 2  # of a profile without 我们
_PARTS_OF_WHOLE = 5  # of a profile that asks how much
_PARTS_OF_OWN = 3  # of one that says who its writer is
LONGEST_WISH = 16  # characters of a wish that says nothing of who asks: 我们这样的企业能拿到哪些政策


def asks_for_match(text: str) -> bool:
    """True when ``text`` (simplified) asks for all its writer can get; not whether they say enough of themselves."""
    if _ENGLISH.search(text):
        return True
    asked = _CHINESE.search(text)
    if asked is None:
        return _asks_how_much(text)
    if _SELF_IN_CHINESE.search(text):
        return True
    goes_on = (part.strip() for part in _PARTS.findall(text, asked.end()))
    return all(_wishes(part) for part in goes_on) and _tells_of_one(text[: asked.start()])


def _wishes(part: str) -> bool:
    """公司能拿到什么，人又能拿到什么: another wish of the same kind behind the first."""
    return not part or _CHINESE.search(part) is not None or _HOW_MUCH.search(part) is not None


def _asks_how_much(text: str) -> bool:
    """能拿多少奖励 behind a whole profile: of all that speaks to it, not of one rule with a case beside it."""
    asked = _HOW_MUCH.search(text)
    before = text[: asked.start()] if asked else ""
    least = _PARTS_OF_OWN if _SAYS_WHO.match(before) else _PARTS_OF_WHOLE
    return len(_PARTS.findall(before)) >= least and _tells_of_one(before)


def _tells_of_one(before: str) -> bool:
    """A profile without 我们 (某县一家民企，今年引进了一位博士), and not the case that a rule is asked about."""
    tells, of_nobody = _words_of_profiles()
    family = any(word in before for word in _WORDS.relatives)
    return (
        len(_PARTS.findall(before)) >= (1 if family else _FEWEST_PARTS)
        and of_nobody.search(before) is None
        and tells.search(before) is not None
    )


_ASKS_SOMETHING = re.compile(talk_words().asks, re.IGNORECASE)


def tells_on(turns: Sequence[str]) -> bool:
    """Whether the last of ``turns`` (simplified) only tells more, after one before it asked for all its writer can get."""
    *earlier, last = turns
    return any(map(asks_for_match, earlier)) and _ASKS_SOMETHING.search(last.lower()) is None


def is_profile(text: str) -> bool:
    """Whether ``text`` (simplified) tells of its writer and asks for all they can get, so that its words are their own."""
    return len(text) > LONGEST_WISH * (3 if text.isascii() else 1) and asks_for_match(text)


_OF_SELF = re.compile(_WORDS.of_self)
_OF_SELF_ENGLISH = re.compile(_WORDS.of_self_english, re.IGNORECASE)
_PERSONAL = re.compile(any_of(_WORDS.personal), re.IGNORECASE)
_TOLD = re.compile(r"[^，,。；;！!？?\n]+(?P<asked>[？?])?")


def tells_of_oneself(text: str) -> bool:
    """Whether ``text`` (simplified) tells of its writer at all, whatever it asks: something personal, or a whole story."""
    if is_profile(text):
        return True
    speaks = _OF_SELF.search(text) or _OF_SELF_ENGLISH.search(text)
    _, asks = _words_of_profiles()
    told = [p for p in _TOLD.finditer(text) if p[0].strip() and not p["asked"] and asks.search(p[0]) is None]
    if speaks is None or not told:
        return False
    return _PERSONAL.search(text) is not None or len(told) >= _WORDS.fewest_told


@cache
def _words_of_profiles() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What tells of somebody, in the vocabulary or with a number; and what speaks of nobody in particular."""
    words = asker_speech().profile
    counters = any_of(words.counters)
    counted = rf"(?:\d|{any_of(words.numbers)})\s?{counters}"
    return re.compile(rf"{any_of(words.tells)}|{counted}"), re.compile(any_of(words.of_nobody))
