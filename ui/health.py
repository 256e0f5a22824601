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
    weeks, desks = soundness.coverage(), soundness.by_desk()
    wrong, odd = soundness.missteps(), soundness.outstanding()
    files = _files(data.imports())
    with st.grid(4, min_column_width=140, gap="small"):
        _figures_of_desks(weeks, desks, wrong, odd)
        _figures_of_files(_read(files))
    _show_coverage(weeks)
    _show_odd(odd)
    _show_missteps(wrong)
    _show_files(files)
    _show_notes(desks)
    _show_ahead(desks)


def _figures_of_desks(weeks: pd.DataFrame, desks: pd.DataFrame, wrong: soundness.Missteps, odd: pd.DataFrame) -> None:
    missing = weeks[weeks["gap"]]
    at_desks = f"at {text.count(missing['desk'].nunique(), 'desk')}"
    _figure(
        "Weeks missing", f"{len(missing):,}", at_desks, "Weeks of a desk in which it should have rows and has none."
    )
    of_desks = f"of {text.count(len(desks), 'desk')}"
    _figure("Stand out", f"{odd['desk'].nunique():,}", of_desks, "Desks with a ratio far from that of all the others.")
    meaning = "Steps of a candidate for a job on a day that cannot be right beside another step."
    _figure("Out of order", f"{wrong.total:,}", "row" if wrong.total == 1 else "rows", meaning)
    _share("Calls with notes", desks["noted"].sum(), desks["calls"].sum(), "Live conversations that say what was said.")
    _share("Dated ahead", desks["ahead"].sum(), desks["rows"].sum(), "Rows after today: scheduled, or wrong.")


def _figures_of_files(read: dict[str, int]) -> None:
    for name, (label, meaning) in _OF_FILES.items():
        _share(label, read[name], read["rows_read"], meaning)


_OF_FILES = {
    "unmapped": ("Unknown values", "Rows of the files in force with a value no activity is known for."),
    "to_mend": ("Still to mend", "Rows with a cell that could not be read and that no later file brought mended."),
    "duplicate": ("Repeats removed", "Rows that repeat another row of the same file; they count once."),
}


def _share(label: str, part: float, whole: float, meaning: str) -> None:
    _figure(label, _percent(part, whole), f"{int(part):,} of {int(whole):,}", meaning)


def _figure(label: str, value: str, counts: str, meaning: str) -> None:
    st.metric(label, value, counts, delta_color="off", delta_arrow="off", help=meaning)


def _percent(part: float, whole: float) -> str:
    """A share in words: never 0 % where there is something, never 100 % where something is missing."""
    if not whole:
        return "–"
    share = 100 * part / whole
    if part == 0 or part == whole:
        return f"{share:.0f} %"
    if not 0.1 <= share <= 99.9:
        return "under 0.1 %" if share < 1 else "over 99.9 %"
    return f"{share:.0f} %" if 10 <= share <= 99 else f"{share:.1f} %"


def _section(title: str, found: str, advice: str) -> None:
    st.subheader(title, anchor=False)
    st.markdown(f"**{found}** {advice}" if advice else found)


def _table(frame: pd.DataFrame, sheet: Sheet, columns: dict[str, Any]) -> None:
    """The rows behind a finding, with downloads under the names people see."""
    height: Any = "content" if len(frame) < 8 else 320
    st.dataframe(frame, hide_index=True, height=height, placeholder="", column_config=columns, alt=sheet.title)
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
    for row in odd.head(_SAID_IN_WORDS).to_dict("records"):
        ratio = BY_NAME[row["ratio"]].title
        st.markdown(f"- **{text.plain(row['desk'])}**, {ratio[0].lower()}{ratio[1:]}: {outliers.in_words(row)}.")
    ratios = {name: st.column_config.NumberColumn(name, format="%.1f : 1") for name in _N_TO_ONE}
    _table(_odd_table(odd), Sheet("desks-that-stand-out", "Desks with a ratio far from the others"), ratios)


