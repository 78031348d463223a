"""What a run was: question sets, corpus, index, settings and versions, as ``run.json`` keeps them."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit

from bot.settings import BotSettings
from eval.cases.cases import Case, row_from_case
from eval.cases.joined_sets import with_own_ids
from eval.runs.run import Plan
from index.store.manifest import Manifest

LIBRARIES = ("policyqa", "torch", "sentence-transformers", "faiss-cpu", "bm25s", "jieba", "numpy", "langchain-core")
"""What an answer can depend on."""

NOT_KEPT = frozenset({"home", "corpus", "records", "keep_records_days"})
"""Paths of one machine, and what is recorded there: they change no answer, and a run folder is passed on."""


def about_run(
    sets: Sequence[Path],
    cases: Sequence[Case],
    corpus_digest: str,
    manifest: Manifest,
    plan: Plan,
    settings: BotSettings,
) -> dict[str, object]:
    """The fields of ``run.json`` that are known before the first question."""
    return {
        "questions": [{"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in sets],
        "cases": len(cases),
        "cases_sha256": _digest(with_own_ids(cases, sets)),
        "corpus": corpus_digest,
        "index": json.loads(manifest.to_json()),
        "as_of": plan.as_of.isoformat(),
        "retrieval_only": plan.retrieval_only,
        "workers": plan.workers,
        "settings": {
            **settings.model_dump(mode="json", exclude=set(NOT_KEPT)),
            "chat_base_url": _without_login(settings.chat_base_url),
        },
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in LIBRARIES}},
    }


def _digest(cases: Sequence[Case]) -> str:
    """Tells a run of some questions of a set (--limit, --kind) from a run of others."""
    rows = json.dumps([row_from_case(case) for case in cases], ensure_ascii=False)
    return hashlib.sha256(rows.encode()).hexdigest()


def _without_login(url: str | None) -> str | None:
    """A name and password in the address of a server are not for those a run is passed on to."""
    return None if url is None else urlsplit(url)._replace(netloc=urlsplit(url).netloc.rpartition("@")[2]).geturl()


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None
