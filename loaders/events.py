"""From accepted rows to the typed activity log: one row an activity, with an identity that outlives the next upload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from loaders.arrange import labels
from loaders.dates import DateColumn
from loaders.ids import digests, numbered
from loaders.layout import Give, Layout, Stage
from loaders.report import Options
from loaders.rows import TEXT, Rows, spread
from loaders.schema import FRAME_COLUMNS
from loaders.values import channels, outcomes, plain_text
from loaders.words import header_key
from quality.vocabulary import ACTIVITIES, LOG_COLUMNS, PARTIES

NAMES = list(ACTIVITIES)
_TEXT_DTYPE = pd.StringDtype("pyarrow", na_value=np.nan)
_SIDE_CALL = {"candidate": NAMES.index("recruiting_call"), "client": NAMES.index("marketing_call")}
_CONVERSATION = NAMES.index("conversation")
_FIXED_PARTY = np.array([PARTIES.index(word.party) if word.party else -1 for word in ACTIVITIES.values()])


@dataclass(frozen=True, slots=True)
class Typed:
    """Accepted rows with their parsed values: ``party`` indexes ``PARTIES`` or is -1; dates and numbers are by field or
    stage.

    ``repeats`` marks rows that may be known by the same things as another.
    """

    rows: Rows
    party: np.ndarray
    repeats: np.ndarray
    dates: Mapping[str, DateColumn]
    numbers: Mapping[str, np.ndarray]

    def keep(self, mask: np.ndarray) -> Typed:
        """Only the rows of the mask."""
        return self._choose(self.rows.keep(mask), mask)

    def take(self, at: np.ndarray) -> Typed:
        """The rows at these places, as often as they are named."""
        if len(at) == len(self.rows) and (at == np.arange(len(at))).all():
            return self
        return self._choose(self.rows.take(at), at)

    def _choose(self, rows: Rows, which: np.ndarray) -> Typed:
        dates = {name: column.keep(which) for name, column in self.dates.items()}
        numbers = {name: values[which] for name, values in self.numbers.items()}
        return Typed(rows, self.party[which], self.repeats[which], dates, numbers)


@dataclass(frozen=True, slots=True)
class Happened:
    """Every activity of every row: the place of its row, which of ``gives`` it is, and when it was.

    ``when`` is the firm's wall time, ``written`` the same moment as the file has it.
    """

    at: np.ndarray
    give: np.ndarray
    when: np.ndarray
    written: np.ndarray
    gives: Sequence[Give]
    labels: Sequence[str]


@dataclass(frozen=True, slots=True)
class Log:
    """The finished activity log and what is worth saying about it."""

    frame: pd.DataFrame
    unknown_outcomes: Mapping[str, int]
    contradicted: int


def by_rule(rule: np.ndarray, dates: DateColumn, layout: Layout) -> Happened:
    """What rows whose value gives activities become."""
    gives = [give for one in layout.rules for give in one.give]
    names = [name for one in layout.rules for name in labels(one.give)]
    count = np.array([len(one.give) for one in layout.rules])
    start = np.concatenate([[0], np.cumsum(count)[:-1]])
    at = np.repeat(np.arange(len(rule)), count[rule])
    nth = np.arange(len(at)) - np.repeat(np.cumsum(count[rule]) - count[rule], count[rule])
    return Happened(at, start[rule[at]] + nth, dates.when[at], dates.written[at], gives, names)


def by_stage(dates: Mapping[str, DateColumn], layout: Layout) -> Happened:
    """What wide rows become: one activity for every stage column that holds a date.

    Of stages that would make the same of one column, the first whose conditions hold does.
    """
    stages = [(stage, nth) for stage in layout.stages if stage.name in dates for nth in range(len(stage.give))]
    filled = [np.flatnonzero(~np.isnat(dates[stage.name].when)) for stage, _ in stages]
    names = [_stage_label(stage, nth, layout) for stage, nth in stages]
    at = np.concatenate(filled)
    give = np.repeat(np.arange(len(stages)), [len(places) for places in filled])
    when, written = (
        np.concatenate(
            [getattr(dates[stage.name], what)[places] for (stage, _), places in zip(stages, filled, strict=True)]
        )
        for what in ("when", "written")
    )
    order = _firsts(at, np.array([names.index(name) for name in names])[give], len(names))
    gives = [stage.give[nth] for stage, nth in stages]
    return Happened(at[order], give[order], when[order], written[order], gives, names)


def _firsts(at: np.ndarray, same: np.ndarray, kinds: int) -> np.ndarray:
    """Places sorted by row, within a row as they stand; of those a row has of one kind the first."""
    _, first = np.unique(at * kinds + same, return_index=True)
    first.sort()
    return first[np.argsort(at[first], kind="stable")]


def _stage_label(stage: Stage, nth: int, layout: Layout) -> str:
    """What tells the activities of a wide row apart: the name, with the column where several give that activity.

    It depends on the layout alone: neither on the columns a file has nor on which condition holds, so that a mended
    outcome replaces the one before.
    """
    activity = stage.give[nth].activity
    places = {
        (one.spellings, n) for one in layout.stages for n, give in enumerate(one.give) if give.activity == activity
    }
    return activity if len(places) == 1 else f"{activity}:{header_key(stage.spellings[0][0])}:{nth}"


def build_log(
    engine: duckdb.DuckDBPyConnection, rows: Typed, happened: Happened, layout: Layout, options: Options
) -> Log:
    """The activity log without ``import_id``, in the order of the file.

    Its identity is made before ``options.side`` turns conversations into calls, so that saying the side later mends
    the rows of an earlier upload instead of adding to them.
    """
    typed = rows.take(happened.at)
    told = np.array([NAMES.index(give.activity) for give in happened.gives])[happened.give]
    party, contradicted = _party(typed, told, happened, options)
    activity = _with_side(told, party, options)
    columns = {name: typed.rows.text(name) for name in FRAME_COLUMNS if LOG_COLUMNS[name] == "text"}
    outcome, unknown = outcomes(activity, NAMES, _over(typed.rows.text("outcome"), happened, "outcome"), layout)
    columns |= {
        "activity_id": _identify(engine, typed, happened, layout),
        "activity": spread(activity, NAMES),
        "party": spread(party, PARTIES),
        "outcome": outcome,
        "channel": channels(_over(typed.rows.text("channel"), happened, "channel")),
        "notes": plain_text(typed.rows.text("notes")),
        "source": source_of(typed.rows, layout),
        **_people(typed.rows, party),
    }
    return Log(_frame(columns, typed, happened.when), unknown, contradicted)


def source_of(rows: Rows, layout: Layout) -> pa.ChunkedArray:
    """Which system a row comes from: what the row says, else what the layout is of."""
    return pc.fill_null(rows.text("source"), layout.source)


def _over(column: pa.ChunkedArray, happened: Happened, what: str) -> pa.ChunkedArray:
    """A column with what the value itself already tells laid over it."""
    told = [getattr(give, what) for give in happened.gives]
    if not any(told):
        return column
    return pc.coalesce(spread(happened.give, told), column)


def _party(typed: Typed, activity: np.ndarray, happened: Happened, options: Options) -> tuple[np.ndarray, int]:
    """Whom each row is about: told by its activity, its value, the column, who is named, or else by the option.

    Also counts the rows whose column says otherwise than the word allows.
    """
    fixed = _FIXED_PARTY[activity]
    given = np.array([PARTIES.index(give.party) if give.party else -1 for give in happened.gives])[happened.give]
    candidate, contact, client = (typed.rows.filled(name) for name in ("candidate", "contact", "client"))
    client_side = contact | client if "person" not in typed.rows else contact
    named = np.where(candidate & ~contact, 0, np.where(client_side & ~candidate, 1, -1))
    said = PARTIES.index(options.side) if options.side else -1
    party = np.full(len(activity), said)
    for better in (named, typed.party, given, fixed):
        party = np.where(better >= 0, better, party)
    return party, int(np.count_nonzero((fixed >= 0) & (typed.party >= 0) & (fixed != typed.party)))


def _with_side(activity: np.ndarray, party: np.ndarray, options: Options) -> np.ndarray:
    if options.side is None:
        return activity
    turned = (activity == _CONVERSATION) & (party == PARTIES.index(options.side))
    return np.where(turned, _SIDE_CALL[options.side], activity)


def _people(rows: Rows, party: np.ndarray) -> dict[str, pa.ChunkedArray]:
    """A person of unknown side is the contact where the row is about the client, else the candidate."""
    if "person" not in rows:
        return {}
    person, client = rows.text("person"), pa.array(party == PARTIES.index("client"))
    nobody = pa.scalar(None, TEXT)
    return {
        "candidate": pc.coalesce(rows.text("candidate"), pc.if_else(client, nobody, person)),
        "contact": pc.coalesce(rows.text("contact"), pc.if_else(client, person, nobody)),
    }


def _identify(engine: duckdb.DuckDBPyConnection, typed: Typed, happened: Happened, layout: Layout) -> pa.ChunkedArray:
    """The source's id where it has one that lasts, else a digest of what happened."""
    rows, label = typed.rows, spread(happened.give, happened.labels)
    ids = rows.filled("activity_id") if layout.ids else np.zeros(len(rows), dtype=bool)
    if ids.all():
        return _own_ids(rows, label, layout)
    digest = _digest(engine, typed, happened, label)
    return pc.if_else(pa.array(ids), _own_ids(rows, label, layout), digest) if ids.any() else digest


