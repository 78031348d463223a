"""What a draft changes, kept beside the draft until it is measured again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.studies.impact import Impact
from ingest.types import Corpus

IMPACT_FOLDER = "impact"  # beside the texts of the draft
FILE = "kept.json"


@dataclass(frozen=True, slots=True)
class KeptImpact:
    """What a draft changes, of which state of it, and against which version."""

    fingerprint: str
    made_at: datetime
    impact: Impact

    def is_stale(self, fingerprint: str, serving: Corpus) -> bool:
        """Whether the draft, or what serves, is another one than was measured."""
        return self.fingerprint != fingerprint or self.impact.before != serving.digest


_KEPT = TypeAdapter(KeptImpact)


def keep_impact(folder: Path, kept: KeptImpact) -> None:
    """Keep it in place of the one before."""
    (folder / FILE).write_bytes(_KEPT.dump_json(kept))


def kept_impact(folder: Path) -> KeptImpact | None:
    """The one kept; None when there is none that can be read."""
    with suppress(OSError, ValidationError):
        return _KEPT.validate_json((folder / FILE).read_bytes())
    return None
