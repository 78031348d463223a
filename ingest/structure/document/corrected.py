"""What the owner of a corpus says of a document, put in the place of what was read in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ingest.corpus_config import DocumentConfig, Unsaid
from ingest.types import NamedDocument, Validity


def told(said: DocumentConfig, fact: Unsaid, read: Any) -> Any:
    """What is said of a fact of a document; else what was read, unless the owner says that it was misread."""
    return getattr(said, fact) or (None if fact in said.unsaid else read)


def corrected_term(validity: Validity, said: DocumentConfig) -> Validity:
    """The printed term, but for what the owner says of it."""
    begins: date | None = told(said, "valid_from", validity.valid_from)
    ends: date | None = told(said, "valid_until", validity.valid_until)
    if said.valid_until is None and "valid_until" not in said.unsaid:
        return replace(validity, valid_from=begins) if begins != validity.valid_from else validity
    return replace(validity, valid_from=begins, valid_until=ends, undetermined=None, repealed=False)


def corrected_names(
    said: DocumentConfig, fact: Unsaid, names: Sequence[str], read: Iterable[NamedDocument]
) -> tuple[NamedDocument, ...]:
    """The documents that the owner names, else those read, unless the owner says that they were misread."""
    if names:
        return tuple(as_named(name) for name in names)
    return () if fact in said.unsaid else tuple(read)


def as_named(name: str) -> NamedDocument:
    """A document as corpus.toml names it: by 文号 or by title."""
    if re.search(r"\d\s*号$", name):
        return NamedDocument(None, name)
    return NamedDocument(name.strip("《》"), None)
