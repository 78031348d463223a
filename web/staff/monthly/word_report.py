"""The report of a month as a Word file: headings, numbers and tables, each count with a bar of blocks beside it."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx.document import Document as WordDocument

from web.chat.word_file import clean, new_document
from web.staff.monthly.view import Table

BLOCKS = 20  # that the greatest number of a table gets


def word_report(
    heading: str, lead: Sequence[str], counts: Sequence[tuple[str, int, str]], tables: Sequence[Table]
) -> bytes:
    """The file. What XML cannot hold is left out of the words."""
    document = new_document(heading)
    for line in lead:
        document.add_paragraph(clean(line))
    for name, count, share in counts:
        document.add_paragraph(clean(f"{name}：{count:,}{f'（{share}）' if share else ''}"), style="List Bullet")
    for table in tables:
        document.add_heading(clean(table.caption), level=2)
        if table.rows:
            _add(document, table)
        else:
            document.add_paragraph(clean(table.empty))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _add(document: WordDocument, table: Table) -> None:
    most = max(int(row[1]) for row in table.rows) if table.is_counted else 0
    rows = [list(row) for row in table.rows]
    heads = list(table.columns)
    if most:
        heads.append("")
        for row in rows:
            row.append("█" * max(1, round(int(row[1]) / most * BLOCKS)))
    made = document.add_table(rows=1 + len(rows), cols=len(heads), style="Table Grid")
    for number, (line, texts) in enumerate(zip(made.rows, [heads, *rows], strict=True)):
        for cell, text in zip(line.cells, texts, strict=True):
            if text:
                cell.paragraphs[0].add_run(clean(text)).bold = number == 0 or None
