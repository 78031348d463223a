"""The addresses of the clauses of one document, read when the document is named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.rankers.protocol import Shelf
from ingest.normalise import match_form
from ingest.structure.numbering import parse_number

ANNEX = "附件"
REMEMBERED_DOCUMENTS = 256  # of a hundred clauses each some 30 kB
REMEMBERED_ADDRESSES = 4_096  # 第一条 stands in every law

_CN = "〇零一二三四五六七八九十百千两"
NUMBER = rf"(?:\d{{1,4}}|[{_CN}]{{1,9}})"  # 第一千二百六十条
# One step of an address: 第十条, (二), 三、, 4. — 4.5 is a figure, and so is what follows one.
_STEP = re.compile(
    rf"第[(（]?(?P<article>{NUMBER})[)）]?(?:条|项|点)|(?<=[法例则])(?P<called>{NUMBER})条(?![生产款线])|[(（](?P<bracket>{NUMBER})[)）]"
    rf"|(?<![{_CN}\d.])(?P<cn>[{_CN}]{{1,5}})(?:、|(?=\())|(?<![{_CN}\d.])(?P<arabic>\d{{1,3}})(?:、|\.(?!\d)|(?=[?？]*$))"
)

Step = tuple[str, int]
"""Kind of numbering and number: 第十条 is ("article", 10)."""
Items = Mapping[int, Sequence[int]]
"""Number of an article or item → positions of its clauses."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a clause stands in its document."""

    position: int
    steps: tuple[Step, ...]  # from the top down
    in_annex: bool

    def stands_at(self, path: Sequence[int]) -> bool:
        """True when the address is of these numbers or below them."""
        return [value for _, value in self.steps[: len(path)]] == list(path)


class AddressBook:
    """Positions and addresses of the clauses of each document."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.addresses = lru_cache(REMEMBERED_DOCUMENTS)(self._addresses_anew)
        self.items = lru_cache(REMEMBERED_DOCUMENTS)(self._items_anew)

    def text(self, position: int) -> str:
        """Of a clause."""
        return self._shelf.clauses[position].text

    def positions(self, document: str) -> Sequence[int]:
        """The clauses of a document, ascending."""
        order, starts = self._by_document
        number = self._shelf.traits.document_numbers[document]
        return order[starts[number] : starts[number + 1]].tolist()

    def article_of(self, position: int) -> int:
        """The number of the 条 that a clause bears in the body of its document; 0 for none."""
        address = self._shelf.clauses[position].address
        first = next(iter(_steps_of(address)), None)
        return first[1] if first and first[0] == "article" and address.startswith("第") else 0

    @cached_property
    def _by_document(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        numbers = self._shelf.traits.document
        order = np.argsort(numbers, kind="stable")
        return order, np.searchsorted(numbers[order], np.arange(len(self._shelf.traits.document_numbers) + 1))

    def _addresses_anew(self, document: str) -> tuple[Address, ...]:
        addresses = [(position, self._shelf.clauses[position].address) for position in self.positions(document)]
        return tuple(Address(p, _steps_of(address), address.startswith(ANNEX)) for p, address in addresses)

    def _items_anew(self, document: str) -> Items:
        """Clauses by article number, or, where a document has no articles, by the numbering that runs on through it."""
        main = [address for address in self.addresses(document) if not address.in_annex]
        if articles := _numbered(main, "article"):
            return articles
        kinds = ("cn", "bracket", "arabic")
        running = [items for kind in kinds if _runs_on(items := _numbered(main, kind))]
        return max(running, key=len, default=dict[int, list[int]]())


def addresses_in(plain: str) -> list[tuple[int, int, list[Step]]]:
    """Runs of steps that follow each other at once, as (start, end, steps): 二、(三)2. is one address."""
    runs: list[tuple[int, int, list[Step]]] = []
    for match in _STEP.finditer(plain):
        step = _step(match)
        if step is None:
            continue
        if runs and runs[-1][1] == match.start():
            start, _, steps = runs[-1]
            runs[-1] = (start, match.end(), [*steps, step])
        else:
            runs.append((match.start(), match.end(), [step]))
    # A lone number needs more than its place to be an address: 补贴标准是50
    return [run for run in runs if len(run[2]) > 1 or plain[run[0] : run[1]][-1] in "条项点)）、."]


@lru_cache(REMEMBERED_ADDRESSES)
def _steps_of(address: str) -> tuple[Step, ...]:
    return tuple(step for match in _STEP.finditer(match_form(address)) if (step := _step(match)))


def _step(match: re.Match[str]) -> Step | None:
    kind = match.lastgroup
    value = parse_number(match[kind]) if kind else None
    if kind is None or value is None:
        return None
    return ("article" if kind == "called" else kind), value  # 公司法47条 is its 第四十七条


def _numbered(addresses: Sequence[Address], kind: str) -> dict[int, list[int]]:
    """Clauses by the number of this kind in their address; those below an item belong to its number."""
    items: dict[int, list[int]] = {}
    for address in addresses:
        if value := dict(reversed(address.steps)).get(kind):
            items.setdefault(value, []).append(address.position)
    return items


def _runs_on(items: Items) -> bool:
    """True when the numbers are 1, 2, 3 … and the clauses of each stand together: a numbering that never restarts."""
    if not items or sorted(items) != list(range(1, len(items) + 1)):
        return False
    ordered = [items[number] for number in sorted(items)]
    return all(last[-1] < following[0] for last, following in pairwise(ordered))
