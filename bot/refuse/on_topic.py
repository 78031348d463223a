"""Whether a question is about investment policy at all: the question beside short descriptions of subjects.

The descriptions name fields of life, not single questions. The embedding model compares; what counts is by how much
the nearest foreign subject is nearer than the nearest own one, since its cosines are all high.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.rankers.protocol import TextEncoder, Vectors
from ingest.vocabulary.refusals import subjects_of_questions

OWN_SUBJECTS = subjects_of_questions().own
FOREIGN_SUBJECTS = subjects_of_questions().foreign


@dataclass(frozen=True)
class Topics:
    """The subjects as vectors."""

    own: Vectors
    foreign: Vectors

    @classmethod
    def of(cls, encoder: TextEncoder) -> Topics:
        """Embeds the descriptions as passages: about half a second."""
        return cls(encoder.encode_passages(OWN_SUBJECTS), encoder.encode_passages(FOREIGN_SUBJECTS))

    def foreignness(self, question: Vectors) -> float:
        """Cosine with the nearest foreign subject less that with the nearest own one; above 0 leans off topic."""
        return float(np.max(self.foreign @ question) - np.max(self.own @ question))
