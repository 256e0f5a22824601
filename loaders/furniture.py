"""Rows that belong to a report and not to its table: totals, notices, repeated headers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.arrange import Arranged
from loaders.recognise import Match
from loaders.rows import Rows

_TOTAL = r"(grand )?(sub[ -]?)?totals?"
#: A cell that begins so, in a row without a date.
NOTICES = (
    rf"(?i)^({_TOTAL}\b|confidential information|copyright\b|\(c\) |©|generated (by|on|at)\b|as of\b|row labels\b|"
    r"report (generated|run|created)\b|printed (by|on)\b|page \d+ of \d+|end of report\b|\(?\d+ (rows?|records?)\)?$)"
)
#: A cell that is nothing else than this makes the row a total even if it has a date.
TOTALS = rf"(?i)^{_TOTAL}( \([\d,.]+ \w+\))?:?$"


def furniture(
    rows: Rows, match: Match, undated: np.ndarray, arranged: Arranged
) -> tuple[np.ndarray, list[tuple[int, str]]]:
    """Which rows are furniture, and their row numbers with the text that says so.

    A client may be called *Total*: a row whose activity is known never goes, and one with a date only where the
    activity is blank. Notes are not looked at. Which column comes first does not matter.
    """
    known = (arranged.rule >= 0) & (match.layout.shape != "wide")
    suspects = ~known & (undated | arranged.blank)
    mask = np.zeros(len(rows), dtype=bool)
    if not suspects.any():
        return mask, []
    chosen = pa.array(suspects)
    cells = {label: cell.filter(chosen) for label, cell in rows.cells.items()}
    notes = {match.header.labels[position] for position in match.columns.get("notes", ())}
    texts = [cell for label, cell in cells.items() if label not in notes]
    notice = np.any([matches_of(text, NOTICES) for text in texts], axis=0) & undated[suspects]
    total = np.any([matches_of(text, TOTALS) for text in texts], axis=0)
    found = notice | total | _repeats_header(list(cells.values()), match)
    mask[suspects] = found
    first = pc.coalesce(*cells.values()).filter(pa.array(found)).to_pylist()
    return mask, list(zip(rows.number[mask].tolist(), first, strict=True))


def matches_of(column: pa.ChunkedArray, pattern: str) -> np.ndarray:
    """Which cells match a pattern; empty ones do not."""
    return pc.fill_null(pc.match_substring_regex(column, pattern), False).to_numpy()


def _repeats_header(cells: Sequence[pa.ChunkedArray], match: Match) -> np.ndarray:
    """Reports printed page by page carry their header on every page."""
    used = sorted({position for positions in match.columns.values() for position in positions})
    same = [pc.fill_null(pc.equal(cells[p], match.header.labels[p]), False).to_numpy() for p in used]
    return np.sum(same, axis=0) >= min(2, len(used))
