"""The people of the page Care to take away, as CSV or workbook."""

from __future__ import annotations

import pandas as pd

from ui import care_data, clock, downloads
from ui.downloads import Sheet


def buttons(people: pd.DataFrame, words: str) -> None:
    """Two buttons for these people, all pages of them."""
    weights = care_data.weights()
    asked = f"As of {clock.today().isoformat()}: {words}"
    about = tuple(filter(None, (asked, f"{weights.since} {weights.in_words}", care_data.not_judged())))
    downloads.buttons(table(people), Sheet("care", "Contractors on assignment", about))


def table(people: pd.DataFrame) -> pd.DataFrame:
    """One row a contractor, as people read it, in the order of the page."""
    return pd.DataFrame(
        {
            "Contractor": people["contractor"],
            "Level": people["level"],
            "Why": ["; ".join(said) or None for said in people["reasons"]],
            "Besides": ["; ".join(said) or None for said in people["context"]],
            "Client": people["client"],
            "Job": people["job"],
            "Desk": people["desk"],
            "Day": people["day"],
            "Started": people["started_on"],
            "Planned end": people["planned_end"],
            "Last contact": people["last_contact"],
            "Care": people["care_owner"],
            "Support": people["support_owner"],
            "Points": people["points"],
        }
    )
