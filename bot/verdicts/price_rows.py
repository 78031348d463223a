"""Two or more rows of a price list set side by side by their names: every row of each, and which is dearer where that is certain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.compose.draft import Draft
from bot.compose.source_labels import label_of
from bot.types import SentenceRole
from bot.understand.reading import Reading
from bot.verdicts.differences import Side, asks_which, say_which
from bot.verdicts.words import patterns, said
from ingest.normalise import match_form
from ingest.structure.numbering import without_labels
from ingest.types import Clause, Corpus, Figure, Role, Span

SHORTEST_ITEM = 3  # characters of a name that may leave out a few of the printed one
TWO = 2
_PRICE = "价"
_ITEMS = re.compile(r"[、和与跟及]|以及|还是|，")
_LABEL = re.compile(r"[：:]")


def compare_prices(reading: Reading, corpus: Corpus) -> Draft | None:
    """The rows of each price named, where two or more of one unit are; None for any other question."""
    text = match_form(reading.last)
    asks = patterns("asks")
    if not (asks_which(reading) or asks["each_price"].search(text)) or _ITEMS.search(text) is None:
        return None
    found: dict[str, list[Clause]] = {}
    for item in _ITEMS.split(text):
        name = asks["price_ends"].split(asks["price_lead"].sub("", item))[0]
        own = _rows_of(name, _rate_rows(name, corpus)) if len(name) >= SHORTEST_ITEM else []
        if own:
            found[f"{name}{_PRICE}" if f"{name}{_PRICE}" in item else name] = own
    if len(found) < TWO or len({_unit(own) for own in found.values()}) != 1:
        return None
    return _said(found, reading, corpus)


def _rate_rows(item: str, corpus: Corpus) -> list[Clause]:
    """The rows of price lists; of a large corpus only those that print the item as it is said."""
    places = corpus.lookup.of_roles(role for role in Role if role.is_rate_row)
    if corpus.lookup.is_large:
        places = sorted(set(places) & set(corpus.lookup.holding(item)))
    return [clause for clause in corpus.at(places) if clause.role.is_rate_row and not clause.cells]


def _rows_of(item: str, rows: Sequence[Clause]) -> list[Clause]:
    """The rows that are called so, in full before those of a longer name that has the same characters in their order."""
    named = {clause.id: _names(clause) for clause in rows}
    exact = [clause for clause in rows if item in named[clause.id]]
    if exact:
        return exact
    like = {name for names in named.values() for name in names if item in name or _leaves_out(item, name)}
    name = min(like, key=len, default=None)
    return [clause for clause in rows if name in named[clause.id]] if name else []


def _names(clause: Clause) -> tuple[str, ...]:
    """What a row is called: its label, and the last heading above it."""
    bare = [without_labels(one).strip("—") for one in (_LABEL.split(clause.text)[0], *clause.path[-1:])]
    return tuple(match_form(one) for one in bare if one)


def _leaves_out(item: str, name: str) -> bool:
    letters = iter(name)
    return item[0] == name[0] and item[-1] == name[-1] and all(letter in letters for letter in item)


def _figures(rows: Sequence[Clause]) -> list[Figure]:
    """The prices of rows, each behind the label."""
    return [
        figure
        for clause in rows
        for figure in clause.figures
        if figure.unit.startswith("元") and not _in_brackets(clause.text, figure.span)
    ]


def _in_brackets(text: str, span: Span) -> bool:
    return text[: span.start].count("（") > text[: span.start].count("）")


def _unit(rows: Sequence[Clause]) -> str:
    figures = _figures(rows)
    return figures[0].unit if figures else ""


def _said(found: dict[str, list[Clause]], reading: Reading, corpus: Corpus) -> Draft | None:
    draft = Draft(reading.language, corpus)
    for clause in dict.fromkeys(clause.id for own in found.values() for clause in own):
        row = corpus.clause_by_id[clause]
        text = row.text.lstrip("—").strip("；。")
        number = draft.cite(row, Span(0, len(row.text)), "answer")
        draft.say(f"{label_of(row, row.text, draft.language)}{text}；", (number,))
    if draft.withheld or len(draft.sentences) < TWO:
        return None
    if len(found) == TWO and asks_which(reading):
        _say_dearer(draft, found, reading)
    return draft


def _say_dearer(draft: Draft, found: dict[str, list[Clause]], reading: Reading) -> None:
    """Which is dearer: by one price of each, or where every price of one is above every price of the other."""
    figures = {name: _figures(own) for name, own in found.items()}
    if all(len(own) == 1 for own in figures.values()):
        sides = [
            Side(name, figures[name][0], figures[name][0].text, own[0], Span(0, len(own[0].text)))
            for name, own in found.items()
        ]
        say_which(draft, reading, sides)
        return
    lowest = {name: min(figure.value for figure in own) for name, own in figures.items()}
    highest = {name: max(figure.upper or figure.value for figure in own) for name, own in figures.items()}
    for one, other in ((a, b) for a in found for b in found if a != b):
        if lowest[one] > highest[other]:
            numbers = tuple(draft.number_of(clause) for own in found.values() for clause in own)
            if draft.say(said("all_dearer", draft.language, one, other), numbers, SentenceRole.VERDICT):
                draft.bring_forward()
