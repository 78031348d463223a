"""What every class gets for one purpose, at every level that prints it: the whole table, equal amounts said as equal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bot.compose.draft import Draft
from bot.compose.phrases import level_words, phrase
from bot.evidence.benefit_rows import purposes_asked
from bot.granting.class_sums import asks_for_sum, say_sum
from bot.kinds.grant_shelf import GrantShelf
from bot.kinds.grant_words import amount_of, is_over
from bot.kinds.words import asked_words, said
from bot.types import AnswerSentence, Language, SentenceRole, Table, TableCell
from bot.understand.grades import letter_tiers
from bot.understand.reading import Reading
from bot.verdicts.differences import Side, asks_which, say_which
from bot.verify.english_amounts import in_english
from ingest.entitlements.types import AmountRow, Attached
from ingest.facts.figures import find_figures
from ingest.types import Clause, Span
from ingest.vocabulary.levels import widest_first

FEWEST = 2  # classes or levels that make a table
CLASSES = "ABCDEF"  # where all are asked of
AGENCY, EMPLOYER = "intermediary", "employer"


@dataclass(frozen=True, slots=True)
class _Cell:
    amount: str
    clause: Clause
    span: Span


_Table = Mapping[str, Mapping[str, _Cell]]  # level → class → amount


def compare_classes(reading: Reading, shelf: GrantShelf, tiers: frozenset[str]) -> Draft | None:
    """Classes of people side by side for the purpose asked of; None where fewer than two amounts can be set beside each other.

    Of :data:`CLASSES` only those that some level prints are spoken of.
    """
    letters = sorted(tier for tier in tiers if tier.isascii())
    if not letters:
        return None
    table = _table(reading, shelf, letters)
    if not tiers <= reading.tiers:  # of all classes those that are printed anywhere
        letters = [letter for letter in letters if any(letter in row for row in table.values())]
    if sum(len(row) for row in table.values()) < (1 if asks_for_sum(reading) else FEWEST):
        return None
    draft = Draft(reading.language, shelf.corpus)
    _say_equal(draft, table, letters)
    for level, row in table.items():
        _say_level(draft, level, row, letters)
        say_sum(draft, reading, {letter: (cell.amount, cell.clause) for letter, cell in row.items()})
    for level in reading.levels:
        if level not in table:
            _hedge(draft, level, letters)
    if draft.withheld or not draft.sentences:
        return None
    _say_which(draft, reading, table)
    draft.tables.append(_as_table(draft, table, letters))
    return draft


def _table(reading: Reading, shelf: GrantShelf, letters: Sequence[str]) -> _Table:
    asked_for = purposes_asked(reading)
    purposes = {purpose for purpose in asked_for if purpose in reading.last} or asked_for  # in so many words first
    found: dict[str, dict[str, _Cell]] = {}
    levels = reading.levels or tuple(widest_first(item.level for item in shelf.checked if item.level))
    for level in levels:
        items = [item for item in shelf.checked if item.level == level and not is_over(item, reading.time)]
        for item, row in _rows_asked(reading, items, purposes):
            (letter,) = letter_tiers(row.object.lower())
            if letter in letters:
                found.setdefault(level, {}).setdefault(letter, _cell(item, row, shelf))
    return found


def is_of_agencies(reading: Reading) -> bool:
    """Whether it is asked what agencies get for the people they bring, not what is given for coming through one."""
    return asked_words().asks_for("agencies", reading.last)


def _rows_asked(
    reading: Reading, items: Sequence[Attached], purposes: AbstractSet[str]
) -> Iterator[tuple[Attached, AmountRow]]:
    """The rows for one class alone that are given for what is asked; of agencies only what goes to them, for whatever it is."""
    agencies = is_of_agencies(reading)
    employers = not (agencies or purposes) and asked_words().asks_for("to_employer", reading.last)
    for item in items:
        if (agencies and item.record.recipient.who != AGENCY) or (employers and item.record.recipient.who != EMPLOYER):
            continue
        for row in item.record.amounts:
            title = f"{item.record.title}{row.object}"
            if len(letter_tiers(row.object.lower())) == 1 and (
                agencies or employers or any(one in title for one in purposes)
            ):
                yield item, row


def _cell(item: Attached, row: AmountRow, shelf: GrantShelf) -> _Cell:
    clause, span = shelf.place_of_row(item, row)
    return _Cell(amount_of(row), clause, span)


def _say_equal(draft: Draft, table: _Table, letters: Sequence[str]) -> None:
    for letter in letters:
        cells = [row[letter] for row in table.values() if letter in row]
        if len(cells) >= FEWEST and len({cell.amount for cell in cells}) == 1:
            numbers = tuple(dict.fromkeys(draft.cite(cell.clause, cell.span, "answer") for cell in cells))
            text = said("same_everywhere", draft.language, row=_class(letter, draft.language), amount=cells[0].amount)
            draft.say(text, numbers, SentenceRole.VERDICT)


def _say_which(draft: Draft, reading: Reading, table: _Table) -> None:
    """Which of two amounts is more, where no more than two are set side by side."""
    cells = [(level, letter, cell) for level, row in table.items() for letter, cell in row.items()]
    if len(cells) != FEWEST or not asks_which(reading) or draft.sentences[0].role is SentenceRole.VERDICT:
        return
    by_level = len(table) == FEWEST
    sides = [
        Side(
            level_words(level, draft.language) if by_level else _class(letter, draft.language),
            figures[0],
            cell.amount,
            cell.clause,
            cell.span,
        )
        for level, letter, cell in cells
        if len(figures := find_figures(cell.amount)) == 1
    ]
    if len(sides) == FEWEST:
        say_which(draft, reading, sides)


def _say_level(draft: Draft, level: str, row: Mapping[str, _Cell], letters: Sequence[str]) -> None:
    """One line a level; what it does not print is named."""
    english = draft.language is Language.EN
    shown = [letter for letter in letters if letter in row]
    numbers = tuple(dict.fromkeys(draft.cite(row[one].clause, row[one].span, "answer") for one in shown))
    words = ("; " if english else "；").join(
        f"{_class(one, draft.language)}{': ' if english else ''}{_amount(row[one], draft.language)}" for one in shown
    )
    # A quotation would be put into the whole English sentence, with the classes that the question leaves out.
    role = SentenceRole.VERDICT if english else SentenceRole.QUOTE
    draft.say(f"〔{level_words(level, draft.language)}〕{words}{'.' if english else '。'}", numbers, role)
    missing = [letter for letter in letters if letter not in row]
    if missing:
        _hedge(draft, level, missing)


def _amount(cell: _Cell, language: Language) -> str:
    figures = find_figures(cell.amount)
    english = in_english(figures[0]) if language is Language.EN and len(figures) == 1 else None
    return english or cell.amount


def _hedge(draft: Draft, level: str, letters: Sequence[str]) -> None:
    joint = ", " if draft.language is Language.EN else "、"
    names = joint.join(_class(letter, draft.language) for letter in letters)
    text = said("row_missing", draft.language, level=level_words(level, draft.language), row=names)
    draft.sentences.append(AnswerSentence(text, (), (), role=SentenceRole.HEDGE))


def _class(letter: str, language: Language) -> str:
    name = f"{letter}{asked_words().said['class']}"
    return f"Class {letter}" if language is Language.EN else name


def _as_table(draft: Draft, table: _Table, letters: Sequence[str]) -> Table:
    language = draft.language
    columns = (phrase("class", language), *(level_words(level, language) for level in table))
    rows = tuple(
        (TableCell(_class(letter, language)), *(_table_cell(draft, row.get(letter)) for row in table.values()))
        for letter in letters
    )
    return Table(said("class_table", language), columns, rows)


def _table_cell(draft: Draft, cell: _Cell | None) -> TableCell:
    if cell is None:
        return TableCell(phrase("not_listed", draft.language))
    return TableCell(cell.amount, (draft.number_of(cell.clause),))
