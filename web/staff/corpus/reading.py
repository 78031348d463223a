"""Files of drafts are read and cut up by processes of their own, so many at once, the others in order."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from ingest.corpus.draft import Draft, draft_folder, draft_place, incoming, name_for, open_draft, put_in, source_path
from ingest.corpus.versions import file_digests
from ingest.corpus_config import SourceConfig
from ingest.errors import DraftUnusable, PolicyQAError
from ingest.readers.limits import Limits
from web.staff.corpus.addresses import file_path
from web.staff.corpus.cutting import CutOrder, cutting
from web.staff.corpus.kept_cuts import KeptCut, keep_cut, kept_cut, key_of
from web.staff.corpus.preview import said_of
from web.staff.corpus.publishing import Publishing, Words
from web.staff.shell.edits import is_changed
from web.staff.shell.jobs import Job, Progress
from web.staff.shell.office import Office

CHANGED = "web.file_changed_meanwhile"
READ = "corpus-read"  # kind of job
TICK_S = 0.2  # between two looks whether a process is done or is to be ended
CUTS = "cuts"
Tick = Callable[[float], None]
"""Told for how many seconds a file has been read; raises what is to end that."""


class Reading:
    """One for the office. ``one_change`` is held while a draft's files are changed, never while one is read."""

    def __init__(self, office: Office, publishing: Publishing, one_change: threading.Lock) -> None:
        self._office = office
        self._publishing = publishing
        self._one_change = one_change

    @property
    def home(self) -> Path:
        """Where versions and drafts lie."""
        return self._publishing.home

    def take_in(
        self, draft: Draft, given: BinaryIO, given_name: str, instead_of: str, seen: str, who: str, t: Words
    ) -> Job:
        """Start to read a file that comes in; it is put into the draft when it was read and cut whole.

        ``instead_of`` is the file it replaces, or empty, and ``seen`` its digest when that was chosen. Raises SourceUnreadable, DraftUnusable, TooManyWaiting.
        """
        folder = draft_folder(self.home, draft)
        replaced = instead_of or None
        stack = ExitStack()
        try:
            came = stack.enter_context(incoming(self.home, draft))
            _keep(given, came)
            name = name_for(folder, came, given_name, instead_of=replaced)

            def work(progress: Progress) -> str:
                self._cut(draft, came, name, said_of(folder, replaced or name), _told(name, progress, t, self._limits))
                with self._one_change:
                    open_draft(self.home, draft.id)  # raises when it was thrown away meanwhile
                    now = file_digests(folder).get(replaced or "")
                    if replaced and now is not None and is_changed(seen, now):
                        raise DraftUnusable(CHANGED, name=replaced)
                    stands = put_in(folder, came, name, instead_of=replaced)
                what = "corpus_file_replaced" if replaced else "corpus_file_added"
                self._office.audit.note(who, what, stands, draft=draft.id)
                return file_path(draft, stands)

            return self._office.jobs.queue(READ, who, work, over=stack.close)
        except (PolicyQAError, OSError):
            stack.close()
            raise

    def bring_in(self, draft: Draft, came: Path, given_name: str, who: str, tick: Tick) -> tuple[str, KeptCut | None]:
        """Read a file that lies beside the draft and put it in; its name there, and what it was cut into.

        ``tick`` is called again and again and may raise to stop. To be called in one thread from begin to end. Raises
        SourceUnreadable, LosslessnessBroken, DraftUnusable; then nothing was put in.
        """
        folder = draft_folder(self.home, draft)
        name = name_for(folder, came, given_name)
        said = said_of(folder, name)
        self._cut(draft, came, name, said, tick)
        cut = kept_cut(self._cut_folder(draft, came, name, said))
        with self._one_change:
            open_draft(self.home, draft.id)
            stands = put_in(folder, came, name)
        self._office.audit.note(who, "corpus_file_added", stands, draft=draft.id)
        return stands, cut

    @property
    def one_change(self) -> threading.Lock:
        """Held while a draft's files, or what is said of them, are changed."""
        return self._one_change

    @property
    def _limits(self) -> Limits:
        return self._publishing.limits

    def cut(self, draft: Draft, name: str, who: str, t: Words) -> Job:
        """Start to cut a file of a draft, to be looked through. Raises DraftUnusable, CorpusUnusable, TooManyWaiting."""
        folder = draft_folder(self.home, draft)
        path, said = source_path(folder, name), said_of(folder, name)

        def work(progress: Progress) -> str:
            self._cut(draft, path, name, said, _told(name, progress, t, self._limits))
            return file_path(draft, name)

        return self._office.jobs.queue(READ, who, work, over=_nothing)

    def kept(self, draft: Draft, name: str) -> KeptCut | None:
        """What a file of a draft was cut into, when it was since it changed. Raises DraftUnusable, CorpusUnusable."""
        folder = draft_folder(self.home, draft)
        return kept_cut(self._cut_folder(draft, source_path(folder, name), name, said_of(folder, name)))

    def _cut_folder(self, draft: Draft, path: Path, name: str, said: SourceConfig) -> Path:
        return draft_place(self.home, draft) / CUTS / key_of(path, name, said)

    def _cut(self, draft: Draft, path: Path, name: str, said: SourceConfig, tick: Tick) -> None:
        """Have a file cut by a process and keep what came of it.

        Raises SourceUnreadable, LosslessnessBroken, DraftUnusable when the draft was thrown away, or Cancelled.
        """
        folder = self._cut_folder(draft, path, name, said)
        limits, most_mb = self._limits, self._office.settings.max_read_mb
        with (
            incoming(self.home, draft) as aside,
            cutting(CutOrder(path, name, said, limits, most_mb, aside)) as at_work,
        ):
            while not at_work.wait(TICK_S):
                tick(at_work.seconds)
            at_work.check()
            with self._one_change:
                open_draft(self.home, draft.id)
                keep_cut(aside, folder)


def _told(name: str, progress: Progress, t: Words, limits: Limits) -> Tick:
    most = int(limits.max_seconds)
    return lambda seconds: progress.step(0, 0, t("step_read", name=name, seconds=int(seconds), most=most))


def _keep(given: BinaryIO, came: Path) -> None:
    try:
        with came.open("wb") as file:
            shutil.copyfileobj(given, file)
    except OSError as error:
        raise DraftUnusable("web.file_cannot_kept", reason=error.strerror or error) from error


def _nothing() -> None:
    """Of a file that lies in the draft nothing is to be removed."""
