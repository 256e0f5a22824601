"""The page about the data format is complete, and its examples load."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from loaders import Options, load
from loaders.layout import layout_from, shipped_layouts
from loaders.problems import TEXTS
from quality.vocabulary import ACTIVITIES

PAGE = (Path(__file__).parents[2] / "docs" / "data-format.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
CODE = Path(__file__).parents[2] / "loaders"


def table_row(name: str) -> str:
    return next((line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |")), "")


@pytest.mark.parametrize("name", shipped_layouts()["touchline"].columns)
def test_every_column_is_documented(name):
    assert table_row(name)


@pytest.mark.parametrize("name", ACTIVITIES)
def test_every_activity_is_documented_with_its_outcomes(name):
    row = table_row(name)
    assert row
    assert "as above" in row or all(outcome in row for outcome in ACTIVITIES[name].outcomes)


def test_every_code_of_a_cell_or_file_is_documented():
    parts = ("recognise", "unrecognised", "loading", "date_columns")
    sources = [(CODE / f"{part}.py").read_text(encoding="utf-8") for part in parts]
    refusals = {code for text in sources for code in re.findall(r'refuse\(\s*"(\w+)"', text)}
    refusals |= set(re.findall(r'"(no_\w+_column)"', (CODE / "unrecognised.py").read_text(encoding="utf-8")))
    assert len(refusals) >= 12
    assert [code for code in (*TEXTS, *refusals) if f"`{code}`" not in PAGE] == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_file_loads_without_a_problem(example):
    report = load(example.encode(), "example.csv", Options()).report
    assert (report.refused, report.problems, report.warnings) == (None, (), ())
    assert report.layout in ("touchline", "roster")


def test_the_example_of_a_mapping_is_one():
    mapping = tomllib.loads(re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)[0])
    assert layout_from(mapping).name == "our_list"
    content = "Day,Time,Recruiter,Type,First name,Last name,Manager,Result,State,Regarding\n"
    content += "2026-03-02,9:05 AM,D,Phone call,Avery,Sample,,Talked,,Welder (Example Metal Works)\n"
    content += "2026-03-02,9:15 AM,D,Phone call,Avery,Sample,,Voicemail,,\n"
    content += "2026-03-02,9:25 AM,D,Hired,Avery,Sample,,,deleted,\n"
    result = load(content.encode(), "list.csv", Options(mapping=mapping))
    assert result.frame["activity"].tolist() == ["recruiting_call", "call_attempt"]
    assert result.frame["client"].fillna("").tolist() == ["Example Metal Works", ""]
    assert result.report.ignored_rows == {"deleted": 1}
