"""From a plan to the log, the roster and the truth; and from those to files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from sample_data.files import EXPORTS, no_work_rows, own_csv, roster_csv, truth_json, written
from sample_data.log import to_frame, to_table
from sample_data.plan import Plan
from sample_data.systems import LAYOUTS, OPENCATS, PLACEMENTS, TOUCHLINE
from sample_data.truth import activity_counts, roster, truth
from sample_data.workbook import workbook
from sample_data.world import simulate

FILE_NAMES = ("touchline-activities.csv", "opencats-activities.csv", "bullhorn-notes.csv", "placements.xlsx")


@dataclass(frozen=True)
class Sample:
    """A generated firm.

    ``log`` has the columns of the activity log without ``import_id``, oldest first; ``roster`` desk, team, starts_on,
    ends_on; ``truth`` what is known to be true, ready for JSON; ``file`` says for each row of the log which system's
    export holds it (a position in ``FILE_NAMES``).
    """

    plan: Plan
    log: pd.DataFrame
    roster: pd.DataFrame
    truth: dict[str, Any]
    table: pa.Table
    file: pd.Series


def generate(plan: Plan) -> Sample:
    """The sample of a plan; the same plan gives the same sample."""
    world = simulate(plan)
    table = to_table(world.events, world.calendar)
    log = to_frame(table)
    return Sample(plan, log, roster(plan, world.cast), truth(plan, world.cast, log), table, world.events["file"])


def write(sample: Sample | Plan, folder: Path) -> list[Path]:
    """Writes the exports of the firm, ``roster.csv`` and ``truth.json`` into the folder; says where they are.

    A plan with a fixed number of rows becomes one file in our own layout instead of one a system.
    """
    sample = sample if isinstance(sample, Sample) else generate(sample)
    contents, described = _one_file(sample) if sample.plan.rows else _file_a_system(sample)
    roster_and_truth = {
        "roster.csv": roster_csv(sample.roster),
        "truth.json": truth_json(sample.truth | {"files": described}),
    }
    return written(folder, contents | roster_and_truth)


def _one_file(sample: Sample) -> tuple[dict[str, bytes], dict[str, Any]]:
    name = FILE_NAMES[TOUCHLINE]
    return {name: own_csv(sample.table)}, {name: _described(TOUCHLINE, sample.log)}


def _file_a_system(sample: Sample) -> tuple[dict[str, bytes], dict[str, Any]]:
    contents, described = {}, {}
    for number, name in enumerate(FILE_NAMES):
        mine = sample.file == number
        described[name] = _described(number, sample.log[mine])
        contents[name] = _content(number, sample.log[mine], sample.table.filter(mine.to_numpy()))
    return contents, described


def _content(number: int, log: pd.DataFrame, table: pa.Table) -> bytes:
    if number in EXPORTS:
        return EXPORTS[number](log)
    return workbook(table) if number == PLACEMENTS else own_csv(table)


def _described(number: int, log: pd.DataFrame) -> dict[str, Any]:
    """Layout, options of the import, rows, those to be ignored among them, and expected activities of one file."""
    ignored = no_work_rows(len(log)) if number in EXPORTS else 0
    return {
        "layout": LAYOUTS[number],
        "import_options": {"side": "candidate"} if number == OPENCATS else {},
        "rows": len(log) + ignored,
        "ignored": ignored,
        "activities": len(log),
        "by_activity": activity_counts(log),
    }
