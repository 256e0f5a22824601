"""The parts of the page Plan: the goal, what it asks of each day, what would change it, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from quality.catalogue import MEASURES
from quality.goals import DeskPlan, Goal, fills_for
from quality.periods import Every
from quality.plan import Step, Target
from quality.plan_words import (
    Shares,
    aim_in_words,
    amount_in_words,
    basis_in_words,
    gone_in_words,
    later_in_words,
    period_in_words,
    reach_in_words,
    remark,
    standing,
    step_title,
    warning_in_words,
)
from quality.words import count_in_words, n_to_one
from ui import downloads, menu, plan_data, text
from ui.downloads import Sheet

PER: dict[str, Every] = {"Week": "week", "Month": "month", "Quarter": "quarter"}
CERTAINTIES = {"Even chance": 0.5, "80 %": 0.8, "95 %": 0.95}
FILLS, MONEY = "Fills", "Money"


def say_nothing_known() -> None:
    st.info("There is no activity of the last 52 weeks to plan with.", icon=":material/event_busy:")
    st.page_link(menu.file("upload"), label="Upload a newer export", icon=":material/upload_file:")


def ask_desk() -> str:
    """Whose plan it is; a link keeps it."""
    return st.selectbox("Desk", plan_data.desks(), key="plan_desk", bind="query-params", width=360)


def warn_if_gone(desk: str) -> None:
    """That a desk has most likely left; what is planned for it would be nobody's."""
    gone = plan_data.gone(desk)
    if gone:
        st.warning(gone_in_words(text.plain(desk), gone), icon=":material/person_off:")


def warn_if_absurd(plan: DeskPlan) -> None:
    """That the plan asks for what the desk never came near."""
    said = warning_in_words(replace(plan, desk=text.plain(plan.desk)))
    if said:
        st.warning(said, icon=":material/warning:")


def ask_goal(desk: str) -> Goal:
    """The goal: the one saved for the desk, else what is usual for it. Each desk has controls of its own."""
    saved = plan_data.goal_of(desk)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measured = st.segmented_control("Goal in", [FILLS, MONEY], default=FILLS, required=True, key="goal_in")
        fills = _ask_money(desk, saved) if measured == MONEY else _ask_fills(desk, saved)
        per = st.segmented_control(
            "Per", list(PER), default=_key(PER, saved.per), required=True, key=f"goal_per-{desk}"
        )
        sure = st.segmented_control(
            "How certain",
            list(CERTAINTIES),
            default=_key(CERTAINTIES, saved.probability),
            required=True,
            key=f"goal_certainty-{desk}",
            help="Even chance succeeds every second time, 80 % four times in five, 95 % nineteen times in twenty.",
        )
    return Goal(fills, PER[per or "Month"], CERTAINTIES[sure or "80 %"])


def _key(choices: Mapping[str, object], value: object) -> str:
    return next((name for name, one in choices.items() if one == value), next(iter(choices)))


def _ask_fills(desk: str, saved: Goal) -> int:
    return int(st.number_input("Fills", 1, 500, saved.fills, key=f"goal_fills-{desk}", width=140))


def _ask_money(desk: str, saved: Goal) -> int:
    fee = st.number_input(
        "Average fee of a fill",
        1.0,
        None,
        float(plan_data.average_fee() or 20_000.0),
        step=500.0,
        format="%.0f",
        key="average_fee",
        on_change=_save_fee,
        width=180,
        help="In the currency you think in. It is kept for every desk.",
    )
    money = st.number_input(
        "Goal", 1.0, None, saved.fills * fee, step=1000.0, format="%.0f", key=f"goal_money-{desk}-{fee}", width=180
    )
    fills = fills_for(money, fee)
    st.markdown(f"That is **{text.count(fills, 'fill')}**.", width="content")
    return fills


def _save_fee() -> None:
    plan_data.save_average_fee(float(st.session_state["average_fee"]))
    st.toast("Average fee saved.", icon=":material/payments:")


def sentence(plan: DeskPlan, shares: Shares) -> str:
    """The plan as a manager reads it aloud, safe for markdown: what still serves the period, and what does not."""
    when = period_in_words(plan.goal.per, plan.period)
    so_far = f"{standing(plan)[0].upper()}{standing(plan)[1:]}. {_counted()}"
    if not plan.targets:
        return f"**{text.plain(plan.desk)}** has no counts to plan with yet. {so_far}"
    if all(target.total == 0 for target in plan.targets):
        return f"**{text.plain(plan.desk)} has reached its goal for {when}.** {so_far}"
    named = replace(plan, desk=text.plain(plan.desk))
    return f"**{aim_in_words(named, shares)}** {later_in_words(plan, shares)}\n\n{so_far}"


def _counted() -> str:
    """Until when things are counted, and which days are working days."""
    known = plan_data.workdays().country is not None
    holidays = "without public holidays and" if known else "(no country is set for public holidays)"
    return (
        f"Counted to the end of {text.day(plan_data.as_of())}: what is done counts, and today is still ahead. "
        f"Working days are Monday to Friday {holidays} without the absences of the desk."
    )


