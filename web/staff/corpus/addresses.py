"""Where the pages of the corpus are, and how one is gone on to."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse

from ingest.corpus.draft import Draft

HOME = "/staff/corpus"


def to(request: Request, path: str) -> RedirectResponse:
    """On to a page after a change, so that loading it again repeats nothing."""
    return RedirectResponse(request.scope.get("root_path", "") + path, status_code=303)


def draft_path(draft: Draft) -> str:
    """The address of a draft."""
    return f"{HOME}/drafts/{draft.id}"


def file_path(draft: Draft, name: str) -> str:
    """The address of the preview of a file."""
    return f"{draft_path(draft)}/file?name={quote(name, safe='')}"
