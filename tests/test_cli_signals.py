"""The command ``signals``, from a file to what deserves a conversation; ``ratios`` judges by the same rules."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta

import pytest
from commanding import document_of, history_of, run
from one_standard import save_standard

from store import History

AS_OF = "2026-11-22"
FIRST, WEEKS = date(2026, 2, 2), 42
#: Interviews a week of ten hits each; Desk 02 gets only one from the 31st week on.
DESKS = {"Desk 01": 5, "Desk 02": 5, "Desk 03": 9, "Desk 04": 2}

HEAD = "occurred_at,desk,activity,candidate,job,outcome"
ROW = [
    "desk", "measure", "kind", "raised_on", "since", "active", "standard", "observed", "baseline", "probability",
    "once_in_years", "why",
]  # fmt: skip


def lines(desk: str, each_week: int) -> list[str]:
    """Ten hits on every Monday, so many of them interviewed on the Wednesday."""
    rows = []
    for week in range(WEEKS):
        got = 1 if desk == "Desk 02" and week >= 30 else each_week
        for activity, day, many in (("hit", 0, 10), ("interview", 2, got)):
            when = FIRST + timedelta(weeks=week, days=day)
            rows += [f"{when} 09:{n:02d},{desk},{activity},{desk} sample {week} {n},Job 1," for n in range(many)]
    return rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A history of four desks over 42 weeks; a month is judged by 2 : 1, the starting value."""
    rows = [line for desk, each in DESKS.items() for line in lines(desk, each)]
    return history_of(tmp_path_factory.mktemp("firm"), HEAD, rows)


@pytest.fixture(scope="module")
def document(folder):
    """What is found in it, asked as a script would."""
    return found(folder)


@pytest.fixture
def store(folder, tmp_path):
    """A copy that may be written to."""
    return shutil.copytree(folder, tmp_path / "store")


def asked(store, *words: object):
    return run("signals", "--as-of", AS_OF, "--store", store, *words)


def found(store, *words: object) -> dict:
    return document_of("signals", store, "--as-of", AS_OF, *words)


def of(document: dict, measure: str = "hit_to_interview") -> dict[tuple[str, str], dict]:
    return {(row["desk"], row["kind"]): row for row in document["rows"] if row["measure"] == measure}


def test_the_json_has_the_promised_shape_and_nothing_else(document):
    assert {name: document[name] for name in document if name != "rows"} == {"as_of": AS_OF, "since": "2025-11-23"}
    assert all(list(row) == ROW for row in document["rows"])


def test_a_slump_is_measured_against_the_desks_own_usual(document):
    row = of(document)["Desk 02", "slump"]
    assert (row["active"], row["since"], row["standard"], row["probability"]) == (True, "2026-08-31", None, None)
    assert row["baseline"] == pytest.approx(2.0, rel=0.1)
    assert row["observed"] == 10.0
    assert row["once_in_years"] == 7.0
    assert row["why"].startswith("Hit to interview worsened from ")


def test_a_missed_standard_carries_its_chance(document):
    row = of(document)["Desk 04", "below_standard"]
    assert (row["standard"], row["observed"], row["baseline"], row["once_in_years"]) == (2.0, 5.0, None, None)
    assert row["probability"] > 0.99
    assert "130 hits, 26 interviews in 13 weeks" in row["why"]


def test_a_star_carries_the_chance_that_it_is_one(document):
    row = of(document)["Desk 03", "above_standard"]
    assert row["probability"] > 0.99
    assert row["observed"] == pytest.approx(10 / 9)


def test_a_steady_desk_on_its_standard_has_no_signal_of_that_ratio(document):
    assert "Desk 01" not in {desk for desk, _ in of(document)}


def test_no_signal_is_listed_twice_and_the_latest_come_first(document):
    rows = document["rows"]
    assert len({(row["desk"], row["measure"], row["kind"], row["raised_on"]) for row in rows}) == len(rows)
    assert [row["raised_on"] for row in rows] == sorted((row["raised_on"] for row in rows), reverse=True)


def test_since_leaves_out_what_was_raised_before_and_is_over(folder, document):
    over = [row for row in document["rows"] if not row["active"]]
    late = found(folder, "--since", "2026-11-22")
    assert late["since"] == "2026-11-22"
    assert all(row["active"] or row["raised_on"] >= "2026-11-22" for row in late["rows"])
    assert not [row for row in late["rows"] if row in over]


