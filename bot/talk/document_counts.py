"""How many articles a document has, and its parts by name: counted from the clauses, each count named so that it is counted again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.compose.draft import Draft
from bot.compose.phrases import level_words, phrase
from bot.talk.phrases import words
from bot.text.jieba_dictionary import nouns_in, words_in
from bot.types import AnswerKind, AnswerSentence, Language, Question, SentenceRole
from bot.understand.address_asked import asks_for_article_alone, without_wish_for_more
from bot.understand.grades import tiers_of
from bot.understand.reading import Reading
from bot.verify.counts import counted_sentence
from index.text.levels_and_places import speaks_of_level
from ingest.normalise import match_form, title_form, to_simplified
from ingest.structure.numbering import parse_number, without_labels
from ingest.types import Clause, Corpus, PolicyDocument, Role, Span
from ingest.vocabulary.levels import widest_first
from ingest.vocabulary.talk import talk_words

_HOW_MANY = re.compile(talk_words().how_many)
_ARTICLES_CALLED = re.compile(talk_words().articles_called)
_HOW_MANY_DOCUMENTS = re.compile(talk_words().how_many_documents, re.IGNORECASE)
_ENTRIES = re.compile(talk_words().entries, re.IGNORECASE)
_PAPERS_NEEDED = re.compile(talk_words().papers_needed, re.IGNORECASE)
MOST_TITLES = 4  # of one level
MOST_TITLES_ASKED = 12  # of the one level or chapter that is asked about
_COUNTED_TOGETHER = re.compile(talk_words().quantities["together"])
_CHAPTER_NUMBER = re.compile(r"^第\S{1,3}[篇章部]分?\s*")
_CALLED_BY_NUMBER = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,10})(?P<n>\d{1,3})条")
_LAST_LABEL = re.compile(r"[（(]([^（）()]+)[)）]$")
_TITLE = re.compile(r"《([^《》]+)》")
SHORTEST_NOUN = 2
LONGEST_NOUN = 4  # characters behind 多少条 that may name what is counted
SHORTEST_NAME = 4  # characters of a title that name its document: 病残津贴
LONGEST_NAME = 40  # looked for at most
FEWEST_ARTICLES = 2
FEWEST_NOUNS = 2  # by which a document is meant that is called by no piece of its title and no level


def asks_how_many(reading: Reading) -> bool:
    """True when articles or parts of a document are to be counted."""
    found = _HOW_MANY.search(reading.last)
    if found is None:
        return False
    behind = reading.last[found.end() :]
    word = next(iter(words_in(behind[:LONGEST_NOUN])), "")
    return (
        len(word) < SHORTEST_NOUN or not behind.startswith(word) or _ARTICLES_CALLED.search(behind) is not None
    )  # 多少条限制: what it lists, not its articles


def document_asked(reading: Reading, corpus: Corpus) -> PolicyDocument | None:
    """The one document whose title the question says, whole in 《》 or a piece that no other title has.

    Else the one of the levels asked about whose title has every word of it: 市里人才若干措施.
    """
    return document_called(reading.text, corpus) or _of_all_words(reading.last, reading.levels, corpus)


def document_called(text: str, corpus: Corpus) -> PolicyDocument | None:
    """The same for any text."""
    policies = [document for document in corpus.documents if articles_in(document, corpus) >= FEWEST_ARTICLES]
    titles = [title_form(document.title) for document in policies]
    whole = [match_form(title) for title in _TITLE.findall(text)]
    if (called := _called_by_number(match_form(text), policies, corpus)) is not None:
        return called
    name = next((title for title in whole if title in titles), "") or _named_in(titles, match_form(text))
    found = [document for document, title in zip(policies, titles, strict=True) if name and name in title]
    return found[0] if len(found) == 1 else None


def _called_by_number(text: str, policies: Sequence[PolicyDocument], corpus: Corpus) -> PolicyDocument | None:
    """外资24条: the one document of so many articles whose title has the characters in front in their order."""
    for found in _CALLED_BY_NUMBER.finditer(text):
        called = [one for one in policies if _has_in_order(title_form(one.title), found["name"])]
        fits = [one for one in called if _of_number(one, corpus, int(found["n"]))]
        if len(fits) == 1:
            return fits[0]
    return None


def _of_number(document: PolicyDocument, corpus: Corpus, number: int) -> list[Clause]:
    """The articles by which a document has so many: all, or those numbered on through its parts; none where neither is so many.

    What stands before （一） or behind （二十四） under a heading of its own is then no article.
    """
    articles = articles_of(document, corpus)
    if len(articles) == number:
        return articles
    last = [(_LAST_LABEL.search(clause.address), clause) for clause in articles]
    in_brackets = [(parse_number(label[1]), clause) for label, clause in last if label is not None]
    runs_on = [value for value, _ in in_brackets] == list(range(1, number + 1))
    return [clause for _, clause in in_brackets] if runs_on else []


def _has_in_order(title: str, name: str) -> bool:
    letters = iter(title)
    return all(letter in letters for letter in name)


def _of_all_words(text: str, levels: Sequence[str], corpus: Corpus) -> PolicyDocument | None:
    """The one document, of the levels if any are named, whose title has every noun before what is asked: 新能源人才政策多少条."""
    before = re.split(talk_words().how_many, _COUNTED_TOGETHER.sub("", match_form(text)))[0]
    said = [noun for noun in nouns_in(before) if noun not in levels]
    policies = [one for one in corpus.documents if (not levels or one.level in levels) and articles_in(one, corpus)]
    found = [one for one in policies if said and all(noun in title_form(one.title) for noun in said)]
    return found[0] if len(found) == 1 and (levels or len(said) >= FEWEST_NOUNS) else None


def with_document_before(question: Question, corpus: Corpus) -> str:
    """The last turn; an article called by its number alone is that of the document named in the turn before it."""
    last = without_wish_for_more(question.last)
    if not (question.earlier and asks_for_article_alone(last)):
        return last
    before = to_simplified(question.earlier[-1])
    document = document_called(before, corpus) or (
        _of_all_words(before, (), corpus) if _HOW_MANY.search(before) else None
    )
    return last if document is None else f"《{document.title}》{last}"


def compose_documents(reading: Reading, corpus: Corpus) -> Draft | None:
    """How many documents are held, of the levels named or of each; None for another question."""
    if not _HOW_MANY_DOCUMENTS.search(reading.last) or _PAPERS_NEEDED.search(reading.last):
        return None
    draft = Draft(reading.language, corpus)
    draft.kind = AnswerKind.CORPUS
    if (chapter := _chapter_named(reading.last, corpus)) is not None:
        _say_chapter(draft, chapter)
    else:
        ranked = (document.level for document in corpus.documents if document.level is not None)
        said = (level for level in widest_first(ranked) if speaks_of_level(reading.last, level))
        say_documents(draft, reading.levels or tuple(said))
    return draft if draft.sentences else None


def _chapter_named(text: str, corpus: Corpus) -> str | None:
    """The first heading of clauses whose name ``text`` says: 外资外贸政策有多少个文件; None for none."""
    said = match_form(text)
    names = {chapter: match_form(without_chapter(chapter)) for chapter in corpus.lookup.chapters()}
    fits = [path for path, name in names.items() if len(name) >= SHORTEST_NAME and name in said]
    return max(fits, key=len, default=None)


def _say_chapter(draft: Draft, chapter: str) -> None:
    """How many documents stand below a first heading, with their titles; those of which only the title is held apart."""
    corpus, language = draft.corpus, draft.language
    held = corpus.lookup.documents_below((chapter,))
    own = [document for document in corpus.documents if document.id in held]
    policies = [document for document in own if document.kind == "policy"]
    stubs = [document for document in own if document.kind == "stub"]
    if policies:
        _count(draft, _of_name(without_chapter(chapter), policies, language, MOST_TITLES_ASKED), policies)
    if stubs:
        _count(draft, words("holds_titles", language, n=len(stubs)), stubs)


def say_documents(draft: Draft, levels: Sequence[str] = ()) -> None:
    """The number of policies, then that of each level with a few titles, then the guides of which only titles are held.

    Of ``levels`` alone, where any are named.
    """
    corpus, language = draft.corpus, draft.language
    policies = [document for document in corpus.documents if document.kind == "policy"]
    if not levels:
        _count(draft, words("holds", language, n=len(policies)), policies)
    for level in widest_first(document.level for document in policies if document.level):
        own = [document for document in policies if document.level == level]
        if not levels or level in levels:
            most = MOST_TITLES_ASKED if levels else MOST_TITLES
            _count(draft, _of_name(level_words(level, language), own, language, most), own)
    stubs = [document for document in corpus.documents if document.kind == "stub"]
    if stubs and not levels:
        _count(draft, words("holds_titles", language, n=len(stubs)), stubs)


def _of_name(name: str, documents: Sequence[PolicyDocument], language: Language, most: int) -> str:
    titles = "".join(f"《{document.title}》" for document in documents[:most])
    more = words("and_more", language) if len(documents) > most else ""
    return words("holds_of_level", language, level=name, n=len(documents), titles=f"{titles}{more}")


def without_chapter(heading: str) -> str:
    """The name of a first heading: 外资外贸政策 of 第三篇 外资外贸政策."""
    return _CHAPTER_NUMBER.sub("", without_labels(heading).strip()).strip()


def _count(draft: Draft, text: str, documents: Sequence[PolicyDocument]) -> None:
    """The count with the documents it counts; their titles are theirs, so only the number is checked."""
    bare = text
    for document in documents:  # a title may have another in it
        bare = bare.replace(f"《{document.title}》", "")
    counted = counted_sentence(bare, [document.id for document in documents], (), {}, draft.corpus)
    if counted is not None:
        draft.sentences.append(AnswerSentence(text, (), (), role=SentenceRole.COUNT, counted=counted.counted))


def compose_count(reading: Reading, corpus: Corpus) -> Draft | None:
    """共30条，分4部分：…; None where nothing is counted, or the document is not clear."""
    counts = asks_how_many(reading) and not (tiers_of(reading.last) and _ENTRIES.search(reading.last))
    document = document_asked(reading, corpus) if counts else None
    if document is None:
        return None
    articles = _articles_called(match_form(reading.text), document, corpus)
    draft = Draft(reading.language, corpus)
    draft.kind = AnswerKind.LIST
    parts = _parts_of(articles)
    ends = (articles[0], articles[-1], *(first for _, first in parts))
    numbers = tuple(dict.fromkeys(draft.cite(clause, Span(0, len(clause.text)), "answer") for clause in ends))
    cited = dict(enumerate(draft.clauses, start=1))
    text = phrase("count_articles", reading.language).format(document.title, len(articles))
    counted = counted_sentence(text, [clause.id for clause in articles], numbers, cited, corpus)
    if counted is None:
        return None
    draft.sentences.append(counted)
    if parts:
        joint = "; " if reading.language is Language.EN else "；"
        named = joint.join(name for name, _ in parts)
        of_parts = tuple(draft.number_of(first) for _, first in parts)
        draft.say(phrase("count_parts", reading.language).format(named), of_parts)
    return draft


def _articles_called(text: str, document: PolicyDocument, corpus: Corpus) -> list[Clause]:
    """The articles that are counted: those of 外资24条 by the number in its name."""
    named = (_of_number(document, corpus, int(found["n"])) for found in _CALLED_BY_NUMBER.finditer(text))
    return next((articles for articles in named if articles), articles_of(document, corpus))


def articles_in(document: PolicyDocument, corpus: Corpus) -> int:
    """How many :func:`articles_of` gives."""
    return corpus.lookup.articles_in(document.id) if document.kind == "policy" else 0


def articles_of(document: PolicyDocument, corpus: Corpus) -> list[Clause]:
    """The articles of a policy that stand in no other; none of a document that is no policy."""
    if document.kind != "policy":
        return []
    return [clause for clause in corpus.clauses_of(document) if clause.role is Role.ITEM and clause.parent is None]


def _named_in(titles: Sequence[str], said: str) -> str:
    """The longest piece of a title that ``said`` has and one title alone; "" for none. One title may stand several times."""
    every = "\n".join(dict.fromkeys(titles))
    starts = [start for start in range(len(said)) if said[start : start + SHORTEST_NAME] in every]
    pieces = (
        said[start : start + length]
        for length in range(min(len(said), LONGEST_NAME), SHORTEST_NAME - 1, -1)
        for start in starts
        if start + length <= len(said)
    )
    return next((piece for piece in pieces if _stands_in_one_line(piece, every)), "")


def _stands_in_one_line(piece: str, lines: str) -> bool:
    first = lines.find(piece)
    end = lines.find("\n", first)
    return first >= 0 and (end < 0 or lines.find(piece, end) < 0)


def _parts_of(articles: Sequence[Clause]) -> list[tuple[str, Clause]]:
    """The first headings in which the articles differ, each with its first article; none where they have no such headings."""
    shortest = min(len(clause.path) for clause in articles)
    apart = (place for place in range(shortest) if len({clause.path[place] for clause in articles}) > 1)
    place = next(apart, None)
    parts: dict[str, Clause] = {}
    for clause in articles if place is not None else ():
        parts.setdefault(clause.path[place or 0], clause)
    return list(parts.items()) if len(parts) < len(articles) else []
