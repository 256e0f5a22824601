"""Simulated firms whose steps hang together: every fill has its send-out, every send-out its interview, and so on.

They come as what the engine would have counted of their logs, so that all that pages ask can be asked of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from firms import BEFORE, DESKS, WEEKS
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from quality.periods import DAY
from quality.tally import BY_ORDER, COUNTS
from quality.weekly import FOLLOWED, Gathered

Counts = NDArray[np.int64]

#: Shares of the steps taken after so many weeks.
LAGS: Mapping[str, tuple[float, ...]] = {
    "call_to_hit": (0.8, 0.2),
    "hit_to_interview": (0.6, 0.3, 0.1),
    "interview_to_send_out": (0.5, 0.3, 0.2),
    FOLLOWED: (0.0, 0.25, 0.25, 0.25, 0.25),
    "marketing_call_to_contract": (0.5, 0.3, 0.2),
    "presentation_to_send_out": (0.5, 0.5),
}
RATES: Mapping[str, float] = {
    "call_to_hit": 0.2,
    "hit_to_interview": 0.5,
    "interview_to_send_out": 0.5,
    FOLLOWED: 0.25,
    "marketing_call_to_contract": 1 / 15,
}
#: Weeks around the turn of the year in which the whole firm does little.
DIP, DIP_SHARE = (50, 51), 0.4


@dataclass(frozen=True)
class Plan:
    """Calls a week on either side and the usual rates, in which desks differ by ``spread`` (of the logarithm).

    From week ``at`` on ``changed`` desks (the first ones) have only half of ``halved``: the rate of a ratio, or
    ``calls``, which is everything they do.
    """

    calls: float = 200.0
    marketing_calls: float = 150.0
    rates: Mapping[str, float] = field(default_factory=lambda: RATES, hash=False)
    halved: str = ""
    changed: int = 0
    at: int = WEEKS
    spread: float = 0.15


def gathered(seed: int, plan: Plan, desks: int = DESKS, weeks: int = WEEKS) -> Gathered:
    """The counts of desks from Monday 6 January 2025 on, with a dip at the turn of the year."""
    return _Firm(np.random.default_rng(seed), plan, (desks, weeks + BEFORE)).gathered()


def name(desk: int) -> str:
    return f"Desk {desk + 1:02d}"


class _Firm:
    """Each count is desks x weeks, with weeks before the log begins: its first outcomes are of cases it never saw."""

    def __init__(self, rng: np.random.Generator, plan: Plan, shape: tuple[int, int]) -> None:
        self._rng, self._plan, self._shape = rng, plan, shape
        self._links: dict[str, Counts] = {}
        calls, marketing = (self._begun(each) for each in (plan.calls, plan.marketing_calls))
        hits = self._step("call_to_hit", calls)
        interviews = self._step("hit_to_interview", hits)
        sent = self._step("interview_to_send_out", interviews)
        fills, contracts = self._step(FOLLOWED, sent), self._step("marketing_call_to_contract", marketing)
        self.counts = {
            "recruiting_call": calls,
            "hit": hits,
            "interview": interviews,
            "send_out": sent,
            "fill": fills,
            "marketing_call": marketing,
            "contract": contracts,
            "presentation": self._shown(sent),
        }

    def _after(self, what: str) -> NDArray[np.float64]:
        """One half for the desks and weeks in which this is halved, one elsewhere."""
        share = np.ones(self._shape)
        if self._plan.halved == what:
            share[: self._plan.changed, self._plan.at + BEFORE :] = 0.5
        return share

    def _begun(self, each_week: float) -> Counts:
        dip = np.ones(self._shape[1])
        dip[[BEFORE + week for week in DIP if BEFORE + week < len(dip)]] = DIP_SHARE
        return self._rng.poisson(each_week * dip * self._after("calls"))

    def _step(self, ratio: str, upstream: Counts) -> Counts:
        usual, spread = self._plan.rates[ratio], self._plan.spread
        own = usual * np.exp(self._rng.normal(0, spread, (self._shape[0], 1)) - spread**2 / 2)
        return self._arrived(ratio, self._rng.binomial(upstream, np.minimum(own * self._after(ratio), 1)))

    def _arrived(self, ratio: str, taken: Counts) -> Counts:
        """In which week the steps arrive that start in each."""
        lags = LAGS[ratio]
        self._links[ratio] = got = self._rng.multinomial(taken, lags)
        arrived = np.zeros(self._shape, int)
        for lag in range(len(lags)):
            arrived[:, lag:] += got[:, : self._shape[1] - lag, lag]
        return arrived

    def _shown(self, sent: Counts) -> Counts:
        """Presentations: one for each send-out, in its week or the one before, and twice as many that led nowhere."""
        this, before = LAGS["presentation_to_send_out"]
        self._links["presentation_to_send_out"] = got = self._rng.multinomial(sent, (this, before))
        earlier = np.concatenate([got[:, 1:, 1], np.zeros((len(sent), 1), int)], axis=1)
        return got[:, :, 0] + earlier + self._rng.poisson(2 * uniform_filter1d(sent.astype(float), 9, axis=1))

    def gathered(self) -> Gathered:
        mondays = pd.date_range("2025-01-06", periods=self._shape[1] - BEFORE, freq="7D", unit="us")
        return Gathered(mondays[-1].date() + 6 * DAY, mondays, self._table(mondays), self._lags(), self._cases(mondays))

    def _table(self, mondays: pd.DatetimeIndex) -> pd.DataFrame:
        known = {measure: counts[:, BEFORE:].ravel() for measure, counts in self.counts.items()}
        by_order = {f"{measure}{BY_ORDER}": known[measure] for measure in ("send_out", "fill")}
        table = self._places(mondays).rename(columns={"week": "day"}).assign(**known, **by_order)
        return table.assign(**{measure: 0 for measure in COUNTS if measure not in table})[["desk", "day", *COUNTS]]

    def _places(self, mondays: pd.DatetimeIndex) -> pd.DataFrame:
        desks = np.repeat([name(desk) for desk in range(self._shape[0])], len(mondays))
        return pd.DataFrame({"desk": pd.Series(desks, dtype="str"), "week": np.tile(mondays, self._shape[0])})

    def _lags(self) -> pd.DataFrame:
        tables = [
            pd.DataFrame({"ratio": ratio, "lag": range(got.shape[2]), "units": got[:, BEFORE:-BEFORE].sum(axis=(0, 1))})
            for ratio, got in self._links.items()
        ]
        return pd.concat(tables, ignore_index=True)

    def _cases(self, mondays: pd.DatetimeIndex) -> pd.DataFrame:
        """Send-outs by the weeks until their fill, -1 for those that had none by the end of the log."""
        got, started = self._links[FOLLOWED][:, BEFORE:], self.counts["send_out"][:, BEFORE:]
        weeks, lags = got.shape[1:]
        got = got * (np.arange(weeks)[:, None] + np.arange(lags) < weeks)
        units = np.concatenate([(started - got.sum(axis=2))[:, :, None], got], axis=2)
        places = self._places(mondays)
        tables = [places.assign(lag=lag, units=units[:, :, lag + 1].ravel()) for lag in range(-1, lags)]
        whole = pd.concat(tables, ignore_index=True)
        return whole[whole["units"] > 0]
