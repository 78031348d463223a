"""Which words of a question count, and how much."""

from __future__ import annotations

from bot.text.term_overlap import TermWeights, covered, terms_of
from ingest.types import Corpus


def test_terms_are_pairs_of_characters_latin_words_and_numbers() -> None:
    assert terms_of("安家补贴 VPN 15%") == {"安家", "家补", "补贴", "vpn", "15%"}


def test_the_and_the_like_are_no_terms() -> None:
    assert terms_of("How much is the cap of the banner for a firm?") == {"much", "cap", "banner", "firm"}


def test_the_is_not_the_rarest_word_of_the_compendium(corpus: Corpus) -> None:
    """One title prints it (best of the best): it would weigh more than all that an English question is about."""
    weights = TermWeights.of(clause.text for clause in corpus.clauses)
    wanted = weights.weigh(terms_of("What is the 安家补贴?"))
    assert set(wanted) == {"安家", "家补", "补贴"}
    assert covered(wanted, terms_of("给予安家补贴")) == 1.0
