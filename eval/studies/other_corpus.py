"""The bot over another folder of documents; its index is built aside, the one that serves is not touched."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.pipeline import PolicyBot
from bot.settings import BotSettings
from index.rankers.protocol import TextEncoder
from index.store.store import FOLDER, LOCK, UNFINISHED, build_index, open_index
from ingest.corpus.load import load_corpus
from ingest.errors import UnusableIndex
from ingest.readers.limits import MEGABYTE, Limits
from ingest.types import Corpus


def load_other(folder: Path, settings: BotSettings) -> Corpus:
    """The corpus of another folder, read within the limits of the settings.

    Raises CorpusUnusable.
    """
    limits = Limits(settings.max_file_mb * MEGABYTE, settings.max_unpacked_mb * MEGABYTE, settings.max_read_seconds)
    return load_corpus(folder, limits)


def bot_over(corpus: Corpus, encoder: TextEncoder, home: Path, settings: BotSettings) -> PolicyBot:
    """The bot over ``corpus``, its index under ``home``; an index that fits is kept, unchanged vectors are re-used.

    The model is the one given, so that none is built. Raises UnusableIndex when ``home`` cannot be written.
    """
    build_index(corpus, encoder, home, progress=True)
    return PolicyBot.over(open_index(corpus, encoder, home), settings)


@contextmanager
def scratch_home(home: Path) -> Generator[Path]:
    """A folder below ``home`` for an index that is needed once; it is removed afterwards.

    Raises UnusableIndex when ``home`` cannot be written.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        scratch = TemporaryDirectory(prefix="scratch-", dir=home)
    except OSError as error:
        raise UnusableIndex("eval.index_cannot_be_written", home=home, reason=error.strerror) from error
    with scratch as path:
        yield Path(path)


def lend_vectors(lender: Path, home: Path) -> None:
    """Copy the index under ``lender`` to ``home``, so that only texts it does not know are embedded there."""
    passed_over = shutil.ignore_patterns(LOCK, f"{UNFINISHED}*")
    # A copy taken while the lender builds anew is torn: its checksums tell, and every text is embedded.
    with suppress(OSError):
        shutil.copytree(lender / FOLDER, home / FOLDER, ignore=passed_over, dirs_exist_ok=True)
