"""What a file looks like before anything is decided: its sheets, columns, values and dates, with suggestions.

Nothing here decides: every suggestion carries where it comes from, and what is not known is left empty.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from loaders.columns import contact_kind, is_personal
from loaders.date_preview import DateSeen, preview
from loaders.decisions import DATE, Decisions, Shape
from loaders.gaps import gaps, never_repeats
from loaders.layout import Layout
from loaders.layout_check import FIELDS
from loaders.match import OWN
from loaders.meanings import OPEN
from loaders.named_people import could_be_credited
from loaders.overlay import calls_in, meaning_in, zone_in
from loaders.reading import RawFile
from loaders.report import Candidate, Options
from loaders.sketch import How, Sketch
from loaders.sketching import sketch
from loaders.suggest import Suggestion, Why, suggest_ending, suggest_value, why_open
from loaders.tallies import Tally
from loaders.vocabularies import Vocabulary, shipped
from loaders.words import value_key

__all__ = ["ColumnSeen", "DateSeen", "Inspection", "ValueSeen", "inspect"]

#: How many records from the top are shown, to choose the header row by eye.
TOP = 15
SAMPLES = 3
#: Of a column with more different values than this only the commonest are listed: it holds no activities.
LISTED = 500


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column: ``samples`` are its three commonest values (none of personal data), ``filled`` counts its cells.

    ``gaps`` are its blank cells below a filled one, in rows that hold something; ``grouped`` tells that they look like
    those of merged cells: no filled one repeats the one right above it.
    ``field`` is what it probably holds, or None; ``how`` who says so. ``person``: it could name whose work a row is.
    """

    header: str
    samples: tuple[str, ...]
    filled: int
    field: str | None
    how: How
    person: bool
    gaps: int = 0
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class ValueSeen:
    """A value as it is written most often, its number of rows, the suggested meaning and where that comes from.

    ``hint`` says why a word is left open that means different things in different systems. ``beside`` are, of an
    outcome, the values of the activity column in its rows, the commonest first.
    """

    value: str
    rows: int
    meaning: str
    why: Why
    hint: str = ""
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """Everything a person needs to see of a file to decide about it.

    ``base`` is the layout that would be used, None where the file is only matched by words; ``known``: it is that of
    one kind of export, whose words are settled. ``values`` and ``outcomes`` are the distinct values of the activity and
    the outcome column, the commonest first; ``people`` the headers that could get the credit. ``decisions`` is what the
    suggestions come down to.
    """

    sheets: Mapping[str, int]
    sheet: str | None
    header_row: int | None
    top: tuple[tuple[str, ...], ...]
    base: str | None
    known: bool
    columns: tuple[ColumnSeen, ...]
    values: tuple[ValueSeen, ...]
    outcomes: tuple[ValueSeen, ...]
    people: tuple[str, ...]
    dates: tuple[DateSeen, ...]
    shape: Shape
    candidates: tuple[Candidate, ...]
    decisions: Decisions


def inspect(raw: RawFile, options: Options, vocabulary: str | None = None, shape: Shape | None = None) -> Inspection:
    """Look at a file that was read; ``options`` steer what is looked at, ``vocabulary`` names whose words to propose.
    ``shape`` is what a person says a row stands for; the suggestions then are those for such a file, whatever was
    recognised. Never raises for a file that could be read: what cannot be found out is None or empty.
    """
    drawn = sketch(raw, options, shape)
    options = _with_order(drawn.layout, options)
    words = shipped().get(vocabulary or "")
    columns = tuple(_column(drawn, position, blank, options) for position, blank in enumerate(gaps(drawn)))
    values, outcomes = _values(drawn, words), _outcomes(drawn, words)
    dates = preview(drawn, options)
    layout = drawn.layout if drawn.layout and drawn.layout.name != "matched" else None
    return Inspection(
        sheets={sheet.name or "": len(sheet.cells) for sheet in raw.sheets},
        sheet=drawn.sheet.name if drawn.sheet else None,
        header_row=drawn.header.last + 1 if drawn.header else None,
        top=_top(drawn),
        base=layout.name if layout else None,
        known=drawn.known,
        columns=columns,
        values=values,
        outcomes=outcomes,
        people=tuple(column.header for column in columns if column.person),
        dates=dates,
        shape=drawn.shape,
        candidates=drawn.candidates,
        decisions=_decisions(drawn, options, values, outcomes),
    )


def _with_order(layout: Layout | None, options: Options) -> Options:
    """The order of day and month of a layout, where nobody said another: it was decided once."""
    if layout is None or options.day_first is not None:
        return options
    return replace(options, day_first=layout.day_first)


