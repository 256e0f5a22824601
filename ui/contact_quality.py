"""The page Quality of contact: the shares in a sentence, in cards, desk by desk and week by week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from charts.shares import describe_share, share_figure
from quality.contact_measures import ACTIVE as ACTIVE_WHO
from quality.contact_measures import MEASURES, Group, Measure, Question
from quality.shares import Share, share
from quality.vocabulary import ACTIVITIES
from ui import contact_quality_data, downloads, text
from ui.downloads import Sheet
from ui.whose import Whose

#: What stands for every desk that was asked for, where desks are listed.
TOGETHER = "All together"
HOW = "share (people), and the per cent it lies between with a chance of 80 %"
#: In per cent: narrower ranges are told with a decimal.
NARROW = 2
EVERYBODY, ACTIVE = "Spoken with or active", "Active only"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the page: what is looked at, and the shares of it, the one of the card last."""

    group: Group
    title: str

    @property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(measure for measure in MEASURES.values() if measure.group == self.group)

    @property
    def main(self) -> Measure:
        return self.measures[-1]

    @property
    def is_people(self) -> bool:
        return len(self.measures) > 1


PARTS: Mapping[str, Part] = {
    part.title: part
    for part in (
        Part("conversations", "Notes"),
        Part("touches", "Reasons"),
        Part("candidate", "Candidates"),
        Part("client", "Clients"),
    )
}
#: What a card and a column are called, where there is little room; the question mark beside it says it in full.
SHORT: Mapping[str, str] = {
    "notes": "With notes",
    "reason": "With a reason",
    "candidate_all": "Candidates known",
    "client_all": "Clients known",
    "next_move": "Next move",
    "would_change": "Would change",
    "time_frame": "Time frame",
    "solutions": "Solutions",
    "hardest_talent": "Hardest talent",
    "challenge": "Challenge",
}


def ask_part() -> Part:
    """Which part of the page is wanted; the address keeps it."""
    title = st.segmented_control(
        "Look at", list(PARTS), default="Notes", required=True, key="look_at", bind="query-params"
    )
    return PARTS[title or "Notes"]


def ask_active(part: Part) -> bool:
    """Whether only people in a running process or with an open order are wanted; not asked where no people are."""
    if not part.is_people:
        return False
    whom = st.segmented_control(
        "Whom", [EVERYBODY, ACTIVE], default=EVERYBODY, required=True, key="whom", bind="query-params"
    )
    return whom == ACTIVE


def share_of(found: pd.DataFrame, measure: str, desk: str | None = None) -> Share:
    """One share of one desk, or of all together; nothing of nothing where the desk has none."""
    own = found[found["measure"] == measure]
    row = own[own["desk"].isna() if desk is None else own["desk"] == desk]
    return share(int(row["held"].sum()), int(row["of"].sum()))


# --- the head --------------------------------------------------------------------------------------------------------


def lead(found: pd.DataFrame, asked: Question, chosen: Whose) -> None:
    """Notes and reasons in one sentence, whose they are, and of which weeks."""
    notes, reasons = share_of(found, "notes"), share_of(found, "reason")
    st.subheader(sentence(notes, reasons), anchor=False)
    st.markdown(
        f"{text.plain(chosen.words.capitalize() if chosen.asked is None else chosen.words)}, "
        f"{text.days(asked.start, asked.end)}: the last 13 weeks that are over."
    )


def sentence(notes: Share, reasons: Share) -> str:
    """``Notes after 69 % of conversations; a reason for 39 % of touches``."""
    told = [
        f"{said} {percent(one.value)} of {whose}"
        for said, one, whose in (("notes after", notes, "conversations"), ("a reason for", reasons, "touches"))
        if one.of
    ]
    return text.unbroken("; ".join(told).capitalize()) if told else "No conversation and no touch that can hold a note"


def percent(value: float | None) -> str:
    """``69 %``, ``under 1 %``; a dash where it is not known."""
    if value is None or pd.isna(value):
        return "–"
    if 0 < value < 0.005:
        return "under 1 %"
    return "over 99 %" if 0.995 <= value < 1 else f"{100 * value:.0f} %"


def say_left_out(without: pd.DataFrame, found: pd.DataFrame, part: Part) -> None:
    """Rows of which nobody can tell, as their source never held a note on them."""
    is_touch = without["activity"] == "touch"
    own = without[is_touch if part.group == "touches" else ~is_touch]
    if part.is_people or own.empty:
        return
    rows = own.groupby("activity")["rows"].sum().sort_values(ascending=False)
    said = text.listed([_many(str(name), int(count)) for name, count in rows.items()], 4)
    if not share_of(found, part.main.name).of:
        st.info(
            f"This export holds no notes: {said}. Nobody can tell what was noted.", icon=":material/speaker_notes_off:"
        )
    else:
        st.markdown(f"Left out, since no such row of its export ever holds a note: {said}.")


def _many(activity: str, count: int) -> str:
    return text.count(count, ACTIVITIES[activity].title.lower(), _PLURALS.get(activity))


_PLURALS = {"touch": "touches"}


def cards(found: pd.DataFrame) -> None:
    """The four shares with their counts; the range and the definition behind the question mark."""
    with st.grid(4, min_column_width=170):
        for part in PARTS.values():
            one = share_of(found, part.main.name)
            st.metric(
                SHORT[part.main.name],
                "none" if is_none(one) else percent(one.value),
                _counts(one),
                delta_color="off",
                delta_arrow="off",
                border=True,
                help=f"{part.main.title}: {part.main.sentence} {one.likely.capitalize()}".strip(),
            )

    for part in PARTS.values():
        one = share_of(found, part.main.name)
        if part.is_people and is_none(one):
            st.markdown(
                f"Of {one.of:,} {part.main.noun[one.of != 1]} counted here none has all three answers on record: "
                f"choose *{part.title}* to see which answers are known."
            )


