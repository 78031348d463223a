"""By what a complaint was mended: that there is such a case, row, record or document, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlencode

from bot.records.complaints import Mended
from eval.cases.case_files import load_cases
from eval.cases.cases import Case
from eval.sets.question_sets import question_set, question_sets
from index.glossary.edit import glossary_rows
from ingest.corpus.draft import draft_folder, drafts
from ingest.corpus.load import load_corpus, source_files
from ingest.corpus.versions import serving_folder
from ingest.entitlements.files import read_files
from ingest.errors import EvaluationUnusable, PolicyQAError, UnusableInput
from web.staff.shell.drafts import limits_of
from web.staff.shell.office import Office

MOST_OFFERED = 200  # cases of one set
_WHICH: Mapping[Mended, str] = {
    Mended.CASE: "web.which_case",
    Mended.GLOSSARY: "web.which_glossary",
    Mended.ENTITLEMENT: "web.which_entitlement",
    Mended.POLICY: "web.which_policy",
}
_NO_SUCH: Mapping[Mended, str] = {
    Mended.CASE: "web.no_such_case",
    Mended.GLOSSARY: "web.no_such_glossary",
    Mended.ENTITLEMENT: "web.no_such_entitlement",
    Mended.POLICY: "web.no_such_policy",
}


def check_reference(office: Office, mended: Mended, reference: str) -> None:
    """See that it is there, in what serves or in a draft. Raises UnusableInput."""
    if mended is Mended.NOT_OURS:
        return
    if not reference:
        raise UnusableInput(_WHICH[mended])
    if not _is_there(office, mended, reference):
        raise UnusableInput(_NO_SUCH[mended], reference=reference)


def link_to(mended: Mended | None, reference: str) -> str:
    """Where it stands, below the root path; empty where nothing stands."""
    match mended:
        case Mended.CASE:
            name, _, identity = reference.partition("/")
            return f"/staff/evaluation/sets/{quote(name, safe='')}/case?{urlencode({'id': identity})}"
        case Mended.GLOSSARY:
            return f"/staff/glossary?{urlencode({'q': reference})}"
        case Mended.ENTITLEMENT:
            return f"/staff/entitlements?{urlencode({'q': reference.rpartition(':')[2]})}"
        case Mended.POLICY:
            return "/staff/corpus"
        case _:
            return ""


def offered(office: Office) -> list[tuple[Mended, str, str]]:
    """What may have mended something, to choose from: its kind, its reference, and words that tell what it is.

    Cases are those that staff wrote, the latest first.
    """
    found: list[tuple[Mended, str, str]] = []
    for known in question_sets(office.settings.home):
        if known.writable:
            found += [(Mended.CASE, f"{known.name}/{case.id}", case.turns[-1]) for case in _latest(known.path)]
    settings = office.settings
    folder = serving_folder(settings.corpus, settings.home)
    found += [(Mended.GLOSSARY, row.spoken, "") for row in glossary_rows(folder)]
    found += [(Mended.ENTITLEMENT, one.key, one.title) for one in read_files(folder).records]
    if office.door.is_open:
        found += [(Mended.POLICY, document.title, "") for document in office.door.bot.corpus.documents]
    return found


def _latest(path: Path) -> list[Case]:
    try:
        return list(load_cases([path])[-MOST_OFFERED:])[::-1]
    except EvaluationUnusable:  # one that cannot be read is told of where sets are kept
        return []


def _is_there(office: Office, mended: Mended, reference: str) -> bool:
    match mended:
        case Mended.CASE:
            return _is_case(office.settings.home, reference)
        case Mended.GLOSSARY:
            return any(row.spoken == reference for folder in _folders(office) for row in glossary_rows(folder))
        case Mended.ENTITLEMENT:
            records = (record for folder in _folders(office) for record in read_files(folder).records)
            return any(reference in (record.key, record.id) for record in records)
        case Mended.POLICY:
            return any(reference in name for name in _names_of_policies(office))
        case _:
            return True


def _is_case(home: Path, reference: str) -> bool:
    name, _, identity = reference.partition("/")
    try:
        return any(case.id == identity for case in load_cases([question_set(home, name).path]))
    except EvaluationUnusable:
        return False


def _folders(office: Office) -> Iterator[Path]:
    """The texts that serve and those of the drafts."""
    settings = office.settings
    yield serving_folder(settings.corpus, settings.home)
    yield from (draft_folder(settings.home, draft) for draft in drafts(settings.home))


def _names_of_policies(office: Office) -> Iterator[str]:
    if office.door.is_open:
        yield from (document.title for document in office.door.bot.corpus.documents)
    yield from (path.name for folder in _folders(office) for path in source_files(folder))
    for draft in drafts(
        office.settings.home
    ):  # titles of files that are only there are read, unless the text cannot be
        with suppress(PolicyQAError):
            corpus = load_corpus(draft_folder(office.settings.home, draft), limits_of(office.settings))
            yield from (document.title for document in corpus.documents)
