"""The draft that a form of the staff pages changes, the one it names or a new one; and how a draft is read."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from fastapi import Request
from starlette.datastructures import FormData

from ingest.corpus.draft import Draft, open_draft, start_draft
from ingest.corpus.versions import file_digests
from ingest.readers.limits import MEGABYTE, Limits
from web.settings import WebSettings
from web.staff.shell.office import Office


def limits_of(settings: WebSettings) -> Limits:
    """What one file may cost."""
    return Limits(settings.max_file_mb * MEGABYTE, settings.max_unpacked_mb * MEGABYTE, settings.max_read_seconds)


def fingerprint_of(folder: Path) -> str:
    """Of all files of a draft: another one means other answers."""
    return hashlib.sha256(repr(sorted(file_digests(folder).items())).encode()).hexdigest()


def named_draft(office: Office, form: FormData) -> Draft | None:
    """The draft that a form names; None where it names none. Raises DraftUnusable for one that is not there."""
    identifier = form.get("draft", "")
    return open_draft(office.settings.home, identifier) if isinstance(identifier, str) and identifier else None


def draft_to_change(office: Office, request: Request, form: FormData) -> Draft:
    """The draft that a form names, else a new one, which is noted. Raises DraftUnusable."""
    if named := named_draft(office, form):
        return named
    settings, name = office.settings, office.signed_in(request).name
    made = start_draft(settings.corpus, settings.home, name, datetime.now(UTC))
    office.audit.note(name, "corpus_draft_begun", made.id)
    return made
