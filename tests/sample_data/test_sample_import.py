"""What comes out of the loaders is what went into the exports, and the metrics find the counts that are known."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest

from loaders import Options, load
from quality.ratios import ratios
from sample_data.sample import FILE_NAMES
from sample_data.truth import RATIO_MEASURES

#: Columns that say what happened; ids and lineage are the loader's own.
CONTENT = [
    "occurred_at",
    "desk",
    "activity",
    "party",
    "candidate",
    "client",
    "contact",
    "job",
    "outcome",
    "due_on",
    "planned_end",
    "quantity",
    "score",
    "ref",
    "assignee",
    "channel",
    "notes",
]


@pytest.fixture(scope="module")
def told(exports):
    return json.loads((exports / "truth.json").read_text(encoding="utf-8"))["files"]


@pytest.fixture(scope="module")
def loaded(exports, told):
    def read(name: str):
        return load(exports / name, name, Options(today=date(2026, 11, 16), **told[name]["import_options"]))

    return {name: read(name) for name in FILE_NAMES}


def content(log: pd.DataFrame) -> pd.DataFrame:
    return log[CONTENT].astype("str").fillna("").sort_values(CONTENT, ignore_index=True)


@pytest.mark.parametrize("name", FILE_NAMES)
def test_each_export_is_read_as_the_truth_says(loaded, told, name):
    report, file = loaded[name].report, told[name]
    assert (report.layout, report.rows_read, report.ignored) == (file["layout"], file["rows"], file["ignored"])
    assert (report.accepted, report.activities) == (file["activities"], file["activities"])
    assert (report.duplicate, report.unmapped, report.rejected, report.refused) == (0, 0, 0, None)
    assert loaded[name].frame["activity"].value_counts().to_dict() == file["by_activity"]


@pytest.mark.parametrize("name", FILE_NAMES)
def test_each_export_gives_back_its_part_of_the_log_cell_by_cell(loaded, sample, name):
    mine = sample.log[(sample.file == FILE_NAMES.index(name)).to_numpy()]
    pd.testing.assert_frame_equal(content(loaded[name].frame), content(mine))


def test_the_roster_comes_back_as_it_was(exports, sample):
    roster = load(exports / "roster.csv", "roster.csv", Options(today=date(2026, 11, 16))).roster
    pd.testing.assert_frame_equal(roster[list(sample.roster)], sample.roster, check_dtype=False)
    assert roster["aliases"].isna().all()


def test_the_ratios_of_the_imported_files_have_the_known_counts(loaded, sample):
    log = pd.concat([one.frame for one in loaded.values()], ignore_index=True)
    plan, counts = sample.plan, sample.truth["counts"]
    rows = ratios(log, as_of=plan.end, start=plan.start, end=plan.end)
    found = {(row.unit, row.ratio): (row.upstream, row.downstream) for row in rows.itertuples()}
    known = {
        (desk, ratio): (counts.get(desk, {}).get(upstream, 0), counts.get(desk, {}).get(downstream, 0))
        for desk in sample.roster["desk"]
        for ratio, (upstream, downstream) in RATIO_MEASURES.items()
    }
    assert found == known
    assert sum(known["Care Desk Demo", "call_to_hit"]) == 0
