"""Words on screen: text out of files made harmless for markdown, dates and counts as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_MARKUP = re.compile(r"""([\\`*_{}\[\]()#+\-.!|<>~$:&^=/@"'])""")
_SHOWN = 80
#: Where an address would become a link even without markup: ``http://``, ``www.``, ``name@``.
_ADDRESS = re.compile(r"https?(?=:)|www(?=\.)|\S(?=@)", re.IGNORECASE)
#: A character without width that joins two words, and ends an address.
_JOINER = "\u2060"


def plain(value: object, longest: int = _SHOWN) -> str:
    """Text that came out of a file, made safe for markdown, labels and buttons.

    Every character that could start markup is escaped, an address becomes no link, line breaks become spaces and long
    text is cut to ``longest`` characters. Streamlit renders markdown in labels, metrics and messages too, so names go
    through here on their way to any of those; tables, charts and ``st.text`` show text as it is and need nothing.
    """
    text = " ".join(str(value).split())
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    return _MARKUP.sub(r"\\\1", _ADDRESS.sub(rf"\g<0>{_JOINER}", cut))


def unbroken(said: str) -> str:
    """Markdown in which ``2.4 : 1`` and ``98 %`` are not torn apart at the end of a line."""
    return re.sub(r" (?=%)| (?=\\?: 1\b)|(?<=:) (?=1\b)", "\u00a0", said)


def day(value: date) -> str:
    """A date as people say it: ``20 Nov 2026``."""
    return f"{value.day} {value:%b %Y}"


def days(start: date, end: date) -> str:
    """A span of days: ``24 Aug to 22 Nov 2026``, or one day where both are the same."""
    if start == end:
        return day(end)
    first = day(start) if start.year != end.year else f"{start.day} {start:%b}"
    return f"{first} to {day(end)}"


def count(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: ``1 row``, ``1,204 rows``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names in a row, the rest as a number: ``Desk 01, Desk 02 and 4 more``."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""
