"""The rest of the page Desk: open cases, fall-offs, what was changed, and what watches the desk."""

from __future__ import annotations

import streamlit as st

from charts.words import Words
from quality.adjustments import Followed
from quality.catalogue import MEASURES
from quality.stories import seldom
from quality.verdicts import EXPIRED
from quality.weekly import FEWEST_LINKS, FOLLOWED
from ui import adjustments, adjustments_data, cells, desk, desk_data, downloads, menu, named, text
from ui.desk_data import Line, Portrait
from ui.downloads import Sheet

#: So many entries of the journal are told.
SHOWN_CHANGES = 5


# --- open cases ------------------------------------------------------------------------------------------------------


def open_cases(found: Portrait) -> None:
    """The send-outs that may still lead to a fill, how many likely will, and the rows."""
    st.subheader("Still open", anchor=False)
    line = next(line for line in found.lines if line.ratio == FOLLOWED)
    st.markdown(still_open(line))
    if line.to_come and line.to_come[0]:
        _waiting(found, line)
    if line.upstream:
        span = desk_data.window(line.weeks)
        tip = "Opens the cohort view, in which a send-out counts as open until the full time set for a fill is up"
        desk.rows_link("Cohort view", found.person.desk, FOLLOWED, span.start, span.end, "cohort", tip)


def still_open(line: Line) -> str:
    """``4 send-outs still open; likely 0 to 2 of them will fill.``"""
    if line.to_come is None:
        return (
            "Which send-outs may still lead to a fill cannot be said yet: that takes "
            f"{FEWEST_LINKS} fills with the send-out they came from, by candidate and job."
        )
    cases, _, low, high = line.to_come
    if not cases:
        return f"No send-out of the last {text.count(line.open_weeks, 'week')} is still open{_soon(line)}"
    these = "it" if cases == 1 else "them"
    will = (
        f"likely {low} to {high} of {these} will fill" if high > low else f"likely {low or 'none'} of {these} will fill"
    )
    began = f"Begun in the last {text.count(line.open_weeks, 'week')}{_soon(line)}"
    return f"**{text.count(cases, 'send-out')} still open; {will}.** {began}"


def _soon(line: Line) -> str:
    return f"; {EXPIRED * 100:.0f} of 100 fills come within that time." if line.open_weeks else "."


#: What is the same in every line, or empty.
_SAME = ("desk", "counted_for", "activity", "outcome", "started_on", "next_on", "status")


def _waiting(found: Portrait, line: Line) -> None:
    rows = desk_data.waiting(found.person.desk, line.open_weeks)
    words = Words(line.title, ("send-out", "send-outs"), ("fill", "fills"))
    shown = cells.evidence(rows.drop(columns=[name for name in _SAME if name in rows]), words)
    days = {"When": st.column_config.DatetimeColumn(format="D MMM YYYY")}
    key = f"open-{found.person.desk}-{len(shown)}"
    named.table(shown, key, "Send-outs that may still lead to a fill", config=days)
    downloads.buttons(shown, Sheet("open-send-outs", "Send-outs that may still lead to a fill"))


# --- fall-offs -------------------------------------------------------------------------------------------------------


def fall_offs(found: Portrait) -> None:
    """Fills gross and net of those that fell off, with the share."""
    st.subheader("Fills and fall-offs", anchor=False)
    rows = cells.fills_table(desk_data.fills(found.person.desk), "Period")
    st.markdown("A fill falls off where it ends within the guarantee: quit, ended by the client or never started.")
    st.dataframe(
        rows,
        hide_index=True,
        height="content",
        placeholder="",
        column_config={"Share": st.column_config.NumberColumn(format="%.0f %%", help="Fell off, of all fills")},
        alt="Fills, how many fell off, and what is left",
    )
    with st.container(horizontal=True, gap="small"):
        for weeks, count in zip(desk_data.FALL_OFF_WEEKS, rows["Fills"], strict=False):
            span = desk_data.window(weeks)
            if count:
                desk.rows_link(f"Rows of {weeks} weeks", found.person.desk, FOLLOWED, span.start, span.end)


