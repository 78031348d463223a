"""Whether a turn only asks on about what was spoken of before: 谁负责？, 能领多久, 找哪个部门办, 还有吗.

Such a turn names nothing of its own, so what it is about is what the turns before it are about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.text.jieba_dictionary import words_in
from ingest.normalise import to_simplified
from ingest.vocabulary.talk import talk_words

_WORDS = talk_words()
_ASKS_ON = re.compile(_WORDS.asks_on, re.IGNORECASE)
_CLAIMS_IT = re.compile(_WORDS.claims_it, re.IGNORECASE)
_MORE = re.compile(_WORDS.more, re.IGNORECASE)
_OTHERS = re.compile(_WORDS.others, re.IGNORECASE)
_WITHIN = re.compile(_WORDS.within, re.IGNORECASE)
_BESIDES_LETTERS = re.compile(r"[\W_]+")


def asks_on(turn: str) -> bool:
    """True for a turn all of whose words ask and none of which names a thing."""
    return turn.strip() != "" and not _BESIDES_LETTERS.sub("", _ASKS_ON.sub("", _plain(turn)))


def claims_it(turn: str) -> bool:
    """True for 个体户能不能申请: whether somebody may have what was spoken of."""
    return _CLAIMS_IT.search(_plain(turn).strip()) is not None


def asks_for_more(turn: str) -> bool:
    """True for 还有吗 and 继续: more of what was answered."""
    return _MORE.fullmatch(_BESIDES_LETTERS.sub("", _plain(turn))) is not None


def asks_for_others(turn: str) -> bool:
    """True for 还有别的奖励没: others than those that were answered."""
    return _OTHERS.search(_plain(turn)) is not None


def asks_within(turn: str) -> bool:
    """True for 里面有没有人工智能: whether something is among what was just listed."""
    return _WITHIN.search(_plain(turn).strip()) is not None


def words_but_asking(turn: str) -> list[str]:
    """The dictionary words of a turn besides those that only ask: 光伏 of 那光伏呢."""
    return [word for word in words_in(_BESIDES_LETTERS.sub("", _plain(turn))) if not asks_on(word)]


def without_asides(turns: Sequence[str]) -> tuple[str, ...]:
    """The turns that name something; all of them where none does."""
    return tuple(turn for turn in turns if not asks_on(turn)) or tuple(turns)


def _plain(turn: str) -> str:
    return to_simplified(turn).lower()
