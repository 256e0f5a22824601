"""How the rules of follow-up are told: their groups, where they come from, what counts, what ends them early."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from quality.obligation_forms import Rule, While
from quality.obligation_rules import BY_NAME
from quality.rule_changes import RuleChange, changed, contacts, counted, has_days, unit_of
from quality.vocabulary import ACTIVITIES
from ui import text
from ui.follow_up_rules_data import Moves

EVERY = "All rules"
#: Groups of rules by the moment they are about -> the rules, in the order they are shown.
GROUPS: dict[str, tuple[str, ...]] = {
    "Promises": ("weekly_promise", "do_what_you_said", "friday_update", "close_loop"),
    "First contact": ("acknowledge_resume", "after_marketing", "after_job_order", "after_intake"),
    "Interviews and offers": (
        "validate_interview",
        "prep_candidate",
        "prep_client",
        "debrief_candidate",
        "debrief_client",
        "after_offer_candidate",
        "after_offer_client",
        "touch_after_decision",
    ),
    "Contractors": (
        "touch_to_start",
        "touch_120",
        "touch_contract",
        "onsite_thanks",
        "redeploy_45",
        "redeploy_30",
        "handoff_to_care",
        "care_before_day_45",
        "ticket_answered",
    ),
    "Declined offers": ("why_declined", "declined_6_months", "declined_18_months"),
}

#: The texts the rules come from, by what they are about.
SOURCES = {
    "S1": "contract staffing",
    "S2": "closing the loop",
    "S3": "following up with hiring managers",
    "S4": "candidates who declined",
    "S5": "contractor care",
}
#: The same in full.
TEXTS = """The rules come from five training texts:
1. Top Echelon, *Contract Staffing Fundamentals*, session 14: follow up, touch and quality control
2. Intero on closing the loop and the Friday calls
3. A text on following up with hiring managers
4. Opti on candidates who turned an offer down
5. Sense, *Contractor Care and Contractor Support*

Where they name no number of days, it is a starting value of ours."""

_ENDS: dict[While, str] = {
    "active_candidate": "the candidate is placed, declines or is rejected, or nothing happens for 30 days",
    "open_order": "the order is closed or filled, or nothing happens on it for 90 days",
    "accepted": "the assignment starts or is called off",
    "first_120_days": "the assignment ends",
    "rest_of_contract": "the assignment ends",
    "running_assignment": "the assignment ends",
}
_CHANNELS = {"onsite": "on site"}


def details(rule: Rule) -> list[str]:
    """What fulfils it, what ends it early, who is meant and where it comes from: short sentences, not markdown."""
    ends = _ENDS[rule.living] if rule.living else "the interview is cancelled or moved" if rule.waived_if else ""
    return [
        f"Done by: {fulfilled_by(rule)}.",
        *([f"Ends early when {ends}."] if ends else []),
        *(["Only for people who agreed to be contacted."] if rule.consent else []),
        f"{source(rule)}.",
    ]


def fulfilled_by(rule: Rule) -> str:
    """What fulfils it in words: ``any contact with the candidate``, ``touch (on site)``, ``prep or call attempt``."""
    means, party = rule.fulfilled_by, rule.fulfilled_by.party or rule.party
    held, every = counted(rule), contacts(rule)
    whole = {*every} <= {*held}
    whom = f"any contact with the {party}" if party else "any contact with that person"
    names = [name.lower() for name in map(activity, held[len(every) * whole :])]
    by = f" ({either([_CHANNELS.get(one, one) for one in means.channels])})" if means.channels else ""
    said = either([whom] * whole + names) + by + " with a reason" * bool(means.reason)
    to_care = " by and to anybody but support, about no ticket"
    return said + " by contractor care" * means.care + to_care * means.not_of_support


def source(rule: Rule) -> str:
    """Where it comes from: ``Source: training texts on contract staffing and closing the loop``."""
    about = [SOURCES[one] for one in rule.source.split(", ")]
    return f"Source: training text{'s' * (len(about) > 1)} on {' and '.join(about)}"


def activity(name: str) -> str:
    """An activity as people read it."""
    return ACTIVITIES[name].title


def either(names: Sequence[str]) -> str:
    """Names of which one is enough: ``touch, survey or note``."""
    return " or ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def days(rule: Rule) -> str:
    """``14 days``, ``1 business day``; nothing where the rule names a moment."""
    return text.count(rule.number, unit_of(rule).removesuffix("s")) if has_days(rule) else ""


def state(rule: Rule) -> str:
    """How a rule is, in short: ``on, 14 days, done by any contact with the candidate``."""
    parts = [days(rule), f"done by {fulfilled_by(rule)}"] if rule.on else []
    return ", ".join(filter(None, ["on" if rule.on else "off", *parts]))


def told(change: RuleChange) -> str:
    """What a change says: ``off``, ``as shipped``, or how the rule is from then on."""
    shipped = BY_NAME[change.rule]
    after = changed(shipped, change)
    return "as shipped" if after == shipped else state(after)


def since(first: date, today: date) -> str:
    """``since 2 Nov 2026``, or ``from 1 Dec 2026 on`` where it is still to come."""
    return f"from {text.day(first)} on" if first > today else f"since {text.day(first)}"


def moved(parts: Mapping[str, Moves]) -> str:
    """What a change does to today's call sheet: ``**84** people leave today's list. **3** more stand on it.``"""
    said = [_moved(parts[name], *where) for name, where in _LISTS.items()]
    return " ".join(filter(None, said)) or "Today's list stays as it is."


#: Part of the call sheet -> what is left, and where somebody stands then.
_LISTS = {"today": ("today's list", "on today's list"), "long": ("Long overdue", "under Long overdue")}


def _moved(one: Moves, name: str, where: str) -> str:
    leave = f"**{one.leave:,}** {'person leaves' if one.leave == 1 else 'people leave'} {name}." if one.leave else ""
    come = f"**{one.come:,}** more {'stands' if one.come == 1 else 'stand'} {where}." if one.come else ""
    return " ".join(filter(None, [leave, come]))


def day(moment: str) -> str:
    """The day of a moment that is kept as ISO text; the text itself, made harmless, where it is none."""
    try:
        return text.day(date.fromisoformat(moment[:10]))
    except ValueError:
        return text.plain(moment)
