"""Where the sentences of one reply are checked and put together: what stands is shown, what does not is left out."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.compose.draft import Draft
from bot.compose.phrases import phrase
from bot.llm.chat_model import Failure, ModelFailed
from bot.llm.output_checks import Objection, may_be_said, objection_to, tells_rules
from bot.llm.planning import AskedKind
from bot.llm.prompts import Material
from bot.llm.reply_words import (
    asks_back,
    halves_of,
    is_empty_talk,
    is_opener,
    says_nearest,
    says_not_covered,
    says_to_check,
    split_title,
)
from bot.llm.sentence_stream import Marks, Said, behind_opener, halves_by_marks, without_first
from bot.text.term_overlap import sentence_terms, terms_of
from bot.types import AnswerSentence, Language, SentenceRole
from bot.understand.reading import Reading
from bot.verify.grounding import check_sentence, grounded
from ingest.facts.figures import find_figures
from ingest.normalise import match_form, to_simplified
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Span

_LOG = logging.getLogger(__name__)
# Sentences that are shown; what a model adds behind them is not read out.
MOST_SENTENCES = {
    AskedKind.FACT: 8,
    AskedKind.SEVERAL: 14,
    AskedKind.SCENARIO: 24,
    AskedKind.COMPARE: 12,
    AskedKind.SUMMARY: 14,
}
LONGEST_SOURCE_QUOTE = 400  # characters of the Chinese words behind an English sentence
_ENDS = re.compile(r"[，,；;\s]+$")
_TURNS = re.compile(r"^\s*(?:[，,；;]|但是?|不过|然而|but\b|however,?)\s*", re.IGNORECASE)


@dataclass
class Report:
    """What became of the sentences of a reply."""

    shown: int = 0
    withheld: Counter[Objection] = field(default_factory=Counter[Objection])
    replaced: int = 0  # by the words of the clause they cite, or by what was worked out
    cut: int = 0  # behind the most that are shown

    @property
    def left_out(self) -> int:
        return sum(self.withheld.values())


@dataclass
class Desk:
    """Takes sentence after sentence; gives out what is shown of each."""

    reading: Reading
    material: Material
    rules: str
    draft: Draft
    report: Report = field(default_factory=Report)
    rows: list[Said] = field(default_factory=list[Said])  # lines of a table, as they came
    sections: dict[str, list[int]] = field(default_factory=dict[str, list[int]])  # topic → places in the draft
    says_not_covered: bool = False
    declined_first: bool = False  # it opens by saying that what is asked is not covered
    _section: str = ""
    _title: str = ""  # of the section, until a sentence of it is shown
    _opener: Said | None = None
    _waiting: list[Said] = field(default_factory=list[Said])  # without a number; the next one's may be meant
    _question: Said | None = None
    _lead: Said | None = None  # one that does not stand: the clause's own words take its place once anything else stands
    _led: bool = False  # a statement was made, whether it stood or not
    _seen: set[tuple[str, tuple[int, ...]]] = field(default_factory=set[tuple[str, tuple[int, ...]]])

    @property
    def language(self) -> Language:
        return self.reading.language

    def take(self, said: Said) -> Iterator[AnswerSentence]:
        """What is shown of a sentence. Raises ModelFailed when it tells the rules."""
        if tells_rules(said.text, self.rules, self.clauses_of(said.sources), self.language):
            raise ModelFailed(Failure.UNSUPPORTED, "it tells its instructions")
        if said.cells:
            self.rows.append(said)
            return
        said = self._below_its_title(said)
        if not said.text or (said.text, said.sources) in self._seen or self._is_said(said.text):
            return
        self._seen.add((said.text, said.sources))
        if len(self.draft.sentences) >= MOST_SENTENCES[self.material.plan.kind]:
            self.report.cut += 1
        elif not said.sources and _only_introduces(said.text):
            return
        else:
            yield from self._sorted(said)

    def finish(self) -> Iterator[AnswerSentence]:
        """What is shown at the end: a question back."""
        for _ in self._waiting:
            self._withhold(Objection.UNCITED)
        self._waiting.clear()
        if self._question is not None and self.draft.sentences and self._hedge_stands(self._question.text):
            yield self._add(AnswerSentence(self._question.text, (), (), role=SentenceRole.QUESTION))

    def clauses_of(self, sources: Sequence[int]) -> list[Clause]:
        """The clauses behind numbers of the prompt."""
        return [self.material.sources[n] for n in sources if n in self.material.sources]

    # ── Sorting ────────────────────────────────────────────────────────────────────────────────

    def _sorted(self, said: Said) -> Iterator[AnswerSentence]:
        if asks_back(said.text) and not said.sources:
            self._question = said
        elif says_not_covered(said.text):
            yield from self._not_covered(said)
        elif says_to_check(said.text) and not said.sources:
            yield from self._ours(said.text)
        elif not said.sources and is_opener(said.text):
            self._opener = said
        elif not said.sources and is_empty_talk(said.text) and not find_figures(to_simplified(said.text)):
            return
        elif not said.sources:
            self._waiting.append(said)
        else:
            for before in self._waiting:  # one number at the end of several sentences
                yield from self._statement(replace(before, sources=said.sources))
            self._waiting.clear()
            if not self._is_said(said.text):
                yield from self._statement(said)

    def _is_said(self, text: str) -> bool:
        return any(sentence.text == text for sentence in self.draft.sentences)

    def _below_its_title(self, said: Said) -> Said:
        title, rest = split_title(said.text)
        if not title or (not rest and said.sources):
            return said
        topic = next((part.topic for part in self.material.plan.parts if _same(part.topic, title)), "")
        self._section = topic or self._section
        stands = topic and self.may_be_said(topic) and check_sentence(topic, (), {}).stands
        self._title = f"【{topic}】" if stands else ""
        return without_first(said, len(said.text) - len(rest))

    def _not_covered(self, said: Said) -> Iterator[AnswerSentence]:
        if not self.draft.sentences and not self._led:
            self.declined_first = True
        self.says_not_covered, self._opener = True, None
        halves = halves_of(said.text)
        before, behind = halves.before, _TURNS.sub("", halves.behind)
        if before and (said.sources or find_figures(to_simplified(before))):
            self.declined_first = False
            own = tuple(n for at, n in said.marks if at <= len(before)) or said.sources
            yield from self._statement(Said(f"{_ENDS.sub('', before)}{self._stop}", own))
            before = ""
        states = behind and (said.sources or find_figures(to_simplified(behind)))
        yield from self._ours(f"{before}{halves.hedge}{'' if states else halves.behind}")
        if states:
            own = tuple(n for at, n in said.marks if at > len(said.text) - len(behind)) or said.sources
            yield from self._statement(Said(behind, own))

    def _ours(self, text: str) -> Iterator[AnswerSentence]:
        """A sentence that states nothing of the sources, as it is said; else in our own words."""
        words = f"{_ENDS.sub('', text)}{self._stop}" if _ENDS.search(text) else text
        if self._hedge_stands(words):
            yield self._add(AnswerSentence(words, (), (), role=SentenceRole.HEDGE))
        elif says_not_covered(text):
            asked = next((part.question for part in self.material.plan.parts if part.topic == self._section), "")
            asked = (asked or self.reading.question.last).rstrip("？?。.！!")
            yield self._add(
                AnswerSentence(phrase("part_not_found", self.language).format(asked), (), (), role=SentenceRole.HEDGE)
            )
        else:
            self._withhold(Objection.UNGROUNDED)

    def _hedge_stands(self, text: str) -> bool:
        """Whether every figure and name of a sentence without a citation was told or is printed in some source."""
        verdict = check_sentence(text, tuple(self.material.sources), self.material.sources)
        told = match_form("\n".join(self.reading.question.turns))
        missing = (*verdict.missing_figures, *verdict.missing_words)
        return self.may_be_said(text) and all(match_form(words) in told for words in missing)

    def may_be_said(self, text: str) -> bool:
        """Whether words of a model that rest on no clause hold no markup, no address and no other tongue."""
        return may_be_said(text, tuple(self.material.sources.values()), self.language)

    def may_be_named(self, text: str) -> bool:
        """The same for the name of a row or a cell, which may be no words of any tongue (100%)."""
        return may_be_said(text, tuple(self.material.sources.values()), None)

    # ── Statements ─────────────────────────────────────────────────────────────────────────────

    def _statement(self, said: Said) -> Iterator[AnswerSentence]:
        opener, self._opener = self._opener, None
        leads, self._led = not self._led, True
        opened = [behind_opener(opener, said)] if opener is not None else []
        objection = Objection.UNGROUNDED
        for candidate in (*opened, said):
            sentence, objection = self.check(candidate)
            if sentence is not None:
                if self._lead is not None:
                    yield from self._own_words(self._lead)
                    self._lead = None
                nearest = says_nearest(said.text) and self._speaks_of_missing
                role = SentenceRole.HEDGE if nearest else sentence.role
                yield self._enter(replace(sentence, role=role), candidate.marks)
                return
        instead = self._fact_instead(said)
        self._withhold(objection)
        if instead is not None:
            self.report.replaced += 1
            yield self._enter(instead, instead.marks)
        elif leads and objection is Objection.UNGROUNDED and self.language is not Language.EN:
            self._lead = said

    @property
    def _speaks_of_missing(self) -> bool:
        return self.declined_first or any(one.role is SentenceRole.HEDGE for one in self.draft.sentences[-1:])

    def check(self, said: Said) -> tuple[AnswerSentence | None, Objection]:
        """The sentence with its figures when it stands, and what speaks against it when it does not."""
        objection = objection_to(said.text, self.clauses_of(said.sources), self.language)
        if objection is not None:
            _LOG.info("A sentence of the chat model is withheld: %s", objection)
            return None, objection
        sentence = self.borne_out(said)
        if sentence is None:
            _LOG.info("A sentence of the chat model is withheld: %s", Objection.UNGROUNDED)
        return sentence, Objection.UNGROUNDED

    def borne_out(self, said: Said, about: str = "") -> AnswerSentence | None:
        """The sentence with its figures when the clauses it cites bear it out, each half by the numbers behind it.

        ``about`` is whom and what the words are said of, where they do not say it themselves.
        """
        before = self.draft.sentences[-1].text if self.draft.sentences else ""
        context = f"{self.reading.carried.joined}\n{before}\n{about}"
        sources = self.material.sources
        for text, numbers in halves_by_marks(said):
            verdict = check_sentence(text, numbers, sources, f"{context}\n{said.text}")
            if verdict.missing_figures or verdict.missing_citations:
                return None
        return grounded(said.text, said.sources, sources, context)

    def _fact_instead(self, said: Said) -> AnswerSentence | None:
        """What was worked out by us, with the figures of a sentence that no clause prints."""
        verdict = check_sentence(said.text, said.sources, self.material.sources)
        missing = [match_form(words) for words in verdict.missing_figures]
        shown = {sentence.text for sentence in self.draft.sentences}
        facts = (fact for fact in self.material.facts if fact.text not in shown)
        return next((f for f in facts if missing and all(words in match_form(f.text) for words in missing)), None)

    def _own_words(self, said: Said) -> Iterator[AnswerSentence]:
        """In the place of a lead that does not stand the words of the clause it cites."""
        for n in said.sources[:1]:
            clause = self.material.sources.get(n)
            if clause is None:
                continue
            span = _most_like(said.text, clause)
            words = span.of(clause.text).strip()
            sentence = grounded(words, (n,), self.material.sources)
            if sentence is not None:
                self.report.replaced += 1
                yield self._enter(sentence, ())

    def _withhold(self, objection: Objection) -> None:
        self.report.withheld[objection] += 1

    def _enter(self, sentence: AnswerSentence, marks: Marks) -> AnswerSentence:
        """A sentence that stands, its sources cited in the draft and numbered anew."""
        quotes = {n: quotes_of(sentence, self.material.sources[n]) for n in sentence.citations}
        numbers: dict[int, int] = {}
        for n, spans in quotes.items():
            for span in spans:
                numbers[n] = self.draft.cite(self.material.sources[n], span, "answer")
        source_quote = ""
        if self.language is Language.EN:
            said = (span.of(self.material.sources[n].text).strip() for n, spans in quotes.items() for span in spans)
            source_quote = "".join(dict.fromkeys(said))[:LONGEST_SOURCE_QUOTE]
        return self._add(
            replace(
                sentence,
                citations=tuple(dict.fromkeys(numbers[n] for n in sentence.citations)),
                marks=tuple((at, numbers[n]) for at, n in marks if n in numbers),
                source_quote=source_quote,
            )
        )

    def _add(self, sentence: AnswerSentence) -> AnswerSentence:
        title, self._title = self._title, ""
        marks = tuple((at + len(title), n) for at, n in sentence.marks)
        shown = replace(sentence, text=f"{title}{sentence.text}", marks=marks)
        self.draft.sentences.append(shown)
        self.report.shown += 1
        self.sections.setdefault(self._section, []).append(len(self.draft.sentences) - 1)
        return shown

    @property
    def _stop(self) -> str:
        return "." if self.language is Language.EN else "。"


def _only_introduces(text: str) -> bool:
    """A line such as "具体如下：" is no sentence; it is left out without a word."""
    return text.endswith(("：", ":"))


def _same(topic: str, title: str) -> bool:
    one, other = match_form(topic), match_form(title)
    return bool(one and other) and (one in other or other in one)


def quotes_of(sentence: AnswerSentence, clause: Clause) -> list[Span]:
    """The sentences of ``clause`` that bear ``sentence`` out: those of its figures, else the one most like it."""
    spans = split_sentences(clause.text)
    figures = [figure.span for figure in sentence.figures if figure.clause_id == clause.id]
    holding = [span for span in spans if any(clause.in_source(span).contains(figure) for figure in figures)]
    return holding or [_most_like(sentence.text, clause)]


def _most_like(text: str, clause: Clause) -> Span:
    said = terms_of(to_simplified(text))
    return max(split_sentences(clause.text), key=lambda span: len(said & sentence_terms(span.of(clause.text))))
