"""What is worth saying about a file that was understood: nothing that a number depends on is decided in silence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time

import numpy as np
import pyarrow.compute as pc

from loaders.arrange import cautions
from loaders.events import Log
from loaders.layout import Layout, shipped_layouts, spelling_keys
from loaders.meanings import NOBODY
from loaders.quantities import to_seconds
from loaders.recognise import Match
from loaders.report import ColumnUse, LoadReport, Options
from loaders.rows import Rows
from loaders.shares import FEW_VALUES
from loaders.suggest import sounds_fallen, sounds_missed, sounds_unreached, suggest_ending
from loaders.wordings import worded
from loaders.words import count_of, listing
from quality.vocabulary import ACTIVITIES

#: Nobody plans further ahead than these days, two years: beyond them a date is probably written wrong.
_FAR = 731
#: So many rows show which words a column holds.
_LOOKED_AT = 10_000
#: Activities that count unless their outcome says otherwise, how they count, and what sounds as if they should not.
_DONE = (("interview", "held", sounds_missed), ("send_out", "held", sounds_missed), ("fill", "placed", sounds_fallen))
_PERSONAL = {
    "dropped": "Columns with personal data were left out",
    "contact": "Phone numbers and e-mail addresses were kept, but apart from the log",
}


def remarks_on_file(match: Match, uses: Sequence[ColumnUse]) -> Iterable[str]:
    """Warnings about the file's columns, used as said, and about the layout itself."""
    yield from match.layout.warnings
    if match.header.repeated:
        yield f"Columns of the same name were told apart by a number: {listing(match.header.repeated)}."
    for how, text in _PERSONAL.items():
        headers = [use.header for use in uses if use.how == how]
        if headers:
            yield f"{text}: {listing(headers, 20)}."
    others = _other_people(match)
    if others:
        yield f'The work is credited to "{match.label("desk")}". Other columns with people: {listing(others)}.'


def remarks_on_rows(rows: Rows, match: Match) -> Iterable[str]:
    """Warnings about cells that were filled in before anything was read, and about columns that say who was reached."""
    for label, count in rows.repeated.items():
        yield f'Blank cells of "{label}" that repeat the cell above: {count:,}.'
    if "synonyms" in match.layout.words and "outcome" not in match.columns:
        yield from _unheard(rows, [use.header for use in match.uses if use.how == "unused"])


def _unheard(rows: Rows, unused: Sequence[str]) -> Iterable[str]:
    """Columns nothing uses, though some of their few words say that nobody was reached."""
    for label in unused:
        words = pc.unique(rows.cells[label].slice(0, _LOOKED_AT)).drop_null().to_pylist()
        few = words if len(words) <= FEW_VALUES else []
        nobody = [word for word in few if suggest_ending(word, None, False, None).meaning == NOBODY]
        if nobody:
            yield (
                f'The column "{label}" is not used, though it says that nobody was reached: {listing(nobody)}. Choose '
                "Outcome for it on the upload page; until then such calls count as conversations."
            )


def _other_people(match: Match) -> list[str]:
    """Unused columns that could say whose work it is: who gets the credit is a choice."""
    if "desk" not in match.columns or "desk" in match.chosen:
        return []
    known = {keys[0] for keys in spelling_keys(match.layout.columns["desk"]) if len(keys) == 1}
    unused = {use.header for use in match.uses if use.how == "unused"}
    keys = zip(match.header.labels, match.header.keys, strict=True)
    return [label for label, key in keys if label in unused and key in known]


def remarks_on_counts(report: LoadReport, layout: Layout) -> Iterable[str]:
    """Warnings about rows that are in no number."""
    for reason, remedy in {one.reason: one.remedy for one in layout.ignore if one.remedy}.items():
        if reason in report.ignored_rows:
            yield f"{count_of(report.ignored_rows[reason], 'row')} left out: {reason}. {remedy}"
    if report.unmapped:
        share = f"{report.unmapped:,} of {count_of(report.rows_read, 'row')} ({report.unmapped / report.rows_read:.0%})"
        yield f"{share} hold a value no activity is known for and are in no number."


