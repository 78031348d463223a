"""The answer to a question for a clause by its address: the whole clause, or which document is meant where several have it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.compose.draft import Draft
from bot.compose.phrases import phrase
from bot.compose.source_labels import label_of
from bot.types import Language, SentenceRole
from bot.understand.address_asked import AddressAsked, address_asked, bears_number, hits_named
from bot.understand.reading import Reading
from index.types import Hit
from ingest.normalise import match_form
from ingest.structure.sentences import split_sentences
from ingest.types import Corpus, Span

MOST_NAMED = 5  # documents that are named when the question is asked back


def named_hits(reading: Reading, hits: Sequence[Hit], corpus: Corpus) -> list[Hit]:
    """The clauses that a question calls by their address, as printed; none for a question without an address.

    Where the question names the level of some of them (市里的), or a turn before the last one their document, only those.
    """
    asked = address_asked(reading)
    if asked is None:
        return []
    named = hits_named(hits)
    if asked.in_last_turn and reading.carried.earlier:  # an article that a turn before asked for is told already
        named = [hit for hit in named if bears_number(hit.clause.address, asked)] or named
    named = [hit for hit in named if hit.clause.level in reading.levels] or named
    said = match_form(" ".join(reading.carried.earlier))
    return [hit for hit in named if match_form(corpus.document_of(hit.clause).title) in said] or named


def compose_named(reading: Reading, asked: AddressAsked, named: Sequence[Hit], corpus: Corpus) -> Draft | None:
    """The clause word for word, or the question back; None when something is asked of the clause."""
    titles = list(dict.fromkeys(corpus.document_of(hit.clause).title for hit in named))
    if not all(asked.asks_for_itself(title) for title in titles):
        return None
    draft = Draft(reading.language, corpus)
    if len({hit.clause.document for hit in named}) > 1:
        _ask_back(draft, named)
    else:
        for hit in named:
            _say_whole(draft, hit, first=hit is named[0])
    return draft if draft.sentences and not draft.withheld else None


def _say_whole(draft: Draft, hit: Hit, *, first: bool) -> None:
    clause = hit.clause
    number = draft.cite(clause, Span(0, len(clause.text)), "answer")
    label = label_of(clause, clause.text, draft.language) if first else ""
    for sentence in split_sentences(clause.text):
        draft.say(f"{label}{sentence.of(clause.text).strip()}", (number,))
        label = ""


def _ask_back(draft: Draft, named: Sequence[Hit]) -> None:
    """Name the documents that have such a clause and ask which is meant; each is cited, so that it can be read at once."""
    first = {hit.clause.document: hit for hit in reversed(named)}
    shown = [first[document] for document in dict.fromkeys(hit.clause.document for hit in named)][:MOST_NAMED]
    numbers = [draft.cite(hit.clause, Span(0, len(hit.clause.text)), "nearest") for hit in shown]
    joint = ", " if draft.language is Language.EN else "、"
    places = joint.join(f"《{draft.corpus.document_of(hit.clause).title}》{hit.clause.address}" for hit in shown)
    more = phrase("and_others", draft.language) if len(first) > MOST_NAMED else ""
    draft.say(phrase("which_document", draft.language).format(places=places + more), numbers, SentenceRole.QUESTION)
