"""What was understood of a file: how it was read, where every row went, what has to be mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd
import streamlit as st

from loaders import Loaded, LoadReport, Refusal
from loaders.columns import contact_kind
from loaders.report import ColumnUse
from loaders.written import NO_ACTIVITY
from ui import downloads, mending, text, wishes
from ui.downloads import Sheet

#: Where rows went: field of the report -> (label, what it means). The first five add up to the rows read.
PARTS = {
    "accepted": ("Accepted", "Rows that are taken."),
    "duplicate": ("Duplicate", "Rows that repeat another row of this file."),
    "ignored": ("Left out", "Rows you said are no activity, rows a system writes by itself, and copies of other rows."),
    "unmapped": ("Unknown", "Rows with a value no activity is known for. They are left out, not guessed."),
    "rejected": ("To mend", "Rows with a cell that cannot be read. They are listed below."),
    "furniture": ("Titles and totals", "Titles, totals and notices. They are not part of the rows read."),
}
ALWAYS = ("accepted", "rejected")
#: What a row to mend needs -> the codes of its problems.
_NEEDS = {
    "date": {"date_missing", "date_unparsed", "date_implausible"},
    "desk": {"desk_missing"},
    "activity": {"activity_missing"},
}


def _need(what: str) -> Callable[[int], str]:
    return lambda rows: f"{'needs' if rows == 1 else 'need'} {what}"


#: Said of rows whose value somebody called no activity.
_BY_ANSWER = "by your answer"
#: Why rows are not among those ready -> how it is said of so many.
_LACKING: Mapping[str, Callable[[int], str]] = {
    "date": _need("a date"),
    "desk": _need("a desk"),
    "activity": _need("an activity"),
    "mending": _need("mending"),
    "unmapped": lambda _: "with a value not known yet",
    "answered": lambda _: f"left out {_BY_ANSWER}",
    "ignored": lambda _: "left out as automatic or a copy",
    "duplicate": lambda rows: "repeats another" if rows == 1 else "repeat others",
}
_PROBLEM_COLUMNS: dict[str, Any] = {
    "row": st.column_config.NumberColumn("Row", width="small", format="%d"),
    "column": "Column",
    "value": "Value",
    "problem": st.column_config.TextColumn("Problem", width=360),
    "fix": st.column_config.TextColumn("What to do", width="large"),
}
#: What to do about a refusal where this page has a control for it; elsewhere the loader's own remedy stands.
FIX_HERE = {
    "no_header": "Say below which row holds the names of the columns, and what each column means.",
    "no_date_column": "Say below which column tells when it happened.",
    "no_desk_column": "Write below whose export this is, or say which column tells it.",
    "desk_needed": "Write below whose they are, as the desk of the whole file, or say which column tells it.",
    "no_activity_column": "Say below which column tells what was done.",
    "no_known_activity": "Say below what each value means, or which other column tells what was done.",
    "date_order_ambiguous": "Choose below how dates are written.",
    "ambiguous_layout": "Choose below which it is.",
    "score_scale_unknown": "Choose below from which to which number scores are given.",
}
#: Refusals of a file of a kind nobody knows yet, whose questions then follow.
_MISSING = ("no_header", "no_date_column", "no_desk_column", "no_activity_column")
#: Refusals that one answer lifts at once, which then is the whole question.
_ONE_ANSWER = ("date_order_ambiguous", "ambiguous_layout", "score_scale_unknown", "desk_needed")
_UNKNOWN = "A kind of file Touchline does not know yet. Answer below once; the next one is read by itself."
CONTROLS = {
    " in a mapping file or on the upload page": " in step 3",
    "map its outcome": "say below, in step 3, what its outcome means",
    "--side candidate or --side client": 'the correction "Calls are with"',
    "--sheet": 'the correction "Sheet"',
    "--desk NAME": 'the correction "Desk of the whole file"',
}
_DAY = "D MMM YYYY"
#: So many kinds of problems are told in sentences, each with so many of its rows.
_KINDS, _ROWS = 6, 5
ROLE_TITLES = {"recruiter": "Recruiter", "account_executive": "Account executive"}
ROSTER_COLUMNS = {
    "desk": st.column_config.TextColumn("Desk", required=True),
    "team": st.column_config.TextColumn("Team"),
    "role": st.column_config.TextColumn("Role"),
    "starts_on": st.column_config.DateColumn("From", format=_DAY, help="Empty: since ever"),
    "ends_on": st.column_config.DateColumn("To", format=_DAY, help="Last day. Empty: until further notice"),
    "aliases": st.column_config.TextColumn("Other names", help="Names of the same desk in other systems"),
}


def can_be_answered(report: LoadReport) -> bool:
    """Whether a refused file only waits for what a person knows: there is nothing wrong with it."""
    return report.refused is not None and report.refused.code in FIX_HERE and report.mends is None


def question(report: LoadReport, left: str) -> str:
    """What has to be answered before anything of a file can be taken; ``left`` says which answers are missing."""
    assert report.refused is not None
    code, reason = report.refused.code, text.plain(report.refused.reason, 400)
    is_unknown = report.layout is None and code in _MISSING
    if code in _ONE_ANSWER:
        return f"{reason} {FIX_HERE[code]} :small[({text.plain(code)})]"
    # Which answers are missing is known a moment later; until then nothing is said that would flash up and go.
    return f"{_UNKNOWN if is_unknown else reason} {f'**{left}**' if left else ''}".strip()


def show_refusal(refused: Refusal) -> None:
    """Why nothing of a file was taken, and what to do."""
    said = (refused.reason, on_screen(FIX_HERE.get(refused.code, refused.fix)), f"({refused.code})")
    st.error(" ".join(text.plain(part, 400) for part in said), icon=":material/block:")


def on_screen(sentence: str) -> str:
    """A sentence of the loader with the options of the command line named as the controls they are here."""
    for option, control in CONTROLS.items():
        sentence = sentence.replace(option, control)
    return sentence


def show_summary(loaded: Loaded, key: str, is_asked: bool = False) -> None:
    """How a file was read, where its rows went, and what is left to do; ``key`` is its own among all files.

    While it ``is_asked`` what the file says, nothing is said of how it was read without the answers.
    """
    report = loaded.report
    st.markdown(_how(report))
    if loaded.roster is not None:
        _show_roster(loaded.roster)
    mending.show_mended(loaded)
    show_rows({name: getattr(report, name) for name in ("rows_read", *PARTS)})
    say_left_out(report.ignored_rows)
    if not is_asked:
        show_warnings(report.warnings)
    _point_to_contacts(report.columns)
    # Values nobody knows are no mistake of the file: they are given a meaning, not mended.
    mended = problems(report) if report.mends else problems(report).query("code != 'activity_unmapped'")
    show_problems(mended, Sheet("problems", f"Problems in {report.name}", key=key))
    _point_to_unknown_values(report)
    mending.offer(loaded.left_out, problems(report), report.reading, key)


def _how(report: LoadReport) -> str:
    parts = [
        f"Sheet {report.sheet}" if report.sheet else "",
        report.reason[:1].upper() + report.reason[1:],
        f"dates read as {report.date_order}" if report.date_order else "",
    ]
    return " · ".join(text.plain(part, 200) for part in parts if part)


def _show_roster(roster: pd.DataFrame) -> None:
    st.markdown(
        "A list of who is in which team. Storing it replaces the present list; rows under the other names in it then "
        "count for their desk. The page People splits them again."
    )
    shown = roster.assign(role=roster["role"].replace(ROLE_TITLES))
    st.dataframe(shown, hide_index=True, placeholder="", column_config=ROSTER_COLUMNS, alt="Desks and their teams")


def ready(reports: Sequence[LoadReport]) -> str:
    """``166 of 177 rows ready: 6 need a date, 5 left out.``: where all rows of some files went, in one line."""
    accepted, read = (sum(getattr(one, name) for one in reports) for name in ("accepted", "rows_read"))
    counts = Counter[str]()
    for report in reports:
        counts.update(_needs(report))
    lacking = [f"{counts[what]:,} {verb(counts[what])}" for what, verb in _LACKING.items() if counts[what]]
    return f"{accepted:,} of {text.count(read, 'row')} ready: {', '.join(lacking)}." if lacking else _all(accepted)


def _all(accepted: int) -> str:
    return f"{text.count(accepted, 'row')} ready."


def _needs(report: LoadReport) -> Counter[str]:
    """How many rows of a file stayed out for which reason; of several needs of a row the first counts."""
    codes: dict[int, set[str]] = {}
    for problem in report.problems:
        codes.setdefault(problem.row, set()).add(problem.code)
    first = (next((need for need, known in _NEEDS.items() if known & found), "") for found in codes.values())
    needs = Counter(need for need in first if need)
    needs["mending"] = max(0, report.rejected - needs.total())
    answered = by_answer(report.ignored_rows)
    ignored = report.ignored - answered
    return needs + Counter(unmapped=report.unmapped, answered=answered, ignored=ignored, duplicate=report.duplicate)


def by_answer(ignored: Mapping[str, int]) -> int:
    """How many rows stayed out since somebody said that they are no activity; ``ignored`` are rows by reason."""
    return ignored.get(NO_ACTIVITY, 0)


def say_left_out(ignored: Mapping[str, int]) -> None:
    """Why rows were left out, with how many there are of each; ``ignored`` are rows by reason."""
    said = [f"{count:,} {_BY_ANSWER if why == NO_ACTIVITY else text.plain(why)}" for why, count in ignored.items()]
    if said:
        st.markdown(f"Left out: {', '.join(said)}.")


def show_rows(figures: Mapping[str, int]) -> None:
    """Rows read and where they went, as a row of small figures; the keys are the fields of a report."""
    shown = {name: part for name, part in PARTS.items() if figures[name] or name in ALWAYS}
    with st.grid(len(shown) + 1, min_column_width=110, gap="small"):
        st.metric("Rows read", f"{figures['rows_read']:,}", help="All rows of the file below its column names.")
        for name, (label, meaning) in shown.items():
            st.metric(label, f"{figures[name]:,}", help=meaning)


def show_warnings(warnings: Sequence[str]) -> None:
    """What the loader wants noticed, in one box."""
    said = [text.plain(on_screen(warning), 400) for warning in wishes.worded(warnings)]
    if said:
        st.warning(said[0] if len(said) == 1 else "\n".join(f"- {one}" for one in said), icon=":material/info:")


def _point_to_contacts(columns: Sequence[ColumnUse]) -> None:
    """Where phone numbers and e-mail addresses can be kept, if a file has columns of them that were dropped."""
    dropped = [use.header for use in columns if use.how == "dropped" and contact_kind(use.header)]
    if dropped:
        names = text.plain(text.listed(dropped), 200)
        st.markdown(f"Left out: {names}. To keep phone numbers and e-mail addresses, switch it on under People.")


def _point_to_unknown_values(report: LoadReport) -> None:
    """That values are unknown; they are listed where they are given a meaning. Mended rows have no such place."""
    counts = report.unmapped_values
    if counts:
        where = "Write a value that is known, or drop the whole file again and say there what they mean"
        where = where if report.mends else "Say in step 3 below what they mean"
        waiting = (
            f"{text.count(len(counts), 'value')} not known as an activity, {text.count(sum(counts.values()), 'row')}"
        )
        st.markdown(f"**{waiting}.** {where}; until then they are left out, not guessed.")


def show_unknown_values(counts: Mapping[str, int], sheet: Sheet) -> None:
    """Values no activity is known for, with how often each occurs."""
    if not counts:
        return
    st.markdown(
        f"**{text.count(len(counts), 'value')} not known as an activity.** "
        "Rows with such a value are left out, not guessed."
    )
    frame = pd.DataFrame({"Value in the file": wishes.worded(counts), "Rows": list(counts.values())})
    st.dataframe(frame, hide_index=True, height="content" if len(frame) < 6 else 240, alt="Unknown values and counts")
    downloads.buttons(frame, sheet)


def problems(report: LoadReport) -> pd.DataFrame:
    """The problems as a table: row, column, value, problem, fix, code."""
    rows = [asdict(problem) | {"fix": on_screen(problem.fix)} for problem in report.problems]
    return pd.DataFrame(rows, columns=["row", "column", "value", "problem", "fix", "code"])


def _show_kinds(frame: pd.DataFrame) -> None:
    """The problems by kind in full sentences: a table cuts them."""
    kinds = [group for _, group in frame.groupby(["column", "problem", "fix"], sort=False)]
    said = []
    for group in kinds[:_KINDS]:
        one = group.iloc[0]
        where = f"{'row' if len(group) == 1 else 'rows'} {text.listed([f'{row:,}' for row in group['row']], _ROWS)}"
        what = f"{text.plain(one['problem'], 200)} {text.plain(one['fix'], 400)}"
        said.append(f"- **{text.plain(one['column'])}**, {where}: {what}")
    st.markdown("\n".join(said))


def show_problems(frame: pd.DataFrame, sheet: Sheet) -> None:
    """Every cell that has to be mended, with a download."""
    if frame.empty:
        return
    frame = frame.assign(value=wishes.told(frame["value"]))
    st.markdown(f"**{text.count(len(frame), 'problem')}** to mend in the file; then drop it again.")
    _show_kinds(frame)
    st.dataframe(
        frame,
        hide_index=True,
        height="content" if len(frame) < 8 else 320,
        column_config=_PROBLEM_COLUMNS,
        column_order=list(_PROBLEM_COLUMNS),
        alt="Problems: row, column, value, problem and what to do",
    )
    downloads.buttons(frame, sheet)
