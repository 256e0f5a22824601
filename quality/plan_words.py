"""How a plan reads aloud: the same sentences on the page and on the command line."""

from __future__ import annotations

import math

from quality.catalogue import MEASURES
from quality.goals import DeskPlan
from quality.periods import Every, Period
from quality.plan import LEVELS, Target
from quality.words import count_in_words

FILLS = ("fill", "fills")
WORKING_DAYS = ("working day", "working days")
#: From so many a day on a number a day is said whole; below, a number a week says more.
OFTEN = 5
WEEK_DAYS = 5


def certainty(probability: float) -> str:
    """``with 80 % certainty``; half is ``with an even chance``."""
    return "with an even chance" if probability == LEVELS[0] else f"with {probability:.0%} certainty".replace("%", " %")


def period_in_words(per: Every, period: Period) -> str:
    """``in November 2026``, ``in the week of 23 November 2026``, ``in the quarter from October to December 2026``."""
    if per == "week":
        return f"in the week of {period.start.day} {period.start:%B %Y}"
    if per == "month":
        return f"in {period.start:%B %Y}"
    return f"in the quarter from {period.start:%B} to {period.end:%B %Y}"


def pace(target: Target, days: int) -> str:
    """``59 recruiting calls a day``, ``12 interviews a week``, or the total where less than a week is left."""
    measure = MEASURES[target.activity]
    words = (measure.singular, measure.plural)
    if target.total is None:
        return f"more {words[1]} than anybody can make" if days else f"no number of {words[1]}"
    if not target.total or target.per_day is None:
        return f"{count_in_words(target.total, words)}" if target.total else f"no more {words[1]}"
    if target.per_day >= OFTEN:
        return f"{count_in_words(math.ceil(target.per_day), words)} a day"
    if days > WEEK_DAYS:
        return f"{count_in_words(math.ceil(target.per_day * WEEK_DAYS), words)} a week"
    return f"{count_in_words(target.total, words)} by the end"


def standing(plan: DeskPlan) -> str:
    """What is done and left: ``1 fill so far, so 2 to go, with 21 working days left``."""
    own, orders = plan.done["fill"], plan.done["fill_by_order"]
    left = count_in_words(len(plan.days), WORKING_DAYS)
    client_side = any(chain[-1].downstream == "fill_by_order" for chain in plan.chains)
    also = f" ({orders:,} on orders it won)" if client_side and orders != own else ""
    to_go = max(plan.goal.fills - own, 0)
    return f"{count_in_words(own, FILLS)} so far{also}, so {to_go:,} to go, with {left} left"


def targets_in_words(plan: DeskPlan, probability: float) -> str:
    """What is needed with this probability, in one enumeration."""
    said = [pace(target, len(plan.days)) for target in plan.targets if target.probability == probability]
    return " and ".join(filter(None, [", ".join(said[:-1]), *said[-1:]]))


def plan_in_words(plan: DeskPlan) -> list[str]:
    """The goal, and a line for each level."""
    head = f"{plan.desk}: {count_in_words(plan.goal.fills, FILLS)} {period_in_words(plan.goal.per, plan.period)}; "
    lines = [f"  {certainty(level)}: {targets_in_words(plan, level)}" for level in LEVELS if plan.targets]
    return [f"{head}{standing(plan)}.", *lines]
