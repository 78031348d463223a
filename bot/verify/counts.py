"""Counts that stand nowhere: how many documents, clauses or items there are. What is counted is named, and counted again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.types import AnswerSentence, SentenceRole
from bot.verify.grounding import grounded
from ingest.normalise import to_simplified
from ingest.types import Clause, Corpus, Span

# "共14条" of a Chinese sentence, "14 in all" of an English one. What else the sentence says is checked as any other.
_COUNT = re.compile(r"共(?P<zh>\d+)\s?[条项个类份章块种家步处行篇]|\b(?P<en>\d+) in all")
_PLACE = re.compile(r"(?P<clause>.+):(?P<start>\d+)-(?P<end>\d+)")


def place_of(clause: Clause, span: Span) -> str:
    """The name under which words of a clause are counted."""
    return f"{clause.id}:{span.start}-{span.end}"


def counted_sentence(
    text: str, counted: Sequence[str], citations: Sequence[int], cited: Mapping[int, Clause], corpus: Corpus
) -> AnswerSentence | None:
    """The sentence, or None when its count is not that of ``counted`` or something else in it is not printed."""
    if not recounts(text, counted, corpus):
        return None
    sentence = grounded(without_count(text), citations, cited)
    if sentence is None:
        return None
    return replace(sentence, text=text, role=SentenceRole.COUNT, counted=tuple(counted))


def without_count(text: str) -> str:
    """The sentence without its count, which is ours."""
    return _COUNT.sub(" ", to_simplified(text), count=1)


def recounts(text: str, counted: Sequence[str], corpus: Corpus) -> bool:
    """Whether ``text`` gives the number of ``counted``, each of which is there, and none twice nor inside another."""
    said = _COUNT.search(to_simplified(text))
    if said is None or int(said["zh"] or said["en"]) != len(counted):
        return False
    places: dict[str, list[Span]] = {}
    for name in counted:
        place = _PLACE.fullmatch(name)
        clause = corpus.clause_by_id.get(place["clause"]) if place else None
        if place is None or clause is None:
            if name not in corpus.clause_by_id and name not in corpus.document_by_id:
                return False
            continue
        span = Span(int(place["start"]), int(place["end"]))
        if not span.of(clause.text).strip() or any(span.overlaps(other) for other in places.get(clause.id, ())):
            return False
        places.setdefault(clause.id, []).append(span)
    return len(set(counted)) == len(counted)
