"""The minimum standards of the company, a team or a desk, to be changed in place and to be proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from charts.words import standard_text
from quality.catalogue import BY_NAME, MEASURES
from quality.periods import last_closed_weeks
from quality.proposals import BEST_WEEKS, OWN_WEEKS, Proposal
from quality.published import PUBLISHED
from quality.standards import PER, STARTING, Level, Line, Standards
from ui import clock, data, glossary, minimum_data, saving, standard_limits, text
from ui.minimum_data import Groups, Way

EVERY = "Every desk"
LEVELS: dict[str, Level] = {"Company": "company", "Team": "team", "Desk": "desk"}
TITLES = {
    **{name: ratio.title for name, ratio in BY_NAME.items()},
    **{name: measure.plural.capitalize() for name, measure in MEASURES.items()},
}
#: The two tables: which measures, what the number means.
KINDS = {
    "ratios": (tuple(BY_NAME), "The most you accept of the first for one of the second, as the n of n : 1."),
    "minimums": (
        tuple(MEASURES),
        "The least each desk should do on a working day or in a week. What is proposed was reached in three weeks out "
        "of four.",
    ),
}
WAYS: dict[Way, str] = {
    "own": f"Propose from own last {OWN_WEEKS} weeks",
    "best": "Propose from what the best fifth reaches",
}
EVENED_OUT = (
    " Proposed is what the last of the best fifth of the desks reaches. So that luck sets no standard, a desk's number "
    "is moved towards that of all together, the more the fewer cases it has. None is worse than what all together do."
)
_PER_TITLES = {"day": "a day", "week": "a week"}
_ORIGINS = {"desk": "the desk's own", "team": "the team's", "company": "the company's"}
#: Pixels of a line from which the words a proposal rests on are wrapped.
_TALL = 66
#: What is said of the last saving.
_SAVED = "standards_said"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose standards are shown: the level, one name (or every desk's), and the day from which changes hold.

    ``standards`` are all there are, asked of the history once.
    """

    level: Level
    names: tuple[str, ...]
    since: date
    standards: Standards

    @property
    def key(self) -> str:
        """Tells apart the tables of different choices, so that nothing typed for one is shown for another."""
        return f"{self.level}|{self.names[0] if len(self.names) == 1 else len(self.names)}|{self.since}"


def show() -> None:
    """Whose standards, proposals, the two tables and what others have published."""
    _say_starting()
    asked = ask()
    if asked is None:
        st.info("There is nobody of that kind yet. Add teams and desks on People.", icon=":material/groups:")
        return
    proposed = _propose(asked)
    shown = {kind: _base(kind, asked, proposed) for kind in KINDS}
    edited = {kind: _editor(kind, frame, asked, bool(proposed)) for kind, frame in shown.items()}
    _offer_save(asked, edited)
    show_published()


def _say_starting() -> None:
    standards = minimum_data.standards()
    own = [standards.ratio(name, "", "company", clock.today())[1] for name in BY_NAME]
    starting = own.count(STARTING)
    if starting:
        which = "These are" if starting == len(own) else f"{starting} of the {len(own)} ratios still have"
        st.info(f"{which} starting values, replace them with your own.", icon=":material/edit_note:")
    st.markdown(
        "A desk follows its own standard; where it has none, its team's; where that has none, the company's. "
        "Nothing is overwritten: a change holds from its day on, and older weeks keep what held then."
    )


