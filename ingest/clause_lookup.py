"""Clauses by their id, their document, their words or their role, without a look at all of them where they are kept so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import Protocol, TypeVar, runtime_checkable

from ingest.by_id import ById


class ClauseLike(Protocol):
    """What is asked of a clause here."""

    @property
    def id(self) -> str: ...
    @property
    def document(self) -> str: ...
    @property
    def path(self) -> tuple[str, ...]: ...
    @property
    def role(self) -> str: ...
    @property
    def parent(self) -> str | None: ...


ITEM = "item"  # a role
Found = TypeVar("Found", bound=ClauseLike)


@runtime_checkable  # pydantic asks it of the retriever's fields
class ClauseLookup(Protocol[Found]):
    """Where clauses stand in a corpus: places, ascending. What is no exact answer holds every clause that is meant."""

    @property
    def clauses(self) -> Sequence[Found]:
        """The clauses that are looked up."""
        ...

    @property
    def by_id(self) -> ById[Found]: ...

    @property
    def is_large(self) -> bool:
        """Whether there are so many clauses that nothing may look at all of them for one question."""
        ...

    def of_documents(self, documents: Iterable[str], roles: Collection[str] | None = None) -> Sequence[int]:
        """The clauses of some documents, by the ids of these, and of some roles only where any are named."""
        ...

    def of_roles(self, roles: Iterable[str]) -> Sequence[int]:
        """The clauses of some roles, and perhaps others."""
        ...

    def holding(self, words: str) -> Iterable[int]:
        """The clauses whose headings or text hold the words, blanks and letter case apart, and perhaps others."""
        ...

    def below(self, path: Sequence[str]) -> Sequence[int]:
        """The clauses whose headings begin with these, and perhaps others."""
        ...

    def documents_below(self, path: Sequence[str]) -> Collection[str]:
        """The ids of the documents with clauses whose headings begin with these."""
        ...

    def articles_in(self, document: str) -> int:
        """How many items of a document stand in no other clause."""
        ...

    def chapters(self) -> Iterable[str]:
        """The first headings above clauses, each once, in the order of the text."""
        ...

    def first_headings(self) -> Iterable[tuple[str, int]]:
        """The first two headings above clauses in the order of the text, each with how many clauses stand below it."""
        ...


class WalkedClauses(ClauseLookup[Found]):
    """Clauses in memory: what is exact is grouped once, anything else is every clause."""

    def __init__(self, clauses: Sequence[Found]) -> None:
        self._clauses = clauses

    @property
    def clauses(self) -> Sequence[Found]:
        """As given."""
        return self._clauses

    @property
    def is_large(self) -> bool:
        """Never: whoever holds them all in memory may look at them."""
        return False

    @property
    def by_id(self) -> ById[Found]:
        """By their ids; of equal ones the last."""
        return self._by_id

    @cached_property
    def _by_id(self) -> ById[Found]:
        return ById(self._clauses)

    @cached_property
    def _by_document(self) -> dict[str, list[int]]:
        grouped: dict[str, list[int]] = {}
        for place, clause in enumerate(self._clauses):
            grouped.setdefault(clause.document, []).append(place)
        return grouped

    def of_documents(self, documents: Iterable[str], roles: Collection[str] | None = None) -> Sequence[int]:
        """Exactly those."""
        places = (place for document in dict.fromkeys(documents) for place in self._by_document.get(document, ()))
        return sorted(place for place in places if roles is None or self._clauses[place].role in roles)

    def of_roles(self, roles: Iterable[str]) -> Sequence[int]:
        """All of them."""
        del roles
        return range(len(self._clauses))

    def holding(self, words: str) -> Iterable[int]:
        """All of them."""
        del words
        return range(len(self._clauses))

    def below(self, path: Sequence[str]) -> Sequence[int]:
        """All of them."""
        del path
        return range(len(self._clauses))

    def documents_below(self, path: Sequence[str]) -> Collection[str]:
        """Exactly those."""
        return {clause.document for clause in self._clauses if clause.path[: len(path)] == tuple(path)}

    def articles_in(self, document: str) -> int:
        """Counted once."""
        return self._articles[document]

    @cached_property
    def _articles(self) -> Counter[str]:
        return Counter(clause.document for clause in self._clauses if clause.role == ITEM and clause.parent is None)

    def chapters(self) -> Iterable[str]:
        """Looked for once."""
        return self._chapters

    @cached_property
    def _chapters(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(clause.path[0] for clause in self._clauses if clause.path))

    def first_headings(self) -> Iterable[tuple[str, int]]:
        """Counted once."""
        return self._first_headings.items()

    @cached_property
    def _first_headings(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for clause in self._clauses:
            for heading in clause.path[:2]:
                counts[heading] = counts.get(heading, 0) + 1
        return counts
