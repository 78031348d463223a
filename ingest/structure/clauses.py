"""Walks the outline and cuts clauses: the smallest parts that can be quoted on their own.

An article with all its paragraphs and （一）… is one clause, as law is quoted; in a policy the clause is
the deepest of 一、（一）1.; what stands below that, （1） and ①, stays inside and is listed as an enumeration.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.structure.body import Body
from ingest.structure.clause_drafts import Cut, Draft, DraftDocument
from ingest.structure.sections import DOCUMENT, LEVEL, PART, STUB, Section
from ingest.types import Paragraph, Role, TableRow


def cut_clauses(root: Section, paragraphs: Sequence[Paragraph], rows: Mapping[int, TableRow] | None = None) -> Cut:
    """Cut an outline into documents and clause drafts. ``rows`` are the paragraphs that are rows of a table."""
    walker = _Walker(paragraphs, rows or {})
    walker.container(root, (), None, None)
    return Cut(tuple(walker.documents), tuple(walker.headings))


class _Walker:
    def __init__(self, paragraphs: Sequence[Paragraph], rows: Mapping[int, TableRow]) -> None:
        self.paragraphs = paragraphs
        self.rows = rows
        self.documents: list[DraftDocument] = []
        self.headings: list[tuple[int, str]] = []

    def text(self, number: int) -> str:
        return self.paragraphs[number].text

    def container(self, section: Section, above: tuple[str, ...], part: str | None, level: str | None) -> None:
        """Parts and levels: walk to the documents; what stands there without one is the compiler's own."""
        own_text: list[int | Section] = []
        for entry in section.entries:
            if isinstance(entry, int):
                own_text.append(entry)
            elif entry.kind == PART:
                self.headings.extend((number, PART) for number in entry.own)
                name = entry.label.printed if entry.label is not None else None
                self.container(entry, (*above, self._joined(entry)), name, None)
            elif entry.kind == LEVEL:
                self.headings.extend((number, LEVEL) for number in entry.own)
                skip = entry.label.length if entry.label is not None else 0
                self.container(entry, (*above, self._joined(entry)), part, self._joined(entry)[skip:])
            elif entry.kind in (DOCUMENT, STUB):
                self._document(entry, above, part, level)
            else:
                own_text.append(entry)
        if own_text:
            self._compiled(section, own_text, above, part, level)

    def _joined(self, section: Section) -> str:
        return "".join(self.text(number) for number in section.own)

    def _compiled(
        self,
        section: Section,
        entries: list[int | Section],
        above: tuple[str, ...],
        part: str | None,
        level: str | None,
    ) -> None:
        """The compiler's own text of a part: one document, nested documents taken out of it."""
        body = Body(self.paragraphs, self.rows, compiled=True)
        body.entries(entries, "", (), (), None, Role.ITEM)
        own = Section(DOCUMENT, [], None, section, entries)
        self.documents.append(
            DraftDocument(own, "compiled", above, part, level, tuple(body.drafts), tuple(body.headings))
        )
        for nested, path in body.nested:
            self._document(nested, (*above, *path), part, level)

    def _document(self, section: Section, above: tuple[str, ...], part: str | None, level: str | None) -> None:
        if section.kind == STUB:
            draft = Draft(tuple(section.own), "", ("stub",), (), Role.STUB, None)
            self.documents.append(DraftDocument(section, "stub", above, part, level, (draft,), ()))
            return
        body = Body(self.paragraphs, self.rows, compiled=False)
        body.headings.extend((number, DOCUMENT) for number in section.own)
        body.document(section)
        drafts = tuple(sorted(body.drafts, key=lambda draft: draft.paragraphs[0]))
        self.documents.append(DraftDocument(section, "policy", above, part, level, drafts, tuple(body.headings)))
        for nested, path in body.nested:
            self._document(nested, (*above, *path), part, level)
