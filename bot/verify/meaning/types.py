"""What is compared and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ingest.types import Clause, Validity


class Kind(StrEnum):
    """What differs."""

    FIGURE = "figure"  # a number that is printed nowhere, nor in the question, nor worked out of both
    NUMERAL = "numeral"  # an amount in words or of an unusual script that is printed nowhere
    BOUND = "bound"  # another limit: 最高 for 不低于, one added or dropped
    PERIOD = "period"
    CURRENCY = "currency"
    ROW = "row"  # a figure that is printed, of somebody or something else
    LIST = "list"  # figures or members of a list in another order or number
    WORD = "word"  # stands nowhere in what the sentence rests on
    WORDING = "wording"  # a single English word that is printed nowhere; withholds only where strictness is asked for
    NEGATION = "negation"
    MODALITY = "modality"  # 必须 for 鼓励, 可以 for 应当
    SCOPE = "scope"  # 所有, 只有 added
    PROCEDURE = "procedure"  # 自动, 无需申请 added
    COMBINATION = "combination"
    CONDITION = "condition"
    RELIEF = "relief"  # another relief, or of other years
    LEVEL = "level"  # another giver
    STANDING = "standing"  # 已到期, 长期有效 against what is known
    ORDER = "order"  # the same words the other way round
    NOTHING = "nothing"  # nothing of the sentence stands in the clauses
    VERIFIER = "verifier"  # the model that is asked besides does not believe it


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: as the sentence has it; ``printed`` what the clause has in its place, "" for nothing."""

    kind: Kind
    said: str
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A clause that is cited, with what is known of it.

    ``english`` are the sentences of the edition beside it, each with the Chinese that it stands for; ``told`` is what is
    known of its document besides: number, level, the days between which it holds, its closing rules.
    """

    clause: Clause
    title: str
    validity: Validity | None = None
    english: tuple[tuple[str, str], ...] = ()
    english_title: str = ""
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, all turns joined, and the day of asking."""

    text: str = ""
    day: date | None = None
