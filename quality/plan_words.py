"""How a plan reads aloud: the same sentences on the page and on the command line."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from quality.catalogue import MEASURES
from quality.goals import WEEK_DAYS, DeskPlan, Gone, beyond
from quality.periods import Every, Period
from quality.plan import CHAINS, FEWEST, LEVELS, Step, Target
from quality.tally import BY_ORDER
from quality.words import count_in_words, counts_in_words, n_to_one

#: Of the fills each activity leads to, the share that comes within the period; None where it is not known.
Shares = Mapping[str, float | None]

FILLS = ("fill", "fills")
WORKING_DAYS = ("working day", "working days")
#: From so many a day on a number a day is said whole; below, a number a week says more.
OFTEN = 5
#: From these shares of its fills within the period on an activity mostly, or partly, still serves it.
MOSTLY, PARTLY = 0.5, 0.15

#: How activities made from now on serve the period.
_SERVICE = {
    "mostly": "Still serve this {}",
    "partly": "Partly serve this {}, the rest the next",
    "next": "Made from now on, these serve the next {} or a later one",
    "unknown": "Too few cases on record to say how long they take",
}
_LATER = {"partly": "serve this {0} only in part", "next": "serve the next {0} or a later one"}
_RATIOS = {(link.upstream, link.downstream): link.ratio for chain in CHAINS for link in chain}
_WHOSE = {"team": "the rest of the team", "firm": "the rest of the firm"}


def certainty(probability: float) -> str:
    """``with 80 % certainty``; half is ``with an even chance``."""
    return "with an even chance" if probability == LEVELS[0] else f"with {100 * probability:.0f} % certainty"


def period_in_words(per: Every, period: Period) -> str:
    """``November 2026``, ``the week of 23 November 2026``, ``the quarter from October to December 2026``."""
    if per == "week":
        return f"the week of {period.start.day} {period.start:%B %Y}"
    if per == "month":
        return f"{period.start:%B %Y}"
    return f"the quarter from {period.start:%B} to {period.end:%B %Y}"


def period_in_short(per: Every, period: Period) -> str:
    """``Nov``, ``the week of 23 Nov``, ``Oct to Dec``."""
    if per == "week":
        return f"the week of {period.start.day} {period.start:%b}"
    return f"{period.start:%b}" if per == "month" else f"{period.start:%b} to {period.end:%b}"


def amount(target: Target, days: int) -> tuple[int, str]:
    """How many and how often, as it is said: a day, or a week where that is clearer, or in all in the last days.

    Needs a total that is known.
    """
    total, per_day = target.total or 0, target.per_day or 0.0
    if per_day >= OFTEN:
        return math.ceil(per_day), "a day"
    if days > WEEK_DAYS and total:
        return math.ceil(per_day * WEEK_DAYS), "a week"
    return total, "in all"


def amount_in_words(target: Target, days: int) -> str:
    """``59 a day``; or that there is no number that would do."""
    if target.total is None:
        return "out of reach"
    count, often = amount(target, days)
    return f"{count:,} {often}" if count else "done"


def pace(target: Target, days: int) -> str:
    """``59 recruiting calls a day``; or that no number would do."""
    if target.total is None:
        return f"{MEASURES[target.activity].plural}: out of reach"
    count, often = amount(target, days)
    return f"{count_in_words(count, _noun(target.activity))} {often}"


def standing(plan: DeskPlan) -> str:
    """What is done and left: ``1 fill so far, so 2 to go, with 21 working days left``."""
    own, orders = plan.done["fill"], plan.done["fill_by_order"]
    client_side = any(chain[-1].downstream == "fill_by_order" for chain in plan.chains)
    also = f" (on orders it won {orders:,} so far, so {_to_go(plan, orders)} to go)"
    left = count_in_words(len(plan.days), WORKING_DAYS)
    said = f"{count_in_words(own, FILLS)} so far, so {_to_go(plan, own)} to go"
    return f"{said}{also if client_side and orders != own else ''}, with {left} left"


def _to_go(plan: DeskPlan, done: int) -> str:
    return f"{max(plan.goal.fills - done, 0):,}"


def targets_in_words(plan: DeskPlan, probability: float, activities: Collection[str] = MEASURES) -> str:
    """What is needed with this probability of these activities: one enumeration for each way to a fill."""
    days = len(plan.days)
    firsts = {step.upstream for chain in plan.chains[1:] for step in chain}
    said = ""
    for target in (one for one in plan.targets if one.probability == probability and one.activity in activities):
        joint = "; on the client side " if target.activity in firsts and "client" not in said else ", "
        said = f"{said}{joint if said else ''}{pace(target, days)}"
    return said


def aim_in_words(plan: DeskPlan, shares: Shares) -> str:
    """What the goal takes of the activities that still serve its period, or that none of them does.

    ``shares`` as `quality.reach.reach` gives them; an activity of which nothing is known is not ruled out.
    """
    goal, when = plan.goal, period_in_words(plan.goal.per, plan.period)
    asked = [target.activity for target in plan.targets if target.probability == goal.probability]
    serving = [activity for activity in asked if _service(shares.get(activity)) in ("mostly", "unknown")]
    head = f"To fill {goal.fills:,} in {when} {certainty(goal.probability)}"
    if serving:
        return f"{head}, {plan.desk} needs {targets_in_words(plan, goal.probability, serving)}."
    return f"{head}, {plan.desk} depends on what is already under way."


def later_in_words(plan: DeskPlan, shares: Shares) -> str:
    """Of what is done from now on, what serves the period only in part, and what another one; empty without any."""
    per, asked = plan.goal.per, shares_of(plan, shares)
    groups = {key: [MEASURES[name].plural for name in asked if _service(asked[name]) == key] for key in _LATER}
    said = [f"{in_a_row(names)} {_LATER[key].format(per)}" for key, names in groups.items() if names]
    return f"Of what is done from now on, {'; '.join(said)}." if said else ""


def in_a_row(names: Sequence[str]) -> str:
    """``calls``, ``calls and hits``, ``calls, hits and interviews``."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def warning_in_words(plan: DeskPlan) -> str:
    """That the plan asks for what the desk never came near, by its own best week; empty where it does not."""
    far = beyond(plan)
    if far is None:
        return ""
    best = count_in_words(plan.best_week[far.activity], _noun(far.activity))
    return (
        f"{pace(far, len(plan.days))} is more than ten times what {plan.desk} ever did: "
        f"its best week of the last year had {best}."
    )


