"""The things a question sets side by side as parts of it: which sentences answer for each, and which of them none does."""

from __future__ import annotations

from collections.abc import Sequence

from bot.compose.draft import Draft
from bot.evidence.per_sub_question import Compared, is_missing
from bot.types import AnswerPart, PartStatus, SentenceRole

FEWEST_PARTS = 2


def parts_of_compared(draft: Draft, compared: Sequence[Compared]) -> list[AnswerPart]:
    """A part for each; none where fewer than two things are set side by side.

    A sentence answers for a thing when it cites a clause that was chosen for it; what we say of a level is told by its name.
    """
    if len(compared) < FEWEST_PARTS or not draft.sentences:
        return []
    parts = [_part(draft, one, compared) for one in compared]
    return parts if any(part.status is PartStatus.ANSWERED for part in parts) else []


def _part(draft: Draft, one: Compared, compared: Sequence[Compared]) -> AnswerPart:
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
