"""An unchanged file is not read again; a changed one is; half-written leftovers do no harm."""

from pathlib import Path

import pytest

from ingest.corpus.cache import load_file_once
from ingest.corpus.load import load_file
from ingest.errors import SourceUnreadable
from ingest.types import Corpus

LAW = "某某办法\n第一条 给予100万元。（责任单位：财政局）\n第二条 本办法自2025年1月1日起施行。\n"


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "办法.txt"
    path.write_text(LAW, encoding="utf-8")
    return path


def test_the_second_time_comes_from_the_cache_and_is_the_same(policy: Path, tmp_path: Path) -> None:
    first, from_cache = load_file_once(policy, tmp_path / "cache")
    again, again_from_cache = load_file_once(policy, tmp_path / "cache")
    assert (from_cache, again_from_cache) == (False, True)
    assert again == first == load_file(policy)


def test_what_is_doubtful_can_be_said_in_both_languages_when_it_comes_from_the_cache(
    policy: Path, tmp_path: Path
) -> None:
    policy.write_text("办法\n\n一、甲给予1万元。\n\n三、丙给予3万元。\n", encoding="utf-8")
    load_file_once(policy, tmp_path / "cache")
    kept, from_cache = load_file_once(policy, tmp_path / "cache")
    assert from_cache
    assert [doubt.message.said("zh") for doubt in kept.doubts] == ["标题“三、”接在“1”之后，原文是否缺号？"]


def test_the_whole_compendium_survives_the_cache(compendium: Corpus, tmp_path: Path) -> None:
    path = compendium.folder / compendium.sources[0].name
    load_file_once(path, tmp_path)
    kept, from_cache = load_file_once(path, tmp_path)
    assert from_cache
    assert kept.clauses == load_file(path).clauses


def test_a_changed_file_is_read_again(policy: Path, tmp_path: Path) -> None:
    load_file_once(policy, tmp_path / "cache")
    policy.write_text(LAW.replace("100", "200"), encoding="utf-8")
    segmented, from_cache = load_file_once(policy, tmp_path / "cache")
    assert not from_cache
    assert "200万元" in segmented.clauses[0].text


def test_changed_settings_are_heeded(policy: Path, tmp_path: Path) -> None:
    load_file_once(policy, tmp_path / "cache")
    (tmp_path / "corpus.toml").write_text(
        'title = "甲"\n[[source]]\nfile = "办法.txt"\nlevel = "市"\n', encoding="utf-8"
    )
    segmented, from_cache = load_file_once(policy, tmp_path / "cache")
    assert not from_cache
    assert segmented.documents[0].level == "市"


def test_a_damaged_entry_is_made_again(policy: Path, tmp_path: Path) -> None:
    load_file_once(policy, tmp_path / "cache")
    entry = next((tmp_path / "cache").glob("*.json"))
    entry.write_bytes(entry.read_bytes()[:100])
    segmented, from_cache = load_file_once(policy, tmp_path / "cache")
    assert not from_cache
    assert len(segmented.clauses) == 2


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match="There is no file"):
        load_file_once(tmp_path / "无.txt", tmp_path / "cache")
    assert not (tmp_path / "cache").exists()
