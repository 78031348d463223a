"""A question of several parts answered as one: each part's sentences behind those of the part before it, nothing twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.compose.draft import Draft
from bot.compose.outcome import part_of
from bot.compose.phrases import level_words, phrase
from bot.compose.source_labels import label_of
from bot.evidence.per_sub_question import Compared, is_missing
from bot.refuse.gate import Refusal, nearest
from bot.types import AnswerPart, AnswerSentence, PartStatus, SentenceRole, Table
from index.types import Hit
from ingest.facts.figures import find_figures
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Span

FEWEST_PARTS = 2
LONGEST_NEAREST = 120  # characters of the sentence that is offered as nearest


def say_part(whole: Draft, asked: str, part: Draft) -> None:
    """Add what answers ``asked``; a sentence that another part said already is only pointed to."""
    numbers = {n: _cite_all(whole, clause, quotes, part) for n, (clause, quotes) in enumerate(part.quoted(), start=1)}
    places: list[int] = []
    tells = False  # anything that no part before told
    for sentence in part.sentences:
        is_bare_count = sentence.role is SentenceRole.COUNT and not sentence.citations  # no clause to point to
        said = None if is_bare_count else _said_at(whole, renumbered(sentence, numbers))
        if said is None:
            tells = tells or sentence.role is not SentenceRole.HEDGE
            whole.sentences.append(renumbered(sentence, numbers))
            said = len(whole.sentences) - 1
        places.append(said)
    whole.tables.extend(table for own in part.tables if (table := _table(own, numbers)) not in whole.tables)
    whole.withheld.extend(part.withheld)
    whole.rows_shown = whole.rows_shown or part.rows_shown
    if part.parts:
        own = (replace(one, sentences=tuple(places[at] for at in one.sentences)) for one in part.parts)
        whole.parts.extend(own)
    else:
        one = part_of(whole, asked, tuple(dict.fromkeys(places)))
        missing = one.status is PartStatus.PARTLY and (not tells or part.only_nearest)
        whole.parts.append(replace(one, status=PartStatus.NOT_FOUND) if missing else one)


def say_not_found(whole: Draft, asked: str, refusal: Refusal | None, hits: Sequence[Hit], spelt_out: str = "") -> None:
    """Name a part that is not found, with the clause nearest to it as such.

    ``spelt_out`` is the part with what it takes over from the one before: 首次的呢 asks nothing by itself.
    """
    words = phrase("part_not_found", whole.language).format(_called(spelt_out or asked))
    whole.sentences.append(AnswerSentence(words, (), (), role=SentenceRole.HEDGE))
    places = [len(whole.sentences) - 1]
    for hit in nearest(hits, refusal)[:1] if refusal else ():
        span = hit.best_sentence or split_sentences(hit.clause.text)[0]
        text = span.of(hit.clause.text).strip()
        if len(text) > LONGEST_NEAREST or any(text in said.text for said in whole.sentences):
            continue
        number = whole.cite(hit.clause, span, "nearest")
        label = label_of(hit.clause, text, whole.language)
        quote = f"{label} “{text}”".strip() if whole.language.value == "en" else f"{label}{text}"
        if whole.say(phrase("part_nearest", whole.language).format(quote), (number,), SentenceRole.HEDGE):
            places.append(len(whole.sentences) - 1)
    whole.parts.append(AnswerPart(asked, PartStatus.NOT_FOUND, None, tuple(places)))


def _called(asked: str) -> str:
    """A part as it is named: without its phrases that tell a figure, which no clause bears out, where others ask."""
    phrases = re.split(r"[，,。；;]", asked.rstrip("？?。.！!"))
    bare = [one for one in phrases if one.strip() and not find_figures(one)]
    return asked.rstrip("？?。.！!") if len(bare) == len(phrases) or not bare else "，".join(bare)


def keep_one_found(whole: Draft) -> None:
    """Of parts none of which is found those that quote a clause are answered partly: nothing at all would be a decline."""
    if any(part.status is not PartStatus.NOT_FOUND for part in whole.parts):
        return
    for place, part in enumerate(whole.parts):
        if any(whole.sentences[at].role is SentenceRole.QUOTE for at in part.sentences):
            whole.parts[place] = replace(part, status=PartStatus.PARTLY)


def say_left_out(whole: Draft, left_out: Sequence[str], asked: str = "") -> None:
    """Name the parts beyond those that are answered at once; ``asked`` is what has been answered, where that is no part yet."""
    if not left_out:
        return
    if asked and not whole.parts:
        whole.parts.append(part_of(whole, asked))
    joint = "; " if whole.language.value == "en" else "；"
    words = phrase("parts_left_out", whole.language).format(joint.join(part.rstrip("？?。.") for part in left_out))
    whole.sentences.append(AnswerSentence(words, (), (), role=SentenceRole.HEDGE))
    place = len(whole.sentences) - 1
    whole.parts.extend(AnswerPart(part, PartStatus.NOT_FOUND, None, (place,)) for part in left_out)


def say_unsaid(whole: Draft) -> None:
    """Name the parts that have no sentence at all: they are not found, and whoever asked is told so."""
    for place, part in enumerate(whole.parts):
        if not part.sentences:
            words = phrase("part_not_found", whole.language).format(
                level_words(part.question.rstrip("？?。.！!"), whole.language)
            )
            whole.sentences.append(AnswerSentence(words, (), (), role=SentenceRole.HEDGE))
            whole.parts[place] = replace(part, status=PartStatus.NOT_FOUND, sentences=(len(whole.sentences) - 1,))


def renumbered(sentence: AnswerSentence, numbers: dict[int, int]) -> AnswerSentence:
    """The sentence with the numbers its citations have in another draft."""
    return replace(sentence, citations=tuple(numbers[n] for n in sentence.citations))


def _cite_all(whole: Draft, clause: Clause, quotes: Sequence[Span], part: Draft) -> int:
    for quote in quotes:
        whole.cite(clause, quote, part.why(clause))
    return whole.number_of(clause)


def _said_at(whole: Draft, sentence: AnswerSentence) -> int | None:
    """Where the same words of the same clauses stand already, with a label in front or without."""
    return next(
        (
            place
            for place, said in enumerate(whole.sentences)
            if said.citations == sentence.citations
            and said.role == sentence.role
            and (said.text.endswith(_bare(sentence.text)) or sentence.text.endswith(_bare(said.text)))
        ),
        None,
    )


def _bare(text: str) -> str:
    """Without the label in front: 〔市〕."""
    return text.partition("〕")[2] if text.startswith("〔") and "〕" in text else text


def _table(table: Table, numbers: dict[int, int]) -> Table:
    rows = (
        tuple(replace(cell, citations=tuple(numbers[n] for n in cell.citations)) for cell in row) for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def parts_of_compared(draft: Draft, compared: Sequence[Compared]) -> list[AnswerPart]:
    """A part for each; none where fewer than two things are set side by side.

    A sentence answers for a thing when it cites a clause that was chosen for it; what we say of a level is told by its name.
    """
    if len(compared) < FEWEST_PARTS or not draft.sentences:
        return []
    parts = [_compared_part(draft, one, compared) for one in compared]
    return parts if any(part.status is PartStatus.ANSWERED for part in parts) else []


def _compared_part(draft: Draft, one: Compared, compared: Sequence[Compared]) -> AnswerPart:
    own = {candidate.clause.id for candidate in one.beside}
    cited = {n for n, clause in enumerate(draft.clauses, start=1) if clause.id in own}
    places = tuple(
        place
        for place, said in enumerate(draft.sentences)
        if cited.intersection(said.citations)
        or (said.role is SentenceRole.HEDGE and one.aspect.level is not None and f"〔{one.aspect.level}〕" in said.text)
    )
    found = any(draft.sentences[place].role is not SentenceRole.HEDGE for place in places)
    if found:
        return AnswerPart(one.aspect.name, PartStatus.ANSWERED, None, places)
    # The rule of another level may speak of this one too: 中央和自治区分别承担.
    spoken_of = one.aspect.level is not None and one.best is None and not is_missing(one, compared)
    if spoken_of:
        return AnswerPart(one.aspect.name, PartStatus.ANSWERED, None, tuple(range(len(draft.sentences))))
    return AnswerPart(one.aspect.name, PartStatus.NOT_FOUND, None, places)
