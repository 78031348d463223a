"""What a document takes over from the one it came with: a 措施 from the 通知 that issues it, and the notice from it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from ingest.normalise import match_form
from ingest.types import PolicyDocument, Validity

_ISSUES = re.compile(r"印发|发布|公布|颁布|下发|转发|批转")
_FORWARDS = re.compile(r"转发|批转")
_FILLING = re.compile(r"关于|[的《》〈〉“”\"、，,]")
_TAKEN_OVER = ("issuer", "number", "issued")
PRINTING = timedelta(days=60)  # at most between the day of a document and that of its printing
SHORTEST_NAME = 4  # characters of a title; a shorter one may stand in another by chance


def is_annexed(title: str, notice: PolicyDocument, notice_text: str) -> bool:
    """Whether ``notice`` is the 通知 that issues the document called ``title``, or the head of a page above it.

    A notice names what it issues in its title or its text; a page's head prints the same title with its labels.
    """
    name = _plain(title)
    if name == _plain(notice.title):
        return True
    if not _ISSUES.search(notice.title):
        return False
    return len(name) >= SHORTEST_NAME and (
        name in _plain(notice.title) or f"《{match_form(title)}》" in match_form(notice_text)
    )


def forwards(notice: PolicyDocument) -> bool:
    """Whether a notice hands on what somebody else issued: number, day and issuer are then the other's own."""
    return _FORWARDS.search(notice.title) is not None


def with_facts_of(annex: PolicyDocument, notice: PolicyDocument) -> PolicyDocument:
    """The annexed document with the issuer, number, day, level and term that only its notice prints."""
    own = {name for name, _ in annex.printed}
    taken = {name for name in _TAKEN_OVER if getattr(annex, name) is None and not forwards(notice)}
    if annex.issued and notice.issued and "number" in taken and timedelta() < annex.issued - notice.issued <= PRINTING:
        taken.add("issued")  # …办公室 2024年5月21日印发, below the annex, is the day of the printing office
        own -= {"issued"}
    validity = fuller(annex.validity, notice.validity)
    if validity is not annex.validity:
        taken |= {"valid_from", "valid_until"}
    places = tuple((name, span) for name, span in notice.printed if name in taken - own)
    kept = tuple((name, span) for name, span in annex.printed if name in own)
    return replace(
        annex,
        issuer=notice.issuer if "issuer" in taken else annex.issuer,
        number=notice.number if "number" in taken else annex.number,
        issued=notice.issued if "issued" in taken else annex.issued,
        level=annex.level or (None if forwards(notice) else notice.level),
        validity=validity,
        replaces=annex.replaces or notice.replaces,
        repeals=annex.repeals or notice.repeals,
        implements=annex.implements or notice.implements,
        annex_of=notice.id,
        printed=(*kept, *places),
    )


def with_term_of(notice: PolicyDocument, annex: PolicyDocument) -> PolicyDocument:
    """The notice with the term of what it issues, where it has none of its own: they are in force together.

    The head of a page is of the document below it, also in its issuer, number and day.
    """
    if forwards(notice):
        return notice
    is_head = _plain(notice.title) == _plain(annex.title)
    taken = {name for name in _TAKEN_OVER if is_head and getattr(notice, name) is None}
    validity = fuller(notice.validity, annex.validity)
    if validity is not notice.validity:
        taken |= {"valid_from", "valid_until"}
    own = {name for name, _ in notice.printed}
    places = tuple(pair for pair in annex.printed if pair[0] in taken - own)
    return replace(
        notice,
        issuer=annex.issuer if "issuer" in taken else notice.issuer,
        number=annex.number if "number" in taken else notice.number,
        issued=annex.issued if "issued" in taken else notice.issued,
        validity=validity,
        printed=(*notice.printed, *places),
    )


def fuller(own: Validity, other: Validity) -> Validity:
    """A document's own validity, or the other one when only that says when it ends or begins."""
    if own.valid_until or own.undetermined or own.repealed:
        return own
    if other.valid_until or other.undetermined:
        return replace(other, valid_from=own.valid_from or other.valid_from)
    return own if own.valid_from or not other.valid_from else other


def _plain(title: str) -> str:
    return _FILLING.sub("", match_form(title))