def remarks_on_log(log: Log, rows: Rows, match: Match, options: Options, differing: int) -> Iterable[str]:
    """Warnings about the rows that were loaded."""
    conversations = int((log.frame["activity"] == "conversation").sum())
    if conversations:
        yield (
            f"{count_of(conversations, 'conversation')} that could be with a candidate or with a client, "
            "and so in no ratio. Say whose side the file is on: --side candidate or --side client."
        )
    is_own = match.layout.name not in shipped_layouts()
    yield from _kept(log, is_own)
    yield from _counted_as_done(log, is_own)
    yield from _other_ends(log, rows)
    if log.contradicted:
        yield f"{count_of(log.contradicted, 'row')} naming another side than their activity; the activity decides."
    if differing:
        yield f"{count_of(differing, 'row')} repeating an id with other content; the latest of each was kept."
    yield from _ahead(log, options)
    yield from _unread_durations(rows, match)
    if match.layout.shape != "wide":
        yield from cautions(rows, match.layout)


def _kept(log: Log, is_own: bool) -> Iterable[str]:
    """Outcomes nobody knows. Who mapped the file has looked them through: then only those that sound like no call."""
    words = {word: rows for word, rows in log.unknown_outcomes.items() if not is_own or sounds_unreached(word)}
    if words:
        count = count_of(sum(words.values()), "outcome")
        yield f"{count} kept as written; only known words make a hit or an attempt: {listing(words)}."


def _counted_as_done(log: Log, is_own: bool) -> Iterable[str]:
    """Meetings and placements whose outcome is in other words than ours: counted, and named where there is a doubt."""
    for activity, done, sounds in _DONE:
        said = log.frame.loc[log.frame["activity"] == activity, "outcome"].dropna()
        unknown = said[~said.isin(ACTIVITIES[activity].outcomes)]
        if is_own or activity != "send_out":
            unknown = unknown[unknown.map(sounds).astype(bool)]
        if len(unknown):
            count, words = count_of(len(unknown), activity.replace("_", "-")), listing(dict.fromkeys(unknown))
            yield f"{count} counted as {done}, whatever came of it: {words}. If one was not, map its outcome."


def _other_ends(log: Log, rows: Rows) -> Iterable[str]:
    """Ends for a reason in words nobody knows, and reasons without a day: both are easily taken for something else."""
    if "reason" not in rows:
        return
    ends = log.frame["activity"] == "end"
    reasons = dict(zip(rows.number.tolist(), rows.text("reason").to_pylist(), strict=True))
    other = log.frame.loc[ends & (log.frame["outcome"] == "other"), "source_row"].map(reasons).dropna()
    if len(other):
        words = listing(dict.fromkeys(other))
        yield f"{count_of(len(other), 'end')} for none of the reasons known, and so no early end: {words}."
    dated = {*log.frame.loc[ends, "source_row"]}
    told = {row: words for row, words in reasons.items() if words and worded("end", words) and row not in dated}
    missing = [told[row] for row in log.frame["source_row"].drop_duplicates() if row in told]
    if missing:
        words, count = listing(dict.fromkeys(missing)), count_of(len(missing), "reason")
        yield f"{count} why an assignment ended without the day it did: it counts as running ({words})."


def _unread_durations(rows: Rows, match: Match) -> Iterable[str]:
    for name, unit in match.layout.durations.items():
        codes, values = rows.coded(name)
        bad = [code for code, value in enumerate(values) if to_seconds(value, unit) is None]
        if bad:
            durations = count_of(int(np.isin(codes, bad).sum()), "duration")
            words = listing(sorted(values[code] for code in bad))
            yield f'{durations} in "{match.label(name)}" cannot be read and count as blank: {words}.'


def _ahead(log: Log, options: Options) -> Iterable[str]:
    if options.today is None:
        return
    days = log.frame["occurred_at"]
    ahead = days[days > datetime.combine(options.today, time.max)]
    if len(ahead):
        furthest = ahead.max()
        slip = ", probably a slip of the pen" if (furthest.date() - options.today).days > _FAR else ""
        rows = f"{count_of(len(ahead), 'row')} after {options.today:%Y-%m-%d}"
        yield f"{rows}: scheduled, counted once the day has come; the furthest is {furthest:%Y-%m-%d}{slip}."
