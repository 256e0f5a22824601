"""What the command ``import`` does beyond reading a file: complete files, settled choices, what the history refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import awkward
import mendable
from cli import app
from store import History

WHOLE = awkward.rows(
    "2026-03-02 09:00,Desk 01,hit,A,J", "2026-03-03 09:00,Desk 01,fill,B,J", "2026-03-04,Desk 01,hit,C,J"
)
LESS = awkward.rows("2026-03-02 09:00,Desk 01,hit,A,J", "2026-03-04,Desk 01,hit,C,J")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def run(store: Path, text: str, *words: str, name: str = "log.csv") -> Result:
    (store.parent / name).write_text(text)
    return CliRunner().invoke(app, ["import", str(store.parent / name), "--store", str(store), *words])


def document(result: Result) -> dict:
    return json.loads(result.stdout)


def activities(store: Path) -> list[tuple[str, str]]:
    rows = History(store).log().project("strftime(occurred_at, '%d %H:%M'), activity").fetchall()
    return sorted(rows)


def test_a_complete_file_retires_what_it_lacks_and_counts_it(store):
    run(store, WHOLE, "--json")
    found = document(run(store, LESS, "--complete", "--json"))
    assert (found["added"], found["unchanged"], found["retired"]) == (0, 2, 1)
    assert activities(store) == [("02 09:00", "hit"), ("04 00:00", "hit")]


def test_a_dry_run_of_a_complete_file_names_what_would_be_retired_and_retires_nothing(store):
    run(store, WHOLE)
    result = run(store, LESS, "--complete", "--dry-run")
    assert result.stdout == "0 added, 0 updated, 2 unchanged, 1 retired (dry run)\n"
    assert "1 row no longer in the file, to be retired:\n  2026-03-03 09:00  Desk 01  fill\n" in result.stderr
    assert len(activities(store)) == 3


def test_without_the_word_nothing_is_retired(store):
    run(store, WHOLE)
    assert document(run(store, LESS, "--json"))["retired"] == 0
    assert len(activities(store)) == 3


def test_a_row_of_a_complete_file_that_cannot_be_read_is_said_to_count_as_missing(store):
    run(store, WHOLE)
    result = run(store, WHOLE.replace("2026-03-03 09:00", "someday"), "--complete")
    assert "log.csv: 1 rows to mend count as missing from the complete file." in result.stderr
    assert result.stdout == "0 added, 0 updated, 2 unchanged, 1 retired; 1 row to be mended\n"


def test_how_many_rows_wait_to_be_mended_is_said_over_all_imports(store):
    first = run(store, awkward.rows("2026-03-02,,hit,A,J", "2026-03-03,Desk 01,hit,B,J"), name="one.csv")
    second = run(store, awkward.rows("never,Desk 01,hit,A,J", "2026-03-03,Desk 01,fill,B,J"), name="two.csv")
    assert first.stdout == "1 added, 0 updated, 0 unchanged, 0 retired; 1 row to be mended\n"
    assert second.stdout == "1 added, 0 updated, 0 unchanged, 0 retired; 2 rows to be mended\n"


def test_the_cells_of_rows_to_mend_are_kept(store):
    run(store, awkward.rows("2026-03-02,,hit,A,J", "2026-03-03,Desk 01,hit,B,J"))
    kept = History(store).left_out_rows(1)
    assert kept["row"].tolist() == [2]
    assert kept["activity"].tolist() == ["hit"]


def test_a_workbook_of_mended_rows_is_never_complete_and_settles_its_rows(store):
    run(store, mendable.WRONG, name="march.csv")
    path = store.with_name("mended.xlsx")
    path.write_bytes(mendable.changed(mendable.workbook(mendable.read(mendable.WRONG)), mendable.MENDED))
    result = CliRunner().invoke(app, ["import", str(path), "--store", str(store), "--complete"])
    assert result.stdout == "3 added, 0 updated, 0 unchanged, 0 retired\n"
    assert History(store).imports()["to_mend"].tolist() == [0, 0]
    assert [day for day, _ in activities(store)] == ["25 00:00", "26 00:00", "27 00:00", "28 00:00"]


def test_times_in_utc_become_the_time_of_the_firm_as_asked_or_as_settled(store):
    text = awkward.rows("2026-03-02T15:00:00Z,Desk 01,hit,A,J")
    asked, settled = store.with_name("asked"), store.with_name("settled")
    run(asked, text, "--time-zone", "America/Chicago")
    History(settled).save_setting("time_zone", "Europe/Berlin")
    run(settled, text)
    assert activities(asked) == [("02 09:00", "hit")]
    assert activities(settled) == [("02 16:00", "hit")]


def test_a_time_zone_that_does_not_exist_is_wrong_usage(store):
    result = run(store, WHOLE, "--time-zone", "Mars/Olympus")
    assert result.exit_code == 2
    assert "Mars/Olympus" in result.stderr
    assert History(store).is_empty()


OWN = """
[columns]
occurred_at = ["Wann"]
desk = ["Wer"]
activity = ["Was"]
candidate = ["Mit"]
[[activities]]
values = ["Volltreffer"]
give = [{ activity = "hit" }]
"""


@pytest.mark.parametrize("words", [(), ("--layout", "our sheet")])
def test_a_saved_layout_is_used_by_itself_and_by_its_name(store, words):
    History(store).save_layout("our sheet", OWN)
    found = document(run(store, "Wann,Wer,Was,Mit\n2026-03-02,Desk 01,Volltreffer,A\n", "--json", *words))
    assert (found["files"][0]["layout"], found["added"]) == ("our sheet", 1)
    assert activities(store) == [("02 00:00", "hit")]


def test_contact_points_are_kept_only_where_the_firm_wants_them(store):
    text = "occurred_at,desk,activity,candidate,phone\n2026-03-02,Desk 01,hit,Avery Sample,+1 555 0100\n"
    run(store, text)
    assert History(store).contact_points().empty
    History(store).save_setting("contacts", True)
    run(store, text.replace("03-02", "03-03"))
    points = History(store).contact_points()
    assert points[["person", "kind", "value"]].to_numpy().tolist() == [["Avery Sample", "phone", "+1 555 0100"]]
    assert "555" not in str(History(store).log().fetchall())


def test_a_roster_file_brings_teams_roles_and_other_names(store):
    run(store, awkward.rows("2026-03-02,dkim,hit,A,J"))
    text = "desk,team,role,from,to,aliases\nDesk 01,North,Recruiter,2026-01-01,,dkim\n"
    assert run(store, text, name="teams.csv").exit_code == 0
    history = History(store)
    assert history.roster()[["desk", "team", "role"]].to_numpy().tolist() == [["Desk 01", "North", "recruiter"]]
    assert history.log().project("desk").fetchall() == [("Desk 01",)]


def test_a_roster_that_cannot_be_is_a_refused_file_and_the_others_are_stored(store):
    (store.parent / "teams.csv").write_text("desk,team,from,to\nDesk 01,North,2026-02-01,2026-01-01\n")
    (store.parent / "log.csv").write_text(WHOLE)
    paths = [str(store.parent / name) for name in ("teams.csv", "log.csv")]
    result = CliRunner().invoke(app, ["import", *paths, "--store", str(store), "--json"])
    found = document(result)
    assert (result.exit_code, found["files"][0]["refused"]["code"], found["added"]) == (3, "bad_value", 3)
    assert "teams.csv: refused (bad_value)" in result.stderr
    assert History(store).roster().empty


def test_of_a_problem_nobody_is_named_who_is_to_be_left_alone(store):
    log = awkward.rows(
        "2026-03-02 09:00,Desk 01,do_not_contact,Avery Sample,J",
        "Avery Sample,Desk 01,hit,B,J",
        "2026-03-03,Desk 01,seen Avery Sample,B,J",
    )
    found = document(run(store, log, "--json"))["files"][0]
    assert [problem["value"] for problem in found["problems"]] == ["Do not contact", "seen Do not contact"]
    assert found["unmapped_values"] == {"seen Do not contact": 1}
    assert "Avery" not in json.dumps(found)
    assert "Avery Sample" in str(History(store).left_out_rows(1).to_numpy())
