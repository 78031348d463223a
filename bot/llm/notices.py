"""What a person is told about what a language model did: who worded the answer, what was left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from bot.llm.chat_model import Failure
from bot.llm.desk import Report
from bot.llm.output_checks import Objection
from bot.llm.planning import PlanFault
from bot.text.bilingual import Say
from bot.text.phrase_file import phrases
from bot.types import Answered, Language


def _say(key: str, language: Language) -> str:
    return phrases("bot.llm", "notices.toml")[key].to(language)


# Which words tell of an objection; two that say the same to a reader share them.
_WHY: Mapping[Objection, str] = {
    Objection.UNCITED: "uncited",
    Objection.MARKUP: "markup",
    Objection.CONTACT: "contact",
    Objection.LANGUAGE: "language",
    Objection.UNQUOTED: "unquoted",
    Objection.UNSUPPORTED: "unsaid",
    Objection.UNGROUNDED: "unsaid",
}


def instead_notice(failure: Failure, language: Language, report: Report | None = None) -> str:
    """Says that the answer comes without a model, and why."""
    because = _reasons(report, language) if report is not None and report.left_out else ""
    brackets = Say("（{}）", " ({})").to(language).format(because) if because else ""
    return _say("instead", language).format(why=_say(failure.value, language).format(why=brackets))


def worded_notices(report: Report, answer: Answered) -> tuple[str, ...]:
    """Who worded an answer, and what of the reply it leaves out; of figures only where the answer has any."""
    language = answer.language
    if report.left_out > report.replaced:
        words = _say("worded_in_part", language)
        said = [words.format(n=report.left_out, why=_reasons(report, language))]
    else:
        ours = any(sentence.derived or sentence.counted for sentence in answer.sentences)  # printed nowhere
        has_figures = not ours and any(sentence.figures for sentence in answer.sentences)
        said = [_say("worded", language).format(figures=_say("with_figures", language) if has_figures else "")]
    if report.replaced:
        said.append(_say("replaced", language).format(n=report.replaced))
    if report.cut:
        said.append(_say("cut", language).format(n=report.cut))
    return tuple(said)


def not_stated_notice(read: int, language: Language) -> str:
    """Says that a model found nothing in the clauses it read."""
    return _say("says_not_stated", language).format(n=read)


def plan_notice(fault: PlanFault, language: Language) -> str:
    """Says that the parts of a question come from the rules, and why."""
    return _say(f"plan_{fault.value}", language)


def _reasons(report: Report, language: Language) -> str:
    counts: Counter[str] = Counter()
    for objection, n in report.withheld.items():
        counts[_WHY[objection]] += n
    joint = Say("，", ", ").to(language)
    return joint.join(_say(key, language).format(n=n) for key, n in counts.most_common())
