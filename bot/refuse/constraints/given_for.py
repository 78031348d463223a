"""What money is asked for (买工业机器人补贴几成), against the sentences that print an amount: do they speak of it at all?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.evidence.benefit_rows import purposes_asked, purposes_given
from bot.refuse.answerability import Searched
from bot.refuse.constraints.cited import answering, asks_money, clause_words, plain, words_of
from bot.refuse.constraints.types import ConstraintCheck, ConstraintKind, Outcome
from bot.text.jieba_dictionary import counties_in, nouns_in, places_in, times_counted
from bot.types import Language
from bot.understand.asks_on import asks_on, claims_it
from bot.understand.reading import only_changes_a_part
from index.text.question_types import QuestionType, question_types
from ingest.normalise import to_simplified
from ingest.vocabulary.questions import question_words
from ingest.vocabulary.refusing.constraints import constraint_words
from ingest.vocabulary.wordings import either

FAULT, PURPOSE, OWN = "object.given_for", "object.purpose", "object.own"
HONOUR, ELSEWHERE = "object.honour", "object.elsewhere"
_WORDS = constraint_words().given_for
_WON = re.compile(constraint_words().speech.won)
_GIVEN = re.compile(_WORDS.given)
_TOO_WIDE = re.compile(rf"(?:{either(_WORDS.too_wide)})$")
_PURPOSE = re.compile(rf"(?:{either(question_words().said.purposes)})(?:{_WORDS.money})")
_CLASS = re.compile(r"[a-h]类|[一二三四五六七八]类")
_ASKING = re.compile(rf"{constraint_words().speech.asking_in}|([一-鿿])不\1")
_PART_END = re.compile(r"[，,。；;？?！!、]")
SHORTEST_ABBREVIATED = 3  # characters; 高新区 is 高新技术产业开发区
RARE_BELOW = (
    1_000  # times in running text: 过户 and 家政 are, 文件 and 性质 name nothing that a document would have to name
)
SHARED_AT_MOST = 0.5  # of the characters of a noun: the policy may call it by a part of it
MOST_BETWEEN = 4  # characters that an abbreviation leaves out in one place


def check_given_for(searched: Searched) -> Iterator[ConstraintCheck]:
    """The nouns in front of the word that says money is given; unmet when none of them, or not the last, is spoken of."""
    reading = searched.reading
    if QuestionType.AMOUNT not in reading.types or reading.carried.earlier or reading.language is Language.EN:
        return
    asked = _GIVEN.search(reading.last)
    if asked is None:
        return
    part = _CLASS.sub("", _PART_END.split(reading.last[: asked.start()])[-1])
    places = {name for names in searched.places.names.values() for name in names}
    nouns = [n for n in nouns_in(part) if not _TOO_WIDE.match(n) and not any(n in name for name in places)]
    if not nouns:
        return
    text = " ".join(words_of(sentence) for sentence in answering(searched))
    missing = [noun for noun in nouns if not _is_said(noun, text, reading.also)]
    if len(missing) == len(nouns) or nouns[-1] in missing:
        first = missing[0] if len(missing) == len(nouns) else nouns[-1]
        thing = part[part.index(first) : part.rindex(nouns[-1]) + len(nouns[-1])]
        elsewhere = all(noun in searched.printed.text for noun in missing)
        yield ConstraintCheck(ConstraintKind.OBJECT, thing, Outcome.NOT_MENTIONED, FAULT, elsewhere=elsewhere)
    else:
        yield ConstraintCheck(ConstraintKind.OBJECT, nouns[-1], Outcome.BORNE_OUT, FAULT)


def check_own_nouns(searched: Searched) -> Iterator[ConstraintCheck]:
    """What a part or follow-up that goes on names besides (税收强度要求多少); unmet where no clause that would answer speaks of any."""
    reading = searched.reading
    asks = QuestionType.AMOUNT in reading.types or claims_it(reading.carried.asked)
    if not asks or not reading.carried.earlier or reading.language is Language.EN:
        return
    before = " ".join(reading.carried.earlier)
    asked = reading.carried.asked
    places = {name for names in searched.places.names.values() for name in names}
    places |= {*counties_in(asked), *places_in(asked)}
    own = [
        noun
        for noun in nouns_in(reading.carried.asked)
        if noun not in before
        and not (_TOO_WIDE.match(noun) or asks_on(noun) or question_types(noun) or any(noun in name for name in places))
    ]
    if not own or _CLASS.search(reading.carried.asked) or any(noun not in reading.last for noun in own):
        return
    printed = all(noun in searched.printed.text for noun in own)
    if not printed and not only_changes_a_part(reading):
        return  # 零头, 人头: a word of speech that no rule has
    text = " ".join(clause_words(sentence) for sentence in answering(searched))
    if not any(_is_said(noun, text, reading.also) for noun in own):
        thing = _named_whole(reading.carried.asked, own)
        yield ConstraintCheck(ConstraintKind.OBJECT, thing, Outcome.NOT_MENTIONED, OWN, elsewhere=printed)


def _named_whole(text: str, nouns: Sequence[str]) -> str:
    """The words of ``text`` from the first noun to the last."""
    return text[text.index(nouns[0]) : text.rindex(nouns[-1]) + len(nouns[-1])]


def check_known_elsewhere(searched: Searched) -> Iterator[ConstraintCheck]:
    """A rare noun of what is asked that other documents print, and none of those that would answer."""
    reading, corpus = searched.reading, searched.corpus
    if corpus is None or reading.carried.earlier or reading.language is Language.EN:
        return
    sentences = answering(searched)
    if sentences[0].clause.role.is_rate_row:
        return  # its headings call things in short
    text, said = " ".join(map(clause_words, sentences)), " ".join(map(words_of, sentences))
    missing = [
        noun
        for noun in _rare_nouns_asked(searched)
        if not _is_said(noun, text, reading.also)
        and sum(mark in said for mark in set(noun)) <= SHARED_AT_MOST * len(set(noun))
        and noun in searched.printed.of_clauses
    ]
    documents = [corpus.document_by_id[one] for one in dict.fromkeys(c.clause.document for c in sentences)]
    for noun in missing:
        printed = (
            plain(" ".join((*clause.path, clause.text))) for one in documents for clause in corpus.clauses_of(one)
        )
        if not any(noun in words for words in printed):
            yield ConstraintCheck(ConstraintKind.OBJECT, noun, Outcome.NOT_MENTIONED, ELSEWHERE, elsewhere=True)


def _rare_nouns_asked(searched: Searched) -> list[str]:
    """The nouns that name something, places left out, in the parts of the last turn that ask."""
    last = searched.reading.last
    places = {name for names in searched.places.names.values() for name in names} | {
        *counties_in(last),
        *places_in(last),
    }
    parts = [part for part in _PART_END.split(last) if _ASKING.search(part)]
    typed = to_simplified(searched.reading.question.last)  # what was only read so is no word of the asker's
    return [
        noun
        for noun in dict.fromkeys(noun for part in parts for noun in nouns_in(part))
        if noun in typed
        and times_counted(noun) < RARE_BELOW
        and not (_TOO_WIDE.match(noun) or question_types(noun) or any(noun in name for name in places))
    ]


def check_purposes(searched: Searched) -> Iterator[ConstraintCheck]:
    """What money is asked for (安家补贴), where the best sentence gives it for something else (引才补贴) and none gives it for that."""
    reading = searched.reading
    asked = _PURPOSE.search(reading.last)
    if asked is None or QuestionType.AMOUNT not in reading.types:
        return
    wanted, sentences = purposes_asked(reading), answering(searched)
    given = [purposes_given(sentence) for sentence in sentences]
    if not given[0] or any(wanted & purposes for purposes in given):
        return
    best, elsewhere = sentences[0], asked[0] in searched.printed.text
    printed = tuple(dict.fromkeys(found[0] for found in _PURPOSE.finditer(plain(best.text))))
    yield ConstraintCheck(
        ConstraintKind.OBJECT, asked[0], Outcome.CONTRADICTED, PURPOSE, printed, best.clause.id, best.span, elsewhere
    )


def check_honours(searched: Searched) -> Iterator[ConstraintCheck]:
    """What was won, by its nouns; borne out where one clause that gives money speaks of all of them."""
    reading = searched.reading
    won = _WON.search(reading.last)
    if won is None or not asks_money(searched) or reading.carried.earlier or reading.language is Language.EN:
        return
    thing = won["thing"]
    nouns = [noun for noun in nouns_in(thing) if not _TOO_WIDE.match(noun)]
    if not nouns or thing not in searched.printed.text:
        return  # of what the corpus prints nowhere the other checks know more
    for sentence in answering(searched):
        text = clause_words(sentence)
        if all(_is_said(noun, text, reading.also) for noun in nouns):
            clause, span = sentence.clause.id, sentence.span
            yield ConstraintCheck(ConstraintKind.OBJECT, thing, Outcome.BORNE_OUT, HONOUR, clause=clause, span=span)
            return
    yield ConstraintCheck(ConstraintKind.OBJECT, thing, Outcome.NOT_MENTIONED, HONOUR, elsewhere=True)


def _is_said(noun: str, text: str, policy_words: Sequence[str]) -> bool:
    """Whether ``text`` has the noun, its two ends, a long form of it, or a policy word that the glossary has for it."""
    if noun in text or (noun[:2] in text and noun[-2:] in text):
        return True
    if len(noun) >= SHORTEST_ABBREVIATED and re.search(f".{{0,{MOST_BETWEEN}}}".join(noun), text):
        return True
    return any(word in text and not set(noun).isdisjoint(word) for word in policy_words)
