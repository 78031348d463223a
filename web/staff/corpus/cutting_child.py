"""``python -m web.staff.corpus.cutting_child``: what runs in the process that :mod:`web.staff.corpus.cutting` begins.

One order as a line of JSON comes in, one line with the verdict goes out.
"""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path

from ingest.corpus.load import segment
from ingest.errors import PolicyQAError, SourceUnreadable
from ingest.readers.dispatch import read_source
from ingest.readers.limits import MEGABYTE
from web.staff.corpus.cutting import ORDERS, VERDICTS, CutOrder, Verdict, memory_used_up
from web.staff.corpus.kept_cuts import write_cut

PR_SET_PDEATHSIG = 1  # linux/prctl.h
NICENESS = 5


def main() -> int:
    """Entry point. The status is 0 whenever there is a verdict."""
    order = ORDERS.validate_json(sys.stdin.buffer.readline())
    verdicts = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library may print is for the log
    end_with_the_service()
    stand_back()
    most = order.max_memory_mb * MEGABYTE
    # The upper limit stays as it was: LibreOffice, which it may begin, maps far more than it uses.
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))
    verdict: Verdict | None = None
    with suppress(MemoryError):  # leaving it lets go of all that was made of the file
        verdict = cut(order)
    if verdict is None:
        gc.collect()
        verdict = _against(memory_used_up(order))
    os.write(verdicts, VERDICTS.dump_json(verdict))
    return 0


def cut(order: CutOrder) -> Verdict:
    """Read the file, cut it up and write down what it was cut into."""
    try:
        source = read_source(order.path, order.name, order.limits)
        if not source.text.strip():
            raise SourceUnreadable("web.no_text_in_file", name=order.name)
        write_cut(segment(source, order.config), order.into)
    except PolicyQAError as error:
        return _against(error)
    except OSError as error:
        reason = error.strerror or str(error)
        return _against(SourceUnreadable("web.clauses_cannot_kept", name=order.name, reason=reason))
    return Verdict()


def _against(error: PolicyQAError) -> Verdict:
    return Verdict(type(error).__name__, error.sentence)


def end_with_the_service() -> None:
    """Whatever becomes of the process that began this one, this one does not outlive it."""
    if sys.platform == "linux":  # at once, also in the middle of a long search for a pattern, which lets no thread in
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_wait_for_the_end, daemon=True).start()


def stand_back() -> None:
    """The service goes first: its questions have the processor, and where memory runs out the system ends this process."""
    os.nice(NICENESS)
    with suppress(OSError):  # only Linux has it
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _wait_for_the_end() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
