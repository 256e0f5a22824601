"""The rows of the log about one person, the newest first: what stands behind a line of a call list."""

from __future__ import annotations

from datetime import date

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.events import IN_ORDER, visible

#: So many rows of one person are shown.
MOST = 200


def person_rows(
    log: IntoFrame, party: str, who: str, *, as_of: date, roster: pd.DataFrame | None = None, limit: int = MOST
) -> pd.DataFrame:
    """The newest rows about a candidate, or about a contact (else a client), up to the end of ``as_of``.

    Columns of the log; the newest first.
    """
    name = nw.col("candidate") if party == "candidate" else nw.coalesce("contact", "client")
    theirs = visible(log, as_of, roster).filter(name == who)
    newest = theirs.sort(*IN_ORDER, descending=True).head(limit)
    rows = newest.drop("day", "recorded").collect("pandas").to_native()
    return rows.sort_values(list(IN_ORDER), ascending=False, ignore_index=True)
