"""What the weekly meeting opens with: whom to talk to, who did great, what changed, what was met. Out of a review.

Everything here is a fact; `quality.meeting_words` says it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from quality.judgement import LEFT, probability_below
from quality.monitoring import Reason, Unwatched
from quality.periods import DAY, Period, week_of
from quality.review import Review
from quality.shrinkage import firm_rate
from quality.signals import BAD, GONE, GOOD
from quality.standards import Met
from quality.stories import Signal, SignalKind
from quality.teams import NO_TEAM, units_of

#: The meeting names so many desks; the others are counted.
MOST = 5
#: What the firm is summed up by.
SUMMED = ("send_out", "fill")
#: A usual week is the mean of so many before the last one, per working day.
USUAL_WEEKS = 13
#: With fewer weeks before it nothing is usual yet.
FEWEST_USUAL = 4
#: A week further from the usual than so many standard deviations of a count stands out (one in five by chance).
STANDS_OUT = 1.28
#: What fewer desks than this miss is their own matter.
FEWEST_TO_BE_COMMON = 3
STANDARD_KINDS = ("below_standard", "above_standard")
_CHANGE_KINDS = ("slump", "surge")


@dataclass(frozen=True, slots=True)
class Point:
    """One signal of a card, of a ratio that changed with what there is to say about its standard (``judged``).

    ``others`` is n of ``n : 1`` of all other desks where anything is said about a standard.
    """

    signal: Signal
    judged: Signal | None = None
    others: float | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One desk and what there is to say about it, the most urgent first."""

    desk: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """One activity of the whole firm in the last closed week; ``usual`` is for as many working days, None: unknown."""

    measure: str
    count: int
    usual: float | None

    @property
    def stands_out(self) -> bool:
        """Whether the week differs from the usual by more than counts do by chance."""
        return self.usual is not None and abs(self.count - self.usual) > STANDS_OUT * max(self.usual, 1.0) ** 0.5


@dataclass(frozen=True, slots=True)
class Meeting:
    """The last closed week of a firm: ``desks`` are those that did anything lately, ``talk`` and ``praise`` all cards.

    ``common`` are the ratios that at least half of the desks miss, and how many do: rather the standard than a desk.
    ``judged`` is whether any desk has a verdict or a chart of its own yet; ``silent`` desks did nothing lately.
    """

    week: Period
    desks: tuple[str, ...]
    talk: tuple[Card, ...]
    praise: tuple[Card, ...]
    paces: tuple[Pace, ...]
    common: Mapping[str, int]
    judged: bool
    silent: tuple[str, ...] = ()

    def is_new(self, point: Point) -> bool:
        """Whether the last closed week raised it; what is said of its standard beside it may be new nonetheless."""
        return point.signal.raised_on >= self.week.start


def meeting(review: Review) -> Meeting:
    """What the first page says, of a review by desk."""
    here, desks = active(review), present(review)
    missed = common(here, len(desks))
    return Meeting(
        week=_last_week(review),
        desks=desks,
        talk=_cards(review, [one for one in here if one.kind in BAD], BAD, missed),
        praise=_cards(review, [one for one in here if one.kind in GOOD and is_praise(review, one)], GOOD, {}),
        paces=tuple(_pace(review, measure) for measure in SUMMED),
        common=missed,
        judged=bool(review.watched.charts) or bool(review.verdicts()["verdict"].isin(["below", "meets"]).any()),
        silent=tuple(unit for unit in review.weekly.units if unit not in desks),
    )


def active(review: Review) -> list[Signal]:
    """The signals that still hold."""
    return [one for one in listed(review.signals()) if one.active]


def listed(frame: pd.DataFrame) -> list[Signal]:
    """The rows of `Review.signals` as signals; what is missing is None."""
    counts = frame.astype({"upstream": "Int64", "downstream": "int64"}).astype("object")
    cells = counts.where(frame.notna(), None)
    return [Signal(**{str(name): value for name, value in row.items()}) for row in cells.to_dict("records")]


