"""An English answer says its quotations in the edition's English and keeps what they stand for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.english.answers import in_english
from bot.pipeline import PolicyBot
from bot.types import (
    Answered,
    AnswerPart,
    AnswerSentence,
    CheckedFigure,
    Citation,
    DerivedFigure,
    Language,
    PartStatus,
    Question,
    SentenceRole,
    Table,
    TableCell,
)
from ingest.editions.types import Edition
from ingest.types import Clause, Corpus, Span

GRANT = "对新引进的A类、B类人才分别给予300万元、80万元安家补贴。"
ENGLISH = "(I) Newly introduced Class A and Class B talent is given a settling-in allowance of RMB 3 million and RMB 800,000 respectively."


def answer_of(*sentences: AnswerSentence, clauses: tuple[Clause, ...], language: Language = Language.EN) -> Answered:
    citations = tuple(
        Citation(n, clause, "某县支持企业若干措施", (Span(0, len(clause.text)),), "answer")
        for n, clause in enumerate(clauses, start=1)
    )
    part = AnswerPart("q", PartStatus.ANSWERED, None, tuple(range(len(sentences))))
    question = Question(("How much?",), date(2026, 11, 29))
    return Answered(question, language, sentences, citations, (), "How much?", 1.0, parts=(part,))


def quoting(text: str, *numbers: int) -> AnswerSentence:
    return AnswerSentence(text, numbers, ())


def english_of(answer: Answered, edition: Edition, corpus: Corpus) -> Answered:
    found = in_english(answer, edition, corpus)
    assert isinstance(found, Answered)
    return found


def test_a_quotation_becomes_english_with_its_chinese_behind(talent: Clause, edition: Edition, corpus: Corpus) -> None:
    said = english_of(
        answer_of(quoting(f"〔Banner〕 “{GRANT}” (RMB 3 million)", 1), clauses=(talent,)), edition, corpus
    )
    (sentence,) = said.sentences
    assert sentence.text == f"〔Banner〕 {ENGLISH}"
    assert sentence.source_quote.endswith(GRANT)
    assert sentence.citations == (1,)


def test_its_figures_stand_in_the_chinese(talent: Clause, edition: Edition, corpus: Corpus) -> None:
    (sentence,) = english_of(answer_of(quoting(f"“{GRANT}”", 1), clauses=(talent,)), edition, corpus).sentences
    assert [figure.text for figure in sentence.figures] == ["RMB 3 million", "RMB 800,000"]
    places = [figure.span for figure in talent.figures]
    assert [figure.span for figure in sentence.figures] == [talent.in_source(place) for place in places]


def test_a_row_put_together_leads_to_its_sentence_and_both_become_one(
    talent: Clause, edition: Edition, corpus: Corpus
) -> None:
    (first, *_) = talent.figures
    row = AnswerSentence(
        "A类: 300万元安家补贴", (1,), (CheckedFigure("300万元", talent.id, talent.in_source(first.span)),)
    )
    said = english_of(
        answer_of(row, quoting(f"“{GRANT}”", 1), quoting("“同一人不重复享受。”", 1), clauses=(talent,)), edition, corpus
    )
    assert [sentence.text for sentence in said.sentences] == [
        f"Class A: RMB 3 million. {ENGLISH}",
        "The same person does not receive it twice.",
    ]
    assert [figure.text for figure in said.sentences[0].figures] == ["RMB 3 million", "RMB 3 million", "RMB 800,000"]
    assert said.parts[0].sentences == (0, 1)


def test_the_row_of_a_sentence_said_before_is_said_alone(talent: Clause, edition: Edition, corpus: Corpus) -> None:
    second = talent.figures[1]
    row = AnswerSentence(
        "B类: 80万元安家补贴", (1,), (CheckedFigure("80万元", talent.id, talent.in_source(second.span)),)
    )
    said = english_of(answer_of(quoting(f"“{GRANT}”", 1), row, clauses=(talent,)), edition, corpus)
    assert [sentence.text for sentence in said.sentences] == [ENGLISH, "Class B: RMB 800,000."]
    assert said.parts[0].sentences == (0, 1)


def test_cells_titles_and_parts_are_english_as_well(talent: Clause, edition: Edition, corpus: Corpus) -> None:
    table = Table("", ("Level", "Rule"), ((TableCell("Banner"), TableCell(GRANT, (1,))),))
    count = AnswerSentence("1 in all: 《某县支持企业若干措施》.", (), (), role=SentenceRole.COUNT, counted=("x",))
    answer = replace(
        answer_of(count, clauses=(talent,)),
        tables=(table,),
        notices=("Rule of the document（《某县支持企业若干措施》）：就高", "《别的》: past"),
        questions=("Which of these: 某县支持企业若干措施?",),
    )
    said = english_of(answer, edition, corpus)
    title = "Measures of a County in Support of Companies"
    assert [cell.text for cell in said.tables[0].rows[0]] == ["Banner", ENGLISH]
    assert said.sentences[0].text == f"1 in all: “{title}”."
    assert said.notices == (f"Rule of the document (“{title}”): 就高", "《别的》: past")
    assert said.questions == (f"Which of these: {title}?",)


def test_what_we_worked_out_says_its_amounts_and_days_in_english(
    talent: Clause, edition: Edition, corpus: Corpus
) -> None:
    price = CheckedFigure("20-25万元/亩", talent.id, talent.span)
    product = AnswerSentence(
        "Estimate: 50 mu × 20-25万元/亩（示范园区） = 1000-1250万元 (RMB 10 million to RMB 12.5 million).",
        (1,),
        (price,),
        DerivedFigure("1000-1250万元", "50 mu", price),
    )
    verdict = AnswerSentence("It expired on 2025年12月31日.", (1,), (), role=SentenceRole.VERDICT)
    named = replace(edition, names={"示范园区": "Model Park"})
    estimate, told = english_of(answer_of(product, verdict, clauses=(talent,)), named, corpus).sentences
    assert (
        estimate.text
        == "Estimate: 50 mu × RMB 200,000 to 250,000 per mu (Model Park) = RMB 10 million to 12.5 million."
    )
    assert estimate.derived is not None
    assert estimate.derived.text in estimate.text
    assert estimate.derived.unit_price.text in estimate.text
    assert told.text == "It expired on 31 December 2025."


def test_a_rule_in_a_notice_is_english_with_its_chinese_behind(
    talent: Clause, edition: Edition, corpus: Corpus
) -> None:
    answer = replace(
        answer_of(quoting("“同一人不重复享受。”", 1), clauses=(talent,)),
        notices=(
            "Rule of the document（《某县支持企业若干措施》）：同一人不重复享受",
            "《某县支持企业若干措施》“不重复享受”: over",
        ),
    )
    rule, term = english_of(answer, edition, corpus).notices
    title = "Measures of a County in Support of Companies"
    assert rule == f"Rule of the document (“{title}”): The same person does not receive it twice. (“同一人不重复享受”)"
    assert term == f"“{title}”: The same person does not receive it twice. (“不重复享受”): over"


def test_a_number_that_is_no_figure_in_the_chinese_does_not_cost_a_sentence_its_english(
    talent: Clause, edition: Edition, corpus: Corpus
) -> None:
    first, second = edition.sentences[talent.id]
    numbered = replace(second, text="The same person does not receive it twice within 3 years.")
    other = replace(edition, sentences={talent.id: (first, numbered)})
    quotation = quoting("“同一人不重复享受。”", 1)
    assert english_of(answer_of(quotation, clauses=(talent,)), other, corpus).sentences == (quotation,)
    printed = replace(talent, text=talent.text.replace("同一人不重复享受", "三年内不享受两次"))
    said = english_of(answer_of(quoting("“三年内不享受两次。”", 1), clauses=(printed,)), other, corpus)
    assert said.sentences[0].text == numbered.text


def test_a_heading_before_a_quotation_is_its_label(talent: Clause, edition: Edition, corpus: Corpus) -> None:
    (sentence,) = english_of(
        answer_of(quoting(f"〔Banner〕 “一、支持创新：{GRANT}”", 1), clauses=(talent,)), edition, corpus
    ).sentences
    assert sentence.text == f"〔Banner · Support for innovation〕 {ENGLISH}"


def test_what_has_no_english_stays_as_printed(reward: Clause, edition: Edition, corpus: Corpus) -> None:
    quotation = quoting("“对首次认定的高新技术企业，给予15万元奖励。” (RMB 150,000)", 1)
    assert english_of(answer_of(quotation, clauses=(reward,)), edition, corpus).sentences == (quotation,)


def test_english_with_a_figure_that_the_chinese_lacks_is_not_said(
    talent: Clause, edition: Edition, corpus: Corpus
) -> None:
    first, *others = edition.sentences[talent.id]
    wrong = replace(first, text=first.text.replace("3 million", "4 million"))
    spoilt = replace(edition, sentences={talent.id: (wrong, *others)})
    quotation = quoting(f"“{GRANT}”", 1)
    assert english_of(answer_of(quotation, clauses=(talent,)), spoilt, corpus).sentences == (quotation,)


@pytest.mark.parametrize("language", [Language.ZH, Language.ZH_HANT])
def test_a_chinese_answer_is_left_alone(language: Language, talent: Clause, edition: Edition, corpus: Corpus) -> None:
    answer = answer_of(quoting(GRANT, 1), clauses=(talent,), language=language)
    assert in_english(answer, edition, corpus) is answer


def test_our_own_words_are_left_alone(talent: Clause, edition: Edition, corpus: Corpus) -> None:
    verdict = AnswerSentence("Yes as to this condition.", (1,), (), role=SentenceRole.VERDICT)
    assert english_of(answer_of(verdict, clauses=(talent,)), edition, corpus).sentences == (verdict,)


def test_two_sentences_of_a_model_on_one_chinese_sentence_both_stay(
    talent: Clause, edition: Edition, corpus: Corpus
) -> None:
    said = [AnswerSentence(f"Class {letter} talent is paid.", (1,), (), source_quote=GRANT) for letter in ("A", "B")]
    assert english_of(answer_of(*said, clauses=(talent,)), edition, corpus).sentences == tuple(said)


def test_a_question_to_the_compendium_is_answered_in_english(compendium_bot: PolicyBot) -> None:
    answer = compendium_bot.ask(
        Question(("What is the benchmark price of industrial land in the Mengsu park?",), date(2026, 11, 29))
    )
    assert isinstance(answer, Answered)
    priced = next(sentence for sentence in answer.sentences if "65,300" in sentence.text)
    assert "6.53万元/亩" in priced.source_quote
    told = list(compendium_bot.stream(answer.question))
    assert told[:-1] == list(answer.sentences)


def test_a_corpus_without_english_says_so_and_one_nobody_accepted_as_well(
    talent: Clause, edition: Edition, corpus: Corpus
) -> None:
    quoted = answer_of(quoting(f"“{GRANT}”", 1), clauses=(talent,))
    bare = english_of(quoted, Edition(), corpus)
    assert bare.sentences == quoted.sentences
    assert bare.notices == ("There is no English of these documents; what is quoted stands in Chinese as printed.",)
    ours = answer_of(AnswerSentence("Yes.", (1,), (), role=SentenceRole.VERDICT), clauses=(talent,))
    assert english_of(ours, Edition(), corpus) == ours
    (notice,) = english_of(quoted, replace(edition, unaccepted=frozenset({talent.document})), corpus).notices
    assert notice.startswith("The English of “Measures of a County in Support of Companies” was made by a program")
