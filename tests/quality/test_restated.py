"""What an import changed in the past."""

from __future__ import annotations

from datetime import date

import pandas as pd

from quality.ratios import ratios
from quality.restated import COLUMNS, compare
from tests.quality.small_logs import frame_of, row

ASKED = {"as_of": date(2026, 12, 31), "start": date(2026, 1, 1), "end": date(2026, 3, 31), "every": "month"}
AVERY = {"candidate": "Avery Sample", "client": "Example Works", "job": "Order 1"}
BEFORE = [row("2026-01-05", "Desk 01", "send_out", **AVERY), row("2026-02-05", "Desk 01", "interview")]


def answer(*rows: dict[str, object]) -> pd.DataFrame:
    return ratios(frame_of(rows), **ASKED)


def test_the_same_log_has_nothing_restated() -> None:
    assert compare(answer(*BEFORE), answer(*BEFORE)).empty
    assert list(compare(answer(*BEFORE), answer(*BEFORE)).columns) == COLUMNS


def test_a_fill_that_came_late_changes_the_ratios_of_its_month_only() -> None:
    changed = compare(answer(*BEFORE), answer(*BEFORE, row("2026-01-20", "Desk 01", "fill", **AVERY)))
    assert list(changed["ratio"]) == ["send_out_to_fill", "contract_to_fill"]
    assert changed["period"].unique().tolist() == ["2026-01"]
    first = changed.iloc[0]
    assert (first["upstream_from"], first["downstream_from"], first["value_from"]) == (1, 0, pd.NA)
    assert (first["upstream_to"], first["downstream_to"], first["value_to"]) == (1, 1, 1.0)


def test_a_fall_off_restates_a_fill_although_its_value_stays() -> None:
    fill = row("2026-01-20", "Desk 01", "fill", **AVERY)
    ended = row("2026-02-01", "Desk 01", "end", outcome="quit", **AVERY)
    changed = compare(answer(*BEFORE, fill), answer(*BEFORE, fill, ended))
    assert list(changed["ratio"]) == ["send_out_to_fill", "contract_to_fill"]
    assert changed[["fell_off_from", "fell_off_to"]].to_numpy().tolist() == [[0, 1], [0, 1]]


def test_a_desk_that_is_gone_counts_nothing_now_and_a_new_one_has_no_past_to_change() -> None:
    other = row("2026-01-05", "Desk 02", "interview")
    came, went = compare(answer(*BEFORE), answer(*BEFORE, other)), compare(answer(*BEFORE, other), answer(*BEFORE))
    assert came.empty
    assert went["unit"].tolist() == ["Desk 02", "Desk 02"]
    assert went["ratio"].tolist() == ["hit_to_interview", "interview_to_send_out"]
    assert went["upstream_from"].tolist() == [0, 1]
