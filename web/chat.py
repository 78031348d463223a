"""The chat page: Gradio carries questions and answers, our own script draws them as text nodes.

The conversation is a Gradio component whose template never changes; its value is a message (see ``Message``)
that ``static/chat.js`` draws with ``textContent``. Nothing that comes from a clause, a question or a model is
ever put through a template or read as HTML or Markdown.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, NotRequired, TypedDict

import gradio as gr

from bot.types import Answer, Answered, AnswerSentence, Question
from index.types import Filters
from ingest.errors import PolicyQAError
from ingest.types import Corpus
from web.answering import BotDoor
from web.api import levels_of
from web.cards import Card, Count, SentenceView, cards_of, clause_card, figure_count, sentence_view, sentences_of
from web.copies import markdown, plain_text
from web.examples import examples_for_browser
from web.guards import Allowance
from web.library import disclaimer
from web.settings import WebSettings
from web.texts import Tongue, both_tongues, level_name, say, tongue_of, tongue_wanted

ALL_LEVELS = ""
FONTS = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif"]

# The script is a file of ours; the page may draw its components before or after it has come.
ON_LOAD = """
const begin = () => window.policyPage.part('{part}', element, props, watch, trigger, [{events}]);
if (window.policyPage) begin(); else document.addEventListener('policy-page', begin, {{once: true}});
"""


class About(TypedDict):
    """What the first visit tells."""

    title: str
    region: str
    documents: int
    clauses: int
    levels: list[tuple[str | None, int]]
    as_of: str


class Welcome(TypedDict):
    """The first message; also sent when a new conversation begins. ``about`` is None while documents load."""

    kind: Literal["welcome"]
    lang: Tongue
    about: About | None
    card: Card | None
    ask: str | None


class Turn(TypedDict):
    """A question and as much of its answer as there is; each message replaces the one before with the same id."""

    kind: Literal["turn"]
    id: str
    question: str
    status: Literal["working", "streaming", "answered", "declined", "failed"]
    sentences: list[SentenceView]
    message: NotRequired[str]
    standalone: NotRequired[str]
    notices: NotRequired[list[str]]
    cards: NotRequired[list[Card]]
    figures: NotRequired[Count]
    plain: NotRequired[str]
    markdown: NotRequired[str]
    lang: NotRequired[str]


def about(corpus: Corpus, today: date) -> About:
    """What the corpus holds, in numbers. Documents of which only the title is printed are not counted."""
    printed = [document for document in corpus.documents if document.kind == "policy"]
    counts = Counter(document.level for document in printed)
    return {
        "title": corpus.title,
        "region": corpus.region,
        "documents": len(printed),
        "clauses": len(corpus.clauses),
        "levels": [(level, counts[level]) for level in levels_of(corpus) if counts[level]],
        "as_of": today.isoformat(),
    }


def finished_turn(turn: Turn, answer: Answer, corpus: Corpus, settings: WebSettings) -> Turn:
    """The last message of a turn: everything that is known of the answer."""
    sentences = sentences_of(answer)
    done: Turn = {
        **turn,
        "status": "answered" if isinstance(answer, Answered) else "declined",
        "sentences": [sentence_view(sentence) for sentence in sentences],
        "notices": list(answer.notices),
        "cards": cards_of(answer, corpus),
        "figures": figure_count(sentences, corpus),
        "plain": plain_text(answer, disclaimer(settings, tongue_of(answer.language))),
        "markdown": markdown(answer),
        "lang": answer.language.value,
    }
    if answer.question.earlier and answer.standalone != answer.question.last:
        done["standalone"] = answer.standalone
    return done


@dataclass(frozen=True)
class Desk:
    """What the page's events work with."""

    door: BotDoor
    allowance: Allowance
    settings: WebSettings
    today: Callable[[], date]

    async def welcome(self, request: gr.Request) -> AsyncIterator[list[Any]]:
        """On load: the words in the visitor's language at once, the facts as soon as the documents are there."""
        tongue = tongue_wanted(_parameter(request, "lang"), request.headers.get("accept-language"))
        message: Welcome = {"kind": "welcome", "lang": tongue, "about": None, "card": None, "ask": None}
        if not self.door.is_open:
            yield [message, *self.composer(tongue)]
        corpus = (await self.door.wait_open()).corpus
        message["about"] = about(corpus, self.today())
        clause = corpus.clause_by_id.get(_parameter(request, "clause") or "")
        if clause is not None:
            message["card"] = clause_card(clause, corpus, self.today())
        asked = (_parameter(request, "q") or "").strip()
        message["ask"] = asked[: self.settings.max_question_chars] or None
        yield [message, *self.composer(tongue)]

    def composer(self, tongue: Tongue) -> list[Any]:
        """The words of question box, buttons and filter, and the language they are in."""
        levels = levels_of(self.door.bot.corpus) if self.door.is_open else []
        choices = [(say("all_levels", tongue), ALL_LEVELS), *((level_name(level, tongue), level) for level in levels)]
        return [
            gr.update(label=say("question_label", tongue), placeholder=say("question_hint", tongue)),
            gr.update(value=say("send", tongue)),
            gr.update(value=say("stop", tongue)),
            gr.update(label=say("level_label", tongue), choices=choices),
            tongue,
        ]

    async def answer(
        self, text: str, level: str, turns: tuple[str, ...], tongue: Tongue, request: gr.Request
    ) -> AsyncIterator[tuple[Turn, tuple[str, ...]]]:
        """The messages of one turn, each with the turns so far."""
        turn: Turn = {"kind": "turn", "id": f"t{len(turns) + 1}", "question": text, "status": "working", "sentences": []}
        refusal = self._refusal(text, tongue, request)
        if refusal:
            yield {**turn, "status": "failed", "message": refusal}, turns
            return
        turns = (*turns, text)[-self.settings.max_turns - 1 :]
        yield turn, turns
        bot = await self.door.wait_open()
        chosen = frozenset({level} if level in levels_of(bot.corpus) else ())
        question = Question(turns, self.today(), Filters(levels=chosen))
        try:
            async for part in self.door.stream(question):
                if isinstance(part, list):
                    turn = _longer(turn, part)
                    yield turn, turns
                else:
                    yield finished_turn(turn, part, bot.corpus, self.settings), turns
        except PolicyQAError as error:
            yield {**turn, "status": "failed", "message": str(error)}, turns

    def _refusal(self, text: str, tongue: Tongue, request: gr.Request) -> str | None:
        limit = self.settings.max_question_chars
        if len(text) > limit:
            return say("too_long", tongue, length=len(text), limit=limit)
        client = request.client.host if request.client else "unknown"
        wait = self.allowance.wait_seconds(client)
        return say("too_many", tongue, seconds=wait) if wait else None


