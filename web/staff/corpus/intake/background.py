"""Reads what waits in all drafts, as many files at a time as there are processors, and goes on after a restart."""

from __future__ import annotations

import logging
import os
import threading
from collections import deque
from collections.abc import Generator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path

from ingest.corpus.draft import Draft, draft_folder, drafts
from ingest.corpus.versions import file_digests
from ingest.errors import LosslessnessBroken, PolicyQAError, UnusableInput
from ingest.sentences import Sentence
from web.staff.corpus.intake.items import Facts, Item, Items
from web.staff.corpus.kept_cuts import KeptCut
from web.staff.corpus.publishing import Words
from web.staff.corpus.reading import TICK_S, Reading
from web.staff.shell.jobs import Cancelled, Job, Jobs, Progress
from web.staff.shell.pace import Pace
from web.staff.shell.words import sayer
from web.texts import Tongue

log = logging.getLogger(__name__)

MANY = "corpus-many"  # kind of job
PLACE = "/staff/corpus/many?draft="
Place = tuple[str, str]  # ids of a draft and of a file that was brought into it


class Background:
    """One for the office."""

    def __init__(self, home: Path, jobs: Jobs, items: Items, reading: Reading, at_once: int = 0) -> None:
        """``at_once`` files are read at a time; 0 takes as many as there are processors."""
        self._home = home
        self._jobs = jobs
        self._items = items
        self._reading = reading
        self._at_once = at_once or os.cpu_count() or 1
        self._lock = threading.RLock()  # a job that is over at once says so to whoever began it
        self._job: Job | None = None
        self._turn = 0  # of the job that reads now

    def running(self) -> Job | None:
        """The job that reads now, None when nothing is read."""
        with self._lock:
            return self._job

    def resume(self) -> None:
        """After a start of the service: clear up, and go on where it was ended."""
        for draft in drafts(self._home):
            self._items.clear_up(draft)
        if self._waiting():
            self.start("", "zh")

    def start(self, who: str, tongue: Tongue) -> Job:
        """Begin to read what waits, unless that is done already. Raises TooManyWaiting."""
        t = sayer("intake", tongue)
        with self._lock:
            if self._job is not None:
                return self._job
            self._turn += 1
            turn, tried = self._turn, set[Place]()

            def work(progress: Progress) -> str:
                last = ""
                while True:
                    last = self._read_all(progress, t, tried) or last
                    with self._lock:  # what came in until now is read; what comes later begins a new job
                        if all(_place(*one) in tried for one in self._waiting()):
                            self._over(turn)
                            return PLACE + last

            self._job = self._jobs.queue(MANY, who, work, lambda: self._over(turn))
            return self._job

    def _over(self, turn: int) -> None:
        with self._lock:
            if self._turn == turn:
                self._job = None

    def _waiting(self) -> list[tuple[Draft, Item]]:
        """What waits, the oldest draft first."""
        return [(draft, item) for draft in reversed(drafts(self._home)) for item in self._items.waiting(draft)]

    def _read_all(self, progress: Progress, t: Words, tried: set[Place]) -> str:
        """Read what waits and was not ``tried`` yet; the id of the draft that came last."""
        left = deque(one for one in self._waiting() if _place(*one) not in tried)
        last, done, total = left[-1][0].id if left else "", 0, len(left)
        pace = Pace()
        at_work: set[Future[None]] = set()
        with _stopping_pool(self._at_once) as (pool, stop):
            while left or at_work:
                progress.step(done, total, _words(pace.minutes_left(done, total), t))
                while left and len(at_work) < self._at_once:
                    draft, item = left.popleft()
                    tried.add(_place(draft, item))
                    at_work.add(pool.submit(self._read, draft, item, stop))
                ended, at_work = wait(at_work, TICK_S, FIRST_COMPLETED)
                for one in ended:
                    one.result()
                    done += 1
        return last

    def _read(self, draft: Draft, item: Item, stop: threading.Event) -> None:
        """Read one file and keep what came of it; one that is stopped waits on."""

        def tick(seconds: float) -> None:
            del seconds
            if stop.is_set():
                raise Cancelled

        tick(0)
        came = self._items.bytes_of(draft, item)
        try:
            if came.exists():
                name, cut = self._reading.bring_in(draft, came, item.given, item.who, tick)
                update = {"state": "in", "name": name, "facts": facts_of(cut) if cut else Facts()}
            else:
                update = self._put_in_before(draft, item)
            self._items.put(draft, item.model_copy(update=update))
        except Cancelled:
            raise
        except (UnusableInput, LosslessnessBroken) as error:
            self._refuse(draft, item, error)

    def _put_in_before(self, draft: Draft, item: Item) -> dict[str, object]:
        """How a file stands that a service put in which was killed before it noted that."""
        digests = file_digests(draft_folder(self._home, draft))
        name = next((name for name, digest in digests.items() if digest == item.digest), None)
        if name is None:
            return {"state": "refused", "said": Sentence("web.file_lost", name=item.given)}
        cut = self._reading.kept(draft, name)
        return {"state": "in", "name": name, "facts": facts_of(cut) if cut else Facts()}

    def _refuse(self, draft: Draft, item: Item, error: PolicyQAError) -> None:
        try:
            self._items.put(draft, item.model_copy(update={"state": "refused", "said": error.sentence}))
        except UnusableInput as worse:  # the draft was thrown away, or the disk is full and it waits on
            log.warning("%s", worse)


def _place(draft: Draft, item: Item) -> Place:
    return draft.id, item.id


def facts_of(cut: KeptCut) -> Facts:
    """What the first policy of a file says of itself."""
    summary = cut.summary
    counts = Facts(documents=summary.documents, clauses=summary.clauses, doubts=summary.doubts)
    pages = dict.fromkeys(listed.page for listed in summary.listed_documents[:1])
    document = next((block.document for page in pages for block in cut.page(page) if block.document), None)
    if document is None:
        return counts
    term = document.validity
    return counts.model_copy(
        update={
            "title": document.title,
            "level": document.level or "",
            "issuer": document.issuer or "",
            "number": document.number or "",
            "issued": document.issued,
            "valid_from": term.valid_from,
            "valid_until": term.valid_until,
            "undetermined": term.undetermined is not None,
        }
    )


@contextmanager
def _stopping_pool(at_once: int) -> Generator[tuple[ThreadPoolExecutor, threading.Event]]:
    """Threads that read, and what stops them; all have ended when this is left."""
    stop = threading.Event()
    with ThreadPoolExecutor(at_once, thread_name_prefix="intake") as pool:
        try:
            yield pool, stop
        finally:
            stop.set()


def _words(left: int | None, t: Words) -> str:
    if left is None:
        return t("reading_begins")
    return t("reading_left_soon") if left <= 1 else t("reading_left", minutes=left)
