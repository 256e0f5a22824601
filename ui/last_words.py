"""What was said last to somebody, in a line."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from quality.last_words import Said
from ui import text


def noted(last: Said | None, clean: Callable[[str], str] = str) -> str:
    """The last note, who wrote it when; empty where there is none. ``clean`` makes text out of files safe."""
    return f"“{clean(last.text)}” ({last.title}, {text.day(last.at)}, {clean(last.desk)})" if last else ""


def said_last(last: Said | None, heard: pd.Timestamp | None, clean: Callable[[str], str] = str) -> str:
    """The last note, and the last contact where that was later or nothing was noted."""
    later = heard is not None and (last is None or heard.date() > last.at.date())
    contact = f"in contact on {text.day(heard)}, nothing noted" if heard is not None and later else ""
    return "; ".join(filter(None, [noted(last, clean), contact])) or "nothing is on record"
