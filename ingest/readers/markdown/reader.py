"""Markdown: the file's own text, with the marks named as furniture so that clauses read clean.

The file is scanned line by line rather than rendered: offsets must be exact, and Chinese authors write
``**“试行”**期`` where CommonMark, for want of a space, would see no emphasis at all. Numbers of ordered lists
stay text, because in a policy "1." is the address of a clause.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile

from ingest.readers.building import A_PICTURE, unread
from ingest.readers.encoding import decode
from ingest.readers.limits import Deadline, Limits
from ingest.readers.line_tables import LineRow, table_rows
from ingest.readers.markdown.tables import html_tables, pipe_rows, pipes_of
from ingest.readers.table_grid import is_unit_line
from ingest.readers.text import byte_order_mark
from ingest.sentences import Sentence
from ingest.types import Furniture, SourceFile, Span, TableRow

MARKUP = "markup"
FRONT_MATTER = "front matter"
LONGEST_LINE = 20_000  # characters; of a longer line each such part is looked at by itself
_LINES_BETWEEN_LOOKS_AT_THE_CLOCK = 2000

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n(?:(?!---[ \t]*\r?$)[^\n]*\n){0,200}---[ \t]*(?:\r?\n|$)", re.MULTILINE
)
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"[ ]{0,3}(#{1,6})(?:[ \t\u3000]+|(?=[\u3007\u4e00-\u9fff（【《]))")
_CLOSING_MARKS = re.compile(r"[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r"[ ]{0,3}(=+|-{2,})[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_OPENINGS = re.compile(r"[ \t]*(?:>[ \t]?|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?|:{3,}[ \t]*[a-z]*[ \t]*)(?=[^ \t]|$)")
_ENDS_A_SENTENCE = re.compile(r"[。；：，,;:][ \t]*$")

_TAGS = (
    "a|abbr|article|b|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|footer|"
    "h[1-6]|header|hr|i|img|ins|kbd|li|mark|nav|ol|p|pre|s|section|small|span|strong|style|sub|summary|sup|table|tbody|"
    "td|tfoot|th|thead|tr|u|ul|wbr"
)
_ANY_LENGTH = 4000  # longest comment, tag or link target looked for; keeps every pattern linear
_UNSEEN = re.compile(
    rf"<!--(?s:.){{0,{_ANY_LENGTH}}}?-->|<(style|script)\b[^<>]{{0,300}}>(?s:.){{0,{_ANY_LENGTH}}}?</\1>", re.IGNORECASE
)
_INLINE = re.compile(
    rf"""
    (?P<tag></?(?:{_TAGS})(?=[\s/>])[^<>]{{0,{_ANY_LENGTH}}}>)
  | (?P<image>!\[[^\]\n]{{0,300}}\]\([^()\n]{{0,{_ANY_LENGTH}}}\))
  | (?P<escape>\\)(?=[!-/:-@\[-`{{-~])
  | (?P<open>\[)(?P<words>[^\[\]\n]{{1,1000}})(?P<close>\]\([^()\n]{{0,{_ANY_LENGTH}}}\))
  | (?P<bold>\*\*\*|\*\*|__)(?=[^\s*_])(?P<strong>(?:(?!(?P=bold))[^\n]){{1,2000}}?)(?<=[^\s])(?P<end>(?P=bold))
  | (?P<strike>~~)(?=\S)(?P<struck>[^~\n]{{1,1000}})(?P<stop>~~)
  | (?<![0-9A-Za-z*])(?P<star>\*)(?=[^\s*])(?P<slanted>[^*\n]{{1,1000}})(?<=\S)(?P<last>\*)(?![0-9A-Za-z*])
  | (?<!`)(?P<tick>`{{1,3}})(?!`)(?P<code>[^`\n]{{1,1000}})(?P<tock>(?P=tick))
  | (?P<blank>&(?:nbsp|emsp|ensp|thinsp|\#160);)
    """,
    re.VERBOSE,
)
_PICTURE = re.compile(r"!\[([^\]]*)\]|<img\b(?:[^>]*?\balt\s*=\s*[\"']([^\"'>]*))?", re.IGNORECASE)
_ANY_MARK = re.compile(r"[<!\\\[*_~`&]")  # each of the above begins with one; most lines hold none
_WHOLE = ("tag", "image", "escape", "blank")  # markup from end to end
_PAIRS = (
    ("open", "close", "words"),
    ("bold", "end", "strong"),
    ("strike", "stop", "struck"),
    ("star", "last", "slanted"),
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: where it begins, its characters without the line end."""

    start: int
    text: str

    def span(self, begin: int, end: int) -> Span:
        return Span(self.start + begin, self.start + end)


@dataclass(slots=True)
class _Found:
    marks: list[Furniture] = field(default_factory=list[Furniture])
    headings: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    tables: list[TableRow] = field(default_factory=list[TableRow])
    doubts: list[tuple[int, Sentence]] = field(default_factory=list[tuple[int, Sentence]])  # (offset, message)
    pipe_tables: list[tuple[list[LineRow], str]] = field(default_factory=list[tuple[list[LineRow], str]])

    def add_rows(self, rows: Sequence[TableRow], doubts: Iterable[tuple[int, Sentence]]) -> None:
        """Rows of one table and what is doubtful about them, by row."""
        self.tables.extend(rows)
        self.doubts.extend((rows[at].span.start, message) for at, message in doubts)

    def mark(self, span: Span, kind: str = MARKUP) -> None:
        if len(span):
            self.marks.append(Furniture(span, kind))


def read_markdown(data: bytes, name: str, limits: Limits) -> SourceFile:
    """A Markdown file: text unchanged, marks as furniture, ``#`` lines as headings, tables as rows.

    Raises SourceUnreadable as :func:`~ingest.readers.encoding.decode` does, and when it takes too long.
    """
    deadline = Deadline.start(name, limits)
    decoded = decode(data, name)
    text = decoded.text
    found = _Found(marks=list(byte_order_mark(text)))
    begin = _front_matter(text, found)
    lines = list(_lines(text, begin, deadline))
    _blocks(lines, found, deadline)
    for match in _UNSEEN.finditer(text, begin) if "<" in text else ():
        deadline.check()
        found.mark(Span(*match.span()))
    for line in lines:
        for start in range(line.start, line.start + len(line.text), LONGEST_LINE):
            deadline.check()
            _inline(text, start, min(start + LONGEST_LINE, line.start + len(line.text)), found)
    for rows, unit_line in found.pipe_tables:
        found.add_rows(*table_rows(text, rows, 1, unit_line))
    for table in html_tables(text, begin):
        deadline.check()
        found.tables.extend(table.rows)
        found.doubts.extend(table.doubts)
    return SourceFile(
        name=name,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        format="markdown",
        encoding=decoded.encoding,
        furniture=_disjoint(found.marks),
        tables=tuple(sorted(found.tables, key=lambda row: row.span)),
        headings=tuple(found.headings),
        doubts=tuple((text.count("\n", 0, offset) + 1, message) for offset, message in sorted(found.doubts)),
    )


def _front_matter(text: str, found: _Found) -> int:
    match = _FRONT_MATTER.match(text)
    if match is None:
        return len(found.marks)
    found.mark(Span(len(found.marks), match.end()), FRONT_MATTER)
    return match.end()


def _lines(text: str, begin: int, deadline: Deadline) -> Iterator[_Line]:
    for number, match in enumerate(_LINE.finditer(text, begin)):
        if number % _LINES_BETWEEN_LOOKS_AT_THE_CLOCK == 0:
            deadline.check()
        yield _Line(match.start(), match.group().rstrip("\r\n"))


def _blocks(lines: list[_Line], found: _Found, deadline: Deadline) -> None:
    fence: str | None = None
    number = 0
    while number < len(lines):
        if number % _LINES_BETWEEN_LOOKS_AT_THE_CLOCK == 0:
            deadline.check()
        line = lines[number]
        if opening := _FENCE.match(line.text):
            marks = opening.group(1)
            if fence is None or marks.startswith(fence):
                found.mark(line.span(0, len(line.text)))
                fence = marks if fence is None else None
        elif fence is None:
            number += _table(lines, number, found) or _line(lines, number, found)
            continue
        number += 1


def _table(lines: list[_Line], number: int, found: _Found) -> int:
    """Take a pipe table that begins here; the number of its lines, 0 when there is none."""
    if "|" not in lines[number].text or not pipe_rows([line.text for line in lines[number : number + 2]]):
        return 0
    table = list(takewhile(lambda line: "|" in line.text, islice(lines, number, None)))
    rows: list[LineRow] = []
    for count, line in enumerate(table):
        cells, marks = pipes_of(line.text)
        if count == 1 or not any(len(cell) for cell in cells):
            found.mark(line.span(0, len(line.text)))
            continue
        for mark in marks:
            found.mark(line.span(mark.start, mark.end))
        spans = tuple(line.span(cell.start, cell.end) for cell in cells)
        rows.append(LineRow(line.span(0, len(line.text)), spans))
    above = next((line.text for line in reversed(lines[max(number - 3, 0) : number]) if line.text.strip()), "")
    found.pipe_tables.append((rows, above if is_unit_line(above) else ""))
    return len(table)


def _line(lines: list[_Line], number: int, found: _Found) -> int:
    """Mark up one line that is no table and no code; returns how many lines were taken."""
    line = lines[number]
    text = line.text
    if _RULE.match(text):
        found.mark(line.span(0, len(text)))
        return 1
    begin = 0
    while begin < len(text) and (opening := _OPENINGS.match(text, begin)) and opening.end() > begin:
        found.mark(line.span(begin, opening.end()))
        begin = opening.end()
    if heading := _HEADING.match(text, begin):
        found.mark(line.span(begin, heading.end()))
        found.headings.append((line.start, len(heading.group(1))))
        if closing := _CLOSING_MARKS.search(text, heading.end()):
            found.mark(line.span(closing.start(), closing.end()))
    elif _is_underlined(lines, number):
        underline = lines[number + 1]
        found.headings.append((line.start, 1 if "=" in underline.text else 2))
        found.mark(underline.span(0, len(underline.text)))
        return 2
    return 1


def _is_underlined(lines: list[_Line], number: int) -> bool:
    """A heading of one line with === or --- below. A sentence above a --- is a sentence above a rule."""
    if number + 1 == len(lines) or not lines[number].text.strip() or not _UNDERLINE.match(lines[number + 1].text):
        return False
    alone = number == 0 or not lines[number - 1].text.strip()
    return alone and not _ENDS_A_SENTENCE.search(lines[number].text)


def _inline(text: str, begin: int, end: int, found: _Found) -> None:
    """Marks inside a line; what stands between a pair of marks is looked at again for marks of its own."""
    pending = [(begin, end)] if _ANY_MARK.search(text, begin, end) else []
    while pending:
        begin, end = pending.pop()
        for match in _INLINE.finditer(text, begin, end):
            whole = next((group for group in _WHOLE if match[group] is not None), None)
            if whole is not None:
                if picture := _PICTURE.match(match[whole]):
                    found.doubts.append((match.start(), unread(A_PICTURE, picture[1] or picture[2] or "")))
                found.mark(Span(*match.span(whole)))
                continue
            for opening, closing, inside in _PAIRS:
                if match[opening] is not None:
                    found.mark(Span(*match.span(opening)))
                    found.mark(Span(*match.span(closing)))
                    pending.append(match.span(inside))
            if match["tick"] is not None:
                found.mark(Span(*match.span("tick")))
                found.mark(Span(*match.span("tock")))


def _disjoint(marks: list[Furniture]) -> tuple[Furniture, ...]:
    """Sorted, and of two that overlap the earlier one whole and the rest of the later one."""
    kept: list[Furniture] = []
    reached = 0
    for mark in sorted(marks, key=lambda one: (one.span.start, -one.span.end)):
        if mark.span.start >= reached:
            kept.append(mark)
        elif reached < mark.span.end:
            kept.append(Furniture(Span(reached, mark.span.end), mark.kind))
        reached = max(reached, mark.span.end)
    return tuple(kept)
