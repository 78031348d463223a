"""Sentences of the core, which are English, said in Chinese where staff are likely to meet them."""

from __future__ import annotations

import re

from web.texts import Tongue

# What stands in brackets goes over to the Chinese sentence; the first that matches the whole sentence counts.
_SENTENCES: tuple[tuple[str, str], ...] = ()


def in_tongue(sentence: str, tongue: Tongue) -> str:
    """The sentence in the reader's language; one that is not known stays as it is."""
    if tongue == "zh":
        for pattern, said in _SENTENCES:
            if found := re.fullmatch(pattern, sentence, re.DOTALL):
                return said.format(*found.groups())
    return sentence
