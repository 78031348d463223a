"""Questions of the sets that come with the product, which nobody changes, and the mended copies that count in their place.

<home>/questions/
    .superseded.json     by "set/id" of a question: the mark of it, and set and id of its copy
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from eval.cases.case_files import load_cases
from eval.cases.cases import Case
from eval.cases.joined_sets import MARK, load_together
from eval.sets.question_sets import FOLDER, QuestionSet, case_mark, question_sets
from ingest.errors import EvaluationUnusable

FILE = ".superseded.json"


def read_superseded(home: Path) -> Mapping[str, tuple[str, str]]:
    """By ``set/id``: the mark of the question, and ``set/id`` of its copy. A file that is broken names none."""
    with suppress(OSError, ValueError, AttributeError):
        said = json.loads((home / FOLDER / FILE).read_bytes())
        return {str(old): (str(one[0]), str(one[1])) for old, one in said.items() if len(one) == 2}
    return {}


def note_superseded(home: Path, name: str, mended: Sequence[tuple[Case, str, str, str]]) -> None:
    """Of questions that were put into the set ``name``: what each was made of, as set, id and mark.

    Only those that come with the product are superseded; others are changed. Raises EvaluationUnusable.
    """
    sets = question_sets(home)
    ours = {one.name for one in sets if not one.writable}
    made = [(case, old, identity, mark) for case, old, identity, mark in mended if old in ours]
    if not made:
        return
    there = [case for one in sets if one.name == name for case in load_cases([one.path])]
    ids = {replace(case, id=""): case.id for case in there}
    copies = {
        f"{old}{MARK}{identity}": (mark, f"{name}{MARK}{ids[replace(case, id='')]}")
        for case, old, identity, mark in made
    }
    path = home / FOLDER / FILE
    aside = path.with_name(f"{FILE}.{os.getpid()}")
    try:
        aside.write_text(json.dumps({**read_superseded(home), **copies}, ensure_ascii=False, indent=1), "utf-8")
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise EvaluationUnusable("eval.set_cannot_be_written", folder=path.parent, reason=error.strerror) from error


def load_in_force(home: Path, sets: Sequence[QuestionSet]) -> tuple[Case, ...]:
    """The questions of some sets as :func:`load_together` gives them, a copy in the place of what it supersedes.

    The copy goes by its own ``set/id``. One that is gone, or of a question that is another one by now, supersedes
    nothing. Raises EvaluationUnusable.
    """
    cases = load_together([one.path for one in sets])
    known = read_superseded(home)
    if not known:
        return cases
    copies = {
        f"{one.name}{MARK}{case.id}": replace(case, id=f"{one.name}{MARK}{case.id}")
        for one in question_sets(home)
        if one.writable
        for case in load_cases([one.path])
    }
    found: list[Case] = []
    for case in cases:
        own = case.id if len(sets) > 1 else f"{sets[0].name}{MARK}{case.id}"
        mark, copy = known.get(own, ("", ""))
        plain = replace(case, id=own.partition(MARK)[2])
        found.append(copies[copy] if copy in copies and mark == case_mark(plain) else case)
    return tuple(found)
