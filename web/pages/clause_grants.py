"""What the records say that each clause grants, for the pages of the library. Read only."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from bot.english.grant_rows import rows_in_english
from bot.english.headings import holds_chinese
from bot.match.matching import MatcherKeeper
from bot.match.wording import title_of
from bot.types import Language
from ingest.entitlements.types import Attached
from ingest.errors import EntitlementsUnusable
from ingest.types import Corpus
from ingest.vocabulary.entitlements import entitlement_words
from web.texts import Tongue

log = logging.getLogger(__name__)
_QUOTATION = re.compile("(“[^”]*”)")


@dataclass(frozen=True, slots=True)
class GrantLine:
    """One grant of a clause in a line."""

    title: str
    kind: str
    recipient: str
    amounts: tuple[str, ...]  # as printed, each once
    # For an English page, each with its bound and for whom, HTML with Chinese marked; none where one has no English.
    amounts_english: tuple[Markup, ...]
    checked: bool


def grants_by_clause(matchers: MatcherKeeper, corpus: Corpus, tongue: Tongue) -> Mapping[str, list[GrantLine]]:
    """The grants of each clause; none when the records cannot be used, which is no reason to hide the text."""
    try:
        attached = matchers.of(corpus).entitlements.by_clause
    except EntitlementsUnusable as error:
        log.warning("the library shows no grants: %s", error)
        return {}
    return {clause: [_line(item, tongue) for item in items] for clause, items in attached.items()}


def _line(item: Attached, tongue: Tongue) -> GrantLine:
    words, at, record = entitlement_words(), int(tongue == "en"), item.record
    amounts = tuple(dict.fromkeys(row.figure for row in record.amounts if row.figure))
    english = rows_in_english(record.amounts) if tongue == "en" else ()
    return GrantLine(
        title=title_of(record.title, record.kind, Language.EN) if tongue == "en" else record.title,
        kind=words.kinds[record.kind][at],
        recipient=words.recipients[record.recipient.who][at],
        amounts=amounts,
        amounts_english=tuple(map(with_chinese_marked, english)),
        checked=item.accepted,
    )


def with_chinese_marked(text: str) -> Markup:
    """English words, escaped, with each quotation that is Chinese marked as such."""
    parts = (
        Markup('<span lang="zh-CN">{}</span>').format(part) if part[:1] == "“" and holds_chinese(part) else escape(part)
        for part in _QUOTATION.split(text)
    )
    return Markup().join(parts)
