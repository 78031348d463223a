"""A corpus many times over, in other words each time: for measuring, never for answering.

A copy exchanges the characters that are not among the most frequent ones, by a table of its own and the same throughout
the copy. Numbers, numbering, units and the words between the nouns stay, so that structure, figures, terms and spans are
those of a real text; the nouns are of no other copy, so that words, titles and posting lists grow as they do with texts.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.types import Benefit, Clause, Corpus, Figure, Heading, PolicyDocument, RowCell, SourceFile

KEPT = 350  # most frequent characters, which no copy exchanges
SHARE = 0.3  # of the other characters that a copy exchanges
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LAST_NUMBER = re.compile(r"\d+(?=\D*$)")
Table = Mapping[int, str]


@dataclass(frozen=True)
class Copies:
    """Copies of a corpus; number 0 is the corpus itself."""

    original: Corpus
    kept: frozenset[str]
    others: tuple[str, ...]  # characters that may be exchanged

    @classmethod
    def of(cls, corpus: Corpus) -> Copies:
        """Counts the characters of a corpus."""
        counts = Counter(sign for clause in corpus.clauses for sign in clause.text if _HAN.match(sign))
        ordered = [sign for sign, _ in counts.most_common()]
        return cls(corpus, frozenset(ordered[:KEPT]), tuple(ordered[KEPT:]))

    def skeleton(self, text: str) -> str:
        """What all copies of a text have in common."""
        return "".join(sign for sign in text if sign in self.kept or not _HAN.match(sign))

    def table(self, number: int) -> Table:
        """The characters that a copy exchanges."""
        draw = random.Random(number)
        chosen = draw.sample(self.others, int(SHARE * len(self.others))) if number else []
        return {ord(sign): other for sign, other in zip(chosen, chosen[1:] + chosen[:1], strict=True)}

    def corpus_of(self, count: int, clauses: Sequence[Clause]) -> Corpus:
        """The corpus of at least ``count`` clauses that :meth:`clauses` gives for as many."""
        numbers = range(self.copies_of(count))
        tables = [self.table(number) for number in numbers]
        original = self.original
        documents = [one for n in numbers for one in self._documents(n, tables[n])]
        return replace(
            original,
            digest=f"{original.digest[:32]}{count:032x}",
            clauses=clauses,
            documents=tuple(documents),
            sources=tuple(_source(one, n, tables[n]) for n in numbers for one in original.sources),
            headings=tuple(_heading(one, n, tables[n]) for n in numbers for one in original.headings),
            furniture={},
            doubts=(),
        )

    def copies_of(self, count: int) -> int:
        """How many copies hold so many clauses."""
        return -(-count // len(self.original.clauses))

    def clauses(self, count: int) -> Iterator[Clause]:
        """The clauses of as many copies as hold ``count``."""
        titles = {document.title for document in self.original.documents}
        for number in range(self.copies_of(count)):
            table = self.table(number)
            for clause in self.original.clauses:
                yield _clause(clause, number, table, titles) if number else clause

    def _documents(self, number: int, table: Table) -> Iterator[PolicyDocument]:
        for one in self.original.documents:
            yield _document(one, number, table) if number else one


def _mark(number: int, table: Table) -> str:
    """Two characters of a copy's own behind each title: no two documents of the same name."""
    signs = list(table.values())
    return f"{signs[number % len(signs)]}{signs[number // len(signs) % len(signs)]}"


def _clause(clause: Clause, number: int, table: Table, titles: set[str]) -> Clause:
    def said(text: str) -> str:
        return text.translate(table)

    def figure(one: Figure) -> Figure:
        return replace(one, text=said(one.text), period=one.period and said(one.period))

    mark = _mark(number, table)
    return replace(
        clause,
        id=f"{clause.id}.{number}",
        document=f"{clause.document}.{number}",
        source=f"{number}/{clause.source}",
        path=tuple(said(name) + mark * (name in titles) for name in clause.path),
        text=said(clause.text),
        parent=clause.parent and f"{clause.parent}.{number}",
        departments=tuple(map(said, clause.departments)),
        figures=tuple(map(figure, clause.figures)),
        benefits=tuple(
            Benefit(said(one.object), one.object_span, figure(one.figure), one.condition and said(one.condition))
            for one in clause.benefits
        ),
        cells=tuple(RowCell(cell.span, said(cell.head)) for cell in clause.cells),
    )


def _document(one: PolicyDocument, number: int, table: Table) -> PolicyDocument:
    return replace(
        one,
        id=f"{one.id}.{number}",
        source=f"{number}/{one.source}",
        title=one.title.translate(table) + _mark(number, table),
        part=one.part and one.part.translate(table),
        issuer=one.issuer and one.issuer.translate(table),
        number=one.number and _LAST_NUMBER.sub(lambda found: f"{int(found[0]) + 7 * number}", one.number),
        closing_rules=tuple(rule.translate(table) for rule in one.closing_rules),
        ended_by=one.ended_by and f"{one.ended_by}.{number}",
    )


def _source(one: SourceFile, number: int, table: Table) -> SourceFile:
    return replace(one, name=f"{number}/{one.name}", text=one.text.translate(table)) if number else one


def _heading(one: Heading, number: int, table: Table) -> Heading:
    if not number:
        return one
    return replace(
        one,
        source=f"{number}/{one.source}",
        text=one.text.translate(table),
        document=one.document and f"{one.document}.{number}",
    )
