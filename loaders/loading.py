"""Load a file: read, recognise, arrange, parse, validate, report. Nothing is dropped in silence."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pyarrow.compute as pc

from loaders.arrange import Arranged, arrange, ignored_reasons, without_copies
from loaders.below import rows_below
from loaders.capitals import lower_names
from loaders.checks import Fates, check, decide
from loaders.contacts import column_uses, contact_points
from loaders.date_columns import FileDates, read_dates
from loaders.engine import connection
from loaders.events import Typed, build_log, by_rule, by_stage
from loaders.furniture import furniture
from loaders.left_out import left_out_rows
from loaders.mended import Mended, how_read, open_mended
from loaders.name_order import turn_names
from loaders.problems import Findings, unmapped_problems
from loaders.reading import RawFile, read_raw
from loaders.recognise import Match, survey
from loaders.refusal import RefusedError, refuse
from loaders.remarks import remarks_on_counts, remarks_on_file, remarks_on_log, remarks_on_rows
from loaders.report import Loaded, LoadReport, Options
from loaders.roster import read_roster
from loaders.rows import Rows
from loaders.schema import validate
from loaders.words import listing

Tell = Callable[[str, float], None]


def load(source: Path | bytes | RawFile, name: str, options: Options, progress: Tell | None = None) -> Loaded:
    """Turn an export into the activity log, or a roster file into the roster. A ``RawFile`` is not read again.

    Returns ``Loaded``: ``frame`` has the columns of ``LOG_COLUMNS`` without ``import_id``; it is None where the report
    says the file was refused. ``progress`` is told what is being done and the share that is done, 0 to 1.
    """
    loading = _Loading(name, options, progress or (lambda _what, _share: None))
    try:
        return loading.run(source)
    except RefusedError as error:
        digest = loading.report.digest or _digest(source)
        return Loaded(replace(loading.report, digest=digest, refused=error.refusal))


def _digest(source: Path | bytes | RawFile) -> str:
    if isinstance(source, RawFile):
        return source.digest
    data = source if isinstance(source, bytes) else source.read_bytes()
    return hashlib.sha256(data).hexdigest()


class _Loading:
    """One file on its way in; ``report`` holds what is known about it so far, should it be refused on the way."""

    def __init__(self, name: str, options: Options, tell: Tell) -> None:
        self.options = replace(options, desk=(options.desk or "").strip() or None)
        self.tell = tell
        self.report = LoadReport(name)
        self.mended: Mended | None = None

    def run(self, source: Path | bytes | RawFile) -> Loaded:
        raw = source if isinstance(source, RawFile) else self._read(source)
        self._note_raw(raw)
        self.mended = open_mended(raw)
        if self.mended:
            raw, self.options = self.mended.raw, self.mended.steer(self.options)
            self._note_raw(raw)
        self.tell("Recognising", 0.4)
        found = survey(raw, self.options)
        self.report = replace(self.report, candidates=found.candidates)
        match, aside = found.decide()
        del raw, found
        self._note_match(match, aside)
        rows = rows_below(match)
        self.report = replace(self.report, warnings=(*self.report.warnings, *remarks_on_rows(rows, match)))
        _require_rows(rows)
        with connection() as engine:
            load = self._load_roster if match.layout.shape == "roster" else self._load_log
            return load(engine, match, rows)

    def _read(self, source: Path | bytes) -> RawFile:
        return read_raw(source, self.report.name, lambda what, share: self.tell(what, share * 0.4))

    def _note_raw(self, raw: RawFile) -> None:
        sheets = {sheet.name or "": len(sheet.cells) for sheet in raw.sheets}
        self.report = replace(
            self.report,
            digest=raw.digest,
            encoding=raw.encoding,
            delimiter=raw.delimiter,
            sheets=sheets,
            warnings=raw.notes,
        )

    def _note_match(self, match: Match, aside: tuple[str, ...]) -> None:
        uses = column_uses(match, self.options)
        self.report = replace(
            self.report,
            layout=match.layout.name,
            layout_title=match.layout.title,
            sheet=match.sheet.name,
            header_row=match.header.last + 1,
            columns=uses,
            reason=match.reason,
            warnings=(*self.report.warnings, *aside, *remarks_on_file(match, uses)),
        )
        if self.mended:
            mends, remarks = self.mended.mends, self.mended.remarks
            warnings = (*self.report.warnings, *remarks)
            self.report = replace(self.report, reason=f"mended rows of {mends.name}", mends=mends, warnings=warnings)

    def _load_roster(self, engine: duckdb.DuckDBPyConnection, match: Match, rows: Rows) -> Loaded:
        turned = turn_names(rows, match)
        result = read_roster(engine, match, turned.rows, self.options)
        problems = tuple(result.findings.problems(result.rejected, rows.number))
        report = replace(
            self.report,
            rows_read=len(rows),
            accepted=len(result.roster),
            rejected=int(result.rejected.sum()),
            problems=problems,
            warnings=(*self.report.warnings, *turned.remarks, *result.warnings),
        )
        return Loaded(report, roster=result.roster)

    def _load_log(self, engine: duckdb.DuckDBPyConnection, match: Match, rows: Rows) -> Loaded:
        self.tell("Reading dates", 0.45)
        main = _main_dates(match)
        titles = {name: match.label(name) for name in rows.columns}
        told = self.mended.dates if self.mended else {}
        is_workbook = match.sheet.name is not None
        dates = read_dates(engine, rows, titles, main, self.options, match.layout, told, is_workbook)
        reading = how_read(self.report, match, self.options, dates.read_as)
        self.report = replace(self.report, date_order=dates.order, reading=reading)
        self.tell("Reading activities", 0.6)
        arranged = arrange(rows, match.layout)
        mask, texts = furniture(rows, match, dates.undated, arranged)
        self.report = replace(self.report, furniture=len(texts), furniture_rows=tuple(texts))
        rows, dates, arranged = rows.keep(~mask), dates.keep(~mask), arranged.keep(~mask)
        _require_rows(rows)
        dates = dates.under_conditions(rows, match.layout)
        if match.layout.copies:
            arranged = without_copies(engine, rows, match.layout, arranged)
        if not self.mended:
            _require_dates(dates, match)
            _require_known_activity(rows, arranged, match)
        rows.fill("desk", self.options.desk)
        rows = self._read_names(rows, match)
        return self._finish(engine, match, rows, dates, arranged)

    def _read_names(self, rows: Rows, match: Match) -> Rows:
        """Names of people as other systems write them."""
        turned = turn_names(rows, match, self.mended.turned if self.mended else None)
        lowered, remarks = lower_names(turned.rows, match)
        reading = {**self.report.reading, "turned": list(turned.headers)}
        warnings = (*self.report.warnings, *turned.remarks, *remarks)
        self.report = replace(self.report, reading=reading, warnings=warnings)
        return lowered

    def _finish(
        self, engine: duckdb.DuckDBPyConnection, match: Match, rows: Rows, dates: FileDates, arranged: Arranged
    ) -> Loaded:
        scale = self.options.score_scale or match.layout.score_scale
        # Rows to be mended stand on the scale of the file they came from, which few of them may not show.
        checked = check(rows, dates, arranged, match, scale, asks=self.mended is None)
        self.tell("Looking for copies", 0.7)
        fates = decide(engine, rows, dates, arranged, checked.findings, match)
        self._count(rows, fates, arranged, match, checked.findings)
        left_out = left_out_rows(rows, fates.unmapped | fates.rejected, match)
        typed = Typed(rows, checked.party, fates.repeats, dates.columns, checked.numbers).keep(fates.accepted)
        self.tell("Building the log", 0.8)
        if match.layout.shape == "wide":
            happened = by_stage(typed.dates, match.layout)
        else:
            happened = by_rule(arranged.rule[fates.accepted], typed.dates["occurred_at"], match.layout)
        log = build_log(engine, typed, happened, match.layout, self.options)
        self.tell("Checking the log", 0.9)
        frame = validate(log.frame)
        remarks = (
            *dates.warnings,
            *dates.uncompared({name: match.label(name) for name in dates.columns}, match.layout),
            *filter(None, [checked.turned]),
            *remarks_on_counts(self.report, match.layout),
            *remarks_on_log(log, rows, match, self.options, fates.differing),
        )
        report = replace(self.report, activities=len(frame), warnings=(*self.report.warnings, *remarks))
        self.tell("Done", 1.0)
        contacts = contact_points(typed.rows, frame, match, self.options)
        return Loaded(report, frame=frame, left_out=left_out, contacts=contacts)

    def _count(self, rows: Rows, fates: Fates, arranged: Arranged, match: Match, findings: Findings) -> None:
        reasons = ignored_reasons(match.layout)
        patterns = np.bincount(arranged.ignored[fates.ignored], minlength=len(reasons))
        ignored: dict[str, int] = {}
        for reason, count in zip(reasons, patterns, strict=True):
            if count:
                ignored[reason] = ignored.get(reason, 0) + int(count)
        unmapped, unknown = unmapped_problems(rows, fates.unmapped, match)
        problems = sorted(
            [*findings.problems(fates.rejected, rows.number), *unknown], key=lambda one: (one.row, one.column)
        )
        self.report = replace(
            self.report,
            rows_read=len(rows),
            accepted=int(fates.accepted.sum()),
            duplicate=int(fates.duplicate.sum()),
            ignored=int(fates.ignored.sum()),
            unmapped=int(fates.unmapped.sum()),
            rejected=int(fates.rejected.sum()),
            problems=tuple(problems),
            unmapped_values=unmapped,
            ignored_rows=ignored,
            duplicate_rows=fates.copies,
        )


def _main_dates(match: Match) -> tuple[str, ...]:
    """The fields or stages that say when something happened."""
    if match.layout.shape != "wide":
        return ("occurred_at",)
    return tuple(stage.name for stage in match.layout.stages if stage.name in match.columns)


def _require_rows(rows: Rows) -> None:
    if not len(rows):
        fix = "Export it again with a period in which something happened."
        raise refuse("header_only", "The file has names of columns and nothing below them.", fix)


def _require_dates(dates: FileDates, match: Match) -> None:
    if not any(dates.columns[name].read_as for name in dates.main):
        headers = listing(match.label(name) for name in dates.main)
        reason = f"No value in the column {headers} can be read as a date."
        raise refuse("no_date_column", reason, "Export the date of each activity, for instance as 2026-03-25.")


def _require_known_activity(rows: Rows, arranged: Arranged, match: Match) -> None:
    open_rows = (arranged.ignored < 0) & ~arranged.blank
    if open_rows.any() and (arranged.rule[open_rows] < 0).all():
        values = pc.unique(rows.text("activity")).drop_null().to_pylist()
        reason = f'No value in the column "{match.label("activity")}" is a known activity: {listing(values)}.'
        fix = "Choose the column that says what was done, or say which activity each value means (--mapping FILE.toml)."
        raise refuse("no_known_activity", reason, fix)
