"""Catalogues of classes: how many classes there are, who is of one, and which class an award is at each level."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher

from bot.compose.draft import Draft
from bot.compose.phrases import level_words
from bot.evidence.passages_for_question import without_label
from bot.kinds.grant_shelf import GrantShelf
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
LEAST_ALIKE = 0.8  # of a near name and the one asked about, by the characters they share in order
SHORTEST_NAME, LONGEST_NAME = 5, 24  # characters of a name that is looked for
_BARE = re.compile(r"[（(][^（()）]*[）)]|[“”\"《》\s]")
_MARKS = re.compile("[“”]")
_CLASS = asked_words().said["class"]
_HOLDER = re.compile(asked_words().printed["holder"])
_ENDS = re.compile(asked_words().printed["before_class_asked"])
_Near = tuple[str, AttachedEntry]


def classes_counted(reading: Reading, shelf: GrantShelf) -> Draft | None:
    """人才分几类: the classes of each catalogue by name; None for another question."""
    words = asked_words()
    if not (words.asks_for("classes", reading.last) and words.asks_for("people", reading.last)) or reading.tiers:
        return None
    draft = _draft(reading, shelf)
    for catalogue in _of_levels(reading, shelf):
        firsts = {entry.entry.letter: _clause_of(entry, shelf) for entry in reversed(catalogue.entries)}
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
    clauses = list({clause.id: clause for entry in entries if (clause := _clause_of(entry, shelf))}.values())
    items = _items(clauses)
    level = level_words(clauses[0].level or "", draft.language)
    letter = _class_name(entries[0].entry.letter)
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
    wanted = match_form(_BARE.sub("", " ".join((reading.text, *reading.also))))
    own = match_form(_BARE.sub("", reading.text))
    named = _first_named(shelf, own)
    if named is None:  # a near name before what the glossary has for one of its words: 教授 of a title that ends so
        if (near := _say_nearest_names(reading, shelf, _of_levels(reading, shelf))) is not None:
            return near
        named = _first_named(shelf, wanted)
    if named is None:
        return None
    own_name = _bare_name(named)
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
            clause = _clause_of(entry, shelf)
            numbers.append(draft.cite(clause, _span_of(entry, clause), "answer"))
            each.append(
                f"{level} {_class_name(letter)}" if draft.language is Language.EN else f"{level}{_class_name(letter)}"
            )
            quotes.append((f"〔{level}·{_class_name(letter)}〕", clause, _span_of(entry, clause)))
    joint = ", " if draft.language is Language.EN else "，"
    draft.say(said("verdict_class", draft.language, each=joint.join(each)), numbers, SentenceRole.VERDICT)
    for label, clause, span in quotes:
        draft.say(f"{label}{span.of(clause.text).strip()}", (draft.number_of(clause),))
    for catalogue, entries in found:
        if not entries:
            level = level_words(_level(catalogue, shelf), draft.language)
            hedge = said("class_not_listed", draft.language, level=level, award=award)
            draft.sentences.append(AnswerSentence(hedge, (), (), role=SentenceRole.HEDGE))
            if (near := _near_name(catalogue, own_name)) is not None:
                _say_near_name(draft, near, shelf)
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
        if len(bare := _bare_name(award)) >= SHORTEST_AWARD and fits(bare)
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
    return _clause_of(catalogue.entries[0], shelf).level or ""


def _heading(letter: str, clause: Clause) -> str:
    """The name of a class as its heading prints it: 顶尖人才（A类）."""
    bare = letter.removesuffix(_CLASS)
    heading = next((head for head in reversed(clause.path) if f"{bare}{_CLASS}" in head), "")
    name = re.sub(asked_words().printed["heading_rest"], "", heading)
    return name or _class_name(letter)


# ── Near names ─────────────────────────────────────────────────────────────────────────────────


def _bare_name(award: str) -> str:
    """An award without what stands in brackets and without its holder, in match form."""
    return _HOLDER.sub("", match_form(_BARE.sub("", award)))


def _class_name(letter: str) -> str:
    """B类 for B and for B类."""
    return letter.removesuffix(_CLASS) + _CLASS


def _clause_of(entry: AttachedEntry, shelf: GrantShelf) -> Clause:
    """The clause in which an entry begins."""
    return shelf.corpus.clause_by_id[entry.clauses[0]]


def _span_of(entry: AttachedEntry, clause: Clause) -> Span:
    """The words of an entry, without their number."""
    at = clause.text.find(entry.entry.span)
    return without_label(clause.text, Span(at, at + len(entry.entry.span)) if at >= 0 else Span(0, len(clause.text)))


def _near_name(catalogue: AttachedCatalogue, name: str) -> _Near | None:
    """The award of a catalogue whose name is nearest to a bare ``name`` and another one; None where none is near."""
    near = [
        (SequenceMatcher(None, bare, name, autojunk=False).ratio(), award, entry)
        for entry in catalogue.entries
        for award in entry.entry.awards
        if len(bare := _bare_name(award)) >= SHORTEST_NAME and bare != name
    ]
    best = max(near, key=lambda one: one[0], default=None)
    return None if best is None or best[0] < LEAST_ALIKE else best[1:]


def _say_near_name(draft: Draft, near: _Near, shelf: GrantShelf) -> None:
    """Add that a near name is printed, of which class it is, and that it is another one."""
    award, entry = near
    clause = _clause_of(entry, shelf)
    number = draft.cite(clause, _span_of(entry, clause), "nearest")
    level = level_words(clause.level or "", draft.language)
    text = said(
        "near_name", draft.language, level=level, award=_MARKS.sub("", award), letter=_class_name(entry.entry.letter)
    )
    draft.say(text, (number,), SentenceRole.HEDGE)


def _say_nearest_names(reading: Reading, shelf: GrantShelf, catalogues: Sequence[AttachedCatalogue]) -> Draft | None:
    """That the name asked about stands in no catalogue, with the nearest of each; None where none is near."""
    asks = asked_words().asks["class_of"].search(reading.last)
    name = _bare_name(_ENDS.sub("", reading.last[: asks.start()])) if asks else ""
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        return None
    near = [one for catalogue in catalogues if (one := _near_name(catalogue, name)) is not None]
    if not near:
        return None
    draft = Draft(reading.language, shelf.corpus)
    text = said("class_listed_nowhere", draft.language, award=name)
    draft.sentences.append(AnswerSentence(text, (), (), role=SentenceRole.HEDGE))
    for one in near:
        _say_near_name(draft, one, shelf)
    draft.only_nearest = True
    return draft
