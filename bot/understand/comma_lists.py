"""Lists of things that a question sets apart by commas or blanks: 水价，电价，气价; 工业用地 天然气 工业用电 各多少钱."""

from __future__ import annotations

import re

from bot.text.jieba_dictionary import nouns_in
from bot.understand.goods_and_uses import goods_named
from ingest.vocabulary.talk import talk_words

LONGEST_THING = 10  # characters
FEWEST_THINGS = 2
_SENTENCE = re.compile(r"(?<=[。；;？?！!：:\n])")
_APART = re.compile(r"[，,]\s*|(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
_JOINS = re.compile(r"(?<=[\u4e00-\u9fff]{2})[和与跟及](?=[\u4e00-\u9fff]{2})")
_RUN_TOGETHER = re.compile(talk_words().run_together)
_NO_THING = re.compile(talk_words().no_thing)
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_ENDS = "。？?！!.；; "


def with_commas_read(text: str, asked_of_each: re.Pattern[str], behind: re.Pattern[str]) -> str:
    """``text`` (simplified) with the signs between the things of such a list read as "、"; unchanged where it has none.

    Goods run together (水电气热都什么价) are spelt out.

    A list stands by itself, or ``asked_of_each`` (各多少, 分别) of its things; prices need neither. ``behind`` is what may
    follow the last thing without being part of it.
    """
    spelt = _RUN_TOGETHER.sub(lambda run: "、".join(f"{good}价" for good in run[0]), text)
    return "".join(_read(sentence, asked_of_each, behind) for sentence in _SENTENCE.split(spelt))


def _read(sentence: str, asked_of_each: re.Pattern[str], behind: re.Pattern[str]) -> str:
    signs = list(_APART.finditer(sentence))
    pieces = _APART.split(sentence)
    if "、" in sentence or _JOINS.search(sentence):
        return sentence  # the list has signs of its own
    things = [is_thing(behind.sub("", piece.rstrip(_ENDS))) for piece in pieces]
    goods = [goods_named(piece) for piece in pieces]
    read = list(pieces[:1])
    for place, sign in enumerate(signs):
        beside = goods[place] and goods[place + 1] and not goods[place] & goods[place + 1]
        listed = things[place] and (things[place + 1] or not behind.sub("", pieces[place + 1]).strip(_ENDS))
        alone = all(things) or asked_of_each.search(sentence) is not None
        joins = listed and (beside or alone)
        last = joins and not things[place + 1]
        read += ["" if last else "、" if joins else sign[0], pieces[place + 1]]
    return "".join(read)


def is_thing(piece: str) -> bool:
    """Whether a few words only name something: 租房补贴; not 在重点企业工作, not 年薪60万以上."""
    if len(piece) > LONGEST_THING or not _HAN.search(piece) or _NO_THING.search(piece):
        return False
    nouns = nouns_in(piece)
    return bool(goods_named(piece)) or bool(nouns and piece.endswith(nouns[-1]))
