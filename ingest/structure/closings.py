"""Gives a document what stands after its last item: closing paragraphs, and 责任单位 that speak for a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.structure.groups import opens_guide_or_pairs
from ingest.structure.numbering import Kind
from ingest.structure.sections import NUMBERED, Section, all_sections, is_bare
from ingest.types import Paragraph
from ingest.vocabulary.levels import level_names, levels
from ingest.vocabulary.load import any_of

_SHORTS = "|".join(level.said_of for level in levels() if level.said_of)
_CLOSING_START = re.compile(
    r"本(?:政策|办法|方案|意见|通知|措施|公告|规定|条例|细则|目录|行动计划|计划|《|标准|实施)|"
    rf"各(?:地区|地|部门|有关部门|旗区|盟市|区县|县区|市县|相关部门|省|级)|特此|此前|我(?:{_SHORTS})现行|附\s*件|此件|"
    rf"国家(?:和{any_of(level_names())})?后续|自(?:发布|印发|公布)之日|[一-龥 　]{{2,60}}$|\d{{4}}年\d{{1,2}}月\d{{1,2}}日"
)
# 本条例施行前依法设立的…可以继续…: below the last article this is its second paragraph; 本法自…施行 is an article.
_CLOSING_OF_ARTICLES = re.compile(rf"(?!本)(?:{_CLOSING_START.pattern})")


def lift_closing(container: Section, paragraphs: Sequence[Paragraph]) -> None:
    """Move the paragraphs that end a document or annex from its last item to the container itself."""
    numbered = [section for section in container.sections if section.kind is NUMBERED]
    if not numbered:
        return
    last = numbered[-1]
    while last.sections and last.kind is NUMBERED and not isinstance(last.entries[-1], int):
        last = last.sections[-1]
    if last.kind is not NUMBERED or last.label is None:
        return
    below = [section for top in numbered for section in all_sections(top)]
    peers = [s for s in below if s is not last and s.label is not None and s.label.kind is last.label.kind]
    allowed = 1 if is_bare(paragraphs[last.own[0]].text) and not last.sections else 0
    usual = max((len(_trailing(peer)) - is_bare(paragraphs[peer.own[0]].text) for peer in peers), default=0)
    trailing = _trailing(last)
    apart = any(opens_guide_or_pairs(paragraphs[number].text) for number in trailing)  # neither ends a document
    candidates = trailing[allowed:]
    closes = _CLOSING_OF_ARTICLES if last.label.kind is Kind.ARTICLE else _CLOSING_START
    for number, paragraph in enumerate(candidates):
        plain = usual <= 0 and bool(peers) and not apart
        if plain or closes.match(paragraphs[paragraph].text):
            moved = candidates[number:]
            del last.entries[-len(moved) :]
            container.closing.extend(moved)
            return


def _trailing(section: Section) -> list[int]:
    """The plain paragraphs at the end of a section."""
    found: list[int] = []
    for entry in reversed(section.entries):
        if not isinstance(entry, int):
            break
        found.append(entry)
    return found[::-1]


def lift_departments(section: Section, paragraphs: Sequence[Paragraph]) -> None:
    """A paragraph ``责任单位：…`` after the last item of a list speaks for the whole list."""
    if section.kind is not NUMBERED:
        return
    trailing = _trailing(section)
    spoken = [n for n in trailing if paragraphs[n].text.startswith("责任单位")]
    if not spoken or trailing[-len(spoken) :] != spoken:
        return
    del section.entries[-len(spoken) :]
    owner = section
    if section.parent is not None and section.parent.kind is NUMBERED and section is section.parent.entries[-1]:
        owner = section.parent
    owner.speaks.extend(spoken)
