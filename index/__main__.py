"""``python -m index build|publish|search|bench|kills``: make the search index, look into it, measure it."""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from index.embedding.encoder import Encoder
from index.glossary.of_corpus import glossary_of
from index.glossary.term_mining import terms_without_word
from index.in_database.opening import search_elsewhere
from index.in_database.publishing import publish_index
from index.in_database.tables import check_kind
from index.measure.bench import BenchRow, read_questions, run_bench, table_of
from index.measure.database_bench import DatabaseRow, as_json, database_table, run_database_bench
from index.measure.killed_builds import kill_builds
from index.scoring.reranker import Reranker
from index.search.search import search
from index.search.spelling_terms import spelling_of
from index.settings import IndexSettings
from index.store.pointer import folder_that_serves
from index.store.store import ENGLISH_SENTENCES, FOLDER, build_index, open_index
from index.types import Filters, Hit, Query
from ingest.command_line import BAD_INPUT, run
from ingest.corpus.load import load_corpus
from ingest.corpus.versions import serving_folder
from ingest.database.database import database_at
from ingest.errors import DatabaseUnusable
from ingest.normalise import to_simplified
from ingest.output.report import name_left_out
from ingest.types import Corpus
from ingest.whole_characters import check_whole

MILLION = 1_000_000
LINE_CHARACTERS = 60  # of a clause's text in the list for people


