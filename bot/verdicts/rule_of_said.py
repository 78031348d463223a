"""Whether what was just answered may be had together (这几个能一起拿吗): by the rules of the documents that grant it, and of no other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.compose.draft import Draft
from bot.compose.source_labels import label_of
from bot.types import AnswerSentence, SentenceRole
from bot.understand.levels_and_places import Places, speaks_of_level
from bot.understand.reading import Reading
from bot.verdicts.same_document import rules_of, words_of_rule
from bot.verdicts.words import patterns, said
from index.text.question_types import QuestionType, question_types
from ingest.facts.measures import MONEY_OR_SHARE
from ingest.types import Clause, Corpus, PolicyDocument, Span

MOST_DOCUMENTS = 3
_SIGNS = re.compile(r"[\W_]+")


def asks_overlap_alone(turn: str, places: Places) -> bool:
    """Whether a turn, simplified and in lower case, asks if things may be had together and names none of them."""
    if QuestionType.OVERLAP not in question_types(turn):
        return False
    rest = turn
    for name in sorted({name for names in places.names.values() for name in names}, key=len, reverse=True):
        rest = rest.replace(name.lower(), "") if len(name) > 1 else rest
    return not _SIGNS.sub("", patterns("overlap")["bare"].sub("", rest))


def say_rules_of_said(reading: Reading, corpus: Corpus, clauses: Sequence[Clause], *, both: bool) -> Draft | None:
    """The rule of each document that grants what was said, or that it prints none; a verdict only where one rule holds for all.

    ``both`` says that it is asked whether both may be had, not which of two rules prevails. None where nothing was said.
    """
    granting = [clause for clause in clauses if any(_is_money(one.unit) for one in clause.figures)] or list(clauses)
    documents = list(dict.fromkeys(corpus.document_of(clause) for clause in granting))[:MOST_DOCUMENTS]
    if not documents:
        return None
    rules = {document: next(rules_of(document, corpus, None), None) for document in documents}
    printed = [rule for rule in rules.values() if rule is not None]
    draft = Draft(reading.language, corpus)
    if not printed or asks_across(reading, corpus, documents):
        _say_none_across(draft, documents, is_any=bool(printed))
    elif both and (text := words_of_rule(*printed[0], reading)):
        draft.say(text, (draft.cite(*printed[0], "answer"),), SentenceRole.VERDICT)
    for clause, sentence in printed:
        _quote(draft, clause, sentence)
    return draft if draft.sentences else None


def asks_across(reading: Reading, corpus: Corpus, documents: Sequence[PolicyDocument]) -> bool:
    """Whether it is asked of several levels: they granted it, or the turn names several, or another one than granted it."""
    levels = {document.level for document in documents if document.level}
    held = {document.level for document in corpus.documents if document.level}
    named = {level for level in held if speaks_of_level(reading.last, level)}
    return len(levels | named) > 1 or patterns("overlap")["levels"].search(reading.last) is not None


def _is_money(unit: str) -> bool:
    return unit.partition("/")[0] in MONEY_OR_SHARE


def _say_none_across(draft: Draft, documents: Sequence[PolicyDocument], *, is_any: bool) -> None:
    titles = "》《".join(document.title for document in documents)
    key = "no_overlap_rule_across" if is_any else "no_overlap_rule"
    draft.sentences.append(AnswerSentence(said(key, draft.language, titles), (), (), role=SentenceRole.HEDGE))


def _quote(draft: Draft, clause: Clause, sentence: Span) -> None:
    text = "".join(sentence.of(clause.text).split("\n"))
    draft.say(f"{label_of(clause, text, draft.language)}{text}", (draft.cite(clause, sentence, "answer"),))
