"""What is measured of one question: one small pure function each.

``None`` means "does not apply" and is not averaged. Texts are compared in two ways, both fixed by the question
file: evidence with all whitespace removed (:func:`squeeze`), answer points after :func:`ingest.normalise.match_form`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from bot.verify.counts import without_count
from eval.cases.cases import Case
from eval.scoring.results import Cited, Given, Sentence, WorkedOut
from ingest.facts.figures import find_figures, same_figure
from ingest.facts.figures import supports as bears_out
from ingest.facts.numerals import value_of
from ingest.normalise import match_form

NUMBER = re.compile(r"\d[\d.\-]*[万亿%]?")
"""A number as printed after match_form, with the words that make 20 万 another number than 20."""

# ── Search ─────────────────────────────────────────────────────────────────────────────────────


def squeeze(text: str) -> str:
    """The text without whitespace: stray spaces and line wrap do not decide whether evidence is found."""
    return "".join(text.split())


def first_ranks(case: Case, texts: Sequence[str]) -> tuple[int | None, ...]:
    """For each evidence quote the rank (from 1) of the first text that holds it, or None."""
    squeezed = [squeeze(text) for text in texts]
    quotes = [squeeze(item.quote) for item in case.evidence]
    return tuple(next((rank for rank, text in enumerate(squeezed, 1) if quote in text), None) for quote in quotes)


def recall_at(case: Case, texts: Sequence[str], k: int) -> float | None:
    """Share of the evidence quotes that stand in the first ``k`` texts.

    Recall at a cut-off (Manning, Raghavan, Schütze, Introduction to Information Retrieval, 2008, §8.4), counted over
    quotes: with two quotes in two clauses R@1 is at most ½.
    """
    if not case.evidence:
        return None
    ranks = first_ranks(case, texts[:k])
    return sum(rank is not None for rank in ranks) / len(ranks)


def all_evidence_at(case: Case, texts: Sequence[str], k: int) -> bool | None:
    """Whether every evidence quote stands in the first ``k`` texts: what a complete answer needs."""
    return None if not case.evidence else all(rank is not None for rank in first_ranks(case, texts[:k]))


def hit_at_1(case: Case, texts: Sequence[str]) -> bool | None:
    """Whether the first text holds any evidence (success at 1)."""
    return None if not case.evidence else any(rank == 1 for rank in first_ranks(case, texts[:1]))


def reciprocal_rank(case: Case, texts: Sequence[str]) -> float | None:
    """1 / rank of the first text with any evidence, 0 without (Voorhees, TREC-8 Question Answering Track, 1999)."""
    if not case.evidence:
        return None
    ranks = [rank for rank in first_ranks(case, texts) if rank is not None]
    return 1 / min(ranks) if ranks else 0.0


def ndcg_at(case: Case, texts: Sequence[str], ideal_gains: Sequence[int], k: int) -> float | None:
    """Discounted gain of new evidence over that of the best possible order.

    DCG = Σ gain / log2(rank + 1) (Järvelin, Kekäläinen, ACM TOIS 20(4), 2002). The gain of a text is the number of
    quotes not found above it, so saying the same twice earns nothing (α-nDCG with α = 1: Clarke et al., SIGIR 2008).
    ``ideal_gains`` are those gains in the best order of the whole corpus, see :func:`ideal_gains_of`.
    """
    ideal = _discounted(ideal_gains[:k])
    if not case.evidence or ideal == 0:
        return None
    ranks = first_ranks(case, texts[:k])
    return _discounted([ranks.count(rank) for rank in range(1, len(texts[:k]) + 1)]) / ideal


def ideal_gains_of(holders: Sequence[frozenset[str]]) -> list[int]:
    """New quotes per clause in the best order, taken greedily; ``holders`` are the clauses that hold each quote.

    Quotes that stand in no clause cannot be found by anybody and are left out.
    """
    missing: list[frozenset[str]] = [clauses for clauses in holders if clauses]
    gains: list[int] = []
    while missing:
        candidates = sorted({clause for clauses in missing for clause in clauses})
        best = max(candidates, key=lambda clause: sum(clause in clauses for clauses in missing))
        gains.append(sum(best in clauses for clauses in missing))
        missing = [clauses for clauses in missing if best not in clauses]
    return gains


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def evidence_within(case: Case, texts: Sequence[str], characters: int) -> float | None:
    """Share of the quotes found when the texts are read one after another up to ``characters``.

    Compares pieces of different size fairly: a long piece uses up what a reader, or a model, takes in.
    """
    if not case.evidence:
        return None
    kept: list[str] = []
    left = characters
    for text in texts:
        kept.append(text[:left])
        left -= len(kept[-1])
        if left <= 0:
            break
    return recall_at(case, kept, len(kept))


# ── The body of the answer ─────────────────────────────────────────────────────────────────────


def points_said(points: Sequence[Sequence[str]], body: str) -> tuple[bool, ...]:
    """For each answer point whether the body says one of its alternatives."""
    said = match_form(body)
    return tuple(any(match_form(alternative) in said for alternative in point) for point in points)


def point_recall(case: Case, given: Given) -> float | None:
    """Share of the asked-for points that the body says; 0 when the question was declined."""
    if not case.answerable or not case.answer:
        return None
    said = () if given.declined else points_said(case.answer, given.body)
    return sum(said) / len(case.answer)


def answer_right(case: Case, given: Given) -> bool | None:
    """Whether the body says every asked-for point."""
    recall = point_recall(case, given)
    return None if recall is None else recall == 1


def body_length(given: Given) -> int | None:
    """Characters of the body of an answer. What is asked for is worth less in a long one."""
    return None if given.declined else len(given.body)


def asked_figure_share(case: Case, given: Given) -> float | None:
    """Share of the body's figures that were asked for: the precision that goes with :func:`point_recall`.

    A figure counts when an alternative holds the same figure, or the same printed number (a bare "2.06" has no unit).
    """
    if given.declined or not any(mark.isdigit() for point in case.answer for text in point for mark in text):
        return None
    figures = find_figures(given.body)
    if not figures:
        return None
    alternatives = [text for point in case.answer for text in point]
    wanted = [figure for text in alternatives for figure in find_figures(text)]
    numbers = {number for text in alternatives for number in NUMBER.findall(match_form(text))}
    asked = [
        any(same_figure(figure, other) for other in wanted)
        or not numbers.isdisjoint(NUMBER.findall(match_form(figure.text)))
        for figure in figures
    ]
    return sum(asked) / len(asked)


def forbidden_said(case: Case, given: Given) -> int | None:
    """How many of the ``must_not`` words the body says."""
    if not case.must_not:
        return None
    said = match_form(given.body)
    return sum(match_form(words) in said for words in case.must_not)


def unsupported_figures(
    case: Case, given: Given, supports: Sequence[str], recounts: Callable[[Sentence], bool] = lambda _: False
) -> int | None:
    """Figures of the body that stand in none of ``supports``, the corpus texts of the clauses it cites.

    What the answer itself claims about its figures is not looked at. A count that ``recounts`` right is left out. Of an estimate the quantity must stand in the
    question, the unit price in the clauses, and their product is worked out here once more; one that fails is counted.
    """
    if given.declined:
        return None
    estimates = [sentence for sentence in given.sentences if sentence.worked_out is not None]
    body = given.body
    for sentence in estimates:
        body = body.replace(sentence.text, "", 1)
    for sentence in given.sentences:
        if recounts(sentence):
            body = body.replace(sentence.text, without_count(sentence.text), 1)
    wrong = sum(not _worked_out_right(sentence.worked_out, case, supports) for sentence in estimates)
    return wrong + _unsupported_in(body, supports)


# 400 of 400平, 1000万 of 1000万度, 3 of 3名: people's measures need not be units that a policy prints.
_LEADING_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?\s?[十百千万亿]*|[一二两三四五六七八九十百千万亿]+")


def _worked_out_right(said: WorkedOut | None, case: Case, supports: Sequence[str]) -> bool:
    if said is not None and said.is_difference:
        return _difference_right(said, supports)
    if said is not None and said.is_sum:
        return _sum_right(said, case, supports)
    named_in = [match_form(text) for text in (*case.turns, *supports)]
    factors = said.quantity.split("×") if said is not None else []
    if said is None or not all(
        any(match_form(factor) in text for text in named_in) or _is_printed(factor, supports) for factor in factors
    ):
        return False
    numbers = [_number_in_front(factor) for factor in factors]
    price, product = (find_figures(text) for text in (said.unit_price, said.product))
    if any(number is None for number in numbers) or not (len(price) == len(product) == 1):
        return False
    quantity = math.prod((number for number in numbers if number is not None), start=Decimal(1))
    printed = any(same_figure(other, price[0]) for text in supports for other in find_figures(text))
    times = quantity / 100 if price[0].unit == "%" else quantity
    ends = [(product[0].value, price[0].value), (product[0].upper, price[0].upper)]
    return printed and any(
        all(end == (None if factor is None else times * months * factor) for end, factor in ends)
        for months in ((1, 12) if said.quantity.endswith("年") else (1,))  # so much a month, for years
    )


def _is_printed(factor: str, supports: Sequence[str]) -> bool:
    """Whether a factor in other words, 36 months, is a figure that some clause prints: 36个月."""
    figures = find_figures(factor)
    printed = (other for text in supports for other in find_figures(text))
    return len(figures) == 1 and any(same_figure(other, figures[0]) for other in printed)


def _difference_right(said: WorkedOut, supports: Sequence[str]) -> bool:
    """Whether both amounts are printed and the one less the other is what is said."""
    all_three = [find_figures(text) for text in (said.quantity, said.unit_price, said.product)]
    if any(len(figures) != 1 for figures in all_three):
        return False
    greater, less, difference = (figures[0] for figures in all_three)
    printed = [figure for text in supports for figure in find_figures(text)]
    stand = all(
        any(other.value == own.value and other.unit == own.unit for other in printed) for own in (greater, less)
    )
    return stand and greater.value - less.value == difference.value


def _sum_right(said: WorkedOut, case: Case, supports: Sequence[str]) -> bool:
    """Whether each amount is printed, each quantity asked of, and all together is what is said: 2名×200万元+3名×150万元."""
    printed = [figure for text in supports for figure in find_figures(text)]
    asked = [match_form(text) for text in case.turns]
    total, product = Decimal(0), find_figures(said.product)
    for term in said.quantity.split("+"):
        *times, amount = term.split("×")
        figures = find_figures(amount)
        numbers = [_number_in_front(one) for one in times]
        spoken_of = all(any(match_form(one) in text for text in asked) for one in times)
        if len(figures) != 1 or not spoken_of or not any(same_figure(other, figures[0]) for other in printed):
            return False
        total += math.prod((number for number in numbers if number is not None), start=figures[0].value)
    return len(product) == 1 and product[0].value == total


def _number_in_front(quantity: str) -> Decimal | None:
    """80 of 80亩, 2 of 两年."""
    number = _LEADING_NUMBER.match(quantity)
    return None if number is None else value_of(number[0].strip().replace("两", "二"))


def _unsupported_in(body: str, supports: Sequence[str]) -> int:
    said = find_figures(body)
    if not said:
        return 0
    printed = [figure for text in supports for figure in find_figures(text)]
    squeezed = [match_form(text) for text in supports]
    return sum(
        not any(bears_out(other, figure) for other in printed)
        and not any(match_form(figure.text) in text for text in squeezed)
        for figure in said
    )


# ── Citations ──────────────────────────────────────────────────────────────────────────────────


def citation_precision(case: Case, given: Given, cited_texts: Sequence[str]) -> float | None:
    """Share of the cited clauses that hold any evidence quote. Nothing cited, nothing to judge."""
    if not case.evidence or given.declined or not cited_texts:
        return None
    quotes = [squeeze(item.quote) for item in case.evidence]
    return sum(any(quote in squeeze(text) for quote in quotes) for text in cited_texts) / len(cited_texts)


def citation_recall(case: Case, given: Given, cited_texts: Sequence[str]) -> float | None:
    """Share of the evidence quotes that stand in a cited clause; 0 when the question was declined."""
    if not case.evidence:
        return None
    return 0.0 if given.declined else recall_at(case, cited_texts, len(cited_texts))


def all_documents_cited(
    case: Case, given: Given, of_quotes: Sequence[frozenset[str]], cited: frozenset[str]
) -> bool | None:
    """Whether of every quote a document that holds it is cited; ``of_quotes`` are those documents, quote by quote."""
    held = [documents for documents in of_quotes if documents]
    if not case.evidence or not held:
        return None
    return not given.declined and all(documents & cited for documents in held)


def quote_fidelity(citations: Sequence[Cited], sources: Sequence[str]) -> float | None:
    """Share of the quotes that are a span of a source. ``sources`` are squeezed and without page furniture."""
    quotes = [squeeze(quote) for citation in citations for quote in citation.quotes]
    if not quotes:
        return None
    return sum(bool(quote) and any(quote in source for source in sources) for quote in quotes) / len(quotes)


# ── Declining ──────────────────────────────────────────────────────────────────────────────────


def declined_rightly(case: Case, given: Given) -> bool | None:
    """For a question that must be declined: whether it was (recall of declining, when averaged)."""
    return None if case.answerable else given.declined


def decline_deserved(case: Case, given: Given) -> bool | None:
    """For a question that was declined: whether it had to be (precision of declining, when averaged)."""
    return not case.answerable if given.declined else None


def declined_falsely(case: Case, given: Given) -> bool | None:
    """For a question that has an answer: whether it was declined all the same."""
    return given.declined if case.answerable else None
