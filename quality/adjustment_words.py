"""What came of a change, in one plain sentence with its counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal

from quality.adjustments import SPAN, Effect, Figures, Followed, Others, Status
from quality.catalogue import BY_NAME, MEASURES
from quality.judgement import FEWEST_CASES
from quality.stories import title
from quality.words import count_in_words, counts_in_words, n_to_one

Verdict = Literal["better", "likely_better", "unclear", "likely_worse", "worse"]

#: Chance of being better from which a word is used, the first that is reached; the rest is worse.
_FROM: tuple[tuple[float, Verdict], ...] = (
    (0.95, "better"),
    (0.80, "likely_better"),
    (0.20, "unclear"),
    (0.05, "likely_worse"),
)


def verdict(better: float) -> Verdict:
    """The word for a chance of having got better; chances of .95, .80, .20 and .05 are where it changes."""
    return next((word for least, word in _FROM if better > least or better == least >= 0.5), "worse")


def chance(share: float) -> str:
    """``9 in 10``, ``97 in 100``, ``over 99 in 100``."""
    if share > 0.99:
        return "over 99 in 100"
    if 0.1 <= share < 0.945:
        return f"{round(share * 10)} in 10"
    return f"{round(share * 100)} in 100" if share >= 0.01 else "under 1 in 100"


def sentence(found: Followed, effect: Effect) -> str:
    """One measure of an entry: from what to what, how sure, and what the others did; or why nothing is said yet."""
    if effect.before and effect.after and effect.better is not None:
        return _judged(found, effect, effect.before, effect.after)
    return f"{title(effect.measure)}: {_REASONS[effect.status](found, effect)}"


def numbers(measure: str, figures: Figures) -> str:
    """``5.0 : 1 (31 / 6)``; an activity ``4.2 a day (210 in 50 working days)``."""
    if measure in BY_NAME:
        if not figures.count:
            return f"no {BY_NAME[measure].downstream_words[1]} ({figures.per:,} / 0)"
        return f"{n_to_one(figures.value)} ({figures.per:,} / {figures.count:,})"
    days = count_in_words(figures.per, ("working day", "working days"))
    return f"{pace(figures.value or 0.0)} a day ({figures.count:,} in {days})"


def pace(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:,.1f}"


def _judged(found: Followed, effect: Effect, before: Figures, after: Figures) -> str:
    change = f"from {numbers(effect.measure, before)} to {numbers(effect.measure, after)} since"
    told = f"{title(effect.measure)} went {change}; {_how_sure(effect)}"
    return f"{told}{_others(found, effect, effect.others) if effect.others else ''}"


def _how_sure(effect: Effect) -> str:
    better = effect.better or 0.0
    words, worse = _WORDS[_side(effect.measure)], better < 0.5
    return words[verdict(better)].format(chance(1 - better if worse else better))


def _side(measure: str) -> Literal["ratio", "activity"]:
    return "ratio" if measure in BY_NAME else "activity"


_WORDS: Mapping[str, Mapping[Verdict, str]] = {
    "ratio": {
        "better": "better ({})",
        "likely_better": "probably better ({})",
        "unclear": "no clear change",
        "likely_worse": "probably worse ({})",
        "worse": "worse ({})",
    },
    "activity": {
        "better": "more than before ({})",
        "likely_better": "probably more ({})",
        "unclear": "no clear change",
        "likely_worse": "probably less ({})",
        "worse": "less than before ({})",
    },
}


def whose(others: Others) -> str:
    """``the other desks of North``, ``the other desks``."""
    return f"the other desks of {others.team}" if others.team else "the other desks"


def _others(found: Followed, effect: Effect, others: Others) -> str:
    if others.better is None:
        return f"; of {whose(others)} too little is known over these weeks"
    if verdict(others.better) == "unclear":
        did = "stayed where they were"
    else:
        did = f"went from {_short(effect.measure, others.before)} to {_short(effect.measure, others.after)}"
    return f"; {whose(others)} {did}{_more(found, others)}"


def _short(measure: str, figures: Figures) -> str:
    if measure in BY_NAME:
        return n_to_one(figures.value) if figures.count else "none"
    return f"{pace(figures.value or 0.0)} a day"


def _more(found: Followed, others: Others) -> str:
    """Whether the own change was the greater one, where that can be said."""
    if others.more is None:
        return ""
    who = found.entry.name or "the company"
    ahead = others.more >= 0.5
    share = others.more if ahead else 1 - others.more
    if share < 0.6:
        return f", and whether {who} or they gained more is open"
    return f"; {who} gained {'more' if ahead else 'less'} than they did ({chance(share)})"


# --- why nothing is said ---------------------------------------------------------------------------------------------


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _early(_: Followed, effect: Effect) -> str:
    after = effect.after
    so_far = f"; {_cases(effect.measure, after)} so far" if after else ""
    return f"too early; can be judged from {_day(effect.judged_from)} on, once {_least(effect.measure)}{so_far}"


def _least(measure: str) -> str:
    if measure not in BY_NAME:
        return "three weeks are over"
    return f"{FEWEST_CASES} {BY_NAME[measure].upstream_words[1]} had their time"


def _cases(measure: str, figures: Figures) -> str:
    if measure in BY_NAME:
        return counts_in_words(BY_NAME[measure], figures.per, figures.count)
    one = MEASURES[measure]
    return count_in_words(figures.count, (one.singular, one.plural))


def _few_before(_: Followed, effect: Effect) -> str:
    known = f" ({_cases(effect.measure, effect.before)})" if effect.before else ""
    return f"too little in the {SPAN} weeks before to compare with{known}"


def _few(_: Followed, effect: Effect) -> str:
    known = f" ({_cases(effect.measure, effect.after)})" if effect.after else ""
    return f"too little in the {SPAN} weeks since to compare{known}"


def _unrecorded(found: Followed, _: Effect) -> str:
    return f"nothing is recorded of {found.entry.name or 'anybody'} in these weeks"


_REASONS: Mapping[Status, Callable[[Followed, Effect], str]] = {
    "future": lambda found, _: f"planned for {_day(found.entry.made_on)}",
    "unrecorded": _unrecorded,
    "no_before": lambda *_: f"nothing is recorded in the {SPAN} weeks before, so there is nothing to compare with",
    "silent": lambda found, _: f"nothing is recorded of {found.entry.name or 'anybody'} since",
    "early": _early,
    "few_before": _few_before,
    "few": _few,
}
