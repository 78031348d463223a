"""Whether a text is language at all, by general properties of text and not by lists of cases."""

from __future__ import annotations

import re
import unicodedata

from bot.text.jieba_dictionary import share_in_words
from ingest.vocabulary.refusals import refused_subjects

_FILLERS = re.compile(refused_subjects().fillers)
SHORTEST_SPEECH = 8  # characters; 嗯好的 answers us
_ONE_SCRIPT = {"HIRAGANA": "JAPANESE", "KATAKANA": "JAPANESE", "KATAKANA-HIRAGANA": "JAPANESE"}
_SCRIPTS_OF_QUESTIONS = frozenset(
    {"CJK", "LATIN", "FULLWIDTH", "HALFWIDTH", "MODIFIER", "FEMININE", "MASCULINE", "IDEOGRAPHIC", "GREEK", ""}
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN_WORD = re.compile(r"[a-z]+")

# Of the development questions the lowest puts .30 of its characters into dictionary words; mojibake has .22.
LEAST_SHARE_IN_WORDS = 0.24
SHORTEST_TO_JUDGE = 5  # Chinese characters; below, one rare name fills the text
FEWEST_DIFFERENT = 0.25  # different characters ÷ characters; 哈哈哈哈哈哈 has 0.17
LONGEST_CONSONANT_RUN = 5  # "strengths" has 5
LEAST_PLAUSIBLE_WORDS = 0.5

# "在伊旗买20亩地要多少钱" is made of words of one character, but it asks.
_ASKS = re.compile(r"多少|什么|怎么|怎样|如何|啥|能不能|有没有|是不是|是否|哪|几[年个种类]|[吗呢啊吧][？?。]?$")

# Pairs of letters that stand in no common English word or Chinese romanisation, row by row of the second letter.
_IMPOSSIBLE_PAIRS = re.compile(
    r"bx|cj|cv|cx|dx|fq|fx|fz|gq|gx|hx|jb|jc|jd|jf|jg|jh|jk|jl|jm|jn|jp|jq|jr|js|jt|jv|jw|jx|jz|kq|kx|kz|mx|mz|pq|px|pz|"
    r"qb|qc|qd|qe|qf|qg|qh|qj|qk|ql|qm|qn|qo|qp|qr|qs|qt|qv|qw|qx|qy|qz|sx|vb|vc|vd|vf|vg|vh|vj|vk|vm|vp|vq|vt|vw|vx|vz|"
    r"wq|wv|wx|wz|xj|xk|xz|yq|zc|zf|zg|zj|zk|zm|zn|zp|zq|zr|zs|zt|zv|zx|dfg|sdf|jkl|hjk|wer(?:t)|ert(?:y)|uio"
)


def is_garbage(text: str) -> bool:
    """True when ``text`` (not empty) holds no words: symbols, digits alone, one character repeated, random characters."""
    letters = _LETTER.findall(text.lower())
    if not letters or mixes_scripts(text) or only_fills(text):
        return True
    if len(letters) >= SHORTEST_TO_JUDGE and len(set(letters)) / min(len(letters), 40) < FEWEST_DIFFERENT:
        return True
    han = _HAN.findall(text)
    words = _LATIN_WORD.findall(text.lower())
    if len(han) >= SHORTEST_TO_JUDGE:
        return share_in_words(text) < LEAST_SHARE_IN_WORDS and not _ASKS.search(text)
    if han and len(han) * 2 >= len(letters):
        return False
    plausible = sum(len(word) for word in words if _plausible(word))
    return bool(words) and plausible / sum(len(word) for word in words) < LEAST_PLAUSIBLE_WORDS


def mixes_scripts(text: str) -> bool:
    """True for letters of two scripts or more beside Chinese and Latin ones: nobody asks in Thai and Russian at once."""
    names = {unicodedata.name(letter, "").partition(" ")[0] for letter in set(text) if letter.isalpha()}
    others = {_ONE_SCRIPT.get(name, name) for name in names} - _SCRIPTS_OF_QUESTIONS
    return len(others) > 1


def only_fills(text: str) -> bool:
    """True for a speech of nothing but fillers: 嗯那个就是说然后呢."""
    spoken = re.sub(r"[\W_]", "", text.lower())
    return len(spoken) >= SHORTEST_SPEECH and not _FILLERS.sub("", spoken)


def _plausible(word: str) -> bool:
    """True when ``word`` could be English or pinyin; short ones and abbreviations (VPN, QFLP) pass."""
    if len(word) <= 4:
        return True
    if not re.search(r"[aeiouy]", word) or _IMPOSSIBLE_PAIRS.search(word):
        return False
    return all(len(run) <= LONGEST_CONSONANT_RUN for run in re.findall(r"[^aeiouy]+", word))
