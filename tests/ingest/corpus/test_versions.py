from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.corpus.versions import (
    FOLDER,
    POINTER,
    FileChange,
    Published,
    Version,
    changes_of_delivered,
    copy_corpus,
    corpus_files,
    delivered_note,
    file_digests,
    new_identifier,
    published_over,
    publishing_alone,
    read_published,
    remove_strays,
    remove_version,
    serving_folder,
    version_folder,
    with_version,
    write_published,
)
from ingest.errors import CorpusUnusable, DraftUnusable

NOW = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "旗").mkdir(parents=True)
    (folder / "a.txt").write_text("一、对首次认定的高新技术企业给予30万元奖励。\n", encoding="utf-8")
    (folder / "旗" / "b.md").write_text("# 办法\n\n一、租房补贴每月1000元。\n", encoding="utf-8")
    (folder / "corpus.toml").write_text('title = "汇编"\n', encoding="utf-8")
    (folder / "glossary.toml").write_text('[people]\n"高企" = ["高新技术企业"]\n', encoding="utf-8")
    (folder / "README.md").write_text("not a policy", encoding="utf-8")
    (folder / ".hidden.txt").write_text("not a policy", encoding="utf-8")
    return folder


def made(digits: str, **changes: object) -> Version:
    fields = {"id": new_identifier(NOW, digits), "name": "corpus", "made_at": NOW, "who": "李", "delivered": {}}
    return Version.model_validate({**fields, **changes})


def publish(corpus: Path, home: Path, *versions: Version) -> Published:
    for version in versions:
        copy_corpus(corpus, version_folder(home, version))
    published = Published(base=corpus.resolve(), serving=versions[-1].id, versions=versions)
    write_published(home, published)
    return published


def test_a_checkout_without_versions_serves_its_own_folder(corpus: Path, tmp_path: Path) -> None:
    assert serving_folder(corpus, tmp_path / "var") == corpus
    assert delivered_note(corpus, tmp_path / "var") == []
    assert not (tmp_path / "var").exists()


def test_a_published_version_serves_and_is_a_whole_corpus(corpus: Path, tmp_path: Path) -> None:
    version = made("0001")
    publish(corpus, tmp_path, version)
    folder = serving_folder(corpus, tmp_path)
    assert folder == tmp_path / FOLDER / "published" / version.id / "corpus"
    assert file_digests(folder) == file_digests(corpus)
    assert sorted(file_digests(folder)) == ["a.txt", "corpus.toml", "glossary.toml", "旗/b.md"]


def test_it_counts_only_for_the_folder_it_was_published_over(corpus: Path, tmp_path: Path) -> None:
    publish(corpus, tmp_path, made("0001"))
    other = tmp_path / "other"
    copy_corpus(corpus, other)
    assert serving_folder(other, tmp_path) == other
    assert published_over(other, tmp_path) is None
    (tmp_path / "link").symlink_to(corpus)
    assert published_over(tmp_path / "link", tmp_path) is not None  # the same folder by another name


@pytest.mark.parametrize("content", ["", "{}", "[1]", "not json", '{"format": 2}', "\xff"])
def test_a_damaged_pointer_is_a_sentence_never_another_corpus(corpus: Path, tmp_path: Path, content: str) -> None:
    publish(corpus, tmp_path, made("0001"))
    (tmp_path / FOLDER / POINTER).write_text(content, encoding="latin-1")
    with pytest.raises(CorpusUnusable, match=r"serving\.json cannot be read"):
        serving_folder(corpus, tmp_path)


def test_a_pointer_to_a_version_it_does_not_list_is_damaged(corpus: Path, tmp_path: Path) -> None:
    published = publish(corpus, tmp_path, made("0001"))
    write_published(tmp_path, published.model_copy(update={"serving": made("0002").id}))
    with pytest.raises(CorpusUnusable, match="cannot be read"):
        serving_folder(corpus, tmp_path)


def test_a_version_that_is_gone_is_a_sentence(corpus: Path, tmp_path: Path) -> None:
    version = made("0001")
    write_published(tmp_path_with_folder(tmp_path), Published(base=corpus, serving=version.id, versions=(version,)))
    with pytest.raises(CorpusUnusable, match="is gone"):
        serving_folder(corpus, tmp_path)


def tmp_path_with_folder(home: Path) -> Path:
    (home / FOLDER).mkdir(exist_ok=True)
    return home


@pytest.mark.parametrize("identifier", ["../../etc", "a/b", "", "20261122-203000-00zz"])
def test_an_id_that_could_lead_elsewhere_is_no_id(identifier: str) -> None:
    with pytest.raises(ValueError):
        made("0001", id=identifier)


