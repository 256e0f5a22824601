"""Numbers that can be no standard, said line by line before anything is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from quality.standards import LEAST, MOST, is_sensible
from ui import text

#: A line of standards by column.
Line = Mapping[Any, Any]

_NAMED = 5
_UNITS = {None: " : 1", "day": " a day", "week": " a week"}


def show(lines: Iterable[Line], titles: Mapping[str, str]) -> bool:
    """Names the lines whose number cannot be; whether there are any. ``lines`` are as `save_standards` wants them."""
    found = [_said(line, titles) for line in lines if line["standard"] is not None and not _fits(line)]
    if found:
        more = [f"and {len(found) - _NAMED:,} more"] if len(found) > _NAMED else []
        st.error(
            f"Not saved: {text.plain('; '.join([*found[:_NAMED], *more]), 900)}. "
            "Change the number, or empty the cell to have no standard here.",
            icon=":material/block:",
        )
    return bool(found)


def _fits(line: Line) -> bool:
    return is_sensible(float(line["standard"]), line["per"])


def _said(line: Line, titles: Mapping[str, str]) -> str:
    """``Call to hit: -3 : 1 is not between 0.1 and 500``."""
    owner = f" of {line['name']}" if line["name"] else ""
    return (
        f"{titles[line['ratio']]}{owner}: {float(line['standard']):,g}{_UNITS[line['per']]} "
        f"is not between {LEAST:g} and {MOST[line['per']]:,g}"
    )
