"""A layout laid over a sheet: which columns hold what, how well it fits, and the reason in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loaders.columns import is_personal, lender
from loaders.header import Header
from loaders.layout import Layout
from loaders.reading import Sheet
from loaders.report import Candidate, ColumnUse, Use

#: From this priority on a layout is a known export and stands, whatever its values are.
KNOWN_EXPORT = 4
#: A layout the firm saved itself goes before every other.
OWN = 9
#: A header no file has: what a layout looks for that nobody uses any more.
NOWHERE = "(not used)"
#: A general layout that knows less than half of the values stands back behind every other.
ENOUGH_VALUES = 0.5


@dataclass(frozen=True, slots=True)
class Match:
    """Field (or stage) -> positions of the columns that hold it.

    ``known`` of ``distinct`` values of the activity column mean something to the layout, by spelling; ``told``
    are the same two numbers with spellings of one word counted once, as people count. ``complete`` is the share of
    records that have what every row of the log needs: moment (in wide files any stage's date), desk and activity.
    """

    layout: Layout
    sheet: Sheet
    header: Header
    columns: Mapping[str, tuple[int, ...]]
    chosen: frozenset[str] = frozenset()
    known: int = 0
    distinct: int = 0
    told: tuple[int, int] = (0, 0)
    complete: float = 0.0

    @property
    def used(self) -> int:
        """How many columns of the file the layout uses."""
        return len({position for positions in self.columns.values() for position in positions})

    @property
    def share(self) -> float:
        """The share of the different values that are known; 0 where the layout looks at none."""
        return self.known / self.distinct if self.distinct else 0.0

    @property
    def rank(self) -> tuple[float, int, float, int]:
        """Order of preference: kind of layout, columns used, share of values known."""
        general = self.layout.priority < KNOWN_EXPORT and self.layout.shape in ("activity", "stage")
        priority = 1 if general and self.share < ENOUGH_VALUES else self.layout.priority
        return priority, self.used, self.share, len(self.sheet.cells) - self.header.last

    @property
    def score(self) -> float:
        """How well the layout fits, 0 to 1: the mean of three shares, of which the second needs values to look at.

        Columns used, of those that file and layout could have in common; different values known; records that have
        what every row of the log needs.
        """
        spelled = len(self.layout.columns) + len(self.layout.stages)
        columns = min(1.0, self.used / max(1, min(len(self.header.labels), spelled)))
        parts = [columns, self.complete, *([self.share] if self.distinct else [])]
        return round(sum(parts) / len(parts), 3)

    @property
    def reason(self) -> str:
        """The recognition in words."""
        text = f"{self._kind()}: {self.used} of {len(self.header.labels)} columns"
        return f"{text}; {self.told[0]} of {self.told[1]} values known" if self.distinct else text

    def _kind(self) -> str:
        if self.layout.priority == OWN:
            return f"your layout {self.layout.title}"
        return "matched by names and words" if self.layout.name == "matched" else f"looks like {self.layout.title}"

    @property
    def candidate(self) -> Candidate:
        """The match as it is shown among others."""
        return Candidate(self.layout.name, self.layout.title, self.score, self.reason)

    @property
    def uses(self) -> tuple[ColumnUse, ...]:
        """Every column of the file with what became of it, in the order of the file."""
        by_position: dict[int, list[str]] = {}
        for name, positions in self.columns.items():
            for position in positions:
                by_position.setdefault(position, []).append(name)
        return tuple(self._use(label, by_position.get(p, [])) for p, label in enumerate(self.header.labels))

    def _use(self, label: str, names: Sequence[str]) -> ColumnUse:
        if not names:
            return ColumnUse(label, None, "dropped" if is_personal(label) else "unused")
        if self.chosen.intersection(names):
            return ColumnUse(label, names[0], "chosen")
        stages = {stage.name: [give.activity for give in stage.give] for stage in self.layout.stages}
        meant = dict.fromkeys(word for name in names for word in stages.get(name, [name]))
        how: Use = "synonym" if "synonyms" in self.layout.words else "layout"
        return ColumnUse(label, " + ".join(meant), how)

    def label(self, name: str) -> str:
        """The header, as people know it, of the column that holds a field; its own name where a pattern fills it."""
        source = name if name in self.columns else lender(self.layout, name, self.columns) or ""
        positions = self.columns.get(source, ())
        return " + ".join(self.header.labels[p] for p in positions) or name
