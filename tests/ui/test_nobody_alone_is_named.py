"""Every page, opened in every way that shows rows: who wants to be left alone is named as that fact and no other way.

Whatever is on a page counts: words, tables, charts, what can be chosen, and files to take away. Allowed is the name in
a line that says *do not contact*. The workbook of rows to mend is the firm's own file and stays as it is.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator

import pandas as pd
import pytest
import streamlit as st
from openpyxl import load_workbook
from quiet_firm import AVERY, CALLS, CARE, CASEY, DROPPED, QUIET, STEPS, UMA, YANN, ZOE, store_firm
from streamlit.testing.v1 import AppTest
from wizard_pages import control, upload

from quality.catalogue import RATIOS
from quality.wishes import NAMELESS
from ui import doubles, menu

RATIO = {"behind": "Send-out to fill", "of": "Desk 01"}
#: Page -> the addresses it is opened by.
WAYS: dict[str, list[dict[str, str]]] = {
    "scoreboard": [*({**RATIO, "behind": one.title} for one in RATIOS), {**RATIO, "view": "Cohort"}],
    "desk": [{"who": "Desk 01"}, {"who": "Desk 02"}],
    "touch": [{}, {"touch_section": "Database touch"}],
    "care": [{"level": "All"}],
    "person": [{"person": AVERY}, {"person": CASEY, "party": "client"}, {"person": ZOE}, {"person": YANN}],
    "imports": [{}, {"about": "Data health"}, {"about": doubles.TITLE}],
}
OPENED = [(screen, way) for screen in menu.SCREENS for way in WAYS.get(screen.url_path, [{}])]
FACT = ("do not contact", "not to be contacted")
#: The heading of a page about somebody, above that fact.
BARE = [f'body: "{name}"' for name in (ZOE, YANN)]


@pytest.fixture
def firm(history):
    store_firm(history, {"steps.csv": STEPS, "calls.csv": CALLS, "care.csv": CARE})
    return history


@pytest.fixture(autouse=True)
def files(monkeypatch) -> list[str]:
    """What is in the files that pages hand out, a line each."""
    lines, button = [], st.download_button

    def noted(label: str, content: bytes | str | Callable[[], bytes | str], name: str, *args, **kwargs):
        if not name.startswith("to-mend-"):
            lines.extend(_lines(content() if callable(content) else content, name))
        return button(label, content, name, *args, **kwargs)

    monkeypatch.setattr(st, "download_button", noted)
    return lines


def _lines(content: bytes | str, name: str) -> list[str]:
    if name.endswith(".xlsx"):
        sheets = load_workbook(io.BytesIO(content)).worksheets
        return [" ".join(map(str, row)) for sheet in sheets for row in sheet.iter_rows(values_only=True)]
    return (content if isinstance(content, str) else content.decode()).splitlines()


def shown(at: AppTest) -> Iterator[str]:
    """Everything on a page, a line for each line of text, row of a table, or choice."""
    for node in at._tree:
        if isinstance(getattr(node, "value", None), pd.DataFrame):
            yield from (" ".join(map(str, row)) for row in node.value.reset_index().itertuples(index=False, name=None))
        elif proto := getattr(node, "proto", None):
            yield from str(proto).replace("\\n", "\n").splitlines()


def telling(lines: Iterable[str], names: Iterable[str] = QUIET) -> list[str]:
    """The lines that name somebody and do not say that this person is to be left alone; the name alone says nothing."""
    named = [line for line in lines if any(name in line for name in names) and line not in BARE]
    return [line for line in named if not any(fact in line.lower() for fact in FACT)]


@pytest.mark.parametrize(
    ("screen", "way"), OPENED, ids=[" ".join([one.url_path, *way.values()]) for one, way in OPENED]
)
def test_a_page_names_nobody_who_is_to_be_left_alone(firm, app, open_page, files, screen, way):
    for name, value in way.items():
        app.query_params[name] = value
    at = open_page(screen.path.removesuffix(".py"))
    assert not at.exception
    assert telling(shown(at)) == []
    assert telling(files) == []


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_an_import_names_nobody_of_them(firm, open_page, files, number):
    at = open_page("data/imports")
    at.selectbox(key="import").set_value(number).run()
    assert not at.exception
    assert telling(shown(at)) == []
    assert telling(files) == []


def test_a_file_on_its_way_in_names_nobody_of_them_in_what_is_shown_of_it(firm, open_page, files):
    at = upload(open_page, ("scribbles.csv", DROPPED.encode()))
    control(at, "toggle", "peek").set_value(True).run()
    assert not at.exception
    top = next(one.value for one in at.dataframe if "Column 1" in one.value).to_numpy().tolist()
    assert [row[0] for row in top] == ["When", NAMELESS, NAMELESS, NAMELESS]
    control(at, "selectbox", "column-2").set_value("activity").run()
    assert "Grog" in " ".join(box.label for box in at.selectbox)
    # A first name among the samples of its column is nobody's.
    assert telling(shown(at), (ZOE, YANN, UMA)) == []
    assert telling(files) == []


def test_what_a_complete_file_retires_names_nobody_of_them(firm, open_page):
    first, last = "2026-10-06 09:00,Desk 01,hit,Avery Sample", "2026-11-12 09:00,Desk 01,hit,Avery Sample"
    at = upload(open_page, ("less.csv", f"occurred_at,desk,activity,candidate\n{first}\n{last}\n".encode()))
    control(at, "checkbox", "complete").check().run()
    assert not at.exception
    gone = next(one.value for one in at.dataframe if "candidate" in one.value)
    assert {*gone["candidate"].dropna()} == {AVERY, NAMELESS}
    assert telling(shown(at)) == []
