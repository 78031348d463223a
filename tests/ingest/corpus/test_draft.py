from __future__ import annotations

import os
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.corpus import draft as corpus_draft
from ingest.corpus.draft import (
    LEFT_BEHIND_S,
    Draft,
    discard_draft,
    draft_changes,
    draft_folder,
    draft_place,
    drafts,
    incoming,
    is_outdated,
    name_for,
    open_draft,
    plain_name,
    put_in,
    remove_file,
    start_draft,
    with_suffix_of,
)
from ingest.corpus.load import load_corpus
from ingest.corpus.versions import FOLDER, FileChange
from ingest.corpus_config import read_config
from ingest.errors import CorpusUnusable, DraftUnusable, SourceUnreadable
from ingest.readers.dispatch import read_source
from ingest.readers.limits import Limits

NOW = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
POLICY = "伊金霍洛旗支持养老服务若干措施\n\n一、新建养老机构每张床位给予8000元补贴。\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("办法\n\n一、给予30万元奖励。\n", encoding="utf-8")
    (folder / "corpus.toml").write_text(
        'title = "汇编"\n\n[[source]]\nfile = "a.txt"\nlevel = "旗"\n', encoding="utf-8"
    )
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def draft(corpus: Path, home: Path) -> Draft:
    return start_draft(corpus, home, "李", NOW)


def upload(home: Path, draft: Draft, name: str, content: str | bytes, instead_of: str | None = None) -> str:
    """Take a file in as the staff page does, which reads it in a process of its own; returns its name."""
    folder = draft_folder(home, draft)
    with incoming(home, draft) as path:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        fitting = name_for(folder, path, name, instead_of=instead_of)
        read_source(path, fitting, Limits(max_bytes=2000, max_unpacked_bytes=50_000))
        return put_in(folder, path, fitting, instead_of=instead_of)


def left_behind(home: Path, draft: Draft) -> list[str]:
    place = draft_place(home, draft)
    return sorted(path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file())


def test_a_draft_is_a_whole_corpus_of_its_own(corpus: Path, home: Path, draft: Draft) -> None:
    assert drafts(home) == [draft]
    assert open_draft(home, draft.id) == draft
    assert draft_changes(corpus, home, draft) == []
    assert not is_outdated(corpus, home, draft)
    assert load_corpus(draft_folder(home, draft)).digest == load_corpus(corpus).digest


def test_drafts_do_not_meet(corpus: Path, home: Path, draft: Draft) -> None:
    other = start_draft(corpus, home, "王", NOW.replace(hour=21))
    upload(home, other, "养老.txt", POLICY)
    assert [known.who for known in drafts(home)] == ["王", "李"]
    assert draft_changes(corpus, home, draft) == []
    assert draft_changes(corpus, home, other) == [FileChange("养老.txt", "new")]
    discard_draft(home, other)
    assert drafts(home) == [draft]
    with pytest.raises(DraftUnusable, match="no draft"):
        open_draft(home, other.id)


def test_what_a_killed_service_left_behind_is_removed_a_day_later(home: Path, draft: Draft) -> None:
    with incoming(home, draft) as path:
        arriving = path.parent
    old, new = arriving / "old", arriving / "new"
    for left in (old, new):
        left.mkdir()
        (left / "1.json").write_text("[]", encoding="utf-8")
    long_ago = time.time() - LEFT_BEHIND_S - 1
    os.utime(old, (long_ago, long_ago))
    with incoming(home, draft) as path:
        path.mkdir()
        assert sorted(entry.name for entry in arriving.iterdir()) == sorted(["new", path.name])
    assert [entry.name for entry in arriving.iterdir()] == ["new"]


def test_nothing_comes_into_a_draft_that_was_thrown_away(home: Path, draft: Draft) -> None:
    discard_draft(home, draft)
    with pytest.raises(DraftUnusable, match="no draft"), incoming(home, draft):
        pass
    assert not draft_place(home, draft).exists()


