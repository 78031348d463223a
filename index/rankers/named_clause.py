"""Look-up of clauses by what they are called: document and article, title, 文号.

Fires on an explicit name, and where nothing but 第十条 is asked for, on every clause that bears that number; "20 条" of
something names no clause.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from index.arrays import open_array
from index.rankers.address_book import ANNEX, NUMBER, AddressBook, Step, addresses_in
from index.rankers.protocol import Embed, Mask, Ranking, Shelf, Wording
from index.text.file_number import FileNumber, file_numbers, without_file_numbers
from index.text.titles import numbers_in
from ingest.normalise import match_form, title_form
from ingest.vocabulary.questions import question_words

# Scores on a scale of 0 to 1; fusion multiplies them so that EXACT comes before whatever is merely alike.
EXACT = 1.0  # document and article are named, or nothing but a 文号 or a title is asked for
NUMBERED = 0.25  # the document's 文号 is written out: its clauses come first, which of them is for the others to say
QUOTING = 0.15  # the clause itself cites that 文号
TITLED = 0.1  # the document's title is written out: a title may also be named only in passing
WINDOW = 30  # characters before an article number in which its document is named
LEAST_PAIRS = 2  # character pairs that a name must share with a title: 病残津贴 shares three
LEAST_SHARE = 0.6  # of the name's pairs that must stand in the title
MOST_MEANT = 2  # documents that one name may mean: 科技兴蒙 is of the region and of the city; more is no name
SHORTEST_QUOTED_TITLE = 6  # characters of 《…》 that can stand for a longer title
LIST_OF_MEASURES = "若干"
CITING_FILE = "citing.npy"
LONGEST_FILE = "longest.npy"
ARTICLES_FILE = "articles.npy"

_LAST_NUMBER = re.compile(rf"(\S)\s+({NUMBER})\s*[?？。]*$")  # 科技兴蒙 十七
_NAME_ENDS = re.compile(r"[,。;:?!、\s]")
_NAMED_BEHIND = re.compile(r"按照|依照|根据|依据|按")  # A类人才按人才高地措施第20条
_FILLERS = re.compile(
    r"按照|根据|依据|请问|查一下|看一下|里面|里头|这份|这个|那个|那份|规定|的|[里中]$|在|这|那|[《》“”\"]"
)
_COUNTED_NAME = re.compile(r"(\d{1,3})条")
_TITLE_IN_MARKS = re.compile(r"《([^》]+)》")
_SHORT_FILE_NUMBER = re.compile(r"(?<![\d第])(?:第)?(\d{1,4})号(?:文件?|公告|令)")
_STATE = "中华人民共和国"
_IN_BRACKETS = re.compile(r"\([^()]*\)$")  # （试行）, （2024年版）
SHORTEST_NAME = 3  # characters of a title by which a document is called: 公司法
LEAST_OF_ABBREVIATION = 4  # characters of 税收征管法, which stand in their order in 税收征收管理法
# Beside a 文号 or a title these ask for nothing but the document itself.
_ASKS_FOR_IT = re.compile(rf"{question_words().besides.around_names.pattern}|[\W_]")


class AddressLookup:
    """Ranks first the clauses that a question names outright; silent on every other question."""

    name: ClassVar[str] = "address"

    def __init__(
        self, shelf: Shelf, citing: NDArray[np.int64], longest: NDArray[np.int32], articles: NDArray[np.int32]
    ) -> None:
        """``citing`` are the positions of clauses that cite a 文号, ``longest`` the last item's number by document.

        ``articles`` are the numbers of the 条 that the clauses bear.
        """
        self._book = AddressBook(shelf)
        self._shelf = shelf
        self._documents = {identifier: shelf.documents[identifier] for identifier in shelf.traits.document_numbers}
        self._titles = {d.id: title_form(d.title) for d in self._documents.values()}
        self._numbers = {d.id: found for d in self._documents.values() if (found := numbers_in(d.number or ""))}
        self._citing, self._longest, self._articles = citing, longest, articles
        self._called = [(form, d) for d, title in self._titles.items() for form in _short_forms(title)]

    @classmethod
    def build(cls, shelf: Shelf, embed: Embed) -> Self:
        """Everything needed stands in the clauses."""
        del embed
        citing = [i for i, clause in enumerate(shelf.clauses) if "号" in clause.text and file_numbers(clause.text)]
        book = AddressBook(shelf)
        longest = [max(book.items(identifier), default=0) for identifier in shelf.traits.document_numbers]
        articles = [book.article_of(position) for position in range(len(shelf.clauses))]
        return cls(shelf, np.array(citing, np.int64), np.array(longest, np.int32), np.array(articles, np.int32))

    def save(self, folder: Path) -> None:
        """What takes looking at every clause; the rest is read from a clause when a question names its document."""
        np.save(folder / CITING_FILE, self._citing)
        np.save(folder / LONGEST_FILE, self._longest)
        np.save(folder / ARTICLES_FILE, self._articles)

    @classmethod
    def load(cls, folder: Path, shelf: Shelf) -> Self:
        """Reads it back; ValueError when it is of other documents."""
        citing, longest, articles = (open_array(folder / name) for name in (CITING_FILE, LONGEST_FILE, ARTICLES_FILE))
        if len(longest) != len(shelf.traits.document_numbers):
            raise ValueError(f"{LONGEST_FILE} is of {len(longest)} documents, not {len(shelf.traits.document_numbers)}")
        if len(articles) != len(shelf.clauses):
            raise ValueError(f"{ARTICLES_FILE} is of {len(articles)} clauses, not {len(shelf.clauses)}")
        return cls(shelf, citing, longest, articles)

    @cached_property
    def _title_pairs(self) -> Mapping[str, set[str]]:
        return {identifier: _pairs(title) for identifier, title in self._titles.items()}

    @cached_property
    def _cited(self) -> Sequence[tuple[int, Sequence[FileNumber]]]:
        return [(position, file_numbers(self._book.text(position))) for position in self._citing.tolist()]

    def rank(self, wording: Wording, limit: int, among: Mask | None = None) -> Ranking:
        """The clauses named by any part of the query, each with the best reason for it."""
        best: dict[int, float] = {}
        for part in wording.parts:
            for position, score in self._named(part.text):
                best[position] = max(best.get(position, 0.0), score)
        if EXACT not in best.values():  # 第三条是什么, no turn before it naming a document
            best |= dict.fromkeys(self._bearing(match_form(wording.parts[-1].text)), EXACT)
        if among is not None:
            best = {position: score for position, score in best.items() if among[position]}
        order = sorted(best, key=lambda position: (-best[position], position))[:limit]
        return Ranking(np.array(order, np.int64), np.array([best[position] for position in order], np.float32))

    def _named(self, text: str) -> list[tuple[int, float]]:
        plain = match_form(_LAST_NUMBER.sub(r"\1第\2条", text))
        found = [(position, EXACT) for position in self._by_article(plain)]
        found += self._by_file_number(plain)
        found += self._by_title(plain)
        return found

    # ── Document and article ──

    def _by_article(self, plain: str) -> list[int]:
        found: list[int] = []
        for start, end, steps in addresses_in(plain):
            before = plain[max(0, start - WINDOW) : start]
            annex = before.endswith(ANNEX)
            before = before.removesuffix(ANNEX)
            name = before if before or start else plain[end : end + WINDOW]  # 第十条 病残津贴办法
            numbers = file_numbers(before) if before.endswith("号") else []
            for document in self._of_numbers(numbers, steps) if numbers else self._documents_named(name):
                found += self._clauses_at(document, steps, annex=annex)
        return found

    def _of_numbers(self, asked: Sequence[FileNumber], steps: Sequence[Step]) -> list[str]:
        """The documents of a 文号; where none of them has such an address, those annexed to them in the same file."""
        own = [d for d, numbers in self._numbers.items() if any(a.matches(n) for a in asked for n in numbers)]
        if any(self._clauses_at(document, steps, annex=False) for document in own):
            return own
        files = {self._documents[document].source for document in own}
        return [d for d, document in self._documents.items() if document.source in files]

    def _bearing(self, plain: str) -> list[int]:
        """The clauses that bear the 条 asked for, where nothing but that is asked."""
        asked = addresses_in(plain)
        if len(asked) != 1 or len(asked[0][2]) != 1 or not plain[asked[0][0] :].startswith("第"):
            return []
        start, end, (step,) = asked[0]
        if not plain[:end].endswith("条") or _ASKS_FOR_IT.sub("", _FILLERS.sub("", plain[:start] + plain[end:])):
            return []
        return np.flatnonzero(self._articles == step[1]).tolist()

    def _clauses_at(self, document: str, steps: Sequence[Step], *, annex: bool) -> Sequence[int]:
        path = [value for _, value in steps]
        kind = steps[0][0]
        items = self._book.items(document)
        if len(path) == 1 and kind == "article" and not annex and path[0] in items:
            return items[path[0]]
        below = [a for a in self._book.addresses(document) if a.in_annex == annex and a.stands_at(path)]
        exact = [a.position for a in below if len(a.steps) == len(path)]
        if exact and (len(path) > 1 or annex):
            return exact
        if len(path) == 1 and not annex:
            same_kind = [a.position for a in below if a.steps[0][0] == kind]
            return (
                items.get(path[0], ())
                or same_kind
                or (self._once_numbered(document, path[0]) if kind == "article" else ())
            )
        return [a.position for a in below] or (() if annex else items.get(path[0], ()))

    def _once_numbered(self, document: str, number: int) -> Sequence[int]:
        """The clauses of the only point "14." of a document, under whichever 四、 it stands; none when there are several."""
        bearing = [a for a in self._book.addresses(document) if not a.in_annex and ("arabic", number) in a.steps]
        above = {address.steps[: address.steps.index(("arabic", number))] for address in bearing}
        return [address.position for address in bearing] if len(above) == 1 else ()

    def _documents_named(self, text: str) -> list[str]:
        """The documents whose name ends right before an article number: 病残津贴办法, 市30条, 《…暂行办法》."""
        name = _NAMED_BEHIND.split(_NAME_ENDS.split(text)[-1])[-1]
        if counted := _COUNTED_NAME.search(name):
            before = name[: counted.start()]
            return self._documents_of_length(int(counted[1]), self._levels_in(before))
        bare = _FILLERS.sub("", name)
        if exact := self._called_exactly(bare):
            return exact
        pairs = _pairs(bare)
        shared = Counter({d: len(pairs & title) for d, title in self._title_pairs.items()})
        most = max(shared.values(), default=0)
        if most < max(LEAST_PAIRS, LEAST_SHARE * len(pairs)):
            return self._abbreviated(bare)
        meant = [document for document, count in shared.items() if count == most]
        levels = self._levels_in(name)
        of_level = [document for document in meant if self._documents[document].level in levels]
        meant = of_level or meant
        return meant if len(meant) <= MOST_MEANT else []

    def _called_exactly(self, name: str) -> list[str]:
        """The documents with the longest title that the name ends with: 个人所得税法 is none of its 实施条例."""
        fitting = [(len(form), document) for form, document in self._called if name.endswith(form)]
        longest = max((length for length, _ in fitting), default=0)
        meant = sorted({document for length, document in fitting if length == longest})
        return meant if len(meant) <= MOST_MEANT else []

    def _abbreviated(self, name: str) -> list[str]:
        """The one document whose title has the characters of ``name`` in their order, from its first to its last."""
        if len(name) < LEAST_OF_ABBREVIATION:
            return []
        meant = {document for form, document in self._called if _abbreviates(name, form)}
        return sorted(meant) if len(meant) == 1 else []

    def _levels_in(self, name: str) -> frozenset[str]:
        spelled_out = {d.level for d in self._documents.values() if d.level and d.level in name}
        return self._shelf.levels_named(name) | spelled_out

    def _documents_of_length(self, count: int, levels: frozenset[str]) -> list[str]:
        """The only document whose items run from 1 to ``count``: people call a list of thirty measures "30条"."""
        fitting = [
            document
            for document, last in zip(self._documents.values(), self._longest.tolist(), strict=True)
            if last == count
            if not levels or document.level in levels
        ]
        if len(fitting) > 1:  # a plan of thirty points is seldom called "30条", 若干措施 and 若干政策 are
            fitting = [document for document in fitting if LIST_OF_MEASURES in document.title]
        return [fitting[0].id] if len(fitting) == 1 else []

    # ── 文号 and title ──

    def _by_file_number(self, plain: str) -> list[tuple[int, float]]:
        asked = file_numbers(plain)
        own = [d for d, numbers in self._numbers.items() if any(a.matches(n) for a in asked for n in numbers)]
        short = None if asked else _SHORT_FILE_NUMBER.search(plain)
        if short:
            own = [d for d, numbers in self._numbers.items() if int(short[1]) in {n.number for n in numbers}]
        cited = [p for p, numbers in self._cited if any(a.matches(n) for a in asked for n in numbers)] if asked else []
        rest = plain.replace(short[0], "") if short else without_file_numbers(plain)
        # 405号文件 names a document outright only where no other one has that number; what a notice issues has its own.
        called = {tuple(self._numbers[d]) for d in own}
        nothing_else = (bool(asked) or len(called) == 1) and not _ASKS_FOR_IT.sub("", rest)
        if nothing_else and not own:
            return [(p, EXACT) for p in cited]
        whose = EXACT if nothing_else else NUMBERED
        return [(p, whose) for d in own for p in self._book.positions(d)] + [(p, QUOTING) for p in cited]

    def _by_title(self, plain: str) -> list[tuple[int, float]]:
        whole = {d: title for d, title in self._titles.items() if title and title in plain}
        for quoted in _TITLE_IN_MARKS.findall(plain):
            if len(quoted) >= SHORTEST_QUOTED_TITLE:
                whole |= {d: quoted for d, title in self._titles.items() if quoted in title}
        said = {
            d: EXACT if not _ASKS_FOR_IT.sub("", plain.replace(title, "")) else TITLED for d, title in whole.items()
        }
        return [(p, said[document]) for document in whole for p in self._book.positions(document)]


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _short_forms(title: str) -> frozenset[str]:
    """A title as people call it: without 中华人民共和国 in front and （试行） behind, and itself."""
    bare = _IN_BRACKETS.sub("", title)
    forms = (title, bare, title.removeprefix(_STATE), bare.removeprefix(_STATE))
    return frozenset(form for form in forms if len(form) >= SHORTEST_NAME)


def _abbreviates(name: str, title: str) -> bool:
    if name[0] != title[0] or name[-1] != title[-1] or 2 * len(name) < len(title):
        return False
    rest = iter(title)
    return all(letter in rest for letter in name)
