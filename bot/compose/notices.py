"""Notices apart from the body: time, rules against double claims, levels that differ, a class not asked for."""

from __future__ import annotations

from collections.abc import Sequence

from bot.compose.conditions import open_conditions
from bot.compose.draft import Draft
from bot.compose.level_amounts import amounts_differ_by_level
from bot.compose.phrases import phrase
from bot.compose.validity import validity_notices
from bot.types import Citation, Language, Reason
from bot.understand.reading import Reading
from index.text.question_types import QuestionType
from ingest.types import Clause, Corpus, Role


def notices_of(reading: Reading, draft: Draft, corpus: Corpus) -> tuple[str, ...]:
    """Everything a careful official would add on handing out this answer."""
    clauses = draft.clauses
    notices = validity_notices(corpus, draft.quoted(), reading.question.as_of, reading.language)
    if any(sentence.derived is not None for sentence in draft.sentences):
        notices.append(phrase("estimate_caveat", reading.language))
    if any(clause.role is Role.STUB for clause in clauses):
        notices.append(phrase("title_only", reading.language))
    if {QuestionType.AMOUNT, QuestionType.SCENARIO, QuestionType.COMPARISON} & reading.types:
        notices.extend(_closing_rules(clauses, corpus, reading.language))
    if QuestionType.SCENARIO in reading.types and (conditions := open_conditions(reading.text, draft.quoted())):
        notices.append(phrase("conditions", reading.language).format("；".join(f"“{words}”" for words in conditions)))
    if reading.levels and not any(clause.level in (None, *reading.levels) for clause in clauses):
        notices.append(phrase("other_level", reading.language))
    if not reading.levels and amounts_differ_by_level(draft.quoted()):
        notices.append(phrase("levels_differ", reading.language))
    return tuple(dict.fromkeys(notices))


def notices_of_decline(
    reading: Reading, reason: Reason, nearest: Sequence[Citation], corpus: Corpus
) -> tuple[str, ...]:
    """Where to ask, and what time has made of the nearest clause: often the reason that no figure stands there."""
    notices = [phrase("no_contact", reading.language)] if QuestionType.CONTACT in reading.types else []
    if reason is Reason.NOT_STATED:
        quoted = [(citation.clause, citation.quotes) for citation in nearest[:1]]
        notices.extend(validity_notices(corpus, quoted, reading.question.as_of, reading.language))
    return tuple(notices)


def _closing_rules(clauses: Sequence[Clause], corpus: Corpus, language: Language) -> list[str]:
    """就高不重复 and the like, as printed in the documents of the clauses that give money."""
    documents = dict.fromkeys(corpus.document_of(clause) for clause in clauses if _gives_money(clause))
    name = phrase("rule", language)
    return [f"{name}（《{document.title}》）：{rule}" for document in documents for rule in document.closing_rules]


def _gives_money(clause: Clause) -> bool:
    return any(figure.unit.partition("/")[0] == "元" for figure in clause.figures)
