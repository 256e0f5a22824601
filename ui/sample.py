"""The sample data on its way into the history: made up, read and stored like any export."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from loaders import Loaded, Options, load
from sample_data import Plan, write
from sample_data.plan import last_sunday
from ui import intake
from ui.intake import Outcome

#: Exports of this system do not say whom a call was with; in the sample all of them were with candidates.
_ONE_SIDED = "opencats"


def load_sample(today: date, say: Callable[[str, float], None]) -> Outcome:
    """Makes the sample exports up to the last Sunday before ``today``, reads and stores them.

    ``say`` hears what is being done and how far it is, from 0 to 1.
    """
    with TemporaryDirectory() as folder:
        say("Making up twelve desks", 0.05)
        paths = [path for path in write(Plan(end=last_sunday(today)), Path(folder)) if path.suffix != ".json"]
        loaded = [_read(path, index / len(paths), today, say) for index, path in enumerate(paths)]
    say("Storing", 0.9)
    return intake.store_loaded(loaded)


def _read(path: Path, share: float, today: date, say: Callable[[str, float], None]) -> Loaded:
    say(f"Reading {path.name}", 0.2 + 0.7 * share)
    options = Options(side="candidate" if _ONE_SIDED in path.name else None, today=today)
    return load(path, path.name, options)
