"""Many people asking at once, through the page's own door: how long each waits for the first words.

Only a service on this machine is asked; the number of questions is fixed before it begins.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import numpy as np

from ingest.errors import ServiceUnavailable, UnusableInput

LONGEST_WAIT_S = 60.0  # for one answer; longer counts as a fault
MOST_PEOPLE = 500
MOST_QUESTIONS = 20_000
MEMORY = "process_resident_memory_bytes"


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many people ask how much, and how long each waits between two questions."""

    people: int
    questions: int  # of each
    pause_s: float

    def __post_init__(self) -> None:
        if not (1 <= self.people <= MOST_PEOPLE and 1 <= self.people * self.questions <= MOST_QUESTIONS):
            raise UnusableInput(
                "web.load_out_of_bounds",
                most_people=MOST_PEOPLE,
                most_questions=MOST_QUESTIONS,
                people=self.people,
                questions=self.questions,
            )


@dataclass(frozen=True, slots=True)
class Wait:
    """What one person saw: seconds to the first words and to the whole answer, or what went wrong."""

    first_s: float
    whole_s: float
    fault: str = ""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What all of them saw."""

    crowd: Crowd
    waits: tuple[Wait, ...]
    took_s: float
    memory_before: int  # bytes
    memory_after: int

    @property
    def faults(self) -> list[str]:
        """Of those whose question was not answered."""
        return [wait.fault for wait in self.waits if wait.fault]

    def numbers(self) -> dict[str, float | int]:
        """For machines: seconds and bytes."""
        good = [wait for wait in self.waits if not wait.fault]
        first, whole = ([getattr(wait, name) for wait in good] or [float("nan")] for name in ("first_s", "whole_s"))
        return {
            "people": self.crowd.people,
            "answers": len(good),
            "faults": len(self.faults),
            "took_s": round(self.took_s, 1),
            "first_p50_s": round(float(np.percentile(first, 50)), 3),
            "first_p95_s": round(float(np.percentile(first, 95)), 3),
            "whole_p50_s": round(float(np.percentile(whole, 50)), 3),
            "whole_p95_s": round(float(np.percentile(whole, 95)), 3),
            "memory_before": self.memory_before,
            "memory_after": self.memory_after,
        }

    def lines(self) -> list[str]:
        """For people."""
        n = self.numbers()
        lines = [
            f"{n['people']} people · {n['answers']} answers in {n['took_s']} s · {n['faults']} faults",
            f"first words   p50 {n['first_p50_s']} s   p95 {n['first_p95_s']} s",
            f"whole answer  p50 {n['whole_p50_s']} s   p95 {n['whole_p95_s']} s",
            f"memory        {self.memory_before / 1e6:.0f} MB before, {self.memory_after / 1e6:.0f} MB after",
        ]
        return [*lines, *(f"  ! {fault}" for fault in sorted(set(self.faults))[:5])]


def checked_address(address: str) -> str:
    """The address of a service on this machine. Raises UnusableInput for any other."""
    host = urlsplit(address).hostname or ""
    try:
        here = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        here = False
    if not address.startswith(("http://", "https://")) or not here:
        raise UnusableInput("web.address_of_another_machine", address=address)
    return address.rstrip("/")


QUESTIONS = (
    "首次认定的高新技术企业奖励多少？",
    "引进博士给多少安家补贴？",
    "工业用水价格是多少？",
    "工业用地多少钱一亩？",
    "哪个部门负责办理？",
    "What is the reward for a first-time high-tech enterprise?",
    "What is the price of water for industry?",
)
"""Asked of any corpus where no question set is given."""


def questions_of(file: Path | None) -> list[str]:
    """The last turns of a question set, or some general ones. Raises UnusableInput."""
    if file is None:
        return list(QUESTIONS)
    try:
        if not file.read_text("utf-8").strip():
            raise ValueError("it is empty")
        cases = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
        asked = [str(case["turns"][-1]) for case in cases]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise UnusableInput("web.not_a_question_set", file=file, reason=error) from error
    return [question for question in asked if question.strip()]  # the page sends no empty one


def make_load(address: str, crowd: Crowd, questions: Sequence[str]) -> LoadReport:
    """Ask and wait. Raises ServiceUnavailable when nothing answers at the address."""
    return asyncio.run(_make_load(checked_address(address), crowd, questions))


async def _make_load(address: str, crowd: Crowd, questions: Sequence[str]) -> LoadReport:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=2 * crowd.people)
    async with httpx.AsyncClient(base_url=address, timeout=LONGEST_WAIT_S, limits=limits, trust_env=False) as client:
        try:
            (await client.get("/readyz")).raise_for_status()
            before = await _memory(client)
            started = time.perf_counter()
            people = (_person(client, number, crowd, questions) for number in range(crowd.people))
            waits = [wait for those in await asyncio.gather(*people) for wait in those]
            took_s = time.perf_counter() - started
            return LoadReport(crowd, tuple(waits), took_s, before, await _memory(client))
        except httpx.HTTPError as error:
            raise ServiceUnavailable("web.does_not_answer_service", address=address, reason=error) from error


async def _memory(client: httpx.AsyncClient) -> int:
    """Resident memory of the service, in bytes; 0 when it does not tell."""
    told = (await client.get("/metrics")).text
    found = [line.split()[1] for line in told.splitlines() if line.startswith(MEMORY)]
    return int(float(found[0])) if found else 0


async def _person(client: httpx.AsyncClient, number: int, crowd: Crowd, questions: Sequence[str]) -> list[Wait]:
    conversation = secrets.token_hex(8)
    asked: list[str] = []
    waits: list[Wait] = []
    # People do not begin in the same instant, nor with the same question.
    await asyncio.sleep(crowd.pause_s * number / crowd.people)
    for turn in range(crowd.questions):
        text = questions[(number + turn * crowd.people) % len(questions)]
        wait = await _ask(client, {"question": text, "earlier": asked, "conversation": conversation})
        asked.append(text)
        waits.append(wait)
        if turn + 1 < crowd.questions:
            await asyncio.sleep(max(0.0, crowd.pause_s - wait.whole_s))
    return waits


async def _ask(client: httpx.AsyncClient, asked: dict[str, object]) -> Wait:
    started = time.perf_counter()
    first_s = 0.0
    turn: dict[str, Any] = {}
    try:
        async with asyncio.timeout(LONGEST_WAIT_S), client.stream("POST", "/page/ask", json=asked) as reply:
            reply.raise_for_status()
            async for line in reply.aiter_lines():
                turn = json.loads(line.removeprefix("data: ")) if line else turn
                first_s = first_s or (time.perf_counter() - started if turn["sentences"] else 0.0)
    except (httpx.HTTPError, TimeoutError) as error:
        return Wait(first_s, time.perf_counter() - started, f"{type(error).__name__}: {error}")
    return Wait(first_s, time.perf_counter() - started, _fault(turn))


def _fault(turn: dict[str, Any]) -> str:
    """Why a question was not answered; empty when it was."""
    if turn.get("status") in ("answered", "declined"):
        return ""
    return str(turn.get("message", "the stream ended before the answer; the service's log says why"))
