"""The weights that make one score of the features of a sentence: read from a file once, and checked.

`python -m eval evidence-weights` learns them from question sets and writes the file.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, ValidationError

from ingest.errors import UnusableInput
from ingest.sentences import Sentence

EVIDENCE_WEIGHTS = Path(__file__).with_name("weights.toml")
GREATEST = 10.0  # points; the margins of :mod:`bot.evidence.selection` are below 1
MAKE = "Make the file anew: python -m eval evidence-weights SET…"

# Every feature that a sentence may have, and on which side it counts: what the question wants, or what it does not.
FOR, AGAINST = 1, -1
FEATURES: Mapping[str, int] = MappingProxyType(
    {
        "clause": FOR,  # score of its clause, as a share of the best one's
        "first_clause": FOR,
        "nearest_sentence": FOR,  # the one nearest the question in its clause
        "near": FOR,  # cosine with the question
        "covers": FOR,  # share of the question's words
        "covers_last": FOR,  # of those of the last turn
        "covers_fresh": FOR,  # of those that no turn before said, the headings counted in
        "covers_with_path": FOR,  # of all, the headings counted in
        "figure_wanted": FOR,
        "time_wanted": FOR,
        "office_wanted": FOR,
        "how_wanted": FOR,
        "means_wanted": FOR,
        "employer_wanted": FOR,
        "person_paid": AGAINST,
        "catalogue_unasked": AGAINST,
        "validity_wanted": FOR,
        "rule_wanted": FOR,
        "tier_here": FOR,
        "tier_in_path": FOR,
        "other_tier": AGAINST,
        "level_here": FOR,
        "other_level": AGAINST,
        "other_use": AGAINST,
        "other_good": AGAINST,
        "title_only": AGAINST,
        "offices_unasked": AGAINST,
        "preamble": AGAINST,
        "label_wanted": FOR,  # the label before it is asked for: 申请材料：… for 要什么材料
        "heading_wanted": FOR,  # the heading above it is such a label
        "label_unwanted": AGAINST,  # its label says something else
        "other_question": AGAINST,  # a bare yes or no to another question than the one asked
        "row_unasked": AGAINST,  # a row of a table that tells of something else than what is asked
    }
)


@dataclass(frozen=True, slots=True)
class EvidenceWeights:
    """Feature → points, those learned from questions and those held at a value set by hand."""

    learned: Mapping[str, float]
    held: Mapping[str, float]
    by_hand: Mapping[str, float]  # of the learned ones: where learning begins and what it is drawn to

    @property
    def all(self) -> dict[str, float]:
        """Every feature's weight, in the order of :data:`FEATURES`."""
        both = {**self.learned, **self.held}
        return {name: both[name] for name in FEATURES}


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    learned: dict[str, float]
    held: dict[str, float]
    by_hand: dict[str, float]
    made: dict[str, object] = {}  # how the learned ones came about; for readers


@cache
def weights_in_use() -> EvidenceWeights:
    """The weights that sentences are scored with, read at the first call. Raises UnusableInput for a faulty file."""
    return read_weights(EVIDENCE_WEIGHTS)


def read_weights(path: Path) -> EvidenceWeights:
    """The weights of a file. Raises UnusableInput when it is missing or faulty, with what is wrong and where."""
    try:
        file = _File.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnusableInput("bot.weights_cannot_be_read", path=path, reason=error) from error
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"]))
        raise UnusableInput("bot.weight_entry_wrong", path=path, where=where, reason=fault["msg"]) from error
    if fault := _fault_of(file):
        raise UnusableInput("bot.weights_unusable", path=path, fault=fault)
    return EvidenceWeights(*map(MappingProxyType[str, float], (file.learned, file.held, file.by_hand)))


def _fault_of(file: _File) -> Sentence | None:
    """What is wrong with the weights of a file, in one sentence; None when nothing is."""
    given = [*file.learned, *file.held]
    if unknown := [name for name in (*given, *file.by_hand) if name not in FEATURES]:
        return Sentence("bot.no_such_feature", name=unknown[0])
    if twice := [name for name in file.learned if name in file.held]:
        return Sentence("bot.weight_stands_twice", name=twice[0])
    if missing := [name for name in FEATURES if name not in given]:
        return Sentence("bot.weight_missing", name=missing[0])
    if apart := file.learned.keys() ^ file.by_hand.keys():
        return Sentence("bot.weight_without_its_like", name=min(apart))
    for name, weight in (*file.learned.items(), *file.held.items(), *file.by_hand.items()):
        if not (math.isfinite(weight) and 0 <= weight * FEATURES[name] <= GREATEST):
            least, most = (0, GREATEST) if FEATURES[name] == FOR else (-GREATEST, 0)
            return Sentence("bot.weight_too_great", name=name, least=least, most=most, weight=weight)
    return None
