"""Two sides of a corpus brought together: what one side changed is taken, what both changed is chosen, nothing else moves."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from ingest.corpus.merging import Plan, Side, as_text, files_of, plan_of
from ingest.corpus.versions import file_digests

TEXT = "一、对企业给予30万元奖励。\n"
CONFIG = """# 说明
title = "测试"

[[source]]
file = "企业.txt"
region = "旗" # 手填
issuer = "旗政府"

[[source]]
file = "养老.txt"
level = "旗"
"""
GLOSSARY = '# 词\n[people]\n"高企" = ["高新技术企业"]\n"老人" = ["养老"]\n'
RECORDS = json.dumps(
    {"document": "措施", "records": [{"id": "a", "title": "甲"}, {"id": "b", "title": "乙"}]}, ensure_ascii=False
)


def side(folder: Path, **changed: str | None) -> Side:
    files: dict[str, str | None] = {
        "企业.txt": TEXT,
        "养老.txt": "一、补贴8000元。\n",
        "corpus.toml": CONFIG,
        "glossary.toml": GLOSSARY,
        "entitlements/m.json": RECORDS,
    }
    names = {"firms": "企业.txt", "care": "养老.txt", "config": "corpus.toml", "glossary": "glossary.toml",
             "records": "entitlements/m.json", "new": "新.txt"}  # fmt: skip
    files |= {names[key]: content for key, content in changed.items()}
    for name, content in files.items():
        if content is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content, encoding="utf-8")
    return Side(folder, file_digests(folder))


@pytest.fixture
def before(tmp_path: Path) -> Side:
    return side(tmp_path / "before")


def joined(plan: Plan, before: Side, ours: Side, theirs: Side, **choices: str) -> dict[str, bytes | None]:
    chosen = {conflict.key: choices.get("all", "ours") for conflict in plan.conflicts}
    return files_of(plan, before, ours, theirs, chosen)  # pyright: ignore[reportArgumentType] the words of a test


def test_what_only_one_side_changed_is_taken_or_stays(before: Side, tmp_path: Path) -> None:
    ours = side(tmp_path / "ours", firms=TEXT.replace("30", "50"))
    theirs = side(tmp_path / "theirs", care=None, new="一、新的一条。\n")
    plan = plan_of(before, ours, theirs)
    assert plan.taken == {"养老.txt": "gone", "新.txt": "new"}
    assert plan.kept == ("企业.txt",)
    assert plan.conflicts == ()
    assert joined(plan, before, ours, theirs) == {"养老.txt": None, "新.txt": "一、新的一条。\n".encode()}


def test_rows_of_both_stand_together_and_remarks_stay(before: Side, tmp_path: Path) -> None:
    ours = side(
        tmp_path / "ours",
        config=CONFIG.replace('"旗政府"', '"旗人民政府"'),
        glossary=GLOSSARY + '"博士" = ["博士研究生"]\n',
        records=RECORDS.replace("甲", "甲一"),
    )
    theirs = side(
        tmp_path / "theirs",
        config=CONFIG.replace('level = "旗"', 'level = "市"') + '\n[[source]]\nfile = "新.txt"\n',
        glossary=GLOSSARY.replace('"老人" = ["养老"]\n', ""),
        records=RECORDS.replace("乙", "乙二"),
    )
    plan = plan_of(before, ours, theirs)
    assert plan.conflicts == ()
    made = {name: content.decode() for name, content in joined(plan, before, ours, theirs).items() if content}
    config = made["corpus.toml"]
    assert config.startswith("# 说明")
    assert "# 手填" in config
    sources = {one["file"]: one for one in tomllib.loads(config)["source"]}
    assert sources["企业.txt"]["issuer"] == "旗人民政府"
    assert sources["养老.txt"]["level"] == "市"
    assert set(sources) == {"企业.txt", "养老.txt", "新.txt"}
    assert tomllib.loads(made["glossary.toml"])["people"] == {"高企": ["高新技术企业"], "博士": ["博士研究生"]}
    assert [one["title"] for one in json.loads(made["entitlements/m.json"])["records"]] == ["甲一", "乙二"]


@pytest.mark.parametrize(("choice", "region", "words"), [("ours", "市", "高企业"), ("theirs", "区", "科技企业")])
def test_what_both_changed_is_one_conflict_a_field_or_row(
    before: Side, tmp_path: Path, choice: str, region: str, words: str
) -> None:
    changed = [
        {
            "config": CONFIG.replace('region = "旗"', f'region = "{where}"'),
            "glossary": GLOSSARY.replace("高新技术企业", what),
        }
        for where, what in (("市", "高企业"), ("区", "科技企业"))
    ]
    ours, theirs = side(tmp_path / "ours", **changed[0]), side(tmp_path / "theirs", **changed[1])
    plan = plan_of(before, ours, theirs)
    assert [(one.file, one.place) for one in plan.conflicts] == [
        ("corpus.toml", ("source", "企业.txt", "region")),
        ("glossary.toml", ("people", "高企")),
    ]
    assert [as_text(one.theirs) for one in plan.conflicts] == ["区", "科技企业"]
    made = {**{name: ours.read(name) for name in ours.digests}, **joined(plan, before, ours, theirs, all=choice)}
    assert f'region = "{region}"' in (made["corpus.toml"] or b"").decode()
    assert words in (made["glossary.toml"] or b"").decode()


def test_a_text_that_both_changed_or_one_took_out_is_chosen_as_a_whole(before: Side, tmp_path: Path) -> None:
    ours = side(tmp_path / "ours", firms=TEXT.replace("30", "50"), care=None)
    theirs = side(tmp_path / "theirs", firms=TEXT.replace("30", "60"), care="一、补贴9000元。\n")
    plan = plan_of(before, ours, theirs)
    assert {(one.file, one.place) for one in plan.conflicts} == {("企业.txt", ()), ("养老.txt", ())}
    assert joined(plan, before, ours, theirs) == {}
    made = joined(plan, before, ours, theirs, all="theirs")
    assert made == {"企业.txt": theirs.read("企业.txt"), "养老.txt": theirs.read("养老.txt")}


def test_of_a_version_that_is_not_kept_every_file_that_differs_is_chosen(tmp_path: Path) -> None:
    ours, theirs = side(tmp_path / "ours", glossary=GLOSSARY + "# 注\n"), side(tmp_path / "theirs", new="一、新。\n")
    plan = plan_of(Side(None, {}), ours, theirs)
    assert {one.file for one in plan.conflicts} == {"glossary.toml"}
    assert plan.taken == {"新.txt": "new"}


def test_a_file_that_is_no_toml_is_chosen_as_a_whole(before: Side, tmp_path: Path) -> None:
    ours, theirs = (
        side(tmp_path / "ours", glossary="= 1"),
        side(tmp_path / "theirs", glossary=GLOSSARY + '"a" = ["b"]\n'),
    )
    (conflict,) = plan_of(before, ours, theirs).conflicts
    assert conflict.place == ()
