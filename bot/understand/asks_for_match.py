"""Whether somebody asks what they themselves can get, all of it: 我们这样的企业能拿到什么, what can we claim."""

from __future__ import annotations

import re

_SELF = r"我们?|咱们?|本人|我司|我公司|本公司|我单位|我家|我厂|我店"
_GET = r"(?:拿|领|享受?|申请|申领|沾|得|要|报|争取)(?:到|上|取)?"
_ALL = r"(?:点?啥|点?什么|哪些|哪几项|几样|哪几样)"
_THINGS = r"(?:人才)?(?:政策|补贴|补助|奖励|奖补|好处|优惠|支持|待遇|扶持|资金|东西|钱|减免|福利)?"
_ENDS = r"(?:吗|呢|啊|呀|嘛|吧|的)?\s*(?:[？?。！!，,；;]|$)"
_CHINESE = re.compile(
    rf"(?:能|可以|可|能够)(?:不能)?{_GET}{_ALL}{_THINGS}{_ENDS}"
    rf"|{_ALL}(?:政策|补贴|补助|奖励|奖补|好处|优惠|支持|待遇|扶持|减免)(?:可以|能|可)?(?:{_GET}|帮到|帮得到){_ENDS}"
    rf"|能{_GET}的(?:都|全部?)?(?:列|说|告诉|讲)"
    rf"|有(?:啥|什么|哪些)(?:减免|补贴|补助|政策|优惠|好处)(?:或者?(?:减免|补贴|补助|政策|优惠))?{_ENDS}"
    rf"|(?:帮我们?|替我们?)(?:对对|看看|算算|查查|匹配)[^。？?]{{0,8}}(?:能|可以){_GET}?"
)
_SELF_IN_CHINESE = re.compile(_SELF)
_ENGLISH = re.compile(
    r"\bwhat (?:can|may|could) (?:we|i|my (?:company|firm|employer))\b[^.?]{0,40}\b(?:get|claim|apply for|receive)\b"
    r"|\bwhich\b[^.?]{0,60}\b(?:can we|can i|may we|may i|are (?:open|available) to (?:us|me))\b",
    re.IGNORECASE,
)


# Without 我们 the words before the question tell of somebody: several of them, and of what they have, did or are in numbers.
_PARTS = re.compile(r"[^，,。；;！!？?\n]+")
_FEWEST_PARTS = 2
_TELLS_OF_ONE = re.compile(
    r"今年|去年|前年|刚刚?|已经?(?!满)|目前|现有|[一二三四五六七八九十两]\s?[家位名个]|\d\s?(?:家|位|名|个|人|岁|万|亿|年)|了(?=[，。；]|\d|[一二三四五六七八九十两])"
)
_OF_NOBODY = re.compile(r"哪|什么|啥|怎么|如何|多少|吗|是否|如果|假如|请问|想问|凡是|按照|根据|规定")


def asks_for_match(text: str) -> bool:
    """True when ``text`` (simplified) asks for everything its writer can get. Whether they say enough of themselves is another
    matter."""
    if _ENGLISH.search(text):
        return True
    asked = _CHINESE.search(text)
    if asked is None or _SELF_IN_CHINESE.search(text):
        return asked is not None
    return not _PARTS.search(text, asked.end()) and _tells_of_one(text[: asked.start()])


def _tells_of_one(before: str) -> bool:
    """伊旗风电叶片民企，今年引进了一位博士，: a profile without a subject, and not the case a rule is asked about."""
    parts = _PARTS.findall(before)
    return len(parts) >= _FEWEST_PARTS and not _OF_NOBODY.search(before) and _TELLS_OF_ONE.search(before) is not None
