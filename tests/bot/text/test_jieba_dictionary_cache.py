"""The general dictionary: what it knows, and that nothing another user of the machine wrote is read for it."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.text.jieba_dictionary import is_word, nouns_in, places_in, share_in_words, words_in

PROJECT = Path(__file__).resolve().parents[3]
USES_EVERYTHING = """
from bot.text.jieba_dictionary import is_word, nouns_in, places_in
from index.text.tokens import WordSplitter
WordSplitter(("安家补贴",)).words("高校毕业生")
print(is_word("假造词"), is_word("补贴"), nouns_in("高校毕业生"), places_in("深圳给多少"))
"""


def test_a_cache_that_somebody_put_into_the_folder_for_temporary_files_is_not_read(tmp_path: Path) -> None:
    planted = tmp_path / "jieba.cache"
    planted.write_bytes(marshal.dumps(({"假造词": 5}, 5)))
    seen = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", USES_EVERYTHING],
        cwd=PROJECT,
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert seen.stdout.strip() == "False True ['高校', '毕业生'] ['深圳']"
    assert seen.stderr == ""
    assert list(tmp_path.iterdir()) == [planted]  # and none is left there


def test_words_and_nouns() -> None:
    assert is_word("补贴")
    assert not is_word("安家补贴")
    assert not is_word("")
    assert words_in("高校毕业生补贴") == ["高校", "毕业生", "补贴"]
    assert nouns_in("给高校毕业生多少补贴？a类") == ["高校", "毕业生", "补贴"]
    assert share_in_words("补贴") == 1.0
    assert share_in_words("rent") == 0.0


@pytest.mark.parametrize(
    ("text", "places"),
    [("深圳给多少补贴", ["深圳"]), ("江苏省的政策", ["江苏"]), ("韩国投资者", []), ("准格尔旗和东胜区", ["准格尔旗", "东胜区"]), ("开发区", [])],
)  # fmt: skip
def test_places(text: str, places: list[str]) -> None:
    assert places_in(text) == places
