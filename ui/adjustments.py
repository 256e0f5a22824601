"""The page Adjustments: note what was changed, and read what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from quality import adjustment_words as words
from quality.adjustments import FEWEST_WEEKS, SPAN, Effect, Figures, Followed
from quality.catalogue import BY_NAME, MEASURES
from quality.judgement import FEWEST_CASES
from quality.stories import title
from store import StoreError
from ui import adjustments_data, clock, data, minimum_data, text
from ui.downloads import Sheet, buttons
from ui.marks import Mark

#: Kind as it is stored -> as it is shown; any other kind is shown as *other*.
KINDS = {"coaching": "Coaching", "script": "Script", "market": "Market", "other": "Other"}
EVERYTHING = "All seven ratios"
COMPANY = ("company", "")
COLOURS = {"bad": "red", "good": "green", "unsure": "gray"}
RESULTS: dict[words.Verdict, Mark] = {
    "better": Mark("▲", "better", "good"),
    "likely_better": Mark("△", "probably better", "good"),
    "unclear": Mark("○", "no clear change", "unsure"),
    "likely_worse": Mark("▽", "probably worse", "bad"),
    "worse": Mark("▼", "worse", "bad"),
}
EARLY, UNKNOWN = Mark("–", "too early", "unsure"), Mark("–", "cannot be said", "unsure")
RULE = (
    f"Before are the {SPAN} closed weeks up to the week of the change, since are up to {SPAN} closed weeks after it; "
    f"the week itself counts in neither. It is too early until {FEWEST_WEEKS} weeks are over and {FEWEST_CASES} cases came "
    "due. Send-outs count once their time for a fill is up."
)
_DAY = "YYYY-MM-DD"
_LONGEST = 500
_PAGE = 10


# --- noting a change -------------------------------------------------------------------------------------------------


def ask() -> None:
    """The form for a new entry; links from other pages choose the desk and the ratio in it."""
    _say_done()
    arrived = (st.query_params.get("desk", ""), st.query_params.get("ratio", ""))
    empty = not adjustments_data.journal()
    with st.expander("Note a change", icon=":material/edit_note:", expanded=empty or any(arrived)):
        _form(*arrived)


def _form(desk: str, measure: str) -> None:
    whom, about = _whom(), _measures()
    key = f"{desk}-{measure}-{st.session_state.get('change_round', 0)}"
    with st.form(f"change-{key}", border=False):
        with st.grid(3, min_column_width=220):
            made_on = st.date_input("Changed on", clock.today(), format=_DAY, key=f"change_day-{key}")
            at = whom.index(("desk", desk)) if ("desk", desk) in whom else 0
            who = st.selectbox("For", whom, at, format_func=_named, key=f"change_for-{key}")
            first = about.index(measure) if measure in about else 0
            what = st.selectbox("Ratio or activity", about, first, format_func=_titled, key=f"change_measure-{key}")
        kind = st.segmented_control(
            "Kind",
            list(KINDS),
            format_func=KINDS.__getitem__,
            default="coaching",
            required=True,
            key=f"change_kind-{key}",
        )
        told = st.text_area("What was changed", max_chars=_LONGEST, key=f"change_what-{key}", height=80)
        if st.form_submit_button("Save the change", type="primary", key=f"save_change-{key}"):
            _save(told, made_on, who, what, kind or "other")


def _whom() -> list[tuple[str, str]]:
    return [COMPANY, *(("team", name) for name in data.teams()), *(("desk", name) for name in minimum_data.desks())]


def _named(who: tuple[str, str]) -> str:
    return who[1] or "The whole company"


def _measures() -> list[str]:
    return ["", *BY_NAME, *MEASURES]


def _titled(measure: str) -> str:
    if not measure:
        return EVERYTHING
    return title(measure) if measure in BY_NAME or measure in MEASURES else measure


def _save(told: str, made_on: date, who: tuple[str, str], measure: str, kind: str) -> None:
    level, name = who
    try:
        data.history().save_adjustment(told, made_on=made_on, level=level, name=name, measure=measure, kind=kind)
    except StoreError as refused:
        st.error(text.plain(f"{refused.reason} {refused.fix}", 400), icon=":material/block:")
        return
    st.session_state["change_round"] = st.session_state.get("change_round", 0) + 1
    _done("The change is in the journal.")


def _done(said: str) -> None:
    st.session_state["change_done"] = said
    st.query_params.clear()
    st.rerun()


def _say_done() -> None:
    if said := st.session_state.pop("change_done", None):
        st.toast(said, icon=":material/check_circle:")


# --- the journal -----------------------------------------------------------------------------------------------------


def lead(found: Sequence[Followed]) -> None:
    """How many changes there are and what came of them."""
    if not found:
        st.info("No change is in the journal yet. Note one above; what comes of it is followed from then on.")
        return
    marks = [result(one) for one in found]
    told = [f"{marks.count(mark)} {mark.words}" for mark in dict.fromkeys([*RESULTS.values(), EARLY, UNKNOWN])]
    some = [words_ for words_ in told if not words_.startswith("0 ")]
    st.subheader(f"{text.count(len(found), 'change')}: {text.listed(some, 9)}", anchor=False)
    st.markdown(RULE)


def result(found: Followed) -> Mark:
    """What came of one change as a shape and a word; of several ratios the one that is surest."""
    sure = [effect.better for effect in found.effects if effect.better is not None]
    if sure:
        return RESULTS[words.verdict(max(sure, key=lambda better: abs(better - 0.5)))]
    waits = any(effect.status in ("early", "future") for effect in found.effects)
    return EARLY if waits else UNKNOWN


def show(found: Sequence[Followed]) -> None:
    """The entries, the latest first."""
    for one in found:
        _card(one)
    if found:
        buttons(table(found), Sheet("adjustments", "What was changed, and what came of it", (RULE,)))


def _card(found: Followed) -> None:
    entry, mark = found.entry, result(found)
    with st.container(border=True, gap="small"):
        whose = text.plain(_named((entry.level, entry.name)))
        st.markdown(
            f":{COLOURS[mark.tone]}-badge[{mark}] **{text.day(entry.made_on)}, {whose}**"
            f" · {KINDS.get(entry.kind, KINDS['other'])} · {text.plain(_titled(entry.measure))}"
        )
        st.text(entry.what)
        for said in adjustments_data.sentences(found):
            st.markdown(("- " if len(found.effects) > 1 else "") + shown(said))
        _numbers(found)


def shown(said: str) -> str:
    """A sentence for markdown, in which ``2.4 : 1`` is not torn apart at the end of a line."""
    return text.plain(said, 900).replace(" \\: 1", "\u00a0\\:\u00a01")


def _numbers(found: Followed) -> None:
    rows = [row for effect in found.effects for row in lines(found, effect)]
    if rows:
        with st.expander("The numbers"):
            st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Counts before and since, own and of the other desks")


def lines(found: Followed, effect: Effect) -> list[dict[str, object]]:
    """Own and other desks, before and since."""
    who = _named((found.entry.level, found.entry.name))
    others = effect.others
    pairs = [(who, effect.before, effect.after)]
    pairs += [("Other desks", others.before, others.after)] if others else []
    return [
        _line(effect.measure, name, when, figures)
        for name, *both in pairs
        for when, figures in zip(("before", "since"), both, strict=True)
        if figures
    ]


def _line(measure: str, who: str, when: str, figures: Figures) -> dict[str, object]:
    return {
        "Measure": title(measure),
        "Who": who,
        "When": when,
        "Days": text.days(figures.start, figures.end),
        "Weeks": figures.weeks,
        "Numbers": words.numbers(measure, figures),
    }


def table(found: Sequence[Followed]) -> pd.DataFrame:
    """The journal as a table to hand out, a row for each measure that is followed."""
    return pd.DataFrame(
        [
            {
                "changed_on": pd.Timestamp(one.entry.made_on),
                "level": one.entry.level,
                "name": one.entry.name,
                "kind": one.entry.kind,
                "what": one.entry.what,
                "story": said,
            }
            for one in found
            for said in adjustments_data.sentences(one) or ("",)
        ]
    )
