"""The general dictionary: nothing that another user of the machine wrote is read for it."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
USES_EVERYTHING = """
from bot.text.jieba_dictionary import nouns_in, places_in
from index.text.tokens import WordSplitter
WordSplitter(("安家补贴",)).words("高校毕业生")
print([WordSplitter().frequency(word) > 0 for word in ("假造词", "补贴")], nouns_in("高校毕业生"), places_in("深圳给多少"))
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
    assert seen.stdout.strip() == "[False, True] ['高校', '毕业生'] ['深圳']"
    assert seen.stderr == ""
    assert list(tmp_path.iterdir()) == [planted]  # and none is left there
