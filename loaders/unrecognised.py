"""Why a file was not recognised, and what its owner can do about it."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.columns import FEWEST_KNOWN, OF_THE_FIRM, count_columns, find_columns, is_personal, missing_columns
from loaders.header import Header, best_header, find_headers
from loaders.layout import Layout
from loaders.layout_check import FIELDS, ROSTER_FIELDS
from loaders.reading import Sheet
from loaders.refusal import RefusedError, refuse
from loaders.report import Options
from loaders.words import listing, nearest

#: The layout of headers known by synonyms: what a file is measured against that no layout knows.
GENERAL = "matched"
_MAP = "Or map the file on the page Upload, once for all of its kind."
_FORMAT = f"Put the names of the columns in the first row, for instance occurred_at, desk, activity. {_MAP}"
_MISSING = {
    "occurred_at": (
        "no_date_column",
        "No column holds the dates.",
        f"Export the column with the date of each activity. {_MAP}",
    ),
    "desk": (
        "no_desk_column",
        "No column says whose activity it is.",
        f"Export the column with the recruiter, or say whose file it is: --desk NAME. {_MAP}",
    ),
    "activity": (
        "no_activity_column",
        "No column says what was done.",
        f"Export the column with the type of each activity (call, interview, placement and so on). {_MAP}",
    ),
}


def check_told(options: Options) -> None:
    """Raise ``field_unknown`` or ``column_personal`` where columns a person chose cannot be meant."""
    known = {*FIELDS, *ROSTER_FIELDS}
    for name, label in (options.columns or {}).items():
        if name not in known:
            raise refuse("field_unknown", f'"{name}" is not a column of ours.{nearest(name, known)}', _FORMAT)
        if is_personal(label) and name not in OF_THE_FIRM:
            reason = f'The column "{label}" holds personal data, which never enters the log.'
            raise refuse("column_personal", reason, "Choose a column with names or ids instead.")


def unrecognised(sheets: Sequence[Sheet], layouts: Sequence[Layout], options: Options) -> RefusedError:
    """The error that says what is missing, as seen from the row that looks most like a header."""
    general = [layout for layout in layouts if layout.name == GENERAL] or layouts
    layout = general[0]
    headers = [header for sheet in sheets for header in find_headers(sheet.cells, options.header_row)]
    header = best_header(headers, count_columns(layout, options))
    found = find_columns(layout, header, options) if header else {}
    if header and not set(options.columns or ()) <= set(found):
        return _column_missing(header, found, options)
    if header is None or len(found) < min(FEWEST_KNOWN, len(layout.columns)):
        where = f"Row {options.header_row}" if options.header_row is not None else "No row among the first fifteen"
        verb = "does not look" if options.header_row is not None else "looks"
        return refuse("no_header", f"{where} {verb} like the names of columns.", _FORMAT)
    return _needed(layout, header, missing_columns(layout, found, options))


def _column_missing(header: Header, found: dict[str, tuple[int, ...]], options: Options) -> RefusedError:
    unknown = [label for name, label in (options.columns or {}).items() if name not in found]
    reason = f"There is no column {listing(unknown)}.{nearest(unknown[0], header.labels)}"
    return refuse("column_missing", reason, f"The columns are {listing(header.labels, 20)}.")


def _needed(layout: Layout, header: Header, missing: Sequence[str]) -> RefusedError:
    first = next((name for name in _MISSING if name in missing), "")
    if first:
        code, reason, fix = _MISSING[first]
        return refuse(code, f"{reason} The columns are {listing(header.labels, 12)}.", fix)
    reason = f"Columns that {layout.title} needs are missing: {listing(missing)}."
    return refuse("columns_missing", reason, "Export these columns too, or leave the layout to be recognised.")
