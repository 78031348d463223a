"""Classes and ranks a policy grades people by: A 类 … F 类, 一类 … 六类, degrees, professional ranks, prizes.

Only what a question or heading names is read; nothing is inferred from one scale to another
(旗 D 类 and 市 D 类 are different people).
"""

from __future__ import annotations

import re
from itertools import pairwise

from index.text.tiers import CLASS_LETTERS, CLASS_NUMBERS, letter_tiers, numbered_tiers
from ingest.vocabulary.grades import ranks_of_people

__all__ = [
    "CLASS_LETTERS",
    "CLASS_NUMBERS",
    "letter_tiers",
    "numbered_tiers",
    "ranks",
    "tiers_of",
    "with_classes_apart",
]

_RUN_OF_LETTERS = re.compile(r"(?<![a-zA-Z])(?P<run>[a-hA-H]{2,})(?=\s*类)")


_ENGLISH_LIST = re.compile(
    r"\b(?P<word>[Cc]lass|[Cc]ategory|[Cc]ategorie|[Cc]lasse)s?\s+(?P<list>[A-H](?:(?:,| and| or|, and) [A-H]\b)+)"
)


def with_classes_apart(text: str) -> str:
    """``text`` with classes written in one run spelt out: ABCD类 as A、B、C、D类, class E and F as class E and class F; not AAA."""
    text = _ENGLISH_LIST.sub(lambda found: re.sub(r"\b(?=[A-H]\b)", "class ", found["list"]), text)
    return _RUN_OF_LETTERS.sub(lambda found: "、".join(found["run"]) if _rises(found["run"]) else found["run"], text)


def _rises(letters: str) -> bool:
    return all(first < second for first, second in pairwise(letters.upper()))


def ranks(text: str) -> frozenset[str]:
    """Degrees and professional ranks named in ``text``."""
    return frozenset(rank.name for rank in ranks_of_people() if any(word in text for word in rank.words))


def tiers_of(text: str) -> frozenset[str]:
    """Every class and rank named in ``text`` (match form), as ``A``, ``一`` or 博士."""
    return letter_tiers(text) | numbered_tiers(text) | ranks(text)
