"""What a change of the corpus does: the same questions asked of two corpora, and the answers that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from itertools import count

from tqdm import tqdm

from bot.records.types import Turn
from bot.types import Answered, Question
from eval.cases.cases import Case
from eval.runs.run import Answerer
from eval.scoring.results import Given
from eval.scoring.rightness import given_of, is_right
from eval.scoring.scoring import Yardstick
from index.types import Filters
from ingest.types import Clause, Corpus

OFFERED = "example "
"""Before the number of a question that visitors are offered to start from."""

LEVEL_JOINT = "、"
"""Between the levels of a recorded turn."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question and where it comes from: a question's id, or a recorded turn. ``case`` when its answer is known."""

    origin: str
    question: Question
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A clause an answer cites and the words it quotes."""

    clause_id: str
    document: str
    address: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """An answer as far as it can differ; the time it took is left out. ``error`` when the question crashed."""

    status: str  # "answered", "declined", "crashed"
    reason: str | None
    body: str
    notices: tuple[str, ...]
    citations: tuple[Quoted, ...]
    error: str | None = None


class Turned(StrEnum):
    """What became of an answer that is known; in the order in which somebody should look at them."""

    BROKEN = "broken"  # right → wrong
    MENDED = "mended"  # wrong → right
    STILL_WRONG = "still_wrong"
    STILL_RIGHT = "still_right"
    UNKNOWN = "unknown"  # nobody has said what is right, as of what visitors asked


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose answer differs: in which parts, both versions, and what became of it."""

    asking: Asking
    parts: tuple[str, ...]  # "status", "body", "notices", "citations"
    before: Version
    after: Version
    turned: Turned = Turned.UNKNOWN
    evidence_gone: bool = False  # words that the known answer rests on stand in no clause of the new corpus


