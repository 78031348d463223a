"""The chat page: Gradio carries questions and answers, our own script draws them as text nodes.

The conversation is a Gradio component whose template never changes; its value is a message (``web.turns``)
that ``static/chat.js`` draws with ``textContent``. Nothing that comes from a clause, a question or a model is
ever put through a template or read as HTML or Markdown.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any, cast

import gradio as gr

from web.examples import examples_for_browser
from web.gradio_typed import custom_event, data_of, unchanged, visitor_of
from web.settings import WebSettings
from web.talk import Talk, Wish
from web.texts import Tongue, both_tongues, disclaimer, level_name, say
from web.turns import Desk

ALL_LEVELS = ""
TOLD = 5  # components that an answer changes: conversation, talk, box and both buttons

# The script is a file of ours; the page may draw its components before or after it has come.
ON_LOAD = """
const begin = () => window.policyPage.part('{part}', element, props, watch, trigger, [{events}]);
if (window.policyPage?.part) begin(); else document.addEventListener('policy-page', begin, {{once: true}});
"""


def chat_page(desk: Desk, settings: WebSettings) -> gr.Blocks:
    """The page with its components and events."""
    with gr.Blocks(title=say("title", "zh"), analytics_enabled=False, fill_width=True) as page:
        talk = gr.State(Talk())
        document = gr.State("")
        tongue = gr.State("zh")
        _part("head", "pq-head", words=both_tongues(), bureau={"zh": settings.bureau_zh, "en": settings.bureau_en})
        with gr.Row(elem_id="pq-desk"):
            with gr.Column(elem_id="pq-talk", min_width=0):
                conversation = _part(
                    "conversation",
                    "pq-conversation",
                    ("ask", "restart", "resume", "edit", "tongue", "anywhere"),
                    examples=examples_for_browser(),
                )
                with gr.Column(elem_id="pq-composer", min_width=0):
                    _part("scope", "pq-scope")
                    level = gr.Radio(
                        [(say("all_levels", "zh"), ALL_LEVELS)],
                        value=ALL_LEVELS,
                        label=say("level_label", "zh"),
                        elem_id="pq-level",
                        container=False,
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
                            min_width=0,
                        )
                        send = gr.Button(say("send", "zh"), variant="primary", elem_id="pq-send", min_width=0)
                        stop = gr.Button(say("stop", "zh"), elem_id="pq-stop", min_width=0, visible=False)
                _part(
                    "foot", "pq-foot", disclaimer={"zh": disclaimer(settings, "zh"), "en": disclaimer(settings, "en")}
                )
            with gr.Column(elem_id="pq-side", min_width=0):
                _part("evidence", "pq-evidence")
        _wire(page, desk, Parts(conversation, talk, document, tongue, box, send, stop, level))
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


@dataclass(frozen=True)
class Parts:
    """The components that events read and change."""

    conversation: gr.HTML
    talk: gr.State
    document: gr.State  # the id of the document the questions are limited to, or ""
    tongue: gr.State
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    level: gr.Radio

    @property
    def words(self) -> list[Any]:
        """What speaks one of our languages, and which one it is."""
        return [self.box, self.send, self.stop, self.level, self.tongue]


@dataclass(frozen=True)
class Listeners:
    """What happens on the page's events. Each yields what its components then show."""

    desk: Desk

    async def on_load(self, request: gr.Request) -> AsyncIterator[list[Any]]:
        """For the conversation, the document and the words."""
        async for message in self.desk.welcome(visitor_of(request)):
            limited = message["document"]["id"] if message["document"] else ""
            yield [message, limited, *composer_words(message["lang"], self.desk.levels())]

    async def asked(
        self, text: str, level: str, document: str, talk: Talk, tongue: Tongue, request: gr.Request
    ) -> AsyncIterator[list[Any]]:
        """A question from the box."""
        async for outputs in self._answered(Wish(text.strip(), level, document), talk, tongue, request):
            yield outputs

    async def from_page(
        self, level: str, document: str, talk: Talk, tongue: Tongue, event: gr.EventData, request: gr.Request
    ) -> AsyncIterator[list[Any]]:
        """A question from the page's script: an example, a link, a suggestion."""
        sent = data_of(event)
        wish = Wish(str(sent.get("question", "")).strip(), level, document, alone=sent.get("alone") is True)
        async for outputs in self._answered(wish, talk, tongue, request):
            yield outputs

    def resume(self, event: gr.EventData) -> Talk:
        """The conversation that the page had kept while it was left."""
        asked = data_of(event).get("questions")
        return self.desk.resumed(cast("list[object]", asked) if isinstance(asked, list) else [])

    def edit(self, talk: Talk, event: gr.EventData) -> Talk:
        """From now on, or no longer, the next question takes the place of the last one."""
        return replace(talk, replacing=data_of(event).get("on") is True)

    def speak(self, event: gr.EventData) -> list[Any]:
        """The words of the composer in the language chosen."""
        return composer_words("en" if data_of(event).get("lang") == "en" else "zh", self.desk.levels())

    async def _answered(self, wish: Wish, talk: Talk, tongue: Tongue, request: gr.Request) -> AsyncIterator[list[Any]]:
        if not wish.text:
            yield [unchanged()] * TOLD
            return
        box: Any = ""
        # Gradio's page keeps only the newest of the updates that come within one frame, "unchanged" included: the
        # last one must therefore carry the last message, and none may follow it.
        async for message, later in self.desk.answer(wish, talk, tongue, visitor_of(request)):
            yield [message, later, box, *_buttons(answering=message["status"] in ("working", "streaming"))]
            box = unchanged()


