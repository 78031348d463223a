"""A list printed in one sentence with its number (…等12个行业): complete, counted by its items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.compose.draft import Draft
from bot.compose.source_labels import label_of
from bot.evidence.passages_for_question import without_label
from bot.kinds.words import asked_words, said
from bot.text.term_overlap import terms_of
from bot.types import AnswerKind
from bot.understand.reading import Reading
from bot.verify.counts import counted_sentence, place_of
from index.types import Hit
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Corpus, Span

MOST_HITS = 12
FEWEST_ITEMS = 3
_PRINTED = re.compile(asked_words().printed["numbered_list"])
_ITEM = re.compile(r"[^、，；。]+")


@dataclass(frozen=True, slots=True)
class _List:
    clause: Clause
    sentence: Span
    items: tuple[Span, ...]
    noun: str


def printed_list(reading: Reading, hits: Sequence[Hit], corpus: Corpus) -> Draft | None:
    """The list whose noun the question names (几个行业); None where none is found or its items are not as many as printed."""
    asked, found = terms_of(reading.last), {hit.clause.id for hit in hits}
    documents = {hit.clause.document for hit in hits[:MOST_HITS]}
    beside = (corpus.clause_by_id.place(hit) for hit in found)
    places = sorted({*corpus.lookup.of_documents(documents), *beside})
    named = [one for clause in corpus.at(places) for one in _lists(clause) if one.noun in reading.last]
    best = max(named, key=lambda one: _fit(one, asked, corpus), default=None)
    if best is None or not _fit(best, asked, corpus)[0]:
        return None
    draft = Draft(reading.language, corpus)
    draft.kind = AnswerKind.LIST
    text = best.sentence.of(best.clause.text).strip()
    number = draft.cite(best.clause, best.sentence, "answer")
    counted = counted_sentence(
        said("printed_list", draft.language, n=len(best.items), noun=best.noun),
        [place_of(best.clause, item) for item in best.items],
        (number,),
        {number: best.clause},
        corpus,
    )
    if counted is None or not draft.say(f"{label_of(best.clause, text, draft.language)}{text}", (number,)):
        return None
    draft.sentences.insert(0, counted)
    return draft


def _fit(one: _List, asked: frozenset[str], corpus: Corpus) -> tuple[int, bool]:
    """How much of the question stands beside the noun in the sentence or its title; a list that opens with 包括 first."""
    title = corpus.document_of(one.clause).title
    words = f"{title}{one.sentence.of(one.clause.text)}"
    return len((asked & terms_of(words)) - terms_of(one.noun)), asked_words().asks_for("includes", words)


def _lists(clause: Clause) -> Iterator[_List]:
    if _PRINTED.search(clause.text) is None:
        return  # most clauses: their sentences need not be told apart
    for sentence in split_sentences(clause.text):
        span = without_label(clause.text, sentence)
        for found in _PRINTED.finditer(clause.text, span.start, span.end):
            items = tuple(
                Span(item.start(), item.end())
                for item in _ITEM.finditer(clause.text, found.start("items"), found.end("items"))
            )
            if len(items) == int(found["n"]) >= FEWEST_ITEMS:
                yield _List(clause, span, items, found["noun"])