def main(arguments: list[str] | None = None) -> int:
    """Entry point; returns the exit status."""
    options = _parser().parse_args(arguments)
    return run(lambda: COMMANDS[options.command](options), debug=options.debug)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description="Build and search the index of clauses.")
    parser.add_argument("--debug", action="store_true", help="show a traceback with an error")
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="build the index; does nothing when it fits already")
    build.add_argument("--force", action="store_true", help="build anew from nothing, every text embedded again")
    publish = commands.add_parser("publish", help="put the index that serves into the database, to be searched there")
    publish.add_argument("--version", default="", metavar="NAME", help="the version of the corpus that it is of")
    find = commands.add_parser("search", help="show the clauses found for a question, and by what")
    find.add_argument("question")
    find.add_argument("-k", type=_at_least_one, default=10, metavar="N", help="how many clauses (default 10)")
    find.add_argument("--level", action="append", default=[], help="only this level of government; may be repeated")
    find.add_argument("--json", action="store_true", help="for machines")
    terms = commands.add_parser("terms", help="list terms of the corpus that the glossary has no everyday word for")
    terms.add_argument("--least", type=_at_least_one, default=3, metavar="N", help="in how many clauses (default 3)")
    bench = commands.add_parser("bench", help="build time, disk, memory, speed and recall over small and large corpora")
    bench.add_argument("--laws", type=Path, metavar="DIR", help="also over the texts of this folder")
    bench.add_argument("--embed", action="store_true", help="embed those texts with the model first (hours; kept)")
    bench.add_argument(
        "--clauses", type=_at_least_none, default=MILLION, metavar="N", help="how many made clauses (default 1000000)"
    )
    bench.add_argument(
        "--questions", type=Path, metavar="FILE", help='JSON lines with "turns"; without it clauses of the corpus ask'
    )
    bench.add_argument("--json", action="store_true", help="for machines")
    there = commands.add_parser("bench-database", help="the search in the database beside the local and an exact one")
    there.add_argument(
        "--clauses", type=_at_least_one, nargs="+", default=[100_000], metavar="N", help="made clauses (default 100000)"
    )
    there.add_argument("--questions", type=Path, metavar="FILE", help="as of bench")
    there.add_argument("--json", action="store_true", help="for machines")
    kills = commands.add_parser("kills", help="kill builders at random moments; does an index serve after each?")
    kills.add_argument("-n", type=_at_least_one, default=200, metavar="N", help="how many (default 200)")
    return parser


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _at_least_none(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must be 0 or more")
    return number


def _build(options: argparse.Namespace) -> int:
    settings = IndexSettings()
    started = time.perf_counter()
    corpus = load_corpus(serving_folder(settings.corpus, settings.home))
    encoder = Encoder.load(settings.embedding_model, settings.home, settings.threads)
    folder = build_index(corpus, encoder, settings.home, progress=True, force=options.force)
    counts = open_index(corpus, encoder, settings.home).manifest.counts
    print(
        f"{counts['documents']} documents · {counts['clauses']:,} clauses · {counts['sentences']:,} sentences"
        f"{f' · {english:,} in English' if (english := counts.get(ENGLISH_SENTENCES)) else ''}"
        f" · {encoder.identity}\n{folder} serves, after {time.perf_counter() - started:.1f} s."
        f'            Next: python -m index search "问题"'
    )
    return BAD_INPUT if name_left_out(corpus) else 0


def _publish(options: argparse.Namespace) -> int:
    settings = IndexSettings()
    database = database_at(settings.database_url)
    if database is None:
        raise DatabaseUnusable("index.search_without_database")
    folder, started = folder_that_serves(settings.home / FOLDER), time.perf_counter()
    try:
        number = publish_index(database, folder, options.version)
    finally:
        database.close()
    print(
        f"{folder} is index {number} of {database.where}, after {time.perf_counter() - started:.1f} s."
        "            Next: POLICYQA_SEARCH=database"
    )
    return 0


def _search(options: argparse.Namespace) -> int:
    check_whole(options.question)
    settings = IndexSettings()
    corpus = load_corpus(serving_folder(settings.corpus, settings.home))
    filters = Filters.of_levels(options.level, corpus)
    encoder = Encoder.load(settings.embedding_model, settings.home, settings.threads)
    elsewhere = search_elsewhere(settings.search, settings.database_url)
    clause_index = open_index(corpus, encoder, settings.home, Reranker.of(settings.reranker), elsewhere)
    spelled = spelling_of(clause_index).read(to_simplified(options.question))
    hits = search(clause_index, Query.of(spelled.text, filters), options.k)
    if elsewhere is not None:
        elsewhere.close()
    if options.json:
        print(json.dumps([hit_json(hit, corpus) for hit in hits], ensure_ascii=False, indent=2))
    else:
        print("".join(f"“{one.typed}” read as “{one.read}”\n" for one in spelled.corrections), end="")
        print("\n".join(_line(hit, corpus) for hit in hits) or "Nothing found.")
    return 0


def _bench(options: argparse.Namespace) -> int:
    settings = IndexSettings()
    encoder = Encoder.load(settings.embedding_model, settings.home, settings.threads)
    questions = read_questions(options.questions, settings.corpus)
    rows: list[BenchRow] = []
    for row in run_bench(
        settings.corpus, options.laws, options.clauses, questions, encoder, settings.home, embed_laws=options.embed
    ):
        rows.append(row)
        print(f"{row.corpus}: measured", file=sys.stderr)
    print(json.dumps([asdict(row) for row in rows], indent=2) if options.json else table_of(rows))
    return 0


def _bench_database(options: argparse.Namespace) -> int:
    settings = IndexSettings()
    database = database_at(settings.database_url)
    if database is None or settings.database_url is None:
        raise DatabaseUnusable("index.search_without_database")
    check_kind(database)
    encoder = Encoder.load(settings.embedding_model, settings.home, settings.threads)
    questions = read_questions(options.questions, settings.corpus)
    address = settings.database_url.get_secret_value()
    rows: list[DatabaseRow] = []
    for row in run_database_bench(settings.corpus, options.clauses, questions, encoder, settings.home, address):
        rows.append(row)
        print(json.dumps(as_json(row)) if options.json else database_table(rows), flush=True)
    return 0


def _kills(options: argparse.Namespace) -> int:
    outcome = kill_builds(IndexSettings().corpus, options.n)
    print(
        f"{outcome.kills} builds, {outcome.finished} done before their moment; an index served {outcome.served} times."
    )
    print("\n".join(outcome.faults), end="")
    return 1 if outcome.faults else 0


def _terms(options: argparse.Namespace) -> int:
    settings = IndexSettings()
    corpus = load_corpus(serving_folder(settings.corpus, settings.home))
    for term in terms_without_word(corpus, glossary_of(corpus), options.least):
        print(f"{term.clauses:>4}  {term.text}  {corpus.document_of(term.first).title} {term.first.address}")
    return 0


COMMANDS = {
    "build": _build,
    "publish": _publish,
    "search": _search,
    "terms": _terms,
    "kills": _kills,
    "bench": _bench,
    "bench-database": _bench_database,
}


def hit_json(hit: Hit, corpus: Corpus) -> dict[str, object]:
    """One hit for machines."""
    return {
        "rank": hit.rank,
        "score": hit.score,
        "clause_id": hit.clause.id,
        "text": hit.clause.text,
        "document": corpus.document_of(hit.clause).title,
        "address": hit.clause.address,
        **({"english": hit.english} if hit.english is not None else {}),
        "found_by": {name: {"rank": found.rank, "score": found.score} for name, found in hit.found_by.items()},
    }


def _line(hit: Hit, corpus: Corpus) -> str:
    found_by = " ".join(f"{name}#{found.rank}" for name, found in hit.found_by.items())
    page = f"p.{hit.clause.page}" if hit.clause.page is not None else "-"
    title = corpus.document_of(hit.clause).title
    return f"{hit.rank:>3}  {hit.score:.3f}  {title} {hit.clause.address}  {page}  [{found_by}]\n     {hit.clause.text[:LINE_CHARACTERS]}"


if __name__ == "__main__":
    sys.exit(main())
