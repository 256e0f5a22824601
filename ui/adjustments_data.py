"""What the page Adjustments asks of the history: the journal with what came of each change, cached until it changes."""

from __future__ import annotations

from datetime import date

import pandas as pd

from quality.adjustment_words import sentence
from quality.adjustments import Followed, entries, followed
from ui import clock, data, judgement
from ui.data import Place, cached, here


def journal() -> tuple[Followed, ...]:
    """Every change with its effect as of today, the latest first; without effects before a week is closed."""
    return _journal(here(), clock.today())[1]


def followed_yet() -> bool:
    """Whether a week with activity is over, so that the changes in the journal can be followed."""
    return _journal(here(), clock.today())[0]


def taken_out() -> pd.DataFrame:
    """What was taken out of the journal, the last one first: see ``History.removed_adjustments``."""
    return _taken_out(here())


def sentences(found: Followed) -> tuple[str, ...]:
    """What came of one change, one sentence for each measure that is followed; plain text, not markdown."""
    return tuple(sentence(found, effect) for effect in found.effects)


@cached("16MB")
def _journal(place: Place, today: date) -> tuple[bool, tuple[Followed, ...]]:
    """Whether changes are followed yet, and the changes."""
    kept: pd.DataFrame = data.at(place).adjustments()
    review = judgement.reviewed(as_of=today) if len(kept) else None
    if review is None:
        return False, tuple(Followed(entry, ()) for entry in entries(kept))
    return True, followed(kept, review.weekly, review.days, data.roster())


@cached("1MB")
def _taken_out(place: Place) -> pd.DataFrame:
    gone = data.at(place).removed_adjustments()
    return gone.assign(removed_at=gone["removed_at"].dt.tz_convert(clock.zone()))
