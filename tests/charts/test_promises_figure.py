from __future__ import annotations

import pandas as pd

from charts.promises import describe_promises, promises_figure


def weeks(*rows):
    mondays = pd.date_range("2026-10-26", periods=len(rows), freq="7D")
    return pd.DataFrame(rows, columns=["kept", "late", "overdue"]).assign(week=mondays)


def trace(figure, name):
    return next(one for one in figure.data if one.name == name)


def test_each_week_is_a_bar_of_three_parts_with_its_share_above():
    figure = promises_figure(weeks((6, 2, 2), (0, 0, 0), (1, 1, 1)))
    assert [list(trace(figure, name).y) for name in ("Kept", "Late", "Overdue")] == [[6, 0, 1], [2, 0, 1], [2, 0, 1]]
    assert list(trace(figure, "share kept").y) == [10, 0, 3]
    assert list(trace(figure, "share kept").text) == ["60", "", "33"]


def test_the_parts_are_told_apart_without_colour_and_named():
    figure = promises_figure(weeks((6, 2, 2)))
    assert len({trace(figure, name).marker.pattern.shape for name in ("Kept", "Late", "Overdue")}) == 3
    assert figure.layout.showlegend
    assert trace(figure, "Late").hovertext[0] == "week of 26 Oct 2026: 6 kept, 2 late, 2 overdue, 60 % kept"


def test_twelve_weeks_have_few_enough_labels_for_a_phone():
    axis = promises_figure(weeks(*[(1, 0, 0)] * 12)).layout.xaxis
    assert list(axis.ticktext) == ["26 Oct", "16 Nov", "7 Dec", "28 Dec"]
    assert list(axis.tickvals) == [0, 3, 6, 9]


def test_the_words_name_the_first_the_last_the_best_and_the_worst_week():
    said = describe_promises(weeks((0, 0, 0), (5, 5, 0), (8, 1, 1), (1, 0, 9), (6, 2, 2)))
    assert "First week of 2 Nov 2026: 5 kept, 5 late, 0 overdue, 50 % kept" in said
    assert "last week of 23 Nov 2026: 6 kept" in said
    assert "best week of 9 Nov 2026: 8 kept" in said
    assert "worst week of 16 Nov 2026: 1 kept" in said


def test_weeks_in_which_nothing_fell_due_say_so():
    nothing = weeks((0, 0, 0), (0, 0, 0))
    assert describe_promises(nothing) == "Nothing fell due in these weeks."
    assert promises_figure(nothing).layout.yaxis.range[1] > 0