# --- adjustments -----------------------------------------------------------------------------------------------------


def changes(found: Portrait) -> None:
    """What was changed for the desk, its team or everybody, and what came of it."""
    st.subheader("What was changed", anchor=False)
    kept = desk_data.changes(found.person)
    if not kept:
        st.markdown("No change is in the journal for this desk.")
    for one in kept[:SHOWN_CHANGES]:
        st.markdown(change(one))
    if len(kept) > SHOWN_CHANGES:
        st.markdown(f"The latest {SHOWN_CHANGES} of {len(kept)}; the journal has all of them.")
    with st.container(horizontal=True, gap="small"):
        st.page_link(menu.file("adjustments"), label="Journal", icon=menu.BY_URL["adjustments"].icon)
        st.page_link(
            menu.file("adjustments"),
            label="Note a change",
            icon=":material/edit_note:",
            query_params={"desk": found.person.desk},
        )


def change(found: Followed) -> str:
    """One entry of the journal with what came of it, safe for markdown."""
    entry, mark = found.entry, adjustments.result(found)
    whose, what = text.plain(entry.name) if entry.name else "everybody", text.plain(entry.what, desk.STORY)
    head = f"{desk.badge(mark)} **{text.day(entry.made_on)}, {whose}:** {what}"
    # An entry about all ratios has seven sentences: those are for the journal.
    said = adjustments_data.sentences(found) if len(found.effects) == 1 else ()
    return "  \n".join([head, *(f":small[{adjustments.shown(one)}]" for one in said)])


# --- what watches this desk ------------------------------------------------------------------------------------------


def watch(found: Portrait) -> None:
    """How soon a change would be noticed, by what, and how often that is a false alarm."""
    st.subheader("What watches this desk", anchor=False)
    st.markdown(false_alarms(found))
    st.markdown("\n".join(f"- {said}" for said in watched(found.lines)))
    if any(line.unwatched for line in found.lines):
        st.markdown(instead(found))
    for row in found.team_signals.to_dict("records"):
        if row["active"]:
            st.markdown(desk.story(row["kind"], f"{row['desk']}: {row['why']}"))


def false_alarms(found: Portrait) -> str:
    """How often a steady desk is signalled without cause."""
    often = seldom(1 / found.false_alerts)
    return (
        "Every ratio is compared with the desk's own usual each week. A desk on which nothing changes is still said to "
        f"have got worse, in any of its seven ratios, about {often}: a signal is a reason to talk, not a verdict."
    )


def watched(lines: tuple[Line, ...]) -> list[str]:
    """How long it takes to notice a ratio twice as bad, and for those that have no chart, why."""
    soon = [f"{_weeks(line)} for {line.title}" for line in lines if "low" in line.notice]
    said = [f"Twice as bad would be noticed in about {text.listed(soon, len(soon))}."] if soon else []
    for reason, why in _REASONS.items():
        without = [line.title for line in lines if "low" not in line.notice and (line.unwatched or "few") == reason]
        said += [f"Not watched alone, {why}: {text.listed(without, len(without))}."] if without else []
    return said


def _weeks(line: Line) -> str:
    return text.count(max(round(line.notice["low"]), 1), "week")


_REASONS = {
    "young": "with less than half a year of weeks",
    "few": "with too few a year that reach the next step",
    "slow": "as it would take over half a year to notice",
}


def instead(found: Portrait) -> str:
    """What watches the ratios that have no chart of their own, safe for markdown."""
    charted = [MEASURES[one.measure].plural for one in found.activities if one.usual]
    own = f"what the desk does each week ({text.listed(charted, 8)})" if charted else "its standards"
    team = text.plain(found.person.team) if found.person.team else ""
    pool = f" and the pooled numbers of {team}" if team else " and the numbers of the whole company"
    return f"Where a ratio is not watched alone, {own}{pool} watch it instead."
