"""The process that reads a file: what it leaves, what it says, and that it is always gone in the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.corpus.load import load_file
from ingest.corpus_config import SourceConfig
from ingest.errors import LosslessnessBroken, SourceUnreadable
from ingest.readers.limits import Limits
from ingest.sentences import Sentence
from ingest.settings import PROJECT
from tests.web.staff.conftest import ENDLESS, FIRMS, SOON_S, cutting_pids, is_gone, until
from web.staff.corpus import cutting as cutting_module
from web.staff.corpus.cutting import MODULE, ORDERS, CutOrder, Cutting, cutting
from web.staff.corpus.kept_cuts import kept_cut
from web.staff.corpus.preview import blocks_of

MANY_LINES = b"\xe4\xb8\x80\n" * 300_000  # 1.2 MB whose clauses take half a gigabyte


@pytest.fixture
def order(texts: Path, tmp_path: Path) -> CutOrder:
    return CutOrder(texts / FIRMS, FIRMS, SourceConfig(level="市"), Limits(), 1024, tmp_path / "cut")


def endless(order: CutOrder) -> CutOrder:
    order.path.write_bytes(ENDLESS)
    return order


def done(at_work: Cutting) -> None:
    until(lambda: at_work.wait(SOON_S))
    at_work.check()


def test_what_was_cut_is_left_for_the_service(order: CutOrder) -> None:
    order.path.write_text("支持养老服务若干措施\n\n一、每张床位给予8000元补贴。\n", encoding="utf-8")
    with cutting(order) as at_work:
        done(at_work)
    kept = kept_cut(order.into)
    assert kept is not None
    documents = [block.document for block in kept.page(1) if block.document is not None]
    assert [document.level for document in documents] == ["市"], "what corpus.toml says of the file is heeded"
    assert [block.pieces for block in kept.page(1)] == [block.pieces for block in blocks_of(load_file(order.path))]


def test_paths_may_be_those_of_the_service(order: CutOrder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(order.path.parent)
    with cutting(replace(order, path=Path(FIRMS), into=Path("cut"))) as at_work:
        done(at_work)
    assert kept_cut(order.path.parent / "cut") is not None


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"),
        ("\ufeff\n \u3000\n".encode(), "holds no text|there is no text in it"),
        (b"\0\0\0a", "is no text"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(order: CutOrder, data: bytes, sentence: str) -> None:
    order.path.write_bytes(data)
    with pytest.raises(SourceUnreadable, match=sentence), cutting(order) as at_work:
        done(at_work)
    assert not order.into.exists()


def test_a_file_that_takes_too_long_is_ended(order: CutOrder) -> None:
    limits = Limits(max_seconds=1.0)
    with (
        pytest.raises(SourceUnreadable, match=r"not read after 1 seconds; .*POLICYQA_MAX_READ_SECONDS"),
        cutting(replace(endless(order), limits=limits)) as at_work,
    ):
        done(at_work)
    assert at_work.process.returncode == -signal.SIGKILL
    assert is_gone(at_work.process.pid)


def test_a_file_that_takes_too_much_memory_is_refused(order: CutOrder) -> None:
    order.path.write_bytes(MANY_LINES)
    with (
        pytest.raises(SourceUnreadable, match=r"needs more than 256 MB of memory.*POLICYQA_MAX_READ_MB"),
        cutting(replace(order, max_memory_mb=256)) as at_work,
    ):
        done(at_work)
    assert is_gone(at_work.process.pid)


def test_what_the_system_ends_was_too_large_and_what_breaks_off_is_said(order: CutOrder) -> None:
    for number, sentence in ((signal.SIGKILL, "of memory"), (signal.SIGSEGV, "broke off")):
        with cutting(endless(order)) as at_work:
            at_work.process.send_signal(number)
            with pytest.raises(SourceUnreadable, match=sentence):
                done(at_work)


def test_a_fault_of_ours_stays_one(order: CutOrder, monkeypatch: pytest.MonkeyPatch) -> None:
    what = Sentence("ingest.belongs_to_nobody")
    lost = Sentence("ingest.not_lossless", name="a.txt", line=1, shown="a", start=0, end=1, what=what)
    verdict = cutting_module.Verdict("LosslessnessBroken", lost)
    monkeypatch.setattr(cutting_module, "MODULE", "this")
    monkeypatch.setattr(cutting_module, "Popen", speaking(cutting_module.VERDICTS.dump_json(verdict).decode()))
    with pytest.raises(LosslessnessBroken, match="line 1") as told, cutting(order) as at_work:
        done(at_work)
    assert told.value.sentence.said("zh") == lost.said("zh")


def speaking(said: str) -> Callable[..., subprocess.Popen[bytes]]:
    """A process that takes its order and has only this to say."""

    def begin(command: list[str], **more: object) -> subprocess.Popen[bytes]:
        program = f"input(); print({said!r})"
        return subprocess.Popen([command[0], "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    return begin


def test_the_process_is_gone_whatever_happens_meanwhile(order: CutOrder) -> None:
    pids: set[int] = set()
    with suppress(ZeroDivisionError), cutting(endless(order)) as at_work:
        until(lambda: at_work.process.pid in cutting_pids())
        pids.add(at_work.process.pid)
        raise ZeroDivisionError
    assert all(is_gone(pid) for pid in pids)
    assert pids


def test_it_knows_none_of_our_secrets(order: CutOrder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_CHAT_API_KEY", "secret")
    with cutting(endless(order)) as at_work:
        until(lambda: at_work.process.pid in cutting_pids())
        known = Path(f"/proc/{at_work.process.pid}/environ").read_bytes()
    assert b"PATH=" in known
    assert b"POLICYQA_" not in known


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has it")
def test_where_memory_runs_out_the_system_ends_it_before_the_service(order: CutOrder) -> None:
    with cutting(endless(order)) as at_work:
        until(lambda: Path(f"/proc/{at_work.process.pid}/oom_score_adj").read_text() == "1000\n")
        assert os.getpriority(os.PRIO_PROCESS, at_work.process.pid) > os.getpriority(os.PRIO_PROCESS, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the end of the input is all it has to go by")
def test_it_ends_with_a_service_that_is_killed(order: CutOrder) -> None:
    program = f"""
import sys
from web.staff.corpus.cutting import ORDERS, cutting
with cutting(ORDERS.validate_json({ORDERS.dump_json(endless(order))!r})) as at_work:
    print(at_work.process.pid, flush=True)
    at_work.wait(100)
"""
    service = subprocess.Popen([sys.executable, "-c", program], cwd=PROJECT, stdout=subprocess.PIPE)
    with service:
        assert service.stdout is not None
        pid = int(service.stdout.readline())
        assert not is_gone(pid)
        os.kill(service.pid, signal.SIGKILL)
    until(lambda: is_gone(pid))


def test_it_ends_when_its_input_does(order: CutOrder) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", MODULE], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        process.communicate(ORDERS.dump_json(endless(order)) + b"\n", timeout=SOON_S)
    assert process.returncode == 1
    assert not order.into.exists()
