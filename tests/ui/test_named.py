"""Whoever stands in rows behind a number is one click away: a chosen name opens the person."""

from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from quality.wishes import NAMELESS
from ui import named, timeline_link

ROWS = pd.DataFrame(
    {"Who": ["Avery Sample", "Pat Sample"], "Candidate": ["Uma Sample", NAMELESS], "Desk": ["Desk 01", "Desk 02"]},
    index=[7, 3],
)
PARTIES = {"Who": pd.Series(["client", "candidate"], index=[3, 7])}


def page():
    from tests.ui.test_named import PARTIES, ROWS
    from ui import named

    named.table(ROWS, "rows", "Rows", PARTIES)


@pytest.fixture
def opened(monkeypatch):
    """Whom a choice opened."""
    people = []
    monkeypatch.setattr(timeline_link, "go", lambda party, who: people.append((party, who)))
    return people


def choose(at, column):
    at.session_state["rows"] = {"selection": {"rows": [], "columns": [], "cells": [(1, column)]}}
    return at.run()


@pytest.mark.parametrize(
    ("column", "people"), [("Who", [("client", "Pat Sample")]), ("Candidate", []), ("Desk", []), ("Gone", [])]
)
def test_a_name_opens_the_person_and_nothing_else_does(opened, column, people):
    at = AppTest.from_function(page).run()
    assert named.HINT in at.markdown[0].value
    choose(at, column)
    assert not at.exception
    assert opened == people


def nameless_page():
    import pandas as pd

    from ui import named

    named.table(pd.DataFrame({"Desk": ["Desk 01"]}), "rows", "Rows")


def test_rows_without_a_name_ask_for_no_choice():
    at = AppTest.from_function(nameless_page).run()
    assert not at.exception
    assert not at.markdown
