"""The page about the data format is complete, and its examples load."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest

from loaders import Options, load
from loaders.layout import Layout, Test, layout_from, shipped_layouts
from loaders.problems import TEXTS
from loaders.quantities import UNITS
from loaders.vocabularies import shipped as vocabularies
from quality.vocabulary import ACTIVITIES

PAGE = (Path(__file__).parents[2] / "docs" / "data-format.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
#: What a layout file may hold: the parts of a layout, some under another name in the file.
LAYOUT_KEYS = sorted({*Layout.__slots__, "activities", "helpers"} - {"rules"})
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
    parts = ("recognise", "unrecognised", "loading", "date_columns", "scores")
    sources = [(CODE / f"{part}.py").read_text(encoding="utf-8") for part in parts]
    refusals = {code for text in sources for code in re.findall(r'refuse\(\s*"(\w+)"', text)}
    refusals |= set(re.findall(r'"(no_\w+_column)"', (CODE / "unrecognised.py").read_text(encoding="utf-8")))
    assert len(refusals) >= 12
    assert [code for code in (*TEXTS, *refusals) if f"`{code}`" not in PAGE] == []


@pytest.mark.parametrize("name", shipped_layouts())
def test_every_shipped_layout_is_documented_with_what_it_rests_on_and_what_it_warns_of(name):
    layout = shipped_layouts()[name]
    assert table_row(name) == f"| `{name}` | {layout.title} | {layout.evidence} | {' '.join(layout.warnings)} |"


@pytest.mark.parametrize("name", vocabularies())
def test_every_vocabulary_is_documented_with_what_it_rests_on_and_what_it_warns_of(name):
    known = vocabularies()[name]
    assert table_row(name) == f"| `{name}` | {known.title} | {known.evidence} | {' '.join(known.warnings)} |"


def test_no_layout_or_vocabulary_is_documented_that_is_not_there():
    names = {*shipped_layouts(), *vocabularies()}
    section = PAGE.split("## Layouts that come with it")[1]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == names


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_file_loads_without_a_problem(example):
    report = load(example.encode(), "example.csv", Options()).report
    assert (report.refused, report.problems, report.warnings) == (None, (), ())
    assert report.layout in ("touchline", "roster")


def mapping_of_the_page(name: str) -> dict[str, Any]:
    mappings = [tomllib.loads(text) for text in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)]
    return next(mapping for mapping in mappings if mapping["name"] == name)


def test_the_example_of_a_mapping_is_one():
    mapping = mapping_of_the_page("our_list")
    assert layout_from(mapping).name == "our_list"
    content = "Day,Time,Recruiter,Type,First name,Last name,Manager,Result,State,Regarding\n"
    content += "2026-03-02,9:05 AM,D,Phone call,Avery,Sample,,Talked,,Welder (Example Metal Works)\n"
    content += "2026-03-02,9:15 AM,D,Phone call,Avery,Sample,,Voicemail,,\n"
    content += "2026-03-02,9:25 AM,D,Hired,Avery,Sample,,,deleted,\n"
    result = load(content.encode(), "list.csv", Options(mapping=mapping))
    assert result.frame["activity"].tolist() == ["recruiting_call", "call_attempt"]
    assert result.frame["client"].fillna("").tolist() == ["Example Metal Works", ""]
    assert result.report.ignored_rows == {"deleted": 1}


def test_the_example_of_an_awkward_export_is_one():
    content = "Call,Entry call,Began,Agent,Direction,Name,Talk time,Kind\n"
    content += "1,,2026-03-02 15:00,Line,outgoing,Avery Sample,,department\n"
    content += "2,1,2026-03-02 15:01,Desk 01,outgoing,Avery Sample,2.5,user\n"
    content += "3,,2026-03-02 15:30,,outgoing,Avery Sample,0.5,user\n"
    options = Options(mapping=mapping_of_the_page("our_calls"), time_zone="America/Chicago")
    result = load(content.encode(), "calls.csv", options)
    assert result.frame["activity"].tolist() == ["conversation", "call_attempt"]
    assert result.frame["occurred_at"].astype(str).tolist() == ["2026-03-02 09:01:00", "2026-03-02 09:30:00"]
    assert result.frame["desk"].tolist() == ["Desk 01", "Desk 01"]
    assert result.report.ignored_rows == {"leg of the same call": 1}


def test_the_example_of_a_wide_list_is_one():
    content = "Owner,Candidate,Job,Begins,Ends,Status\n"
    content += "Desk 01,Avery Sample,Welder 12,2026-03-02,2026-06-30,Running\n"
    content += "Desk 01,Blair Sample,Welder 12,2026-01-05,2026-02-27,Terminated\n"
    frame = load(content.encode(), "list.csv", Options(mapping=mapping_of_the_page("our_placements"))).frame
    assert frame["activity"].tolist() == ["start", "start", "end"]
    assert frame["outcome"].fillna("").tolist() == ["", "", "terminated"]
    assert frame["planned_end"].astype(str).tolist() == ["2026-06-30", "2026-02-27", "2026-02-27"]


@pytest.mark.parametrize("word", [*LAYOUT_KEYS, *(word for word in get_args(Test) if word != "words"), *UNITS])
def test_every_word_of_the_language_is_documented(word):
    assert re.search(rf"\b{word}\b", PAGE)
