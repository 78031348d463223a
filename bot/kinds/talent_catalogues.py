"""Catalogues of classes: how many classes there are, who is of one, and which class an award is at each level."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher

from bot.compose.draft import Draft
from bot.compose.phrases import level_words
from bot.evidence.passages_for_question import without_label
from bot.kinds.grant_shelf import GrantShelf
from bot.kinds.near_names import (
    BARE,
    bare_name,
    class_name,
    clause_of,
    near_name,
    say_near_name,
    say_nearest_names,
    span_of,
)
from bot.kinds.words import asked_words, said
from bot.types import AnswerKind, AnswerSentence, Language, SentenceRole
from bot.understand.grades import letter_tiers, numbered_tiers
from bot.understand.reading import Reading
from bot.verify.counts import counted_sentence
from ingest.entitlements.types import AttachedCatalogue, AttachedEntry
from ingest.normalise import match_form
from ingest.structure.numbering import without_labels
from ingest.types import Clause, Span
from ingest.vocabulary.levels import breadth

MOST_ENTRIES = 4  # of one class, said at once
SHORTEST_AWARD = 4  # characters
SHORTEST_SHARED = 6  # characters of two names of one award
LEAST_SHARED = 0.75  # of the shorter name
_CLASS = asked_words().said["class"]


def classes_counted(reading: Reading, shelf: GrantShelf) -> Draft | None:
    """人才分几类: the classes of each catalogue by name; None for another question."""
    words = asked_words()
    if not (words.asks_for("classes", reading.last) and words.asks_for("people", reading.last)) or reading.tiers:
        return None
    draft = _draft(reading, shelf)
    for catalogue in _of_levels(reading, shelf):
        firsts = {entry.entry.letter: clause_of(entry, shelf) for entry in reversed(catalogue.entries)}
        letters = list(dict.fromkeys(entry.entry.letter for entry in catalogue.entries))
        clauses = [firsts[letter] for letter in letters]
        numbers = [draft.cite(clause, Span(0, len(clause.text)), "answer") for clause in clauses]
        cited = dict(enumerate(draft.clauses, start=1))
        joint = ", " if draft.language is Language.EN else "、"
        text = said(
            "classes",
            draft.language,
            level=level_words(clauses[0].level or "", draft.language),
            name=catalogue.catalogue.name,
            n=len(letters),
            letters=joint.join(_heading(letter, firsts[letter]) for letter in letters),
        )
        counted = counted_sentence(text, [clause.id for clause in clauses], numbers, cited, shelf.corpus)
        if counted is not None:
            draft.sentences.append(counted)
    return draft if draft.sentences else None


def members_of_class(reading: Reading, shelf: GrantShelf, page: int, names: Iterable[str]) -> Draft | None:
    """C类人才认定条件: the entries of that class, counted; never money. None for another question."""
    words, text = asked_words(), reading.last
    tiers = letter_tiers(text) | numbered_tiers(text)
    asks = words.asks_for("class_members", text) and words.asks_for("people", text)
    of_what = words.asks["entries_counted"].sub("", text)
    if len(tiers) != 1 or not asks or words.asks_for("money", of_what) or words.asks_for("class_of", text):
        return None
    if words.left_of_class_question(text, names):
        return None  # 中级社工证要配什么学历才算: something is asked of one entry
    draft = _draft(reading, shelf)
    rest = False
    catalogues = [one for one in _of_levels(reading, shelf) if _entries(one, tiers)]
    share = max(2, MOST_ENTRIES // max(1, len(catalogues)))
    for catalogue in catalogues:
        entries = _entries(catalogue, tiers)
        rest |= _say_entries(draft, entries, shelf, page, share)
    if rest:
        draft.sentences.append(AnswerSentence(said("rest", draft.language), (), (), role=SentenceRole.QUESTION))
    return draft if any(sentence.citations for sentence in draft.sentences) else None


def _say_entries(draft: Draft, entries: Sequence[AttachedEntry], shelf: GrantShelf, page: int, share: int) -> bool:
    """The count and a page of the entries; whether more are left."""
    clauses = list({clause.id: clause for entry in entries if (clause := clause_of(entry, shelf))}.values())
    items = _items(clauses)
    level = level_words(clauses[0].level or "", draft.language)
    letter = class_name(entries[0].entry.letter)
    if page == 0:
        text = said("class_entries", draft.language, level=level, letter=letter, n=len(items))
        counted = counted_sentence(text, [item[0].id for item in items], (), {}, shelf.corpus)
        if counted is not None:
            draft.sentences.append(counted)
    shown = [clause for item in items[page * share : (page + 1) * share] for clause in item]
    for place, clause in enumerate(shown):
        whole = Span(0, len(clause.text))
        label = f"〔{level}·{letter}〕" if page and place == 0 else ""
        said_words = without_label(clause.text, whole).of(clause.text).strip()
        draft.say(f"{label}{said_words}", (draft.cite(clause, whole, "answer"),))
    return len(items) > (page + 1) * share


def _items(clauses: Sequence[Clause]) -> list[list[Clause]]:
    """The numbered entries, a line without a number beside the one above it: it was broken off there."""
    numbered = [without_labels(clause.text) != clause.text for clause in clauses]
    items: list[list[Clause]] = []
    for clause, has_number in zip(clauses, numbered, strict=True):
        if items and not has_number and any(numbered) and clause.path == items[-1][-1].path:
            items[-1].append(clause)
        else:
            items.append([clause])
    return items


def class_of_award(reading: Reading, shelf: GrantShelf) -> Draft | None:
    """Which class an award is by each catalogue asked of; None where no catalogue lists what is named."""
    words, text = asked_words(), reading.last
    told = words.asks["class_of"].sub("", text)  # 哪一类 names no class
    if told == text or letter_tiers(told) or numbered_tiers(told):
        return None
    wanted = match_form(BARE.sub("", " ".join((reading.text, *reading.also))))
    own = match_form(BARE.sub("", reading.text))
    named = _first_named(shelf, own)
    if named is None:  # a near name before what the glossary has for one of its words: 教授 of a title that ends so
        if (near := say_nearest_names(reading, shelf, _of_levels(reading, shelf))) is not None:
            return near
        named = _first_named(shelf, wanted)
    if named is None:
        return None
    own_name = bare_name(named)
    found = [
        (one, _listing(one, lambda own: own in wanted) or _listing(one, lambda own: _is_like(own, own_name)))
        for one in _of_levels(reading, shelf)
    ]
    if not any(entries for _, entries in found):
        return None
    draft = _draft(reading, shelf)
    draft.kind = AnswerKind.ANSWER
    award = next(award for _, entries in found for award, _ in entries)
    each: list[str] = []
    numbers: list[int] = []
    quotes: list[tuple[str, Clause, Span]] = []
    for catalogue, entries in found:
        level = level_words(_level(catalogue, shelf), draft.language)
        for letter in dict.fromkeys(entry.entry.letter for _, entry in entries):
            entry = next(entry for _, entry in entries if entry.entry.letter == letter)
            clause = clause_of(entry, shelf)
            numbers.append(draft.cite(clause, span_of(entry, clause), "answer"))
            each.append(
                f"{level} {class_name(letter)}" if draft.language is Language.EN else f"{level}{class_name(letter)}"
            )
            quotes.append((f"〔{level}·{class_name(letter)}〕", clause, span_of(entry, clause)))
    joint = ", " if draft.language is Language.EN else "，"
    draft.say(said("verdict_class", draft.language, each=joint.join(each)), numbers, SentenceRole.VERDICT)
    for label, clause, span in quotes:
        draft.say(f"{label}{span.of(clause.text).strip()}", (draft.number_of(clause),))
    for catalogue, entries in found:
        if not entries:
            level = level_words(_level(catalogue, shelf), draft.language)
            hedge = said("class_not_listed", draft.language, level=level, award=award)
            draft.sentences.append(AnswerSentence(hedge, (), (), role=SentenceRole.HEDGE))
            if (near := near_name(catalogue, own_name)) is not None:
                say_near_name(draft, near, shelf)
    return draft


def _first_named(shelf: GrantShelf, text: str) -> str | None:
    """The longest award of the first catalogue that has one whose name stands in ``text``."""
    return next((award for one in shelf.catalogues for award, _ in _listing(one, lambda own: own in text)), None)


def _listing(catalogue: AttachedCatalogue, fits: Callable[[str], bool]) -> list[tuple[str, AttachedEntry]]:
    """The entries with an award whose bare name fits, the longest name first."""
    found = [
        (award, entry)
        for entry in catalogue.entries
        for award in entry.entry.awards
        if len(bare := bare_name(award)) >= SHORTEST_AWARD and fits(bare)
    ]
    return sorted(found, key=lambda pair: -len(pair[0]))


def _is_like(one: str, other: str) -> bool:
    """Whether two catalogues print one award a little differently: most of the shorter name stands in the other."""
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return match.size >= max(SHORTEST_SHARED, LEAST_SHARED * min(len(one), len(other)))


def _draft(reading: Reading, shelf: GrantShelf) -> Draft:
    draft = Draft(reading.language, shelf.corpus)
    draft.kind = AnswerKind.LIST
    return draft


def _of_levels(reading: Reading, shelf: GrantShelf) -> list[AttachedCatalogue]:
    """The catalogues of the levels asked of, of all where none is named, the widest first."""
    usable = [one for one in shelf.catalogues if one.entries]
    own = [one for one in usable if _level(one, shelf) in reading.levels]
    return sorted(own or usable, key=lambda one: breadth(_level(one, shelf)))


def _entries(catalogue: AttachedCatalogue, tiers: frozenset[str]) -> list[AttachedEntry]:
    return [entry for entry in catalogue.entries if entry.entry.letter.removesuffix(_CLASS) in tiers]


def _level(catalogue: AttachedCatalogue, shelf: GrantShelf) -> str:
    return clause_of(catalogue.entries[0], shelf).level or ""


def _heading(letter: str, clause: Clause) -> str:
    """The name of a class as its heading prints it: 顶尖人才（A类）."""
    bare = letter.removesuffix(_CLASS)
    heading = next((head for head in reversed(clause.path) if f"{bare}{_CLASS}" in head), "")
    name = re.sub(asked_words().printed["heading_rest"], "", heading)
    return name or class_name(letter)
