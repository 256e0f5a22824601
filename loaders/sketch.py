"""The table of a file and what its columns probably hold, whether a layout was recognised or not."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from loaders.apart import of_the_table
from loaders.columns import OF_THE_FIRM, count_columns, find_columns, is_personal
from loaders.decisions import DATE, DATE_FIELDS, Shape
from loaders.header import Header, best_header, find_headers
from loaders.layout import Layout, shipped_layouts, synonym_layout
from loaders.layout_check import FIELDS
from loaders.match import KNOWN_EXPORT, Match
from loaders.meanings import CALL, OPEN, about_client, meaning_of
from loaders.reading import RawFile, Sheet
from loaders.recognise import Survey, survey
from loaders.refusal import RefusedError
from loaders.report import Candidate, Options
from loaders.rows import TEXT, emptied
from loaders.shares import (
    FEW_VALUES,
    KNOWN_SHARE,
    LOOKED_AT,
    ended_share,
    headed_share,
    known_share,
    many_people_share,
    names_doer,
    outcome_share,
    person_share,
)
from loaders.spelled import doubt, means_other, names_firm, plain, spelled
from loaders.suggest import likely_headers, likeness, looks_like_dates, looks_like_people, names_typist, suggest_value
from loaders.tallies import Tallies, Tally
from loaders.words import value_key
from quality.vocabulary import LOG_COLUMNS

How = Literal["layout", "synonym", "chosen", "similar", "content", "unused", "dropped", "contact"]

#: Fields found by what a column holds, one after the other.
_BY_CONTENT = (
    ("outcome", outcome_share),
    ("activity", known_share),
    ("activity", headed_share),
    ("outcome", ended_share),
)
#: A name that stands in so many rows on average is one of the firm's own people.
OFTEN = 10
_DATE_WORDS = re.compile(r"\b(date|dates|day|on|when|time|at)\b")


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


def sketch(raw: RawFile, options: Options, shape: Shape | None = None) -> Sketch:
    """What can be said about a file, where it has the shape a person says it has; never raises."""
    drawn = _as_seen(raw, options)
    if shape in (None, drawn.shape) or drawn.header is None:
        return drawn
    drawn = _by_words(Sketch(drawn.sheet, drawn.header, candidates=drawn.candidates, asked=shape), options)
    return _completed(drawn.chosen(options), options) if shape == "activity" else _as_wide(drawn, options)


def _as_seen(raw: RawFile, options: Options) -> Sketch:
    try:
        found = survey(raw, options)
    except RefusedError:
        found = Survey(options, raw.sheets, (), (), (), ())
    lacking = found.best is None and any(one.missing == ("desk",) for one in found.near)
    # Whose file it is can be asked: everything else is known from the layout.
    if lacking and (best := survey(raw, replace(options, desk="?")).best):
        return _people_by_content(_recognised(best, found.candidates, options))
    if found.best is not None:
        drawn = _recognised(found.best, found.candidates, options)
        return drawn if drawn.known or drawn.shape == "wide" else _completed(drawn, options)
    return _completed(_unrecognised(raw, options), options)


def _recognised(match: Match, candidates: tuple[Candidate, ...], options: Options) -> Sketch:
    drawn = Sketch(match.sheet, match.header, match.layout, candidates=candidates)
    how: How = "synonym" if "synonyms" in match.layout.words else "layout"
    stages = {stage.name: f"{DATE}{meaning_of(stage.give[0])}" for stage in match.layout.stages}
    fields: dict[str, tuple[int, ...]] = {}
    for name, positions in match.columns.items():
        known, taken = stages.get(name, name), {place for places in fields.values() for place in places}
        if not taken & set(positions):
            fields[known] = (*fields.get(known, ()), *positions)
    return drawn.adding(fields, how).chosen(options)


def _unrecognised(raw: RawFile, options: Options) -> Sketch:
    """The likeliest table, with the columns whose headers are known words."""
    wanted = [sheet for sheet in raw.sheets if sheet.name == options.sheet]
    drawn = [_drawn(sheet, options) for sheet in wanted or raw.sheets]
    best = max(drawn, key=lambda one: (len(one.fields), len(one.labels)), default=Sketch(None, None))
    return best.chosen(options)


def _drawn(sheet: Sheet, options: Options) -> Sketch:
    headers = find_headers(sheet.cells, options.header_row)
    header = best_header(headers, partial(count_columns, synonym_layout(), options))
    if header is None:
        return Sketch(sheet, None)
    if options.header_row is None and count_columns(synonym_layout(), options, header) == 0:
        header = max((one for one in headers if one.rows == 1), key=_names, default=header)
    return _by_words(Sketch(sheet, header), options)


def _by_words(drawn: Sketch, options: Options) -> Sketch:
    """The columns whose headers are known words."""
    assert drawn.header is not None
    # General layouts of one row an activity: their headers are known words too.
    for layout in (synonym_layout(), *(one for one in shipped_layouts().values() if one.shape == "stage")):
        free = set(drawn.free())
        found = find_columns(layout, drawn.header, options)
        new = {n: places for n, places in found.items() if n in FIELDS and n not in drawn.fields and free >= {*places}}
        drawn = drawn.adding(new, "synonym")
        options = replace(options, columns=None)
    return drawn


def _names(header: Header) -> tuple[int, int]:
    """How much a record looks like names of columns: cells of text, none twice; the upper before the lower."""
    texts = [label for label in header.labels if not label.startswith("(column ") and not re.search(r"\d", label)]
    return len(texts) - len(header.repeated), -header.last


def _completed(drawn: Sketch, options: Options) -> Sketch:
    """A sketch with columns found by likeness of their headers, then by what they hold."""
    if drawn.header is None:
        return drawn
    drawn = _similar(drawn)
    dated = drawn.dated()
    for name, share_of in _BY_CONTENT:
        # How a call ended is told apart from what was done only where another column tells the latter.
        if name not in drawn.fields and (share_of is not ended_share or "activity" in drawn.fields):
            drawn = _best_by_content(drawn, name, share_of)
    drawn = _person_by_content(drawn)
    unknown = drawn.layout is None and drawn.asked is None
    if unknown and "activity" not in drawn.fields and len(dated) >= 2:
        return _people_by_content(_stages(drawn, dated))
    if "occurred_at" not in drawn.fields and dated:
        most = max(dated, key=lambda p: (drawn.tally(p).filled, drawn.labels[p]))
        drawn = drawn.adding({"occurred_at": (most,)}, "content")
    return _people_by_content(drawn) if not options.desk else drawn


def _as_wide(drawn: Sketch, options: Options) -> Sketch:
    """A row is a candidate: its date columns are stages first, and no column says when the row happened or what."""
    drawn = drawn.without(("activity", *DATE_FIELDS))
    drawn = _completed(_stages(drawn, drawn.dated()).chosen(options), options)
    return drawn.without(("activity", "occurred_at"))


def _similar(drawn: Sketch) -> Sketch:
    """Each free column for the field whose headers it is most like, where no other is as like."""
    scored: list[tuple[float, str, int]] = []
    for position in drawn.free():
        key = plain(drawn.labels[position])
        for name in _possible(drawn, position) - drawn.fields.keys():
            score = max(likeness(key, word) for word in spelled()[name] | likely_headers(name))
            scored += [(score, name, position)] if score else []
    for _, name, position in sorted(scored, key=lambda one: (-one[0], drawn.labels[one[2]], one[1])):
        if name not in drawn.fields and position in drawn.free():
            drawn = drawn.adding({name: (position,)}, "similar")
    return drawn


def _possible(drawn: Sketch, position: int) -> set[str]:
    """The fields a column could hold as its cells are: likeness of a header never makes a person of a date."""
    values = drawn.tally(position).samples(LOOKED_AT)
    dates = {name for name in spelled() if LOG_COLUMNS.get(name) in ("timestamp", "date")}
    if looks_like_dates(values):
        return dates
    if names_doer(drawn.labels[position]):
        return {*OF_THE_FIRM} & spelled().keys()
    others = spelled().keys() - dates
    return others - {"activity", "outcome", "party", "channel"} if looks_like_people(values) else set(others)


def _best_by_content(
    drawn: Sketch, name: str, share_of: Callable[[str, Tally], float], but: int | None = None
) -> Sketch:
    """The column most of whose rows hold what the field holds, ``but`` for one."""
    free = [p for p in drawn.free() if p != but]
    scored = [(share, drawn.labels[p], p) for p in free if (share := share_of(drawn.labels[p], drawn.tally(p)))]
    best = max(scored, default=None)
    return drawn.adding({name: (best[2],)}, "content") if best and best[0] >= KNOWN_SHARE else drawn


def _person_by_content(drawn: Sketch) -> Sketch:
    """A column headed *Person*, or one that names very many people: candidates, or both sides where rows mix them."""
    if {"candidate", "person"} & drawn.fields.keys():
        return drawn
    drawn = _past_the_typist(drawn)
    doer = _doer(drawn)
    for share_of in (person_share, _of_many):
        as_candidate = _best_by_content(drawn, "candidate", share_of, doer)
        if _sides_mix(as_candidate):
            return _best_by_content(drawn, "person", share_of, doer)
        if "candidate" in as_candidate.fields:
            return as_candidate
    return drawn


def _of_many(label: str, tally: Tally) -> float:
    return 0.0 if means_other(label) else many_people_share(label, tally)


def _sides_mix(drawn: Sketch) -> bool:
    """Whether rows that are about the client name somebody in the column of the candidates."""
    activity = drawn.tally_of("activity")
    if "candidate" not in drawn.fields or activity is None or activity.many:
        return False
    if "party" in drawn.fields:
        return True
    named = activity.column.filter(pc.is_valid(drawn.text(drawn.fields["candidate"])).combine_chunks())
    meanings = (suggest_value(value, OPEN, None, False).meaning for value in Tally(named).samples(FEW_VALUES))
    return any(about_client(meaning) for meaning in meanings)


def _people_by_content(drawn: Sketch) -> Sketch:
    """The column of names that repeats itself most is whose work it is."""
    drawn = _past_the_typist(drawn)
    likeliest = _repeats_most(drawn)
    return drawn if likeliest is None else drawn.adding({"desk": (likeliest,)}, "content")


def _repeats_most(drawn: Sketch) -> int | None:
    """The column of names that repeats itself most, where no column says whose work it is."""
    people = [p for p in drawn.free() if _names_few_people(drawn, p)]
    if "desk" in drawn.fields or not people:
        return None
    return min(people, key=lambda p: (doubt(drawn.labels[p]), drawn.tally(p).distinct, drawn.labels[p]))


def _doer(drawn: Sketch) -> int | None:
    """A column of very few names (*Who*: four in a hundred rows): those who did it, not those it was done with."""
    likeliest = _repeats_most(drawn)
    return likeliest if likeliest is not None and _names_own_people(drawn, likeliest) else None


def _past_the_typist(drawn: Sketch) -> Sketch:
    """Who only wrote the rows down gives way to a column headed like the people whose work they are."""
    held = drawn.fields.get("desk", ())
    if drawn.known or not held or not all(names_typist(drawn.labels[p]) for p in held):
        return drawn
    free = [p for p in drawn.free() if not names_typist(drawn.labels[p])]
    others = [p for p in free if names_firm(drawn.labels[p])] or [p for p in free if _names_own_people(drawn, p)]
    return drawn.adding({"desk": (others[0],)}, "similar") if others else drawn


def _names_own_people(drawn: Sketch, position: int) -> bool:
    """Whether a column holds so few names so often that they are the firm's own."""
    tally = drawn.tally(position)
    return _names_few_people(drawn, position) and tally.distinct * OFTEN <= tally.filled


