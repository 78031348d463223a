"""What was answered is kept, one file a clause; a spoilt file counts as none."""

from __future__ import annotations

import pytest

from bot.proposing.answers import Answer, KeptAnswers
from ingest.errors import RecordsUnusable
from tests.bot.proposing.conftest import TODAY

DIGEST = "ab" * 32
GIVEN = Answer("m", TODAY, ({"title": "奖励", "value": [1, 2.5], "of": None},))


def test_an_answer_is_found_as_it_was_given(kept: KeptAnswers) -> None:
    assert kept.find(DIGEST) is None
    kept.keep(DIGEST, GIVEN)
    assert kept.find(DIGEST) == GIVEN
    assert kept.find("cd" * 32) is None


@pytest.mark.parametrize("spoilt", [b"", b"{", b'{"model": "m"}', b"\xff"])
def test_a_spoilt_file_counts_as_no_answer(kept: KeptAnswers, spoilt: bytes) -> None:
    kept.keep(DIGEST, GIVEN)
    (kept.folder / DIGEST[:2] / f"{DIGEST}.json").write_bytes(spoilt)
    assert kept.find(DIGEST) is None


def test_a_disk_that_takes_nothing_is_one_sentence(kept: KeptAnswers) -> None:
    kept.folder.parent.mkdir()
    kept.folder.write_text("a file where a folder should be")
    with pytest.raises(RecordsUnusable, match="cannot be kept"):
        kept.keep(DIGEST, GIVEN)
