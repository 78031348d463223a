"""``python -m index bench``: build time, disk, memory, speed and recall over corpora of three sizes.

Each corpus is built, searched exactly and searched as users do in a process of its own, so that the memory of one says
nothing of another. Questions are embedded beforehand: times are those of search alone.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from index.embedding.cache import CachedEncoder, KeptVectors
from index.glossary.glossary import load_glossary, product_glossary
from index.measure.exact_search import exactly, recall_of_tables
from index.measure.synthetic_clauses import LONGEST, SHORTEST, MadeVectors, Pool, made_corpus
from index.rankers.protocol import TextEncoder, Vectors
from index.rankers.vectors import ClauseVectors, SentenceVectors, load_table
from index.search.search import search
from index.store.pointer import POINTER
from index.store.store import FOLDER, ClauseIndex, Elsewhere, build_index, open_index
from index.types import Query
from ingest.corpus.load import load_corpus
from ingest.errors import CorpusUnusable
from ingest.types import Corpus

BENCH_FOLDER = "bench"
VECTORS = "vectors"
QUESTIONS = 200  # at most; the first ones of the file
ASKED_CHARACTERS = 30  # of a clause that asks for itself
TOP = 10
MEGABYTE = 1024 * 1024
Result = TypeVar("Result")
COMPENDIUM, LAWS, MADE = "corpus", "laws", "made"


@dataclass(frozen=True)
class Task:
    """One corpus to measure. Everything below ``home`` may be thrown away."""

    name: str
    folder: Path  # of the texts, and of the glossary of made ones
    home: Path
    clauses: int  # to be made; 0 for the texts of the folder
    pool: Path  # folder of what all processes share: sentences, their vectors, questions
    serving: Path  # home of the index of the compendium


@dataclass(frozen=True)
class BenchRow:
    """One row of the table."""

    corpus: str
    clauses: int
    vectors: int
    build_s: float  # embedding apart
    build_cpu_s: float
    disk_mb: float
    memory_mb: float  # most that the process that opens and searches ever held, without the embedding model
    open_s: float
    p50_ms: float
    p95_ms: float
    cpu_p50_ms: float
    cpu_p95_ms: float
    recall: float  # share of the ten best of an exact search that are found
    kinds: Mapping[str, str]
    recall_of_tables: Mapping[str, float]  # of the ten nearest vectors
    real_vectors: float  # share of passages whose vector the model made; the others are mixtures


def run_bench(
    corpus: Path, laws: Path | None, clauses: int, questions: Sequence[str], encoder: TextEncoder, home: Path,
    *, embed_laws: bool = False,
) -> Iterator[BenchRow]:  # fmt: skip
    """Measures the compendium, the laws if there are any, and made clauses, one after another.

    ``questions`` are asked of each. ``embed_laws`` embeds every text of the laws with the model (hours; kept for the
    next time), else what was not embedded before gets a made vector. Raises what building and opening raise.
    """
    room = home / BENCH_FOLDER
    cached = CachedEncoder(encoder, room / VECTORS)
    pool = room / "pool"
    keep_pool(load_corpus(corpus), corpus, questions, cached, home, pool)
    if laws is not None and embed_laws:
        build_index(load_corpus(laws), cached, room / LAWS)
    tasks = [Task(COMPENDIUM, corpus, room / COMPENDIUM, 0, pool, home)]
    if laws is not None:
        tasks.append(Task(LAWS, laws, room / LAWS, 0, pool, home))
    if clauses:
        tasks.append(Task(MADE, corpus, room / f"{MADE}-{clauses}", clauses, pool, home))
    for task in tasks:
        built = apart(build_made, task)
        measured, found = apart(_measure, task)
        recalls, exact = apart(search_exactly, task)
        yield replace(measured, recall=share_found(found, exact), recall_of_tables=recalls, **built)


def read_questions(file: Path | None, corpus: Path) -> list[str]:
    """The last turn of each row of a question file, or, without one, the beginnings of clauses of the corpus.

    Raises CorpusUnusable when the file cannot be read.
    """
    if file is None:
        clauses = load_corpus(corpus).clauses
        return [clause.text[:ASKED_CHARACTERS] for clause in clauses[:: max(1, len(clauses) // QUESTIONS)]]
    try:
        return [str(json.loads(line)["turns"][-1]) for line in file.read_text(encoding="utf-8").splitlines() if line]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise CorpusUnusable("index.laws_are_no_json_lines", file=file, reason=error) from error


def keep_pool(
    corpus: Corpus, folder: Path, questions: Sequence[str], encoder: CachedEncoder, home: Path, pool: Path
) -> None:
    """Writes the sentences of the index that serves with their vectors, and the questions with theirs."""
    serving = open_index(corpus, encoder, home)
    table = serving.sentence_vectors.table
    texts = [
        s.of(c.text).strip() for c, found in zip(corpus.clauses, serving.shelf.sentences, strict=True) for s in found
    ]
    rows = [row for row, text in enumerate(texts) if SHORTEST <= len(text) <= LONGEST]
    glossary = load_glossary(folder).over(product_glossary())
    wordings = list(dict.fromkeys(text for q in questions[:QUESTIONS] for text in (q, glossary.gloss(q)) if text))
    pool.mkdir(parents=True, exist_ok=True)
    np.save(pool / "sentences.npy", table.rows()[rows])
    np.save(pool / "wordings.npy", encoder.encode_queries(wordings))
    kept = {
        "sentences": [texts[row] for row in rows],
        "wordings": wordings,
        "questions": list(questions[:QUESTIONS]),
        "identity": encoder.identity,
    }
    (pool / "pool.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


@dataclass(frozen=True)
class _Shared:
    pool: Pool
    questions: tuple[str, ...]
    wordings: Mapping[str, Vectors]
    identity: str

    @classmethod
    def read(cls, folder: Path) -> _Shared:
        kept = json.loads((folder / "pool.json").read_text(encoding="utf-8"))
        pool = Pool(tuple(kept["sentences"]), np.load(folder / "sentences.npy"))
        wordings = dict(zip(kept["wordings"], np.load(folder / "wordings.npy"), strict=True))
        return cls(pool, tuple(kept["questions"]), wordings, kept["identity"])


def _corpus_of(task: Task, shared: _Shared) -> Corpus:
    return made_corpus(shared.pool.texts, task.clauses, task.folder) if task.clauses else load_corpus(task.folder)


def _encoder(shared: _Shared, known: Sequence[Mapping[str, Vectors]] = ()) -> MadeVectors:
    identity = f"{shared.identity} and mixtures"
    return MadeVectors(shared.pool, identity, known, shared.wordings)


def _known(task: Task, shared: _Shared) -> list[Mapping[str, Vectors]]:
    """What the model embedded before: for the index that serves, or for this measurement."""
    if task.clauses:
        return []
    store = task.serving / FOLDER
    folder = store / (store / POINTER).read_text(encoding="utf-8").strip()
    tables = [load_table(folder / ranker.name).by_key() for ranker in (ClauseVectors, SentenceVectors)]
    return [KeptVectors(task.home.parent / VECTORS, shared.identity, shared.pool.vectors.shape[1]), *tables]


def build_made(task: Task) -> dict[str, float]:
    """Builds the index of a task; says how long that took, in seconds, and which share of the vectors is the model's."""
    shared = _Shared.read(task.pool)
    corpus = _corpus_of(task, shared)
    encoder = _encoder(shared, _known(task, shared))
    started, cpu = time.perf_counter(), time.process_time()
    build_index(corpus, encoder, task.home, force=True)
    return {
        "build_s": time.perf_counter() - started,
        "build_cpu_s": time.process_time() - cpu,
        "real_vectors": encoder.share_known,
    }


