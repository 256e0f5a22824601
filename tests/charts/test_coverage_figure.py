from __future__ import annotations

import pandas as pd
import pytest

from charts import coverage_figure, describe_coverage


@pytest.fixture
def weeks() -> pd.DataFrame:
    """Two desks in November: the first misses the second week, the second begins a week later."""
    rows = [
        ("Desk 01", "2026-11-02", 10, False),
        ("Desk 01", "2026-11-09", 0, True),
        ("Desk 01", "2026-11-16", 4, False),
        ("Desk 01", "2026-11-23", 16, False),
        ("Desk 02", "2026-11-09", 200, False),
        ("Desk 02", "2026-11-16", 1, False),
    ]
    frame = pd.DataFrame(rows, columns=["desk", "week", "rows", "gap"])
    return frame.assign(week=pd.to_datetime(frame["week"]))


def cells(frame: pd.DataFrame) -> list[list]:
    return coverage_figure(frame).data[0].z.tolist()


def test_a_cell_is_as_full_as_the_week_was_against_the_desks_usual_one(weeks):
    assert cells(weeks)[0] == [1.0, None, 0.4, 1.6]
    assert cells(weeks)[1] == [None, 200 / 100.5, 1 / 100.5, None]


def test_a_gap_is_a_cross_in_its_place_and_says_so(weeks):
    gaps = coverage_figure(weeks).data[1]
    assert (list(gaps.x), list(gaps.y), gaps.marker.symbol) == ([1], [0], "x-thin")
    assert gaps.hovertext == ("<b>Desk 01</b>, week of 9 Nov 2026<br>nothing, though rows are expected",)


def test_each_cell_says_its_desk_week_and_rows(weeks):
    texts = coverage_figure(weeks).data[0].hovertext
    assert texts[1][2] == "<b>Desk 02</b>, week of 16 Nov 2026<br>1 row"
    assert texts[1][0] == "not expected"


def test_desks_stand_from_top_to_bottom_with_weeks_below_them(weeks):
    layout = coverage_figure(weeks).layout
    assert list(layout.yaxis.ticktext) == ["Desk 01", "Desk 02"]
    assert layout.yaxis.range == (1.5, -0.5)
    assert layout.xaxis.ticktext == ("2 Nov<br>2026", "9 Nov", "16 Nov", "23 Nov")


def test_the_map_grows_with_its_desks(weeks):
    more = pd.concat([weeks, weeks.assign(desk="Desk 03")])
    assert coverage_figure(more).layout.height == coverage_figure(weeks).layout.height + 24


def test_names_from_files_are_no_markup(weeks):
    figure = coverage_figure(weeks.assign(desk="<b>Desk</b>"))
    assert list(figure.layout.yaxis.ticktext) == ["&lt;b&gt;Desk&lt;/b&gt;"]
    assert "&lt;b&gt;Desk&lt;/b&gt;" in figure.data[1].hovertext[0]


def test_a_desk_without_any_row_is_all_crosses(weeks):
    silent = weeks[weeks["desk"] == "Desk 02"].assign(desk="Dsek 02", rows=0, gap=True)
    figure = coverage_figure(pd.concat([weeks, silent]))
    assert figure.data[0].z.tolist()[2] == [None, None, None, None]
    assert list(figure.data[1].x) == [1, 1, 2]


def test_the_alt_text_has_the_gaps(weeks):
    opening = "Rows per desk and week, week of 2 Nov 2026 to week of 23 Nov 2026, 2 desks."
    assert describe_coverage(weeks) == f"{opening} Desk 01: 1 week without a row."
    assert describe_coverage(weeks.assign(gap=False)) == f"{opening} No week without a row."
