"""What a person decided about one kind of file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Shape = Literal["activity", "wide"]
Side = Literal["candidate", "client", "named", "open"]

#: How a date column of a wide file is named among the columns: ``date:send_out``.
DATE = "date:"
#: Fields that hold dates.
DATE_FIELDS = ("occurred_at", "due_on", "planned_end")


@dataclass(frozen=True)
class Decisions:
    """The answers about a file, from which a layout is written.

    ``columns``: field of the log (or ``date:<meaning>`` in wide files) -> headers, joined by a blank in this order; in
    wide files each header of a ``date:`` is a stage of its own. A field that is not among them is not used. ``values``:
    value of the activity column -> key of ``MEANINGS``. ``outcomes``: word of the outcome column -> key of
    ``OUTCOME_MEANINGS``. ``calls`` says whose side the meaning ``call`` is on: all candidates, all clients, as the row
    names people (or its party column says), or open. ``fill_down`` are the fields whose blank cells repeat the one
    above, None where that was not decided. ``zone`` is the zone the dates are written in,
    ``score_scale`` the scale of scores, such as ``1-5``.
    """

    name: str
    title: str = ""
    shape: Shape = "activity"
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    calls: Side = "named"
    fill_down: tuple[str, ...] | None = None
    day_first: bool | None = None
    zone: str | None = None
    score_scale: str | None = None

    def stages(self) -> Iterable[tuple[str, str]]:
        """Meaning and header of every date column of a wide file."""
        for name, headers in self.columns.items():
            if name.startswith(DATE):
                yield from ((name.removeprefix(DATE), header) for header in headers)


def by_meaning(words: Mapping[str, str]) -> dict[str, list[str]]:
    """Meaning -> the words that have it, in their order."""
    found: dict[str, list[str]] = {}
    for word, meaning in words.items():
        found.setdefault(meaning, []).append(word)
    return found
