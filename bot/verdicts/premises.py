"""A premise that the clauses do not bear out: the figure, year, recipient, office or condition somebody takes for granted.

Only what is typed is judged, and only against the sentence that answers: a figure against those of its unit, a recipient
against that of the checked record. What the sentence does not speak of is not denied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.compose.validity import closing_statement
from bot.evidence.benefit_rows import amount_words, asked_rows, row_words
from bot.evidence.candidates import Candidate
from bot.evidence.passages_for_question import without_label
from bot.text.bilingual import Say
from bot.understand.grades import tiers_of
from bot.understand.reading import Reading
from bot.understand.time_asked import years_named
from bot.verdicts.quoting import part_around, parts_of, words_of
from bot.verdicts.words import patterns, said
from ingest.facts.figures import DATE, find_figures
from ingest.types import Bound, Clause, Corpus, Figure, Span
from ingest.vocabulary.entitlements import entitlement_words

LEAST_AMOUNT = 1000  # 元; a bare number from here on is an amount: 500万
LEAST_COVERED = 0.4  # of the words of the question that the sentence must have for a figure of it to be denied
NEAR = 0.35  # score below the best within which another sentence may bear a figure out
AROUND = 8  # characters on each side of a figure that tell what it is of
MONTHS = 12
LONGEST_YEARS = 50
BEHIND = 4  # characters behind 不要求 that name what is not asked for
_MONEY, _YEAR, _MONTH = "元", "年", "月"
_FIRMS = frozenset({"company", "employer", "institution"})


@dataclass(frozen=True, slots=True)
class Premise:
    """What is said of a premise, and the clause it rests on."""

    text: str
    clause: Clause


def claims(reading: Reading) -> bool:
    """Whether somebody takes a thing for granted or wants it borne out: 听说…, …对吧."""
    return patterns("premise")["claimed"].search(reading.last) is not None


def premise_denied(
    reading: Reading,
    answer: Sequence[Candidate],
    found: Sequence[Candidate],
    corpus: Corpus,
    recipients: frozenset[str] = frozenset(),
) -> Premise | None:
    """What of the question's premise is not so; None where nothing is.

    ``answer`` are the sentences of the answer, the best first, ``found`` all that were found; ``recipients`` are those of the
    checked grants of its first sentence.
    """
    if not answer or _is_of_another_level(reading, answer[0]):
        return None
    lead = answer[0]
    text = _of_discount(reading, lead, found)
    if not text and claims(reading) and _is_on_it(lead):
        text = _of_claims(reading, answer, found, recipients)
    if not text and claims(reading):
        text = _of_denied_condition(reading, lead)
    if text:
        return Premise(text, lead.clause)
    own = [one for one in answer if one.clause.document == lead.clause.document]
    return _of_years(reading, own, corpus) if claims(reading) and any(map(_is_on_it, own)) else None


def _is_on_it(candidate: Candidate) -> bool:
    """Whether a sentence has enough of the question for something in it to be denied."""
    return max(candidate.features["covers_last"], candidate.features["covers_with_path"]) >= LEAST_COVERED


def _is_of_another_level(reading: Reading, lead: Candidate) -> bool:
    return bool(reading.levels) and lead.clause.level is not None and lead.clause.level not in reading.levels


def _of_claims(
    reading: Reading, answer: Sequence[Candidate], found: Sequence[Candidate], recipients: frozenset[str]
) -> str:
    lead = answer[0]
    return (
        _of_recipient(reading, recipients)
        or _of_office(reading, lead)
        or _of_figures(reading, lead, [*answer, *found])
        or _of_term(reading, lead)
    )


# ── Figures ────────────────────────────────────────────────────────────────────────────────────


def _of_figures(reading: Reading, lead: Candidate, beside: Sequence[Candidate]) -> str:
    for heard in claimed_figures(reading.last):
        if _is_borne_out(reading, heard, lead, beside):
            continue
        text = _printed_instead(reading, heard, lead)
        if text:
            return text
    return ""


def claimed_figures(text: str) -> list[Figure]:
    """The figures that are claimed; the others that a question names are what somebody tells of himself."""
    figures = [
        replace(figure, unit=_MONEY) if figure.unit == "" and figure.value >= LEAST_AMOUNT else figure
        for figure in find_figures(text)
        if figure.unit not in ("", DATE) or figure.value >= LEAST_AMOUNT
    ]
    figures = [figure for figure in figures if figure.unit != DATE and _months(figure)[1] is not None]
    given = [figure for figure in figures if patterns("premise")["given"].search(text[: figure.span.start])]
    return given or figures


def _months(figure: Figure) -> tuple[str, Decimal | None]:
    """Unit and value by which figures are compared: years as months; no value for what is no duration."""
    if figure.unit == _YEAR:
        return _MONTH, figure.value * MONTHS if figure.value <= LONGEST_YEARS else None
    return figure.unit.partition("/")[0], figure.value


def _is_same(one: Figure, other: Figure) -> bool:
    unit, value = _months(one)
    unit_of_other, value_of_other = _months(other)
    if unit != unit_of_other or value is None:
        return False
    return value == value_of_other or value == other.upper


def _is_borne_out(reading: Reading, heard: Figure, lead: Candidate, beside: Sequence[Candidate]) -> bool:
    """Whether the sentence, or one nearly as good, prints the figure; of a class, only its own row counts."""
    rows = [row.figure for row in asked_rows(reading, lead)]
    if any(_months(row)[0] == _months(heard)[0] for row in rows):
        return any(_is_same(heard, row) for row in rows)
    own = _of_class(reading, lead, _of_unit(heard, lead.figures))
    if own:
        return any(_is_same(heard, figure) for figure in own)
    near = [one for one in beside if one.score >= lead.score - NEAR and not one.features["other_level"]]
    return any(_is_same(heard, figure) for one in (lead, *near) for figure in one.figures)


def _of_unit(heard: Figure, figures: Sequence[Figure]) -> list[Figure]:
    return [figure for figure in figures if _months(figure)[0] == _months(heard)[0]]


def _of_class(reading: Reading, lead: Candidate, figures: Sequence[Figure]) -> list[Figure]:
    """Of several figures those in whose part of the sentence only a class asked about stands."""
    if not reading.tiers:
        return []
    parts = list(parts_of(lead))
    return [
        figure
        for figure in figures
        for part in parts
        if part.contains(figure.span)
        and (named := tiers_of(part.of(lead.clause.text).lower()))
        and named <= reading.tiers
    ]


def _printed_instead(reading: Reading, heard: Figure, lead: Candidate) -> str:
    """What the clause prints in place of a figure; "" where it prints none of the kind, or allows it."""
    language = reading.language
    rows = [row for row in asked_rows(reading, lead) if _of_unit(heard, [row.figure])]
    if len(rows) == 1:
        return said("premise_row", language, row_words(lead.clause, rows[0], language))
    printed = _of_unit(heard, lead.figures)
    printed = _of_class(reading, lead, printed) or printed
    if not printed and heard.bound is Bound.AT_LEAST:
        printed = [figure for figure in _of_unit(heard, lead.clause.figures) if figure.bound is Bound.AT_LEAST]
    if not printed or any(_allows(figure, heard) for figure in printed):
        within = printed[0] if len(printed) == 1 and printed[0].unit == _MONEY and not _is_threshold(heard) else None
        return said("premise_within", language, amount_words(within)) if within else ""
    best = _likest(reading, heard, printed, lead)
    return said("premise_below" if best is None else "premise_printed", language, best or "")


def _is_threshold(figure: Figure) -> bool:
    return figure.bound is Bound.AT_LEAST


def _allows(printed: Figure, heard: Figure) -> bool:
    """最高500万元 allows 300万元; 满3年 is reached by 5年."""
    value, of_printed = _months(heard)[1], _months(printed)[1]
    if value is None or of_printed is None:
        return True
    if printed.upper is not None:
        return printed.value <= heard.value <= printed.upper
    if printed.unit != _MONEY and heard.bound is not Bound.AT_LEAST:
        return False  # 最长5年 is no 3年
    return (printed.bound is Bound.AT_MOST and value <= of_printed) or (
        printed.bound is Bound.AT_LEAST and value >= of_printed
    )


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
        own = next((figure for figure in lead.figures if _is_same(heard, figure) and figure.unit == _MONEY), None)
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
            return said("premise_printed", reading.language, words_of(lead, part)) if _is_on_it(lead) else ""
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
    begins, ends = (words[key].search(reading.last) is not None for key in ("begins", "ends"))
    if len(years) != 1 or begins == ends:
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
        if day.year == years[0]:
            return None
        quote = "".join(without_label(clause.text, statement.span).of(clause.text).split("\n")).strip(" 。；")
        return Premise(said("premise_printed", reading.language, quote), clause)
    return None
