"""How good contacts are: conversations with notes, touches with a reason, people of whom one knows what matters.

What each share counts is in `quality.contact_measures`, which words give no reason in `quality.purpose_words`. Counting
is pushed down to the engine that holds the log; what comes back is one row per desk, or the newest rows behind a share.
"""

from __future__ import annotations

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.contact_measures import ALL, AUTOMATIC, MEASURES, QUESTIONS, SPOKEN, TOUCH, Question
from quality.discovery import ToKnow, people, to_know
from quality.events import IN_ORDER, one_if, visible, within
from quality.intervals import thinning_interval
from quality.promises import distinct, has_text
from quality.purpose_words import Purpose, has_words, only_checks_in

#: Columns of `shares`.
COLUMNS = ("measure", "desk", "held", "of", "checks_in", "value", "low", "high")
_OF_PEOPLE = tuple(name for side, names in QUESTIONS.items() for name in (*names, ALL[side]))


def shares(log: IntoFrame, asked: Question, roster: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every share of every desk, and first of all that were asked for together, whose ``desk`` is missing.

    Columns: measure, desk, held and of (counts), checks_in (touches that only check in, missing elsewhere), value (0 to
    1, missing where there is nothing to count), low and high (80 % interval). A person whom two desks know is one of
    each of them and one of all. Ordered by measure and desk.
    """
    frame = visible(log, asked.as_of, roster)
    parts = _of_contacts(_contacts(frame, asked))
    known = to_know(frame, asked)
    parts += [_of_people(known, asked, whole=whole) for whole in (True, False)]
    found = _with_interval(pd.concat(parts, ignore_index=True))
    in_order = {name: place for place, name in enumerate(MEASURES)}
    ordered = found.sort_values(
        ["measure", "desk"],
        key=lambda column: column.map(in_order) if column.name == "measure" else column,
        na_position="first",
        ignore_index=True,
    )
    return ordered[list(COLUMNS)]


def left_out(log: IntoFrame, asked: Question) -> pd.DataFrame:
    """Conversations and touches that are in no share, since that source never held a note on that activity.

    Columns: source, activity, rows; the most rows first.
    """
    rows = _marked(visible(log, asked.as_of), asked).filter(nw.col("can_hold") == 0)
    found = rows.group_by("source", "recorded").agg(rows=nw.len()).collect("pandas").to_native()
    named = found.rename(columns={"recorded": "activity"}).astype({"rows": "int64"})
    return named.sort_values(["rows", "source", "activity"], ascending=[False, True, True], ignore_index=True)


def by_week(log: IntoFrame, asked: Question, measure: str) -> pd.DataFrame:
    """One share of conversations or touches week by week: week (its Monday), held, of, value, low, high.

    Every week of the period has a row, also where there was nothing to count.
    """
    rows = _contacts(visible(log, asked.as_of), asked).filter(nw.col("measure") == measure)
    days = rows.group_by("day").agg(nw.col("held").sum(), of=nw.len()).collect("pandas").to_native()
    monday = days["day"] - pd.to_timedelta(days["day"].dt.day_of_week, unit="D")
    weeks = pd.date_range(asked.start, asked.end, freq="W-MON", name="week", unit="us")
    sums = days.groupby(monday)[["held", "of"]].sum().reindex(weeks, fill_value=0)
    return _with_interval(sums.rename_axis("week").reset_index())


def rows_behind(
    log: IntoFrame,
    asked: Question,
    measure: str,
    *,
    lacking: bool = False,
    limit: int,
    roster: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The rows one share counts, the newest first and at most ``limit``; ``lacking``: only those that are not held.

    Of conversations and touches rows of the log with ``held`` and, for touches, ``phrase`` (the one a mere check-in was
    told by, missing where no word says why); of people those of `people`, by name.
    """
    frame = visible(log, asked.as_of, roster)
    if MEASURES[measure].group in ("candidate", "client"):
        return _known_people(frame, asked, measure, lacking, limit)
    rows = _contacts(frame, asked).filter(nw.col("measure") == measure)
    wanted = rows.filter(nw.col("held") == 0) if lacking else rows
    newest = wanted.sort(*IN_ORDER, descending=True).head(limit)
    columns = ("occurred_at", "desk", "activity", "party", "candidate", "client", "contact", "job", "channel", "notes")
    found = newest.select(*columns, "held", "checks_in").collect("pandas").to_native()
    told = found.assign(held=found["held"] == 1, checks_in=found["checks_in"] == 1)
    return told.assign(phrase=_phrases(told, asked.purpose)) if measure == "reason" else told.drop(columns="checks_in")


def _phrases(found: pd.DataFrame, purpose: Purpose) -> pd.Series:
    notes = zip(found["notes"], found["checks_in"], strict=True)
    said = [purpose.phrase_in(note) if checks_in else None for note, checks_in in notes]
    return pd.Series(said, index=found.index, dtype="str")


# --- conversations and touches ---------------------------------------------------------------------------------------


def _marked(frame: nw.LazyFrame, asked: Question) -> nw.LazyFrame:
    """The conversations and touches of the period, with ``can_hold``: whether such rows of that source ever hold notes.

    A telephone system without notes says nothing about who takes some.
    """
    is_touch = (nw.col("activity") == TOUCH) & (nw.col("channel").fill_null("") != AUTOMATIC)
    rows = frame.filter(nw.col("activity").is_in(SPOKEN) | is_touch)
    noted = distinct(rows.filter(has_text("notes")), "source", "recorded").with_columns(can_hold=nw.lit(1))
    of_period = rows.filter(within("day", asked.start, asked.end))
    mine = of_period if asked.desks is None else of_period.filter(nw.col("desk").is_in(list(asked.desks)))
    told = mine.join(noted, on=["source", "recorded"], how="left")
    return told.with_columns(can_hold=nw.col("can_hold").fill_null(0))


def _contacts(frame: nw.LazyFrame, asked: Question) -> nw.LazyFrame:
    """The rows that can hold a note, with ``measure``, ``held`` and ``checks_in`` (1 or 0)."""
    rows = _marked(frame, asked).filter(nw.col("can_hold") == 1)
    notes, is_touch = nw.col("notes"), nw.col("activity") == TOUCH
    judged = rows.with_columns(noted=has_words(notes), empty=only_checks_in(notes, asked.purpose))
    return judged.with_columns(
        measure=nw.when(is_touch).then(nw.lit("reason")).otherwise(nw.lit("notes")),
        held=one_if(nw.col("noted") & ~(is_touch & nw.col("empty"))),
        checks_in=one_if(is_touch & nw.col("empty")),
    )


def _of_contacts(contacts: nw.LazyFrame) -> list[pd.DataFrame]:
    each = contacts.group_by("measure", "desk").agg(nw.col("held", "checks_in").sum(), of=nw.len())
    found = each.collect("pandas").to_native()
    return [_of_measure(found[found["measure"] == name].drop(columns="measure"), name) for name in ("notes", "reason")]


def _of_measure(sums: pd.DataFrame, measure: str) -> pd.DataFrame:
    whole = sums[["held", "checks_in", "of"]].sum().to_frame().T.assign(desk=None)
    counts = pd.concat([whole, sums]).assign(measure=measure).astype({"desk": "str"})
    return counts if measure == "reason" else counts.assign(checks_in=None)


# --- people ----------------------------------------------------------------------------------------------------------


def _known_people(frame: nw.LazyFrame, asked: Question, measure: str, lacking: bool, limit: int) -> pd.DataFrame:
    rows = people(to_know(frame, asked), asked, whole=True).filter(nw.col("party") == MEASURES[measure].group)
    wanted = rows.filter(nw.col(measure) == 0) if lacking else rows
    found = wanted.sort("who").head(limit).collect("pandas").to_native()
    return found.assign(held=found[measure] == 1)


def _of_people(known: ToKnow, asked: Question, *, whole: bool) -> pd.DataFrame:
    by = ["party"] if whole else ["party", "desk"]
    sums = people(known, asked, whole=whole).group_by(*by).agg(nw.col(*_OF_PEOPLE).sum(), of=nw.len())
    found = sums.collect("pandas").to_native()
    units = found.assign(desk=None) if whole else found
    return pd.concat([_of_question(units, name, whole) for name in _OF_PEOPLE], ignore_index=True)


def _of_question(units: pd.DataFrame, name: str, whole: bool) -> pd.DataFrame:
    """The counts of one question; where nobody is there to be known, the whole has none of none."""
    own = units[units["party"] == MEASURES[name].group]
    nobody = pd.DataFrame({"desk": [None], name: [0], "of": [0]})
    counts = nobody if whole and own.empty else own[["desk", name, "of"]]
    return counts.rename(columns={name: "held"}).assign(measure=name, checks_in=None).astype({"desk": "str"})


def _with_interval(counts: pd.DataFrame) -> pd.DataFrame:
    known = counts.astype({"held": "int64", "of": "int64"})
    if "checks_in" in known:
        known["checks_in"] = known["checks_in"].astype("Int64")
    low, high = thinning_interval(known["held"], known["of"])
    some = known["of"] > 0
    value = (known["held"] / known["of"].where(some)).astype("float64")
    bounds = {"low": pd.Series(low, known.index).where(some), "high": pd.Series(high, known.index).where(some)}
    return known.assign(value=value, **bounds)
