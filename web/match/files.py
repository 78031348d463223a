"""What was matched as a Word file and as a spreadsheet, made from the same view that the page draws."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment

from eval.reports.xlsx import text_cell
from web.chat.word_file import clean, new_document
from web.match.view import GrantView, GroupView, PlaceView
from web.match.words import word
from web.texts import Tongue, bracketed, colon, joined

MOST_GRANTS = 300  # of one file; a profile meets some fifty
_COLUMNS = ("column_status", "column_title", "level", "kind", "amount", "claim", "goes_to", "column_conditions", "quote",
            "overlap", "procedure", "offices", "column_document", "column_address")  # fmt: skip
_WIDTHS = (10, 30, 10, 10, 22, 34, 12, 60, 60, 30, 30, 24, 40, 20)


@dataclass(frozen=True, slots=True)
class Told:
    """What a file says: a heading, the facts it rests on, the results, and a closing line."""

    heading: str
    facts: str
    summary: str
    groups: Sequence[GroupView]
    closing: str

    def cut(self) -> tuple[list[tuple[str, GrantView]], bool]:
        """The results with the status of their group, at most ``MOST_GRANTS``, and whether some were left out."""
        every = [(group["status"], grant) for group in self.groups for grant in group["grants"]]
        return every[:MOST_GRANTS], len(every) > MOST_GRANTS


def word_of(told: Told, tongue: Tongue) -> bytes:
    """The results as DOCX. Whatever a text contains stays text."""
    document = new_document(told.heading)
    document.add_paragraph(clean(told.facts))
    document.add_paragraph(clean(told.summary)).runs[0].bold = True
    grants, is_cut = told.cut()
    last = ""
    for status, grant in grants:
        if status != last:
            document.add_heading(word(f"group_{status}", tongue), level=2)
            last = status
        _add_grant(document, grant, tongue)
    if is_cut:
        document.add_paragraph(word("cut", tongue, n=MOST_GRANTS))
    document.add_paragraph(clean(told.closing))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _add_grant(document: WordDocument, grant: GrantView, tongue: Tongue) -> None:
    document.add_heading(clean(grant["title"] + bracketed((grant["level"], grant["kind"]), tongue)), level=3)
    for name, text in _lines(grant, tongue):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(f"{name}{colon(tongue)}").bold = True
        paragraph.add_run(clean(text))


def _lines(grant: GrantView, tongue: Tongue) -> Iterator[tuple[str, str]]:
    """The parts of a result with their names; of one that nobody checked the words of the text come first."""
    said = [*grant["english"], *(f"“{words}”" for words in grant["quotes"])]
    quotes = (word("quote", tongue), "\n".join(said))
    if not grant["checked"]:
        yield word("unchecked", tongue), quotes[1]
    told = [
        ("amount", amount_of(grant, tongue)),
        ("claim", grant["claim"]),
        ("goes_to", goes_to(grant, tongue)),
        ("column_conditions", "\n".join(_condition_lines(grant, tongue))),
        ("overlap", "\n".join(grant["overlaps"])),
        ("procedure", "\n".join(grant["procedure"])),
        ("offices", _offices(grant, tongue)),
        ("said_again", joined((_place_line(place, tongue) for place in grant["said_again"]), tongue)),
    ]
    yield from ((word(key, tongue), text) for key, text in told if text)
    if grant["checked"] and grant["quotes"]:
        yield quotes
    yield word("column_document", tongue), _place_line(grant["place"], tongue)


def amount_of(grant: GrantView, tongue: Tongue) -> str:
    """The figure as printed, with what it limits."""
    bound = bracketed((grant["bound"],), tongue) if grant["bound"] else ""
    english = f"{grant['amount_english']} / " if grant["amount_english"] else ""
    return f"{english}{grant['amount']}{bound}" if grant["amount"] else word("no_amount", tongue)


def goes_to(grant: GrantView, tongue: Tongue) -> str:
    """Who gets it."""
    return grant["recipient"] + (bracketed((word("for_talent", tongue),), tongue) if grant["for_talent"] else "")


def _offices(grant: GrantView, tongue: Tongue) -> str:
    return joined(grant["offices"], tongue) if tongue == "en" else "、".join(grant["offices"])


def _condition_lines(grant: GrantView, tongue: Tongue) -> Iterator[str]:
    for condition in grant["conditions"]:
        status = word(f"status_{condition['status']}", tongue)
        yield f"[{status}] {condition['text']}{colon(tongue)}{condition['because']}"


def _place_line(place: PlaceView, tongue: Tongue) -> str:
    page = "" if place["page"] is None else word("page", tongue, page=place["page"])
    english = f"{place['document_english']} " if place["document_english"] else ""
    return f"{english}《{place['document']}》{place['address']}{bracketed((place['level'], page), tongue)}"


def table_of(told: Told, tongue: Tongue) -> bytes:
    """The results as XLSX, one a row; no cell is a formula, whatever a text begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(word("title", tongue))
    sheet.freeze_panes = "C4"
    for number, width in enumerate(_WIDTHS):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    for line in (f"{told.heading} {told.summary}", told.facts):
        sheet.append([text_cell(sheet, line)])
    sheet.append([text_cell(sheet, word(key, tongue)) for key in _COLUMNS])
    grants, is_cut = told.cut()
    for status, grant in grants:
        sheet.append([_wrapped(text_cell(sheet, text)) for text in _row(status, grant, tongue)])
    if is_cut:
        sheet.append([text_cell(sheet, word("cut", tongue, n=MOST_GRANTS))])
    sheet.append([text_cell(sheet, told.closing)])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _wrapped(cell: Cell) -> Cell:
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _row(status: str, grant: GrantView, tongue: Tongue) -> tuple[str, ...]:
    unchecked = "" if grant["checked"] else f"{word('unchecked', tongue)}\n"
    return (
        word(f"group_{status}", tongue),
        grant["title"],
        grant["level"],
        grant["kind"],
        amount_of(grant, tongue),
        grant["claim"],
        goes_to(grant, tongue),
        "\n".join(_condition_lines(grant, tongue)),
        unchecked + "\n".join((*grant["english"], *grant["quotes"])),
        "\n".join(grant["overlaps"]),
        "\n".join(grant["procedure"]),
        _offices(grant, tongue),
        "\n".join(filter(None, (grant["place"]["document_english"], grant["place"]["document"]))),
        grant["place"]["address"],
    )
