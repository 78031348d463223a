"""May this be answered? Before search: is it a question at all. After search: does the corpus hold what is asked.

Two tables of rules, :data:`BEFORE_SEARCH` and :data:`AFTER_SEARCH`; the first rule that refuses wins and is named by the
refusal, so that a trace can show it. A new rule is a function of the table's one argument and a line of the table.

Every rule leans towards answering: a question declined wrongly costs more than a clause offered in vain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from bot.evidence.candidates import Candidate
from bot.refuse.answerability import (
    Searched,
    as_good,
    asks_figure_of_a_past_year,
    asks_level_without_rule,
    asks_other_tax,
    asks_price_of_a_past_year,
    asks_price_of_other_year,
    asks_unknown_class,
    asks_unprinted_price,
    asks_unprinted_unit,
    asks_year_to_come,
)
from bot.refuse.constraints.types import ConstraintCheck
from bot.refuse.not_for_policy import asks_advice, asks_personal, is_other_work
from bot.refuse.prompt_injection import cut_reveal, is_injection
from bot.text.gibberish import is_garbage
from bot.text.telephones import prints_telephone
from bot.text.term_overlap import covered, sentence_terms
from bot.types import Question, Reason
from bot.understand.asks_on import asks_on
from bot.understand.reading import Reading
from index.text.question_types import QuestionType
from index.types import Hit
from ingest.normalise import match_form, to_simplified
from ingest.types import Role
from ingest.vocabulary.questions import question_words

# How much nearer a foreign subject must be. Set on 32 off-topic questions written for this and on the answerable
# development questions, so not a measure on fresh ones: of the answerable none lies above the second value and two
# above the first; of the off-topic ones 31 above the first.
FOREIGN_FROM = 0.005
FOREIGN_SURELY_FROM = 0.02
# Of a turn with turns before it, by itself. "找谁" or "买车算不算" names no subject and lies as high as .027; of the 42
# follow-ups in five sets none lies above .014. The weather, a joke, a recipe lie between .047 and .084.
FOREIGN_IN_TALK_FROM = 0.035
# Of 28 off-topic questions in four sets those above FOREIGN_FROM have no hit above 1.24 and no sentence above .78; the 16
# above it that the corpus answers lie above one of the two (lowest 1.29), most above both.
SURE_SCORE = 1.27
SURE_NEARNESS = 0.8
LONGEST_WORD = 6  # characters of a question that is one word
LEAST_WORDS_KNOWN = 2.0  # weight of the question's words that the corpus knows at all: one or two common words
FEW_WORDS_SHARED = 0.5  # between the two, share of the question's known words that some clause must hold
TITLE_SHARED = 0.6  # share of the words of a title that a question about the document itself repeats
_ABOUT_A_TEXT = re.compile(question_words().besides.whole_text.pattern)
_NAMES_A_GUIDE = re.compile(question_words().besides.guide.pattern)
_PLACE_ASKED = re.compile(question_words().besides.address.pattern)
_PLACE_PRINTED = re.compile(r"地址[:：]|@|\d+号楼|\d+楼")


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a question is not answered, and by which rule; ``place`` is the other place that was asked about."""

    reason: Reason
    rule: str
    place: str = ""
    checks: tuple[ConstraintCheck, ...] = ()  # constraints that what was found does not bear out


@dataclass(frozen=True, slots=True)
class Typed:
    """What a rule may look at before anything is searched: the question, and its last turn in simplified characters."""

    question: Question
    last: str


def _no_place(_: object) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """One ground for not answering. ``name`` is what a trace shows; it stands once in both tables together."""

    name: str
    reason: Reason
    refuses: Callable[[T], bool]
    place: Callable[[T], str] = _no_place


def before_search(question: Question) -> Refusal | None:
    """A refusal that needs no look into the corpus."""
    return first_refusal(BEFORE_SEARCH, Typed(question, to_simplified(question.last).strip()))


def after_search(searched: Searched) -> Refusal | None:
    """A refusal for what the clauses found do not hold."""
    return first_refusal(AFTER_SEARCH, searched)


def first_refusal(rules: Sequence[Rule[T]], about: T) -> Refusal | None:
    """The refusal of the first of ``rules`` that refuses, those behind it unasked; None when all let it pass."""
    for rule in rules:
        if rule.refuses(about):
            return Refusal(rule.reason, rule.name, rule.place(about))
    return None


def asks_for_document(candidate: Candidate, reading: Reading) -> bool:
    """True when the question is about the document whose title alone is printed, not about a fact in it."""
    title = sentence_terms(" ".join(candidate.clause.path[-1:]) + candidate.clause.text.split("（微信")[0])
    shared = len(title & sentence_terms(reading.text)) / (len(title) or 1)
    asks_text = _ABOUT_A_TEXT.search(reading.text) is not None
    if asks_text or not reading.types & {QuestionType.AMOUNT, QuestionType.WHEN, QuestionType.WHO}:
        return asks_text or shared >= TITLE_SHARED or _NAMES_A_GUIDE.search(reading.text) is not None
    return False


