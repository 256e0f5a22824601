"""What explains the numbers besides the log: when a desk was absent, and what the firm changed to get better."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pandas as pd

from store.clock import local_now
from store.database import Database
from store.errors import StoreError, refuse_lines
from store.ledger import utc_text
from store.names import names_in_force
from store.standards import LEVELS

#: No day of an absence lies outside of these; a year of five digits is a slip of the hand.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)

_ABSENCE = "A line names a desk and its first day away, and ends no earlier than it starts."

_ABSENCES = ("desk", "starts_on", "ends_on", "reason")

_ADJUSTMENTS = ("adjustment_id", "made_on", "level", "name", "measure", "kind", "what")

_STANDING = (
    "SELECT adjustment_id, made_on, level, name, measure, kind, what, saved_at FROM adjustments "
    "WHERE removed_at IS NULL ORDER BY made_on, adjustment_id"
)

_TAKEN_OUT = (
    "SELECT adjustment_id, made_on, level, name, measure, kind, what, removed_at FROM adjustments "
    "WHERE removed_at IS NOT NULL ORDER BY removed_at DESC, adjustment_id DESC"
)

_ADD = "INSERT INTO adjustments (made_on, level, name, measure, kind, what, saved_at) VALUES (?, ?, ?, ?, ?, ?, ?)"


class Improvement:
    """Reads and writes absences and adjustments; each write is a transaction of its own and changes the version."""

    _database: Database

    def absences(self) -> pd.DataFrame:
        """When a desk was away: desk, starts_on, ends_on (days, both included), reason; in order of desk and start."""
        with self._database.read() as connection:
            names = names_in_force(connection)
            rows = [tuple(row) for row in connection.execute("SELECT desk, starts_on, ends_on, reason FROM absences")]
        frame = pd.DataFrame(rows, columns=list(_ABSENCES))
        frame = frame.assign(desk=frame["desk"].replace(names)).astype({"desk": "str", "reason": "str"})
        frame = frame.astype({"starts_on": "datetime64[us]", "ends_on": "datetime64[us]"})
        return frame.sort_values(["desk", "starts_on", "ends_on"], ignore_index=True)

    def save_absences(self, frame: pd.DataFrame) -> None:
        """Replace the absences by these: desk, starts_on, ends_on and, where known, reason.

        An empty end means that one day. Raises StoreError with the code bad_value, naming the lines without a desk or a
        first day, with what is no day between ``FIRST_DAY`` and ``LAST_DAY``, or that end before they start.
        """
        lines = frame.reindex(columns=list(_ABSENCES)).reset_index(drop=True)
        days = {name: pd.Series(map(_day, lines[name]), dtype="datetime64[us]") for name in ("starts_on", "ends_on")}
        texts = {name: lines[name].astype("object").where(lines[name].notna(), "") for name in ("desk", "reason")}
        typed = lines[list(days)]
        lines = lines.assign(**days, **{name: column.astype("str").str.strip() for name, column in texts.items()})
        refuse_lines([*_impossible(lines, typed)], "of the absences cannot be used", _ABSENCE)
        lines = lines.assign(ends_on=lines["ends_on"].fillna(lines["starts_on"]))
        iso = lines.assign(**{name: lines[name].dt.strftime("%Y-%m-%d") for name in days})
        with self._database.write() as connection:
            connection.execute("DELETE FROM absences")
            connection.executemany(
                "INSERT INTO absences VALUES (?, ?, ?, ?)", iso[list(_ABSENCES)].itertuples(index=False, name=None)
            )

    def adjustments(self) -> pd.DataFrame:
        """What was changed and not removed again: adjustment_id, made_on, level, name, measure, kind, what, saved_at.

        ``measure`` is a ratio or an activity, empty where everything is meant; oldest first.
        """
        return self._adjustments(_STANDING, "saved_at")

    def removed_adjustments(self) -> pd.DataFrame:
        """What was taken out of the journal, the last one first: as `adjustments`, with removed_at for saved_at."""
        return self._adjustments(_TAKEN_OUT, "removed_at")

    def _adjustments(self, query: str, moment: str) -> pd.DataFrame:
        with self._database.read() as connection:
            names = names_in_force(connection)
            rows = [tuple(row) for row in connection.execute(query)]
        frame = pd.DataFrame(rows, columns=[*_ADJUSTMENTS, moment])
        desks = frame["level"] == "desk"
        frame = frame.assign(name=frame["name"].mask(desks, frame["name"].replace(names)))
        frame = frame.astype({"adjustment_id": "int64"} | dict.fromkeys(_ADJUSTMENTS[2:7], "str"))
        frame["made_on"] = frame["made_on"].astype("datetime64[us]")
        frame[moment] = pd.to_datetime(frame[moment], utc=True)
        return frame

    def save_adjustment(
        self,
        what: str,
        *,
        made_on: date,
        level: str = "company",
        name: str = "",
        measure: str = "",
        kind: str = "other",
        now: datetime | None = None,
    ) -> int:
        """Note what was changed on a day for the company, or the team or desk ``name``; returns its number.

        Raises StoreError with the code bad_value when it does not say what, or for whom.
        """
        if not what.strip() or level not in LEVELS or (level == "company") == bool(name.strip()):
            raise StoreError(
                "bad_value",
                f"The adjustment of {level} {name} cannot be kept.",
                "Say in words what was changed, for the company or for a team or desk by name.",
            )
        values = (made_on.isoformat(), level, name.strip(), measure, kind, what.strip(), utc_text(now or local_now()))
        with self._database.write() as connection:
            return int(connection.execute(_ADD, values).lastrowid or 0)

    def remove_adjustment(self, adjustment_id: int, now: datetime | None = None) -> None:
        """Take an adjustment out of the journal. Raises StoreError with the code bad_value for an unknown number."""
        with self._database.write() as connection:
            gone = connection.execute(
                "UPDATE adjustments SET removed_at = ? WHERE adjustment_id = ? AND removed_at IS NULL",
                (utc_text(now or local_now()), adjustment_id),
            )
            if not gone.rowcount:
                reason = f"There is no adjustment {adjustment_id} in the journal."
                raise StoreError("bad_value", reason, "Choose one of those listed.")


def _day(typed: Any) -> Any:
    """What was typed as a day; NaT for nothing, and for what is no day within the bounds."""
    found = pd.to_datetime(typed, errors="coerce")
    return pd.NaT if pd.isna(found) or not FIRST_DAY <= found.date() <= LAST_DAY else found


def _impossible(lines: pd.DataFrame, typed: pd.DataFrame) -> Iterator[str]:
    """The lines that cannot be, counted from 1, with their desk and the cause."""
    strange = (typed.notna() & lines[list(typed)].isna()).any(axis="columns")
    causes = {
        "has no desk": lines["desk"] == "",
        f"has a day that is not between {FIRST_DAY} and {LAST_DAY}": strange,
        "has no first day": lines["starts_on"].isna() & ~strange,
        "ends before it starts": lines["ends_on"] < lines["starts_on"],
    }
    for at, desk in enumerate(lines["desk"]):
        said = [cause for cause, holds in causes.items() if holds.iloc[at]]
        if said:
            yield f"line {at + 1}{f' ({desk})' if desk else ''} {' and '.join(said)}"
