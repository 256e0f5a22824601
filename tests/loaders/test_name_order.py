"""Names of people written last name first are read as other systems write them, and the report says so."""

from __future__ import annotations

from typing import Any

import pytest

from loaders import Loaded, Options, load
from loaders.name_order import first_last
from mendable import again, both
from mendable import read as read_file

HEAD = "occurred_at,desk,activity,candidate,notes"
REMARK = 'written as "Last, First" and turned round'


def named(*names: str, field: str = "candidate", **told: Any) -> Loaded:
    """A send-out a day with each of these names in a field."""
    head = HEAD if field in HEAD else f"{HEAD},{field}"
    lines = [
        ",".join(
            [f"2026-03-{n:02}", f'"{name}"' if field == "desk" else "Desk 01", "send_out"]
            + [f'"{name}"' if field == "candidate" else "Avery Sample", "x"]
            + ([f'"{name}"'] if head != HEAD else [])
        )
        for n, name in enumerate(names, 1)
    ]
    return load("\n".join([head, *lines]).encode(), "names.csv", Options(**told))


def remarks(loaded: Loaded) -> list[str]:
    return [text for text in loaded.report.warnings if REMARK in text]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Sample, Avery", "Avery Sample"),
        ("SAMPLE, AVERY M.", "AVERY M. SAMPLE"),
        ("Sample,Avery", "Avery Sample"),
        ("van der Sample, Jan", "Jan van der Sample"),
        ("O'Sample-Example, Mary Ann", "Mary Ann O'Sample-Example"),
        ("Sample, Zoë", "Zoë Sample"),
        ("Sample, Avery, RN", "Avery Sample, RN"),
        ("Sample, Avery, BSN, RN", "Avery Sample, BSN, RN"),
        ("Sample, Jr., Avery", "Avery Sample, Jr."),
        ("Sample Jr., Avery", "Avery Sample Jr."),
        ("Sample, Avery III", "Avery Sample III"),
        ("Sample, Avery Ph.D.", "Avery Sample Ph.D."),
        ("Bank, Avery", "Avery Bank"),
    ],
)
def test_a_name_written_last_name_first_is_turned_round(written, read):
    assert first_last(written) == read


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Avery Sample",
            "Sample",
            "Sample,",
            ", Avery",
            "",
            "Sample, Avery, Blake",
            "Sample, 17",
            "Sample, Avery (2)",
        ),
        *("Avery Sample, RN", "Avery Sample, Jr.", "Avery Sample, Esq", "Avery Sample, CPA, CFA", "Avery Sample, R.N."),
        *("Example, Inc.", "Example, LLC", "Sample, Example & Partners", "Sample, Example and Partners"),
        *("Example Staffing, North", "Sample, Avery; Sample, Blake", "avery@example.test, Sample"),
    ],
)
def test_what_is_no_such_name_is_never_turned(name):
    assert first_last(name) is None


@pytest.mark.parametrize("field", ["candidate", "contact", "desk", "assignee"])
def test_a_column_of_people_written_last_name_first_is_read_as_first_and_last(field):
    loaded = named("Sample, Blake", "Sample, Casey", field=field)
    assert loaded.frame[field].tolist() == ["Blake Sample", "Casey Sample"]
    assert remarks(loaded) == [f'2 names in "{field}" {REMARK}: read as "First Last".']
    assert loaded.report.reading["turned"] == [field]


@pytest.mark.parametrize("field", ["client", "job"])
def test_a_column_that_holds_no_people_is_left_as_it_is(field):
    loaded = named("Sample, Blake", "Sample, Casey", field=field)
    assert loaded.frame[field].tolist() == ["Sample, Blake", "Sample, Casey"]
    assert remarks(loaded) == []


MANY = [f"Sample, {first}" for first in ("Avery", "Blake", "Casey", "Drew", "Emery", "Finley", "Gray", "Harper", "Kai")]


def test_nine_of_ten_names_are_practically_all():
    loaded = named(*MANY, "Lane Sample")
    assert loaded.frame["candidate"].tolist()[8:] == ["Kai Sample", "Lane Sample"]
    assert loaded.report.warnings == (f'9 names in "candidate" {REMARK}: read as "First Last".',)


def test_a_column_with_two_ways_of_writing_is_left_as_it_is():
    loaded = named(*MANY[:8], "Lane Sample")
    assert loaded.frame["candidate"].tolist() == [*MANY[:8], "Lane Sample"]
    assert loaded.report.warnings == ()


def test_names_are_counted_once_however_many_rows_they_have():
    loaded = named(*["Sample, Avery"] * 8, "Blake Sample")
    assert loaded.frame["candidate"].tolist()[0] == "Sample, Avery"


def test_a_word_alone_says_nothing_about_the_order_and_stays():
    loaded = named("Sample, Avery", "Sample, Blake", "unassigned", field="assignee")
    assert loaded.frame["assignee"].tolist() == ["Avery Sample", "Blake Sample", "unassigned"]


def test_a_place_says_nothing_either():
    assert named("Springfield, IL", "Springfield, OH", field="desk").frame["desk"].tolist()[0] == "Springfield, IL"
    loaded = named("SAMPLE, AL", "SAMPLE, BLAKE", "SAMPLE, CASEY", field="desk")
    assert loaded.frame["desk"].tolist() == ["AL SAMPLE", "BLAKE SAMPLE", "CASEY SAMPLE"]


