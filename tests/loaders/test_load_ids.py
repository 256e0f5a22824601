"""Identities outlive a second upload, another row order and another kind of file."""

from __future__ import annotations

import hashlib
import io

import openpyxl
import pandas as pd

from loaders import Options, load

HEADER = "occurred_at,desk,activity,candidate,client,job,outcome,notes"


def frame_of(content: str | bytes, name: str = "log.csv", **options) -> pd.DataFrame:
    data = content.encode() if isinstance(content, str) else content
    return load(data, name, Options(**options)).frame


def own(*lines: str, header: str = HEADER) -> str:
    return "\n".join([header, *lines, ""])


def ids(*lines: str, header: str = HEADER) -> list[str]:
    return frame_of(own(*lines, header=header))["activity_id"].tolist()


def test_an_id_of_the_source_makes_source_id_and_activity():
    content = own(
        "17,2026-03-02,D,fill,ats", "18,2026-03-02,D,hit,", header="activity_id,occurred_at,desk,activity,source"
    )
    assert frame_of(content)["activity_id"].tolist() == ["ats:17:fill", "touchline:18:hit"]


def test_without_an_id_a_row_is_known_by_a_digest():
    """The number of the row among its equals, then its parts; what is written here must never change."""
    moment = str(pd.Timestamp("2026-03-02 09:00").value // 1000)
    written = "\x1f".join(["1", moment, "fill", "D", "A", "C", "", "J"])
    expected = hashlib.md5(written.encode(), usedforsecurity=False).hexdigest()
    assert ids("2026-03-02 09:00,D,fill,A,C,J,,") == [expected]


def test_an_edited_outcome_or_note_is_still_the_same_row():
    assert ids("2026-03-02,D,send_out,A,C,J,held,well") == ids("2026-03-02,D,send_out,A,C,J,cancelled,ill")


def test_another_desk_moment_or_person_is_another_row():
    base = ids("2026-03-02 09:00,D,fill,A,C,J,,")
    others = [
        ids("2026-03-02 09:01,D,fill,A,C,J,,"),
        ids("2026-03-02 09:00,E,fill,A,C,J,,"),
        ids("2026-03-02 09:00,D,hit,A,C,J,,"),
        ids("2026-03-02 09:00,D,fill,B,C,J,,"),
        ids("2026-03-02 09:00,D,fill,A,,J,,"),
        ids("2026-03-02 09:00,D,fill,,A,J,,"),
    ]
    assert base not in others
    assert len({one[0] for one in others}) == len(others)


def test_texts_that_run_into_each_other_are_told_apart():
    assert ids("2026-03-02,D,fill,AB,C,J,,") != ids("2026-03-02,D,fill,A,BC,J,,")
    separated = ["2026-03-02,D,fill,A\x1fB,C,,,", "2026-03-02,D,fill,A\x1e1B,C,,,", "2026-03-02,D,fill,A,B\x1fC,,,"]
    assert len({one for line in separated for one in ids(line)} | set(ids(*separated))) == 3


def test_equal_rows_of_a_day_are_numbered_by_their_content_and_not_their_place():
    lines = ["2026-03-02,D,touch,A,,,,late", "2026-03-02,D,touch,A,,,,early"]
    forward, backward = frame_of(own(*lines)), frame_of(own(*lines[::-1]))
    assert len(set(forward["activity_id"])) == 2
    assert dict(zip(forward["notes"], forward["activity_id"], strict=True)) == dict(
        zip(backward["notes"], backward["activity_id"], strict=True)
    )


def test_a_workbook_gives_the_same_ids_as_a_csv():
    lines = [HEADER, "2026-03-02 09:00:00,D,fill,A,C,12,,x", "2026-03-03,D,touch,A,C,12.5,,y"]
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append([float(cell) if cell in ("12", "12.5") else cell for cell in line.split(",")])
    out = io.BytesIO()
    book.save(out)
    workbook = frame_of(out.getvalue(), "log.xlsx")
    assert workbook["activity_id"].tolist() == frame_of("\n".join([*lines, ""]))["activity_id"].tolist()


def test_saying_the_side_later_mends_the_rows_and_does_not_add_to_them():
    content = own("2026-03-02 09:00,D,conversation,,,,,")
    before, after = frame_of(content), frame_of(content, side="client")
    assert before["activity"].tolist() == ["conversation"]
    assert after["activity"].tolist() == ["marketing_call"]
    assert before["activity_id"].tolist() == after["activity_id"].tolist()


def test_ids_of_a_file_no_layout_knows_only_tell_its_rows_apart():
    content = "ID,Date,Recruiter,Activity Type\n1,2026-03-02 09:00,D,Placed\n2,2026-03-02 09:00,D,Placed\n"
    frame = frame_of(content)
    assert len(set(frame["activity_id"])) == 2
    assert not frame["activity_id"].str.contains(":").any()


def test_of_rows_with_one_id_the_latest_stays_in_either_order():
    lines = ["1,2026-03-02,D,fill,old", "1,2026-03-05,D,fill,new"]
    header = "activity_id,occurred_at,desk,activity,notes"
    for order in (lines, lines[::-1]):
        result = load(own(*order, header=header).encode(), "f.csv", Options())
        assert result.frame["notes"].tolist() == ["new"]
        assert result.report.duplicate_rows == {"same id": 1}
        assert "repeating an id with other content" in result.report.warnings[0]


def test_one_row_that_gives_two_activities_has_two_ids():
    mapping = {
        "name": "two",
        "require": ["occurred_at", "desk", "activity"],
        "columns": {"activity_id": ["No"], "occurred_at": ["Day"], "desk": ["Who"], "activity": ["What"]},
        "activities": [
            {"values": ["placed"], "give": ["offer_accepted", "fill"]},
            {
                "values": ["prep"],
                "give": [{"activity": "prep", "party": "client"}, {"activity": "prep", "party": "candidate"}],
            },
        ],
    }
    content = "No,Day,Who,What\n7,2026-03-02,D,placed\n8,2026-03-02,D,prep\n"
    frame = frame_of(content, mapping=mapping)
    assert frame["activity_id"].tolist() == [
        "two:7:offer_accepted", "two:7:fill", "two:8:prep:client", "two:8:prep:candidate",
    ]  # fmt: skip
    assert frame["source_row"].tolist() == [2, 2, 3, 3]
