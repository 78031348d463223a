"""The steps of a procedure as printed: one sentence an article, in the order of the document, each with who acts."""

from __future__ import annotations

from collections.abc import Sequence

from bot.compose.draft import Draft
from bot.compose.source_labels import label_of
from bot.evidence.passages_for_question import without_label
from bot.kinds.words import asked_words, said
from bot.text.term_overlap import terms_of
from bot.types import AnswerKind, AnswerSentence, SentenceRole
from bot.understand.reading import Reading
from index.types import Hit
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Corpus, Role, Span

MOST_HITS = 5  # clauses by which the document is chosen
FEWEST_STEPS, MOST_STEPS = 3, 5
FEWEST_ACTS = 2  # of applying, examining, deciding, that a sentence names for it to be a step
LONGEST_STEP = 220  # characters


def steps_in_order(reading: Reading, hits: Sequence[Hit], corpus: Corpus) -> Draft | None:
    """The steps that the document found for the question prints, in its order; None where it prints fewer than three."""
    first = hits[:MOST_HITS]
    if not first or (reading.levels and first[0].clause.level not in reading.levels):
        return None
    document = corpus.document_of(first[0].clause)
    if sum(hit.clause.document == first[0].clause.document for hit in first) < FEWEST_STEPS:
        return None
    asked, found = terms_of(reading.text), {hit.clause.id for hit in hits}
    steps = [
        (clause, span)
        for clause in corpus.clauses_of(document)
        if clause.role is Role.ITEM and clause.id in found and (span := _step(clause, asked)) is not None
    ]
    if len(steps) < FEWEST_STEPS:
        return None
    strength = {clause.id: len(asked & terms_of(clause.text)) for clause, _ in steps}
    kept = {one.id for one, _ in sorted(steps, key=lambda step: -strength[step[0].id])[:MOST_STEPS]}
    draft = Draft(reading.language, corpus)
    draft.kind = AnswerKind.ANSWER
    for clause, span in steps:
        if clause.id in kept:
            text = span.of(clause.text).strip()
            label = "" if draft.sentences else label_of(clause, text, draft.language)
            draft.say(f"{label}{text}", (draft.cite(clause, span, "answer"),))
    if len(draft.sentences) < FEWEST_STEPS:
        return None
    order = said("in_printed_order", draft.language)
    draft.sentences.insert(0, AnswerSentence(order, (), (), role=SentenceRole.VERDICT))
    return draft


def _step(clause: Clause, asked: frozenset[str]) -> Span | None:
    """The sentence of an article that says what is done and by whom."""
    found = [
        span
        for sentence in split_sentences(clause.text)
        if len(span := without_label(clause.text, sentence)) <= LONGEST_STEP
        and len(set(_steps_said(span.of(clause.text)))) >= FEWEST_ACTS
        and asked_words().asks_for("acts", span.of(clause.text))
        and asked & terms_of(span.of(clause.text))
    ]
    return max(found, key=lambda span: len(_steps_said(span.of(clause.text))), default=None)


def _steps_said(text: str) -> list[str]:
    return asked_words().asks["step_said"].findall(text)
