"""Signals as a manager says them: what changed, from what to what, since when, how sure, and what to do with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from quality.catalogue import BY_NAME, MEASURES
from quality.words import count_in_words, counts_in_words, n_to_one

SignalKind = Literal["slump", "surge", "below_standard", "above_standard", "volume_drop", "volume_rise"]
#: A kind in the fewest words, on screens and in the terminal.
IN_SHORT: Mapping[SignalKind, str] = {
    "slump": "got worse",
    "volume_drop": "does less",
    "below_standard": "below standard",
    "surge": "got better",
    "volume_rise": "does more",
    "above_standard": "better than standard",
}
#: How a signal is told: as it stands now, as it was when raised though it still holds, or as over.
Standing = Literal["now", "still", "over"]

#: Days of a month up to which one says early and mid.
EARLY, MID = 10, 20


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal. Ratios are n of ``n : 1``, volumes are per week; what does not apply is None.

    ``raised_on`` is the Sunday of the week that raised it, ``since`` the Monday on which it seems to have begun.
    ``upstream`` and ``downstream`` are the counts that ``observed`` rests on (volumes: the count since then), of the
    last ``weeks`` weeks of it; ``upstream`` is None where what began in these weeks is not what came due in them.
    ``probability`` is that of the standard kinds; ``once_in_years`` how often a steady desk would raise it.
    """

    desk: str
    measure: str
    kind: SignalKind
    raised_on: date
    since: date
    active: bool
    standard: float | None
    observed: float | None
    baseline: float | None
    probability: float | None
    once_in_years: float | None
    upstream: int | None
    downstream: int
    weeks: int
    why: str = ""


def title(measure: str) -> str:
    """A ratio or an activity by its name on screen."""
    return BY_NAME[measure].title if measure in BY_NAME else MEASURES[measure].plural.capitalize()


def in_short(signal: Signal) -> str:
    """A signal in the fewest words that can be said aloud: ``Call to hit got worse``, ``fewer hits``."""
    if signal.measure in MEASURES:
        return f"{'fewer' if signal.kind == 'volume_drop' else 'more'} {MEASURES[signal.measure].plural}"
    return f"{title(signal.measure)} {IN_SHORT[signal.kind]}"


def about_when(day: date, asked: date) -> str:
    """``mid May``: how one speaks of a beginning that nobody knows to the day; with the year where it is another."""
    part = "early" if day.day <= EARLY else "mid" if day.day <= MID else "late"
    return f"{part} {day:%B}{_year(day, asked)}"


def _year(day: date, asked: date) -> str:
    return f" {day.year}" if day.year != asked.year else ""


def seldom(years: float) -> str:
    """``once in seven years``, ``once a year``, ``3 times a year``."""
    whole = round(years)
    if whole >= 2:
        return f"once in {_NUMBERS.get(whole, str(whole))} years"
    return "once a year" if years >= 0.75 else f"{round(1 / years)} times a year"


_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}


def story(signal: Signal, asked: date, *, as_raised: bool = False) -> str:
    """One signal in a sentence, with its counts, as one says it on the day ``asked``.

    With ``as_raised`` its numbers are those of the week that raised it, and it is told as something past.
    """
    standing: Standing = "over" if not signal.active else "still" if as_raised else "now"
    return _STORIES[signal.kind](signal, asked, standing)


def _slump(signal: Signal, asked: date, standing: Standing) -> str:
    return _change(signal, "worsened", asked, standing) + ("; worth a conversation" if standing == "now" else "")


def _surge(signal: Signal, asked: date, standing: Standing) -> str:
    return f"{_change(signal, 'improved', asked, standing)}; worth asking what is done differently"


def _change(signal: Signal, word: str, asked: date, standing: Standing) -> str:
    to = f"to about {n_to_one(signal.observed)}" if signal.observed else "until nothing got there"
    return (
        f"{title(signal.measure)} {word} from {n_to_one(signal.baseline)} {to} {_from_when(signal, asked, standing)} "
        f"({_since(signal)}){_ENDS[standing].format(has='has')}; "
        f"a steady desk would show this about {seldom(signal.once_in_years or 0.0)}"
    )


