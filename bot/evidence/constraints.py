"""What a question limits its answer to: sentences of another document than the one it names are none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.evidence.candidates import Candidate
from bot.understand.reading import Reading
from index.text.file_number import file_numbers
from ingest.normalise import match_form
from ingest.types import Corpus

_TITLE = re.compile(r"《([^《》]{4,})》")


def documents_named(text: str, corpus: Corpus) -> frozenset[str]:
    """Ids of the documents that ``text`` names by their number or by their whole title in 《》."""
    titles = {match_form(title) for title in _TITLE.findall(text)}
    numbers = frozenset(file_numbers(text))
    return frozenset(
        document.id
        for document in corpus.documents
        if match_form(document.title) in titles
        or (document.number is not None and not numbers.isdisjoint(file_numbers(document.number)))
    )


def of_documents_named(reading: Reading, candidates: Sequence[Candidate], corpus: Corpus) -> list[Candidate]:
    """The candidates without those of other documents than the question names, where any is of one of them."""
    named = documents_named(reading.text, corpus)
    own = [candidate for candidate in candidates if candidate.clause.document in named]
    return own or list(candidates)
