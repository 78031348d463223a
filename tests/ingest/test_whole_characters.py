from __future__ import annotations

import pytest

from ingest.errors import QuestionUnusable
from ingest.whole_characters import are_whole, check_whole


@pytest.mark.parametrize("text", ["", "安家补贴", "𠮷野家 🏠", "\x00\x1f\ufffe\ue000\ud7ff"])
def test_what_can_be_written_out_is_whole(text: str) -> None:
    assert are_whole(text)
    check_whole(text)


@pytest.mark.parametrize("text", ["\ud800", "安家\udfff", "\udcff补贴", "\ud83d\ude00"])
def test_half_a_character_is_refused(text: str) -> None:
    assert not are_whole(text)
    with pytest.raises(QuestionUnusable, match="broken characters"):
        check_whole(text)