_ENDS: Mapping[Standing, str] = {"now": "", "still": " and {has} stayed so", "over": " and {has} come back since"}


def _from_when(signal: Signal, asked: date, standing: Standing) -> str:
    when = about_when(signal.since, asked)
    return f"since {when}" if standing == "now" else f"from {when} on"


def _since(signal: Signal) -> str:
    """The counts of a change; where they do not tell it, what was reached, and that the ratio allows for the time."""
    if signal.upstream is not None:
        return f"{_counts(signal)} in {_weeks(signal.weeks)}"
    reached = count_in_words(signal.downstream, BY_NAME[signal.measure].downstream_words)
    return f"{reached} in {_weeks(signal.weeks)}, allowing for the time this step takes"


def _counts(signal: Signal) -> str:
    return counts_in_words(BY_NAME[signal.measure], signal.upstream or 0, signal.downstream)


def _standard(signal: Signal, asked: date, standing: Standing) -> str:
    """The fact beside the standard, since when, and how sure that is."""
    return (
        f"{_fact(signal, standing)} ({_counts(signal)} in {_weeks(signal.weeks)}): {_verdict(signal, asked, standing)}"
    )


def _fact(signal: Signal, standing: Standing) -> str:
    """``Call to hit is 6.1 : 1 and should be 5.0 : 1 or better``: nobody has to know that less is better."""
    past = ("was", "have been", "would have done")
    stands, should, would = ("is", "be", "would do") if standing == "now" else past
    said = n_to_one(signal.observed) if signal.observed else f"without a single {_downstream(signal.measure)}"
    standard = n_to_one(signal.standard)
    beside = (
        f"and should {should} {standard} or better" if signal.kind == "below_standard" else f"where {standard} {would}"
    )
    return f"{title(signal.measure)} {stands} {said} {beside}"


def _downstream(ratio: str) -> str:
    return BY_NAME[ratio].downstream_words[0]


def _verdict(signal: Signal, asked: date, standing: Standing) -> str:
    """That it is worse: the word below is that of the verdict, but a worse ratio is the higher one."""
    verdict = "worse than the standard" if signal.kind == "below_standard" else "better than the standard"
    week = f"the week of {signal.since.day} {signal.since:%B}{_year(signal.since, asked)}"
    since, ending = _SURE[standing]
    return f"{verdict} {since.format(week)}, {ending.format(sure_in_words(signal.probability or 0.0))}"


_SURE: Mapping[Standing, tuple[str, str]] = {
    "now": ("since {}", "and that is {} sure"),
    "still": ("from {} on", "which was {} sure then and still holds"),
    "over": ("from {} on", "which was {} sure and no longer is"),
}


def _weeks(number: int) -> str:
    return count_in_words(number, ("week", "weeks"))


def sure_in_words(probability: float) -> str:
    """``96 %``, ``over 99 %``."""
    return "over 99 %" if probability > 0.99 else f"{probability:.0%}".replace("%", " %")


def _volume(signal: Signal, asked: date, standing: Standing) -> str:
    word = "fell" if signal.kind == "volume_drop" else "rose"
    return (
        f"{title(signal.measure)} {word} from about {_weekly(signal.baseline or 0.0)} to about "
        f"{_weekly(signal.observed or 0.0)} a full week {_from_when(signal, asked, standing)} "
        f"({count_in_words(signal.downstream, _words(signal.measure))} in {_weeks(signal.weeks)})"
        f"{_ENDS[standing].format(has='have')}"
    )


def _words(measure: str) -> tuple[str, str]:
    return MEASURES[measure].singular, MEASURES[measure].plural


def _weekly(number: float) -> str:
    return f"{number:,.0f}" if number >= 10 else f"{number:,.1f}"


_STORIES: Mapping[str, Callable[[Signal, date, Standing], str]] = {
    "slump": _slump,
    "surge": _surge,
    "below_standard": _standard,
    "above_standard": _standard,
    "volume_drop": _volume,
    "volume_rise": _volume,
}
