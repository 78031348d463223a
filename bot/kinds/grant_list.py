"""All grants of a kind: how many there are at each level, the first of them, the rest when somebody says 继续."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.compose.draft import Draft
from bot.compose.phrases import level_words
from bot.kinds.grant_shelf import GrantShelf
from bot.kinds.grant_words import amount_of, is_over, kind_words, quote_of, say_grant
from bot.kinds.grants_asked import GrantsAsked, fitting, of_kinds
from bot.kinds.words import asked_words, said
from bot.talk.phrases import words as talk_phrase
from bot.text.bilingual import Say
from bot.types import AnswerKind, AnswerSentence, Language, SentenceRole
from bot.understand.grades import tiers_of
from bot.understand.reading import Reading
from bot.verify.counts import counted_sentence, place_of
from ingest.entitlements.types import Attached
from ingest.structure.sentences import split_sentences
from ingest.types import Span
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.levels import widest_first

ON_A_PAGE = 6  # grants that are said at once
WHEN_ALL = 16  # where all are asked for
FEWEST = 2  # grants that make a list
QUOTED_ON_A_PAGE = 4  # clauses of a corpus without checked records
COUNTED_BY = 12  # characters of a grant by which it is counted, where it has no amount
LONGEST_QUOTE = 120  # characters


def list_grants(
    reading: Reading, asked: GrantsAsked, shelf: GrantShelf, page: int, *, everything: bool, without: str = ""
) -> Draft | None:
    """The list of what is asked for from its ``page``; None where fewer than two things are found.

    ``without`` names somebody whose own grants are left out.
    """
    if not shelf.checked:
        return _quote_proposed(reading, asked, shelf, page)
    fit = _each_once([item for item in fitting(asked, shelf, shelf.checked) if not _is_only_for(item, without)])
    groups = _groups(of_kinds(asked, fit), reading, asked)
    items = [item for group in groups for item in group.items]
    if len(items) < FEWEST or not any(item.record.amounts for item in items):
        return None  # names of what prints no amount say less than the clauses' own words
    size = WHEN_ALL if everything else ON_A_PAGE
    first = _first_page(groups, asked, size)
    return tell_groups(
        reading, shelf, groups, first, page, size, lambda draft: _say_other_kinds(draft, asked, fit, shelf)
    )


def tell_groups(
    reading: Reading,
    shelf: GrantShelf,
    groups: Sequence[Group],
    first: Sequence[Attached],
    page: int,
    size: int,
    behind: Callable[[Draft], None] = lambda _draft: None,
) -> Draft | None:
    """The groups with their counts and the ``first`` grants of them; on later pages ``size`` of the others each.

    ``behind`` adds what stands behind the first page.
    """
    items = [item for group in groups for item in group.items]
    draft = Draft(reading.language, shelf.corpus)
    draft.kind = AnswerKind.LIST
    waiting = [item for item in items if item not in first]
    if page == 0:
        _say_first(draft, reading, shelf, groups, first)
        behind(draft)
        rest = waiting
    else:
        shown = waiting[(page - 1) * size : page * size]
        rest = waiting[page * size :]
        _say_more(draft, reading, shelf, shown, items, rest)
    if page == 0 and not first:
        question = talk_phrase("which_side", draft.language)
        draft.sentences.append(AnswerSentence(question, (), (), role=SentenceRole.QUESTION))
        draft.questions.append(question)
    elif rest:
        draft.sentences.append(AnswerSentence(said("rest", draft.language), (), (), role=SentenceRole.QUESTION))
    return draft if draft.sentences else None


def other_rows(reading: Reading, asked: GrantsAsked, shelf: GrantShelf, without: str) -> Draft | None:
    """The rows of the one grant asked for that are for others than ``without``; None where it has none for them, or no others."""
    fit = of_kinds(asked, fitting(asked, shelf, shelf.checked))
    draft = Draft(reading.language, shelf.corpus)
    for item in fit:
        others = [row for row in item.record.amounts if without not in row.object]
        if not others or len(others) == len(item.record.amounts):
            continue
        clause, place = shelf.clause(item), item.places[0]
        number = draft.cite(clause, place.span, "answer")
        rows = "；".join(f"{row.object}：{amount_of(row)}" for row in others)
        level = f"〔{level_words(item.level, draft.language)}〕" if item.level else ""
        draft.say(f"{level}{rows}。", (number,), SentenceRole.VERDICT)
        draft.say(quote_of(clause, place.span), (number,))
    return draft if any(one.role is SentenceRole.VERDICT for one in draft.sentences) else None


@dataclass(frozen=True, slots=True)
class Group:
    """Grants that are counted together; ``kind`` is empty where all kinds are, ``title`` is said in its place."""

    level: str
    kind: str
    items: tuple[Attached, ...]
    title: str = ""
    to: frozenset[str] = frozenset()  # recipients that alone are counted


def _each_once(items: Sequence[Attached]) -> list[Attached]:
    """Without those that print the same words again for another recipient (发明专利授权奖励 to a firm, and to a person)."""
    words = {item.key: item.record.spans for item in items}
    first = [item.key for item in items]
    return [
        item
        for place, item in enumerate(items)
        if not any(key in first[:place] and words[key] == item.record.spans for key in item.record.same_as)
    ]


def _groups(items: Sequence[Attached], reading: Reading, asked: GrantsAsked) -> list[Group]:
    """The grants by level, and by kind where kinds are named; those that somebody can claim, of money, first."""
    levels = asked.levels or tuple(widest_first(item.level for item in items if item.level))
    kinds = ("",) if asked.general and len(levels) > 1 else asked.kinds
    order = {kind: place for place, kind in enumerate(asked.kinds)}
    found: list[Group] = []
    for level in levels:
        for kind in kinds:
            own = [item for item in items if item.level == level and kind in ("", item.record.kind)]
            own.sort(
                key=lambda item: (
                    is_over(item, reading.time),
                    item.record.soft,
                    not _in_title(item, asked),
                    order[item.record.kind],
                )
            )
            if own:
                found.append(Group(level, kind, tuple(own), to=asked.recipients))
    return found


def _is_only_for(item: Attached, name: str) -> bool:
    """Whether every row of a grant is for those of that name."""
    rows = [row.object for row in item.record.amounts] or [item.record.title]
    topic = _without_kinds(name)
    if topic != name and topic and topic in "".join((item.record.title, *item.record.spans)):
        return True  # 除了人才补贴: whatever is given for 人才
    return bool(name) and all(name in row and not tiers_of(row.replace(name, "").lower()) for row in rows)


def _without_kinds(name: str) -> str:
    """人才 of 人才补贴."""
    for pattern in asked_words().kinds.values():
        name = pattern.sub("", name)
    return name


def _in_title(item: Attached, asked: GrantsAsked) -> bool:
    return any(topic in item.record.title for topic in asked.topics)


def _first_page(groups: Sequence[Group], asked: GrantsAsked, size: int) -> list[Attached]:
    """A few of every group, so that none is left out; of everything at one level only how much there is."""
    if asked.general and asked.is_bare and len(groups) > 1 and all(group.kind for group in groups):
        return []
    return room_shared(groups, size)


def room_shared(groups: Sequence[Group], size: int) -> list[Attached]:
    """The first grants of every group, one at least; what a short group leaves free goes to the longer ones."""
    shares = [1] * len(groups)
    while sum(shares) < size and any(share < len(group.items) for share, group in zip(shares, groups, strict=True)):
        for place, group in enumerate(groups):
            if shares[place] < len(group.items) and sum(shares) < size:
                shares[place] += 1
    return [item for share, group in zip(shares, groups, strict=True) for item in group.items[:share]]


def _say_first(
    draft: Draft, reading: Reading, shelf: GrantShelf, groups: Sequence[Group], first: Sequence[Attached]
) -> None:
    for group in groups:
        shown = [item for item in group.items if item in first]
        names = {
            "level": level_words(group.level, draft.language),
            "kind": _kind_to(group.kind, group.to, draft.language),
        }
        text = said("counted" if shown else "overview", draft.language, n=len(group.items), **names)
        _say_count(draft, group.title or text, group.items, shelf)
        _say_items(draft, reading, shelf, shown)


def _kind_to(kind: str, to: frozenset[str], language: Language) -> str:
    """The kind that is counted, with the recipients where only theirs is: a count of less must not pass for all there is."""
    if not to:
        return kind_words(kind, language)
    names = [Say(*entitlement_words().recipients[who]).to(language) for who in sorted(to)]
    return said(
        "kind_to", language, kind=kind_words(kind, language), to=(", " if language is Language.EN else "、").join(names)
    )


def _say_more(
    draft: Draft,
    reading: Reading,
    shelf: GrantShelf,
    shown: Sequence[Attached],
    items: Sequence[Attached],
    rest: Sequence[Attached],
) -> None:
    if not shown:
        draft.sentences.append(AnswerSentence(said("no_more", draft.language), (), (), role=SentenceRole.HEDGE))
        return
    level = ""
    for item in shown:
        if item.level and item.level != level:
            level = item.level
            label = f"〔{level_words(level, draft.language)}〕"
            draft.sentences.append(AnswerSentence(label, (), (), role=SentenceRole.VERDICT))
        _say_items(draft, reading, shelf, [item])
    if not rest:
        _say_count(draft, said("listed", draft.language, n=len(items)), items, shelf)


def _say_items(draft: Draft, reading: Reading, shelf: GrantShelf, items: Sequence[Attached]) -> None:
    for place, item in enumerate(items):
        last = place == len(items) - 1
        ending = ("." if last else ";") if draft.language is Language.EN else ("。" if last else "；")
        say_grant(draft, shelf, item, reading.time, ending)


def _say_other_kinds(draft: Draft, asked: GrantsAsked, fit: Sequence[Attached], shelf: GrantShelf) -> None:
    """Who asks for subsidies is told that there are rewards and grants as well, and how many."""
    if asked.general:
        return
    levels = asked.levels or tuple(widest_first(item.level for item in fit if item.level))
    for kind in asked_words().also:
        if kind in asked.kinds or len(levels) != 1:
            continue
        own = [item for item in fit if item.record.kind == kind and item.level == levels[0]]
        to = _kind_to(kind, asked.recipients, draft.language)
        names = {"level": level_words(levels[0], draft.language), "kind": to}
        if own:
            _say_count(draft, said("counted_also", draft.language, n=len(own), **names), own, shelf)


def _say_count(draft: Draft, text: str, items: Sequence[Attached], shelf: GrantShelf) -> None:
    """Say how many grants there are, each named by words of its own, so that it is counted again."""
    names = _apart(items, shelf)
    counted = counted_sentence(text, names, (), {}, shelf.corpus) if len(names) == len(items) else None
    if counted is None:
        draft.withheld.append(text)
    else:
        draft.sentences.append(counted)


def _apart(items: Sequence[Attached], shelf: GrantShelf) -> list[str]:
    """A place for every grant that no other of them has: its own words, as few as tell it apart."""
    taken: dict[str, list[Span]] = {}
    names: list[str] = []
    for item in items:
        for clause_id, span in _places(item, shelf, taken):
            if not any(span.overlaps(other) for other in taken.get(clause_id, ())):
                taken.setdefault(clause_id, []).append(span)
                names.append(place_of(shelf.corpus.clause_by_id[clause_id], span))
                break
    return names


def _places(item: Attached, shelf: GrantShelf, taken: Mapping[str, Sequence[Span]]) -> Iterator[tuple[str, Span]]:
    """Where words of a grant stand: its amounts, then the first words of it that nothing else is counted by."""
    for place in item.places:
        text = shelf.corpus.clause_by_id[place.clause].text
        for row in item.record.amounts:
            for words in (row.object, row.figure):
                at = text.find(words, place.span.start, place.span.end)
                if words and at >= 0:
                    yield place.clause, Span(at, at + len(words))
    for place in item.places:
        text = shelf.corpus.clause_by_id[place.clause].text
        used = taken.get(place.clause, ())
        for start in range(place.span.start, place.span.end):
            ends = min([place.span.end, start + COUNTED_BY, *(other.start for other in used if other.start >= start)])
            if ends > start and text[start].strip() and not any(other.overlaps(Span(start, ends)) for other in used):
                yield place.clause, Span(start, ends)
                break


# ── A corpus that nobody has checked ───────────────────────────────────────────────────────────


def _quote_proposed(reading: Reading, asked: GrantsAsked, shelf: GrantShelf, page: int) -> Draft | None:
    """The sentences that grant, in their own words, and how many clauses they stand in. Rules found them."""
    fit = of_kinds(asked, fitting(asked, shelf, shelf.proposed))
    first = {item.places[0].clause: item for item in reversed(fit)}
    order = [item for item in fit if first[item.places[0].clause] is item]
    if len(order) < FEWEST:
        return None
    draft = Draft(reading.language, shelf.corpus)
    draft.kind = AnswerKind.LIST
    if page == 0:
        joint = " / " if draft.language is Language.EN else "、"
        kinds = joint.join(kind_words(kind, draft.language) for kind in asked.kinds)
        text = said("clauses_found", draft.language, kind=kinds, n=len(order))
        counted = counted_sentence(text, [item.places[0].clause for item in order], (), {}, shelf.corpus)
        if counted is not None:
            draft.sentences.append(counted)
    shown = order[page * QUOTED_ON_A_PAGE : (page + 1) * QUOTED_ON_A_PAGE]
    for item in shown:
        _say_quoted(draft, shelf, item)
    if not shown:
        draft.sentences.append(AnswerSentence(said("no_more", draft.language), (), (), role=SentenceRole.HEDGE))
    if len(order) > (page + 1) * QUOTED_ON_A_PAGE:
        draft.sentences.append(AnswerSentence(said("rest", draft.language), (), (), role=SentenceRole.QUESTION))
    return draft


def _say_quoted(draft: Draft, shelf: GrantShelf, item: Attached) -> None:
    clause, span = shelf.clause(item), item.places[0].span
    if len(span) > LONGEST_QUOTE:
        whole = next((one for one in split_sentences(clause.text) if one.overlaps(span)), span)
        span = whole if len(whole) < len(span) else span
    label = f"〔{level_words(item.level, draft.language)}〕" if item.level else ""
    draft.say(f"{label}{quote_of(clause, span)}", (draft.cite(clause, span, "answer"),))
