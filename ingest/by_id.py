"""What stands in a sequence, by its id, without a second copy of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, TypeVar


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


class _HasName(Protocol):
    @property
    def name(self) -> str: ...


Item = TypeVar("Item", bound=_HasId)
Named = TypeVar("Named", bound=_HasName)


class ById(Mapping[str, Item]):
    """Looks up the place of an id and takes from the sequence what stands there; of equal ids the last one."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._place = {item.id: place for place, item in enumerate(items)}

    def __getitem__(self, key: str) -> Item:
        return self._items[self._place[key]]

    def place(self, key: str) -> int:
        """Where in the sequence the item of this id stands. Raises KeyError for another."""
        return self._place[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._place)

    def __len__(self) -> int:
        return len(self._place)


def by_name(items: Sequence[Named]) -> Mapping[str, Named]:
    """What stands in a sequence, by its name; as the sequence itself knows it, where it does (``by_name``)."""
    own: Mapping[str, Named] | None = getattr(items, "by_name", None)
    return {item.name: item for item in items} if own is None else own
