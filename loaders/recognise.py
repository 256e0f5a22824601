"""Which layout a file has, on which sheet and under which header row: a score with a reason, never a silent guess."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.columns import FEWEST_KNOWN, count_columns, find_columns, find_position, missing_columns
from loaders.header import Header, best_header, find_headers
from loaders.layout import Layout, layout_from, layout_named, read_layout, shipped_layouts
from loaders.match import ENOUGH_VALUES, KNOWN_EXPORT, NOWHERE, OWN, Match
from loaders.reading import RawFile, Sheet
from loaders.refusal import RefusedError, refuse
from loaders.report import Candidate, Options
from loaders.tallies import MANY, Tallies
from loaders.unrecognised import check_told, unrecognised
from loaders.words import listing, nearest, value_key
from quality.vocabulary import REQUIRED_COLUMNS

__all__ = ["Match", "Survey", "survey"]


@dataclass(frozen=True, slots=True)
class Near:
    """A layout that would fit if the file had the columns it lacks."""

    layout: Layout
    missing: tuple[str, ...]

    @property
    def score(self) -> float:
        """Below one half: the share of needed columns that are there, halved."""
        return round(0.5 * (1 - len(self.missing) / len(self.layout.require)), 3)

    @property
    def lacking(self) -> str:
        """The headers that are missing."""
        return listing(header for name in self.missing for header in header_of(self.layout, name))

    @property
    def candidate(self) -> Candidate:
        """The layout as it is shown among others."""
        reason = f"resembles {self.layout.title}, but has no column {self.lacking}"
        return Candidate(self.layout.name, self.layout.title, self.score, reason)


def header_of(layout: Layout, name: str) -> list[str]:
    """The headers a layout looks for in the first place for a field or a stage; none for what it looks for nowhere."""
    spelled = {**layout.columns, **{stage.name: stage.spellings for stage in layout.stages}}
    first = " + ".join(spelled[name][0]) if name in spelled else name
    return [] if first == NOWHERE else [first]


@dataclass(frozen=True, slots=True)
class Survey:
    """Every layout that fits a file, laid over its sheets, and those that nearly do.

    ``notes`` are warnings about saved layouts that cannot be used.
    """

    options: Options
    sheets: Sequence[Sheet]
    layouts: Sequence[Layout]
    matches: Sequence[Match]
    near: Sequence[Near]
    notes: Sequence[str]

    @property
    def best(self) -> Match | None:
        """The layout with the highest rank; of several, that of the first sheet."""
        return max(self.matches, key=lambda match: match.rank, default=None)

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The layouts the best sheet could have, best first; those that lack a column they need come last."""
        best = self.best
        fitting = [match for match in self.matches if best and match.sheet is best.sheet]
        ranked = sorted(fitting, key=lambda match: match.rank, reverse=True)
        near = sorted(self.near, key=lambda one: (-one.score, one.layout.name))
        known = {match.layout.name for match in fitting}
        return (
            *(match.candidate for match in ranked),
            *(one.candidate for one in near if one.layout.name not in known),
        )

    def decide(self) -> tuple[Match, tuple[str, ...]]:
        """The best match, and warnings about what was left aside.

        Raises ``RefusedError``: ``column_missing``, ``no_header``, ``no_date_column``, ``no_desk_column``,
        ``no_activity_column``, ``columns_missing``, ``desk_needed``, ``ambiguous_layout``.
        """
        best = self.best
        if best is None:
            raise self._desk_needed() or unrecognised(self.sheets, self.layouts, self.options)
        self._check_tie(best)
        asked = self.options.mapping is not None or self.options.layout is not None
        remarks = () if asked else (*self.notes, *self._saved(best), *_weak(best))
        return best, (*remarks, *self._left_aside(best))

    def _desk_needed(self) -> RefusedError | None:
        """The refusal of a list of a known kind that lacks nothing but whose it is, as those of payroll do."""
        lists = (one for one in self.near if one.layout.shape == "wide")
        lacking = {one.layout.title for one in lists if one.missing == ("desk",)}
        if not lacking:
            return None
        reason = f"It looks like {listing(sorted(lacking))}, and no column says which desk's they are."
        return refuse(
            "desk_needed", reason, "Say whose they are: --desk NAME. Or export the column with the recruiter."
        )

    def _saved(self, best: Match) -> Iterable[str]:
        """What is to be said about the firm's saved layouts: of the one used what it lacks, of others why not."""
        if best.layout.priority == OWN:
            absent = [name for name in (*best.layout.columns, *_stages(best.layout)) if name not in best.columns]
            headers = [one for name in absent for one in header_of(best.layout, name)]
            if headers:
                yield f"Your layout {best.layout.title} finds no column {listing(headers)} in this file."
            return
        for one in self.near:
            if one.layout.priority == OWN:
                yield f"Your layout {one.layout.title} was not used: the file has no column {one.lacking}."

    def _check_tie(self, best: Match) -> None:
        tied = {m.layout.name: m.layout.title for m in self.matches if m.sheet is best.sheet and m.rank == best.rank}
        if len(tied) > 1:
            titles = listing(sorted(tied.values()))
            reason = f"The file looks as much like one kind of export as like another: {titles}."
            raise refuse("ambiguous_layout", reason, f"Say which it is: --layout with one of {listing(sorted(tied))}.")

    def _left_aside(self, best: Match) -> Iterable[str]:
        others = [sheet.name for sheet in self.sheets if sheet is not best.sheet and sheet.name and len(sheet.cells)]
        if not others:
            return
        logs = {m.sheet.name for m in self.matches if m.rank[0] == best.rank[0] and m.sheet is not best.sheet}
        also = [name for name in others if name in logs]
        text = f'Only the sheet "{best.sheet.name}" was read, not {listing(others, 20)}.'
        yield f"{text} {listing(also, 20)} could be read too: choose it with --sheet." if also else text


