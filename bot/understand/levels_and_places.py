"""Whether a question asks for the policy of a place that is not covered."""

from __future__ import annotations

import re

from bot.text.jieba_dictionary import places_in
from index.text.levels_and_places import Places, places_of, speaks_of_level
from ingest.vocabulary.levels import COUNTY, levels
from ingest.vocabulary.load import any_of
from ingest.vocabulary.places import places_by_latin_name
from ingest.vocabulary.questions import question_words
from ingest.vocabulary.talk import talk_words

__all__ = ["Places", "other_place", "places_of", "speaks_of_level"]

_POLICY_WORDS = re.compile(question_words().besides.policy.pattern)
_COUNTIES = any_of(level.name for level in levels() if level.rank == COUNTY and len(level.name) == 1)
_WITHIN = rf"[^\W\d_a-z对给的和与及在有里各全本我市县区]{{2,3}}{_COUNTIES}"
_GIVES_WITHIN = r"的|对|给|有|奖|补|那"
_QUOTE_MARKS = re.compile(r"[“”\"「」『』《》]")
_COMING_FROM = re.compile(r"(?:在|从|自|由|往|去|到|来自|离|和|与|跟|距|驻|比|经|把|将|赴|派)$")
# "深圳的科技公司想搬来", "上海企业到旗里投资": somebody from there asks for the policy of here.
_SOMEBODY_FROM_THERE = re.compile(
    r"(?:市|省)?的?(?:[^，。？?]{0,6})(?:公司|企业|厂|团队|老板|客户|朋友)[^。？?]{0,12}(?:搬|迁|来|到|落户|过去|投资|转移)"
)
# 台湾企业在负面清单上…: the rule of a document is asked for, which gives to who comes from there.
_UNDER_A_DOCUMENT = re.compile(talk_words().under_a_document)


def asks_under_a_document(text: str, name: str) -> bool:
    """Whether what stands behind a place is somebody from there to whom a document applies."""
    return _UNDER_A_DOCUMENT.match(text[text.index(name) + len(name) :]) is not None


def other_place(text: str, places: Places) -> str | None:
    """The place whose policy ``text`` asks for, when it is none of the covered ones.

    A place that is only where somebody comes from ("从江苏搬来", "在上海搞了个研发中心") does not count, nor does
    any place once a covered one or a level ("旗里") is named too.
    """
    if within := _not_covered_within(text, places):
        return within
    if places.names_covered_place(text) or places.levels_named(text) or not _POLICY_WORDS.search(text):
        return None
    for name in places_in(text):
        if not places.is_covered(name) and _gives(text, name):
            return name
    return giver_in_english(text, places)


def giver_in_english(text: str, places: Places) -> str | None:
    """The place that is not covered and stands in an English question as the giver; None for none."""
    if places.names_covered_place(text):
        return None
    return next((latin.title() for latin in places_by_latin_name() if _gives_in_english(text, latin, places)), None)


def _not_covered_within(text: str, places: Places) -> str | None:
    """The district or county named straight behind a covered place (苏州市吴江区) when it is none of the corpus."""
    for name in places.covered:
        for match in re.finditer(rf"{re.escape(name)}(?P<within>{_WITHIN})(?={_GIVES_WITHIN})", text):
            if not places.is_covered(match["within"]):
                return match["within"]
    return None


def _gives_in_english(text: str, latin: str, places: Places) -> bool:
    """True when a place that is not covered stands in an English question as the giver."""
    if latin not in text or places.is_covered_in_latin(latin):
        return False
    asked = rf"(?:does|do|in|of|on|about|by|for|will|can|covers?|covering|^) ?{re.escape(latin)}(?:'s|\b)(?! (?:company|firm|citizen))"
    elsewhere = rf"(?:from|based in|registered in|office in|located in) {re.escape(latin)}"
    return re.search(asked, text) is not None and re.search(elsewhere, text) is None


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
    if _SOMEBODY_FROM_THERE.match(after) or _UNDER_A_DOCUMENT.match(after):
        return False
    gives = re.match(
        r"呢|对|给|的|有|是|规定|政策|引进|招|全职|发|出台|奖|补|人才|高新|企业|落户|户口|住房|硕士|博士|大学生|本科|工业|电价|水价|社保|公积金|安家|[a-h]类",
        after,
    )
    return gives is not None and (opening or after[:1] in "对给的")
