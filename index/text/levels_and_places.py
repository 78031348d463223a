"""Which levels of government and which covered places a text names, by the words people use for them.

Levels and how people speak of them are words of ``ingest/vocabulary/levels.toml``, read by the levels that the corpus
has: 区里 is the district's, and the autonomous region's where there is no district. The places that are covered are
read from titles, issuers and the region of the corpus.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from ingest.facts.administration import Place, places_at_start
from ingest.types import Corpus
from ingest.vocabulary.levels import Level, level_named, level_names, levels, meant_by, widest_first
from ingest.vocabulary.load import any_of
from ingest.vocabulary.places import latin_names, place_names
from ingest.vocabulary.questions import question_words
from ingest.vocabulary.wordings import either

# 自治区医学会科学技术奖 is a prize, 自治区奖励 is money.
_OF_A_FIRM = "headquarters|head office|offices?|hq|managers?|sales"  # "regional" is said of a part of a firm as well
_OF_A_PRIZE = r"[^，。？?里给对和与、]{0,10}(?:学会|协会|奖(?![励补金多几学给])|称号|荣誉)"
_NO_GIVER = rf"(?!级|认定|人社|人力|{_OF_A_PRIZE})"
_ASKED_OF_LEVELS = question_words().besides.asked_of_levels.pattern
_SAID_OF_A_LEVEL = rf"的|里|分|各|对|都|给|有|，|：|两级|二级|三级|{_ASKED_OF_LEVELS}|[？?]|$"
_JOINT = r"[、和跟与及]"
# 市 of 市和旗 stands alone, or behind what cannot be the name of a place: 对比市和旗, 安家补贴市和旗哪个高.
_ALONE = rf"(?:(?<![\u4e00-\u9fff])|(?<={question_words().besides.before_levels.pattern}))"
# 园区里 and 社区里 are no districts, 联盟里 no league.
_NO_LEVEL_BEHIND = "园社小地城景厂校矿山片灾牧库联中"
_HERE = re.compile(r"(?:咱们?|我们|你们)(?:这里?|这边|这儿|当地|本地)(?![个些种样位款条])")

# Levels whose name ends the names of their places.
_ENDINGS = frozenset({"自治区", "省", "市", "旗", "县", "区"})
# 市级政策 is the city's; 市级孵化器 is a grade of what somebody gets money for.
_GIVES_BEHIND_RANK = question_words().besides.behind_rank_of_giver.pattern
_HOW_MANY_LEVELS = r"[两二三四]级(?=分别|各|都|给|的|，)"
_LOOSE_JOINTS = re.compile(r"(?<![\w”）)])[和与跟、及]+|[和与跟、及]+(?=[，。？?]|$)")
# "卖给鄂尔多斯一家厂子", "去鄂尔多斯的医院": behind a place's name these say where somebody is, not who gives.
_SOMEBODY_THERE = r"的?(?:一[家个]|某[家个]|本地|当地)?(?:医院|企业|公司|厂子?|高校|大学|学校|单位)"


@dataclass(frozen=True, slots=True)
class Places:
    """The levels of the corpus with the names of their places, the most frequent place first, its full name before others.

    ``around`` are the names of places that the corpus lies in without having documents of theirs: its region's parents,
    in Chinese and in Latin letters.
    """

    names: Mapping[str, tuple[str, ...]]
    around: tuple[str, ...] = ()
    latin: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])  # by level, lower case

    @property
    def covered(self) -> tuple[str, ...]:
        """Every covered place by its full name, the widest level first."""
        return tuple(name for level in self.order for name in self.names[level][:1])

    @property
    def order(self) -> tuple[str, ...]:
        """Every level that has documents, the widest first."""
        return widest_first(self.names)

    def without_levels(self, text: str) -> str:
        """``text`` without the words that name a level as giver; the rank of a prize (自治区级) stays."""
        patterns = [
            pattern for pattern in (*self._speech().givers.values(), *self._latin_patterns().values()) if pattern
        ]
        bare = re.sub(f"(?:{'|'.join([*self._every_name(), *patterns])})(?:里|层面)?的?|{_HOW_MANY_LEVELS}", "", text)
        return _LOOSE_JOINTS.sub("", bare)

    def levels_named(self, text: str) -> tuple[str, ...]:
        """Levels that ``text`` (simplified, lower case) names as giver; without any, those whose rank says whose policy it is.

        市级政策 and 市级的呢 do, 国家级孵化器 is only a grade. Where nothing is named but 咱们这, the most particular level is meant.
        """
        named = self.givers_named(text) or tuple(lvl for lvl in self._levels() if self._ranks(lvl, text))
        return named or (self.order[-1:] if _HERE.search(text) else ())

    def givers_named(self, text: str) -> tuple[str, ...]:
        """Levels that ``text`` names as giver; a rank (国家级) and the place where somebody is are none."""
        text = self._without_whereabouts(text)
        strong = [level for level in self._levels() if self._gives(level, text)]
        if len(strong) > 1:
            bare = self._without_what_a_level_made(self._without_own_place(text)) if self.names else text
            strong = [level for level in strong if self._gives(level, bare)] or strong
        return tuple(strong)

    def is_covered(self, place: str) -> bool:
        """True for a name that belongs to a covered place, or to one that the corpus lies in."""
        return any(place in name or name.startswith(place) for name in self._all_names())

    def is_covered_in_latin(self, name: str) -> bool:
        """The same for a name in Latin letters, lower case."""
        return name in self.around or any(name in names for names in self.latin.values())

    def names_covered_place(self, text: str) -> bool:
        """True when a covered place stands in ``text`` by name."""
        return any(name in text for name in self._all_names()) or any(
            re.search(pattern, text) for pattern in self._latin_patterns().values()
        )

    def _without_whereabouts(self, text: str) -> str:
        """``text`` without the covered places where somebody only is: 在…上班, who may ask any level that covers it."""
        besides, names = question_words().besides, "|".join(self._every_name())
        asker = besides.asker_is_there
        if names:
            where = rf"(?<={either(besides.before_whereabouts.chinese)})(?:{names})(?={either(asker.chinese)})"
            text = re.sub(where, "", text)
        latin = list(self._latin_patterns().values())
        there = rf"\b({either(asker.english)}) (?:the )?(?:{'|'.join(latin)})"
        return re.sub(there, r"\1", text) if latin else text

    def tells_own_place(self, text: str) -> bool:
        """Whether somebody tells a covered place to be at, and names another level as the giver."""
        return bool(self.names) and self._without_own_place(text) != text and len(self.givers_named(text)) == 1

    def _without_own_place(self, text: str) -> str:
        """``text`` without the places that somebody only tells to be at: 我们是…的企业, 公司在…."""
        names, own = "|".join(self._every_name()), question_words().besides.own_place
        text = re.sub(f"(?:{names}){_SOMEBODY_THERE}", "", text)
        text = re.sub(f"({either(own.chinese)})(?:{names})", r"\1", text)
        latin = "|".join(self._latin_patterns().values())
        return re.sub(rf"\b({either(own.english)}) (?:the )?(?:{latin})", r"\1", text) if latin else text

    def _without_what_a_level_made(self, text: str) -> str:
        """``text`` without the levels that only made, led or named the thing asked about."""
        givers = [pattern for pattern in self._speech().givers.values() if pattern]
        made = either(question_words().besides.made_by_a_level.chinese)
        return re.sub(rf"(?:{'|'.join([*self._every_name(), *givers])}){made}", "", text)

    def _latin_patterns(self) -> Mapping[str, str]:
        return {level: rf"\b{any_of(names)}\b" for level, names in self.latin.items() if names}

    def _gives(self, level: str, text: str) -> bool:
        if any(name in text for name in self.names.get(level, ())):
            return True
        patterns = (self._speech().givers.get(level), self._latin_patterns().get(level))
        return any(pattern and re.search(pattern, text) for pattern in patterns)

    def _ranks(self, level: str, text: str) -> bool:
        pattern = self._speech().ranks.get(level)
        return bool(pattern) and re.search(rf"(?:{pattern})(?:{_GIVES_BEHIND_RANK})", text) is not None

    def _speech(self) -> _Speech:
        return _speech(self.order)

    def _levels(self) -> tuple[str, ...]:
        return widest_first([*self._speech().givers, *self.names])

    def _all_names(self) -> Iterator[str]:
        yield from self.around
        for names in self.names.values():
            yield from names

    def _every_name(self) -> list[str]:
        """Every name of a covered place as a pattern, the longest first."""
        return sorted((re.escape(name) for names in self.names.values() for name in names), key=len, reverse=True)


@dataclass(frozen=True, slots=True)
class _Speech:
    """How people speak of the levels of one corpus: patterns by level, for the giver and for a mere rank."""

    givers: Mapping[str, str]
    ranks: Mapping[str, str]


@cache
def _speech(present: tuple[str, ...]) -> _Speech:
    givers: dict[str, list[str]] = {}
    ranks: dict[str, list[str]] = {}
    for said in levels():
        # A level the corpus has nothing of is understood all the same: then nothing of it is found.
        level = meant_by(said, present) or said.name
        givers.setdefault(level, []).extend(_giver_patterns(said))
        ranks.setdefault(level, []).extend(re.escape(word) for word in said.ranked)
    return _Speech(
        {level: "|".join(patterns) for level, patterns in givers.items()},
        {level: "|".join(patterns) for level, patterns in ranks.items()},
    )


def _giver_patterns(level: Level) -> Iterator[str]:
    words = [word for word in level.said if word not in level_names()]
    if words:
        yield any_of(words)
    if level.name in level.said:
        yield f"{level.name}{_NO_GIVER}"
    if level.rank == 0:
        yield f"{level.name}(?={_JOINT}(?:{'|'.join(_shorts())}))"
    if short := level.said_of:
        yield (
            rf"(?<![{_NO_LEVEL_BEHIND}]){short}(?:里|裏|上(?!市|网|述|级|面|限|调|涨)|政府|本级)|[全我本]{short}(?!场|域|块|级)|"
            rf"(?:[你我咱]们|咱){short}(?!场|域|块)|{_ALONE}{short}(?={_JOINT}(?:{'|'.join(_shorts())}))|"
            rf"(?<={_JOINT}){short}(?={_JOINT}|{_SAID_OF_A_LEVEL})"
        )
    if level.english:
        yield rf"\b(?:{'|'.join(re.escape(word) for word in level.english)})\b(?!-level\b| (?:{_OF_A_FIRM})\b)"


@cache
def _shorts() -> tuple[str, ...]:
    """What a level is called in a list: 国家、自治区和市."""
    return tuple(dict.fromkeys(short for level in levels() for short in (level.said_of, level.name) if short))


def speaks_of_level(text: str, level: str) -> bool:
    """True when ``text`` names ``level`` at all, as giver or as a rank: 中央和自治区分别承担 speaks of 国家."""
    speech = _speech((level,))
    patterns = (speech.givers.get(level), speech.ranks.get(level))
    return any(pattern and re.search(pattern, text) for pattern in patterns)


def places_of(corpus: Corpus) -> Places:
    """The covered places, from the titles and issuers of the documents and the region of the corpus."""
    counts: dict[str, Counter[Place]] = {}
    for document in corpus.documents:
        if document.level is None:
            continue
        found = counts.setdefault(document.level, Counter())
        printed = {place for text in (document.title, document.issuer or "") for place in places_at_start(text)}
        found.update(place for place in printed if place.level == document.level)
    around: list[str] = []
    for place in places_at_start(corpus.region):
        if place.level in counts:
            counts[place.level].update([place])
        else:
            around.extend((*_forms(place), *latin_names(place.name)))
    around.extend(_further_issuers(corpus, counts))
    names = {
        level: tuple(dict.fromkeys(name for place, _ in found.most_common() for name in _forms(place)))
        for level, found in counts.items()
    }
    latin = {
        level: tuple(dict.fromkeys(name for place in found for name in latin_names(place.name)))
        for level, found in counts.items()
        if found
    }
    return Places({level: found for level, found in names.items() if found}, tuple(around), latin)


def _further_issuers(corpus: Corpus, counts: Mapping[str, Counter[Place]]) -> Iterator[str]:
    """Names of places that issuers print beside their own: 润江市 of 润江市锦湖区人民政府."""
    for document in corpus.documents:
        for place in places_at_start(document.issuer or ""):
            if not any(place in found for found in counts.values()):
                yield from (*_forms(place), *latin_names(place.name))


def _forms(place: Place) -> Iterable[str]:
    """How a place is called: 伊金霍洛旗, 伊金霍洛, 伊旗; 内蒙古自治区, 内蒙古, 内蒙."""
    yield place.full
    level = level_named(place.level)
    if place.full == place.name and place.level in _ENDINGS:
        yield place.name + place.level
    if len(place.name) > 1:
        yield place.name
    yield from place_names().short.get(place.name, ())
    if level is not None and level.shortened and len(place.name) > 2:
        yield place.name[0] + place.level
