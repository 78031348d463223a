"""How a word somebody says of themselves stands to the word of a condition: the same, inside it, wider, or another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache

from bot.match.facts.titles.title_holders import is_title_abroad
from bot.match.honours.prizes import is_of_other_umbrella
from ingest.normalise import match_form
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.matching.asker_facts import asker_fact_words
from ingest.vocabulary.matching.inclusions import inclusions

_DRESSING = re.compile(r"[\s“”\"'‘’「」『』《》（）()【】·、]")
_FEWEST_INSIDE = 2  # characters; one alone stands inside far too many words
_FEWEST_NEARLY, _NEARLY = 5, 0.7  # characters of a name, and of the longer of two names
_KEPT = 20_000  # pairs of words whose comparison is kept


class Standing(StrEnum):
    """What a word said says of a word asked for."""

    FITS = "fits"  # the same, or something that counts as it
    WIDER = "wider"  # it may be: 引进 where 全职引进 is asked for
    EXCLUDED = "excluded"  # it cannot be, for both do not hold at once
    OTHER = "other"  # it says nothing of it


@cache
def _canonical() -> Mapping[str, str]:
    return {_dressed_down(other): standard for standard, others in inclusions().same.items() for other in others}


def _dressed_down(word: str) -> str:
    plain = _DRESSING.sub("", match_form(word))
    for spelling, read in inclusions().written.items():
        plain = plain.replace(spelling, read)
    return plain


@lru_cache(maxsize=_KEPT)
def standard_form(word: str) -> str:
    """The form under which a word is compared: without quotation marks, other spellings and other names."""
    plain = _dressed_down(word)
    return _dressed_down(_canonical().get(plain, plain))


@cache
def _wider_words(attribute: str) -> Mapping[str, frozenset[str]]:
    """For each word of an attribute all words that it counts as, itself left out."""
    above: dict[str, set[str]] = {}
    for wide, narrow in inclusions().inside.get(attribute, {}).items():
        for word in narrow:
            above.setdefault(standard_form(word), set()).add(standard_form(wide))
    return {word: frozenset(_climb(word, above)) for word in above}


def _climb(word: str, above: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = [word]
    while waiting:
        for wide in above.get(waiting.pop(), ()):
            if wide not in reached:
                reached.add(wide)
                waiting.append(wide)
    return reached - {word}


def is_known(attribute: str, word: str) -> bool:
    """True when the table of inclusions has a place for the word, or for one that stands inside it."""
    return bool(_all_wider(attribute, standard_form(word)))


def _all_wider(attribute: str, said: str) -> frozenset[str]:
    """What a word counts as by the table; of a compound (羊绒围巾) what the listed words inside it count as."""
    listed = _wider_words(attribute)
    if said in listed:
        return listed[said]
    inside = [word for word in listed if len(word) >= _FEWEST_INSIDE and word in said]
    return frozenset(wide for word in inside for wide in (word, *listed[word]))


@lru_cache(maxsize=_KEPT)
def standing(attribute: str, said: str, asked: str) -> Standing:
    """What ``said`` says of ``asked``, both words of ``attribute``."""
    mine, wanted = standard_form(said), standard_form(asked)
    if mine == wanted or wanted in _all_wider(attribute, mine):
        return Standing.FITS
    if attribute == "talent_class":
        return Standing.EXCLUDED
    if attribute == "award" and is_title_abroad(mine):
        return Standing.WIDER if wanted in mine else Standing.OTHER
    if attribute == "award" and is_of_other_umbrella(said, asked):
        return Standing.EXCLUDED
    if _is_step(attribute, mine) and _is_step(attribute, wanted):
        return Standing.EXCLUDED
    if _excludes(attribute, mine, wanted):
        return Standing.EXCLUDED
    if len(wanted) >= _FEWEST_INSIDE and wanted in mine:
        return Standing.FITS  # 国家重点研发计划专项 where 国家重点研发计划 is asked for
    if mine in _all_wider(attribute, wanted) or (len(mine) >= _FEWEST_INSIDE and mine in wanted):
        return Standing.WIDER
    if _overlap(attribute, mine, wanted):
        return Standing.WIDER  # 氢能 where 制造业 is asked for: 氢能装备 is both
    if attribute in inclusions().exclusive:
        return Standing.EXCLUDED
    return Standing.OTHER


def _excludes(attribute: str, mine: str, wanted: str) -> bool:
    counts_as = {mine, *_all_wider(attribute, mine)}
    asked_as = {wanted, *_all_wider(attribute, wanted)}
    for group in inclusions().groups.get(attribute, ()):
        words = {standard_form(word) for word in group}
        ours, theirs = counts_as & words, asked_as & words
        if ours and theirs and not ours & theirs:
            return True
    return False


def _overlap(attribute: str, mine: str, wanted: str) -> bool:
    """True when something narrower than both is listed."""
    return any(mine in wider and wanted in wider for wider in _wider_words(attribute).values())


def _is_step(attribute: str, word: str) -> bool:
    known = entitlement_words().attributes.get(attribute)
    return known is not None and word in known.ladder


def steps_of(attribute: str, said: str) -> tuple[int, ...]:
    """The steps of the ladder of ``attribute`` that a word is on, the lowest 0; none when it is on none."""
    ladder = entitlement_words().attributes[attribute].ladder
    counts_as = {standard_form(said), *_all_wider(attribute, standard_form(said))}
    return tuple(step for step, word in enumerate(ladder) if standard_form(word) in counts_as)


def on_ladder(attribute: str, said: Iterable[str], asked: str) -> Standing:
    """Whether what was said reaches a step."""
    wanted = steps_of(attribute, asked)
    reached = [step for word in said for step in steps_of(attribute, word)]
    if not wanted or not reached:
        return Standing.OTHER
    return Standing.FITS if max(reached) >= min(wanted) else Standing.EXCLUDED


def denies_all(attribute: str, denied: Sequence[str], asked: Iterable[str]) -> bool:
    """True when every word asked for is, or lies inside, one that was denied."""
    return all(any(standing(attribute, word, no) is Standing.FITS for no in denied) for word in asked)


def leaves_out(attribute: str, said: Iterable[str], excluded: Sequence[str]) -> bool:
    """True when what was said is one of the words that a condition excludes."""
    return any(
        standing(attribute, word, no) is Standing.FITS or is_nearly(word, no) for word in said for no in excluded
    )


def is_named(said: str, name: str) -> bool:
    """True when a recognition, an award or an event that was said is the one of that name."""
    return any(standing(attribute, said, name) is Standing.FITS for attribute in ("recognition", "award", "event"))


def is_industry(words: Iterable[str]) -> bool:
    """True when one of the words is an industry that the vocabulary knows."""
    return any(is_known("industry", word) or standard_form(word) in industries_known() for word in words)


def is_by_list(word: str) -> bool:
    """西部地区鼓励类产业: which trades it is, a list says that is not in the corpus."""
    return any(sign in word for sign in inclusions().by_list)


@cache
def industries_known() -> frozenset[str]:
    """Every industry that the vocabulary names, in the form words are compared in."""
    return frozenset(standard_form(word) for word in (*asker_fact_words().industry, *inclusions().inside["industry"]))


def is_nearly(one: str, other: str) -> bool:
    """六类市场化并网项目 and 六类市场化并网新能源项目: all of the shorter name stands in the longer one, in its order."""
    short, long = sorted((standard_form(one), standard_form(other)), key=len)
    if len(short) < _FEWEST_NEARLY or len(short) < len(long) * _NEARLY:
        return False
    signs = iter(long)
    return all(sign in signs for sign in short)
