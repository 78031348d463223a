"""The few words before a quoted sentence that say whose rule it is and for which class."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.compose.source_labels import class_of, label_of
from bot.types import Language
from ingest.types import Clause, Role

ClauseWith = Callable[[str], Clause]


@pytest.mark.parametrize(
    ("words", "language", "label"),
    [
        ("减按15%的税率", Language.ZH, "〔国家〕"),
        ("减按15%的税率", Language.ZH_HANT, "〔國家〕"),
        ("减按15%的税率", Language.EN, "〔National〕"),
        # an entry of a catalogue says its class in the headings above it alone
        ("国家最高科学技术奖获得者", Language.ZH, "〔自治区·一类〕"),
        ("国家最高科学技术奖获得者", Language.ZH_HANT, "〔自治區·一類〕"),
        # of a price the level says nothing, the headings say what it is of
        ("1-10KV：0.477", Language.ZH, "〔电价·工业用电〕"),
        ("1-10KV：0.477", Language.EN, "〔电价·工业用电〕"),
        ("工商业用水：10.4", Language.ZH, "〔自来水价格〕"),  # the rest stands in the row itself
    ],
)
def test_label(words: str, language: Language, label: str, clause_with: ClauseWith) -> None:
    clause = clause_with(words)
    assert label_of(clause, clause.text, language) == label


def test_in_english_a_class_is_said_in_english(clause_with: ClauseWith) -> None:
    clause = clause_with("国家最高科学技术奖获得者")
    lettered = replace(clause, path=(*clause.path[:-1], "六、优秀人才（F类）", "（一）科技创新"), level="市")
    assert class_of(lettered) == "F类"
    assert label_of(lettered, clause.text, Language.EN) == "〔City·Class F〕"
    numbered = replace(lettered, path=(*clause.path[:-1], "二类人才", "1.奖项"))
    assert label_of(numbered, clause.text, Language.EN) == "〔City·Class 2〕"


def test_the_nearest_heading_names_the_class(clause_with: ClauseWith) -> None:
    clause = replace(clause_with("国家最高科学技术奖获得者"), path=("A类目录", "二类人才", "1.奖项"))
    assert class_of(clause) == "二类"
    assert class_of(replace(clause, path=("人才目录", "种类说明"))) is None


def test_what_has_neither_level_nor_class_has_no_label(clause_with: ClauseWith) -> None:
    clause = replace(clause_with("减按15%的税率"), level=None)
    assert label_of(clause, clause.text, Language.ZH) == ""
    assert label_of(replace(clause, role=Role.CATALOGUE, path=("目录",)), clause.text, Language.ZH) == ""
