"""Which line of a guide answers: 申请材料：… for 要什么材料, 办理时限：… for 多久能办完. A label may also be a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.understand.reading import Reading
from ingest.structure.numbering import without_labels
from ingest.vocabulary.guides import kinds_of_label
from ingest.vocabulary.wordings import either

LONGEST_LABEL = 12  # characters of a heading that is a label: 申请材料目录
_LABEL = re.compile(rf"\s*[【\[]?([^，。；：:？?】\]\s]{{2,{LONGEST_LABEL}}})[】\]]?\s*[：:]")


@dataclass(frozen=True, slots=True)
class _Kind:
    """How people ask for one thing that guides say, and how guides label it."""

    asked: re.Pattern[str]
    label: re.Pattern[str]


_KINDS: Sequence[_Kind] = tuple(
    _Kind(re.compile(kind.pattern), re.compile(either(kind.label))) for kind in kinds_of_label()
)


def label_of_line(text: str) -> str | None:
    """The label a line begins with: 申请材料 of ``申请材料：…``."""
    match = _LABEL.match(text)
    return match[1] if match else None


def answers_by_label(reading: Reading, label: str | None) -> bool | None:
    """Whether what stands behind a label is asked for; None for a label that guides do not use, or without one."""
    known = [kind for kind in _KINDS if label is not None and kind.label.search(label)]
    if not known:
        return None
    return any(kind.asked.search(reading.last.lower()) for kind in known)


def heading_label(path: Sequence[str]) -> str | None:
    """The last heading above a clause when it is as short as a label: ``三、申请材料``."""
    last = without_labels(path[-1]).strip() if len(path) > 1 else ""
    return last if 2 <= len(last) <= LONGEST_LABEL else None