@dataclass(frozen=True, slots=True)
class ClauseChanges:
    """How two corpora differ, by clause id."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]  # same id, other words


@dataclass(frozen=True, slots=True)
class Impact:
    """Everything there is to say of a change."""

    before: str  # Corpus.digest
    after: str
    as_of: date
    clauses: ClauseChanges
    asked: int
    changes: tuple[Change, ...]

    @property
    def turns(self) -> Counter[Turned]:
        """How many of the changes are of each kind."""
        return Counter(change.turned for change in self.changes)


def askings(cases: Iterable[Case], turns: Iterable[Turn], as_of: date, offered: Iterable[str] = ()) -> list[Asking]:
    """The questions of the sets, those ``offered`` to start from, then those of the records; all asked on ``as_of``.

    Each wording is asked once.
    """
    found: dict[Question, Asking] = {}
    for case in cases:
        question = case.question(as_of)
        found.setdefault(question, Asking(case.id, question, case))
    for number, words in enumerate(offered, 1):
        question = Question((words,), as_of)
        found.setdefault(question, Asking(f"{OFFERED}{number}", question))
    for turn in turns:
        levels = frozenset(turn.level.split(LEVEL_JOINT)) if turn.level else frozenset[str]()
        question = Question(turn.turns, as_of, Filters(levels=levels))
        found.setdefault(question, Asking(f"record {turn.id}", question))
    return list(found.values())


def measure_impact(
    asked: Sequence[Asking],
    before: Answerer,
    after: Answerer,
    as_of: date,
    step: Callable[[int, int], None] | None = None,
) -> Impact:
    """Ask both and compare. A question that crashes is an answer of its own kind, not a lost measurement.

    ``step`` is told the answers there are and the answers there will be, in place of a bar on the terminal; what it
    raises ends the measurement.
    """
    answered = count()
    versions: list[list[Asked]] = []
    for name, answerer in (("before", before), ("after", after)):
        given: list[Asked] = []
        for version in tqdm(_versions(asked, answerer), name, len(asked), disable=step is not None):
            given.append(version)
            if step is not None:
                step(next(answered) + 1, 2 * len(asked))
        versions.append(given)
    old, new = versions
    sticks = Yardstick(before.corpus), Yardstick(after.corpus)
    changes = [
        Change(asking, parts, first, second, _turned(asking, was, now), _evidence_gone(asking, *sticks))
        for asking, (first, was), (second, now) in zip(asked, old, new, strict=True)
        if (parts := differing_parts(first, second))
    ]
    changes.sort(key=lambda change: list(Turned).index(change.turned))
    clauses = clause_changes(before.corpus, after.corpus)
    return Impact(before.corpus.digest, after.corpus.digest, as_of, clauses, len(asked), tuple(changes))


def _turned(asking: Asking, was: Given | None, now: Given | None) -> Turned:
    verdicts = (is_right(asking.case, was), is_right(asking.case, now)) if asking.case else (None, None)
    return _TURNS.get(verdicts, Turned.UNKNOWN)


_TURNS: Mapping[tuple[bool | None, bool | None], Turned] = {
    (True, False): Turned.BROKEN,
    (False, True): Turned.MENDED,
    (False, False): Turned.STILL_WRONG,
    (True, True): Turned.STILL_RIGHT,
}


def _evidence_gone(asking: Asking, before: Yardstick, after: Yardstick) -> bool:
    """Whether the corpus before held words that prove the known answer, and the new one does not."""
    if asking.case is None or not asking.case.evidence:
        return False
    return any(
        old and not new for old, new in zip(before.holders(asking.case), after.holders(asking.case), strict=True)
    )


Asked = tuple[Version, Given | None]
"""An answer as it is compared and as it is scored; None for a question that crashed."""


def _versions(asked: Sequence[Asking], answerer: Answerer) -> Iterator[Asked]:
    with ThreadPoolExecutor(1) as pool:  # a future keeps whatever a question raises, as a run does
        for asking in asked:
            future = pool.submit(_ask, asking.question, answerer)
            crash = future.exception()
            if crash is None:
                yield future.result()
            elif isinstance(crash, Exception):
                yield Version("crashed", None, "", (), (), f"{type(crash).__name__}: {crash}"), None
            else:
                raise crash


def _ask(question: Question, answerer: Answerer) -> Asked:
    answer = answerer.ask(question)
    is_answered = isinstance(answer, Answered)
    cited = [
        Quoted(
            citation.clause.id,
            citation.document_title,
            citation.clause.address,
            tuple(quote.of(citation.clause.text) for quote in citation.quotes),
        )
        for citation in answer.citations
    ]
    version = Version(
        status="answered" if is_answered else "declined",
        reason=None if is_answered else answer.reason.value,
        body=answer.body,
        notices=answer.notices,
        citations=tuple(cited),
    )
    return version, given_of(answer)


def differing_parts(before: Version, after: Version) -> tuple[str, ...]:
    """Which parts of two answers differ; a clause that only got another id or page does not count."""
    parts = {
        "status": (before.status, before.reason, before.error) != (after.status, after.reason, after.error),
        "body": before.body != after.body,
        "notices": before.notices != after.notices,
        "citations": _as_read(before.citations) != _as_read(after.citations),
    }
    return tuple(part for part, differs in parts.items() if differs)


def _as_read(citations: Sequence[Quoted]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(quoted.document, quoted.address, quoted.quotes) for quoted in citations]


def clause_changes(before: Corpus, after: Corpus) -> ClauseChanges:
    """Clauses that came, went, or have other words under the same id, in the order of their corpus."""
    old, new = before.clause_by_id, after.clause_by_id
    return ClauseChanges(
        new=_missing_in(old, after.clauses),
        gone=_missing_in(new, before.clauses),
        changed=tuple(clause.id for clause in after.clauses if clause.id in old and old[clause.id].text != clause.text),
    )


def _missing_in(other: Mapping[str, Clause], clauses: Sequence[Clause]) -> tuple[str, ...]:
    return tuple(clause.id for clause in clauses if clause.id not in other)


def impact_json(impact: Impact) -> dict[str, object]:
    """The form of ``impact.json``."""
    return {
        "corpus_before": impact.before,
        "corpus_after": impact.after,
        "as_of": impact.as_of.isoformat(),
        "clauses": asdict(impact.clauses),
        "asked": impact.asked,
        "changed": len(impact.changes),
        "changes": [
            {
                "origin": change.asking.origin,
                "turns": list(change.asking.question.turns),
                "levels": sorted(change.asking.question.filters.levels),
                "parts": list(change.parts),
                "turned": change.turned.value,
                "evidence_gone": change.evidence_gone,
                "before": asdict(change.before),
                "after": asdict(change.after),
            }
            for change in impact.changes
        ],
    }
