"""What was matched as JSON: ``python -m bot match --json`` and ``POST /api/match``."""

from __future__ import annotations

from bot.match.facts.as_json import facts_json
from bot.match.matching import MatchResult
from bot.match.types import Match
from bot.match.wording import title_of
from bot.text.bilingual import Say
from ingest.entitlements.types import Attached
from ingest.types import Corpus
from ingest.vocabulary.entitlements import entitlement_words


def match_json(result: MatchResult, corpus: Corpus, profile: str = "") -> dict[str, object]:
    """Facts as understood, matches (met, open, then those that failed by one thing or by time), and what to ask next.

    ``profile`` is what the facts were read from, for the words said.
    """
    expired = {match.grant.key for match in result.expired}
    shown = (*result.matches, *result.expired, *result.near_misses)
    return {
        "facts": facts_json(result.facts, profile),
        "matches": [_match(match, result, corpus, match.grant.key in expired) for match in shown],
        "met": len(result.met),
        "shown": len(result.benefits),
        "soft": len(result.encouragements),
        "questions": list(result.questions),
        "notices": list(result.notices),
        "as_of": result.as_of.isoformat(),
        "language": result.language.value,
    }


def _match(match: Match, result: MatchResult, corpus: Corpus, expired: bool) -> dict[str, object]:
    grant, record = match.grant, match.grant.record
    until, words = grant.validity.valid_until, entitlement_words()
    return {
        "status": match.status,
        "entitlement_id": grant.key,
        "title": title_of(record.title, record.kind, result.language),
        "title_source": record.title,
        "kind": record.kind,
        "kind_label": Say(*words.kinds[record.kind]).to(result.language),
        "recipient_label": Say(*words.recipients[record.recipient.who]).to(result.language),
        "recipient": record.recipient.who,
        "for": "talent" if grant.key in result.for_talent else "asker",
        "level": grant.level,
        "document": record.document,
        "address": grant.address,
        "page": grant.page,
        "clause_id": grant.clauses[0],
        "amount": match.amount or None,
        "bound": match.bound,
        "paid": match.paid or None,
        "tariff": match.is_tariff,
        "claim": match.claim or None,
        "valid_until": None if until is None else until.isoformat(),
        "expired": expired,
        "soft": record.soft,
        "checked": grant.accepted,
        "quotes": list(match.quotes),
        "text": "\n".join(corpus.clause_by_id[clause].text for clause in grant.clauses),
        "conditions": [
            {"text": condition.text, "status": condition.status, "because": condition.because, "span": condition.span}
            for condition in match.conditions
        ],
        "overlaps": list(match.overlaps),
        "offices": list(record.offices),
        "procedure": list(record.procedure),
        "said_again": [_place(other) for other in match.said_again_by],
    }


def _place(grant: Attached) -> dict[str, object]:
    return {
        "entitlement_id": grant.key,
        "document": grant.record.document,
        "address": grant.address,
        "page": grant.page,
        "level": grant.level,
    }