def ask() -> Asked | None:
    """Whose standards are wanted, and from which day changes hold; None where nobody is there to choose."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        level = LEVELS[
            st.segmented_control("For", list(LEVELS), default="Company", required=True, key="standards_level")
            or "Company"
        ]
        names = _ask_name(level)
        since = st.date_input(
            "Changes hold from",
            last_closed_weeks(clock.today(), 1).start,
            format="YYYY-MM-DD",
            key="standards_since",
            width=170,
            help="A week or month is judged by what holds on its last day. Starts with the last closed week.",
        )
    return Asked(level, names, since, minimum_data.standards()) if names and isinstance(since, date) else None


def _ask_name(level: Level) -> tuple[str, ...]:
    if level == "company":
        return ("",)
    known = data.teams() if level == "team" else minimum_data.desks()
    options = [EVERY, *known] if level == "desk" and known else known
    chosen = st.selectbox(
        level.capitalize(),
        options,
        index=min(1, len(options) - 1) if options else None,
        key=f"standards_{level}",
        width=240,
    )
    return tuple(known) if chosen == EVERY else (chosen,) if chosen else ()


# --- Proposals -------------------------------------------------------------------------------------------------------


def _propose(asked: Asked) -> dict[str, dict[str, Proposal]]:
    """The buttons, and by name and measure what is proposed; nothing until a button is pressed for this choice."""
    with st.container(horizontal=True, gap="small"):
        for each, label in WAYS.items():
            st.button(
                label, key=f"propose_{each}", icon=":material/lightbulb:", on_click=_choose, args=(each, asked.key)
            )
        way = _chosen(asked)
        if way:
            st.button("Discard the proposals", key="propose_none", icon=":material/undo:", on_click=_forget)
    if not way:
        return {}
    found = minimum_data.proposals(way, _groups(asked, way))
    _say_proposed(way, found)
    return found


def _choose(way: Way, key: str) -> None:
    st.session_state["standards_proposal"] = (way, key)
    _anew()


def _forget() -> None:
    st.session_state.pop("standards_proposal", None)
    _anew()


def _anew() -> None:
    """Tables that forget what was typed into them."""
    st.session_state["standards_round"] = st.session_state.get("standards_round", 0) + 1


def _chosen(asked: Asked) -> Way | None:
    way, key = st.session_state.get("standards_proposal", (None, None))
    return way if key == asked.key else None


def _groups(asked: Asked, way: Way) -> Groups:
    """The desks that the proposal of each name is made of: the desk itself, its team, or everybody."""
    known = tuple(minimum_data.desks())
    if (asked.level, way) == ("desk", "own"):
        return tuple((name, (name,)) for name in asked.names)
    teams = minimum_data.team_on(known, last_closed_weeks(clock.today(), 1).end)
    wanted = {name: teams.get(name) if asked.level == "desk" else name for name in asked.names}
    mates = {team: tuple(desk for desk in known if teams[desk] == team) for team in {*wanted.values()}}
    return tuple((name, mates[team] if team else known) for name, team in wanted.items())


def _say_proposed(way: Way, found: dict[str, dict[str, Proposal]]) -> None:
    every = [proposal for of_name in found.values() for proposal in of_name.values()]
    made = sum(proposal.number is not None for proposal in every)
    weeks, how = (OWN_WEEKS, "") if way == "own" else (BEST_WEEKS, EVENED_OUT)
    st.warning(
        f"{text.count(made, 'proposal')} from the last {weeks} closed weeks filled in below, not saved yet; "
        f"{len(every) - made} could not be made, since the counts are too few.{how} "
        "Change or empty any of them, then save.",
        icon=":material/lightbulb:",
    )


# --- The tables ------------------------------------------------------------------------------------------------------


def _base(kind: str, asked: Asked, proposed: dict[str, dict[str, Proposal]]) -> pd.DataFrame:
    """A line per name and measure: name, measure, standard, per, now, why; a proposal stands in place of the number."""
    teams = minimum_data.team_on(asked.names, asked.since) if asked.level == "desk" else {}
    rows = [
        _row(asked, name, measure, teams.get(name), proposed.get(name, {}).get(measure))
        for name in asked.names
        for measure in KINDS[kind][0]
    ]
    frame = pd.DataFrame(rows, columns=["name", "measure", "what", "standard", "per", "now", "why"])
    return frame.astype({"standard": "float64", "per": "object", "why": "object"})


def _row(asked: Asked, name: str, measure: str, team: str | None, proposal: Proposal | None) -> tuple[object, ...]:
    own = asked.standards.held(measure, asked.level, name, asked.since)
    number, per = (own.number, own.per) if own else (None, None)
    if proposal and proposal.number is not None:
        number, per = proposal.number, proposal.per
    held = asked.standards.line(measure, name, asked.level, asked.since, team)
    why = proposal.why if proposal else None
    return name, measure, TITLES[measure], number, per, in_force(measure, held), why


def in_force(measure: str, line: Line | None) -> str:
    """What holds in words: ``6 : 1, the team's``; ``5 : 1, starting value``; nothing for an activity without one."""
    if line is None:
        return f"{standard_text(BY_NAME[measure].standard)}, {STARTING}" if measure in BY_NAME else "none"
    return f"{number_text(measure, line)}, {_ORIGINS[line.level]} since {text.day(line.since)}"


