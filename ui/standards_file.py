"""The history of the standards, and standards as a workbook: handed out, taken back whole or not at all."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from loaders.standards_file import HEADERS, N_TO_ONE, Known, StandardsFile, read_standards
from quality.catalogue import BY_NAME, MEASURES, RATIOS
from quality.periods import last_closed_weeks
from ui import clock, data, minimum_data, standard_limits, text
from ui.downloads import Sheet, buttons
from ui.standards import TITLES

_COLUMNS = {
    "Standard": st.column_config.NumberColumn(format="%g", width=80, help="Empty: it ended on that day"),
    "From": st.column_config.DateColumn(format="D MMM YYYY", width=100),
    "Saved": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm", width=140),
}
_MOST_PROBLEMS = 200


def show() -> None:
    """Every standard there ever was, downloads of them, and a file to take in."""
    lines = minimum_data.lines()
    st.subheader("History", anchor=False)
    if lines.empty:
        st.markdown("No standard of your own was saved yet; the downloads hold the starting values to begin with.")
    else:
        st.markdown("A standard holds from its day until the next line of the same level, name and measure.")
        st.dataframe(
            _newest_first(lines),
            hide_index=True,
            column_config=_COLUMNS,
            placeholder="",
            alt="Every standard that was saved, newest first",
        )
    buttons(sheet(last_saved(lines)), Sheet("standards", "Minimum standards", _ABOUT))
    st.subheader("Take in a file", anchor=False)
    st.markdown(
        "Download the standards, change or add lines, and drop the file here. All lines are taken or none; "
        "lines that are saved already stay as they are. Where a number was corrected, the download has the last one."
    )
    _take_in()


_ABOUT = (
    "Level is company, team or desk; Name stays empty for the company.",
    f"Per is {N_TO_ONE} for a ratio, day or week for an activity. An empty Standard ends it on that day.",
)


_KEY = ["ratio", "level", "name", "effective_from"]


def last_saved(lines: pd.DataFrame) -> pd.DataFrame:
    """Of each owner, measure and day the line that was saved last: the one that holds."""
    return lines.drop_duplicates(_KEY, keep="last", ignore_index=True)


def sheet(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines as they are handed out, under ``HEADERS``; the starting values where there are none yet."""
    whole = lines if len(lines) else _starting()
    per = whole["per"].where(whole["ratio"].isin([*MEASURES]), N_TO_ONE)
    said = whole.assign(ratio=whole["ratio"].replace(TITLES), per=per)[list(HEADERS.values())]
    return said.set_axis(list(HEADERS), axis="columns")


def _starting() -> pd.DataFrame:
    since = pd.Timestamp(last_closed_weeks(clock.today(), 1).start)
    own = {"per": None, "level": "company", "name": "", "effective_from": since}
    return pd.DataFrame([{"ratio": ratio.name, "standard": float(ratio.standard), **own} for ratio in RATIOS])


def _newest_first(lines: pd.DataFrame) -> pd.DataFrame:
    saved = lines["saved_at"].dt.tz_convert(clock.zone())
    return sheet(lines).assign(Saved=saved.dt.tz_localize(None)).iloc[::-1]


def _take_in() -> None:
    dropped = st.file_uploader(
        "A workbook or CSV file with standards",
        type=["xlsx", "xls", "ods", "csv"],
        key=f"standards-file-{st.session_state.get('standards_file_round', 0)}",
    )
    if dropped:
        _show_read(read_standards(dropped.getvalue(), dropped.name, _known()))
    if said := st.session_state.pop("standards_file_said", ""):
        st.success(said, icon=":material/check_circle:")


def _known() -> Known:
    measures = {title.casefold(): name for name, title in TITLES.items()}
    names = {name: name for name in (*BY_NAME, *MEASURES)}
    return Known(measures | names, tuple(MEASURES), data.teams(), minimum_data.desks())


def _show_read(read: StandardsFile) -> None:
    if read.refused:
        st.error(
            f"{text.plain(read.refused.reason, 300)} {text.plain(read.refused.fix, 300)} "
            f"Nothing was changed. Code: {text.plain(read.refused.code)}.",
            icon=":material/block:",
        )
    elif len(read.problems):
        _show_problems(read.problems)
    else:
        _offer(read.lines)


def _show_problems(problems: pd.DataFrame) -> None:
    lines = problems["row"].nunique()
    st.error(
        f"{text.count(lines, 'line')} cannot be used, so nothing was changed. "
        "Mend what is listed, then drop the file again.",
        icon=":material/block:",
    )
    st.dataframe(
        problems.head(_MOST_PROBLEMS).rename(columns=str.capitalize),
        hide_index=True,
        alt="What to mend: row, column, value, code, problem and fix",
    )
    buttons(problems, Sheet("standards-to-mend", "Lines of the standards to mend"))


def _offer(lines: pd.DataFrame) -> None:
    """What the file would change, and the button that does it."""
    new = _new(lines)
    st.markdown(f"{text.count(len(new), 'new line')}; {len(lines) - len(new):,} saved already.")
    if new.empty:
        return
    st.dataframe(sheet(new), hide_index=True, column_config=_COLUMNS, alt="The lines that would be saved")
    records = new.astype("object").where(new.notna(), None).to_dict("records")
    wrong = standard_limits.show(records, TITLES)
    if st.button(f"Save {text.count(len(new), 'line')}", type="primary", key="save_standards_file", disabled=wrong):
        data.history().save_standards(new)
        st.session_state["standards_file_round"] = st.session_state.get("standards_file_round", 0) + 1
        st.session_state["standards_file_said"] = f"{text.count(len(new), 'line')} saved."
        st.rerun()


def _new(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines that say something else than what was saved last for the same owner, measure and day."""
    last = last_saved(minimum_data.lines())
    both = lines.merge(last[[*_KEY, "standard", "per"]], on=_KEY, how="left", suffixes=("", "_known"), indicator=True)
    same = (both["_merge"] == "both") & _equal(both, "standard") & _equal(both, "per")
    return lines[~same.to_numpy()].reset_index(drop=True)


def _equal(both: pd.DataFrame, name: str) -> pd.Series:
    known = both[f"{name}_known"]
    return (both[name] == known) | (both[name].isna() & known.isna())
