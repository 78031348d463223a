"""Terms of the corpus for which the glossary has no everyday word yet: where its owner may look next.

A term is found the way new words are found in unsegmented Chinese: a run of characters that holds together (its parts
meet far more often than chance) and stands free (many different characters are seen before and after it). See Sproat &
Shih 1990 for the first, Huang & Powers 2003 for the second.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.glossary.glossary import Glossary
from ingest.normalise import search_form
from ingest.types import Clause, Corpus

SHORTEST, LONGEST = 3, 8  # characters; shorter ones are everyday words themselves, longer ones are phrases
LEAST_COHESION = math.log(50)  # how many times more often than chance, in the worst cut of the term
LEAST_FREEDOM = 0.9  # nats of the neighbours on the poorer side: some three neighbours, equally often
# A run counts as part of a longer term when it stands outside of it less often than this share.
LEAST_ALONE = 0.3

_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_EDGE = ""  # the neighbour at the end of a run: an end is as free as a new character
# Characters that begin or end no term: particles, pronouns, connectives and the verbs that statutes are built of.
_NOT_FIRST = frozenset(
    "的了和与及或等对为以于从到把被将由就都也还又在是有按给并其该个上下中内未不可应须各可未经向自至含如即"
)
_NOT_LAST = frozenset("的了和与及或等对为以于从到把被将由就都也还又在是有按给并其该上下中内未不可应须各每向至含如即")


@dataclass(frozen=True, slots=True)
class Term:
    """A term, how many clauses hold it, and the first of them."""

    text: str
    clauses: int
    first: Clause


def terms_without_word(corpus: Corpus, glossary: Glossary, least_clauses: int = 3) -> list[Term]:
    """The terms of the corpus that no row of the glossary holds or leads to, the most frequent first.

    A term that is part of a row's wording (高新技术 in 高新技术企业) is known by that row, and so is one that holds it.
    """
    known = "\n".join(glossary.chinese_terms())
    policy_words = {word for table in (glossary.people, glossary.places) for words in table.values() for word in words}
    found: dict[str, list[Clause]] = defaultdict(list)
    # A heading stands over many clauses; read once, the words of a title do not outrank the words of the clauses.
    headings = dict.fromkeys(search_form(heading) for clause in corpus.clauses for heading in clause.path)
    texts = [(clause, search_form(clause.text)) for clause in corpus.clauses]
    names = _terms([*headings, *(text for _, text in texts)])
    for name in names:
        if name in known or any(word in name for word in policy_words if len(word) >= SHORTEST):
            continue
        found[name] = [clause for clause, text in texts if name in text]
    terms = [Term(name, len(clauses), clauses[0]) for name, clauses in found.items() if len(clauses) >= least_clauses]
    return sorted(terms, key=lambda term: (-term.clauses, term.text))


def _terms(texts: Iterable[str]) -> list[str]:
    """Runs that hold together and stand free, without those that live inside longer ones only."""
    runs = [run for text in texts for run in _HAN_RUN.findall(text)]
    counts = Counter(part for run in runs for part in _parts(run))
    total = sum(len(run) for run in runs)
    repeated = {part for part, count in counts.items() if count >= SHORTEST and len(part) >= SHORTEST}
    before, after = _neighbours(runs, repeated)
    holding = {
        part
        for part in repeated
        if part[0] not in _NOT_FIRST
        and part[-1] not in _NOT_LAST
        and _cohesion(part, counts, total) >= LEAST_COHESION
        and min(_entropy(before[part]), _entropy(after[part])) >= LEAST_FREEDOM
    }
    inside = Counter[str]()
    for longer in holding:
        for part in set(_parts(longer)) & holding - {longer}:
            inside[part] = max(inside[part], counts[longer])
    return sorted(part for part in holding if 1 - inside[part] / counts[part] >= LEAST_ALONE)


def _parts(run: str) -> Iterator[str]:
    """Every piece of a run up to the longest length of a term."""
    for start in range(len(run)):
        for end in range(start + 1, min(start + LONGEST, len(run)) + 1):
            yield run[start:end]


def _neighbours(runs: Iterable[str], wanted: set[str]) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    before: dict[str, Counter[str]] = defaultdict(Counter)
    after: dict[str, Counter[str]] = defaultdict(Counter)
    for number, run in enumerate(runs):
        for start in range(len(run)):
            for end in range(start + SHORTEST, min(start + LONGEST, len(run)) + 1):
                part = run[start:end]
                if part in wanted:
                    before[part][run[start - 1] if start else f"{_EDGE}{number}"] += 1
                    after[part][run[end] if end < len(run) else f"{_EDGE}{number}"] += 1
    return before, after


def _cohesion(part: str, counts: Counter[str], total: int) -> float:
    """Pointwise mutual information in nats, in the cut where the two pieces hold together least."""
    pairs = (counts[part[:cut]] * counts[part[cut:]] for cut in range(1, len(part)))
    return min(math.log(counts[part] * total / pair) for pair in pairs)


def _entropy(neighbours: Counter[str]) -> float:
    total = sum(neighbours.values())
    return -sum(count / total * math.log(count / total) for count in neighbours.values())
