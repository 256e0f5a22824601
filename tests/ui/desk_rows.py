"""Rows of a desk, week by week, and the page Desk as its tests read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from urllib.parse import parse_qs

import pandas as pd
import stored
from streamlit.testing.v1 import AppTest

TODAY = date(2026, 11, 25)
PAGE = "../pages/ratios/desk.py"
Row = tuple[str, str, str, str, str, str]


def rows(desk: str, activity: str, many: int, first: date, who: str = "") -> Iterator[Row]:
    """So many rows, one a working day of the week that begins on ``first``."""
    for number in range(many):
        day = first + timedelta(days=number % 5)
        person = f"{desk} {who or first} {number}"
        yield f"{day} {9 + number // 5:02}:00", desk, activity, person, "Example Job", ""


def store(lines: list[Row], roster: str = "") -> None:
    out = StringIO()
    pd.DataFrame(lines, columns=["occurred_at", "desk", "activity", "candidate", "job", "outcome"]).to_csv(
        out, index=False
    )
    files = {"log.csv": out.getvalue()} | ({"teams.csv": roster} if roster else {})
    stored.store(files, TODAY)


def table(at, place=0):
    frame = at.dataframe[place].value
    return frame.set_index(frame.columns[0])


def links(at):
    """Label -> the last address with it, as a dictionary of its parameters."""
    return {link.label: address(link) for link in at.get("page_link")}


def address(link):
    return {name: values[0] for name, values in parse_qs(link.proto.query_string).items()}


def opened(app: AppTest, who: str = "", **address: str) -> AppTest:
    """The page on a desk."""
    for name, value in {**({"who": who} if who else {}), **address}.items():
        app.query_params[name] = value
    at = app.switch_page(PAGE).run()
    assert not at.exception
    return at
