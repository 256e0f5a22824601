"""Rows that belong to a report and not to its table: totals, notices, headings of sections, repeated headers."""

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
_MONTHS = (
    r"jan(uary|uar|vier)?|feb(ruary|ruar)?|f[ée]vr(ier)?|m(ar|rz|är|aer)(ch|z|s)?|apr(il)?|avr(il)?|may|mai|june?|juin"
    r"|juni|july?|juli|juil(let)?|aug(ust)?|ao[ûu]t|sept?(ember|embre)?|o[ck]t(ober|obre)?|nov(ember|embre)?"
    r"|de[cz](ember|embre)?|d[ée]c(embre)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre"
    r"|noviembre|diciembre"
)
_DAYS = r"mon|tues?|wed(nes)?|thu(rs?)?|fri|sat(ur)?|sun"
#: A cell that is nothing else than this, alone in its row, heads the rows of a month, a week, a quarter or a day, or
#: counts them (``28 lines``, ``Support Desk (3 records)``).
HEADINGS = (
    rf"(?i)^\W*((month( of)?|mth|month:) )?({_MONTHS})\.?,?( ?'?\d\d(\d\d)?)?\W*$"
    r"|(?i)^\W*(week|wk|kw|semaine|semana|woche|quarter|qtr|month|day)\W*(no\.? ?)?\d{1,2}(\W+(of )?\d{4})?\W*$"
    r"|(?i)^\W*q[1-4](\W*\d\d(\d\d)?)?\W*$"
    r"|(?i)^\W*(w/?c|w/?e|week (commencing|beginning|ending|of|from|starting))\b.*$"
    rf"|(?i)^\W*({_DAYS})(day)?s?\W*$"
    r"|(?i)^\W*\d+ (lines?|entries|items?|rows?|records?|calls?|activities|zeilen|einträge|lignes|líneas|filas"
    r"|people|consultants?|contractors?|employees|assignments?|placements?|cases?|tickets?|timecards?|timesheets?)\W*$"
    r"|(?i)^.+ \([\d,.]+ (records?|rows?|items?)\)$"
)
#: What a total is of: a month, a week, a quarter, a year.
_PERIOD = (
    rf"(({_MONTHS})\.?,?|(week|wk|kw|month|quarter|qtr|day)( (no\.? ?)?\d{{1,2}})?|q[1-4]|(?:19|20)\d\d)"
    r"( '?\d\d(\d\d)?)?"
)
#: A cell that is nothing else than this makes the row a total even if it has a date: *Total Jul*, *July total: 28*.
TOTALS = rf"(?i)^({_TOTAL}( (for|of|in))?( {_PERIOD})?|{_PERIOD} {_TOTAL})( \([\d,.]+ \w+\)|:? ?[\d,.]+)?:?$"
#: A cell of a column of dates that begins so stands in a row of totals.
LEADING = rf"(?i)^{_TOTAL}\b"


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
    notice = np.any([matches_of(text, NOTICES) for text in texts], axis=0)
    notice = (notice | heads(list(cells.values()))) & undated[suspects]
    total = np.any([matches_of(text, TOTALS) for text in texts], axis=0)
    found = notice | total | _repeats_header(list(cells.values()), match)
    mask[suspects] = found
    first = pc.coalesce(*cells.values()).filter(pa.array(found)).to_pylist()
    return mask, list(zip(rows.number[mask].tolist(), first, strict=True))


def matches_of(column: pa.ChunkedArray, pattern: str) -> np.ndarray:
    """Which cells match a pattern; empty ones do not."""
    return pc.fill_null(pc.match_substring_regex(column, pattern), False).to_numpy()


def heads(cells: Sequence[pa.ChunkedArray]) -> np.ndarray:
    """Which records are headings of a section: one cell filled, empty ones null, with the name of a month or week."""
    alone = np.sum([pc.is_valid(cell).to_numpy() for cell in cells], axis=0) == 1
    if len(cells) > 1 and alone.any():
        chosen = pa.array(alone)
        alone[alone] = np.any([matches_of(cell.filter(chosen), HEADINGS) for cell in cells], axis=0)
        return alone
    return np.zeros(len(alone), dtype=bool)


def _repeats_header(cells: Sequence[pa.ChunkedArray], match: Match) -> np.ndarray:
    """Reports printed page by page carry their header on every page."""
    used = sorted({position for positions in match.columns.values() for position in positions})
    same = [pc.fill_null(pc.equal(cells[p], match.header.labels[p]), False).to_numpy() for p in used]
    return np.sum(same, axis=0) >= min(2, len(used))
