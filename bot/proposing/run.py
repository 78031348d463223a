"""One run: the clauses of some documents asked about, the proposals checked and held against the records there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.llm.chat_model import ChatModel, ChatSettings
from bot.proposing.answers import KeptAnswers
from bot.proposing.asking import Asked, AskingLimits, Model, Stopped, Told, ask_all
from bot.proposing.model_proposer import ModelProposer, to_ask
from bot.settings import BotSettings
from ingest.entitlements.proposing import proposals
from ingest.entitlements.types import Attached, Entitlements
from ingest.errors import ModelUnusable
from ingest.types import Clause, PolicyDocument


@dataclass(frozen=True)
class Proposed:
    """What a run came to: ``items`` stand and are new. ``dropped`` counts the other proposals by reason."""

    items: tuple[Attached, ...]
    documents: int
    clauses: int
    asked: Asked
    dropped: Counter[str]
    as_text: int


def model_of(settings: BotSettings) -> Model:
    """The model that proposes. Raises ModelUnusable when none is set, or when it cannot be started."""
    if not settings.chat_model:
        raise ModelUnusable("bot.no_model_proposes")
    chat = ChatModel.start(
        ChatSettings(
            model=settings.chat_model,
            base_url=settings.chat_base_url,
            api_key=settings.chat_api_key,
            timeout_s=settings.propose_reply_seconds,
            temperature=settings.chat_temperature,
            max_tokens=settings.propose_reply_tokens,
        )
    )
    return Model(settings.chat_model, chat)


def limits_of_run(settings: BotSettings) -> AskingLimits:
    """What one run may take, as the settings say."""
    return AskingLimits(settings.propose_at_once, settings.propose_seconds, settings.propose_tokens)


def propose(
    model: Model,
    documents: Sequence[PolicyDocument],
    clauses: Sequence[Clause],
    known: Entitlements,
    kept: KeptAnswers,
    limits: AskingLimits,
    today: date,
    told: Told,
) -> Proposed:
    """Ask about the clauses of ``documents`` what is not answered yet, and give what stands beyond ``known``.

    Raises ModelUnusable when the model answers nothing, RecordsUnusable when answers cannot be kept, and what ``told``
    raises.
    """
    ids = {document.id for document in documents}
    own = [clause for clause in clauses if clause.document in ids]
    held = {document.id: [clause for clause in own if clause.document == document.id] for document in documents}
    to_be_asked = [one for document in documents for one in to_ask(document, held[document.id])]
    asked = ask_all(model, to_be_asked, kept, limits, today, told)
    if asked.stopped is Stopped.SERVER and not asked.answers:
        raise ModelUnusable("bot.model_answers_nothing", model=model.name, failure=asked.failure)
    proposer = ModelProposer(model.name, asked.answers)
    left_out: Counter[str] = Counter()
    items = tuple(proposals(proposer, documents, own, known, left_out))
    dropped = Counter({reason: times for reason, times in (proposer.dropped + left_out).items() if times})
    return Proposed(items, len(documents), len(to_be_asked), asked, dropped, proposer.as_text)


def summary_json(proposed: Proposed) -> dict[str, object]:
    """What a run came to, for machines: clauses, records, what was dropped by reason, tokens."""
    asked = proposed.asked
    return {
        "documents": proposed.documents,
        "clauses": proposed.clauses,
        "remembered": asked.remembered,
        "asked": asked.clauses,
        "requests": asked.requests,
        "proposed": len(proposed.items),
        "dropped": dict(sorted(proposed.dropped.items())),
        "conditions_as_text": proposed.as_text,
        "unanswered": dict(sorted(asked.unanswered.items())),
        "tokens": {"sent": asked.sent, "written": asked.written, "estimated": asked.is_estimate},
        "stopped": asked.stopped,
    }
