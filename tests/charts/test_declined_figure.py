from __future__ import annotations

import pandas as pd

from charts.declined import describe_reasons, reasons_figure

UNKNOWN = "no reason on record"
FRAME = pd.DataFrame({"reason": ["pay", "<b>far</b>", UNKNOWN], "offers": [1_204, 2, 1]})


def test_every_reason_is_a_bar_with_its_number():
    [bars] = reasons_figure(FRAME, UNKNOWN).data
    assert list(bars.x) == [1_204, 2, 1]
    assert list(bars.text) == ["1,204", "2", "1"]
    assert bars.orientation == "h"


def test_the_most_frequent_reason_stands_on_top():
    figure = reasons_figure(FRAME, UNKNOWN)
    first, last = figure.layout.yaxis.range
    assert first > last
    assert list(figure.layout.yaxis.tickvals) == [0, 1, 2]


def test_no_reason_is_a_word_and_another_colour():
    figure = reasons_figure(FRAME, UNKNOWN)
    known, _, unknown = figure.data[0].marker.color
    assert known != unknown
    assert figure.layout.yaxis.ticktext[-1] == UNKNOWN


def test_reasons_out_of_files_are_shown_as_text():
    figure = reasons_figure(FRAME, UNKNOWN)
    assert figure.layout.yaxis.ticktext[1] == "&lt;b&gt;far&lt;/b&gt;"
    assert "<b>&lt;b&gt;far&lt;/b&gt;</b><br>2 offers" in figure.data[0].hovertext


def test_a_long_reason_is_cut_on_the_axis_and_whole_when_pointed_at():
    frame = pd.DataFrame({"reason": ["a very long reason that somebody typed in"], "offers": [1]})
    figure = reasons_figure(frame, UNKNOWN)
    assert figure.layout.yaxis.ticktext == ("a very long reason th…",)
    assert "that somebody typed in" in figure.data[0].hovertext[0]


def test_the_figure_is_said_in_words():
    said = "Why offers were declined: pay, 1,204 offers; <b>far</b>, 2 offers; no reason on record, 1 offer."
    assert describe_reasons(FRAME) == said
