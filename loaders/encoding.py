"""Text of any usual encoding to UTF-8."""

from __future__ import annotations

import codecs

from loaders.content import not_a_table

PIECE = 1024 * 1024

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def to_utf8(data: bytes) -> tuple[bytes, str, tuple[str, ...]]:
    """Find the encoding and recode to UTF-8 without a byte-order mark: (bytes, encoding, notes)."""
    encoding = _encoding_of(data)
    if encoding in ("ascii", "utf-8"):
        return _without_control_z(data), "utf-8", ()
    if encoding == "utf-8-sig":
        return _without_control_z(data[len(codecs.BOM_UTF8) :]), encoding, ()
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    lost = text.count("\ufffd")
    notes = (f"Characters that could not be read as {encoding} and are shown as \ufffd: {lost}.",) if lost else ()
    return _without_control_z(text.encode("utf-8")), encoding, notes


def _without_control_z(data: bytes) -> bytes:
    return data.rstrip(b"\x1a") if data.endswith(b"\x1a") else data


def _encoding_of(data: bytes) -> str:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return encoding
    if b"\x00" in data:
        return _utf16_without_bom(data)
    if data.isascii():
        return "ascii"
    return "utf-8" if _is_utf8(data) else "cp1252"


def _utf16_without_bom(data: bytes) -> str:
    """Latin text in UTF-16 has a zero in every other byte; zeros anywhere else are no text at all."""
    head = data[:4096]
    half = max(1, len(head) // 2)
    zeros_even, zeros_odd = head[0::2].count(0) / half, head[1::2].count(0) / half
    if zeros_odd > 0.5 and zeros_even < 0.1:
        return "utf-16-le"
    if zeros_even > 0.5 and zeros_odd < 0.1:
        return "utf-16-be"
    raise not_a_table("a program's binary file")


def _is_utf8(data: bytes) -> bool:
    """Decode in pieces, since one string of a large file would cost up to four times its size."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), PIECE):
            decoder.decode(data[start : start + PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
