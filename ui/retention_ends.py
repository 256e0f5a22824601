"""Why assignments end and what falls off, on the page Retention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd
import streamlit as st

from charts.survival import describe_reasons, reasons_figure
from quality import fall_offs, retention
from quality.retention import FEWEST, MARKED, REASONS
from quality.shares import Share, share
from ui import clock, data, glossary, opened, retention_data, retention_rows, text
from ui.downloads import Sheet
from ui.opened import Behind
from ui.retention import ALL, ask_period, together
from ui.whose import Whose

#: Early ends that stand beside a published figure -> that figure.
PUBLISHED = {
    "quit": "Assignments that end because the contractor quits",
    "terminated": "Assignments the client ends early",
}
#: What the lines of the table of ends can stand for -> the title of its first column.
LINES: Mapping[Literal["reason", "desk", "client"], str] = {"reason": "Reason", "desk": "Desk", "client": "Client"}


def leaving(chosen: Whose) -> None:
    """How assignments end, reason by reason, and the fills that fell off."""
    period = ask_period()
    ended = retention.ends(retention_data.assignments(chosen), retention_data.first_day(period), clock.today())
    if ended.empty:
        st.info(_NOTHING, icon=":material/info:")
    else:
        _per_assignment(ended, f"{chosen.words}-{period}")
        _since_start(retention_data.watched(chosen, period), f"{chosen.words}-{period}")
    _fall_offs(retention_data.fills(chosen, period), f"{chosen.words}-{period}")


_NOTHING = (
    "No end of an assignment is on record in this time. An export needs rows *end* that name the candidate and the job "
    "or the client, with the outcome *quit*, *terminated*, *never_started*, *completed* or *converted*."
)


# --- per assignment --------------------------------------------------------------------------------------------------


def _per_assignment(ended: pd.DataFrame, key: str) -> None:
    shares = retention.per_assignment(ended)
    quits = shares["quit"]
    st.subheader(text.unbroken(f"The contractor quit {quits.among('assignments that ended')}"), anchor=False)
    with st.grid(len(shares), min_column_width=200):
        for reason, one in shares.items():
            _card(f"{REASONS[reason].capitalize()}", one)
    st.markdown(glossary.published_beside(*PUBLISHED.values()))
    _reasons(ended, key)


def _card(title: str, one: Share) -> None:
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.metric(title, text.unbroken(one.number))
        st.markdown(f":small[{text.unbroken(f'{one.beside}.')}]")


def _reasons(ended: pd.DataFrame, key: str) -> None:
    by = opened.ask_by(LINES, "ends_by")
    known = ended["outcome"].where(ended["outcome"].isin(list(REASONS)), retention.UNKNOWN)
    told = ended.assign(reason=known)
    if by == "reason":
        _by_reason(told, key)
    else:
        _by_unit(told, by, f"{key}-{by}")
    st.markdown(f":small[{opened.HINT} All {len(ended):,} that ended in this time count, whenever they started.]")
    opened.how_counted(ENDED)


ENDED = (
    "All assignments that ended in this time, whenever they started, with those that never started (by the day that "
    "was told). The early ends under How long they stay are other ones: of what started in this time, never started "
    "left out. Fall-offs, below, go by the date of the fill."
)


def _by_reason(told: pd.DataFrame, key: str) -> None:
    counts = _counts(told)
    shown = pd.DataFrame(
        {
            "How it ended": [REASONS[reason].capitalize() for reason in counts],
            "Share": [opened.brief(share(many, len(told))) for many in counts.values()],
            "Assignments": list(counts.values()),
        }
    )

    def behind(row: int, _column: str) -> Behind:
        reason = list(counts)[row]
        return Behind(REASONS[reason], retention_rows.shown(told[told["reason"] == reason]), "candidate")

    opened.table(shown, Sheet("ends-by-reason", "Assignments that ended, by reason"), behind, f"ends-{key}")


def _by_unit(told: pd.DataFrame, by: Literal["desk", "client"], key: str) -> None:
    """A line a desk or client, a column a reason; clients with few ends are one line."""
    groups = {ALL: told, **together(retention.grouped(told, by), by)}
    names, reasons = list(groups), {REASONS[reason].capitalize(): reason for reason in _counts(told)}
    columns = {title: [int((own["reason"] == one).sum()) for own in groups.values()] for title, one in reasons.items()}
    shown = pd.DataFrame({LINES[by]: names, "Ended": [len(own) for own in groups.values()], **columns})

    def behind(row: int, column: str) -> Behind:
        own = groups[names[row]]
        picked = own[own["reason"] == reasons[column]] if column in reasons else own
        return Behind(f"{names[row]}, {column.lower()}", retention_rows.shown(picked), "candidate")

    opened.table(shown, Sheet(f"ends-by-{by}", f"Assignments that ended, by {by}"), behind, f"ends-{key}")


def _counts(told: pd.DataFrame) -> dict[str, int]:
    """Each reason there is -> how many ended so, in the order of REASONS."""
    counts = told["reason"].value_counts()
    return {reason: int(counts[reason]) for reason in REASONS if reason in counts}


# --- since the start -------------------------------------------------------------------------------------------------


def _since_start(found: pd.DataFrame, key: str) -> None:
    """By which reason how many have ended by a day, the reasons competing."""
    st.subheader("By which day, by which reason", anchor=False)
    steps = retention.incidence(found)
    names = {reason: said for reason, said in REASONS.items() if reason != retention.UNKNOWN}
    drawn = steps[(steps["at_risk"] >= FEWEST) & steps["cause"].isin(list(names))]
    if drawn.empty:
        st.markdown(f"Fewer than {FEWEST} assignments were followed to an end of a known reason, so nothing is drawn.")
        return
    figure = reasons_figure(drawn, names, MARKED)
    st.plotly_chart(figure, alt=describe_reasons(drawn, names), config={"displayModeBar": False})
    _by_day(found, key)
    opened.how_counted(HOW)


HOW = (
    "Of the assignments that started in this time. An assignment ends by one reason only, so the reasons compete: who "
    "was converted can no longer quit. The likely ranges hold in four cases of five. Those that run "
    f"count up to today. Drawn as far as at least {FEWEST} were followed."
)


def _by_day(found: pd.DataFrame, key: str) -> None:
    marks = [day for day in MARKED if int((found["time"] >= day).sum()) >= FEWEST]
    if not marks:
        st.markdown(f"Fewer than {FEWEST} assignments were followed to day {MARKED[0]}.")
        return
    parts = {f"By day {day}": retention.ended_by(found, day) for day in marks}
    reasons = next(iter(parts.values()))["reason"].tolist()
    cells = {title: [_cell(row) for row in part.to_dict("records")] for title, part in parts.items()}
    shown = pd.DataFrame({"Reason": [REASONS[reason].capitalize() for reason in reasons], **cells})

    def behind(row: int, column: str) -> Behind:
        limit = dict(zip(parts, marks, strict=True)).get(column, max(marks))
        own = found[(found["cause"] == reasons[row]) & (found["time"] <= limit)]
        return Behind(f"{REASONS[reasons[row]]}, by day {limit}", retention_rows.shown(own), "candidate")

    opened.table(shown, Sheet("ends-since-start", "Ended by a day, by reason", (HOW,)), behind, f"incidence-{key}")


def _cell(row: dict[Any, Any]) -> str:
    limits = (row["low"], row["high"])
    likely = "" if any(map(pd.isna, limits)) else f" · {100 * limits[0]:.0f} to {100 * limits[1]:.0f} %"
    return f"{100 * row['incidence']:.0f} % ({row['count']:,}){likely}"


# --- fall-offs -------------------------------------------------------------------------------------------------------


def _fall_offs(found: pd.DataFrame, key: str) -> None:
    st.subheader("Fall-offs", anchor=False)
    days = data.rules().guarantee_days
    if found.empty:
        st.markdown(
            "No fill is on record in this time. An export needs rows *fill* that name the candidate and the job."
        )
        return
    one = fall_offs.rate(found)
    said = (
        f"of the fills whose guarantee of {days} days is over fell off: the assignment ended early within these days."
    )
    st.markdown(text.unbroken(f"**{one.words}** {said}"))
    groups = {ALL: found} | {str(desk): own for desk, own in found.groupby("desk", sort=True)}
    names = list(groups)

    def behind(row: int, column: str) -> Behind:
        own = groups[names[row]]
        picked = {
            "Fell off": own["fell_off"] & own["decided"],
            "Guarantee over": own["decided"],
            "Rate": own["decided"],
        }
        rows = _fills(own[picked.get(column, own["decided"].notna())])
        return Behind(f"{names[row]}, {column.lower()}", rows, "candidate")

    sheet = Sheet("fall-offs", "Fall-offs by desk", (_ABOUT.format(days=days),))
    opened.table(_by_desk(groups), sheet, behind, f"fall-offs-{key}")
    st.markdown(f":small[{opened.HINT}]")
    opened.how_counted(_ABOUT.format(days=days))


_ABOUT = (
    "A fill fell off where the assignment ended early within {days} days of the start (of the fill, where "
    "no start is on record). "
    "Fills count once that time is over; until then they may still fall off. "
    "They are those filled in this time, and who never started fell off too. The early ends under How long they stay "
    "are of what started in this time, never started left out, and however late they came."
)


def _by_desk(groups: dict[str, pd.DataFrame]) -> pd.DataFrame:
    rates = {name: fall_offs.rate(own) for name, own in groups.items()}
    return pd.DataFrame(
        {
            "Desk": list(groups),
            "Rate": [opened.brief(one) for one in rates.values()],
            "Fell off": [one.count for one in rates.values()],
            "Guarantee over": [one.of for one in rates.values()],
            "Fills": [len(own) for own in groups.values()],
        }
    )


_FILLS = {
    "candidate": "Who",
    "client": "Client",
    "job": "Job",
    "desk": "Desk",
    "filled_on": "Filled",
    "started_on": "Started",
    "fell_off": "Fell off",
    "decided": "Guarantee over",
}


def _fills(rows: pd.DataFrame) -> pd.DataFrame:
    ordered = retention_data.named(rows).sort_values("filled_on", ascending=False)
    return ordered[list(_FILLS)].rename(columns=_FILLS).reset_index(drop=True)