# ── Before search ──────────────────────────────────────────────────────────────────────────────


def _is_empty(typed: Typed) -> bool:
    return not any(mark.isalnum() or (mark.isprintable() and not mark.isspace()) for mark in typed.last)


def _is_instruction(typed: Typed) -> bool:
    return is_injection(typed.last)


def asked_beside(question: Question, refusal: Refusal) -> Question | None:
    """The same as two questions where the refused one only asks to see something inside; None when nothing else is asked."""
    cut = cut_reveal(question.last) if refusal.reason is Reason.INJECTION else None
    if cut is None:
        return None
    rest = replace(question, turns=(cut[1],))
    return replace(question, turns=(*question.earlier, "？".join((*cut, "")))) if before_search(rest) is None else None


def _is_other_work(typed: Typed) -> bool:
    return is_other_work(typed.last.lower())


def _is_garbage(typed: Typed) -> bool:
    """True for what has no words; a bare number may still follow up an earlier turn."""
    return is_garbage(typed.last) and not (typed.question.earlier and re.search(r"\w", typed.last))


# ── After search ───────────────────────────────────────────────────────────────────────────────


def _nothing_found(searched: Searched) -> bool:
    return not searched.candidates


def _asks_of_other_place(searched: Searched) -> bool:
    """True when another place is asked about that no sentence is about: none names it and covers most else asked."""
    place = searched.other_place
    return bool(place) and not any(
        place in c.text and covered(searched.wanted.last, sentence_terms(c.text)) >= FEW_WORDS_SHARED
        for c in searched.candidates
    )


def _is_printed(searched: Searched) -> bool:
    """True for a bare word that a sentence found prints (页岩气？): it is looked up, whatever subject it is of."""
    word = match_form(searched.reading.last).rstrip("？?。.!！")
    return 1 < len(word) <= LONGEST_WORD and any(word in match_form(c.text) for c in searched.candidates)


def _is_surely_foreign(searched: Searched) -> bool:
    if _is_printed(searched):
        return False
    in_talk = bool(searched.reading.carried.earlier)
    if in_talk and asks_on(searched.reading.last):  # it names nothing, so nothing foreign either: Tell me more
        return False
    return searched.foreignness >= (FOREIGN_IN_TALK_FROM if in_talk else FOREIGN_SURELY_FROM)


def _is_foreign_and_unmatched(searched: Searched) -> bool:
    """True for what may be foreign and shares few words with every sentence; a follow-up may have few of its own."""
    if searched.foreignness < FOREIGN_FROM or searched.reading.carried.earlier or plainly_found(searched.candidates):
        return False
    if _is_printed(searched):
        return False
    shared = max(c.features["covers_last"] for c in searched.candidates)
    return shared < FEW_WORDS_SHARED or sum(searched.wanted.last.values()) < LEAST_WORDS_KNOWN


def plainly_found(candidates: Sequence[Candidate]) -> bool:
    """True when search is as sure of a clause, or a sentence as near, as foreign questions never are."""
    return any(c.features["near"] >= SURE_NEARNESS or c.hit.score >= SURE_SCORE for c in candidates)


def _finds_only_title(searched: Searched) -> bool:
    """True when the best clause is a mere title and a fact inside that document is asked for."""
    best = searched.candidates[0]
    return best.clause.role is Role.STUB and not asks_for_document(best, searched.reading)


def _asks_unprinted_contact(searched: Searched) -> bool:
    """True when a telephone number or an address is asked for and no clause found prints one."""
    if QuestionType.CONTACT not in searched.reading.types:
        return False
    prints = _PLACE_PRINTED.search if _PLACE_ASKED.search(searched.reading.last) else prints_telephone
    return not any(prints(c.clause.text) for c in searched.candidates)


def _asks_year_after_term(searched: Searched) -> bool:
    """True when the amount for a year is asked for that begins after the end printed in the best clause."""
    reading, candidates = searched.reading, searched.candidates
    ends = searched.printed.validity_of(candidates[0].clause).valid_until
    if (
        not reading.years
        or ends is None
        or QuestionType.VALIDITY in reading.types
        or QuestionType.AMOUNT not in reading.types
    ):
        return False
    year = max(reading.years)
    return year > ends.year and not any(str(year) in c.clause.text for c in as_good(candidates))


def nearest(hits: Sequence[Hit], refusal: Refusal) -> list[Hit]:
    """The hits that are offered as nearest: none for what is no question about policy."""
    if refusal.reason in (Reason.EMPTY, Reason.TOO_LONG, Reason.GARBAGE, Reason.INJECTION, Reason.OFF_TOPIC):
        return []
    return list(hits[:NEAREST_OFFERED])


