"""Signals, adjustments and holidays in the figures, and in words."""

from __future__ import annotations

import pandas as pd
import pytest

from charts import describe_trend, trend_figure
from charts.notes import COLUMNS, describe_notes, legend, placed, wrapped
from charts.template import NEUTRAL, SERIES, periods_of


def noted(*notes: tuple[str, str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(notes, columns=list(COLUMNS))
    return frame.assign(day=pd.to_datetime(frame["day"]))


def named(figure, name):
    return [trace for trace in figure.data if trace.name == name]


@pytest.mark.parametrize(
    ("day", "x"), [("2026-07-31", None), ("2026-08-01", 0), ("2026-10-31", 2), ("2026-11-30", 3), ("2026-12-01", None)]
)
def test_a_note_falls_into_its_month_and_none_outside_the_figure(frame, day, x):
    at = placed(noted(("", day, "holiday", "A day off")), periods_of(frame))
    assert at["x"].tolist() == ([] if x is None else [x])


@pytest.mark.parametrize(
    ("period", "start", "last", "after"),
    [
        ("2026-W47", "2026-11-16", "2026-11-22", "2026-11-23"),
        ("2026-Q4", "2026-10-01", "2026-12-31", "2027-01-01"),
    ],
)
def test_the_last_week_and_the_last_quarter_end_with_their_last_day(period, start, last, after):
    one = pd.DataFrame({"period": [period], "period_start": pd.to_datetime([start]), "closed": [True]})
    found = placed(noted(("", last, "holiday", "in"), ("", after, "holiday", "out")), periods_of(one))
    assert found["text"].tolist() == ["in"]


def test_a_signal_stands_above_the_value_of_its_month_in_the_colour_of_its_desk(two_desks, words):
    notes = noted(
        ("Desk 02", "2026-09-30", "bad", "It got worse."), ("Desk 02", "2026-10-30", "good", "It got better.")
    )
    (mark,) = named(trend_figure(two_desks, words, notes), "raised")
    assert list(mark.x) == [1, 2]
    assert all(4.0 < y < 6.0 for y in mark.y)
    assert list(mark.marker.symbol) == ["triangle-down", "triangle-up"]
    assert mark.marker.color == SERIES[1].color
    assert mark.hovertext[0] == "<b>Desk 02</b><br>It got worse."


def test_a_signal_in_a_month_without_a_ratio_stands_in_the_middle(frame, words):
    figure = trend_figure(frame, words, noted(("Desk 01", "2026-09-30", "bad", "Nothing got there.")))
    (mark,) = named(figure, "raised")
    assert 0.4 < mark.y[0] / figure.layout.yaxis.range[1] < 0.7


def test_a_signal_of_a_desk_that_is_not_drawn_is_not_drawn_either(frame, words):
    assert not named(trend_figure(frame, words, noted(("Desk 09", "2026-09-30", "bad", "Else."))), "raised")


def test_what_was_changed_and_holidays_stand_on_the_lower_edge_one_mark_a_month(frame, words):
    notes = noted(
        ("", "2026-09-07", "holiday", "Labor Day"),
        ("Desk 01", "2026-10-05", "adjustment", "New call script"),
        ("", "2026-10-12", "adjustment", "Weekly coaching"),
    )
    figure = trend_figure(frame, words, notes)
    (holiday,), (changed,) = named(figure, "a public holiday"), named(figure, "something was changed")
    assert (list(holiday.x), list(changed.x)) == ([1], [2])
    assert holiday.hovertext == ("7 Sep: Labor Day",)
    assert changed.hovertext == ("5 Oct, Desk 01: New call script<br>12 Oct, everybody: Weekly coaching",)
    assert changed.y[0] < 0.1 * figure.layout.yaxis.range[1]
    assert changed.marker.color == NEUTRAL


def test_notes_are_literal_text(frame, words):
    notes = noted(("", "2026-10-05", "adjustment", "<img src=x> <b>loud</b>"))
    (changed,) = named(trend_figure(frame, words, notes), "something was changed")
    assert "<img" not in changed.hovertext[0]
    assert "&lt;b&gt;loud&lt;/b&gt;" in changed.hovertext[0]


def test_long_texts_break_into_lines_that_a_box_can_hold():
    lines = wrapped("word " * 30).split("<br>")
    assert max(map(len, lines)) <= 46
    assert " ".join(lines) == ("word " * 30).strip()


def test_no_note_leaves_the_figure_as_it_is(frame, words):
    assert len(trend_figure(frame, words, noted()).data) == len(trend_figure(frame, words).data)


def test_the_legend_names_only_the_shapes_that_are_drawn():
    notes = noted(("", "2026-10-05", "adjustment", "New"), ("Desk 01", "2026-10-05", "bad", "Worse"))
    assert legend(notes) == "▼ a signal: worse, ✱ something was changed"
    assert legend(noted()) == ""


def test_the_alt_text_tells_the_notes_but_not_the_holidays(frame, words):
    notes = noted(
        ("", "2026-10-12", "adjustment", "Weekly coaching"),
        ("Desk 01", "2026-10-04", "bad", "It got worse."),
        ("", "2026-09-07", "holiday", "Labor Day"),
        ("Desk 01", "2026-01-04", "bad", "Before the figure."),
    )
    assert describe_trend(frame, words, notes).endswith(
        "A signal: worse, Desk 01, 4 Oct 2026: It got worse. "
        "Something was changed, everybody, 12 Oct 2026: Weekly coaching."
    )
    assert describe_notes(noted()) == ""
