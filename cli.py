"""The command line: the same library the dashboard uses, for schedules and scripts.

With ``--json`` one JSON document goes to standard output and nothing else; everything said to a person then goes to
standard error. Exit codes: 0 done, 2 wrong usage, 3 a file was refused (the others are stored and reported).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import available_timezones

import pandas as pd
import typer

from cli_options import (
    HOME,
    AsJson,
    AsOf,
    Folder,
    KnownOn,
    Side,
    Step,
    Unit,
    View,
    asked_rules,
    day,
    print_json,
    tell,
    tell_if_empty,
    today,
)
from commands.care import care
from commands.owed import owed
from commands.plan import plan
from commands.reports import document, summary
from commands.retention import retention
from commands.signals import asked_review, signals
from commands.support import support
from loaders import Loaded, Options, Refusal, load
from loaders.scores import scale_of
from quality.catalogue import BY_NAME, DEFINITIONS_CHANGED
from quality.periods import last_closed_weeks
from quality.ratios import ratios as ratio_frame
from quality.ratios import records
from quality.restated import compare
from quality.review import with_verdicts
from quality.wishes import People, refused
from quality.words import count_in_words, interval_in_words, left_out_in_words, n_to_one, ratio_in_words
from sample_data import Plan, last_sunday, write
from store import History, ImportMeta, Stored, StoreError

REFUSED = 3
ROWS, NUMBERS = ("row", "rows"), ("number", "numbers")

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Quality control for recruiting desks.")


# --- sample ----------------------------------------------------------------------------------------------------------


@app.command()
def sample(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder the files are written to.")],
    seed: int = 20,
    desks: Annotated[int, typer.Option(min=1)] = 12,
    weeks: Annotated[int, typer.Option(min=1)] = 60,
    rows: Annotated[int | None, typer.Option(min=1, help="Exactly this many rows in one file.")] = None,
    end: Annotated[date | None, day("--end", text="Last day covered, a Sunday (default: last Sunday).")] = None,
) -> None:
    """Write made-up exports with a known truth (truth.json says what is in them)."""
    try:
        wanted = Plan(seed=seed, desks=desks, weeks=weeks, end=end or last_sunday(today()), rows=rows)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    for path in write(wanted, folder):
        typer.echo(path)


# --- import ----------------------------------------------------------------------------------------------------------


def zone(name: str) -> str:
    """An IANA time zone as --time-zone takes it."""
    if name not in available_timezones():
        raise typer.BadParameter(f"There is no time zone {name!r}; a name is America/Chicago, for instance.")
    return name


def scale(text: str) -> str:
    """A scale of scores as --score-scale takes it."""
    if scale_of(text) is None:
        raise typer.BadParameter(f"{text!r} is no scale; one is 1-5 or 0-10, for instance.")
    return text


def store_file(history: History, loaded: Loaded, dry_run: bool, complete: bool) -> Stored | None:
    """Each file is a transaction of its own; a refused one leaves the history as it was."""
    if complete and loaded.report.rejected:
        tell(f"{loaded.report.name}: {loaded.report.rejected} rows to mend count as missing from the complete file.")
    if dry_run:
        return preview_file(history, loaded, complete)
    if loaded.roster is not None:
        history.save_roster(loaded.roster)
    if loaded.frame is None:
        return None
    problems = [asdict(problem) for problem in loaded.report.problems]
    stored = history.add(loaded.frame, noted(loaded), problems, left_out=loaded.left_out, complete=complete)
    if loaded.contacts is not None:
        history.save_contacts(loaded.contacts)
    return stored


def preview_file(history: History, loaded: Loaded, complete: bool) -> Stored | None:
    """What storing would change; which rows a complete file would retire is said one by one."""
    if loaded.frame is None:
        return None
    stored = history.preview(loaded.frame, noted(loaded), complete=complete)
    if complete and not stored.repeated:
        tell_vanished(history.vanished(loaded.frame))
    return stored


def tell_vanished(frame: pd.DataFrame) -> None:
    rows: Iterable[Any] = frame.itertuples()
    tell_list(
        f"{count_in_words(len(frame), ROWS)} no longer in the file, to be retired:",
        [f"  {row.occurred_at:%Y-%m-%d %H:%M}  {row.desk}  {row.activity}" for row in rows],
    )


def tell_list(title: str, lines: list[str]) -> None:
    """The first lines below their title; nothing where there are none."""
    if lines:
        tell("\n".join([title, *lines[:20], *["  ..."][: len(lines) > 20]]))


def noted(loaded: Loaded) -> ImportMeta:
    report = loaded.report
    return ImportMeta(report.name, report.digest, report.layout or "", report.to_keep(), report.mends)


def taken(history: History, loaded: Loaded, dry_run: bool, complete: bool) -> tuple[Loaded, Stored | None]:
    """The file as it ended: what the history will not take is refused as what the loader will not read."""
    # A file that mends some rows of another holds just these, so it cannot be all there is of its days.
    complete = complete and loaded.report.mends is None
    try:
        return loaded, store_file(history, loaded, dry_run, complete)
    except StoreError as error:
        refusal = Refusal(error.code, error.reason, error.fix)
        return replace(loaded, report=replace(loaded.report, refused=refusal)), None


def past(history: History, log: Any, last: date) -> pd.DataFrame:
    """The ratios of every desk and month of the year up to ``last``, as this log knows them."""
    rules, roster = asked_rules(history), history.roster()
    return ratio_frame(
        log, as_of=last, start=last - timedelta(weeks=52), end=last, every="month", rules=rules, roster=roster
    )


def none_as_zero(count: Any) -> int:
    return 0 if pd.isna(count) else int(count)


def tell_restated(history: History, before: Any, last: date) -> None:
    """Say which numbers of the past are others now: files may tell more about days that were known already."""
    rows: Iterable[Any] = compare(past(history, before, last), past(history, history.log(), last)).itertuples()
    lines = [
        f"  {row.unit}  {row.period}  {BY_NAME[row.ratio].title}: {row.upstream_from:.0f} / {row.downstream_from:.0f}"
        f" -> {none_as_zero(row.upstream_to)} / {none_as_zero(row.downstream_to)}"
        for row in rows
    ]
    tell_list(f"{count_in_words(len(lines), NUMBERS)} of the past changed:", lines)


def asked_options(history: History, chosen: Options) -> Options:
    """What was asked for, and below it what the firm has settled before: its time zone, contacts, its own layouts."""
    settled = history.settings()
    return replace(
        chosen,
        own=history.own_layouts(),
        time_zone=chosen.time_zone or settled.get("time_zone"),
        contacts=bool(settled.get("contacts")),
    )


def alone(history: History) -> People:
    """Who wants to be left alone, as of today."""
    return refused(history.log(), today(), history.answers())


def waiting(history: History) -> str:
    """How many rows of imports in force still have a cell to mend, in words; empty where none has."""
    listed = history.imports()
    rows = int(listed.loc[listed["active"], "to_mend"].sum())
    return f"; {count_in_words(rows, ROWS)} to be mended" if rows else ""


@app.command("import")
def import_files(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, metavar="FILE...")],
    layout: Annotated[str | None, typer.Option(help="Name of the layout, instead of recognising it.")] = None,
    mapping: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="Layout of your own, TOML.")] = None,
    desk: Annotated[str | None, typer.Option(help="Whose file it is, where no column says it.")] = None,
    side: Annotated[Side | None, typer.Option(help="Whom calls are with, where no column says it.")] = None,
    sheet: Annotated[str | None, typer.Option(help="Sheet of the workbook to read.")] = None,
    day_first: Annotated[bool | None, typer.Option("--day-first/--month-first", help="How 03/04/2026 reads.")] = None,
    time_zone: Annotated[
        str | None,
        typer.Option(parser=zone, metavar="NAME", help="Where the firm is, for times in UTC (default: as stored)."),
    ] = None,
    score_scale: Annotated[
        str | None,
        typer.Option(parser=scale, metavar="LOW-HIGH", help="Scale of survey scores, such as 1-5."),
    ] = None,
    complete: Annotated[
        bool, typer.Option("--complete", help="Nothing is missing between each file's first and last day: retire it.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; store nothing.")] = False,
    as_json: AsJson = False,
    store: Folder = HOME / "data",
) -> None:
    """Load exports into the history."""
    history = History(store)
    chosen = Options(
        layout=layout,
        mapping=mapping,
        desk=desk,
        side=side,
        sheet=sheet,
        day_first=day_first,
        time_zone=time_zone,
        today=today(),
        score_scale=score_scale,
    )
    options = asked_options(history, chosen)
    before, span = history.log(), history.span()
    loaded, stored = [], []
    for path in files:
        one, changes = taken(history, load(path, path.name, options), dry_run, complete)
        tell(summary(one.report.to_json(), one.report.reason, alone(history)))
        loaded.append(one)
        stored.append(changes)
    if span and not dry_run:
        tell_restated(history, before, min(span[1], today()))
    counts = {name: sum(getattr(s, name) for s in stored if s) for name in ("added", "updated", "unchanged", "retired")}
    if as_json:
        people = alone(history)
        print_json({"files": [document(one.report.to_json(), people) for one in loaded], **counts})
    else:
        said = ", ".join(f"{count} {name}" for name, count in counts.items())
        typer.echo(said + (" (dry run)" if dry_run else "") + waiting(history))
    if any(one.report.refused for one in loaded):
        raise typer.Exit(REFUSED)


# --- ratios ----------------------------------------------------------------------------------------------------------


def period(start: date | None, end: date | None, as_of: date) -> tuple[date, date]:
    """The asked-for days; without them the last 13 closed weeks, as on the scoreboard."""
    usual = last_closed_weeks(as_of, 13)
    last = end or (as_of if start else usual.end)
    first = start or (last - timedelta(days=13 * 7 - 1) if end else usual.start)
    if first > last:
        raise typer.BadParameter(f"--from {first} lies after --to {last}.")
    return first, last


def ratio_rows(frame: pd.DataFrame, by: str) -> list[dict[str, Any]]:
    """The rows as scripts rely on them."""
    names = ("period", "ratio", "upstream", "downstream", "value", "low", "high", "standard", "verdict", "open")
    return [{by: row["unit"], **{name: row[name] for name in names}} for row in records(frame)]


def in_words(row: Any) -> str:
    """One result on one line: what it is, how sure, against what, and what came after."""
    title = BY_NAME[row.ratio].title
    facts = [interval_in_words(row.low, row.high), f"standard {n_to_one(row.standard)}"]
    facts += [f"{row.fell_off} fell off"] if pd.notna(row.fell_off) and row.fell_off else []
    facts += [f"{row.open} still open"] if pd.notna(row.open) and row.open else []
    return f"{row.unit}  {row.period}  {title}: {ratio_in_words(row)} ({'; '.join(filter(None, facts))})"


@app.command()
def ratios(
    start: Annotated[date | None, day("--from", text="First day (default: the last 13 closed weeks).")] = None,
    end: Annotated[date | None, day("--to", text="Last day.")] = None,
    by: Unit = "desk",
    every: Step | None = None,
    view: View = "activity",
    horizon: Annotated[
        int | None, typer.Option(min=1, metavar="DAYS", help="Cohort view: days a case may take.")
    ] = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    as_json: AsJson = False,
    store: Folder = HOME / "data",
) -> None:
    """The seven ratios against their standards."""
    history = History(store)
    asked = as_of or today()
    first, last = period(start, end, asked)
    rules, roster = asked_rules(history, horizon), history.roster()
    frame = ratio_frame(
        history.log(known_on),
        as_of=asked,
        start=first,
        end=last,
        by=by,
        every=every,
        view=view,
        rules=rules,
        roster=roster,
    )
    tell_if_empty(history, store)
    if left_out := left_out_in_words(*history.left_out()):
        tell(f"{left_out}.")
    if as_json:
        head = {"as_of": asked.isoformat(), "from": first.isoformat(), "to": last.isoformat(), "view": view}
        # Standards are agreed for counts of activity, so the cohort view has no verdicts.
        judged = asked_review(history, asked, known_on, rules, by) if view == "activity" else None
        rows = ratio_rows(with_verdicts(frame, judged) if judged else frame, by)
        print_json({**head, "definitions_changed": DEFINITIONS_CHANGED.isoformat(), "rows": rows})
        return
    for row in frame.itertuples():
        typer.echo(in_words(row))


app.command()(care)
app.command()(owed)
app.command()(plan)
app.command()(retention)
app.command()(signals)
app.command()(support)


if __name__ == "__main__":
    app()