def _names_few_people(drawn: Sketch, position: int) -> bool:
    """Whether a column holds people in most rows, each several times: by their names, or as its header says."""
    tally, label = drawn.tally(position), drawn.labels[position]
    few = not tally.many and 2 * tally.distinct <= tally.filled and 2 * tally.filled >= len(tally.column)
    named = names_doer(label) or looks_like_people(tally.samples(LOOKED_AT))
    return few and not means_other(label) and named


def _stages(drawn: Sketch, dated: Sequence[int]) -> Sketch:
    """Date columns of a wide file, each for the activity its header names."""
    found: dict[str, tuple[int, ...]] = {}
    for position in dated:
        words = " ".join(_DATE_WORDS.sub(" ", value_key(drawn.labels[position])).split())
        meaning = suggest_value(words, OPEN, None, False).meaning
        name = f"{DATE}{'recruiting_call' if meaning == CALL else meaning}"
        if meaning != OPEN:
            found[name] = (*found.get(name, ()), position)
    return drawn.adding(found, "similar")


def could_be_credited(drawn: Sketch, position: int) -> bool:
    """Whether a column could say whose work a row is: by its header, or by holding names of few people."""
    label = drawn.labels[position]
    key = value_key(label)
    spelled = {value_key(s[0]) for s in synonym_layout().columns["desk"] if len(s) == 1} | set(OF_THE_FIRM)
    if key in spelled:
        return True
    free = position in drawn.free() or position in drawn.fields.get("desk", ())
    return free and (names_firm(label) or _names_few_people(drawn, position))
