"""The bundled model's pieces, cut by our own code, beside those of the ``tokenizers`` library."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers

from index.embedding import bundled as bundled_model
from index.embedding.bundled import SPECIAL_TOKENS
from index.embedding.e5_file import Pieces, parse
from index.embedding.e5_tokenizer import PieceCutter

COMPENDIUM = (Path(__file__).resolve().parents[3] / "corpus" / "伊金霍洛旗投资政策汇编.txt").read_text("utf-8")
WRITTEN_OUT = re.compile(f"({'|'.join(map(re.escape, SPECIAL_TOKENS))})")


@cache
def pieces() -> Pieces:
    return parse(bundled_model._source_file().read_bytes()).pieces  # pyright: ignore[reportPrivateUsage]


@cache
def cutter() -> PieceCutter:
    return PieceCutter(pieces(), SPECIAL_TOKENS)


@cache
def unigram() -> Tokenizer:
    """The library's own cutting, of text that has its characters replaced already."""
    vocabulary = list(zip(pieces().texts, pieces().scores, strict=True))
    made = Tokenizer(models.Unigram(vocabulary, pieces().unk, byte_fallback=False))
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    return made


def numbers(text: str) -> list[int]:
    return [token.number for token in cutter().tokens(text)]


def expected(text: str) -> list[int]:
    found: list[int] = []
    for part in WRITTEN_OUT.split(text):
        if part in SPECIAL_TOKENS:
            found.append(pieces().texts.index(part))
        elif plain := re.sub(" {2,}", " ", "".join(pieces().replacements.get(letter, letter) for letter in part)):
            found += unigram().encode(plain, add_special_tokens=False).ids
    return found


TRICKY = [
    "",
    " ",
    "  前后  有   空格  ",
    "第 1 0 条",
    "３００万元（含）以上，按１５％给予补贴",  # full width
    "500㎡以上 ①②③ ㈠ Ⅳ ½ №5 ℃",  # one character becomes several
    "制表\t换行\n回车\r\n全角　空格\u00a0不换行\u200b零宽",
    "控制\x01字符\x7f消失\x00零",
    "招商引资😀👍🏻🇨🇳奖励👨‍👩‍👧‍👦",
    "\U00010a00\U00010a10元 ᠮᠣᠩᠭᠣᠯ",  # neighbouring unknown characters are one piece
    "▁下划线▁ ▁",
    "写出来的<mask>记号</s> <s>也算",
    "e\u0301 Ａ\u0301 ²\u0301 ½\ufe0f",
    "น้ำ ຳ ½ำ ﷺ 한국어 ｶﾞ",
    "a" * 300,
    "<s>\x1f",  # nothing is left after the written-out token
    "鄂爾多斯市對新認定的高新技術企業給予獎勵",
]


@pytest.mark.parametrize("text", TRICKY)
@pytest.mark.parametrize("prompt", ["query: ", "passage: "])
def test_tricky_texts_are_cut_as_the_library_cuts_them(prompt: str, text: str) -> None:
    assert numbers(prompt + text) == expected(prompt + text)


def test_the_whole_compendium_is_cut_as_the_library_cuts_it() -> None:
    for line in COMPENDIUM.splitlines():
        assert numbers("passage: " + line) == expected("passage: " + line)


ANY_CHARACTER = st.characters(exclude_categories=["Cs"])
CHINESE = st.sampled_from(sorted(set(COMPENDIUM)))
ODD = st.sampled_from(
    [" ", "  ", "▁", *SPECIAL_TOKENS, "\u200d", "\ufe0f", "\u0301", "²", "\0", "\u3000", "ﷺ", "👍🏻", "ำ"]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(ANY_CHARACTER, CHINESE, ODD), max_size=60).map("".join))
def test_any_text_is_cut_as_the_library_cuts_it(text: str) -> None:
    assert numbers("query: " + text) == expected("query: " + text)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(ANY_CHARACTER, CHINESE, ODD), max_size=60).map("".join))
def test_tokens_stand_in_the_text_in_their_order(text: str) -> None:
    starts = [token.start for token in cutter().tokens(text)]
    assert starts == sorted(starts)
    assert all(0 <= start <= len(text) for start in starts)


def test_half_a_character_pair_is_unknown_and_no_error() -> None:
    assert numbers("元\ud83d元") == numbers("元\U00010a00元")  # what broken JSON can hold; the tokenizer refuses it


def test_a_mark_after_a_written_out_token_stays_a_mark() -> None:
    assert numbers("<s>\u0301元") == [pieces().bos, *numbers("\u0301元")]


def test_no_text_has_no_tokens() -> None:
    assert cutter().tokens("") == []
