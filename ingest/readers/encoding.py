"""Bytes to characters: strictly, and never by a silent guess.

The order is: byte order mark, UTF-8, GB18030 (which contains GBK and GB2312) when the outcome looks like
Chinese, then charset-normalizer over the few other encodings Chinese texts are found in. What none of them
decodes without a single error is refused: a policy text with holes must not be quoted.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from ingest.errors import SourceUnreadable

BYTE_ORDER_MARK = "\ufeff"

# UTF-32 before UTF-16: the little-endian mark of the former begins with that of the latter. The codecs with a
# named byte order leave the mark in the text, so that the text is the whole file.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LAST_AID = ["big5", "big5hkscs", "utf_16_le", "utf_16_be", "gb18030"]
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")  # not: tab, line and page ends, \x1a of old editors
MOST_CONTROLS = 0.01  # share of control characters above which the file is no text
LEAST_COMMON_HANZI = 0.85  # share of hanzi in GB2312; simplified texts reach .99, mojibake stays below .6
LEAST_EXPECTED = 0.97  # share of characters that are hanzi, ASCII, or punctuation and signs used with them
LEAST_VALID_UTF8 = 0.5  # share of non-ASCII bytes; GBK texts reach about .15 by accident
SAMPLE = 200_000  # characters looked at to judge a decoding
SPARE_BYTES = 64 * 1024  # shown to charset-normalizer, which is slow


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the encoding it was in. A byte order mark stays the first character."""

    text: str
    encoding: str


def decode(data: bytes, name: str, declared: str | None = None) -> Decoded:
    """The characters of ``data``; ``declared`` is what the file says of itself (HTML), tried after UTF-8.

    Raises SourceUnreadable for an empty, a binary and a damaged file and for an unknown encoding.
    """
    if not data.strip():
        raise SourceUnreadable("ingest.file_is_empty", name=name)
    decoded = _decode_marked(data, name) or _decode_strictly(data, name, declared)
    _refuse_binary(decoded.text, name)
    if not decoded.text.strip(BYTE_ORDER_MARK + " \t\r\n\u3000"):
        raise SourceUnreadable("ingest.file_holds_no_text", name=name)
    return decoded


def _decode_marked(data: bytes, name: str) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(encoding), encoding)
            except UnicodeDecodeError as error:
                raise SourceUnreadable(
                    "ingest.byte_order_mark_is_wrong", name=name, encoding=encoding.upper(), position=error.start + 1
                ) from error
    return None


def _decode_strictly(data: bytes, name: str, declared: str | None) -> Decoded:
    if b"\0" in data[:SPARE_BYTES]:
        raise SourceUnreadable("ingest.nul_bytes", name=name)
    broken = _first_broken_byte(data)
    if broken is None:
        return Decoded(data.decode("utf-8"), "utf-8")
    if _mostly_utf8(data):
        raise SourceUnreadable("ingest.damaged_byte", name=name, position=broken + 1)
    for encoding in dict.fromkeys((_known(declared) or "gb18030", "gb18030")):
        text = _try(data, encoding)
        if text is not None and _looks_chinese(text) and (encoding != "gb18030" or _is_of_common_hanzi(text)):
            return Decoded(text, encoding)
    return _ask_for_help(data, name)


def _first_broken_byte(data: bytes) -> int | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


def _mostly_utf8(data: bytes) -> bool:
    """True when the bytes beyond ASCII are UTF-8 for the greater part: a damaged file, not another encoding."""
    beyond_ascii = sum(byte >= 0x80 for byte in data[:SAMPLE])
    survivors = data[:SAMPLE].decode("utf-8", errors="ignore")
    valid = sum(len(character.encode()) for character in survivors if character >= "\x80")
    return valid > LEAST_VALID_UTF8 * beyond_ascii


def _known(declared: str | None) -> str | None:
    """The codec of a declared charset. GBK and GB2312 pages use signs beyond those sets: GB18030 holds all three."""
    if declared is None:
        return None
    try:
        codec = codecs.lookup(declared).name
    except LookupError:
        return None
    return "gb18030" if codec in {"gbk", "gb2312"} else codec


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _looks_chinese(text: str) -> bool:
    """Whether a decoding yields what Chinese texts are written with, and not merely some characters."""
    sample = text[:SAMPLE]
    return sum(map(_is_expected, sample)) >= LEAST_EXPECTED * len(sample) and any(map(_is_hanzi, sample))


def _is_of_common_hanzi(text: str) -> bool:
    """GB18030 has a character for nearly every pair of bytes: only the usual ones speak for it."""
    hanzi = list(filter(_is_hanzi, text[:SAMPLE]))
    return sum(map(_in_gb2312, hanzi)) >= LEAST_COMMON_HANZI * len(hanzi)


def _is_hanzi(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _is_expected(character: str) -> bool:
    return (
        character <= "\x7e"
        or _is_hanzi(character)
        or "\u2000" <= character <= "\u27bf"  # punctuation, arrows, ①, boxes, ✓
        or "\u3000" <= character <= "\u33ff"  # 　、。《》㎡
        or "\uff00" <= character <= "\uffef"  # full-width forms
        or character in "·×÷°±§\u00a0"
    )


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _ask_for_help(data: bytes, name: str) -> Decoded:
    best = from_bytes(data[:SPARE_BYTES], cp_isolation=_LAST_AID).best()
    text = _try(data, best.encoding) if best is not None else None
    if best is None or text is None or not _looks_chinese(text):
        raise SourceUnreadable("ingest.unknown_encoding", name=name)
    return Decoded(text, best.encoding)


def _refuse_binary(text: str, name: str) -> None:
    if "\0" in text:
        raise SourceUnreadable("ingest.nul_characters", name=name)
    sample = text[:SAMPLE]
    controls = len(_CONTROLS.findall(sample))
    if controls > MOST_CONTROLS * len(sample):
        raise SourceUnreadable("ingest.control_characters", name=name)
