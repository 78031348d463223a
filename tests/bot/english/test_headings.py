"""Labels and offices in English."""

from dataclasses import replace

from bot.english.headings import label_in_english, name_in_english, office_in_english
from ingest.editions.types import Edition, EnglishSentence
from ingest.types import Clause, Span


def test_a_label_takes_the_heading_without_its_number(talent: Clause, edition: Edition) -> None:
    assert label_in_english("〔支持创新〕", [talent], edition) == "〔Support for innovation〕"


def test_a_heading_without_english_stays(talent: Clause, edition: Edition) -> None:
    assert label_in_english("〔支持创新·别的〕", [talent], edition) == "〔Support for innovation · 别的〕"
    assert label_in_english("〔Banner〕", [talent], edition) == "〔Banner〕"


def test_an_office_keeps_its_chinese_name() -> None:
    named = Edition(names={"县人社局": "County Human Resources and Social Security Bureau"})
    assert office_in_english("县人社局", named) == "County Human Resources and Social Security Bureau (县人社局)"
    assert office_in_english("县财政局", named) == "县财政局"


def test_a_name_of_a_clause_is_its_heading_or_its_opening(talent: Clause, edition: Edition) -> None:
    assert name_in_english("支持创新", talent, edition) == "Support for innovation"
    opened = replace(talent, text="（一）安家补贴。给予300万元。")
    first = EnglishSentence(Span(0, 8), "(I) Settling-in allowance.")
    assert name_in_english("安家补贴", opened, Edition({talent.id: (first,)})) == "Settling-in allowance"
    colon = replace(talent, text="（一）安家补贴：给予300万元。")
    whole = EnglishSentence(Span(0, 16), "(I) Settling-in allowance: RMB 3 million is given.")
    assert name_in_english("安家补贴", colon, Edition({talent.id: (whole,)})) == "Settling-in allowance"
    assert name_in_english("安家补贴", talent, Edition()) == ""
