"""From a file to the ratios, the whole way a manager's export goes, checked by a few independent lines of pandas."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from cli import app
from quality.judgement import VERDICTS

AS_OF = "2026-06-30"

OURS = """occurred_at,desk,activity,candidate,client,contact,job,outcome
2026-03-02 09:00,Desk 01,recruiting_call,Avery Sample 1,,,,interested
2026-03-02 10:00,Desk 01,recruiting_call,Avery Sample 2,,,,not_interested
2026-03-02 11:00,Desk 01,recruiting_call,Avery Sample 3,,,,interested
2026-03-03 09:00,Desk 01,hit,Avery Sample 2,,,,
2026-03-04 09:00,Desk 01,interview,Avery Sample 1,,,,
2026-03-05 09:00,Desk 01,interview,Avery Sample 2,,,,
2026-03-06 09:00,Desk 01,presentation,Avery Sample 1,Example Works,,Job 1,
2026-03-09 09:00,Desk 01,send_out,Avery Sample 1,Example Works,,Job 1,cancelled
2026-03-10 09:00,Desk 01,send_out,Avery Sample 1,Example Works,,Job 1,held
2026-03-17 09:00,Desk 01,send_out,Avery Sample 1,Example Works,,Job 1,held
2026-03-18 09:00,Desk 01,send_out,Avery Sample 2,Example Works,,Job 1,
2026-03-24 09:00,Desk 01,fill,Avery Sample 1,Example Works,,Job 1,
2026-07-15 09:00,Desk 01,send_out,Avery Sample 3,Example Works,,Job 1,
2026-03-02 15:00,Desk 02,marketing_call,,Example Works,Casey Sample,,call_back
2026-03-03 15:00,Desk 02,marketing_call,,Example Works,Casey Sample,,interested
2026-03-04 15:00,Desk 02,contract,,Example Works,Casey Sample,Job 1,
"""

BULLHORN = """Date Added,Author,About,Action,Comments,Job Order,Candidates,Client Contacts,Is Deleted
"3/2/2026 9:05 AM",Desk 03,Avery Sample 4,Outbound Call,talked,,Avery Sample 4,,false
"3/2/2026 1:05 PM",Desk 03,Avery Sample 5,Left Message,,,Avery Sample 5,,false
"3/13/2026 1:15 PM",Desk 03,Avery Sample 4,Prescreen,,,Avery Sample 4,,false
"3/13/2026 2:15 PM",Desk 03,Casey Sample,Outbound Call,,,,Casey Sample,false
"3/13/2026 3:15 PM",Desk 03,Casey Sample,Outbound Call,,,,Casey Sample,true
"""

OPENCATS = """Date,First Name,Last Name,Regarding,Activity,Notes,Entered By
"2026-03-03 10:00:00","Avery","Sample 6","General","Call (Talked)","nice talk","Desk 04"
"2026-03-02 10:00:00","Avery","Sample 7","General","Call (LVM)","","Desk 04"
"2026-03-02 09:00:00","Avery","Sample 6","General","Call","Status change: <span>Submitted</span>.","Desk 04"
"""

PAIRS = {
    "call_to_hit": ("recruiting_call", "hit"),
    "hit_to_interview": ("hit", "interview"),
    "interview_to_send_out": ("interview", "send_out"),
    "send_out_to_fill": ("send_out", "fill"),
    "marketing_call_to_contract": ("marketing_call", "contract"),
    "presentation_to_send_out": ("presentation", "send_out"),
    "contract_to_fill": ("contract", "fill"),
}


def command(*words: object) -> dict:
    result = CliRunner().invoke(app, [*map(str, words), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def ratios(store: Path, *words: object) -> dict[tuple[str, str], dict]:
    asked = ("ratios", "--store", store, "--as-of", AS_OF, "--from", "2026-03-01", "--to", AS_OF, *words)
    return {(row.get("desk", row.get("company")), row["ratio"]): row for row in command(*asked)["rows"]}


def imported(folder: Path, text: str, *words: object, name: str = "log.csv") -> dict:
    (folder / name).write_text(text)
    return command("import", folder / name, "--store", folder / "store", *words)


def both(row: dict) -> tuple[int, int]:
    return row["upstream"], row["downstream"]


def test_our_own_format_gives_the_ratios_that_can_be_counted_by_eye(tmp_path):
    imported(tmp_path, OURS)
    found = ratios(tmp_path / "store")
    assert both(found["Desk 01", "call_to_hit"]) == (3, 3)
    assert both(found["Desk 01", "hit_to_interview"]) == (3, 2)
    assert both(found["Desk 01", "interview_to_send_out"]) == (2, 2)
    assert both(found["Desk 01", "send_out_to_fill"]) == (2, 1)
    assert both(found["Desk 02", "marketing_call_to_contract"]) == (2, 1)
    # The order is Desk 02's, so on the client side its send-outs and its fill are too.
    assert both(found["Desk 01", "presentation_to_send_out"]) == (1, 0)
    assert both(found["Desk 02", "presentation_to_send_out"]) == (0, 2)
    assert both(found["Desk 02", "contract_to_fill"]) == (1, 1)
    assert {desk for desk, _ in found} == {"Desk 01", "Desk 02"}
    assert len(found) == 14


def test_bullhorn_notes_know_the_side_from_whom_the_note_is_about(tmp_path):
    document = imported(tmp_path, BULLHORN)
    report = document["files"][0]
    assert (report["layout"], report["accepted"], report["ignored"]) == ("bullhorn_notes", 4, 1)
    found = ratios(tmp_path / "store")
    assert found["Desk 03", "call_to_hit"]["upstream"] == 1
    assert found["Desk 03", "hit_to_interview"]["downstream"] == 1
    assert found["Desk 03", "marketing_call_to_contract"]["upstream"] == 1


def test_opencats_calls_count_once_the_firm_says_whose_side_they_are(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    silent = imported(tmp_path / "one", OPENCATS)["files"][0]
    assert (silent["layout"], silent["accepted"], silent["ignored"]) == ("opencats_activities", 2, 1)
    assert any("--side" in warning for warning in silent["warnings"])
    assert ratios(tmp_path / "one" / "store")["Desk 04", "call_to_hit"]["upstream"] == 0
    imported(tmp_path / "two", OPENCATS, "--side", "candidate")
    assert ratios(tmp_path / "two" / "store")["Desk 04", "call_to_hit"]["upstream"] == 1


def random_log(seed: int, size: int = 1500) -> str:
    """Activities without any sense but with every clash: same people, jobs and days over and over."""
    draw = random.Random(seed)
    names = ["recruiting_call", "hit", "interview", "send_out", "fill", "marketing_call", "contract", "presentation"]
    lines = ["occurred_at,desk,activity,candidate,client,job,outcome"]
    for _ in range(size):
        activity = draw.choice(names)
        outcome = {
            "interview": draw.choice(["", "held", "no_show"]),
            "send_out": draw.choice(["", "held", "cancelled", "no_show"]),
            "fill": draw.choice(["", "", "never_started"]),
            "recruiting_call": draw.choice(["", "interested", "not_interested", "other"]),
        }.get(activity, "")
        moment = (
            f"2026-{draw.randint(1, 8):02}-{draw.randint(1, 28):02} {draw.randint(8, 17):02}:{draw.randint(0, 59):02}"
        )
        person, order = f"Avery Sample {draw.randint(1, 60)}", draw.randint(1, 25)
        lines.append(
            f"{moment},Desk {draw.randint(1, 5)},{activity},{person},Example {order % 7},Job {order},{outcome}"
        )
    return "\n".join(sorted(set(lines[1:]), key=lines.index)).join([lines[0] + "\n", "\n"])


def counted_by_pandas(text: str) -> dict[tuple[str, str], tuple[int, int]]:
    """The same seven ratios by desk, written another way: no engine, no catalogue, no credit table."""
    log = pd.read_csv(io.StringIO(text), parse_dates=["occurred_at"])
    log = log[log.occurred_at < "2026-07-01"].sort_values("occurred_at")
    once = ["candidate", "job"]
    met = log[log.activity.isin(["interview", "send_out"]) & (log.outcome.isin(["held"]) | log.outcome.isna())]
    hits = pd.concat(
        [log[log.activity == "hit"], log[(log.activity == "recruiting_call") & (log.outcome == "interested")]]
    )
    events = {name: log[log.activity == name] for name in ("recruiting_call", "marketing_call", "contract")}
    events |= {"hit": hits, "interview": met[met.activity == "interview"]}
    events |= {"send_out": met[met.activity == "send_out"].drop_duplicates(once)}
    events |= {name: log[log.activity == name].drop_duplicates(once) for name in ("fill", "presentation")}
    owner = events["contract"].drop_duplicates("job").set_index("job").desk
    result = {}
    for ratio, (up, down) in PAIRS.items():
        upstream, downstream = (events[name][events[name].occurred_at >= "2026-03-01"] for name in (up, down))
        is_client_side = ratio in ("presentation_to_send_out", "contract_to_fill")
        desks = downstream.job.map(owner).fillna(downstream.desk) if is_client_side else downstream.desk
        for desk in log.desk.unique():
            result[desk, ratio] = (int((upstream.desk == desk).sum()), int((desks == desk).sum()))
    return result


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_few_independent_lines_of_pandas_agree_on_every_count(seed, tmp_path):
    text = random_log(seed)
    report = imported(tmp_path, text)["files"][0]
    assert report["accepted"] + report["duplicate"] == report["rows_read"] == text.count("\n") - 1
    found = {key: both(row) for key, row in ratios(tmp_path / "store").items()}
    assert found == counted_by_pandas(text)


def test_desks_add_up_to_the_company(tmp_path):
    imported(tmp_path, random_log(4))
    desks, company = ratios(tmp_path / "store"), ratios(tmp_path / "store", "--by", "company")
    for (_, ratio), whole in company.items():
        parts = [both(row) for (_, name), row in desks.items() if name == ratio]
        assert both(whole) == tuple(map(sum, zip(*parts, strict=True)))


def test_as_of_cuts_the_future_and_known_on_cuts_what_came_later(tmp_path):
    imported(tmp_path, OURS)
    words = ("ratios", "--store", tmp_path / "store", "--from", "2026-03-01", "--to", "2026-07-31")
    early = command(*words, "--as-of", "2026-03-12")
    late = command(*words, "--as-of", "2026-07-31")
    counts = [
        next(r["upstream"] for r in d["rows"] if (r["desk"], r["ratio"]) == ("Desk 01", "send_out_to_fill"))
        for d in (early, late)
    ]
    assert counts == [1, 3]
    assert command(*words, "--as-of", "2026-07-31", "--known-on", "2020-01-01")["rows"] == []


def test_json_has_the_promised_shape_and_nothing_else(tmp_path):
    document = imported(tmp_path, OURS)
    assert set(document) == {"files", "added", "updated", "unchanged", "retired"}
    assert set(document["files"][0]) == {
        "name", "layout", "sheet", "rows_read", "accepted", "duplicate", "ignored", "unmapped", "rejected",
        "furniture", "activities", "problems", "unmapped_values", "warnings", "refused",
    }  # fmt: skip
    asked = command("ratios", "--store", tmp_path / "store", "--as-of", AS_OF, "--every", "month", "--view", "cohort")
    assert set(asked) == {"as_of", "from", "to", "view", "definitions_changed", "rows"}
    assert set(asked["rows"][0]) == {
        "desk", "period", "ratio", "upstream", "downstream", "value", "low", "high", "standard", "verdict", "open",
    }  # fmt: skip
    assert {row["period"] for row in asked["rows"]} == {"2026-03", "2026-04", "2026-05", "2026-06"}
    assert all(isinstance(row["open"], int) and row["verdict"] in (*VERDICTS, None) for row in asked["rows"])


def test_an_import_that_restates_the_past_says_what_changed(tmp_path):
    imported(tmp_path, OURS)
    late = "occurred_at,desk,activity,candidate,job\n2026-03-19 09:00,Desk 01,send_out,Avery Sample 4,Job 1\n"
    (tmp_path / "late.csv").write_text(late)
    words = ["import", str(tmp_path / "late.csv"), "--store", str(tmp_path / "store")]
    said = CliRunner().invoke(app, words).stderr
    assert "of the past changed" in said
    assert "Desk 01  2026-03  Send-out to fill: 2 / 1 -> 3 / 1" in said
