"""A question read: its language, what kind of answer it asks for, whom and where it is about, what to search for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.text.language import language_of_question
from bot.types import Language, Question
from bot.understand.comma_lists import with_prices_named
from bot.understand.follow_ups import Carried, carry_over
from bot.understand.grades import CLASS_LETTERS, CLASS_NUMBERS, tiers_of, with_classes_apart
from bot.understand.levels_and_places import Places
from bot.understand.time_asked import TimeAsked, VersionAsked, time_asked, version_asked, years_named
from index.spelling.types import Correction, Spelled
from index.text.question_types import QuestionType, question_types
from index.types import Query, QueryPart
from ingest.normalise import to_simplified
from ingest.vocabulary.levels import levels as known_levels
from ingest.vocabulary.levels import ranks_of_levels
from ingest.vocabulary.load import any_of

# Share of the last turn beside all turns joined; measured in the search experiments on the development questions.
LAST_TURN_WEIGHT = 0.3

# Words of which a follow-up puts one in the place of another: C类 and D类, 硕士 and 博士, 首次 and 再次, 用水 and 用电.
_SCALES = (
    re.compile(rf"(?i:[{CLASS_LETTERS}]\s*(?:、\s*[{CLASS_LETTERS}]\s*)*)类|[{CLASS_NUMBERS}]类"),
    re.compile(r"博士|硕士|本科|研究生"),
    re.compile(r"(?<![正副])高级|中级|初级"),
    re.compile(r"非?(?:工商业|工业|商业|农业|居民)"),
    re.compile(r"首次|再次"),
    re.compile(r"全职|刚性|柔性"),
    re.compile(r"20\d\d年"),
    re.compile(r"用电|用水|用气|供热|供暖|天然气|电价|水价|气价|热价"),
    re.compile(r"(?i:\b(?:class|category)\s+[a-h]\b)"),
    re.compile(r"(?i:\b(?:phds?|doctorates?|masters?|bachelors?)\b)"),
    re.compile(r"(?i:\b(?:electricity|water|natural gas|heating)\b)"),
)
# "What about class B?" puts another word in the place of one before, as B类呢 does; "And who handles it?" asks something else.
_ANOTHER_IN_ENGLISH = re.compile(
    r"^(?:(?:and|or|but|so|then|ok(?:ay)?)[,\s]+)?(?:(?:what|how) about|and(?: for)?)\s"
    r"(?!.*\b(?:how|who|when|where|what|which|why|is|are|do|does|can|could)\b)[^?.;]{1,40}[?.\s]*$",
    re.IGNORECASE,
)
_RANK_OF_LEVEL = re.compile(any_of(ranks_of_levels()))
_SEVERAL = re.compile(r"分别|各|两[边头样份]|both|each|respectively")
_SEVERAL_PARTS = re.compile(r"[？?；;]|，(?=(?:那|要是|另外|还有|以及))")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question was understood to ask."""

    question: Question
    language: Language
    carried: Carried  # in simplified Chinese, mistyped words read as what they stand for
    types: frozenset[QuestionType]
    levels: tuple[str, ...]
    tiers: frozenset[str]
    years: tuple[int, ...]
    query: Query
    corrections: tuple[Correction, ...] = ()  # of the last turn and of those carried over
    also: tuple[
        str, ...
    ] = ()  # what policies call the things that the last turn names, as 安家补贴 for relocation allowance

    is_from_another_level: bool = False  # the asker tells where he is; another level is asked what it gives

    @property
    def time(self) -> TimeAsked:
        """The time by which rules are judged: the one that is asked about, else the day of asking.

        That of the last turn; where it names none, that of the turns carried over.
        """
        asked = time_asked(self.last, self.question.as_of)
        return asked if asked.named else time_asked(self.text, self.question.as_of)

    @property
    def version(self) -> VersionAsked:
        """Which version of a document is meant."""
        return version_asked(self.text)

    @property
    def text(self) -> str:
        """Everything that was asked, earlier turns first, simplified and in lower case."""
        return self.carried.joined.lower()

    @property
    def spoken(self) -> str:
        """All turns of the conversation, whether they are carried over or not, and the last one as it is read."""
        earlier = (to_simplified(turn).lower() for turn in self.question.earlier)
        return " ".join((*earlier, self.text))

    @property
    def last(self) -> str:
        return self.carried.last.lower()

    def without(self, documents: frozenset[str]) -> Reading:
        """The same, with these documents left out of what is searched."""
        filters = replace(self.query.filters, without=self.query.filters.without | documents)
        return replace(self, query=replace(self.query, filters=filters))

    @property
    def standalone(self) -> str:
        return self.carried.standalone

    @property
    def parts(self) -> tuple[str, ...]:
        """The questions inside the last turn, one after another."""
        return tuple(part.strip() for part in _SEVERAL_PARTS.split(self.last) if len(part.strip()) > 1)


def asks_several(reading: Reading) -> bool:
    """Whether the last turn asks for several things side by side."""
    return QuestionType.COMPARISON in reading.types or _SEVERAL.search(reading.last) is not None


def _knows_no_other_words(_text: str) -> Sequence[str]:
    return ()


