"""``python -m index bench-database``: the search in a database beside the local one and beside an exact one.

Made clauses as in :mod:`index.measure.bench`; of each size the index is built, put into the database, and asked three
times over, each in a process of its own. Every table of vectors has a graph, however small, since that is measured.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from index.embedding.cache import CachedEncoder
from index.in_database.opening import DatabaseSearch
from index.in_database.publishing import publish_index
from index.in_database.tables import bytes_of
from index.measure.bench import (
    BENCH_FOLDER,
    MADE,
    MEGABYTE,
    TOP,
    VECTORS,
    Task,
    apart,
    build_made,
    keep_pool,
    most_memory_mb,
    open_made,
    search_exactly,
    share_found,
)
from index.rankers.protocol import TextEncoder
from index.search.search import search
from index.store.pointer import folder_that_serves
from index.store.store import FOLDER
from index.types import Query
from ingest.corpus.load import load_corpus
from ingest.database.database import Database

FIRST = 5  # hits that are compared with those of the local search


@dataclass(frozen=True)
class Asked:
    """What asking all questions twice cost; without the embedding model."""

    first_p95_ms: float  # of the first turn, when nothing is remembered
    p50_ms: float
    p95_ms: float
    memory_mb: float  # most that the process ever held
    found: Sequence[Sequence[str]]  # ids of the clauses


@dataclass(frozen=True)
class DatabaseRow:
    """One row of the table. Shares are of the ten best clauses of an exact search."""

    clauses: int
    put_s: float  # from the files of the index into the database, graphs included
    database_mb: float
    local: Asked
    there: Asked
    local_recall: float
    recall: float
    same_first: float  # share of the first five hits of the local search that are among the first five


def run_database_bench(
    corpus: Path, sizes: Sequence[int], questions: Sequence[str], encoder: TextEncoder, home: Path, address: str
) -> Iterator[DatabaseRow]:
    """Measures so many made clauses, one size after another. Raises what building, opening and the database raise."""
    room = home / BENCH_FOLDER
    pool = room / "pool"
    keep_pool(load_corpus(corpus), corpus, questions, CachedEncoder(encoder, room / VECTORS), home, pool)
    for size in sizes:
        task = Task(MADE, corpus, room / f"{MADE}-{size}", size, pool, home)
        apart(build_made, task)
        put_s, bytes_there = apart(partial(_put, address), task)
        local, there = apart(partial(_ask, ""), task), apart(partial(_ask, address), task)
        _, exact = apart(search_exactly, task)
        yield DatabaseRow(
            clauses=size,
            put_s=put_s,
            database_mb=bytes_there / MEGABYTE,
            local=local,
            there=there,
            local_recall=share_found(local.found, exact),
            recall=share_found(there.found, exact),
            same_first=share_found([ids[:FIRST] for ids in there.found], [ids[:FIRST] for ids in local.found]),
        )


def _put(address: str, task: Task) -> tuple[float, int]:
    database = Database(address)
    try:
        started = time.perf_counter()
        number = publish_index(
            database, folder_that_serves(task.home / FOLDER), f"{MADE}-{task.clauses}", exact_up_to=0
        )
        return time.perf_counter() - started, bytes_of(database, number)
    finally:
        database.close()


def _ask(address: str, task: Task) -> Asked:
    clause_index, questions, _ = open_made(task, DatabaseSearch(Database(address)) if address else None)
    turns: list[list[float]] = [[], []]
    found: list[list[str]] = []
    for took in turns:
        found = []
        for question in questions:
            started = time.perf_counter()
            found.append([hit.clause.id for hit in search(clause_index, Query.of(question), TOP)])
            took.append(time.perf_counter() - started)
    p50, p95 = np.percentile(turns[1], [50, 95]) * 1000
    return Asked(float(np.percentile(turns[0], 95)) * 1000, float(p50), float(p95), most_memory_mb(), found)


def as_json(row: DatabaseRow) -> Mapping[str, object]:
    """For machines."""
    return {
        "clauses": row.clauses,
        "put_s": row.put_s,
        "database_mb": row.database_mb,
        "recall": {"local": row.local_recall, "database": row.recall},
        "same_first": row.same_first,
        **{
            name: {"first_p95_ms": a.first_p95_ms, "p50_ms": a.p50_ms, "p95_ms": a.p95_ms, "memory_mb": a.memory_mb}
            for name, a in (("local", row.local), ("database", row.there))
        },
    }


def database_table(rows: Sequence[DatabaseRow]) -> str:
    """As Markdown."""
    head = ("clauses", "put s", "database MB", "search", "first p95 ms", "p50 ms", "p95 ms", "memory MB", "recall@10",
            "same first 5")  # fmt: skip
    lines = [f"| {' | '.join(head)} |", f"|{'---:|' * len(head)}"]
    for row in rows:
        for name, asked, recall in (("local", row.local, row.local_recall), ("database", row.there, row.recall)):
            there = name == "database"
            cells = (
                f"{row.clauses:,}", f"{row.put_s:.0f}" if there else "", f"{row.database_mb:,.0f}" if there else "", name,
                f"{asked.first_p95_ms:.0f}", f"{asked.p50_ms:.0f}", f"{asked.p95_ms:.0f}", f"{asked.memory_mb:,.0f}",
                f"{recall:.3f}", f"{row.same_first:.3f}" if there else "",
            )  # fmt: skip
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
