"""The documents that a question names: sentences of another one do not answer it."""

from __future__ import annotations

import re

from index.text.file_number import file_numbers
from index.text.titles import numbers_in
from ingest.normalise import match_form, title_form
from ingest.types import Corpus

_TITLE = re.compile(r"《([^《》]{4,})》")


def documents_asked(text: str, corpus: Corpus) -> frozenset[str]:
    """Ids of the documents that ``text`` names by their number or by their whole title in 《》."""
    titles = {match_form(title) for title in _TITLE.findall(text)}
    numbers = frozenset(file_numbers(text))
    if not (titles or numbers):
        return frozenset()
    return frozenset(
        document.id
        for document in corpus.documents
        if title_form(document.title) in titles
        or (document.number is not None and not numbers.isdisjoint(numbers_in(document.number)))
    )
