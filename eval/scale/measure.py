"""``python -m eval scale``: what opening a corpus and asking it costs, at several sizes.

Each size is built and asked in processes of their own, so that the memory of one says nothing of another. Questions are
asked as users ask them; the time of the embedding model, which knows nothing of the corpus, is told apart.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np

from bot.pipeline import PolicyBot
from bot.settings import BotSettings
from eval.cases.cases import Case
from eval.scale.copies import Copies
from eval.scale.stand_in import CopyEncoder, identity_of
from index.embedding.encoder import Encoder
from index.rankers.protocol import TextEncoder, Vectors
from index.store.serving import open_kept, vectors_of
from index.store.store import FOLDER, build_index
from ingest.corpus.load import load_corpus
from ingest.corpus.packed_clauses import ClauseCollector
from ingest.corpus.versions import serving_folder

SCALE_FOLDER = "scale"
MEGABYTE = 1024 * 1024
Asked = TypeVar("Asked")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Task:
    """One size to measure. Everything below ``home`` may be thrown away."""

    clauses: int
    home: Path
    settings: BotSettings
    questions: tuple[Case, ...]
    as_of: date


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """One row of the table. Times in seconds, but for those of questions."""

    clauses: int
    documents: int
    disk_mb: float
    build_s: float = 0  # without making the copies
    check_s: float = 0  # seeing that the texts are those of the index
    ready_s: float = 0  # opening, and loading all that the first question would wait for
    ready_cpu_s: float = 0  # the same in processor time, which other work on the machine does not lengthen
    memory_mb: float = 0  # most that the process that opens and is asked ever held, the embedding model included
    opening_reads: int = 0  # clauses read until ready
    question_reads: float = 0  # clauses read for a question, on average, of those not read before
    p50_ms: float = 0  # of a question, without the embedding model
    p95_ms: float = 0
    slowest_ms: float = 0
    cpu_p50_ms: float = 0  # of a question in processor time, likewise without the model
    cpu_p95_ms: float = 0
    model_ms: float = 0  # of the embedding model, on average


def run_scale(
    sizes: Sequence[int], questions: Sequence[Case], settings: BotSettings, as_of: date
) -> Iterator[ScaleRow]:
    """Measures copies of the corpus that serves, one size after another. Raises what building and opening raise."""
    for size in sizes:
        task = Task(size, settings.home / SCALE_FOLDER / str(size), settings, tuple(questions), as_of)
        built = _apart(_build, task)
        yield replace(_apart(_measure, task), build_s=built)


def _build(task: Task) -> float:
    settings = task.settings
    copies = Copies.of(load_corpus(serving_folder(settings.corpus, settings.home)))
    model = Encoder.load(settings.embedding_model, settings.home, settings.threads)
    encoder = CopyEncoder.of(model, copies, vectors_of(settings.home, model))
    clauses = ClauseCollector()
    clauses.add(copies.clauses(task.clauses))
    corpus = copies.corpus_of(task.clauses, clauses.collected())
    started = time.perf_counter()
    build_index(corpus, encoder, task.home)
    return time.perf_counter() - started


@dataclass(frozen=True, slots=True)
class Clocks:
    """Seconds on the wall, and of processors for this process."""

    wall: float
    cpu: float

    @classmethod
    def now(cls) -> Clocks:
        """Both."""
        return cls(time.perf_counter(), time.process_time())

    def __add__(self, other: Clocks) -> Clocks:
        return Clocks(self.wall + other.wall, self.cpu + other.cpu)

    def __sub__(self, other: Clocks) -> Clocks:
        return Clocks(self.wall - other.wall, self.cpu - other.cpu)


class _TimedModel:
    """The model, timed."""

    def __init__(self, model: TextEncoder) -> None:
        self._model, self.dim, self.identity = model, model.dim, identity_of(model)
        self.took = Clocks(0, 0)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As the model."""
        started = Clocks.now()
        vectors = self._model.encode_queries(texts)
        self.took += Clocks.now() - started
        return vectors

    def encode_passages(self, texts: Sequence[str], *, progress: str | None = None) -> Vectors:
        """As the model."""
        return self._model.encode_passages(texts, progress=progress)


