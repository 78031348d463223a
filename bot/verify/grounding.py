"""Whether a sentence of an answer may stand. Everything that can be false in a number, date, name or address is checked.

A sentence stands when

* every citation it carries exists;
* each figure in it, in any notation, is borne out by a figure of a clause it cites, with the same unit;
* each figure is said of the one it belongs to, where the clause's benefit rows are certain;
* every other number (第十条, 〔2023〕11号, a telephone number, 叁佰万, three hundred), vague amount (数百万, 减半), title in 《》 and name of
  an office is printed in a clause it cites, with its headings.

The same holds for sentences composed of the clauses' own words and for those that a language model wrote.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.types import AnswerSentence, CheckedFigure, DerivedFigure
from bot.verify.arithmetic import is_factor, product_in_english, product_words
from bot.verify.attribution import misattributed
from bot.verify.office_names import unprinted_offices
from ingest.facts.figures import CELL_BREAK, find_figures, same_figure, supports
from ingest.facts.numerals import narrow
from ingest.facts.table_units import column_head
from ingest.normalise import to_simplified
from ingest.structure.numbering import parse_number
from ingest.types import Clause, Figure

# Characters on either side that are compared when a clause prints the same figure more than once.
CONTEXT_CHARS = 12

_TITLE = re.compile(r"《([^《》]+)》")
_CLASS_IN_ENGLISH = re.compile(r"\bClass (\d{1,2})\b")
_CLASS_PRINTED = re.compile(r"(?<!\w)(\w)[类、]")
_DIGITS = re.compile(r"\d+(?:[.,:\-/]\d+)*")
_TIME_OF_DAY = re.compile(r"(?<![\d:])\d{1,2}:\d{2}(?![\d:])")
# Numbers written otherwise than in digits, read as a figure or not: 叁佰万, 三〇〇万, 一个亿, 百万, ③万, three hundred.
_POWERS = "十百千万亿拾佰仟"
_NUMERALS = "零一二两三四五六七八九壹贰叁肆伍陆柒捌玖廿卅卌半" + "".join(
    chr(code) for code in range(0x80, 0x3400) if unicodedata.category(chr(code)) in ("No", "Nl")
)
_SPELT = re.compile(rf"(?!万一)[{_POWERS}{_NUMERALS}](?:[\s点个]*[{_POWERS}{_NUMERALS}])*+")
_SPELT_IN_ENGLISH = re.compile(r"\b(?:hundred|thousand|million|billion|trillion|wan)s?\b", re.IGNORECASE)
_POWER_OF_TEN = frozenset(_POWERS)
_COUNTED = re.compile(r"\s*[元块圆%％]")
# Amounts without a number, and places in a text.
_WORDED = re.compile(
    r"[数几上近][十百千万亿]+(?!字化)|成[百千万]上[千万亿]|减半|翻[倍番]|加倍|双倍|全额|免征|免费|免缴|免收|不限(?![制于])|无上限|不设上限|封顶"
    r"|第\s?[〇零一二三四五六七八九十百\d]+\s?[条款项章节编号批届期]"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was checked. The sentence may stand when nothing is missing or misplaced."""

    figures: tuple[CheckedFigure, ...]
    missing_citations: tuple[int, ...]
    missing_figures: tuple[str, ...]
    misplaced_figures: tuple[str, ...]  # printed, but of another row
    missing_words: tuple[str, ...]  # other numbers, vague amounts, titles, offices

    @property
    def stands(self) -> bool:
        return not (self.missing_citations or self.missing_figures or self.misplaced_figures or self.missing_words)


def check_sentence(text: str, citations: Sequence[int], cited: Mapping[int, Clause], context: str = "") -> Verdict:
    """Match everything checkable in ``text`` to the clauses it cites.

    ``cited`` holds the clause of every citation number of the answer; ``context`` is what was said or asked before,
    for a sentence that names nobody. A sentence without citations may stand only with nothing to check in it.
    """
    clauses = [cited[n] for n in citations if n in cited]
    simplified = _simplified(text)
    printed = printed_words(clauses)
    misplaced_in = {clause.id: misattributed(simplified, clause, _simplified(context)) for clause in clauses}
    found: list[CheckedFigure] = []
    missing: list[str] = []
    misplaced: list[str] = []
    figures = find_figures(simplified)
    for figure in figures:
        own = [clause for clause in clauses if any(supports(printed, figure) for printed in clause.figures)]
        right = [clause for clause in own if figure.span not in misplaced_in[clause.id]]
        if not own and _stands_in_head(figure, simplified, clauses):
            continue  # the name of a column, 2025年标准, said as it is printed
        if right:
            found.append(_locate(simplified, replace(figure, text=figure.span.of(text)), right))
        else:
            (misplaced if own else missing).append(figure.span.of(text))
    words = (*_unprinted_words(simplified, figures, printed), *unprinted_offices(simplified, printed))
    absent = tuple(n for n in citations if n not in cited)
    return Verdict(tuple(found), absent, tuple(missing), tuple(misplaced), words)


def grounded(
    text: str, citations: Sequence[int], cited: Mapping[int, Clause], context: str = ""
) -> AnswerSentence | None:
    """The sentence with its figures and their places in the source, or None when it must be withheld."""
    verdict = check_sentence(text, citations, cited, context)
    if not verdict.stands:
        return None
    return AnswerSentence(text, tuple(citations), verdict.figures)


