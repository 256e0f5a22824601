"""A plan that cannot be carried out is refused with the reason; small and large ones work."""

from __future__ import annotations

from datetime import date, timedelta

import pyarrow.parquet as pq
import pytest

from benchmarks.data import csv_file, parquet_bed, xlsx_file
from quality.vocabulary import LOG_COLUMNS
from sample_data import Plan, generate, last_sunday

SUNDAY = date(2026, 11, 15)


def test_the_last_day_must_be_a_sunday():
    with pytest.raises(ValueError, match="must be a Sunday; 2026-11-16 is a Monday"):
        Plan(end=date(2026, 11, 16))


@pytest.mark.parametrize("name", ["desks", "teams", "weeks", "rows"])
def test_a_plan_for_nothing_is_refused(name):
    with pytest.raises(ValueError, match=f"{name} must be at least 1, not 0"):
        Plan(end=SUNDAY, **{name: 0})


def test_a_negative_seed_is_refused():
    with pytest.raises(ValueError, match="seed must not be negative"):
        Plan(end=SUNDAY, seed=-1)


def test_sixty_weeks_begin_on_a_monday():
    assert Plan(end=SUNDAY).start == date(2025, 9, 22)


@pytest.mark.parametrize("ago", range(7))
def test_the_last_sunday_lies_before_the_day_itself(ago):
    day = date(2026, 11, 16) + timedelta(days=ago)
    assert last_sunday(day) == SUNDAY


@pytest.mark.parametrize("options", [{"desks": 1}, {"desks": 2, "teams": 5}, {"weeks": 1}, {"desks": 30, "weeks": 3}])
def test_any_size_of_firm_can_be_generated(options):
    plan = Plan(end=SUNDAY, **{"weeks": 4, **options})
    sample = generate(plan)
    # Care and support have a desk each beside those of the plan.
    assert sample.log["desk"].nunique() - 2 <= plan.desks == len(sample.roster) - 2
    assert sample.log["occurred_at"].min().date() >= plan.start
    assert sample.roster["team"].nunique() == min(plan.teams, plan.desks)


def test_desks_beyond_the_first_names_get_a_number():
    desks = generate(Plan(end=SUNDAY, desks=14, weeks=1)).roster["desk"]
    assert list(desks[11:14]) == ["Lane Demo", "Alex Demo 2", "Blair Demo 2"]
    assert desks.is_unique


def test_the_files_for_the_benchmarks_are_made_once(tmp_path):
    paths = [csv_file(tmp_path, 500), xlsx_file(tmp_path, 300), parquet_bed(tmp_path, 1_000, 4, desks=3, weeks=5)]
    made = [path.stat().st_mtime_ns for path in paths]
    csv_file(tmp_path, 500), xlsx_file(tmp_path, 300), parquet_bed(tmp_path, 1_000, 4, desks=3, weeks=5)
    assert [path.stat().st_mtime_ns for path in paths] == made
    assert len(paths[0].read_text(encoding="utf-8").splitlines()) == 501
    tables = [pq.read_table(path) for path in sorted(paths[2].iterdir())]
    assert [len(table) for table in tables] == [250] * 4
    assert tables[0].column_names == list(LOG_COLUMNS)
    assert [table["import_id"].unique().to_pylist() for table in tables] == [[1], [2], [3], [4]]
