"""People who want to be left alone: by their last wish on record, or because somebody answered so to what was owed."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from narwhals.typing import IntoFrame

from quality.answers import left_alone
from quality.events import IN_ORDER, visible
from quality.owed_people import WISHES
from quality.promises import side

#: What stands instead of a name where somebody wants to be left alone.
NAMELESS = "Do not contact"
#: Columns by which the person of a row could be recognised all the same, and what became of somebody who was named.
_TELLING, _BECAME = ("ref", "job", "contact", "notes", "note", "other_offer", "sentence"), ("became", "became_on")
#: Columns that are written by hand, where anybody may be named.
_WRITTEN = ("notes", "note", "topic")
#: What may stand beside a name: a letter or digit makes it another one. Below it, a word.
_APART, _WORD = r"[^0-9A-Za-z\x{C0}-\x{1FFF}]", re.compile(r"\w+")
#: So many names are looked for at once.
_AT_ONCE = 5_000

People = frozenset[tuple[str, str]]


def refused(log: IntoFrame, as_of: date, answers: pd.DataFrame | None = None) -> People:
    """The people (party, name) whose last wish at the end of ``as_of`` is to be left alone."""
    rows = visible(log, as_of).filter(nw.col("activity").is_in(list(WISHES))).with_columns(party=side())
    is_candidate = nw.col("party") == "candidate"
    named = nw.when(is_candidate).then(nw.col("candidate")).otherwise(nw.coalesce("contact", "client"))
    said = rows.with_columns(who=named).filter(~nw.col("who").is_null())
    last = said.unique(subset=["party", "who"], keep="last", order_by=list(IN_ORDER))
    found = last.filter(nw.col("activity") == "do_not_contact").select("party", "who").collect("pandas").to_native()
    people = [found] if answers is None else [found, left_alone(answers, as_of)[["party", "who"]]]
    return frozenset(pd.concat(people).itertuples(index=False, name=None))


def without_names(rows: pd.DataFrame, people: People) -> pd.DataFrame:
    """Rows in which nobody of these people can be recognised: NAMELESS for the name, nothing for what would tell it.

    Names count in capitals or not, and as ``Last, First``, as other systems may write them.
    A row is about the person of ``party`` and ``who``, about its ``candidate``, and where it is one of the client's
    side about its ``contact``. A contact of somebody else's row, and whom a note or ``named`` names, lose their name
    alone; a note that holds the name among other words is left out, and a ``topic`` that nobody else has says NAMELESS.
    Of the columns those count that there are.
    """
    if not people:
        return rows
    people = _spelled(people)
    candidate, contact, named = (_is(rows, *one, people) for one in (_CANDIDATE, _CONTACT, _NAMED))
    about = candidate | _is_who(rows, people) | (contact & _is_clients(rows))
    note = _is(rows, "notes", "candidate", people)
    written = {name: mentions(rows[name], people) for name in _WRITTEN if name in rows}
    if not any(one.any() for one in (about, contact, named, note, *written.values())):
        return rows
    telling = {name: rows[name].mask(about | note | written.get(name, False)) for name in _TELLING if name in rows}
    whole = rows.assign(**telling)
    lost = {"who": about, "candidate": candidate, "contact": contact, "named": named}
    shown = {name: whole[name].mask(gone, NAMELESS) for name, gone in lost.items() if name in rows}
    fates = {name: rows[name].mask(named, None) for name in _BECAME if name in rows}
    topics = {"topic": _topics(rows, about, people)} if "topic" in rows else {}
    return whole.assign(**shown, **fates, **topics)


def _topics(rows: pd.DataFrame, about: pd.Series, people: People) -> pd.Series:
    """Topics are notes as they were first written: one of theirs alone may tell who it is."""
    topics, others = rows["topic"], rows.loc[~about, "topic"]
    return topics.mask((about & ~topics.isin(others)) | mentions(topics, people), NAMELESS)


def mentions(texts: pd.Series, people: People) -> pd.Series:
    """Whether a text holds the whole name of one of these people, in capitals or not, or as ``Last, First``.

    A name of one word is a word like others: it counts where it is the whole text.
    """
    held, found = _held(texts), np.zeros(len(texts), bool)
    for pattern in _patterns(people):
        found |= pc.fill_null(pc.match_substring_regex(held, pattern), False).to_numpy(zero_copy_only=False)
    return pd.Series(found, index=texts.index)


def names_one(column: str, people: People) -> nw.Expr:
    """As `mentions`, asked of the engine that holds a text: names of several words, part of a longer one too."""
    names = sorted(who for _, who in _spelled(people) if len(who.split()) > 1)
    held = [nw.col(column).str.contains(f"(?i){part}") for part in _parts(names)]
    return nw.any_horizontal(nw.lit(False), *held, ignore_nulls=True)


def told(texts: pd.Series, people: People) -> pd.Series:
    """The same texts with NAMELESS for every name by which `mentions` finds one of these people."""
    if not mentions(texts, people).any():
        return texts
    held = _held(texts)
    # Twice, since two names may share the space between them.
    for pattern in 2 * _patterns(people):
        held = pc.replace_substring_regex(held, pattern, rf"\1{NAMELESS}\2")
    return pd.Series(held.to_pylist(), index=texts.index, dtype="str")


def hidden(cells: pd.DataFrame, people: People) -> pd.DataFrame:
    """Rows of a file as it stands, ``cells`` of text: one that names any of these people says NAMELESS, nothing else.

    A name counts in one cell, and with its words in several, as first and last names are.
    """
    rows = [list(map(str, row)) for row in cells.itertuples(index=False, name=None)]
    gone = pd.Series([_names(row, people) for row in rows], index=cells.index, dtype="bool")
    shown = cells.mask(gone, "")
    shown.isetitem(0, shown.iloc[:, 0].mask(gone, NAMELESS).array)
    return shown


def _names(row: list[str], people: People) -> bool:
    """Whether a row of a file names one of these people."""
    whole, words = {cell.strip().casefold() for cell in row}, {*_WORD.findall(" ".join(row).casefold())}
    told = ((who.casefold(), {*_WORD.findall(who.casefold())}) for _, who in people)
    return any(who in whole or (len(parts) > 1 and parts <= words) for who, parts in told)


@lru_cache(maxsize=8)
def _spelled(people: People) -> People:
    """The people by every name another system may have for them."""
    return frozenset((party, name) for party, who in people for name in _spellings(who))


def _spellings(who: str) -> set[str]:
    """A name as it stands, and turned: ``Last, First`` for ``First Last`` and the other way round."""
    last, comma, first = (part.strip() for part in who.partition(","))
    words = f"{first} {last}".split() if comma else who.split()
    return {who, " ".join(words), *(f"{' '.join(words[at:])}, {' '.join(words[:at])}" for at in range(1, len(words)))}


def _held(texts: pd.Series) -> pa.Array:
    return pa.array(texts.astype("str"), type=pa.large_string(), from_pandas=True)


@lru_cache(maxsize=8)
def _patterns(people: People) -> tuple[str, ...]:
    """What holds one of these names, with what stands before and after it; so many at once as the engine can take."""
    names = sorted({who.strip() for _, who in _spelled(people)})
    several, single = ([who for who in names if (len(who.split()) > 1) is asked] for asked in (True, False))
    among = [f"(^|{_APART})(?:{part})($|{_APART})" for part in _parts(several)]
    return tuple(f"(?i){one}" for one in [*among, *(rf"^(\s*)(?:{part})(\s*)$" for part in _parts(single))])


def _parts(names: list[str]) -> list[str]:
    return ["|".join(map(re.escape, names[at : at + _AT_ONCE])) for at in range(0, len(names), _AT_ONCE)]


#: Column -> the party of the people it names.
_CANDIDATE, _CONTACT, _NAMED = ("candidate", "candidate"), ("contact", "client"), ("named", "candidate")


def _is(rows: pd.DataFrame, column: str, party: str, people: People) -> pd.Series:
    """Whether a column names one of these people of a party, in capitals or not."""
    if column not in rows:
        return pd.Series(False, index=rows.index)
    names = {who.strip().casefold() for of, who in people if of == party}
    said = rows[column].fillna("").astype("str").str.strip().str.casefold()
    # A few names are found among objects in a tenth of the time they take among Arrow's strings.
    return said.astype("object").isin(names)


def _is_who(rows: pd.DataFrame, people: People) -> pd.Series:
    if not {"party", "who"} <= {*rows}:
        return pd.Series(False, index=rows.index)
    # Pairs are made of the few whose name alone would do.
    named = rows.loc[rows["who"].astype("object").isin({who for _, who in people}), ["party", "who"]]
    pairs = pd.Series(list(named.itertuples(index=False, name=None)), index=named.index, dtype="object")
    return pairs.isin(people).reindex(rows.index, fill_value=False)


def _is_clients(rows: pd.DataFrame) -> pd.Series:
    """Whether a row is about the client's side; a row that names no candidate is."""
    party = rows["party"] if "party" in rows else pd.Series(None, index=rows.index, dtype="str")
    unknown = rows["candidate"].isna() if "candidate" in rows else pd.Series(True, index=rows.index)
    return (party == "client") | (party.isna() & unknown)
