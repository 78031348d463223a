"""How a grant is said in a list: its title and its amounts as printed, each checked against the clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.compose.draft import Draft
from bot.kinds.grant_shelf import GrantShelf
from bot.kinds.words import asked_words, said
from bot.types import AnswerSentence, Language
from bot.understand.time_asked import TimeAsked
from bot.verify.counts import counted_sentence
from bot.verify.english_amounts import in_english
from bot.verify.grounding import grounded
from ingest.entitlements.types import AmountRow, Attached
from ingest.facts.figures import find_figures
from ingest.types import Clause, Span, Standing
from ingest.vocabulary.entitlements import entitlement_words

MOST_AMOUNTS = 4  # of one grant, in a list
_SAYS_BOUND = re.compile(asked_words().printed["says_bound"])
_CLASSES = re.compile(asked_words().printed["classes"])
_SAID = asked_words().said
_OVER = frozenset({Standing.EXPIRED, Standing.REPEALED})


def amount_of(row: AmountRow) -> str:
    """A row's figure with what limits it and its period: 每月最高2000元."""
    figure = row.figure.strip()
    bound = "" if _SAYS_BOUND.search(figure) or row.bound not in ("cap", "floor") else _SAID[row.bound]
    period = row.period or ""
    if period and (period in figure or figure.endswith(period.replace(_SAID["each"], "/"))):
        period = ""
    return f"{period}{bound}{figure}" if period.startswith(_SAID["each"]) else f"{bound}{figure}"


def _amounts_of(item: Attached) -> str:
    """The amounts of a grant one after another, "" where none is printed."""
    amounts = list(dict.fromkeys(amount_of(row) for row in item.record.amounts))
    more = _SAID["more"] if len(amounts) > MOST_AMOUNTS else ""
    return "、".join(amounts[:MOST_AMOUNTS]) + more


def _rows_of(item: Attached) -> str:
    """The same, each amount behind whom it is for: figures of a row may not be said of another."""
    rows = [f"{row.object}{amount_of(row)}" for row in item.record.amounts]
    return "、".join(rows[:MOST_AMOUNTS]) + (_SAID["more"] if len(rows) > MOST_AMOUNTS else "")


def is_over(item: Attached, time: TimeAsked) -> bool:
    """Whether a grant no longer holds at the time asked about."""
    return item.validity.standing(time.first) in _OVER


def say_grant(draft: Draft, shelf: GrantShelf, item: Attached, time: TimeAsked, ending: str) -> None:
    """Add a grant to the list: title and amounts, the title alone where the amounts do not stand, else its own words."""
    clause, place = shelf.clause(item), item.places[0]
    amounts = _amounts_of(item)
    over = said("expired", draft.language) if is_over(item, time) else ""
    number = draft.cite(clause, place.span, "answer")
    title = item.record.title
    forms = [(title, amounts), (title, _rows_of(item)), (_CLASSES.sub("", title), _rows_of(item))] if amounts else []
    bare = [_rows_of(item)] if any(title in row.object for row in item.record.amounts) and not over else []
    told = [*(_in_words(name, form, over, draft.language) for name, form in forms), *bare]
    for text in (*told, _in_words(title, "", over, draft.language)):
        if grounded(f"{text}{ending}", (number,), {number: clause}) is not None:
            draft.say(f"{text}{ending}", (number,))
            return
    draft.say(quote_of(clause, place.span), (number,))


def _in_words(title: str, amounts: str, over: str, language: Language) -> str:
    if language is Language.EN:
        figures = find_figures(amounts)
        english = " / ".join(dict.fromkeys(words for figure in figures if (words := in_english(figure))))
        inside = "; ".join(part for part in (english or amounts, over) if part)
        return f"“{title}” ({inside})" if inside else f"“{title}”"
    inside = "，".join(part for part in (amounts, over) if part)
    return f"{title}（{inside}）" if inside else title


def quote_of(clause: Clause, span: Span) -> str:
    """The words of a span as one line."""
    return "".join(span.of(clause.text).split("\n")).strip()


def kind_words(kind: str, language: Language) -> str:
    """The name of a kind of grant; of all kinds together for ""."""
    if not kind:
        return said("any_kind", language)
    return entitlement_words().kinds[kind][1 if language is Language.EN else 0]


def is_share_or_each(row: AmountRow) -> bool:
    """Whether an amount is of something or for each of several; what only says by what it is given is neither."""
    return row.base is not None and not row.base.startswith(asked_words().said["manner"])


def say_tied_beside(draft: Draft, places: Sequence[str]) -> None:
    """Say how many more are tied with those named, if any; that there are, where they cannot be counted again."""
    if not places:
        return
    text = said("tied_beside", draft.language, n=len(places))
    counted = counted_sentence(text, places, (), {}, draft.corpus) if len(set(places)) == len(places) else None
    draft.sentences.append(counted or AnswerSentence(said("tied_more", draft.language), (), ()))