def common(found: Iterable[Signal], desks: int) -> dict[str, int]:
    """The ratios of which at least half of so many desks miss the standard, and how many do, most first."""
    missed = Counter(one.measure for one in found if one.kind == "below_standard")
    least = max(FEWEST_TO_BE_COMMON, desks / 2)
    return {measure: many for measure, many in missed.most_common() if many >= least}


def _last_week(review: Review) -> Period:
    return week_of(review.weekly.weeks[-1].date())


def present(review: Review) -> tuple[str, ...]:
    """The desks that did anything lately."""
    lately = review.weekly.seen[:, -GONE:].any(axis=1)
    return tuple(review.weekly.units[unit] for unit in np.flatnonzero(lately))


# --- cards -----------------------------------------------------------------------------------------------------------


def _cards(
    review: Review, found: Sequence[Signal], order: Sequence[SignalKind], missed: Mapping[str, int]
) -> tuple[Card, ...]:
    """A card a desk: first the most urgent kind, then the most signals, then those furthest off.

    A standard that most miss is left out where there is more to say of the desk, and comes last where there is not.
    """
    ranked = sorted(found, key=lambda one: (order.index(one.kind), -how_far(one), one.measure))
    desks: dict[str, list[Signal]] = {}
    for one in ranked:
        desks.setdefault(one.desk, []).append(one)
    own = {desk: [one for one in desks[desk] if is_own(review, one, missed)] for desk in desks}
    # Sorting is stable, so of equals the one that is furthest off stays first.
    urgent = sorted(desks, key=lambda desk: (not own[desk], order.index(desks[desk][0].kind), -len(desks[desk])))
    return tuple(Card(desk, _points(review, own[desk] or desks[desk])) for desk in urgent)


def _points(review: Review, found: Sequence[Signal]) -> tuple[Point, ...]:
    """The signals of one desk; of a ratio that changed, what is said about its standard goes with it."""
    judged = {one.measure: one for one in found if one.kind in STANDARD_KINDS}
    changed = {one.measure for one in found if one.kind in _CHANGE_KINDS}
    return tuple(
        Point(
            one, judged.get(one.measure) if one.kind in _CHANGE_KINDS else None, others(review, judged.get(one.measure))
        )
        for one in found
        if one.kind not in STANDARD_KINDS or one.measure not in changed
    )


def how_far(signal: Signal) -> float:
    """How many times what it is compared with, or that many times less: 2 is twice or half; infinite for nothing."""
    compared = signal.standard or signal.baseline
    if not signal.observed or not compared:
        return math.inf
    times = signal.observed / compared
    return max(times, 1 / times)


def others(review: Review, judged: Signal | None) -> float | None:
    """n of ``n : 1`` of all other desks over their own windows, of a signal about a standard; None without results."""
    if judged is None:
        return None
    one, unit = review.judged[judged.measure], review.weekly.units.index(judged.desk)
    upstream, got = (float(np.delete(held[:, -1], unit).sum()) for held in (one.upstream, one.x))
    return upstream / got if upstream and got else None


def is_praise(review: Review, signal: Signal) -> bool:
    """A ratio better than the standard is praise where it is also ahead of the other desks; all other good news is."""
    behind = _behind(review, signal) if signal.kind == "above_standard" else None
    return behind is None or behind < 1 - LEFT


def is_own(review: Review, signal: Signal, missed: Mapping[str, int]) -> bool:
    """A standard that most miss is a matter of the desks that are also behind the others; all other bad news is."""
    if signal.kind != "below_standard" or signal.measure not in missed:
        return True
    behind = _behind(review, signal)
    return behind is not None and behind > LEFT


