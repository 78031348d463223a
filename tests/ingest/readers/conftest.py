"""Small files of every format, made on the spot, and how tests read them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ingest.readers.dispatch import read_source
from ingest.readers.limits import Limits
from ingest.types import SourceFile

A4 = (595, 842)
Read = Callable[..., SourceFile]


@dataclass(frozen=True)
class PdfPage:
    """Words as (left, distance from the top, text) in 12 points, rules as (x0, top, x1, bottom), and a picture."""

    words: Sequence[tuple[float, float, str]] = ()
    rules: Sequence[tuple[float, float, float, float]] = ()
    picture: bool = False
    rotated: str = ""

    def content(self) -> bytes:
        lines = [
            f"BT /F 12 Tf {x} {A4[1] - top - 12} Td <{text.encode('utf-16-be').hex()}> Tj ET"
            for x, top, text in self.words
        ]
        lines += [f"{x0} {A4[1] - top} m {x1} {A4[1] - bottom} l S" for x0, top, x1, bottom in self.rules]
        if self.picture:
            lines.append(f"q {A4[0]} 0 0 {A4[1]} 0 0 cm /I Do Q")
        if self.rotated:
            lines.append(f"BT /F 12 Tf .7 .7 -.7 .7 200 300 Tm <{self.rotated.encode('utf-16-be').hex()}> Tj ET")
        return "\n".join(lines).encode()


@dataclass
class PdfBytes:
    """Writes a PDF with the standard Chinese font, which no file needs to bring along."""

    objects: list[bytes] = field(default_factory=list)

    def add(self, body: bytes) -> int:
        self.objects.append(body)
        return len(self.objects)

    def stream(self, entries: bytes, data: bytes) -> int:
        packed = zlib.compress(data)
        return self.add(
            b"<<%s /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream" % (entries, len(packed), packed)
        )

    def finish(self, root: int) -> bytes:
        out = bytearray(b"%PDF-1.5\n")
        offsets: list[int] = []
        for number, body in enumerate(self.objects, 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        begin = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
        out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        out += b"trailer\n<</Size %d /Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, root, begin)
        return bytes(out)


def pdf_of(pages: Sequence[PdfPage]) -> bytes:
    """A PDF of these pages."""
    pdf = PdfBytes()
    descendant = pdf.add(
        b"<</Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
        b"/CIDSystemInfo <</Registry (Adobe) /Ordering (GB1) /Supplement 4>> "
        b"/FontDescriptor <</Type /FontDescriptor /FontName /STSong-Light /Flags 6 /Ascent 880 /Descent -120 "
        b"/CapHeight 880 /ItalicAngle 0 /StemV 93 /FontBBox [-25 -254 1000 880]>> >>"
    )
    font = pdf.add(
        b"<</Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [%d 0 R]>>"
        % descendant
    )
    image = pdf.stream(
        b"/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8", bytes(64)
    )
    first = len(pdf.objects) + 1
    parent = first + 2 * len(pages)
    for page in pages:
        content = pdf.stream(b"", page.content())
        pdf.add(
            b"<</Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources <</Font <</F %d 0 R>> /XObject <</I %d 0 R>> >> >>" % (parent, content, font, image)
        )
    kids = b" ".join(b"%d 0 R" % (first + 1 + 2 * number) for number in range(len(pages)))
    pdf.add(b"<</Type /Pages /Kids [%s] /Count %d>>" % (kids, len(pages)))
    return pdf.finish(pdf.add(b"<</Type /Catalog /Pages %d 0 R>>" % parent))


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write bytes or text to a file and read it as the corpus would."""

    def read_data(data: bytes | str, name: str, limits: Limits | None = None) -> SourceFile:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return read_source(path, name, limits or Limits())

    return read_data


@pytest.fixture
def make_pdf() -> Callable[[Sequence[PdfPage]], bytes]:
    return pdf_of


@pytest.fixture
def pdf_page() -> type[PdfPage]:
    return PdfPage


@pytest.fixture
def clean() -> Callable[[SourceFile], str]:
    """The text without its furniture."""

    def without_furniture(source: SourceFile) -> str:
        parts: list[str] = []
        position = 0
        for one in source.furniture:
            parts.append(source.text[position : one.span.start])
            position = one.span.end
        return "".join([*parts, source.text[position:]])

    return without_furniture
