"""The steps of a procedure as printed: one sentence an article, in the order of the document, each with who acts."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

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
FEWEST_STEPS, MOST_STEPS = 3, 7
MOST_CLAUSES = 20  # of a document whose steps are looked for in all of it
SHORTEST_SUBJECT = 4  # characters that name a document: 病残津贴
FEWEST_ACTS = 2  # of applying, examining, deciding, that a sentence names for it to be a step
LONGEST_STEP = 220  # characters
_Step = tuple[Clause, Span]


def steps_in_order(reading: Reading, hits: Sequence[Hit], corpus: Corpus, *, of_its_own: bool = False) -> Draft | None:
    """The steps that the document found for the question prints, in its order; None where it prints fewer than three.

    Of a document about nothing but what is asked they are looked for in all of it, of another in the clauses found, unless
    only one ``of_its_own`` will do.
    """
    first = hits[:MOST_HITS]
    if not first or (reading.levels and first[0].clause.level not in reading.levels):
        return None
    document = corpus.document_of(first[0].clause)
    if sum(hit.clause.document == first[0].clause.document for hit in first) < FEWEST_STEPS:
        return None
    named = " ".join((reading.last, *reading.also))  # of a question in English what policies call it
    asked, found = terms_of(f"{reading.text} {named}"), {hit.clause.id for hit in hits}
    clauses = [clause for clause in corpus.clauses_of(document) if clause.role is Role.ITEM]
    is_its_own = len(clauses) <= MOST_CLAUSES and bool(_subject(named, document.title))
    if of_its_own and not is_its_own:
        return None
    steps = [
        (clause, span)
        for clause in clauses
        if is_its_own or clause.id in found
        for span in _steps(clause, frozenset() if is_its_own else asked)
    ]
    if len(steps) < FEWEST_STEPS:
        return None
    kept = _kept(steps)
    draft = Draft(reading.language, corpus)
    draft.kind = AnswerKind.ANSWER
    for clause, span in kept:
        text = span.of(clause.text).strip()
        label = "" if draft.sentences else label_of(clause, text, draft.language)
        draft.say(f"{label}{text}", (draft.cite(clause, span, "answer"),))
    if len(draft.sentences) < FEWEST_STEPS:
        return None
    order = said("in_printed_order", draft.language)
    draft.sentences.insert(0, AnswerSentence(order, (), (), role=SentenceRole.VERDICT))
    return draft


def _subject(asked: str, title: str) -> str:
    """The longest run of characters that the question has of the title; "" where it is too short to name it."""
    match = SequenceMatcher(None, asked, title, autojunk=False).find_longest_match()
    return asked[match.a : match.a + match.size] if match.size >= SHORTEST_SUBJECT else ""


def _kept(steps: Sequence[_Step]) -> list[_Step]:
    """The strongest sentence of every article, then others as far as there is room, in the order printed."""
    by_strength = sorted(steps, key=_strength, reverse=True)
    first = list({clause.id: (clause, span) for clause, span in reversed(by_strength)}.values())
    more = [step for step in by_strength if step not in first]
    kept = [*sorted(first, key=_strength, reverse=True), *more][:MOST_STEPS]
    return sorted(kept, key=steps.index)


def _strength(step: _Step) -> tuple[int, int]:
    """How many different acts a sentence names, then how many in all."""
    said_of = _steps_said(step[1].of(step[0].text))
    return len(set(said_of)), len(said_of)


def _steps(clause: Clause, asked: frozenset[str]) -> list[Span]:
    """The sentences of an article that say what is done and by whom, about what is ``asked`` where that is given."""
    return [
        span
        for sentence in split_sentences(clause.text)
        if len(span := without_label(clause.text, sentence)) <= LONGEST_STEP
        and len(set(_steps_said(span.of(clause.text)))) >= FEWEST_ACTS
        and asked_words().asks_for("acts", span.of(clause.text))
        and not asked_words().asks_for("no_step", span.of(clause.text))
        and (not asked or asked & terms_of(span.of(clause.text)))
    ]


def _steps_said(text: str) -> list[str]:
    return asked_words().asks["step_said"].findall(text)
