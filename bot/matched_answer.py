"""The answer to somebody who says who they are and asks for all they can get: a short list of grants, each with its clause."""

from __future__ import annotations

from bot.compose.draft import Draft
from bot.match.matching import MatcherKeeper, MatchResult
from bot.match.types import Match
from bot.match.wording import SAID, named, title_of
from bot.text.bilingual import Say
from bot.types import AnswerSentence
from bot.understand.asks_for_match import asks_for_match
from bot.understand.reading import Reading
from ingest.types import Corpus
from ingest.vocabulary.entitlements import entitlement_words

MOST_MET, MOST_OPEN = 12, 4  # grants that are told one by one
FEWEST_FACTS = 3  # attributes somebody must speak of; fewer say too little of them to match anything
_COUNTED = SAID["chat_counted"]
_APART = SAID["soft_apart"]
_TOLD = SAID["chat_told"]
_STATES = {"met": SAID["chat_states_met"], "open": SAID["chat_states_open"]}
_OTHERS = SAID["chat_others"]
_LEVEL_LABEL = "–"


def matched_draft(reading: Reading, corpus: Corpus, keeper: MatcherKeeper) -> Draft | None:
    """A draft of the short list; None for any other question, for little said, and where nothing speaks to it."""
    turns = reading.question.turns
    if not asks_for_match(reading.last):
        return None
    result = keeper.of(corpus).match_profile("。".join(turns), reading.question.as_of, reading.language)
    if len({fact.attribute for fact in result.facts.facts}) < FEWEST_FACTS or not result.matches:
        return None
    told = _told(result, Draft(reading.language, corpus))
    return told if told.sentences else None


def _told(result: MatchResult, draft: Draft) -> Draft:
    counted = _COUNTED.to(result.language).format(shown=len(result.benefits), met=len(result.met))
    if soft := len(result.encouragements):
        counted += _APART.to(result.language).format(n=soft)
    left_open = [match for match in result.benefits if match.status == "open"]
    said = sum(_say(match, result, draft) for match in (*result.met[:MOST_MET], *left_open[:MOST_OPEN]))
    if not said:
        return draft
    draft.sentences.insert(0, AnswerSentence(counted, (), ()))
    others = len(result.benefits) - said
    behind = [_OTHERS.to(result.language).format(n=others)] if others else []
    draft.sentences += [AnswerSentence(text, (), ()) for text in (*behind, *result.questions)]
    return draft


def _say(match: Match, result: MatchResult, draft: Draft) -> bool:
    grant = match.grant
    clause = draft.corpus.clause_by_id[grant.places[0].clause]
    number = draft.cite(clause, grant.places[0].span, "match")
    words = entitlement_words().recipients[grant.record.recipient.who]
    text = _TOLD.to(result.language).format(
        level=named(grant.level, result.language) if grant.level else _LEVEL_LABEL,
        title=title_of(grant.record.title, grant.record.kind, result.language),
        who=Say(*words).to(result.language),
        state=_STATES[match.status].to(result.language),
        amount=f" {match.amount}" if match.amount else "",
        quote=_whole("".join(match.quotes[0].split())),
    )
    return draft.say(text, (number,))


def _whole(quote: str) -> str:
    return quote if quote.endswith(("。", "！", "？", ".")) else f"{quote}。"
