"""Labels, headings, titles and offices in the edition's English; what it does not have stays Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.editions.types import Edition
from ingest.entitlements.wording import squeezed
from ingest.structure.numbering import without_labels
from ingest.types import Clause

_HAN = re.compile(r"[\u3400-\u9fff]")
# "2. Heat prices", "(III) …", "I. …", "Article 3 …", "— Residents": without what numbers them.
_NUMBERED = re.compile(
    r"^\s*(?:[—–-]+|Part \w+:?|\(?[IVXLC\d]+[.)]\)?|Article \d+|Chapter \w+|Annex\s*\d*:?)\s*", re.IGNORECASE
)


def without_number(heading: str) -> str:
    """An English heading without what numbers it: "(II) Water" is Water."""
    return _NUMBERED.sub("", heading).strip()


def holds_chinese(text: str) -> bool:
    """Whether there are Chinese characters in it."""
    return _HAN.search(text) is not None


def labelled(label: str, heading: str) -> str:
    """A label with one heading more: 〔National〕 and 总则 are 〔National·总则〕."""
    return f"〔{'·'.join(part for part in (label.strip('〔〕'), heading) if part)}〕" if heading else label


def label_in_english(label: str, clauses: Sequence[Clause], edition: Edition) -> str:
    """A label such as 〔工业用地价格〕 with every heading that has English in English."""
    if not holds_chinese(label):
        return label
    known = {
        without_labels(heading.removeprefix("附件")).strip("。：: "): english
        for clause in clauses
        for heading in clause.path
        if (english := edition.headings.get(squeezed(heading)))
    }
    known |= {
        without_labels(clause.path[0]).strip("。：: "): title
        for clause in clauses
        if clause.path and (title := edition.titles.get(clause.document))
    }
    parts = [_heading(part, known) for part in label.strip("〔〕").split("·")]
    return f"〔{' · '.join(parts)}〕"


def _heading(part: str, known: dict[str, str]) -> str:
    english = known.get(without_labels(part).strip("。：: "))
    return without_number(english) if english else part


def office_in_english(office: str, edition: Edition) -> str:
    """An office in English with its Chinese name, which an applicant needs, behind it."""
    english = edition.names.get(office)
    return f"{english} ({office})" if english else office


def name_in_english(name: str, clause: Clause, edition: Edition) -> str:
    """A short name of a clause, which opens it or one of its headings, in English without a number; "" without English."""
    for heading in clause.path:
        english = edition.headings.get(squeezed(heading))
        if english and without_labels(heading).strip() == name:
            return without_number(english)
    first = next(iter(edition.sentences.get(clause.id, ())), None)
    if first is None:
        return ""
    _, found, behind = first.span.of(clause.text).partition(name)
    if found and behind.startswith(("：", ":")) and ":" in first.text:
        return without_number(first.text.partition(":")[0])
    if found and not behind.strip("。 \n"):
        return without_number(first.text).strip(" .")
    return ""
