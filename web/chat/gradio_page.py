"""The chat page: Gradio lays it out and speaks both languages, our own script asks and draws the answers.

What the script draws stands in Gradio components whose template never changes; the messages (``web.chat.turns``) come
through ``web.chat.stream`` and are drawn with ``textContent``. Nothing that comes from a clause, a question or a model
is ever put through a template or read as HTML or Markdown.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import gradio as gr

from web.chat.gradio_typed import custom_event, data_of, tongue_of_visit
from web.chat.turns import Desk
from web.settings import WebSettings
from web.texts import Tongue, both_tongues, disclaimer, level_name, say

ALL_LEVELS = ""

# The script is a file of ours; the page may draw its components before or after it has come.
ON_LOAD = """
const begin = () => window.policyPage.part('{part}', element, props, trigger, [{events}]);
if (window.policyPage?.part) begin(); else document.addEventListener('policy-page', begin, {{once: true}});
"""


def chat_page(desk: Desk, settings: WebSettings) -> gr.Blocks:
    """The page with its components and events."""
    with gr.Blocks(title=say("title", "zh"), analytics_enabled=False, fill_width=True) as page:
        _part("head", "pq-head", words=both_tongues(), bureau={"zh": settings.bureau_zh, "en": settings.bureau_en})
        with gr.Row(elem_id="pq-desk"):
            with gr.Column(elem_id="pq-talk", min_width=0):
                conversation = _part(
                    "conversation",
                    "pq-conversation",
                    ("tongue",),
                    most_turns=settings.max_turns,
                )
                with gr.Column(elem_id="pq-composer", min_width=0):
                    _part("scope", "pq-scope")
                    level = gr.Radio(
                        [(say("all_levels", "zh"), ALL_LEVELS)],
                        value=ALL_LEVELS,
                        label=say("level_label", "zh"),
                        elem_id="pq-level",
                        container=False,
                        interactive=True,
                    )
                    with gr.Row(elem_id="pq-ask"):
                        box = gr.Textbox(
                            label=say("question_label", "zh"),
                            placeholder=say("question_hint", "zh"),
                            show_label=False,
                            lines=1,
                            max_lines=6,
                            max_length=settings.max_question_chars,
                            container=False,
                            elem_id="pq-question",
                            autofocus=False,
                            interactive=True,  # Gradio locks what none of its own events reads
                            min_width=0,
                        )
                        send = gr.Button(say("send", "zh"), variant="primary", elem_id="pq-send", min_width=0)
                        stop = gr.Button(say("stop", "zh"), elem_id="pq-stop", min_width=0)
                _part(
                    "foot", "pq-foot", disclaimer={"zh": disclaimer(settings, "zh"), "en": disclaimer(settings, "en")}
                )
            with gr.Column(elem_id="pq-side", min_width=0):
                _part("evidence", "pq-evidence")
        _wire(page, desk, conversation, [box, send, stop, level])
    return page


def _part(name: str, elem_id: str, events: tuple[str, ...] = (), **props: Any) -> gr.HTML:
    """A component that ``static/chat.js`` draws. Its template is fixed: data never goes through it."""
    return gr.HTML(
        value=None,
        html_template=f'<div class="pq-{name}"></div>',
        js_on_load=ON_LOAD.format(part=name, events=", ".join(f"'{event}'" for event in events)),
        apply_default_css=False,
        elem_id=elem_id,
        **props,
    )


def _wire(page: gr.Blocks, desk: Desk, conversation: gr.HTML, words: list[Any]) -> None:
    """What Gradio does: speak. Events are private, so that it offers none of them as an interface of its own."""
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

    async def on_load(request: gr.Request) -> AsyncIterator[list[Any]]:
        tongue = tongue_of_visit(request)
        if not desk.door.is_open:
            yield composer_words(tongue, [])  # the levels follow as soon as the documents are there
            await desk.door.wait_open()
        yield composer_words(tongue, desk.levels())

    def speak(event: gr.EventData) -> list[Any]:
        return composer_words("en" if data_of(event).get("lang") == "en" else "zh", desk.levels())

    page.load(on_load, None, words, **quiet)
    custom_event(conversation, "tongue")(speak, None, words, **quiet)


def composer_words(tongue: Tongue, levels: list[str]) -> list[Any]:
    """The words of question box, both buttons and filter, in this order."""
    return [gr.update(**props) for props in composer_props(tongue, levels).values()]


def composer_props(tongue: Tongue, levels: list[str]) -> dict[str, dict[str, Any]]:
    """What question box, both buttons and filter say, by the id of their element."""
    choices = [(say("all_levels", tongue), ALL_LEVELS), *((level_name(level, tongue), level) for level in levels)]
    return {
        "pq-question": {"label": say("question_label", tongue), "placeholder": say("question_hint", tongue)},
        "pq-send": {"value": say("send", tongue)},
        "pq-stop": {"value": say("stop", tongue)},
        "pq-level": {"label": say("level_label", tongue), "choices": choices},
    }