def survey(raw: RawFile, options: Options) -> Survey:
    """Lay every layout that could be meant over every sheet.

    Raises ``RefusedError``: ``sheet_missing``, ``layout_unknown``, ``mapping_invalid``, ``field_unknown``,
    ``column_personal``.
    """
    check_told(options)
    sheets = _sheets(raw, options)
    own, broken = _own(options)
    layouts = _layouts(options, own)
    tallies = Tallies()
    laid = [(layout, sheet, header) for sheet in sheets for layout, header in _laid(sheet, layouts, options)]
    chosen = frozenset(options.columns or {})
    matches = [
        _measured(Match(layout, sheet, header, find_columns(layout, header, options), chosen), tallies)
        for layout, sheet, header in laid
        if _stands(layout, header, options)
    ]
    near = [near for layout, _, header in laid for near in _nearly(layout, header, options)]
    return Survey(options, sheets, layouts, matches, near, broken)


def _sheets(raw: RawFile, options: Options) -> Sequence[Sheet]:
    """The sheets to look at; a file of plain text has no named sheet and is read whatever sheet is wanted."""
    named = [sheet.name for sheet in raw.sheets if sheet.name is not None]
    if options.sheet is None or not named:
        return raw.sheets
    found = [sheet for sheet in raw.sheets if sheet.name == options.sheet]
    if not found:
        reason = f'There is no sheet "{options.sheet}".{nearest(options.sheet, named)}'
        raise refuse("sheet_missing", reason, f"Choose one of {listing(named, 20)}.")
    return found


def _own(options: Options) -> tuple[dict[str, Layout], list[str]]:
    """The firm's saved layouts, and a sentence for each that cannot be used."""
    layouts, broken = {}, []
    for document in options.own:
        name = str(document.get("name", ""))
        try:
            layouts[name] = replace(read_layout(document, name), priority=OWN)
        except RefusedError as error:
            broken.append(f"Your layout {name} was not used. {error.refusal.reason}")
    return layouts, broken


def _layouts(options: Options, own: Mapping[str, Layout]) -> Sequence[Layout]:
    if options.mapping is not None:
        return [layout_from(options.mapping)]
    if options.layout:
        return [layout_named(options.layout, own)]
    return [*own.values(), *(layout for name, layout in shipped_layouts().items() if name not in own)]


def _laid(sheet: Sheet, layouts: Sequence[Layout], options: Options) -> Iterable[tuple[Layout, Header]]:
    """Every layout with the record of the sheet that is most like its header."""
    headers = find_headers(sheet.cells, options.header_row)
    for layout in layouts:
        header = best_header(headers, count_columns(layout, options))
        if header is not None:
            yield layout, header


