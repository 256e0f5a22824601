"""What a cell of the scoreboard says: the verdict, the ratio and its counts; words and shapes, never colour alone."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from charts.words import Words, against_text, short_text, standards_text, zero_text
from quality.catalogue import BY_NAME, Ratio
from quality.words import count_in_words, interval_in_words, n_to_one
from ui import marks

#: A space at which no line ends.
FIRM = "\u00a0"

#: A row of ``quality.ratios`` as a dictionary.
Row = dict[Hashable, Any]

#: What can stand beside a ratio in its cell -> how to read it.
BESIDE = {
    "Both counts": "**▽ likely below · 7.0 : 1 · 42 / 6** reads: likely below the minimum standard; 42 of the first "
    "for 6 of the second, seven for one.",
    "Likely range": "**▽ likely below · 7.0 : 1 · 42 / 6 · 4.5 to 11.6** reads: likely below the minimum standard; "
    "seven for one, from 42 and 6, and likely between 4.5 and 11.6.",
}
COHORT = "**7.0 : 1 · 42 / 6 · 3 open** reads: of 42 that began and are decided 6 got there; 3 may still get there."
APART = (
    "**▽ likely below: 7.1 : 1 over 26 weeks · 5.0 : 1 · 30 / 6** reads: likely below over 26 weeks, which is what the "
    "verdict rests on; in the chosen period 30 for 6. A colour stands only where both are the same."
)

_EVIDENCE = {
    "occurred_at": "When",
    "desk": "Desk",
    "counted_for": "Counted for",
    "candidate": "Candidate",
    "client": "Client",
    "contact": "Contact",
    "job": "Job",
    "activity": "Activity",
    "outcome": "Outcome",
    "started_on": "Began on",
    "next_on": "Got there on",
    "status": "Status",
    "source": "Source",
    "import_id": "Import",
    "source_row": "Row in file",
}


def legend(beside: str, view: str) -> str:
    """How to read a cell; ``beside`` is a key of BESIDE."""
    return COHORT if view == "cohort" else f"{BESIDE[beside]} {APART} {marks.LEGEND}"


def words_of(ratio: Ratio, view: str) -> Words:
    """How the ratio is said: the cohort view counts cases (people or orders) instead of events."""
    upstream = ratio.case if view == "cohort" else ratio.upstream_words
    return Words(ratio.title, upstream, ratio.downstream_words)


def mark(row: Row) -> marks.Mark:
    """The verdict of a row as it is shown; none where the first of its two counts is zero, as it would stand alone."""
    return marks.verdict(row["verdict"] if row["upstream"] else None)


def is_apart(row: Row) -> bool:
    """Whether a verdict rests on other counts than those of the row's period, so that it says nothing of them."""
    rests_on = row.get("verdict_upstream"), row.get("verdict_downstream")
    return not any(map(pd.isna, rests_on)) and rests_on != (row["upstream"], row["downstream"])


def tone(row: Row) -> marks.Tone | None:
    """The tone of a row's number; none where it has no verdict, or one that is of other counts."""
    known = row["upstream"] and row["downstream"]
    return None if is_apart(row) or (known and pd.isna(row["verdict"])) else mark(row).tone


def standing(row: Row) -> str:
    """Where a value lies, as a plain fact: within or over its standard."""
    if pd.isna(row["value"]) or not row["value"]:
        return "no ratio"
    below = "; more of the second than of the first: is something not recorded?" if row["value"] < 1 else ""
    return f"{against_text(row['value'], row['standard'])}{below}"


def cell(row: Row, view: str, beside: str = "Both counts") -> str:
    """One row of ``quality.ratios`` as a cell: ``▽ likely below · 7.0 : 1 · 42 / 6``, ``– no fills yet (5) · 2 open``.

    ``beside`` is a key of BESIDE: what stands after a ratio.
    """
    said = " · ".join(_parts(row, view, beside))
    if mark(row) is marks.NO_VERDICT:
        return said if view == "cohort" else f"{marks.NO_VERDICT.shape} {said}"
    return f"{verdict_text(row)} · {said}"


