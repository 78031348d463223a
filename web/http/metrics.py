"""What the service does, counted for Prometheus: questions, seconds, thumbs, open requests, refusals."""

from __future__ import annotations

import time
from collections import Counter as Tally
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from ipaddress import ip_address, ip_network

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.records.store import Records
from bot.records.types import Thumb
from bot.types import Answer, AnswerSentence, Declined, Question
from ingest.errors import RecordsUnusable
from web.answers.bot_pool import Bot, BotDoor
from web.answers.recording import Ledger
from web.http.api_keys import ApiKeys, key_in
from web.http.guards import path_within, peer_of
from web.replicas.replica import Replica

SECONDS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)  # without a model 0.1 to 0.5; with one up to its limit
# 429 is not among them: the page has a limit, too, and says so without a status. ``Allowance`` counts for both.
REFUSALS = {401: "not_signed_in", 403: "forbidden", 413: "too_large"}
# Paths that are counted by themselves; everything else is "page". Few, because each makes time series of its own.
AREAS = ("/api", "/v1", "/mcp", "/staff", "/library", "/metrics", "/healthz", "/readyz", "/ui")
FORWARDED = ("forwarded", "x-forwarded-for", "via")  # a proxy stands between: the request is not from here


class Meter:
    """The counters of one service."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        kept = self.registry
        self.questions = Counter(
            "policyqa_questions", "Questions answered or declined.", ("status", "reason"), registry=kept
        )
        self.seconds = Histogram(
            "policyqa_answer_seconds", "Time until the whole answer was there.", buckets=SECONDS, registry=kept
        )
        self.failures = Counter("policyqa_answer_failures", "Questions that raised an error.", registry=kept)
        self.open_requests = Gauge("policyqa_open_requests", "Requests being worked on.", registry=kept)
        self.replies = Counter(
            "policyqa_replies", "Replies by part and status class.", ("part", "status"), registry=kept
        )
        self.refused = Counter("policyqa_refused", "Requests refused before any work.", ("why",), registry=kept)
        self.connections = Gauge("policyqa_open_connections", "Connections that are open.", registry=kept)
        self.ended = Counter(
            "policyqa_connections_ended",
            "Connections ended or refused by the service, and why.",
            ("why",),
            registry=kept,
        )
        self.background_failures = Counter(
            "policyqa_background_failures",
            "Faults that ended a thread beside the requests.",
            ("thread",),
            registry=kept,
        )
        ProcessCollector(registry=self.registry)

    def connection_ended(self, why: str) -> None:
        """Count a connection that did not end by itself."""
        self.ended.labels(why).inc()

    def background_failed(self, thread: str) -> None:
        """Count a thread that died."""
        self.background_failures.labels(thread).inc()

    def too_many(self) -> None:
        """Count a request that came too soon after others."""
        self.refused.labels("too_many").inc()

    def answered(self, answer: Answer, seconds: float) -> None:
        """Count one answer."""
        declined = isinstance(answer, Declined)
        reason = answer.reason.value if isinstance(answer, Declined) else ""
        self.questions.labels("declined" if declined else "answered", reason).inc()
        self.seconds.observe(seconds)


class MeasuredDoor(BotDoor):
    """A door that counts what goes through it."""

    def __init__(self, answer_threads: int, meter: Meter) -> None:
        super().__init__(answer_threads)
        self.meter = meter

    async def ask(self, question: Question, bot: Bot | None = None) -> Answer:
        """Answer in a thread of the pool, and count it."""
        begun = time.perf_counter()
        with self.meter.failures.count_exceptions():
            answer = await super().ask(question, bot)
        self.meter.answered(answer, time.perf_counter() - begun)
        return answer

    async def stream(
        self, question: Question, bot: Bot | None = None
    ) -> AsyncGenerator[list[AnswerSentence] | Answer, None]:
        """Batches of sentences, then the answer, which is counted. One that nobody waited for is not."""
        begun = time.perf_counter()
        with self.meter.failures.count_exceptions():
            async with aclosing(super().stream(question, bot)) as parts:  # leaving early must reach the work
                async for part in parts:
                    if not isinstance(part, list):
                        self.meter.answered(part, time.perf_counter() - begun)
                    yield part


class Counting:
    """Counts requests while they are open, and replies by part of the service and class of status."""

    def __init__(self, app: ASGIApp, meter: Meter) -> None:
        self._app = app
        self._meter = meter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        part = part_of(path_within(scope))

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                status: int = message["status"]
                self._meter.replies.labels(part, f"{status // 100}xx").inc()
                if status in REFUSALS:
                    self._meter.refused.labels(REFUSALS[status]).inc()
            await send(message)

        with self._meter.open_requests.track_inprogress():
            await self._app(scope, receive, counted)


class Standing(Collector):
    """What holds at the moment somebody looks: what answers rest on, how they are kept, and what people said of them."""

    def __init__(
        self,
        door: BotDoor,
        records: Records | None,
        ledger: Ledger | None = None,
        replica: Replica | None = None,
    ) -> None:
        self._door = door
        self._records = records
        self._ledger = ledger
        self._replica = replica

    def collect(self) -> Iterator[Metric]:
        """The metrics of now."""
        yield GaugeMetricFamily("policyqa_ready", "1 when questions can be answered.", float(self._door.is_open))
        if self._door.is_open:
            corpus = self._door.bot.corpus
            yield InfoMetricFamily("policyqa_corpus", "What answers rest on.", {"digest": corpus.digest})
            size = GaugeMetricFamily("policyqa_corpus_size", "How much that is.", labels=["what"])
            size.add_metric(["documents"], len(corpus.documents))
            size.add_metric(["clauses"], len(corpus.clauses))
            yield size
        if self._replica is not None:
            named = {"name": self._replica.name, "version": self._replica.version or ""}
            yield InfoMetricFamily("policyqa_replica", "Which of several this is, and what it answers from.", named)
            behind = float(self._replica.follower.behind is not None)
            yield GaugeMetricFamily("policyqa_behind", "1 when what was published last may not serve here.", behind)
        if self._ledger is not None and self._ledger.keeps:
            yield from _kept(self._ledger)
        thumbs = self._thumbs()
        if thumbs is not None:
            said = GaugeMetricFamily("policyqa_feedback", "Answers kept that people gave a thumb.", labels=["thumb"])
            for thumb in Thumb:
                said.add_metric([thumb.value], thumbs[thumb])
            yield said

    def _thumbs(self) -> Tally[Thumb] | None:
        if self._records is None:
            return None
        try:
            return Tally(feedback.thumb for feedback in self._records.feedback().values())
        except RecordsUnusable:  # one number less is better than none at all
            return None


def _kept(ledger: Ledger) -> Iterator[Metric]:
    """How far the records are behind, and what of them was lost."""
    now = ledger.keeping()
    lost = CounterMetricFamily("policyqa_records_lost", "Answers and opinions that were not kept.", labels=["kind"])
    lost.add_metric(["turn"], now.lost_turns)
    lost.add_metric(["feedback"], now.lost_feedback)
    yield lost
    yield GaugeMetricFamily("policyqa_records_waiting", "Answers and opinions that wait to be written.", now.waiting)


def part_of(path: str) -> str:
    """The part of the service a path belongs to."""
    return next((area for area in AREAS if path == area or path.startswith(f"{area}/")), "page")


def may_look(request: Request, keys: ApiKeys, networks: str) -> bool:
    """Whether somebody may see the numbers: with a key, or straight from a machine of ``networks``."""
    if keys.needed() and keys.owner(key_in(request.headers)) is not None:
        return True
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        peer = ip_address(peer_of(request.scope))
        return any(peer in ip_network(part.strip(), strict=False) for part in networks.split(",") if part.strip())
    except ValueError:
        return False


def metrics_routes(meter: Meter, keys: ApiKeys, networks: str) -> APIRouter:
    """``GET /metrics`` in Prometheus' text format."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/metrics")
    def metrics(request: Request) -> Response:
        if not may_look(request, keys, networks):
            sentence = "The numbers are for POLICYQA_METRICS_FROM and for holders of an API key."
            return JSONResponse({"error": sentence}, status_code=403)
        return Response(generate_latest(meter.registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    _ = metrics  # registered by the decorator
    return routes
