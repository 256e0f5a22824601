"""What people said to what is owed: done elsewhere, not needed, do not contact; and who was cleared on a Friday.

Nothing is overwritten: an answer that is taken back stays in the history with the moment it was. Moments are kept in
the local time of whoever answered, as the log keeps its own, since an answer counts from its day on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd

from store.clock import local_now
from store.database import Database
from store.errors import StoreError
from store.names import names_in_force

#: To one obligation; of a person, from then on; of a person on one Friday.
ANSWERS = ("elsewhere", "not_needed", "do_not_contact", "cleared")

_TEXTS = ("rule", "trigger_id", "party", "who", "desk", "answer", "answered_by", "note")
_COLUMNS = ("answer_id", *_TEXTS, "due_on", "answered_at")

_KNOWN = (
    "SELECT answer_id, rule, trigger_id, party, who, desk, answer, answered_by, note, due_on, answered_at FROM answers "
    "WHERE substr(answered_at, 1, 10) <= :day AND (removed_at IS NULL OR substr(removed_at, 1, 10) > :day) "
    "ORDER BY answer_id"
)

# What stands already is not said twice, so that taking it back takes it back.
_ADD = (
    "INSERT INTO answers (rule, trigger_id, party, who, desk, answer, answered_by, note, due_on, answered_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)

_REMOVE = "UPDATE answers SET removed_at = ? WHERE answer_id = ? AND removed_at IS NULL"
_COUNT = "UPDATE state SET answered = answered + 1"


class Answers:
    """Reads and writes answers; each write is a transaction of its own and changes the version."""

    _database: Database

    def answers(self, known_on: date | None = None) -> pd.DataFrame:
        """What was answered and not taken back, in the order it was said.

        Columns: answer_id, rule, trigger_id, party, who, desk (its present name), answer (one of ANSWERS), answered_by,
        note, due_on (NaT: not said), answered_at (local time). Texts are empty where nothing was said. With
        ``known_on``: as it stood at the end of that day.
        """
        day = {"day": (known_on or date.max).isoformat()}
        with self._database.read() as connection:
            names = names_in_force(connection)
            rows = [tuple(row) for row in connection.execute(_KNOWN, day)]
        frame = pd.DataFrame(rows, columns=list(_COLUMNS))
        # The wall time is kept and the offset is not: the log knows none either.
        days = {name: pd.to_datetime(frame[name].str[:26]).astype("datetime64[us]") for name in _COLUMNS[-2:]}
        typed = frame.assign(desk=frame["desk"].replace(names), **days)
        return typed.astype({"answer_id": "int64"} | dict.fromkeys(_TEXTS, "str"))

    def save_answers(self, rows: Iterable[Mapping[str, Any]], now: datetime | None = None) -> None:
        """Keep answers, all or none of them: rule, trigger_id, party, who, desk, answer, answered_by, note, due_on.

        What is not given or missing is empty; ``due_on`` tells Fridays of one rule and trigger apart. What stands
        already, do_not_contact for a person or any other answer to the same, is kept as it was said first. Raises
        StoreError with the code bad_value, naming the cause.
        """
        lines = [_plain(row) for row in rows]
        for line in lines:
            _refuse_impossible(line)
        moment = _local_text(now or local_now())
        values = [(*(line[name] for name in _TEXTS), line["due_on"], moment) for line in lines]
        with self._database.write() as connection:
            before = connection.total_changes
            connection.executemany(_ADD, values)
            if connection.total_changes != before:
                connection.execute(_COUNT)

    def remove_answers(self, answer_ids: Iterable[int], now: datetime | None = None) -> int:
        """Take answers back at once, those that stand; returns how many these were."""
        moment = _local_text(now or local_now())
        with self._database.write() as connection:
            before = connection.total_changes
            connection.executemany(_REMOVE, [(moment, answer_id) for answer_id in answer_ids])
            gone = connection.total_changes - before
            if gone:
                connection.execute(_COUNT)
        return gone

    def version_of_facts(self) -> str:
        """As ``version``, except that answers leave it as it is: the key of what does not depend on them."""
        with self._database.read() as connection:
            query = "SELECT identity, revision - answered FROM state"
            return "{}-{}".format(*connection.execute(query).fetchone())


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """An answer as it is stored: texts without space around them, the day as ISO text."""
    day = row.get("due_on")
    texts = {name: _said(row.get(name)) for name in _TEXTS}
    return {**texts, "due_on": None if pd.isna(day) else pd.Timestamp(day).date().isoformat()}


def _said(cell: Any) -> str:
    return "" if pd.isna(cell) else str(cell).strip()


def _refuse_impossible(line: Mapping[str, Any]) -> None:
    causes = {
        f"{line['answer']!r} is no answer": line["answer"] not in ANSWERS,
        "It does not say which rule it is about": not line["rule"],
        "Nobody said it": not line["answered_by"],
        "It names nobody": line["answer"] in ANSWERS[2:] and not (line["party"] and line["who"]),
        "It does not say what it answers": line["answer"] in ANSWERS[:2] and not line["trigger_id"],
    }
    found = [cause for cause, holds in causes.items() if holds]
    if found:
        fix = f"An answer is one of {', '.join(ANSWERS)}, given by somebody, to something."
        raise StoreError("bad_value", f"The answer cannot be kept. {'. '.join(found)}.", fix)


def _local_text(moment: datetime) -> str:
    """A moment as ISO text with its own offset. Raises ValueError when it does not say its time zone."""
    if moment.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    return moment.isoformat(timespec="microseconds")
