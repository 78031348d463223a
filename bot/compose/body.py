"""The body of an answer: whole sentences of the clauses found, the one that answers first, each with its citation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from bot.compose.draft import Draft
from bot.compose.estimates import estimates_of, not_counted
from bot.compose.missing_facts import lacks_amount, missing_facts
from bot.compose.parts import parts_of_compared, say_unsaid
from bot.compose.phrases import level_words, phrase
from bot.compose.source_labels import label_of
from bot.compose.tables import tables_of
from bot.compose.validity import (
    closing_statement,
    day_of_issue,
    first_words,
    judged_words,
    must_say_when,
    terms_of_sentence,
    validity_said,
)
from bot.compose.verdict import say_verdict
from bot.evidence.benefit_rows import asked_rows, row_words
from bot.evidence.candidates import Candidate, QueryTerms, with_lists_joined
from bot.evidence.passages import says_verdict, without_question_mark
from bot.evidence.passages_for_question import without_label
from bot.evidence.per_sub_question import Compared, is_missing
from bot.evidence.selection import choose
from bot.evidence.table_rows import figure_words, is_sum, is_table_row, rows_named, table_of
from bot.evidence.table_rows import row_words as table_row_words
from bot.evidence.versions import NO_VERSIONS, Versions
from bot.types import Language, SentenceRole
from bot.understand.reading import Reading
from bot.verify.arithmetic import product_in_english, product_words
from bot.verify.english_amounts import in_english
from bot.verify.grounding import grounded
from index.text.question_types import QuestionType
from ingest.facts.validity import ValidityStatement, statements
from ingest.structure.groups import is_lead_in
from ingest.structure.numbering import without_labels
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Corpus, Span, Standing, Validity

MOST_BELOW = 8  # clauses said below a lead-in
# A heading that turns what stands below it into its opposite: 不予支持的情形, 负面清单.
_EXCLUDES = re.compile(
    r"不予|不得|不能|不可|不享受|不纳入|不适用|不支持|不属于|不包括|禁止|除外|负面|取消|停止|追回|终止|例外"
)
_IS_A_GOAL = re.compile(r"争取|力争|目标|计划")  # 争取2025年末达到15个: the year ends no rule
MOST_WHEN_WEAK = 2  # sentences of an answer that only offers what is nearest


def compose(
    reading: Reading,
    candidates: Sequence[Candidate],
    wanted: QueryTerms,
    corpus: Corpus,
    *,
    compared: Sequence[Compared] = (),
    weak: bool = False,
    nearest: bool = False,
    versions: Versions = NO_VERSIONS,
    brief: bool = False,
) -> Draft:
    """Choose sentences and write them down with their labels, rows and what the day of asking makes of them.

    ``weak`` says that the thing asked about is not printed: the answer is short then and begins by saying so. ``nearest`` says that
    something else asked for is not borne out, which whoever composes says himself. ``brief``
    is for one part of several: beside its best sentence it says only what is nearly as good.
    """
    draft = Draft(reading.language, corpus)
    chosen = choose(reading, candidates, wanted, compared, brief=brief)
    no_amount = lacks_amount(reading, chosen)
    if (weak or no_amount or nearest) and not compared:
        chosen = chosen[:MOST_WHEN_WEAK]
    said_anyway = {candidate.clause.id for candidate in chosen}
    for is_table, group in groupby(with_lists_joined(chosen), key=lambda candidate: is_table_row(candidate.clause)):
        if is_table:
            _write_rows(draft, reading, [(candidate.clause, candidate.text) for candidate in group])
            continue
        for candidate in group:
            _write(draft, reading, candidate)
            _write_below(draft, reading, candidate, said_anyway)
    if draft.sentences:
        _say_estimates(draft, reading, chosen)
        _say_missing_levels(draft, reading, compared)
    if chosen and (QuestionType.VALIDITY in reading.types or must_say_when(reading, chosen[0], corpus, versions)):
        _say_standing(draft, reading, chosen)
    if reading.types & {QuestionType.VALIDITY, QuestionType.WHEN}:
        _say_days_of_issue(draft, reading.language)
    for key in missing_facts(reading, chosen, draft.clauses):
        draft.say(phrase(key, reading.language), (), SentenceRole.HEDGE)
    if not (weak or no_amount or nearest):
        say_verdict(draft, reading, chosen, compared)
    draft.only_nearest = nearest and not compared
    if weak or no_amount:
        draft.hedge("weak" if weak else "weak_amount")
    draft.parts.extend(parts_of_compared(draft, compared))
    say_unsaid(draft)
    draft.tables = tables_of(reading, chosen, compared, lambda clause, span: draft.cite(clause, span, "answer"))
    return draft


def _say_estimates(draft: Draft, reading: Reading, chosen: Sequence[Candidate]) -> None:
    """Quantity × unit price, marked as worked out, behind the sentences that print the prices."""
    estimates = estimates_of(reading, chosen)
    for estimate in estimates:
        quantity, price = estimate.quantity, estimate.price
        product = product_words(quantity, price)
        unit_price = figure_words(estimate.candidate.clause, price)
        of = f"（{estimate.of}）" if estimate.of else ""
        each = price.period if price.period and price.period.startswith("每") else ""
        if reading.language is Language.EN:
            english = product_in_english(quantity, price)
            gloss = f" ({english})" if english else ""
            text = f"Estimate: {quantity.text} × {each}{unit_price}{of} = {product}{gloss}."
        else:
            text = f"{phrase('estimate', reading.language)}：{quantity.text}×{each}{unit_price}{of}={product}。"
        draft.estimate(text, quantity, price, estimate.candidate.clause, reading.spoken)
    if left := not_counted(reading.last, [one.quantity.text for one in estimates]):
        draft.say_not_counted(left)


def _say_missing_levels(draft: Draft, reading: Reading, compared: Sequence[Compared]) -> None:
    """What one level asked for does not provide is said to be not provided there."""
    stop = "." if reading.language is Language.EN else "。"
    for one in compared:
        level = one.aspect.level
        if level is not None and level in reading.levels and is_missing(one, compared):
            words = f"〔{level_words(level, reading.language)}〕{phrase('not_at_level', reading.language)}{stop}"
            draft.say(words, (), SentenceRole.HEDGE)


def _write_rows(draft: Draft, reading: Reading, rows: Sequence[tuple[Clause, str]], *, labelled: bool = True) -> None:
    """Rows of a table with their words, one sentence each.

    When one cannot be borne out none is said: its neighbours would pass for it.
    """
    said: list[tuple[str, Clause]] = []
    headings: tuple[str, ...] = ()
    for number, (row, words) in enumerate(rows):
        label = label_of(row, words, draft.language) if labelled and row.path != headings else ""
        headings = row.path
        ending = "" if draft.language is Language.EN else "。" if number == len(rows) - 1 else "；"
        said.append((f"{label}{words.rstrip('。；')}{ending}", row))
    if all(grounded(text, (1,), {1: row}) is not None for text, row in said):
        for text, row in said:
            draft.say(text, (draft.cite(row, Span(0, len(row.text)), "answer"),))
        table = [row for row in table_of(rows[0][0], draft.corpus) if not is_sum(row)]
        if len(rows) < len(table) and not rows_named(reading, table):
            draft.rows_shown = (len(rows), len(table))
    else:
        draft.withheld.extend(text for text, _ in said)


def _write(draft: Draft, reading: Reading, candidate: Candidate) -> None:
    clause, language = candidate.clause, reading.language
    for span in (candidate.asked, candidate.lead, *candidate.others):
        if span is not None:
            draft.cite(clause, span, "answer")
    number = draft.cite(clause, candidate.span, "answer")
    label = label_of(clause, candidate.text, language)
    if draft.sentences and draft.sentences[-1].citations == (number,):
        label = ""  # the sentence before it is of the same clause
    if clause.role.is_rate_row:
        if len(draft.clauses) > 1 and draft.clauses[-2].path == clause.path:
            label = ""  # the row before it stands under the same headings
        ending = "" if candidate.text.endswith(("。", "；")) else "；" if language is not Language.EN else ""
        draft.say(f"{label}{candidate.text}{ending}", (number,))
        return
    front, also = _in_front(draft, candidate)
    numbers = (draft.number_of(clause), *also)
    said_text = f"{front}{candidate.text}"
    rows = asked_rows(reading, candidate)
    if rows:
        said = "；".join(row_words(clause, row, language) for row in rows)
        if draft.say(f"{label}{said}。" if language is not Language.EN else f"{label} {said}.".strip(), (number,)):
            label = ""
    if language is Language.EN:
        amounts = [english for figure in candidate.figures if (english := in_english(figure))]
        gloss = f" ({' / '.join(dict.fromkeys(amounts))})" if amounts else ""
        if draft.say(f"{label} “{said_text}”{gloss}".strip(), numbers):
            return
        draft.say(f"{label} “{said_text}”".strip(), numbers)
        return
    draft.say(f"{label}{said_text}", numbers)


def _write_below(draft: Draft, reading: Reading, candidate: Candidate, chosen: set[str]) -> None:
    """What a lead-in leads to where that is clauses of their own: the rows of its table, its items in a sentence each.

    ``chosen`` are the ids of the clauses that the answer says anyway.
    """
    if not candidate.text.endswith(("：", ":")):
        return
    document = draft.corpus.document_of(candidate.clause)
    below = [clause for clause in draft.corpus.clauses_of(document) if clause.parent == candidate.clause.id]
    rows = [clause for clause in below if is_table_row(clause)]
    if rows and not any(row.id in chosen for row in rows):
        shown = (rows_named(reading, rows) or rows)[:MOST_BELOW]
        _write_rows(draft, reading, [(row, table_row_words(row, reading)) for row in shown], labelled=False)
    said = chosen | {clause.id for clause in (*draft.clauses, *rows)}
    for clause in [clause for clause in below if clause.id not in said][:MOST_BELOW]:
        whole = Span(0, len(clause.text))
        span = whole if clause.role.is_rate_row else without_label(clause.text, split_sentences(clause.text)[0])
        text = span.of(clause.text)
        ending = "" if reading.language is Language.EN or text.endswith(("。", "；", "：")) else "；"
        draft.say(f"{text}{ending}", (draft.cite(clause, span, "answer"),))


def _in_front(draft: Draft, candidate: Candidate) -> tuple[str, tuple[int, ...]]:
    """What a sentence must not be said without, with its citations: the question it answers, a lead-in or a heading above it."""
    clause, language = candidate.clause, draft.language
    if candidate.asked_otherwise and says_verdict(candidate.text):
        question = without_question_mark(candidate.asked_otherwise)
        return (f"{question}: " if language is Language.EN else f"“{question}”："), ()
    if clause.role.is_rate_row:
        return "", ()
    above, parent = _above(draft.corpus, clause)
    bars = _EXCLUDES.search(above) is not None
    if not above or above.rstrip("：") in candidate.text or not (bars or (candidate.order == 0 and parent)):
        return "", ()
    numbers = (draft.cite(parent[0], parent[1], "answer"),) if parent else ()
    # What is barred stands in the item's first sentence: 露天堆场。经认定的除外。
    first = without_label(clause.text, split_sentences(clause.text)[0]) if candidate.order else None
    if first is None or candidate.lead is not None or candidate.asked is not None:
        return above, numbers
    draft.cite(clause, first, "answer")
    return f"{above}{first.of(clause.text)}", numbers


def _above(corpus: Corpus, clause: Clause) -> tuple[str, tuple[Clause, Span] | None]:
    """The lead-in that a clause is an item of, and where it stands; or the heading that turns it into its opposite."""
    parent = corpus.clause_by_id.get(clause.parent) if clause.parent else None
    if parent is not None:
        last = without_label(parent.text, split_sentences(parent.text)[-1])
        if is_lead_in(last.of(parent.text)):
            return last.of(parent.text), (parent, last)
    heading = without_labels(clause.path[-1]).strip() if len(clause.path) > 1 else ""
    return (f"{heading}：" if _EXCLUDES.search(heading) and heading not in clause.text else "", None)


def _say_standing(draft: Draft, reading: Reading, chosen: Sequence[Candidate]) -> None:
    """What the time asked about makes of the terms quoted; the document's own closing words when none is quoted.

    A document that another one has ended is over, whatever its own sentences say.
    """
    quoted = [(c.clause, c.statement) for c in chosen if c.statement is not None and not c.statement.target_years]
    lead = chosen[0].clause
    if not any(clause.document == lead.document for clause, _ in quoted):
        own = terms_of_sentence(lead, chosen[0].span, chosen[0].statement, draft.corpus.document_of(lead))
        ends = [(lead, one) for one in own if one.valid_until is not None and not one.target_years]
        closing = ends[0] if ends else closing_statement(draft.corpus, lead)
        if closing is not None:
            _quote_statement(draft, *closing)
            quoted = [closing]
    said: dict[str | None, Clause] = {}
    first: list[tuple[str, str | None]] = []
    for clause, statement in quoted:
        whole = draft.corpus.document_of(clause).validity
        validity = (
            validity_said(statement).within(whole) if _is_over_before(whole, statement) else validity_said(statement)
        )
        said.setdefault(judged_words(validity, reading.time, reading.language), clause)
        first.append((clause.document, first_words(validity, reading.time, reading.language)))
    if not said:
        said = {judged_words(draft.corpus.validity_of(lead), reading.time, reading.language): lead}
        first.append((lead.document, first_words(draft.corpus.validity_of(lead), reading.time, reading.language)))
    leads = QuestionType.VALIDITY in reading.types and not _IS_A_GOAL.search(chosen[0].text)
    own = {words for document, words in first if document == lead.document}
    if leads and len(said) == len(own) == 1 and (words := own.pop()):
        clause = next(clause for clause in (*(c for c, _ in quoted), lead) if clause.document == lead.document)
        if _say_first(draft, words, clause):
            return
    over = draft.corpus.validity_of(lead).standing(reading.time.first) is Standing.EXPIRED
    asks = bool(reading.types & {QuestionType.AMOUNT, QuestionType.YES_NO, QuestionType.LIST})
    if (
        over
        and asks
        and not (leads or reading.time.named or _IS_A_GOAL.search(chosen[0].text))
        and len(said) == len(own) == 1
        and (words := next(iter(own)))
    ):
        clause = next(clause for clause in (*(c for c, _ in quoted), lead) if clause.document == lead.document)
        if _say_first(draft, words, clause):
            draft.over = draft.sentences[0]
            draft.sentences.append(draft.sentences.pop(0))  # other verdicts look at what the clause says first
            return
    for words, clause in said.items():
        if words:
            draft.say(
                words,
                (draft.cite(clause, Span(0, len(clause.text)), "validity"),)
                if clause.id not in {c.id for c in draft.clauses}
                else (draft.clauses.index(clause) + 1,),
                SentenceRole.VERDICT,
            )


def _say_first(draft: Draft, words: str, clause: Clause) -> bool:
    """Say what time makes of it in front of everything else; False where the clause does not bear out the day."""
    cited = clause.id in {known.id for known in draft.clauses}
    number = draft.number_of(clause) if cited else draft.cite(clause, Span(0, len(clause.text)), "validity")
    if not draft.say(words, (number,), SentenceRole.VERDICT):
        return False
    draft.sentences.insert(0, draft.sentences.pop())
    return True


def _say_days_of_issue(draft: Draft, language: Language) -> None:
    """The day from which 自发布之日起 counts, where the document or its notice prints it."""
    documents = {
        draft.corpus.document_of(clause)
        for clause, quotes in draft.quoted()
        for statement in statements(clause.text)
        if statement.from_issue is not None and any(statement.span.overlaps(quote) for quote in quotes)
    }
    for document in sorted(documents, key=lambda document: document.span):
        found = day_of_issue(draft.corpus, document)
        if found is not None:
            clause, span = found
            number = draft.cite(clause, span, "validity")
            draft.say(phrase("issued_on", language).format(span.of(clause.text)), (number,))


def _is_over_before(whole: Validity, statement: ValidityStatement) -> bool:
    """Whether a document ends before what one of its sentences says does."""
    ends = statement.valid_until
    return whole.repealed or (whole.valid_until is not None and (ends is None or whole.valid_until < ends))


def _quote_statement(draft: Draft, clause: Clause, statement: ValidityStatement) -> None:
    span = without_label(clause.text, statement.span)
    draft.say(span.of(clause.text), (draft.cite(clause, span, "validity"),))
