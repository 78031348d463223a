"""The questions of all sets, corpora and pairs as the classifier sees them, from what is kept or asked now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.pipeline import PolicyBot
from bot.settings import BotSettings
from eval.cases.case_files import load_cases
from eval.cases.cases import Case
from eval.cases.joined_sets import by_set
from eval.scope.collecting import Scoped, collect
from eval.scope.kept import cases_digest, kept_or_made
from eval.scope.pairs import lay_out, load_pairs
from eval.studies.other_corpus import bot_over, load_other, scratch_home

Other = tuple[Path, Path]
"""A folder of documents, and the file of questions on them."""


def ask_for_scope(
    bot: PolicyBot, cases: tuple[Case, ...], sets: Sequence[Path], others: Sequence[Other], as_of: date
) -> list[Scoped]:
    """The questions of ``sets`` asked of ``bot``, and those of ``others`` each of a bot over its own folder."""
    settings = bot.settings
    about = (bot.clause_index.encoder.identity, as_of)
    asked = kept_or_made(
        settings.home,
        "sets",
        (*about, bot.corpus.digest, [path.stem for path in sets], cases_digest(cases)),
        lambda: collect(by_set(cases, sets), bot, as_of),
    )
    for folder, questions in others:
        asked += _of_folder(bot, folder, questions.stem, load_cases([questions]), as_of)
    return asked


def ask_pairs(bot: PolicyBot, pairs: Sequence[Other], as_of: date) -> list[Scoped]:
    """The questions of each file of pairs, asked of a bot over the documents that they name."""
    asked: list[Scoped] = []
    for documents, file in pairs:
        read = load_pairs(documents, file)
        with scratch_home(bot.settings.home) as folder:
            lay_out(read, folder / "documents")
            asked += _of_folder(bot, folder / "documents", read.name, read.cases, as_of)
    return asked


def _of_folder(bot: PolicyBot, folder: Path, name: str, cases: tuple[Case, ...], as_of: date) -> list[Scoped]:
    settings: BotSettings = bot.settings
    encoder = bot.clause_index.encoder
    corpus = load_other(folder, settings)

    def make() -> list[Scoped]:
        with scratch_home(settings.home) as home:
            return list(collect({name: cases}, bot_over(corpus, encoder, home, settings), as_of))

    about = (encoder.identity, as_of, corpus.digest, name, cases_digest(cases))
    return kept_or_made(settings.home, name, about, make)