def test_versions_are_not_kept_among_the_texts(corpus: Path) -> None:
    with pytest.raises(DraftUnusable, match="inside POLICYQA_CORPUS"):
        start_draft(corpus, corpus / "var", "李", NOW)
    assert not (corpus / "var").exists()


@pytest.mark.parametrize("identifier", ["..", "../versions", "0" * 11, "0" * 12, "<img>", "", "ABCDEFABCDEF"])
def test_an_id_leads_nowhere_else(home: Path, draft: Draft, identifier: str) -> None:
    with pytest.raises(DraftUnusable, match="no draft"):
        open_draft(home, identifier)


def test_there_is_an_end_to_drafts(corpus: Path, home: Path, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus_draft, "MOST_DRAFTS", 1)
    with pytest.raises(DraftUnusable, match="throw one away"):
        start_draft(corpus, home, "李", NOW)
    assert len(list((home / FOLDER / "drafts").iterdir())) == 1


def test_a_draft_that_finds_no_room_leaves_nothing_behind(
    corpus: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(folder: Path, target: Path) -> None:
        target.mkdir(parents=True)
        (target / "a.txt").write_bytes((folder / "a.txt").read_bytes())
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(corpus_draft, "copy_corpus", half)
    with pytest.raises(CorpusUnusable, match="free space"):
        start_draft(corpus, home, "李", NOW)
    assert list((home / FOLDER / "drafts").iterdir()) == []


def test_a_file_is_put_in_replaced_and_taken_out(corpus: Path, home: Path, draft: Draft) -> None:
    assert upload(home, draft, "养老.txt", POLICY) == "养老.txt"
    assert upload(home, draft, "养老（修订）.txt", POLICY.replace("8000", "9000"), "养老.txt") == "养老.txt"
    assert "9000" in (draft_folder(home, draft) / "养老.txt").read_text(encoding="utf-8")
    remove_file(home, draft, "养老.txt")
    assert draft_changes(corpus, home, draft) == []


def test_a_replacement_of_another_format_keeps_what_is_said_of_the_file(home: Path, draft: Draft) -> None:
    upload(home, draft, "新.md", "# 办法\n\n一、给予50万元奖励。\n", instead_of="a.txt")
    folder = draft_folder(home, draft)
    assert not (folder / "a.txt").exists()
    assert read_config(folder).of("新.md").level == "旗"


def test_the_last_text_stays(home: Path, draft: Draft) -> None:
    with pytest.raises(DraftUnusable, match="only text"):
        remove_file(home, draft, "a.txt")
    upload(home, draft, "养老.txt", POLICY)
    remove_file(home, draft, "a.txt")
    assert read_config(draft_folder(home, draft)).sources == {}


@pytest.mark.parametrize("name", ["../a.txt", "corpus.toml", "/etc/passwd", "b.txt", "../draft.json", ""])
def test_only_texts_of_the_draft_can_be_taken_out_or_replaced(home: Path, draft: Draft, name: str) -> None:
    with pytest.raises(DraftUnusable, match="no file"):
        remove_file(home, draft, name)
    with pytest.raises(DraftUnusable, match="no file"):
        upload(home, draft, "x.txt", POLICY, instead_of=name)


def test_two_files_of_one_name_do_not_overwrite_each_other(home: Path, draft: Draft) -> None:
    assert upload(home, draft, "A.TXT", POLICY) == "A-2.TXT"
    assert upload(home, draft, "a.txt", POLICY + "二、另行通知。\n") == "a-3.txt"


def test_a_name_taken_while_the_file_was_read_is_not_overwritten(home: Path, draft: Draft) -> None:
    folder = draft_folder(home, draft)
    with incoming(home, draft) as path:
        path.write_text(POLICY, encoding="utf-8")
        name = name_for(folder, path, "养老.txt")
        (folder / name).write_text("另一份。\n", encoding="utf-8")
        assert put_in(folder, path, name) == "养老-2.txt"
    assert (folder / "养老.txt").read_text(encoding="utf-8") == "另一份。\n"


def test_a_file_taken_out_meanwhile_is_not_replaced(home: Path, draft: Draft) -> None:
    upload(home, draft, "养老.txt", POLICY)
    folder = draft_folder(home, draft)
    with incoming(home, draft) as path:
        path.write_text(POLICY + "二、另行通知。\n", encoding="utf-8")
        name = name_for(folder, path, "新.txt", instead_of="养老.txt")
        remove_file(home, draft, "养老.txt")
        with pytest.raises(DraftUnusable, match="no file"):
            put_in(folder, path, name, instead_of="养老.txt")
    assert [path.name for path in folder.glob("*.txt")] == ["a.txt"]


def test_the_same_file_is_not_put_in_twice(home: Path, draft: Draft) -> None:
    upload(home, draft, "养老.txt", POLICY)
    with pytest.raises(DraftUnusable, match=r"is here already, as 养老\.txt"):
        upload(home, draft, "copy.txt", POLICY)


def bomb(path: Path) -> bytes:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 1_000_000)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\n ", "is empty"),
        ("large.txt", b"x" * 2001, "is larger than"),
        ("broken.pdf", b"%PDF-1.7 nothing more", r"broken\.pdf"),
        ("broken.docx", b"PK\x03\x04 nothing more", r"broken\.docx"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older Word"),
        ("picture.txt", b"\x89PNG\r\n", "is a picture"),
        ("program.exe", b"MZ\x90\0", "are not read"),
        ("binary.txt", bytes(range(256)), r"binary\.txt"),
        ("blank.html", b"<html><body><script>alert(1)</script></body></html>", r"blank\.html"),
        ("../../<img src=x>.txt", b"", "is empty"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_nothing(
    corpus: Path, home: Path, draft: Draft, name: str, content: bytes, sentence: str
) -> None:
    before = left_behind(home, draft)
    with pytest.raises(SourceUnreadable, match=sentence):
        upload(home, draft, name, content)
    assert left_behind(home, draft) == before
    assert draft_changes(corpus, home, draft) == []


def test_a_bomb_leaves_nothing(tmp_path: Path, home: Path, draft: Draft) -> None:
    before = left_behind(home, draft)
    with pytest.raises(SourceUnreadable, match=r"bomb\.docx"):
        upload(home, draft, "bomb.docx", bomb(tmp_path / "bomb"))
    assert left_behind(home, draft) == before


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("关于养老服务的通知.docx", "关于养老服务的通知.docx"),
        ("C:\\我的文件\\通知.pdf", "通知.pdf"),
        ("../../etc/passwd", "passwd"),
        ("<img src=x onerror=pwn()>.txt", "_img src=x onerror=pwn()_.txt"),
        ("${jndi}{{7*7}}.txt", "__jndi___7_7__.txt"),
        ("a\x00b\nc\u202etxt.exe.txt", "abctxt.exe.txt"),
        (".hidden.txt", "hidden.txt"),
        ("~$通知.docx", "_通知.docx"),
        ("README.md", "README-1.md"),
        ("....", "policy"),
        ("", "policy"),
        ("通知", "通知"),
    ],
)
def test_names_are_made_plain(given: str, plain: str) -> None:
    assert plain_name(given) == plain


def test_a_long_name_is_cut_before_its_ending() -> None:
    name = plain_name("长" * 300 + ".docx")
    assert name.endswith("长.docx")
    assert len(name.encode()) < 255


@pytest.mark.parametrize(
    ("name", "kind", "right"),
    [
        ("a.txt", "text", "a.txt"),
        ("a.HTM", "html", "a.HTM"),
        ("a.txt", "pdf", "a.pdf"),
        ("通知〔2023〕30号", "html", "通知〔2023〕30号.html"),
        ("v1.2", "docx", "v1.2.docx"),
    ],
)
def test_the_ending_follows_the_content(name: str, kind: str, right: str) -> None:
    assert with_suffix_of(name, kind) == right
