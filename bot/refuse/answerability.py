"""Is the very fact asked for printed in the clauses found: the rate of this tax, the price of this thing, this class?

Each rule looks for one thing that an answer would need. What a rule is sure of is declined; where only the thing
itself is unknown to the corpus, the answer is kept and begins by saying that no direct rule was found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.evidence.candidates import Candidate, QueryTerms
from bot.text.jieba_dictionary import nouns_in
from bot.understand.grades import letter_tiers, numbered_tiers
from bot.understand.levels_and_places import Places, other_place, speaks_of_level
from bot.understand.reading import Reading
from index.kept.printed_text import Either, Prints, WholeText
from index.kept.printed_words import PrintedWords
from index.text.file_number import FileNumber, file_numbers
from index.text.question_types import QuestionType, question_types
from index.text.titles import numbers_in, titles_of
from ingest.facts.measures import BASE
from ingest.normalise import match_form, to_simplified
from ingest.types import Clause, Corpus, Role, Validity
from ingest.vocabulary.levels import breadth, levels
from ingest.vocabulary.load import any_of
from ingest.vocabulary.questions import question_words
from ingest.vocabulary.rates import rate_words
from ingest.vocabulary.wordings import either

_TAXES = {name: re.compile(said.pattern) for name, said in rate_words().taxes.items()}
_RATE_ASKED = re.compile(question_words().besides.rate.pattern)
_ONLY_A_RATE = re.compile(question_words().besides.only_rate.pattern)
_RELIEF = re.compile(rate_words().relief.pattern)
_UNITS = rate_words().units
_PER_UNIT = re.compile(
    rf"(?:一|每|1)({either(unit for unit in _UNITS if not unit.isascii())})(?![台方米])"
    rf"|\bper ({either(unit for unit in _UNITS if unit.isascii())})"
)
_PRICE_ASKED = re.compile(question_words().besides.price_per_unit.pattern)
_PRICE = re.compile(question_words().besides.price_of_thing.pattern)
_PRICE_OF_A_DAY = re.compile(r"(?<![评定])价(?![值款外])|租金|最低工资|\btariff|\brent\b")
_PLACE_OF_OURS = re.compile(
    rf"(?:我们|咱们|咱(?!们))(?=这?{any_of(level.said_of for level in levels() if level.said_of)})"
)
_PARTS = re.compile(r"[，,。？?；;！!\s]+")
_ASKED = re.compile(question_words().besides.amount_of_thing.pattern)
_MEASURED = re.compile(r"[一每个两几]$")  # 一个人头, 每床: a measure, not the thing asked about
_MEASURES = "每一两几各"  # 每吨 and 几毛 are nouns to the dictionary
MARGIN_OF_AS_GOOD = 0.75  # score
LEAST_COMPOUND = 3  # characters; of a compound such as 中级工 the known part 中级 is enough


_NOTHING = WholeText("")


@dataclass(frozen=True, slots=True)
class Printed:
    """What the corpus prints anywhere, for the question whether a word or class of a question is known to it at all."""

    text: Prints
    letters: frozenset[str]
    numbered: frozenset[str]
    terms: Mapping[str, Validity] = field(default_factory=dict[str, Validity])  # of whole documents, by their id
    headings: Prints = _NOTHING  # all of them, a line each
    titles: tuple[str, ...] = ()  # of the documents held, in match form
    numbers: tuple[FileNumber, ...] = ()  # of the documents held
    numbers_cited: tuple[FileNumber, ...] = ()  # of any document that a clause names
    of_clauses: Prints = _NOTHING  # without people's words

    @classmethod
    def of(cls, corpus: Corpus, glossary_words: Sequence[str] = ()) -> Printed:
        """Reads the corpus once; ``glossary_words`` are people's words that stand for printed ones."""
        nouns_in("政策")  # the dictionary of parts of speech takes a second: now, not at the first question
        clauses = [" ".join((*clause.path, clause.text)).lower() for clause in corpus.clauses]
        return cls(
            WholeText(match_form("\n".join((*clauses, *glossary_words)))),
            frozenset[str]().union(*(letter_tiers(text) for text in clauses)),
            frozenset[str]().union(*(numbered_tiers(text) for text in clauses)),
            {document.id: document.validity for document in corpus.documents},
            WholeText("\n".join({match_form(part): 0 for clause in corpus.clauses for part in clause.path[1:]})),
            tuple(match_form(document.title) for document in corpus.documents),
            tuple(number for document in corpus.documents for number in file_numbers(document.number or "")),
            tuple(dict.fromkeys(number for text in clauses for number in file_numbers(text))),
            WholeText(match_form("\n".join(clauses))),
        )

    @classmethod
    def kept(cls, corpus: Corpus, words: PrintedWords, glossary_words: Sequence[str]) -> Printed:
        """The same as an index keeps it."""
        nouns_in("政策")  # as above
        return cls(
            Either(words.text, WholeText(match_form("\n".join(glossary_words)))),
            words.letters,
            words.numbered,
            {document.id: document.validity for document in corpus.documents},
            words.headings,
            tuple(titles_of(corpus)),
            tuple(number for document in corpus.documents for number in numbers_in(document.number or "")),
            words.numbers_cited,
            words.text,
        )

    def validity_of(self, clause: Clause) -> Validity:
        """What holds for a clause, within the term of its document."""
        return clause.validity.within(self.terms.get(clause.document, Validity()))

    def knows(self, word: str) -> bool:
        """True when ``word``, or for a compound its parts, is printed."""
        if word in self.text:
            return True
        return (
            len(word) >= LEAST_COMPOUND
            and word[:2] in self.text
            and (len(word) == LEAST_COMPOUND or word[-2:] in self.text)
        )


