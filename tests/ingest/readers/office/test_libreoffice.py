"""Files that LibreOffice turns into ours: by a program of that name on the PATH, or with a sentence where there is none."""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

import pytest

from ingest.errors import SourceUnreadable
from tests.ingest.readers.test_contract import word_file, workbook

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
# Takes the arguments of the real one, and turns whatever it is given into a file that lies beside it.
STAND_IN = """#!{python}
import pathlib, shutil, sys
out, wanted = sys.argv[sys.argv.index("--outdir") + 1], sys.argv[sys.argv.index("--convert-to") + 1]
given = pathlib.Path(sys.argv[-1])
kept = pathlib.Path(__file__).with_name(f"kept.{{wanted}}")
if kept.exists():
    pathlib.Path(out).mkdir(exist_ok=True)
    shutil.copy(kept, pathlib.Path(out) / f"{{given.stem}}.{{wanted}}")
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "soffice").write_text(STAND_IN.format(python=sys.executable), encoding="utf-8")
    (folder / "soffice").chmod(0o755)
    (folder / "kept.docx").write_bytes(word_file())
    (folder / "kept.xlsx").write_bytes(workbook())
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


@pytest.mark.parametrize(
    ("name", "data", "format"),
    [
        ("收文.doc", OLD, "doc"),
        ("收文.wps", OLD, "doc"),
        ("收文.rtf", b"{\\rtf1 x}", "doc"),
        ("表.xls", OLD, "xls"),
        ("表.et", OLD, "xls"),
    ],
)
def test_older_files_are_read_where_it_is_installed(program: Path, read, name: str, data: bytes, format: str) -> None:
    source = read(data, name)
    assert source.format == format
    assert "A类\t200万元" in source.text
    assert source.sha256 == hashlib.sha256(data).hexdigest()


def test_a_file_that_it_cannot_open_is_told(program: Path, read) -> None:
    (program / "kept.docx").unlink()
    with pytest.raises(SourceUnreadable, match="LibreOffice could not open it"):
        read(OLD, "收文.doc")


@pytest.mark.skipif(shutil.which("soffice") is not None, reason="it is installed")
@pytest.mark.parametrize("name", ["收文.doc", "收文.wps", "表.xls", "收文.rtf"])
def test_without_it_the_sentence_says_what_to_do(read, name: str) -> None:
    with pytest.raises(SourceUnreadable, match=r"not installed here, so open the file and save it as \.docx or \.xlsx"):
        read(b"{\\rtf1 x}" if name.endswith("rtf") else OLD, name)
