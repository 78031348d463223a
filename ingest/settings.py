"""What ingest lets the owner decide. Each floor of the house adds its own settings to those below it.

Only ``__main__`` modules and ``app.py`` make a settings object; everything deeper is handed the values it needs.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent


class IngestSettings(BaseSettings):
    """Read from ``POLICYQA_*`` variables and from ``.env`` in the working folder."""

    model_config = SettingsConfigDict(
        env_prefix="POLICYQA_", env_file=".env", env_file_encoding="utf-8", extra="ignore"
    )

    home: Path = Field(
        default=PROJECT / "var", description="Folder for everything that is made while running: model, index, records."
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="Database of records, accounts, keys, sessions, limits and the log of changes, as "
        "postgresql+psycopg://NAME:PASSWORD@HOST/DATABASE; empty: files in POLICYQA_HOME.",
    )
    corpus: Path = Field(default=PROJECT / "corpus", description="Folder of the policy texts and their corpus.toml.")
    max_file_mb: int = Field(default=64, ge=1, le=1024, description="Largest source file that is read, in megabytes.")
    max_unpacked_mb: int = Field(
        default=512, ge=1, le=8192, description="Most that a compressed source may unpack to, in megabytes."
    )
    max_read_seconds: int = Field(
        default=120,
        ge=1,
        le=3600,
        description="Longest time one source file may take to be read; an uploaded one to be read and cut.",
    )
