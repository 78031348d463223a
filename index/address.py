"""Look-up of clauses by what they are called: document and article, title, 文号.

Fires only on an explicit name. "第十条" alone, or "20 条" of something, names no clause.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

import numpy as np

from index.ranker import Embed, Ranking, Shelf, Wording
from ingest.normalise import match_form
from ingest.numbering import parse_number
from ingest.types import Clause, PolicyDocument

# Scores on a scale of 0 to 1; fusion multiplies them so that EXACT comes before whatever is merely alike.
EXACT = 1.0  # document and article are named
NUMBERED = 0.25  # the document's 文号 is written out: its clauses come first, which of them is for the others to say
QUOTING = 0.15  # the clause itself cites that 文号
TITLED = 0.1  # the document's title is written out: a title may also be named only in passing
WINDOW = 30  # characters before an article number in which its document is named
LEAST_PAIRS = 2  # character pairs that a name must share with a title: 病残津贴 shares three
LEAST_SHARE = 0.6  # of the name's pairs that must stand in the title
SHORTEST_QUOTED_TITLE = 6  # characters of 《…》 that can stand for a longer title
ANNEX = "附件"
LIST_OF_MEASURES = "若干"

_CN = "〇零一二三四五六七八九十百两"
_NUMBER = rf"(\d{{1,3}}|[{_CN}]{{1,5}})"
_ARTICLE = re.compile(rf"第[(（]?{_NUMBER}[)）]?(?:条|项|点)")
_ITEM = re.compile(rf"[(（]{_NUMBER}[)）]|(?<![{_CN}\d]){_NUMBER}、")
_COMPONENT = re.compile(
    rf"第(?P<article>{_NUMBER[1:-1]})条|[（(](?P<bracket>{_NUMBER[1:-1]})[）)]|(?P<plain>{_NUMBER[1:-1]})[、.]"
)
_NAME_ENDS = re.compile(r"[,。;:?!、\s]")
_FILLERS = re.compile(
    r"按照|根据|依据|请问|查一下|看一下|里面|里头|这份|这个|那个|那份|规定|的|里|中|在|这|那|《|》|“|”|\""
)
_COUNTED_NAME = re.compile(r"(\d{1,3})条")
_TITLE_IN_MARKS = re.compile(r"《([^》]+)》")
_YEAR = rf"(?:19|20)\d{{2}}|[{_CN}]{{4}}"
_FILE_NUMBER = re.compile(
    rf"([\u4e00-\u9fff]{{1,12}}?)\s*[〔\[(【{{]?({_YEAR})[〕\])】}}]?年?第?({_NUMBER[1:-1]}|\d{{4}})号"
)
_SHORT_FILE_NUMBER = re.compile(r"(?<!\d)(\d{2,4})号(?:文|公告)")


@dataclass(frozen=True, slots=True)
class FileNumber:
    """A 文号 in one spelling. ``issuer`` is what stands before the year: 国发, 内工信经运字."""

    issuer: str
    year: int
    number: int

    def matches(self, other: FileNumber) -> bool:
        """True when both mean one document; words before the issuer (请问国发…) do no harm."""
        same = self.year == other.year and self.number == other.number
        return same and (self.issuer.endswith(other.issuer) or other.issuer.endswith(self.issuer))


class AddressLookup:
    """Ranks first the clauses that a question names outright; silent on every other question."""

    name: ClassVar[str] = "address"

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._documents = tuple(dict.fromkeys(shelf.documents))
        self._positions: dict[str, list[int]] = {document.id: [] for document in self._documents}
        for position, clause in enumerate(shelf.clauses):
            self._positions[clause.document].append(position)
        self._titles = {document.id: match_form(document.title) for document in self._documents}
        self._numbers = {d.id: found for d in self._documents if (found := file_numbers(d.number or ""))}
        self._cited = [(i, found) for i, c in enumerate(shelf.clauses) if (found := file_numbers(c.text))]
        self._items = {d.id: self._items_of(d) for d in self._documents}

    @classmethod
    def build(cls, shelf: Shelf, embed: Embed) -> Self:
        """Everything needed stands in the clauses."""
        del embed
        return cls(shelf)

    def save(self, folder: Path) -> None:
        """Nothing to keep: addresses are read anew from the clauses in milliseconds."""

    @classmethod
    def load(cls, folder: Path, shelf: Shelf) -> Self:
        """As :meth:`build`."""
        del folder
        return cls(shelf)

    def rank(self, wording: Wording, limit: int) -> Ranking:
        """The clauses named by any part of the query, each with the best reason for it."""
        scores = np.zeros(len(self._shelf.clauses), np.float32)
        for part in wording.parts:
            for position, score in self._named(part.text):
                scores[position] = max(scores[position], score)
        return Ranking.best_of(scores, limit, above=0.0)

    def _named(self, text: str) -> list[tuple[int, float]]:
        plain = match_form(text)
        found = [(position, EXACT) for position in self._by_article(plain)]
        found += self._by_file_number(plain)
        found += [(p, TITLED) for document in self._by_title(plain) for p in self._positions[document]]
        return found

    # ── Document and article ──

    def _by_article(self, plain: str) -> list[int]:
        found: list[int] = []
        for match in (*_ARTICLE.finditer(plain), *_ITEM.finditer(plain)):
            number = parse_number(match[1] or match[2])
            document = self._document_named(plain[max(0, match.start() - WINDOW) : match.start()])
            if number is not None and document is not None:
                found += self._items[document].get(number, ())
        return found

    def _document_named(self, before: str) -> str | None:
        """The document whose name ends right before an article number: 病残津贴办法, 市30条, 《…暂行办法》."""
        name = _NAME_ENDS.split(before)[-1]
        if counted := _COUNTED_NAME.search(name):
            return self._document_of_length(int(counted[1]), self._levels_in(name[: counted.start()]))
        pairs = _pairs(_FILLERS.sub("", name))
        shared = Counter({d: len(pairs & _pairs(title)) for d, title in self._titles.items()}).most_common(2)
        if not shared or shared[0][1] < max(LEAST_PAIRS, LEAST_SHARE * len(pairs)):
            return None
        is_tie = len(shared) > 1 and shared[1][1] == shared[0][1]
        return None if is_tie else shared[0][0]

    def _levels_in(self, name: str) -> frozenset[str]:
        spelled_out = {document.level for document in self._documents if document.level and document.level in name}
        return self._shelf.glossary.levels_named(name) | spelled_out

    def _document_of_length(self, count: int, levels: frozenset[str]) -> str | None:
        """The only document whose items run from 1 to ``count``: people call a list of thirty measures "30条"."""
        fitting = [
            document
            for document in self._documents
            if self._items[document.id] and max(self._items[document.id]) == count
            if not levels or document.level in levels
        ]
        if len(fitting) > 1:  # a plan of thirty points is seldom called "30条", 若干措施 and 若干政策 are
            fitting = [document for document in fitting if LIST_OF_MEASURES in document.title]
        return fitting[0].id if len(fitting) == 1 else None

    def _items_of(self, document: PolicyDocument) -> Mapping[int, list[int]]:
        """Clauses by article number, or, where a document has no articles, by the numbering that runs on through it."""
        clauses = [(p, self._shelf.clauses[p]) for p in self._positions[document.id]]
        main = [(p, c) for p, c in clauses if not c.address.startswith(ANNEX)]
        if articles := _numbered(main, "article"):
            return articles
        running = [items for kind in ("plain", "bracket") if _runs_on(items := _numbered(main, kind))]
        return max(running, key=len, default=dict[int, list[int]]())

    # ── 文号 and title ──

    def _by_file_number(self, plain: str) -> list[tuple[int, float]]:
        asked = file_numbers(plain)
        own = [d for d, numbers in self._numbers.items() if any(a.matches(n) for a in asked for n in numbers)]
        if not asked and (short := _SHORT_FILE_NUMBER.search(plain)):
            own = [d for d, numbers in self._numbers.items() if int(short[1]) in {n.number for n in numbers}]
        cited = [p for p, numbers in self._cited if any(a.matches(n) for a in asked for n in numbers)]
        return [(p, NUMBERED) for d in own for p in self._positions[d]] + [(p, QUOTING) for p in cited]

    def _by_title(self, plain: str) -> list[str]:
        whole = [d for d, title in self._titles.items() if title and title in plain]
        for quoted in _TITLE_IN_MARKS.findall(plain):
            if len(quoted) >= SHORTEST_QUOTED_TITLE:
                whole += [d for d, title in self._titles.items() if quoted in title]
        return whole


def file_numbers(text: str) -> list[FileNumber]:
    """Every 文号 of a text, whatever its brackets, blanks and numerals: 国发〔2023〕11号 = 国发[2023] 十一号."""
    found: list[FileNumber] = []
    for issuer, year, number in _FILE_NUMBER.findall(match_form(text)):
        year_value, number_value = parse_number(year), parse_number(number)
        if year_value is not None and number_value is not None:
            found.append(FileNumber(issuer, year_value, number_value))
    return found


def _numbered(clauses: Sequence[tuple[int, Clause]], kind: str) -> dict[int, list[int]]:
    """Clauses by the number of this kind in their address; those below an item belong to its number."""
    items: dict[int, list[int]] = {}
    for position, clause in clauses:
        numbers = [parse_number(m[kind]) for m in _COMPONENT.finditer(clause.address) if m[kind]]
        if numbers and (value := numbers[-1] if kind == "plain" else numbers[0]) is not None:
            items.setdefault(value, []).append(position)
    return items


def _runs_on(items: Mapping[int, list[int]]) -> bool:
    """True when the numbers are 1, 2, 3 … and the clauses of each stand together: a numbering that never restarts."""
    if not items or sorted(items) != list(range(1, len(items) + 1)):
        return False
    firsts = [items[number][0] for number in sorted(items)]
    lasts = [items[number][-1] for number in sorted(items)]
    return all(last < following for last, following in zip(lasts, firsts[1:], strict=False))


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
