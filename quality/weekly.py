"""Closed weeks as arrays: what the judgement, the signals and the plan are made of.

The engine counts once per desk and day and once per link; from there on everything is a small array of units x weeks.
A step that takes time, such as from a send-out to a fill, is compared with the upstream events that *came due* in the
same week: the upstream weeks before it, weighted by how long the step usually takes. Comparing the fills of a week with
its send-outs would call every busy month a slump of the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Literal

import numpy as np
import pandas as pd
from narwhals.typing import IntoFrame
from numpy.typing import NDArray

from quality.catalogue import BY_NAME, MEASURES, RATIOS, Ratio
from quality.events import visible
from quality.links import Held, cases, hold
from quality.periods import DAY, last_closed_weeks
from quality.rules import Rules
from quality.tally import BY_ORDER, cut, tally
from quality.teams import By, units_of

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]
Kind = Literal["thinning", "rate"]

#: Three years: the longest baseline, the year that is watched, and what may be re-based in between.
MOST_WEEKS = 156
#: The ratio whose two measures are both counted once per candidate and job, so that its events are cases to follow.
FOLLOWED = "send_out_to_fill"
#: How long steps take is learnt from the latest cohorts whose time is over, of so many weeks.
LEARNT_FROM = 26
#: What a first week owes to the time before the log is reckoned from the share that it owes to the log itself.
LEAST_KNOWN = 0.2
#: With fewer linked steps than this how long they take is not known, and each week stands for itself.
FEWEST_LINKS = 20
#: At least this share of the downstream events must be linked before cases are followed one by one.
LINKED_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the engine counted: all that any judgement needs, small enough to keep.

    ``tally``: as `quality.tally.tally`, of the closed weeks and the days since. ``lags``: ratio, lag (weeks), units
    (that got there, of cohorts whose time is over). ``followed``: desk, week (Monday), lag (weeks; -1 for not yet or
    never), units, of the followed ratio. ``weeks``: Mondays of the closed weeks, oldest first.
    """

    as_of: date
    weeks: pd.DatetimeIndex
    tally: pd.DataFrame
    lags: pd.DataFrame
    followed: pd.DataFrame

    @property
    def counts(self) -> pd.DataFrame:
        """The tally of the closed weeks."""
        return cut(self.tally, self.weeks[0].date(), self.weeks[-1].date() + 6 * DAY)


@dataclass(frozen=True, slots=True)
class Cases:
    """Cases of the followed ratio: ``started`` (units x weeks), ``got`` (units x weeks x lag in weeks)."""

    started: Counts
    got: Counts

    @property
    def arrived(self) -> Counts:
        """Cases that got there in each week, whenever they started."""
        weeks, lags = self.got.shape[1:]
        arrived = np.zeros(self.started.shape, dtype="int64")
        for lag in range(min(weeks, lags)):
            arrived[:, lag:] += self.got[:, : weeks - lag, lag]
        return arrived

    def waiting(self, ages: int) -> Counts:
        """Cases that had not got there by the end of each week, by age in weeks under ``ages``, as a last axis."""
        units, weeks = self.started.shape
        waiting = np.zeros((units, weeks, ages), dtype="int64")
        for age in range(min(ages, weeks)):
            cohorts = slice(0, weeks - age)
            waiting[:, age:, age] = self.started[:, cohorts] - self.got[:, cohorts, : age + 1].sum(axis=2)
        return waiting


def spread(upstream: Counts, shares: Floats) -> Floats:
    """Counts (units x weeks) spread over the week itself and those after it, a share in each."""
    weeks = upstream.shape[1]
    over = np.zeros(upstream.shape)
    for lag, share in enumerate(shares[:weeks]):
        over[:, lag:] += share * upstream[:, : weeks - lag]
    return over


