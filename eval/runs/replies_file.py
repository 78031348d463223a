"""Replies of a language model in a file, so that a run can be repeated without one: recorded, written by hand, replayed.

A reply is kept by the question's turns and the step it was asked for. The numbers of its sources are kept as ids of
clauses, so that it survives another search: what it cites that is no longer in the prompt becomes a number of no source,
is counted, and nothing that rests on it is shown.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Generator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from bot.llm.chat_model import Asked, AskedStep, Chat, Failure, ModelFailed, Tokens
from bot.llm.sentence_stream import numbers_of_mark, replace_marks
from bot.llm.writer import Writer
from bot.pipeline import PolicyBot
from ingest.errors import EvaluationUnusable

NO_SOURCE = 999
"""The number of a clause that a prompt does not hold."""

_BY_ID = re.compile(r"\[clause:([^\[\]\s]+)\]")
_DIGITS_OF_KEY = 20


def key_of(about: Asked) -> str:
    """What a reply is found by."""
    told = json.dumps([about.step.value, *about.turns], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:_DIGITS_OF_KEY]


def with_ids(reply: str, clauses: Sequence[str]) -> str:
    """A reply whose numbers of sources are the ids of ``clauses``; one of no source stays a number."""

    def named(mark: str) -> str:
        numbers = numbers_of_mark(mark)
        return "".join(f"[clause:{clauses[n - 1]}]" if 0 < n <= len(clauses) else f"[{n}]" for n in numbers)

    return replace_marks(reply, named)


@dataclass
class Replayed:
    """What came of replaying: replies asked for, those the file has none of, citations, those of no source any more."""

    asked: int = 0
    missing: int = 0
    citations: int = 0
    unmatched: int = 0
    missing_keys: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model was to be asked."""

    key: str
    step: str
    turns: tuple[str, ...]
    rules: str
    material: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class ReplayingChat:
    """Replies from a file; a prompt without one is written to ``prompts``, where that is given, and fails."""

    replies: Mapping[str, str]
    prompts: Path | None = None
    counts: Replayed = field(default_factory=Replayed)
    _written: set[str] = field(default_factory=set[str])
    _writing: threading.Lock = field(default_factory=threading.Lock)

    def reply(
        self, rules: str, material: str, *, counted: bool = False, about: Asked | None = None
    ) -> Generator[str, None, Tokens | None]:
        """The whole reply as one piece. Raises ModelFailed where the file has none."""
        if about is None:
            raise ModelFailed(Failure.UNREACHABLE, "only questions are replayed")
        key = key_of(about)
        with self._writing:
            self.counts.asked += 1
            if key not in self.replies:
                self._miss(Prompt(key, about.step.value, about.turns, rules, material, about.clauses))
                raise ModelFailed(Failure.UNREACHABLE, "no reply is recorded")
            said = self._numbered(self.replies[key], about.clauses)
        yield said
        return None

    def _miss(self, prompt: Prompt) -> None:
        self.counts.missing += 1
        self.counts.missing_keys.append(prompt.key)
        if self.prompts is not None and prompt.key not in self._written:
            self._written.add(prompt.key)
            with self.prompts.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(prompt), ensure_ascii=False) + "\n")

    def _numbered(self, reply: str, clauses: Sequence[str]) -> str:
        number = {clause: n for n, clause in enumerate(clauses, start=1)}

        def mark(found: re.Match[str]) -> str:
            n = number.get(found[1], NO_SOURCE)
            self.counts.citations += 1
            self.counts.unmatched += n == NO_SOURCE
            return f"[{n}]"

        return _BY_ID.sub(mark, reply)


@dataclass(frozen=True)
class RecordingChat:
    """Hands on the replies of another and writes each that ended well to a file."""

    chat: Chat
    path: Path
    _writing: threading.Lock = field(default_factory=threading.Lock)

    def reply(
        self, rules: str, material: str, *, counted: bool = False, about: Asked | None = None
    ) -> Generator[str, None, Tokens | None]:
        """The whole reply as one piece. Raises ModelFailed."""
        pieces = self.chat.reply(rules, material, counted=counted, about=about)
        said: list[str] = []
        tokens: Tokens | None = None
        while True:
            try:
                said.append(next(pieces))
            except StopIteration as ended:
                tokens = ended.value
                break
        whole = "".join(said)
        if about is not None:
            with self._writing, self.path.open("a", encoding="utf-8") as file:
                file.write(_line(about.step.value, about.turns, with_ids(whole, about.clauses)))
        yield whole
        return tokens


