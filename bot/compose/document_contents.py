"""The answer to a question for a document as a whole (22号文件的主要内容): what its measures say, the first words of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.compose.draft import Draft
from bot.compose.source_labels import label_of
from bot.understand.address_asked import hits_named
from bot.understand.reading import Reading
from index.types import Hit
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Corpus, PolicyDocument, Role, Span

MOST_MEASURES = 6  # that are said; how many there are stands beside them
SHORTEST_SENTENCE = 16  # characters; a shorter first sentence is a name of what follows: 一、支持企业升规。
_MEASURES = frozenset({Role.ITEM})


def documents_named(reading: Reading, hits: Sequence[Hit], corpus: Corpus) -> list[PolicyDocument]:
    """The documents that a question by itself calls by their number or title, asking for nothing but them.

    A notice brings what it issues: what is annexed to it carries its number.
    """
    if reading.carried.earlier:
        return []
    named = list(dict.fromkeys(corpus.document_of(hit.clause) for hit in hits_named(hits)))
    numbers = {document.number for document in named if document.number}
    return [one for one in corpus.documents if one in named or (one.number in numbers and one.kind == "policy")]


def compose_contents(reading: Reading, documents: Sequence[PolicyDocument], corpus: Corpus) -> Draft | None:
    """The first measures of the documents and how many clauses these have; None where nothing but a title is printed."""
    held = [clause for document in documents for clause in corpus.clauses_of(document) if clause.role in _MEASURES]
    chosen = list(_first_of_each(held, corpus))[:MOST_MEASURES]
    draft = Draft(reading.language, corpus)
    for clause in chosen:
        quote = _opening(clause)
        number = draft.cite(clause, quote, "answer")
        label = label_of(clause, clause.text, reading.language) if clause is chosen[0] else ""
        draft.say(f"{label}{quote.of(clause.text).strip()}", (number,))
    if len(draft.sentences) < len(held):
        draft.clauses_shown = (len(draft.sentences), len(held))
    return draft if draft.sentences else None


def _first_of_each(clauses: Sequence[Clause], corpus: Corpus) -> Iterator[Clause]:
    """All of a short document; of a longer one the first clause below each heading of its first rank."""
    if len(clauses) <= MOST_MEASURES:
        yield from clauses
        return
    for _, below in groupby(clauses, key=lambda clause: (clause.document, _heading(clause, corpus))):
        yield next(below)


def _heading(clause: Clause, corpus: Corpus) -> str:
    """What parts a document first: the heading right below its title, else the number of the clause itself."""
    title = corpus.document_of(clause).title
    below = clause.path[clause.path.index(title) + 1 :] if title in clause.path else ()
    return below[0] if below else clause.address


def _opening(clause: Clause) -> Span:
    """The first sentence of a clause that says something, from its beginning; a lead-in with what it opens."""
    end = 0
    for sentence in split_sentences(clause.text):
        end = sentence.end
        said = clause.text[:end].strip()
        if len(said) >= SHORTEST_SENTENCE and not said.endswith(("：", ":")):
            break
    return Span(0, end)
