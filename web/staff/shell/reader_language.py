"""Faults as staff pages show them: in the reader's language, without the folders of the server."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

from ingest.sentences import in_language
from web.texts import Tongue


def in_all_tongues(said: str) -> Mapping[Tongue, str]:
    """The same in each language of the pages, for what is kept and shown later to whoever asks."""
    return {tongue: in_language(said, tongue) for tongue in get_args(Tongue)}


def told(said: str, tongue: Tongue, roots: Sequence[tuple[Path, str]]) -> str:
    """A fault as a page shows it: in the reader's language, without the folders of the server.

    ``roots`` are those folders with what each is called.
    """
    return without_folders(in_language(said, tongue), roots)


def without_folders(sentence: str, roots: Sequence[tuple[Path, str]]) -> str:
    """What lies in one of the folders by its name below it; a folder itself by what it is called."""
    names = {str(path): called for folder, called in roots for path in (folder, folder.resolve())}
    for name in sorted((name for name in names if len(name) > 1), key=len, reverse=True):
        beginning = rf"(?<![\w./-]){re.escape(name)}"
        sentence = re.sub(rf"{beginning}/(?=[^\s/])", "", sentence)
        sentence = re.sub(rf"{beginning}(?![\w-])", names[name], sentence)
    return sentence
