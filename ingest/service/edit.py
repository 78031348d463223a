"""Changes single cards of ``service_cards.toml`` and leaves the rest of it, remarks and order included, as it stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tomlkit
from pydantic import ValidationError
from tomlkit.exceptions import TOMLKitError

from ingest.errors import DraftUnusable
from ingest.sentences import Sentence, said_of
from ingest.service.cards import FILE, ServiceCard, parsed, read_cards


def card_of(fields: dict[str, str]) -> ServiceCard:
    """The card that somebody wrote. Raises DraftUnusable with what is wrong with it."""
    try:
        return ServiceCard.model_validate(fields)
    except ValidationError as error:
        reason = said_of(error.errors()[0])
        said = reason if isinstance(reason, Sentence) else Sentence("ingest.card_cannot_be_kept", reason=reason)
        raise DraftUnusable(said.key, **said.blanks) from error


def put_card(folder: Path, card: ServiceCard, instead_of: ServiceCard | None = None) -> None:
    """Add a card, or put it in the place of another one. Raises CorpusUnusable, DraftUnusable; nothing is half written."""
    cards = read_cards(folder).cards
    check_free(card, cards, instead_of)
    places = [known.key for known in cards]
    document = _open(folder)
    table = tomlkit.table()
    for name, said in card:
        if said:
            table.add(name, said)
    if instead_of is None:
        document.setdefault("card", tomlkit.aot()).append(table)
    else:
        document["card"][_place(places, instead_of)] = table
    _write(folder, document)


def check_free(card: ServiceCard, cards: Iterable[ServiceCard], instead_of: ServiceCard | None = None) -> None:
    """Raises DraftUnusable when another one of ``cards`` is bound to the same."""
    free = instead_of.key if instead_of else None
    if card.key != free and card.key in {known.key for known in cards}:
        raise DraftUnusable("ingest.card_is_there", document=card.document)


def remove_card(folder: Path, card: ServiceCard) -> None:
    """Take a card out. Raises CorpusUnusable, DraftUnusable."""
    places = [known.key for known in read_cards(folder).cards]
    document = _open(folder)
    del document["card"][_place(places, card)]
    _write(folder, document)


def _place(places: list[tuple[str, str]], card: ServiceCard) -> int:
    if card.key not in places:
        raise DraftUnusable("ingest.card_is_gone", document=card.document)
    return places.index(card.key)


def _open(folder: Path) -> Any:  # tomlkit's documents are dictionaries whose values are open
    path = folder / FILE
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
    except TOMLKitError as error:
        raise DraftUnusable("ingest.settings_are_no_toml", path=FILE, reason=error) from error


def _write(folder: Path, document: Any) -> None:
    written = document.as_string()
    try:
        parsed(written)  # what cannot be read must never be published
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise DraftUnusable("ingest.card_cannot_be_kept", reason=error) from error
    aside = folder / f".{FILE}"
    aside.write_text(written, encoding="utf-8")
    aside.replace(folder / FILE)