def gone_in_words(desk: str, gone: Gone) -> str:
    """Why a desk has most likely left, and what a plan of it is worth."""
    why = [f"its time in the roster ended on {_day(gone.left)}"] if gone.left else []
    why += [f"its last activity was on {_day(gone.last)}"] if gone.last else ["it did nothing for a year"]
    return f"{desk} seems to have left: {in_a_row(why)}. A plan for it rests on what it did before."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _noun(activity: str) -> tuple[str, str]:
    return MEASURES[activity].singular, MEASURES[activity].plural


def remark(share: float | None, per: Every) -> str:
    """How an activity done from now on serves the period: ``mostly in time for this month``; empty where not known."""
    return {
        "mostly": f"mostly in time for this {per}",
        "partly": f"only partly in time for this {per}",
        "next": f"serve the next {per} or a later one",
        "unknown": "",
    }[_service(share)]


def plan_in_words(plan: DeskPlan, shares: Shares | None = None) -> list[str]:
    """The goal, a line for each level, what still serves the period, and each ratio that is not all the desk's own."""
    when = period_in_words(plan.goal.per, plan.period)
    head = f"{plan.desk}: {count_in_words(plan.goal.fills, FILLS)} in {when}; {standing(plan)}."
    lines = [f"  {certainty(level)}: {targets_in_words(plan, level)}" for level in LEVELS if plan.targets]
    served = reach_in_words(shares_of(plan, shares), plan.goal.per) if shares else []
    warned = [f"  {said}" for said in [warning_in_words(plan)] if said]
    thin = [step for chain in plan.chains for step in chain if step.worth]
    return [
        head,
        *warned,
        *lines,
        *(f"  {line}" for line in served),
        *(f"  {basis(step)}" for step in dict.fromkeys(thin)),
    ]


def step_title(step: Step) -> str:
    """The name of the ratio a step is spoken of as."""
    title = _RATIOS[step.upstream, step.downstream].title
    return f"{title} on its own orders" if step.upstream.endswith(BY_ORDER) else title


def basis(step: Step) -> str:
    """A ratio with every count it rests on: ``Send-out to fill 4.5 : 1, from 42 send-outs, 9 fills in 26 weeks``."""
    if not step.is_known:
        return f"{step_title(step)}: nothing is known yet"
    return f"{step_title(step)} {n_to_one(1 / step.rate)}, {basis_in_words(step)}"


def basis_in_words(step: Step) -> str:
    """The counts a ratio rests on, and whose they are. Needs a step that is known."""
    ratio = _RATIOS[step.upstream, step.downstream]
    own = f"from {counts_in_words(ratio, step.n, step.x)} in {step.weeks} weeks"
    if not step.worth:
        return f"{own}, which is thin, and there is nobody to compare with" if step.x < FEWEST else own
    others = f"{_WHOSE[step.whose]} ({counts_in_words(ratio, step.others[1], step.others[0])})"
    if not step.n:
        return f"none of its own, so that of {others}"
    share = round(100 * step.own_share)
    return f"{own}, which is thin: it counts {share} %, {others} {100 - share} %"


def shares_of(plan: DeskPlan, shares: Shares) -> dict[str, float | None]:
    """Of the activities the plan asks something of, the shares that come in time."""
    return {target.activity: shares.get(target.activity) for target in plan.targets if target.total != 0}


def reach_in_words(shares: Shares, per: Every) -> list[str]:
    """Which activities from now on still serve the period: a sentence for those that do, partly do, and do not."""
    groups: dict[str, list[str]] = {}
    for activity, share in shares.items():
        groups.setdefault(_service(share), []).append(f"{MEASURES[activity].plural}{_tenths(share)}")
    return [f"{title.format(per)}: {', '.join(groups[key])}." for key, title in _SERVICE.items() if key in groups]


def _service(share: float | None) -> str:
    if share is None:
        return "unknown"
    return "mostly" if share >= MOSTLY else "partly" if share >= PARTLY else "next"


def _tenths(share: float | None) -> str:
    """Of ten fills that an activity leads to, how many come in time; said where it is one or more."""
    tenths = 0 if share is None else round(10 * share)
    return f" ({tenths} of 10 of the fills they lead to come in time)" if tenths else ""
