"""Where the sentences of one reply are checked and put together: what stands is shown, what does not is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.compose.draft import Draft
from bot.compose.phrases import phrase
from bot.llm.chat_model import Failure, ModelFailed
from bot.llm.output_checks import Objection, tells_rules
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
from bot.llm.sentence_checks import SentenceChecks, most_like, quotes_of
from bot.llm.sentence_stream import Marks, Said, behind_opener, joined_list, without_first
from bot.types import AnswerSentence, Language, SentenceRole
from bot.understand.reading import Reading
from bot.verify.grounding import check_sentence, grounded
from ingest.facts.figures import find_figures
from ingest.normalise import match_form, to_simplified

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
_STOPS = re.compile(r"[。.！!？?；;][”\"'）)]*$")
_LETTER = re.compile(r"[^\W\d_]")  # the number of a point alone is no sentence
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

    checks: SentenceChecks
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
    _list_lead: Said | None = None  # 包括：, in front of a list
    _items: list[Said] = field(default_factory=list[Said])
    _waiting: list[Said] = field(default_factory=list[Said])  # without a number; the next one's may be meant
    _question: Said | None = None
    _lead: Said | None = (
        None  # one that does not stand: the clause's own words take its place once anything else stands
    )
    _failed: dict[str, Said] = field(default_factory=dict[str, Said])  # the first of a section that does not stand
    _led: bool = False  # a statement was made, whether it stood or not
    _seen: set[tuple[str, tuple[int, ...]]] = field(default_factory=set[tuple[str, tuple[int, ...]]])

    @property
    def language(self) -> Language:
        return self.reading.language

    @property
    def reading(self) -> Reading:
        return self.checks.reading

    @property
    def material(self) -> Material:
        return self.checks.material

    def take(self, said: Said) -> Iterator[AnswerSentence]:
        """What is shown of a sentence. Raises ModelFailed when it tells the rules."""
        if tells_rules(said.text, self.rules, self.checks.clauses_of(said.sources), self.language):
            raise ModelFailed(Failure.UNSUPPORTED, "it tells its instructions")
        if said.cells:
            self.rows.append(said)
            return
        if self._is_of_list(said):
            return
        yield from self._end_list()
        said = self._below_its_title(said)
        yield from self._one(said)

    def _is_of_list(self, said: Said) -> bool:
        """Take in what introduces a list, and an item of one that is no sentence by itself."""
        if said.is_item and not _STOPS.search(said.text):
            self._items.append(said)
            return True
        if not said.is_item and not self._items and _only_introduces(said.text):
            self._list_lead = said
            return True
        return False

    def _end_list(self) -> Iterator[AnswerSentence]:
        lead, items, self._list_lead, self._items = self._list_lead, self._items, None, []
        if not items:
            return
        joint = "; " if self.language is Language.EN else "、"
        yield from self._one(joined_list(lead, items, joint, self._stop))

    def _one(self, said: Said) -> Iterator[AnswerSentence]:
        if not _LETTER.search(said.text) or (said.text, said.sources) in self._seen or self._is_said(said.text):
            return
        self._seen.add((said.text, said.sources))
        if len(self.draft.sentences) >= MOST_SENTENCES[self.material.plan.kind]:
            self.report.cut += 1
        else:
            yield from self._sorted(said)

    def finish(self) -> Iterator[AnswerSentence]:
        """What is shown at the end: a list that ends the reply, a question back."""
        yield from self._end_list()
        for waiting in self._waiting:
            self._withhold(Objection.UNCITED, waiting.text)
        if self.draft.sentences:  # a section whose every statement failed was answered, though not so
            for section, said in self._failed.items():
                if section and not self.sections.get(section):
                    self._section, self._title = section, ""
                    yield from self._own_words(said)
        self._waiting.clear()
        if self._question is not None and self.draft.sentences and self.checks.hedge_stands(self._question.text):
            yield self._add(AnswerSentence(self._question.text, (), (), role=SentenceRole.QUESTION))

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
                yield from self._statement(replace(before, sources=said.sources), by_itself=False)
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
        stands = topic and self.checks.may_be_said(topic) and check_sentence(topic, (), {}).stands
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
        if self.checks.hedge_stands(words):
            yield self._add(AnswerSentence(words, (), (), role=SentenceRole.HEDGE))
        elif says_not_covered(text):
            asked = next((part.question for part in self.material.plan.parts if part.topic == self._section), "")
            asked = (asked or self.reading.question.last).rstrip("？?。.！!")
            yield self._add(
                AnswerSentence(phrase("part_not_found", self.language).format(asked), (), (), role=SentenceRole.HEDGE)
            )
        else:
            self._withhold(Objection.UNGROUNDED, text)

    # ── Statements ─────────────────────────────────────────────────────────────────────────────

    def _statement(self, said: Said, *, by_itself: bool = True) -> Iterator[AnswerSentence]:
        opener, self._opener = self._opener, None
        leads, self._led = not self._led and by_itself, self._led or by_itself
        opened = [behind_opener(opener, said)] if opener is not None else []
        objection = Objection.UNGROUNDED
        before = self.draft.sentences[-1].text if self.draft.sentences else ""
        for candidate in (*opened, said):
            sentence, objection = self.checks.check(candidate, before)
            if sentence is not None:
                if self._lead is not None:
                    yield from self._own_words(self._lead)
                    self._lead = None
                nearest = says_nearest(said.text) and self._speaks_of_missing
                role = SentenceRole.HEDGE if nearest else sentence.role
                yield self._enter(replace(sentence, role=role), candidate.marks)
                return
        facts = self.checks.facts_instead(said, {one.text for one in self.draft.sentences})
        self._withhold(objection, said.text)
        self.report.replaced += bool(facts)
        for fact in facts:
            yield self._enter(fact, fact.marks)
        if not facts and by_itself and objection is Objection.UNGROUNDED:
            self._lead = said if leads else self._lead
            self._failed.setdefault(self._section, said)

    @property
    def _speaks_of_missing(self) -> bool:
        return self.declined_first or any(one.role is SentenceRole.HEDGE for one in self.draft.sentences[-1:])

    def _own_words(self, said: Said) -> Iterator[AnswerSentence]:
        """In the place of a lead that does not stand the words of the clause it cites."""
        for n in said.sources[:1]:
            clause = self.material.sources.get(n)
            if clause is None:
                continue
            span = most_like(said.text, clause)
            words = span.of(clause.text).strip()
            sentence = grounded(words, (n,), self.material.sources)
            if sentence is not None:
                self.report.replaced += 1
                yield self._enter(sentence, ())

    def _withhold(self, objection: Objection, text: str) -> None:
        self.report.withheld[objection] += 1
        self.draft.withheld.append(f"{text} ({objection.value})")  # for the trace

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