def lines(row: Row, view: str, beside: str = "Both counts") -> str:
    """The same for a cell that breaks its text: the verdict stays together, and so does what follows it."""
    if mark(row) is marks.NO_VERDICT and view == "activity":
        return cell(row, view, beside)
    judged = [] if mark(row) is marks.NO_VERDICT else _verdict_lines(row)
    return f"{FIRM}· ".join([*judged, *(piece.replace(" ", FIRM) for piece in _parts(row, view, beside))])


def _verdict_lines(row: Row) -> list[str]:
    if is_apart(row):
        return [verdict_text(row).replace(" ", FIRM).replace(f"{FIRM}over{FIRM}", f" over{FIRM}")]
    return [piece.replace(" ", FIRM) for piece in (str(mark(row)), _other_weeks(row)) if piece]


def _parts(row: Row, view: str, beside: str) -> list[str]:
    words = words_of(BY_NAME[row["ratio"]], view)
    parts = [short_text(row["upstream"], row["downstream"], row["value"], words)]
    if beside == "Likely range" and zero_text(row["upstream"], row["downstream"], words) is None:
        parts.append(short_range(row["low"], row["high"]))
    return [*parts, f"{int(row['open']):,} open"] if pd.notna(row["open"]) and row["open"] else parts


def verdict_text(row: Row) -> str:
    """The verdict of a row, with its weeks where they are others than the row's, and its value where that is."""
    shown = mark(row)
    if shown is not marks.NO_VERDICT and is_apart(row):
        return f"{shown}: {_own_value(row)} over {int(row['verdict_weeks'])} weeks"
    weeks = "" if shown is marks.NO_VERDICT else _other_weeks(row)
    return f"{shown}, {weeks}" if weeks else str(shown)


def _own_value(row: Row) -> str:
    """The ratio a verdict rests on: ``7.1 : 1``, or the words for a zero."""
    upstream, downstream = int(row["verdict_upstream"]), int(row["verdict_downstream"])
    zero = zero_text(upstream, downstream, words_of(BY_NAME[row["ratio"]], "activity"))
    return zero or n_to_one(upstream / downstream)


def _other_weeks(row: Row) -> str:
    """The weeks a verdict rests on where they are not those of the row's period: ``26 weeks``."""
    weeks = row.get("verdict_weeks")
    if weeks is None or pd.isna(weeks) or 7 * weeks == (row["period_end"] - row["period_start"]).days + 1:
        return ""
    return f"{int(weeks)} weeks"


def fills_table(frame: pd.DataFrame, unit_title: str) -> pd.DataFrame:
    """Fills of the desk's own: ``unit_title``, Fills, Fell off, Net, Share (per cent, missing without a fill).

    Empty where fall-offs are not known, as in the cohort view.
    """
    rows = frame[(frame["ratio"] == "send_out_to_fill") & frame["fell_off"].notna()]
    gross, lost = rows["downstream"], rows["fell_off"].astype("int64")
    return pd.DataFrame(
        {
            unit_title: rows["unit"],
            "Fills": gross,
            "Fell off": lost,
            "Net": gross - lost,
            "Share": (100 * lost / gross.where(gross > 0)).astype("float64"),
        }
    )


def short_range(low: Any, high: Any) -> str:
    """The likely range for a narrow cell: ``4.1 to 9.8``, ``4.1 or more``."""
    return f"{low:,.1f} or more" if pd.isna(high) else f"{low:,.1f} to {high:,.1f}"


def table(frame: pd.DataFrame, names: tuple[str, ...], unit_title: str, view: str, beside: str) -> pd.DataFrame:
    """Units x ratios as text in lines, the standards in the first row, as a range where they differ.

    ``frame`` has the columns of ``quality.ratios``; ``names`` are the ratios shown. Columns: ``unit_title``, then the
    ratios' titles. The units keep the order in which they come.
    """
    rows = frame[frame["ratio"].isin(names)]
    said = {(row["unit"], row["ratio"]): lines(row, view, beside) for row in rows.to_dict("records")}
    units = list(dict.fromkeys(rows["unit"]))
    standards = rows.groupby("ratio")["standard"].agg(["min", "max"])
    columns = {
        BY_NAME[name].title: [standards_text(*standards.loc[name]), *(said[unit, name] for unit in units)]
        for name in names
    }
    return pd.DataFrame({unit_title: ["Standard", *units], **columns})


