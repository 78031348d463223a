from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.types import Language, Question
from web.chat.copy_text import escaped, markdown, plain_text

TODAY = date(2026, 11, 22)


def test_the_plain_copy_carries_question_answer_notice_and_source(bot) -> None:
    answer = bot.ask(Question(("稳岗返还比例是多少？",), TODAY))
    text = plain_text(answer, bot.corpus, "仅供参考。")
    assert text.startswith("您的提问：稳岗返还比例是多少？\n")
    assert "请注意：该政策已于2024年12月31日到期。" in text
    assert "[1] 《关于延续实施失业保险援企稳岗政策的通知》二、（国家，第 60 页，已到期）“" in text
    assert "不超过30%”" in text
    assert text.endswith("\n\n仅供参考。")


def test_what_is_not_answered_offers_its_clauses_as_nearest(bot) -> None:
    text = plain_text(bot.ask(Question(("今天天气",), TODAY)), bot.corpus, "x")
    assert "最接近的条款" in text
    assert "依据" not in text


def test_each_sentence_is_a_paragraph_and_each_source_tells_its_validity(bot) -> None:
    answer = bot.ask(Question(("稳岗返还比例是多少？",), TODAY))
    text = markdown(answer, bot.corpus)
    first, second = (escaped(sentence.text) for sentence in answer.sentences)
    assert f"{first}\\[1\\]\n\n{second}\\[1\\]\n" in text
    assert "第 60 页，已到期" in text
    assert "**未能从收录的政策中得到答案**" not in text
    plain = plain_text(answer, bot.corpus, "x")
    assert f"{answer.sentences[0].text}[1]\n{answer.sentences[1].text}[1]\n" in plain


def test_the_markdown_of_a_declined_question_says_so(bot) -> None:
    text = markdown(bot.ask(Question(("今天天气",), TODAY)), bot.corpus)
    assert text.startswith("## 今天天气\n\n**未能从收录的政策中得到答案**\n\n收录的政策里没有这方面的规定。")
    assert "第 60 页，未载明期限" in text


def test_a_copy_in_english_names_the_english_title_and_says_that_the_chinese_prevails(bot) -> None:
    told = bot.ask(Question(("稳岗返还比例是多少？",), TODAY))
    lead = replace(told.sentences[0], text="Not more than 30% is returned.", source_quote=told.sentences[0].text)
    cited = replace(told.citations[0], document_english="Notice on Stable Jobs")
    answer = replace(told, language=Language.EN, sentences=(lead, *told.sentences[1:]), citations=(cited,))
    for text in (plain_text(answer, bot.corpus, "x"), markdown(answer, bot.corpus)):
        assert "Notice on Stable Jobs 《关于延续实施失业保险援企稳岗政策的通知》二、" in text
        assert text.count("English is a reading aid; the Chinese text prevails.") == 1
    assert "reading aid" not in plain_text(told, bot.corpus, "x")


@pytest.mark.parametrize(
    "hostile",
    [
        "![图](http://evil.example/x.png)",
        "[点](javascript:x)",
        "<img src=x onerror=pwn()>",
        "# 标题",
        "`code`",
        "**粗**",
        "~~删~~",
        "| 表 |",
    ],
)
def test_markdown_sees_only_text(hostile: str) -> None:
    shown = escaped(hostile)
    plain = iter(shown)
    for character in plain:
        if character == "\\":
            next(plain)  # an escaped mark
        else:
            assert character not in "![]()<>#`*~|"
    assert shown.replace("\\", "") == hostile


def test_the_markdown_copy_of_a_hostile_clause_is_text(bot) -> None:
    text = markdown(bot.ask(Question(("<img src=x onerror=alert(1)>",), TODAY)), bot.corpus)
    assert "\n## " not in text[3:]
    assert "](" not in text.replace("\\]\\(", "")
    assert "<img" not in text.replace("\\<img", "")
