"""Cuts what stands inside one document into clause drafts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingest.structure.clause_drafts import Draft
from ingest.structure.groups import Said, Together, grouped, is_lead_in, is_list, is_question, leading, runs_of
from ingest.structure.numbering import Kind
from ingest.structure.sections import (
    ANNEX,
    DOCUMENT,
    LONGEST_RUN_IN,
    NUMBERED,
    SCAN_LINE,
    STUB,
    TITLED,
    Section,
    is_bare,
    marked_paragraphs,
    run_in,
)
from ingest.types import Paragraph, Role, TableRow

_INNER = frozenset({Kind.NUM_PAREN, Kind.CIRCLED})
_CATALOGUE = re.compile(r"目录|分类|标准|名单|清单")
_PRICE = re.compile(r"\d\s*(?:万\s*)?元\s*/|\d\s*元[；;]|：\s*[\d.]+\s*[—-]\s*[\d.]+\s*元")


class Body:
    """Cuts what stands inside one document."""

    def __init__(self, paragraphs: Sequence[Paragraph], rows: Mapping[int, TableRow], *, compiled: bool) -> None:
        self.paragraphs = paragraphs
        self.rows = rows
        self.compiled = compiled
        self.drafts: list[Draft] = []
        self.headings: list[tuple[int, str]] = []
        self.nested: list[tuple[Section, tuple[str, ...]]] = []
        self.dash_numbers: dict[int, int] = {}  # by id of the section; the tree outlives this

    def text(self, number: int) -> str:
        return self.paragraphs[number].text

    def document(self, section: Section) -> None:
        self.entries(section.entries, "", (), (), None, Role.ITEM)
        self._tail(section, "", (), ())

    def entries(
        self,
        entries: Sequence[int | Section],
        address: str,
        slug: tuple[str, ...],
        path: tuple[str, ...],
        parent: tuple[str, ...] | None,
        role: Role,
    ) -> None:
        """The paragraphs and sections directly inside a document or an annex."""
        annexes = 0
        opening = 0
        titled = 0
        said = 0
        for entry in grouped(entries, self.paragraphs, self.rows):
            if isinstance(entry, Together):
                said += 1
                self._together(entry, said, address, slug, path, parent, role)
            elif isinstance(entry, int):
                opening += 1
                scan = SCAN_LINE.search(self.text(entry)) is not None
                kind = Role.STUB if scan else Role.ANNEX if role is Role.CATALOGUE else Role.PREAMBLE
                self._add([entry], address, (*slug, f"pre{opening}"), path, kind, parent)
            elif entry.kind == ANNEX:
                annexes += 1
                self._annex(entry, annexes, path)
            elif entry.kind in (DOCUMENT, STUB):
                self.nested.append((entry, path))
            elif entry.kind == TITLED:
                titled += 1
                self.headings.extend((own, TITLED) for own in entry.own)
                inner = (*path, self.text(entry.own[0]))
                self.entries(entry.entries, address, (*slug, f"h{titled}"), inner, parent, role)
            else:
                self._section(entry, address, slug, path, parent, role, entries)

    def _together(
        self,
        group: Together,
        count: int,
        address: str,
        slug: tuple[str, ...],
        path: tuple[str, ...],
        parent: tuple[str, ...] | None,
        role: Role,
    ) -> None:
        """A question with its answer, a guide, a lead-in with its list: one clause each."""
        where = f"{address}问{count}" if group.said is Said.FAQ else address
        own = (*slug, f"{'q' if group.said is Said.FAQ else 'l'}{count}")
        self._add(group.numbers, where, own, path, role, parent, group.marks)

    def _annex(self, section: Section, number: int, path: tuple[str, ...]) -> None:
        self.headings.extend((own, ANNEX) for own in section.own)
        title = re.sub(
            r"^附[件录表]?\s*[0-9０-９一二三四五六七八九十]*\s*[：:]?\s*", "", self.text(section.own[-1])
        ) or self.text(section.own[0])
        role = Role.CATALOGUE if _CATALOGUE.search(title) else Role.ITEM
        first = self.text(section.own[0])
        printed = re.match(r"附\s*([件录表]?)\s*([0-9０-９一二三四五六七八九十]*)", first)
        kind, ordinal = (printed[1] or "件", printed[2]) if printed else ("件", "")
        name = f"附{kind}{ordinal or (number if number > 1 else '')}"
        slug = (f"f{number}",)
        inner = (*path, title if title.startswith("附") else f"附件 {title}")
        self.entries(section.entries, f"{name} ", slug, inner, None, role)
        self._tail(section, f"{name} ", slug, inner)

    def _tail(self, section: Section, address: str, slug: tuple[str, ...], path: tuple[str, ...]) -> None:
        """Closing paragraphs; the ones of an annex are marked as annex text."""
        groups = [g for g in grouped(section.closing, self.paragraphs, self.rows) if isinstance(g, Together)]
        apart = [group for group in groups if group.said is not Said.LIST]
        for count, group in enumerate(apart, 1):
            self._together(group, count, address, (*slug, "end"), path, None, Role.ITEM)
        taken = {number for group in apart for number in group.numbers}
        for number, paragraph in enumerate(section.closing, 1):
            if paragraph in taken:
                continue
            if SCAN_LINE.search(self.text(paragraph)):
                role = Role.STUB
            else:
                role = Role.ANNEX if section.kind == ANNEX else Role.CLOSING
            self._add([paragraph], address.strip(), (*slug, f"end{number}"), path, role, None)

    # ── numbered sections ──

    def _section(
        self,
        section: Section,
        above: str,
        slug: tuple[str, ...],
        path: tuple[str, ...],
        parent: tuple[str, ...] | None,
        role: Role,
        siblings: Sequence[int | Section],
    ) -> None:
        assert section.label is not None
        label = section.label
        address = self._address(section, above)
        own_slug = (*slug, self._slug(section, siblings))
        own = self.text(section.own[0])[label.length :].strip()
        if self._swallows(section):
            self._leaf(
                section, address, own_slug, (*path, *run_in(section, self.text(section.own[0]))), parent, role, path
            )
            return
        heading = self._is_heading(section, own)
        title = self.text(section.own[0])
        if heading:
            self.headings.extend((number, NUMBERED) for number in section.own)
            inner, mother = (*path, title), None
        else:
            opening = list(section.own)
            for entry in section.entries:
                if not isinstance(entry, int):
                    break
                opening.append(entry)
            inner, mother = (
                (*path, *(run_in(section, self.text(section.own[0])) or (f"{label.printed}{own[:20]}",))),
                own_slug,
            )
            self._add(opening, address, own_slug, (*path, *run_in(section, self.text(section.own[0]))), role, parent)
        rest = section.entries if heading else section.entries[len(leading(section.entries)) :]
        self._inside(section, rest, address, own_slug, inner, mother or parent, role)
        for number, paragraph in enumerate(section.speaks, 1):
            self._add([paragraph], address, (*own_slug, f"dept{number}"), inner, Role.DEPARTMENTS, mother)

    def _inside(
        self,
        section: Section,
        entries: Sequence[int | Section],
        address: str,
        slug: tuple[str, ...],
        path: tuple[str, ...],
        parent: tuple[str, ...] | None,
        role: Role,
    ) -> None:
        plain: list[int] = []
        count = said = 0
        for entry in [*grouped(entries, self.paragraphs, self.rows), None]:
            if isinstance(entry, int):
                plain.append(entry)
                continue
            if isinstance(entry, Together) and entry.said is not Said.FAQ and not entry.marks:
                plain.extend(entry.numbers)  # stays with the plain paragraphs around it
                continue
            if plain:
                count += 1
                self._plain(section, plain, address, slug, path, role, count, entry is None)
                plain = []
            if isinstance(entry, Together):
                said += 1
                self._together(entry, said, address, slug, path, parent, role)
            elif isinstance(entry, Section):
                if entry.kind in (DOCUMENT, STUB):
                    self.nested.append((entry, path))
                else:
                    self._section(entry, address, slug, path, parent, role, section.entries)

    def _plain(
        self,
        section: Section,
        plain: list[int],
        address: str,
        slug: tuple[str, ...],
        path: tuple[str, ...],
        role: Role,
        count: int,
        last: bool,
    ) -> None:
        """Unnumbered paragraphs under a heading: rows of a price list one by one, else together."""
        if self.compiled and len(plain) >= 1 and section.label is not None and section.label.kind is Kind.DASH:
            for number, paragraph in enumerate(plain, 1):
                self._add([paragraph], f"{address} {number}", (*slug, f"r{number}"), path, Role.ITEM, None)
            return
        opens = bool(section.sections) and not last
        kind = Role.PREAMBLE if opens and role is not Role.CATALOGUE else role
        extra = () if count == 1 and not section.sections else (f"p{count}",)
        self._add(plain, address, (*slug, *extra), path, kind, None)

    def _leaf(
        self,
        section: Section,
        address: str,
        slug: tuple[str, ...],
        path: tuple[str, ...],
        parent: tuple[str, ...] | None,
        role: Role,
        above: tuple[str, ...],
    ) -> None:
        """A section that is one clause with everything in it."""
        numbers = [*section.own]
        marks: list[int] = []
        apart: list[int] = []
        for entry in section.entries:
            if isinstance(entry, int):
                (apart if role is Role.CATALOGUE and not marks else numbers).append(entry)
            else:
                inner = list(marked_paragraphs(entry))
                marks.extend(number for number, is_mark in inner if is_mark)
                numbers.extend(number for number, _ in inner)
        self._add(numbers, address, slug, path, role, parent, marks)
        # An entry of a catalogue that was printed without its number stands behind the one before it.
        for count, number in enumerate(apart, 1):
            printed = section.label.printed.rstrip(".") if section.label is not None else ""
            where = f"{address.removesuffix(section.label.printed if section.label else '')}（{printed}后）"
            self._add([number], where, (*slug, f"u{count}"), above, role, None)
        for count, paragraph in enumerate(section.speaks, 1):
            self._add([paragraph], address, (*slug, f"dept{count}"), path, Role.DEPARTMENTS, slug)

    def _swallows(self, section: Section) -> bool:
        """True when everything below a section belongs to its own clause."""
        assert section.label is not None
        if section.label.kind is Kind.ARTICLE:
            return True
        if section.label.kind in (Kind.BOOK, Kind.SUBBOOK, Kind.CHAPTER, Kind.SECTION, Kind.PART):
            return False
        below = section.sections
        if any(child.kind != NUMBERED for child in below):
            return False
        own = self.text(section.own[0])[section.label.length :].strip()
        if not below:
            has_body = bool(section.body)
            return not (has_body and self._is_heading(section, own))
        if all(child.label is not None and child.label.kind in _INNER for child in below):
            return not self._is_heading(section, own) or section.label.kind in (Kind.NUM, Kind.NUM_PAREN)
        # 包括：（一）…；（二）…。 completes a sentence
        lead = self.text([*section.own, *leading(section.entries)][-1])
        if self._is_heading(section, own):
            return False  # a lead-in below a heading takes its list along
        completed = self.text(below[0].own[-1]).endswith(("；", ";")) and own.endswith(("：", ":"))
        return completed or ((is_lead_in(lead) or is_question(lead)) and is_list(below, self.paragraphs))

    def _is_heading(self, section: Section, own: str) -> bool:
        """A line that names what follows: no sentence in it, or one short one with a list below."""
        if not section.entries:
            return False
        if is_bare(own):
            return True
        single = own.endswith("。") and own.count("。") == 1 and len(own) <= LONGEST_RUN_IN and "，" not in own
        return single and bool(section.entries)

    def _address(self, section: Section, above: str) -> str:
        assert section.label is not None
        kind = section.label.kind
        if kind is Kind.ARTICLE:
            return (above if above.startswith("附件") else "").split("第")[0] + section.label.printed
        if kind is Kind.DASH:
            name = re.split(r"[：。，]", self.text(section.own[0])[section.label.length :].strip())[0]
            return f"{above}——{name[:16]}"
        return above + section.label.printed

    def _slug(self, section: Section, siblings: Sequence[int | Section]) -> str:
        assert section.label is not None
        value = f"{section.label.value}" + (f"s{section.label.sub}" if section.label.sub else "")
        match section.label.kind:
            case Kind.ARTICLE:
                return f"a{value}"
            case Kind.BOOK | Kind.SUBBOOK | Kind.CHAPTER | Kind.SECTION | Kind.PART:
                return {"编": "b", "分编": "bb", "章": "c", "节": "s", "篇": "p"}[section.label.kind.value] + value
            case Kind.DASH:
                if id(section) not in self.dash_numbers:
                    same = [s for s in siblings if isinstance(s, Section) and s.label and s.label.kind is Kind.DASH]
                    self.dash_numbers.update((id(one), number) for number, one in enumerate(same, 1))
                return f"d{self.dash_numbers[id(section)]}"
            case _:
                return value

    def _add(
        self,
        numbers: Sequence[int],
        address: str,
        slug: tuple[str, ...],
        path: tuple[str, ...],
        role: Role,
        parent: tuple[str, ...] | None,
        marks: Sequence[int] = (),
    ) -> None:
        if role is Role.ITEM and self.compiled and len(numbers) == 1 and _PRICE.search(self.text(numbers[0])):
            role = Role.PRICE
        text_runs = rows = 0
        for number_run in runs_of(numbers, self.rows):
            if number_run[0] in self.rows:
                rows += 1
                self._row(number_run[0], address, (*slug, f"t{rows}"), path, slug if text_runs else parent)
                continue
            text_runs += 1
            own = slug if text_runs == 1 else (*slug, f"p{text_runs}")
            here = set(number_run) if marks else set[int]()
            inside = tuple(mark for mark in marks if mark in here)
            self.drafts.append(Draft(tuple(number_run), address.strip(), own, path, role, parent, inside))

    def _row(
        self, number: int, address: str, slug: tuple[str, ...], path: tuple[str, ...], parent: tuple[str, ...] | None
    ) -> None:
        """One row of a table: a clause of its own, its column heads at the end of its path."""
        row = self.rows[number]
        if row.is_head:
            self.headings.append((number, "table"))
            return
        heads = " ｜ ".join(head for head in row.heads if head)
        path = (*path, *filter(None, (row.group, heads)))
        self.drafts.append(Draft((number,), address.strip(), slug, path, Role.TABLE_ROW, parent, (), row))