@dataclass(frozen=True, slots=True)
class Flow:
    """One ratio by unit and week: both counts, how long the step takes, and the cases where they are followed.

    ``lag`` is the share of the steps taken so many weeks after their upstream event; it adds up to 1.
    """

    ratio: Ratio
    upstream: Counts
    downstream: Counts
    lag: Floats
    cases: Cases | None

    @property
    def kind(self) -> Kind:
        """Thinning on the candidate side, two counts of their own on the client side."""
        return "thinning" if self.ratio.side == "candidate" else "rate"

    @property
    def due(self) -> Floats:
        """Upstream events that came due in each week: where the step takes no time, those of the week itself."""
        due = spread(self.upstream, self.lag)
        known = self.reached_by[: due.shape[1]]
        # Desks at work when the log begins had been at it before: what its first weeks owe to that time is added.
        before = self.upstream[:, : len(known)].any(axis=1, keepdims=True) & (known >= LEAST_KNOWN)
        due[:, : len(known)] /= np.where(before, known, 1)
        return due

    @property
    def reached_by(self) -> Floats:
        """Share of the steps that are taken within so many weeks, the week of the upstream event being the first."""
        return np.minimum(np.cumsum(self.lag), 1.0)


@dataclass(frozen=True, slots=True)
class Weekly:
    """Units x closed weeks, oldest first: how often each measure was counted, and the flow of each ratio."""

    as_of: date
    weeks: pd.DatetimeIndex
    units: tuple[str, ...]
    volumes: Mapping[str, Counts]
    flows: Mapping[str, Flow]

    @property
    def busy(self) -> NDArray[np.bool_]:
        """Units x weeks in which the unit did anything at all."""
        return np.asarray(np.any([volume > 0 for volume in self.volumes.values()], axis=0))

    @property
    def seen(self) -> NDArray[np.bool_]:
        """Units x weeks: from the first to the last week in which the unit did anything."""
        busy = self.busy
        begun = np.maximum.accumulate(busy, axis=1)
        return begun & np.maximum.accumulate(busy[:, ::-1], axis=1)[:, ::-1]


def gather(
    log: IntoFrame, *, as_of: date, rules: Rules | None = None, roster: pd.DataFrame | None = None
) -> Gathered | None:
    """Count what is needed of at most the last `MOST_WEEKS` closed weeks; None when no week with data is closed."""
    chosen, window = rules or Rules(), last_closed_weeks(as_of, MOST_WEEKS)
    held = hold(visible(log, as_of, roster), _learnt_since(as_of, chosen), chosen)
    counted = tallied(log, as_of=as_of, rules=chosen, roster=roster, held=held)
    counts = cut(counted, window.start, window.end)
    if counts.empty:
        return None
    first = counts["day"].min().date()
    start = first - first.weekday() * DAY
    followed = _by_lag(cases(held, BY_NAME[FOLLOWED], start, window.end, weekly=True))
    lags = [_lags(_linked(held, ratio, start, as_of, followed), ratio, as_of, chosen) for ratio in RATIOS]
    weeks = pd.date_range(start, window.end, freq="7D", unit="us")
    return Gathered(as_of, weeks, counted, pd.concat(lags, ignore_index=True), followed)


def tallied(
    log: IntoFrame,
    *,
    as_of: date,
    rules: Rules | None = None,
    roster: pd.DataFrame | None = None,
    held: Held | None = None,
) -> pd.DataFrame:
    """`quality.tally` of the last `MOST_WEEKS` closed weeks and the days since: shorter spans are cut out of it."""
    return tally(log, as_of=as_of, start=tallied_from(as_of), end=as_of, rules=rules, roster=roster, held=held)


def tallied_from(as_of: date) -> date:
    """The first day of what `tallied` counts."""
    return last_closed_weeks(as_of, MOST_WEEKS).start


def _learnt_since(as_of: date, rules: Rules) -> date:
    """The first day of the oldest cohorts that tell how long a step takes."""
    longest = max(rules.horizon(ratio.name) for ratio in RATIOS)
    return last_closed_weeks(as_of - longest * DAY, LEARNT_FROM).start


def _linked(held: Held, ratio: Ratio, start: date, as_of: date, followed: pd.DataFrame) -> pd.DataFrame:
    """Links of the latest cohorts whose time is over."""
    if ratio.name == FOLLOWED:
        return followed
    over = as_of - timedelta(days=held.rules.horizon(ratio.name))
    since = max(start, last_closed_weeks(over, LEARNT_FROM).start)
    return _by_lag(cases(held, ratio, since, max(over, since), weekly=True))


