"""Our own words on conditions and grants, in two languages. What a document prints never passes through here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from bot.text.bilingual import Say
from bot.types import Language
from ingest.entitlements.types import Leaf, ReadableCondition, TextCondition
from ingest.vocabulary.entitlements import entitlement_words

_MYRIAD, _HUNDRED_MILLION = Decimal(10_000), Decimal(100_000_000)

MET_WORDS = Say("{label}：{said}，符合“{asked}”", "{label}: {said}, which meets “{asked}”")
MET_NUMBER = Say("{said}，条款要求{asked}", "{said}; the clause asks for {asked}")
SAID_OTHER = Say("{label}为{said}，条款要求{asked}", "{label} is {said}; the clause asks for {asked}")
BY_LIST = Say(
    "{label}为{said}，是否属于“{asked}”须对照目录", "{label} is {said}; whether it is “{asked}” must be looked up"
)
EITHER = Say("{asked}都可以", "Either will do: {asked}")
DENIED = Say("已说明不是（没有）{said}，条款要求{asked}", "Said not to be (have) {said}; the clause asks for {asked}")
NOT_SAID = Say("未说明{label}，须{asked}", "{label} is not stated; it must be {asked}")
NOT_SAID_HAS = Say("未说明是否有“{asked}”，须有", "It is not stated whether there is “{asked}”; there must be")
NOT_SAID_IS = Say("未说明是否“{asked}”，须是", "It is not stated whether this holds: “{asked}”; it must")
TOO_WIDE = Say("只说了{said}，须为{asked}", "Only {said} is stated; it must be {asked}")
PLANNED = Say("尚在计划：{said}，须已{asked}", "Only planned: {said}; it must be done: {asked}")
OTHER_UNIT = Say(
    "{said}与条款的{asked}单位或币种不同，须换算核实",
    "{said} and the clause's {asked} are in different units or currencies; please convert and check",
)
EXCLUDED = Say("属于{said}，条款把它排除在外", "It is {said}, which the clause excludes")
NOT_EXCLUDED = Say("已说明“{said}”，不属于{asked}", "“{said}” is stated, none of: {asked}")
MAY_BE_EXCLUDED = Say("须不属于{asked}，未说明", "It must be none of {asked}; not stated")
DECISION = Say(
    "由有关部门或单位决定（{asked}），须申请后才知", "Somebody decides this ({asked}); it is known after applying"
)
TO_CHECK = Say("须自行核对：{asked}", "Please check yourself: {asked}")
SAID_SO = Say("已说明{said}：{asked}", "Stated ({said}): {asked}")
LISTED = Say("“{said}”列为{of}{asked}类", "“{said}” is listed as class {asked} of {of}")
LISTED_IF = Say(
    "“{said}”在{of}目录列为{asked}类，但目录另有条件，须认定",
    "“{said}” may be class {asked} in the catalogue of {of}, which has further conditions; it must be recognised",
)
LISTED_OTHER = Say(
    "“{said}”在{of}目录列为{found}类，条款要求{asked}类",
    "“{said}” is class {found} in the catalogue of {of}; the clause asks for {asked}",
)
IMPLIED_LEVEL = Say("{said}即为{asked}级认定", "{said} is itself a recognition of that level ({asked})")
PLACE_MET = Say("{said}在{asked}范围内", "{said} lies in {asked}")
PLACE_OTHER = Say("在{said}，条款限{asked}", "In {said}; the clause is limited to {asked}")
PLACE_WIDER = Say("只说了{said}，须在{asked}", "Only {said} is stated; it must be in {asked}")
OF_PLACE = Say("{asked}的政策", "A policy of {asked}")
EXPIRED = Say("执行期限至{until}，到{day}已过期", "It ran until {until}; on {day} it has expired")
NOT_YET = Say("自{since}起执行，{day}尚未开始", "It holds from {since}; on {day} it has not begun")
RECEIVED = Say("“{said}”的一次性奖补已说明领过", "The one-off money for “{said}” was received already")
ONE_PERSON = Say("所述不止一人，须由同一人符合", "More than one person is described; one of them must meet all of it")
UNCHECKED = Say(
    "机器识别，未经核对，以原文为准", "Read by machine and not checked by a person; the quoted words decide"
)
RECIPIENT_OTHER = Say("钱或权利给{asked}，不给提问的一方", "It goes to: {asked}, not to the asker")
OF_THE_TALENT = Say("（给所引进或培养的人才本人）", " (goes to the person who is brought or trained)")
CONTAINS = Say("任一即可：{parts}", "Any one of: {parts}")

CLAIM_SHARE = Say("{base}{amount}×{rate}={result}", "{base} {amount} × {rate} = {result}")
CLAIM_CAPPED = Say("{product}，上限{cap}", "{product}, at most {cap}")
CLAIM_EACH = Say("{each}×{count}={result}", "{each} × {count} = {result}")

ASK_WORDS = Say("{label}是什么？（条款提到：{asked}）", "What is the {label}? (asked for: {asked})")
ASK_HAS = Say("是否有“{asked}”？", "Is there “{asked}”?")
ASK_IS = Say("是否“{asked}”？", "Does this hold: “{asked}”?")
ASK_NUMBER = Say("{label}是多少？（条款要求{asked}）", "What is the {label}? (asked for: {asked})")
ASK_PLACE = Say(
    "注册或工作在哪里？（条款限{asked}）", "Where is it registered, or where do you work? (asked for: {asked})"
)
ASK_CHECK = Say("是否：{asked}？", "Is this so: {asked}?")
FOR_MANY = Say("（关系到{n}项）", " (decides {n} grants)")
FIRST_QUESTIONS: tuple[Say, ...] = (
    Say(
        "您是企业、个体工商户、用人单位还是个人？",
        "Are you a company, an individual business, an employer or a person?",
    ),
    Say("注册或工作在哪里，属于什么行业？", "Where are you registered or working, and in which industry?"),
    Say(
        "有哪些认定、资质、学历职称或已做的投入（金额、数量）？",
        "Which recognitions, titles or degrees do you have, and what has been invested (amounts, numbers)?",
    ),
)

THINGS = frozenset({"event", "award", "recognition", "relation"})  # what an asker has or has not
STATES = frozenset({"status", "plan"})  # what an asker is or is not

_COMPARED: Mapping[str, tuple[str, str]] = {
    "at_least": ("{0}以上（含）", "at least {0}"),
    "more_than": ("超过{0}", "more than {0}"),
    "at_most": ("不超过{0}", "at most {0}"),
    "less_than": ("低于{0}", "less than {0}"),
    "between": ("{0}至{1}", "{0} to {1}"),
    "is": ("{0}", "{0}"),
    "in": ("{0}", "{0}"),
}


def not_said(attribute: str) -> Say:
    """The sentence for a condition of which nothing was said."""
    return NOT_SAID_HAS if attribute in THINGS else NOT_SAID_IS if attribute in STATES else NOT_SAID


def label_of(attribute: str, language: Language) -> str:
    """What an attribute is called."""
    zh, en = entitlement_words().attributes[attribute].label
    return Say(zh, en).to(language)


def number_said(number: Decimal, unit: str | None, language: Language) -> str:
    """A number as people write it: 2亿元, 800万元, 3%."""
    if unit in ("元", "美元") and language is not Language.EN:
        for size, word in ((_HUNDRED_MILLION, "亿"), (_MYRIAD, "万")):
            if abs(number) >= size:
                return f"{plain(number / size)}{word}{unit}"
    if unit in ("元", "美元") and language is Language.EN:
        return f"{'RMB' if unit == '元' else 'USD'} {plain(number, grouped=True)}"
    return f"{plain(number)}{unit or ''}"


def plain(number: Decimal, *, grouped: bool = False) -> str:
    """A number with at most four places behind the point and no noughts at its end."""
    rounded = f"{number:,.4f}" if grouped else f"{number:.4f}"
    return rounded.rstrip("0").rstrip(".")


def asked_of(leaf: Leaf, language: Language) -> str:
    """What a condition asks for, without its label: 自治区或国家, 3%以上（含）."""
    if isinstance(leaf, TextCondition):
        return leaf.text
    if leaf.numbers:
        written = [number_said(number, leaf.unit, language) for number in leaf.numbers]
        zh, en = _COMPARED[leaf.operator]
        return (en if language is Language.EN else zh).format(*written)
    joined = listed(leaf.words, language)
    return Say("{0}及以上", "{0} or higher").to(language).format(joined) if leaf.operator == "at_least" else joined


def listed(words: Iterable[str], language: Language) -> str:
    """甲、乙或丙."""
    several = list(words)
    if len(several) < 2:
        return "".join(several)
    joint = Say("或", " or ").to(language)
    return f"{Say('、', ', ').to(language).join(several[:-1])}{joint}{several[-1]}"


def text_of(leaf: Leaf, language: Language) -> str:
    """A condition in words: 研发投入占比 3%以上（含）."""
    if isinstance(leaf, TextCondition):
        return leaf.text
    of = f"（{leaf.of}）" if leaf.of else ""
    return f"{label_of(leaf.attribute, language)}{of}：{asked_of(leaf, language)}"


def said_of_condition(leaf: ReadableCondition, said: str, language: Language) -> dict[str, str]:
    """The blanks that most sentences on a condition have."""
    of = f"（{leaf.of}）" if leaf.of else ""
    return {"label": label_of(leaf.attribute, language) + of, "said": said, "asked": asked_of(leaf, language)}
