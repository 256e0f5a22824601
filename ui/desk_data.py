"""What the page Desk asks of the history: one desk as a whole, cached until the history changes or the day does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from quality.adjustments import Followed
from quality.catalogue import BY_NAME, MEASURES
from quality.cusum import Direction
from quality.monitoring import Reason
from quality.periods import DAY, Period, between, last_closed_weeks, week_of
from quality.review import Review
from quality.signals import COLUMNS, GONE
from quality.standards import Met, Origin, met
from quality.teams import directory
from quality.verdicts import Judged, still_to_come, to_settle
from quality.weekly import FOLLOWED
from ui import adjustments_data, clock, data, judgement, minimum_data, plan_data, wishes
from ui.data import Place, cached, here
from ui.spans import CUSTOM, Filters, View

#: Weeks of the small charts.
DRAWN = 52
#: Weeks over which fall-offs are counted: fills are few.
FALL_OFF_WEEKS = (13, 52)


@dataclass(frozen=True, slots=True)
class Person:
    """What the roster and the log say of a desk; missing days are None.

    ``standing`` is a word of `quality.teams.directory`. ``scheduled_to`` is the last day to come that has rows.
    """

    desk: str
    team: str
    role: str
    standing: str
    starts_on: date | None
    ends_on: date | None
    first_day: date | None
    last_day: date | None
    scheduled_to: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """One ratio of a desk: a row of `quality.verdicts.verdicts`, and what goes with it.

    ``since`` and ``weeks`` begin with the desk's first week at most; ``due`` upstream events had their time.
    ``origin`` says whose standard it is, ``settle`` how many more upstream events at this rate would give a verdict,
    ``to_come`` the open cases with the expected number of them that get there and its 80 % range; they began in the
    last ``open_weeks`` closed weeks. ``made`` are the fills made in these weeks, of whichever send-outs, where cases
    are followed. ``notice`` are the weeks it takes to notice a halving (low) or half as much again (high) where the
    ratio has a chart of its own; ``unwatched`` says why it has none for a halving.
    ``trend`` has a row for each week: week (Monday), upstream, downstream, weeks, value, standard, and ``kind``, that
    of the signal raised then.
    """

    ratio: str
    verdict: str | None
    since: date
    probability: float | None
    upstream: int
    downstream: int
    due: int
    open: int
    weeks: int
    value: float | None
    low: float | None
    high: float | None
    standard: float
    origin: Origin
    settle: int | None
    to_come: tuple[int, float, int, int] | None
    open_weeks: int
    made: int | None
    notice: Mapping[Direction, float]
    unwatched: Reason | None
    trend: pd.DataFrame

    @property
    def title(self) -> str:
        return BY_NAME[self.ratio].title


@dataclass(frozen=True, slots=True)
class Activity:
    """How much of one activity a desk did: in the last closed week, in this one so far, and in a usual full week.

    ``last`` and ``so_far`` are the minimums, None without one. ``usual`` is None without a chart of its own; ``paces``
    has a row for each week: week, value (a full week, missing where the desk was away), mean, lower, upper, fired.
    """

    measure: str
    last_week: int
    this_week: int
    last: Met | None
    so_far: Met | None
    usual: float | None
    paces: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Portrait:
    """One desk up to the last closed week; without a closed week of its own no ratio and no activity is known.

    ``quiet``: nothing was recorded for so long that no signal of the desk holds.
    """

    person: Person
    closed: Period
    quiet: bool
    lines: tuple[Line, ...]
    activities: tuple[Activity, ...]
    signals: pd.DataFrame
    team_signals: pd.DataFrame
    false_alerts: float


def desks() -> list[str]:
    """Every desk of the history or the roster, in order."""
    return minimum_data.desks()


def portrait(desk: str) -> Portrait:
    """Everything the page says of one desk, as of today."""
    return _portrait(here(), clock.today(), desk)


def changes(person: Person) -> tuple[Followed, ...]:
    """What was changed for this desk, its team or everybody, the latest first, with what came of it."""
    own = {("company", ""), ("desk", person.desk), *([("team", person.team)] if person.team else [])}
    return tuple(one for one in adjustments_data.journal() if (one.entry.level, one.entry.name) in own)


def asked(start: date, end: date, view: View, as_of: date | None = None) -> Filters:
    """A question about a span of days, as the shared filters would put it."""
    return Filters(as_of or clock.today(), start, end, CUSTOM, view)


def window(weeks: int) -> Period:
    """The last so many closed weeks."""
    return last_closed_weeks(clock.today(), weeks)


def span(signal: Any) -> tuple[date, date]:
    """First and last day of the weeks that the counts of a signal that holds are of: a row of `judgement.signals`.

    A verdict is of the last weeks, a change of those since it began.
    """
    if pd.notna(signal.standard):
        last = window(int(signal.weeks))
        return last.start, last.end
    return signal.since, signal.since + (7 * int(signal.weeks) - 1) * DAY


def waiting(desk: str, weeks: int) -> pd.DataFrame:
    """The send-outs of the last closed weeks that had not led to a fill by the end of the last one, oldest first.

    Nobody is named who wants to be left alone.
    """
    span = window(weeks)
    rows = data.evidence(asked(span.start, span.end, "cohort", span.end), FOLLOWED, desk)
    return wishes.nameless(rows[rows["next_on"].isna()].reset_index(drop=True))


def fills(desk: str) -> pd.DataFrame:
    """The rows of `quality.ratios` that hold the desk's fills and fall-offs of FALL_OFF_WEEKS, one row each."""
    found = []
    for weeks in FALL_OFF_WEEKS:
        span = window(weeks)
        frame = data.ratio_frame(asked(span.start, span.end, "activity"))
        own = frame[(frame["unit"] == desk) & (frame["ratio"] == FOLLOWED)]
        found.append(own.assign(unit=f"Last {weeks} weeks"))
    return pd.concat(found, ignore_index=True)


