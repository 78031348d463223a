"""Which level of government a question names, and whether it asks for the policy of a place not covered.

The places that are covered are read from the documents themselves: "鄂尔多斯市关于…" gives 鄂尔多斯 to the level 市.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.text.jieba_dictionary import places_in
from ingest.types import Corpus

_OPENING_PLACE = re.compile(r"^(?:中共)?([\u4e00-\u9fff]{2,6}?)(自治区|省|市|旗|县|区)(?!域)")

# 自治区医学会科学技术奖 is a prize, 自治区奖励 is money.
_OF_A_PRIZE = r"[^，。？?里给对和与、]{0,10}(?:学会|协会|奖(?![励补金多几学给])|称号|荣誉)"
# Words for a level apart from the names of places. Strong ones name the giver of a policy; weak ones
# ("自治区级", "市级…荣誉") may only name the rank of a prize or platform.
_SAID_OF_A_LEVEL = r"的|里|分|各|对|都|给|有|，|：|两级|二级|三级"
_IN_A_LIST = r"(?<=[、和跟与及])"
_STRONG: Mapping[str, str] = {
    "国家": (
        r"国务院|国家(?:层面|政策|规定|给|对|的|能|有|现在|说|那|出|这)|中央|财政部|人社部|商务部|人力资源社会保障部|"
        r"国家(?=[、和跟与及](?:内蒙古|自治区|鄂尔多斯|市|旗|伊))|state council|national(?:ly| policy| level)|central government"
    ),
    "自治区": rf"自治区(?!级|认定|人社|人力|{_OF_A_PRIZE})|区里|全区|区直|\bregional\b|autonomous region",
    "市": (
        rf"(?<![\u4e00-\u9fff])市(?=[、和跟与及](?:旗|自治区|国家))|{_IN_A_LIST}市(?=[、和跟与及]|{_SAID_OF_A_LEVEL})|"
        r"市里|市裏|市上|全市|我市|市政府|市本级|\bcity(?:'s| policy| catalogue| level)?\b|municipal"
    ),
    "旗": rf"旗里|旗裏|全旗|我旗|本旗|你们旗|咱们?旗|旗政府|旗本级|{_IN_A_LIST}旗(?={_SAID_OF_A_LEVEL})|\bbanner\b",
}
_WEAK: Mapping[str, str] = {"国家": r"国家级", "自治区": r"自治区|区级", "市": r"市级", "旗": r"旗级"}

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
    """The levels of the corpus with the names of their places, longest first."""

    names: Mapping[str, tuple[str, ...]]

    @property
    def covered(self) -> tuple[str, ...]:
        """Every covered place by its full name, the widest level first."""
        return tuple(name for level in self.order for name in self.names[level][:1])

    @property
    def order(self) -> tuple[str, ...]:
        """Every level that has documents, the widest first."""
        return tuple(sorted(self.names, key=_breadth))

    def without_levels(self, text: str) -> str:
        """``text`` without the words that name a level as giver; the rank of a prize (自治区级) stays."""
        words = self._every_name()
        patterns = [_STRONG[level] for level in self._levels() if level in _STRONG]
        bare = re.sub(f"(?:{'|'.join([*words, *patterns])})(?:里|层面)?的?|{_HOW_MANY_LEVELS}", "", text)
        return _LOOSE_JOINTS.sub("", bare)

    def levels_named(self, text: str) -> tuple[str, ...]:
        """Levels that ``text`` (simplified, lower case) names as giver; those it names only as a rank when there are none."""
        return self.givers_named(text) or tuple(level for level in self._levels() if _matches(_WEAK, level, text))

    def givers_named(self, text: str) -> tuple[str, ...]:
        """Levels that ``text`` names as giver; a rank (国家级) and the place where somebody is are none."""
        strong = [level for level in self._levels() if self._names_place(level, text) or _matches(_STRONG, level, text)]
        if len(strong) > 1:
            bare = re.sub(f"(?:{'|'.join(self._every_name())}){_SOMEBODY_THERE}", "", text)
            givers = [lvl for lvl in strong if self._names_place(lvl, bare) or _matches(_STRONG, lvl, bare)]
            strong = givers or strong
        return tuple(strong)

    def is_covered(self, place: str) -> bool:
        """True for a name that belongs to a covered place."""
        return any(place in name or name.startswith(place) for names in self.names.values() for name in names)

    def names_covered_place(self, text: str) -> bool:
        """True when a covered place stands in ``text`` by name."""
        return any(self._names_place(level, text) for level in self.names)

    def _levels(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*_STRONG, *self.names]))

    def _every_name(self) -> list[str]:
        """Every name of a covered place as a pattern, the longest first."""
        return sorted((re.escape(name) for names in self.names.values() for name in names), key=len, reverse=True)

    def _names_place(self, level: str, text: str) -> bool:
        return any(name in text for name in self.names.get(level, ()))


def speaks_of_level(text: str, level: str) -> bool:
    """True when ``text`` names ``level`` at all, as giver or as a rank: 中央和自治区分别承担 speaks of 国家."""
    return _matches(_STRONG, level, text) or _matches(_WEAK, level, text)


_WIDEST_FIRST = ("国家", "自治区", "省", "市", "旗", "县", "区")


def _breadth(level: str) -> int:
    return _WIDEST_FIRST.index(level) if level in _WIDEST_FIRST else len(_WIDEST_FIRST)


def places_of(corpus: Corpus) -> Places:
    """The covered places, from the titles of the documents and the region of the corpus."""
    found: dict[str, dict[str, int]] = {}
    for document in corpus.documents:
        if document.level is None:
            continue
        match = _OPENING_PLACE.match(document.title)
        if match and match.group(2).endswith(document.level[-1]):
            counts = found.setdefault(document.level, {})
            counts[match.group(1)] = counts.get(match.group(1), 0) + 1
    names: dict[str, tuple[str, ...]] = {}
    for level, counts in found.items():
        place = max(counts, key=lambda name: (counts[name], name))
        names[level] = tuple(dict.fromkeys(_forms(place, level)))
    return Places(names)


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


def _forms(place: str, level: str) -> Iterable[str]:
    yield place + level
    yield place
    if level == "自治区" and len(place) > 2:
        yield place[:2]  # 内蒙古 → 内蒙
    if len(place) > 2 and len(level) == 1 and level in "旗县":
        yield place[0] + level  # 伊金霍洛旗 → 伊旗


def _matches(patterns: Mapping[str, str], level: str, text: str) -> bool:
    return level in patterns and re.search(patterns[level], text) is not None
