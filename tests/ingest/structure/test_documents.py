from __future__ import annotations

from pathlib import Path

import pytest

from ingest.corpus.load import load_corpus

NOTICE = """江苏省人民政府印发关于加快推进产业科技创新若干政策措施的通知

苏政发〔2025〕12号

现将《关于加快推进产业科技创新的若干政策措施》印发给你们，请认真贯彻执行。

关于加快推进产业科技创新的若干政策措施

一、对首次通过认定的高新技术企业，省财政给予奖励15万元。

二、对入库企业，省财政再奖励5万元。
"""


@pytest.mark.parametrize(("verb", "levels"), [("印发", ["省", "省"]), ("学习", ["省", None])])
def test_what_a_notice_issues_is_of_its_level(tmp_path: Path, verb: str, levels: list[str | None]) -> None:
    (tmp_path / "notice.txt").write_text(NOTICE.replace("人民政府印发", f"人民政府{verb}"), encoding="utf-8")
    assert [document.level for document in load_corpus(tmp_path).documents] == levels
