"""Where verbatim words stand in a document, whatever blanks a line wrap or a cell of a table put between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile

from ingest.entitlements.types import Place
from ingest.structure.numbering import Kind, read_label
from ingest.types import Clause, PolicyDocument, Role, Span

MOST_PLACES = 20  # nobody needs to know how often more common words stand
_BLANK = re.compile(r"\s+")


def squeezed(text: str) -> str:
    """The text without its blanks: equal for two printings of the same words."""
    return _BLANK.sub("", text)


@dataclass(frozen=True)
class _Squeezed:
    """A clause's text without its blanks, and where each character stands in the text itself."""

    clause: Clause

    @cached_property
    def text(self) -> str:
        return squeezed(self.clause.text)

    @cached_property
    def positions(self) -> tuple[int, ...]:
        return tuple(place for place, sign in enumerate(self.clause.text) if not sign.isspace())

    def find(self, words: str) -> Iterator[Span]:
        start = self.text.find(words)
        while start >= 0:
            yield Span(self.positions[start], self.positions[start + len(words) - 1] + 1)
            start = self.text.find(words, start + len(words))


class Wording:
    """The words of one document, or of all documents of one title."""

    def __init__(self, documents: Sequence[PolicyDocument], clauses: Sequence[Clause]) -> None:
        self.documents: Mapping[str, PolicyDocument] = {document.id: document for document in documents}
        self.clauses: Mapping[str, Clause] = {clause.id: clause for clause in clauses}
        self.order: Mapping[str, int] = {clause.id: number for number, clause in enumerate(clauses)}
        self._texts = tuple(_Squeezed(clause) for clause in clauses)

    @cached_property
    def _headings(self) -> tuple[str, ...]:
        titles = [document.title for document in self.documents.values()]
        paths = [heading for clause in self.clauses.values() for heading in clause.path]
        return tuple(squeezed(heading) for heading in dict.fromkeys((*titles, *paths)))

    def places(self, words: str) -> tuple[Place, ...]:
        """The places in the texts of clauses where the words stand, in the order of the source; the first MOST_PLACES."""
        wanted = squeezed(words)
        if not wanted:
            return ()
        found = (Place(text.clause.id, span) for text in self._texts for span in text.find(wanted))
        return tuple(islice(found, MOST_PLACES))

    def stand(self, words: str, near: Sequence[str] = ()) -> bool:
        """Whether the words stand in a clause or a heading; ``near`` are ids of clauses to look into first."""
        wanted = squeezed(words)
        if any(wanted in self._texts[self.order[clause]].text for clause in near):
            return True
        return any(wanted in text.text for text in self._texts) or any(wanted in line for line in self._headings)

    def above(self, clause: Clause, start: int = 0) -> tuple[str, ...]:
        """What the words from ``start`` in a clause stand under: headings, and lead-ins above it and inside it."""
        title = self.documents[clause.document].title
        inside = clause.path[clause.path.index(title) + 1 :] if title in clause.path else clause.path
        own = squeezed(clause.text)
        headings = tuple(heading for heading in inside if squeezed(heading) not in own)
        return (*headings, *self._lead_ins(clause), *_opened_above(clause.text, start))

    def _lead_ins(self, clause: Clause) -> tuple[str, ...]:
        found: list[str] = []
        row = clause.role in (Role.TABLE_ROW, Role.PRICE)
        parent = self.clauses.get(clause.parent) if clause.parent is not None else None
        while parent is not None and parent.text not in found:
            text = parent.text.rstrip()
            if row or text.endswith(("：", ":")):
                found.insert(0, text if row else re.split(r"[。；\n]", text)[-1])
            row = False
            parent = self.clauses.get(parent.parent) if parent.parent is not None else None
        return tuple(found)


@dataclass(frozen=True, slots=True)
class _LeadIn:
    """A lead-in inside a clause, and the kinds of numbers that end what it opens."""

    words: str
    ended_by: frozenset[Kind]


def _opened_above(text: str, start: int) -> tuple[str, ...]:
    """The lead-ins inside a clause that the words from ``start`` stand under, the outermost first.

    （二） ends what （一）…： opened, and so does every kind of number that stood above it; 1. does not. A number one right
    below a lead-in begins its list, whatever stood above. A lead-in without numbers above it holds to the clause's end.
    """
    lead_ins: list[_LeadIn] = []
    seen: set[Kind] = set()
    position, opens = 0, False
    for printed in text.split("\n"):
        line = printed.strip()
        label = read_label(line)
        if label is not None:
            lead_ins = _still_open(lead_ins, label.kind, begins=opens and label.value == 1)
        position += len(printed) + 1
        if position > start:
            break
        seen |= {label.kind} if label is not None else set()
        if opens := line.endswith(("：", ":")):
            lead_ins.append(_LeadIn(line, frozenset(seen)))
    return tuple(lead_in.words for lead_in in lead_ins)


def _still_open(lead_ins: list[_LeadIn], kind: Kind, *, begins: bool) -> list[_LeadIn]:
    """The lead-ins that a number of this kind stands under; ``begins`` says that it begins the list of the last one."""
    if begins:
        return [*lead_ins[:-1], _LeadIn(lead_ins[-1].words, lead_ins[-1].ended_by - {kind})]
    return list(takewhile(lambda lead_in: kind not in lead_in.ended_by, lead_ins))
