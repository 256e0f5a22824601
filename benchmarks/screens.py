"""Pages, warm: the server time of a whole run of each page, against an empty page of the same framework."""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path

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
    test = AppTest.from_file(str(HOME / "ui" / "frame.py"), default_timeout=60).run()
    return test.switch_page(str(page))


def figures(store: Path, runs: int) -> list[Figure]:
    os.environ["TOUCHLINE_STORE"] = str(store)
    empty = milliseconds(AppTest.from_string("import streamlit as st\nst.title('Empty')"), runs)
    pages = sorted((HOME / "pages").glob("*/*.py"))
    return [
        Figure(f"page {page.stem}, warm", "an empty page", milliseconds(opened(page), runs), empty, 150, "ms")
        for page in pages
    ]
