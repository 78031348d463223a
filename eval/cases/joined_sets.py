"""Question sets measured together. Two sets may use the same id, so each question goes by ``set/id`` then.

The files keep their ids: a run of one set goes by them, and is compared with a run of several by :func:`renamings`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from eval.cases.case_files import load_cases
from eval.cases.cases import Case
from ingest.errors import EvaluationUnusable

MARK = "/"
"""Between the name of a set and an id of it."""


def load_together(paths: Iterable[Path]) -> tuple[Case, ...]:
    """All cases of the sets in order, by ``set/id`` when there are several sets.

    Raises EvaluationUnusable as :func:`eval.cases.case_files.load_cases`, and when two of the files have one name and share
    an id.
    """
    files = list(paths)
    if len(files) == 1:
        return load_cases(files)
    joined = [replace(case, id=f"{path.stem}{MARK}{case.id}") for path in files for case in load_cases([path])]
    identity, count = Counter(case.id for case in joined).most_common(1)[0] if joined else ("", 0)
    if count > 1:
        raise EvaluationUnusable("eval.two_sets_of_one_name", identity=identity)
    return tuple(joined)


def by_set(cases: Iterable[Case], paths: Sequence[Path]) -> dict[str, list[Case]]:
    """Cases of :func:`load_together`, each set's under its name, in their order; sets without any are left out."""
    sets: dict[str, list[Case]] = {}
    for case in cases:
        name = paths[0].stem if len(paths) == 1 else case.id.partition(MARK)[0]
        sets.setdefault(name, []).append(case)
    return sets


def with_own_ids(cases: Iterable[Case], paths: Sequence[Path]) -> list[Case]:
    """The cases under the ids of their files again, so that what is measured can be told whatever it went by."""
    if len(paths) == 1:
        return list(cases)
    heads = tuple(f"{path.stem}{MARK}" for path in paths)
    return [replace(case, id=_without(case.id, heads)) for case in cases]


def _without(identity: str, heads: Sequence[str]) -> str:
    head = next((head for head in heads if identity.startswith(head)), "")
    return identity[len(head) :]


def own_keys(joined: Collection[str], plain: Iterable[str], sets: Collection[str] = ()) -> dict[str, str]:
    """For each id of ``plain`` the key it has among ``joined``, which are ``set/id``; ids without one are left out.

    ``sets`` are the names of the sets that ``plain`` comes from. Where they are not known, as of a baseline, an id
    that several sets have is that of the set which has most of the ids.
    """
    keys: dict[str, dict[str, str]] = {}  # set → id → key
    for key in joined:
        name, mark, identity = key.partition(MARK)
        if mark and (not sets or name in sets):
            keys.setdefault(name, {})[identity] = key
    ids = list(plain)
    likeliest = sorted(keys.values(), key=lambda known: -sum(identity in known for identity in ids))
    found = {identity: next((known[identity] for known in likeliest if identity in known), "") for identity in ids}
    return {identity: key for identity, key in found.items() if key}


def renamings(
    before: Collection[str], after: Collection[str], sets_before: Sequence[str], sets_after: Sequence[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """What the ids of two runs are to be called, so that a run of one set and a run of several share their questions.

    Both are empty when they share keys as they are.
    """
    if not before or not after or any(key in after for key in before):
        return {}, {}
    if _are_joined(after, sets_after):
        return own_keys(after, before, sets_before), {}
    if _are_joined(before, sets_before):
        return {}, own_keys(before, after, sets_after)
    return {}, {}


def _are_joined(keys: Iterable[str], sets: Sequence[str]) -> bool:
    return all(MARK in key and (not sets or key.partition(MARK)[0] in sets) for key in keys)
