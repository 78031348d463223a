"""What the records pages show: questions by day and by topic as charts, and kept turns as rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from bot.records.queries import Line, Tally, Topic
from bot.records.types import Feedback, Turn
from bot.suggest.question_groups import AskedQuestion, Group, plain_wording
from bot.understand.follow_ups import refers_back
from web.staff.shell.charts import Bar, Column, bars_chart, columns_chart

Say = Callable[..., str]
Named = Callable[[str, str], str]

MOST_COLUMNS = 62  # of a chart; more days are drawn by the week, more weeks by the month
DAYS_A_WEEK = 7
TOPICS: tuple[Topic, ...] = (Topic.DOCUMENT, Topic.HEADING, Topic.REASON, Topic.LEVEL, Topic.LANGUAGE)
FILTERED_BY: Mapping[Topic, str] = {Topic.DOCUMENT: "document", Topic.REASON: "reason", Topic.LANGUAGE: "language"}
CSV_HEAD = (
    "when", "conversation", "question", "earlier", "status", "reason", "level", "language", "as_of", "answer",
    "citations", "opinion", "opinion_reason", "opinion_words", "correction", "took_ms",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Questions that ask the same and were not answered."""

    question: str  # the last turn, as it was typed
    read_as: str  # with what it took over from the turns before it; empty where it took over nothing
    count: int
    wordings: tuple[str, ...]  # others
    reasons: tuple[str, ...]
    last: Line  # the latest of them


def days_chart(days: Sequence[tuple[date, Tally]], t: Say) -> Markup:
    """A column for each day, week or month: all questions, and those that were declined."""
    columns, words = list[Column](), list[str]()
    for label, said in _spans(days):
        columns.append(Column(label, said.asked, said.declined))
        words.append(t("column", label=label, asked=said.asked, declined=said.declined, down=said.down))
    whole = _sum(said for _, said in days)
    return columns_chart(columns, t("days_title", asked=whole.asked, declined=whole.declined), words)


def days_unit(days: Sequence[tuple[date, Tally]]) -> str:
    """A word of the page: what one column is."""
    if len(days) <= MOST_COLUMNS:
        return "by_day"
    return "by_week" if len(days) <= MOST_COLUMNS * DAYS_A_WEEK else "by_month"


def _spans(days: Sequence[tuple[date, Tally]]) -> list[tuple[str, Tally]]:
    unit = days_unit(days)
    if unit == "by_day":
        return [(f"{day:%m-%d}", said) for day, said in days]
    spans: dict[str, list[Tally]] = {}
    for day, said in days:
        monday = day - timedelta(days=day.weekday())
        spans.setdefault(f"{monday:%y-%m-%d}" if unit == "by_week" else f"{day:%Y-%m}", []).append(said)
    return [(label, _sum(said)) for label, said in spans.items()]


def _sum(tallies: Iterable[Tally]) -> Tally:
    whole = list(tallies)
    return Tally(*(sum(getattr(one, name) for one in whole) for name in ("asked", "declined", "up", "down")))


def topic_chart(
    topic: Topic, rows: Sequence[tuple[str | None, Tally]], t: Say, named: Named, link: Callable[[str, str], str]
) -> Markup:
    """The topics most asked about, the part that was thumbed down standing out; a label leads to its questions."""
    bars: list[Bar] = []
    for value, said in rows:
        if value is None and topic is Topic.REASON:
            continue  # answered
        label = t(f"no_{topic.value}") if value is None else named(topic.value, value)
        words = f"{said.asked:,}" + (f" · {t('down_of', n=said.down)}" if said.down else "")
        field = FILTERED_BY.get(topic)
        bars.append(Bar(label, said.asked, said.down, words, link(field, value) if field and value else ""))
    return bars_chart(bars, t(f"topic_{topic.value}"))


def unanswered(groups: Iterable[Group], lines: Mapping[str, Line]) -> list[Unanswered]:
    """The groups with what is shown of them."""
    found: list[Unanswered] = []
    for group in groups:
        of_group = [lines[one.id] for one in group.asked]
        reasons = tuple(dict.fromkeys(line.reason for line in of_group if line.reason))
        last = max(of_group, key=lambda line: line.asked_at)
        typed = of_group[0].turns[-1].strip()
        read_as = "" if plain_wording(group.leader) == plain_wording(typed) else group.leader
        found.append(Unanswered(typed, read_as, len(of_group), group.wordings[1:], reasons, last))
    return found


def asked_of(lines: Sequence[Line]) -> Iterator[AskedQuestion]:
    """The questions to be grouped, each as it can be understood without the turns before it.

    A last turn that somebody else began with needs none of them, however short it is.
    """
    first = {plain_wording(line.turns[0]) for line in lines if len(line.turns) == 1}
    for line in lines:
        last = line.turns[-1]
        stands_alone = plain_wording(last) in first and not refers_back(last)
        alone = last if stands_alone else line.alone or last
        yield AskedQuestion(alone, line.id, "" if alone == last else last)


def csv_rows(turns: Iterable[tuple[Turn, Feedback | None]], t: Say, named: Named) -> Iterator[Sequence[object]]:
    """A row a turn, in the order of CSV_HEAD. Who asked is not in it, not even as a hash."""
    for turn, said in turns:
        answer = turn.answer
        cited = (f"{one['document']} {one['address']}".strip() for one in answer.get("citations", ()))
        yield (
            local(turn),
            turn.conversation,
            turn.turns[-1],
            " / ".join(turn.turns[:-1]),
            t(turn.status),
            named("reason", turn.reason) if turn.reason else "",
            turn.level,
            named("language", str(answer.get("language", ""))),
            turn.as_of.isoformat(),
            answer.get("answer", ""),
            "；".join(dict.fromkeys(cited)),
            t(f"opinion_{said.thumb.value}") if said else "",
            said.reason if said else "",
            said.words if said else "",
            said.correction if said else "",
            round(turn.took_ms, 1),
        )


def local(kept: Turn | Line) -> str:
    """When it was asked, in the time zone of this machine."""
    return kept.asked_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
