from __future__ import annotations

import asyncio
import threading

from ingest.errors import ServiceUnavailable
from web.http.one_at_a_time import MOST_WAITING, OneAtATime


def test_files_of_every_sort_wait_for_one_another() -> None:
    go_on = threading.Event()
    begun: list[int] = []
    at_once: list[int] = []

    def work(number: int) -> bytes:
        begun.append(number)
        at_once.append(len(begun) - len(ended))
        assert go_on.wait(30)
        ended.append(number)
        return b"made"

    ended: list[int] = []

    async def ask() -> list[object]:
        files = OneAtATime()
        asked = [asyncio.ensure_future(files.make(lambda n=n: work(n))) for n in range(MOST_WAITING + 2)]
        await asyncio.sleep(0)
        go_on.set()
        return list(await asyncio.gather(*asked, return_exceptions=True))

    made = asyncio.run(ask())
    assert [type(one) for one in made] == [bytes] * MOST_WAITING + [ServiceUnavailable] * 2
    assert begun == list(range(MOST_WAITING))
    assert set(at_once) == {1}
