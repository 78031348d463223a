"""The bot over another folder of documents; its index is built aside, the one that serves is not touched."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.chain import PolicyBot
from bot.settings import BotSettings
from index.ranker import TextEncoder
from index.store import FOLDER, LOCK, UNFINISHED, build_index, open_index
from ingest.corpus import load_corpus
from ingest.readers import Limits
from ingest.readers.limits import MEGABYTE
from ingest.types import Corpus


def load_other(folder: Path, settings: BotSettings) -> Corpus:
    """The corpus of another folder, read within the limits of the settings.

    Raises CorpusUnusable or SourceUnreadable.
    """
    limits = Limits(settings.max_file_mb * MEGABYTE, settings.max_unpacked_mb * MEGABYTE, settings.max_read_seconds)
    return load_corpus(folder, limits)


def bot_over(corpus: Corpus, encoder: TextEncoder, home: Path, settings: BotSettings) -> PolicyBot:
    """The bot over ``corpus``, its index under ``home``; an index that fits is kept, unchanged vectors are re-used.

    The model is the one given, so that none is built. Raises UnusableIndex when ``home`` cannot be written.
    """
    build_index(corpus, encoder, home, progress=True)
    return PolicyBot.over(open_index(corpus, encoder, home), settings)


def lend_vectors(lender: Path, home: Path) -> None:
    """Copy the index under ``lender`` to ``home``, so that only texts it does not know are embedded there.

    A copy taken while the lender builds anew may be torn; its checksums then tell, and every text is embedded.
    """
    shutil.copytree(
        lender / FOLDER, home / FOLDER, ignore=shutil.ignore_patterns(LOCK, f"{UNFINISHED}*"), dirs_exist_ok=True
    )
