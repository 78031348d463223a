"""What was matched as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from bot.match.matching import MatchResult
from bot.match.types import Match
from bot.match.wording import SAID, named, title_of
from bot.text.bilingual import Say
from bot.types import Language
from ingest.vocabulary.entitlements import entitlement_words

_SUMMARY = SAID["text_summary"]
_NOTHING = SAID["text_nothing"]
_APART = SAID["soft_apart"]
_SOFT = SAID["text_soft"]
_HEADINGS = {"met": SAID["text_headings_met"], "open": SAID["text_headings_open"]}
_EXPIRED = SAID["text_expired"]
_NEAR = SAID["text_near"]
_PRICES = SAID["text_prices"]
_ASK = SAID["text_ask"]
_OVERLAP = SAID["text_overlap"]
_GOES_TO = SAID["text_goes_to"]
_SIGNS = {"met": "✓", "open": "?", "not_met": "✗"}
_LONGEST_QUOTE = 100


def match_text(result: MatchResult) -> str:
    """Several lines without a line end after the last."""
    return "\n".join(_lines(result))


def _lines(result: MatchResult) -> Iterator[str]:
    language = result.language
    yield from (f"! {sentence}" for sentence in result.notices)
    if result.benefits or result.encouragements:
        apart = _APART.to(language).format(n=len(result.encouragements)) if result.encouragements else ""
        yield _SUMMARY.to(language).format(shown=len(result.benefits), met=len(result.met)) + apart
    elif result.facts.facts:
        yield _NOTHING.to(language)
    for status, heading in _HEADINGS.items():
        yield from _section(heading, [match for match in result.benefits if match.status == status], result)
    yield from _section(_EXPIRED, result.expired, result)
    yield from _section(_NEAR, result.near_misses, result)
    yield from _section(_SOFT, result.encouragements, result)
    yield from _section(_PRICES, result.prices, result)
    if result.questions:
        yield f"\n{_ASK.to(language)}"
        yield from (f"  {number}. {question}" for number, question in enumerate(result.questions, 1))


def _section(heading: Say, matches: list[Match] | tuple[Match, ...], result: MatchResult) -> Iterator[str]:
    if matches:
        yield f"\n── {heading.to(result.language)} ({len(matches)})"
    for number, match in enumerate(matches, 1):
        yield from _match(number, match, result)


def _match(number: int, match: Match, result: MatchResult) -> Iterator[str]:
    grant, record, language = match.grant, match.grant.record, result.language
    words = entitlement_words()
    who = Say(*words.recipients[record.recipient.who]).to(language)
    bound = "" if match.bound in (None, "fixed") else Say(*words.bounds[match.bound or "fixed"]).to(language)
    figure = " ".join(part for part in (bound, match.amount) if part)
    figure += f"（{match.paid}）" if match.paid else ""
    level = named(grant.level, language) if grant.level else ""
    parts = [title_of(record.title, record.kind, language), figure, f"{_GOES_TO.to(language)}{who}", level]
    yield f"{number}. {' · '.join(part for part in parts if part)}"
    if match.claim:
        yield f"   = {match.claim}"
    page = f", p.{grant.page}" if grant.page is not None else ""
    yield f"   《{record.document}》 {grant.address}{page}“{_short(match.quotes[0])}”"
    yield from (f"   {_SIGNS[one.status]} {one.because}" for one in match.conditions)
    yield from (f"   {_OVERLAP.to(language)}{_short(rule)}" for rule in match.overlaps if language is not Language.EN)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"
