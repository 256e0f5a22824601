"""How far the levels of care can be trusted: what they were worth on past days, with the rows behind each number."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quality.back_test import HORIZONS, STEP, BackTest, Followed
from quality.care_signals import LEVELS
from ui import care_data, downloads, named, text
from ui.downloads import Sheet

_DAY = st.column_config.DateColumn(format="D MMM YYYY")
HOW = (
    f"Every {STEP} days of the past year everyone on assignment was put on a level by what was known that day, with "
    f"the weights of today, and followed for {HORIZONS[0]} days. For {HORIZONS[1]} days only every second such day "
    "is taken, so that no time counts twice: fewer people stand there. Silence counts only where contacts with people "
    "on assignment were recorded by that day. Left early: quit or ended by the client, on a "
    "later day than the first. Who ended as planned or never started did not leave early. The warning is about all who "
    "left early in the past year, whenever they started, without those not to be contacted; Retention counts what "
    "started (How long they stay) or ended (Why they leave) in a time. Somebody on assignment for months is counted "
    "several times, each time for other days. Likely: in four cases of five the true share lies there."
)


def show() -> None:
    """What each level was worth, a line each; how that was counted and the rows behind it in a closed box."""
    st.subheader("How far to trust these levels", anchor=False)
    with st.spinner("Looking at past days"):
        found = care_data.tested()
    if found.rows.empty:
        st.info(
            "Nobody was on assignment on the days looked at, so there is nothing to tell yet.", icon=":material/info:"
        )
        return
    st.markdown("How many left early, by the level they stood on before:")
    st.markdown("\n".join(f"- **{name}**: {said}" for name, said in found.lines))
    with st.expander("How this was counted, and the rows", icon=":material/table_rows:", key="care_counted"):
        st.markdown(f":small[{HOW}]")
        _table(found)


def _table(found: BackTest) -> None:
    shown = listed(found)
    picked = st.dataframe(
        shown,
        hide_index=True,
        height="content",
        key="back_test",
        on_select="rerun",
        selection_mode="single-cell",
        alt="How many people of each level left early",
    )
    st.markdown(":small[Choose a number to see the rows behind it. The whole firm, whatever is chosen above.]")
    downloads.buttons(shown, Sheet("care-back-test", "How many of each level left early", (HOW,)))
    if cells := picked["selection"]["cells"]:
        _behind(found, *cells[0])


def listed(found: BackTest) -> pd.DataFrame:
    """A line for each level, a column for each horizon: ``32 % (9 of 28), likely 22 to 44 %``."""
    columns = {title(one): [share.words for _, share in one.levels] for one in found.followed}
    return pd.DataFrame({"Level": [level.capitalize() for level in LEVELS], **columns})


def title(one: Followed) -> str:
    """``Left early within 30 days``."""
    return f"Left early within {one.horizon} days"


def _behind(found: BackTest, at: int, column: str) -> None:
    """Everybody who stood on a level on the days of a horizon; the first column opens those of the first horizon."""
    one = next((one for one in found.followed if title(one) == column), found.followed[0])
    rows = behind(found, LEVELS[at], one)
    days = text.count(one.days, "day")
    st.markdown(f"**{LEVELS[at].capitalize()}, {title(one).lower()}**: {text.count(len(rows), 'row')} on {days}")
    config = dict.fromkeys(("Looked at", "Ended"), _DAY)
    named.table(rows, f"back-test-{LEVELS[at]}-{one.horizon}", "Rows behind the number", config=config)
    downloads.buttons(rows, Sheet("care-back-test-rows", f"{LEVELS[at].capitalize()}, {title(one).lower()}", (HOW,)))


def behind(found: BackTest, level: str, one: Followed) -> pd.DataFrame:
    """The rows as people read them, who left first."""
    left = f"left_{one.horizon}"
    own = found.rows[(found.rows["level"] == level) & found.rows[left].notna()]
    first = own.sort_values([left, "asked"], ascending=[False, False], kind="stable")
    return pd.DataFrame(
        {
            "Looked at": first["asked"],
            "Contractor": first["contractor"],
            "Left early": first[left].map({True: "yes", False: "no"}),
            "Why": ["; ".join(said) or None for said in first["reasons"]],
            "Client": first["client"],
            "Desk": first["desk"],
            "Day": first["day"],
            "Ended": first["ended_on"],
            "Outcome": first["outcome"],
        }
    ).reset_index(drop=True)