def grounded_estimate(
    text: str, quantity: Figure, price: Figure, source: tuple[int, Clause], asked: str
) -> AnswerSentence | None:
    """A sentence that says ``quantity`` × ``price`` = their product, or None when one of the three does not hold.

    The quantity must stand in ``asked`` or in the clause of ``source`` (its number and itself), the price in that
    clause, the product must be theirs; what else the sentence says is checked as any other.
    """
    number, clause = source
    printed = [figure for figure in clause.figures if same_figure(figure, price)]
    product = product_words(quantity, price)
    factors = (quantity.text, price.text, product)
    if not (
        printed
        and is_factor(price)
        and (quantity.text in asked or quantity in clause.figures)
        and all(words in text for words in factors)
    ):
        return None
    rest = text
    for words in sorted((*factors, product_in_english(quantity, price)), key=len, reverse=True):
        rest = rest.replace(words, " ", 1)
    if not check_sentence(rest, (number,), {number: clause}).stands:
        return None
    unit_price = CheckedFigure(price.text, clause.id, clause.in_source(printed[0].span))
    derived = DerivedFigure(product, quantity.text, unit_price)
    return AnswerSentence(text, (number,), (unit_price,), derived)


def _stands_in_head(figure: Figure, text: str, clauses: Sequence[Clause]) -> bool:
    """True for a figure within the name of a column of a cited table, which ``text`` says whole."""
    heads = {column_head(cell.head).words for clause in clauses for cell in clause.cells}
    return any(figure.text in head and head in text for head in heads)


def _simplified(text: str) -> str:
    """Simplified, character by character, so that spans count in ``text`` too."""
    simplified = to_simplified(text)
    return simplified if len(simplified) == len(text) else "".join(to_simplified(letter)[:1] for letter in text)


def printed_words(clauses: Sequence[Clause]) -> str:
    """The words of the clauses with their headings and addresses, without white space."""
    parts = [part for clause in clauses for part in (*clause.path, clause.address, clause.text, *clause.departments)]
    return _squeezed("\0".join(parts))


def _squeezed(text: str) -> str:
    """Without white space, except that the cells of a table row stay apart."""
    return re.sub(r"\s+", "", narrow(text.replace(CELL_BREAK, "\0")))


def _unprinted_words(text: str, figures: Sequence[Figure], printed: str) -> tuple[str, ...]:
    """Numbers that are no figure, vague amounts and titles of ``text`` that stand nowhere in ``printed``."""
    rest = narrow(text)
    for figure in figures:
        rest = rest[: figure.span.start] + "\0" * len(figure.span) + rest[figure.span.end :]
    rest = _CLASS_IN_ENGLISH.sub(lambda found: "" if _prints_class(found[1], printed) else found[0], rest)
    numbers = frozenset((*_DIGITS.findall(printed), *_spelt_numbers(printed)))
    times = frozenset(_TIME_OF_DAY.findall(printed))  # 8:30-12:00 is one number to the eye and two times
    missing = [
        number
        for number in (*_DIGITS.findall(rest), *_spelt_numbers(rest))
        if number not in numbers and not (_TIME_OF_DAY.fullmatch(number) and number in times)
    ]
    missing += [words for words in _WORDED.findall(rest) if _squeezed(words) not in printed]
    missing += [title for title in _TITLE.findall(text) if _squeezed(title) not in printed]
    return tuple(missing)


def _prints_class(number: str, printed: str) -> bool:
    """Whether a class that English names by a figure is printed by its character: in a heading, or in front of a list."""
    return any(parse_number(one) == int(number) for one in _CLASS_PRINTED.findall(printed))


def _spelt_numbers(text: str) -> Iterator[str]:
    """Every number in characters with a power of ten or a unit of money behind it; 一类 and 十分 are none."""
    for found in _SPELT.finditer(text):
        words = _squeezed(found[0])
        if (len(words) > 1 and not _POWER_OF_TEN.isdisjoint(words)) or _COUNTED.match(text, found.end()):
            yield words
    yield from (found[0].lower() for found in _SPELT_IN_ENGLISH.finditer(text))


def _locate(text: str, figure: Figure, clauses: Sequence[Clause]) -> CheckedFigure:
    """The place of ``figure`` in the clauses that bear it out: the same one first, in surroundings most alike."""
    matches = [
        (same_figure(printed, figure), _likeness(text, figure, clause.text, printed), clause, printed)
        for clause in clauses
        for printed in clause.figures
        if supports(printed, figure)
    ]
    # max keeps the first of equals: the citation named first, the figure printed first.
    _, _, clause, printed = max(matches, key=lambda match: match[:2])
    return CheckedFigure(figure.text, clause.id, clause.in_source(printed.span))


def _likeness(text: str, figure: Figure, source: str, printed: Figure) -> int:
    """Characters before and after the figure that agree, looking outwards until the first that differs."""
    before = _agreeing(reversed(text[: figure.span.start]), reversed(source[: printed.span.start]))
    after = _agreeing(text[figure.span.end :], source[printed.span.end :])
    return before + after


def _agreeing(a: Iterable[str], b: Iterable[str]) -> int:
    count = 0
    for left, right in zip(a, b, strict=False):
        if left != right or count == CONTEXT_CHARS:
            break
        count += 1
    return count
