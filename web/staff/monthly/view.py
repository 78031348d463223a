"""The report of a month as charts and tables, the same for the page, the HTML file and Word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from bot.records.queries import Tally
from web.staff.monthly.month import Asked, Month, Row
from web.staff.shell.audit_log import AuditEntry
from web.staff.shell.charts import Bar, Column, bars_chart, columns_chart
from web.texts import Tongue, level_name

Say = Callable[..., str]
Named = Callable[[str, str], str]


class Table(NamedTuple):
    """A table of the report; its first column names the row, the others are numbers where ``is_counted``."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_counted: bool
    empty: str  # what is said where there is no row
    chart: Markup = Markup()


def month_name(month: Month, t: Say) -> str:
    """The month as it is called."""
    return t("month_name", year=month.first.year, month=month.first.month)


def totals(asked: Asked, t: Say) -> list[tuple[str, int, str]]:
    """What is read first: a word, a number, its share of all questions."""
    whole = asked.whole
    counts = (
        ("asked", whole.asked),
        ("answered", whole.asked - whole.declined),
        ("declined", whole.declined),
        ("complained", whole.down),
        ("corrected", asked.corrected),
        ("helpful", whole.up),
    )
    return [
        (t(f"count_{name}"), count, f"{count / whole.asked:.0%}" if whole.asked and name != "asked" else "")
        for name, count in counts
    ]


def days_chart(asked: Asked, t: Say) -> Markup:
    """A column a day, the part that was declined standing out."""
    columns = [Column(f"{day:%m-%d}", said.asked, said.declined) for day, said in asked.days]
    words = [t("day", day=f"{day:%m-%d}", asked=said.asked, declined=said.declined) for day, said in asked.days]
    return columns_chart(columns, t("days_title", asked=asked.whole.asked, declined=asked.whole.declined), words)


def tables(month: Month, t: Say, named: Named, tongue: Tongue) -> list[Table]:
    """All tables of the report in their order."""
    counted = list[Table]()
    if month.asked is not None:
        levels = [Row(level_name(row.name, tongue) if row.name else None, row.said) for row in month.asked.levels]
        reasons = [Row(named("reason", row.name) if row.name else None, row.said) for row in month.asked.reasons]
        counted = [
            _counts("topics", month.asked.topics, t),
            _counts("levels", levels, t),
            _counts("reasons", reasons, t),
        ]
    return [*counted, _published(month.published, t), _endings(month, t, tongue)]


def _counts(sort: str, rows: Sequence[Row], t: Say) -> Table:
    names = [(row.name or t(f"no_{sort}"), row.said) for row in rows]
    bars = [Bar(name, said.asked, said.down, t("bar", asked=said.asked, complained=said.down)) for name, said in names]
    heads = (t(sort), t("count_asked"), t("count_answered"), t("count_declined"), t("count_complained"))
    lines = tuple((name, *map(str, _numbers(said))) for name, said in names)
    chart = bars_chart(bars, t(f"by_{sort}")) if bars else Markup()
    return Table(t(f"by_{sort}"), heads, lines, True, t("none_asked"), chart)


def _numbers(said: Tally) -> tuple[int, int, int, int]:
    return said.asked, said.asked - said.declined, said.declined, said.down


def _published(entries: Sequence[AuditEntry], t: Say) -> Table:
    rows = tuple(
        (
            one.at.astimezone().strftime("%Y-%m-%d %H:%M"),
            t(f"audit_{one.what}"),
            one.about,
            one.who,
            str(one.details.get("note", "")),
        )
        for one in entries
    )
    heads = ("when", "what", "version", "who", "note")
    return Table(t("published"), tuple(t(head) for head in heads), rows, False, t("none_published"))


def _endings(month: Month, t: Say, tongue: Tongue) -> Table:
    rows = tuple(
        (one.title, level_name(one.level, tongue), one.until.isoformat(), t("over" if one.is_over else "ending"))
        for one in month.endings
    )
    heads = ("document", "levels", "until", "standing")
    return Table(t("endings"), tuple(t(head) for head in heads), rows, False, t("none_ending"))
