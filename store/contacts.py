"""Phone numbers and e-mail addresses of people, where the firm keeps them: apart from the log."""

from __future__ import annotations

import pandas as pd

from store.database import Database
from store.errors import StoreError

_COLUMNS = ("person", "party", "kind", "value", "source")


class Contacts:
    """Reads and writes contact points; each write is a transaction of its own and changes the version."""

    _database: Database

    def contact_points(self) -> pd.DataFrame:
        """How people can be reached: person, party, kind, value, source (texts), in order of person and kind."""
        query = "SELECT person, party, kind, value, source FROM contact_points ORDER BY person, kind, value, source"
        with self._database.read() as connection:
            rows = [tuple(row) for row in connection.execute(query)]
        return pd.DataFrame(rows, columns=list(_COLUMNS)).astype("str")

    def save_contacts(self, frame: pd.DataFrame) -> None:
        """Add contact points (person, party, kind, value, source); those known already stay as they are.

        Party and source may be empty. Raises StoreError with the code bad_value for a line without the others.
        """
        gaps = frame[["person", "kind", "value"]].isna().any(axis="columns")
        if gaps.any():
            reason = f"{gaps.sum()} contact points lack the person, the kind or the value."
            raise StoreError("bad_value", reason, "Leave those lines out.")
        cells = frame[list(_COLUMNS)].astype("object")
        rows = cells.where(cells.notna(), None).itertuples(index=False, name=None)
        with self._database.write() as connection:
            connection.executemany("INSERT OR IGNORE INTO contact_points VALUES (?, ?, ?, ?, ?)", rows)

    def forget_contacts(self) -> None:
        """Forget every contact point, on the disk too."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM contact_points")
