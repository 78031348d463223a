"""Who is asking, and what they are told when they ask too much."""

from __future__ import annotations

from fastapi import Request

from ingest.errors import PolicyQAError, QuestionUnusable
from web.http.guards import counted_as


class TooManyQuestions(PolicyQAError):
    """A client has used up what it may ask in a minute."""

    def __init__(self, wait_seconds: int) -> None:
        super().__init__("web.too_many_from_address", wait_seconds=wait_seconds)
        self.wait_seconds = wait_seconds


class FieldUnusable(QuestionUnusable):
    """A field of a request asks for what there is not; ``code`` is what the protocol calls that fault."""

    def __init__(self, key: str, field: str, code: str | None = None, **blanks: object) -> None:
        super().__init__(key, **blanks)
        self.field = field
        self.code = code


def client_of(request: Request) -> str:
    """Whom the rate limits count."""
    return counted_as(request.client.host if request.client else "")