def cards(plan: DeskPlan, shares: Shares) -> None:
    """What the chosen certainty asks for, an activity a card, and which period it serves where that is known."""
    with st.grid(4, min_column_width=150):
        for target in chosen(plan):
            with st.container(border=True, height="stretch", gap="xxsmall"):
                st.markdown(f"**{title(target.activity)}**")
                st.metric(title(target.activity), amount_in_words(target, len(plan.days)), label_visibility="collapsed")
                st.markdown(f":small[{_in_all(target, len(plan.days))}]")
                st.markdown(_served(plan, target, shares))


def _served(plan: DeskPlan, target: Target, shares: Shares) -> str:
    said = remark(shares.get(target.activity), plan.goal.per) if target.total != 0 else ""
    return f":small[{said}]" if said else ""


def chosen(plan: DeskPlan) -> list[Target]:
    """The targets of the certainty that was asked for."""
    return [target for target in plan.targets if target.probability == plan.goal.probability]


def title(activity: str) -> str:
    """The activity as a heading: ``Recruiting calls``."""
    plural = MEASURES[activity].plural
    return f"{plural[0].upper()}{plural[1:]}"


def _in_all(target: Target, days: int) -> str:
    if not target.total:
        return "the goal is reached" if target.total == 0 else "no number of them would do"
    return f"{target.total:,} in {count_in_words(days, ('working day', 'working days'))}"


def levels(plan: DeskPlan) -> None:
    """All three certainties beside each other, and as a download."""
    rows = [
        {"Activity": title(activity)} | {name: _level(plan, activity, level) for name, level in CERTAINTIES.items()}
        for activity in dict.fromkeys(target.activity for target in plan.targets)
    ]
    with st.expander("With an even chance, 80 % and 95 % certainty"):
        st.dataframe(pd.DataFrame(rows), hide_index=True, alt="What is needed of each activity at three certainties")
        downloads.buttons(_frame(plan), Sheet("plan", f"Plan of {plan.desk}", key="plan"))


def _level(plan: DeskPlan, activity: str, level: float) -> str:
    target = next(one for one in plan.targets if (one.activity, one.probability) == (activity, level))
    whole = f" ({target.total:,} in all)" if target.total else ""
    return f"{amount_in_words(target, len(plan.days))}{whole}"


def _frame(plan: DeskPlan) -> pd.DataFrame:
    rows = [(title(one.activity), one.probability, one.total, one.per_day) for one in plan.targets]
    return pd.DataFrame(rows, columns=["activity", "probability", "total", "per_day"]).assign(desk=plan.desk)


def reach(plan: DeskPlan, shares: Shares) -> None:
    """Which activities still serve the period, from how long they took to become fills at this firm."""
    asked = {target.activity: shares.get(target.activity) for target in chosen(plan)}
    st.markdown("\n".join(f"- {line}" for line in reach_in_words(asked, plan.goal.per)))
    left = text.count(plan_data.days_left(plan), "calendar day")
    st.markdown(f"From how long each step took at the whole firm in the last year; {left} are left.")


def _steps(plan: DeskPlan) -> list[Step]:
    """Every step of the plan that is known, each once."""
    return list(dict.fromkeys(step for chain in plan.chains for step in chain if step.is_known))


def ask_ratios(plan: DeskPlan) -> plan_data.Assumed:
    """Another ratio for any step; those left as they are change nothing."""
    with st.grid(4, min_column_width=150):
        asked = {(step.upstream, step.downstream): _ask_ratio(plan.desk, step) for step in _steps(plan)}
    return {pair: 1 / ratio for pair, ratio in asked.items() if ratio}


def _ask_ratio(desk: str, step: Step) -> float | None:
    """The ratio typed in, or None where it is what is known."""
    known = round(1 / step.rate, 1)
    typed = st.number_input(
        step_title(step),
        0.1,
        None,
        max(known, 0.1),
        step=0.1,
        format="%.1f",
        key=f"what_if-{desk}-{step.upstream}-{known}",
    )
    return typed if typed != max(known, 0.1) else None


def compare(plan: DeskPlan, other: DeskPlan) -> None:
    """What the other ratios change, in words."""
    if other.chains == plan.chains:
        st.markdown("Change a ratio to see what it would save: 4.0 means four of the first for one of the second.")
        return
    days = len(plan.days)
    pairs = zip(chosen(plan), chosen(other), strict=True)
    changed = [
        f"- **{title(now.activity)}**: {amount_in_words(then, days)} instead of {amount_in_words(now, days)}"
        for now, then in pairs
        if then.total != now.total
    ]
    st.markdown("\n".join(changed) or "That changes nothing that is needed.")


def basis(plan: DeskPlan) -> None:
    """The ratios with their counts, and whose they are where the desk's own are thin."""
    lines = [f"- **{step_title(step)}** {n_to_one(1 / step.rate)}, {basis_in_words(step)}" for step in _steps(plan)]
    st.markdown("\n".join(lines))
    st.markdown(
        "The chance is taken over all that these ratios may be, given their counts. Dividing the goal by the ratios "
        "would succeed little more often than every second time."
    )
