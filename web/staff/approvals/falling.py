"""The records that a draft puts out of use: their words stand in what serves, and no longer in its texts, or its policy is over.

They are found by reading all texts of a draft, which takes as long as that; so what was found is kept beside the draft,
``falling.json``, with the state it was found of.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request
from pydantic import TypeAdapter, ValidationError

from ingest.corpus.draft import Draft, draft_folder, draft_place
from ingest.entitlements.attach import attach
from ingest.entitlements.files import read_files, record_paths
from ingest.entitlements.succeeding import not_taken_over
from ingest.entitlements.types import Entitlement, Entitlements
from ingest.sentences import Language, Sentence
from ingest.types import Corpus
from web.staff.shell.drafts import fingerprint_of
from web.staff.shell.office import Office

FILE = "falling.json"
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Fallen:
    """A record that will not be used any more, and why, by language."""

    title: str
    document: str
    why: Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Falling:
    """All of them, in the state ``of`` a draft and of what serves."""

    of: str
    records: tuple[Fallen, ...]


@dataclass(frozen=True, slots=True)
class FallingPanel:
    """What a page says of them. ``found`` is None while nobody knows."""

    t: Callable[..., str]
    language: Language
    draft: Draft
    found: Falling | None
    fault: str = ""  # why they cannot be told


_KEPT = TypeAdapter(Falling)


def falling_out(before: Corpus, after: Corpus, of: str) -> Falling:
    """Those records of ``before`` that are of no use in ``after``. Raises EntitlementsUnusable."""
    used = {item.record.key for item in _attached(before).attached}
    fallen = [(item.record, item.reason) for item in _attached(after).flagged if item.record.key in used]
    fallen += [(record, why) for record, why in _left_behind(before, after) if record.key in used]
    return Falling(
        of,
        tuple(
            Fallen(record.title, record.document, {name: why.said(name) for name in LANGUAGES})
            for record, why in fallen
        ),
    )


def _left_behind(before: Corpus, after: Corpus) -> Iterator[tuple[Entitlement, Sentence]]:
    """Records of a policy whose place another takes in ``after``, and which that one has no record of."""
    records = read_files(after.folder).records
    already, ended = not_taken_over(read_files(before.folder).records, before), not_taken_over(records, after)
    standing = {document.title for document in after.documents}
    for record in records:
        if record.key in ended and record.key not in already and record.document in standing:
            yield record, Sentence("web.policy_ended_and_not_taken_over", document=ended[record.key].title)


def _attached(corpus: Corpus) -> Entitlements:
    return attach(read_files(corpus.folder), corpus.documents, corpus.clauses)


def state_of_both(home: Path, draft: Draft, serving: Corpus) -> str:
    """Of a draft and of what serves: another one means other records."""
    return f"{fingerprint_of(draft_folder(home, draft))}-{fingerprint_of(serving.folder)}"


def has_records(serving: Corpus) -> bool:
    """Whether there is any record that could fall out."""
    return bool(record_paths(serving.folder))


def keep_falling(home: Path, draft: Draft, found: Falling) -> None:
    """Keep it in place of the one before. Raises OSError when the draft is gone or the disk is full."""
    place = draft_place(home, draft)
    aside = place / f".{FILE}.{secrets.token_hex(4)}"
    try:
        aside.write_bytes(_KEPT.dump_json(found))
        aside.replace(place / FILE)
    finally:
        aside.unlink(missing_ok=True)


def kept_falling(home: Path, draft: Draft, serving: Corpus) -> Falling | None:
    """What was found of the draft as it is, against what serves; None when that is not known."""
    of = state_of_both(home, draft, serving)
    if not has_records(serving):
        return Falling(of, ())
    with suppress(OSError, ValidationError):
        found = _KEPT.validate_json((draft_place(home, draft) / FILE).read_bytes())
        return found if found.of == of else None
    return None


def falling_panel(office: Office, request: Request, draft: Draft, fault: str = "") -> FallingPanel | None:
    """What the page of a draft and that of approvals say; None while nothing serves."""
    if not office.door.is_open:
        return None
    found = kept_falling(office.settings.home, draft, office.door.bot.corpus)
    return FallingPanel(office.t(request, "approvals"), office.tongue(request), draft, found, fault)
