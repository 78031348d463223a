"""Where the clauses of a corpus stand, by what is asked of them, read off files."""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from index.arrays import open_array, open_bytes
from index.kept.hashed import HashedPlaces, PlaceCollector
from index.kept.printed_text import PrintedText
from ingest.by_id import ById
from ingest.clause_lookup import ClauseLookup
from ingest.normalise import match_form
from ingest.types import Clause, PolicyDocument, Role

IDS, PATHS = "ids", "paths"
ARTICLES_FILE, DOCUMENTS_FILE = "articles.npy", "documents.npy"
ROLES_FILE, ORDER_FILE, FIRST_FILE, HEADINGS_FILE = "roles.npy", "order.npy", "first.npy", "first_headings.json"
LARGE_FROM = 20_000  # clauses; up to here looking at all of them costs less than a look-up could save
BELOW = "\0"  # between the headings of a path
_ROLES = {role: number for number, role in enumerate(Role)}


class KeptById(ById[Clause]):
    """Clauses by their id, of which only the one asked for is read."""

    def __init__(self, clauses: Sequence[Clause], ids: HashedPlaces) -> None:
        self._items, self._ids = clauses, ids

    def __getitem__(self, key: str) -> Clause:
        return self._items[self.place(key)]

    def place(self, key: str) -> int:
        """Where the clause of this id stands. Raises KeyError for another."""
        places = self._ids.places(key)
        if not len(places):
            raise KeyError(key)
        return int(places[-1])

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and len(self._ids.places(key)) > 0

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(clause.id for clause in self._items))

    def __len__(self) -> int:
        return len(self._ids)


class KeptLookup(ClauseLookup[Clause]):
    """See :class:`ClauseLookup`."""

    def __init__(self, folder: Path, clauses: Sequence[Clause], documents: Sequence[PolicyDocument]) -> None:
        """OSError or ValueError when the files cannot be read or are of other clauses or documents."""
        self._clauses = clauses
        self._numbers = {document.id: number for number, document in enumerate(documents)}
        self._roles: NDArray[np.int8] = open_array(folder / ROLES_FILE)
        self._articles, self._document = open_array(folder / ARTICLES_FILE), open_array(folder / DOCUMENTS_FILE)
        self._documents = documents
        self._order, self._first = open_array(folder / ORDER_FILE), open_array(folder / FIRST_FILE)
        self._ids, self._paths = (HashedPlaces.load(folder, name) for name in (IDS, PATHS))
        self._by_id = KeptById(clauses, self._ids)
        # Opened now and read when asked for: a folder may be removed while what was opened from it still answers.
        self._written_headings = open_bytes(folder / HEADINGS_FILE)
        self.text: PrintedText | None = None  # of the same clauses, where there is one
        if len(self._roles) != len(clauses) or len(self._first) != len(documents) + 1:
            raise ValueError(f"{folder.name} is not of {len(clauses)} clauses in {len(documents)} documents")

    @property
    def clauses(self) -> Sequence[Clause]:
        """As given."""
        return self._clauses

    @property
    def is_large(self) -> bool:
        """By their number."""
        return len(self._clauses) > LARGE_FROM

    @property
    def by_id(self) -> ById[Clause]:
        """By their ids; of equal ones the last."""
        return self._by_id

    def of_documents(self, documents: Iterable[str], roles: Collection[str] | None = None) -> Sequence[int]:
        """Exactly those."""
        numbers = sorted({self._numbers[one] for one in documents if one in self._numbers})
        parts = [self._order[int(self._first[n]) : int(self._first[n + 1])] for n in numbers]
        places = np.sort(np.concatenate([np.empty(0, np.int32), *parts]))
        return (places if roles is None else places[self._are_of(roles, places)]).tolist()

    def of_roles(self, roles: Iterable[str]) -> Sequence[int]:
        """Exactly those."""
        return np.flatnonzero(self._are_of(roles)).tolist()

    def _are_of(self, roles: Iterable[str], places: NDArray[np.int32] | None = None) -> NDArray[np.bool_]:
        wanted = [_ROLES[Role(role)] for role in roles]
        return np.isin(self._roles if places is None else self._roles[places], wanted)

    def holding(self, words: str) -> Iterable[int]:
        """Those whose headings and text, run together in match form, hold the words in match form."""
        return range(len(self._clauses)) if self.text is None else self.text.parts_with(match_form(words))

    def below(self, path: Sequence[str]) -> Sequence[int]:
        """Those, and hardly ever others."""
        if not path:
            return range(len(self._clauses))
        return cast(list[int], self._paths.places(BELOW.join(path)).tolist())

    def documents_below(self, path: Sequence[str]) -> Collection[str]:
        """Those of :meth:`below`."""
        numbers: list[int] = np.unique(self._document[np.array(self.below(path), np.int64)]).tolist()
        return {self._documents[number].id for number in numbers}

    def articles_in(self, document: str) -> int:
        """Read off."""
        number = self._numbers.get(document)
        return 0 if number is None else int(self._articles[number])

    def chapters(self) -> Iterable[str]:
        """Read once."""
        return self._headings[1]

    def first_headings(self) -> Iterable[tuple[str, int]]:
        """Read once."""
        return self._headings[0]

    @cached_property
    def _headings(self) -> tuple[Sequence[tuple[str, int]], Sequence[str]]:
        read = json.loads(self._written_headings.tobytes())
        return [(heading, count) for heading, count in read["counts"]], read["chapters"]


class LookupCollector:
    """Takes in clauses one after another and writes what finds them."""

    def __init__(self, folder: Path, documents: Sequence[PolicyDocument]) -> None:
        self._folder = folder
        self._numbers = {document.id: number for number, document in enumerate(documents)}
        self._count = len(documents)
        self._ids, self._paths = PlaceCollector(), PlaceCollector()
        self._documents, self._roles = array("i"), array("b")
        self._is_article = array("b")
        self._headings: dict[str, int] = {}
        self._chapters: dict[str, None] = {}

    def add(self, clause: Clause) -> None:
        """The next clause. KeyError when its document is not of the corpus."""
        place = len(self._roles)
        self._ids.add(clause.id, place)
        for depth in range(1, len(clause.path) + 1):
            self._paths.add(BELOW.join(clause.path[:depth]), place)
        self._documents.append(self._numbers[clause.document])
        self._roles.append(_ROLES[clause.role])
        self._is_article.append(clause.role is Role.ITEM and clause.parent is None)
        self._chapters |= dict.fromkeys(clause.path[:1])
        for heading in clause.path[:2]:
            self._headings[heading] = self._headings.get(heading, 0) + 1

    def save(self) -> None:
        """Writes all of it into the empty folder."""
        documents = np.array(self._documents, np.int32)
        order = np.argsort(documents, kind="stable")
        first = np.searchsorted(documents[order], np.arange(self._count + 1))
        np.save(self._folder / ROLES_FILE, np.array(self._roles, np.int8))
        counts = np.bincount(documents[np.array(self._is_article, np.bool_)], minlength=self._count)
        np.save(self._folder / ARTICLES_FILE, counts.astype(np.int32))
        np.save(self._folder / DOCUMENTS_FILE, documents)
        np.save(self._folder / ORDER_FILE, order.astype(np.int32))
        np.save(self._folder / FIRST_FILE, first.astype(np.int64))
        self._ids.collected().save(self._folder, IDS)
        self._paths.collected().save(self._folder, PATHS)
        headings = {"counts": list(self._headings.items()), "chapters": list(self._chapters)}
        (self._folder / HEADINGS_FILE).write_text(json.dumps(headings, ensure_ascii=False), encoding="utf-8")
