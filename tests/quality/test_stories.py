"""Each signal in a sentence that can be read aloud, with its numbers in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from quality.stories import Signal, about_when, seldom, story, title

ASKED = date(2026, 11, 22)
SLUMP = Signal(
    desk="Desk 01",
    measure="interview_to_send_out",
    kind="slump",
    raised_on=date(2026, 6, 28),
    since=date(2026, 5, 18),
    active=True,
    standard=None,
    observed=5.0,
    baseline=2.8,
    probability=None,
    once_in_years=7.0,
    upstream=60,
    downstream=12,
    weeks=6,
)
BELOW = replace(
    SLUMP, kind="below_standard", standard=2.0, baseline=None, probability=0.962, once_in_years=None, weeks=13
)
DROP = replace(
    SLUMP,
    measure="send_out",
    kind="volume_drop",
    observed=4.5,
    baseline=12.0,
    once_in_years=None,
    upstream=None,
    downstream=27,
)


@pytest.mark.parametrize(
    ("signal", "said"),
    [
        (
            SLUMP,
            "Interview to send-out worsened from 2.8 : 1 to about 5.0 : 1 since mid May (60 interviews, 12 send-outs "
            "in 6 weeks); a steady desk would show this about once in seven years; worth a conversation",
        ),
        (
            replace(SLUMP, active=False),
            "Interview to send-out worsened from 2.8 : 1 to about 5.0 : 1 from mid May on (60 interviews, 12 "
            "send-outs in 6 weeks) and has come back since; a steady desk would show this about once in seven years",
        ),
        (
            replace(SLUMP, observed=None, downstream=0),
            "Interview to send-out worsened from 2.8 : 1 until nothing got there since mid May (60 interviews, 0 "
            "send-outs in 6 weeks); a steady desk would show this about once in seven years; worth a conversation",
        ),
        (
            replace(SLUMP, upstream=None),
            "Interview to send-out worsened from 2.8 : 1 to about 5.0 : 1 since mid May (12 send-outs in 6 weeks, "
            "allowing for the time this step takes); a steady desk would show this about once in seven years; worth a "
            "conversation",
        ),
        (
            replace(SLUMP, kind="surge", observed=1.9, downstream=32),
            "Interview to send-out improved from 2.8 : 1 to about 1.9 : 1 since mid May (60 interviews, 32 send-outs "
            "in 6 weeks); a steady desk would show this about once in seven years; worth asking what is done "
            "differently",
        ),
        (
            BELOW,
            "Interview to send-out is 5.0 : 1 and should be 2.0 : 1 or better (60 interviews, 12 send-outs in 13 "
            "weeks): worse than the standard since the week of 18 May, and that is 96 % sure",
        ),
        (
            replace(BELOW, active=False, since=date(2025, 5, 19)),
            "Interview to send-out was 5.0 : 1 and should have been 2.0 : 1 or better (60 interviews, 12 send-outs in "
            "13 weeks): worse than the standard from the week of 19 May 2025 on, which was 96 % sure and no longer is",
        ),
        (
            replace(BELOW, observed=None, downstream=0, probability=0.9999),
            "Interview to send-out is without a single send-out and should be 2.0 : 1 or better (60 interviews, 0 "
            "send-outs in 13 weeks): worse than the standard since the week of 18 May, and that is over 99 % sure",
        ),
        (
            replace(BELOW, kind="above_standard", observed=1.4, downstream=43),
            "Interview to send-out is 1.4 : 1 where 2.0 : 1 would do (60 interviews, 43 send-outs in 13 weeks): "
            "better than the standard since the week of 18 May, and that is 96 % sure",
        ),
        (DROP, "Send-outs fell from about 12 to about 4.5 a full week since mid May (27 send-outs in 6 weeks)"),
        (
            replace(DROP, active=False, downstream=1, weeks=1),
            "Send-outs fell from about 12 to about 4.5 a full week from mid May on (1 send-out in 1 week) and have "
            "come back since",
        ),
        (
            replace(DROP, kind="volume_rise", measure="recruiting_call", observed=1240.0, baseline=9.96),
            "Recruiting calls rose from about 10.0 to about 1,240 a full week since mid May (27 recruiting calls in 6 "
            "weeks)",
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, Signal) else "",
)
def test_a_signal_is_told_with_its_numbers(signal: Signal, said: str) -> None:
    assert story(signal, ASKED) == said


@pytest.mark.parametrize(
    ("signal", "said"),
    [
        (
            SLUMP,
            "Interview to send-out worsened from 2.8 : 1 to about 5.0 : 1 from mid May on (60 interviews, 12 send-outs "
            "in 6 weeks) and has stayed so; a steady desk would show this about once in seven years",
        ),
        (
            BELOW,
            "Interview to send-out was 5.0 : 1 and should have been 2.0 : 1 or better (60 interviews, 12 send-outs in "
            "13 weeks): worse than the standard from the week of 18 May on, which was 96 % sure then and still holds",
        ),
        (
            DROP,
            "Send-outs fell from about 12 to about 4.5 a full week from mid May on (27 send-outs in 6 weeks) and have "
            "stayed so",
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, Signal) else "",
)
def test_one_that_holds_may_be_told_as_it_was_raised(signal: Signal, said: str) -> None:
    assert story(signal, ASKED, as_raised=True) == said


def test_what_is_over_is_told_in_one_way() -> None:
    over = replace(SLUMP, active=False)
    assert story(over, ASKED, as_raised=True) == story(over, ASKED)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 5, 10), "early May"),
        (date(2026, 5, 11), "mid May"),
        (date(2026, 5, 21), "late May"),
        (date(2025, 12, 29), "late December 2025"),
    ],
)
def test_a_beginning_is_said_as_one_remembers_it(day: date, said: str) -> None:
    assert about_when(day, ASKED) == said


@pytest.mark.parametrize(
    ("years", "said"),
    [
        (7.0, "once in seven years"),
        (28.0, "once in 28 years"),
        (1.75, "once in two years"),
        (1.0, "once a year"),
        (0.35, "3 times a year"),
    ],
)
def test_how_seldom_is_said_in_years(years: float, said: str) -> None:
    assert seldom(years) == said


def test_measures_and_ratios_go_by_their_names_on_screen() -> None:
    assert (title("send_out_to_fill"), title("send_out")) == ("Send-out to fill", "Send-outs")
