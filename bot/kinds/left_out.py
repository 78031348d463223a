"""Who is left out, as printed: the sentences of a document that exclude, wherever in it they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.compose.draft import Draft
from bot.compose.source_labels import label_of
from bot.evidence.passages_for_question import without_label
from bot.kinds.words import asked_words, said
from bot.text.term_overlap import terms_of
from bot.types import AnswerSentence, SentenceRole
from bot.understand.reading import Reading
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Role, Span

MOST_LEFT_OUT = 3  # sentences
MOST_BESIDE = 2  # of what answered without them
LONGEST = 160  # characters of a sentence
AS_MUCH = 0.4  # of the question's terms that the lead says, for a clause of another document to be on the same


def asks_who_is_left_out(reading: Reading) -> bool:
    """谁不能享受, 哪些企业不适用; not 我能不能享受."""
    words, text = asked_words(), reading.last
    return words.asks_for("excluded", text) and words.asks_for("who", text) and not words.asks_for("yes_no", text)


def say_left_out_first(draft: Draft, reading: Reading, near: Sequence[Clause] = ()) -> None:
    """Put what the document of the lead prints as left out in front, else what the clauses ``near`` print of the same thing.

    Said is that nothing of the kind is printed only where neither has it.
    """
    if not draft.sentences or not draft.clauses or not asks_who_is_left_out(reading):
        return
    document = draft.corpus.document_of(draft.clauses[0])
    asked, cited = terms_of(reading.text), {clause.id for clause in draft.clauses}
    found = [
        (clause, span)
        for clause in draft.corpus.clauses_of(document)
        for span in _excluding(clause)
        if clause.id in cited or (clause.role is not Role.CATALOGUE and asked & terms_of(span.of(clause.text)))
    ]
    near = [one for one in near if not reading.levels or one.level in reading.levels]
    found = found or list(_of_the_same(draft.clauses[0], near, asked))
    found.sort(key=lambda pair: -len(asked & terms_of(pair[1].of(pair[0].text))))
    before = list(draft.sentences)
    kept = [one for one in before if asked_words().asks_for("printed_exclusion", one.text)]
    for clause, span in found[:MOST_LEFT_OUT]:
        text = span.of(clause.text).strip()
        if not any(text in sentence.text for sentence in before):
            draft.say(f"{label_of(clause, text, draft.language)}{text}", (draft.cite(clause, span, "answer"),))
    new = draft.sentences[len(before) :]
    if new:
        draft.sentences[:] = [*kept, *new, *[one for one in before if one not in kept][:MOST_BESIDE]]
    elif not kept and not any(one.role is SentenceRole.HEDGE for one in before):
        words = said("no_exclusion", draft.language)
        draft.sentences[:] = [AnswerSentence(words, (), (), role=SentenceRole.HEDGE), *before[:MOST_BESIDE]]


def _of_the_same(lead: Clause, near: Sequence[Clause], asked: frozenset[str]) -> Iterator[tuple[Clause, Span]]:
    """The excluding sentences of other documents that share with the question a good part of what the lead shares with it."""
    least = AS_MUCH * len(asked & terms_of(lead.text))
    for clause in near:
        if clause.document == lead.document or clause.role is Role.CATALOGUE:
            continue
        yield from (
            (clause, span) for span in _excluding(clause) if len(asked & terms_of(span.of(clause.text))) >= least
        )


def _excluding(clause: Clause) -> Iterator[Span]:
    """The sentences of a clause that exclude somebody or something."""
    for sentence in split_sentences(clause.text):
        span = without_label(clause.text, sentence)
        if len(span) <= LONGEST and asked_words().asks_for("printed_exclusion", span.of(clause.text)):
            yield span
