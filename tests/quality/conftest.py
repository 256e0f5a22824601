from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pandas as pd
import pytest

Engine = Callable[[pd.DataFrame], Any]


@pytest.fixture(scope="session", params=["pandas", "duckdb"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Puts a log where the metrics find it: a pandas frame, or a relation of a connection that is not the default."""
    if request.param == "pandas":
        yield lambda frame: frame
        return
    with duckdb.connect() as connection:
        yield lambda frame: connection.cursor().from_df(frame)
