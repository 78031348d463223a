"""Changes single rows of ``glossary.toml`` and leaves the rest of it, remarks and order included, as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from index.glossary.glossary import GLOSSARY_FILE, TABLES, load_glossary, product_glossary
from ingest.errors import CorpusUnusable, DraftUnusable
from ingest.normalise import search_form

LONGEST_WORD = 60  # characters of one side; the longest of the project's own has 24
MOST_WORDS = 20  # on the right side; each one widens every search the left side stands in


@dataclass(frozen=True, slots=True)
class GlossaryRow:
    """One row as the owner wrote it: what people say, and the words of the policies for it."""

    table: str
    spoken: str
    words: tuple[str, ...]


def glossary_rows(folder: Path) -> list[GlossaryRow]:
    """Every row of the glossary of a corpus folder, in the order of the file. Raises CorpusUnusable."""
    load_glossary(folder)  # which says what is wrong with it
    document = _open(folder)
    return [
        GlossaryRow(table, str(spoken), tuple(str(word) for word in words))
        for table in TABLES
        for spoken, words in document.get(table, {}).items()
    ]


def put_row(folder: Path, row: GlossaryRow, instead_of: GlossaryRow | None = None) -> None:
    """Add a row, or write it in place of another one.

    Raises DraftUnusable, naming the row, when it says nothing, says too much, or says what another row says already;
    the file is then as it was.
    """
    row = checked_row(row)
    document = _open(folder)
    if instead_of is not None:
        _words_of(document, instead_of)
    for other in glossary_rows(folder):
        if other.table == row.table and _same(other.spoken, row.spoken) and not _is(other, instead_of):
            raise DraftUnusable("index.row_is_there", spoken=row.spoken, table=row.table, other=other.spoken)
    if instead_of is not None and (instead_of.table, instead_of.spoken) != (row.table, row.spoken):
        del document[instead_of.table][instead_of.spoken]
    if row.table not in document:
        document[row.table] = tomlkit.table()
    document[row.table][row.spoken] = list(row.words)
    _write(folder, document, row)


def remove_row(folder: Path, row: GlossaryRow) -> None:
    """Take a row out. Raises DraftUnusable when it is not there."""
    document = _open(folder)
    _words_of(document, row)
    del document[row.table][row.spoken]
    _write(folder, document, row)


def checked_row(row: GlossaryRow) -> GlossaryRow:
    """The row without blanks around its words. Raises DraftUnusable when it cannot be a row."""
    spoken = " ".join(row.spoken.split())
    words = tuple(dict.fromkeys(plain for word in row.words if (plain := " ".join(word.split()))))
    shown = spoken or "、".join(words) or "—"
    if row.table not in TABLES:
        raise DraftUnusable("index.no_such_table", shown=shown, table=row.table, tables=", ".join(TABLES))
    if not search_form(spoken).strip() or not all(search_form(word).strip() for word in words):
        raise DraftUnusable("index.row_needs_two_sides", shown=shown)
    if not words and not _is_of_product(row.table, spoken):  # which an empty row switches off
        raise DraftUnusable("index.row_needs_a_policy_word", shown=shown)
    if len(words) > MOST_WORDS:
        raise DraftUnusable("index.too_many_words", shown=shown, number=len(words), most=MOST_WORDS)
    if long := [word for word in (spoken, *words) if len(word) > LONGEST_WORD]:
        raise DraftUnusable("index.characters", word=long[0][:LONGEST_WORD], characters=len(long[0]), most=LONGEST_WORD)
    if any(not sign.isprintable() for word in (spoken, *words) for sign in word):
        raise DraftUnusable("index.word_cannot_be_shown", shown=shown)
    if row.table == "people" and words and all(_same(word, spoken) for word in words):
        raise DraftUnusable("index.word_stands_for_itself", shown=shown)
    return GlossaryRow(row.table, spoken, words)


def _is_of_product(table: str, spoken: str) -> bool:
    return search_form(spoken) in getattr(product_glossary(), table)


def _same(one: str, other: str) -> bool:
    return search_form(one) == search_form(other)


def _is(row: GlossaryRow, other: GlossaryRow | None) -> bool:
    return other is not None and (row.table, row.spoken) == (other.table, other.spoken)


def _words_of(document: Any, row: GlossaryRow) -> Any:
    if row.table not in TABLES or row.spoken not in document.get(row.table, {}):
        raise DraftUnusable("index.row_is_gone", spoken=row.spoken, table=row.table)
    return document[row.table][row.spoken]


def _open(folder: Path) -> Any:  # tomlkit's documents are dictionaries whose values are open
    path = folder / GLOSSARY_FILE
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return tomlkit.document()
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise CorpusUnusable("index.glossary_is_no_toml", file=GLOSSARY_FILE, reason=error) from error


def _write(folder: Path, document: Any, row: GlossaryRow) -> None:
    path = folder / GLOSSARY_FILE
    before = path.read_bytes() if path.exists() else None
    aside = path.with_name(f".{GLOSSARY_FILE}")
    aside.write_text(document.as_string(), encoding="utf-8")
    aside.replace(path)
    try:
        load_glossary(folder)  # what it refuses must never be published
    except CorpusUnusable as error:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)
        raise DraftUnusable("index.row_makes_glossary_unreadable", spoken=row.spoken) from error