def open_made(task: Task, elsewhere: Elsewhere | None = None) -> tuple[ClauseIndex, tuple[str, ...], float]:
    """The index of a task, the questions, and the seconds that opening took."""
    shared = _Shared.read(task.pool)
    corpus = _corpus_of(task, shared)
    started = time.perf_counter()
    return (
        open_index(corpus, _encoder(shared), task.home, elsewhere=elsewhere),
        shared.questions,
        time.perf_counter() - started,
    )


def _measure(task: Task) -> tuple[BenchRow, list[list[str]]]:
    clause_index, questions, open_s = open_made(task)
    found: list[list[str]] = []
    wall: list[float] = []
    cpu: list[float] = []
    for turn in range(2):  # the first turn warms up: dictionary, mapped pages
        found = []
        for question in questions:
            started, started_cpu = time.perf_counter(), time.process_time()
            hits = search(clause_index, Query.of(question), TOP)
            if turn:
                wall.append(time.perf_counter() - started)
                cpu.append(time.process_time() - started_cpu)
            found.append([hit.clause.id for hit in hits])
    folder = task.home / FOLDER
    disk = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    p50, p95 = np.percentile(wall, [50, 95]) * 1000
    cpu_p50, cpu_p95 = np.percentile(cpu, [50, 95]) * 1000
    measured = BenchRow(
        corpus=task.name, clauses=len(clause_index.shelf.clauses), vectors=_vector_count(clause_index),
        build_s=0, build_cpu_s=0, disk_mb=disk / MEGABYTE, memory_mb=most_memory_mb(), open_s=open_s,
        p50_ms=float(p50), p95_ms=float(p95), cpu_p50_ms=float(cpu_p50), cpu_p95_ms=float(cpu_p95), recall=0,
        kinds=clause_index.manifest.kinds, recall_of_tables={}, real_vectors=0,
    )  # fmt: skip
    return measured, found


