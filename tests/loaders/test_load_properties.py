"""What must hold for any file: neither the order of rows or columns nor the writing of a file changes what it says."""

from __future__ import annotations

import csv
import html
import io

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders import Loaded, Options, load

HEADER = ("occurred_at", "desk", "activity", "candidate", "job", "outcome", "notes", "Unused")
SLOW = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])

DATES = st.sampled_from(
    [
        "2026-03-02",
        "2026-03-02 09:00",
        "2026-03-02 09:00:30",
        "2026-03-03 10:15",
        "soon",
        "",
        "1900-01-01",
        "1985-01-01",
    ]
)
TEXTS = st.sampled_from(
    ["", "A", "Zoë Sample", 'say "hi"', "a, b; c|d", "two\nlines", "Total", "=1+1", "été", "As of now"]
)
ROWS = st.lists(
    st.tuples(
        DATES,
        st.sampled_from(["", "Desk 01", "Desk 02"]),
        st.sampled_from(["fill", "Send-Out", "send_out", "odd word", ""]),
        TEXTS,
        TEXTS,
        st.sampled_from(["", "held", "Completed", "went well"]),
        TEXTS,
        TEXTS,
    ),
    min_size=1,
    max_size=12,
)
#: Makes sure that the file has a date, a known activity and cells no reader trims away.
ANCHOR = ("2026-01-05 08:00", "Desk 09", "hit", "A", "J", "", "n", "u")


def written(rows: list[tuple[str, ...]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def workbook(rows: list[tuple[str, ...]]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row, cells in enumerate(rows, 1):
        for column, text in enumerate(cells, 1):
            cell = book.active.cell(row, column, text or None)
            cell.data_type = "s" if text else "n"
    book.save(out)
    return out.getvalue()


def loaded(rows: list[tuple[str, ...]], name: str = "log.csv", content: bytes | None = None) -> Loaded:
    return load(content or written(rows), name, Options())


def counts(result: Loaded) -> tuple[object, ...]:
    report = result.report
    parts = (report.rows_read, report.accepted, report.duplicate, report.unmapped, report.rejected, report.furniture)
    return (*parts, sorted(problem.code for problem in report.problems), dict(report.unmapped_values))


def said(result: Loaded) -> list[tuple[object, ...]]:
    """The log without its row numbers."""
    frame = result.frame.drop(columns="source_row").astype(object)
    return sorted(frame.where(frame.notna(), "").astype(str).itertuples(index=False, name=None))


@SLOW
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, random):
    shuffled = [*rows, ANCHOR]
    random.shuffle(shuffled)
    first, second = loaded([HEADER, *rows, ANCHOR]), loaded([HEADER, *shuffled])
    assert counts(first) == counts(second)
    assert said(first) == said(second)


@SLOW
@given(ROWS, st.permutations(range(len(HEADER))))
def test_the_order_of_columns_changes_nothing(rows, order):
    table = [HEADER, *rows, ANCHOR]
    moved = [tuple(row[place] for place in order) for row in table]
    first, second = loaded(table), loaded(moved)
    assert counts(first) == counts(second)
    assert said(first) == said(second)


@SLOW
@given(ROWS, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
def test_encoding_and_delimiter_change_nothing(rows, delimiter, encoding):
    table = [HEADER, ANCHOR, *rows, (*ANCHOR[:1], "Désk 08", *ANCHOR[2:])]
    first, second = loaded(table), loaded(table, content=written(table, delimiter, encoding))
    assert counts(first) == counts(second)
    assert said(first) == said(second)


@SLOW
@given(ROWS)
def test_a_workbook_says_the_same_as_a_csv(rows):
    table = [HEADER, *rows, ANCHOR]
    first, second = loaded(table), loaded(table, "log.xlsx", workbook(table))
    assert counts(first) == counts(second)
    assert said(first) == said(second)


@SLOW
@given(ROWS)
def test_a_web_page_says_the_same_as_a_csv(rows):
    table = [tuple(" ".join(cell.split()) for cell in row) for row in [HEADER, *rows, ANCHOR]]
    lines = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in table)
    page = f"<html><table><tr>{'</tr><tr>'.join(lines)}</tr></table></html>"
    first, second = loaded(table), loaded(table, "log.xls", page.encode())
    assert counts(first) == counts(second)
    assert said(first) == said(second)


@SLOW
@given(ROWS)
def test_every_row_is_accounted_for_once(rows):
    result = loaded([HEADER, *rows, ANCHOR])
    report = result.report
    filled = [row for row in [*rows, ANCHOR] if any(cell.strip() for cell in row)]
    assert report.rows_read + report.furniture == len(filled)
    assert report.rows_read == report.accepted + report.duplicate + report.ignored + report.unmapped + report.rejected
    assert report.activities == len(result.frame) == report.accepted
    assert result.frame["activity_id"].is_unique
    assert len({problem.row for problem in report.problems if problem.code != "activity_unmapped"}) == report.rejected
