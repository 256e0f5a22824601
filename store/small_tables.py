"""The small tables beside the log: roster, settings, minimum standards and saved layouts."""

from __future__ import annotations

import json
import math
from datetime import date, datetime
from typing import Any

import pandas as pd

from store.clock import local_now
from store.database import Database
from store.errors import StoreError
from store.ledger import utc_text

LEVELS = ("company", "team", "desk")

_ROSTER = ("desk", "team", "starts_on", "ends_on")

_STANDARDS = ("ratio", "standard", "level", "name", "effective_from", "saved_at")

_ALL_STANDARDS = "SELECT * FROM standards ORDER BY effective_from, standard_id"


class SmallTables:
    """Reads and writes the small tables; each write is a transaction of its own and changes the version."""

    _database: Database

    def roster(self) -> pd.DataFrame:
        """Who sat in which team: desk, team, starts_on, ends_on (days; NaT is open), in order of desk and start."""
        with self._database.read() as connection:
            rows = [tuple(row) for row in connection.execute("SELECT * FROM roster ORDER BY desk, starts_on, team")]
        frame = pd.DataFrame(rows, columns=list(_ROSTER))
        texts, days = dict.fromkeys(_ROSTER[:2], "str"), dict.fromkeys(_ROSTER[2:], "datetime64[us]")
        return frame.astype(texts | days)

    def save_roster(self, frame: pd.DataFrame) -> None:
        """Replace the roster by this one: desk, team, starts_on, ends_on (days, or empty for open).

        Raises StoreError with the code bad_value for a line without desk or team, or that ends before it starts.
        """
        frame = frame.astype({"starts_on": "datetime64[us]", "ends_on": "datetime64[us]"})
        impossible = frame["desk"].isna() | frame["team"].isna() | (frame["ends_on"] < frame["starts_on"])
        if impossible.any():
            raise StoreError(
                "bad_value",
                f"{impossible.sum()} lines of the roster cannot be: {frame[impossible].iloc[0].tolist()}.",
                "A line names a desk and a team, and ends no earlier than it starts.",
            )
        rows = zip(frame["desk"], frame["team"], _days(frame["starts_on"]), _days(frame["ends_on"]), strict=True)
        with self._database.write() as connection:
            connection.execute("DELETE FROM roster")
            connection.executemany("INSERT INTO roster VALUES (?, ?, ?, ?)", rows)

    def settings(self) -> dict[str, Any]:
        """All settings that were saved, by key."""
        with self._database.read() as connection:
            return {row["key"]: json.loads(row["value"]) for row in connection.execute("SELECT * FROM settings")}

    def save_setting(self, key: str, value: object) -> None:
        """Save one setting: anything JSON can say."""
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, json.dumps(value, allow_nan=False)),
            )

    def standards(self, on: date | None = None) -> pd.DataFrame:
        """Minimum standards that were saved: ratio, standard (n : 1), level, name, effective_from, saved_at.

        All of them, oldest first; with ``on``, of each ratio, level and name only the one that holds on that day.
        """
        with self._database.read() as connection:
            rows = [tuple(row)[1:] for row in connection.execute(_ALL_STANDARDS)]
        frame = pd.DataFrame(rows, columns=list(_STANDARDS)).astype({"standard": "float64"})
        frame["effective_from"] = frame["effective_from"].astype("datetime64[us]")
        frame["saved_at"] = pd.to_datetime(frame["saved_at"], utc=True)
        if on is None:
            return frame
        past = frame[frame["effective_from"] <= pd.Timestamp(on)]
        return past.drop_duplicates(["ratio", "level", "name"], keep="last").reset_index(drop=True)

    def save_standard(
        self,
        ratio: str,
        standard: float,
        *,
        effective_from: date,
        level: str = "company",
        name: str = "",
        now: datetime | None = None,
    ) -> None:
        """Save that from this day on the ratio of the company, or of the team or desk ``name``, has this minimum.

        Earlier ones are kept. Raises StoreError with the code bad_value.
        """
        if not (math.isfinite(standard) and standard > 0) or level not in LEVELS or (level == "company") == bool(name):
            raise StoreError(
                "bad_value",
                f"{standard} cannot be the standard of {ratio} for {level} {name}.",
                "A standard is a number above 0, for the company or for a team or desk by name.",
            )
        values = (ratio, float(standard), level, name, effective_from.isoformat(), utc_text(now or local_now()))
        with self._database.write() as connection:
            connection.execute("INSERT INTO standards VALUES (NULL, ?, ?, ?, ?, ?, ?)", values)

    def layouts(self) -> dict[str, str]:
        """Layouts saved on this history: TOML text by name."""
        with self._database.read() as connection:
            return {row["name"]: row["toml"] for row in connection.execute("SELECT * FROM layouts ORDER BY name")}

    def save_layout(self, name: str, toml: str, now: datetime | None = None) -> None:
        """Save a layout under this name, in place of an earlier one of the same name."""
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO layouts VALUES (?, ?, ?) ON CONFLICT (name) "
                "DO UPDATE SET toml = excluded.toml, saved_at = excluded.saved_at",
                (name, toml, utc_text(now or local_now())),
            )


def _days(column: pd.Series) -> list[str | None]:
    return [None if pd.isna(day) else day.isoformat()[:10] for day in column]
