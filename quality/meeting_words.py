"""The weekly meeting in sentences that can be read aloud: no statistic needs explaining."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quality.catalogue import BY_NAME, MEASURES
from quality.meeting import Card, Meeting, Minimums, Pace, Point, Thin
from quality.meeting_changes import Moved
from quality.monitoring import Reason
from quality.signals import GONE
from quality.stories import Signal, sure_in_words, title
from quality.stories import in_short as in_few
from quality.words import count_in_words, counts_in_words, n_to_one

DESKS = ("desk", "desks")
#: So many desks are named, more of them counted.
NAMED = 3
#: From so far from the usual on one speaks of it.
_NEAR = 0.5


def summary(found: Meeting) -> str:
    """The firm in one sentence, without any name."""
    return "; ".join(filter(None, [_who(found), _week(found.paces)])) + "."


def _who(found: Meeting) -> str:
    desks = len(found.desks)
    if not desks:
        return "No desk has recorded anything lately"
    if not found.judged:
        return f"It is too early to judge {'the one desk' if desks == 1 else f'any of the {desks} desks'}"
    talk = _some(len(found.talk), desks, "deserves a conversation", "deserve a conversation")
    return f"{talk}, {len(found.praise) or 'none'} did great"


def _some(number: int, of: int, one: str, more: str) -> str:
    return f"{number or 'None'} of {count_in_words(of, DESKS)} {one if number == 1 else more}"


def _week(paces: Sequence[Pace]) -> str:
    """What was done last week; empty where none of it is ever recorded."""
    recorded = [pace(one) for one in paces if one.count or one.usual]
    return " and ".join(recorded) + " last week" if recorded else ""


def pace(one: Pace) -> str:
    """``14 send-outs (5 fewer than usual)``; a difference that chance alone brings is as usual."""
    measure = MEASURES[one.measure]
    count = count_in_words(one.count, (measure.singular, measure.plural))
    return f"{count} ({_beside(one)})" if one.usual is not None else count


def _beside(one: Pace) -> str:
    away = round(one.count - (one.usual or 0.0))
    if not one.stands_out or not away:
        return f"usually about {max(one.usual or 0.0, 0.0):,.0f}" if (one.usual or 0.0) >= _NEAR else "as usual"
    return f"{abs(away):,} {'more' if away > 0 else 'fewer'} than usual"


def left_out(silent: Sequence[str]) -> str:
    """``Desk 04 has recorded nothing a ratio counts for 4 weeks and is left out.``; empty where nobody is."""
    if not silent:
        return ""
    have, are = ("has", "is") if len(silent) == 1 else ("have", "are")
    return f"{named(silent)} {have} recorded nothing a ratio counts for {GONE} weeks and {are} left out."


def named(desks: Sequence[str]) -> str:
    """Up to three desks by name, more of them as a number."""
    if len(desks) > NAMED:
        return count_in_words(len(desks), DESKS)
    return " and ".join(filter(None, [", ".join(desks[:-1]), desks[-1]]))


def in_short(card: Card) -> str:
    """Why one should talk to a desk, in a few words: the first reason, and how many more there are."""
    first, *more = [one.signal for one in card.points]
    return f"{in_few(first)}, and {count_in_words(len(more), ('more', 'more'))}" if more else in_few(first)


def standard_moved(one: Moved, desks: int) -> str:
    """``Call to hit: 6.0 : 1 instead of 5.0 : 1, for every desk``."""
    whom = "every desk" if len(one.desks) == desks else named(one.desks)
    return f"{title(one.ratio)}: {n_to_one(one.now)} instead of {n_to_one(one.before)}, for {whom}"


def unsure(moved: int) -> str:
    """How many verdicts moved without ever being sure."""
    verdicts = count_in_words(moved, ("verdict", "verdicts"))
    return f"{verdicts} went from likely to unclear or back. Chance alone does that, so there is nothing to talk about."


def common(found: Meeting) -> str:
    """What so many desks miss that one looks at the standard first; empty where there is nothing."""
    desks = len(found.desks)
    parts = [
        f"{many} of {desks} desks are worse than the standard for {title(ratio)}."
        for ratio, many in found.common.items()
    ]
    advice = "When that many are, look at the standard and the market first, and then at the desks behind the others."
    return " ".join([*parts, advice]) if parts else ""


def said(point: Point) -> str:
    """A signal as its story, what there is to say about the standard, and where the other desks stand."""
    parts = [f"{point.signal.why}."]
    parts += [_standard(point.judged, point.signal)] if point.judged else []
    parts += [f"The other desks together are at {n_to_one(point.others)}."] if point.others is not None else []
    return " ".join(parts)


def _standard(judged: Signal, beside: Signal) -> str:
    """``The standard is 2.0 : 1: the last 13 weeks (51 interviews, 15 send-outs) are worse, and that is 96 % sure.``

    Counts that stand ``beside`` it are not said again.
    """
    counts = counts_in_words(BY_NAME[judged.measure], judged.upstream or 0, judged.downstream)
    same = (judged.upstream, judged.downstream, judged.weeks) == (beside.upstream, beside.downstream, beside.weeks)
    weeks = "these weeks" if same else f"the last {judged.weeks} weeks ({counts})"
    return (
        f"The standard is {n_to_one(judged.standard)}: {weeks} are {_SIDES[judged.kind]}, and that is "
        f"{sure_in_words(judged.probability or 0.0)} sure."
    )


_SIDES = {"below_standard": "worse", "above_standard": "better"}


#: Why a ratio of a desk cannot be watched alone, in the fewest words.
REASONS: Mapping[Reason, str] = {"young": "too young", "few": "too few cases", "slow": "too few a week"}


def thin(one: Thin) -> str:
    """Which ratios cannot be watched alone and why, and what watches them instead."""
    groups: dict[tuple[Reason, bool], list[str]] = {}
    for ratio, reason in one.ratios:
        groups.setdefault((reason, ratio in one.pooled), []).append(title(ratio))
    return "; ".join(_thin(reason, pooled, ratios) for (reason, pooled), ratios in groups.items())


def _thin(reason: Reason, pooled: bool, ratios: Sequence[str]) -> str:
    """``too few a week for Send-out to fill, so its team is watched instead``."""
    return f"{REASONS[reason]} for {', '.join(ratios)}, so its {'team' if pooled else 'activity'} is watched instead"


def minimums_summary(found: Sequence[Minimums]) -> str:
    """How many desks met all of their minimums last week."""
    there = [one for one in found if one.all_met is not None]
    done = sum(bool(one.all_met) for one in there)
    return f"{_some(done, len(there), 'met', 'met')} all activity minimums"


def missed(one: Minimums) -> str:
    """What a desk was short of: ``6 of 10 hits, 80 of 100 recruiting calls``."""
    return ", ".join(f"{line.count:,} of {line.minimum:,.4g} {MEASURES[line.measure].plural}" for line in one.missed)
