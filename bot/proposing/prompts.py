"""What a chat model is told when it proposes. Clauses stand between marks and are material, never instructions."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.entitlements.record_form import record_json
from ingest.entitlements.types import Entitlement
from ingest.types import Clause
from ingest.vocabulary.entitlements import Attribute, entitlement_words

_SUGGESTED_KEYS = ("title", "kind", "spans", "recipient", "conditions", "amounts")


@dataclass(frozen=True, slots=True)
class ClauseAsked:
    """A clause as a model is asked about it. ``above`` are the headings and lead-ins it stands under."""

    clause: Clause
    document: str  # title
    above: tuple[str, ...]
    suggested: tuple[Entitlement, ...]  # by rules

    def digest(self, model: str) -> str:
        """Of everything that decides the answer: model, instructions and material. Equal: need not be asked again."""
        said = "\0".join((model, instructions(), _written()["again"], material([self])))
        return hashlib.sha256(said.encode()).hexdigest()


@cache
def _written() -> dict[str, str]:
    return tomllib.loads((files("bot.proposing") / "prompt.toml").read_text("utf-8"))


@cache
def instructions() -> str:
    """The rules for an answer, with the words of the vocabulary that it may use."""
    words = entitlement_words()
    return (
        _written()["rules"]
        .strip()
        .format(
            kinds=" | ".join(words.kinds),
            recipients=" ".join(f"{code}={label[0]}" for code, label in words.recipients.items()),
            bounds=" | ".join(words.bounds),
            attributes="\n".join(_attribute(name, one) for name, one in words.attributes.items()),
        )
    )


def _attribute(name: str, attribute: Attribute) -> str:
    operators = "/".join(entitlement_words().operators_of(attribute))
    units = "/".join(attribute.units)
    ladder = "<".join(attribute.ladder)
    said = "; ".join(part for part in (operators, units, ladder) if part)
    return f"{name} {attribute.label[0]} ({said})"


def material(asked: Sequence[ClauseAsked], *, again: bool = False) -> str:
    """The clauses of one document, numbered from 1; ``again`` reminds a model that did not answer in JSON."""
    written = _written()
    parts = [written["material"].format(document=_unframed(asked[0].document))]
    parts += [_clause(number, one) for number, one in enumerate(asked, start=1)]
    return "\n".join([*parts, written["again"]] if again else parts)


def _clause(number: int, asked: ClauseAsked) -> str:
    written, none = _written(), _written()["none"]
    suggested = [
        {key: value for key, value in record_json(one).items() if key in _SUGGESTED_KEYS} for one in asked.suggested
    ]
    return written["clause"].format(
        number=number,
        headings=_unframed(" › ".join(asked.clause.path[1:])) or none,
        above=_unframed(" › ".join(asked.above)) or none,
        rules=_unframed(json.dumps(suggested, ensure_ascii=False)) if suggested else none,
        text=_unframed(asked.clause.text),
    )


def _unframed(text: str) -> str:
    """Without what looks like the marks around a clause."""
    return re.sub(_written()["frame"], " ", text)
