"""What must hold for any file and any layout: order and writing change nothing, and every row is accounted for."""

from __future__ import annotations

import csv
import io
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders import Loaded, Options, load

SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])

Rows = list[tuple[str, ...]]

CALLS: dict[str, Any] = {
    "name": "calls",
    "columns": {
        "occurred_at": ["Began"],
        "desk": ["Agent"],
        "activity": ["Kind"],
        "candidate": ["Name"],
        "outcome": ["Result"],
    },
    "helpers": {"call": ["Call"], "entry": ["Entry"], "talk": ["Talk"], "line": ["Line"]},
    "fallback": {"entry": "call", "desk": "line"},
    "durations": {"talk": "minutes"},
    "zones": {"occurred_at": "UTC"},
    "copies": [{"reason": "leg", "same": ["entry"], "prefer": [{"talk": {"at_least": 60}}, {"desk": "filled"}]}],
    "ignore": [{"reason": "campaign", "when": {"outcome": {"contains": ["campaign"]}}}],
    "activities": [
        {"values": ["call"], "when": {"talk": {"at_least": 60}}, "give": ["recruiting_call"]},
        {"values": ["call", "missed"], "give": ["call_attempt"]},
    ],
}
HEADER = ("Began", "Agent", "Kind", "Name", "Result", "Call", "Entry", "Talk", "Line")
ROW = st.tuples(
    st.sampled_from(
        ["2026-03-08 07:59", "2026-11-01T06:30:00Z", "2026-03-02 23:30:00", "2026-11-01 07:30", "soon", ""]
    ),
    st.sampled_from(["Desk 01", "Désk 02", ""]),
    st.sampled_from(["call", "Missed", "odd", ""]),
    st.sampled_from(["A", "B", ""]),
    st.sampled_from(["", "interested", "Spring CAMPAIGN", "odd"]),
    st.sampled_from(["1", "2", ""]),
    st.sampled_from(["1", "2", ""]),
    st.sampled_from(["0.5", "2", "45k", ""]),
    st.sampled_from(["", "Front desk"]),
)
ROWS = st.lists(ROW, min_size=1, max_size=12)
#: Makes sure that the file has a time of day, a known value and a letter that encodings write differently.
ANCHOR = ("2026-01-05 08:15", "Désk 09", "call", "A", "", "", "", "2", "")
ZONE = Options(mapping=CALLS, time_zone="America/Chicago")

WIDE: dict[str, Any] = {
    "name": "placements",
    "shape": "wide",
    "day_first": False,
    "columns": {"desk": ["Owner"], "candidate": ["Name"]},
    "helpers": {"status": ["Status"]},
    "fallback": {"planned_end": "ended"},
    "stages": [
        {"columns": ["Start"], "give": ["start"]},
        {"name": "ended", "columns": ["End"], "when": {"status": ["Over"]}, "give": ["end"]},
        {"columns": ["End"], "when": {"status": ["Quit"]}, "give": [{"activity": "end", "outcome": "quit"}]},
    ],
}
WIDE_HEADER = ("Owner", "Name", "Status", "Start", "End")
DATES = st.sampled_from(["03/25/2026", "3/2/26", "25/12/2026", "TBD", ""])
WIDE_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["D", "E", ""]), st.sampled_from(["A", "B"]), st.sampled_from(["Over", "Quit", "New", ""])
    ).flatmap(lambda known: st.tuples(*map(st.just, known), DATES, DATES)),
    min_size=1,
    max_size=10,
)
WIDE_ANCHOR = ("D", "Anchor", "Over", "03/26/2026", "03/27/2026")


def written(table: Rows, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(table)
    return out.getvalue().encode(encoding)


def said(result: Loaded) -> tuple[object, ...]:
    """The log without its row numbers, and all counts."""
    report, frame = result.report, result.frame.drop(columns="source_row").astype(object)
    rows = sorted(frame.where(frame.notna(), "").astype(str).itertuples(index=False, name=None))
    parts = (report.rows_read, report.accepted, report.duplicate, report.unmapped, report.rejected, report.activities)
    codes = sorted((problem.code, problem.column, problem.value) for problem in report.problems)
    return rows, parts, codes, dict(report.unmapped_values), dict(report.ignored_rows), set(report.warnings)


def loaded(table: Rows, options: Options, **written_as: str) -> Loaded:
    return load(written(table, **written_as), "f.csv", options)


@SLOW
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing_in_a_layout_with_copies_zones_and_durations(rows, random):
    shuffled = [*rows, ANCHOR]
    random.shuffle(shuffled)
    assert said(loaded([HEADER, *rows, ANCHOR], ZONE)) == said(loaded([HEADER, *shuffled], ZONE))


@SLOW
@given(
    ROWS,
    st.permutations(range(len(HEADER))),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
)
def test_neither_the_order_of_columns_nor_the_writing_changes_anything(rows, order, delimiter, encoding):
    table = [HEADER, *rows, ANCHOR]
    moved = [tuple(row[place] for place in order) for row in table]
    first, second = loaded(table, ZONE), loaded(moved, ZONE, delimiter=delimiter, encoding=encoding)
    assert said(first) == said(second)


@SLOW
@given(WIDE_ROWS, st.randoms(use_true_random=False))
def test_the_order_of_wide_rows_changes_nothing(rows, random):
    shuffled = [*rows, WIDE_ANCHOR]
    random.shuffle(shuffled)
    options = Options(mapping=WIDE)
    assert said(loaded([WIDE_HEADER, *rows, WIDE_ANCHOR], options)) == said(loaded([WIDE_HEADER, *shuffled], options))


@SLOW
@given(
    st.one_of(
        ROWS.map(lambda rows: ([HEADER, *rows, ANCHOR], ZONE)),
        WIDE_ROWS.map(lambda rows: ([WIDE_HEADER, *rows, WIDE_ANCHOR], Options(mapping=WIDE))),
    )
)
def test_every_row_is_accounted_for_and_those_to_mend_are_kept(file):
    table, options = file
    result = loaded(table, options)
    report = result.report
    filled = [row for row in table[1:] if any(row)]
    assert report.rows_read == len(filled)
    assert report.rows_read == report.accepted + report.duplicate + report.ignored + report.unmapped + report.rejected
    assert sum(report.ignored_rows.values()) == report.ignored
    assert result.frame["source_row"].nunique() == report.accepted
    assert result.frame["activity_id"].is_unique
    assert (0 if result.left_out is None else len(result.left_out)) == report.unmapped + report.rejected


GROUPED = {
    "name": "grouped",
    "words": ["own"],
    "columns": {name: [name] for name in ("desk", "occurred_at", "activity")},
}


@SLOW
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Desk 01", "Desk 02"]),
            st.sampled_from(["2026-03-02 09:00", "2026-03-03", "soon"]),
            st.sampled_from(["fill", "hit", "odd"]),
        ),
        min_size=1,
        max_size=10,
    )
)
def test_a_list_with_merged_groups_says_what_the_list_with_every_cell_says(rows):
    rows = [("Desk 01", "2026-03-02", "fill"), *rows]
    above = [(after[0] if after[0] != before[0] else "", *after[1:]) for before, after in pairwise(rows)]
    header = ("desk", "occurred_at", "activity")
    whole = loaded([header, *rows], Options(mapping=GROUPED))
    merged = loaded([header, rows[0], *above], Options(mapping=GROUPED | {"fill_down": ["desk"]}))
    assert said(whole)[:-1] == said(merged)[:-1]
