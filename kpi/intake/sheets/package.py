"""The zip around an xlsx or ods file: how much it unpacks to, what else it carries; follows no link, runs nothing."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from kpi.errors import RefusedFile
from kpi.intake.messages import Number, mark
from kpi.intake.sheets.findings import Finding, info
from kpi.intake.sheets.limits import Limits

_READ_AT_ONCE: Final = 1 << 20
_DOCTYPE: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_COMMENT: Final = re.compile(rb"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a zipped workbook, measured before they are trusted."""

    name: str
    archive: zipfile.ZipFile
    limits: Limits

    @classmethod
    def opened(cls, content: bytes, name: str, limits: Limits) -> Package:
        """Open the zip. Raises RefusedFile where it is damaged, locked, or unpacks to too much."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
            raise _damaged(name) from None
        package = cls(name, archive, limits)
        package._measure(len(content))
        return package

    def _measure(self, packed: int) -> None:
        """Refuse a package that says it unpacks to more than the limits, or whose parts are locked."""
        parts = self.archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        if unpacked > self.limits.unpacked_bytes or unpacked > max(packed, 10_000) * self.limits.ratio:
            text = (
                "{file}: it would unpack from {packed} MB to {unpacked} MB, which no honest workbook of figures does. "
                "Save the one sheet that is needed as a new workbook."
            )
            sizes = {"packed": Number(packed / 1e6, 1), "unpacked": Number(unpacked / 1e6)}
            raise RefusedFile(text, file=self.name, **sizes)
        if len(parts) > 10 * self.limits.sheets + 1_000:
            text = "{file}: it holds {count} parts. Save the needed sheet as a new workbook."
            raise RefusedFile(text, file=self.name, count=Number(len(parts)))
        if any(part.flag_bits & 1 for part in parts):
            text = "{file}: its parts are encrypted. Remove the password, save, and try again."
            raise RefusedFile(text, file=self.name)

    def names(self) -> list[str]:
        """Return the names of the parts."""
        return self.archive.namelist()

    def part(self, path: str) -> bytes | None:
        """Return one part without XML comments; None when it is absent.

        Raises RefusedFile where the part is damaged, larger than it says, or declares a document type (the way to
        entity expansion; spreadsheet programs never write one).
        """
        if path not in self.archive.NameToInfo:
            return None
        try:
            content = b"".join(self._pieces(path))
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
            raise _damaged(self.name) from None
        if _DOCTYPE.search(content):
            text = (
                "{file}: its part {part} declares a document type (DOCTYPE), which spreadsheet programs never write "
                "and which can hide entity expansion. Open it in Excel or LibreOffice and save it anew."
            )
            raise RefusedFile(text, file=self.name, part=path)
        return _COMMENT.sub(b"", content) if b"<!--" in content else content

    def _pieces(self, path: str) -> Iterator[bytes]:
        """Yield a part piece by piece, and stop when it is larger than allowed."""
        read = 0
        with self.archive.open(path) as stream:
            while piece := stream.read(_READ_AT_ONCE):
                read += len(piece)
                if read > self.limits.unpacked_bytes:
                    limit = Number(self.limits.unpacked_bytes)
                    raise RefusedFile(
                        "{file}: its part {part} is larger than {limit} B.", file=self.name, part=path, limit=limit
                    )
                yield piece

    def tree(self, path: str) -> Element | None:
        """Return a small part as a tree; None when it is absent. Raises RefusedFile where it is no XML."""
        content = self.part(path)
        if content is None:
            return None
        try:
            return defusedxml.ElementTree.fromstring(content, forbid_dtd=True)
        except (DefusedXmlException, SyntaxError, ValueError, LookupError):  # ParseError is a SyntaxError
            text = "{file}: its part {part} is no sound XML. Open it in Excel and save it anew."
            raise RefusedFile(text, file=self.name, part=path) from None

    def notices(self) -> tuple[Finding, ...]:
        """Return what is in the package and is left alone: macros, links to other files."""
        names = self.names()
        found: list[Finding] = []
        if any(part.endswith("vbaProject.bin") or part.startswith("Basic/") for part in names):
            found.append(
                info(None, None, mark("The file carries macros; they are never run, only the cells are read."))
            )
        if any("/externalLinks/" in part for part in names):
            found.append(
                info(
                    None,
                    None,
                    mark("The file links to other files; no link is followed, the values saved in it are read."),
                )
            )
        return tuple(found)


def _damaged(name: str) -> RefusedFile:
    text = "{file}: the workbook is damaged (its zip can't be read). Open it in Excel or LibreOffice and save it anew."
    return RefusedFile(text, file=name)
