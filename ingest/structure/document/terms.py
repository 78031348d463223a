"""From when until when a whole document is in force, which others it ends, and what of that cannot be right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingest.facts.calendar_words import DATE, impossible_dates
from ingest.facts.document.page_labels import Labelled, day_of, labelled, last_day_of, says_it_is_over
from ingest.facts.document.predecessors import Predecessor, predecessors
from ingest.facts.document.term_readings import SELF
from ingest.facts.numerals import narrow
from ingest.facts.validity import NOTHING_SAID, ValidityStatement, find_validity, merged, statements, validity_of_title
from ingest.normalise import match_form
from ingest.sentences import Sentence
from ingest.structure.clause_drafts import DraftDocument
from ingest.structure.document.joined_lines import JoinedLines
from ingest.types import NamedDocument, Paragraph, PolicyDocument, Role, Span, Validity

# 本办法自…, 本政策有效期…, 现予公布，自…起施行: what a sentence says of the whole document.
_OF_ITSELF = re.compile(
    rf"(?:{SELF}|上述政策|以上政策|现予(?:公布|发布|印发))(?!所称)[^。；\n]{{0,40}}?(?:自|从|有效期|执行期|实施期|施行期|试行|暂定|期限|执行至|废止|失效|延[长续])"
)
# A sentence without a subject that can only be of the document: 自…起施行, 有效期两年.
_BARE = re.compile(
    r"\s*(?:第[一-鿿\d]+条\s*|[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*)?(?:自|从|有效期|试行期|执行期|施行期|实施期)"
)
LABELS_WITHIN = 1500  # characters of a document's beginning and of its end in which labels are looked for
SLACK = timedelta(days=1)  # 失效日期 is by some the last day in force, by others the first one without it


@dataclass(frozen=True, slots=True)
class Term:
    """The validity of a whole document and the words of the source that give its beginning and its end."""

    validity: Validity = NOTHING_SAID
    begins: Span | None = None
    ends: Span | None = None
    doubts: tuple[tuple[int, Sentence], ...] = ()  # line of the source, message


def term_of(
    title: str, text: JoinedLines, paragraphs: Sequence[Paragraph], drafted: DraftDocument, issued: date | None
) -> Term:
    """The term of a document.

    Its closing paragraphs and the article that speaks of the document itself (本办法自…起实施) say it, else its
    opening, else labels (失效日期：…), else the period in its title. What one item says of itself is its own term.
    """
    own = [
        paragraphs[n]
        for draft in drafted.drafts
        if draft.row is None
        for n in draft.paragraphs
        if draft.role is Role.CLOSING or (draft.role is Role.ITEM and _OF_ITSELF.search(paragraphs[n].text))
    ]
    opening = [paragraphs[n] for draft in drafted.drafts if draft.role is Role.PREAMBLE for n in draft.paragraphs]
    labels = _labels(text)
    counted_from = day_of(labels.get("valid_from")) or issued  # 有效期1年 without a beginning of its own
    found = _said_in(own, issued, counted_from)
    if found.validity == NOTHING_SAID:
        found = _said_in(opening, issued, counted_from)
    found = _with_labels(found, text, labels, issued)
    if found.validity == NOTHING_SAID:
        found = replace(found, validity=replace(validity_of_title(title), quotes=()))
    return replace(found, doubts=(*found.doubts, *_misprints([*own, *opening])))


def _said_in(paragraphs: Sequence[Paragraph], issued: date | None, counted_from: date | None) -> Term:
    """What some paragraphs say of the whole document; sentences that speak of it go before all others."""
    lines = JoinedLines.of(paragraphs)
    found = [one for one in statements(lines.text, counted_from) if not one.target_years]
    found = [one for one in found if _speaks_of_it(one.span.of(lines.text))] or found
    # What was over when a document was issued is what it reports.
    found = [one for one in found if not (issued and one.valid_until and one.valid_until < issued)]
    if not found:
        return Term()
    validity = replace(merged(found), quotes=())
    if not (validity.valid_from or validity.valid_until or validity.undetermined or validity.repealed):
        return Term()
    begins = next((one for one in found if one.valid_from is not None), None)
    ends = next((one for one in found if one.valid_until is not None and one.valid_until == validity.valid_until), None)
    return Term(validity, _place(lines, begins), _place(lines, ends))


def _speaks_of_it(sentence: str) -> bool:
    return _OF_ITSELF.search(sentence) is not None or _BARE.match(sentence) is not None


def _place(lines: JoinedLines, statement: ValidityStatement | None) -> Span | None:
    return lines.in_source(statement.quote) if statement is not None else None


def _with_labels(said: Term, text: JoinedLines, labels: dict[str, Labelled], issued: date | None) -> Term:
    """The term with what only labels say: 实施日期, 失效日期, 有效期, and that the page calls the document 失效."""
    validity = said.validity
    begins = validity.valid_from or day_of(labels.get("valid_from"))
    printed_end = last_day_of(labels.get("valid_until"), begins)
    ends = validity.valid_until or printed_end
    if ends is None and validity.undetermined is None and (term := labels.get("term")) is not None:
        ends = find_validity(f"有效期{term.value}", begins or issued).valid_until
    over = says_it_is_over(labels.get("standing"))
    undetermined = None if ends else validity.undetermined
    doubts: list[tuple[int, Sentence]] = []
    if validity.valid_until and printed_end and abs(printed_end - validity.valid_until) > SLACK:
        line = text.paragraph_at(labels["valid_until"].span.start).line
        said_of_ends = Sentence("ingest.page_and_text_disagree", page=printed_end, text=validity.valid_until)
        doubts.append((line, said_of_ends))
    return Term(
        replace(
            validity, valid_from=begins, valid_until=ends, undetermined=undetermined, repealed=validity.repealed or over
        ),
        said.begins or _labelled_place(text, labels.get("valid_from")),
        said.ends or _labelled_place(text, labels.get("valid_until") or labels.get("term")),
        (*said.doubts, *doubts),
    )


def _labels(text: JoinedLines) -> dict[str, Labelled]:
    """The labels at the beginning and at the end of a document."""
    found = dict(labelled(text.text[:LABELS_WITHIN]))
    rest = max(LABELS_WITHIN, len(text.text) - LABELS_WITHIN)
    for fact, value in labelled(text.text[rest:]).items():
        found.setdefault(fact, replace(value, span=Span(value.span.start + rest, value.span.end + rest)))
    return found


def _labelled_place(text: JoinedLines, value: Labelled | None) -> Span | None:
    return text.in_source(value.span) if value is not None else None


def _misprints(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, Sentence]]:
    """Dates that are in no calendar, and terms that end before they begin."""
    for paragraph in paragraphs:
        impossible = list(impossible_dates(narrow(paragraph.text)))
        for span in impossible:
            yield paragraph.line, Sentence("ingest.no_calendar_day", quote=span.of(paragraph.text))
        for one in statements(paragraph.text) if not impossible else ():
            if one.undetermined is not None and re.search(DATE, narrow(one.undetermined)):
                yield paragraph.line, Sentence("ingest.term_ends_before_beginning", quote=one.quote.of(paragraph.text))


def ended_by(
    text: JoinedLines, title: str, number: str | None
) -> tuple[list[NamedDocument], list[NamedDocument], list[tuple[int, Sentence]]]:
    """The documents that this one repeals and those that it replaces, and doubts where it seems to end itself."""
    repeals: list[NamedDocument] = []
    replaces: list[NamedDocument] = []
    doubts: list[tuple[int, Sentence]] = []
    for one in predecessors(text.text):
        line = text.paragraph_at(one.span.start).line
        if number and one.number and match_form(one.number) == match_form(number):
            doubts.append((line, Sentence("ingest.cannot_end_itself", quote=one.span.of(text.text))))
            continue
        if _has_own_name(one, title):
            doubts.append((line, Sentence("ingest.has_own_name", quote=one.span.of(text.text))))
        named = NamedDocument(one.title, one.number, one.year, one.since, text.in_source(one.span))
        (replaces if one.replaced else repeals).append(named)
    return repeals, replaces, doubts


def _has_own_name(one: Predecessor, title: str) -> bool:
    return one.title is not None and not one.distinct and match_form(one.title) == match_form(title)


def in_order(document: PolicyDocument) -> tuple[PolicyDocument, Sentence | None]:
    """The document; where its end lies before its beginning neither is used, and the second value says so."""
    begins, ends = document.validity.valid_from, document.validity.valid_until
    if begins is None or ends is None or begins <= ends:
        return document, None
    message = Sentence("ingest.document_ends_before_beginning", ends=ends, begins=begins)
    validity = Validity(undetermined=f"{begins} – {ends}", repealed=document.validity.repealed)
    return replace(document, validity=validity), message
