"""Pages, warm: the server time of a whole run of each page, against an empty page of the same framework."""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path

import streamlit as st
from streamlit.testing.v1 import AppTest

from benchmarks.measure import HOME, Figure


def milliseconds(test: AppTest, runs: int) -> float:
    """Median time of a rerun after two that warm the caches."""
    times = []
    for _ in range(runs + 2):
        start = time.perf_counter()
        test.run(timeout=60)
        times.append(1000 * (time.perf_counter() - start))
        assert not test.exception
    return statistics.median(times[2:])


def opened(page: Path) -> AppTest:
    """The page behind the entry script, as a visitor has it."""
    return on(page, AppTest.from_file(str(HOME / "ui" / "frame.py"), default_timeout=60).run())


def on(page: Path, test: AppTest) -> AppTest:
    return test.switch_page(str(page))


def first_view(page: Path) -> float:
    """Milliseconds of a visit while nothing is counted yet, as after an import nobody waited for."""
    test = on(page, AppTest.from_file(str(HOME / "ui" / "frame.py"), default_timeout=60))
    st.cache_data.clear()
    st.cache_resource.clear()
    start = time.perf_counter()
    test.run(timeout=120)
    return 1000 * (time.perf_counter() - start)


def figures(store: Path, runs: int) -> list[Figure]:
    """Every page warm; then every page with nothing counted ahead, once: no cache has anything of it."""
    os.environ["TOUCHLINE_STORE"] = str(store)
    empty = milliseconds(AppTest.from_string("import streamlit as st\nst.title('Empty')"), runs)
    pages = sorted((HOME / "pages").glob("*/*.py"))
    warm = [
        Figure(f"page {page.stem}, warm", "an empty page", milliseconds(opened(page), runs), empty, 150, "ms")
        for page in pages
    ]
    first = [
        Figure(f"page {page.stem}, nothing counted ahead", "an empty page", first_view(page), empty, 1000, "ms")
        for page in pages
    ]
    return warm + first
