"""Words and character pairs of Chinese text for term matching; numbers keep their units."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from threading import Lock
from typing import IO, Protocol, cast

from ingest.normalise import search_form

# A number with the unit behind it, a Latin word or code (AEO, 9610, b2b), or a run of Chinese characters.
_NUMBER = r"\d+(?:\.\d+)?"
_PIECE = re.compile(
    rf"(?P<number>{_NUMBER})(?P<unit>%|‰|[万亿]?元|[万亿]|个?月|[年日天岁倍家户名人项亩吨度条类]|[万亿]?千瓦时?|kv|kw)?"
    r"|(?P<latin>[a-z][a-z0-9+#&]*)|(?P<han>[\u3400-\u9fff]+)"
)
# Words that stand in most questions or most clauses and tell nothing apart. Kept small: 每, 最, 不, 以上 matter here.
_STOPWORDS = """
    的 了 在 是 和 与 及 或 等 对 为 以 于 从 到 把 被 将 由 就 都 也 还 又 吗 呢 吧 啊 嘛 啥 么 我 你
    他 她 它 我们 你们 他们 这 那 这个 那个 这些 那些 什么 怎么 怎样 如何 哪 哪些 哪个 多少 几 有 没有
    能 能不能 可以 可 要 想 给 请问 一下
    the a an of in on at to for and or is are was be can do does how what which who we i my our you it
    if with by from as
"""
STOPWORDS = frozenset(_STOPWORDS.split())
# A word of the glossary is never cut: jieba weighs words by frequency, and this is above every one it knows.
GLOSSARY_FREQUENCY = 10_000_000
REMEMBERED_RUNS = 16_384  # runs of Chinese characters with their words, about 10 MB
LONGEST_TERM_KEPT_WHOLE = 8  # characters; longer terms of the glossary are phrases, their words are matched one by one


_JOINING = frozenset({"d", "c", "p", "r", "u", "y", "uj", "ul", "df", "dg"})


class _Jieba(Protocol):
    FREQ: dict[str, int]
    total: int
    initialized: bool
    gen_pfdict: Callable[[IO[bytes]], tuple[dict[str, int], int]]

    def get_dict_file(self) -> IO[bytes]: ...
    def add_word(self, word: str, freq: int | None = None) -> None: ...
    def cut(self, sentence: str, *, HMM: bool = True) -> Iterator[str]: ...  # noqa: N803 (jieba's own name)
    def cut_for_search(self, sentence: str, HMM: bool = True) -> Iterator[str]: ...  # noqa: N803 (jieba's own name)


class WordSplitter:
    """Cuts texts into words, with a dictionary of its own that knows the glossary's words.

    The dictionary is read when the first text comes (half a second).
    """

    def __init__(self, terms: Iterable[str] = ()) -> None:
        self._terms = tuple(term for term in terms if len(term) <= LONGEST_TERM_KEPT_WHOLE)
        self._jieba: _Jieba | None = None
        self._lock = Lock()
        # Headings stand above every clause below them, and formulas of the law in many: cutting is what takes long.
        self._cut = lru_cache(REMEMBERED_RUNS)(self._cut_anew)

    def words(self, text: str) -> list[str]:
        """Words in search form, long words also by the words inside them, a number alone and with its unit."""
        tokens: list[str] = []
        for piece in _PIECE.finditer(search_form(text)):
            if han := piece["han"]:
                tokens.extend(self._cut(han))
            else:
                tokens.extend(_number_or_latin(piece))
        return [token for token in tokens if token not in STOPWORDS]

    def bigrams(self, text: str) -> list[str]:
        """Pairs of neighbouring Chinese characters, a lone character as it is, numbers and Latin words whole."""
        tokens: list[str] = []
        for piece in _PIECE.finditer(search_form(text)):
            if han := piece["han"]:
                tokens.extend([han] if len(han) == 1 else [han[i : i + 2] for i in range(len(han) - 1)])
            else:
                tokens.extend(_number_or_latin(piece))
        return [token for token in tokens if token not in STOPWORDS]

    def cut(self, han: str) -> list[str]:
        """A run of Chinese characters cut once, without the words inside its words."""
        return list(self._dictionary().cut(han, HMM=False))

    def frequency(self, word: str) -> int:
        """How often the dictionary counted a word in running text; 0 for one it does not hold."""
        return self._dictionary().FREQ.get(word, 0)

    def _cut_anew(self, han: str) -> tuple[str, ...]:
        return tuple(self._dictionary().cut_for_search(han, HMM=False))

    def _dictionary(self) -> _Jieba:
        with self._lock:
            if self._jieba is None:
                self._jieba = _private_jieba(self._terms)
        return self._jieba


def _number_or_latin(piece: re.Match[str]) -> list[str]:
    if latin := piece["latin"]:
        return [latin]
    number, unit = piece["number"], piece["unit"]
    return [number, number + unit] if unit else [number]


def _private_jieba(terms: Iterable[str]) -> _Jieba:
    """A jieba tokenizer that shares nothing with others and writes nothing.

    ``Tokenizer.initialize`` would speak on stderr and read a cache from the folder for temporary files with marshal,
    where anybody on the machine may have put one. Reading the dictionary takes no longer (0.56 s against 0.55 s,
    jieba 0.42.1).
    """
    frequencies, total = _dictionary_of_jieba()
    tokenizer = _new_tokenizer()
    terms = tuple(terms)
    # Cutting reads the dictionary only: without words to add, one in memory is enough.
    tokenizer.FREQ, tokenizer.total = frequencies.copy() if terms else frequencies, total
    tokenizer.initialized = True
    for term in terms:
        tokenizer.add_word(term, GLOSSARY_FREQUENCY)
    return tokenizer


@cache
def place_names() -> frozenset[str]:
    """The words that jieba's dictionary marks as names of places."""
    return frozenset(word for word, tag in noun_tags().items() if tag == "ns")


@cache
def noun_tags() -> Mapping[str, str]:
    """The nouns of jieba's dictionary, names included, with their kind: ns a place, nr a person, nt an office."""
    with _new_tokenizer().get_dict_file() as lines:
        entries = (line.decode("utf-8").split() for line in lines)
        return {entry[0]: sys.intern(entry[2]) for entry in entries if len(entry) == 3 and entry[2].startswith("n")}


@cache
def joining_tags() -> frozenset[str]:
    """The words that jieba's dictionary marks as adverbs, conjunctions, prepositions, pronouns and particles."""
    with _new_tokenizer().get_dict_file() as lines:
        entries = (line.decode("utf-8").split() for line in lines)
        return frozenset(sys.intern(entry[0]) for entry in entries if len(entry) == 3 and entry[2] in _JOINING)


@cache
def _dictionary_of_jieba() -> tuple[dict[str, int], int]:
    tokenizer = _new_tokenizer()
    return tokenizer.gen_pfdict(tokenizer.get_dict_file())


def _new_tokenizer() -> _Jieba:
    # Imported here, because importing it reads its tables.
    import jieba  # pyright: ignore[reportMissingTypeStubs]

    logging.getLogger(jieba.__name__).setLevel(logging.CRITICAL)
    return cast(_Jieba, jieba.Tokenizer())
