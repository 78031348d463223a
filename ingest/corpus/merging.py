"""A draft and what was published since it was begun, brought together file by file, and row by row in files of rows.

What only one side changed is taken from that side. What both changed, each in another way, is a conflict: somebody
chooses. Compared with both is the version that the draft was begun over.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

import tomlkit

from ingest.corpus.versions import Difference

Choice = Literal["ours", "theirs"]
KEYED: Mapping[str, tuple[str, ...]] = {"source": ("file",), "card": ("document", "words"), "records": ("id",)}
"""Lists of tables, and what tells one table from another: a row of such a list has a place of its own."""
WHOLE = frozenset({"card", "records"})  # of these a row is one thing; of a source each field is
JOINT = "\x1f"  # between the keys of a row


@dataclass(frozen=True, slots=True)
class Side:
    """A corpus folder, with the sha256 of its files. ``folder`` is None where only these are known any more."""

    folder: Path | None
    digests: Mapping[str, str]

    def read(self, name: str) -> bytes | None:
        """A file; None when it is not there."""
        return (self.folder / name).read_bytes() if self.folder and name in self.digests else None


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both changed. ``place`` leads to a row or field of a file, empty for all of it; None is not there."""

    file: str
    place: tuple[str, ...]
    before: object
    ours: object
    theirs: object

    @property
    def key(self) -> str:
        """Tells it from the others, in a form."""
        return hashlib.sha256("\0".join((self.file, *self.place)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Plan:
    """What bringing together means, file by file, by name."""

    taken: Mapping[str, Difference]  # only published: what it is for the draft
    kept: tuple[str, ...]  # only the draft changed it, or both alike
    joined: tuple[str, ...]  # rows of both stand in it
    conflicts: tuple[Conflict, ...]


@dataclass(slots=True)
class _Joining:
    """A file whose rows are brought together, by the choices there are."""

    file: str
    choices: Mapping[str, Choice]
    conflicts: list[Conflict] = field(default_factory=list[Conflict])


class _Nothing:
    """Stands for a row that is not there."""


_NOTHING = _Nothing()


def plan_of(before: Side, ours: Side, theirs: Side) -> Plan:
    """What there is to take, to keep and to choose."""
    taken: dict[str, Difference] = {}
    kept: list[str] = []
    joined: list[str] = []
    conflicts: list[Conflict] = []
    for name in sorted(before.digests.keys() | ours.digests.keys() | theirs.digests.keys()):
        was, mine, other = (side.digests.get(name) for side in (before, ours, theirs))
        if mine == other or was == other:
            kept.extend([name] if mine != was else [])
        elif was == mine:
            taken[name] = "gone" if other is None else "new" if mine is None else "changed"
        else:
            joining = _Joining(name, {})
            _ = _joined(name, before, ours, theirs, joining)
            joined.append(name)
            conflicts.extend(joining.conflicts)
    return Plan(taken, tuple(kept), tuple(joined), tuple(conflicts))


def files_of(
    plan: Plan, before: Side, ours: Side, theirs: Side, choices: Mapping[str, Choice]
) -> dict[str, bytes | None]:
    """The files of the draft that become others; None for one that goes. Every conflict of the plan must be chosen."""
    made = {name: theirs.read(name) for name in plan.taken}
    for name in plan.joined:
        content = _joined(name, before, ours, theirs, _Joining(name, choices))
        if content != ours.read(name):
            made[name] = content
    return made


def _joined(name: str, before: Side, ours: Side, theirs: Side, joining: _Joining) -> bytes | None:
    """The content of a file that both changed."""
    was, mine, other = (side.read(name) for side in (before, ours, theirs))
    read = _reader(name)
    if read is None or was is None or mine is None or other is None:
        return cast("bytes | None", _chosen(joining, (), *(None if one is None else one for one in (was, mine, other))))
    try:
        trees = [_keyed(read(content)) for content in (was, mine, other)]
    except (ValueError, UnicodeDecodeError):  # one of them is no TOML or JSON: somebody looks at the whole
        return cast("bytes | None", _chosen(joining, (), was, mine, other))
    tree = cast("dict[str, Any]", _together(joining, (), *trees))
    if tree == trees[1]:
        return mine
    if tree == trees[2]:
        return other
    return _written(name, mine, tree)


def _reader(name: str) -> Callable[[bytes], dict[str, Any]] | None:
    if name.endswith(".toml"):
        return lambda content: tomllib.loads(content.decode("utf-8"))
    if name.endswith(".json"):
        return _json_object
    return None


def _json_object(content: bytes) -> dict[str, Any]:
    read = json.loads(content)
    if not isinstance(read, dict):
        raise ValueError("no object")
    return cast("dict[str, Any]", read)


def _together(joining: _Joining, place: tuple[str, ...], was: object, mine: object, other: object) -> object:
    if mine == other or was == other:
        return mine
    if was == mine:
        return other
    is_row = len(place) == 2 and place[0] in WHOLE
    if isinstance(mine, dict) and isinstance(other, dict) and not is_row:
        first, second = cast("dict[str, object]", mine), cast("dict[str, object]", other)
        base = cast("dict[str, object]", was) if isinstance(was, dict) else dict[str, object]()
        merged = {
            key: _together(
                joining, (*place, key), base.get(key, _NOTHING), first.get(key, _NOTHING), second.get(key, _NOTHING)
            )
            for key in (*first, *(key for key in second if key not in first))
        }
        return {key: value for key, value in merged.items() if value is not _NOTHING}
    return _chosen(joining, place, was, cast("object", mine), cast("object", other))


def _chosen(joining: _Joining, place: tuple[str, ...], was: object, mine: object, other: object) -> object:
    shown = [None if value is _NOTHING else value for value in (was, mine, other)]
    conflict = Conflict(joining.file, place, *shown)
    joining.conflicts.append(conflict)
    return other if joining.choices.get(conflict.key) == "theirs" else mine


# ── Lists of tables ────────────────────────────────────────────────────────────────────────────


def _keyed(tree: dict[str, Any]) -> dict[str, Any]:
    """The same with the lists of KEYED as dictionaries by their keys, where these tell the rows apart."""
    return {name: _by_key(name, value) if name in KEYED else value for name, value in tree.items()}


def _by_key(name: str, value: object) -> object:
    if not isinstance(value, list):
        return value
    rows = cast("list[object]", value)
    tables = [cast("dict[str, object]", row) for row in rows if isinstance(row, dict)]
    found = {_key_of(name, row): row for row in tables}
    return found if len(found) == len(rows) else rows


def _key_of(name: str, row: Mapping[str, object]) -> str:
    return JOINT.join(str(row.get(key, "")) for key in KEYED[name])


def _listed(tree: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: list(cast("dict[str, object]", value).values()) if name in KEYED and isinstance(value, dict) else value
        for name, value in tree.items()
    }


def _written(name: str, mine: bytes, tree: Mapping[str, Any]) -> bytes:
    if name.endswith(".json"):
        return (json.dumps(_listed(tree), ensure_ascii=False, indent=2) + "\n").encode()
    document: Any = tomlkit.parse(mine.decode("utf-8"))  # so that its remarks stay
    _settle(document, tree)
    return tomlkit.dumps(document).encode()  # pyright: ignore[reportUnknownMemberType] half typed


def _settle(table: Any, tree: Mapping[str, Any]) -> None:
    """Make a table of tomlkit say what ``tree`` says, and leave what says it already."""
    for key in [key for key in table if key not in tree]:
        del table[key]
    for key, value in tree.items():
        if key in KEYED and isinstance(value, dict) and (key not in table or isinstance(table[key], list)):
            _settle_rows(table, key, cast("dict[str, Any]", value))
        elif isinstance(value, dict) and key in table and hasattr(table[key], "items"):
            _settle(table[key], cast("dict[str, Any]", value))
        elif key not in table or _plain(table[key]) != value:
            table[key] = value


def _settle_rows(table: Any, name: str, rows: Mapping[str, Any]) -> None:
    if not rows:
        table.pop(name, None)
        return
    array: Any = table.get(name)
    if array is None:
        table[name] = tomlkit.aot()
        array = table[name]
    known = {_key_of(name, row): row for row in array}
    for place in reversed([place for place, row in enumerate(array) if _key_of(name, row) not in rows]):
        del array[place]
    for key, row in rows.items():
        if key in known:
            _settle(known[key], row)
        else:
            made: Any = tomlkit.table()
            _settle(made, row)
            array.append(made)


def _plain(value: Any) -> Any:
    return value.unwrap() if hasattr(value, "unwrap") else value


# ── As they are shown ──────────────────────────────────────────────────────────────────────────


def as_text(value: object) -> str:
    """A row or field as somebody reads it; empty for one that is not there and for a file."""
    if value is None or isinstance(value, bytes):
        return ""
    if isinstance(value, Mapping):
        return "\n".join(_lines(cast("Mapping[str, object]", value)))
    if isinstance(value, list):
        return "、".join(as_text(one) for one in cast("Sequence[object]", value))
    return str(value)


def _lines(row: Mapping[str, object]) -> Iterator[str]:
    for key, value in row.items():
        if value not in ("", None, [], {}):
            yield f"{key}: {as_text(value)}"
