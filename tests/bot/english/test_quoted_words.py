"""What of a clause a sentence quotes."""

import pytest

from bot.english.quoted_words import label_and_words, rendered
from bot.types import AnswerSentence
from ingest.editions.types import Edition
from ingest.types import Clause


@pytest.mark.parametrize(
    ("text", "label", "words"),
    [
        ("〔City〕 “给予300万元。” (RMB 3 million)", "〔City〕", "给予300万元。"),
        ("“给予300万元。”", "", "给予300万元。"),
        ("〔供热价格〕居民供热：14.5元/平方米", "〔供热价格〕", "居民供热：14.5元/平方米"),
        ("给予“小巨人”企业奖励", "", "给予“小巨人”企业奖励"),
    ],
)
def test_label_and_words(text: str, label: str, words: str) -> None:
    assert label_and_words(text) == (label, words)


def test_words_of_two_sentences_lead_to_both(talent: Clause, edition: Edition) -> None:
    words = talent.text.split("）", 1)[1]
    (found,) = rendered(AnswerSentence(words, (1,), ()), words, [talent], edition)
    assert found.text.endswith("respectively. The same person does not receive it twice.")
    assert found.chinese == talent.text


def test_words_that_stand_nowhere_lead_nowhere(talent: Clause, edition: Edition) -> None:
    words = "对外国人才给予补贴。"
    assert rendered(AnswerSentence(words, (1,), ()), words, [talent], edition) == []
