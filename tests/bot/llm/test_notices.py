from __future__ import annotations

import pytest

from bot.llm.chat_model import Failure
from bot.llm.notices import instead_notice, withheld_notice, worded_notice
from bot.types import Language


@pytest.mark.parametrize("failure", list(Failure))
def test_every_failure_is_told_in_every_language(failure: Failure) -> None:
    assert instead_notice(failure, Language.ZH).startswith("语言模型")
    assert instead_notice(failure, Language.ZH_HANT).startswith("語言模型")
    assert instead_notice(failure, Language.EN).startswith("The language model")


def test_who_worded_an_answer_is_said() -> None:
    said = {notice(language) for notice in (withheld_notice, worded_notice) for language in Language}
    assert len(said) == 6
    assert all(words in " ".join(said) for words in ("語言模型", "语言模型", "language model"))