def _ended(kind: str) -> list[Any]:
    return [{"kind": kind}, *_buttons(answering=False)]


def _wire(page: gr.Blocks, desk: Desk, parts: Parts) -> None:
    """Events: all of them private, so that Gradio offers none of them as an interface of its own."""
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    listeners = Listeners(desk)
    told = [parts.conversation, parts.talk, parts.box, parts.send, parts.stop]
    buttons = [parts.conversation, parts.send, parts.stop]
    given = [parts.level, parts.document, parts.talk, parts.tongue]
    page.load(listeners.on_load, None, [parts.conversation, parts.document, *parts.words], **quiet)
    asking: list[Any] = [
        parts.send.click(listeners.asked, [parts.box, *given], told, **quiet),
        parts.box.submit(listeners.asked, [parts.box, *given], told, **quiet),
        custom_event(parts.conversation, "ask")(listeners.from_page, given, told, **quiet),
    ]
    for event in asking:
        event.failure(lambda: _ended("failed"), None, buttons, **quiet)
    parts.stop.click(lambda: _ended("stopped"), None, buttons, cancels=asking, **quiet)
    custom_event(parts.conversation, "restart")(Talk, None, parts.talk, **quiet)
    custom_event(parts.conversation, "resume")(listeners.resume, None, parts.talk, **quiet)
    custom_event(parts.conversation, "edit")(listeners.edit, parts.talk, parts.talk, **quiet)
    custom_event(parts.conversation, "tongue")(listeners.speak, None, parts.words, **quiet)
    custom_event(parts.conversation, "anywhere")(lambda: "", None, parts.document, **quiet)


def composer_words(tongue: Tongue, levels: list[str]) -> list[Any]:
    """The words of question box, buttons and filter, and the language they are in; in the order of Parts.words."""
    choices = [(say("all_levels", tongue), ALL_LEVELS), *((level_name(level, tongue), level) for level in levels)]
    return [
        gr.update(label=say("question_label", tongue), placeholder=say("question_hint", tongue)),
        gr.update(value=say("send", tongue)),
        gr.update(value=say("stop", tongue)),
        gr.update(label=say("level_label", tongue), choices=choices),
        tongue,
    ]


def _buttons(*, answering: bool) -> list[Any]:
    """Stop takes the place of Send while an answer comes."""
    return [gr.update(visible=not answering), gr.update(visible=answering)]
