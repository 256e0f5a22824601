"""The dashboard without a browser: its entry script on a history of its own, on a fixed day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from screens import LOG
from streamlit.testing.v1 import AppTest

from loaders import Options, load
from store import History
from ui import intake, owed_data

HOME = Path(__file__).parents[2]

TODAY = date(2026, 11, 23)

Open = Callable[[str], AppTest]


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> History:
    """An empty history, which the pages under test use, on 23 November 2026."""
    monkeypatch.setenv("TOUCHLINE_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("TOUCHLINE_TODAY", TODAY.isoformat())
    st.cache_data.clear()
    return History(tmp_path / "store")


@pytest.fixture
def filled(history: History) -> History:
    """The same with ``LOG`` and two teams stored."""
    roster = "desk,team,from,to\nDesk 01,North,,\nDesk 02,South,,\n"
    files = {"log.csv": LOG, "teams.csv": roster}
    intake.store_loaded([load(text.encode(), name, Options(today=TODAY)) for name, text in files.items()])
    return history


@pytest.fixture
def app() -> AppTest:
    """The entry script, not run yet; needs ``history`` or ``filled`` first."""
    return AppTest.from_file(str(HOME / "ui" / "frame.py"), default_timeout=60)


@pytest.fixture
def open_page(app: AppTest) -> Open:
    """Runs the entry script on a page such as ``data/upload``."""

    def go(name: str) -> AppTest:
        return app.switch_page(f"../pages/{name}.py").run()

    return go


_COUNTED: dict[tuple[object, ...], pd.DataFrame] = {}


@pytest.fixture(autouse=True)
def counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the same rows owe by the same rules is counted once for all pages: counting has tests of its own."""
    count = owed_data.obligations

    def counted(log: Any, **asked: Any) -> pd.DataFrame:
        rows = pd.util.hash_pandas_object(log.df()).to_numpy().tobytes()
        roster = asked["roster"].to_csv()
        key = (rows, roster, asked["as_of"], asked["rules"], asked["working"])
        if key not in _COUNTED:
            _COUNTED[key] = count(log, **asked)
        return _COUNTED[key].copy()

    monkeypatch.setattr(owed_data, "obligations", counted)
