"""The bot over another index, with the models of the one that serves."""

from __future__ import annotations

from dataclasses import replace

from bot.pipeline import PolicyBot
from index.store.store import ClauseIndex
from ingest.corpus.versions import version_named
from ingest.types import Corpus

DIGITS = 12  # of a digest, enough to tell delivered folders apart


def bot_over(opened: ClauseIndex, serving: PolicyBot) -> PolicyBot:
    """Ready to answer at once. Raises as :meth:`bot.pipeline.PolicyBot.over` does."""
    models = serving.clause_index
    with_models = replace(opened, encoder=models.encoder, reranker=models.reranker)
    return PolicyBot.over(with_models, serving.settings, serving.finder.topics).warmed()


def version_of(corpus: Corpus) -> str:
    """What answers from a corpus call their version: its id, for the delivered folder the beginning of its digest."""
    return version_named(corpus.folder) or corpus.digest[:DIGITS]
