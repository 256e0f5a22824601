"""Cells that must be mended: what is wrong with each and what a manager can do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from loaders.arrange import unmapped_values
from loaders.layout import synonyms
from loaders.recognise import Match
from loaders.report import Problem
from loaders.rows import Rows
from loaders.words import count_of, value_key

#: Code -> what is wrong, and what to do. ``{detail}`` is what the check knows beyond the cell.
TEXTS = {
    "desk_missing": (
        "It does not say whose row this is.",
        "Fill in the recruiter, or give the whole file to one desk with --desk NAME.",
    ),
    "activity_missing": ("It does not say what was done.", "Fill in the activity."),
    "team_missing": ("It does not say which team this is.", "Fill in the team."),
    "alias_taken": (
        "Another desk of the file has this name, as its own or as another name.",
        "Leave the name to the desk it belongs to.",
    ),
    "date_missing": ("There is no date.", "Fill in the day on which it happened."),
    "date_unparsed": ("This is not a date in the format of the column.", "Write it as {detail}."),
    "date_implausible": ("The year cannot be right.", "Correct the year."),
    "stage_unmet": (
        "It has a date, and nothing says what happened on it.",
        "Correct the cell, or say in a mapping file what it means.",
    ),
    "number_unparsed": ("This is not a number.", "Write a plain number, such as 8 or 7.5."),
    "score_out_of_range": ("A score lies between 0 and 10.", "Write a number from 0 to 10."),
    "party_unknown": ("This is neither of the two sides.", "Write candidate or client."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that failed on some rows: ``at`` are their places among the rows read."""

    code: str
    column: str
    at: np.ndarray
    texts: pa.ChunkedArray | None
    detail: str = ""

    def problems(self, chosen: np.ndarray, number: np.ndarray) -> Iterable[Problem]:
        """One problem for each of the chosen rows the check failed on."""
        at = self.at[chosen[self.at]]
        values = self.texts.take(pa.array(at)).to_pylist() if self.texts is not None else [None] * len(at)
        problem, fix = (text.format(detail=self.detail) for text in TEXTS[self.code])
        for place, value in zip(at, values, strict=True):
            yield Problem(int(number[place]), self.column, value or "", self.code, problem, fix)


@dataclass
class Findings:
    """Everything found wrong so far, check by check."""

    found: list[Finding] = field(default_factory=list)

    def add(
        self, code: str, column: str, mask: np.ndarray, texts: pa.ChunkedArray | None = None, detail: str = ""
    ) -> None:
        """Note the rows of the mask."""
        if mask.any():
            self.found.append(Finding(code, column, np.flatnonzero(mask), texts, detail))

    def rows(self, length: int) -> np.ndarray:
        """Which rows have at least one problem."""
        mask = np.zeros(length, dtype=bool)
        for finding in self.found:
            mask[finding.at] = True
        return mask

    def problems(self, chosen: np.ndarray, number: np.ndarray) -> list[Problem]:
        """The problems of the chosen rows, in the order of the file; a cell that serves twice is named once."""
        found = dict.fromkeys(problem for finding in self.found for problem in finding.problems(chosen, number))
        return sorted(found, key=lambda problem: (problem.row, problem.column))


def unmapped_problems(rows: Rows, mask: np.ndarray, match: Match) -> tuple[dict[str, int], list[Problem]]:
    """Values no activity was given for with their counts, and one problem each at the first row that holds it."""
    if not mask.any():
        return {}, []
    counts = unmapped_values(rows, mask)
    codes, values = rows.coded("activity")
    distinct, first = np.unique(np.where(mask, codes, -1), return_index=True)
    at = {values[code]: int(rows.number[place]) for code, place in zip(distinct, first, strict=True) if code >= 0}
    title = match.label("activity")
    return counts, [_unmapped(at[value], title, value, count) for value, count in counts.items()]


def _unmapped(row: int, title: str, value: str, count: int) -> Problem:
    fix = "Say which activity this value means, in a mapping file or on the upload page."
    hint = synonyms()["ambiguous"].get(value_key(value), fix)
    return Problem(
        row, title, value, "activity_unmapped", f"No activity is known for this value ({count_of(count, 'row')}).", hint
    )
