"""How sound the data is: what is missing, what looks wrong, and what to do about each."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import streamlit as st

from charts import coverage_figure, describe_coverage
from quality import outliers
from quality.catalogue import BY_NAME
from quality.health import gaps, read_in_all
from ui import data, downloads, menu, soundness, text
from ui.downloads import Sheet

#: More desks make the map longer than a screen.
MOST_DESKS = 40
#: Streamlit's own tool bar would only lie over the map.
_CONFIG = {"displayModeBar": False, "scrollZoom": False}
_DAY = "D MMM YYYY"
_SHARE = "%.0f %%"


def show() -> None:
    """Every check, first as figures, then one by one with what to do."""
    if data.summary().last_day is None:
        st.markdown("There is nothing to check yet. Drop exports on Upload, or bring an import back into force.")
        st.page_link(menu.file("upload"), label="Go to Upload", icon=":material/upload_file:")
        return
    weeks, desks, wrong, odd = (
        soundness.coverage(),
        soundness.by_desk(),
        soundness.missteps(),
        soundness.outstanding(),
    )
    files = _files(data.imports())
    _figures(weeks, desks, wrong, odd, files)
    _show_coverage(weeks)
    _show_odd(odd)
    _show_missteps(wrong)
    _show_files(files)
    _show_notes(desks)
    _show_ahead(desks)


def _figures(
    weeks: pd.DataFrame, desks: pd.DataFrame, wrong: soundness.Missteps, odd: pd.DataFrame, files: pd.DataFrame
) -> None:
    read = _read(files)
    shown = {
        "Weeks missing": (f"{int(weeks['gap'].sum()):,}", "Weeks of a desk in which it should have rows and has none."),
        "Desks that stand out": (f"{odd['desk'].nunique():,}", "Desks with a ratio far from that of all the others."),
        "Out of order": (f"{wrong.total:,}", "Steps on a day that cannot be right beside another step."),
        "Left out": (
            _percent(read["unmapped"] + read["rejected"], read["rows_read"]),
            "Rows of all files in force with a value unknown or a cell to mend.",
        ),
        "Calls with notes": (
            _percent(desks["noted"].sum(), desks["calls"].sum()),
            "Live conversations that say what was said.",
        ),
        "Dated ahead": (_percent(desks["ahead"].sum(), desks["rows"].sum()), "Rows after today: scheduled, or wrong."),
    }
    with st.grid(len(shown), min_column_width=130, gap="small"):
        for label, (value, meaning) in shown.items():
            st.metric(label, value, help=meaning)


def _percent(part: float, whole: float) -> str:
    """A share in words: never 0 % where there is something."""
    if not whole:
        return "–"
    share = 100 * part / whole
    return f"{share:.0f} %" if share >= 10 or not part else f"{max(share, 0.1):.1f} %"


def _section(title: str, found: str, advice: str) -> None:
    st.subheader(title, anchor=False)
    st.markdown(f"**{found}** {advice}" if advice else found)


def _table(frame: pd.DataFrame, sheet: Sheet, columns: dict[str, Any]) -> None:
    """The rows behind a finding, with downloads under the names people see."""
    height: Any = "content" if len(frame) < 8 else 320
    st.dataframe(frame, hide_index=True, height=height, column_config=columns, alt=sheet.title)
    downloads.buttons(frame, sheet)


def _show_coverage(weeks: pd.DataFrame) -> None:
    missing = gaps(weeks)
    desks, total = missing["desk"].nunique(), int(missing["weeks"].sum())
    if missing.empty:
        _section("Weeks", "Every desk has rows in every week in which it should.", "")
    else:
        _section(
            "Weeks",
            f"{text.count(total, 'week')} without a row at {text.count(desks, 'desk')}.",
            "Was a file not exported, was the desk away, or does a system write its name in another way? Upload what "
            "is missing; set dates and names of desks on People.",
        )
    shown = _in_map(weeks)
    st.plotly_chart(coverage_figure(shown), alt=describe_coverage(shown), config=_CONFIG, key="coverage_chart")
    known = weeks["desk"].nunique()
    if known > MOST_DESKS:
        st.markdown(f"The map shows {MOST_DESKS} of {known} desks, those with the most weeks missing first.")
    if len(missing):
        names = {"desk": "Desk", "start": "From", "end": "To", "weeks": "Weeks"}
        days = {name: st.column_config.DateColumn(name, format=_DAY) for name in ("From", "To")}
        _table(missing.rename(columns=names), Sheet("weeks-missing", "Weeks without a row"), days)


def _in_map(weeks: pd.DataFrame) -> pd.DataFrame:
    """The desks of the map: all in their order, or where there are too many the ones that miss most, first."""
    if weeks["desk"].nunique() <= MOST_DESKS:
        return weeks
    worst = weeks.groupby("desk")["gap"].sum().sort_values(ascending=False, kind="stable").index[:MOST_DESKS]
    return weeks[weeks["desk"].isin(worst)].sort_values(
        ["desk", "week"], key=lambda column: column.map(list(worst).index) if column.name == "desk" else column
    )


def _show_odd(odd: pd.DataFrame) -> None:
    if odd.empty:
        _section("Desks that stand out", "No desk's ratio of the last year lies far from that of all the others.", "")
        return
    _section(
        "Desks that stand out",
        f"{text.count(odd['desk'].nunique(), 'desk')} with a ratio of the last year that chance does not explain.",
        "Is something not recorded, recorded twice, or recorded to reach a number? Ask before you judge: a desk that "
        "records its work in another way looks the same.",
    )
    rows = [(row["desk"], BY_NAME[row["ratio"]].title, outliers.in_words(row)) for row in odd.to_dict("records")]
    frame = pd.DataFrame(rows, columns=["Desk", "Ratio", "Found"])
    for desk, ratio, found in rows[:5]:
        st.markdown(f"- **{text.plain(desk)}**, {ratio[0].lower()}{ratio[1:]}: {found}.")
    _table(frame, Sheet("desks-that-stand-out", "Desks with a ratio far from the others"), {})


def _show_missteps(wrong: soundness.Missteps) -> None:
    if not wrong.total:
        _section("Order of steps", "No step lies on a day that cannot be right beside another one.", "")
        return
    kinds = text.listed([f"{count:,} × {problem}" for problem, count in wrong.counts.items()], most=6)
    _section(
        "Order of steps",
        f"{text.count(wrong.total, 'row')} out of order: {kinds}.",
        "Either a date is wrong or a step stands under another job. Mend it in the source and upload that file again.",
    )
    names = {
        "problem": "Problem",
        "desk": "Desk",
        "candidate": "Candidate",
        "job": "Job",
        "client": "Client",
        "occurred_at": "On",
        "other_on": "The other step on",
        "source": "Source",
        "import_id": "Import",
        "source_row": "Row in file",
    }
    days = {name: st.column_config.DateColumn(name, format=_DAY) for name in ("On", "The other step on")}
    frame = wrong.newest[list(names)].rename(columns=names)
    if len(frame) < wrong.total:
        st.markdown(f"The newest {len(frame):,} of them are shown.")
    _table(frame, Sheet("steps-out-of-order", "Steps of a candidate for a job out of order"), days)


def _files(imports: pd.DataFrame) -> pd.DataFrame:
    """The imports in force with where their rows went: name, rows_read and the parts of the report."""
    active = imports[imports["active"]]
    reports = [{"name": row["name"], **json.loads(row["report"])} for row in active.to_dict("records")]
    return pd.DataFrame(reports, columns=["name", "rows_read", *_PARTS])


_PARTS = {
    "accepted": "Accepted",
    "duplicate": "Repeats removed",
    "ignored": "Ignored",
    "unmapped": "Unknown value",
    "rejected": "To mend",
}


def _show_files(files: pd.DataFrame) -> None:
    read = _read(files)
    left, whole = read["unmapped"] + read["rejected"], read["rows_read"]
    said = (
        f"Of {text.count(whole, 'row')} read, {read['accepted']:,} were taken ({_percent(read['accepted'], whole)}), "
        f"{read['duplicate']:,} were repeats within a file ({_percent(read['duplicate'], whole)}), "
        f"{read['ignored']:,} automatic or copies ({_percent(read['ignored'], whole)}), "
        f"{read['unmapped']:,} had a value unknown ({_percent(read['unmapped'], whole)}) and "
        f"{read['rejected']:,} a cell to mend ({_percent(read['rejected'], whole)})."
    )
    advice = "Look into an import for the rows and values: say what the values mean on Upload, mend the rest."
    _section("Rows of the files in force", said, advice if left else "")
    shown = files.rename(columns={"name": "File", "rows_read": "Rows read", **_PARTS})
    shares = {f"{_PARTS[name]}, %": _shares(files[name], files["rows_read"]) for name in ("unmapped", "rejected")}
    numbers = {
        name: st.column_config.NumberColumn(name, format="localized") for name in ("Rows read", *_PARTS.values())
    }
    _table(
        shown.assign(**shares),
        Sheet("rows-of-files", "Where the rows of the files in force went"),
        {**numbers, **{name: st.column_config.NumberColumn(name, format="%.1f") for name in shares}},
    )


def _read(files: pd.DataFrame) -> dict[str, int]:
    return read_in_all([{str(name): value for name, value in row.items()} for row in files.to_dict("records")])


def _shares(part: pd.Series, whole: pd.Series) -> pd.Series:
    return (100 * part / whole.where(whole > 0)).astype("float64")


def _show_notes(desks: pd.DataFrame) -> None:
    calls, noted = int(desks["calls"].sum()), int(desks["noted"].sum())
    if not calls:
        _section("Notes", "There are no live conversations yet, so there is nothing to have notes.", "")
        return
    _section(
        "Notes",
        f"{noted:,} of {text.count(calls, 'live conversation')} have notes ({_percent(noted, calls)}).",
        "What was said is what the next call builds on. A desk with hardly any may write them elsewhere, or its export "
        "leaves the column out.",
    )
    own = desks[desks["calls"] > 0]
    frame = pd.DataFrame({"Desk": own["desk"], "Calls": own["calls"], "With notes": own["noted"]})
    frame["Share"] = _shares(own["noted"], own["calls"])
    columns = {"Share": st.column_config.ProgressColumn("Share", format=_SHARE, min_value=0, max_value=100)}
    lowest = frame.sort_values(["Share", "Calls"], ascending=[True, False])
    _table(lowest, Sheet("calls-with-notes", "Live conversations with notes, per desk"), columns)


def _show_ahead(desks: pd.DataFrame) -> None:
    ahead, rows = int(desks["ahead"].sum()), int(desks["rows"].sum())
    if not ahead:
        _section("Dated ahead", "No row lies after today.", "")
        return
    _section(
        "Dated ahead",
        f"{text.count(ahead, 'row')} of {rows:,} ({_percent(ahead, rows)}) lie after today.",
        "Booked interviews and follow-ups belong there and count once their day has come. A day that is years away, or "
        "many of them, is usually day and month the wrong way round: look at how dates of that file were read.",
    )
    own = desks[desks["ahead"] > 0].sort_values("last", ascending=False)
    frame = pd.DataFrame({"Desk": own["desk"], "Rows": own["rows"], "Ahead": own["ahead"], "Furthest": own["last"]})
    days = {"Furthest": st.column_config.DateColumn("Furthest", format=_DAY)}
    _table(frame, Sheet("rows-ahead", "Rows after today, per desk"), days)
