"""Every row's fate: accepted, a copy, ignored, without a known activity, or with a cell that must be mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pyarrow as pa

from loaders.arrange import Arranged
from loaders.date_columns import PROMISES, FileDates
from loaders.dates import FORMATS, DateColumn
from loaders.events import source_of
from loaders.ids import DAY, MINUTE, likely_repeats, numbered
from loaders.layout import Layout, Rule
from loaders.problems import Findings
from loaders.recognise import Match
from loaders.rows import Rows, lookup
from loaders.scores import OURS, Scale, scores
from loaders.values import added, parties

#: What makes an activity somebody's, beside what it was and when.
PEOPLE = ("desk", "candidate", "client", "contact", "job", "person")


@dataclass(frozen=True, slots=True)
class Fates:
    """What becomes of each row: the first five masks exclude each other and leave no row out.

    ``repeats`` marks rows that may be known by the same things as another; ``copies`` counts duplicates by reason;
    ``differing`` of them repeat an id with other content.
    """

    ignored: np.ndarray
    unmapped: np.ndarray
    rejected: np.ndarray
    duplicate: np.ndarray
    accepted: np.ndarray
    repeats: np.ndarray
    copies: Mapping[str, int]
    differing: int


@dataclass(frozen=True, slots=True)
class Checked:
    """Rows with their typed values and what was found wrong with them; ``turned`` says how scores were read, if so."""

    findings: Findings
    party: np.ndarray
    numbers: Mapping[str, np.ndarray]
    turned: str


def check(rows: Rows, dates: FileDates, arranged: Arranged, match: Match, scale: str, asks: bool) -> Checked:
    """Parse the remaining cells and note those that must be mended.

    ``scale`` is that of scores where somebody named it; ``asks``: it has to be known. Raises ``score_scale_unknown``.
    """
    findings = Findings()
    title = match.label
    findings.add("desk_missing", title("desk"), ~rows.filled("desk"))
    findings.add("activity_missing", title("activity"), arranged.blank)
    _check_main_dates(findings, rows, dates, match)
    for name in PROMISES:
        if name in dates.columns:
            _check_date(findings, rows, name, dates.columns[name], title(name))
    found = {"quantity": _check_number(findings, rows, match)} if "quantity" in rows else {}
    turned = ""
    if "score" in rows:
        answers = _answers(arranged, match.layout) & asks
        found["score"], turned = _check_scores(findings, rows, answers, title("score"), scale)
    party, unknown = parties(rows)
    findings.add("party_unknown", title("party"), unknown, rows.text("party"))
    return Checked(findings, party, found, turned)


def _check_main_dates(findings: Findings, rows: Rows, dates: FileDates, match: Match) -> None:
    by_title: dict[str, list[str]] = {}
    for name in dates.main:
        by_title.setdefault(match.label(name), []).append(name)
    for title, names in by_title.items():
        _check_date(findings, rows, names[0], _united([dates.columns[name] for name in names]), title)
    missing = np.all([dates.columns[name].missing for name in dates.main], axis=0)
    if dates.unmet is not None:
        missing &= ~dates.unmet
        asked = [condition.column for stage in match.layout.stages for condition in stage.when]
        title = ", ".join(dict.fromkeys(map(match.label, asked)))
        findings.add("stage_unmet", title, dates.unmet, rows.text(asked[0]))
    texts = rows.text(dates.main[0]) if len(by_title) == 1 else None
    findings.add("date_missing", ", ".join(by_title), missing, texts)


def _united(columns: Sequence[DateColumn]) -> DateColumn:
    """One column that several stages stand on, each where its conditions hold."""
    unparsed, implausible = ([getattr(column, name) for column in columns] for name in ("unparsed", "implausible"))
    return replace(columns[0], unparsed=np.any(unparsed, axis=0), implausible=np.any(implausible, axis=0))


def _check_date(findings: Findings, rows: Rows, name: str, column: DateColumn, title: str) -> None:
    findings.add("date_unparsed", title, column.unparsed, rows.text(name), FORMATS.get(column.read_as, FORMATS["iso"]))
    findings.add("date_implausible", title, column.implausible, rows.text(name))


def _check_number(findings: Findings, rows: Rows, match: Match) -> np.ndarray:
    """The quantity; what stands in several columns is added."""
    places = match.columns.get("quantity", ())
    parts = [rows.cells[match.header.labels[place]] for place in places] if len(places) > 1 else [rows.text("quantity")]
    values, bad = added(parts)
    findings.add("number_unparsed", match.label("quantity"), bad, rows.text("quantity"))
    return values


def _check_scores(
    findings: Findings, rows: Rows, answers: np.ndarray, title: str, scale: str
) -> tuple[np.ndarray, str]:
    """The scores of the log, and a warning where they were turned; ``answers`` are those to surveys that are asked."""
    codes, texts = rows.coded("score")
    counts = np.bincount(codes[answers & (codes >= 0)], minlength=len(texts))
    found, given = scores(texts, title, scale, counts.tolist())
    findings.add("number_unparsed", title, lookup(codes, [score is None for score in found], False), rows.text("score"))
    values = lookup(codes, [np.nan if score is None else score for score in found], np.nan).astype(float)
    findings.add("score_out_of_range", title, (values < 0) | (values > OURS.high), rows.text("score"))
    return values, _turned(title, given) if given.high != OURS.high else ""


def _turned(title: str, given: Scale) -> str:
    """What is said of scores that were turned into ours."""
    middle = given.told((given.low + given.high) / 2)
    return (
        f'The scores in "{title}" were given from {given.low:g} to {given.high:g} and are kept from 0 to 10: '
        f"{given.low:g} as 0, {(given.low + given.high) / 2:g} as {middle:g}, {given.high:g} as 10."
    )


def _answers(arranged: Arranged, layout: Layout) -> np.ndarray:
    """Which rows are answers to a survey."""
    if layout.shape == "wide":
        asked = any(give.activity == "survey" for stage in layout.stages for give in stage.give)
        return np.full(len(arranged.rule), asked)
    asking = [index for index, rule in enumerate(layout.rules) if any(one.activity == "survey" for one in rule.give)]
    return np.isin(arranged.rule, asking)


def decide(
    engine: duckdb.DuckDBPyConnection,
    rows: Rows,
    dates: FileDates,
    arranged: Arranged,
    findings: Findings,
    match: Match,
) -> Fates:
    """The fate of every row."""
    ignored = arranged.ignored >= 0
    unmapped = ~ignored & ~arranged.blank & (arranged.rule < 0)
    rejected = ~ignored & ~unmapped & findings.rows(len(rows))
    good = ~(ignored | unmapped | rejected)
    repeats = _repeats(engine, rows, dates, arranged, match)
    same_id, differing = _same_id(engine, rows, dates, good, match)
    same_content = _same_content(engine, rows, dates, good & repeats & ~rows.filled("activity_id"), match)
    duplicate = same_id | same_content
    reasons = {"same id": int(same_id.sum()), "same content in the same minute": int(same_content.sum())}
    return Fates(
        ignored=ignored,
        unmapped=unmapped,
        rejected=rejected,
        duplicate=duplicate,
        accepted=good & ~duplicate,
        repeats=repeats,
        copies={reason: count for reason, count in reasons.items() if count},
        differing=differing,
    )


def _repeats(
    engine: duckdb.DuckDBPyConnection, rows: Rows, dates: FileDates, arranged: Arranged, match: Match
) -> np.ndarray:
    """Rows that may share minute, activity and people with another: rows of equal identity are always among them."""
    people = [rows.text(name) for name in PEOPLE if name in rows]
    if match.layout.shape == "wide":
        return likely_repeats(engine, people)
    minute = dates.columns["occurred_at"].written.astype(np.int64) // MINUTE
    return likely_repeats(engine, [_column(minute), _column(_label_of(match.layout.rules)[arranged.rule]), *people])


def _label_of(rules: Sequence[Rule]) -> np.ndarray:
    """One number for rules that give the same activity; rules that give several share theirs with everybody."""
    if any(len(rule.give) > 1 for rule in rules):
        return np.zeros(len(rules) + 1, dtype=np.int64)
    names = [rule.give[0].activity for rule in rules]
    return np.array([*(names.index(name) for name in names), -1], dtype=np.int64)


def _column(values: np.ndarray) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(values)])


def _same_id(
    engine: duckdb.DuckDBPyConnection, rows: Rows, dates: FileDates, good: np.ndarray, match: Match
) -> tuple[np.ndarray, int]:
    """Of rows with one id the latest stays; also counts those that differ from it."""
    mask = good & rows.filled("activity_id")
    if not mask.any():
        return mask, 0
    key = [source_of(rows, match.layout), rows.text("activity_id")]
    mask &= likely_repeats(engine, key)
    latest_first = [_column(-_last(dates).astype(np.int64)), *rows.content]
    found = numbered(engine, key, latest_first, mask) > 1
    exact = numbered(engine, [*key, *rows.content], [], mask) > 1
    return found, int(found.sum() - exact.sum())


def _same_content(
    engine: duckdb.DuckDBPyConnection, rows: Rows, dates: FileDates, among: np.ndarray, match: Match
) -> np.ndarray:
    """Records that say the same down to the minute. A wide row is a state of somebody, so it needs no time of day."""
    if match.layout.shape == "wide":
        return numbered(engine, rows.content, [], among) > 1
    dates_of = dates.columns["occurred_at"]
    when, shown = dates_of.written.astype(np.int64), dates_of.when.astype(np.int64)
    dated = {match.header.labels[position] for position in match.columns.get("occurred_at", ())}
    key = [cell for label, cell in rows.cells.items() if label not in dated]
    minutes = [when // MINUTE] if dates_of.shift is None else [when // MINUTE, shown // MINUTE]
    timed = among & (when % DAY != 0)
    return numbered(engine, [*key, *map(_column, minutes)], [_column(when)], timed) > 1


def _last(dates: FileDates) -> np.ndarray:
    """The latest main date of each row; the rows asked about have one."""
    if len(dates.main) == 1:
        return dates.columns[dates.main[0]].written
    return np.fmax.reduce([dates.columns[name].written for name in dates.main])
