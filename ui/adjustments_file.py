"""The journal as a table to hand out: every number that the page shows, and the rules they follow."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from quality import adjustment_words as words
from quality.adjustments import Effect, Followed
from quality.compared import Figures
from ui.adjustments_form import kinded, named, titled
from ui.downloads import Sheet, buttons

_COLUMNS = (
    "Value, from and to are n of n : 1 and its 80 % range, of an activity per working day; out of are the first "
    "events, of an activity working days. The chance rests on what came due."
)


#: Heading of a column -> field of `quality.compared.Figures`.
_FIELDS = {
    "first day": "start",
    "last day": "end",
    "weeks": "weeks",
    "out of": "per",
    "count": "count",
    "came due": "due_per",
    "came of these": "due_count",
    "value": "value",
    "from": "low",
    "to": "high",
}


def downloads(found: Sequence[Followed], rules: Sequence[str]) -> None:
    """Buttons for the table of these entries, which also states the rules."""
    buttons(table(found), Sheet("adjustments", "What was changed, and what came of it", (*rules, _COLUMNS)))


def table(found: Sequence[Followed]) -> pd.DataFrame:
    """The journal as a table to hand out, a row for each measure that is followed."""
    return pd.DataFrame([_row(one, effect) for one in found for effect in one.effects or (None,)])


def _row(found: Followed, effect: Effect | None) -> dict[str, object]:
    entry = found.entry
    row: dict[str, object] = {
        "Changed on": pd.Timestamp(entry.made_on),
        "For": named(entry.level, entry.name),
        "Kind": kinded(entry.kind),
        "What was changed": entry.what,
        "Measure": titled(effect.measure if effect else entry.measure),
        "What came of it": words.sentence(found, effect) if effect else "not followed",
        "Chance that it got better": effect.better if effect else None,
        "Chance to have gained on the others": effect.others.more if effect and effect.others else None,
    }
    others = effect.others if effect else None
    periods = {
        "Before": effect.before if effect else None,
        "Since": effect.after if effect else None,
        "Others before": others.before if others else None,
        "Others since": others.after if others else None,
    }
    for heading, figures in periods.items():
        row |= {f"{heading}, {name}": _cell(figures, field) for name, field in _FIELDS.items()}
    return row


def _cell(figures: Figures | None, field: str) -> object:
    value = getattr(figures, field, None)
    return pd.Timestamp(value) if field in ("start", "end") and value else value
