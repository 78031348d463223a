"""A premise that the clauses do not bear out: the figure, year, recipient, office or condition somebody takes for granted.

Only what is typed is judged, and only against the sentence that answers: a figure against those of its unit, a recipient
against that of the checked record. What the sentence does not speak of is not denied.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.compose.validity import closing_statement
from bot.evidence.benefit_rows import amount_words, asked_rows, row_words
from bot.evidence.candidates import Candidate
from bot.evidence.passages_for_question import without_label
from bot.text.bilingual import Say
from bot.text.term_overlap import sentence_terms
from bot.types import Language
from bot.understand.reading import Reading
from bot.understand.time_asked import years_named
from bot.verdicts.claimed_figures import (
    MONEY,
    allows,
    claimed_figures,
    in_months,
    is_same,
    is_threshold,
    of_class,
    of_unit,
    presupposed_figures,
    reaches_threshold,
)
from bot.verdicts.quoting import part_around, parts_of, words_of
from bot.verdicts.words import patterns, said
from index.text.question_types import QuestionType
from ingest.facts.figures import find_figures
from ingest.types import Bound, Clause, Corpus, Figure, Span
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.talk import talk_words

LEAST_COVERED = 0.33  # of the words of the question that the sentence must have for a figure of it to be denied
NEAR = 0.35  # score below the best within which another sentence may bear a figure out
AROUND = 8  # characters on each side of a figure that tell what it is of
BEHIND = 4  # characters behind 不要求 that name what is not asked for
TAKEN_FOR_GRANTED = re.compile(talk_words().taken_for_granted, re.IGNORECASE)
_FIRMS = frozenset({"company", "employer", "institution"})


@dataclass(frozen=True, slots=True)
class Premise:
    """What is said of a premise, and the clause it rests on."""

    text: str
    clause: Clause
    bears_out: bool = False  # it is so


def claims(reading: Reading) -> bool:
    """Whether somebody takes a thing for granted or wants it borne out: 听说…, …对吧."""
    return patterns("premise")["claimed"].search(reading.last) is not None


def premise_judged(
    reading: Reading,
    answer: Sequence[Candidate],
    found: Sequence[Candidate],
    corpus: Corpus,
    recipients: frozenset[str] = frozenset(),
) -> Premise | None:
    """What of the question's premise is not so, or that it is; None where the answer does not decide it.

    ``answer`` are the sentences of the answer, the best first, ``found`` all that were found; ``recipients`` are those of the
    checked grants of its first sentence.
    """
    if not answer or _is_of_another_level(reading, answer[0]):
        return None
    lead = answer[0]
    text = _of_discount(reading, lead, found)
    if not text and claims(reading) and is_on_it(lead):
        text = _of_claims(reading, answer, found, recipients)
    if not text and not claims(reading) and is_on_it(lead):
        told = [heard for heard in presupposed_figures(reading.last) if not reaches_threshold(heard, lead.figures)]
        text = _of_figures(reading, told, lead, answer)
    if not text and claims(reading):
        text = _of_denied_condition(reading, lead)
    if not text and is_on_it(lead):
        text = _which_recipient(reading, recipients)
    if text:
        return Premise(text, lead.clause)
    own = [one for one in answer if one.clause.document == lead.clause.document]
    asks = claims(reading) or QuestionType.YES_NO in reading.types
    of_years = _of_years(reading, own, corpus) if asks and any(map(is_on_it, own)) else None
    if of_years is None and claims(reading) and is_on_it(lead) and (text := _borne_out(reading, lead)):
        return Premise(text, lead.clause, bears_out=True)
    return of_years


def is_on_it(candidate: Candidate) -> bool:
    """Whether a sentence has enough of the question for something in it to be denied."""
    return max(candidate.features["covers_last"], candidate.features["covers_with_path"]) >= LEAST_COVERED


def _is_of_another_level(reading: Reading, lead: Candidate) -> bool:
    return bool(reading.levels) and lead.clause.level is not None and lead.clause.level not in reading.levels


def _of_claims(
    reading: Reading, answer: Sequence[Candidate], found: Sequence[Candidate], recipients: frozenset[str]
) -> str:
    lead = answer[0]
    return (
        _of_another_case(reading, lead)
        or _of_recipient(reading, recipients)
        or _of_office(reading, lead)
        or _of_figures(reading, claimed_figures(reading.last), lead, [*answer, *found])
        or _of_term(reading, lead)
    )


# ── Figures ────────────────────────────────────────────────────────────────────────────────────


def _of_figures(reading: Reading, claimed: Sequence[Figure], lead: Candidate, beside: Sequence[Candidate]) -> str:
    for heard in claimed:
        if _is_borne_out(reading, heard, lead, beside):
            continue
        text = _printed_instead(reading, heard, lead)
        if text:
            return text
    return ""


def _borne_out(reading: Reading, lead: Candidate) -> str:
    """是, where the one figure claimed is the only one of its kind that the sentence, or its row, prints."""
    heard = claimed_figures(reading.last)
    if len(heard) != 1 or TAKEN_FOR_GRANTED.search(reading.last) or not _is_of_what_is_claimed(reading, heard[0], lead):
        return ""
    rows = [row for row in asked_rows(reading, lead) if of_unit(heard[0], [row.figure])]
    if len(rows) == 1 and is_same(heard[0], rows[0].figure):
        return said("borne_out_row", reading.language, row_words(lead.clause, rows[0], reading.language))
    printed = of_unit(heard[0], lead.figures)
    printed = of_class(reading, lead, printed) or printed
    if rows or len(printed) != 1 or not is_same(heard[0], printed[0]):
        return ""
    part = part_around(lead, printed[0].span)
    return said("borne_out", reading.language, part) if part else ""


def _is_of_what_is_claimed(reading: Reading, heard: Figure, lead: Candidate) -> bool:
    """Whether the sentence speaks of the thing whose figure is claimed: a 15% of the income tax is none of 研发补贴.

    The figure itself is a word that they share, so that it does not count. Of a question in English the names count by
    which policies call what it names; where none is known nothing is said to be so.
    """
    beside = f"{reading.last[: heard.span.start]} {reading.last[heard.span.end :]}"
    if reading.language is Language.EN:
        beside = " ".join(name for name in reading.also if not find_figures(name))
    words = sentence_terms(beside)
    shared = words & (lead.terms | sentence_terms(" ".join(lead.clause.path)))
    return bool(words) and len(shared) >= LEAST_COVERED * len(words)


def _is_borne_out(reading: Reading, heard: Figure, lead: Candidate, beside: Sequence[Candidate]) -> bool:
    """Whether the sentence, or one nearly as good, prints the figure; of a class, only its own row counts."""
    rows = [row.figure for row in asked_rows(reading, lead)]
    if any(in_months(row)[0] == in_months(heard)[0] for row in rows):
        return any(is_same(heard, row) for row in rows)
    own = of_class(reading, lead, of_unit(heard, lead.figures))
    if own:
        return any(is_same(heard, figure) for figure in own)
    near = [one for one in beside if one.score >= lead.score - NEAR and not one.features["other_level"]]
    return any(is_same(heard, figure) for one in (lead, *near) for figure in one.figures)


def _printed_instead(reading: Reading, heard: Figure, lead: Candidate) -> str:
    """What the clause prints in place of a figure; "" where it prints none of the kind, or allows it."""
    language = reading.language
    rows = [row for row in asked_rows(reading, lead) if of_unit(heard, [row.figure])]
    if len(rows) == 1:
        return said("premise_row", language, row_words(lead.clause, rows[0], language))
    printed = of_unit(heard, lead.figures)
    printed = of_class(reading, lead, printed) or printed
    if not printed and heard.bound is Bound.AT_LEAST:
        printed = [figure for figure in of_unit(heard, lead.clause.figures) if figure.bound is Bound.AT_LEAST]
    if not printed or any(allows(figure, heard) for figure in printed):
        within = printed[0] if len(printed) == 1 and printed[0].unit == MONEY and not is_threshold(heard) else None
        return said("premise_within", language, amount_words(within)) if within else ""
    best = _likest(reading, heard, printed, lead)
    return said("premise_below" if best is None else "premise_printed", language, best or "")


def _likest(reading: Reading, heard: Figure, printed: Sequence[Figure], lead: Candidate) -> str | None:
    """The part with the one figure, or with the one whose surroundings are most like those of the figure claimed."""
    alike = [figure for figure in printed if figure.bound is heard.bound] or printed
    apart = {(figure.value, figure.unit): figure for figure in alike}
    if len(apart) == 1:
        return _quoted(lead, alike[0])
    around = set(_around(reading.last, heard.span))

    def likeness(figure: Figure) -> int:
        return len(around & set(_around(lead.clause.text, figure.span)))

    first, second = sorted(apart.values(), key=likeness, reverse=True)[:2]
    return _quoted(lead, first) if likeness(first) > likeness(second) else None


def _around(text: str, span: Span) -> str:
    return text[max(0, span.start - AROUND) : span.start] + text[span.end : span.end + AROUND]


def _quoted(lead: Candidate, figure: Figure) -> str | None:
    if lead.span.contains(figure.span):
        return part_around(lead, figure.span)
    return part_around(replace(lead, span=Span(0, len(lead.clause.text))), figure.span)


# ── What is given to whom, by whom, how often, and what is asked for it ──────────────────────


def _of_recipient(reading: Reading, recipients: frozenset[str]) -> str:
    """Who gets the money by every checked record of the sentence, where it is said to go to somebody else."""
    claim = patterns("claims")
    named = {who for who in ("person", "employer", "intermediary") if claim[who].search(reading.last)}
    if len(named) != 1 or len(recipients) != 1:
        return ""
    (claimed,), (who,) = named, recipients
    if who == claimed or (claimed == "employer" and who in _FIRMS):
        return ""
    return said("premise_recipient", reading.language, Say(*entitlement_words().recipients[who]).to(reading.language))


def _which_recipient(reading: Reading, recipients: frozenset[str]) -> str:
    """这笔钱给企业, asked whether it goes to the person or the firm, by every checked record of the sentence."""
    if not patterns("claims")["either"].search(reading.last) or len(recipients) != 1:
        return ""
    (who,) = recipients
    return said("recipient_is", reading.language, Say(*entitlement_words().recipients[who]).to(reading.language))


def _of_another_case(reading: Reading, lead: Candidate) -> str:
    """首次 of what is given the second time, 全职 of what is given for 柔性: where the sentence has only the other word."""
    for words in patterns("cases").values():
        asked, printed = set(words.findall(reading.last)), set(words.findall(lead.text))
        if len(asked) == 1 and printed and asked.isdisjoint(printed) and claimed_figures(reading.last):
            found = words.search(lead.clause.text, lead.span.start, lead.span.end)
            if found is not None:
                part = part_around(lead, Span(found.start(), found.end()))
                return said("premise_printed", reading.language, part)
    return ""


def _of_office(reading: Reading, lead: Candidate) -> str:
    found = patterns("claims")["office"].search(reading.last)
    if found is None or not lead.clause.departments:
        return ""
    core = found["office"]
    if any(_is_short_for(core, office) for office in lead.clause.departments):
        return ""
    joint = ", " if reading.language.value == "en" else "、"
    return said("premise_office", reading.language, joint.join(lead.clause.departments))


def _is_short_for(name: str, office: str) -> bool:
    """人社局 is short for 人力资源和社会保障局: its characters stand in it in their order."""
    place = -1
    for letter in name[-4:]:
        place = office.find(letter, place + 1)
        if place < 0:
            return False
    return True


def _of_term(reading: Reading, lead: Candidate) -> str:
    """一次性 of what is paid every year, and the other way round; where the amount is the one printed."""
    words = patterns("premise")
    for heard in claimed_figures(reading.last):
        own = next((figure for figure in lead.figures if is_same(heard, figure) and figure.unit == MONEY), None)
        part = part_around(lead, own.span) if own is not None else ""
        once, every = (words[key].search(part) is not None for key in ("once_printed", "every_printed"))
        says_once, says_every = (words[key].search(reading.last) is not None for key in ("once", "every"))
        if part and ((says_once and every and not once) or (says_every and once and not every)):
            return said("premise_printed", reading.language, part)
    return ""


def _of_denied_condition(reading: Reading, lead: Candidate) -> str:
    """不要求年龄 against what the clause prints of age."""
    found = patterns("premise")["denied"].search(reading.last)
    named = f"{found[0]}{reading.last[found.end() : found.end() + BEHIND]}" if found else ""
    for what, printed in patterns("denied").items():
        if what in named:
            part = next((part for part in parts_of(lead) if printed.search(part.of(lead.clause.text))), None)
            if part is None:
                return said("premise_not_printed", reading.language, what)
            return said("premise_printed", reading.language, words_of(lead, part)) if is_on_it(lead) else ""
    return ""


def _of_discount(reading: Reading, lead: Candidate, found: Sequence[Candidate]) -> str:
    """水电五折, where a price is printed and nothing near it speaks of less."""
    words = patterns("premise")
    if not words["discount"].search(reading.last) or not any("/" in figure.unit for figure in lead.figures):
        return ""
    near = [one for one in found if one.score >= lead.score - NEAR]
    if any(words["discount_printed"].search(one.text) for one in (lead, *near)):
        return ""
    return said("premise_no_discount", reading.language, words_of(lead, lead.span))


# ── Years ──────────────────────────────────────────────────────────────────────────────────────


def _of_years(reading: Reading, answer: Sequence[Candidate], corpus: Corpus) -> Premise | None:
    """到2035年才结束 against the day on which the document ends, 2023年开始 against the one on which it began."""
    words, years = patterns("premise"), years_named(reading.last)
    begins, ends, until = (words[key].search(reading.last) is not None for key in ("begins", "ends", "until"))
    if len(years) != 1 or begins == (ends or until):
        return None
    lead = answer[0]
    own = [(one.clause, one.statement) for one in answer]
    closing = closing_statement(corpus, lead.clause)
    for clause, statement in (*own, *((closing,) if closing else ())):
        if statement is None or clause.document != lead.clause.document or statement.target_years:
            continue
        day = statement.valid_from if begins else statement.valid_until
        if day is None:
            continue
        if day.year == years[0] or (until and not ends and years[0] < day.year):
            return None
        quote = "".join(without_label(clause.text, statement.span).of(clause.text).split("\n")).strip(" 。；")
        return Premise(said("premise_printed", reading.language, quote), clause)
    return None