def _top(drawn: Sketch) -> tuple[tuple[str, ...], ...]:
    if drawn.sheet is None:
        return ()
    return tuple(drawn.sheet.cells.head(TOP).itertuples(index=False, name=None))


def _column(drawn: Sketch, position: int, blank: int, options: Options) -> ColumnSeen:
    header, tally = drawn.labels[position], drawn.tally(position)
    field = next((name for name, positions in drawn.fields.items() if position in positions), None)
    personal = is_personal(header)
    how: How = drawn.hows[field] if field else "unused"
    if personal and not field:
        how = "contact" if options.contacts and contact_kind(header) else "dropped"
    samples = () if personal else tally.samples(SAMPLES)
    person, grouped = could_be_credited(drawn, position), never_repeats(tally.column)
    return ColumnSeen(header, samples, tally.filled, field, how, person, blank, grouped)


def _values(drawn: Sketch, vocabulary: Vocabulary | None) -> tuple[ValueSeen, ...]:
    seen = []
    for value, rows in _distinct(drawn, "activity"):
        known = meaning_in(drawn.layout, value) if drawn.layout else OPEN
        found = suggest_value(value, known, vocabulary, drawn.known)
        seen.append(_seen(value, rows, found, vocabulary))
    return tuple(seen)


def _outcomes(drawn: Sketch, vocabulary: Vocabulary | None) -> tuple[ValueSeen, ...]:
    seen, beside = [], _beside(drawn)
    for value, rows in _distinct(drawn, "outcome"):
        found = suggest_ending(value, drawn.layout, drawn.known, vocabulary)
        seen.append(ValueSeen(value, rows, *found, beside=beside.get(value_key(value), ())))
    return tuple(seen)


def _beside(drawn: Sketch) -> dict[str, tuple[str, ...]]:
    """Outcome as it is compared -> values of the activity column in its rows, as they are written most often."""
    outcome, activity = drawn.tally_of("outcome"), drawn.tally_of("activity")
    if outcome is None or activity is None or outcome.many or activity.many:
        return {}
    writing = {value_key(value): value for value, _ in _distinct(drawn, "activity")}
    columns = {name: pc.fill_null(one.column, "") for name, one in (("outcome", outcome), ("activity", activity))}
    pairs = pa.table(columns).group_by([*columns]).aggregate([([], "count_all")]).to_pylist()
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs:
        if value_key(pair["activity"]) in writing:
            found[value_key(pair["outcome"])][writing[value_key(pair["activity"])]] += pair["count_all"]
    return {word: tuple(sorted(counts, key=lambda one: (-counts[one], one))) for word, counts in found.items()}


def _seen(value: str, rows: int, found: Suggestion, vocabulary: Vocabulary | None) -> ValueSeen:
    return ValueSeen(value, rows, *found, hint=why_open(value, vocabulary) if not found.why else "")


def _distinct(drawn: Sketch, name: str) -> list[tuple[str, int]]:
    """The values of a field as they are compared, with their rows."""
    tally = drawn.tally_of(name) if drawn.shape == "activity" else None
    return grouped(tally) if tally else []


def grouped(tally: Tally) -> list[tuple[str, int]]:
    """Values that are one word in different writing counted together, the commonest first."""
    rows: dict[str, int] = {}
    writing: dict[str, str] = {}
    for value, count in tally.commonest(LISTED):
        key = value_key(value)
        writing.setdefault(key, value)
        rows[key] = rows.get(key, 0) + count
    return sorted(((writing[key], count) for key, count in rows.items()), key=lambda one: (-one[1], one[0]))


def _decisions(
    drawn: Sketch, options: Options, values: Iterable[ValueSeen], outcomes: Iterable[ValueSeen]
) -> Decisions:
    """The suggestions as decisions: fields of the log and date columns; helper columns of a layout stay its own."""
    layout = drawn.layout
    own = layout if layout is not None and layout.priority == OWN else None
    meanings = {seen.value: seen.meaning for seen in values}
    fields = {name: places for name, places in drawn.fields.items() if name in FIELDS or name.startswith(DATE)}
    return Decisions(
        name=own.name if own else "",
        title=own.title if own else "",
        shape=drawn.shape,
        columns={name: tuple(drawn.labels[p] for p in places) for name, places in fields.items()},
        values=meanings,
        outcomes={seen.value: seen.meaning for seen in outcomes},
        calls=calls_in(layout, meanings) if layout and drawn.known else "named",
        fill_down=tuple(name for name in layout.fill_down if name in drawn.fields) if layout else (),
        day_first=options.day_first,
        zone=zone_in(own) if own else None,
        score_scale=own.score_scale or None if own else None,
    )
