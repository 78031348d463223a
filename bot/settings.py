"""What answering lets the owner decide."""

from __future__ import annotations

from pydantic import Field, SecretStr

from index.settings import IndexSettings


class BotSettings(IndexSettings):
    """Adds the limits of a question to what search reads."""

    max_question_chars: int = Field(
        default=2000, ge=50, le=20000, description="Longest question, in characters, all turns together excluded."
    )
    max_profile_chars: int = Field(
        default=4000,
        ge=50,
        le=20000,
        description="Longest profile that is matched with what the corpus grants, in characters.",
    )
    max_turns: int = Field(
        default=20, ge=1, le=200, description="Earlier turns that are looked at; older ones are dropped."
    )
    top_k: int = Field(default=10, ge=1, le=100, description="Clauses handed from search to composing.")
    chat_model: str = Field(
        default="",
        description='Language model that words the answers, as "openai:deepseek-chat"; empty: the clauses\' own words.',
    )
    chat_base_url: str | None = Field(
        default=None, description="Address of an OpenAI-compatible server, as http://127.0.0.1:8000/v1."
    )
    chat_api_key: SecretStr | None = Field(default=None, description="Key of that server, if it asks for one.")
    chat_timeout_s: float = Field(
        default=30.0, gt=0, le=600, description="Seconds for a whole reply; then the answer without a model is given."
    )
    chat_temperature: float = Field(
        default=0.0, ge=0, le=2, description="0 for the same words every time, as far as the model can."
    )
    chat_max_tokens: int = Field(
        default=1024, ge=64, le=65536, description="Longest reply in tokens, the thoughts of a thinking model included."
    )
    chat_source_chars: int = Field(
        default=6000, ge=500, le=100_000, description="Most characters of clauses that the model is given."
    )
    verifier: str = Field(
        default="",
        description="CrossEncoder (folder or name) that is asked besides whether a sentence of the model follows; empty: none.",
    )
    chat_price_in: float | None = Field(
        default=None, ge=0, description="Price of a million tokens sent to the model, for the cost of an evaluation."
    )
    chat_price_out: float | None = Field(
        default=None, ge=0, description="Price of a million tokens the model writes, in the same currency."
    )
    propose_reply_tokens: int = Field(
        default=4096, ge=256, le=65536, description="Longest reply, in tokens, when a model proposes entitlements."
    )
    propose_reply_seconds: float = Field(
        default=120.0,
        gt=0,
        le=3600,
        description="Seconds for one such reply; its clauses are then counted as unanswered.",
    )
    propose_at_once: int = Field(default=2, ge=1, le=16, description="Such requests that run beside one another.")
    propose_seconds: float = Field(
        default=3600.0,
        gt=0,
        le=86400,
        description="Seconds for all requests of one run; then it stops with what it has.",
    )
    propose_tokens: int = Field(
        default=2_000_000, ge=1000, description="Tokens, sent and written, of one run; then it stops with what it has."
    )
    records: bool = Field(
        default=True, description="Keep questions, answers and feedback, so that bad answers become tests."
    )
    keep_records_days: int = Field(
        default=90, ge=0, le=36500, description="Days after which a kept question is forgotten; 0 keeps it for ever."
    )
    contact: str = Field(
        default="",
        max_length=200,
        description="Where people answer, said to whoever asks for one: an office, a telephone.",
    )