@dataclass(frozen=True, slots=True)
class Searched:
    """What a rule may look at once sentences were looked for."""

    reading: Reading
    candidates: Sequence[Candidate]  # the best first
    wanted: QueryTerms
    foreignness: float  # how much nearer the last turn lies to foreign subjects than to policy
    places: Places
    printed: Printed
    corpus: Corpus | None = None

    @property
    def other_place(self) -> str:
        """The place whose policy is asked for, when it is not one of the corpus; "" for none."""
        return other_place(self.reading.last, self.places) or ""


def is_weak(reading: Reading, candidates: Sequence[Candidate], printed: Printed) -> bool:
    """True when the thing or the year asked about is unknown to what was found: the answer is only the nearest."""
    unknown = [noun for _, noun in _unknown_things(reading, printed) if not _is_head_of(candidates[0].clause, noun)]
    return bool(unknown) or _year_gone(reading, candidates, printed)


def _is_head_of(clause: Clause, noun: str) -> bool:
    """True for a short word (月租) that the head of a column of the row says in its own way: 租金（元/月）."""
    return any(set(noun) <= set(cell.head) for cell in clause.cells)


def asks_unknown_class(searched: Searched) -> bool:
    """True when a class is named (H类, 八类) that the corpus prints nowhere."""
    letters, numbers = letter_tiers(searched.reading.last), numbered_tiers(searched.reading.last)
    printed = searched.printed
    return bool(letters and not letters & printed.letters) or bool(numbers and not numbers & printed.numbered)


def asks_other_tax(searched: Searched) -> bool:
    """True when the rate of a tax is asked for and no sentence says one of that tax."""
    last = searched.reading.last
    asked = [name for name, pattern in _TAXES.items() if pattern.search(last)]
    if not asked or not _RATE_ASKED.search(last):
        return False
    only_rate = _ONLY_A_RATE.search(last) is not None
    return not any(
        any(name in c.text for name in asked)
        and (any(figure.unit == "%" for figure in c.figures) or (not only_rate and _RELIEF.search(c.text)))
        for c in searched.candidates
    )


def asks_unprinted_unit(searched: Searched) -> bool:
    """True when a price per unit is asked for and nothing that was found has a price per such a unit."""
    match = _PER_UNIT.search(searched.reading.last)
    if match is None or not _PRICE_ASKED.search(searched.reading.last):
        return False
    said = match.group(1) or match.group(2)
    unit = _UNITS.get(said, said)
    return not any(_has_price_per(unit, c) for c in searched.candidates)


def _has_price_per(unit: str, found: Candidate) -> bool:
    """True when the clause prints 元/亩, in figures or in the words of a row, or 每亩 before an amount."""
    per = BASE.get(unit, unit)
    priced = any(BASE.get(each, each) == per for f in found.clause.figures if (each := f.unit.partition("/")[2]))
    return priced or f"元/{unit}" in re.sub(r"\s", "", f"{''.join(found.clause.path)}{found.clause.text}{found.text}")


def asks_level_without_rule(searched: Searched) -> bool:
    """True when it is asked what one level gives, and what was found is the money of places within it.

    What a wider level gives is had in its places too, and a sentence of another level that speaks of the level asked
    (所需资金由省、市各承担一半) may answer.
    """
    reading = searched.reading
    if len(reading.levels) != 1 or QuestionType.AMOUNT not in reading.types:
        return False
    (level,) = reading.levels
    if level not in searched.places.givers_named(to_simplified(reading.text).lower()):
        return False
    return not any(
        c.clause.level is None
        or breadth(c.clause.level) <= breadth(level)
        or speaks_of_level(" ".join((*c.clause.path[1:], c.text)), level)
        for c in as_good(searched.candidates)
    )


