"""A year or a code of digits (监管代码1039) that the question names, against those that the best sentence prints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.evidence.candidates import Candidate
from bot.refuse.answerability import Searched
from bot.refuse.constraints.cited import answering, clause_words
from bot.refuse.constraints.types import ConstraintCheck, ConstraintKind, Outcome
from ingest.vocabulary.refusing.constraints import constraint_words

YEAR, EDITION, NO_EDITION, CODE = "year", "year.edition", "year.no_edition", "object.code"
_SPEECH = constraint_words().speech
_YEAR_ASKED = re.compile(_SPEECH.year_asked)
_YEAR = re.compile(r"(?<!\d)20\d\d(?=年|[-—–~至到]\s*20\d\d年)")
_FILE_NUMBER = re.compile(r"[〔\[（(]20\d\d[〕\]）)]|《[^《》]*》")
_RANGE = re.compile(_SPEECH.year_range)
_OPEN = re.compile(_SPEECH.year_open)
_EDITION = re.compile(_SPEECH.edition)
_CODE = re.compile(r"(?<![\d.〔\[])(?!20\d\d|19\d\d)\d{4}(?![\d.,年月日元万亿%号人家个户亩吨米平度度位名项公千])")


def check_years_and_codes(searched: Searched) -> Iterator[ConstraintCheck]:
    """Each year whose figure is asked for and each code, where the best sentence prints others of their kind."""
    last, best = searched.reading.last, searched.candidates[0]
    sentence = _FILE_NUMBER.sub("", best.text)
    printed = list(dict.fromkeys(_YEAR.findall(sentence)))
    for match in _YEAR_ASKED.finditer(last):
        if printed and not _OPEN.search(sentence):
            within = min(printed) <= match["year"] <= max(printed) and _RANGE.search(sentence) is not None
            fits = within or any(match["year"] in clause_words(c) for c in answering(searched))
            yield _checked(ConstraintKind.YEAR, f"{match['year']}年", fits, YEAR, [f"{y}年" for y in printed], best)
    yield from _editions_checked(searched, best)
    text = " ".join(clause_words(c) for c in answering(searched))
    codes = list(dict.fromkeys(_CODE.findall(_FILE_NUMBER.sub("", text))))
    for code in dict.fromkeys(_CODE.findall(last)):
        if codes:
            fits = any(code in clause_words(c) for c in searched.candidates)
            yield _checked(ConstraintKind.OBJECT, code, fits, CODE, codes, best)


def _editions_checked(searched: Searched, best: Candidate) -> Iterator[ConstraintCheck]:
    """The year in the name of a list (2025年版), where the sentences that would answer name other editions."""
    printed = [year for c in answering(searched) for year in _EDITION.findall("".join((*c.clause.path, c.clause.text)))]
    called = "{}年版".format
    shown = [called(year) for year in dict.fromkeys(printed)]
    for year in dict.fromkeys(_EDITION.findall(searched.reading.last)):
        asked = called(year)
        if shown:
            yield _checked(ConstraintKind.YEAR, asked, year in printed, EDITION, shown, best)
        elif asked not in searched.printed.text:
            yield ConstraintCheck(ConstraintKind.YEAR, asked, Outcome.NOT_MENTIONED, NO_EDITION)


def _checked(
    kind: ConstraintKind, asked: str, fits: bool, fault: str, printed: list[str], best: Candidate
) -> ConstraintCheck:
    outcome = Outcome.BORNE_OUT if fits else Outcome.CONTRADICTED
    return ConstraintCheck(kind, asked, outcome, fault, () if fits else tuple(printed), best.clause.id, best.span)
