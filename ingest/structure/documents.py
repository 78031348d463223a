"""What a policy document is: its title, level, issuer, 文号, dates, term and closing rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from ingest.corpus_config import SourceConfig
from ingest.facts.administration import level_of
from ingest.facts.document_data import document_data
from ingest.facts.validity import find_validity, validity_of_title
from ingest.structure.clause_drafts import DraftDocument
from ingest.structure.numbering import read_label
from ingest.structure.titles import is_title, split_issuer
from ingest.types import Paragraph, PolicyDocument, Role, SourceFile, Span, Validity
from ingest.vocabulary.levels import level_names

_NUMBER_BEHIND = re.compile(r"\s*[（(]([^（）()]{2,20}[〔\[［][12]\d{3}[〕\]］]\s*第?\d+\s*号)[）)]$")
_OF_ITSELF = re.compile(r"本(?:办法|公告|意见|规定|条例|政策|措施|方案|通知|法|细则|规则|决定|计划)自")
_ISSUES = re.compile(r"(?:印发|发布|公布|颁布).*(?:通知|公告|决定|令)$")
OPENING_LINES = 6  # of a document: where a file prints issuer, 文号 and date under the title


def describe(
    source: SourceFile,
    config: SourceConfig,
    paragraphs: Sequence[Paragraph],
    drafted: DraftDocument,
    name: Callable[[str], str],
) -> PolicyDocument:
    """The data of one document. ``name`` gives the id for a title."""
    numbers = sorted({number for draft in drafted.drafts for number in draft.paragraphs} | set(drafted.section.own))
    title, behind = _title(source, config, paragraphs, drafted)
    closing = _printed(paragraphs, drafted, Role.CLOSING)
    opening = "\n".join(paragraphs[n].text for n in numbers[len(drafted.section.own) : OPENING_LINES])
    data = document_data("\n".join(filter(None, (title, behind, opening))), closing, config.places)
    level = _configured_level(config, drafted) or config.level or data.level
    return PolicyDocument(
        id=name(title),
        source=source.name,
        title=title,
        kind=drafted.kind,
        level=level,
        part=drafted.part,
        issuer=data.issuer if drafted.kind == "policy" else None,
        number=data.number if drafted.kind == "policy" else None,
        issued=data.issued if drafted.kind == "policy" else None,
        validity=_validity(title, paragraphs, drafted, data.issued),
        closing_rules=data.closing_rules,
        span=_span(paragraphs, numbers),
        page=paragraphs[numbers[0]].page if numbers else None,
    )


def issues_another(notice: PolicyDocument) -> bool:
    """True for a notice whose business is the document behind it, which is then of the same level: 关于印发…的通知."""
    return _ISSUES.search(notice.title) is not None


def _printed(paragraphs: Sequence[Paragraph], drafted: DraftDocument, role: Role) -> str:
    """The text of all clauses of a role."""
    return "\n".join(paragraphs[n].text for draft in drafted.drafts if draft.role is role for n in draft.paragraphs)


def _validity(title: str, paragraphs: Sequence[Paragraph], drafted: DraftDocument, issued: date | None) -> Validity:
    """The term of a whole document.

    Its closing paragraphs say it, else the article that speaks of the document itself (本办法自…起实施), else
    its opening, else the period in its title. What one item says of itself is that item's own term.
    """
    if drafted.kind != "policy":
        return Validity()
    of_itself = "\n".join(
        paragraphs[n].text
        for draft in drafted.drafts
        if draft.role is Role.ITEM
        for n in draft.paragraphs
        if _OF_ITSELF.search(paragraphs[n].text)
    )
    closing, opening = (_printed(paragraphs, drafted, role) for role in (Role.CLOSING, Role.PREAMBLE))
    for text in (closing, of_itself, opening):
        found = find_validity(text, issued) if text else Validity()
        if found.valid_from or found.valid_until or found.undetermined:
            return replace(found, repealed=False, quotes=())
    return validity_of_title(title)


def _span(paragraphs: Sequence[Paragraph], numbers: Sequence[int]) -> Span:
    if not numbers:
        return Span(0, 0)
    return Span(paragraphs[numbers[0]].pieces[0].start, paragraphs[numbers[-1]].pieces[-1].end)


def _title(
    source: SourceFile, config: SourceConfig, paragraphs: Sequence[Paragraph], drafted: DraftDocument
) -> tuple[str, str | None]:
    """The title, and what is printed behind it on the same line (issuers, 文号)."""
    section = drafted.section
    if drafted.kind == "compiled":
        return _part_title(drafted) or config.title or _stem(source), None
    own = [paragraphs[number].text for number in section.own]
    if drafted.kind == "stub":
        return "".join(own[:-1]) or own[0], None
    if not own:
        return config.title or _stem(source), None
    text = "".join(own)
    label = read_label(own[0])
    if label is not None:
        text = text[label.length :]
    if match := _NUMBER_BEHIND.search(text):
        return text[: match.start()].strip(), match[1]
    title, behind = split_issuer(text.strip())
    return (title, behind) if is_title(title) or len(title) > 1 else (_stem(source), text)


def _part_title(drafted: DraftDocument) -> str | None:
    if not drafted.above:
        return None
    last = drafted.above[-1]
    label = read_label(last)
    return last[label.length :].strip() if label is not None else last


def _stem(source: SourceFile) -> str:
    return source.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _configured_level(config: SourceConfig, drafted: DraftDocument) -> str | None:
    if drafted.level_heading is not None:
        return config.levels.get(drafted.level_heading) or _level_of_heading(drafted.level_heading, config)
    return config.parts.get(drafted.part or "")


def _level_of_heading(heading: str, config: SourceConfig) -> str | None:
    """The level that a heading like 鄂尔多斯市政策 or 自治区级政策 names."""
    return level_of(heading, config.places) or next((name for name in level_names() if heading.startswith(name)), None)
