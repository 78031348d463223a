"""What several people of one class or of several come to: each class's printed amount as often as the question says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import takewhile

from bot.compose.draft import Draft
from bot.compose.phrases import phrase
from bot.granting.quantities import heads_of_classes
from bot.types import AnswerSentence, SentenceRole
from bot.understand.grades import letter_tiers
from bot.understand.reading import Reading
from bot.verify.sums import FEWEST_TERMS, Term, grounded_sum, sum_said, working_said
from bot.verify.worked_out import PERSON, Quantity
from index.text.question_types import QuestionType
from ingest.entitlements.types import AmountRow
from ingest.facts.figures import find_figures
from ingest.facts.numerals import value_of
from ingest.types import Bound, Clause
from ingest.vocabulary.talk import talk_words

SHORTEST_KEY = 2  # characters
_SAID = talk_words().quantities
_HEADS_BEFORE = _SAID["heads_before"]
_TOGETHER, _FLEXIBLY = re.compile(_SAID["together"]), re.compile(_SAID["flexibly"])


def asks_for_sum(reading: Reading) -> bool:
    """Whether it is asked what people of several classes, or several of one, come to together; shares of a salary do not add up."""
    text = reading.last
    heads = heads_of_classes(text)
    several = any(one is not None and one.value > 1 for one in heads.values())
    asks = _TOGETHER.search(text) or (several and QuestionType.AMOUNT in reading.types)
    if not asks or _FLEXIBLY.search(text) or QuestionType.OVERLAP in reading.types:
        return False
    return len(heads) >= FEWEST_TERMS or several


def sum_of_rows(draft: Draft, reading: Reading, rows: Sequence[AmountRow], clause: Clause) -> AnswerSentence | None:
    """What several rows of one grant come to, each taken as often as the question says (三个中级一个高级); None where fewer than two are named so."""
    terms: list[Term] = []
    limits: set[str] = set()
    for row, key in zip(rows, _apart([row.object for row in rows]), strict=True):
        found = re.search(f"{_HEADS_BEFORE}{re.escape(key)}", reading.last)
        figures = find_figures(row.figure)
        value = value_of(found["n"].replace(_SAID["two"][0], _SAID["two"][1])) if found else None
        if found is None or value is None or len(figures) != 1 or figures[0].upper is not None:
            continue
        times = Quantity(found["said"], value, PERSON)
        terms.append(Term(figures[0], clause, times))
        limits.add(row.bound if row.bound in ("cap", "floor") else "")
    if len(terms) < FEWEST_TERMS or len(limits) > 1:
        return None
    limit = {"cap": "at_most", "floor": "at_least"}.get(limits.pop())
    bound = phrase(limit, draft.language) if limit else ""
    text = phrase("sum_of_terms", draft.language).format(working_said(terms), f"{bound}{sum_said(terms)}")
    return grounded_sum(text, terms, {draft.number_of(clause): clause}, reading.last)


def _apart(names: Sequence[str]) -> list[str]:
    """What tells each name from the others, two characters at least: 高级 of 高级…证书 beside 中级…证书."""
    before, behind = _alike(names), _alike([name[::-1] for name in names])
    return [name[before : max(len(name) - behind, before + SHORTEST_KEY)].lower() for name in names]


def _alike(names: Sequence[str]) -> int:
    """How many characters the names begin with alike."""
    return sum(1 for _ in takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False)))


def say_sum(draft: Draft, reading: Reading, row: Mapping[str, tuple[str, Clause]]) -> None:
    """Say what one level's amounts come to, or why they cannot be added; ``row`` is class → amount as said and its clause."""
    if not asks_for_sum(reading):
        return
    heads = heads_of_classes(reading.last)
    parts = [(letter, *row[letter]) for letter in sorted(letter_tiers(reading.last)) if letter in row]
    figures = [find_figures(amount) for _, amount, _ in parts]
    bounds = {found[0].bound for found in figures if len(found) == 1}
    if any(len(found) != 1 or found[0].upper is not None for found in figures) or bounds >= {
        Bound.AT_MOST,
        Bound.AT_LEAST,
    }:
        draft.sentences.append(AnswerSentence(phrase("no_sum", draft.language), (), (), role=SentenceRole.HEDGE))
        return
    terms = [
        Term(
            found[0], clause, times if (times := heads.get(letter)) is not None and times.value != Decimal(1) else None
        )
        for (letter, _, clause), found in zip(parts, figures, strict=True)
    ]
    key = {Bound.AT_MOST: "at_most", Bound.AT_LEAST: "at_least"}
    limit = next((phrase(key[bound], draft.language) for bound in bounds if bound in key), "")
    sources = {draft.number_of(term.clause): term.clause for term in terms}
    text = phrase("sum_of_terms", draft.language).format(working_said(terms), f"{limit}{sum_said(terms)}")
    sentence = grounded_sum(text, terms, sources, reading.last)
    if sentence is not None:
        draft.sentences.append(sentence)
