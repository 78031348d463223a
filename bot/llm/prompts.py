"""What a language model is told. Clauses and question stand between marks and are material, never instructions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from bot.llm.planning import AskedKind, ModelPlan
from bot.llm.sources import printed
from bot.text.bilingual import Say, in_language
from bot.types import AnswerSentence, Language
from bot.understand.time_asked import TimeAsked
from ingest.types import Clause, Corpus

_FILE = "prompts.toml"


@cache
def _told() -> Mapping[str, Any]:
    return tomllib.loads((files("bot.llm") / _FILE).read_text("utf-8"))


@cache
def _frames() -> Mapping[str, Say]:
    return {key: Say(said["zh"], said["en"]) for key, said in _told()["frames"].items()}


NOT_STATED: str = _told()["not_stated"]
"""What a model may say, and nothing else, when the sources do not hold what is asked."""

# The frame around material. Whatever looks like it inside the material is taken out.
_FRAME = re.compile(
    rf"</?\s*(?:{'|'.join(re.escape(word) for said in _frames().values() if len(said.zh) <= 4 for word in said)}|sources?)\b[^<>]*>",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Material:
    """What an answer is written from."""

    plan: ModelPlan
    sources: Mapping[int, Clause]
    facts: Sequence[AnswerSentence] = ()  # worked out by us; their citations count among ``sources``
    refused: str = ""  # why the rules would not answer
    places: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])  # level → its names


def plan_prompt(language: Language) -> str:
    """The rules for the plan of a question in ``language``."""
    return _say(_told()["plan"], language)


def plan_material(turns: Sequence[str], as_of: date, places: Mapping[str, Sequence[str]], language: Language) -> str:
    """The question with the turns before it."""
    parts = [("places", _places(places)), ("earlier", "\n".join(turns[:-1])), ("question", turns[-1])]
    return "\n".join([_day(as_of, language), *_framed(parts, language), _words("closing_plan", language)])


def system_prompt(language: Language, kind: AskedKind, as_of: date) -> str:
    """The rules for an answer of ``kind`` in ``language``."""
    told = _told()
    length = _say(told["length"][kind.value], language)
    tongue = told["tongues"][language.value]
    return _say(told["answer"], language).format(day=as_of.isoformat(), length=length, tongue=tongue)


def user_prompt(turns: Sequence[str], material: Material, corpus: Corpus, as_of: date, language: Language) -> str:
    """The numbered clauses, what was worked out, the earlier turns and the question, each inside its own marks."""
    time = TimeAsked(as_of, as_of)
    plan = material.plan
    points = [f"【{part.topic}】{_of_part(part.question, part.constraints)}" for part in plan.parts]
    refused = _words("not_found_by_rules", language).format(why=material.refused) if material.refused else ""
    parts = [
        ("places", _places(material.places)),
        ("sources", printed(material.sources, corpus, time, language, _frames())),
        ("facts", "\n".join(sentence.marked for sentence in material.facts)),
        ("hint", refused),
        ("earlier", "\n".join(turns[:-1])),
        ("points", "\n".join(points) if len(points) > 1 else ""),
        ("question", turns[-1]),
    ]
    return "\n".join([*_framed(parts, language), in_language(_words("closing", language), language)])


def _of_part(question: str, constraints: Sequence[str]) -> str:
    missing = [one for one in constraints if one not in question]
    return f"{question}（{'、'.join(missing)}）" if missing else question


def _framed(parts: Sequence[tuple[str, str]], language: Language) -> list[str]:
    names = [(_words(key, language), text) for key, text in parts if text]
    return [f"<{name}>\n{_unframed(text)}\n</{name}>" for name, text in names]


def _day(as_of: date, language: Language) -> str:
    return f"{_words('day', language)}: {as_of.isoformat()}"


def _places(places: Mapping[str, Sequence[str]]) -> str:
    return "；".join(f"{level}：{'、'.join(names)}" for level, names in places.items())


def _words(key: str, language: Language) -> str:
    said = _frames()[key]
    return said.en if language is Language.EN else said.zh


def _say(said: Mapping[str, str], language: Language) -> str:
    return said["en" if language is Language.EN else "zh"]


def _unframed(text: str) -> str:
    return _FRAME.sub(" ", text)
