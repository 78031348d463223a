from __future__ import annotations

import json
import re
from typing import Any

from fastapi.testclient import TestClient

from web.chat.front_page import SCRIPTS, STATIC
from web.chat.gradio_page import ON_LOAD, composer_words
from web.service import MOST_SESSIONS
from web.texts import Tongue


def page_config(client: TestClient) -> dict:
    return client.get("/config").json()


def test_no_value_goes_through_a_template(client: TestClient) -> None:
    parts = [part["props"] for part in page_config(client)["components"] if part["type"] == "html"]
    assert len(parts) == 5
    for props in parts:
        assert re.fullmatch(r'<div class="pq-[a-z]+"></div>', props["html_template"])
        assert props["css_template"] == ""


def test_the_script_never_reads_data_as_html() -> None:
    script = "".join((STATIC / name).read_text("utf-8") for name in SCRIPTS)
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "srcdoc"):
        assert way not in script
    assert "http://" not in script
    assert "https://" not in script


def test_style_sheets_fetch_nothing() -> None:
    for sheet in STATIC.glob("*.css"):
        assert not re.search(r"url\(|@import|@font-face", sheet.read_text("utf-8"))


def test_events_are_offered_to_nobody_else(client: TestClient) -> None:
    for dependency in page_config(client)["dependencies"]:
        assert dependency["api_visibility"] == "private"


def test_events_of_the_script_are_named_where_gradio_looks(client: TestClient) -> None:
    config = json.dumps(page_config(client))
    assert "'tongue'" in config
    assert "{part}" in ON_LOAD


def test_the_composer_speaks_both_languages() -> None:
    said: list[tuple[Tongue, str, str]] = [("zh", "提问", "旗级"), ("en", "Ask", "Banner")]
    for tongue, send, banner in said:
        question, button, _, level = composer_words(tongue, ["旗"])
        assert question["placeholder"]
        assert button["value"] == send
        assert level["choices"][1] == (banner, "旗")


def test_the_page_tracks_nobody(client: TestClient) -> None:
    config = page_config(client)
    assert config["analytics_enabled"] is False
    assert config["footer_links"] == []
    assert not config.get("run_history")


def test_only_so_many_closed_pages_are_remembered(client: TestClient) -> None:
    routes: list[Any] = getattr(client.app, "routes")  # noqa: B009 - the client's type knows any ASGI application only
    (page,) = [route.app for route in routes if hasattr(getattr(route, "app", None), "blocks")]
    assert page.state_holder.capacity == MOST_SESSIONS
