"""Look-up of clauses by what they are called: document and article, title, 文号.

Fires only on an explicit name. "第十条" alone, or "20 条" of something, names no clause.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import ClassVar, Self

import numpy as np

from index.file_number import file_numbers, without_file_numbers
from index.ranker import Embed, Mask, Ranking, Shelf, Wording
from ingest.normalise import match_form
from ingest.numbering import parse_number
from ingest.types import PolicyDocument

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
ANNEX = "附件"
LIST_OF_MEASURES = "若干"

_CN = "〇零一二三四五六七八九十百两"
_NUMBER = rf"(?:\d{{1,3}}|[{_CN}]{{1,5}})"
# One step of an address: 第十条, (二), 三、, 4. — 4.5 is a figure, and so is what follows one.
_STEP = re.compile(
    rf"第[(（]?(?P<article>{_NUMBER})[)）]?(?:条|项|点)|[(（](?P<bracket>{_NUMBER})[)）]"
    rf"|(?<![{_CN}\d.])(?P<cn>[{_CN}]{{1,5}})(?:、|(?=\())|(?<![{_CN}\d.])(?P<arabic>\d{{1,3}})(?:、|\.(?!\d)|(?=[?？]*$))"
)
_LAST_NUMBER = re.compile(rf"(\S)\s+({_NUMBER})\s*[?？。]*$")  # 科技兴蒙 十七
_NAME_ENDS = re.compile(r"[,。;:?!、\s]")
_FILLERS = re.compile(
    r"按照|根据|依据|请问|查一下|看一下|里面|里头|这份|这个|那个|那份|规定|的|[里中]$|在|这|那|[《》“”\"]"
)
_COUNTED_NAME = re.compile(r"(\d{1,3})条")
_TITLE_IN_MARKS = re.compile(r"《([^》]+)》")
_SHORT_FILE_NUMBER = re.compile(r"(?<!\d)(\d{2,4})号(?:文|公告)")
# Beside a 文号 or a title these ask for nothing but the document itself.
_ASKS_FOR_IT = re.compile(
    r"请问|请|帮我|我想|查一下|查询|看一下|看看|找一下|查|看|找|这个|这份|那个|那份|是什么|讲什么|讲了什么|说什么"
    r"|说的是|讲的是|什么|内容|全文|原文|文件|政策|主要|的|是|讲|说|了|吗|呢|[\W_]"
)

_Items = Mapping[int, Sequence[int]]  # article number → positions of clauses
_Path = Sequence[int]  # the numbers of an address from the top down


class AddressLookup:
    """Ranks first the clauses that a question names outright; silent on every other question."""

    name: ClassVar[str] = "address"

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._documents = {document.id: document for document in shelf.documents}
        self._positions: dict[str, list[int]] = {identifier: [] for identifier in self._documents}
        for position, clause in enumerate(shelf.clauses):
            self._positions[clause.document].append(position)
        self._titles = {d.id: match_form(d.title) for d in self._documents.values()}
        self._title_pairs = {identifier: _pairs(title) for identifier, title in self._titles.items()}
        self._numbers = {d.id: found for d in self._documents.values() if (found := file_numbers(d.number or ""))}
        self._cited = [
            (i, found) for i, c in enumerate(shelf.clauses) if "号" in c.text if (found := file_numbers(c.text))
        ]
        steps = {address: _steps(address) for address in {clause.address for clause in shelf.clauses}}
        self._steps = [steps[clause.address] for clause in shelf.clauses]
        self._items = {d.id: self._items_of(d) for d in self._documents.values()}

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

    def rank(self, wording: Wording, limit: int, among: Mask | None = None) -> Ranking:
        """The clauses named by any part of the query, each with the best reason for it."""
        best: dict[int, float] = {}
        for part in wording.parts:
            for position, score in self._named(part.text):
                best[position] = max(best.get(position, 0.0), score)
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
        for start, end, steps in _addresses(plain):
            before = plain[max(0, start - WINDOW) : start]
            annex = before.endswith(ANNEX)
            before = before.removesuffix(ANNEX)
            name = before if before or start else plain[end : end + WINDOW]  # 第十条 病残津贴办法
            for document in self._documents_named(name):
                found += self._clauses_at(document, steps, annex=annex)
        return found

    def _clauses_at(self, document: str, steps: Sequence[tuple[str, int]], *, annex: bool) -> Sequence[int]:
        path = [value for _, value in steps]
        kind = steps[0][0]
        if len(path) == 1 and kind == "article" and not annex and path[0] in self._items[document]:
            return self._items[document][path[0]]
        below = [p for p in self._positions[document] if self._is_annex(p) == annex and self._stands_at(p, path)]
        exact = [p for p in below if len(self._steps[p]) == len(path)]
        if exact and (len(path) > 1 or annex):
            return exact
        if len(path) == 1 and not annex:
            same_kind = [p for p in below if self._steps[p][0][0] == kind]
            return self._items[document].get(path[0], ()) or same_kind
        return below or (() if annex else self._items[document].get(path[0], ()))

    def _stands_at(self, position: int, path: _Path) -> bool:
        return [value for _, value in self._steps[position][: len(path)]] == list(path)

    def _is_annex(self, position: int) -> bool:
        return self._shelf.clauses[position].address.startswith(ANNEX)

    def _documents_named(self, text: str) -> list[str]:
        """The documents whose name ends right before an article number: 病残津贴办法, 市30条, 《…暂行办法》."""
        name = _NAME_ENDS.split(text)[-1]
        if counted := _COUNTED_NAME.search(name):
            before = name[: counted.start()]
            return self._documents_of_length(int(counted[1]), self._levels_in(before))
        pairs = _pairs(_FILLERS.sub("", name))
        shared = Counter({d: len(pairs & title) for d, title in self._title_pairs.items()})
        most = max(shared.values(), default=0)
        if most < max(LEAST_PAIRS, LEAST_SHARE * len(pairs)):
            return []
        meant = [document for document, count in shared.items() if count == most]
        levels = self._levels_in(name)
        of_level = [document for document in meant if self._documents[document].level in levels]
        meant = of_level or meant
        return meant if len(meant) <= MOST_MEANT else []

    def _levels_in(self, name: str) -> frozenset[str]:
        spelled_out = {d.level for d in self._documents.values() if d.level and d.level in name}
        return self._shelf.glossary.levels_named(name) | spelled_out

    def _documents_of_length(self, count: int, levels: frozenset[str]) -> list[str]:
        """The only document whose items run from 1 to ``count``: people call a list of thirty measures "30条"."""
        fitting = [
            document
            for document in self._documents.values()
            if self._items[document.id] and max(self._items[document.id]) == count
            if not levels or document.level in levels
        ]
        if len(fitting) > 1:  # a plan of thirty points is seldom called "30条", 若干措施 and 若干政策 are
            fitting = [document for document in fitting if LIST_OF_MEASURES in document.title]
        return [fitting[0].id] if len(fitting) == 1 else []

    def _items_of(self, document: PolicyDocument) -> _Items:
        """Clauses by article number, or, where a document has no articles, by the numbering that runs on through it."""
        main = [p for p in self._positions[document.id] if not self._is_annex(p)]
        if articles := self._numbered(main, "article"):
            return articles
        kinds = ("cn", "bracket", "arabic")
        running = [items for kind in kinds if _runs_on(items := self._numbered(main, kind))]
        return max(running, key=len, default=dict[int, list[int]]())

    def _numbered(self, positions: Sequence[int], kind: str) -> dict[int, list[int]]:
        """Clauses by the number of this kind in their address; those below an item belong to its number."""
        items: dict[int, list[int]] = {}
        for position in positions:
            if value := dict(reversed(self._steps[position])).get(kind):
                items.setdefault(value, []).append(position)
        return items

    # ── 文号 and title ──

    def _by_file_number(self, plain: str) -> list[tuple[int, float]]:
        asked = file_numbers(plain)
        own = [d for d, numbers in self._numbers.items() if any(a.matches(n) for a in asked for n in numbers)]
        if not asked and (short := _SHORT_FILE_NUMBER.search(plain)):
            own = [d for d, numbers in self._numbers.items() if int(short[1]) in {n.number for n in numbers}]
        cited = [p for p, numbers in self._cited if any(a.matches(n) for a in asked for n in numbers)]
        nothing_else = bool(asked) and not _ASKS_FOR_IT.sub("", without_file_numbers(plain))
        if nothing_else and not own:
            return [(p, EXACT) for p in cited]
        whose = EXACT if nothing_else else NUMBERED
        return [(p, whose) for d in own for p in self._positions[d]] + [(p, QUOTING) for p in cited]

    def _by_title(self, plain: str) -> list[tuple[int, float]]:
        whole = {d: title for d, title in self._titles.items() if title and title in plain}
        for quoted in _TITLE_IN_MARKS.findall(plain):
            if len(quoted) >= SHORTEST_QUOTED_TITLE:
                whole |= {d: quoted for d, title in self._titles.items() if quoted in title}
        said = {
            d: EXACT if not _ASKS_FOR_IT.sub("", plain.replace(title, "")) else TITLED for d, title in whole.items()
        }
        return [(p, said[document]) for document in whole for p in self._positions[document]]


def _addresses(plain: str) -> list[tuple[int, int, list[tuple[str, int]]]]:
    """Runs of steps that follow each other at once, as (start, end, steps): 二、(三)2. is one address."""
    runs: list[tuple[int, int, list[tuple[str, int]]]] = []
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


def _steps(address: str) -> list[tuple[str, int]]:
    plain = match_form(address)
    return [step for match in _STEP.finditer(plain) if (step := _step(match))]


def _step(match: re.Match[str]) -> tuple[str, int] | None:
    kind = match.lastgroup
    value = parse_number(match[kind]) if kind else None
    return (kind, value) if kind and value is not None else None


def _runs_on(items: _Items) -> bool:
    """True when the numbers are 1, 2, 3 … and the clauses of each stand together: a numbering that never restarts."""
    if not items or sorted(items) != list(range(1, len(items) + 1)):
        return False
    ordered = [items[number] for number in sorted(items)]
    return all(last[-1] < following[0] for last, following in pairwise(ordered))


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