def _longer(turn: Turn, sentences: list[AnswerSentence]) -> Turn:
    views = [*turn["sentences"], *(sentence_view(sentence) for sentence in sentences)]
    return {**turn, "status": "streaming", "sentences": views}


def _parameter(request: gr.Request, name: str) -> str | None:
    value = request.query_params.get(name)
    return str(value) if value is not None else None


def chat_page(door: BotDoor, allowance: Allowance, settings: WebSettings, today: Callable[[], date]) -> gr.Blocks:
    """The page with its components and events."""
    desk = Desk(door, allowance, settings, today)
    with gr.Blocks(title=say("title", "zh"), analytics_enabled=False, fill_width=True) as page:
        turns = gr.State(())
        tongue = gr.State("zh")
        _part("head", "pq-head", words=both_tongues(), bureau={"zh": settings.bureau_zh, "en": settings.bureau_en})
        with gr.Row(elem_id="pq-desk"):
            with gr.Column(elem_id="pq-talk", min_width=0):
                conversation = _part(
                    "conversation", "pq-conversation", ("ask", "restart", "tongue"), examples=examples_for_browser()
                )
                with gr.Column(elem_id="pq-composer", min_width=0):
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
                _part("foot", "pq-foot", disclaimer={t: disclaimer(settings, t) for t in ("zh", "en")})
            with gr.Column(elem_id="pq-side", min_width=0):
                _part("evidence", "pq-evidence")
        _wire(page, desk, Parts(conversation, turns, tongue, box, send, stop, level))
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
    turns: gr.State
    tongue: gr.State
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    level: gr.Radio

    @property
    def words(self) -> list[Any]:
        """What speaks one of our languages, and which one it is."""
        return [self.box, self.send, self.stop, self.level, self.tongue]


