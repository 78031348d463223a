"""Which clause of one version became which of the other: documents first, then the clauses of each pair of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from ingest.normalise import match_form
from ingest.structure.numbering import without_labels
from ingest.types import Clause, Corpus, PolicyDocument

ALIKE = 0.4  # share of neighbouring characters that two clauses have in common, from which on one became the other
ALIKE_AT_PLACE = 0.2  # the same for two clauses of one address
SAME_DOCUMENT = 0.3  # share of clauses in common from which on two documents of other names are one
MOST_COMPARED = 40_000  # pairs in one stretch without a common clause: half a second; beyond, the address alone tells


class Kind(StrEnum):
    """What became of a clause."""

    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"
    MOVED = "moved"  # the same words at another place
    RENUMBERED = "renumbered"  # the same words under another number
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Pair:
    """A clause of one version and what it is in the other; None where it is not."""

    before: Clause | None
    after: Clause | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class DocumentPair:
    """A document of one version and what it is in the other, with its clauses in the order of the later one.

    One that is new and takes the place of another is held beside that one (``succeeds``), which is there besides.
    """

    before: PolicyDocument | None
    after: PolicyDocument | None
    pairs: tuple[Pair, ...]
    succeeds: bool = False

    @property
    def document(self) -> PolicyDocument:
        """The later one where there is one."""
        found = self.after or self.before
        assert found is not None
        return found

    def count(self, kind: Kind) -> int:
        """How many clauses are of a kind."""
        return sum(pair.kind is kind for pair in self.pairs)

    @property
    def different(self) -> tuple[Pair, ...]:
        """The clauses that are not the same."""
        return tuple(pair for pair in self.pairs if pair.kind is not Kind.SAME)

    @property
    def facts(self) -> tuple[tuple[str, str, str], ...]:
        """What the documents say of themselves and is not the same: which fact, before, after."""
        if self.before is None or self.after is None:
            return ()
        old, new = _facts(self.before), _facts(self.after)
        return tuple((name, old[name], new[name]) for name in old if old[name] != new[name])

    @property
    def differs(self) -> bool:
        """Whether there is anything to see."""
        return bool(self.different or self.facts) or self.before is None or self.after is None


def _facts(document: PolicyDocument) -> dict[str, str]:
    validity = document.validity
    values: dict[str, object] = {
        "title": document.title,
        "level": document.level,
        "issuer": document.issuer,
        "number": document.number,
        "issued": document.issued,
        "valid_from": validity.valid_from,
        "valid_until": validity.valid_until,
    }
    return {name: "" if value is None else str(value) for name, value in values.items()}


def compared(before: Corpus, after: Corpus) -> list[DocumentPair]:
    """The documents of both versions in the order of the later one; those that are gone stand last."""
    old, new = _clauses_by_document(before), _clauses_by_document(after)
    partners = _partners(before.documents, after.documents, old, new)
    pairs: list[DocumentPair] = []
    for document in after.documents:
        partner = partners.get(document.id)
        beside = partner or _ended_by(document, before, after, old, new)
        clauses = tuple(aligned(old[beside.id] if beside else [], new[document.id]))
        pairs.append(DocumentPair(beside, document, clauses, succeeds=beside is not partner))
    taken = {partner.id for partner in partners.values()}
    left = (document for document in before.documents if document.id not in taken)
    return [*pairs, *(DocumentPair(one, None, tuple(aligned(old[one.id], []))) for one in left)]


def _ended_by(
    document: PolicyDocument,
    before: Corpus,
    after: Corpus,
    old: dict[str, list[Clause]],
    new: dict[str, list[Clause]],
) -> PolicyDocument | None:
    """The document of the version before that a later one repeals or replaces; of several the one most like it."""
    ended = {one.id for one in after.documents if one.ended_by == document.id}
    known = [one for one in before.documents if one.id in ended]
    texts = {_words(clause) for clause in new[document.id]}
    return max(known, key=lambda one: sum(_words(clause) in texts for clause in old[one.id]), default=None)


def _clauses_by_document(corpus: Corpus) -> dict[str, list[Clause]]:
    found: dict[str, list[Clause]] = {document.id: [] for document in corpus.documents}
    for clause in corpus.clauses:
        found[clause.document].append(clause)
    return found


def _partners(
    before: Sequence[PolicyDocument],
    after: Sequence[PolicyDocument],
    old: dict[str, list[Clause]],
    new: dict[str, list[Clause]],
) -> dict[str, PolicyDocument]:
    """Which document each of the later ones was: by id, title, number, then by the clauses they share."""
    signs: tuple[Callable[[PolicyDocument], Hashable], ...] = (
        lambda one: one.id,
        lambda one: match_form(one.title),
        lambda one: one.number,
    )
    found: dict[str, PolicyDocument] = {}
    for sign in signs:
        free = _free(before, found)
        by_sign = {sign(one): one for one in reversed(free) if sign(one)}
        for document in after:
            if document.id not in found and (partner := by_sign.pop(sign(document), None)):
                found[document.id] = partner
    for document in after:
        if document.id in found:
            continue
        texts = {_words(clause) for clause in new[document.id]}
        shared = [
            (len(texts & {_words(c) for c in old[one.id]}) / max(1, len(texts)), one) for one in _free(before, found)
        ]
        share, best = max(shared, key=lambda rated: rated[0], default=(0.0, None))
        if best is not None and share >= SAME_DOCUMENT:
            found[document.id] = best
    return found


def _free(documents: Sequence[PolicyDocument], found: dict[str, PolicyDocument]) -> list[PolicyDocument]:
    taken = {partner.id for partner in found.values()}
    return [document for document in documents if document.id not in taken]


def aligned(before: Sequence[Clause], after: Sequence[Clause]) -> list[Pair]:
    """The clauses of two documents as pairs, in the order of the later one; what is gone stands where it stood."""
    matcher = SequenceMatcher(None, [_words(one) for one in before], [_words(one) for one in after], autojunk=False)
    pairs: list[Pair] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pairs.extend(_unchanged(old, new) for old, new in zip(before[a:b], after[c:d], strict=True))
        else:
            pairs.extend(_stretch(before[a:b], after[c:d]))
    return _with_moved(pairs)


def _unchanged(old: Clause, new: Clause) -> Pair:
    return Pair(old, new, Kind.SAME if (old.address, old.text) == (new.address, new.text) else Kind.RENUMBERED)


def _words(clause: Clause) -> str:
    """What a clause says, whatever its number."""
    return without_labels(clause.text.removeprefix(clause.address.split(" ")[-1]))


def _with_moved(pairs: Sequence[Pair]) -> list[Pair]:
    """What is gone at one place and new at another with the same words has moved."""
    gone = {_words(pair.before): pair.before for pair in pairs if pair.kind is Kind.GONE and pair.before}
    moved: dict[str, Pair] = {}
    for pair in pairs:
        if pair.kind is Kind.NEW and pair.after and (old := gone.pop(_words(pair.after), None)):
            moved[pair.after.id] = Pair(old, pair.after, Kind.MOVED)
    left = {pair.before.id for pair in moved.values() if pair.before}
    return [
        moved.get(pair.after.id, pair) if pair.after else pair
        for pair in pairs
        if not (pair.kind is Kind.GONE and pair.before and pair.before.id in left)
    ]


def _stretch(before: Sequence[Clause], after: Sequence[Clause]) -> Iterator[Pair]:
    """Clauses between two that are the same: those most alike became one another, in order."""
    partners = _most_alike(before, after) if len(before) * len(after) <= MOST_COMPARED else _by_address(before, after)
    passed = 0
    for place, new in enumerate(after):
        if place not in partners:
            yield Pair(None, new, Kind.NEW)
            continue
        yield from (Pair(old, None, Kind.GONE) for old in before[passed : partners[place]])
        yield Pair(before[partners[place]], new, Kind.CHANGED)
        passed = partners[place] + 1
    yield from (Pair(old, None, Kind.GONE) for old in before[passed:])


def _by_address(before: Sequence[Clause], after: Sequence[Clause]) -> dict[int, int]:
    matcher = SequenceMatcher(None, [one.address for one in before], [one.address for one in after], autojunk=False)
    return {
        block.b + step: block.a + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
        if after[block.b + step].address
    }


def _most_alike(before: Sequence[Clause], after: Sequence[Clause]) -> dict[int, int]:
    """Place in ``after`` → place in ``before``, both ascending, with the greatest likeness in all."""
    first, second = [_neighbours(_words(one)) for one in before], [_neighbours(_words(one)) for one in after]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    worth = [[0.0] * len(after) for _ in before]
    for i, old in enumerate(before):
        for j, new in enumerate(after):
            worth[i][j] = _worth(first[i], second[j], at_place=bool(old.address) and old.address == new.address)
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], best[i][j] + worth[i][j])
    found: dict[int, int] = {}
    i, j = len(before), len(after)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            found[j] = i
    return found


def _worth(first: frozenset[str], second: frozenset[str], *, at_place: bool) -> float:
    """How much speaks for one clause having become the other; 0 for too little."""
    alike = 2 * len(first & second) / max(1, len(first) + len(second))
    return alike + 0.2 * at_place if alike >= (ALIKE_AT_PLACE if at_place else ALIKE) else 0.0


def _neighbours(text: str) -> frozenset[str]:
    plain = "".join(text.split())
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1)) or frozenset({plain})