def number_text(measure: str, line: Line) -> str:
    """``6 : 1``, ``40 a day``, or ``ended``."""
    if line.number is None:
        return "ended"
    return standard_text(line.number) if measure in BY_NAME else f"{line.number:g} {_PER_TITLES[line.per or 'week']}"


def _editor(kind: str, frame: pd.DataFrame, asked: Asked, proposing: bool) -> pd.DataFrame:
    st.subheader("Ratios" if kind == "ratios" else "Activity minimums", anchor=False)
    st.markdown(f"{KINDS[kind][1]} An empty cell follows the next level up.")
    shown = (["name"] if len(asked.names) > 1 else []) + ["what", "standard"]
    shown += ["per"] * (kind == "minimums") + ["why"] * proposing + ["now"]
    return st.data_editor(
        frame,
        hide_index=True,
        column_order=shown,
        column_config=_columns(kind, proposing),
        disabled=["name", "measure", "what", "now", "why"],
        key=f"standards-{kind}-{st.session_state.get('standards_round', 0)}-{asked.key}",
        placeholder="",
        row_height=_TALL if proposing else None,
        height="content" if len(asked.names) == 1 else "auto",
        alt=f"Standards: {kind}, to be changed in place",
    )


def _columns(kind: str, proposing: bool) -> dict[str, Any]:
    title = "n : 1" if kind == "ratios" else "At least"
    return {
        "name": st.column_config.TextColumn("Desk", pinned=True, width=120),
        "what": st.column_config.TextColumn("Ratio" if kind == "ratios" else "Activity", width=190),
        "standard": st.column_config.NumberColumn(
            title, step=0.1, format="%.1f" if kind == "ratios" else "%g", width=95
        ),
        "per": st.column_config.SelectboxColumn(
            "Per", options=list(PER), format_func=lambda per: _PER_TITLES.get(str(per), ""), width=80
        ),
        "now": st.column_config.TextColumn("Holds on that day", width=200 if proposing else 260),
        "why": st.column_config.TextColumn("The proposal rests on", width=320 if kind == "ratios" else 240),
    }


# --- Saving ----------------------------------------------------------------------------------------------------------


def _offer_save(asked: Asked, edited: dict[str, pd.DataFrame]) -> None:
    changed = [line for frame in edited.values() for line in changes(frame, asked)]
    label = f"Save {text.count(len(changed), 'change')}" if changed else "No changes to save"
    wrong = standard_limits.show(changed, TITLES)
    if st.button(label, type="primary", key="save_standards", disabled=wrong or not changed) and _save(changed):
        _forget()
        st.rerun()
    if changed and not wrong:
        st.markdown("Save before you look at another section or another choice: the tables forget what was typed.")
    saving.say(_SAVED)


def changes(edited: pd.DataFrame, asked: Asked) -> list[dict[str, Any]]:
    """The lines that differ from what these owners hold, as ``History.save_standards`` wants them."""
    found = [_line(row, asked) for row in edited.to_dict("records")]
    return [line for line in found if (line["standard"], line["per"]) != _own(line, asked.standards)]


def _line(row: dict[Any, Any], asked: Asked) -> dict[str, Any]:
    number = None if pd.isna(row["standard"]) else float(row["standard"])
    per = (row["per"] or "week") if number is not None and row["measure"] in MEASURES else None
    owner = {"level": asked.level, "name": row["name"], "effective_from": asked.since}
    return {"ratio": row["measure"], "standard": number, "per": per, **owner}


def _own(line: dict[str, Any], standards: Standards) -> tuple[float | None, str | None]:
    held = standards.held(line["ratio"], line["level"], line["name"], line["effective_from"])
    return (held.number, held.per) if held else (None, None)


def _save(changed: list[dict[str, Any]]) -> bool:
    """Saves all lines or none; whether that was possible. What is said of it is shown below the button."""
    lines = pd.DataFrame(changed).astype({"standard": "object"})
    done = f"{text.count(len(changed), 'standard')} saved."
    return saving.saved(_SAVED, lambda: data.history().save_standards(lines), done)


def show_published() -> None:
    """What others have published on ratios and minimums, as context."""
    st.subheader("Published by others", anchor=False)
    st.markdown("Context beside your own numbers, **not targets**: firms count differently.")
    figures = [figure for figure in PUBLISHED if figure.ratios or figure.minimums]
    st.markdown("\n".join(map(glossary.published_text, figures)))
