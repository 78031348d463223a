"""A reply that arrives in pieces, cut into sentences with their citation marks; what a model only thinks is left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

_MARK = r"[\[［【]\s*(?:来源|條文|条文|source\s)?\s*\d{1,3}(?:\s*[,，、;\-–]\s*\d{1,3})*\s*[\]］】]"
_MARKS = re.compile(_MARK, re.IGNORECASE)
# Marks and closing quotes stay with what they follow. Whether a full stop ends an English sentence, _ends_sentence says.
_CLOSERS = r"[”’」』\"'）)*]*"
_END = re.compile(
    rf"(?:[。！？!?…]+|\.(?=\s|[\[［【”\"’'）)*])){_CLOSERS}(?P<marks>(?:\s*{_MARK}{_CLOSERS}[。.]?)*)|\n+",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"[^\W_](?:[\w.]*\w)?$")
_LAST_TWO = re.compile(r"(\w+)[\s-]+[A-Z]$")
_ITEM_NUMBER = re.compile(r"(?:^|\n|[.;:,，；：)\]]\s*)\d{1,2}$")
_NUMBER_OF = re.compile(r"\bNos?\.\s*\d+$", re.IGNORECASE)
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]|Ph\.D", re.IGNORECASE)  # U.S, e.g, p.m
_SHORTENED = frozenset("co ltd inc corp vs cf viz approx mr mrs ms dr prof dept st".split())
_SHORTENED_BEFORE_NUMBER = frozenset(
    "no nos art arts fig sec para paras p pp vol jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_NAMED_BY_A_LETTER = frozenset("category class tier grade type level group annex plan table zone".split())
# At the very end of what has arrived these may still grow: more closers, more marks.
_MAY_GROW = re.compile(rf"(?:[。！？!?….]{_CLOSERS}|\n+)[\s\[［【\]］】\d,，、来源条文\-–;]*")
_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?</\1>", re.DOTALL | re.IGNORECASE)
_OPEN_THOUGHT = re.compile(r"<(?:think|thinking|reasoning)>", re.IGNORECASE)
_LIST_SIGN = re.compile(r"^\s*(?:[-*•·]\s+|#{1,6}\s+|>\s+|\d{1,2}[.、)）]\s*(?=\D)|[（(]\d{1,2}[)）]\s*)")
_EMPHASIS = re.compile(r"\*{1,3}|__|`+|~~")
_LONGEST_OPENING = len("<reasoning>")
_FEWEST_BARS = 2  # of the line of a table with two cells


Marks = tuple[tuple[int, int], ...]
"""Numbers of sources and where they stand: behind so many characters of a text."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a reply without marks and emphasis, and the source numbers it carried, each once.

    ``marks`` says where the numbers stood, when not all of them stood at the end. A line of a table has ``cells``, one
    that a list sign opened is an item.
    """

    text: str
    sources: tuple[int, ...]
    marks: Marks = ()
    cells: tuple[Said, ...] = ()
    is_item: bool = False  # of a list


def without_first(said: Said, length: int) -> Said:
    """A sentence without its first characters."""
    marks = tuple((at - length, n) for at, n in said.marks if at >= length)
    return replace(said, text=said.text[length:], marks=marks)


def behind_opener(opener: Said, said: Said) -> Said:
    """A sentence with the yes or no that stood before it."""
    text = opener.text if opener.text.endswith(("。", ".", "，", ",", "！", "!")) else f"{opener.text}，"
    joint = " " if text.isascii() else ""
    front = f"{text}{joint}"
    return replace(said, text=f"{front}{said.text}", marks=tuple((at + len(front), n) for at, n in said.marks))


def halves_by_marks(said: Said) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The pieces of a sentence in front of the numbers inside it, with these."""
    start = 0
    for at in dict.fromkeys(at for at, _ in said.marks):
        yield said.text[start:at], tuple(n for place, n in said.marks if place == at)
        start = at


def joined_list(lead: Said | None, items: Sequence[Said], joint: str, stop: str) -> Said:
    """A list as one sentence: what introduced it, then its items, each with the numbers it carried."""
    text, marks = (lead.text, list(lead.marks)) if lead is not None else ("", [])
    numbers = list(lead.sources) if lead is not None else []
    for place, item in enumerate(items):
        front = f"{text}{joint if place else ''}"
        text = f"{front}{item.text}"
        own = item.marks or tuple((len(item.text), n) for n in item.sources)
        marks += [(len(front) + at, n) for at, n in own]
        numbers += item.sources
    inside = any(at < len(text) for at, _ in marks)
    return Said(f"{text}{stop}", tuple(dict.fromkeys(numbers)), tuple(marks) if inside else ())


def without_first_thought(text: str) -> str:
    """A whole reply without what the model thought before it."""
    begun = text.lstrip()
    thought = _THOUGHT.match(begun)
    return begun[thought.end() :] if thought else text


