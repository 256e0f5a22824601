"""The exact results a desk must achieve each day to reach its goal, and how every desk stands against its plan."""

from __future__ import annotations

import streamlit as st

from ui import plan, plan_data, plan_save, plan_today

if not plan_data.desks():
    plan.say_nothing_known()
    st.stop()

plan_today.show()

st.subheader("Make a plan", anchor=False)
desk = plan.ask_desk()
plan.warn_if_gone(desk)
goal = plan.ask_goal(desk)
found = plan_data.plan_of(desk, goal)
shares = plan_data.shares(found)

st.markdown(plan.sentence(found, shares))
plan.warn_if_absurd(found)
plan.cards(found, shares)
plan.levels(found)
plan_save.show(found)

st.subheader("What can still move this period", anchor=False)
plan.reach(found, shares)

st.subheader("What if a ratio improves", anchor=False)
plan.compare(found, plan_data.plan_of(desk, goal, plan.ask_ratios(found)))

st.subheader("What the plan rests on", anchor=False)
plan.basis(found)
