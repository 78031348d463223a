"""The few things of Gradio whose types it leaves open, given one here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import gradio as gr
from gradio.themes import Default

from web.texts import Tongue, tongue_wanted

Listener = Callable[..., Any]


def custom_event(component: gr.HTML, event: str) -> Listener:
    """An event that the page's own script triggers; Gradio makes its listener from the name in ``js_on_load``."""
    return getattr(component, event)


def data_of(event: gr.EventData) -> dict[str, Any]:
    """What the page's script sent along with an event."""
    sent = cast("Any", event)._data  # the public access raises for names that were not sent
    return cast("dict[str, Any]", sent) if isinstance(sent, dict) else {}


def tongue_of_visit(request: gr.Request) -> Tongue:
    """The language in which a page that was just opened begins."""
    asked = cast("Any", request)
    return tongue_wanted(asked.query_params.get("lang"), asked.headers.get("accept-language"))


def system_font_theme(fonts: list[str], mono: list[str]) -> Default:
    """Gradio's plain theme with fonts that the visitor's system has; no font file is fetched from anywhere."""
    return Default(font=fonts, font_mono=mono)


def mount(app: object, page: gr.Blocks, **options: Any) -> None:
    """``gr.mount_gradio_app``."""
    cast("Any", gr).mount_gradio_app(app, page, **options)
