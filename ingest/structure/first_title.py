"""Where the title of a single file stands: behind a masthead, under a page's navigation, over several lines."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.structure.numbering import Label
from ingest.structure.sections import is_bare
from ingest.structure.titles import LONGEST_TITLE, is_masthead, is_title
from ingest.types import Paragraph

CELL_END = "\t"
MOST_TITLE_LINES = 4
MOST_LINES_ABOVE = 12  # of a saved page: its navigation


def first_title(
    paragraphs: Sequence[Paragraph],
    labels: Sequence[Label | None],
    heading_lines: frozenset[int],
    marked_title: int | None,
    table_rows: frozenset[int] = frozenset(),
) -> list[int]:
    """The first lines, up to the end of the title: one line, or the lines until one ends as titles do.

    ``marked_title`` is the one line that the file's format marks as the title; short lines above it are the page's.
    A table row of several cells is no title.
    """
    count = len(paragraphs)
    first = _under_navigation(paragraphs, labels, marked_title) or _behind_masthead(paragraphs)
    if first == count:
        first = 0
    if not count or labels[first] is not None or (first in table_rows and CELL_END in paragraphs[first].text):
        return list(range(first))
    if first == marked_title and len(paragraphs[first].text) <= LONGEST_TITLE:
        return list(range(first + 1))  # whatever signs it holds, the page calls it its title
    if not is_bare(paragraphs[first].text):
        return list(range(first))
    if not is_title(paragraphs[first].text) and first not in heading_lines:
        for last in range(first + 1, min(first + MOST_TITLE_LINES, count)):
            if labels[last] is not None or not is_bare(paragraphs[last].text):
                break
            if is_title("".join(line.text for line in paragraphs[first : last + 1])):
                return list(range(last + 1))
    return list(range(first + 1))


def _under_navigation(paragraphs: Sequence[Paragraph], labels: Sequence[Label | None], marked_title: int | None) -> int:
    """The marked title when only short lines without a number stand above it; 0 for none."""
    if marked_title is None or marked_title > MOST_LINES_ABOVE:
        return 0
    above = zip(paragraphs[:marked_title], labels, strict=False)
    plain = all(is_bare(line.text) and label is None and not is_title(line.text) for line, label in above)
    return marked_title if plain else 0


def _behind_masthead(paragraphs: Sequence[Paragraph]) -> int:
    """The first line behind 某某文件, 文号 and the like that stand above a title."""
    return next((n for n, line in enumerate(paragraphs) if not is_masthead(line.text)), len(paragraphs))
