"""Who looked at which policy last, and whether it is still as they saw it: a small file in POLICYQA_HOME."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from filelock import FileLock

from ingest.errors import DraftUnusable
from ingest.types import Corpus, PolicyDocument
from web.staff.shell.edits import mark_of

FILE = "policies-seen.json"
OWNER_ONLY = 0o600
LOCK_WAIT_S = 10.0


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked a policy through."""

    who: str
    at: str  # UTC, ISO 8601
    state: str  # of what they saw

    @property
    def day(self) -> str:
        """The day, in the time zone of this machine."""
        return datetime.fromisoformat(self.at).astimezone().date().isoformat()


def state_of(corpus: Corpus, document: PolicyDocument) -> str:
    """The mark of a policy's words and facts: another one means that there is something new to look at."""
    words = document.span.of(corpus.source_by_name[document.source].text)
    named = [
        [(one.title, one.number) for one in names]
        for names in (document.repeals, document.replaces, document.implements)
    ]
    validity = document.validity
    facts = [document.title, document.level, document.issuer, document.number, document.issued, document.annex_of]
    term = [validity.valid_from, validity.valid_until, validity.repealed, validity.undetermined, document.ended_by]
    return mark_of([facts, term, named, hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()])


class Seen:
    """The looks of one file, by the id of the policy."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> dict[str, Look]:
        """Every look; none when there is no file. Raises DraftUnusable for a file that cannot be read."""
        try:
            given = json.loads(self._path.read_text("utf-8"))
            return {
                str(key): Look(str(one["who"]), datetime.fromisoformat(one["at"]).isoformat(), str(one["state"]))
                for key, one in given.items()
            }
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, AttributeError, KeyError, TypeError) as error:
            raise DraftUnusable("web.file_cannot_be_read", path=self._path, reason=type(error).__name__) from error

    def note(self, document: str, look: Look) -> None:
        """Somebody looked a policy through. Raises DraftUnusable when that cannot be kept."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self._path.with_name(f".{self._path.name}.lock"), timeout=LOCK_WAIT_S):
                _write(self._path, {**self.all(), document: look})
        except (OSError, TimeoutError) as error:
            raise DraftUnusable("web.entries_cannot_be_written", path=self._path, reason=error) from error


def _write(path: Path, looks: Mapping[str, Look]) -> None:
    aside = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY), "w", encoding="utf-8") as file:
            json.dump({key: asdict(look) for key, look in sorted(looks.items())}, file, ensure_ascii=False, indent=1)
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
