"""The policies of a corpus as rows: what each is, where it stands today, what is doubtful, who looked at it last."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.normalise import match_form, search_form
from ingest.types import Corpus, Doubt, PolicyDocument, Span, Standing
from web.staff.entitlements.held import Held
from web.staff.policies.seen import Look, state_of

LISTED = ("policy", "stub")  # a compiler's own chapter is no policy
LONGEST_QUOTE = 160  # characters of a place in the source
LONGEST_SEARCH = 100
SORTS = ("order", "title", "level", "issued", "until", "unchecked", "doubts", "seen")
NEEDS = ("doubts", "unchecked", "changed_words", "unseen", "seen_other")
_LAST_DAY = date.max
LATER = "~"  # sorts behind every level and day


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One policy."""

    document: PolicyDocument
    standing: Standing
    clauses: int
    doubts: tuple[Doubt, ...]
    checked: int  # entitlements that somebody accepted or refused
    entitlements: int  # of all that were read or written
    lost: int  # entitlements whose words no longer stand in the text
    look: Look | None
    state: str

    @property
    def is_seen(self) -> bool:
        """Whether somebody looked at it as it is now."""
        return self.look is not None and self.look.state == self.state

    def needs(self, what: str) -> bool:
        """Whether it is among those that a filter of NEEDS asks for; every row is where that is empty."""
        asked = {
            "doubts": bool(self.doubts),
            "unchecked": self.checked < self.entitlements,
            "changed_words": bool(self.lost),
            "unseen": self.look is None,
            "seen_other": self.look is not None and not self.is_seen,
        }
        return asked.get(what, True)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which policies, and in which order; what is no such filter or order does not matter."""

    query: str = ""
    standing: str = ""
    level: str = ""
    need: str = ""
    sort: str = "order"

    def of(self, rows: Iterable[PolicyRow]) -> list[PolicyRow]:
        """Those rows, sorted."""
        words = search_form(self.query[:LONGEST_SEARCH].strip())
        found = [row for row in rows if self._fits(row, words)]
        order = _ORDERS.get(self.sort)
        return sorted(found, key=order) if order else found

    def _fits(self, row: PolicyRow, words: str) -> bool:
        document = row.document
        texts = (document.title, document.number, document.issuer, document.source)
        return (
            (self.standing not in list(Standing) or row.standing == self.standing)
            and (not self.level or (document.level or LATER) == self.level)
            and row.needs(self.need)
            and (not words or any(words in search_form(text) for text in texts if text))
        )


_ORDERS: Mapping[str, Callable[[PolicyRow], tuple[object, ...]]] = {
    "title": lambda row: (row.document.title,),
    "level": lambda row: (row.document.level or LATER, row.document.title),
    "issued": lambda row: (_backwards(row.document.issued), row.document.title),
    "until": lambda row: (row.document.validity.valid_until or _LAST_DAY, row.document.title),
    "unchecked": lambda row: (row.checked - row.entitlements, row.document.title),
    "doubts": lambda row: (-len(row.doubts), row.document.title),
    "seen": lambda row: (row.look.at if row.look else "", row.document.title),
}


def _backwards(day: date | None) -> int:
    return -day.toordinal() if day else 1


def policy_rows(held: Held, looks: Mapping[str, Look], today: date) -> list[PolicyRow]:
    """The policies of a corpus in the order of its texts."""
    corpus = held.corpus
    counts, doubts = Counter(clause.document for clause in corpus.clauses), doubts_by_document(corpus)
    reviewed, every, lost = Counter[str](), Counter[str](), Counter[str]()
    for standing, item in held.items():
        title = match_form(item.record.document)
        every[title] += 1
        reviewed[title] += standing in ("accepted", "refused")
        lost[title] += standing == "flagged"
    return [
        PolicyRow(
            document=document,
            standing=standing_of(document, today),
            clauses=counts[document.id],
            doubts=tuple(doubts[document.id]),
            checked=reviewed[match_form(document.title)],
            entitlements=every[match_form(document.title)],
            lost=lost[match_form(document.title)],
            look=looks.get(document.id),
            state=state_of(corpus, document),
        )
        for document in corpus.documents
        if document.kind in LISTED
    ]


def standing_of(document: PolicyDocument, today: date) -> Standing:
    """Where a policy stands: one that is over because another took its place counts as repealed, not as run out."""
    standing = document.validity.standing(today)
    return Standing.REPEALED if document.ended_by and standing is Standing.EXPIRED else standing


def doubts_by_document(corpus: Corpus) -> defaultdict[str, list[Doubt]]:
    """Each doubt with the policy it stands in or next behind: none of a file is left out."""
    lines: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    found: defaultdict[str, list[Doubt]] = defaultdict(list)
    if not corpus.doubts:
        return found
    listed = {document.id for document in corpus.documents if document.kind in LISTED}
    for clause in corpus.clauses:
        if clause.document in listed:
            lines[clause.source].append((clause.line, clause.document))
    for doubt in corpus.doubts:
        of_file = lines[doubt.source]
        if of_file:
            at = bisect_right(of_file, doubt.line, key=lambda pair: pair[0]) - 1
            found[of_file[max(0, at)][1]].append(doubt)
    return found


def quote_of(corpus: Corpus, document: PolicyDocument, place: Span | None) -> str:
    """The words of the source at a place, in a line; empty where nothing is printed."""
    if place is None:
        return ""
    words = " ".join(place.of(corpus.source_by_name[document.source].text).split())
    return words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE]}…"


def clauses_at(corpus: Corpus, places: Sequence[tuple[str, Span]]) -> dict[tuple[str, Span], str]:
    """The id of the clause that each place of a source lies in, as far as one does; titles lie in none."""
    wanted: defaultdict[str, list[Span]] = defaultdict(list)
    for source, span in places:
        wanted[source].append(span)
    found: dict[tuple[str, Span], str] = {}
    for clause in corpus.clauses if places else ():
        for span in wanted.get(clause.source, ()):
            if clause.span.overlaps(span):
                found.setdefault((clause.source, span), clause.id)
    return found
