"""The table of a file and what its columns probably hold, whether a layout was recognised or not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from loaders.apart import of_the_table
from loaders.columns import is_personal
from loaders.decisions import DATE, Shape
from loaders.header import Header
from loaders.layout import Layout
from loaders.match import KNOWN_EXPORT
from loaders.reading import Sheet
from loaders.report import Candidate, Options
from loaders.rows import TEXT, emptied
from loaders.shares import (
    LOOKED_AT,
)
from loaders.suggest import looks_like_dates
from loaders.tallies import Tallies, Tally

How = Literal["layout", "synonym", "chosen", "similar", "content", "unused", "dropped", "contact"]


@dataclass(frozen=True, slots=True)
class Sketch:
    """The sheet and header looked at, None where there are none.

    ``layout`` is the one recognised, if any. ``fields`` are fields of the log, helper columns of the layout, or
    ``date:<meaning>`` in wide files -> positions of their columns; ``hows`` says who says so. ``asked`` is the shape a
    person said the file has, where that was not seen by itself.
    """

    sheet: Sheet | None
    header: Header | None
    layout: Layout | None = None
    fields: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    hows: Mapping[str, How] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()
    tallies: Tallies = field(default_factory=partial(Tallies, of_the_table))
    asked: Shape | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The headers."""
        return self.header.labels if self.header else ()

    @property
    def shape(self) -> Shape:
        """Whether a row is one activity or one candidate with a date for every stage."""
        if self.asked is not None:
            return self.asked
        if self.layout is not None:
            return "wide" if self.layout.shape == "wide" else "activity"
        return "wide" if any(name.startswith(DATE) for name in self.fields) else "activity"

    @property
    def known(self) -> bool:
        """Whether the layout recognised is that of one kind of export, not a general one."""
        return self.layout is not None and self.layout.priority >= KNOWN_EXPORT

    def tally(self, position: int) -> Tally:
        """What a column holds below the header."""
        assert self.sheet is not None
        assert self.header is not None
        return self.tallies.of(self.sheet, self.header.last, position)

    def text(self, positions: Sequence[int]) -> pa.ChunkedArray:
        """The cells of a column, or of several joined by a blank; null where they are empty."""
        cells = [emptied(pa.chunked_array([self.tally(position).column])) for position in positions]
        joined = pc.binary_join_element_wise(*cells, pa.scalar(" ", TEXT), null_handling="skip") if cells[1:] else None
        return cells[0] if joined is None else emptied(joined)

    def tally_of(self, name: str) -> Tally | None:
        """What a field holds, blank cells filled from the columns the layout falls back on; None where it has none."""
        fallback = self.layout.fallback if self.layout else {}
        chain = [name]
        while fallback.get(chain[-1], name) not in chain:
            chain.append(fallback[chain[-1]])
        places = [self.fields[one] for one in chain if one in self.fields]
        if len(places) == 1 and len(places[0]) == 1:
            return self.tally(places[0][0])
        return Tally(pc.coalesce(*map(self.text, places))) if places else None

    def free(self) -> list[int]:
        """Columns that hold nothing yet and no personal data."""
        taken = {position for positions in self.fields.values() for position in positions}
        return [p for p, label in enumerate(self.labels) if p not in taken and not is_personal(label)]

    def dated(self) -> list[int]:
        """Free columns most of whose values are written as dates."""
        return [p for p in self.free() if looks_like_dates(self.tally(p).samples(LOOKED_AT))]

    def chosen(self, options: Options) -> Sketch:
        """The sketch with the columns a person named marked as chosen."""
        said = [name for name in options.columns or {} if name in self.fields]
        return replace(self, hows={**self.hows, **dict.fromkeys(said, "chosen")})

    def without(self, names: Collection[str]) -> Sketch:
        """The sketch with the columns of some fields free again."""
        return replace(self, fields={name: places for name, places in self.fields.items() if name not in names})

    def adding(self, found: Mapping[str, tuple[int, ...]], how: How) -> Sketch:
        """The sketch with further fields."""
        return replace(self, fields={**self.fields, **found}, hows={**self.hows, **dict.fromkeys(found, how)})
