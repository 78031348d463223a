"""A document summed up: how many articles it has, and the first measure below each of its headings; or all of them by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.compose.draft import Draft
from bot.compose.source_labels import label_of
from bot.evidence.passages_for_question import without_label
from bot.kinds.headed_lists import Node, heading_called, nodes_of, say_headed
from bot.kinds.words import asked_words, said
from bot.talk.document_counts import articles_in, articles_of
from bot.text.jieba_dictionary import words_in
from bot.types import AnswerKind, AnswerSentence, SentenceRole
from bot.understand.levels_and_places import Places
from bot.understand.reading import Reading
from bot.verify.counts import counted_sentence
from index.types import Hit
from ingest.normalise import match_form
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Corpus, PolicyDocument, Span

SHORTEST_NAME = 4  # characters of a title by which a document is called: 英才兴蒙
SHORTEST_TOPIC, FEWEST_TOPICS = 2, 2  # characters; topics by which a document of no level named is told
MOST_DOCUMENTS = 2
MOST_MEASURES = 6  # that are told; how many there are stands in front
LONGEST_NAME = 40  # characters of a first sentence that is told whole
LONGEST_AMOUNT = 70  # characters of a sentence with an amount
SHORTEST_BEGINNING = 12
LONGEST_WHOLE = 80  # characters of a sentence without a name that is told whole
NAMED_ON_A_PAGE, FEWEST_NAMED = 16, 2  # measures that are only named
_NAME_ENDS = re.compile("[。；：，]$")
_STOPS = ("。", "；", "！", "：")
_HAN = re.compile(r"[\u3400-\u9fff]+")


def summarise(reading: Reading, corpus: Corpus, places: Places, page: int = 0) -> Draft | None:
    """The measures of the document that the question calls by a piece of its title, or by level and topic; None where that is not clear.

    On later pages those that were not told before.
    """
    documents = documents_called(reading, corpus, places, "summary")
    documents = [one for one in documents if articles_in(one, corpus)]
    if not 0 < len(documents) <= MOST_DOCUMENTS:
        return None
    draft = Draft(reading.language, corpus)
    draft.kind = AnswerKind.SUMMARY
    held = shown = 0
    for document in documents:
        clauses = articles_of(document, corpus)
        size = MOST_MEASURES // len(documents)
        chosen = _first_of_each(clauses, document.title)[:size]
        if page:
            chosen = [clause for clause in clauses if clause not in chosen][(page - 1) * size : page * size]
        _say_document(draft, document, clauses, chosen, is_counted=page == 0)
        held, shown = held + len(clauses), shown + len(chosen)
    if shown < held and page == 0:
        draft.clauses_shown = (shown, held)
        draft.sentences.append(AnswerSentence(said("rest", draft.language), (), (), role=SentenceRole.QUESTION))
    return draft if any(one.citations and one.role is not SentenceRole.COUNT for one in draft.sentences) else None


def summarise_heading(reading: Reading, corpus: Corpus, places: Places, hits: Sequence[Hit] = ()) -> Draft | None:
    """A chapter or part that is no document of its own: what stands below it by name, with prices and the first amounts."""
    node = heading_called(reading, corpus, places, hits)
    if node is None:
        return None
    draft = Draft(reading.language, corpus)
    draft.kind = AnswerKind.SUMMARY
    if not say_headed(draft, node):
        return None
    nodes = {one.path: one for one in nodes_of(corpus, hits)}
    for name, first in zip(node.names, node.firsts, strict=True):
        path = (*node.path, name)
        below = [clause for clause in corpus.at(corpus.lookup.below(path)) if clause.path[: len(path)] == path]
        rates = [clause for clause in below if clause.role.is_rate_row]
        if rates:
            for clause in rates:
                quote = Span(0, len(clause.text))
                text = f"{label_of(clause, clause.text, draft.language)}{clause.text.strip('—；。')}；"
                draft.say(text, (draft.cite(clause, quote, "answer"),))
            continue
        inner = nodes.get(path)
        names = "；".join(_bare(one) for one in inner.names[:MOST_MEASURES]) if inner and len(below) > 1 else ""
        numbers = _numbers(draft, inner, first)
        if not (names and draft.say(f"{_bare(name)}：{names}。", numbers)):
            draft.say(f"{_bare(name)}。", numbers)
        _say_amount(draft, first if not names else None)
    return draft if len(draft.sentences) > 1 else None


def measures_of(reading: Reading, corpus: Corpus, places: Places, page: int = 0) -> Draft | None:
    """The list for the one document that the question names; None where it names none, or several, or asks something else."""
    words = asked_words()
    if not words.asks_for("measures_named", reading.last) or not words.asks_for("which_measures", reading.last):
        return None
    documents = documents_called(reading, corpus, places, "which_measures")
    if len(documents) != 1:
        return None
    (document,) = documents
    topics = _topics_left(reading, places, "which_measures", document)
    clauses = [one for one in articles_of(document, corpus) if all(_is_on(topic, one) for topic in topics)]
    if len(clauses) < FEWEST_NAMED:
        return None
    draft = Draft(reading.language, corpus)
    draft.kind = AnswerKind.LIST
    if page * NAMED_ON_A_PAGE >= len(clauses):
        draft.sentences.append(AnswerSentence(said("no_more", draft.language), (), (), role=SentenceRole.HEDGE))
        return draft
    shown = clauses[page * NAMED_ON_A_PAGE : (page + 1) * NAMED_ON_A_PAGE]
    spans = [(clause, _name_of(clause)) for clause in shown]
    numbers = [draft.cite(clause, span, "answer") for clause, span in spans]
    if page == 0:
        key, topic = ("measures_on", "、".join(topics)) if topics else ("measures", "")
        text = said(key, draft.language, title=document.title, n=len(clauses), topic=topic)
        cited = dict(enumerate(draft.clauses, start=1))
        counted = counted_sentence(text, [clause.id for clause in clauses], numbers[:1], cited, corpus)
        if counted is not None:
            draft.sentences.append(counted)
    for (clause, span), number in zip(spans, numbers, strict=True):
        name = _NAME_ENDS.sub("", "".join(span.of(clause.text).split("\n")).strip())
        draft.say(f"{name}{'。' if clause is shown[-1] else '；'}", (number,))
    if len(clauses) > (page + 1) * NAMED_ON_A_PAGE:
        draft.sentences.append(AnswerSentence(said("rest", draft.language), (), (), role=SentenceRole.QUESTION))
    return draft


def _is_on(topic: str, clause: Clause) -> bool:
    """Whether an article is on a topic by its headings, or else by its own name."""
    return topic in match_form("".join((*clause.path[-2:], _name_of(clause).of(clause.text))))


def _bare(heading: str) -> str:
    return heading.strip("—。")


def _numbers(draft: Draft, inner: Node | None, first: Clause) -> list[int]:
    clauses = [first, *(inner.firsts[:MOST_MEASURES] if inner is not None else ())]
    return list(dict.fromkeys(draft.cite(one, Span(0, len(one.text)), "answer") for one in clauses))


def _say_amount(draft: Draft, clause: Clause | None) -> None:
    """The first sentence with an amount of money, behind the name of its article."""
    amounts = list(_telling(clause))[1:] if clause is not None else []
    for span in amounts:
        if clause is not None:
            draft.say(span.of(clause.text).strip(), (draft.cite(clause, span, "answer"),))


def _say_document(
    draft: Draft, document: PolicyDocument, clauses: Sequence[Clause], chosen: Sequence[Clause], *, is_counted: bool
) -> None:
    quotes = [(clause, span) for clause in chosen for span in _telling(clause)]
    numbers = [draft.cite(clause, span, "answer") for clause, span in quotes]
    text = said("measures", draft.language, title=document.title, n=len(clauses))
    cited = dict(enumerate(draft.clauses, start=1))
    counted = counted_sentence(text, [clause.id for clause in clauses], numbers[:1], cited, draft.corpus)
    if counted is not None and is_counted:
        draft.sentences.append(counted)
    for (clause, span), number in zip(quotes, numbers, strict=True):
        words = span.of(clause.text).strip()
        draft.say(words if words.endswith(_STOPS) else f"{words}；", (number,))


def _first_of_each(clauses: Sequence[Clause], title: str) -> list[Clause]:
    """All of a short document; of a longer one the first article below each of its first headings."""
    if len(clauses) <= MOST_MEASURES:
        return list(clauses)
    below = {
        clause.id: clause.path[clause.path.index(title) + 1 :] if title in clause.path else () for clause in clauses
    }
    heads = {(below[one.id] or (one.address,))[0]: one.id for one in reversed(clauses)}
    kept = set(heads.values())
    others = [one.id for one in clauses if one.id not in kept and one.figures]
    kept.update(others[: max(0, MOST_MEASURES - len(kept))])
    return [one for one in clauses if one.id in kept]


def _name_of(clause: Clause) -> Span:
    """What an article is called, else its beginning."""
    first = without_label(clause.text, split_sentences(clause.text)[0])
    return first if len(first) <= LONGEST_NAME else _beginning(clause, first)


def _telling(clause: Clause) -> Iterator[Span]:
    """What an article is called, else its beginning; and its first sentence with an amount of money."""
    sentences = split_sentences(clause.text)
    yield _name_of(clause)
    money = (figure.span for figure in clause.figures if figure.unit == asked_words().said["yuan"])
    at = next(money, None)
    amount = next((one for one in sentences[1:] if at is not None and one.contains(at)), None)
    if amount is not None and len(amount) <= LONGEST_AMOUNT:
        yield amount


def _beginning(clause: Clause, sentence: Span) -> Span:
    """The sentence up to a comma behind its first words; the whole where it has none."""
    words = sentence.of(clause.text)
    commas = (
        at
        for at, mark in enumerate(words)
        if mark == "，" and at >= SHORTEST_BEGINNING and words[:at].count("（") == words[:at].count("）")
    )
    comma = next(commas, None)
    return Span(sentence.start, sentence.start + comma) if comma and len(words) > LONGEST_WHOLE else sentence


def documents_called(reading: Reading, corpus: Corpus, places: Places, asks: str) -> list[PolicyDocument]:
    """The documents that a question names by a piece of their title, or by level and topic; ``asks`` is a key of what it asks."""
    rest = _without_places(reading, places, asks)
    return _named(rest, reading, corpus) or _of_topic(rest, reading, corpus)


def _named(rest: str, reading: Reading, corpus: Corpus) -> list[PolicyDocument]:
    """The documents with every longer piece of what is asked in their title; of the levels named, where any is."""
    rest = asked_words().asks["document_kind"].sub("|", rest)
    pieces = [piece for piece in _HAN.findall(rest) if len(piece) >= SHORTEST_NAME]
    policies = [one for one in corpus.documents if one.kind == "policy"]
    found = [one for one in policies if pieces and all(piece in match_form(one.title) for piece in pieces)]
    own = [one for one in found if one.level in reading.levels]
    return own or found


def _without_places(reading: Reading, places: Places, asks: str) -> str:
    """The question in match form without the words that ask and without who gives."""
    words = asked_words()
    rest = words.asks[asks].sub("|", match_form(reading.last))
    for level, names in places.names.items():
        for name in (level + words.said["within"], *names):
            rest = rest.replace(match_form(name), "|") if len(name) > 1 else rest
    return rest


def _of_topic(rest: str, reading: Reading, corpus: Corpus) -> list[PolicyDocument]:
    """The documents of the level named that have every topic of the question in their title (市里的人才新政); of any level for two topics."""
    words = asked_words()
    rest = words.asks["of_a_policy"].sub("|", rest)
    topics = [piece for piece in _HAN.findall(rest) if len(piece) >= SHORTEST_TOPIC]
    topics += [words.english[word] for word in re.findall(r"[a-z]+", reading.last.lower()) if word in words.english]
    told = [word for topic in topics for word in words_in(topic)]
    if not topics or (not reading.levels and len(told) < FEWEST_TOPICS):
        return []
    policies = (one for one in corpus.documents if one.kind == "policy")
    own = [one for one in policies if not reading.levels or one.level in reading.levels]
    return [one for one in own if all(_is_in(topic, match_form(one.title)) for topic in topics)]


def _topics_left(reading: Reading, places: Places, asks: str, document: PolicyDocument) -> list[str]:
    """What a question names besides the document: 激励 in 英才兴蒙有哪些激励措施."""
    words = asked_words()
    rest = words.asks["of_a_policy"].sub(
        "|", words.asks["document_kind"].sub("|", _without_places(reading, places, asks))
    )
    title = match_form(document.title)
    return [piece for piece in _HAN.findall(rest) if len(piece) >= SHORTEST_TOPIC and not _is_in(piece, title)]


def _is_in(topic: str, title: str) -> bool:
    """Whether a title has a topic, or every word of it: 新能源人才 in 新能源新材料产业人才政策."""
    words = [word for word in words_in(topic) if len(word) >= SHORTEST_TOPIC]
    return topic in title or (sum(map(len, words)) == len(topic) and all(word in title for word in words))
