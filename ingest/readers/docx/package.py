"""A DOCX file as a package of XML parts, opened with nothing taken on trust.

Sizes are added up from the central directory before anything is unpacked and counted again while unpacking,
because a directory can lie. XML with a document type is refused: Word writes none, and entities hide in it.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from ingest.errors import SourceUnreadable
from ingest.readers.limits import MEGABYTE, Limits

Element: TypeAlias = etree._Element  # pyright: ignore[reportPrivateUsage] - the only name lxml gives the type

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_WORD = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
MOST_PARTS = 20_000  # entries of the archive; Word files have dozens, with many pictures hundreds
_CHUNK = 1 * MEGABYTE
_ENCRYPTED = 0x1  # bit of ZipInfo.flag_bits


def tag(name: str) -> str:
    """The qualified name of a WordprocessingML element or attribute."""
    return f"{{{WORD}}}{name}"


@dataclass(slots=True)
class Package:
    """The open archive and how much may still be unpacked from it."""

    name: str
    archive: zipfile.ZipFile
    bytes_left: int

    @classmethod
    def open(cls, data: bytes, name: str, limits: Limits) -> Package:
        """Raises SourceUnreadable when this is no archive, or one that unpacks to too much."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:  # all that zipfile raises
            raise _broken(name) from error
        entries = archive.infolist()
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > limits.max_unpacked_bytes:
            raise _too_large(name, limits.max_unpacked_bytes)
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise SourceUnreadable("ingest.locked_password", name=name)
        return cls(name, archive, limits.max_unpacked_bytes)

    def main_part(self) -> str:
        """The path of the document itself. Raises SourceUnreadable when the archive is no Word document."""
        for kind, target in self.related("").items():
            if kind == "officeDocument" and posixpath.basename(target).startswith("document"):
                return target
        if "word/document.xml" in self.archive.namelist():
            return "word/document.xml"
        raise SourceUnreadable("ingest.archive_but_no_word_document", name=self.name)

    def related(self, part: str) -> dict[str, str]:
        """Paths of the parts that ``part`` ("" for the package) points to, by the last word of their type."""
        folder, file = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, str] = {}
        for one in root.iter(_RELATIONSHIP) if root is not None else ():
            if one.get("TargetMode") != "External":
                target = one.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                found.setdefault(posixpath.basename(one.get("Type", "")), posixpath.normpath(path))
        return found

    def xml(self, part: str) -> Element | None:
        """The root of a part, None when there is no such part."""
        data = self._unpack(part)
        if data is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data.replace(_STRICT_WORD, WORD.encode()), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise _broken(self.name) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise SourceUnreadable("ingest.xml_entities_word_never_writes", name=self.name)
        return root

    def _unpack(self, part: str) -> bytes | None:
        if part not in self.archive.namelist():
            return None
        chunks: list[bytes] = []
        try:
            with self.archive.open(part) as file:
                while chunk := file.read(_CHUNK):
                    self.bytes_left -= len(chunk)
                    if self.bytes_left < 0:
                        raise _too_large(self.name, None)
                    chunks.append(chunk)
        # NotImplementedError is zipfile's word for a compression it does not know, RuntimeError for an encrypted part.
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
            raise _broken(self.name) from error
        return b"".join(chunks)


def _broken(name: str) -> SourceUnreadable:
    return SourceUnreadable("ingest.damaged_no_word_document", name=name)


def _too_large(name: str, most: int | None) -> SourceUnreadable:
    if most is None:
        return SourceUnreadable("ingest.unpacks_to_more_than_allowed", name=name)
    return SourceUnreadable("ingest.unpacks_too_large", name=name, most_mb=most / MEGABYTE)
