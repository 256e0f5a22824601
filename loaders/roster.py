"""The roster: which desk was in which team, from when to when."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from loaders.date_columns import read_dates
from loaders.problems import Findings
from loaders.recognise import Match
from loaders.report import Options
from loaders.rows import Rows

DATES = ("starts_on", "ends_on")


@dataclass(frozen=True, slots=True)
class RosterRows:
    """``roster`` has desk, team (text), starts_on, ends_on (datetime64[us] at midnight, NaT where open)."""

    roster: pd.DataFrame
    rejected: np.ndarray
    findings: Findings
    warnings: tuple[str, ...]


def read_roster(engine: duckdb.DuckDBPyConnection, match: Match, rows: Rows, options: Options) -> RosterRows:
    """The roster of a file with the columns desk, team and, where it has them, from and to."""
    titles = {name: match.label(name) for name in match.columns}
    names = tuple(name for name in DATES if name in rows)
    dates = read_dates(engine, rows, titles, names, options, match.layout.missing)
    findings = Findings()
    for name in ("desk", "team"):
        findings.add(f"{name}_missing", titles[name], ~rows.filled(name))
    for name in names:
        findings.add("date_unparsed", titles[name], dates.columns[name].unparsed, rows.text(name))
        findings.add("date_implausible", titles[name], dates.columns[name].implausible, rows.text(name))
    rejected = findings.rows(len(rows))
    never = np.full(len(rows), "NaT", "datetime64[us]")
    days = {name: (dates.columns[name].when if name in names else never) for name in DATES}
    texts = {name: rows.text(name).to_pandas() for name in ("desk", "team")}
    whole = {name: values.astype("datetime64[D]").astype("datetime64[us]") for name, values in days.items()}
    roster = pd.DataFrame({**texts, **whole})[~rejected].reset_index(drop=True)
    return RosterRows(roster, rejected, findings, dates.warnings)
