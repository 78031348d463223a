"""What is said of constraints that the clauses do not bear out, in the language of the question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.refuse.constraints.deciding import counting, leads_with_hedge
from bot.refuse.constraints.types import ConstraintCheck, ConstraintChecks, ConstraintKind
from bot.refuse.gate import Refusal
from bot.text.bilingual import Say, in_language
from bot.text.phrase_file import phrases
from bot.types import Language, Reason
from bot.understand.asked_facts import AskedFact
from ingest.vocabulary.refusing.constraints import constraint_words

MOST_PRINTED = 6  # siblings that are named
_SAID_BY_CHECKS = frozenset({"class_not_printed", "price_not_printed", "unit_price_not_printed", "no_such_clause"})


def says() -> Mapping[str, Say]:
    """Every sentence by its key."""
    return phrases("bot.refuse.constraints", "wording.toml")


def refusal_words(refusal: Refusal, language: Language) -> str:
    """The whole of a refusal with its reason, where it has one that can be named; "" otherwise."""
    if refusal.reason is not Reason.NOT_STATED:
        return ""
    known = says()
    rule = known.get(f"rule.{refusal.rule}")
    said = words_of(refusal.checks, language)
    if rule is not None and not (said and refusal.rule in _SAID_BY_CHECKS):
        said.insert(0, rule.to(language))
    joint = " " if language is Language.EN else ""
    return joint.join((*said, known["nearest_follow"].to(language))) if said else ""


def hedge_words(checks: ConstraintChecks, language: Language) -> str:
    """What an answer has to say first of the constraints it does not bear out; "" for nothing."""
    said = words_of(counting(checks), language)
    if said and leads_with_hedge(checks):
        said.append(says()["nearest_below"].to(language))
    return (" " if language is Language.EN else "").join(said)


def unsaid_words(facts: Sequence[AskedFact], language: Language, *, nearest: bool = True) -> str:
    """What an answer has to say where no sentence of it prints a fact that is asked for; "" for nothing.

    ``nearest`` says that the sentences of the answer are only near to what is asked.
    """
    english = language is Language.EN
    known = says()
    called = [fact.called[1 if english else 0] for fact in facts]
    said = [known["attribute"].to(language).format(asked=in_language(one, language)) for one in called]
    if nearest and said:
        said.append(known["nearest_below"].to(language))
    return (" " if english else "").join(said)


def words_of(checks: Sequence[ConstraintCheck], language: Language) -> list[str]:
    """One sentence for the checks of each fault, in their order."""
    faults = dict.fromkeys(check.fault for check in checks)
    return [_sentence([check for check in checks if check.fault == fault], language) for fault in faults]


def _sentence(checks: Sequence[ConstraintCheck], language: Language) -> str:
    first, known = checks[0], says()
    joint = ", " if language is Language.EN else "、"
    asked = joint.join(_called(check, language) for check in checks)
    printed = joint.join(dict.fromkeys(one for check in checks for one in check.printed[:MOST_PRINTED]))
    key = first.fault if first.fault in known else first.kind.value
    if not printed and first.kind is ConstraintKind.STEP:
        key = "step.none"
    elif not printed and "{printed}" in known.get(key, known["other"]).zh:
        key = "other"
    return known.get(key, known["other"]).to(language).format(asked=asked, printed=printed)


def _called(check: ConstraintCheck, language: Language) -> str:
    """What is asked for: an attribute by its name, everything else in the words of the question."""
    table, _, name = check.fault.partition(".")
    known = constraint_words()
    words = (known.measures if table == "measure" else known.attributes).get(name)
    if check.kind is ConstraintKind.ATTRIBUTE and words is not None:
        return words.called[1 if language is Language.EN else 0]
    return in_language(check.asked, language)
