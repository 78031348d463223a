"""Plain text: every encoding Chinese policies come in, and every file that is none."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from ingest.errors import SourceUnreadable
from ingest.readers.dispatch import read_source
from ingest.readers.limits import Limits
from ingest.types import Furniture, SourceFile, Span

COMPENDIUM = Path(__file__).resolve().parents[3] / "corpus" / "伊金霍洛旗投资政策汇编.txt"
ITEM = (
    "6.对全职引进的A、B、C、D类人才，分别给予用人单位最高200万元、150万元、100万元、50万元人才培养资助。\r\n"
    "（责任单位：市委组织部、市人力资源和社会保障局）\r\n"
)
TRADITIONAL = "對符合條件的企業，給予一次性獎勵；對設立研發機構的，按實際投資額給予補助，並優先保障用地。\n" * 20


def read(tmp_path: Path, data: bytes, name: str = "政策.txt", limits: Limits | None = None) -> SourceFile:
    path = tmp_path / name
    path.write_bytes(data)
    return read_source(path, name, limits or Limits())


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (ITEM.encode(), "utf-8"),
        (ITEM.encode("gb18030"), "gb18030"),
        (ITEM.encode("gbk"), "gb18030"),
        (("㎡ ① ②　— · “试行”" + ITEM).encode("gb18030"), "gb18030"),
        ((ITEM + "𠮷").encode("gb18030"), "gb18030"),  # a four-byte sequence
        (b"Article 1. No clause is lost.\n", "utf-8"),  # ASCII
        (b"Article 1. " * 200 + "奖励".encode("gb18030"), "gb18030"),  # one Chinese word in an English text
    ],
)
def test_text_is_decoded_unchanged(tmp_path: Path, data: bytes, encoding: str) -> None:
    source = read(tmp_path, data)

    assert source.text == data.decode(encoding)
    assert source.encoding == encoding
    assert source.furniture == ()
    assert source.format == "text"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_mark_stays_as_furniture(tmp_path: Path, mark: bytes, encoding: str) -> None:
    source = read(tmp_path, mark + ITEM.encode(encoding))

    assert source.text == "\ufeff" + ITEM
    assert source.furniture == (Furniture(Span(0, 1), "byte order mark"),)
    assert source.encoding == encoding


def test_traditional_big5_is_recognised(tmp_path: Path) -> None:
    assert read(tmp_path, TRADITIONAL.encode("big5")).text == TRADITIONAL


def test_traditional_gbk_is_not_taken_for_big5(tmp_path: Path) -> None:
    assert read(tmp_path, TRADITIONAL.encode("gbk")).text == TRADITIONAL


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n\f\n"])
def test_line_ends_stay_as_they_are(tmp_path: Path, end: str) -> None:
    text = f"第一条　为了优化营商环境{end}第二条　本条例适用于本市{end}"

    assert read(tmp_path, text.encode()).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_whole_compendium_survives_every_encoding(tmp_path: Path, encoding: str) -> None:
    text = COMPENDIUM.read_bytes().decode()

    assert read(tmp_path, text.encode(encoding)).text.removeprefix("\ufeff") == text.removeprefix("\ufeff")


def test_sha256_is_that_of_the_bytes(tmp_path: Path) -> None:
    one, other = read(tmp_path, ITEM.encode()), read(tmp_path, ITEM.encode("gbk"))

    assert one.text == other.text
    assert one.sha256 != other.sha256


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (codecs.BOM_UTF8, "holds no text"),
        (codecs.BOM_UTF8 + " \n　\n".encode(), "holds no text"),
        ("第一条\0第二条".encode(), "NUL"),
        (codecs.BOM_UTF16_LE + "第一条\0".encode("utf-16-le"), "NUL"),
        (bytes(range(1, 32)) * 40, "control characters"),
        (bytes(range(128, 256)) * 40, "is no text in UTF-8"),
        (ITEM.encode()[:200] + b"\xff" + ITEM.encode()[200:], "is UTF-8 but byte"),
        (ITEM.encode()[:-3], "is UTF-8 but byte"),  # cut inside the last character
        (codecs.BOM_UTF16_LE + ITEM.encode("utf-16-le") + b"\x00", "UTF-16-LE"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx"),
        (b"{\\rtf1\\ansi policy}", "save it as .docx"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "OCR"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(SourceUnreadable) as caught:
        read(tmp_path, data)

    message = str(caught.value)
    assert words in message
    assert message.startswith("政策.txt: ")
    assert message.endswith(".")
    assert "\n" not in message


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match=r"政策\.txt: there is no such file"):
        read_source(tmp_path / "政策.txt", "政策.txt", Limits())


def test_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match="cannot be opened"):
        read_source(tmp_path, "政策.txt", Limits())


def test_too_large_a_file_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match="POLICYQA_MAX_FILE_MB"):
        read(tmp_path, b"a" * 101, limits=Limits(max_bytes=100))


def test_file_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, b"a" * 100, limits=Limits(max_bytes=100)).text == "a" * 100


@pytest.mark.parametrize("name", ["政策.xyz", "政策"])
def test_unknown_ending_lists_the_known_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceUnreadable, match=r"save it as one of .*\.txt"):
        read(tmp_path, ITEM.encode(), name)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("标准.xlsx", b"PK\x03\x04 and more", "no workbook"),
        ("材料.zip", b"PK\x03\x04 and more", "unpack it"),
        ("讲解.pptx", b"PK\x03\x04 and more", "slides"),
        ("公文.ofd", b"PK\x03\x04 and more", "OFD"),
        ("收文.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "LibreOffice"),
        ("扫描.jpg", b"\xff\xd8\xff", "picture"),
        ("网页.mht", b"From: saved", "saved page"),
    ],
)
def test_what_is_said_of_a_file_of_another_kind_helps_with_that_kind(
    tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    with pytest.raises(SourceUnreadable, match=rf"^{name}: .*{says}"):
        read(tmp_path, data, name)


def test_ending_may_be_in_capitals(tmp_path: Path) -> None:
    assert read(tmp_path, ITEM.encode(), "政策.TXT").text == ITEM
