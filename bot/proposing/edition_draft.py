"""A chat model drafts the English edition of a document: sentence by sentence, each checked against its Chinese.

What a check finds fault with is left out, and of a clause of which a sentence is left out nothing is kept, so that no
clause is half translated. A draft is marked as made by a program until somebody accepts it.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import cast

from bot.llm.chat_model import ModelFailed
from bot.llm.sentence_stream import without_first_thought
from bot.proposing.asking import MOST_FAILURES, Model
from ingest.editions.checks import differs
from ingest.editions.types import MODEL, ClauseTranslation, TranslatedDocument, Translation
from ingest.entitlements.wording import squeezed
from ingest.errors import ModelUnusable
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, PolicyDocument

MOST_OF_A_BATCH = 12  # sentences
_TRIES = 2  # one more for a reply that is no such JSON
_FENCE = "```"


@dataclass
class Drafted:
    """What a draft came to: the documents with English, and how many sentences were left out, by reason."""

    documents: list[TranslatedDocument] = field(default_factory=list[TranslatedDocument])
    sentences: int = 0
    standing: int = 0
    left_out: Counter[str] = field(default_factory=Counter[str])


@cache
def _written() -> Mapping[str, str]:
    return tomllib.loads((files("bot.proposing") / "edition_prompt.toml").read_text("utf-8"))


def draft_edition(model: Model, documents: Sequence[PolicyDocument], clauses: Sequence[Clause]) -> Drafted:
    """The English of ``documents`` as far as it stands; a document whose title has none is left out.

    Raises ModelUnusable when the model fails several times in a row.
    """
    drafted = Drafted()
    for document in documents:
        own = [clause for clause in clauses if clause.document == document.id]
        wanted = list(dict.fromkeys((document.title, *_headings(own), *(one for c in own for one in _sentences(c)))))
        english = dict(_asked(model, document.title, wanted, drafted))
        title = english.get(document.title)
        if title is not None:
            drafted.documents.append(_document(document, title, own, english, model.name))
    return drafted


def _document(
    document: PolicyDocument, title: str, own: Sequence[Clause], english: Mapping[str, str], model: str
) -> TranslatedDocument:
    translated = tuple(
        ClauseTranslation(tuple(Translation(one, english[one]) for one in sentences))
        for clause in own
        if (sentences := _sentences(clause)) and all(one in english for one in sentences)
    )
    headings = {heading: english[heading] for heading in _headings(own) if heading in english}
    return TranslatedDocument("", document.title, title, headings, translated, f"{MODEL}{model}", accepted=False)


def _headings(clauses: Sequence[Clause]) -> list[str]:
    return list(dict.fromkeys(heading for clause in clauses for heading in clause.path if heading.strip()))


def _sentences(clause: Clause) -> list[str]:
    return [one for span in split_sentences(clause.text) if (one := squeezed(span.of(clause.text)))]


def _asked(model: Model, title: str, wanted: Sequence[str], drafted: Drafted) -> Iterator[tuple[str, str]]:
    """Each text with its English, where the English says the same."""
    failures = 0
    for start in range(0, len(wanted), MOST_OF_A_BATCH):
        batch = wanted[start : start + MOST_OF_A_BATCH]
        drafted.sentences += len(batch)
        try:
            english = _reply(model, title, batch)
        except ModelFailed as error:
            failures += 1
            if failures == MOST_FAILURES:
                raise ModelUnusable("bot.model_answers_nothing", model=model.name, failure=error.failure) from error
            drafted.left_out[str(error.failure)] += len(batch)
            continue
        failures = 0
        if english is None:
            drafted.left_out["malformed"] += len(batch)
            continue
        for chinese, text in zip(batch, english, strict=True):
            if differences := differs(chinese, text):
                drafted.left_out[differences[0].key] += 1
            else:
                drafted.standing += 1
                yield chinese, text


def _reply(model: Model, title: str, batch: Sequence[str]) -> list[str] | None:
    """One English text for each of the batch; None when the model twice wrote something else. Raises ModelFailed."""
    written = _written()
    sentences = "\n".join(f"{number}. {one}" for number, one in enumerate(batch, start=1))
    said = written["material"].format(document=_unframed(title), sentences=_unframed(sentences))
    for attempt in range(_TRIES):
        asked = said if attempt == 0 else f"{said}\n{written['again'].format(n=len(batch))}"
        with closing(model.chat.reply(written["rules"], asked)) as pieces:
            english = _texts("".join(pieces), len(batch))
        if english is not None:
            return english
    return None


def _unframed(text: str) -> str:
    return text.replace("<<<", " ").replace(">>>", " ")


def _texts(reply: str, expected: int) -> list[str] | None:
    text = without_first_thought(reply).strip()
    if text.startswith(_FENCE):
        text = text.strip("`").removeprefix("json")
    try:
        english = json.loads(text)["english"]
    except (ValueError, TypeError, KeyError):
        return None
    texts = cast("list[object]", english) if isinstance(english, list) else []
    told = [one.strip() for one in texts if isinstance(one, str)]
    return told if len(told) == expected else None
