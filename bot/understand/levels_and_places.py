"""Which level of government a question names, and whether it asks for the policy of a place not covered.

Levels and how people speak of them are words of ``ingest/vocabulary/levels.toml``, read by the levels that the corpus
has: 区里 is the district's, and the autonomous region's where there is no district. The places that are covered are
read from titles, issuers and the region of the corpus.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bot.text.jieba_dictionary import places_in
from ingest.facts.administration import Place, places_at_start
from ingest.types import Corpus
from ingest.vocabulary.levels import Level, level_named, level_names, levels, meant_by, widest_first
from ingest.vocabulary.load import any_of

# 自治区医学会科学技术奖 is a prize, 自治区奖励 is money.
_OF_A_PRIZE = r"[^，。？?里给对和与、]{0,10}(?:学会|协会|奖(?![励补金多几学给])|称号|荣誉)"
_NO_GIVER = rf"(?!级|认定|人社|人力|{_OF_A_PRIZE})"
_SAID_OF_A_LEVEL = r"的|里|分|各|对|都|给|有|，|：|两级|二级|三级"
_JOINT = r"[、和跟与及]"
_ALONE = r"(?<![\u4e00-\u9fff])"
# 园区里 and 社区里 are no districts, 联盟里 no league.
_NO_LEVEL_BEHIND = "园社小地城景厂校矿山片灾牧库联中"
_HERE = re.compile(r"(?:咱们?|我们|你们)(?:这里?|这边|这儿|当地|本地)(?![个些种样位款条])")

_HOW_MANY_LEVELS = r"[两二三四]级(?=分别|各|都|给|的|，)"
_LOOSE_JOINTS = re.compile(r"(?<![\w”）)])[和与跟、及]+|[和与跟、及]+(?=[，。？?]|$)")
# "卖给鄂尔多斯一家厂子", "去鄂尔多斯的医院": behind a place's name these say where somebody is, not who gives.
_SOMEBODY_THERE = r"的?(?:一[家个]|某[家个]|本地|当地)?(?:医院|企业|公司|厂子?|高校|大学|学校|单位)"

# English names of the administrative words; names of places in Latin letters are compared as they are.
_POLICY_WORDS = re.compile(
    r"政策|补贴|补助|奖|资助|待遇|税|费|价|落户|户口|人才|扶持|支持|优惠|规定|条件|申请|标准|多少|社保|公积金|贷款|津贴|给不给|呢|"
    r"policy|policies|subsid|reward|grant|tax|incentive|allowance|talent|support|price|tariff|how much"
)
_QUOTE_MARKS = re.compile(r"[“”\"「」『』《》]")
_COMING_FROM = re.compile(r"(?:在|从|自|由|往|去|到|来自|离|和|与|跟|距|驻|比|经|把|将|赴|派)$")
# "深圳的科技公司想搬来", "上海企业到旗里投资": somebody from there asks for the policy of here.
_SOMEBODY_FROM_THERE = re.compile(
    r"(?:市|省)?的?(?:[^，。？?]{0,6})(?:公司|企业|厂|团队|老板|客户|朋友)[^。？?]{0,12}(?:搬|迁|来|到|落户|过去|投资|转移)"
)
_ENGLISH_PLACES = (
    (
        "baotou hohhot beijing shanghai shenzhen guangzhou tianjin chongqing chengdu wuhan hangzhou suzhou nanjing xi'an qingdao dalian "
        "shenyang harbin changchun jinan zhengzhou changsha kunming guiyang nanning fuzhou xiamen ningbo wuxi hefei nanchang taiyuan "
        "shijiazhuang lanzhou xining yinchuan urumqi lhasa haikou sanya yulin wuhai chifeng tongliao hulunbuir ulanqab bayannur alxa "
        "guangdong jiangsu zhejiang shandong henan hebei hubei hunan sichuan fujian anhui jiangxi shaanxi shanxi liaoning jilin "
        "heilongjiang guangxi guizhou yunnan gansu qinghai ningxia xinjiang tibet hainan hong kong macau taiwan"
    )
    .replace("hong kong", "hongkong")
    .split()
)


@dataclass(frozen=True, slots=True)
class Places:
    """The levels of the corpus with the names of their places, the most frequent place first, its full name before others.

    ``around`` are the names of places that the corpus lies in without having documents of theirs: its region's parents.
    """

    names: Mapping[str, tuple[str, ...]]
    around: tuple[str, ...] = ()

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
        patterns = [pattern for pattern in self._speech().givers.values() if pattern]
        bare = re.sub(f"(?:{'|'.join([*self._every_name(), *patterns])})(?:里|层面)?的?|{_HOW_MANY_LEVELS}", "", text)
        return _LOOSE_JOINTS.sub("", bare)

    def levels_named(self, text: str) -> tuple[str, ...]:
        """Levels that ``text`` (simplified, lower case) names as giver; those it names only as a rank when there are none.

        Where it names neither but says 咱们这, the most particular level is meant.
        """
        named = self.givers_named(text) or tuple(lvl for lvl in self._levels() if self._ranks(lvl, text))
        return named or (self.order[-1:] if _HERE.search(text) else ())

    def givers_named(self, text: str) -> tuple[str, ...]:
        """Levels that ``text`` names as giver; a rank (国家级) and the place where somebody is are none."""
        strong = [level for level in self._levels() if self._gives(level, text)]
        if len(strong) > 1:
            bare = re.sub(f"(?:{'|'.join(self._every_name())}){_SOMEBODY_THERE}", "", text) if self.names else text
            strong = [level for level in strong if self._gives(level, bare)] or strong
        return tuple(strong)

    def is_covered(self, place: str) -> bool:
        """True for a name that belongs to a covered place, or to one that the corpus lies in."""
        return any(place in name or name.startswith(place) for name in self._all_names())

    def names_covered_place(self, text: str) -> bool:
        """True when a covered place stands in ``text`` by name."""
        return any(name in text for name in self._all_names())

    def _gives(self, level: str, text: str) -> bool:
        if any(name in text for name in self.names.get(level, ())):
            return True
        pattern = self._speech().givers.get(level)
        return bool(pattern) and re.search(pattern, text) is not None

    def _ranks(self, level: str, text: str) -> bool:
        pattern = self._speech().ranks.get(level)
        return bool(pattern) and re.search(pattern, text) is not None

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
        yield rf"\b(?:{'|'.join(re.escape(word) for word in level.english)})\b"


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
            around.extend(_forms(place))
    names = {
        level: tuple(dict.fromkeys(name for place, _ in found.most_common() for name in _forms(place)))
        for level, found in counts.items()
    }
    return Places({level: found for level, found in names.items() if found}, tuple(around))


def other_place(text: str, places: Places) -> str | None:
    """The place whose policy ``text`` asks for, when it is none of the covered ones.

    A place that is only where somebody comes from ("从江苏搬来", "在上海搞了个研发中心") does not count, nor does
    any place once a covered one or a level ("旗里") is named too.
    """
    if places.names_covered_place(text) or places.levels_named(text) or not _POLICY_WORDS.search(text):
        return None
    for name in places_in(text):
        if not places.is_covered(name) and _gives(text, name):
            return name
    squeezed = text.replace("hong kong", "hongkong")
    return next(
        (
            word.title()
            for word in _ENGLISH_PLACES
            if re.search(
                rf"(?:does|do|in|of|about|by|for|will|can|^) ?{word}(?:'s|\b)(?! (?:company|firm|citizen))", squeezed
            )
            and not re.search(rf"(?:from|based in|registered in|office in|located in) {word}", squeezed)
        ),
        None,
    )


def _gives(text: str, name: str) -> bool:
    """True when ``name`` stands where the giver of a policy stands: first, or straight before what is given."""
    text = _QUOTE_MARKS.sub("", text)
    at = text.index(name)
    before, after = text[:at], text[at + len(name) :]
    after = re.sub(r"^(?:市|省|盟|自治区)?(?:那边|那里|这边|这里|当地)?", "", after)
    if _COMING_FROM.search(before):
        return (
            bool(
                re.match(
                    r"(?:能|可以|可|要)?(?:领|拿|享受|申请|落户|买房|办|有|给|交|的?(?:政策|补贴|奖励|人才))", after
                )
            )
            and before[-1] in "在到去"
        )
    opening = re.fullmatch(r"(?:那么?|请问|想问|问一下|想知道|你好|您好|[，。,. ])*", before) is not None
    if _SOMEBODY_FROM_THERE.match(after):
        return False
    gives = re.match(
        r"呢|对|给|的|有|是|规定|政策|引进|全职|发|出台|奖|补|人才|高新|企业|落户|户口|住房|硕士|博士|大学生|本科|工业|电价|水价|社保|公积金|安家|[a-h]类",
        after,
    )
    return gives is not None and (opening or after[:1] in "对给的")


def _forms(place: Place) -> Iterable[str]:
    """How a place is called: 伊金霍洛旗, 伊金霍洛, 伊旗; 内蒙古自治区, 内蒙古, 内蒙."""
    yield place.full
    if place.full != place.name + place.level and place.level in ("省", "自治区", "市", "旗", "县", "区"):
        yield place.name + place.level
    if len(place.name) > 1:
        yield place.name
    if len(place.name) > 2:
        if place.level == "自治区":
            yield place.name[:2]
        elif len(place.level) == 1 and (level_named(place.level) or 0) and place.level in "旗县":
            yield place.name[0] + place.level