def _vector_count(clause_index: ClauseIndex) -> int:
    kinds = (ClauseVectors, SentenceVectors)
    return sum(len(ranker.table) for ranker in clause_index.rankers if isinstance(ranker, kinds))


def most_memory_mb() -> float:
    """Most that this process ever held."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / MEGABYTE if sys.platform == "darwin" else most / 1024  # bytes there, kilobytes elsewhere


def search_exactly(task: Task) -> tuple[dict[str, float], list[list[str]]]:
    """Share of the nearest vectors that each table finds, and the clauses found when every vector is compared."""
    clause_index, questions, _ = open_made(task)
    exact = exactly(clause_index, questions)
    recalls = recall_of_tables(clause_index, exact, questions, TOP)
    return recalls, [[hit.clause.id for hit in search(exact, Query.of(question), TOP)] for question in questions]


def share_found(found: Sequence[Sequence[str]], exact: Sequence[Sequence[str]]) -> float:
    """Share of the clauses of ``exact``, question by question, that are also among those ``found``."""
    wanted = sum(map(len, exact))
    return sum(len(set(some) & set(all_of_them)) for some, all_of_them in zip(found, exact, strict=True)) / max(
        1, wanted
    )


def apart(work: Callable[[Task], Result], task: Task) -> Result:
    """Does the work in a process of its own, started afresh."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(work, task).result()


def table_of(rows: Sequence[BenchRow]) -> str:
    """For people: one line a corpus, what search is made of below."""
    head = ("corpus", "clauses", "vectors", "real", "build s", "(CPU)", "disk MB", "memory MB", "open s", "p50 ms", "p95 ms",
            "CPU p50", "CPU p95", "recall@10")  # fmt: skip
    cells = [
        (r.corpus, f"{r.clauses:,}", f"{r.vectors:,}", f"{r.real_vectors:.0%}", f"{r.build_s:.0f}", f"{r.build_cpu_s:.0f}",
         f"{r.disk_mb:,.0f}", f"{r.memory_mb:,.0f}", f"{r.open_s:.1f}", f"{r.p50_ms:.1f}", f"{r.p95_ms:.1f}",
         f"{r.cpu_p50_ms:.1f}", f"{r.cpu_p95_ms:.1f}", f"{r.recall:.3f}")
        for r in rows
    ]  # fmt: skip
    widths = [max(len(row[column]) for row in (head, *cells)) for column in range(len(head))]
    lines = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in (head, *cells)]
    for r in rows:
        said = (
            f"{name}: {kind}, of questions {r.recall_of_tables[name]:.3f}" for name, kind in sorted(r.kinds.items())
        )
        lines.append(f"{r.corpus}: {'; '.join(said)}")
    return "\n".join(lines)
