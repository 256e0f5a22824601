"""Names of people in capitals alone are read as other systems write them, and the report says so."""

from __future__ import annotations

import pytest

from loaders import Loaded
from loaders.capitals import with_small_letters
from mendable import read

HEAD = "occurred_at,desk,activity,candidate,client,contact,notes"
SAID = "written in capitals alone"


def loaded(*names: str, desk: str = "DESK ONE", client: str = "EXAMPLE WORKS") -> Loaded:
    lines = [f'2026-03-{n:02},{desk},send_out,"{name}",{client},,SENT' for n, name in enumerate(names, 1)]
    return read("\n".join([HEAD, *lines]))


def remarks(one: Loaded) -> list[str]:
    return [text for text in one.report.warnings if SAID in text]


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("AVERY SAMPLE", "Avery Sample"),
        ("AVERY M. SAMPLE", "Avery M. Sample"),
        ("AVERY O'SAMPLE-ROE", "Avery O'Sample-Roe"),
        ("AVERY MCSAMPLE", "Avery McSample"),
        ("ZOË SAMPLE", "Zoë Sample"),
        ("AVERY SAMPLE, RN", "Avery Sample, RN"),
        ("AVERY SAMPLE III", "Avery Sample III"),
        ("AVERY SAMPLE JR.", "Avery Sample Jr."),
        ("AVERY SAMPLE 0042", "Avery Sample 0042"),
        ("AVERY", "Avery"),
    ],
)
def test_a_name_gets_small_letters_and_keeps_its_suffix(written, seen):
    assert with_small_letters(written) == seen


def test_a_column_in_capitals_meets_the_names_of_other_files_and_the_report_says_how_many():
    one = loaded("AVERY SAMPLE", "BLAKE SAMPLE", "AVERY SAMPLE")
    assert one.frame["candidate"].tolist() == ["Avery Sample", "Blake Sample", "Avery Sample"]
    assert remarks(one) == [
        '2 names in "candidate" written in capitals alone and read with small letters, as other systems write them.'
    ]


def test_names_in_capitals_and_last_name_first_are_both():
    one = loaded("SAMPLE, AVERY", "EXAMPLE, BLAKE M.")
    assert one.frame["candidate"].tolist() == ["Avery Sample", "Blake M. Example"]


def test_one_name_in_capitals_among_others_stays():
    one = loaded("AVERY SAMPLE", "Blake Sample", "Casey Sample")
    assert one.frame["candidate"].tolist() == ["AVERY SAMPLE", "Blake Sample", "Casey Sample"]
    assert remarks(one) == []


def test_one_name_mended_by_hand_does_not_keep_a_column_in_capitals():
    names = [f"AVERY SAMPLE{'ABCDEFGHI'[n]}" for n in range(9)]
    one = loaded(*names, "Blake Sample")
    assert one.frame["candidate"].tolist()[0] == "Avery Samplea"
    assert one.frame["candidate"].tolist()[-1] == "Blake Sample"


def test_initials_desks_companies_and_notes_stay_as_they_are():
    one = loaded("JD", "KM", "LS")
    assert one.frame["candidate"].tolist() == ["JD", "KM", "LS"]
    one = loaded("AVERY SAMPLE", "EXAMPLE SYSTEMS LLC")
    assert one.frame["candidate"].tolist() == ["Avery Sample", "EXAMPLE SYSTEMS LLC"]
    kept = one.frame[["desk", "client", "notes"]].drop_duplicates().to_dict("records")
    assert kept == [{"desk": "DESK ONE", "client": "EXAMPLE WORKS", "notes": "SENT"}]


def test_identities_are_made_of_the_names_as_written():
    shouted, plain = loaded("AVERY SAMPLE", "BLAKE SAMPLE"), loaded("AVERY SAMPLE", "Blake Sample")
    assert shouted.frame["activity_id"][0] == plain.frame["activity_id"][0]
    assert plain.frame["candidate"][0] == "AVERY SAMPLE"
