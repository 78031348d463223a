"""Reads ``corpus.toml``: what each source file is, where it is from, how its levels are named."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.errors import CorpusUnusable

FILE_NAME = "corpus.toml"


class SourceConfig(BaseModel):
    """What the owner says of one source file. Everything has a default: an unlisted file is read all the same."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str = ""
    title: str | None = Field(
        default=None, description="Title of the book or document, when the file does not print it."
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
        raise CorpusUnusable("ingest.setting_unknown", path=path, where=where, reason=first["msg"]) from error
    listed = [source.file for source in parsed.source]
    missing = [name for name in listed if not (folder / name).is_file()]
    if missing:
        raise CorpusUnusable("ingest.named_file_not_in_folder", path=path, missing=missing[0], folder=folder)
    return CorpusConfig(
        parsed.title, parsed.region, {source.file: source for source in parsed.source}, parsed.places, raw
    )
