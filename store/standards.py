"""Minimum standards as they were saved: of a ratio or of an activity, for the company, a team or a desk.

Nothing is overwritten: a line holds from its day until the next one of the same name, and of two lines for the same day
the one saved last holds. A line without a number ends what stood before it.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd

from store.clock import local_now
from store.database import Database
from store.errors import refuse_lines
from store.ledger import utc_text
from store.names import names_in_force

LEVELS = ("company", "team", "desk")
PER = ("day", "week")

_FIX = "A standard is a number above 0 with a day from which it holds, for the company or for a team or desk by name."

_COLUMNS = ("ratio", "standard", "per", "level", "name", "effective_from", "saved_at")

_ALL = (
    "SELECT ratio, standard, per, level, name, effective_from, saved_at FROM standards "
    "ORDER BY effective_from, standard_id"
)

_ADD = (
    "INSERT INTO standards (ratio, standard, per, level, name, effective_from, saved_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
)


class StandardLines:
    """Reads and writes minimum standards; each write is a transaction of its own and changes the version."""

    _database: Database

    def standards(self, on: date | None = None) -> pd.DataFrame:
        """Minimum standards that were saved: ratio, standard, per, level, name, effective_from, saved_at.

        ``ratio`` is a ratio, whose standard is the n of ``n : 1``, or an activity, whose standard is the least number
        per day or week. A missing standard ends what stood before. All lines, oldest first; with ``on``, of each ratio,
        level and name only the one that holds on that day, ended ones left out. A desk is called by its present name.
        """
        with self._database.read() as connection:
            names = names_in_force(connection)
            rows = [tuple(row) for row in connection.execute(_ALL)]
        frame = _typed(pd.DataFrame(rows, columns=list(_COLUMNS)), names)
        if on is None:
            return frame
        past = frame[frame["effective_from"] <= pd.Timestamp(on)]
        held = past.drop_duplicates(["ratio", "level", "name"], keep="last")
        return held.dropna(subset=["standard"]).reset_index(drop=True)

    def save_standards(self, frame: pd.DataFrame, now: datetime | None = None) -> None:
        """Save many lines, all or none of them: ratio, standard, effective_from and, where needed, level, name, per.

        A line with a missing standard ends what stood before. Raises StoreError with the code bad_value, naming the
        lines that cannot be.
        """
        whole = frame.reindex(columns=list(_COLUMNS[:-1])).astype("object")
        lines = [_plain(line) for line in whole.where(whole.notna(), None).to_dict("records")]
        _refuse_impossible(lines)
        saved_at = utc_text(now or local_now())
        with self._database.write() as connection:
            connection.executemany(_ADD, [(*line.values(), saved_at) for line in lines])


def _typed(frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    desks = frame["level"] == "desk"
    return frame.assign(
        standard=frame["standard"].astype("float64"),
        per=frame["per"].astype("str"),
        name=frame["name"].mask(desks, frame["name"].replace(dict(names))).astype("str"),
        effective_from=frame["effective_from"].astype("datetime64[us]"),
        saved_at=pd.to_datetime(frame["saved_at"], utc=True),
    )


def _plain(line: Mapping[Hashable, Any]) -> dict[str, Any]:
    """A line as it is stored: level company and no name unless said, the day as ISO text."""
    day, standard = line["effective_from"], line["standard"]
    return {
        "ratio": str(line["ratio"] or "").strip(),
        "standard": None if standard is None else float(standard),
        "per": line["per"],
        "level": line["level"] or "company",
        "name": str(line["name"] or "").strip(),
        "effective_from": None if day is None else pd.Timestamp(day).date().isoformat(),
    }


def _refuse_impossible(lines: list[dict[str, Any]]) -> None:
    found = [line for line in lines if not _is_possible(line)]
    said = [f"{line['standard']} for {line['ratio']} of {line['level']} {line['name']}".strip() for line in found]
    refuse_lines(said, "cannot be standards", _FIX)


def _is_possible(line: Mapping[str, Any]) -> bool:
    standard, per, level = line["standard"], line["per"], line["level"]
    number = standard is None or (math.isfinite(standard) and standard > 0)
    owner = level in LEVELS and (level == "company") == (line["name"] == "")
    return number and owner and per in (None, *PER) and bool(line["ratio"] and line["effective_from"])