def test_what_changed_in_the_delivered_folder_since_is_named(corpus: Path, tmp_path: Path) -> None:
    publish(corpus, tmp_path, made("0001", delivered=file_digests(corpus)))
    assert changes_of_delivered(corpus, tmp_path) == []
    assert delivered_note(corpus, tmp_path) == [f"Version 20261122-203000-0001 serves, published over {corpus}."]
    (corpus / "a.txt").write_text("一、改为50万元。\n", encoding="utf-8")
    (corpus / "旗" / "b.md").unlink()
    (corpus / "c.txt").write_text("新", encoding="utf-8")
    assert changes_of_delivered(corpus, tmp_path) == [
        FileChange("a.txt", "changed"),
        FileChange("c.txt", "new"),
        FileChange("旗/b.md", "gone"),
    ]
    assert "a.txt is changed since, and does not serve" in delivered_note(corpus, tmp_path)[1]


def test_the_newest_versions_are_kept() -> None:
    published = Published(base=Path("/c"), serving=made("0001").id, versions=(made("0001"), made("0002"), made("0003")))
    assert [v.id[-4:] for v in with_version(published, made("0004"), keep=3).versions] == ["0002", "0003", "0004"]
    assert len(with_version(published, made("0004"), keep=10).versions) == 4
    assert with_version(published, made("0004"), keep=3).serving == made("0004").id


def test_folders_that_nothing_names_are_removed(corpus: Path, tmp_path: Path) -> None:
    published = publish(corpus, tmp_path, made("0001"))
    stray = tmp_path / FOLDER / "published" / made("0002").id
    copy_corpus(corpus, stray / "corpus")
    remove_strays(tmp_path, published)
    assert not stray.exists()
    assert serving_folder(corpus, tmp_path).is_dir()


def test_a_version_that_does_not_serve_is_deleted_with_its_texts(corpus: Path, tmp_path: Path) -> None:
    old, new = made("0001"), made("0002", over=made("0001").id)
    publish(corpus, tmp_path, old, new)
    remove_version(tmp_path, old.id)
    published = read_published(tmp_path)
    assert published is not None
    assert (published.serving, published.versions) == (new.id, (new,))
    assert [path.name for path in (tmp_path / FOLDER / "published").iterdir()] == [new.id]
    with pytest.raises(DraftUnusable, match="There is no version"):
        remove_version(tmp_path, old.id)


def test_the_version_that_serves_is_not_deleted(corpus: Path, tmp_path: Path) -> None:
    version = made("0001")
    with pytest.raises(DraftUnusable, match="nothing was published"):
        remove_version(tmp_path, version.id)
    before = publish(corpus, tmp_path, version)
    for identifier in (version.id, "nowhere"):
        with pytest.raises(DraftUnusable):
            remove_version(tmp_path, identifier)
    with publishing_alone(tmp_path), pytest.raises(DraftUnusable, match="just now"):
        remove_version(tmp_path, version.id)
    assert read_published(tmp_path) == before
    assert serving_folder(corpus, tmp_path).is_dir()


def test_on_a_full_disk_the_texts_of_a_version_go_before_the_list_is_written(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = made("0001"), made("0002")
    publish(corpus, tmp_path, old, new)
    gone = version_folder(tmp_path, old).parent

    def write(home: Path, wanted: Published) -> None:
        if gone.exists():
            raise OSError(28, "No space left on device")
        write_published(home, wanted)

    with monkeypatch.context() as patched:
        patched.setattr("ingest.corpus.versions.write_published", write)
        remove_version(tmp_path, old.id)
    published = read_published(tmp_path)
    assert published is not None
    assert published.versions == (new,)


def test_a_version_half_deleted_is_deleted_again(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    old, new = made("0001"), made("0002")
    publish(corpus, tmp_path, old, new)
    with monkeypatch.context() as patched:
        patched.setattr("ingest.corpus.versions.write_published", refuse)
        with pytest.raises(CorpusUnusable, match="delete it again"):
            remove_version(tmp_path, old.id)
    remove_version(tmp_path, old.id)
    published = read_published(tmp_path)
    assert published is not None
    assert published.versions == (new,)


def test_only_one_publishes_at_a_time(tmp_path: Path) -> None:
    with publishing_alone(tmp_path), pytest.raises(DraftUnusable, match="being published"), publishing_alone(tmp_path):
        pass
    with publishing_alone(tmp_path):
        pass


def test_a_settings_file_in_a_deeper_folder_is_no_part_of_a_corpus(corpus: Path) -> None:
    (corpus / "旗" / "notes.toml").write_text("", encoding="utf-8")
    assert "notes.toml" not in {path.name for path in corpus_files(corpus)}


def test_records_of_entitlements_go_with_a_version(corpus: Path, tmp_path: Path) -> None:
    (corpus / "entitlements").mkdir()
    (corpus / "entitlements" / "a.json").write_text("{}", encoding="utf-8")
    (corpus / "entitlements" / "notes.md.json.bak").write_text("", encoding="utf-8")
    copied = tmp_path / "copy"
    copy_corpus(corpus, copied)
    assert (copied / "entitlements" / "a.json").is_file()
    assert "entitlements/a.json" in file_digests(copied)
    assert not (copied / "entitlements" / "notes.md.json.bak").exists()
