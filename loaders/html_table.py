"""Tables of a web page, which some systems save under the name of a workbook, to a table of text.

Read with the standard library's parser, which follows no link and runs nothing. The rows of all tables stand one below
the other, as a spreadsheet program shows such a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pyarrow as pa

from loaders.content import not_a_web_table
from loaders.delimited import MOST_COLUMNS, check_size, to_table
from loaders.encoding import to_utf8

#: What HTML allows at most.
_MOST_ROWS_SPANNED = 65_534
#: A page that holds fewer rows with two filled cells is a page, not a table.
_FEWEST_ROWS = 2


@dataclass(slots=True)
class _Cell:
    """An open cell: what of it has been read so far and how far it reaches."""

    columns: int
    rows: int
    text: list[str] = field(default_factory=list)


class _Tables(HTMLParser):
    """Collects rows of cells; a cell that spans several has its text in the first and leaves the others blank."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._row: list[str] | None = None
        self._cell: _Cell | None = None
        self._spanned: dict[int, int] = {}
        self._width = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._end_row()
            self._row = []
        elif tag in ("td", "th"):
            self._end_cell()
            self._row = [] if self._row is None else self._row
            told = dict(attrs)
            columns, rows = _span(told.get("colspan"), MOST_COLUMNS + 1), _span(told.get("rowspan"), _MOST_ROWS_SPANNED)
            self._cell = _Cell(columns, rows)
        elif tag in ("br", "p", "div", "li") and self._cell:
            self._cell.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag == "table":
            self._end_row()
            self._spanned = {}

    def handle_data(self, data: str) -> None:
        if self._cell:
            self._cell.text.append(data)

    def close(self) -> None:
        super().close()
        self._end_row()

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        self._skip_spanned()
        start = len(self._row)
        self._row += [" ".join("".join(self._cell.text).split()), *[""] * (self._cell.columns - 1)]
        check_size(1, len(self._row))
        if self._cell.rows > 1:
            self._spanned |= dict.fromkeys(range(start, len(self._row)), self._cell.rows)
        self._cell = None

    def _skip_spanned(self) -> None:
        """Leave blank what a cell of a row above reaches down to."""
        while self._row is not None and self._spanned.get(len(self._row), 0) > 0:
            self._row.append("")

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is None:
            return
        self._skip_spanned()
        self._width = max(self._width, len(self._row))
        check_size(len(self.rows), self._width)
        self._spanned = {column: rows - 1 for column, rows in self._spanned.items() if rows > 1}
        self.rows.append(self._row)
        self._row = None


def _span(text: str | None, most: int) -> int:
    return min(max(int(text), 1), most) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1


def read_html(data: bytes) -> tuple[pa.Table, str]:
    """The rows of all tables of a page as columns "0", "1", ... of text, and the encoding.

    Raises ``RefusedError`` with ``not_a_table`` where the page holds no table, ``file_too_wide`` where it is too large.
    """
    utf8, encoding, _ = to_utf8(data)
    parser = _Tables()
    parser.feed(utf8.decode("utf-8", errors="replace"))
    parser.close()
    if sum(sum(map(bool, row)) > 1 for row in parser.rows) < _FEWEST_ROWS:
        raise not_a_web_table()
    return to_table(parser.rows, max(map(len, parser.rows))), encoding
