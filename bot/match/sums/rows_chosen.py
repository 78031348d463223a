"""Which printed rows of a grant apply, and how their figures are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.match.judged_trees import LeafJudged, TreeJudged, is_narrower
from bot.match.sums.printed import figures_in, largest_in
from bot.text.bilingual import Say
from bot.types import Language
from ingest.entitlements.types import AmountRow, ReadableCondition, leaves
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.matching.inclusions import inclusions


@dataclass(frozen=True, slots=True)
class RowJudged:
    """A row, and what comes of its own condition."""

    row: AmountRow
    judged: TreeJudged


def amount_of(rows: Sequence[AmountRow], language: Language) -> str:
    """The figures as printed; where they are bounds of different kinds, each behind its own word."""
    apart = bound_of(rows) is None
    told = (bounded_figure(row, language) if apart else row.figure for row in rows)
    return "、".join(dict.fromkeys(told))


def bound_of(rows: Sequence[AmountRow]) -> str | None:
    """How the figures of all rows limit; None without rows, and where they differ."""
    bounds = {row.bound for row in rows}
    return bounds.pop() if len(bounds) == 1 else None


def bounded_figure(row: AmountRow, language: Language) -> str:
    """The figure of a row, behind the word of its bound: 最高50万元."""
    return f"{_bound_said(row, language)}{row.figure}"


def _bound_said(row: AmountRow, language: Language) -> str:
    """The word of an upper or a lower bound; nothing for a sum, a range, or a figure that says it itself."""
    label = Say(*entitlement_words().bounds[row.bound])
    if row.bound not in ("cap", "floor") or label.zh in row.figure:
        return ""
    return label.to(language) + Say("", " ").to(language)


def rows_chosen(rows: Sequence[RowJudged]) -> tuple[tuple[AmountRow, ...], TreeJudged]:
    """The rows that apply, and what their conditions come to.

    Rows without conditions all apply. Of those with conditions the ones that are met; of several classes, degrees or
    levels the best one, for one person has one. Where none is met, those still open.
    """
    always = tuple(item.row for item in rows if item.row.when is None)
    told = [item for item in rows if item.row.when is not None]
    if not told:
        return always, TreeJudged("met")
    met = _narrowest([item for item in told if item.judged.status == "met"])
    if met:
        best = [max(met, key=lambda item: largest_in(item.row.figure))] if _one_alone(met) else met
        chosen = tuple(item.row for item in best)
        kept = (row for row in always if not any(_is_instead_of(other, row) for other in chosen))
        return (*kept, *chosen), TreeJudged("met", best[0].judged.leaves)
    left = _nearest([item for item in told if item.judged.status == "open"])
    if left:
        judged = left[0].judged if len(left) == 1 else TreeJudged("open", (), (_all_leaves(left),))
        return (*always, *(item.row for item in left)), judged
    if always:
        return always, TreeJudged("met")
    return (), TreeJudged("not_met", told[0].judged.leaves, told[0].judged.alternatives)


def _nearest(rows: Sequence[RowJudged]) -> Sequence[RowJudged]:
    """Of rows for one class each, the one under which a catalogue may list somebody; all where nothing is known."""
    near = [row for row in rows if any(attribute_of(leaf) == "talent_class" and leaf.by for leaf in row.judged.leaves)]
    return near or rows


def _is_instead_of(narrow: AmountRow, wide: AmountRow) -> bool:
    """Whether a sum is a higher step of another: 1万元 to who starts up, 3万元 to who brings two others into work."""
    sums = [figures_in(row.figure) for row in (narrow, wide)]
    if any(len(found) != 1 for found in sums) or (narrow.period, narrow.bound) != (wide.period, wide.bound):
        return False
    return sums[0][0].unit == sums[1][0].unit and sums[0][0].value > sums[1][0].value


def _narrowest(rows: Sequence[RowJudged]) -> list[RowJudged]:
    """Without rows for what takes in the thing that another row names: a 小巨人 gets its own row, not that of 专精特新."""
    return [row for row in rows if not any(is_narrower(other.row.when, row.row.when) for other in rows)]


def _all_leaves(rows: Sequence[RowJudged]) -> tuple[LeafJudged, ...]:
    """What of the rows is not met, the alternatives inside each as well."""
    whole = [
        leaf
        for item in rows
        for leaf in (*item.judged.leaves, *(one for group in item.judged.alternatives for one in group))
    ]
    return tuple(leaf for leaf in whole if leaf.status != "met")


def _one_alone(met: Sequence[RowJudged]) -> bool:
    """True when the rows are steps of one thing (class, degree, level), of which somebody has one."""
    attributes = {
        leaf.attribute for item in met for leaf in leaves(item.row.when) if isinstance(leaf, ReadableCondition)
    }
    return bool(attributes & set(inclusions().exclusive))


def further(tree: TreeJudged, of_rows: Sequence[LeafJudged]) -> tuple[LeafJudged, ...]:
    """Conditions of the chosen row that the grant itself does not ask for already."""
    asked = {(attribute_of(leaf), _of(leaf)) for leaf in tree.leaves}
    return tuple(leaf for leaf in of_rows if not attribute_of(leaf) or (attribute_of(leaf), _of(leaf)) not in asked)


def further_groups(tree: TreeJudged, groups: Sequence[tuple[LeafJudged, ...]]) -> tuple[tuple[LeafJudged, ...], ...]:
    """Alternatives of rows without what the grant itself asks for and leaves open: a class not said is asked for once."""
    open_ones = {(attribute_of(leaf), _of(leaf)) for leaf in tree.leaves if leaf.status == "open" and not leaf.by}
    kept = (
        tuple(leaf for leaf in group if not attribute_of(leaf) or (attribute_of(leaf), _of(leaf)) not in open_ones)
        for group in groups
    )
    return tuple(group for group in kept if group)


def attribute_of(leaf: LeafJudged) -> str:
    """The attribute of a condition; empty for one in words."""
    return leaf.leaf.attribute if isinstance(leaf.leaf, ReadableCondition) else ""


def _of(leaf: LeafJudged) -> str | None:
    return leaf.leaf.of if isinstance(leaf.leaf, ReadableCondition) else None
