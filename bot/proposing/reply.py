"""The reply of a model to several clauses: strict JSON, or it cannot be used."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from bot.llm.sentence_stream import without_first_thought
from ingest.entitlements.files import read_json
from ingest.errors import EntitlementsUnusable
from ingest.whole_characters import are_whole

RawRecord = Mapping[str, object]
"""A proposal as a model wrote it, without the number of its clause."""

_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*\Z", re.DOTALL)  # many models put their JSON into one
_LARGEST = 15  # digits before the point; no figure of a policy has as many
_NAME = "reply"


class ReplyUnreadable(ValueError):
    """A reply is no such JSON as was asked for."""


def read_reply(text: str, clauses: int) -> list[list[RawRecord]]:
    """The proposals for each of so many clauses, in their order.

    Raises ReplyUnreadable for anything but one JSON object whose ``records`` name clauses that were asked about.
    """
    text = without_first_thought(text)
    fenced = _FENCE.match(text)
    try:
        written = read_json((fenced[1] if fenced else text).encode(), _NAME)
        whole = json.dumps(written, ensure_ascii=False, default=_plain)
    except (EntitlementsUnusable, ValueError) as error:
        raise ReplyUnreadable("no JSON object") from error
    if not are_whole(whole):
        raise ReplyUnreadable("halves of characters")
    records = json.loads(whole).get("records")
    if not isinstance(records, list):
        raise ReplyUnreadable("no list of records")
    found: list[list[RawRecord]] = [[] for _ in range(clauses)]
    for record in cast("list[object]", records):
        given = cast("dict[str, object]", record) if isinstance(record, dict) else {}
        number = given.get("clause")
        if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= clauses:
            raise ReplyUnreadable("a record of no clause that was asked about")
        found[number - 1].append({key: value for key, value in given.items() if key != "clause"})
    return found


def _plain(value: object) -> int | float:
    """A number as JSON keeps it. Raises ValueError for one of absurd size."""
    if not isinstance(value, Decimal) or not value.is_finite() or value.adjusted() > _LARGEST:
        raise ValueError("no number that a policy has")
    return int(value) if value == value.to_integral_value() else float(value)
