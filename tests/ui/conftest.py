"""The dashboard without a browser: its entry script on a history of its own, on a fixed day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import stored
import streamlit as st
from screens import LOG
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from store import History
from ui import data

HOME = Path(__file__).parents[2]

TODAY = date(2026, 11, 23)

Open = Callable[[str], AppTest]


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> History:
    """An empty history, which the pages under test use, on 23 November 2026."""
    monkeypatch.setenv("TOUCHLINE_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("TOUCHLINE_TODAY", TODAY.isoformat())
    return History(tmp_path / "store")


@pytest.fixture
def filled(history: History) -> History:
    """The same with ``LOG`` and two teams stored."""
    roster = "desk,team,from,to\nDesk 01,North,,\nDesk 02,South,,\n"
    files = {"log.csv": LOG, "teams.csv": roster}
    stored.store(files)
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


@pytest.fixture
def afresh() -> Iterator[None]:
    """Nothing is counted yet, and what is counted now is forgotten: for tests that count in a way of their own."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture(autouse=True)
def counted_of_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted of a history that tests have copies of is counted once, until a test changes its copy."""
    monkeypatch.setattr(data, "Place", stored.place)


@pytest.fixture(autouse=True, scope="session")
def installed() -> Iterator[None]:
    """Packages are searched for components once: each page that is opened would search them all anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield
