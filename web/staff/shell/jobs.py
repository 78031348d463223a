"""Work that takes longer than a page may: it runs in a thread, tells how far it is, and can be stopped.

Of most kinds of work one job runs at a time and another is refused; some wait in order for their turn.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Literal

from ingest.errors import PolicyQAError, ServiceUnavailable
from ingest.sentences import Sentence

log = logging.getLogger(__name__)

State = Literal["waiting", "running", "done", "failed", "cancelled"]
KINDS_AT_ONCE = 4  # jobs of different kinds that run beside one another
IN_ORDER_AT_ONCE = 2  # jobs that take turns, running beside one another
MOST_WAITING = 20  # for their turn
JOBS_KEPT = 50  # finished ones whose state can still be asked for


class Cancelled(PolicyQAError):
    """Raised inside a job when somebody has stopped it."""

    def __init__(self) -> None:
        super().__init__("web.job_stopped")


class JobBusy(PolicyQAError):
    """A job of this kind is running already."""


@dataclass
class Job:
    """One piece of work and how far it is."""

    id: str
    kind: str
    who: str
    state: State = "running"
    done: int = 0
    total: int = 0
    words: str = ""
    error: Sentence | None = None
    result: str = ""  # address of what came of it, below the root path
    ended: threading.Event = field(default_factory=threading.Event, repr=False)

    @property
    def is_over(self) -> bool:
        """Whether it was done, failed or was stopped."""
        return self.state not in ("waiting", "running")

    def wait(self, seconds: float) -> bool:
        """Wait so long at most; whether it is over and all that belongs to it is done."""
        return self.ended.wait(seconds)

    def as_json(self) -> dict[str, Any]:
        """What ``GET /staff/jobs/{id}`` gives."""
        names = ("id", "kind", "state", "done", "total", "words", "result")
        return {**{name: getattr(self, name) for name in names}, "error": self.error or ""}


class Progress:
    """What a job's work tells of itself."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._stop = threading.Event()

    def step(self, done: int, total: int, words: str = "") -> None:
        """Tell how far the work is. Raises Cancelled when it is to stop."""
        if self._stop.is_set():
            raise Cancelled
        self._job.done, self._job.total, self._job.words = done, total, words

    def stop(self) -> None:
        """Let the next step raise Cancelled."""
        self._stop.set()


class TooManyWaiting(ServiceUnavailable):
    """So many jobs wait for their turn that another is refused."""


class Jobs:
    """The jobs of this process; they do not outlive it."""

    def __init__(self, in_order_at_once: int = IN_ORDER_AT_ONCE, kept: Callable[[], None] = lambda: None) -> None:
        """``kept`` is called at the end of each, before it is done: what it made may have to be kept elsewhere."""
        self._kept = kept
        self._pool = ThreadPoolExecutor(KINDS_AT_ONCE, thread_name_prefix="staff-job")
        self._in_order = ThreadPoolExecutor(in_order_at_once, thread_name_prefix="staff-turn")
        self._futures: dict[str, Future[str]] = {}
        self._jobs: dict[str, tuple[Job, Progress]] = {}
        self._lock = threading.Lock()

    def start(self, kind: str, who: str, work: Callable[[Progress], str]) -> Job:
        """Run ``work``, which returns the address of its result.

        Raises JobBusy when one of its kind is running, ServiceUnavailable when there is no thread for it.
        """
        with self._lock:
            running = self._running(kind)
            if running is not None:
                raise JobBusy("web.job_runs_already", who=running.who)
            job = Job(secrets.token_hex(8), kind, who)
            progress = Progress(job)
            self._jobs[job.id] = (job, progress)
            self._forget()
        try:
            begun = self._pool.submit(self._worked, work, progress)
        except RuntimeError as error:  # the system gives no more threads, or the service is about to end
            progress.stop()  # it stands in the queue of the pool already
            job.state = "failed"
            job.error = Sentence("web.no_thread_for_job")
            raise ServiceUnavailable(job.error) from error
        begun.add_done_callback(lambda future: _finish(job, future))
        return job

    def queue(self, kind: str, who: str, work: Callable[[Progress], str], over: Callable[[], object]) -> Job:
        """Run ``work`` when it is its turn; ``over`` is called at its end, also when it was stopped before it began.

        Raises TooManyWaiting.
        """
        job = Job(secrets.token_hex(8), kind, who, "waiting")
        progress = Progress(job)

        def begin() -> str:
            job.state = "running"
            progress.step(0, 0)
            return self._worked(work, progress)

        def end(future: Future[str]) -> None:
            try:
                over()
            finally:
                _finish(job, future)

        with self._lock:
            if sum(known.state == "waiting" for known, _ in self._jobs.values()) >= MOST_WAITING:
                raise TooManyWaiting("web.too_many_jobs", most=MOST_WAITING)
            self._jobs[job.id] = (job, progress)
            self._forget()
            future = self._futures[job.id] = self._in_order.submit(begin)
        future.add_done_callback(end)
        return job

    def ahead_of(self, job: Job) -> int:
        """How many jobs have their turn before one that waits, those that run included."""
        with self._lock:
            before = [known for known, _ in self._jobs.values() if known.id in self._futures and not known.is_over]
        return before.index(job) if job in before else 0

    def find(self, identity: str) -> Job | None:
        """A job of this process, finished ones included."""
        found = self._jobs.get(identity)
        return found[0] if found else None

    def running(self, kind: str) -> Job | None:
        """The job of a kind that is running now."""
        with self._lock:
            return self._running(kind)

    def all(self) -> list[Job]:
        """All jobs still known, the newest first."""
        with self._lock:
            return [job for job, _ in reversed(self._jobs.values())]

    def cancel(self, identity: str) -> Job | None:
        """Ask a job to stop; it does at its next step."""
        found = self._jobs.get(identity)
        if found is None:
            return None
        found[1].stop()
        if identity in self._futures:
            self._futures[identity].cancel()  # one that has begun stops at its next step
        return found[0]

    def close(self) -> None:
        """Ask all jobs to stop; nothing new begins. Those that take turns have ended when this returns.

        They are the ones with processes of their own, and look often whether they are to stop.
        """
        for _, progress in list(self._jobs.values()):
            progress.stop()
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._in_order.shutdown(wait=True, cancel_futures=True)

    def _worked(self, work: Callable[[Progress], str], progress: Progress) -> str:
        result = work(progress)
        self._kept()
        return result

    def _running(self, kind: str) -> Job | None:
        return next((job for job, _ in self._jobs.values() if job.kind == kind and job.state == "running"), None)

    def _forget(self) -> None:
        finished = [key for key, (job, _) in self._jobs.items() if job.is_over]
        for key in finished[: max(0, len(finished) - JOBS_KEPT)]:
            del self._jobs[key]
            self._futures.pop(key, None)


def _finish(job: Job, future: Future[str]) -> None:
    """Whatever ended the work: the state says it last, so that whoever reads it finds the rest in place."""
    _say_how(job, future)
    job.ended.set()


def _say_how(job: Job, future: Future[str]) -> None:
    if future.cancelled():
        job.state = "cancelled"
        return
    error = future.exception()
    if error is None:
        job.result = future.result()
        job.done = job.total
        job.state = "done"
    elif isinstance(error, Cancelled):
        job.state = "cancelled"
    elif isinstance(error, PolicyQAError):
        job.error = error.sentence
        job.state = "failed"
    else:
        log.error("the job %s failed", job.kind, exc_info=error)
        job.error = Sentence("web.job_failed")
        job.state = "failed"
