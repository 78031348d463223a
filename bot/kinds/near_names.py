"""Awards that a catalogue prints under a name near to the one asked about: said as others, never as the one meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from bot.compose.draft import Draft
from bot.compose.phrases import level_words
from bot.evidence.passages_for_question import without_label
from bot.kinds.grant_shelf import GrantShelf
from bot.kinds.words import asked_words, said
from bot.types import AnswerSentence, SentenceRole
from bot.understand.reading import Reading
from ingest.entitlements.types import AttachedCatalogue, AttachedEntry
from ingest.normalise import match_form
from ingest.types import Clause, Span

LEAST_ALIKE = 0.8  # of two names, by the characters they share in order
SHORTEST, LONGEST = 5, 24  # characters of a name
BARE = re.compile(r"[（(][^（()）]*[）)]|[“”\"《》\s]")
_CLASS = asked_words().said["class"]
_MARKS = re.compile("[“”]")
_HOLDER = re.compile(asked_words().printed["holder"])
_ENDS = re.compile(asked_words().printed["before_class_asked"])
Near = tuple[str, AttachedEntry]


def bare_name(award: str) -> str:
    """An award without what stands in brackets and without its holder, in match form."""
    return _HOLDER.sub("", match_form(BARE.sub("", award)))


def class_name(letter: str) -> str:
    """B类 for B and for B类."""
    return letter.removesuffix(_CLASS) + _CLASS


def clause_of(entry: AttachedEntry, shelf: GrantShelf) -> Clause:
    """The clause in which an entry begins."""
    return shelf.corpus.clause_by_id[entry.clauses[0]]


def span_of(entry: AttachedEntry, clause: Clause) -> Span:
    """The words of an entry, without their number."""
    at = clause.text.find(entry.entry.span)
    return without_label(clause.text, Span(at, at + len(entry.entry.span)) if at >= 0 else Span(0, len(clause.text)))


def near_name(catalogue: AttachedCatalogue, name: str) -> Near | None:
    """The award of a catalogue whose name is nearest to a bare ``name`` and another one; None where none is near."""
    near = [
        (SequenceMatcher(None, bare, name, autojunk=False).ratio(), award, entry)
        for entry in catalogue.entries
        for award in entry.entry.awards
        if len(bare := bare_name(award)) >= SHORTEST and bare != name
    ]
    best = max(near, key=lambda one: one[0], default=None)
    return None if best is None or best[0] < LEAST_ALIKE else best[1:]


def say_near_name(draft: Draft, near: Near, shelf: GrantShelf) -> None:
    """Add that a near name is printed, of which class it is, and that it is another one."""
    award, entry = near
    clause = clause_of(entry, shelf)
    number = draft.cite(clause, span_of(entry, clause), "nearest")
    level = level_words(clause.level or "", draft.language)
    text = said(
        "near_name", draft.language, level=level, award=_MARKS.sub("", award), letter=class_name(entry.entry.letter)
    )
    draft.say(text, (number,), SentenceRole.HEDGE)


def say_nearest_names(reading: Reading, shelf: GrantShelf, catalogues: Sequence[AttachedCatalogue]) -> Draft | None:
    """That the name asked about stands in no catalogue, with the nearest of each; None where none is near."""
    asks = asked_words().asks["class_of"].search(reading.last)
    name = bare_name(_ENDS.sub("", reading.last[: asks.start()])) if asks else ""
    if not SHORTEST <= len(name) <= LONGEST:
        return None
    near = [one for catalogue in catalogues if (one := near_name(catalogue, name)) is not None]
    if not near:
        return None
    draft = Draft(reading.language, shelf.corpus)
    text = said("class_listed_nowhere", draft.language, award=name)
    draft.sentences.append(AnswerSentence(text, (), (), role=SentenceRole.HEDGE))
    for one in near:
        say_near_name(draft, one, shelf)
    draft.only_nearest = True
    return draft