def with_replies_of(
    policy_bot: PolicyBot, record: Path | None, replay: Path | None, prompts: Path | None
) -> tuple[PolicyBot, Replayed | None]:
    """The bot with replies from a file, or that records those of its model; and the counts where they are replayed.

    Raises EvaluationUnusable for a file that cannot be used, and for --record without a language model.
    """
    settings = policy_bot.settings
    if replay is None and prompts is None:
        if record is None:
            return policy_bot, None
        if policy_bot.writer is None:
            raise EvaluationUnusable("eval.record_needs_a_model")
        recording = RecordingChat(policy_bot.writer.chat, record)
        return replace(policy_bot, writer=replace(policy_bot.writer, chat=recording)), None
    if prompts is not None and prompts.exists():
        raise EvaluationUnusable("eval.file_is_there_already", out=prompts)
    chat = ReplayingChat(read_replies(replay) if replay is not None else {}, prompts)
    writer = Writer.over(chat, settings, policy_bot.corpus, policy_bot.edition)
    return replace(policy_bot, writer=writer), chat.counts


def replayed_text(counts: Replayed | None) -> str:
    """One line on what was replayed and what no longer matches; "" where nothing was."""
    if counts is None:
        return ""
    return (
        f"replayed {counts.asked - counts.missing} of {counts.asked} replies asked for, {counts.missing} have none; "
        f"{counts.unmatched} of {counts.citations} citations are of clauses no longer in the prompt\n"
    )


def joined_text(written: int, without: int) -> str:
    """One line on replies that were joined to their prompts."""
    return f"{written} replies written; {without} prompts have none"


def read_replies(path: Path) -> dict[str, str]:
    """The replies of a file by key. Raises EvaluationUnusable for one that cannot be read."""
    found: dict[str, str] = {}
    for row in _rows(path, ("step", "turns", "reply")):
        about = Asked(AskedStep(row["step"]), tuple(row["turns"]))
        found[key_of(about)] = row["reply"]
    return found


def join_replies(prompts: Path, replies: Sequence[Path], to: Path) -> tuple[int, int]:
    """Write ``to``: the replies, which number their sources as their prompts do, as ``eval run --replay`` reads them.

    A line of ``replies`` has the ``key`` of its prompt and a ``reply``. Returns how many were written and how many
    prompts have none. Raises EvaluationUnusable.
    """
    asked = {row["key"]: row for row in _rows(prompts, ("key", "step", "turns", "clauses"))}
    said = {row["key"]: row["reply"] for path in replies for row in _rows(path, ("key", "reply"))}
    with to.open("a", encoding="utf-8") as file:
        for key, row in asked.items():
            if key in said:
                file.write(_line(row["step"], row["turns"], with_ids(said[key], row["clauses"])))
    return len(asked.keys() & said.keys()), len(asked.keys() - said.keys())


def _line(step: str, turns: Sequence[str], reply: str) -> str:
    return json.dumps({"step": step, "turns": list(turns), "reply": reply}, ensure_ascii=False) + "\n"


def _rows(path: Path, fields: Sequence[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationUnusable("eval.replies_cannot_be_read", path=path, reason=error) from error
    for place, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row: object = json.loads(line)
        except ValueError as error:
            raise EvaluationUnusable("eval.replies_line_faulty", path=path, line=place) from error
        given = cast("dict[str, Any]", row) if isinstance(row, dict) else {}
        is_step = given.get("step", AskedStep.PLAN.value) in [step.value for step in AskedStep]
        if not is_step or not all(_fits(name, given.get(name)) for name in fields):
            raise EvaluationUnusable("eval.replies_line_faulty", path=path, line=place)
        rows.append(given)
    return rows


def _fits(name: str, value: object) -> bool:
    if name in ("turns", "clauses"):
        return isinstance(value, list) and all(isinstance(one, str) for one in cast("list[object]", value))
    return isinstance(value, str)