@cached("32MB")
def _portrait(place: Place, today: date, desk: str) -> Portrait:
    roster = data.at(place).roster()
    person = _person(desk, today, roster[roster["desk"] == desk])
    own, mates = _of(judgement.signals(), desk), _of(judgement.signals("team"), person.team)
    review, closed = judgement.reviewed(), last_closed_weeks(today, 1)
    accepted = 1.0 if review is None else review.false_alerts
    if review is None or desk not in review.weekly.units:
        return Portrait(person, closed, True, (), (), own, mates, accepted)
    seen = review.weekly.seen[review.weekly.units.index(desk)]
    lines = tuple(_line(review, row, own, person.team) for row in _verdicts(review, desk))
    activities = _activities(review, desk, today)
    return Portrait(person, closed, not seen[-GONE:].any(), lines, activities, own, mates, accepted)


def _of(signals: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The signals of one unit, the active ones first; with all columns even before a week is closed."""
    known = signals.reindex(columns=list(COLUMNS)).astype({"active": bool})
    return known[known["desk"] == unit].sort_values("active", ascending=False, kind="stable", ignore_index=True)


def _person(desk: str, today: date, roster: pd.DataFrame) -> Person:
    """``roster`` holds the lines of this desk alone: the whole takes a while."""
    seen = data.desks_seen()
    found = directory(seen[seen["desk"] == desk], roster, today)
    if found.empty:
        return Person(desk, "", "", "no rows", *[None] * 5)
    line = found.iloc[0]
    last = _day(line["last_day"])
    later = last if last and last > today else None
    return Person(
        desk,
        team=str(line["team"]),
        role=str(line["role"]),
        standing=str(line["standing"]),
        starts_on=_day(line["starts_on"]),
        ends_on=_day(line["ends_on"]),
        first_day=_day(line["first_day"]),
        last_day=data.last_day(today, (desk,)) if later else last,
        scheduled_to=later,
    )


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else value.date()


def _verdicts(review: Review, desk: str) -> list[dict[str, Any]]:
    table = review.verdicts()
    own = table[table["unit"] == desk].astype(object)
    return [{str(name): cell for name, cell in row.items()} for row in own.where(own.notna(), None).to_dict("records")]


def _line(review: Review, row: dict[str, Any], signals: pd.DataFrame, team: str) -> Line:
    name, unit = row["ratio"], review.weekly.units.index(row.pop("unit"))
    one = review.judged[name]
    desk = review.weekly.units[unit]
    day = review.weekly.weeks[-1].date() + 6 * DAY
    _, origin = data.rules().standards.ratio(name, desk, "desk", day, team or None)
    charts = [chart for chart in review.watched.charts if chart.unit == unit and chart.ratio == name]
    told = {held.name: row[held.name] for held in fields(Line) if held.name in row}
    first = int(np.argmax(review.weekly.seen[unit]))
    there = {
        "since": max(row["since"], review.weekly.weeks[first]).date(),
        "weeks": min(row["weeks"], len(review.weekly.weeks) - first),
    }
    return Line(
        **told | there,
        due=round(float(one.n[unit, -1])),
        origin=origin,
        settle=to_settle(one, unit) if row["verdict"] == "unclear" else None,
        to_come=still_to_come(one, unit),
        made=None if one.pending is None else int(one.flow.downstream[unit, -there["weeks"] :].sum()),
        open_weeks=0 if one.pending is None else len(one.pending[1]),
        notice={chart.direction: chart.notice for chart in charts},
        unwatched=next((no.reason for no in review.watched.unwatched if (no.unit, no.ratio) == (unit, name)), None),
        trend=_trend(review, one, unit, signals),
    )


def _trend(review: Review, one: Judged, unit: int, signals: pd.DataFrame) -> pd.DataFrame:
    """The ratio as it stood each week, over the weeks it was judged on then; from the first week of the desk on."""
    weeks = review.weekly.weeks
    upstream, x = one.upstream[unit], one.x[unit]
    frame = pd.DataFrame(
        {
            "week": weeks,
            "upstream": upstream.round().astype("int64"),
            "downstream": x.round().astype("int64"),
            "weeks": one.weeks[unit],
            "value": pd.Series(upstream / x.clip(min=1)).where((upstream > 0) & (x > 0)),
            "standard": 1 / one.standard[unit],
        }
    )
    raised = signals[signals["measure"] == one.flow.ratio.name]
    mondays = [pd.Timestamp(day - 6 * DAY) for day in raised["raised_on"]]
    kinds = dict(zip(mondays, raised["kind"], strict=True))
    frame["kind"] = frame["week"].map(kinds).astype(object) if kinds else None
    return frame[review.weekly.seen[unit].cumsum() > 0].tail(DRAWN).reset_index(drop=True)


def _activities(review: Review, desk: str, today: date) -> tuple[Activity, ...]:
    weekly, unit = review.weekly, review.weekly.units.index(desk)
    last = {name: int(counts[unit, -1]) for name, counts in weekly.volumes.items()}
    this = _this_week(desk, today)
    closed, week = last_closed_weeks(today, 1), week_of(today)
    met_last = _met(desk, closed, closed.end + DAY, last)
    met_now = _met(desk, week, today, this)
    return tuple(_activity(review, unit, name, last, this, met_last, met_now) for name in MEASURES)


def _activity(
    review: Review,
    unit: int,
    name: str,
    last: Mapping[str, int],
    this: Mapping[str, int],
    met_last: Mapping[str, Met],
    met_now: Mapping[str, Met],
) -> Activity:
    one = review.volume(name)
    known, drawn = bool(one.limits.known[unit]), one.paces.shape[1]
    weekly = {side: 5 * float(getattr(one.limits, side)[unit]) for side in ("mean", "lower", "upper")}
    fired = [low or high for low, high in zip(one.fired.low[unit], one.fired.high[unit], strict=True)]
    paces = pd.DataFrame({"week": review.weekly.weeks[-drawn:], "value": 5 * one.paces[unit], **weekly, "fired": fired})
    there = paces["value"].notna().cumsum() > 0
    return Activity(
        name,
        last[name],
        this[name],
        met_last.get(name),
        met_now.get(name),
        weekly["mean"] if known else None,
        paces[there].reset_index(drop=True) if known else paces.iloc[:0],
    )


def _this_week(desk: str, today: date) -> dict[str, int]:
    """Counts of the days of this week that are over."""
    counts = plan_data.counts()
    own = counts[(counts["desk"] == desk) & (counts["day"] >= pd.Timestamp(week_of(today).start))]
    return {name: int(own[name].sum()) for name in MEASURES}


def _met(desk: str, week: Period, before: date, counts: Mapping[str, int]) -> dict[str, Met]:
    """The minimums for the days of a week before a day, pro rata for those the desk was there."""
    team = minimum_data.team_on(tuple(desks()), week.end)[desk]
    minimums = minimum_data.standards().minimums(desk, team, week.end)
    to_come = pd.DataFrame({"desk": [desk], "starts_on": [before], "ends_on": [max(week.end, before)]})
    days = to_come.astype({"starts_on": "datetime64[us]", "ends_on": "datetime64[us]"})
    away = pd.concat([minimum_data.absences()[list(days.columns)], days], ignore_index=True)
    roster = data.roster()
    there = judgement.workdays().available((desk,), [week.start], roster[roster["desk"] == desk], away)
    return {one.measure: one for one in met(minimums, counts, int(there[0, 0]))}


def days_over(today: date) -> Period | None:
    """The days of this week that are over; None on a Monday."""
    week = week_of(today)
    return between(week.start, today - DAY) if today > week.start else None
