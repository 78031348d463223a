"""The row that an answer speaks of before a sentence of several."""

from dataclasses import replace

import pytest

from bot.english.asked_row import row_in_front
from bot.english.quoted_words import Rendered
from bot.types import AnswerSentence, CheckedFigure
from ingest.editions.types import EnglishSentence
from ingest.facts.figures import find_figures
from ingest.types import Clause, Span


@pytest.mark.parametrize(
    ("words", "figure", "printed", "english", "row"),
    [
        (
            "B类: 150万元人才培养资助",
            "150万元",
            "分别给予最高200万元、150万元、50万元资助。",
            "Class A, B and C are funded with up to RMB 2 million, RMB 1.5 million and RMB 500,000 respectively.",
            "Class B: up to RMB 1.5 million.",
        ),
        (
            "杰出人才（B类）: 300万元安家补贴",
            "300万元",
            "对杰出人才（B类）、领军人才（C类），分别给予300万元、250万元安家补贴。",
            "Outstanding talent (Class B) and leading talent (Class C) are granted RMB 3 million and RMB 2.5 million respectively.",
            "Outstanding talent (Class B): RMB 3 million.",
        ),
        (
            "硕士（或技师）: 1500元/人·月租房补贴",
            "1500元/人·月",
            "可按照博士2000元/人·月、硕士（或技师）1500元/人·月标准申请租房补贴。",
            "They may apply for RMB 2,000 per person per month for doctors and RMB 1,500 per person per month for masters (or technicians).",
            "RMB 1,500 per person per month for masters (or technicians).",
        ),
        (
            "博士: 2000元/人·月租房补贴",
            "2000元/人·月",
            "可按照博士2000元/人·月、硕士1500元/人·月标准申请租房补贴。",
            "They may apply for RMB 2,000 per person per month for doctors and RMB 1,500 per person per month for masters.",
            "RMB 2,000 per person per month for doctors.",
        ),
        ("博士: 30万元", "30万元", "给予博士30万元。", "Doctors are given RMB 300,000.", None),
    ],
)  # fmt: skip
def test_the_amount_of_the_row_stands_alone(
    words: str, figure: str, printed: str, english: str, row: str | None, talent: Clause
) -> None:
    clause = replace(talent, text=printed, pieces=(Span(0, len(printed)),), figures=find_figures(printed))
    (own,) = [one for one in clause.figures if one.text == figure]
    place = clause.in_source(own.span)
    sentence = AnswerSentence(words, (1,), (CheckedFigure(figure, clause.id, place),))
    rendered = Rendered(clause, (EnglishSentence(Span(0, len(printed)), english),))
    found = row_in_front(sentence, words, rendered)
    assert (found[0] if found else None) == row
    if found:
        assert found[1].span == place
        assert [one.text for one in find_figures(found[0])] == [found[1].text]
