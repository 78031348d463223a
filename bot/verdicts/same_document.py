"""Whether two benefits may be had together, by the rule of the document that grants them; no other document's rule answers it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.compose.draft import Draft
from bot.compose.source_labels import label_of
from bot.evidence.candidates import Candidate
from bot.evidence.passages_for_question import without_label
from bot.types import AnswerSentence, SentenceRole
from bot.understand.asks_on import words_but_asking
from bot.understand.levels_and_places import speaks_of_level
from bot.understand.reading import Reading
from bot.verdicts.words import patterns, said
from index.text.question_types import QuestionType
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Corpus, PolicyDocument, Span

SHORTEST_NAME = 3  # characters of what is named: 安家费
LONGEST = 80  # characters of a rule that is quoted from its beginning
_STOP = re.compile(r"[，；。]")
LEVELS_ACROSS = 2  # asked of, for a rule on one of them to decide nothing
MOST_BESIDE = 2  # sentences left of an answer without a rule


def with_own_rule(reading: Reading, candidates: Sequence[Candidate], corpus: Corpus) -> Sequence[Candidate]:
    """The sentences without rules on drawing two things that are of another document than what is named, or of other things."""
    named = things_named(reading) or _named_before(reading)
    if not named:
        return candidates
    own = [one for one in candidates if not is_rule(one) or _is_own(one, named, corpus)]
    return own if len(own) < len(candidates) else candidates


def things_named(reading: Reading) -> tuple[str, ...]:
    """The two things of which it is asked whether they may be had together; none for another question."""
    if QuestionType.OVERLAP not in reading.types or reading.carried.earlier:
        return ()
    asked = patterns("overlap")["asked"].search(reading.last)
    front = reading.last[: asked.start()] if asked else ""
    pieces = re.split(patterns("overlap")["joined"], front)
    names = [patterns("overlap")["nothing"].sub("", piece).strip(" ，,") for piece in pieces]
    names = [name for name in names if len(name) >= SHORTEST_NAME]
    return tuple(names) if len(names) > 1 else ()


def _named_before(reading: Reading) -> tuple[str, ...]:
    """What the turns before a follow-up on having both name: a rule on something else is none for it."""
    if QuestionType.OVERLAP not in reading.types:
        return ()
    names = ("".join(words_but_asking(turn)) for turn in reading.carried.earlier)
    return tuple(name for name in names if len(name) >= SHORTEST_NAME)


def asks_which_prevails(reading: Reading) -> bool:
    """Whether it is asked which of two rules holds (以哪个为准), and not what each gives or whether both may be had."""
    asks_amount = QuestionType.AMOUNT in reading.types
    return QuestionType.OVERLAP in reading.types and not (asks_amount or asks_for_both(reading))


def asks_for_both(reading: Reading) -> bool:
    """Whether it is asked if two things may be had together: 能同时拿吗, 可以叠加吗."""
    return patterns("asks")["both"].search(reading.last) is not None


def is_rule(candidate: Candidate) -> bool:
    """Whether a sentence says whether things may be had together."""
    return patterns("printed")["overlap"].search(candidate.text) is not None


def decides_across(text: str, clause: Clause, reading: Reading) -> bool:
    """Whether a rule may decide between the levels asked of; one on the policies of its own level says nothing of another's."""
    own, asked = clause.level, reading.levels
    if own is None or all(level == own for level in asked):
        return True
    if not (speaks_of_level(text, own) or patterns("printed")["of_whole"].search(text)):
        return True  # of one benefit, whoever gives the other
    return all(speaks_of_level(text, level) for level in asked if level != own)


def _is_own(rule: Candidate, named: Sequence[str], corpus: Corpus) -> bool:
    """Whether the rule names one of the things, or is of a whole document that grants one of them."""
    if any(_speaks_of(rule.text, name) for name in named):
        return True
    if not patterns("printed")["of_whole"].search(rule.text):
        return False
    text = _text_of(corpus, rule.clause.document)
    return any(_speaks_of(text, name) for name in named)


def _speaks_of(text: str, name: str) -> bool:
    """Whether ``text`` has the name, or the last four characters of a longer one: 购房补贴 of 产业人才的购房补贴."""
    return name in text or (len(name) > 4 and name[-4:] in text)


def _text_of(corpus: Corpus, document: str) -> str:
    return "".join(clause.text for clause in corpus.at(corpus.lookup.of_documents((document,))))


def words_of_rule(clause: Clause, sentence: Span, reading: Reading) -> str:
    """That both may not be had, in the words of the rule; "" for a rule that says something else."""
    text = sentence.of(clause.text)
    barred = patterns("printed")["not_both"].search(text)
    if barred is None:
        return ""
    stops = [sentence.start + found.end() for found in _STOP.finditer(text)] + [sentence.end]
    end = next(stop for stop in stops if stop >= sentence.start + barred.end())
    before = [stop for stop in stops if stop <= sentence.start + barred.start()]
    start = sentence.start if end - sentence.start <= LONGEST else max(before, default=sentence.start)
    quoted = "".join(clause.text[start:end].split("\n")).strip(" ，；。")
    key = "not_both_alike" if patterns("printed")["of_whole"].search(text) else "not_both"
    return said(key, reading.language, quoted)


def is_rule_of_lead(rule: Candidate, in_draft: Sequence[Candidate]) -> bool:
    """Whether a rule on a whole document is of the one that grants what leads; what names a single thing is of that alone."""
    lead = next((one for one in in_draft if not is_rule(one)), None)
    of_whole = patterns("printed")["of_whole"].search(rule.text) is not None
    return lead is None or not of_whole or lead.clause.document == rule.clause.document