def _own_ids(rows: Rows, label: pa.ChunkedArray, layout: Layout) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(source_of(rows, layout), rows.text("activity_id"), label, pa.scalar(":", TEXT))


def _digest(
    engine: duckdb.DuckDBPyConnection, typed: Typed, happened: Happened, label: pa.ChunkedArray
) -> pa.ChunkedArray:
    """A digest of when, desk, activity, candidate, client, contact, job and the how-manieth such row it is.

    All of it as the file writes it, so that a row stays the same whatever is understood of it.
    """
    rows = typed.rows
    when = pa.chunked_array([pa.array(happened.written.astype(np.int64))])
    people = [rows.written(name) for name in ("desk", "candidate", "client", "contact", "job")]
    somebody = [rows.written("person")] if "person" in rows else []
    number = numbered(engine, [when, label, *people, *somebody], rows.content, typed.repeats)
    return digests(engine, [when, label, *people, *somebody], number)


def _frame(columns: Mapping[str, pa.ChunkedArray], typed: Typed, when: np.ndarray) -> pd.DataFrame:
    length = len(when)
    values: dict[str, object] = {}
    for name in FRAME_COLUMNS:
        kind = LOG_COLUMNS[name]
        if kind == "text":
            values[name] = pd.array(columns[name], dtype=_TEXT_DTYPE)
        elif kind == "date":
            days = typed.dates[name].when if name in typed.dates else np.full(length, "NaT", "datetime64[us]")
            values[name] = days.astype("datetime64[D]").astype("datetime64[us]")
        elif kind == "number":
            values[name] = typed.numbers.get(name, np.full(length, np.nan))
    values |= {"occurred_at": when, "source_row": typed.rows.number.astype(np.int64)}
    return pd.DataFrame({name: values[name] for name in FRAME_COLUMNS}, copy=False)
