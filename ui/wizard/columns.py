"""Step 2: which column is what, what a row stands for, and who gets the credit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from loaders.inspection import ColumnSeen, Inspection
from loaders.mapping import DATE, MEANINGS, Shape
from loaders.meanings import CALL, IGNORE, OPEN
from ui import text, wishes
from ui.wizard import answers, choices, credit
from ui.wizard.choices import Asked

FIELDS: Mapping[str, str] = {
    "occurred_at": "When",
    "desk": "Desk (gets the credit)",
    "activity": "What was done",
    "outcome": "Outcome",
    "party": "Whom it is about",
    "candidate": "Candidate",
    "client": "Client company",
    "contact": "Contact at the client",
    "person": "Candidate or contact",
    "job": "Job",
    "due_on": "Promised by",
    "planned_end": "Planned end",
    "quantity": "Quantity",
    "score": "Score",
    "ref": "Reference",
    "assignee": "Handed to",
    "channel": "Channel",
    "notes": "Notes",
    "activity_id": "Number in its system",
}
UNUSED = "Not used"
HOW: Mapping[str, str] = {
    "layout": "known from the layout",
    "synonym": "a usual name for it",
    "similar": "resembles a usual name",
    "content": "its cells look like it",
    "chosen": "chosen by you",
    "unused": "nothing needs it",
    "dropped": "personal, stays out",
    "contact": "kept apart from the log",
}
_SURE = (HOW["layout"], HOW["synonym"], HOW["unused"])
#: What the cells of a column look like, where nothing else says what it holds.
_LOOKS: Mapping[str, str] = {
    "occurred_at": "its cells are dates",
    "desk": "its cells repeat few names",
    "activity": "looks like what was done",
    "outcome": "its cells are outcomes",
}
#: Fields whose choice opens questions out of sight.
_ASKED_BELOW: Mapping[str, str] = {
    "outcome": "; step 3 below now asks what its words mean",
    "activity": "; step 3 below now asks what its values mean",
}
#: Fields whose columns are joined where several are given; of any other field the last one given holds.
_JOINED = ("occurred_at", "candidate", "contact", "person", "notes")
_NAME_PARTS = ("first", "last", "given", "family", "surname", "forename")
#: Fields whose column decides what the later steps ask about.
_STEERING = ("occurred_at", "activity", "outcome", "due_on", "planned_end")
SHAPES: Mapping[str, Shape] = {"One activity": "activity", "One candidate with a date per stage": "wide"}
#: Samples of a column beside its list, and the longest of them.
_SHOWN, _SAMPLE = 2, 28


def ask(file_id: str, seen: Inspection) -> tuple[Shape, dict[str, tuple[str, ...]]]:
    """The shape of the file, and field -> headers that hold it, in the order in which they are joined."""
    st.markdown("#### 2. Which column is what")
    st.markdown("Change only what is wrong.")
    shape = _ask_shape(file_id, seen)
    fields = _fields(file_id, seen)
    _edit(file_id, seen, fields, shape)
    credit.ask(file_id, seen, fields)
    if "desk" not in fields.values():
        _ask_desk(file_id)
    if not {"client", "job"} & {*fields.values()}:
        st.info(f"No column is **{FIELDS['client']}** or **{FIELDS['job']}**: one person at two clients counts once.")
    held = {name: headers for name, headers in _by_field(fields).items() if _is_ours(name, shape)}
    return shape, held


def _is_ours(name: str, shape: Shape) -> bool:
    """Whether a person says which column holds it; what only a layout asks about stays as the layout has it."""
    if shape == "wide":
        return name.startswith(DATE) or (name in FIELDS and name not in ("occurred_at", "activity"))
    return name in FIELDS


def steering(file_id: str) -> dict[str, str]:
    """Field -> header, as far as what was said about columns decides what else there is to ask."""
    by_field = _by_field(answers.columns_said(file_id))
    return {name: headers[0] for name, headers in by_field.items() if name in _STEERING and len(headers) == 1}


def _ask_shape(file_id: str, seen: Inspection) -> Shape:
    shapes = list(SHAPES)
    said = st.radio(
        "Each row is",
        shapes,
        index=[SHAPES[name] for name in shapes].index(seen.shape),
        key=answers.key(file_id, "shape"),
        on_change=answers.forget_columns,
        args=(file_id,),
        horizontal=True,
    )
    return SHAPES[said]


def shape_said(file_id: str) -> Shape | None:
    """What a row stands for, once it was asked."""
    return SHAPES.get(answers.said(file_id, "shape") or "")


def _fields(file_id: str, seen: Inspection) -> dict[str, str | None]:
    """Header -> field it holds now: as somebody said, else as suggested."""
    found = {header: name for name, headers in seen.decisions.columns.items() for header in headers}
    said = answers.columns_said(file_id)
    return {column.header: said.get(column.header, found.get(column.header, column.field)) for column in seen.columns}


def _by_field(fields: Mapping[str, str | None]) -> dict[str, tuple[str, ...]]:
    by_field: dict[str, tuple[str, ...]] = {}
    for header, name in fields.items():
        if name:
            by_field[name] = (*by_field.get(name, ()), header)
    return {name: tuple(sorted(headers, key=_comes_later)) for name, headers in by_field.items()}


def _comes_later(header: str) -> bool:
    """First names come first, wherever their column stands; everything else keeps the order of the file."""
    lowered = header.casefold()
    return not any(part in lowered for part in ("first", "given", "forename"))


def _edit(file_id: str, seen: Inspection, fields: Mapping[str, str | None], shape: Shape) -> None:
    labels = _labels(shape, fields)
    columns = _as_first_seen(file_id, seen.columns)
    if len(columns) > choices.MOST:
        _edit_many(file_id, columns, fields, labels)
        return
    asked = [
        Asked(one.header, fields[one.header] or "", _about(one, fields, answers.picked(file_id))) for one in columns
    ]
    choices.ask(file_id, "column", asked, labels, partial(_choose, file_id, fields))


def _choose(file_id: str, fields: Mapping[str, str | None], header: str, name: str) -> None:
    """Note one answer on top of those given before, also of one given while the page was still being drawn."""
    answers.give_columns(file_id, _given({**fields, **answers.columns_said(file_id)}, {header: name or None}), {header})


def _about(column: ColumnSeen, fields: Mapping[str, str | None], picked: Collection[str]) -> str:
    """What the cells of a column look like, and who says what they hold."""
    samples = " · ".join(text.plain(sample, _SAMPLE) for sample in wishes.worded(column.samples[:_SHOWN]))
    why = _why(column, fields, picked)
    # What is sure needs no word: fewer to read, and those to look at stand out.
    said = "" if why in _SURE else f":material/subdirectory_arrow_right: {text.plain(why)}"
    return "  \n".join(filter(None, (samples, said)))


def _edit_many(
    file_id: str, columns: Sequence[ColumnSeen], fields: Mapping[str, str | None], labels: Mapping[str, str]
) -> None:
    """So many columns as a table."""
    st.markdown("Double-click a cell under Means to change it.")
    shown = _table(columns, fields, labels, answers.picked(file_id))
    key = answers.key(file_id, f"columns-{answers.edits(file_id)}")
    edited = st.data_editor(
        shown,
        key=key,
        hide_index=True,
        height=560,
        disabled=["Column", "For instance", "Why"],
        column_config={
            "Column": st.column_config.TextColumn(width=130),
            "Means": st.column_config.SelectboxColumn(options=list(labels.values()), required=True, width=170),
            "For instance": st.column_config.TextColumn(width=250),
            "Why": st.column_config.TextColumn(width=200),
        },
        alt="Columns of the file, samples of each, and what each means",
    )
    changed = edited["Means"] != shown["Means"]
    if changed.any():
        names = {label: name for name, label in labels.items()}
        new = {edited["Column"][row]: names[edited["Means"][row]] or None for row in edited.index[changed]}
        _note(file_id, fields, new, {shown["Column"][int(row)] for row in st.session_state[key]["edited_rows"]})
        st.rerun()


def _as_first_seen(file_id: str, columns: Sequence[ColumnSeen]) -> Sequence[ColumnSeen]:
    """The columns with who said what they hold before anybody changed one.

    Afterwards the page tells what every column holds, and all of them would seem to be chosen.
    """
    if not answers.columns_said(file_id):
        answers.say(file_id, "hows", {column.header: column.how for column in columns})
    hows = answers.said(file_id, "hows") or {}
    return [replace(column, how=hows.get(column.header, column.how)) for column in columns]


def _note(
    file_id: str, fields: Mapping[str, str | None], new: Mapping[str, str | None], touched: Collection[str]
) -> None:
    """Keep what was chosen. The table keeps its place and focus, unless a choice made in it before is undone."""
    given = _given(fields, new)
    answers.give_columns(file_id, given, new)
    if any(given[header] != fields[header] for header in touched if header not in new):
        answers.draw_anew(file_id)


def _labels(shape: Shape, fields: Mapping[str, str | None]) -> dict[str, str]:
    """Field -> label, "" for none; stages in wide files, and at the end what only a layout knows."""
    kinds = [key for key in MEANINGS if key not in (CALL, IGNORE, OPEN)] if shape == "wide" else []
    stages = {f"{DATE}{key}": f"Date of: {MEANINGS[key]}" for key in kinds}
    single = {name: label for name, label in FIELDS.items() if _is_ours(name, shape)}
    known = {"": UNUSED, **single, **stages}
    others = {name: name.replace("_", " ").capitalize() for name in fields.values() if name and name not in known}
    return {**known, **others}


def _table(
    columns: Sequence[ColumnSeen],
    fields: Mapping[str, str | None],
    labels: Mapping[str, str],
    picked: Collection[str],
) -> pd.DataFrame:
    rows = [
        (
            column.header,
            labels[fields[column.header] or ""],
            " · ".join(map(_cut, wishes.worded(column.samples))),
            _why(column, fields, picked),
        )
        for column in columns
    ]
    return pd.DataFrame(rows, columns=["Column", "Means", "For instance", "Why"])


def _cut(sample: str) -> str:
    one_line = " ".join(sample.split())
    return one_line if len(one_line) <= _SAMPLE else f"{one_line[: _SAMPLE - 1]}…"


def _why(column: ColumnSeen, fields: Mapping[str, str | None], picked: Collection[str]) -> str:
    name = fields[column.header]
    others = [header for header, other in fields.items() if name and other == name and header != column.header]
    if others and not (name or "").startswith(DATE):
        return f"joined with {' and '.join(others)}"
    if column.header in picked:
        return f"{HOW['chosen']}{_ASKED_BELOW.get(name or '', '')}"
    if name is None and column.how not in ("dropped", "contact"):
        return HOW["unused"]
    if column.how == "content":
        return _LOOKS.get(name or "", HOW["content"])
    return "named after it" if column.how == "similar" and (name or "").startswith(DATE) else HOW[column.how]


def _given(fields: Mapping[str, str | None], new: Mapping[str, str | None]) -> dict[str, str | None]:
    """Every header with its field, after some were given another: where columns are not joined, the new one holds."""
    given = {**fields, **new}
    for header, name in new.items():
        for other, held in fields.items():
            if name and held == name and other not in new and not _is_joined(name, header, other):
                given[other] = None
    return given


def _is_joined(name: str, header: str, other: str) -> bool:
    parts = all(any(part in one.casefold() for part in _NAME_PARTS) for one in (header, other))
    return name in _JOINED or name.startswith(DATE) or parts


def _ask_desk(file_id: str) -> None:
    st.text_input(
        "Desk of the whole file, since no column says it",
        key=answers.key(file_id, "desk"),
        placeholder="Whose export this is",
        max_chars=80,
        width=400,
    )
