"""What several people of one class or of several come to: each class's printed amount as often as the question says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from bot.compose.draft import Draft
from bot.compose.phrases import phrase
from bot.granting.quantities import heads_of_classes
from bot.types import AnswerSentence, SentenceRole
from bot.understand.grades import letter_tiers
from bot.understand.reading import Reading
from bot.verify.sums import FEWEST_TERMS, Term, grounded_sum, sum_said, working_said
from index.text.question_types import QuestionType
from ingest.facts.figures import find_figures
from ingest.types import Bound, Clause
from ingest.vocabulary.talk import talk_words

_SAID = talk_words().quantities
_TOGETHER, _FLEXIBLY = re.compile(_SAID["together"]), re.compile(_SAID["flexibly"])


def asks_for_sum(reading: Reading) -> bool:
    """Whether it is asked what people of several classes, or several of one, come to together; shares of a salary do not add up."""
    text = reading.last
    if not _TOGETHER.search(text) or _FLEXIBLY.search(text) or QuestionType.OVERLAP in reading.types:
        return False
    heads = heads_of_classes(text)
    return len(heads) >= FEWEST_TERMS or any(one is not None and one.value > 1 for one in heads.values())


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