def is_none(one: Share) -> bool:
    """Whether there is something to count and none of it holds."""
    return bool(one.of) and not one.count


def _counts(one: Share) -> str:
    if not one.of:
        return "nothing to count"
    return f"of {one.of:,}" if is_none(one) else f"{one.count:,} of {one.of:,}"


# --- desk by desk ----------------------------------------------------------------------------------------------------


def by_desk(found: pd.DataFrame, asked: Question, part: Part) -> None:
    """The shares of the part, desk by desk, with counts and ranges; to take away with every number of its own."""
    st.subheader("Desk by desk", anchor=False)
    st.markdown(counted(asked, part))
    rows = found[found["measure"].isin([measure.name for measure in part.measures])]
    if not rows["of"].sum():
        st.markdown(f"There are no {part.main.noun[1]} to count in these weeks.")
        return
    table = people_table(rows, part) if part.is_people else contacts_table(rows)
    st.dataframe(
        table,
        hide_index=True,
        height="content" if len(table) < 16 else 500,
        placeholder="",
        column_config=_columns(),
        alt=f"{part.main.title}, desk by desk",
    )
    downloads.buttons(to_hand_out(rows), Sheet(f"contact-{part.group}", part.main.title, about(asked, part)))


def counted(asked: Question, part: Part) -> str:
    """What the shares of the part count, and whom alone where only active people are wanted."""
    only = f" Here only those {ACTIVE_WHO[part.group]}." if asked.active_only else ""
    return f"{part.main.sentence}{only}"


def about(asked: Question, part: Part) -> tuple[str, ...]:
    """What the numbers of the page rest on, for files."""
    days = f"Period: {asked.start.isoformat()} to {asked.end.isoformat()}, as known on {asked.as_of.isoformat()}"
    own = f"the firm's own list of {asked.purpose.changed_on.isoformat()}"
    lists = f"Phrases that only check in: {own if asked.purpose.own else 'the starting list'}"
    return (days, counted(asked, part), *([lists] if part.group == "touches" else []))


def by_week(asked: Question, part: Part) -> None:
    """The share of the part week by week, of all that were asked for together; people are not counted by week."""
    if part.is_people:
        return
    weeks = contact_quality_data.by_week(asked, part.main.name)
    if weeks["of"].any():
        st.subheader("Week by week", anchor=False)
        st.plotly_chart(
            share_figure(weeks), alt=describe_share(weeks, part.main.title), config=_CONFIG, key="weeks_of_contact"
        )


_CONFIG = {"displayModeBar": False}


def _columns() -> dict[str, Any]:
    return {
        "Desk": st.column_config.TextColumn(pinned=True),
        "Share": st.column_config.ProgressColumn(format="%.0f %%", min_value=0, max_value=100),
        "Likely": st.column_config.TextColumn(help="The share lies in this range with a chance of 80 %"),
        "Only check in": st.column_config.NumberColumn(format="localized"),
        "No note": st.column_config.NumberColumn(format="localized"),
        **{
            part.main.noun[1].capitalize(): st.column_config.NumberColumn(format="localized") for part in PARTS.values()
        },
        **{SHORT[name]: st.column_config.TextColumn(help=f"{one.title}: {HOW}") for name, one in MEASURES.items()},
        "All three": st.column_config.TextColumn(help=HOW),
    }


def contacts_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Desk, Share (per cent), Counts, Likely; of touches also Only check in and No note."""
    table = pd.DataFrame(
        {
            "Desk": rows["desk"].fillna(TOGETHER),
            "Share": 100 * rows["value"],
            "Counts": [f"{held:,} of {of:,}" for held, of in zip(rows["held"], rows["of"], strict=True)],
            "Likely": [_range(low, high) for low, high in zip(rows["low"], rows["high"], strict=True)],
        }
    )
    if rows["checks_in"].isna().all():
        return table
    return table.assign(
        **{"Only check in": rows["checks_in"], "No note": rows["of"] - rows["held"] - rows["checks_in"]}
    )


def people_table(rows: pd.DataFrame, part: Part) -> pd.DataFrame:
    """Desk, how many people, and each question as ``12 % (53), 10 to 14``: share, count and likely range."""
    of = rows[rows["measure"] == part.main.name]
    columns: dict[str, Any] = {
        "Desk": of["desk"].fillna(TOGETHER).tolist(),
        part.main.noun[1].capitalize(): of["of"].tolist(),
    }
    for measure in part.measures:
        own = rows[rows["measure"] == measure.name].to_dict("records")
        title = "All three" if measure is part.main else SHORT[measure.name]
        columns[title] = [
            f"{percent(row['value'])} ({row['held']:,}), {_range(row['low'], row['high']).removesuffix(' %')}"
            for row in own
        ]
    return pd.DataFrame(columns)


def _range(low: float, high: float) -> str:
    """``41 to 51 %``, a narrow range with one decimal; nothing where it is not known."""
    digits = 0 if 100 * (high - low) >= NARROW else 1
    return "" if pd.isna(low) else f"{100 * low:.{digits}f} to {100 * high:.{digits}f} %"


def to_hand_out(rows: pd.DataFrame) -> pd.DataFrame:
    """Every number in a column of its own, shares from 0 to 1."""
    return pd.DataFrame(
        {
            "Desk": rows["desk"].fillna(TOGETHER),
            "What": [MEASURES[name].title for name in rows["measure"]],
            "Counted": rows["held"],
            "Of": rows["of"],
            "Only check in": rows["checks_in"],
            "Share": rows["value"],
            "Likely from": rows["low"],
            "Likely to": rows["high"],
        }
    )
