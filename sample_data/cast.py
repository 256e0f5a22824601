"""Who works at the sample firm: desks, their skill, and the known truth that a good dashboard has to find."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from sample_data.days import Calendar
from sample_data.plan import RATES, Plan


@dataclass(frozen=True)
class SlumpRole:
    """A slump to stage: which desk, which rate, when (as a share of the span) and by which factor the rate falls."""

    desk: int
    ratio: str
    begins: float
    lasts: float
    factor: float


#: Desks are counted from 0; a role whose desk a small plan does not have is left out.
SLUMPS = (
    SlumpRole(desk=5, ratio="call_to_hit", begins=24 / 60, lasts=10 / 60, factor=0.4),
    SlumpRole(desk=8, ratio="interview_to_send_out", begins=50 / 60, lasts=10 / 60, factor=0.3),
)
STAR, STAR_FACTORS = 2, {"call_to_hit": 1.4, "send_out_to_fill": 1.8, "marketing_call_to_contract": 1.4}
JOINER, JOINS = 10, 30 / 60
LEAVER, LEAVES = 3, 45 / 60
#: What the leaver leaves open goes to this desk.
HEIR = 0
#: These desks are account managers by their role, the others recruiters; all of them do both.
ACCOUNT_MANAGERS = (1, 6, 9)

#: Ordinary desks differ a little: standard deviation of the logarithm of each rate and of the volume.
SKILL_SPREAD, VOLUME_SPREAD = 0.06, 0.10


@dataclass(frozen=True)
class Slump:
    """A staged slump: while it lasts the rate is ``after``, otherwise ``before`` (downstream per upstream)."""

    desk: int
    ratio: str
    starts_on: date
    ends_on: date
    before: float
    after: float


@dataclass(frozen=True)
class Cast:
    """The desks of a plan.

    ``team``, ``volume`` and each array of ``rates`` (downstream per upstream) have one entry a desk; ``begins`` and
    ``ends`` are the positions of a desk's first and last working day.
    """

    team: np.ndarray
    volume: np.ndarray
    rates: dict[str, np.ndarray]
    begins: np.ndarray
    ends: np.ndarray
    slumps: tuple[Slump, ...]
    star: int | None
    joiner: int | None
    leaver: int | None
    joins_on: date
    leaves_on: date

    def rate(self, ratio: str, desk: np.ndarray, day: np.ndarray, days: Calendar) -> np.ndarray:
        """The true rate of each desk on each day (positions), slumps included."""
        rate = self.rates[ratio][desk]
        for slump in self.slumps:
            if slump.ratio == ratio:
                on = days.days[day]
                low = (
                    (desk == slump.desk) & (on >= np.datetime64(slump.starts_on)) & (on <= np.datetime64(slump.ends_on))
                )
                rate = np.where(low, slump.after, rate)
        return rate


def cast(plan: Plan, days: Calendar) -> Cast:
    """The desks of the plan with their rates, drawn from the seed, and the roles staged in it."""
    rng = np.random.default_rng([plan.seed, 1])
    numbers = np.arange(plan.desks)
    team = numbers * min(plan.teams, plan.desks) // plan.desks
    rates = _rates(plan, rng)
    joins_on, leaves_on = _week(plan, JOINS), _week(plan, LEAVES) - timedelta(days=3)
    begins, ends = np.zeros(plan.desks, dtype=int), np.full(plan.desks, len(days.days) - 1)
    begins[numbers == JOINER] = days.position(joins_on)
    ends[numbers == LEAVER] = np.searchsorted(days.days, np.datetime64(leaves_on), side="right") - 1
    return Cast(
        team=team,
        volume=np.exp(rng.normal(0, VOLUME_SPREAD, plan.desks)),
        rates=rates,
        begins=begins,
        ends=ends,
        slumps=tuple(_slump(plan, role, rates) for role in SLUMPS if role.desk < plan.desks),
        star=_present(STAR, plan),
        joiner=_present(JOINER, plan),
        leaver=_present(LEAVER, plan),
        joins_on=joins_on,
        leaves_on=leaves_on,
    )


def _rates(plan: Plan, rng: np.random.Generator) -> dict[str, np.ndarray]:
    rates = {name: rate * np.exp(rng.normal(0, SKILL_SPREAD, plan.desks)) for name, rate in RATES.items()}
    if plan.desks > STAR:
        for name, factor in STAR_FACTORS.items():
            rates[name][STAR] = RATES[name] * factor
    return rates


def _slump(plan: Plan, role: SlumpRole, rates: dict[str, np.ndarray]) -> Slump:
    starts_on = _week(plan, role.begins)
    before = float(rates[role.ratio][role.desk])
    ends_on = min(_week(plan, role.begins + role.lasts) - timedelta(days=1), plan.end)
    return Slump(role.desk, role.ratio, starts_on, max(ends_on, starts_on), before, before * role.factor)


def _week(plan: Plan, share: float) -> date:
    return plan.start + timedelta(weeks=round(share * plan.weeks))


def _present(desk: int, plan: Plan) -> int | None:
    return desk if desk < plan.desks else None
