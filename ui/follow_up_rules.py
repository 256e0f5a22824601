"""The page Follow-up rules: every rule in plain words with what it asked for, and what was changed."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from quality.obligation_forms import Rule
from quality.obligation_rules import BY_NAME, RULES
from quality.obligations import WINDOW
from quality.rule_changes import RuleChange
from ui import clock, follow_up_rules_data, follow_up_rules_form, follow_up_rules_keep, text
from ui import follow_up_rules_words as words
from ui.follow_up_rules_data import NOTHING, Asked
from ui.paging import chosen_page

#: Rules with the place where it is told what they asked for.
Slots = list[tuple[Rule, DeltaGenerator]]
#: Changes shown at once.
PAGE = 10


def lead() -> None:
    """How many rules are on and how many are changed, and what is stored and cannot be."""
    follow_up_rules_keep.say()
    on = sum(rule.on for rule in follow_up_rules_data.rules_today().values())
    altered = len(follow_up_rules_data.altered())
    changed = f"{altered or 'none'} {'is' if altered == 1 else 'are'} changed"
    st.subheader(f"{on} of {len(RULES)} rules are on, {changed}", anchor=False)
    st.markdown(
        "A change holds for what happens from its day on; what came before keeps the rule of its time. Who asks to be "
        "left alone is owed nothing more."
    )
    for fault in follow_up_rules_data.ignored():
        st.warning(f"A stored change is ignored. {text.plain(fault, 300)}", icon=":material/warning:")


def show() -> Slots:
    """The rules of the chosen group; what each asked for is still to be filled in: see `fill`."""
    group = st.segmented_control(
        "Rules about",
        [*words.GROUPS, words.EVERY],
        default=next(iter(words.GROUPS)),
        required=True,
        key="rules_about",
        bind="query-params",
        label_visibility="collapsed",
    )
    slots: Slots = []
    rules = follow_up_rules_data.rules_today()
    for title, names in words.GROUPS.items():
        if group == words.EVERY:
            st.subheader(title, anchor=False)
        if group in (title, words.EVERY):
            slots += [_card(rules[name]) for name in names]
    return slots


def fill(slots: Slots) -> None:
    """What each rule asked for. All rules are counted at once, which takes a while after anything was changed."""
    asked = follow_up_rules_data.asked()
    for rule, slot in slots:
        slot.markdown(_number(rule, asked.get(rule.name, NOTHING)), width="content")


def _card(rule: Rule) -> tuple[Rule, DeltaGenerator]:
    with st.container(border=True, gap="small"):
        badge = ":green-badge[● on]" if rule.on else ":gray-badge[○ off]"
        st.markdown(f"{badge} **{text.plain(rule.title)}**")
        st.markdown(text.plain(rule.sentence, 300))
        st.markdown(f":small[{text.plain(' '.join(words.details(rule)), 600)}]", help=words.TEXTS)
        for said in _marks(rule):
            st.markdown(f":small[{text.plain(said, 300)}]")
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            slot, opener = st.empty(), st.empty()
        slot.markdown("Counting the last 90 days …", width="content")
        # Places of their own, so that what is closed is gone before everything is counted again.
        form = st.empty()
        if follow_up_rules_form.is_open(rule):
            opener.empty()
            with form.container():
                follow_up_rules_form.form(rule)
        else:
            form.empty()
            follow_up_rules_form.button(rule, opener)
    return rule, slot


def _number(rule: Rule, asked: Asked) -> str:
    waived = f"; {asked.waived:,} no longer owed" if asked.waived else ""
    if not asked.due:
        return f"Nothing fell due in the last {WINDOW} days{waived}." if rule.on else "Not counted while it is off."
    fell_due = f"Kept **{asked.kept:,} of {asked.due:,}** that fell due in the last {WINDOW} days"
    return f"{fell_due}: {asked.late:,} late, {asked.overdue:,} never{waived}."


def _marks(rule: Rule) -> list[str]:
    """What differs from the shipped rule, and what is still to come."""
    shipped, today = BY_NAME[rule.name], clock.today()
    since = rule.since or rule.due_since
    now = [f"Changed {words.since(since, today)}. As shipped: {words.state(shipped)}."] if since else []
    later = follow_up_rules_data.coming(rule.name)
    kept = now if follow_up_rules_data.undated(rule) != shipped else []
    return [*kept, *(f"{_first_capital(words.since(one.since, today))}: {words.told(one)}." for one in later)]


def _first_capital(said: str) -> str:
    return said[:1].upper() + said[1:]


# --- what was changed ------------------------------------------------------------------------------------------------


def show_changes() -> None:
    """What was changed, the last saved first, each to be undone; and what was undone."""
    found, gone = follow_up_rules_data.journal(), follow_up_rules_data.undone()
    if not found and not gone:
        return
    st.subheader(f"What was changed, {len(found):,}", anchor=False)
    for number, one in found[chosen_page(len(found), PAGE, "rule_changes_page")]:
        said, place = st.columns([5, 1], vertical_alignment="center")
        said.markdown(_line(one))
        with place:
            follow_up_rules_form.undo(number, one)
    if gone:
        with st.expander(f"Undone, {len(gone):,}", icon=":material/history:"):
            st.markdown(
                "\n".join(f"- {_line(one)} {_when('Undone', one.undone_at, one.undone_by)}" for one in gone[: 5 * PAGE])
            )


def _line(one: RuleChange) -> str:
    since = words.since(one.since, clock.today())
    told = f"**{text.plain(BY_NAME[one.rule].title)}** {since}: {text.plain(words.told(one), 300)}."
    return f"{told} :small[{_when('Saved', one.saved_at, one.by)}]" if one.saved_at else told


def _when(what: str, moment: str, by: str) -> str:
    """``Saved 22 Nov 2026 by Avery Sample.``; without a name where nobody was asked for one."""
    return f"{what} {words.day(moment)}{f' by {text.plain(by)}' if by else ''}."
