"""What a question sets side by side: levels of government, or the items of a list. Each gets a search of its own.

"地价、电价、水价、气价" has four answers in four clauses; one search for all of it finds what is nearest to the mixture.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.understand.comma_lists import told_apart, with_commas_read
from bot.understand.goods_and_uses import goods_named
from bot.understand.grades import tiers_of
from bot.understand.levels_and_places import Places
from bot.understand.reading import Reading
from index.text.question_types import QuestionType, question_types
from ingest.vocabulary.levels import ranks_of_levels
from ingest.vocabulary.load import any_of
from ingest.vocabulary.talk import talk_words

FEWEST_COMPARED = 2
FEWEST_LISTED = 3  # items that are a list of questions by themselves; two only where each is asked for
MOST_ITEMS = 6  # of one list; the first ones count, each costs a search
LONGEST_ITEM = 14  # characters; what is longer between two "、" is no item but a sentence

_EACH_ASKED = re.compile(
    r"分别|各(?:自|是|给|有|多少|要|为)|都(?:是|有|要|怎么|多少)|[两三四五几]样|列(?:一下|出)|对比|比较"
)
_EVERY_LEVEL = re.compile(
    r"各级|每一?级|[三四]级(?:政府|财政|都|分别|各)|各(?:个)?层级|不同层级|哪(?:一|个)级|each level|every level|all levels"
)
_SEGMENT = re.compile(r"[，,。；;？?！!：:（）()]|——|—")
_BESIDES_LIST = re.compile(rf"[\W_]|{talk_words().beside_a_list}")
_ITEM_BREAK = re.compile(r"、|(?<=\S)(?:以及|还有)(?=\S)")
_LAST_JOINT = re.compile(r"^(.{2,}?)[和跟与及](.{2,})$")
_RANK = re.compile(any_of(ranks_of_levels()))
_RANK_OF = re.compile(rf"{_RANK.pattern}的?")
_ITEM_ASKS = re.compile(r"[几哪谁]|多少|什么|怎么|是否")  # 门槛多少、补几个点: asked of one thing, no list of things
_CONDITION = re.compile(talk_words().condition)  # 年薪60万以上 is asked of nobody
_TWO_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
# What stands before the first item and behind the last one without being part of it.
_LEAD = re.compile(
    r"^.*?(?:帮(?:我|忙)|请问|想问|问(?:一)?下|想知道|(?:那|哪)?几项\S{0,6}|说说|介绍|(?:给|跟)我)?(?:把|将|对(?=.)|关于|列出|看(?:一)?下)(?=.)"
)
_TAIL = re.compile(
    rf"(?:{talk_words().said_of_each}|列(?:一)?下|列出|分别|各自?|都|一共|总共|大概|现在|一年|到底|[两三四五]样|是?多少|是?(?:什么|怎么|哪)|能|可以|有(?:什么|哪|多少|没有)|"
    r"的?(?:标准|政策|价格|补贴|奖励)?(?:是|有|怎么|给|要|按)).*$"
)
# Two goods side by side are two questions (工业用水和工业用电多少钱), and so are topics of an English list.
_JOINED = re.compile(r"\s*(?:、|,|和|与|跟|及|以及|同埋|\bas well as\b|\band\b|\bor\b|&)\s*(?:and\b\s*)?")
_LEAD_IN_ENGLISH = re.compile(r"^.*\b(?:of|about|for|on|are|is|the|your|our|do|does|much)\s+(?=\S)")
_TAIL_IN_ENGLISH = re.compile(r"\s+(?:for|in|at|of|cost|costs|look|per|here|there|like|available|respectively)\b.*$")
_FOR_WHICH_USE = re.compile(r"\bfor\s+(?=\S)")
_LEAD_IN_ENGLISH_OF_USES = re.compile(r"^.*\b(?:of|about|are|is|the|your|our)\s+(?=\S.*\bfor\b)")
_TOPIC_IN_ENGLISH = re.compile(
    r"\b(?:tax(?:es|ation)?|talents?|visas?|housing|subsid(?:y|ies)|incentives?|power|loans?|financing)\b"
)
_ASKED_OF_EACH = re.compile(r"政策|优惠|\b(?:price|cost|tariff)(?=s?\b)")
LONGEST_BARE_ITEM = 14  # characters; a longer item says itself what it is
_ASKS_IN_ENGLISH = re.compile(r"\b(?:how|what|which|when|where|who|until|is|are|can|do|does)\b")
_WISH_LEAD = re.compile(rf"^.*?(?:{talk_words().wish_lead})")
_WISH = re.compile(talk_words().wish)
_LISTS_ALL = re.compile(r"有(?:什么|哪些|啥)|政策|优惠|\bwhat about\b")


def _knows_no_topic(_item: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Aspect:
    """One of the things set side by side."""

    name: str  # the level, or the item in the words of the question
    text: str  # what is searched for
    level: str | None = None  # only clauses of this level
    context: str = ""  # the rest of the question, which may name the subject: searched for beside it
    key: str = ""  # of an item whose amount is asked: the words that tell it from the others


def aspects_of(
    reading: Reading, places: Places, is_topic: Callable[[str], bool] = _knows_no_topic
) -> tuple[Aspect, ...]:
    """The levels a question compares, else the items of the list it asks for; none for a question after one thing.

    ``is_topic`` says of words of an English list whether policies speak of them.
    """
    return _all_aspects(reading, places, is_topic)[0]


def items_left_out(
    reading: Reading, places: Places, is_topic: Callable[[str], bool] = _knows_no_topic
) -> tuple[str, ...]:
    """The items of the list a question asks for beyond :data:`MOST_ITEMS`, which are not searched for."""
    return _all_aspects(reading, places, is_topic)[1]


def _all_aspects(
    reading: Reading, places: Places, is_topic: Callable[[str], bool]
) -> tuple[tuple[Aspect, ...], tuple[str, ...]]:
    """What is set side by side, and the names of the items beyond the most."""
    levels = places.givers_named(reading.last)
    if len(levels) < FEWEST_COMPARED and _EVERY_LEVEL.search(reading.last):
        levels = places.order
    if len(levels) >= FEWEST_COMPARED:
        return tuple(_of_level(level, levels, reading, places) for level in levels), ()
    ranks = _RANK.findall(reading.last)
    if len(set(ranks)) >= FEWEST_COMPARED and (ranked := _of_several_ranks(reading)):
        return ranked, ()
    if len(set(ranks)) >= FEWEST_COMPARED:
        return tuple(Aspect(rank, _of_rank(rank, reading.last)) for rank in dict.fromkeys(ranks)), ()
    text = with_commas_read(reading.last, _EACH_ASKED, _TAIL)
    listed = _items(text) or _joined_topics(text, is_topic)
    items, left_out = listed[:MOST_ITEMS], listed[MOST_ITEMS:]
    apart = told_apart(items)
    tails = [next((one.tail for one in apart[place:] if one.tail), "") for place in range(len(apart))]
    head = _shared_ending(items)
    aspects: list[Aspect] = []
    for item, one, tail in zip(items, apart, tails, strict=True):
        if head:
            asked = item if item.endswith(head) else f"{item}的{head}"
        else:
            asked = _with_what_is_asked(item if item.endswith(tail) else f"{item}{tail}", text)
        amount = QuestionType.AMOUNT in reading.types and QuestionType.WHEN not in reading.types
        amount = amount or _is_bare_list(text, listed)
        aspects.append(Aspect(item.removesuffix(one.tail), asked, key=one.key if amount else ""))
    return tuple(aspects), left_out


def _with_what_is_asked(item: str, text: str) -> str:
    """An item with what is asked of all of them: 税收 of 税收、人才、用电有什么政策 is 税收政策, water of a price the water price."""
    asked = _ASKED_OF_EACH.search(text)
    told_of_all = asked is not None and (item.isascii() or asked.start() > text.rindex("、" if "、" in text else item))
    if asked is None or not told_of_all or len(item) > LONGEST_BARE_ITEM or _ASKED_OF_EACH.search(item):
        return item
    return f"{item} {asked[0]}" if item.isascii() else f"{item}{asked[0]}"


def _of_level(level: str, levels: tuple[str, ...], reading: Reading, places: Places) -> Aspect:
    """The question as one level would be asked: without the names of levels and what is asked of another one only."""
    segments = [segment for segment in _SEGMENT.split(reading.last) if segment.strip()]
    named = [frozenset(places.givers_named(segment)) & frozenset(levels) for segment in segments]
    alone = [set_ for set_ in named if len(set_) == 1]
    apart = len(frozenset[str]().union(*alone)) == len(levels)  # each level has a part of the question to itself
    own = [not apart or not set_ or level in set_ for set_ in named]
    kept, rest = (
        places.without_levels(
            "，".join(segment for segment, is_own in zip(segments, own, strict=True) if is_own is side)
        )
        for side in (True, False)
    )
    return Aspect(level, " ".join((*reading.carried.earlier, kept)), level, rest)


def _items(text: str) -> tuple[str, ...]:
    """The items of the longest list in ``text``, each as it would be called by itself."""
    each = _EACH_ASKED.search(text) is not None
    lists = [(segment, _items_of(segment)) for segment in _SEGMENT.split(text)]
    # Without a "、" it may be any two words with 和 between them; goods are asked for side by side.
    lists = [items for segment, items in lists if "、" in segment or all(map(goods_named, items))]
    items = max(lists, key=len, default=())
    if not each and any(_CONDITION.search(item) for item in items):
        return ()
    if len(items) < (FEWEST_COMPARED if each else FEWEST_LISTED) or not (
        each
        or _is_bare_list(text, items)
        or QuestionType.AMOUNT in question_types(text)
        or _LISTS_ALL.search(text)
        or _WISH.search(text)
    ):
        return ()
    return items


def _is_bare_list(text: str, items: tuple[str, ...]) -> bool:
    """Whether a question is nothing but its list: 发明专利、商标、地理标志？; each of them is asked about."""
    return not _BESIDES_LIST.sub("", _without(text, items))


def _without(text: str, items: tuple[str, ...]) -> str:
    for item in sorted(items, key=len, reverse=True):
        text = text.replace(item, "")
    return text


def _joined_topics(text: str, is_topic: Callable[[str], bool]) -> tuple[str, ...]:
    """Goods, or topics of an English question, that are asked for side by side: water and natural gas."""
    asks_of_each = bool(question_types(text) & {QuestionType.AMOUNT, QuestionType.LIST}) or bool(
        _LISTS_ALL.search(text)
    )
    for segment in re.split(r"[。；;？?！!：:（）()]", text):
        latin = segment.isascii()
        items = [item.strip().removeprefix("the ") for item in _JOINED.split(segment) if item.strip()]
        if len(items) < FEWEST_COMPARED:
            continue
        told_apart_by_use = latin and all(map(_FOR_WHICH_USE.search, items))  # gas for industry and heat for homes
        items[0] = (_LEAD_IN_ENGLISH_OF_USES if told_apart_by_use else _LEAD_IN_ENGLISH if latin else _LEAD).sub(
            "", items[0]
        )
        items[-1] = items[-1] if told_apart_by_use else (_TAIL_IN_ENGLISH if latin else _TAIL).sub("", items[-1])
        goods = [goods_named(item) for item in items]
        apart = all(goods) and len(frozenset(goods)) == len(items)
        topics = (
            asks_of_each
            and latin
            and all(
                not (_ASKS_IN_ENGLISH.search(item) or tiers_of(item))
                and (one or is_topic(item) or _TOPIC_IN_ENGLISH.search(item))
                for item, one in zip(items, goods, strict=True)
            )
        )
        longest = LONGEST_ITEM * (4 if told_apart_by_use else 2 if latin else 1)
        short = all(len(item) <= longest for item in items)
        if (apart or topics) and short:
            return tuple(dict.fromkeys(items))
    return ()


def _of_several_ranks(reading: Reading) -> tuple[Aspect, ...]:
    """The things whose ranks are listed, where they are several: 国家级、市级优秀教师和优秀医师; the ranks stand in one sentence of each.

    None where all ranks are of one thing.
    """
    for segment in _SEGMENT.split(reading.last):
        items = _parts_of_list(segment)
        bare = [_RANK_OF.sub("", item) for item in items]
        if len({thing for thing in bare if len(thing) > 1}) < FEWEST_COMPARED or any(map(_ITEM_ASKS.search, items)):
            continue
        named: list[str] = []
        before = ""  # ranks of the thing that follows
        for item, thing in zip(items, bare, strict=True):
            if len(thing) > 1:
                named.append(f"{before}{item}")
            before = f"{before}{item}、" if len(thing) <= 1 else ""
        if QuestionType.AMOUNT not in reading.types:
            return tuple(Aspect(item, item, context=reading.last) for item in named)
        same = len({thing for thing in bare if len(thing) > 1}) < len(named)  # 国家级高新区、自治区级高新区、经开区
        keys = told_apart(named if same else [thing for thing in bare if len(thing) > 1])
        return tuple(Aspect(one, one, context=reading.last, key=key.key) for one, key in zip(named, keys, strict=True))
    return ()


def _of_rank(rank: str, text: str) -> str:
    """The question as it would be asked of one rank only."""
    return _RANK_OF.sub(lambda match: match[0] if match[0].startswith(rank) else "", text)


def _shared_ending(items: tuple[str, ...]) -> str:
    """What two or more items end with and the others leave out: 水费 in 学校、机关的水费和家里的水费."""
    endings = [item[-2:] for item in items]
    return next((ending for ending in endings if endings.count(ending) > 1), "")


def _parts_of_list(segment: str) -> list[str]:
    parts = [part.strip() for part in _ITEM_BREAK.split(segment)]
    joint = _LAST_JOINT.match(parts[-1])
    if joint:
        parts[-1:] = [joint[1], joint[2]]
    parts[0] = _LEAD.sub("", _WISH_LEAD.sub("", parts[0]))
    parts[-1] = _TAIL.sub("", parts[-1])
    return parts


def _items_of(segment: str) -> tuple[str, ...]:
    parts = _parts_of_list(segment)
    # Classes and ranks are told apart inside one clause: 博士、硕士、本科各多少.
    if any(
        len(part) > LONGEST_ITEM or not _TWO_HAN.search(part) or tiers_of(part) or _ITEM_ASKS.search(part)
        for part in parts
    ):
        return ()
    return tuple(dict.fromkeys(parts))