def _stands(layout: Layout, header: Header, options: Options) -> bool:
    """Whether the columns a layout needs are there; a known export nobody asked for must have them itself."""
    asked = options.layout or options.mapping or layout.priority < KNOWN_EXPORT
    alone = replace(options, columns=None)
    own = True if asked else not missing_columns(layout, find_columns(layout, header, alone), alone)
    return own and not missing_columns(layout, find_columns(layout, header, options), options)


def _measured(match: Match, tallies: Tallies) -> Match:
    """A match with how many of its values are known, looking at every column that could hold them.

    Numbers nobody knows are left out: below a group of rows they are its count, not a value.
    """
    known_words = _known_words(match.layout)
    tried = []
    for place in _places(match):
        tally = tallies.of(match.sheet, match.header.last, place[0])
        words = [value_key(value) for value, _ in tally.commonest(MANY)]
        known = sum(word in known_words for word in words)
        numbers = sum(word.isdecimal() and word not in known_words for word in words)
        said = {word for word in words if word in known_words or not word.isdecimal()}
        told = len(said & known_words), len(said) + max(0, tally.distinct - MANY)
        tried.append((known, tally.distinct - numbers, place, told))
    nothing = (0, 0, (), (0, 0))
    known, distinct, place, told = max(tried, key=lambda one: one[0] / one[1] if one[1] else 0.0, default=nothing)
    columns = {**match.columns, **({"activity": place} if place else {})}
    return replace(match, columns=columns, known=known, distinct=distinct, told=told, complete=_complete(match))


def _known_words(layout: Layout) -> frozenset[str]:
    """Values of the activity column that mean something: an activity, or a row nobody did."""
    ignored = (
        one for pattern in layout.ignore for one in pattern.when if (one.column, one.test) == ("activity", "words")
    )
    return frozenset().union(*(rule.words for rule in layout.rules), *(one.words for one in ignored))


def _places(match: Match) -> Iterable[tuple[int, ...]]:
    """The columns that could hold the activity: where words of many systems are matched, every one that may."""
    if "activity" not in match.columns:
        return
    yield match.columns["activity"]
    if "synonyms" in match.layout.words and "activity" not in match.chosen:
        taken = {position for positions in match.columns.values() for position in positions}
        spellings = match.layout.columns["activity"]
        places = (find_position("activity", [spelling], match.header, taken) for spelling in spellings)
        yield from (place for place in places if place)


def _complete(match: Match) -> float:
    """The share of records that have what every row of the log needs."""
    records = len(match.sheet.cells) - match.header.last - 1
    stages = [match.columns[stage.name] for stage in match.layout.stages if stage.name in match.columns]
    wanted = [name for name in match.layout.require if name in REQUIRED_COLUMNS and name in match.columns]
    needed = [_filled(match, match.columns[name]) for name in wanted]
    if stages:
        needed.append(np.any([_filled(match, place) for place in stages], axis=0))
    return float(np.all(needed, axis=0).mean()) if records > 0 and needed else 0.0


def _filled(match: Match, place: tuple[int, ...]) -> np.ndarray:
    cells = [pa.array(match.sheet.cells[position].iloc[match.header.last + 1 :]) for position in place]
    return np.any([pc.not_equal(cell, "").to_numpy(zero_copy_only=False) for cell in cells], axis=0)


def _weak(best: Match) -> Iterable[str]:
    if best.layout.priority != OWN and best.distinct and best.share < ENOUGH_VALUES:
        kind = "by words only" if best.layout.priority < KNOWN_EXPORT else f"with {best.layout.title}"
        yield f"weak match: {kind}, {best.told[0]} of {best.told[1]} values known. Say what the others mean."


def _nearly(layout: Layout, header: Header, options: Options) -> Iterable[Near]:
    """A known layout most of whose columns are there, but not all it needs: a column was renamed or left out."""
    if layout.priority < KNOWN_EXPORT:
        return
    found = find_columns(layout, header, options)
    missing = missing_columns(layout, found, options)
    few = 2 * len(missing) <= len(layout.require) and "stages" not in missing
    if missing and few and len(found) >= FEWEST_KNOWN:
        yield Near(layout, tuple(missing))


def _stages(layout: Layout) -> list[str]:
    return [stage.name for stage in layout.stages]
