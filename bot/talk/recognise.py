"""Whether a question is talk, a question on the documents themselves, or too vague to be searched for. Grammar only, no names."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.types import Question
from bot.understand.asks_on import asks_for_more, asks_on
from bot.understand.levels_and_places import Places
from bot.understand.reading import Reading
from ingest.vocabulary.talk import talk_words

LONGEST_TALK = 24  # characters, of English three times as many; a longer turn asks something besides
LONGEST_VAGUE = 20

_BREAK = re.compile(r"[，,。.！!～~？?、；;\n]+")
_EDGE = re.compile(r"^[\s，,。.！!～~？?、]+|[\s，,。.！!～~？?、]+$")
_PARTICLES = re.compile(r"[啊呀哦呢哈吧嘛啦]+$")


class Talk(StrEnum):
    """What is said instead of a question on a clause."""

    GREETING = "greeting"
    THANKS = "thanks"
    ACKNOWLEDGED = "acknowledged"
    GOODBYE = "goodbye"
    WHO = "who"
    PEOPLE = "people"
    CORPUS = "corpus"
    VAGUE = "vague"
    NOTHING_BEFORE = "nothing_before"  # it asks on (还有吗, 谁负责) and nothing was asked before


_COUNTS_MOST = (
    *(Talk.PEOPLE, Talk.CORPUS, Talk.WHO, Talk.GOODBYE),
    *(Talk.THANKS, Talk.GREETING, Talk.ACKNOWLEDGED),
)  # of several in one turn
_ANSWERED_APART = (Talk.PEOPLE, Talk.CORPUS, Talk.WHO)
_WORDS = talk_words()
_WHOLE = tuple((Talk(name), re.compile(pattern)) for name, pattern in _WORDS.whole.items())
_VAGUE_ASKED = re.compile(_WORDS.vague)
_NOT_WANTED = re.compile(_WORDS.not_wanted)
_SAY_NOTHING = frozenset(_WORDS.say_nothing.split())  # words of every question on policy
_FILLS = re.compile(_WORDS.fills)
_LATIN_GRAMMAR = frozenset(_WORDS.grammar.split())
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[a-z]{3,}")


def recognise(reading: Reading, question: Question, places: Places) -> Talk | None:
    """What the last turn of ``question`` is instead of a question on a clause; None for a question on one.

    ``reading`` may have left out the turns before it. Coming to one of the ``places`` names nothing: 来…投资有什么优惠.
    """
    last = _PARTICLES.sub("", _EDGE.sub("", reading.last))
    if len(last) <= LONGEST_TALK * (3 if last.isascii() else 1):
        found = _whole_talk(last) or _talk_in_a_row(last)
        if found is not None:
            return found
    if topic_not_wanted(last):
        return Talk.VAGUE
    said_alone = all(asks_for_more(turn) or _whole_talk(turn.lower().strip()) for turn in question.earlier)
    if said_alone and asks_for_more(question.last):
        return Talk.NOTHING_BEFORE
    if not question.earlier and asks_on(reading.last) and not _VAGUE_ASKED.search(last):
        return Talk.NOTHING_BEFORE
    return Talk.VAGUE if not question.earlier and _is_vague(reading, _without_where(last, places)) else None


def topic_not_wanted(said: str) -> str:
    """人才 of 我不想看人才的: what somebody who asks for anything does not want to hear of; "" for any other turn."""
    found = _NOT_WANTED.fullmatch(_PARTICLES.sub("", _EDGE.sub("", said)))
    return found["things"] if found else ""


def _whole_talk(said: str) -> Talk | None:
    return next((talk for talk, pattern in _WHOLE if pattern.fullmatch(said)), None)


def _talk_in_a_row(last: str) -> Talk | None:
    """What counts of several pieces that are all talk: 多谢，再见 is a goodbye; None where one of them asks something."""
    pieces = [_PARTICLES.sub("", piece.strip()) for piece in _BREAK.split(last)]
    said = [_whole_talk(piece) for piece in pieces if piece]
    if sum(talk in _ANSWERED_APART for talk in said) > 1:
        return None  # 你是谁？能转人工吗: each is a part with an answer of its own
    found = set(said)
    return next((talk for talk in _COUNTS_MOST if talk in found), None) if None not in found else None


def _without_where(said: str, places: Places) -> str:
    """What is said without the covered place that somebody wants to come to."""
    names = sorted((name.lower() for names in places.names.values() for name in names), key=len, reverse=True)
    return re.sub(rf"(?:{'|'.join(map(re.escape, names))})(?={_WORDS.settles})", "", said) if names else said


def _is_vague(reading: Reading, last: str) -> bool:
    """True for a wish that names nothing: no class, year or size, and only words of every policy."""
    if reading.tiers or reading.years or any(mark.isdigit() for mark in last):
        return False
    if len(last) > LONGEST_VAGUE * (3 if last.isascii() else 1) or not _VAGUE_ASKED.search(last):
        return False
    if last.isascii():
        return all(word in _SAY_NOTHING | _LATIN_GRAMMAR for word in _LATIN.findall(last))
    rest = _FILLS.sub("", _VAGUE_ASKED.sub("", last))
    for word in sorted(_SAY_NOTHING, key=len, reverse=True):
        rest = rest.replace(word, "")
    return not _HAN.search(rest)
