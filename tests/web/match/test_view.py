"""How results are grouped: encouragements stand last and folded, and the nearest few of a level come first."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from bot.match.facts.codes import FactCodes
from bot.match.matching import Matcher
from ingest.corpus.load import load_corpus
from tests.web.match.records_corpus import FIRMS, write_corpus
from web.match.view import FEW, groups_of, match_view

DAY = date(2026, 11, 22)
PROFILE = "我们是云浦县的民营企业，今年首次认定为高新技术企业。"


def served(folder: Path, softly: bool) -> Matcher:
    """The county, its reward for high-tech firms an encouragement or not."""
    folder.mkdir()
    corpus = write_corpus(folder)
    for path in (corpus.folder / "entitlements").glob("*.json"):
        written = json.loads(path.read_text("utf-8"))
        for record in written["records"]:
            record["soft"] = softly and written["document"] == FIRMS and record["id"] == "k1"
        path.write_text(json.dumps(written, ensure_ascii=False), "utf-8")
    return Matcher.of(load_corpus(corpus.folder))


def test_an_encouragement_stands_last_and_folded_and_is_not_counted(tmp_path: Path) -> None:
    for softly, expected in ((False, (["met"], 1)), (True, (["soft"], 0))):
        matcher = served(tmp_path / str(softly), softly)
        result = matcher.match_profile(PROFILE, DAY)
        view = match_view(result, matcher.corpus, FactCodes(matcher.known_places, matcher.listed), PROFILE, "zh")
        groups = groups_of(result, matcher.corpus, "zh")
        named = [
            group["status"] for group in groups for grant in group["grants"] if grant["title"] == "高新技术企业奖励"
        ]
        assert (named, view["met"]) == expected
        assert [group["status"] for group in groups if group["folded"]][-1:] == (["soft"] if softly else [])
    assert view["few"] == FEW