def test_as_of_knows_nothing_of_what_came_later(folder):
    assert ("Desk 02", "slump") not in of(found(folder, "--as-of", "2026-08-30"))


def test_known_on_a_day_before_the_import_there_is_nothing(folder):
    done = asked(folder, "--known-on", "2020-01-01", "--json")
    assert json.loads(done.stdout)["rows"] == []
    assert done.stderr == "No week with activity is closed yet, so there is nothing to judge.\n"


def test_people_read_one_line_a_signal(folder, document):
    told = asked(folder).stdout.splitlines()
    assert len(told) == len(document["rows"])
    assert (
        "Desk 04  below standard, raised 2026-02-08: Hit to interview is 5.0 : 1 and should be 2.0 : 1 or better"
        in (line[: line.index(" (130 hits")] for line in told if " (130 hits" in line)
    )


def test_kinds_are_said_as_on_the_screens(folder):
    told = asked(folder).stdout.splitlines()
    heads = {line.split("  ")[1].split(", raised")[0] for line in told}
    assert {"got worse", "below standard", "better than standard"} <= heads
    assert not [line for line in told if "slump" in line or "surge" in line]


def test_what_is_not_a_day_is_said_plainly(folder):
    said = " ".join(asked(folder, "--since", "banana").stderr.split())
    assert "banana is not a day; write it as 2026-11-22." in said


def test_where_every_desk_runs_as_usual_that_is_said(tmp_path):
    (tmp_path / "log.csv").write_text("\n".join([HEAD, "2026-11-18 09:00,Desk 01,recruiting_call,Sample 1,,"]))
    run("import", tmp_path / "log.csv", "--store", tmp_path / "store")
    done = asked(tmp_path / "store")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "No signals: every desk runs as it usually does.\n"


def test_an_empty_history_has_no_signals_and_says_what_to_do(tmp_path):
    done = asked(tmp_path / "empty", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["rows"] == []
    assert done.stderr.count("\n") == 1
    assert "Import a file first" in done.stderr


@pytest.mark.parametrize(
    "words", [("--since", "2026-11-23"), ("--since", "soon"), ("--as-of", "22.11.2026"), ("--desk",)]
)
def test_a_question_that_cannot_be_is_wrong_usage(folder, words):
    assert asked(folder, *words).exit_code == 2


def test_accepting_more_false_alerts_says_so_in_every_slump(store):
    History(store).save_setting("false_alerts", 2.0)
    assert of(found(store))["Desk 02", "slump"]["once_in_years"] == 3.5


# --- the ratios are judged by the same rules -------------------------------------------------------------------------


def ratio_rows(store, *words: object) -> dict[tuple[str, str], dict]:
    done = run("ratios", "--as-of", AS_OF, "--store", store, "--json", *words)
    assert done.exit_code == 0
    rows = [row for row in json.loads(done.stdout)["rows"] if row["ratio"] == "hit_to_interview"]
    return {(row["desk"], row["period"]): row for row in rows}


def test_the_verdict_of_a_ratio_is_the_one_its_signal_is_about(folder, document):
    judged = {desk: row["verdict"] for (desk, _), row in ratio_rows(folder).items()}
    assert judged == {"Desk 01": "unclear", "Desk 02": "below", "Desk 03": "meets", "Desk 04": "below"}
    told = of(document)
    assert {desk for desk, kind in told if kind == "below_standard" and told[desk, kind]["active"]} == {
        "Desk 02",
        "Desk 04",
    }


def test_the_cohort_view_has_no_verdicts(folder):
    assert {row["verdict"] for row in ratio_rows(folder, "--view", "cohort").values()} == {None}


def test_every_period_is_judged_by_the_standard_of_its_own_days(store):
    history = History(store)
    save_standard(history, "hit_to_interview", 3.0, effective_from=date(2026, 1, 1))
    save_standard(history, "hit_to_interview", 6.0, effective_from=date(2026, 11, 1))
    rows = ratio_rows(store, "--from", "2026-10-01", "--to", AS_OF, "--every", "month")
    assert rows["Desk 04", "2026-10"]["standard"] == 3.0
    assert rows["Desk 04", "2026-10"]["verdict"] == "below"
    assert rows["Desk 04", "2026-11"]["standard"] == 6.0
