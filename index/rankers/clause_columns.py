"""What an index keeps of its clauses beside the rankers, so that opening it needs no look at any clause."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.rankers.filter_columns import Traits
from index.text.sentence_spans import Sentences

TRAITS, SENTENCES = "traits", "sentences"


@dataclass(frozen=True, slots=True)
class KeptOfClauses:
    """What else would be read off every clause."""

    traits: Traits
    sentences: Sentences

    def save(self, folder: Path) -> None:
        """Writes both into folders of their own."""
        for name, part in ((TRAITS, self.traits), (SENTENCES, self.sentences)):
            (folder / name).mkdir()
            part.save(folder / name)

    @classmethod
    def load(cls, folder: Path, clause_count: int) -> KeptOfClauses:
        """Reads them back; OSError or ValueError when they cannot be read or are of other clauses."""
        return cls(Traits.load(folder / TRAITS, clause_count), Sentences.load(folder / SENTENCES, clause_count))
