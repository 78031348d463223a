"""What a printed cap limits: what one person brings, or all that is paid together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.match.sums.printed import figures_in
from ingest.vocabulary.talk import talk_words

_PARTS = re.compile(r"[，、；,;]")
_EACH_PERSON = re.compile(talk_words().each_person)
_OF_ALL = re.compile(talk_words().limit_of_all)
_OF_EACH_CASE = re.compile(talk_words().limit_of_one_case)
_MONEY = "元"


@dataclass(frozen=True, slots=True)
class Limits:
    """Sums in 元 beyond which nothing is paid; None: no such limit is printed."""

    one: Decimal | None = None  # for one person, or for what is paid where the cap does not say for whom
    whole: Decimal | None = None


def limits_of(cap: str | None) -> Limits:
    """The limits in the words of a cap. What limits a single case (单户) says nothing of the sum of several."""
    one: Decimal | None = None
    whole: Decimal | None = None
    for part in _PARTS.split(cap or ""):
        sums = [figure for figure in figures_in(part) if figure.unit == _MONEY and figure.upper is None]
        if len(sums) != 1 or _OF_EACH_CASE.search(part):
            continue
        if _OF_ALL.search(part) and not _EACH_PERSON.search(part):
            whole = whole or sums[0].value
        else:
            one = one or sums[0].value
    return Limits(one, whole)
