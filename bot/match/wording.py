"""Our own words on conditions and grants, in two languages. What a document prints never passes through here."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from bot.match.types import Fact
from bot.text.bilingual import Say
from bot.types import Language
from ingest.entitlements.types import Leaf, ReadableCondition, TextCondition
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.matching.english_names import in_english, title_in_english

_WRITTEN: dict[str, list[str]] = tomllib.loads((files("bot.match") / "wording.toml").read_text("utf-8"))
SAID: Mapping[str, Say] = {key: Say(*both) for key, both in _WRITTEN.items()}
_COMPARISON = "compared_"
_UNITS_IN_ENGLISH: Mapping[str, Say] = {
    Say(*both).zh: Say(*both) for name, both in _WRITTEN.items() if name.startswith("unit_")
}
_INNER = str.maketrans("“”", "‘’")
_MYRIAD, _HUNDRED_MILLION = Decimal(10_000), Decimal(100_000_000)

MET_WORDS = SAID["met_words"]
MET_NUMBER = SAID["met_number"]
RANGE = SAID["range"]
OF_RELATIVE = SAID["of_relative"]
MET_BY_NUMBER = SAID["met_by_number"]
SAID_OTHER = SAID["said_other"]
BY_LIST = SAID["by_list"]
EITHER = SAID["either"]
DENIED = SAID["denied"]
NOT_SAID = SAID["not_said"]
NOT_SAID_HAS = SAID["not_said_has"]
NOT_SAID_IS = SAID["not_said_is"]
TOO_WIDE = SAID["too_wide"]
PLANNED = SAID["planned"]
PLANNED_PLACE = SAID["planned_place"]
LATER = SAID["later"]
OF_OWNERS = SAID["of_owners"]
PLANNED_FIRM = SAID["planned_firm"]
OTHER_UNIT = SAID["other_unit"]
EXCLUDED = SAID["excluded"]
NOT_EXCLUDED = SAID["not_excluded"]
MAY_BE_EXCLUDED = SAID["may_be_excluded"]
DECISION = SAID["decision"]
TO_CHECK = SAID["to_check"]
SAID_SO = SAID["said_so"]
LISTED = SAID["listed"]
LISTED_IF = SAID["listed_if"]
LISTED_OTHER = SAID["listed_other"]
LISTED_LOWER = SAID["listed_lower"]
WHOSE_CLASS = SAID["whose_class"]
MOVED_WITHIN = SAID["moved_within"]
IMPLIED_LEVEL = SAID["implied_level"]
PLACE_MET = SAID["place_met"]
PLACE_OTHER = SAID["place_other"]
PLACE_WIDER = SAID["place_wider"]
OF_PLACE = SAID["of_place"]
EXPIRED = SAID["expired"]
NOT_YET = SAID["not_yet"]
NO_END = SAID["no_end"]
RECEIVED = SAID["received"]
AGAINST = SAID["against"]
BOTH_SAID = SAID["both_said"]
NOT_FOR = SAID["not_for"]
ONE_PERSON = SAID["one_person"]
UNCHECKED = SAID["unchecked"]
NOTHING_UNDERSTOOD = SAID["nothing_understood"]
IS_QUESTION = SAID["is_question"]
RECIPIENT_OTHER = SAID["recipient_other"]
OF_THE_TALENT = SAID["of_the_talent"]
CONTAINS = SAID["contains"]
AND_MORE = SAID["and_more"]

CLAIM_SHARE = SAID["claim_share"]
CLAIM_CAPPED = SAID["claim_capped"]
CLAIM_EACH = SAID["claim_each"]
CLAIM_TERM = SAID["claim_term"]
CLAIM_OF_GROUP = SAID["claim_of_group"]
PEOPLE = SAID["people"]
CLAIM_DOUBLED = SAID["claim_doubled"]
CLAIM_LIMITED = SAID["claim_limited"]
CLAIM_TIERS = SAID["claim_tiers"]
MONTHS = SAID["months"]

ASK_WORDS = SAID["ask_words"]
ASK_HAS = SAID["ask_has"]
ASK_IS = SAID["ask_is"]
ASK_NUMBER = SAID["ask_number"]
ASK_PLACE = SAID["ask_place"]
ASK_ORIGIN = SAID["ask_origin"]
ASK_CHECK = SAID["ask_check"]
FOR_MANY = SAID["for_many"]
FIRST_QUESTIONS: tuple[Say, ...] = tuple(SAID[f"first_question_{n}"] for n in (1, 2, 3))

THINGS = frozenset({"event", "award", "recognition", "relation"})  # what an asker has or has not
STATES = frozenset({"status", "plan"})  # what an asker is or is not

_COMPARED: Mapping[str, Say] = {
    name.removeprefix(_COMPARISON): say for name, say in SAID.items() if name.startswith(_COMPARISON)
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
    return f"{plain(number)}{_unit_said(unit, language)}"


def said_of_number(fact: Fact, language: Language) -> str:
    """The number of a fact with what it is of: 研发投入2000万元; a range from its smallest to its largest."""
    assert fact.number is not None
    figure = number_said(fact.number, fact.unit, language)
    if fact.upto is not None:
        figure = Say("{0}至{1}", "{0} to {1}").to(language).format(figure, number_said(fact.upto, fact.unit, language))
    return f"{label_of(fact.attribute, language)}{'' if language is not Language.EN else ' '}{figure}"


def _unit_said(unit: str | None, language: Language) -> str:
    if language is not Language.EN or not unit or unit not in _UNITS_IN_ENGLISH:
        return unit or ""
    return f" {_UNITS_IN_ENGLISH[unit].en}"


def plain(number: Decimal, *, grouped: bool = False) -> str:
    """A number with at most four places behind the point and no noughts at its end."""
    rounded = f"{number:,.4f}" if grouped else f"{number:.4f}"
    return rounded.rstrip("0").rstrip(".")


def named(word: str, language: Language) -> str:
    """A word of conditions as a reader of ``language`` knows it; a word without an English name stays, in quotation marks."""
    if language is not Language.EN:
        return word
    name = in_english(word)
    return quoted(name, language) if name == word and not word.isascii() else name


def quoted(words: str, language: Language) -> str:
    """Words of a document in an English sentence; their own quotation marks become single ones."""
    return f"“{words.translate(_INNER)}”" if language is Language.EN else words


def title_of(title: str, kind: str, language: Language) -> str:
    """What a grant is called: in English what it is, with its own title in quotation marks."""
    if language is not Language.EN:
        return title
    return f"{title_in_english(title) or entitlement_words().kinds[kind][1]} “{title}”"


def asked_of(leaf: Leaf, language: Language) -> str:
    """What a condition asks for, without its label: 自治区或国家, 3%以上（含）."""
    if isinstance(leaf, TextCondition):
        return quoted(leaf.text, language)
    if leaf.numbers:
        written = [number_said(number, leaf.unit, language) for number in leaf.numbers]
        return _COMPARED[leaf.operator].to(language).format(*written)
    joined = listed(dict.fromkeys(named(word, language) for word in leaf.words), language)
    return Say("{0}及以上", "{0} or higher").to(language).format(joined) if leaf.operator == "at_least" else joined


def listed(words: Iterable[str], language: Language) -> str:
    """甲、乙或丙."""
    several = list(words)
    if len(several) < 2:
        return "".join(several)
    joint = Say("或", " or ").to(language)
    return f"{Say('、', ', ').to(language).join(several[:-1])}{joint}{several[-1]}"


@lru_cache(maxsize=20_000)
def text_of(leaf: Leaf, language: Language) -> str:
    """A condition in words: 研发投入占比 3%以上（含）."""
    if isinstance(leaf, TextCondition):
        return quoted(leaf.text, language)
    sign = Say("：", ": ").to(language)
    return f"{label_of(leaf.attribute, language)}{of_said(leaf.of, language)}{sign}{asked_of(leaf, language)}"


def of_said(of: str | None, language: Language) -> str:
    """Of which recognition, or whose catalogue, in brackets; empty where none is named."""
    if not of:
        return ""
    return f" ({named(of, language)})" if language is Language.EN else f"（{of}）"


def said_of_condition(leaf: ReadableCondition, said: str, language: Language) -> dict[str, str]:
    """The blanks that most sentences on a condition have."""
    label = label_of(leaf.attribute, language) + of_said(leaf.of, language)
    of = named(leaf.of, language) if leaf.of else ""
    return {"label": label, "said": said, "asked": asked_of(leaf, language), "of": of}


def reason_of(leaf: ReadableCondition, say: Say, fact: Fact, language: Language) -> str:
    """A sentence on a condition and the fact that decides it."""
    if fact.number is not None:
        told = said_of_number(replace(fact, unit=fact.unit or leaf.unit), language)
        said = fact.because or told
        if fact.because and say is MET_WORDS:  # 参保月数240月（20年×12）
            said = Say("{0}（{1}）", "{0} ({1})").to(language).format(told, fact.because)
    else:
        said = named(next(iter(fact.words), ""), language)  # what was said; the others are what it counts as
    blanks = said_of_condition(leaf, said, language)
    if say is MET_WORDS and fact.attribute != leaf.attribute:
        # 研发投入2000万元 meets 发生研发费用, 硕士 meets 普通高校: what was said keeps its own name.
        say = say if fact.number is None else MET_BY_NUMBER
        blanks["label"] = label_of(fact.attribute, language)
    return say.to(language).format(**blanks)


def planned_reason(leaf: Leaf, by: Fact, language: Language) -> str:
    """Why a condition stays open that a plan would meet."""
    say = PLANNED_PLACE if by.attribute == "place" else PLANNED
    said = said_of_number(by, language) if by.number is not None else named(by.words[0], language)
    return say.to(language).format(said=said, asked=asked_of(leaf, language))
