"""The small tables beside the log: roster, settings and saved layouts."""

from __future__ import annotations

import json
import tomllib
import zoneinfo
from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from store.clock import local_now
from store.database import Database
from store.errors import StoreError, refuse_lines
from store.ledger import utc_text
from store.names import add_names, names_in_force

_ROSTER = ("desk", "team", "role", "starts_on", "ends_on")

_ALL_LINES = (
    "SELECT desk, NULLIF(team, '') AS team, role, starts_on, ends_on FROM roster ORDER BY desk, starts_on, team, role"
)

_ADD_LINE = "INSERT INTO roster (desk, team, role, starts_on, ends_on) VALUES (?, ?, ?, ?, ?)"

_LINE = "A line names a desk, and a team or a role, and ends no earlier than it starts."


class SmallTables:
    """Reads and writes the small tables; each write is a transaction of its own and changes the version."""

    _database: Database

    def roster(self) -> pd.DataFrame:
        """Who sat in which team as what: desk, team and role (NaN: not said), starts_on, ends_on (days; NaT is open).

        In order of desk and start. A line under another name of a desk is one of that desk, as its rows in the log are.
        """
        with self._database.read() as connection:
            names = names_in_force(connection)
            rows = [tuple(row) for row in connection.execute(_ALL_LINES)]
        frame = pd.DataFrame(rows, columns=list(_ROSTER))
        texts, days = dict.fromkeys(_ROSTER[:3], "str"), dict.fromkeys(_ROSTER[3:], "datetime64[us]")
        frame = frame.assign(desk=frame["desk"].replace(names)).astype(texts | days).drop_duplicates()
        return frame.sort_values(["desk", "starts_on", "team"], na_position="first", ignore_index=True)

    def save_roster(self, frame: pd.DataFrame) -> None:
        """Replace the roster by this one: desk, team, starts_on, ends_on (days, or empty for open).

        A column ``role`` may say as what (recruiter, account_executive, or free text), and a column ``aliases`` which
        other names the desk has, with a semicolon between them: these are added to the names saved before. Raises
        StoreError with the code bad_value for a line without a desk, or with neither team nor role, or that ends before
        it starts, or for names that lead back to themselves.
        """
        frame = frame.reindex(columns=[*_ROSTER, "aliases"])
        frame = frame.astype({"starts_on": "datetime64[us]", "ends_on": "datetime64[us]"})
        frame = frame.assign(**{name: [_said(cell) for cell in frame[name]] for name in ("desk", "team", "role")})
        faults = [fault for line in frame.to_dict("records") if (fault := _fault(line))]
        refuse_lines(faults, "of the roster cannot be used", _LINE)
        roles = [role or None for role in frame["role"]]
        days = (_days(frame["starts_on"]), _days(frame["ends_on"]))
        rows = zip(frame["desk"], frame["team"], roles, *days, strict=True)
        with self._database.write() as connection:
            connection.execute("DELETE FROM roster")
            connection.executemany(_ADD_LINE, rows)
            add_names(connection, _other_names(frame))

    def settings(self) -> dict[str, Any]:
        """All settings that were saved, by key."""
        with self._database.read() as connection:
            return {row["key"]: json.loads(row["value"]) for row in connection.execute("SELECT * FROM settings")}

    def save_setting(self, key: str, value: object) -> None:
        """Save one setting: anything JSON can say.

        Raises StoreError with the code bad_value for a ``time_zone`` that is no IANA name (or None: not said),
        ``contacts`` other than true or false, or ``holidays`` that name no country.
        """
        if key in _SETTINGS and not _SETTINGS[key](value):
            raise StoreError("bad_value", f"{value!r} cannot be the setting {key}.", _ALLOWED[key])
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, json.dumps(value, allow_nan=False)),
            )

    def layouts(self) -> dict[str, str]:
        """Layouts saved on this history: TOML text by name."""
        with self._database.read() as connection:
            return {row["name"]: row["toml"] for row in connection.execute("SELECT * FROM layouts ORDER BY name")}

    def own_layouts(self) -> tuple[dict[str, Any], ...]:
        """The saved layouts as parsed TOML in order of name, each under the name it was saved by."""
        return tuple(tomllib.loads(toml) | {"name": name} for name, toml in self.layouts().items())

    def save_layout(self, name: str, toml: str, now: datetime | None = None) -> None:
        """Save a layout under this name, in place of an earlier one of the same name.

        Raises StoreError with the code bad_value for an empty name or a text that is not TOML.
        """
        if not name.strip():
            raise StoreError("bad_value", "The layout has no name.", "Give it one.")
        try:
            tomllib.loads(toml)
        except tomllib.TOMLDecodeError as error:
            raise StoreError("bad_value", f"The layout {name} is not TOML: {error}.", "Correct that line.") from error
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO layouts VALUES (?, ?, ?) ON CONFLICT (name) "
                "DO UPDATE SET toml = excluded.toml, saved_at = excluded.saved_at",
                (name, toml, utc_text(now or local_now())),
            )

    def remove_layout(self, name: str) -> None:
        """Forget the layout of this name, if there is one."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM layouts WHERE name = ?", (name,))


def _is_zone(value: object) -> bool:
    return value is None or (isinstance(value, str) and value in zoneinfo.available_timezones())


def _is_place(value: object) -> bool:
    if value is None:
        return True
    return isinstance(value, dict) and isinstance(value.get("country"), str) and value["country"] != ""


#: Settings that only some values make sense for, and what to say of others.
_SETTINGS: dict[str, Callable[[object], bool]] = {
    "time_zone": _is_zone,
    "contacts": lambda it: isinstance(it, bool),
    "holidays": _is_place,
}
_ALLOWED = {
    "time_zone": "Use a name such as America/Chicago.",
    "contacts": "It is true or false.",
    "holidays": 'Use a country and, where it has any, a subdivision: {"country": "US", "subdivision": null}.',
}


def _said(cell: Any) -> str:
    """What a cell says, empty where it says nothing."""
    return "" if pd.isna(cell) else str(cell).strip()


def _fault(line: Mapping[Hashable, Any]) -> str:
    """What is wrong with a line of the roster, in words that name it; empty where nothing is."""
    if not line["desk"]:
        return f"a line of {line['team'] or line['role'] or 'nobody'} names no desk"
    if not line["team"] and not line["role"]:
        return f"{line['desk']} has neither a team nor a role"
    if line["ends_on"] < line["starts_on"]:
        return f"{line['desk']} ends on {line['ends_on']:%Y-%m-%d}, before it starts on {line['starts_on']:%Y-%m-%d}"
    return ""


def _other_names(frame: pd.DataFrame) -> Iterator[tuple[str, str]]:
    for desk, names in zip(frame["desk"], frame["aliases"], strict=True):
        for name in "" if pd.isna(names) else str(names).split(";"):
            if name.strip() not in ("", desk):
                yield name.strip(), desk


def _days(column: pd.Series) -> list[str | None]:
    return [None if pd.isna(day) else day.isoformat()[:10] for day in column]