def _measure(task: Task) -> ScaleRow:
    settings = task.settings
    model = _TimedModel(Encoder.load(settings.embedding_model, settings.home, settings.threads))
    check_s = _hashed_s(task.home)
    started = Clocks.now()
    bot = PolicyBot.over(open_kept(settings.corpus, model, task.home), settings).warmed()
    ready = Clocks.now() - started
    opening_reads = reads_of(bot)
    took, of_model = _ask(bot, model, task)
    p50, p95 = np.percentile([one.wall for one in took], [50, 95]) * 1000
    cpu_p50, cpu_p95 = np.percentile([one.cpu for one in took], [50, 95]) * 1000
    return ScaleRow(
        clauses=len(bot.corpus.clauses),
        documents=len(bot.corpus.documents),
        disk_mb=sum(path.stat().st_size for path in _files(task.home)) / MEGABYTE,
        check_s=check_s,
        ready_s=ready.wall,
        ready_cpu_s=ready.cpu,
        memory_mb=_most_memory_mb(),
        opening_reads=opening_reads,
        question_reads=(reads_of(bot) - opening_reads) / max(1, len(took)),
        p50_ms=float(p50),
        p95_ms=float(p95),
        slowest_ms=max(one.wall for one in took) * 1000,
        cpu_p50_ms=float(cpu_p50),
        cpu_p95_ms=float(cpu_p95),
        model_ms=of_model.wall / max(1, len(took)) * 1000,
    )


def _ask(bot: PolicyBot, model: _TimedModel, task: Task) -> tuple[list[Clocks], Clocks]:
    """What each question took without the model, and what the model took for all of them."""
    took: list[Clocks] = []
    before = model.took
    for case in task.questions:
        started, of_model = Clocks.now(), model.took
        bot.ask(case.question(task.as_of))
        took.append(Clocks.now() - started - (model.took - of_model))
    return took, model.took - before


def reads_of(bot: PolicyBot) -> int:
    """Clauses read from disk so far; 0 where they lie in memory."""
    return int(getattr(bot.corpus.clauses, "reads", 0))


def _hashed_s(home: Path) -> float:
    """What it costs to see that the texts are the same: the digest of as many bytes."""
    started = time.perf_counter()
    for path in (path for path in _files(home) if path.name.startswith("sources-rows")):
        with path.open("rb") as file:
            hashlib.file_digest(file, "sha256")
    return time.perf_counter() - started


def _files(home: Path) -> Iterator[Path]:
    return (path for path in (home / FOLDER).rglob("*") if path.is_file())


def _most_memory_mb() -> float:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / MEGABYTE if sys.platform == "darwin" else most / 1024  # bytes there, kilobytes elsewhere


def _apart(work: Callable[[Asked], Result], asked: Asked) -> Result:
    """Does the work in a process of its own, started afresh."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(work, asked).result()


_COLUMNS: Mapping[str, Callable[[ScaleRow], str]] = {
    "clauses": lambda row: f"{row.clauses:,}",
    "documents": lambda row: f"{row.documents:,}",
    "build s": lambda row: f"{row.build_s:.0f}",
    "disk MB": lambda row: f"{row.disk_mb:,.0f}",
    "check s": lambda row: f"{row.check_s:.1f}",
    "ready s": lambda row: f"{row.ready_s:.1f}",
    "(CPU)": lambda row: f"{row.ready_cpu_s:.1f}",
    "memory MB": lambda row: f"{row.memory_mb:,.0f}",
    "clauses read until ready": lambda row: f"{row.opening_reads:,}",
    "for a question": lambda row: f"{row.question_reads:,.0f}",
    "p50 ms": lambda row: f"{row.p50_ms:.0f}",
    "p95 ms": lambda row: f"{row.p95_ms:.0f}",
    "slowest ms": lambda row: f"{row.slowest_ms:,.0f}",
    "CPU p50": lambda row: f"{row.cpu_p50_ms:.0f}",
    "CPU p95": lambda row: f"{row.cpu_p95_ms:.0f}",
    "model ms": lambda row: f"{row.model_ms:.0f}",
}


def scale_tables(rows: Iterable[ScaleRow]) -> Iterator[str]:
    """The table after each size, since a larger one may take hours or run out of memory."""
    told: list[ScaleRow] = []
    for row in rows:
        told.append(row)
        yield scale_table(told)


def scale_table(rows: Sequence[ScaleRow]) -> str:
    """As Markdown."""
    lines = [f"| {' | '.join(_COLUMNS)} |", f"|{'---:|' * len(_COLUMNS)}"]
    lines += [f"| {' | '.join(said(row) for said in _COLUMNS.values())} |" for row in rows]
    return "\n".join(lines)
