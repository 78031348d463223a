"""What the form of matching offers: recipients, attributes with their words and units, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.match.matching import Matcher
from ingest.vocabulary.entitlements import Attribute, entitlement_words
from ingest.vocabulary.levels import widest_first
from ingest.vocabulary.matching.asker_facts import asker_fact_words
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.matching.english_names import in_english
from ingest.vocabulary.matching.inclusions import inclusions
from web.match.words import UNITS, unit_name, words_for_the_browser
from web.texts import Tongue

# The rows that are always there; every other attribute can be added.
OF_FIRMS = ("place", "industry", "size", "ownership", "investment", "revenue", "rd", "headcount", "recognition", "plan")
OF_PERSONS = (
    "degree", "school", "title", "talent_class", "age", "job", "employer_kind", "arrival", "status", "insured_months",
    "contract_years",
)  # fmt: skip


def form_json(matcher: Matcher, tongue: Tongue, most_characters: int) -> dict[str, object]:
    """Everything the page needs to draw the form."""
    words = entitlement_words()
    at = int(tongue == "en")
    return {
        "words": words_for_the_browser(),
        "lang": tongue,
        "most": most_characters,
        "recipients": [{"code": code, "label": label[at]} for code, label in words.recipients.items()],
        "about": [{"code": code, "label": label[at]} for code, label in asker_speech().about.items()],
        "attributes": {name: _attribute(name, matcher, tongue) for name in words.attributes},
        "firm": list(OF_FIRMS),
        "person": list(OF_PERSONS),
    }


def _attribute(name: str, matcher: Matcher, tongue: Tongue) -> dict[str, object]:
    known = entitlement_words().attributes[name]
    return {
        "label": known.label[int(tongue == "en")],
        "takes": known.takes,
        "units": [] if known.takes != "number" else _units(name, known, tongue),
        "options": _named_apart(_options(name, known, matcher), tongue),
        "of": [[of, _shown(of, tongue)] for of in _whose(name, matcher)],
        "personal": name in inclusions().person,
        "single": known.takes != "words" or name in inclusions().exclusive,
    }


def _units(name: str, known: Attribute, tongue: Tongue) -> list[tuple[str, str, str, int]]:
    """Each unit, what it is called, the unit that facts have, and how many of that it is."""
    if any(UNITS[unit].plain for unit in known.units if unit in UNITS):  # money
        units = tuple(unit for unit, about in UNITS.items() if tongue in about.shown_in)
    else:
        spoken = asker_speech().figures.get(name)
        of_kind = asker_speech().units.get(spoken.unit, ()) if spoken is not None else ()
        units = known.units[:1] or of_kind[:1]
    return [(unit, unit_name(unit, tongue), *_plainly(unit)) for unit in units]


def _plainly(unit: str) -> tuple[str, int]:
    known = UNITS.get(unit)
    return (known.plain, int(known.times)) if known is not None and known.plain else (unit, 1)


def _options(name: str, known: Attribute, matcher: Matcher) -> Iterable[str]:
    if known.takes == "number":
        return ()
    if known.takes == "steps":
        return known.ladder
    match name:
        case "place" | "origin":
            return _places(matcher)
        case "recognition.time":
            return asker_speech().times
        case "recognition.level":
            return _levels(matcher)
        case "talent_class":
            return sorted({letter for _, letters in _classes(matcher).items() for letter in letters})
        case "relative_status":
            return asker_fact_words().of("status")
        case _:
            own = asker_fact_words()
            spoken = own.of(name) if name in own.attributes else ()
            return (*spoken, *sorted(matcher.listed.get(name, frozenset())))


def _places(matcher: Matcher) -> Iterable[str]:
    """The places of the corpus, the narrowest first, and the rest of the country and of the world."""
    speech = asker_speech().places
    region = tuple(reversed(matcher.known_places.region))
    named = (full[0] for full in matcher.known_places.names.values())
    return (*region, *named, *speech.outside, *speech.outside_province, *speech.abroad)


def _levels(matcher: Matcher) -> Iterable[str]:
    return widest_first(document.level for document in matcher.corpus.documents if document.level)


def _classes(matcher: Matcher) -> Mapping[str, list[str]]:
    """Whose catalogue → its letters."""
    found: dict[str, list[str]] = {}
    for attached in matcher.entitlements.catalogues:
        letters = found.setdefault(attached.catalogue.of, [])
        letters += [item.entry.letter for item in attached.entries if item.entry.letter not in letters]
    return found


def _whose(name: str, matcher: Matcher) -> Iterable[str]:
    if name == "talent_class":
        return _classes(matcher)
    if name in ("recognition.level", "recognition.time"):
        return (*asker_fact_words().recognition, *sorted(matcher.listed.get("recognition", frozenset())))
    return ()


def _named_apart(words: Iterable[str], tongue: Tongue) -> list[list[str]]:
    """Each word with what it is called, of several that are called the same the first: 外省 and 省外 are one choice."""
    first: dict[str, str] = {}
    for word in words:
        first.setdefault(_shown(word, tongue), word)
    return [[word, shown] for shown, word in first.items()]


def _shown(word: str, tongue: Tongue) -> str:
    return in_english(word) if tongue == "en" else word


class FormKeeper:
    """Keeps the form of each language until the matcher is another one: making it takes longer than sending it."""

    def __init__(self, most_characters: int) -> None:
        self._most = most_characters
        self._kept: dict[Tongue, tuple[Matcher, dict[str, object]]] = {}

    def of(self, matcher: Matcher, tongue: Tongue) -> dict[str, object]:
        """The form for the grants of ``matcher``."""
        kept = self._kept.get(tongue)
        if kept is None or kept[0] is not matcher:
            kept = self._kept[tongue] = (matcher, form_json(matcher, tongue, self._most))
        return kept[1]