def tones(frame: pd.DataFrame, names: tuple[str, ...]) -> dict[str, list[marks.Tone | None]]:
    """The tones of the units' cells in ``table``: title of a ratio -> one for each unit, in the order of the units."""
    rows = frame[frame["ratio"].isin(names)]
    said = {(row["unit"], row["ratio"]): tone(row) for row in rows.to_dict("records")}
    units = list(dict.fromkeys(rows["unit"]))
    return {BY_NAME[name].title: [said[unit, name] for unit in units] for name in names}


def ranges(rows: pd.DataFrame, unit_title: str, view: str) -> pd.DataFrame:
    """One ratio of everybody: unit, cell, likely range."""
    said = [
        (row["unit"], cell(row, view), interval_in_words(row["low"], row["high"])) for row in rows.to_dict("records")
    ]
    return pd.DataFrame(said, columns=[unit_title, "Ratio and counts", "80 % range"])


def silent(frame: pd.DataFrame) -> list[str]:
    """Units for which nothing at all is recorded in the period."""
    open_cases = frame["open"].fillna(0)
    counted = frame.assign(all=frame["upstream"] + frame["downstream"] + open_cases).groupby("unit")["all"].sum()
    return sorted(counted.index[counted == 0])


def reconciled(behind: pd.DataFrame, row: Row, words: Words) -> str:
    """How the rows add up to the two counts: ``42 send-outs and 7 fills: 49 rows.``

    ``behind`` are the rows shown, ``row`` the ratio they belong to; where rows are left out it says so.
    """
    if "status" in behind:
        counted = int(row["upstream"]) + int(row["open"])
        return _cases(row, words) + _left_out(len(behind), counted)
    upstream, downstream = int(row["upstream"]), int(row["downstream"])
    both = f"{count_in_words(upstream, words.upstream)} and {count_in_words(downstream, words.downstream)}"
    lost = f" {count_in_words(row['fell_off'], words.downstream)} fell off again." if _any(row["fell_off"]) else ""
    total = count_in_words(upstream + downstream, ("row", "rows"))
    return f"{both}: {total}.{lost}{_left_out(len(behind), upstream + downstream)}"


def _any(count: Any) -> bool:
    return bool(pd.notna(count) and count)


def _left_out(shown: int, counted: int) -> str:
    return "" if shown == counted else f" The newest {shown:,} of them are shown."


def _cases(row: Row, words: Words) -> str:
    decided, reached, still = (int(row[name]) for name in ("upstream", "downstream", "open"))
    return (
        f"{reached:,} got to a {words.downstream[0]} in time and {decided - reached:,} did not: "
        f"{count_in_words(decided, words.upstream)}. {still:,} are still open, in neither count."
    )


def evidence(behind: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The rows as people read them: what each counts as first, then the columns that hold anything."""
    held = [name for name in _EVIDENCE if name in behind and _tells(behind, name)]
    shown = behind[held].rename(columns=_EVIDENCE)
    if "counted_as" in behind:
        said = behind["counted_as"].map({"upstream": words.upstream[0], "downstream": words.downstream[0]})
        shown.insert(0, "Counts as", said.where(~behind["fell_off"], said + ", fell off"))
    return shown.assign(When=[_when(moment) for moment in shown["When"]]) if "When" in shown else shown


def _when(moment: pd.Timestamp) -> str:
    """``2 Nov 2026, 10:30``; a day of which no time is known, which is kept as midnight, stands alone."""
    day = f"{moment.day} {moment:%b %Y}"
    return day if moment == moment.normalize() else f"{day}, {moment:%H:%M}"


def _tells(behind: pd.DataFrame, name: str) -> bool:
    """Whether a column holds anything, and, for the desk that gets the credit, anything new."""
    if name == "counted_for" and "desk" in behind and behind[name].equals(behind["desk"]):
        return False
    return bool(behind[name].notna().any())
