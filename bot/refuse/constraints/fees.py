"""The fee, fund or wage whose amount is asked for by its own name (物业费多少), against the clauses found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.refuse.answerability import Searched
from bot.refuse.constraints.cited import answering, clause_words
from bot.refuse.constraints.types import ConstraintCheck, ConstraintKind, Outcome
from bot.text.jieba_dictionary import nouns_in
from bot.understand.goods_and_uses import goods_named
from index.text.question_types import QuestionType
from ingest.vocabulary.questions import question_words

_ASKED = re.compile(question_words().besides.amount_of_thing.pattern)
_PART_END = re.compile(r"[，,。；;？?！!、]")
_FEE = re.compile(r"..+[费金租薪税]$")
_TOO_WIDE = frozenset({"资金", "奖金", "现金", "基金", "租金", "补贴金"})  # of any rule
FAULT = "object.fee"


def check_fees(searched: Searched) -> Iterator[ConstraintCheck]:
    """The name of money straight before the word that asks how much it is."""
    reading = searched.reading
    if QuestionType.AMOUNT not in reading.types:
        return
    for part in _PART_END.split(reading.last):
        asked = _ASKED.search(part)
        nouns = nouns_in(part[: asked.start()]) if asked else []
        if not nouns or not _FEE.match(nouns[-1]) or nouns[-1] in _TOO_WIDE or goods_named(nouns[-1]):
            continue
        name = nouns[-1]
        forms = (name, name[:-1], *(word for word in reading.also if word.endswith(name[-1])))
        bearing = next((c for c in answering(searched) if any(form in clause_words(c) for form in forms)), None)
        if bearing is None:
            elsewhere = name in searched.printed.text
            yield ConstraintCheck(ConstraintKind.OBJECT, name, Outcome.NOT_MENTIONED, FAULT, elsewhere=elsewhere)
        else:
            span = bearing.span
            yield ConstraintCheck(ConstraintKind.OBJECT, name, Outcome.BORNE_OUT, FAULT, (), bearing.clause.id, span)
