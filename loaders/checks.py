"""Every row's fate: accepted, a copy, ignored, without a known activity, or with a cell that must be mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.arrange import Arranged
from loaders.date_columns import PROMISES, FileDates
from loaders.dates import FORMATS, DateColumn
from loaders.events import source_of
from loaders.ids import DAY, MINUTE, copies
from loaders.problems import Findings
from loaders.recognise import Match
from loaders.rows import Rows
from loaders.values import numbers, parties


@dataclass(frozen=True, slots=True)
class Fates:
    """What becomes of each row: the five masks exclude each other and leave no row out."""

    ignored: np.ndarray
    unmapped: np.ndarray
    rejected: np.ndarray
    duplicate: np.ndarray
    accepted: np.ndarray


@dataclass(frozen=True, slots=True)
class Checked:
    """Rows with their typed values and what was found wrong with them."""

    findings: Findings
    party: np.ndarray
    numbers: Mapping[str, np.ndarray]


def check(rows: Rows, dates: FileDates, arranged: Arranged, match: Match) -> Checked:
    """Parse the remaining cells and note those that must be mended."""
    findings = Findings()
    title = _titles(match)
    findings.add("desk_missing", title("desk"), ~rows.filled("desk"))
    findings.add("activity_missing", title("activity"), arranged.blank)
    _check_main_dates(findings, rows, dates, match)
    for name in PROMISES:
        if name in dates.columns:
            _check_date(findings, rows, name, dates.columns[name], title(name))
    found = {name: _check_number(findings, rows, name, title(name)) for name in ("quantity", "score") if name in rows}
    party, unknown = parties(rows)
    findings.add("party_unknown", title("party"), unknown, rows.text("party"))
    return Checked(findings, party, found)


def _titles(match: Match):
    return lambda name: match.label(name) if name in match.columns else name


def _check_main_dates(findings: Findings, rows: Rows, dates: FileDates, match: Match) -> None:
    title = _titles(match)
    for name in dates.main:
        _check_date(findings, rows, name, dates.columns[name], title(name))
    missing = np.all([dates.columns[name].missing for name in dates.main], axis=0)
    texts = rows.text(dates.main[0]) if len(dates.main) == 1 else None
    findings.add("date_missing", ", ".join(title(name) for name in dates.main), missing, texts)


def _check_date(findings: Findings, rows: Rows, name: str, column: DateColumn, title: str) -> None:
    findings.add("date_unparsed", title, column.unparsed, rows.text(name), FORMATS.get(column.read_as, FORMATS["iso"]))
    findings.add("date_implausible", title, column.implausible, rows.text(name))


def _check_number(findings: Findings, rows: Rows, name: str, title: str) -> np.ndarray:
    values, bad = numbers(rows, name)
    findings.add("number_unparsed", title, bad, rows.text(name))
    if name == "score":
        findings.add("score_out_of_range", title, (values < 0) | (values > 10), rows.text(name))
    return values


def decide(
    engine: duckdb.DuckDBPyConnection, rows: Rows, dates: FileDates, arranged: Arranged, checked: Checked, match: Match
) -> tuple[Fates, dict[str, int], int]:
    """The fate of every row; duplicates by reason; and how many repeat an id with other content."""
    ignored = arranged.ignored >= 0
    unmapped = ~ignored & ~arranged.blank & (arranged.rule < 0)
    rejected = ~ignored & ~unmapped & checked.findings.rows(len(rows))
    good = ~(ignored | unmapped | rejected)
    same_id, differing = _same_id(engine, rows, dates, good, match)
    same_content = _same_content(engine, rows, dates, good & ~rows.filled("activity_id"), match)
    duplicate = same_id | same_content
    reasons = {"same id": int(same_id.sum()), "same content in the same minute": int(same_content.sum())}
    fates = Fates(ignored, unmapped, rejected, duplicate, good & ~duplicate)
    return fates, {reason: count for reason, count in reasons.items() if count}, differing


def _same_id(
    engine: duckdb.DuckDBPyConnection, rows: Rows, dates: FileDates, good: np.ndarray, match: Match
) -> tuple[np.ndarray, int]:
    """Of rows with one id the latest stays; also counts those that differ from it."""
    mask = good & rows.filled("activity_id")
    found = np.zeros(len(rows), dtype=bool)
    if not mask.any():
        return found, 0
    chosen = pa.array(mask)
    key = {"source": source_of(rows, match.layout), "id": rows.text("activity_id")}
    key = {name: column.filter(chosen) for name, column in key.items()}
    content = {label: cell.filter(chosen) for label, cell in rows.content.items()}
    latest_first = {"when": pa.chunked_array([pa.array(-_last(dates)[mask].astype(np.int64))]), **content}
    found[mask] = copies(engine, key, latest_first)
    exact = copies(engine, content, {}) if found.any() else np.zeros(0, dtype=bool)
    return found, int(found.sum() - exact.sum())


def _same_content(
    engine: duckdb.DuckDBPyConnection, rows: Rows, dates: FileDates, good: np.ndarray, match: Match
) -> np.ndarray:
    """Records that say the same down to the minute. A wide row is a state of somebody, so it needs no time of day."""
    when = _last(dates).astype(np.int64)
    wide = match.layout.shape == "wide"
    mask = good if wide else good & (when % DAY != 0)
    found = np.zeros(len(rows), dtype=bool)
    if not mask.any():
        return found
    chosen = pa.array(mask)
    dated = set() if wide else {match.header.labels[p] for p in match.columns["occurred_at"]}
    key = {label: cell for label, cell in rows.content.items() if label not in dated}
    key = {label: cell if mask.all() else cell.filter(chosen) for label, cell in key.items()}
    times = pa.chunked_array([pa.array(when[mask])])
    minute = pa.chunked_array([pa.array(when[mask] // MINUTE)])
    found[mask] = copies(engine, {**key, "the minute": minute}, {"when": times})
    return found


def _last(dates: FileDates) -> np.ndarray:
    """The latest main date of each row; the rows asked about have one."""
    if len(dates.main) == 1:
        return dates.columns[dates.main[0]].values
    return np.fmax.reduce([dates.columns[name].values for name in dates.main])
