"""What search lets the owner decide."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ingest.settings import IngestSettings

BUNDLED = "bundled"
IN_DATABASE = "database"


class IndexSettings(IngestSettings):
    """Adds the embedding model to what ingest reads."""

    embedding_model: str = Field(
        default=BUNDLED,
        description='"bundled" for the offline model, or the name or folder of any sentence-transformers model.',
    )
    reranker: str = Field(
        default="",
        description="Folder of a sentence-transformers CrossEncoder that reorders the first 20 clauses; empty: none.",
    )
    search: Literal["local", "database"] = Field(
        default="local",
        description='"local" searches in the files of the index; "database" in POLICYQA_DATABASE_URL, PostgreSQL with '
        "pgvector, for more clauses than a replica holds.",
    )
    threads: int = Field(
        default=0, ge=0, le=256, description="CPU threads for encoding; 0 takes what the machine offers."
    )
