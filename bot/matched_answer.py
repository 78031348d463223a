"""The answer to somebody who says who they are and asks for all they can get: a short list of grants, each with its clause."""

from __future__ import annotations

from dataclasses import replace

from bot.compose.draft import Draft
from bot.match.matching import MatcherKeeper, MatchResult
from bot.match.types import AskerFacts, Match
from bot.match.wording import SAID, named, title_of
from bot.text.bilingual import Say
from bot.types import AnswerSentence, Question
from bot.understand.asks_for_match import asks_for_match, tells_on
from bot.understand.reading import Reading
from bot.verify.grounding import check_sentence
from ingest.normalise import to_simplified
from ingest.types import Clause, Corpus, Span
from ingest.vocabulary.entitlements import entitlement_words

MOST_MET, MOST_OPEN = 12, 4  # grants that are told one by one
# What says too little of somebody by itself to match anything: where they are, that they work.
_SAY_LITTLE = frozenset({"place", "status", "arrival", "age"})
_COUNTED = SAID["chat_counted"]
_APART = SAID["soft_apart"]
_TOLD = SAID["chat_told"]
_STATES = {"met": SAID["chat_states_met"], "open": SAID["chat_states_open"]}
_CLAIM = SAID["chat_claim"]
_OTHERS = SAID["chat_others"]
_LEVEL_LABEL = "–"


def matched_draft(reading: Reading, corpus: Corpus, keeper: MatcherKeeper) -> Draft | None:
    """A draft of the short list; None for any other question, for little said, and where nothing speaks to it."""
    turns = (*map(to_simplified, reading.question.earlier), reading.last)
    if not asks_for_match(reading.last) and not tells_on(turns):
        return None
    question = reading.question
    result = keeper.of(corpus).match_profile(_profile(question), question.as_of, reading.language)
    if _say_little(result.facts) or not result.matches:
        return None
    told = _told(result, Draft(reading.language, corpus))
    return told if told.sentences else None


def wishes_without_profile(reading: Reading, corpus: Corpus, keeper: MatcherKeeper) -> bool:
    """Whether somebody asks for all they can get and says too little of themselves to match anything."""
    question = reading.question
    return asks_for_match(reading.last) and _say_little(keeper.of(corpus).facts_of(_profile(question), question.as_of))


def _profile(question: Question) -> str:
    return "。".join(question.turns)


def _say_little(facts: AskerFacts) -> bool:
    return {fact.attribute for fact in facts.facts} <= _SAY_LITTLE


def _told(result: MatchResult, draft: Draft) -> Draft:
    counted = _COUNTED.to(result.language).format(shown=len(result.benefits), met=len(result.met))
    if soft := len(result.encouragements):
        counted += _APART.to(result.language).format(n=soft)
    left_open = [match for match in result.benefits if match.status == "open"]
    said = sum(_say(match, result, draft) for match in (*result.met[:MOST_MET], *left_open[:MOST_OPEN]))
    if not said:
        return draft
    draft.notices += result.notices
    draft.sentences.insert(0, AnswerSentence(counted, (), ()))
    others = len(result.benefits) - said
    behind = [_OTHERS.to(result.language).format(n=others)] if others else []
    draft.sentences += [AnswerSentence(text, (), ()) for text in (*behind, *result.questions)]
    return draft


def _say(match: Match, result: MatchResult, draft: Draft) -> bool:
    """Add the line of a grant. Its clause is cited only once the line stands, so that no number is without one."""
    sources = _sources(match, draft.corpus)
    line, bare = (_line(match, result, shows_amount=shows) for shows in (True, False))
    claim = _CLAIM.to(result.language).format(claim=match.claim) if match.claim else ""
    for text, places in ((line, sources[:1]), (line, sources), (bare, sources[:1])):
        cited = dict(enumerate((clause for clause, _ in places), start=1))
        verdict = check_sentence(text.format(claim=""), tuple(cited), cited)
        # Whose row a figure is of was settled when a person accepted the record; the words of a sentence only hint at it.
        misplaced = verdict.misplaced_figures if match.grant.accepted else ()
        if verdict.stands or (misplaced and replace(verdict, misplaced_figures=()).stands):
            numbers = tuple(dict.fromkeys(draft.cite(clause, span, "match") for clause, span in places))
            said = text.format(claim=claim if text is line else "")
            draft.sentences.append(AnswerSentence(said, numbers, verdict.figures))
            return True
    draft.withheld.append(line.format(claim=claim))
    return False


def _sources(match: Match, corpus: Corpus) -> list[tuple[Clause, Span]]:
    """The clauses a grant stands in, the one that prints the quoted row first, with the words to point at in it."""
    quote = match.quotes[0]
    places = [(corpus.clause_by_id[place.clause], place.span) for place in match.grant.places]
    for clause, _ in places:
        if (start := clause.text.find(quote)) >= 0:
            others = [(other, span) for other, span in places if other.id != clause.id]
            return [(clause, Span(start, start + len(quote))), *others]
    return places


def _line(match: Match, result: MatchResult, shows_amount: bool) -> str:
    """What is told of a grant, with a place for the claim, whose figures are worked out and printed nowhere."""
    grant, language = match.grant, result.language
    words = entitlement_words().recipients[grant.record.recipient.who]
    told = {
        "level": named(grant.level, language) if grant.level else _LEVEL_LABEL,
        "title": title_of(grant.record.title, grant.record.kind, language),
        "who": Say(*words).to(language),
        "state": _STATES[match.status].to(language),
        "amount": f" {match.bounded_amount(language)}" if match.amount and shows_amount else "",
        "quote": _whole("".join(match.quotes[0].split())),
    }
    safe = {name: text.replace("{", "{{").replace("}", "}}") for name, text in told.items()}
    return _TOLD.to(language).format(claim="{claim}", **safe)


def _whole(quote: str) -> str:
    return quote if quote.endswith(("。", "！", "？", ".")) else f"{quote}。"
