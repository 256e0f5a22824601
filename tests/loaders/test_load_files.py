"""Small awkward files, each with what must become of it beside it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from loaders import Loaded, Options, load

FILES = Path(__file__).parent / "files"
EXPECTED = ".expected.json"
NAMES = sorted(path.name.removesuffix(EXPECTED) for path in FILES.glob(f"*{EXPECTED}"))
COUNTS = ("rows_read", "accepted", "duplicate", "ignored", "unmapped", "rejected", "furniture", "activities")


def expected_of(name: str) -> dict:
    return json.loads((FILES / f"{name}{EXPECTED}").read_text(encoding="utf-8"))


def loaded(name: str) -> Loaded:
    return load(FILES / name, name, Options(**expected_of(name).get("options", {})))


def test_every_file_has_an_expectation_and_there_are_enough():
    inputs = {path.name for path in FILES.iterdir() if not path.name.endswith(EXPECTED)}
    assert sorted(inputs) == NAMES
    assert len(NAMES) >= 60


@pytest.mark.parametrize("name", NAMES)
def test_a_file_becomes_what_stands_beside_it(name):
    report, expected = loaded(name).report, expected_of(name)
    assert {key: getattr(report, key) for key in COUNTS} == {key: expected[key] for key in COUNTS}
    assert [problem.code for problem in report.problems] == expected["problems"]
    assert (report.refused.code if report.refused else None) == expected["refused"]
    assert report.layout == expected["layout"]


def told(frame: pd.DataFrame, column: str) -> list:
    """A column as it stands in an expectation: times as text, midnight without a time, "" for nothing."""
    texts = [str(value).removesuffix(" 00:00:00") if isinstance(value, datetime) else value for value in frame[column]]
    return ["" if pd.isna(value) else text for value, text in zip(frame[column], texts, strict=True)]


@pytest.mark.parametrize("name", [name for name in NAMES if "log" in expected_of(name)])
def test_the_log_of_a_file_holds_what_stands_beside_it(name):
    frame, expected = loaded(name).frame, expected_of(name)["log"]
    assert {column: told(frame, column) for column in expected} == expected


@pytest.mark.parametrize("name", [name for name in NAMES if "ignored_rows" in expected_of(name)])
def test_rows_nobody_did_are_counted_by_their_reason(name):
    assert dict(loaded(name).report.ignored_rows) == expected_of(name)["ignored_rows"]


@pytest.mark.parametrize("name", [name for name in NAMES if "warnings" in expected_of(name)])
def test_a_warning_is_given_where_one_is_due(name):
    warnings = "\n".join(loaded(name).report.warnings)
    assert [text for text in expected_of(name)["warnings"] if text not in warnings] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_refusal_says_why_and_what_to_do_and_loads_nothing(name):
    result = loaded(name)
    if result.report.refused is None:
        assert (result.frame is None) == (result.report.layout == "roster")
    else:
        assert result.report.refused.reason.endswith((".", "?"))
        assert result.report.refused.fix.endswith(".")
        assert (result.frame, result.roster) == (None, None)


@pytest.mark.parametrize("name", NAMES)
def test_every_problem_points_at_a_row_and_says_how_to_mend_it(name):
    for problem in loaded(name).report.problems:
        assert problem.row > 1
        assert problem.column
        assert problem.problem.endswith(".")
        assert problem.fix.endswith(".")