class SentenceStream:
    """Give it the pieces as they come; it gives back the sentences that are surely complete."""

    def __init__(self) -> None:
        self._rest = ""

    def feed(self, piece: str) -> Iterator[Said]:
        """The sentences that ``piece`` completes."""
        self._rest = _THOUGHT.sub("", self._rest + piece)
        opening = _OPEN_THOUGHT.search(self._rest)
        if opening is not None:  # the thought goes on; what stood before it is complete
            waiting, self._rest = self._rest[opening.start() :], self._rest[: opening.start()]
            yield from self._cut(final=True)
            self._rest = waiting
        elif not _may_be_a_tag(self._rest):
            yield from self._cut(final=False)

    def finish(self) -> Iterator[Said]:
        """What is left when nothing more comes, complete or not; an unfinished thought is no sentence."""
        opening = _OPEN_THOUGHT.search(self._rest)
        if opening is not None:
            self._rest = self._rest[: opening.start()]
        yield from self._cut(final=True)

    def _cut(self, *, final: bool) -> Iterator[Said]:
        start = 0
        for end in _END.finditer(self._rest):
            if not final and (end.end() == len(self._rest) or _MAY_GROW.fullmatch(self._rest[end.start() :])):
                break
            before = self._rest[start : end.start()]
            if before.lstrip().startswith("|") and "\n" not in end[0]:
                continue  # the line of a table is one piece
            if end[0].startswith(".") and not _ends_sentence(before, end, self._rest[end.end() :]):
                continue
            said = read_marks(self._rest[start : end.end()])
            if said is not None:
                yield said
            start = end.end()
        self._rest = self._rest[start:]
        if final:
            said = read_marks(self._rest)
            self._rest = ""
            if said is not None:
                yield said


def _ends_sentence(before: str, stop: re.Match[str], after: str) -> bool:
    """Whether a full stop is one: not that of U.S. dollars, No. 15, Co., Ltd. or 2. in a list.

    When in doubt it is none: two sentences taken as one are checked against the sources of both.
    """
    if stop["marks"]:
        return True
    following = after.lstrip()[:1]
    found = _LAST_WORD.search(before)
    word = found[0] if found else ""
    if following.islower() or _DOTTED.fullmatch(word) or word.lower() in _SHORTENED:
        return False
    if following.isdigit() and word.lower() in _SHORTENED_BEFORE_NUMBER:
        return False
    if len(word) == 1 and word.isupper():  # an initial, unless it names something: category A
        named = _LAST_TWO.search(before)
        return named is not None and named[1].lower() in _NAMED_BY_A_LETTER
    return _ITEM_NUMBER.search(before) is None or _NUMBER_OF.search(before) is not None


def read_marks(sentence: str) -> Said | None:
    """A sentence apart from its marks, list signs, emphasis and invisible characters; None when nothing is left."""
    if _is_row(sentence):
        return _row(sentence)
    sources: list[int] = []
    marks: list[tuple[int, int]] = []
    bare, start = "", 0
    whole = _LIST_SIGN.sub("", sentence.lstrip("\n"))
    for mark in _MARKS.finditer(whole):
        bare = _joined(bare, whole[start : mark.start()], before_mark=True)
        found = numbers_of_mark(mark[0])
        sources += found
        marks += [(len(bare), n) for n in found]
        start = mark.end()
    bare = _joined(bare, whole[start:]).rstrip()
    if not any(letter.isalnum() for letter in bare):
        return None
    inside = any(any(letter.isalnum() for letter in bare[at:]) for at, _ in marks)
    is_item = whole != sentence.lstrip("\n") and not sentence.lstrip().startswith(("#", ">"))
    return Said(bare, tuple(dict.fromkeys(sources)), tuple(marks) if inside else (), is_item=is_item)


def _joined(bare: str, piece: str, *, before_mark: bool = False) -> str:
    """``bare`` and a further piece without emphasis; no blank before a stop or a mark."""
    clean = _EMPHASIS.sub("", _visible(piece))
    joined = re.sub(r"\s+(?=[。，；！？.,;!?])", "", bare + clean)
    return joined.strip() if before_mark else joined.lstrip()


def _is_row(line: str) -> bool:
    bare = line.strip()
    return bare.startswith("|") and bare.endswith("|") and bare.count("|") > _FEWEST_BARS


def _row(line: str) -> Said | None:
    """A line of a table with its cells; None for the line of dashes below the names of its columns."""
    cells = [read_marks(cell.strip()) or Said("", ()) for cell in line.strip().strip("|").split("|")]
    if not any(cell.text for cell in cells):
        return None
    sources = tuple(dict.fromkeys(n for cell in cells for n in cell.sources))
    return Said(" | ".join(cell.text for cell in cells), sources, (), tuple(cells))


def replace_marks(reply: str, by: Callable[[str], str]) -> str:
    """A whole reply with each of its marks replaced."""
    return _MARKS.sub(lambda mark: by(mark[0]), reply)


def numbers_of_mark(mark: str) -> list[int]:
    """[1], [1, 3] and [2-4] as numbers; a range that is none counts by its ends, so that it is found out."""
    found: list[int] = []
    for part in re.split(r"[,，、;]", mark):
        ends = [int(number) for number in re.findall(r"\d+", part)]
        found += range(ends[0], ends[1] + 1) if len(ends) == 2 and ends[0] <= ends[1] else ends
    return found


def _visible(text: str) -> str:
    """Without control, direction and zero-width characters, by which a text can look other than it reads."""
    return "".join(
        letter for letter in text if unicodedata.category(letter) not in ("Cc", "Cf", "Co") or letter == "\t"
    )


def _may_be_a_tag(text: str) -> bool:
    """True while the end of ``text`` may become the opening of a thought."""
    at = text.rfind("<", len(text) - _LONGEST_OPENING if len(text) > _LONGEST_OPENING else 0)
    return at >= 0 and any(name.startswith(text[at:].lower()) for name in ("<think>", "<thinking>", "<reasoning>"))
