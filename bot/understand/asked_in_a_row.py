"""Three questions and more between commas, asked of the one thing that the first of them names: 津贴怎么申请，哪些情形停发，能领几个月."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.text.jieba_dictionary import nouns_in
from bot.understand.asks_on import asks_on
from bot.understand.goods_and_uses import goods_named
from index.text.question_types import QuestionType, question_types
from ingest.vocabulary.talk import talk_words

FEWEST = 3  # questions in a row; two are told apart by what they ask and name
LONGEST_OBJECT = 12  # characters
_ASKS = re.compile(talk_words().asks)
_IN_FRONT = re.compile(talk_words().in_front_of_object)
_BEHIND = re.compile(talk_words().behind_object)
_COMMA = re.compile("[，,]")
_SAYS_LITTLE = frozenset({QuestionType.YES_NO, QuestionType.SCENARIO})


def asked_of_one_object(text: str, is_asked: Callable[[str], bool]) -> list[str]:
    """Each question with the thing in front that the first one names; none where they name things of their own or ask the same."""
    pieces = [piece.strip() for piece in _COMMA.split(text.strip().rstrip("？?。")) if piece.strip()]
    if len(pieces) < FEWEST or text.isascii() or not all(map(is_asked, pieces)):
        return []
    thing = _object_of(pieces[0])
    types = [question_types(piece) - _SAYS_LITTLE for piece in pieces]
    differ = all(own != other for place, own in enumerate(types) for other in types[:place] if own)
    if not thing or not differ or QuestionType.HOW not in types[0] or any(map(goods_named, pieces)):
        return []  # 多少，多久，找谁: one rule says all of it
    return [pieces[0], *(piece if thing in piece or asks_on(piece) else f"{thing}{piece}" for piece in pieces[1:])]


def _object_of(piece: str) -> str:
    """What stands before the words that ask: 病残津贴 of 病残津贴怎么申请; "" where that is more than a name."""
    asks = _ASKS.search(piece)
    thing = _BEHIND.sub("", _IN_FRONT.sub("", piece[: asks.start()])) if asks else ""
    return thing if 1 < len(thing) <= LONGEST_OBJECT and nouns_in(thing) else ""
