"""The rows to mend as a workbook: the button that hands it out, and what is said once it comes back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import PurePath
from typing import Any

import pandas as pd
import streamlit as st

from loaders import Loaded
from loaders.mending import mending_workbook
from ui import data, text
from ui.downloads import XLSX

_ODD = re.compile(r"[^\w.]+")


def offer(left_out: pd.DataFrame | None, problems: pd.DataFrame, about: Mapping[str, Any], key: str) -> None:
    """A button for the workbook with the rows that were left out, where there are any; it is made on click.

    ``about`` is the ``reading`` of the file's report; ``key`` is the file's own on the page.
    """
    if left_out is not None and len(left_out) and about:
        _button(partial(mending_workbook, left_out, problems, about), about["name"], key)


def offer_stored(import_id: int, report: Mapping[str, Any]) -> None:
    """The same for a stored import, as far as its rows still wait to be mended."""
    about = report.get("reading")
    if about and len(data.history().left_out_rows(import_id)):
        _button(partial(stored_workbook, import_id, about), about["name"], f"import-{import_id}")


def stored_workbook(import_id: int, about: Mapping[str, Any]) -> bytes:
    """The workbook of the rows of an import that still wait, as they are when it is asked for."""
    history = data.history()
    return mending_workbook(history.left_out_rows(import_id), history.rejected_rows(import_id), about)


def _button(make: Callable[[], bytes], name: str, key: str) -> None:
    st.download_button(
        "Download the rows to mend (Excel)",
        make,
        file_name(name),
        XLSX,
        key=f"mend-{key}",
        on_click="ignore",
        icon=":material/edit_document:",
        help="The rows that were left out, with the cells to mend marked. Mend them there and drop it on Upload. They "
        "stand in it as in your own file, so it also names who is not to be contacted.",
    )


def file_name(name: str) -> str:
    """What the workbook with the rows to mend of a file is called: after that file, whatever its ending."""
    return f"to-mend-{_ODD.sub('-', PurePath(name).stem).strip('-.')}.xlsx"


def show_mended(loaded: Loaded) -> None:
    """How many of the rows of a workbook of ours are mended by now."""
    if loaded.report.mends:
        st.success(text.plain(sentence(loaded), 400), icon=":material/task_alt:")


def sentence(loaded: Loaded) -> str:
    """The same in words. Rows that were taken out of the workbook count as still to mend."""
    mends = loaded.report.mends
    if mends is None:
        return ""
    bad = set(loaded.left_out.iloc[:, 0]) if loaded.left_out is not None else set()
    mended = len(set(mends.rows) - bad)
    done = f"{mended:,} of {text.count(mends.offered, 'row')} mended"
    return (
        f"{done}; {mends.offered - mended:,} still to mend in {mends.name}." if mended < mends.offered else f"{done}."
    )