def test_titles_behind_names_are_no_first_names():
    names = ["Avery Sample, Welder", "Blake Sample, Plant Manager", "Casey van Sample, Welder"]
    assert named(*names, field="contact").frame["contact"].tolist() == names


def test_a_row_is_the_same_row_however_its_names_are_read():
    turned, mixed = named("Sample, Avery"), named("Sample, Avery", "Blake Sample")
    assert turned.frame["candidate"].tolist() == ["Avery Sample"]
    assert mixed.frame["candidate"].tolist() == ["Sample, Avery", "Blake Sample"]
    assert turned.frame["activity_id"][0] == mixed.frame["activity_id"][0]


def test_one_name_in_both_orders_stays_two_rows():
    assert named("Sample, Avery").frame["activity_id"][0] != named("Avery Sample").frame["activity_id"][0]


OWN: dict[str, Any] = {
    "name": "our_list",
    "columns": {"occurred_at": ["When"], "desk": ["Who"], "activity": ["What"], "candidate": ["Whom"]},
    "activities": [{"values": ["Hired"], "give": ["fill"]}],
}
OWN_FILE = 'When,Who,What,Whom\n2026-03-01,Desk 01,Hired,"Sample, Avery"\n'


@pytest.mark.parametrize("told", [{"mapping": OWN}, {"own": (OWN,)}])
def test_it_holds_for_layouts_of_ones_own(told):
    loaded = load(OWN_FILE.encode(), "own.csv", Options(**told))
    assert loaded.frame["candidate"].tolist() == ["Avery Sample"]
    assert remarks(loaded) == [f'1 name in "Whom" {REMARK}: read as "First Last".']


def test_it_holds_for_names_taken_out_of_a_text():
    columns = {name: [name] for name in ("occurred_at", "desk", "activity")} | {"notes": ["Regarding"]}
    taken = {"columns": columns, "words": ["own"], "extract": {"notes": r"(?P<candidate>.+) / (?P<job>.+)"}}
    text = 'occurred_at,desk,activity,Regarding\n2026-03-01,Desk 01,fill,"Sample, Avery / Welder"\n'
    loaded = load(text.encode(), "own.csv", Options(mapping={"name": "ours", **taken}))
    assert loaded.frame[["candidate", "job", "notes"]].to_numpy().tolist() == [
        ["Avery Sample", "Welder", "Sample, Avery / Welder"]
    ]


def test_a_desk_somebody_named_for_a_file_stays_as_they_wrote_it():
    text = "occurred_at,activity,candidate\n2026-03-01,fill,Avery Sample\n"
    loaded = load(text.encode(), "own.csv", Options(desk="Example, Quinn"))
    assert loaded.frame["desk"].tolist() == ["Example, Quinn"]


def test_it_holds_for_a_column_somebody_chose():
    text = OWN_FILE.replace("Hired", "fill").replace("When,Who,What", "occurred_at,desk,activity")
    loaded = load(text.encode(), "own.csv", Options(columns={"candidate": "Whom"}))
    assert loaded.frame["candidate"].tolist() == ["Avery Sample"]


def test_contact_points_belong_to_the_name_in_the_log():
    text = 'occurred_at,desk,activity,candidate,Phone\n2026-03-01,Desk 01,fill,"Sample, Avery",555-0100\n'
    loaded = load(text.encode(), "phones.csv", Options(contacts=True))
    assert loaded.contacts["person"].tolist() == ["Avery Sample"]


TO_MEND = f"""{HEAD}
03/25/2026,Desk 01,send_out,"Sample, Avery",first
someday,Desk 01,send_out,{{}},second
03/27/2026,Desk 01,send_out,"Sample, Casey",third
"""


def test_mended_rows_are_read_in_the_order_of_their_file():
    first = read_file(TO_MEND.format('"Sample, Blake"'))
    second = again(first, {"C2": "03/26/2026"})
    assert both(first, second)["candidate"].tolist() == ["Avery Sample", "Blake Sample", "Casey Sample"]
    assert first.left_out["candidate"].tolist() == ["Sample, Blake"]


def test_mended_rows_of_a_file_with_two_ways_of_writing_are_left_as_they_are():
    first = read_file(TO_MEND.format('"Sample, Blake"').replace('"Sample, Casey"', "Casey Sample"))
    second = again(first, {"C2": "03/26/2026"})
    assert both(first, second)["candidate"].tolist() == ["Sample, Avery", "Sample, Blake", "Casey Sample"]


def test_a_roster_knows_a_desk_by_both_orders_of_its_name():
    text = 'desk,team,aliases\n"Sample, Avery",North,asample\n"Sample, Blake",North,\n'
    roster = load(text.encode(), "roster.csv", Options()).roster
    assert roster["desk"].tolist() == ["Avery Sample", "Blake Sample"]
    assert roster["aliases"].tolist() == ["asample; Sample, Avery", "Sample, Blake"]


def test_another_name_in_a_roster_is_known_as_a_file_is_read_too():
    text = 'desk,team,aliases\nDesk 01,North,"Sample, Avery"\nBlake Sample,North,"Sample, Blake"\n'
    roster = load(text.encode(), "roster.csv", Options()).roster
    assert roster["aliases"].tolist() == ["Sample, Avery; Avery Sample", "Sample, Blake"]
