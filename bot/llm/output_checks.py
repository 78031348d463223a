"""What a language model may not say, whatever its figures are: markup, another tongue, its own rules, mere talk.

Figures, names and citations are checked by :mod:`bot.verify.grounding`; this looks at the words between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from bot.llm.contacts import unprinted_contacts
from bot.text.term_overlap import terms_of
from bot.types import Language
from ingest.normalise import match_form, to_simplified
from ingest.types import Clause


class Objection(StrEnum):
    """Why a sentence of a model may not be shown."""

    UNCITED = "uncited"
    MARKUP = "markup"
    CONTACT = "contact"  # a way to reach somebody that the clauses it cites do not print
    LANGUAGE = "language"
    UNSUPPORTED = "unsupported"  # its words are not those of the clauses it cites
    UNQUOTED = "unquoted"  # an English sentence that quotes Chinese words which are not printed
    UNGROUNDED = "ungrounded"  # see bot.verify.meaning


# Links, images, HTML and what a page could take for them; addresses are looked for in bot.llm.contacts.
_MARKUP = re.compile(
    r"<[a-zA-Z/!?]|&(?:#\w+|[a-z]+);|!?\[[^\]]*\]\s?\(|\b(?:javascript|data|mailto|vbscript):"
    r"|^\s*\|.*\||^\s*\[[^\]]+\]:\s",
    re.IGNORECASE,
)
_HAN = re.compile(r"[㐀-鿿]")
_LATIN = re.compile(r"[A-Za-z]")
_QUOTED = re.compile(r"[“「『\"]([^“”「」『』\"]+)[”」』\"]")
LEAST_OF_LANGUAGE = 0.5  # share of the letters that must be of the question's script
MOST_FOREIGN = 0.1  # share of letters of any third script: 株式会社 prints カ, a name prints é
# Share of the pairs of neighbouring characters that the cited clauses must print. Of 192 development questions one in
# twenty shares more than .14 with a clause on something else; half of them share .28 with their own clause, though a
# question is no answer. A model that is told to copy names and figures lies above both.
LEAST_SHARED = 0.3
# Characters in a row, in match form, that may be of the rules a model was given without being in a clause.
LONGEST_OF_RULES = {Language.ZH: 12, Language.ZH_HANT: 12, Language.EN: 32}


def objection_to(text: str, clauses: Sequence[Clause], language: Language) -> Objection | None:
    """Why ``text``, which cites ``clauses``, may not be shown; None when nothing speaks against its words."""
    if not clauses:
        return Objection.UNCITED
    if _MARKUP.search(text):
        return Objection.MARKUP
    if unprinted_contacts(text, "\n".join(_printed(clause) for clause in clauses)):
        return Objection.CONTACT
    if not _is_in(text, language):
        return Objection.LANGUAGE
    if language is Language.EN:
        return None if _quotes_stand(text, clauses) else Objection.UNQUOTED
    return None if shared_words(text, clauses) >= LEAST_SHARED else Objection.UNSUPPORTED


def may_be_said(text: str, clauses: Sequence[Clause], language: Language | None) -> bool:
    """Whether words that rest on no clause may be shown, in any tongue without ``language``; figures are checked apart."""
    printed = "\n".join(_printed(clause) for clause in clauses)
    return not (_MARKUP.search(text) or unprinted_contacts(text, printed)) and (
        language is None or _is_in(text, language)
    )


def _printed(clause: Clause) -> str:
    return "\n".join((*clause.path, clause.address, clause.text, *clause.departments))


def shared_words(text: str, clauses: Sequence[Clause]) -> float:
    """Share of the pairs of neighbouring Chinese characters and Latin words of ``text`` that the clauses print."""
    said = terms_of(to_simplified(text))
    printed = terms_of("\n".join(part for clause in clauses for part in (*clause.path, clause.text)))
    return len(said & printed) / len(said) if said else 0.0


def tells_rules(text: str, rules: str, clauses: Sequence[Clause], language: Language) -> bool:
    """True when ``text`` holds a longer piece of the rules the model was given than chance explains."""
    said, told = match_form(text), match_form(rules)
    printed = match_form("".join(clause.text for clause in clauses))
    length = LONGEST_OF_RULES[language]
    windows = (said[i : i + length] for i in range(len(said) - length + 1))
    return any(window in told and window not in printed for window in windows)


def _is_in(text: str, language: Language) -> bool:
    spoken = _QUOTED.sub("", text) if language is Language.EN else text
    han, latin = len(_HAN.findall(spoken)), len(_LATIN.findall(spoken))
    letters = sum(1 for letter in spoken if letter.isalpha())
    if not letters or letters - han - latin > MOST_FOREIGN * letters:
        return False
    return (latin if language is Language.EN else han) >= LEAST_OF_LANGUAGE * letters


def _quotes_stand(text: str, clauses: Sequence[Clause]) -> bool:
    """Whether the Chinese words that an English sentence quotes are printed in one of the clauses."""
    printed = [match_form("".join((*clause.path, clause.text))) for clause in clauses]
    quotes = [quote for quote in _QUOTED.findall(text) if _HAN.search(quote)]
    return all(any(match_form(quote) in words for words in printed) for quote in quotes)
