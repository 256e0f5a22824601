"""The roster: which desk was in which team and role, from when to when, and which other names it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import duckdb
import numpy as np
import pandas as pd

from loaders.date_columns import read_dates
from loaders.layout import synonyms
from loaders.name_order import first_last
from loaders.problems import Findings
from loaders.recognise import Match
from loaders.report import Options
from loaders.rows import Rows
from loaders.words import value_key

DATES = ("starts_on", "ends_on")
#: What stands between two other names of a desk.
BETWEEN = ";"


@dataclass(frozen=True, slots=True)
class RosterRows:
    """What a roster file holds.

    ``roster`` has desk, team, role (recruiter, account_executive or the file's own word), starts_on and ends_on
    (datetime64[us] at midnight, NaT where open) and aliases (joined by "; "); empty texts are missing.
    """

    roster: pd.DataFrame
    rejected: np.ndarray
    findings: Findings
    warnings: tuple[str, ...]


def read_roster(engine: duckdb.DuckDBPyConnection, match: Match, rows: Rows, options: Options) -> RosterRows:
    """The roster of a file with the columns desk and team and, where it has them, role, from, to and aliases."""
    titles = {name: match.label(name) for name in match.columns}
    names = tuple(name for name in DATES if name in rows)
    dates = read_dates(engine, rows, titles, names, options, match.layout)
    texts = {name: rows.text(name).to_pandas().astype("str") for name in ("desk", "team", "role", "aliases")}
    aliases = _other_names(rows, texts)
    findings = Findings()
    findings.add("desk_missing", titles["desk"], ~rows.filled("desk"))
    findings.add("team_missing", titles["team"], ~rows.filled("team") & ~rows.filled("role"))
    for name in names:
        findings.add("date_unparsed", titles[name], dates.columns[name].unparsed, rows.text(name))
        findings.add("date_implausible", titles[name], dates.columns[name].implausible, rows.text(name))
    findings.add("alias_taken", titles.get("aliases", ""), _taken(texts["desk"], aliases), rows.text("aliases"))
    rejected = findings.rows(len(rows))
    never = np.full(len(rows), "NaT", "datetime64[us]")
    days = {name: (dates.columns[name].when if name in names else never) for name in DATES}
    whole = {name: values.astype("datetime64[D]").astype("datetime64[us]") for name, values in days.items()}
    said = {
        **{name: texts[name] for name in ("desk", "team")},
        "role": texts["role"].map(role_named, na_action="ignore").astype("str"),
        **whole,
        "aliases": pd.Series([f"{BETWEEN} ".join(own) or None for own in aliases], dtype="str"),
    }
    return RosterRows(pd.DataFrame(said)[~rejected].reset_index(drop=True), rejected, findings, dates.warnings)


def role_named(word: str) -> str:
    """The role a word of the file stands for: one that settles conversations, or the word itself."""
    return _roles().get(value_key(word), word)


@cache
def _roles() -> Mapping[str, str]:
    roles = synonyms()["roles"]
    return {value_key(word): role for role in roles for word in (role, *roles[role])}


def _other_names(rows: Rows, texts: Mapping[str, pd.Series]) -> list[tuple[str, ...]]:
    """The other names of each desk: those told, and both orders of a name that is written last name first.

    A file turns its names round or leaves them, as its column has them; the desk is known by either.
    """
    told = [_names(cell) for cell in texts["aliases"]]
    desks = texts["desk"].tolist()
    taken = {*desks, *(name for own in told for name in own)}
    written = rows.written("desk").to_pylist()
    found = []
    for desk, name, own in zip(desks, written, told, strict=True):
        turned = (other for one in own if (other := first_last(one)) and other not in taken)
        also = (name,) if name and name != desk else ()
        found.append(tuple(dict.fromkeys((*own, *turned, *also))))
    return found


def _names(cell: object) -> tuple[str, ...]:
    """The other names in a cell, each once."""
    names = (name.strip() for name in cell.split(BETWEEN)) if isinstance(cell, str) else ()
    return tuple(dict.fromkeys(filter(None, names)))


def _taken(desks: pd.Series, aliases: Sequence[tuple[str, ...]]) -> np.ndarray:
    """Rows that claim a name which is another desk's in the same file."""
    claims = {(desk, name) for desk, own in zip(desks, aliases, strict=True) for name in (desk, *own)}
    owners = Counter(name for _, name in claims)
    lines = zip(desks, aliases, strict=True)
    return np.array([any(owners[name] > 1 for name in own if name != desk) for desk, own in lines], dtype=bool)