def asks_year_to_come(searched: Searched) -> bool:
    """True when an amount of a coming year is asked for that no clause found prints or reaches."""
    reading = searched.reading
    years = [year for year in reading.years if year > reading.question.as_of.year]
    return _asks_only_amount(reading) and any(
        not _reached(year, searched.candidates, searched.printed) for year in years
    )


def asks_price_of_other_year(searched: Searched) -> bool:
    """True when the price of a past year is asked for and the document found prints those of other years only.

    A rule without an end may have held then already; a price is that of its day.
    """
    reading, best = searched.reading, searched.candidates[0]
    priced = best.clause.role is Role.PRICE or (
        best.clause.cells and any("/" in figure.unit for figure in best.clause.figures)
    )
    is_price = _PRICE_OF_A_DAY.search(reading.last) or (priced and _PRICE_ASKED.search(reading.last))
    of_document = [c for c in as_good(searched.candidates) if c.clause.document == best.clause.document]
    return bool(is_price) and _year_gone(reading, of_document, searched.printed)


def asks_unprinted_price(searched: Searched) -> bool:
    """True when the price or rate of a thing is asked for that the corpus never prints."""
    return any(noun == _priced(part) for part, noun in _unknown_things(searched.reading, searched.printed))


def asks_price_of_a_past_year(searched: Searched) -> bool:
    """True when an amount of a past year is asked for and the best clause stands in a list or document of a later one."""
    reading = searched.reading
    if not _year_gone(reading, searched.candidates, searched.printed):
        return False
    clause = searched.candidates[0].clause
    printed = [int(year) for year in re.findall(r"20\d\d", " ".join(clause.path))]
    return bool(printed) and min(printed) > max(reading.years)


def asks_figure_of_a_past_year(searched: Searched) -> bool:
    """True when a figure of a past year is asked for, the year written as one, that nothing found prints or reaches."""
    written = any(f"{year}年" in searched.reading.last for year in searched.reading.years)
    return written and _year_gone(searched.reading, searched.candidates, searched.printed)


def _year_gone(reading: Reading, candidates: Sequence[Candidate], printed: Printed) -> bool:
    years = [year for year in reading.years if year < reading.question.as_of.year]
    return _asks_only_amount(reading) and any(not _reached(year, candidates, printed, is_past=True) for year in years)


def _asks_only_amount(reading: Reading) -> bool:
    """Nothing but an amount: a year may also be when somebody graduated or a firm was founded. 我们县 tells of nobody."""
    types = reading.types
    if QuestionType.SCENARIO in types:
        types = types - {QuestionType.SCENARIO} | question_types(_PLACE_OF_OURS.sub("", reading.last))
    return QuestionType.AMOUNT in types and not types & {
        QuestionType.VALIDITY,
        QuestionType.WHEN,
        QuestionType.SCENARIO,
    }


def as_good(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best sentence and those nearly as good: what lies further below does not answer in their place."""
    return [c for c in candidates if c.score >= candidates[0].score - MARGIN_OF_AS_GOOD]


def _reached(year: int, candidates: Sequence[Candidate], printed: Printed, *, is_past: bool = False) -> bool:
    """Whether what answers prints the year or is in force in it; what has no end is known to be so in the past only."""
    for candidate in as_good(candidates):
        clause = candidate.clause
        if str(year) in " ".join((*clause.path, clause.text)):
            return True
        validity = printed.validity_of(clause)
        begin, end = validity.valid_from, validity.valid_until
        if end is None and not (is_past and begin is not None):
            continue
        if (begin is None or begin.year <= year) and (end is None or year <= end.year):
            return True
    return False


def _priced(part: str) -> str | None:
    """The noun straight before the word that asks the price or rate: what the price is of."""
    asked = _PRICE.search(part)
    nouns = [noun for noun in nouns_in(part[: asked.start()]) if noun[0] not in _MEASURES] if asked else []
    return nouns[-1] if nouns else None


def _unknown_things(reading: Reading, printed: Printed) -> list[tuple[str, str]]:
    """Nouns that the corpus never prints, each with the part of the question that asks an amount of it."""
    if QuestionType.AMOUNT not in reading.types:
        return []
    found: list[tuple[str, str]] = []
    for part in _PARTS.split(reading.last):
        asked = _ASKED.search(part)
        if asked is None:
            continue
        before = part[: asked.end()]
        found.extend(
            (part, noun)
            for noun in nouns_in(before)
            if noun[0] not in _MEASURES
            and not printed.knows(noun)
            and not _MEASURED.search(before[: before.index(noun)])
        )
    return found
