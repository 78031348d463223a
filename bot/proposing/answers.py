"""What a model answered about a clause, kept under ``var/``: nothing that was answered is asked again."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from ingest.errors import RecordsUnusable

log = logging.getLogger(__name__)

FOLDER = "entitlement-answers"  # below POLICYQA_HOME


@dataclass(frozen=True, slots=True)
class Answer:
    """The proposals for one clause as they were written, and the day of them."""

    model: str
    on: date
    records: tuple[Mapping[str, object], ...]


_ANSWERS = TypeAdapter(Answer)


@dataclass(frozen=True, slots=True)
class KeptAnswers:
    """A folder of answers, one a file. Safe to use from several threads and processes: a file is put there whole."""

    folder: Path

    @classmethod
    def under(cls, home: Path) -> KeptAnswers:
        """The folder of a home; it is made with its first answer."""
        return cls(home / FOLDER)

    def find(self, digest: str) -> Answer | None:
        """What was answered; None when nothing was, or when the file is spoilt: then the clause is asked again."""
        try:
            return _ANSWERS.validate_json(self._path(digest).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            log.warning(
                "the kept answer %s cannot be read (%s); its clause is asked again", digest, type(error).__name__
            )
            return None

    def keep(self, digest: str, answer: Answer) -> None:
        """Raises RecordsUnusable when the disk takes no file."""
        path = self._path(digest)
        aside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(_ANSWERS.dump_json(answer))
            aside.replace(path)
        except OSError as error:
            raise RecordsUnusable("bot.cannot_be_kept", path=path.parent, reason=error.strerror or error) from error

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / f"{digest}.json"
