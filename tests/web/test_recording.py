"""Answers are kept, and never lost for their record."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.records import Records
from bot.types import Answer, AnswerSentence, Declined, Language, Question, Reason
from ingest.types import Corpus
from web.recording import RecordedBot

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Decliner:
    """A bot that declines everything, in one sentence."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def ask(self, question: Question) -> Answer:
        return Declined(question, Language.ZH, Reason.OFF_TOPIC, "汇编未涉及。", (), (), question.last, 1.0)

    def stream(self, question: Question) -> Iterator[AnswerSentence | Answer]:
        yield AnswerSentence("一句。", (), ())
        yield self.ask(question)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = Records.open(tmp_path)
    yield opened
    opened.close()


QUESTION = Question(("先前的一问", "天气怎么样？"), date(2026, 11, 22))


def test_an_answer_is_kept_as_it_went_out(compendium: Corpus, records: Records) -> None:
    answer = RecordedBot(Decliner(compendium), records, lambda: AT).ask(QUESTION)
    (turn,) = records.turns()
    assert turn.turns == QUESTION.turns
    assert (turn.status, turn.reason, turn.asked_at) == ("declined", "off_topic", AT)
    assert turn.answer["answer"] == answer.body


def test_a_streamed_answer_is_kept_once_and_passes_unchanged(compendium: Corpus, records: Records) -> None:
    parts = list(RecordedBot(Decliner(compendium), records, lambda: AT).stream(QUESTION))
    assert [type(part).__name__ for part in parts] == ["AnswerSentence", "Declined"]
    assert len(list(records.turns())) == 1


def test_a_record_that_cannot_be_written_costs_no_answer(
    compendium: Corpus, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    records = Records.open(tmp_path)
    records.close()
    records.path.unlink()
    records.path.mkdir()
    answer = RecordedBot(Decliner(compendium), records, lambda: AT).ask(QUESTION)
    assert answer.body == "汇编未涉及。"
    assert caplog.records
