"""``python -m web wecom`` as a process of its own: it says when it is connected, and ends well when told to."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.web.channels.wecom_server import BOT, SECRET, wecom_server

PROJECT = Path(__file__).parents[3]


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_says_when_it_is_connected_and_ends_with_status_0(tmp_path: Path, sign: signal.Signals) -> None:
    async def talk() -> tuple[int | None, str]:
        async with wecom_server() as server:
            own = {"POLICYQA_HOME": str(tmp_path), "PYTHONPATH": str(PROJECT), "POLICYQA_WECOM_URL": server.url}
            keys = {"POLICYQA_WECOM_BOT_ID": BOT, "POLICYQA_WECOM_SECRET": SECRET}
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                str(Path(__file__).with_name("little_wecom.py")),
                env={**os.environ, **own, **keys},
                cwd=PROJECT,
                stderr=asyncio.subprocess.PIPE,
            )
            try:
                await server.sends("全职引进的A类人才给多少安家补贴？")
                await server.seen(1)
                process.send_signal(sign)
                _, said = await process.communicate()
            finally:
                if process.returncode is None:
                    process.kill()  # whatever went wrong, no process outlives its test
                    await process.wait()
            return process.returncode, said.decode()

    status, said = asyncio.run(talk())
    assert status == 0, said
    assert said.count("The bot is connected to ws://127.0.0.1") == 1
    assert "Traceback" not in said
