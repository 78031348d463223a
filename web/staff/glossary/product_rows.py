"""The rows that come with the product, and what becomes of each in a corpus: used, switched off, or written anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.glossary.edit import GlossaryRow
from index.glossary.glossary import TABLES, product_glossary
from ingest.normalise import search_form


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One row of the product; ``own`` is the row of the corpus that counts in its place, which may be empty."""

    row: GlossaryRow
    own: GlossaryRow | None = None

    @property
    def is_off(self) -> bool:
        """True when the corpus switches it off."""
        return self.own is not None and not self.own.words


def product_rows(own: Sequence[GlossaryRow]) -> Iterator[ProductRow]:
    """Every row of the product in its order, beside the ``own`` rows of a corpus."""
    instead = {(row.table, search_form(row.spoken)): row for row in own}
    known = product_glossary()
    for table in TABLES:
        for spoken, words in getattr(known, table).items():
            yield ProductRow(GlossaryRow(table, spoken, words), instead.get((table, spoken)))