def _wire(page: gr.Blocks, desk: Desk, parts: Parts) -> None:
    """Events: all of them private, so that Gradio offers none of them as an interface of its own."""
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    talk = [parts.conversation, parts.turns, parts.box, parts.send, parts.stop]
    buttons = [parts.conversation, parts.send, parts.stop]
    given = [parts.level, parts.turns, parts.tongue]

    async def on_load(request: gr.Request) -> AsyncIterator[list[Any]]:
        async for outputs in desk.welcome(request):
            yield outputs

    async def asked(
        text: str, level: str, turns: tuple[str, ...], tongue: Tongue, request: gr.Request
    ) -> AsyncIterator[list[Any]]:
        if not text.strip():
            yield [gr.skip()] * len(talk)
            return
        box: Any = ""
        async for message, later in desk.answer(text.strip(), level, tuple(turns), tongue, request):
            yield [message, later, box, *_buttons(answering=True)]
            box = gr.skip()
        yield [gr.skip(), gr.skip(), gr.skip(), *_buttons(answering=False)]

    async def from_page(
        level: str, turns: tuple[str, ...], tongue: Tongue, event: gr.EventData, request: gr.Request
    ) -> AsyncIterator[list[Any]]:
        async for outputs in asked(str(_data(event).get("question", "")), level, turns, tongue, request):
            yield outputs

    page.load(on_load, None, [parts.conversation, *parts.words], **quiet)
    asking = [
        parts.send.click(asked, [parts.box, *given], talk, **quiet),
        parts.box.submit(asked, [parts.box, *given], talk, **quiet),
        _custom(parts.conversation, "ask")(from_page, given, talk, **quiet),
    ]
    for event in asking:
        event.failure(lambda: [{"kind": "failed"}, *_buttons(answering=False)], None, buttons, **quiet)
    parts.stop.click(
        lambda: [{"kind": "stopped"}, *_buttons(answering=False)], None, buttons, cancels=asking, **quiet
    )
    _custom(parts.conversation, "restart")(lambda: (), None, parts.turns, **quiet)

    def speak(event: gr.EventData) -> list[Any]:
        return desk.composer("en" if _data(event).get("lang") == "en" else "zh")

    _custom(parts.conversation, "tongue")(speak, None, parts.words, **quiet)


def _buttons(*, answering: bool) -> list[Any]:
    """Stop takes the place of Send while an answer comes."""
    return [gr.update(visible=not answering), gr.update(visible=answering)]


def _data(event: gr.EventData) -> dict[str, Any]:
    """What the page's script sent along with an event."""
    data: object = event._data  # pyright: ignore[reportPrivateUsage] - its public access raises for absent names
    return data if isinstance(data, dict) else {}


def _custom(component: gr.HTML, event: str) -> Callable[..., Any]:
    """An event that the page's own script triggers; Gradio makes its listener from the name in ``js_on_load``."""
    return getattr(component, event)


def page_theme() -> gr.themes.Base:
    """System fonts only: no font file is fetched from anywhere."""
    return gr.themes.Default(font=FONTS, font_mono=["Consolas", "Menlo", "monospace"])


def page_head(static: Path) -> str:
    """Our style sheets and script, their addresses relative to the page and new whenever a file changes."""

    def address(name: str) -> str:
        digest = hashlib.sha256((static / name).read_bytes()).hexdigest()[:12]
        return f"ui/{name}?v={digest}"

    return (
        '<meta name="color-scheme" content="light dark">'
        '<link rel="icon" href="ui/icon.svg" type="image/svg+xml">'
        f'<link rel="stylesheet" href="{address("colours.css")}">'
        f'<link rel="stylesheet" href="{address("chat.css")}">'
        f'<script src="{address("chat.js")}" defer></script>'
    )
