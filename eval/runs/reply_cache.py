"""Replies of a language model in a measured run: kept, so that the same run again costs nothing, and counted.

LangChain's own cache is passed over by models that stream, and ours do; so whole replies are kept here, one layer
above, as text in SQLite. Only replies that ended well are kept: a time-out of today says nothing of tomorrow. The page
never reads them.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import threading
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.llm.chat_model import Asked, Chat, ModelFailed, Tokens
from bot.pipeline import PolicyBot
from eval.runs.run_folder import RunFolder
from ingest.errors import EvaluationUnusable

FILE = "replies.sqlite"

BUSY_WAIT = 10.0
"""Seconds another process may hold the file; a reply is written in milliseconds."""

_LOG = logging.getLogger(__name__)
_TABLE = "CREATE TABLE IF NOT EXISTS replies (key TEXT PRIMARY KEY, text TEXT NOT NULL, sent INTEGER, written INTEGER)"


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply, and its tokens where the server told them."""

    text: str
    tokens: Tokens | None


@dataclass(frozen=True, slots=True)
class KeptReplies:
    """The file of replies. Safe to use from several threads and processes."""

    path: Path

    @classmethod
    def open(cls, home: Path) -> KeptReplies:
        """Raises EvaluationUnusable when the file is none of ours or cannot be written."""
        path = home / FILE
        try:
            home.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(path, timeout=BUSY_WAIT)) as file, file:
                file.execute(_TABLE)
        except (OSError, sqlite3.Error) as error:
            raise EvaluationUnusable("eval.cache_cannot_be_used", path=path, reason=error) from error
        return cls(path)

    def find(self, key: str) -> Reply | None:
        """The reply kept under ``key``; None also when the file cannot be read just now."""
        try:
            with closing(sqlite3.connect(self.path, timeout=BUSY_WAIT)) as file:
                row = file.execute("SELECT text, sent, written FROM replies WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            _LOG.warning("The model is asked anew: %s cannot be read (%s).", self.path, error)
            return None
        return None if row is None else Reply(row[0], None if row[1] is None else Tokens(row[1], row[2]))

    def keep(self, key: str, reply: Reply) -> None:
        """Keep a reply. One that cannot be written is asked for again the next time."""
        sent, written = (reply.tokens.sent, reply.tokens.written) if reply.tokens else (None, None)
        try:
            with closing(sqlite3.connect(self.path, timeout=BUSY_WAIT)) as file, file:
                file.execute("INSERT OR REPLACE INTO replies VALUES (?, ?, ?, ?)", (key, reply.text, sent, written))
        except sqlite3.Error as error:
            _LOG.warning("A reply of the model is not kept: %s cannot be written (%s).", self.path, error)


@dataclass(frozen=True, slots=True)
class MeasuredChat:
    """A chat model whose replies are kept, and counted in a file: one line a reply."""

    chat: Chat
    kept: KeptReplies
    ledger: Path
    options: str  # what decides a reply besides the prompts
    ask_anew: bool = False
    _writing: threading.Lock = field(default_factory=threading.Lock)

    def reply(
        self, rules: str, material: str, *, counted: bool = True, about: Asked | None = None
    ) -> Generator[str, None, Tokens | None]:
        """The whole reply as one piece, kept or fresh: it is read to its end even when its first sentence fails.

        Raises ModelFailed.
        """
        key = hashlib.sha256("\0".join((self.options, rules, material)).encode()).hexdigest()
        reply = None if self.ask_anew else self.kept.find(key)
        is_kept = reply is not None
        if reply is None:
            reply = self._asked(key, rules, material, counted, about)
            self.kept.keep(key, reply)
        self._note(key, reply.tokens, cached=is_kept)
        yield reply.text
        return reply.tokens

    def _asked(self, key: str, rules: str, material: str, counted: bool, about: Asked | None) -> Reply:
        try:
            return _whole(self.chat.reply(rules, material, counted=counted, about=about))
        except ModelFailed as error:
            self._note(key, None, failure=error.failure.value)
            raise

    def _note(self, key: str, tokens: Tokens | None, *, cached: bool = False, failure: str | None = None) -> None:
        sent, written = (tokens.sent, tokens.written) if tokens else (None, None)
        row = {"key": key, "cached": cached, "failure": failure, "tokens_in": sent, "tokens_out": written}
        with self._writing, self.ledger.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")


def _whole(pieces: Generator[str, None, Tokens | None]) -> Reply:
    said: list[str] = []
    while True:
        try:
            said.append(next(pieces))
        except StopIteration as ended:
            return Reply("".join(said), ended.value)


def with_kept_replies(policy_bot: PolicyBot, folder: RunFolder, home: Path, ask_anew: bool = False) -> PolicyBot:
    """The same bot, its model's replies kept under ``home`` and counted in ``folder``; unchanged without a model.

    Raises EvaluationUnusable when the file of kept replies cannot be used.
    """
    writer, settings = policy_bot.writer, policy_bot.settings
    if writer is None:
        return policy_bot
    options = [settings.chat_model, settings.chat_base_url, settings.chat_temperature, settings.chat_max_tokens]
    kept = KeptReplies.open(home)
    chat = MeasuredChat(writer.chat, kept, folder.replies, json.dumps(options), ask_anew)
    return replace(policy_bot, writer=replace(writer, chat=chat))
