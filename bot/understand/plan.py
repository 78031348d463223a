"""What a question is made of: its parts in their order, each with what it asks, the things it names and its constraints.

A part is a turn of its own: what it leaves out is carried over from the parts before it, as from earlier turns. "首次认定的
高企，旗里奖多少，市里呢？" are two parts, and the second asks the first once more of another level.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from bot.text.jieba_dictionary import nouns_in
from bot.types import Question
from bot.understand.address_asked import asks_for_article_alone
from bot.understand.asked_in_a_row import asked_of_one_object
from bot.understand.asks_on import asks_on
from bot.understand.goods_and_uses import goods_named
from bot.understand.reading import Reading
from bot.understand.time_asked import TimeAsked
from index.text.question_types import QuestionType, question_types
from ingest.facts.figures import find_figures
from ingest.normalise import to_simplified
from ingest.vocabulary.questions import question_words
from ingest.vocabulary.talk import talk_words
from ingest.vocabulary.wordings import either

MOST_PARTS = 6  # answered; those behind them are named
LONGEST_ASIDE = 4  # characters of what only asks on
SHORTEST_PART = 2  # characters; what is shorter belongs to its neighbour
FEWEST_TOLD = 2  # things that are told before what is asked of each

# What makes a piece of a question ask by itself. Nouns such as 税率 do not: they may stand in what is told.
_WORDS = talk_words()
_ASKS = re.compile(_WORDS.asks, re.IGNORECASE)
_HARD = re.compile(r"(?<=[？?；;。！!\n])|(?<=\?)(?=\s)|(?<=[a-z]{2}\.)(?=\s+[A-Z])")
# A clause of a sentence that goes on to another wish: 另外…, 还有…, 以及….
_GOES_ON = re.compile(_WORDS.goes_on, re.IGNORECASE)
# …，市里呢，旗里呢？ asks the same of another thing, however short.
_ALSO = re.compile(r"[，,](?=[^，,。；;？?]{1,12}呢(?:[，,；;？?。！!]|$))")
# A price at the end of a piece is asked for though no word asks.
_ASKED_BARE = re.compile(_WORDS.asked_bare)
# 水价、电价、气价多少，市里高企奖多少: what is given is no price, so it is asked of something else.
_COMMA = re.compile(r"[，,]")
_PURPOSE = re.compile(either(question_words().said.purposes))  # what money is given for
_GIVEN_ASKED = re.compile(_WORDS.given_asked)
_OF_EACH = re.compile(_WORDS.of_each)
_EACH = re.compile(_WORDS.each)
_TOLD_TOO = re.compile(_WORDS.told_too)
_PART_OF_IT = _WORDS.part_of_it
_AMOUNT = re.compile(_WORDS.amount_asked)
_WISH = re.compile(_WORDS.wish, re.IGNORECASE)
_WISH_FOR_ALL = re.compile(_WORDS.wish_for_all)
_LINK = re.compile(_WORDS.link, re.IGNORECASE)
# Who handles it, how it is applied for and where to call have answers of their own, however few words ask.
_ASKED_APART = frozenset({QuestionType.OFFICE, QuestionType.HOW, QuestionType.CONTACT})
# 有哪些补贴，个体户能不能申请: whether somebody is among those meant is told by another sentence than the list.
_TELLS_WHAT = frozenset({QuestionType.LIST, QuestionType.AMOUNT, QuestionType.DEFINITION})
# Who is asked, people to talk to and what is held are answered without a clause.
_TALK = re.compile("|".join(_WORDS.whole[name] for name in ("who", "people", "corpus")), re.IGNORECASE)
_POLITE = re.compile(
    "|".join(_WORDS.whole[name] for name in ("greeting", "thanks", "acknowledged", "goodbye")), re.IGNORECASE
)
_STRIP = " \t\n，,。.；;、"
_NEGATIVE = re.compile(_WORDS.negative, re.IGNORECASE)  # who is left out is asked, not who is in


@dataclass(frozen=True, slots=True)
class Constraints:
    """What an answer to a part must meet; empty where the part says nothing of it."""

    levels: tuple[str, ...] = ()  # that give
    tiers: frozenset[str] = frozenset()  # classes, grades, degrees
    quantities: tuple[str, ...] = ()  # sizes and amounts, as said
    time: TimeAsked | None = None  # the year or day spoken of
    documents: tuple[str, ...] = ()  # titles in 《》
    negative: bool = False  # who or what is left out is asked

    @property
    def shown(self) -> tuple[str, ...]:
        """Each as words, for people who look at a plan."""
        day = (f"{self.time.first.isoformat()}–{self.time.last.isoformat()}",) if self.time else ()
        return (*self.levels, *sorted(self.tiers), *self.quantities, *day, *self.documents)


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """One thing asked."""

    text: str  # as typed
    reading: Reading  # the part as a question of its own: what it leaves out stands in its earlier turns
    types: frozenset[QuestionType] = frozenset()
    named: tuple[str, ...] = ()  # what policies call the things it names
    constraints: Constraints = Constraints()

    @property
    def spelt_out(self) -> str:
        """The question before it with what the part puts in its place (首次的呢); "" for a part that asks in its own words."""
        carried = self.reading.carried
        return carried.last if carried.asked and carried.last != carried.asked else ""


@dataclass(frozen=True, slots=True)
class QuestionPlan:
    """The parts of a question in their order; ``left_out`` are those beyond :data:`MOST_PARTS`, as typed."""

    parts: tuple[QuestionPart, ...]
    left_out: tuple[str, ...] = ()

    @property
    def is_one(self) -> bool:
        """Whether the question asks one thing."""
        return len(self.parts) == 1


def plan_of(
    reading: Reading,
    read: Callable[[Question], Reading],
    read_on: Callable[[Question], Reading],
    *,
    finely: bool = False,
) -> QuestionPlan:
    """The parts of ``reading``'s question; ``read`` reads the first as a question of its own, ``read_on`` those behind it.

    A question of one part is planned from what was read already. ``finely`` cuts it at every comma between two things asked.
    """
    texts = fine_parts_of(reading.question.last) if finely else parts_of(reading.question.last)
    if len(texts) == 1:
        return QuestionPlan((_part(reading.question.last, reading),))
    parts: list[QuestionPart] = []
    turns = reading.question.earlier
    for place, text in enumerate(texts[:MOST_PARTS]):
        by_itself = place == 0 or text not in reading.question.last  # what is asked of each thing told stands alone
        before = reading.question.earlier if by_itself else turns
        asked = replace(reading.question, turns=(*before, text), chosen_language=reading.language)
        parts.append(_part(text, (read if by_itself else read_on)(asked)))
        turns = (*turns, text)
    return QuestionPlan(tuple(parts), tuple(texts[MOST_PARTS:]))


def _part(text: str, reading: Reading) -> QuestionPart:
    time = reading.time
    return QuestionPart(
        text=text,
        reading=reading,
        types=reading.types,
        named=reading.also,
        constraints=Constraints(
            levels=reading.levels,
            tiers=reading.tiers,
            quantities=tuple(figure.text for figure in find_figures(reading.last)),
            time=time if time.named else None,
            documents=tuple(re.findall(r"《([^《》]+)》", reading.last)),
            negative=_NEGATIVE.search(reading.last) is not None,
        ),
    )


def parts_of(text: str) -> list[str]:
    """The parts of a turn as typed, in their order; the whole turn where it asks one thing or nothing.

    What is told before a question belongs to it, what is told behind the last one to the last.
    """
    if in_a_row := asked_of_one_object(text, _is_asked):
        return in_a_row
    parts: list[str] = []
    told = ""
    for piece in _pieces(text):
        if not re.search(r"\w", piece):
            parts[-1:] = [f"{''.join(parts[-1:])}{piece}"] if parts else []
            continue
        if is_talk(piece):
            parts.append(piece)
            told = "".join(one for one in re.split(r"(?<=[，,！!。.])", told) if not _is_polite(one))
            continue
        if not _is_asked(piece):
            told += piece
            continue
        if parts and not told and _is_aside(piece) and not _asks_apart(piece, parts[-1]):
            parts[-1] += piece
            continue
        parts.extend(_of_each_told(told, piece))
        told = ""
    if not parts:
        return [text]
    if not is_talk(parts[-1]):
        parts[-1] += told
    cleaned = [_LINK.sub("", part.strip(_STRIP)).strip(_STRIP) for part in parts]
    kept = [part for part in cleaned if len(part) >= SHORTEST_PART]
    return list(dict.fromkeys(kept)) if len(kept) > 1 else [text]


def fine_parts_of(text: str) -> list[str]:
    """``text`` cut at every comma or "、" between two pieces that ask: for a question that no single rule answers."""
    parts: list[str] = []
    for piece in re.split(r"(?<=[，,、。；;？?！!])", text):
        if parts and (piece.startswith(_PART_OF_IT) or not _is_asked(piece) or not _is_asked(parts[-1])):
            parts[-1] += piece
        else:
            parts.append(piece)
    return [part.strip(_STRIP) for part in parts]


def _of_each_told(told: str, asked: str) -> list[str]:
    """What is asked, once for each of the things told before it: 拿了…；又拿了…。分别再给多少？ are two questions."""
    things = [thing for thing in _TOLD_TOO.split(told) if thing.strip(_STRIP)]
    if len(things) < FEWEST_TOLD or not _EACH.search(to_simplified(asked)) or not all(map(nouns_in, things)):
        return [told + asked]
    alone = _EACH.sub("", asked)
    return [f"{thing.strip(_STRIP)}，{alone}" for thing in things]


def _is_aside(piece: str) -> bool:
    """True for a few words that name nothing (得干几年): they ask on about the same, and one answer does for both."""
    words = to_simplified(re.sub(r"\W", "", piece))
    if _WISH_FOR_ALL.fullmatch(words):
        return True
    if QuestionType.LIST in question_types(words):
        return False  # 哪些停发 asks for a set of its own
    return len(words) <= LONGEST_ASIDE and not words.endswith("呢") and not words.isascii() and not nouns_in(words)


def _pieces(text: str) -> Iterator[str]:
    for sentence in _HARD.split(text):
        for clause in _GOES_ON.split(sentence):
            for rest in _ALSO.split(clause):
                for piece in _apart_from_talk(rest):
                    for asked in _behind_prices(piece):
                        yield from _asked_side_by_side(asked)


def _apart_from_talk(clause: str) -> Iterator[str]:
    """``clause`` cut at commas around what is talk: 你是谁，空港物流园区的地价多少."""
    rest = ""
    for piece in re.split(r"(?<=[，,])", clause):
        if not is_talk(piece):
            rest += piece
            continue
        if rest and not _is_polite(rest):
            yield rest
        yield piece
        rest = ""
    if rest:
        yield rest


def is_talk(piece: str) -> bool:
    """Whether a piece asks who answers, for people, or what is held: its answer rests on no clause."""
    return _TALK.fullmatch(_bare(piece)) is not None


def _is_polite(piece: str) -> bool:
    """Whether a piece greets, thanks or only links what follows: 你好，; also,."""
    bare = _bare(piece)
    return not bare or _LINK.fullmatch(bare) is not None or _POLITE.fullmatch(bare) is not None


def _bare(piece: str) -> str:
    """A piece without what links it to the one before and without the signs around it."""
    return _LINK.sub("", to_simplified(piece).lower().strip(f"{_STRIP}？?！!"))


def _is_asked(piece: str) -> bool:
    plain = to_simplified(piece)
    return (
        is_talk(piece)
        or _ASKS.search(plain) is not None
        or _WISH.search(plain) is not None
        or _ASKED_BARE.search(_LINK.sub("", plain.strip())) is not None
    )


def _behind_prices(clause: str) -> Iterator[str]:
    """``clause`` cut where a list of prices is followed by a question about what is given."""
    for comma in _COMMA.finditer(clause):
        before, behind = to_simplified(clause[: comma.start()]), to_simplified(clause[comma.end() :])
        listed = _COMMA.split(before)[-1].split("、")
        is_list = len(listed) > 1 and all(map(goods_named, listed)) and _is_asked(before)
        given = _GIVEN_ASKED.search(behind) and _ASKS.search(behind) and not goods_named(behind)
        if is_list and given and not _OF_EACH.search(behind):
            yield clause[: comma.start()]
            yield clause[comma.end() :]
            return
    yield clause


def _asked_side_by_side(clause: str) -> Iterator[str]:
    """``clause`` cut at commas on both sides of which something is asked, each side of another thing: 专精特新奖多少，土地多少钱一亩."""
    asked = ""
    for piece in re.split(r"(?<=[，,])", clause):
        another = _names_another(piece, asked) or _asks_apart(piece, asked) or _asks_whether(piece, asked)
        another = another or asks_for_article_alone(piece)
        if asked and _is_asked(asked) and _is_asked(piece) and another:
            yield asked
            asked = ""
        asked += piece
    yield asked


def _names_another(piece: str, before: str) -> bool:
    """Whether a piece names a thing that the one before it does not, and is no mere aside."""
    said = to_simplified(before)
    if piece.startswith(_PART_OF_IT):
        return False
    own = [noun for noun in nouns_in(to_simplified(piece)) if noun not in said and not asks_on(noun)]
    given, given_before = _PURPOSE.findall(piece), _PURPOSE.findall(said)
    goods, before_it = goods_named(to_simplified(piece).lower()), goods_named(said.lower())
    return (
        (
            bool(own)
            or bool(given and given_before and not {*given} & {*given_before})
            or bool(goods and before_it and not goods & before_it)
        )
        and not asks_on(piece)
        and _AMOUNT.search(said) is not None
        and _AMOUNT.search(piece) is not None
    )


def _asks_whether(piece: str, before: str) -> bool:
    """Whether a piece asks yes or no of somebody it names, behind one that asks what there is: 有哪些补贴，个体户能不能申请."""
    own, asked_before = question_types(piece), question_types(before)
    if QuestionType.YES_NO not in own or own & {QuestionType.OVERLAP, QuestionType.VALIDITY}:
        return False
    return QuestionType.YES_NO not in asked_before and bool(asked_before & _TELLS_WHAT and nouns_in(piece))


def _asks_apart(piece: str, before: str) -> bool:
    """Whether a piece asks who, how or where to call, behind one that asks how much or when."""
    asked_before, own = question_types(before), question_types(piece)
    if QuestionType.OFFICE in asked_before:
        return bool(own & {QuestionType.CONTACT, QuestionType.WHEN} - asked_before)
    if not asked_before & {QuestionType.AMOUNT, QuestionType.WHEN}:
        return False  # 怎么维权，谁来受理: one rule says both
    return bool(own & _ASKED_APART - asked_before)
