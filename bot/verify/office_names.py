"""Names of offices in a sentence: each must be printed, whole, in what the sentence cites."""

from __future__ import annotations

import re

from ingest.vocabulary.offices import office_words
from ingest.vocabulary.wordings import either

_HAN = "一-鿿"
_END = re.compile(either(office_words().named_end))
_SHORTEST = 2  # characters before an ending of one character that make it a name: 商务局
_LONGEST_SHORT_FORM = 8  # characters
_LEFT_OUT = 5  # characters of a printed name that its short form leaves out in one place
# What may stand before a name without being a part of it.
_BEFORE = re.compile(rf"(?:^|[^{_HAN}]|[由向到在与和及跟或经报请找为是归按的即据去]|{either(office_words().before)})$")
# An English sentence cannot name an office as printed; it must quote the printed name beside it.
_ENGLISH = re.compile(
    r"\b(?:Bureau|Department|Commission|Ministry|Committee|Administration|Office|Customs|Centre|Center|Authority)\b"
)


def names_office(text: str) -> bool:
    """True when an office is named in ``text``."""
    return _END.search(text) is not None


def unprinted_offices(text: str, printed: str) -> tuple[str, ...]:
    """The offices that ``text`` names and ``printed`` (without white space) does not, as far as they can be cut out."""
    squeezed = re.sub(r"\s+", "", text)
    missing = [
        squeezed[max(0, match.start() - 8) : match.end()]
        for match in _END.finditer(squeezed)
        if not _is_printed(squeezed, match, printed)
    ]
    english = _ENGLISH.search(text)
    if english and not any(_END.search(run) for run in re.findall(rf"[{_HAN}]+", text)):
        missing.append(english[0])
    return tuple(missing)


def _is_printed(text: str, ending: re.Match[str], printed: str) -> bool:
    """Whether a printed string ends here that begins where a name can begin."""
    start = ending.start() if len(ending[0]) >= _SHORTEST else ending.start() - _SHORTEST
    while start >= 0 and text[start : ending.end()] in printed:
        if _BEFORE.search(text[:start]):
            return True
        start -= 1
    return _shortens(text, ending.end(), printed)


def _shortens(text: str, end: int, printed: str) -> bool:
    """Whether the name that ends here leaves out characters of a printed one: 旗人社局 of 旗人力资源和社会保障局."""
    for start in range(end - _SHORTEST - 1, max(-1, end - _LONGEST_SHORT_FORM - 1), -1):
        name = text[start:end]
        if re.fullmatch(rf"[{_HAN}]+", name) and _BEFORE.search(text[:start]):
            return re.search(rf"[{_HAN}]{{0,{_LEFT_OUT}}}".join(name), printed) is not None
    return False