def _by_lag(found: pd.DataFrame) -> pd.DataFrame:
    """Units by desk, week (Monday) and lag in weeks, -1 without the next step."""
    monday, then = _monday(found["day"]), _monday(found["next_day"])
    lag = np.where(np.isnat(then), -1, (then - monday).astype("int64") // 7)
    marked = pd.DataFrame({"desk": found["desk"], "week": monday.astype("datetime64[us]"), "lag": lag})
    units = marked.groupby(["desk", "week", "lag"], as_index=False, observed=True).size()
    return units.rename(columns={"size": "units"}).astype({"desk": "str"})


def _monday(day: pd.Series) -> NDArray[np.datetime64]:
    # Weeks of numpy begin on Thursdays, as its calendar does.
    since = np.datetime64("1969-12-29", "D")
    return since + (day.to_numpy("datetime64[D]") - since) // 7 * 7


def _lags(table: pd.DataFrame, ratio: Ratio, as_of: date, rules: Rules) -> pd.DataFrame:
    over = pd.Timestamp(as_of - timedelta(days=rules.horizon(ratio.name)))
    done = table[(table["week"] + pd.Timedelta(days=6) <= over) & (table["lag"] >= 0)]
    return done.groupby("lag", as_index=False)["units"].sum().assign(ratio=ratio.name)[["ratio", "lag", "units"]]


def weekly(gathered: Gathered, by: By = "desk", roster: pd.DataFrame | None = None) -> Weekly:
    """The gathered counts by unit and closed week."""
    counts, followed = gathered.counts, gathered.followed
    unit = units_of(counts["desk"], counts["day"], by, roster)
    owner = units_of(followed["desk"], followed["week"], by, roster)
    units = tuple(sorted({*unit, *owner}))
    place = partial(_cells, units, gathered.weeks)
    cell = place(unit, counts["day"])
    shape = (len(units), len(gathered.weeks))
    sums = {name: _sums(cell, counts[name], shape) for name in counts.columns.drop(["desk", "day"])}
    cohort = _cases(place(owner, followed["week"]), followed, shape)
    flows = {ratio.name: _flow(ratio, sums, gathered, cohort) for ratio in RATIOS}
    return Weekly(gathered.as_of, gathered.weeks, units, {name: sums[name] for name in MEASURES}, flows)


def _cells(units: tuple[str, ...], weeks: pd.DatetimeIndex, unit: pd.Series, day: pd.Series) -> Counts:
    week = (day.to_numpy("datetime64[D]") - weeks[0].to_datetime64()).astype("timedelta64[D]").astype("int64") // 7
    return np.asarray(pd.Index(units).get_indexer(pd.Index(unit)) * len(weeks) + week, dtype="int64")


def _sums(cell: Counts, counts: pd.Series, shape: tuple[int, int]) -> Counts:
    return np.bincount(cell, counts.to_numpy(), shape[0] * shape[1]).astype("int64").reshape(shape)


def _cases(cell: Counts, followed: pd.DataFrame, shape: tuple[int, int]) -> Cases:
    lags = int(followed["lag"].max()) + 1 if len(followed) else 0
    got = np.zeros((*shape, max(lags, 1)), dtype="int64")
    reached = followed["lag"].to_numpy() >= 0
    rows = followed[reached]
    np.add.at(got.reshape(-1, got.shape[2]), (cell[reached], rows["lag"].to_numpy()), rows["units"].to_numpy())
    return Cases(_sums(cell, followed["units"], shape), got)


def _flow(ratio: Ratio, sums: Mapping[str, Counts], gathered: Gathered, cohort: Cases) -> Flow:
    upstream, downstream = sums[ratio.upstream], sums[f"{ratio.downstream}{BY_ORDER if ratio.by_order else ''}"]
    linked = cohort.got.sum() >= LINKED_SHARE * downstream.sum() and cohort.got.sum() > 0
    shares = lag_shares(gathered.lags, ratio.name)
    # Where it is not known how long cases take, open ones cannot be told from lost ones.
    own = cohort if ratio.name == FOLLOWED and linked and len(shares) > 1 else None
    return Flow(ratio, upstream, downstream, shares, own)


def lag_shares(lags: pd.DataFrame, ratio: str) -> Floats:
    """The share of the steps of a ratio taken after so many weeks; all in the same week where too few are known."""
    rows = lags[lags["ratio"] == BY_NAME[ratio].name]
    total = rows["units"].sum()
    if total < FEWEST_LINKS:
        return np.ones(1)
    return np.asarray(np.bincount(rows["lag"], rows["units"]) / total)
