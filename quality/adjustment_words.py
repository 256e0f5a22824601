"""What came of a change, in one plain sentence with its counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from math import floor
from typing import Literal

from quality.adjustments import Effect, Followed, Others, Status
from quality.catalogue import BY_NAME, MEASURES
from quality.compared import FEWEST_WEEKS, SPAN, Figures
from quality.judgement import FEWEST_CASES
from quality.stories import title
from quality.words import count_in_words, counts_in_words, n_to_one

Verdict = Literal["better", "likely_better", "unclear", "likely_worse", "worse"]

#: Chance of being better above which a word is used, the first that fits; the rest is worse.
_ABOVE: tuple[tuple[float, Verdict], ...] = (
    (0.95, "better"),
    (0.80, "likely_better"),
    (0.20, "unclear"),
    (0.05, "likely_worse"),
)
#: Chance above which one group is said to have gained on the other; under one minus it, to have lost ground.
LIKELY = 0.80

_QUALITIES: Mapping[Verdict, str] = {
    "better": "clearly better",
    "likely_better": "probably better",
    "unclear": "no clear change",
    "likely_worse": "probably worse",
    "worse": "clearly worse",
}
#: Of an activity one says how much, not how good.
_AMOUNTS: Mapping[Verdict, str] = {
    "better": "clearly more",
    "likely_better": "probably more",
    "unclear": "no clear change",
    "likely_worse": "probably less",
    "worse": "clearly less",
}


def verdict(better: float) -> Verdict:
    """The word for a chance of having got better."""
    return next((word for least, word in _ABOVE if better > least), "worse")


def chance(share: float) -> str:
    """``9 in 10``, ``97 in 100``, ``over 99 in 100``: never more than it is, so that a word and its chance agree."""
    if share > 0.99:
        return "over 99 in 100"
    parts = 100 if share >= 0.95 else 10
    return f"{floor(share * parts + 1e-9)} in {parts}"


def said(measure: str, word: Verdict) -> str:
    """A verdict in words: ``probably better``; of an activity ``probably more``."""
    return _QUALITIES[word] if measure in BY_NAME else _AMOUNTS[word]


def how_sure(measure: str, better: float) -> str:
    """``probably better (9 in 10)``; of an activity ``probably more (9 in 10)``."""
    word, likely_side = verdict(better), chance(max(better, 1 - better))
    if word != "unclear":
        return f"{said(measure, word)} ({likely_side})"
    side: Verdict = "better" if better >= 0.5 else "worse"
    return f"no clear change ({likely_side} that it is {said(measure, side).removeprefix('clearly ')})"


def sentence(found: Followed, effect: Effect) -> str:
    """One measure of an entry: from what to what, how sure, and what the others did; or why nothing is said yet."""
    if effect.before and effect.after and effect.better is not None:
        change = f"{numbers(effect.measure, effect.before)} to {numbers(effect.measure, effect.after)}"
        others = _others(found, effect.measure, effect.others) if effect.others else ""
        return f"{title(effect.measure)} went from {change} since: {how_sure(effect.measure, effect.better)}{others}"
    return f"{title(effect.measure)}: {_REASONS[effect.status](found, effect)}"


def numbers(measure: str, figures: Figures) -> str:
    """``5.0 : 1 (30 / 6)``; of an activity ``4.2 a day (210 in 50 working days)``."""
    if measure not in BY_NAME:
        days = count_in_words(figures.per, ("working day", "working days"))
        return f"{_amount(figures.value)} a day ({figures.count:,} in {days})"
    return f"{_value(measure, figures)} ({figures.per:,} / {figures.count:,})"


def due(effect: Effect) -> str:
    """What a chance rests on, where that is not what happened; nothing where it is."""
    figures = [one for one in (effect.before, effect.after) if one]
    if effect.better is None or not any(one.differs for one in figures):
        return ""
    before, since = (f"{one.due_per:,} / {one.due_count:,}" for one in figures)
    return f"Judged is what came due in these weeks, some of it begun earlier: {before} before, {since} since."


def _value(measure: str, figures: Figures) -> str:
    """The number alone."""
    if measure not in BY_NAME:
        return f"{_amount(figures.value)} a day"
    return n_to_one(figures.value) if figures.count else f"no {BY_NAME[measure].downstream_words[1]}"


def _amount(value: float | None) -> str:
    known = value or 0.0
    return f"{known:,.0f}" if known >= 100 else f"{known:,.1f}"


def likely(figures: Figures) -> str:
    """``4.1 to 9.8``, ``4.1 or more``; nothing where nothing is known."""
    if figures.low is None:
        return ""
    return (
        f"{_amount(figures.low)} or more"
        if figures.high is None
        else f"{_amount(figures.low)} to {_amount(figures.high)}"
    )


def others_named(others: Others) -> str:
    """``the other desks of North``, ``the other desks``."""
    return f"the other desks of {others.team}" if others.team else "the other desks"


def _others(found: Followed, measure: str, others: Others) -> str:
    if others.better is None or others.more is None:
        return f"; too little is recorded of {others_named(others)} to compare with"
    change = f"{_value(measure, others.before)} to {_value(measure, others.after)}"
    did = said(measure, verdict(others.better))
    return f"; {others_named(others)} {change}, {did}; {_gained(found.entry.name, others.more)}"


def _gained(name: str, more: float) -> str:
    """Whether the own change was better than theirs."""
    if more > LIKELY:
        return f"{name} gained on them ({chance(more)})"
    if more < 1 - LIKELY:
        return f"{name} lost ground to them ({chance(1 - more)})"
    return f"too close to say whether {name} gained on them"


# --- why nothing is said ---------------------------------------------------------------------------------------------


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _whom(found: Followed) -> str:
    return found.entry.name or "anybody"


def _cases(measure: str, figures: Figures | None) -> str:
    """``5 send-outs, 1 fill``; of an activity ``12 calls``."""
    if figures is None:
        return "nothing"
    if measure in BY_NAME:
        return counts_in_words(BY_NAME[measure], figures.due_per, figures.due_count)
    return count_in_words(figures.count, (MEASURES[measure].singular, MEASURES[measure].plural))


def _early(_: Followed, effect: Effect) -> str:
    return f"too early; {FEWEST_WEEKS} weeks count from {_day(effect.judged_from)} on"


def _short(_: Followed, effect: Effect) -> str:
    if effect.measure not in BY_NAME:
        return f"too early; {FEWEST_WEEKS} weeks at work are needed"
    upstream = BY_NAME[effect.measure].upstream_words[1]
    return (
        f"too early; {_cases(effect.measure, effect.after)} came due so far, and {FEWEST_CASES} {upstream} are needed"
    )


_REASONS: Mapping[Status, Callable[[Followed, Effect], str]] = {
    "future": lambda found, _: f"planned for {_day(found.entry.made_on)}",
    "unrecorded": lambda found, _: f"nothing is recorded of {_whom(found)}",
    "no_before": lambda found, _: f"nothing is known of {_whom(found)} in the {SPAN} weeks before to compare with",
    "silent": lambda found, _: f"nothing is recorded of {_whom(found)} since",
    "early": _early,
    "short": _short,
    "few_before": lambda _, effect: (
        f"too little in the {SPAN} weeks before to compare with ({_cases(effect.measure, effect.before)})"
    ),
    "few": lambda _, effect: f"too little in the {SPAN} weeks since ({_cases(effect.measure, effect.after)})",
}
