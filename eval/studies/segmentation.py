"""Segmentation held against what others have marked: articles, headings, and one policy in several formats.

A folder tells by its files what can be measured in it:

* ``articles.jsonl`` (``doc``, ``label``, ``text``, ``chapter``): every article found word for word, under its chapter;
* ``structure_gold.jsonl`` (``doc``, ``items`` of ``line``, ``kind`` and ``head``, ``closed`` by kind): headings and
  numbered items at their line with their kind; only kinds whose runs are closed are expected;
* ``manifest.jsonl`` with ``docx``, ``pdf`` or ``html`` beside ``doc`` or ``source_text``: the clauses of that file
  against those of the text.

White space does not count. ``contiguous`` in the manifest says that a document has no other articles than those
listed; only there can an article be spurious.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ingest.corpus.load import Segmented, load_file, marked_headings, rows_of
from ingest.errors import EvaluationUnusable, SourceUnreadable
from ingest.readers.dispatch import read_source
from ingest.readers.limits import Limits
from ingest.structure.numbering import Kind, read_label
from ingest.structure.outline import outline
from ingest.structure.paragraphs import split_paragraphs
from ingest.structure.sections import all_sections
from ingest.types import Clause, Role, SourceFile

ARTICLES, HEADINGS, MANIFEST = "articles.jsonl", "structure_gold.jsonl", "manifest.jsonl"
FORMATS = ("docx", "pdf", "html")
SHOWN_MISSES = 5  # of each measure, in the table; --json has all
_MEGABYTE = 1e6

# How structure_gold.jsonl calls the kinds of numbering.
_KIND_NAMES = {
    Kind.CN: "cn_dun",
    Kind.CN_PAREN: "paren_cn",
    Kind.NUM: "num",
    Kind.NUM_PAREN: "paren_num",
    Kind.CIRCLED: "circ",
    Kind.ARTICLE: "tiao",
    Kind.CHAPTER: "chap",
    Kind.SECTION: "chap",
    Kind.BOOK: "chap",
    Kind.SUBBOOK: "chap",
}
_ANNEX = "attach"

Row = Mapping[str, Any]  # one line of a JSONL file that somebody else wrote


@dataclass(frozen=True, slots=True)
class SegmentationScore:
    """One measure over one folder. ``spurious`` is None where nothing could be."""

    folder: str
    measure: str
    expected: int
    found: int
    spurious: int | None
    skipped: int  # files that are not there or could not be read
    misses: tuple[str, ...]
    megabytes: float  # of UTF-8 text
    seconds: float  # of processor time

    @property
    def share(self) -> float:
        """Of what was expected."""
        return self.found / self.expected if self.expected else 1.0

    @property
    def speed(self) -> float | None:
        """Megabytes of text a second of processor time, None where the reading of one file was not timed."""
        return self.megabytes / self.seconds if self.seconds else None


def measure_folder(folder: Path) -> tuple[SegmentationScore, ...]:
    """Everything that can be measured in a folder.

    Raises EvaluationUnusable when that is nothing, or a file of expectations is not what it should be.
    """
    found: list[SegmentationScore] = []
    try:
        if (folder / ARTICLES).is_file():
            found += _articles(folder)
        if (folder / HEADINGS).is_file():
            found.append(_headings(folder))
        if (folder / MANIFEST).is_file():
            found += _formats(folder)
    except KeyError as error:
        raise EvaluationUnusable("eval.line_lacks_field", folder=folder, reason=error) from error
    if not found:
        raise EvaluationUnusable(
            "eval.nothing_to_measure", folder=folder, articles=ARTICLES, headings=HEADINGS, manifest=MANIFEST
        )
    return tuple(found)


def segmentation_table(rows: Sequence[SegmentationScore]) -> str:
    """For people: a line a measure, the first misses below it."""
    lines = [f"{'folder':<26} {'measure':<18} {'found':>7} {'of':>7} {'share':>9} {'spurious':>9} {'MB/s':>6}"]
    for row in rows:
        spurious = "–" if row.spurious is None else str(row.spurious)
        speed = f"{row.speed:6.2f}" if row.speed else f"{'–':>6}"
        counts = f"{row.found:>7,} {row.expected:>7,} {row.share:>9.3%} {spurious:>9} {speed}"
        lines.append(f"{row.folder:<26} {row.measure:<18} {counts}")
        lines += [f"    missed  {miss}" for miss in row.misses[:SHOWN_MISSES]]
        if row.skipped:
            lines.append(f"    {row.skipped} files left out: not there, or not readable")
    return "\n".join(lines)


def segmentation_json(rows: Sequence[SegmentationScore]) -> str:
    """For machines: a list with every miss."""
    return json.dumps([{**asdict(row), "share": row.share, "speed": row.speed} for row in rows], ensure_ascii=False)


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                yield json.loads(line)
            except json.JSONDecodeError as error:
                raise EvaluationUnusable("eval.line_is_no_json", path=path, number=number, reason=error.msg) from error


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


# ── articles ──


@dataclass(frozen=True, slots=True)
class _Article:
    label: str  # in one spelling
    text: str  # without white space and label
    chapters: frozenset[str]


def _articles(folder: Path) -> Iterator[SegmentationScore]:
    expected: dict[str, list[Row]] = {}
    for row in _rows(folder / ARTICLES):
        expected.setdefault(row["doc"], []).append(row)
    manifest = folder / MANIFEST
    contiguous = {row["doc"] for row in _rows(manifest) if row.get("contiguous")} if manifest.is_file() else set[str]()
    exact = in_chapter = spurious = chapters = size = skipped = 0
    seconds = 0.0
    misses: list[str] = []
    misplaced: list[str] = []
    for name, articles in expected.items():
        began = time.process_time()
        cut = _cut(folder / name)
        if cut is None:
            skipped += 1
            continue
        seconds += time.process_time() - began
        size += len(cut.source.text.encode())
        left = list(_articles_of(cut))
        for article in articles:
            wanted = (_label(article["label"]), _squeezed(article["text"]))
            hit = next((one for one in left if (one.label, one.text) == wanted), None)
            if hit is None:
                misses.append(f"{article['label']} of {name}")
                continue
            exact += 1
            left.remove(hit)
            if chapter := article.get("chapter"):
                chapters += 1
                in_chapter += _squeezed(chapter) in hit.chapters
                if _squeezed(chapter) not in hit.chapters:
                    misplaced.append(f"{article['label']} of {name}")
        if name in contiguous:
            known = Counter(_label(article["label"]) for article in articles)
            spurious += sum((Counter(one.label for one in left) - known).values())
    total = sum(len(articles) for articles in expected.values())
    megabytes = size / _MEGABYTE
    yield SegmentationScore(folder.name, "articles", total, exact, spurious, skipped, tuple(misses), megabytes, seconds)
    yield SegmentationScore(
        folder.name, "their chapters", chapters, in_chapter, None, 0, tuple(misplaced), megabytes, 0.0
    )


def _label(printed: str) -> str:
    label = read_label(printed.strip())
    return label.printed if label is not None else _squeezed(printed)


def _articles_of(cut: Segmented) -> Iterator[_Article]:
    for clause in cut.clauses:
        label = read_label(clause.text)
        if label is not None and label.kind is Kind.ARTICLE and clause.address.endswith(label.printed):
            headings = frozenset(_squeezed(heading) for heading in clause.path)
            yield _Article(label.printed, _squeezed(clause.text[label.length :]), headings)


def _cut(path: Path) -> Segmented | None:
    try:
        return load_file(path)
    except SourceUnreadable:
        return None


# ── headings ──


def _headings(folder: Path) -> SegmentationScore:
    expected = found = spurious = size = skipped = 0
    misses: list[str] = []
    for row in _rows(folder / HEADINGS):
        try:
            source = read_source(folder / row["doc"], row["doc"], Limits())
        except SourceUnreadable:
            skipped += 1
            continue
        size += len(source.text.encode())
        ours = set(_headings_of(source))
        theirs = {(item["line"], item["kind"]) for item in row["items"]}
        closed = [item for item in row["items"] if row["closed"].get(item["kind"])]
        expected += len(closed)
        missed = [item for item in closed if (item["line"], item["kind"]) not in ours]
        found += len(closed) - len(missed)
        misses += [f"line {item['line']} of {row['doc']}: {item['head'][:30]}" for item in missed]
        # Not every annex is marked, so an annex of ours that is not theirs says nothing.
        spurious += sum(place not in theirs and place[1] != _ANNEX for place in ours)
    return SegmentationScore(
        folder.name, "headings", expected, found, spurious, skipped, tuple(misses), size / _MEGABYTE, 0.0
    )


def _headings_of(source: SourceFile) -> Iterator[tuple[int, str]]:
    """Line and kind of every heading and numbered item."""
    paragraphs = split_paragraphs(source).items
    rows = rows_of(source, paragraphs)
    tree = outline(paragraphs, frozenset(), marked_headings(source, paragraphs), frozenset(rows))
    for section in all_sections(tree.root):
        if section.label is not None and section.label.kind in _KIND_NAMES:
            yield paragraphs[section.own[0]].line, _KIND_NAMES[section.label.kind]
        elif section.kind == "annex":
            for number in section.own:
                yield paragraphs[number].line, _ANNEX


# ── formats ──


def _formats(folder: Path) -> Iterator[SegmentationScore]:
    rows = list(_rows(folder / MANIFEST))
    for format in FORMATS:
        pairs = [(_text_of(folder, row), folder / row[format]) for row in rows if row.get(format)]
        if pairs:
            yield _format(folder.name, format, pairs)


def _text_of(folder: Path, row: Row) -> Path:
    """The text of a policy: in the folder itself, or, as ``source_text``, in a folder beside it."""
    return folder.parent / row["source_text"] if "source_text" in row else folder / row["doc"]


def _format(folder: str, format: str, pairs: Sequence[tuple[Path, Path]]) -> SegmentationScore:
    expected = found = size = skipped = 0
    misses: list[str] = []
    for text, other in pairs:
        one, two = _cut(text), _cut(other)
        if one is None or two is None:
            skipped += 1
            continue
        size += len(one.source.text.encode())
        got = Counter(map(_content, two.clauses))
        wanted = Counter(_expected(one, two) if format == "html" else map(_content, one.clauses))
        expected += wanted.total()
        found += (wanted & got).total()
        misses += [f"{address or 'unnumbered'} of {other.name}: {words[:30]}" for address, words in wanted - got]
    measure = f"{format} against text"
    return SegmentationScore(folder, measure, expected, found, None, skipped, tuple(misses), size / _MEGABYTE, 0.0)


def _expected(text: Segmented, page: Segmented) -> Iterator[tuple[str, str]]:
    """The numbered clauses of a text that was copied from a page.

    Issuer, number and title stand on the page as a table of their own or in another place; and what is a table on
    the page fell apart in the text, a cell a line, so its cells are not looked for.
    """
    cells = [clause.text for clause in page.clauses if clause.role is Role.TABLE_ROW]
    cells += [heading.text for heading in page.headings if heading.kind == "table"]
    in_tables = _squeezed("".join(cells))
    for address, words in map(_content, text.clauses):
        if address and words not in in_tables:
            yield address, words


def _content(clause: Clause) -> tuple[str, str]:
    return clause.address, _squeezed(clause.text)
