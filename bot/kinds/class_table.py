"""What every class gets for one purpose, at every level that prints it: the whole table, equal amounts said as equal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bot.compose.draft import Draft
from bot.compose.phrases import level_words, phrase
from bot.compose.source_labels import label_of
from bot.evidence.benefit_rows import purposes_asked
from bot.evidence.passages_for_question import without_label
from bot.granting.class_sums import asks_for_sum, say_sum
from bot.kinds.class_grants import classes_of
from bot.kinds.grant_shelf import GrantShelf
from bot.kinds.grant_words import amount_of, is_over
from bot.kinds.grants_asked import grants_named
from bot.kinds.words import asked_words, said
from bot.types import AnswerSentence, Language, SentenceRole, Table, TableCell
from bot.understand.grades import letter_tiers
from bot.understand.levels_and_places import Places
from bot.understand.reading import Reading
from bot.verdicts.differences import Side, asks_which, say_which
from bot.verify.english_amounts import in_english
from index.text.question_types import QuestionType
from ingest.entitlements.types import AmountRow, Attached, leaves
from ingest.facts.figures import find_figures
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Span
from ingest.vocabulary.levels import widest_first

FEWEST = 2  # classes or levels that make a table
CLASSES = "ABCDEF"  # where all are asked of
LONGEST_QUOTE = 220  # characters of the words behind the amounts
_OF_ONE_SUM = frozenset({QuestionType.AMOUNT, QuestionType.LIST, QuestionType.COMPARISON})
AGENCY, EMPLOYER = "intermediary", "employer"


@dataclass(frozen=True, slots=True)
class _Cell:
    amount: str
    clause: Clause
    span: Span


@dataclass(frozen=True, slots=True)
class _Line:
    """A level, and the grant where several are told apart."""

    level: str
    title: str = ""

    def words(self, language: Language) -> str:
        """As it is called in front of its amounts."""
        return " ".join(part for part in (level_words(self.level, language), self.title) if part)


_Table = Mapping[_Line, Mapping[str, _Cell]]  # level → class → amount


def compare_classes(reading: Reading, shelf: GrantShelf, tiers: frozenset[str]) -> Draft | None:
    """Classes of people side by side for the purpose asked of; None where fewer than two amounts can be set beside each other.

    Of :data:`CLASSES` only those that some level prints are spoken of.
    """
    letters = sorted(tier for tier in tiers if tier.isascii())
    if not letters or _is_unsettled(reading, shelf, letters):
        return None
    table = _table(reading, shelf, letters)
    is_compared = asks_for_sum(reading) or asked_words().asks_for("compare", reading.last)
    if len(letters) == 1 and not is_compared:
        return _of_one_class(reading, shelf, letters[0], table)
    if not tiers <= reading.tiers:  # of all classes those that are printed anywhere
        letters = [letter for letter in letters if any(letter in row for row in table.values())]
    if sum(len(row) for row in table.values()) < (1 if asks_for_sum(reading) else FEWEST):
        return None
    draft = Draft(reading.language, shelf.corpus)
    _say_equal(draft, table, letters)
    for line, row in table.items():
        _say_line(draft, line, row, letters)
        say_sum(draft, reading, {letter: (cell.amount, cell.clause) for letter, cell in row.items()})
    for level in reading.levels:
        if all(line.level != level for line in table):
            _hedge(draft, level, letters)
    if draft.withheld or not draft.sentences:
        return None
    _say_which(draft, reading, table)
    draft.tables.append(_as_table(draft, table, letters))
    return draft


def _of_one_class(reading: Reading, shelf: GrantShelf, letter: str, table: _Table) -> Draft | None:
    """The amount of one class at each level that prints one for any class; those that print it for others alone are named."""
    if not table:
        return None  # printed for others alone, if at all: that is a refusal with its reason
    everybody = _table(reading, shelf, CLASSES)
    draft = Draft(reading.language, shelf.corpus)
    _say_equal(draft, table, letter)
    if not draft.sentences:
        for line, row in table.items():
            _say_line(draft, line, row, letter, SentenceRole.VERDICT)
    _say_clauses(draft, [row[letter] for row in table.values()])
    for line in everybody:
        if line not in table:
            _hedge(draft, line.level, letter)
    for level in reading.levels:
        if all(line.level != level for line in everybody):
            _hedge(draft, level, letter)
    return None if draft.withheld else draft


def _is_unsettled(reading: Reading, shelf: GrantShelf, letters: Sequence[str]) -> bool:
    """Whether the words of a grant that may belong into the table changed: the clauses then say what no record does."""
    purposes = purposes_asked(reading)
    return any(
        (not purposes or any(one in f"{record.title}{row.object}" for one in purposes))
        and (letter_tiers(row.object.lower()) or classes_of(record.conditions)) & frozenset(letters)
        for record in shelf.unsettled
        for row in record.amounts
    )


def _table(reading: Reading, shelf: GrantShelf, letters: Sequence[str]) -> _Table:
    asked_for = purposes_asked(reading)
    purposes = {purpose for purpose in asked_for if purpose in reading.last} or asked_for  # in so many words first
    found: dict[_Line, dict[str, _Cell]] = {}
    levels = reading.levels or tuple(widest_first(item.level for item in shelf.checked if item.level))
    for level in levels:
        items = [item for item in shelf.checked if item.level == level and not is_over(item, reading.time)]
        for letter, item, row in _rows_asked(reading, items, purposes):
            line = _Line(level, item.record.title if asks_of_employers(reading) else "")
            if letter in letters:
                found.setdefault(line, {}).setdefault(letter, _cell(item, row, shelf))
    return found


def is_of_agencies(reading: Reading) -> bool:
    """Whether it is asked what agencies get for the people they bring, not what is given for coming through one."""
    return asked_words().asks_for("agencies", reading.last)


def asks_of_employers(reading: Reading) -> bool:
    """Whether it is asked what goes to the employer, of grants that are named one by one: no purpose, no sum."""
    words, text = asked_words(), reading.last
    if not words.asks_for("to_employer", text) or words.asks_for("flexibly", text):
        return False
    return not (is_of_agencies(reading) or purposes_asked(reading) or asks_for_sum(reading))


def asks_one_sum(reading: Reading, places: Places) -> bool:
    """Whether the amount for classes is asked for one purpose and nothing besides: C类安家补贴多少."""
    words, text = asked_words(), reading.last
    purposes = {one for one in purposes_asked(reading) if one in text}
    if (
        not purposes
        or not letter_tiers(text)
        or not reading.types <= _OF_ONE_SUM
        or not words.asks_for("one_sum", text)
    ):
        return False
    rest = words.asks["class_named"].sub("|", text)
    for purpose in purposes:
        rest = rest.replace(purpose, words.said["any"])
    wanted = grants_named(reading, rest, places)
    return wanted is not None and not wanted.topics


def _rows_asked(
    reading: Reading, items: Sequence[Attached], purposes: AbstractSet[str]
) -> Iterator[tuple[str, Attached, AmountRow]]:
    """The rows for one class alone, with its letter, that are given for what is asked; of agencies only what goes to them, for whatever it is."""
    agencies = is_of_agencies(reading)
    words = asked_words()
    employers = not (agencies or purposes) and words.asks_for("to_employer", reading.last)
    brought_in = employers and words.asks_for("brought_in", reading.last)
    for item in items:
        if (agencies and item.record.recipient.who != AGENCY) or (employers and item.record.recipient.who != EMPLOYER):
            continue
        if brought_in and words.asks_for("brought_up", "".join(leaf.span for leaf in leaves(item.record.conditions))):
            continue
        own = classes_of(item.record.conditions)  # of a grant for one class its rows need not name it
        for row in item.record.amounts:
            title = f"{item.record.title}{row.object}"
            letters = letter_tiers(row.object.lower()) or (own if len(item.record.amounts) == 1 else frozenset[str]())
            if len(letters) == 1 and (agencies or employers or any(one in title for one in purposes)):
                yield min(letters), item, row


def _cell(item: Attached, row: AmountRow, shelf: GrantShelf) -> _Cell:
    clause, span = shelf.place_of_row(item, row)
    return _Cell(amount_of(row), clause, span)


def _say_equal(draft: Draft, table: _Table, letters: Sequence[str]) -> None:
    for letter in letters:
        cells = [row[letter] for line, row in table.items() if letter in row and not line.title]
        if len(cells) >= FEWEST and len({cell.amount for cell in cells}) == 1:
            numbers = tuple(dict.fromkeys(draft.cite(cell.clause, cell.span, "answer") for cell in cells))
            text = said("same_everywhere", draft.language, row=_class(letter, draft.language), amount=cells[0].amount)
            draft.say(text, numbers, SentenceRole.VERDICT)


def _say_which(draft: Draft, reading: Reading, table: _Table) -> None:
    """Which of two amounts is more, where no more than two are set side by side."""
    cells = [(line, letter, cell) for line, row in table.items() for letter, cell in row.items()]
    if len(cells) != FEWEST or not asks_which(reading) or draft.sentences[0].role is SentenceRole.VERDICT:
        return
    by_level = len(table) == FEWEST
    sides = [
        Side(
            line.words(draft.language) if by_level else _class(letter, draft.language),
            figures[0],
            cell.amount,
            cell.clause,
            cell.span,
        )
        for line, letter, cell in cells
        if len(figures := find_figures(cell.amount)) == 1
    ]
    if len(sides) == FEWEST:
        say_which(draft, reading, sides)


def _say_line(
    draft: Draft, line: _Line, row: Mapping[str, _Cell], letters: Sequence[str], role: SentenceRole = SentenceRole.QUOTE
) -> None:
    """One line a level, or a grant; what it does not print is named."""
    english = draft.language is Language.EN
    shown = [letter for letter in letters if letter in row]
    numbers = tuple(dict.fromkeys(draft.cite(row[one].clause, row[one].span, "answer") for one in shown))
    words = ("; " if english else "；").join(
        f"{_class(one, draft.language)}{': ' if english else ''}{_amount(row[one], draft.language)}" for one in shown
    )
    # A quotation would be put into the whole English sentence, with the classes that the question leaves out.
    role = SentenceRole.VERDICT if english else role
    title = f"{line.title}{' ' if english else '，'}" if line.title else ""
    draft.say(f"〔{level_words(line.level, draft.language)}〕{title}{words}{'.' if english else '。'}", numbers, role)
    missing = [letter for letter in letters if letter not in row]
    if missing:
        _hedge(draft, line.level, missing)


def _say_clauses(draft: Draft, cells: Sequence[_Cell]) -> None:
    """The sentences that print the amounts of one class: to whom they go and on what condition."""
    for cell in cells:
        sentence = next((one for one in split_sentences(cell.clause.text) if one.contains(cell.span)), None)
        if sentence is None or len(sentence) > LONGEST_QUOTE:
            continue
        span = without_label(cell.clause.text, sentence)
        text = "".join(span.of(cell.clause.text).split("\n")).strip()
        number = draft.cite(cell.clause, span, "answer")
        draft.say(f"{label_of(cell.clause, text, draft.language)}{text}", (number,))


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
    columns = (phrase("class", language), *(line.words(language) for line in table))
    rows = tuple(
        (TableCell(_class(letter, language)), *(_table_cell(draft, row.get(letter)) for row in table.values()))
        for letter in letters
    )
    return Table(said("class_table", language), columns, rows)


def _table_cell(draft: Draft, cell: _Cell | None) -> TableCell:
    if cell is None:
        return TableCell(phrase("not_listed", draft.language))
    return TableCell(cell.amount, (draft.number_of(cell.clause),))
