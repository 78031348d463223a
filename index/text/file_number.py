"""文号: the number a document is filed under, in whatever brackets, blanks and numerals it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.normalise import match_form
from ingest.structure.numbering import parse_number

_CN = "〇零一二三四五六七八九十百"
_YEAR = rf"(?:19|20)\d{{2}}|[{_CN}]{{4}}"
_NUMBER = rf"\d{{1,4}}|[{_CN}]{{1,5}}"
_FILE_NUMBER = re.compile(rf"([\u4e00-\u9fff]{{1,20}}?)\s*[〔\[(【{{]?({_YEAR})[〕\])】}}]?年?第?({_NUMBER})号")
# Issued by several bodies, whose names nobody writes out: 财政部公告2020年第23号.
_ANNOUNCEMENT = re.compile(r"(?:公告|令)$")
SHORTEST_BODY = 3  # characters of an issuing body's name: 财政部


@dataclass(frozen=True, slots=True)
class FileNumber:
    """A 文号 in one spelling. ``issuer`` is what stands before the year: 国发, 内工信经运字."""

    issuer: str
    year: int
    number: int

    def matches(self, other: FileNumber) -> bool:
        """True when both mean one document; words before the issuer (请问国发…) do no harm."""
        if (self.year, self.number) != (other.year, other.number):
            return False
        if self.issuer.endswith(other.issuer) or other.issuer.endswith(self.issuer):
            return True
        kind, other_kind = _ANNOUNCEMENT.search(self.issuer), _ANNOUNCEMENT.search(other.issuer)
        if kind is None or other_kind is None or kind[0] != other_kind[0]:
            return False
        body, other_body = self.issuer[: kind.start()], other.issuer[: other_kind.start()]
        return _ends_in_a_body_of(body, other_body) or _ends_in_a_body_of(other_body, body)


def file_numbers(text: str) -> list[FileNumber]:
    """Every 文号 of a text: 国发〔2023〕11号 = 国发[2023] 十一号."""
    found: list[FileNumber] = []
    for issuer, year, number in _FILE_NUMBER.findall(match_form(text)):
        year_value, number_value = parse_number(year), parse_number(number)
        if year_value is not None and number_value is not None:
            found.append(FileNumber(issuer, year_value, number_value))
    return found


def without_file_numbers(plain: str) -> str:
    """What a text in match form says beside its 文号."""
    return _FILE_NUMBER.sub("", plain)


def _ends_in_a_body_of(body: str, bodies: str) -> bool:
    return len(body) >= SHORTEST_BODY and body[-SHORTEST_BODY:] in bodies
