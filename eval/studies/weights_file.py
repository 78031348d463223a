"""Learned weights of sentences, written into the file that the bot reads; what people wrote in it stays."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import tomlkit
from tomlkit.items import Table

from bot.evidence.weights import EVIDENCE_WEIGHTS, read_weights
from ingest.errors import EvaluationUnusable


def write_weights(to: Path, weights: Mapping[str, float], made: Mapping[str, object]) -> None:
    """Write ``weights`` to ``to``: the file in use with its remarks and held weights, its learned ones set anew.

    ``made`` says how they came about. The file is written aside, checked as the bot checks it, then switched; a reader
    never sees half of it. Raises EvaluationUnusable when it cannot be written, UnusableInput when it would be faulty.
    """
    document = tomlkit.parse(EVIDENCE_WEIGHTS.read_text("utf-8"))
    learned = cast("dict[str, object]", document["learned"])
    learned.update({name: weights[name] for name in learned})
    document["made"] = _table(made)
    aside = to.with_name(f".{to.name}.{os.getpid()}")
    try:
        aside.write_text(document.as_string(), encoding="utf-8")
        read_weights(aside)
        aside.replace(to)
    except OSError as error:
        raise EvaluationUnusable("eval.weights_cannot_be_written", to=to, reason=error.strerror) from error
    finally:
        aside.unlink(missing_ok=True)


def _table(values: Mapping[str, object]) -> Table:
    table = tomlkit.table()
    for key, value in values.items():
        if isinstance(value, Mapping):
            inline = tomlkit.inline_table()
            for name, number in cast("Mapping[str, object]", value).items():
                inline[name] = number
            table[key] = inline
        else:
            table[key] = value
    return table
