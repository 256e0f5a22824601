from __future__ import annotations

import pandas as pd
import pytest

from charts import describe_pace, describe_small, pace_figure, small_figure

HITS = ("hit", "hits")


def ratios(values, kinds=None, standard=6.0):
    weeks = pd.date_range("2026-08-03", periods=len(values), freq="7D")
    return pd.DataFrame(
        {
            "week": weeks,
            "upstream": [240] * len(values),
            "downstream": [0 if value is None else round(240 / value) for value in values],
            "weeks": 13,
            "value": pd.Series(values, dtype="float64"),
            "standard": standard,
            "kind": pd.Series(kinds or [None] * len(values), dtype=object),
        }
    )


def paces(values, fired=None):
    weeks = pd.date_range("2026-08-03", periods=len(values), freq="7D")
    return pd.DataFrame(
        {
            "week": weeks,
            "value": pd.Series(values, dtype="float64"),
            "mean": 40.0,
            "lower": 25.0,
            "upper": 55.0,
            "fired": pd.Series(fired or [None] * len(values), dtype=object),
        }
    )


def trace(figure, name):
    return next(one for one in figure.data if one.name == name)


def test_the_ratio_runs_over_its_dashed_standard(words):
    figure = small_figure(ratios([4.0, 6.0, 3.0]), words)
    assert list(trace(figure, words.title).y) == [4.0, 6.0, 3.0]
    assert list(trace(figure, "minimum standard").y) == [6.0] * 3
    assert "px" in trace(figure, "minimum standard").line.dash


def test_a_week_without_a_ratio_is_a_gap(words):
    line = trace(small_figure(ratios([4.0, None, 3.0]), words), words.title)
    assert pd.isna(line.y[1])
    assert not line.connectgaps


def test_a_week_between_gaps_is_a_dot(words):
    line = trace(small_figure(ratios([4.0, None, 3.0, None, 5.0, 6.0]), words), words.title)
    assert list(line.marker.size) == [6, 0, 6, 0, 0, 0]


def test_a_signal_points_down_for_worse_and_up_for_better(words):
    figure = small_figure(ratios([4.0, 6.0, 3.0, 2.0], [None, "slump", None, "above_standard"]), words)
    marks = trace(figure, "signal")
    assert list(marks.marker.symbol) == ["triangle-down", "triangle-up"]
    assert list(marks.y) == [6.0, 2.0]
    assert marks.hovertext[0].endswith("<b>got worse</b>")


def test_a_signal_in_a_week_without_a_ratio_stands_at_the_top(words):
    figure = small_figure(ratios([4.0, None], [None, "slump"]), words)
    assert trace(figure, "signal").y[0] == pytest.approx(0.94 * figure.layout.yaxis.range[1])


def test_one_wild_week_does_not_flatten_the_others(words):
    figure = small_figure(ratios([4.0, 5.0, 80.0]), words)
    assert figure.layout.yaxis.range[1] == 15.0
    assert list(trace(figure, words.title).y) == [4.0, 5.0, 15.0]
    assert trace(figure, words.title).hovertext[2].startswith("80.0 : 1")


def test_the_axis_names_the_first_and_the_last_week(words):
    assert list(small_figure(ratios([4.0, 6.0, 3.0]), words).layout.xaxis.ticktext) == ["3 Aug 26", "17 Aug 26"]


def test_the_hover_text_says_the_counts_the_weeks_and_the_standard(words):
    hover = trace(small_figure(ratios([4.0]), words), words.title).hovertext[0]
    assert hover == "4.0 : 1 · 240 send-outs, 60 fills<br>13 weeks to 9 Aug 2026; standard 6 : 1"


def test_the_ratio_in_words_says_first_last_standard_and_signals(words):
    assert describe_small(ratios([4.0, None, 3.0], [None, None, "surge"]), words) == (
        "Send-out to fill, from 4.0 : 1 in the week of 3 Aug 2026 to 3.0 : 1 in the week of 17 Aug 2026; minimum "
        "standard 6 : 1, lower is better. Signals: got better in the week of 17 Aug 2026."
    )


def test_without_any_ratio_the_words_say_so(words):
    assert describe_small(ratios([None, None]), words) == "Send-out to fill: no ratio in any of the 2 weeks."
    assert len(small_figure(ratios([None, None]), words).data) == 3


def test_a_pace_lies_over_its_usual_and_the_band_of_ordinary_weeks():
    figure = pace_figure(paces([40, 38, 41]), HITS)
    assert list(trace(figure, "usual").y) == [40.0] * 3
    assert list(trace(figure, "ordinary weeks").y) == [55.0] * 3 + [25.0] * 3
    assert list(trace(figure, "hits").y) == [40.0, 38.0, 41.0]


def test_a_week_that_stands_out_is_a_square_and_a_week_away_a_gap():
    figure = pace_figure(paces([40, None, 12], [None, None, "far"]), HITS)
    assert list(trace(figure, "stands out").y) == [12.0]
    assert trace(figure, "stands out").marker.symbol == "square"
    assert trace(figure, "hits").hovertext[1] == ""
    assert trace(figure, "hits").hovertext[2] == "week of 17 Aug 2026: 12.0 hits a full week"


def test_a_pace_in_words_says_the_usual_the_last_week_and_how_many_stood_out():
    assert describe_pace(paces([40, 12], [None, "far"]), HITS) == (
        "Hits a full week: usually 40, an ordinary week between 25 and 55; 12 in the week of 10 Aug 2026; "
        "1 of 2 weeks stood out."
    )
    assert describe_pace(paces([]), HITS) == "Hits: too few weeks for a chart."
