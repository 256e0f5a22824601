"""What the columns of a file probably hold: by its layout, else by their headers, then by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.columns import OF_THE_FIRM, count_columns, find_columns
from loaders.decisions import DATE, DATE_FIELDS, Shape
from loaders.header import Header, best_header, find_headers
from loaders.layout import shipped_layouts, synonym_layout
from loaders.layout_check import FIELDS
from loaders.match import Match
from loaders.meanings import CALL, OPEN, meaning_of
from loaders.named_people import best_by_content, people_by_content, person_by_content
from loaders.reading import RawFile, Sheet
from loaders.recognise import Survey, survey
from loaders.refusal import RefusedError
from loaders.report import Candidate, Options
from loaders.shares import (
    LOOKED_AT,
    ended_share,
    headed_share,
    known_share,
    names_doer,
    outcome_share,
)
from loaders.sketch import How, Sketch
from loaders.spelled import plain, spelled
from loaders.suggest import likely_headers, likeness, looks_like_dates, looks_like_people, suggest_value
from loaders.words import value_key
from quality.vocabulary import LOG_COLUMNS

#: Fields found by what a column holds, one after the other.
_BY_CONTENT = (
    ("outcome", outcome_share),
    ("activity", known_share),
    ("activity", headed_share),
    ("outcome", ended_share),
)
_DATE_WORDS = re.compile(r"\b(date|dates|day|on|when|time|at)\b")


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
        return people_by_content(_recognised(best, found.candidates, options))
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
    known = count_columns(synonym_layout(), options)
    header = best_header(headers, known)
    if header is None:
        return Sketch(sheet, None)
    if options.header_row is None and known(header) == 0:
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
            drawn = best_by_content(drawn, name, share_of)
    drawn = person_by_content(drawn)
    unknown = drawn.layout is None and drawn.asked is None
    if unknown and "activity" not in drawn.fields and len(dated) >= 2:
        return people_by_content(_stages(drawn, dated))
    if "occurred_at" not in drawn.fields and dated:
        most = max(dated, key=lambda p: (drawn.tally(p).filled, drawn.labels[p]))
        drawn = drawn.adding({"occurred_at": (most,)}, "content")
    return people_by_content(drawn) if not options.desk else drawn


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
