"""What is said only where it is printed: must, all, only, automatically, again; denials added or lost; another giver."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.verify.meaning.concepts import own_stems, stems_of
from bot.verify.meaning.passages import Passage, Printed, bare
from bot.verify.meaning.types import Asked, Difference, Kind
from bot.verify.meaning.vocabulary import claims, names_of_giver, pattern
from ingest.standings import Standing
from ingest.vocabulary.levels import levels

_HAN = re.compile(r"[\u3400-\u9fff]")
_DENIAL = pattern("claimed", "denial")
_NO_DENIAL = pattern("claimed", "no_denial")
_DENIAL_ENGLISH = re.compile(
    r"\b(?:not|no|never|none|neither|nor|nothing|without|cannot|cease[sd]?|refuse[sd]?|denied|except|outside|other than|apart from|exclud\w+"
    r"|unless|non)\b|n't\b",
    re.IGNORECASE,
)
_NO_DENIAL_ENGLISH = re.compile(
    r"\b(?:not|no) (?:more|less|fewer|lower|higher|exceed\w*|only|later|earlier|below|above|longer than"
    r"|under)\b|\bnot to exceed|no\. ?\d|non-?(?:resident|residential)",
    re.IGNORECASE,
)
_EVERY = pattern("claimed", "every")
_EVERY_PRINTED = pattern("claimed", "every_printed")
_SIGNS = "不未非无没"
_DENIES = pattern("claimed", "denies")
_DENIES_ENGLISH = re.compile(
    r"\b(?:exempt\w*|waive\w*|outside|exclud\w*|prohibit\w*|forbid\w*|forbidden|ban(?:ned)?|barred|free"
    r"|off|other than|apart from|fewer|less|only|un\w+|stop\w*|cease\w*|lapse\w*)\b",
    re.IGNORECASE,
)
DENIED = 60  # characters of an English sentence behind a denial
WINDOW = 2  # characters behind a denial that tell what it denies
_EXPIRED = pattern("claimed", "expired")
_IN_FORCE = pattern("claimed", "in_force")
_ENDED = frozenset({Standing.EXPIRED, Standing.REPEALED})


def claim_differences(said: str, rests: Sequence[Passage], printed: Printed, asked: Asked) -> Iterator[Difference]:
    """Claims of ``said`` that nothing it rests on bears out."""
    english = _HAN.search(said) is None
    scope = "\0".join(f"{one.bare}\0{one.around}" for one in (*rests, *_heads(printed)))
    edition = "\n".join(one.text for one in rests if one.english)
    form = said if english else bare(said)
    ended = asked.day is not None and bool(_standings(printed, asked.day) & _ENDED)
    for claim in claims():
        if ended and claim.name == "expired":
            continue
        found = (claim.said_english if english else claim.said).search(form)
        if not found:
            continue
        borne = claim.borne.search(scope) or (english and claim.said_english.search(edition))
        if not borne:
            yield Difference(claim.kind, found[0])
    if not english:
        yield from _universal(form, "\0".join(one.bare for one in rests))
    yield from _denials(form, rests, english, scope, bare(asked.text))
    yield from _levels(said, printed)
    if asked.day is not None:
        yield from _standing(said, printed, asked.day)


def _universal(said: str, printed: str) -> Iterator[Difference]:
    """所有 of what is printed with a condition in front, or without 所有."""
    for found in _EVERY.finditer(said):
        behind = said[found.end() : found.end() + WINDOW]
        places = [place.start() for place in re.finditer(re.escape(behind), printed)] if len(behind) == WINDOW else []
        if places and not any(_EVERY_PRINTED.search(printed[max(0, at - 6) : at + 20]) for at in places):
            yield Difference(Kind.SCOPE, f"{found[0]}{behind}")


def _heads(printed: Printed) -> Sequence[Passage]:
    return [replace(one, bare="") for one in printed.passages[:1]]


def _denials(said: str, rests: Sequence[Passage], english: bool, scope: str, asked: str) -> Iterator[Difference]:
    chinese = "\0".join(one.bare for one in rests)
    if english:
        yield from _english_denials(said, rests, chinese)
        return
    denied, told = _denials_in(chinese, _DENIAL, _NO_DENIAL), _denials_in(said, _DENIAL, _NO_DENIAL)
    for one, behind in told:
        positively = (
            len(behind) == WINDOW
            and one not in ("禁止", "严禁", "除外")
            and re.search(rf"(?<![{_SIGNS}]){re.escape(behind)}", chinese)
        )
        printed_so = f"{one}{behind}" in scope or any(behind == other for _, other in denied)
        # 不含准格尔旗, asked of a place that the clause does not name, and what whoever asks denied themselves.
        of_asker = len(behind) == WINDOW and behind in asked and (behind not in scope or f"{one}{behind}" in asked)
        if not (printed_so or of_asker) and (positively or not _DENIES.search(chinese)):
            yield Difference(Kind.NEGATION, f"{one}{behind}")
    if denied and not told:
        for one, behind in denied:
            if len(behind) == WINDOW and behind in said and chinese.count(behind) == 1:
                yield Difference(Kind.NEGATION, behind, f"{one}{behind}")


def _english_denials(said: str, rests: Sequence[Passage], chinese: str) -> Iterator[Difference]:
    """Denials added, and those of the most alike sentence of the edition whose words are said without one."""
    told = _denials_in(said, _DENIAL_ENGLISH, _NO_DENIAL_ENGLISH)
    if told and not _DENIES.search(chinese):
        yield Difference(Kind.NEGATION, told[0][0])
    parts = [
        set(stems_of(part)) - own_stems()
        for part in re.split(r"[;.]", said)
        if not _DENIAL_ENGLISH.search(part) and not _DENIES_ENGLISH.search(part)
    ]
    for passage in (one for one in rests if one.english):
        for found in _DENIAL_ENGLISH.finditer(passage.text):
            if any(
                start <= found.start() < end
                for start, end in (no.span() for no in _NO_DENIAL_ENGLISH.finditer(passage.text))
            ):
                continue
            behind = [
                one for one in stems_of(passage.text[found.end() : found.end() + DENIED]) if one not in own_stems()
            ]
            near = set(behind[: WINDOW + 1])
            if len(near) > 1 and any(len(own & near) >= WINDOW for own in parts):
                yield Difference(Kind.NEGATION, " ".join(behind), found[0])


def _denials_in(text: str, pattern: re.Pattern[str], no: re.Pattern[str]) -> list[tuple[str, str]]:
    """Every denial with the characters behind it, which tell what is denied."""
    skipped = [found.span() for found in no.finditer(text)]
    return [
        (found[0], text[found.end() : found.end() + WINDOW])
        for found in pattern.finditer(text)
        if not any(start <= found.start() < end for start, end in skipped)
    ]


def _levels(said: str, printed: Printed) -> Iterator[Difference]:
    """Givers of another level than the clauses', as the sentence names them."""
    given = {one.level for one in printed.passages}
    scope = printed.scope
    for level in levels():
        if given & {level.name, *level.stands_for}:
            continue
        for word in names_of_giver(level):
            if word in said and word not in scope:
                yield Difference(Kind.LEVEL, word)


def _standings(printed: Printed, day: date) -> set[Standing]:
    return {source.validity.standing(day) for source in printed.sources if source.validity is not None}


def _standing(said: str, printed: Printed, day: date) -> Iterator[Difference]:
    standings = _standings(printed, day)
    expired, in_force = _EXPIRED.search(said), _IN_FORCE.search(said)
    if expired and not standings & _ENDED and not re.search("废止|失效", printed.scope):
        yield Difference(Kind.STANDING, expired[0])
    if in_force and standings & _ENDED:
        yield Difference(Kind.STANDING, in_force[0])
