"""Small awkward files, each with what must become of it beside it."""

from __future__ import annotations

import json
from pathlib import Path

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
