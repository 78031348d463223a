"""Notices apart from the body: time, rules against double claims, levels that differ, a class not asked for."""

from __future__ import annotations

from collections.abc import Sequence

from bot.compose.conditions import open_conditions
from bot.compose.draft import Draft
from bot.compose.level_amounts import amounts_differ_by_level
from bot.compose.phrases import phrase
from bot.compose.validity import counted_end, validity_notices, version_notices
from bot.evidence.versions import NO_VERSIONS, Versions
from bot.types import AnswerKind, Citation, Language, Reason
from bot.understand.reading import Reading
from index.text.question_types import QuestionType
from ingest.types import Clause, Corpus, Role
from ingest.vocabulary.levels import ranks_of_levels


def notices_of(reading: Reading, draft: Draft, corpus: Corpus, versions: Versions = NO_VERSIONS) -> tuple[str, ...]:
    """Everything a careful official would add on handing out this answer."""
    clauses = draft.clauses
    notices = validity_notices(corpus, draft.quoted(), reading.question.as_of, reading.language)
    notices.extend(version_notices(corpus, versions, clauses, reading.time, reading.language))
    if (
        QuestionType.VALIDITY in reading.types
        and clauses
        and (end := counted_end(corpus, clauses[0], reading.language))
    ):
        notices.append(end)
    if any(sentence.derived is not None for sentence in draft.sentences):
        notices.append(phrase("estimate_caveat", reading.language))
    if draft.rows_shown is not None:
        notices.append(phrase("rows_shown", reading.language).format(*draft.rows_shown))
    if draft.clauses_shown is not None:
        notices.append(phrase("clauses_shown", reading.language).format(*draft.clauses_shown))
    if any(clause.role is Role.STUB for clause in clauses):
        notices.append(phrase("title_only", reading.language))
    if {QuestionType.AMOUNT, QuestionType.SCENARIO, QuestionType.COMPARISON} & reading.types:
        notices.extend(_closing_rules(clauses, corpus, reading.language))
    if QuestionType.SCENARIO in reading.types and (conditions := open_conditions(reading.text, draft.quoted())):
        notices.append(phrase("conditions", reading.language).format(_several(conditions, reading.language)))
    if draft.kind is AnswerKind.MATCH:  # a list over all levels, each line with its own
        return tuple(dict.fromkeys(notices))
    of_level = any(clause.level in (None, *reading.levels) for clause in clauses)
    if reading.levels and clauses and not of_level and not _names_a_rank(reading, clauses):
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
        notices.extend(notices_of_time(corpus, [citation.clause for citation in nearest[:1]], reading))
    return tuple(notices)


def notices_of_time(corpus: Corpus, clauses: Sequence[Clause], reading: Reading) -> list[str]:
    """Of what is nearest, that it does not hold at the time asked about."""
    if not reading.time.named:
        return []
    asked = reading.time
    over = [
        clause
        for clause in clauses
        if (until := corpus.validity_of(clause).valid_until) is not None and until < asked.first
    ]
    documents = dict.fromkeys(corpus.document_of(clause) for clause in over)
    words = phrase("then_over", reading.language)
    return [f"《{document.title}》：{words}" for document in documents]


def _closing_rules(clauses: Sequence[Clause], corpus: Corpus, language: Language) -> list[str]:
    """就高不重复 and the like, as printed in the documents of the clauses that give money."""
    documents = dict.fromkeys(corpus.document_of(clause) for clause in clauses if _gives_money(clause))
    name = phrase("rule", language)
    return [f"{name}（《{document.title}》）：{rule}" for document in documents for rule in document.closing_rules]


def _several(conditions: Sequence[str], language: Language) -> str:
    return ("; " if language is Language.EN else "；").join(f"“{words}”" for words in conditions)


def _gives_money(clause: Clause) -> bool:
    return any(figure.unit.partition("/")[0] == "元" for figure in clause.figures)


def _names_a_rank(reading: Reading, clauses: Sequence[Clause]) -> bool:
    """Whether the level asked about is the rank of the thing, as the clause prints it: 省级单项冠军企业."""
    said = [rank for rank in ranks_of_levels() if rank in reading.last]
    return any(rank in clause.text for rank in said for clause in clauses)