NEAREST_OFFERED = 3  # clauses


BEFORE_SEARCH: tuple[Rule[Typed], ...] = (
    Rule("empty", Reason.EMPTY, _is_empty),
    Rule("instruction", Reason.INJECTION, _is_instruction),
    Rule("garbage", Reason.GARBAGE, _is_garbage),
    Rule("other_work", Reason.OFF_TOPIC, _is_other_work),
)
OF_A_PART = frozenset({"other_work"})  # refuses one part of a question; the other parts are answered
# Refuse one fact asked of a thing: what else is asked of it may be stated.
OF_ONE_FACT = frozenset({"unit_price_not_printed", "contact_not_printed", "constraint_attribute", "constraint_object"})
# From the plainest to the finest: a question about another place or subject is not searched for missing facts, and all
# rules behind the first may count on a candidate.
AFTER_SEARCH: tuple[Rule[Searched], ...] = (
    Rule("nothing_found", Reason.NOTHING_FOUND, _nothing_found),
    Rule("advice", Reason.ADVICE, lambda searched: asks_advice(searched.reading.last)),
    Rule("personal", Reason.PERSONAL, lambda searched: asks_personal(searched.reading.last)),
    Rule("other_place", Reason.OTHER_PLACE, _asks_of_other_place, lambda searched: searched.other_place),
    Rule("surely_foreign", Reason.OFF_TOPIC, _is_surely_foreign),
    Rule("foreign_and_unmatched", Reason.OFF_TOPIC, _is_foreign_and_unmatched),
    Rule("only_title", Reason.TITLE_ONLY, _finds_only_title),
    Rule("contact_not_printed", Reason.NOT_STATED, _asks_unprinted_contact),
    Rule("class_not_printed", Reason.NOT_STATED, asks_unknown_class),
    Rule("tax_rate_not_printed", Reason.NOT_STATED, asks_other_tax),
    Rule("unit_price_not_printed", Reason.NOT_STATED, asks_unprinted_unit),
    Rule("year_to_come", Reason.NOT_STATED, asks_year_to_come),
    Rule("year_gone", Reason.NOT_STATED, asks_price_of_a_past_year),
    Rule("price_of_other_year", Reason.NOT_STATED, asks_price_of_other_year),
    Rule("price_not_printed", Reason.NOT_STATED, asks_unprinted_price),
    Rule("level_without_rule", Reason.NOT_STATED, asks_level_without_rule),
    Rule("year_after_term", Reason.NOT_STATED, _asks_year_after_term),
    Rule("figure_of_past_year", Reason.NOT_STATED, asks_figure_of_a_past_year),
)
# What the pipeline itself refuses, named as the rules are.
TOO_LONG = Refusal(Reason.TOO_LONG, "too_long")  # unread
NOT_STATED_BY_MODEL = Refusal(Reason.NOT_STATED, "not_stated_by_model")
NO_SUCH_CLAUSE = Refusal(Reason.NOT_STATED, "no_such_clause")  # 第九十九条 of a document that ends before it
NOTHING_COMPOSED = Refusal(Reason.NOT_STATED, "nothing_composed")  # no sentence passed its checks
# What a constraint refuses when nothing of its kind is borne out, by the fault.
BY_CONSTRAINT: Mapping[str, Refusal] = {
    "place": Refusal(Reason.OTHER_PLACE, "constraint_place"),
    "document.unknown": Refusal(Reason.NOT_STATED, "constraint_document_unknown"),
    "document.only_named": Refusal(Reason.NOT_STATED, "constraint_document_only_named"),
    "document.list": Refusal(Reason.NOT_STATED, "constraint_document_list"),
    "grade.class": Refusal(Reason.NOT_STATED, "constraint_grade_class"),
    "step.voltage": Refusal(Reason.NOT_STATED, "constraint_step_voltage"),
    "step.ordinal": Refusal(Reason.NOT_STATED, "constraint_step_ordinal"),
}
# The same for every other fault of a kind.
BY_KIND: Mapping[str, Refusal] = {
    kind: Refusal(Reason.NOT_STATED, f"constraint_{kind}")
    for kind in ("level", "document", "year", "grade", "size", "recipient", "object", "attribute")
}
RULE_NAMES = tuple(
    one.rule if isinstance(one, Refusal) else one.name
    for one in (
        TOO_LONG,
        *BEFORE_SEARCH,
        *AFTER_SEARCH,
        *BY_CONSTRAINT.values(),
        *BY_KIND.values(),
        NO_SUCH_CLAUSE,
        NOT_STATED_BY_MODEL,
        NOTHING_COMPOSED,
    )
)
