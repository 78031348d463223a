"""What is said by hand of one policy: as the form shows it, and as it was filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from starlette.datastructures import FormData

from ingest.corpus_config import DocumentConfig, SourceConfig, Unsaid, read_config
from ingest.errors import DraftUnusable
from ingest.types import Corpus, PolicyDocument
from web.staff.corpus.form import read_description

FACTS = ("level", "issuer", "number", "issued", "valid_from", "valid_until")
RELATIONS = ("repeals", "replaces", "implements", "annex_of")
FIELDS = (*FACTS, *RELATIONS)
UNSAID: tuple[Unsaid, ...] = get_args(Unsaid)
LONGEST = 2000  # characters of several names


def said_of_policy(corpus: Corpus, document: PolicyDocument) -> tuple[DocumentConfig, str | None]:
    """What is said of a policy, and the title it is said under: None for the only one of its file.

    Raises CorpusUnusable.
    """
    said: SourceConfig = read_config(corpus.folder).of(document.source)
    heads = [one for one in corpus.documents if one.source == document.source and one.kind == "policy"]
    is_alone = sum(one.annex_of is None or one.annexed_to is not None for one in heads) <= 1
    under = None if is_alone and document.title not in said.documents else document.title
    return said.about(document.title), under


def shown(said: DocumentConfig) -> dict[str, str]:
    """The fields of the form; facts that were misread are one of them, names separated by blanks."""
    fields = {name: str(getattr(said, name) or "") for name in FIELDS}
    several = {"repeals": said.repeals, "replaces": said.replaces, "implements": said.implements}
    return {**fields, **{name: "；".join(names) for name, names in several.items()}, "unsaid": " ".join(said.unsaid)}


def typed(form: FormData) -> dict[str, str]:
    """The fields as they were filled in."""
    given = {name: str(form.get(name, "")).strip() for name in FIELDS}
    ticked = {str(value) for value in form.getlist("unsaid")}
    return {**given, "unsaid": " ".join(name for name in UNSAID if name in ticked)}


def read_correction(name: str, given: Mapping[str, str]) -> DocumentConfig:
    """What was filled in of a policy in the file ``name``. Raises DraftUnusable for a field that cannot be used."""
    for field in RELATIONS:
        if len(given[field]) > LONGEST:
            raise DraftUnusable("web.field_too_long", key=field, most=LONGEST)
    said = read_description(name, {"title": "", "region": "", "page_offset": "", **given})
    return said.model_copy(update={"unsaid": tuple(given["unsaid"].split())})