def say_own_rule(draft: Draft, reading: Reading, in_draft: Sequence[Candidate] = ()) -> None:
    """Say first the rule that the document of the lead prints for all it grants, else that it prints none on having both."""
    if not draft.clauses or draft.sentences[0].role is not SentenceRole.QUOTE:
        return
    if len(reading.levels) >= LEVELS_ACROSS and _say_across(draft, reading):
        return
    lead = next((one.clause for one in in_draft if not is_rule(one)), draft.clauses[0])
    document = draft.corpus.document_of(lead)
    _drop_rules_of_others(draft, reading, document)
    if any(patterns("printed")["overlap"].search(sentence.text) for sentence in draft.sentences):
        return
    for clause, sentence in rules_of(document, draft.corpus, reading):
        number = draft.cite(clause, sentence, "condition")
        text = words_of_rule(clause, sentence, reading)
        if text and draft.say(text, (number,), SentenceRole.VERDICT):
            draft.bring_forward()
            return
    if things_named(reading) or len(reading.levels) > 1:
        said_of = {n for sentence in draft.sentences for n in sentence.citations}
        cited = [clause for n, clause in enumerate(draft.clauses, start=1) if n in said_of]
        titles = dict.fromkeys(draft.corpus.document_of(clause).title for clause in cited)
        both = list(titles)[:LEVELS_ACROSS] if len(reading.levels) > 1 else [document.title]
        draft.sentences[:] = draft.sentences[:MOST_BESIDE] if not draft.parts else draft.sentences
        documents = dict.fromkeys(draft.corpus.document_of(clause) for clause in cited)
        across = len(reading.levels) > 1 and _say_rule_of_each(draft, list(documents)[:LEVELS_ACROSS])
        words = said("no_overlap_rule_across" if across else "no_overlap_rule", draft.language, "》《".join(both))
        draft.sentences.append(AnswerSentence(words, (), (), role=SentenceRole.HEDGE))
        draft.bring_forward()


def _say_across(draft: Draft, reading: Reading) -> bool:
    """Say first that no rule speaks of both levels, with the rule that each document prints of its own; False where one may."""
    cited = dict(enumerate(draft.clauses, start=1))
    overlap = patterns("printed")["overlap"]
    rules = [one for one in draft.sentences if overlap.search(one.text)]
    if any(decides_across(one.text, cited[n], reading) for one in rules for n in one.citations):
        return False
    of_level: dict[str, PolicyDocument] = {}
    for sentence in sorted(draft.sentences, key=lambda one: one in rules):  # what grants, before what only rules
        for clause in (cited[n] for n in sentence.citations):
            if clause.level in reading.levels:
                of_level.setdefault(clause.level, draft.corpus.document_of(clause))
    if len(of_level) < LEVELS_ACROSS:
        return False
    kept = [one for one in draft.sentences if one not in rules][:MOST_BESIDE]
    draft.sentences[:], draft.parts = kept, []
    documents = [of_level[level] for level in reading.levels if level in of_level]
    told = _say_rule_of_each(draft, documents)
    words = said(
        "no_overlap_rule_across" if told else "no_overlap_rule",
        draft.language,
        "》《".join(document.title for document in documents),
    )
    draft.sentences.append(AnswerSentence(words, (), (), role=SentenceRole.HEDGE))
    draft.bring_forward()
    return True


def _say_rule_of_each(draft: Draft, documents: Sequence[PolicyDocument]) -> bool:
    """Quote what each document prints of its own grants, where it is asked across levels and none speaks of the other."""
    rules = [next(rules_of(document, draft.corpus, None), None) for document in documents]
    told = False
    for clause, sentence in reversed([rule for rule in rules if rule is not None]):
        text = "".join(sentence.of(clause.text).split("\n"))
        number = draft.cite(clause, sentence, "condition")
        if draft.say(f"{label_of(clause, text, draft.language)}{text}", (number,)):
            draft.bring_forward()
            told = True
    return told


def _drop_rules_of_others(draft: Draft, reading: Reading, document: PolicyDocument) -> None:
    """Leave out rules of another document, and where it is asked across levels those of one level: they would pass for the answer."""
    cited = dict(enumerate(draft.clauses, start=1))
    overlap, of_whole = patterns("printed")["overlap"], patterns("printed")["of_whole"]

    def decides(sentence: AnswerSentence) -> bool:
        text, clauses = sentence.text, [cited[n] for n in sentence.citations]
        of_document = not of_whole.search(text) or any(clause.document == document.id for clause in clauses)
        return of_document and all(decides_across(text, clause, reading) for clause in clauses)

    kept = [at for at, one in enumerate(draft.sentences) if not overlap.search(one.text) or decides(one)]
    if not kept:
        return
    places = {at: place for place, at in enumerate(kept)}
    draft.sentences[:] = [draft.sentences[at] for at in kept]
    draft.parts = [
        replace(part, sentences=tuple(places[at] for at in part.sentences if at in places)) for part in draft.parts
    ]


def rules_of(document: PolicyDocument, corpus: Corpus, reading: Reading | None) -> Iterator[tuple[Clause, Span]]:
    """The sentences of a document that say of all of it whether things may be had together; with ``reading`` those that decide."""
    words = patterns("printed")
    for clause in corpus.clauses_of(document):
        if words["not_both"].search(clause.text) is None:
            continue
        for sentence in split_sentences(clause.text):
            span = without_label(clause.text, sentence)
            text = span.of(clause.text)
            if reading is not None and not decides_across(text, clause, reading):
                continue
            if words["not_both"].search(text) and words["of_whole"].search(text):
                yield clause, span
