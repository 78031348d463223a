"""Reads ``corpus.toml``: what each source file is, where it is from, how its levels are named."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ingest.errors import CorpusUnusable
from ingest.sentences import Sentence, said_of

FILE_NAME = "corpus.toml"
ENTITLEMENTS = "entitlements"
"""Folder of a corpus for what people wrote of its entitlements: ``*.json``, one file a document."""
EDITION = "en"
"""Folder of a corpus for its English edition: ``*.json``, one file a document."""


Unsaid = Literal[
    "number", "issuer", "issued", "valid_from", "valid_until", "replaces", "repeals", "implements", "annex_of"
]
"""A fact that was read where the text says something else."""


class DocumentConfig(BaseModel):
    """What the owner says of a document where the text says nothing, or something else."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    level: str | None = Field(default=None, description="Level, whatever is printed.")
    number: str | None = Field(default=None, description="文号.")
    issuer: str | None = None
    issued: date | None = Field(default=None, description="Day of issue.")
    valid_from: date | None = Field(default=None, description="First day in force.")
    valid_until: date | None = Field(default=None, description="Last day in force.")
    replaces: tuple[str, ...] = Field(default=(), description="文号 or titles of the documents it takes the place of.")
    repeals: tuple[str, ...] = Field(default=(), description="文号 or titles of the documents it ends (同时废止).")
    implements: tuple[str, ...] = Field(
        default=(), description="Numbers or titles of the documents it carries out, as its opening says."
    )
    annex_of: str | None = Field(default=None, description="Number or title of the document that it is annexed to.")
    unsaid: tuple[Unsaid, ...] = Field(
        default=(),
        description="Facts that were read and are not said: they are left empty where nothing else is given.",
    )

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError(Sentence("ingest.valid_until_before_from", until=self.valid_until, since=self.valid_from))
        return self


class SourceConfig(DocumentConfig):
    """What the owner says of one source file. Everything has a default: an unlisted file is read all the same.

    What is said of the file's document holds for the notice and for what is annexed to it.
    """

    file: str = ""
    title: str | None = Field(
        default=None, description="Title of the book, or of the document in place of what is printed."
    )
    region: str | None = None
    page_offset: int | None = Field(
        default=None, description="Printed page less the page breaks before it; None finds it out."
    )
    level: str | None = Field(default=None, description="Level of every document in the file, whatever is printed.")
    levels: dict[str, str] = Field(default_factory=dict, description="Heading of a level in a compilation → level.")
    parts: dict[str, str] = Field(
        default_factory=dict, description="篇 → level of what stands in it without a level heading."
    )
    places: dict[str, str] = Field(
        default_factory=dict, description="Full name of a place → its level (义乌市 → 县级市)."
    )
    documents: dict[str, DocumentConfig] = Field(
        default_factory=dict[str, DocumentConfig],
        description="Title of one document of a compilation → what is said of it.",
    )

    def about(self, title: str) -> DocumentConfig:
        """What is said of one document of the file: under its own title, else of the file."""
        return self.documents.get(title, self)


class _CorpusFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    region: str = ""
    places: dict[str, str] = Field(default_factory=dict)
    source: list[SourceConfig] = Field(default_factory=list[SourceConfig])


@dataclass(frozen=True, slots=True)
class CorpusConfig:
    """The whole of ``corpus.toml``."""

    title: str
    region: str
    sources: dict[str, SourceConfig] = field(default_factory=dict[str, SourceConfig])
    places: dict[str, str] = field(default_factory=dict[str, str])
    raw: bytes = b""

    def of(self, name: str) -> SourceConfig:
        """What is said of a file; defaults when nothing is."""
        said = self.sources.get(name, SourceConfig())
        return said.model_copy(update={"places": self.places | said.places}) if self.places else said


def read_config(folder: Path) -> CorpusConfig:
    """The configuration of a corpus folder; a folder without ``corpus.toml`` gets defaults.

    Raises CorpusUnusable when the file is there but cannot be used.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return CorpusConfig(title=folder.name, region="")
    raw = path.read_bytes()
    try:
        parsed = _CorpusFile.model_validate(tomllib.loads(raw.decode("utf-8")))
    except UnicodeDecodeError as error:
        raise CorpusUnusable("ingest.settings_are_no_utf8", path=path) from error
    except tomllib.TOMLDecodeError as error:
        raise CorpusUnusable("ingest.settings_are_no_toml", path=path, reason=error) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CorpusUnusable("ingest.setting_unknown", path=path, where=where, reason=said_of(first)) from error
    listed = [source.file for source in parsed.source]
    missing = [name for name in listed if not (folder / name).is_file()]
    if missing:
        raise CorpusUnusable("ingest.named_file_not_in_folder", path=path, missing=missing[0], folder=folder)
    return CorpusConfig(
        parsed.title, parsed.region, {source.file: source for source in parsed.source}, parsed.places, raw
    )
