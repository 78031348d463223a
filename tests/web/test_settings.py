from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from web.settings import WebSettings


def made(**values: Any) -> WebSettings:
    return WebSettings(**values)


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.chdir(tmp_path)  # no .env
    for name in ("HOST", "PORT", "POLICYQA_HOST", "POLICYQA_PORT"):
        monkeypatch.delenv(name, raising=False)


def test_it_listens_on_this_machine_only_unless_told() -> None:
    assert (made().host, made().port) == ("127.0.0.1", 7860)


@pytest.mark.parametrize(
    ("variables", "port"),
    [({"PORT": "8001"}, 8001), ({"POLICYQA_PORT": "8002"}, 8002), ({"PORT": "8001", "POLICYQA_PORT": "8002"}, 8002)],
)
def test_our_own_name_goes_before_the_short_one(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], port: int
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert made().port == port


def test_what_the_command_line_says_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_PORT", "8002")
    monkeypatch.setenv("PORT", "8001")
    assert made(port=8003).port == 8003


def test_origins_are_split_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_EMBED_ORIGINS", "https://a.gov.cn/, http://b.gov.cn:8080")
    assert made().embed_origins == ("https://a.gov.cn", "http://b.gov.cn:8080")


@pytest.mark.parametrize(
    "origin", ["*", "a.gov.cn", "javascript://x", "https://a.gov.cn; script-src *", "https://a/b", "https://"]
)
def test_what_is_no_origin_is_refused(origin: str) -> None:
    with pytest.raises(ValidationError, match="origin"):
        made(embed_origins=(origin,))


def test_a_prefix_begins_with_a_slash() -> None:
    assert made(root_path="/zc/").root_path == "/zc"
    with pytest.raises(ValidationError, match="prefix"):
        made(root_path="zc")


def test_as_many_answers_at_once_as_the_machine_can_give(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    assert made().answers_at_once == 3
    assert made(chat_model="openai:any").answers_at_once == 16  # waited for, not worked on
    assert made(chat_model="openai:any", answer_threads=5).answers_at_once == 5
    monkeypatch.setattr("os.cpu_count", lambda: None)
    assert made().answers_at_once == 1


@pytest.mark.parametrize("address", ["wss://wecom.example.com/line", "ws://127.0.0.1:8765", "ws://localhost:1"])
def test_the_line_to_wecom_is_encrypted_unless_it_stays_on_this_machine(address: str) -> None:
    assert made(wecom_url=address).wecom_url == address
    with pytest.raises(ValidationError, match="wss://"):
        made(wecom_url=address.replace("127.0.0.1", "10.0.0.1").replace("localhost", "other").replace("wss", "https"))


def test_the_bots_name_is_kept_without_its_sign() -> None:
    assert made(wecom_name=" @政策助手 ").wecom_name == "政策助手"
