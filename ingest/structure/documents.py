"""What a policy document is: its title, level, issuer, 文号, dates, term, closing rules, and what it ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.corpus_config import DocumentConfig, SourceConfig
from ingest.facts.administration import level_of
from ingest.facts.document.bases import bases
from ingest.facts.document.document_data import DocumentData, document_data
from ingest.facts.document.page_labels import labelled
from ingest.structure.clause_drafts import DraftDocument
from ingest.structure.document.corrected import as_named, corrected_names, corrected_term, told
from ingest.structure.document.joined_lines import JoinedLines
from ingest.structure.document.terms import Term, ended_by, in_order, term_of
from ingest.structure.numbering import read_label
from ingest.structure.titles import is_masthead, is_title, split_issuer
from ingest.types import Doubt, NamedDocument, Paragraph, PolicyDocument, Role, SourceFile, Span, Validity
from ingest.vocabulary.levels import level_names

_NUMBER_BEHIND = re.compile(r"\s*[（(]([^（）()]{2,20}[〔\[［][12]\d{3}[〕\]］]\s*第?\d+\s*号)[）)]$")
OPENING_LINES = 20  # of a document, its items left out: where a file prints issuer, 文号, dates and labels


@dataclass(frozen=True, slots=True)
class Described:
    """A document, its text, and what of its own facts cannot be right."""

    document: PolicyDocument
    text: JoinedLines
    doubts: tuple[Doubt, ...]


def describe(
    source: SourceFile,
    config: SourceConfig,
    paragraphs: Sequence[Paragraph],
    drafted: DraftDocument,
    name: Callable[[str], str],
    issued: date | None = None,
) -> Described:
    """The data of one document. ``name`` gives the id for a title.

    ``issued`` is the day of the notice it is annexed to: its term counts from there when it prints no day itself.
    """
    numbers = sorted({number for draft in drafted.drafts for number in draft.paragraphs} | set(drafted.section.own))
    title, behind = _title(source, config, paragraphs, drafted)
    is_policy = drafted.kind == "policy"
    if config.title and is_policy and numbers[:1] == [0] and not (config.levels or config.parts):
        title = config.title  # the owner's word goes before what is printed; an annex keeps its own title
    said = config.about(title)
    text = JoinedLines.of([paragraphs[number] for number in numbers])
    head = _head(paragraphs, drafted, numbers)
    closing = _printed(paragraphs, drafted, Role.CLOSING)
    data = _data(filter(None, (title, behind, *head)), closing.text, head, config.places)
    day: date | None = told(said, "issued", data.issued)
    term = term_of(title, text, paragraphs, drafted, day or issued) if is_policy else Term()
    document = PolicyDocument(
        id=name(title),
        source=source.name,
        title=title,
        kind=drafted.kind,
        level=_said_level(config, title) or _configured_level(config, drafted) or config.level or data.level,
        part=drafted.part,
        issuer=told(said, "issuer", data.issuer) if is_policy else None,
        number=told(said, "number", data.number) if is_policy else None,
        issued=day if is_policy else None,
        validity=corrected_term(term.validity, said) if is_policy else Validity(),
        closing_rules=data.closing_rules if closing.text else (),
        span=_span(paragraphs, numbers),
        page=paragraphs[numbers[0]].page if numbers else None,
    )
    if not is_policy:
        return Described(document, text, ())
    repeals, replaces, doubts = ended_by(text, title, document.number)
    document = replace(
        document,
        repeals=corrected_names(said, "repeals", said.repeals, repeals),
        replaces=corrected_names(said, "replaces", said.replaces, replaces),
        implements=corrected_names(said, "implements", said.implements, _bases(paragraphs, drafted)),
        annexed_to=as_named(said.annex_of) if said.annex_of else None,
        printed=_places(document, data, text, term, said),
    )
    document, misplaced = in_order(document)
    if misplaced is not None:
        doubts.append((paragraphs[numbers[0]].line, misplaced))
    return Described(document, text, tuple(Doubt(source.name, line, words) for line, words in (*term.doubts, *doubts)))


def _data(title_and_head: Iterable[str], closing: str, head: Sequence[str], places: Mapping[str, str]) -> DocumentData:
    """What title, head and closing say; a notice is signed above what it issues, where its head ends."""
    top, above = "\n".join(title_and_head), "\n".join(head)
    data = document_data(top, closing or above, places)
    if data.issued is not None or not closing:
        return data
    signed = document_data(top, above, places)
    return replace(data, issued=signed.issued, issued_words=signed.issued_words, issuer=data.issuer or signed.issuer)


def _head(paragraphs: Sequence[Paragraph], drafted: DraftDocument, numbers: Sequence[int]) -> list[str]:
    """The lines below a title: openings, and rows of a table that label the document (文号 | 成文日期 | …)."""
    roles = {n: draft.role for draft in drafted.drafts for n in draft.paragraphs}
    lines = [(roles.get(n), paragraphs[n].text) for n in numbers if n not in drafted.section.own]
    head = [text for role, text in lines if role is Role.PREAMBLE or (role is Role.TABLE_ROW and labelled(text))]
    return head[:OPENING_LINES]


def _places(
    document: PolicyDocument, data: DocumentData, text: JoinedLines, term: Term, said: DocumentConfig
) -> tuple[tuple[str, Span], ...]:
    """Where the facts stand in the source; what is corrected in corpus.toml stands nowhere."""
    places = {
        "title": text.place_of(document.title),
        "issuer": _place_of_issuer(data.issuer, text),
        "number": text.place_of(data.number),
        "issued": text.place_of(data.issued_words),
        "valid_from": term.begins,
        "valid_until": term.ends,
    }
    corrected = {name for name in places if getattr(said, name, None) and name != "title"} | set(said.unsaid)
    return tuple((name, span) for name, span in places.items() if span is not None and name not in corrected)


def _bases(paragraphs: Sequence[Paragraph], drafted: DraftDocument) -> list[NamedDocument]:
    """What the document says it carries out: in its opening, and in its first article."""
    first = next((draft for draft in drafted.drafts if draft.role is Role.ITEM and draft.row is None), None)
    numbers = [n for draft in drafted.drafts if draft.role is Role.PREAMBLE or draft is first for n in draft.paragraphs]
    opening = JoinedLines.of([paragraphs[n] for n in numbers])
    return [
        NamedDocument(one.title, one.number, one.year, None, opening.in_source(one.span)) for one in bases(opening.text)
    ]


def _said_level(config: SourceConfig, title: str) -> str | None:
    """The level that is said of one document of a file."""
    said = config.documents.get(title)
    return said.level if said is not None else None


def _place_of_issuer(issuer: str | None, text: JoinedLines) -> Span | None:
    """Organs that sign on several lines are found by the first."""
    if issuer is None:
        return None
    return text.place_of(issuer) or text.place_of(re.split("[、 　]", issuer)[0])


def _printed(paragraphs: Sequence[Paragraph], drafted: DraftDocument, role: Role) -> JoinedLines:
    """All clauses of a role."""
    return JoinedLines.of([paragraphs[n] for draft in drafted.drafts if draft.role is role for n in draft.paragraphs])


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
    marked = section.own and _is_marked(source, paragraphs[section.own[-1]])
    title_lines = own[-1:] if marked else _title_lines(own)
    if not title_lines:
        return config.title or _stem(source), None
    above = "\n".join(line for line in own if is_masthead(line)) or None
    text = "".join(title_lines)
    label = read_label(title_lines[0])
    if label is not None:
        text = text[label.length :]
    if match := _NUMBER_BEHIND.search(text):
        return text[: match.start()].strip(), match[1]
    title, behind = split_issuer(text.strip())
    if is_title(title) or len(title) > 1:
        return title, behind or above
    return _stem(source), text


def _is_marked(source: SourceFile, paragraph: Paragraph) -> bool:
    """Whether the file's format marks a line as the title: what a page prints above it is none of it."""
    start = paragraph.pieces[0].start
    line = source.text.rfind("\n", 0, start) + 1
    return any(line <= offset <= start and rank == 1 for offset, rank in source.headings)


def _title_lines(own: Sequence[str]) -> list[str]:
    """The lines of a heading that are its title: behind a masthead, and behind what a page prints above the title."""
    lines = [line for line in own if not is_masthead(line)]
    if len(lines) > 1 and is_title(lines[-1]) and not is_title("".join(lines)):
        return lines[-1:]
    return lines


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