def read_question(
    question: Question,
    places: Places,
    max_turns: int,
    spelling: Callable[[str], Spelled] = Spelled,
    policy_words: Callable[[str], Sequence[str]] = _knows_no_other_words,
    *,
    goes_on: bool = False,
) -> Reading:
    """Read ``question``; only its last ``max_turns`` earlier turns are looked at.

    ``spelling`` reads what is mistyped in a turn; without it every word is taken as it stands. ``policy_words`` are
    the glossary's words for those of a text.
    ``goes_on`` says that the last turn is a part of the same message as the one before it.
    Level, class and type are those of the last turn; where it names none, those of the nearest turn that does.
    """
    spelled = [
        spelling(with_classes_apart(to_simplified(turn))) for turn in (*question.earlier[-max_turns:], question.last)
    ]
    turns = [turn.text for turn in spelled]
    turns[-1] = with_prices_named(turns[-1], turns[:-1])
    last = turns[-1].lower()
    carried = carry_over(turns, goes_on=goes_on)
    ranks = _swaps(carried, _RANK_OF_LEVEL)
    levels = () if ranks or _keeps_the_giver(carried, places) else places.levels_named(last)
    corrections = [one for turn in spelled[-1 - len(carried.earlier) :] for one in turn.corrections]
    tiers = tiers_of(last)
    swaps = (
        ranks + [swap for scale in _SCALES for swap in _swaps(carried, scale)] + _level_swaps(carried, levels, places)
    )
    if swaps:
        carried = carry_over(turns, swaps, goes_on=goes_on)
        last = carried.last.lower()
        levels, tiers = levels or places.levels_named(last), tiers or tiers_of(last)
    for turn in reversed([turn.lower() for turn in carried.earlier]):
        levels = levels or places.levels_named(turn)
        tiers = tiers or tiers_of(turn)
    types = question_types(last)
    if not types - {QuestionType.SCENARIO} or _only_a_changed_part(carried):
        before = (question_types(turn.lower()) for turn in reversed(carried.earlier))
        types |= next((asked for asked in before if asked), frozenset[QuestionType]())
    years = years_named(carried.joined)
    return Reading(
        question=question,
        language=language_of_question(question),
        carried=carried,
        types=types,
        levels=levels,
        tiers=tiers,
        years=years,
        query=_query(question, carried),
        corrections=tuple(dict.fromkeys(corrections)),
        also=tuple(policy_words(carried.last)),
        is_from_another_level=places.tells_own_place(last),
    )


def _query(question: Question, carried: Carried) -> Query:
    if not carried.earlier:
        return Query((QueryPart(carried.last),), question.filters)
    return Query((QueryPart(carried.joined), QueryPart(carried.last, LAST_TURN_WEIGHT)), question.filters)


def asked_alike(alone: Reading, before: Reading) -> Reading:
    """A turn read by itself; one that only puts another thing in the place of one ``before`` asks the same of it: 稳岗返还呢."""
    return replace(alone, types=alone.types | before.types) if only_changes_a_part(before) else alone


def only_changes_a_part(reading: Reading) -> bool:
    """Whether the last turn only puts another word in the place of one before: 光伏呢？."""
    return _only_a_changed_part(reading.carried)


def _only_a_changed_part(carried: Carried) -> bool:
    """Whether the last turn only puts another word in the place of one before: "那硕士呢？"."""
    last = carried.last.strip()
    is_another = last.rstrip("？?。 ").endswith("呢") or _ANOTHER_IN_ENGLISH.match(last) is not None
    return bool(carried.earlier) and is_another


def _keeps_the_giver(carried: Carried, places: Places) -> bool:
    """Whether the last turn names a level as a rank only (自治区级重点实验室) and a turn before it says who gives.

    市级的呢？ after 旗里 asks for another giver, unless a rank stood there before (国家级传承人旗里奖多少).
    """
    if places.givers_named(carried.last.lower()) or _only_a_changed_part(carried):
        return False
    return any(places.givers_named(turn.lower()) for turn in carried.earlier)


def _swaps(carried: Carried, scale: re.Pattern[str]) -> list[tuple[str, str]]:
    """Words of one scale in the earlier turns that a follow-up replaces: D类 → E类, 博士 → 硕士."""
    new = scale.findall(carried.last)
    if not (carried.earlier and len(new) == 1 and _only_a_changed_part(carried)):
        return []
    old = {word for turn in carried.earlier for word in scale.findall(turn)}
    return [(word, new[0]) for word in sorted(old) if word != new[0]]


def _level_swaps(carried: Carried, levels: tuple[str, ...], places: Places) -> list[tuple[str, str]]:
    """Places of the earlier turns that a follow-up replaces: 伊金霍洛旗 → 鄂尔多斯市, 旗里 → 市里."""
    if len(levels) != 1 or not _only_a_changed_part(carried):
        return []
    (level,) = levels
    if level not in places.names:
        return []
    new = places.names[level][0]
    swaps = [(name, new) for other, names in places.names.items() if other != level for name in names if len(name) > 1]
    swaps += [(f"{other}里", f"{level}里") for other in places.names if other != level and len(other) == 1]
    english = {one.name: one.english for one in known_levels()}
    if called := english.get(level, ()):
        swaps += [(word, called[0]) for other in places.names if other != level for word in english.get(other, ())]
    return sorted(swaps, key=lambda swap: -len(swap[0]))
