"""Which layout a file has, on which sheet and under which header row: a score with a reason, never a silent guess."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from loaders.columns import count_columns, find_columns, find_position, is_personal, missing_columns
from loaders.header import Header, best_header, find_headers
from loaders.layout import Layout, layout_from, layout_named, shipped_layouts
from loaders.reading import RawFile, Sheet
from loaders.refusal import refuse
from loaders.report import ColumnUse, Options, Use
from loaders.unrecognised import check_told, unrecognised
from loaders.words import listing, nearest, value_key

#: From this priority on a layout is a known export and stands, whatever its values are.
KNOWN_EXPORT = 4
#: A general layout that knows less than half of the values stands back behind every other.
ENOUGH_VALUES = 0.5


@dataclass(frozen=True, slots=True)
class Match:
    """A layout laid over a sheet: field (or stage) -> positions of the columns that hold it."""

    layout: Layout
    sheet: Sheet
    header: Header
    columns: Mapping[str, tuple[int, ...]]
    chosen: frozenset[str] = frozenset()
    known: int = 0
    distinct: int = 0

    @property
    def used(self) -> int:
        """How many columns of the file the layout uses."""
        return len({position for positions in self.columns.values() for position in positions})

    @property
    def rank(self) -> tuple[float, int, float, int]:
        """Order of preference: kind of layout, columns used, share of values known."""
        share = self.known / self.distinct if self.distinct else 0.0
        general = self.layout.priority < KNOWN_EXPORT and self.layout.shape in ("activity", "stage")
        priority = 1 if general and share < ENOUGH_VALUES else self.layout.priority
        return priority, self.used, share, len(self.sheet.cells) - self.header.last

    @property
    def reason(self) -> str:
        """The recognition in words."""
        kind = "matched by names and words" if self.layout.name == "matched" else f"looks like {self.layout.title}"
        text = f"{kind}: {self.used} of {len(self.header.labels)} columns"
        return f"{text}; {self.known} of {self.distinct} values known" if self.distinct else text

    @property
    def uses(self) -> tuple[ColumnUse, ...]:
        """Every column of the file with what became of it, in the order of the file."""
        by_position = {p: name for name, positions in self.columns.items() for p in positions}
        return tuple(self._use(label, by_position.get(p)) for p, label in enumerate(self.header.labels))

    def _use(self, label: str, name: str | None) -> ColumnUse:
        if name is None:
            return ColumnUse(label, None, "dropped" if is_personal(label) else "unused")
        if name in self.chosen:
            return ColumnUse(label, name, "chosen")
        stages = {stage.name: " + ".join(give.activity for give in stage.give) for stage in self.layout.stages}
        how: Use = "synonym" if "synonyms" in self.layout.words else "layout"
        return ColumnUse(label, stages.get(name, name), how)

    def label(self, name: str) -> str:
        """The header, as people know it, of the column that holds a field."""
        return " + ".join(self.header.labels[p] for p in self.columns[name])


def recognise(raw: RawFile, options: Options) -> tuple[Match, tuple[str, ...]]:
    """The best match over all sheets and header rows, and warnings about what was left aside.

    Raises ``RefusedError``: ``sheet_missing``, ``layout_unknown``, ``mapping_invalid``, ``field_unknown``,
    ``column_personal``, ``column_missing``,
    ``no_header``, ``no_date_column``, ``no_desk_column``, ``no_activity_column``, ``ambiguous_layout``.
    """
    check_told(options)
    sheets = _sheets(raw, options)
    layouts = _layouts(options)
    matches = [match for sheet in sheets for match in _matches(sheet, layouts, options)]
    if not matches:
        raise unrecognised(sheets, layouts, options)
    best = max(matches, key=lambda match: match.rank)
    _check_tie(best, matches)
    return best, _left_aside(best, matches, sheets)


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


def _layouts(options: Options) -> Sequence[Layout]:
    if options.mapping is not None:
        return [layout_from(options.mapping)]
    return [layout_named(options.layout)] if options.layout else list(shipped_layouts().values())


def _matches(sheet: Sheet, layouts: Sequence[Layout], options: Options) -> Iterable[Match]:
    headers = find_headers(sheet.cells, options.header_row)
    for layout in layouts:
        header = best_header(headers, partial(count_columns, layout, options))
        if header and _stands(layout, header, options):
            yield _with_values(layout, sheet, header, find_columns(layout, header, options), options)


def _stands(layout: Layout, header: Header, options: Options) -> bool:
    """Whether the columns a layout needs are there; a known export nobody asked for must have them itself."""
    asked = options.layout or options.mapping or layout.priority < KNOWN_EXPORT
    alone = replace(options, columns=None)
    own = True if asked else not missing_columns(layout, find_columns(layout, header, alone), alone)
    return own and not missing_columns(layout, find_columns(layout, header, options), options)


def _with_values(
    layout: Layout, sheet: Sheet, header: Header, found: dict[str, tuple[int, ...]], options: Options
) -> Match:
    """Complete a match by how many of its values are known, looking at every column that could hold them."""
    known_words = frozenset().union(*(rule.words for rule in layout.rules))
    chosen = frozenset(options.columns or {})
    places = [found["activity"]] if "activity" in found else []
    if places and "synonyms" in layout.words and "activity" not in chosen:
        places += _other_places(layout, header, found)
    tried = []
    for place in places:
        values = [value_key(value) for value in _distinct(sheet.cells, header, place) if value]
        tried.append((sum(value in known_words for value in values), len(values), place))
    if not tried:
        return Match(layout, sheet, header, found, chosen)
    known, count, place = max(tried, key=lambda one: one[0] / one[1] if one[1] else 0.0)
    return Match(layout, sheet, header, found | {"activity": place}, chosen, known, count)


def _other_places(layout: Layout, header: Header, found: Mapping[str, tuple[int, ...]]) -> list[tuple[int, ...]]:
    taken = {position for positions in found.values() for position in positions}
    places = (find_position("activity", [spelling], header, taken) for spelling in layout.columns["activity"])
    return [place for place in places if place]


def _distinct(cells: pd.DataFrame, header: Header, place: tuple[int, ...]) -> list[str]:
    column = pa.array(cells[place[0]].iloc[header.last + 1 :])
    return pc.unique(column).to_pylist()


def _check_tie(best: Match, matches: Sequence[Match]) -> None:
    tied = {m.layout.title for m in matches if m.sheet is best.sheet and m.rank == best.rank}
    if len(tied) > 1:
        names = sorted(m.layout.name for m in matches if m.sheet is best.sheet and m.rank == best.rank)
        reason = f"The file looks as much like one kind of export as like another: {listing(sorted(tied))}."
        raise refuse("ambiguous_layout", reason, f"Say which it is: --layout with one of {listing(names)}.")


def _left_aside(best: Match, matches: Sequence[Match], sheets: Sequence[Sheet]) -> tuple[str, ...]:
    others = [sheet.name for sheet in sheets if sheet is not best.sheet and sheet.name and len(sheet.cells)]
    if not others:
        return ()
    logs = {m.sheet.name for m in matches if m.rank[0] == best.rank[0] and m.sheet is not best.sheet}
    text = f'Only the sheet "{best.sheet.name}" was read, not {listing(others, 20)}.'
    also = [name for name in others if name in logs]
    return (f"{text} {listing(also, 20)} could be read too: choose it with --sheet." if also else text,)
