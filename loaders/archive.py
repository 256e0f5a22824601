"""The parts of a zip archive in small pieces, believing none of the sizes the archive declares."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from loaders.content import EXPORT_AGAIN
from loaders.refusal import RefusedError, refuse

FEED = 64 * 1024
PIECE = 1024 * 1024
OVERLAP = 1024


def list_parts(data: bytes) -> list[zipfile.ZipInfo]:
    """What the archive says it holds; raises ``workbook_unreadable`` where it says nothing sensible."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise unreadable() from error


def unreadable() -> RefusedError:
    """The error for an archive that is damaged."""
    return refuse("workbook_unreadable", "The workbook is damaged or was cut off.", EXPORT_AGAIN)


def windows(data: bytes, part: zipfile.ZipInfo, overlap: int = OVERLAP) -> Iterator[bytes]:
    """The inflated part in pieces that overlap, so that no tag is cut in two unseen."""
    tail = b""
    for piece in _inflate(data, part):
        yield tail + piece
        tail = piece[-overlap:] if overlap else b""


def _inflate(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    packed = memoryview(data)[_start_of(data, part) :][: part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[start : start + PIECE]) for start in range(0, len(packed), PIECE))
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise unreadable()
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in range(0, len(packed), FEED):
            rest: bytes | memoryview = packed[start : start + FEED]
            while rest and not inflater.eof:
                yield inflater.decompress(rest, PIECE)
                rest = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise unreadable() from error
    if not inflater.eof:
        raise unreadable()


def _start_of(data: bytes, part: zipfile.ZipInfo) -> int:
    """Where the packed bytes begin: the local header has its own, possibly different, name and extra field."""
    header = data[part.header_offset : part.header_offset + 30]
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        raise unreadable()
    return part.header_offset + 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
