"""How results are grouped: encouragements stand last and folded, and the nearest few of a level come first."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from bot.match.facts.codes import FactCodes
from bot.match.matching import Matcher
from bot.types import Language
from ingest.corpus.load import load_corpus
from ingest.editions.load import load_edition
from ingest.editions.types import Edition
from tests.web.match.records_corpus import FIRMS, HIGH_TECH, OFFICE, write_corpus
from web.answers.english_beside import EnglishBeside
from web.match.view import FEW, groups_of, match_view
from web.texts import Tongue

DAY = date(2026, 11, 22)
TONGUES: tuple[Tongue, ...] = ("zh", "en")
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
        view = match_view(
            result,
            matcher.corpus,
            FactCodes(matcher.known_places, matcher.listed),
            PROFILE,
            EnglishBeside(Edition(), "zh"),
        )
        groups = groups_of(result, matcher.corpus, EnglishBeside(Edition(), "zh"))
        named = [
            group["status"] for group in groups for grant in group["grants"] if grant["title"] == "高新技术企业奖励"
        ]
        assert (named, view["met"]) == expected
        assert [group["status"] for group in groups if group["folded"]][-1:] == (["soft"] if softly else [])
    assert view["few"] == FEW


def test_an_english_page_shows_the_english_of_what_grants(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path)
    (tmp_path / "en").mkdir()
    english = "High-tech enterprises recognized for the first time are given a reward of RMB 200,000."
    office = "The County Science and Technology Bureau is responsible for payment."
    made = {
        "document": FIRMS,
        "title": "Measures of Yunpu County in Support of Innovation",
        "headings": {},
        "clauses": [[[f"一、{HIGH_TECH}", f"I. {english}"], [OFFICE, office]]],
    }
    (tmp_path / "en" / "企业.json").write_text(json.dumps(made, ensure_ascii=False), "utf-8")
    named = {"names": {"县科技局": "County Science and Technology Bureau"}}
    (tmp_path / "en" / "names.json").write_text(json.dumps(named, ensure_ascii=False), "utf-8")
    corpus = load_corpus(tmp_path)
    edition = load_edition(corpus)
    matcher = Matcher.of(corpus)
    result = matcher.match_profile(PROFILE, DAY, Language.EN)
    grants = {
        tongue: next(
            grant
            for group in groups_of(result, corpus, EnglishBeside(edition, tongue))
            for grant in group["grants"]
            if grant["key"].endswith("k1") and grant["place"]["document"] == FIRMS
        )
        for tongue in TONGUES
    }
    assert grants["en"]["english"] == [f"I. {english}"]
    assert grants["en"]["place"]["document_english"] == made["title"]
    assert grants["en"]["offices"] == ["County Science and Technology Bureau (县科技局)"]
    assert grants["en"]["quotes"] == grants["zh"]["quotes"] == [HIGH_TECH]
    assert (grants["zh"]["english"], grants["zh"]["place"]["document_english"]) == ([], "")
    assert grants["zh"]["offices"] == ["县科技局"]
