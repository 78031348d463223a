"""Lists of things that a question sets side by side: what stands between them, and what tells them apart.

The signs may be commas or blanks: 水价，电价，气价; 工业用地 天然气 工业用电 各多少钱.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from bot.text.jieba_dictionary import nouns_in, words_in
from bot.understand.goods_and_uses import goods_named
from ingest.vocabulary.talk import talk_words

LONGEST_THING = 10  # characters
FEWEST_THINGS = 2
_SENTENCE = re.compile(r"(?<=[。；;？?！!：:\n])")
_APART = re.compile(r"[，,]\s*|(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
_JOINS = re.compile(r"(?<=[\u4e00-\u9fff]{2})[和与跟及](?=[\u4e00-\u9fff]{2})")
_RUN_TOGETHER = re.compile(talk_words().run_together)
_GOODS_ALONE = re.compile(talk_words().goods_alone)
_GOODS_LISTED = re.compile(talk_words().goods_in_a_list)
_OF_BUSINESS = re.compile(talk_words().use_of_business)
_GOOD = talk_words().one_good
_ASKS_HOW_MUCH = talk_words().how_much
_NO_THING = re.compile(talk_words().no_thing)
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_ENDS = "。？?！!.；; "
SHORTEST_KEY = 2  # characters
LONGER_BY = 2  # characters by which an item outdoes the others when it carries what is said of all


def with_commas_read(text: str, asked_of_each: re.Pattern[str], behind: re.Pattern[str]) -> str:
    """``text`` (simplified) with the signs between the things of such a list read as "、"; unchanged where it has none.

    Goods run together (水电气热都什么价) are spelt out.

    A list stands by itself, or ``asked_of_each`` (各多少, 分别) of its things; prices need neither. ``behind`` is what may
    follow the last thing without being part of it.
    """
    spelt = _RUN_TOGETHER.sub(lambda run: "、".join(_prices_of(run[0])), text)
    return "".join(_read(sentence, asked_of_each, behind) for sentence in _SENTENCE.split(spelt))


def with_prices_named(turn: str, before: Sequence[str] = ()) -> str:
    """A turn that names goods by one character each (气和水呢) as a question on their prices, and such goods in a list by name.

    They are those of businesses where a turn ``before`` it asks for such: 电呢 behind 工业用水 is 工业用电.
    """
    found = _GOODS_ALONE.fullmatch(turn.strip())
    if found is None:  # 工业用地、水、电各多少钱
        return _GOODS_LISTED.sub(lambda good: talk_words().goods_alone_names[good[0]], turn)
    of_business = any(_OF_BUSINESS.search(one) for one in before)
    called = talk_words().goods_alone_of_business if of_business else talk_words().goods_alone_names
    names = dict.fromkeys(called[good] for good in found["goods"] if good in _GOOD)
    return f"{'、'.join(names)}{_ASKS_HOW_MUCH}"


def _prices_of(run: str) -> list[str]:
    """What the prices of goods run together are called; signs that are no goods (费, 价) left out."""
    names = [talk_words().run_together_names.get(good, f"{good}价") for good in run]
    return [name for name in dict.fromkeys(names) if goods_named(name)]


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


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a list: ``lead`` and ``tail`` are said of all (旗里引进|退休工程师, 外观设计|授权后), ``key`` is its own.

    The key is empty where it is not clear which words are its own.
    """

    lead: str
    name: str
    tail: str
    key: str


def told_apart(items: Sequence[str]) -> tuple[Item, ...]:
    """What each of the ``items`` of a list is called, without what the first or the last says of all of them.

    The things of a list are about as long as each other, so an end that sticks out belongs to all.
    """
    cut = [_cut(item, [other for other in items if other is not item], place) for place, item in enumerate(items)]
    own = [item[start:stop] for item, (start, stop) in zip(items, cut, strict=True)]
    before, behind = _shared_start(own), _shared_start([name[::-1] for name in own])
    found: list[Item] = []
    for item, name, (start, stop) in zip(items, own, cut, strict=True):
        key = name[before : len(name) - behind]
        end = _end_of_name(item, stop)
        key = key if len(key) >= SHORTEST_KEY else name
        found.append(Item(item[:start], item[start:end], item[end:], key if len(key) <= LONGEST_THING else ""))
    return tuple(found)


def _shared_start(names: Sequence[str]) -> int:
    """How many characters all ``names`` begin with."""
    return sum(1 for _ in takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False)))


def _cut(item: str, others: Sequence[str], place: int) -> tuple[int, int]:
    """Where the words begin and end that are as long as most ``others``: the end of the first item, the start of the rest."""
    usual = min(map(len, others), default=len(item))
    alike = sum(len(other) <= usual + 1 for other in others)
    if len(item) < usual + LONGER_BY or item.isascii() or alike < FEWEST_THINGS:
        return 0, len(item)
    words = words_in(item) if place else words_in(item)[::-1]
    kept = next((size for size in accumulate(map(len, words)) if size >= usual), len(item))
    return (0, kept) if place else (len(item) - kept, len(item))


def _end_of_name(item: str, stop: int) -> int:
    """Where a name that was cut ends: nouns behind it belong to it (区股权|交易市场|挂牌的)."""
    while stop < len(item) and nouns_in(word := words_in(item[stop:])[0]):
        stop += len(word)
    return stop
