"""What the pages of complaints show: weeks as a chart, groups of declined questions, rows of a table."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from bot.records.complaints import Complaint, Stage, Work
from bot.records.queries import Line
from bot.suggest.question_groups import Group, plain_wording
from web.staff.records.view import Unanswered, unanswered
from web.staff.shell.charts import Column, columns_chart
from web.staff.shell.edits import mark_of

Say = Callable[..., str]
Named = Callable[[str, str], str]

WEEKS = 26  # of the chart
DAYS_A_WEEK = 7
CSV_HEAD = (
    "when", "question", "thumb_reason", "words", "correction", "stage", "taken_by", "mended", "reference", "answer",
    "closed", "record",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Week:
    """The complaints of one week."""

    monday: date
    came: int
    closed: int  # of any week, closed in this one


@dataclass(frozen=True, slots=True)
class DeclinedGroup:
    """Questions declined that ask the same, with what was done about them."""

    shown: Unanswered
    wordings: tuple[str, ...]  # their hashes
    turns: frozenset[str]  # ids
    work: Work  # the latest of any of them
    mark: str


def weeks_of(complaints: Iterable[Complaint], today: date) -> list[Week]:
    """The last WEEKS weeks, the oldest first, those without a complaint too."""
    came, closed = Counter[date](), Counter[date]()
    for one in complaints:
        came[_monday(one.at.astimezone().date())] += 1
        if one.work.closed:
            closed[_monday(date.fromisoformat(one.work.closed))] += 1
    last = _monday(today)
    mondays = [last - timedelta(days=DAYS_A_WEEK * back) for back in reversed(range(WEEKS))]
    return [Week(monday, came[monday], closed[monday]) for monday in mondays]


def weeks_chart(weeks: Sequence[Week], t: Say) -> Markup:
    """A column a week: the complaints that came in."""
    columns = [Column(f"{week.monday:%m-%d}", week.came, 0) for week in weeks]
    words = [t("week", monday=week.monday.isoformat(), came=week.came, closed=week.closed) for week in weeks]
    return columns_chart(columns, t("weeks_title", came=sum(week.came for week in weeks)), words)


def by_stage(complaints: Iterable[Complaint]) -> dict[Stage, int]:
    """How many are at each stage."""
    counts = Counter(one.work.stage for one in complaints)
    return {stage: counts[stage] for stage in Stage}


def wording_key(question: str) -> str:
    """Of a wording that makes no other question, the hash that is kept."""
    return hashlib.sha256(plain_wording(question).encode("utf-8", "surrogatepass")).hexdigest()


def declined_groups(
    groups: Sequence[Group], lines: Mapping[str, Line], known: Mapping[str, Work]
) -> list[DeclinedGroup]:
    """The groups with what is shown of them and what was done about any of their wordings."""
    found: list[DeclinedGroup] = []
    for group, shown in zip(groups, unanswered(groups, lines), strict=True):
        keys = tuple(dict.fromkeys(wording_key(wording) for wording in group.wordings))
        work = max((known[key] for key in keys if key in known), key=lambda work: work.at, default=Work())
        turns = frozenset(one.id for one in group.asked)
        found.append(DeclinedGroup(shown, keys, turns, work, mark_of([known.get(key, Work()).at for key in keys])))
    return found


def csv_rows(complaints: Iterable[Complaint], named: Named) -> Iterator[Sequence[object]]:
    """A row a complaint, in the order of CSV_HEAD."""
    for one in complaints:
        said, work = one.said, one.work
        yield (
            one.at.astimezone().strftime("%Y-%m-%d %H:%M:%S"),
            one.turn.turns[-1],
            said.reason if said else "",
            said.words if said else "",
            said.correction if said else "",
            named("stage", work.stage),
            work.taken_by,
            named("mended", work.mended) if work.mended else "",
            work.reference,
            work.answer,
            work.closed,
            one.turn.id,
        )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
