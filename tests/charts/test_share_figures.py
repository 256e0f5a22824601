from __future__ import annotations

import pandas as pd
import pytest

from charts import describe_share, share_figure


def shares(*pairs):
    days = pd.date_range("2026-08-28", periods=len(pairs), freq="7D")
    counts = pd.DataFrame(pairs, columns=["count", "of"])
    share = (counts["count"] / counts["of"]).where(counts["of"] > 0)
    return counts.assign(day=days, share=share, low=share - 0.1, high=share + 0.1)


def test_each_point_has_its_range_and_its_counts():
    [line] = share_figure(shares((1, 4), (2, 4))).data
    assert list(line.y) == [0.25, 0.5]
    assert list(line.error_y.array) == pytest.approx([0.1, 0.1])
    assert list(line.error_y.arrayminus) == pytest.approx([0.1, 0.1])
    assert line.hovertext[1] == "4 Sep 2026: 50 %, 2 of 4"


def test_a_week_without_anything_to_count_is_a_gap_and_not_zero():
    [line] = share_figure(shares((1, 4), (0, 0), (2, 4))).data
    assert pd.isna(line.y[1])
    assert not line.connectgaps
    assert line.hovertext[1] == ""


def test_the_axis_ends_a_little_above_the_highest_range_and_never_above_all():
    assert share_figure(shares((1, 10), (2, 10))).layout.yaxis.range[1] == pytest.approx(0.33)
    assert share_figure(shares((10, 10))).layout.yaxis.range[1] == 1
    assert share_figure(shares((0, 0))).layout.yaxis.range[1] == 1


@pytest.mark.parametrize(("count", "step"), [(10, 0.25), (2, 0.1), (0.5, 0.05), (0, 0.05)])
def test_the_lines_of_the_axis_are_round_and_few(count, step):
    assert share_figure(shares((count, 10))).layout.yaxis.dtick == step


def test_few_days_are_named_the_last_among_them():
    ticks = share_figure(shares(*[(1, 4)] * 13)).layout.xaxis.ticktext
    assert len(ticks) == 4
    assert ticks[-1] == "20 Nov"


def test_the_words_tell_the_ends_and_the_gaps():
    said = describe_share(shares((1, 4), (0, 0), (2, 4)), "Reached")
    assert said == (
        "Reached, from 25 % (1 of 4) on 28 Aug 2026 to 50 % (2 of 4) on 11 Sep 2026. 1 of 3 have nothing to count."
    )
    assert describe_share(shares((0, 0)), "Reached") == "Reached: nothing to count in any of the 1 weeks."