def _behind(review: Review, signal: Signal) -> float | None:
    """The chance that a desk's rate is below that of all other desks; None where they have no results."""
    one, unit = review.judged[signal.measure], review.weekly.units.index(signal.desk)
    x, n = (np.delete(held[:, -1], unit).sum() for held in (one.x, one.n))
    if not x or not n:
        return None
    return float(probability_below(one.x[unit, -1], one.n[unit, -1], firm_rate(x, n), one.flow.kind))


# --- the firm's week -------------------------------------------------------------------------------------------------


def _pace(review: Review, measure: str) -> Pace:
    """The last week beside what is usual for as many working days."""
    counts = review.weekly.volumes[measure].sum(axis=0)
    days = review.days.sum(axis=0)
    before = slice(-1 - USUAL_WEEKS, -1)
    known = int((days[before] > 0).sum()) >= FEWEST_USUAL
    usual = float(counts[before].sum()) * float(days[-1]) / float(days[before].sum()) if known else None
    return Pace(measure, int(counts[-1]), usual)


# --- minimums --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Minimums:
    """The activity minimums of one desk in the last closed week."""

    desk: str
    lines: tuple[Met, ...]

    @property
    def all_met(self) -> bool | None:
        """Whether every one was met; None where the desk was not there."""
        known = [line for line in self.lines if line.met is not None]
        return not self.missed if known else None

    @property
    def missed(self) -> tuple[Met, ...]:
        """Those that were not met."""
        return tuple(line for line in self.lines if line.met is False)


def minimums(found: pd.DataFrame) -> tuple[Minimums, ...]:
    """The minimums by desk, those that missed the most first; ``found``: desk and the fields of `Met`."""
    rows = found.astype("object").where(found.notna(), None).to_dict("records")
    by_desk: dict[str, list[Met]] = {}
    for row in rows:
        by_desk.setdefault(str(row["desk"]), []).append(Met(*(row[name] for name in Met.__slots__)))
    desks = (Minimums(desk, tuple(lines)) for desk, lines in by_desk.items())
    return tuple(sorted(desks, key=lambda one: (-len(one.missed), one.desk)))


def team_names(desks: Sequence[str], day: date, roster: pd.DataFrame | None) -> dict[str, str]:
    """Desk -> its team on a day, those without one left out."""
    names = pd.Series(list(desks), dtype="str")
    found = units_of(names, pd.Series(pd.Timestamp(day), index=names.index), "team", roster)
    return {desk: team for desk, team in zip(desks, found, strict=True) if team != NO_TEAM}


# --- too young or too thin -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Thin:
    """Ratios of one desk that nobody can watch alone, and why; ``pooled`` are those its team is watched on."""

    desk: str
    ratios: tuple[tuple[str, Reason], ...]
    team: str | None
    pooled: tuple[str, ...]


def too_thin(review: Review, teams: Review, roster: pd.DataFrame | None = None) -> tuple[Thin, ...]:
    """The desks with ratios that have no chart of their own, those with the most first; ``teams`` is by team."""
    units, last = review.weekly.units, review.weekly.weeks[-1].date() + 6 * DAY
    names = team_names(units, last, roster)
    found = [_thin(review, teams, desk, names.get(desk)) for desk in present(review)]
    return tuple(sorted([one for one in found if one.ratios], key=lambda one: (-len(one.ratios), one.desk)))


def _thin(review: Review, teams: Review, desk: str, team: str | None) -> Thin:
    at = review.weekly.units.index(desk)
    ratios = tuple(
        (one.ratio, one.reason) for one in review.watched.unwatched if one.unit == at and _recorded(review, one)
    )
    watched = {chart.ratio for chart in teams.watched.charts if teams.weekly.units[chart.unit] == team}
    return Thin(desk, ratios, team, tuple(ratio for ratio, _ in ratios if ratio in watched))


def _recorded(review: Review, one: Unwatched) -> bool:
    """Whether anything was counted for it lately: a desk that does not make calls has no calls to watch."""
    flow = review.weekly.flows[one.ratio]
    return bool((flow.upstream + flow.downstream)[one.unit, -USUAL_WEEKS:].any())
