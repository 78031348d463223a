"""What the page and the HTTP interface let the owner decide."""

from __future__ import annotations

import os
import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, field_validator, model_validator
from pydantic_settings import NoDecode

from bot.settings import BotSettings

THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
ANSWERS_WAITED_FOR = 16  # a language model is waited for, not worked on


class WebSettings(BotSettings):
    """Adds to answering where it listens, what it says about its owner and how much it lets one client do."""

    host: str = Field(
        "127.0.0.1",
        validation_alias=AliasChoices("POLICYQA_HOST", "HOST", "host"),
        description="Address to listen on. Keep 127.0.0.1 behind a proxy; 0.0.0.0 opens it to the network.",
    )
    port: int = Field(
        7860,
        ge=0,
        le=65535,
        validation_alias=AliasChoices("POLICYQA_PORT", "PORT", "port"),
        description="Port to listen on; 0 takes any free one.",
    )
    root_path: str = Field("", description='Path prefix that a proxy strips before it passes a request on, as "/zc".')
    trusted_proxies: str = Field(
        "127.0.0.1", description="Addresses of proxies whose X-Forwarded-For header is believed, separated by commas."
    )
    bureau_zh: str = Field(
        "", description="Name of the bureau that runs the service, in Chinese; shown in the heading."
    )
    bureau_en: str = Field("", description="The same in English.")
    disclaimer_zh: str = Field("", description="Replaces the Chinese disclaimer under every answer.")
    disclaimer_en: str = Field("", description="Replaces the English disclaimer under every answer.")
    embed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Sites that may show the page in a frame, as https://www.example.gov.cn, separated by commas."
    )
    questions_per_minute: int = Field(
        30, ge=1, le=100000, description="Questions one client address may ask in a minute, page and API together."
    )
    max_request_bytes: int = Field(
        256 * 1024, ge=4096, le=16 * 1024 * 1024, description="Largest body of a request, in bytes."
    )
    max_connections: int = Field(
        0,
        ge=0,
        le=100_000,
        description="Connections that may be open; 0: what the limit of open files leaves room for, at most 2048.",
    )
    request_seconds: int = Field(
        20,
        ge=1,
        le=3600,
        description="Seconds for the head of a request to come; its body has as long, and a second more for each KiB.",
    )
    reply_seconds: int = Field(
        60, ge=1, le=3600, description="Seconds after which a reader who takes nothing of a reply is left."
    )
    replica: str = Field(
        "", max_length=64, description="Name of this replica in health and metrics; empty: that of the machine."
    )
    keep_versions: int = Field(
        10, ge=2, le=1000, description="Published versions of the corpus that are kept to be put back."
    )
    approval: bool = Field(
        default=False, description="Publish a draft of the corpus only when another account in the role approve agreed."
    )
    max_read_mb: int = Field(
        1024,
        ge=256,
        le=65536,
        description="Most memory that reading and cutting one uploaded file may take, in megabytes; two are read at a time.",
    )
    answer_threads: int = Field(
        0,
        ge=0,
        le=128,
        description="Questions answered at the same time; 0: one for each processor, 16 when a language model is waited for.",
    )
    api_requests_per_minute: int = Field(
        300, ge=1, le=1_000_000, description="Requests of any kind one client address may send to /api/ in a minute."
    )
    api_keys_file: Path | None = Field(
        None,
        description="File of the hashed API keys; empty: api-keys.json in POLICYQA_HOME. Once it holds a key, /api/ asks for one.",
    )
    metrics_from: str = Field(
        "127.0.0.1, ::1",
        description="Addresses and networks that may read /metrics without a key, not through a proxy.",
    )
    staff_header: str = Field(
        "",
        description="Header in which a single sign-on names the member of staff, as X-Remote-User; believed from trusted proxies only.",
    )
    staff_idle_minutes: int = Field(
        60, ge=1, le=1440, description="Minutes without a request after which a member of staff must sign in again."
    )

    smtp_host: str = Field("", description="Mail server that reminders are sent by; empty sends none.")
    smtp_port: int = Field(587, ge=1, le=65535, description="Its port.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the way there is encrypted: starttls, tls (as on port 465) or none."
    )
    smtp_user: str = Field("", description="Name to sign in with at the mail server; empty does not sign in.")
    smtp_password: SecretStr | None = Field(None, description="Password for it.")
    smtp_from: str = Field("", description="Address that reminders come from.")
    smtp_to: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Addresses that get the reminders, separated by commas."
    )

    public_url: str = Field(
        "",
        description="Address at which people reach the pages, as https://zc.example.gov.cn; for links in answers that go elsewhere.",
    )
    mcp: bool = Field(default=False, description="Serve the MCP tools at /mcp.")
    wecom_bot_id: str = Field("", description="Id of the WeCom bot that `python -m web wecom` answers as.")
    wecom_secret: SecretStr | None = Field(None, description="Its secret for the long connection.")
    wecom_name: str = Field(
        "", description="Its name as people write it behind @ in a group; cut out of their questions."
    )
    wecom_url: str = Field(
        "wss://openws.work.weixin.qq.com",
        description="Where WeCom takes the long connections of its bots: wss://, or ws:// on this machine.",
    )
    follow_up_minutes: int = Field(
        30,
        ge=1,
        le=1440,
        description="Minutes of silence in a chat channel after which a question begins a new conversation.",
    )

    @property
    def answers_at_once(self) -> int:
        """``answer_threads``, or what suits the machine: more threads than processors only take turns, unless they wait."""
        return self.answer_threads or (ANSWERS_WAITED_FOR if self.chat_model else os.cpu_count() or 1)

    @field_validator("smtp_to", mode="before")
    @classmethod
    def _split_addresses(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @model_validator(mode="after")
    def _mail_has_its_addresses(self) -> WebSettings:
        for address in (self.smtp_from, *self.smtp_to) if self.smtp_host else ():
            if not re.fullmatch(r"[^@\s,<>]+@[^@\s,<>]+", address):
                raise ValueError(
                    f"with POLICYQA_SMTP_HOST, POLICYQA_SMTP_FROM and each of POLICYQA_SMTP_TO must be a mail address; {address!r} is none"
                )
        if self.smtp_host and not self.smtp_to:
            raise ValueError("with POLICYQA_SMTP_HOST, POLICYQA_SMTP_TO must name who gets the reminders")
        return self

    @field_validator("embed_origins", mode="before")
    @classmethod
    def _split_origins(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())
        return value

    @field_validator("embed_origins")
    @classmethod
    def _origins_are_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            scheme, _, host = origin.partition("://")
            if scheme not in ("http", "https") or not host or set(host) & set("/;,'\" \t\r\n"):
                raise ValueError(f"{origin!r} is not an origin; write it as https://www.example.gov.cn")
        return value

    @field_validator("metrics_from")
    @classmethod
    def _networks_are_networks(cls, value: str) -> str:
        for part in value.split(","):
            if part.strip():
                ip_network(part.strip(), strict=False)  # its ValueError names what is wrong
        return value

    @model_validator(mode="after")
    def _header_only_from_known_proxies(self) -> WebSettings:
        if self.staff_header:
            for proxy in self.trusted_proxies.split(","):
                try:
                    ip_network(proxy.strip(), strict=False)
                except ValueError as error:
                    raise ValueError(
                        f"with POLICYQA_STAFF_HEADER each of POLICYQA_TRUSTED_PROXIES must be an address; {proxy!r} is none"
                    ) from error
        return self

    @field_validator("public_url")
    @classmethod
    def _address_is_one(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError(f"{value!r} is no address; write it as https://zc.example.gov.cn")
        return value.rstrip("/")

    @field_validator("wecom_name")
    @classmethod
    def _name_without_sign(cls, value: str) -> str:
        return value.strip().removeprefix("@")

    @field_validator("wecom_url")
    @classmethod
    def _line_is_encrypted(cls, value: str) -> str:
        address = urlsplit(value)
        if not address.hostname or not (
            address.scheme == "wss" or (address.scheme == "ws" and address.hostname in THIS_MACHINE)
        ):
            raise ValueError(f"{value!r} is no address of WeCom; write it as wss://openws.work.weixin.qq.com")
        return value

    @field_validator("root_path")
    @classmethod
    def _prefix_starts_with_slash(cls, value: str) -> str:
        prefix = value.rstrip("/")
        if prefix and not prefix.startswith("/"):
            raise ValueError(f"{value!r} is not a path prefix; write it as /zc")
        return prefix
