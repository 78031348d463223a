"""A question as cells of a table, and back: what CSV and XLSX have in common.

The first row holds the field names, and the fields that hold several things are written one to a line of the cell:
``turns``, ``must_not`` and ``computed`` one text a line, ``answer`` one point a line with " | " between alternatives, ``evidence``
one quote a line as "quote | doc | locator". A cell that begins with "[" is read as JSON; JSON is written where the
plain form would not read back the same. A field may be called in Chinese, see CHINESE_HEADS.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import cast

from eval.cases.cases import FIELDS, RowError
from ingest.sentences import Sentence

CELL_SPLIT = " | "
FORMULA_STARTS = ("=", "+", "-", "@", "\t")
"""A spreadsheet would run a cell that begins so; the export puts an apostrophe before it."""

CHINESE_HEADS: Mapping[str, tuple[str, ...]] = {
    "id": ("编号", "题号", "序号"),
    "turns": ("问题", "提问", "对话"),
    "lang": ("语言",),
    "type": ("问法", "题型", "类型"),
    "difficulty": ("难度",),
    "kind": ("类别", "题类"),
    "evidence": ("依据", "证据", "原文"),
    "answer": ("答案", "要点", "正确答案"),
    "must_not": ("不得出现", "禁语"),
    "note": ("备注", "说明"),
    "repeat": ("重复", "重复次数"),
    "parts": ("分问", "分问要点"),
    "verdict": ("结论",),
    "polarity_groups": ("是否要点",),
    "computed": ("推算", "推算数字"),
    "turn_answers": ("各轮要点",),
}
"""What a column may be called besides its field."""

_FIELD_OF = {head: name for name, heads in CHINESE_HEADS.items() for head in heads} | {name: name for name in FIELDS}

NumberedCells = tuple[int, list[str]]


class TableFault(ValueError):
    """What is wrong with which row; whoever reads the file adds its name."""

    def __init__(self, row: int, what: str) -> None:
        super().__init__(what)
        self.row = row


def table_rows(rows: Iterable[NumberedCells]) -> Iterator[tuple[int, dict[str, object]]]:
    """Fields by name of each row below the head; empty rows are passed over.

    Raises TableFault with the row that is wrong.
    """
    head: list[str] | None = None
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if head is None:
            head = _checked_head(number, [_field(cell) for cell in cells])
            continue
        if len(cells) > len(head) and any(cell.strip() for cell in cells[len(head) :]):
            raise TableFault(number, Sentence("eval.too_many_cells", cells=len(cells), heads=len(head)))
        try:
            yield number, {name: _value(name, cell) for name, cell in zip(head, cells, strict=False) if cell.strip()}
        except RowError as fault:
            raise TableFault(number, str(fault)) from fault


def _field(head: str) -> str:
    """The field a column holds, by its own or its Chinese name; another name stays as it is."""
    plain = "".join(unicodedata.normalize("NFKC", head).split())
    return _FIELD_OF.get(plain.lower(), head.strip())


def _checked_head(number: int, head: list[str]) -> list[str]:
    for name in ("id", "turns"):
        if name not in head:
            called = "、".join((name, *CHINESE_HEADS[name]))
            raise TableFault(
                number, Sentence("eval.column_missing", name=name, called=called, fields=", ".join(FIELDS))
            )
    twice = sorted({name for name in head if name and head.count(name) > 1})
    if twice:
        raise TableFault(number, Sentence("eval.column_twice", column=twice[0]))
    return head


def _value(name: str, cell: str) -> object:
    if cell.startswith("'") and _runs_as_formula(cell):
        cell = cell[1:]
    return cell_value(name, cell)


def cell_value(name: str, cell: str) -> object:
    """What a cell of the field says. Raises RowError."""
    if name in CELL_READERS:
        return _json_cell(name, cell) if cell.lstrip().startswith("[") else CELL_READERS[name](cell)
    if name == "repeat":
        return int(cell) if cell.strip().isascii() and cell.strip().isdigit() else cell
    return cell


def _json_cell(name: str, cell: str) -> object:
    try:
        return json.loads(cell)
    except (json.JSONDecodeError, RecursionError) as error:
        raise RowError(Sentence("eval.cell_no_json", name=name)) from error


def _lines(cell: str) -> list[str]:
    return [line for line in cell.replace("\r\n", "\n").split("\n") if line.strip()]


def _points(cell: str) -> list[list[str]]:
    return [line.split(CELL_SPLIT) for line in _lines(cell)]


def _quotes(cell: str) -> list[dict[str, str]]:
    parts = [[*line.split(CELL_SPLIT), "", ""] for line in _lines(cell)]
    return [{"quote": part[0], "doc": part[1], "locator": part[2]} for part in parts]


def _only_json(cell: str) -> object:
    raise RowError(Sentence("eval.cell_only_json", cell=cell[:20]))


NESTED = ("parts", "polarity_groups", "turn_answers")  # lists within lists, and numbers: written as JSON
CELL_READERS: dict[str, Callable[[str], object]] = {
    "turns": _lines,
    "must_not": _lines,
    "computed": _lines,
    **dict.fromkeys(NESTED, _only_json),
    "answer": _points,
    "evidence": _quotes,
}


def _plain_cell(name: str, value: object) -> str:
    items = cast("list[object]", value)
    match name:
        case "answer":
            return "\n".join(CELL_SPLIT.join(cast("list[str]", point)) for point in items)
        case "evidence":
            quotes = [cast("dict[str, str]", item) for item in items]
            return "\n".join(CELL_SPLIT.join([q["quote"], q["doc"], q["locator"]]) for q in quotes)
        case _:
            return "\n".join(cast("list[str]", items))


def cell_of(name: str, value: object, read: Callable[[str], object] | None = None) -> str:
    """The cell that says ``value`` to :func:`cell_value`, or to ``read`` in the place of the field's own reader."""
    if name not in CELL_READERS:
        return str(value)
    if name in NESTED:
        return json.dumps(value, ensure_ascii=False) if value else ""
    cell = _plain_cell(name, value)
    if cell.lstrip().startswith("[") or (read or CELL_READERS[name])(cell) != value:
        return json.dumps(value, ensure_ascii=False)
    return cell


def _cell(name: str, value: object) -> str:
    cell = cell_of(name, value)
    return f"'{cell}" if _runs_as_formula(cell) else cell


def _runs_as_formula(cell: str) -> bool:
    """Apostrophes before it are counted in, so that one is taken off for each that was put on."""
    return cell.lstrip("'").startswith(FORMULA_STARTS)


def table_cells(rows: Iterable[Mapping[str, object]]) -> Iterator[list[str]]:
    """The head, then a row of cells for each question."""
    yield list(FIELDS)
    for row in rows:
        yield [_cell(name, row[name]) if name in row else "" for name in FIELDS]
