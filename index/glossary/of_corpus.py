"""The glossary that a corpus is searched with: its own rows, the names of its places, the words of the product."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from index.glossary.glossary import Glossary, load_glossary, product_glossary
from index.text.levels_and_places import Places, places_of
from ingest.types import Corpus
from ingest.vocabulary.levels import levels, meant_by

Row = tuple[str, tuple[str, ...]]


def glossary_of(corpus: Corpus) -> Glossary:
    """All words for a corpus. Where a word has several rows its owner's counts, then that of a place.

    Raises CorpusUnusable for a faulty file.
    """
    return load_glossary(corpus.folder).over(words_of_places(places_of(corpus)).over(product_glossary()))


def words_of_places(places: Places) -> Glossary:
    """What people call the places and levels of a corpus: 伊旗 and 旗里 stand for 伊金霍洛旗, jiangsu for 江苏省."""
    full = {level: names[0] for level, names in places.names.items() if names}
    english = {latin: (full[level],) for level, names in places.latin.items() for latin in names if level in full}
    return Glossary(places=dict(_rows(places, full)), english=english)


def _rows(places: Places, full: Mapping[str, str]) -> Iterator[Row]:
    for names in places.names.values():
        yield from ((name, (names[0],)) for name in names[1:])
    for said in levels():
        short, level = said.said_of, meant_by(said, tuple(full))
        if not short or level is None:
            continue
        own = level == said.name
        yield f"{short}里", (full[level], f"{short}级") if own else (level,)
        yield f"{short}级", (full[level],) if own else (f"{level}级",)
        yield from ((f"{one}{short}", (full[level],)) for one in "我本全")