_SAID_IN_WORDS = 5
_N_TO_ONE = ("Own", "Others", "Others from", "Others to")


def _odd_table(odd: pd.DataFrame) -> pd.DataFrame:
    """The same with a number a column: n : 1 of the desk and of the others, and the counts behind both."""
    own, others = ((odd[f"{of}upstream"], odd[f"{of}downstream"]) for of in ("", "others_"))
    return pd.DataFrame(
        {
            "Desk": odd["desk"],
            "Ratio": [BY_NAME[name].title for name in odd["ratio"]],
            "Own": (own[0] / own[1].where(own[1] > 0)).astype("float64"),
            "Counts": [f"{up:,} / {down:,}" for up, down in zip(*own, strict=True)],
            "Others": (others[0] / others[1].where(others[1] > 0)).astype("float64"),
            "Their counts": [f"{up:,} / {down:,}" for up, down in zip(*others, strict=True)],
            "Others from": odd["low"].astype("float64"),
            "Others to": odd["high"].astype("float64"),
        }
    )


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
    """The imports in force with where their rows went: name, rows_read, the parts of the report, to_mend."""
    active = imports[imports["active"]]
    reports = [json.loads(row["report"]) | {"to_mend": row["to_mend"]} for row in active.to_dict("records")]
    return pd.DataFrame(reports, columns=["name", "rows_read", *_PARTS, "to_mend"])


_PARTS = {
    "accepted": "Accepted",
    "duplicate": "Repeats",
    "ignored": "Left out",
    "unmapped": "Unknown",
    "rejected": "Unreadable",
}
_SAID = {
    "duplicate": "repeats of a row in the same file",
    "ignored": "left out by your answer, automatic or copies",
    "unmapped": "with a value unknown",
    "rejected": "with a cell that could not be read",
}


def _show_files(files: pd.DataFrame) -> None:
    read = _read(files)
    whole = read["rows_read"]
    parts = [f"{read[name]:,} {said} ({_percent(read[name], whole)})" for name, said in _SAID.items() if read[name]]
    found = f"{text.count(whole, 'row')} read, {read['accepted']:,} of them taken."
    left = f" Not taken: {text.listed(parts, most=4)}." if parts else ""
    to_do = read["unmapped"] + read["to_mend"]
    advice = "Look into an import under Files for the rows; say on Upload what unknown values mean, mend the rest."
    _section("Rows of the files in force", found, f"{left} {advice if to_do else ''}".strip())
    shown = files.rename(columns={"name": "File", "rows_read": "Rows read", "to_mend": _TO_MEND, **_PARTS})
    share = _shares(files["unmapped"] + files["rejected"], files["rows_read"])
    columns = {
        **_whole_numbers("Rows read", *_PARTS.values(), _TO_MEND),
        _LACKING: st.column_config.NumberColumn(format="%.1f %%"),
    }
    sheet = Sheet("rows-of-files", "Where the rows of the files in force went")
    _table(shown.assign(**{_LACKING: share}), sheet, columns)


_LACKING, _TO_MEND = "Unknown or unreadable", "Still to mend"


def _whole_numbers(*names: str) -> dict[str, Any]:
    return {name: st.column_config.NumberColumn(name, format="localized") for name in names}


def _read(files: pd.DataFrame) -> dict[str, int]:
    """Sums over all files, with the rows still to mend."""
    reports = [{str(name): value for name, value in row.items()} for row in files.to_dict("records")]
    return read_in_all(reports) | {"to_mend": int(files["to_mend"].sum())}


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
    bar = st.column_config.ProgressColumn("Share", format=_SHARE, min_value=0, max_value=100)
    columns = {**_whole_numbers("Calls", "With notes"), "Share": bar}
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
    columns = {**_whole_numbers("Rows", "Ahead"), "Furthest": st.column_config.DateColumn("Furthest", format=_DAY)}
    _table(frame, Sheet("rows-ahead", "Rows after today, per desk"), columns)
