"""The report: every row accounted for, every column's use told, nothing decided in silence."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from pandas import Timestamp
from pandera.errors import SchemaErrors

from loaders import LoadReport, Options, load
from loaders.report import JSON_KEYS
from loaders.schema import FRAME_COLUMNS, validate
from quality.vocabulary import ACTIVITIES, LOG_COLUMNS

BULLHORN = b"""Date Added,Author,About,Action,Comments,Candidates,Client Contacts,Phone
3/25/2026 9:05 AM,Desk 01,Avery Sample,Outbound Call,<p>Hi &amp; bye</p>,Avery Sample,,555
3/25/2026 9:15 AM,Desk 01,Casey Client,Outbound Call,a < b,,Casey Client,555
3/25/2026 9:35 AM,Desk 01,Somebody,Inbound Call,,,,555
3/25/2026 9:36 AM,Desk 01,Somebody,Left Message,,,,555
"""


def loaded(content: str | bytes, **options):
    return load(content.encode() if isinstance(content, str) else content, "log.csv", Options(**options))


def own(*lines: str, header: str = "occurred_at,desk,activity") -> str:
    return "\n".join([header, *lines, ""])


def test_the_json_of_a_file_has_exactly_the_promised_keys():
    document = loaded(own("2026-03-02,D,fill", "x,D,fill", "2026-03-03,D,odd")).report.to_json()
    assert tuple(document) == JSON_KEYS
    assert set(document["problems"][0]) == {"row", "column", "value", "code", "problem", "fix"}
    assert json.loads(json.dumps(document)) == document


def test_a_report_whose_rows_do_not_add_up_cannot_exist():
    with pytest.raises(AssertionError, match="3 rows read, 2 accounted for"):
        LoadReport("log.csv", rows_read=3, accepted=2)


def test_the_frame_has_the_columns_of_the_log_but_the_import():
    frame = loaded(own("2026-03-02,D,fill")).frame
    assert tuple(frame.columns) == FRAME_COLUMNS == tuple(name for name in LOG_COLUMNS if name != "import_id")
    assert frame["occurred_at"].dtype == "datetime64[us]"
    assert frame["due_on"].dtype == "datetime64[us]"
    assert frame["quantity"].dtype == "float64"
    assert frame["source_row"].dtype == "int64"
    assert all(frame[name].dtype == "str" for name, kind in LOG_COLUMNS.items() if kind == "text")


@pytest.mark.parametrize(
    ("column", "value"),
    [("activity_id", None), ("activity", "call"), ("party", "both"), ("desk", None), ("occurred_at", pd.NaT)],
)
def test_a_frame_that_is_no_log_never_leaves_the_loaders(column, value):
    frame = loaded(own("2026-03-02,D,fill", "2026-03-03,D,fill")).frame
    assert validate(frame) is not None
    with pytest.raises(SchemaErrors):
        validate(frame.assign(**{column: pd.Series([value] * 2, dtype=frame[column].dtype)}))


def test_every_activity_of_the_vocabulary_loads_under_its_own_name():
    result = loaded(own(*(f"2026-03-02 09:{n:02},D,{name}" for n, name in enumerate(ACTIVITIES))))
    assert result.frame["activity"].tolist() == list(ACTIVITIES)


def test_a_problem_names_the_row_a_person_sees_with_its_cell():
    report = loaded("Weekly list\n\n" + own("2026-03-02,D,fill", "2026-03-03,,fill", "soon,D,fill")).report
    found = [(problem.row, problem.column, problem.value, problem.code) for problem in report.problems]
    assert found == [(5, "desk", "", "desk_missing"), (6, "occurred_at", "soon", "date_unparsed")]
    assert report.header_row == 3


def test_unknown_values_are_listed_with_their_counts_and_the_first_row_of_each():
    report = loaded(own("2026-03-02,D,fill", "2026-03-02,D,odd", "2026-03-03,D,odd", "2026-03-03,D,rare")).report
    assert report.unmapped_values == {"odd": 2, "rare": 1}
    assert [(problem.row, problem.value) for problem in report.problems] == [(3, "odd"), (5, "rare")]


def test_a_word_with_several_meanings_is_not_guessed_and_the_fix_says_which_they_are():
    content = "Date,Recruiter,Activity Type\n2026-03-02,D,Sendout\n2026-03-02,D,Placed\n"
    report = loaded(content).report
    assert report.unmapped_values == {"Sendout": 1}
    assert "presentation" in report.problems[0].fix
    assert "send_out" in report.problems[0].fix


def test_furniture_is_listed_and_not_read():
    report = loaded(own("2026-03-02,D,fill", "Grand Totals (1 records),,", "Confidential Information,,")).report
    assert report.furniture_rows == ((3, "Grand Totals (1 records)"), (4, "Confidential Information"))
    assert (report.rows_read, report.furniture) == (1, 2)


def test_the_use_of_every_column_is_told():
    uses = {use.header: (use.field, use.how) for use in loaded(BULLHORN).report.columns}
    assert uses["Date Added"] == ("occurred_at", "layout")
    assert uses["Phone"] == (None, "dropped")
    other = loaded("When,Recruiter,Activity Type,Kind,Mood\n2026-03-02,D,x,fill,good\n", columns={"activity": "Kind"})
    uses = {use.header: (use.field, use.how) for use in other.report.columns}
    assert uses == {
        "When": ("occurred_at", "synonym"),
        "Recruiter": ("desk", "synonym"),
        "Activity Type": (None, "unused"),
        "Kind": ("activity", "chosen"),
        "Mood": (None, "unused"),
    }


def test_personal_data_never_enters_the_log():
    header = "occurred_at,desk,activity,SSN,Date of Birth,Gender,E-Mail,Cell Phone,Ethnicity,Veteran Status"
    result = loaded(own("2026-03-02,D,fill,123-45-6789,1990-01-01,f,a@example.org,555,x,no", header=header))
    text = result.frame.to_csv()
    assert not [word for word in ("123-45", "1990", "example.org", "555") if word in text]
    assert {use.how for use in result.report.columns[3:]} == {"dropped"}
    assert "personal data" in result.report.warnings[0]


def test_personal_data_cannot_be_chosen_either_but_a_recruiters_address_is_a_name():
    content = "Date,Recruiter,Activity Type,Email\n2026-03-02,D,Placed,a@example.org\n"
    assert loaded(content, columns={"candidate": "Email"}).report.refused.code == "column_personal"
    assert loaded(content, columns={"desk": "Email"}).frame["desk"].tolist() == ["a@example.org"]


def test_a_chosen_column_must_fill_one_of_ours():
    refused = loaded(own("2026-03-02,D,fill"), columns={"candidte": "desk"}).report.refused
    assert refused.code == "field_unknown"
    assert 'Did you mean "candidate"?' in refused.reason


def test_a_date_of_a_phone_screen_is_no_phone_number():
    content = "Candidate,Recruiter,Phone Screen,Placed\nA,D,2026-03-02,2026-03-05\n"
    assert loaded(content).frame["activity"].tolist() == ["interview", "fill"]


def test_the_reason_of_a_recognition_counts_columns_and_values():
    report = loaded(BULLHORN).report
    assert report.layout_title == "Bullhorn notes"
    assert report.reason == "looks like Bullhorn notes: 7 of 8 columns; 3 of 3 values known"


def test_a_call_is_told_by_whom_it_is_about():
    frame = loaded(BULLHORN).frame
    assert frame["activity"].tolist() == ["recruiting_call", "marketing_call", "conversation", "call_attempt"]
    assert frame["party"].fillna("").tolist() == ["candidate", "client", "", ""]


def test_the_side_of_conversations_can_be_said_for_the_file():
    report = loaded(BULLHORN).report
    assert "1 conversation that could be" in report.warnings[-1]
    assert "--side candidate" in report.warnings[-1]
    candidate, client = loaded(BULLHORN, side="candidate").frame, loaded(BULLHORN, side="client").frame
    assert candidate["activity"][2] == "recruiting_call"
    assert (client["activity"][2], client["contact"][2]) == ("marketing_call", "Somebody")


def test_notes_lose_their_tags_and_entities_and_nothing_else():
    assert loaded(BULLHORN).frame["notes"].fillna("").tolist() == ["Hi & bye", "a < b", "", ""]


def test_outcomes_are_put_into_our_words_and_unknown_ones_are_kept_and_counted():
    words = ["Completed", "Canceled", "No-Show", "Re-scheduled", "held", "sunny"]
    lines = [f"2026-03-02,D,send_out,{n},{word}" for n, word in enumerate(words)]
    result = loaded(own(*lines, header="occurred_at,desk,activity,candidate,outcome"))
    assert result.frame["outcome"].tolist() == ["held", "cancelled", "no_show", "rescheduled", "held", "sunny"]
    assert result.report.warnings == (
        '1 outcome kept as written; only known words make a hit or an attempt: "sunny".',
        '1 send-out counted as held, whatever came of it: "sunny". If one was not, map its outcome.',
    )


def test_an_outcome_of_an_activity_without_a_list_stays_as_it_is():
    content = own("2026-03-02,D,offer_declined,Completed", header="occurred_at,desk,activity,outcome")
    result = loaded(content)
    assert (result.frame["outcome"][0], result.report.warnings) == ("Completed", ())


def test_text_that_looks_missing_is_text():
    content = own("2026-03-02,None,fill,NA,null", header="occurred_at,desk,activity,candidate,notes")
    row = loaded(content).frame.iloc[0]
    assert (row["desk"], row["candidate"], row["notes"]) == ("None", "NA", "null")


def test_the_desk_of_a_file_fills_only_what_is_blank():
    assert loaded(own("2026-03-02,,fill", "2026-03-03,D,fill"), desk="E").frame["desk"].tolist() == ["E", "D"]


def test_who_gets_the_credit_is_told_where_several_columns_name_people():
    content = "Date,Recruiter,Owner,Activity Type\n2026-03-02,D,E,Placed\n"
    assert 'credited to "Recruiter". Other columns with people: "Owner".' in loaded(content).report.warnings[1]


def test_progress_only_grows_and_reaches_the_end():
    told: list[tuple[str, float]] = []
    load(own("2026-03-02,D,fill").encode(), "log.csv", Options(), lambda what, share: told.append((what, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert told[-1] == ("Done", 1.0)


def test_a_wide_row_becomes_an_activity_for_every_date():
    content = "Candidate,Recruiter,Job,1st Interview,2nd Interview,Placed\nA,D,J,3/25/2026,3/27/2026,3/31/2026\n"
    frame = loaded(content).frame
    assert frame["activity"].tolist() == ["send_out", "send_out", "fill"]
    assert frame["occurred_at"].tolist() == [Timestamp(2026, 3, 25), Timestamp(2026, 3, 27), Timestamp(2026, 3, 31)]
    assert frame["job"].tolist() == ["J", "J", "J"]


def test_what_opencats_says_about_a_row_is_taken_apart():
    content = b"""Date,First Name,Last Name,Regarding,Activity,Notes,Entered By
2026-03-02 09:00:00,Avery,Sample,Welder (night) (Example Metal Works),Call (Talked),x,Desk 01
2026-03-02 10:00:00,Blake,Sample,General,Email,x,Desk 01
"""
    frame = loaded(content).frame
    assert frame["job"].fillna("").tolist() == ["Welder (night)", ""]
    assert frame["client"].fillna("").tolist() == ["Example Metal Works", ""]
    assert frame["candidate"].tolist() == ["Avery Sample", "Blake Sample"]
    assert frame["activity"].tolist() == ["conversation", "touch"]
    assert frame["channel"].fillna("").tolist() == ["", "email"]
    assert loaded(content, side="client").frame["contact"].tolist() == ["Avery Sample", "Blake Sample"]


def test_a_column_nobody_uses_that_says_nobody_was_reached_is_pointed_out():
    header = "Date,Desk,Type,Candidate,Put down as"
    lines = ("2026-03-02,Desk 01,Recruiting Call,Avery Sample,voicemail", "2026-03-03,Desk 01,Recruiting Call,Blake,ok")
    report = loaded(own(*lines, header=header)).report
    assert [one for one in report.warnings if "Put down as" in one] == [
        'The column "Put down as" is not used, though it says that nobody was reached: "voicemail". Choose Outcome '
        "for it on the upload page; until then such calls count as conversations."
    ]
    named = loaded(own(*lines, header=header.replace("Put down as", "Outcome"))).report
    assert not [one for one in named.warnings if "nobody was reached" in one]


def test_a_word_with_a_meaning_for_another_activity_is_not_called_unknown():
    mapping = {
        "name": "ours",
        "require": ["occurred_at", "desk", "activity"],
        "columns": {"occurred_at": ["occurred_at"], "desk": ["desk"], "activity": ["activity"], "outcome": ["outcome"]},
        "activities": [{"values": ["rang"], "give": ["recruiting_call"]}, {"values": ["met"], "give": ["send_out"]}],
        "outcomes": {"recruiting_call": {"not_interested": ["not for them"]}},
    }
    lines = ("2026-03-02,D,rang,not for them", "2026-03-02,D,met,not for them")
    report = loaded(own(*lines, header="occurred_at,desk,activity,outcome"), mapping=mapping).report
    assert report.warnings == ()


def test_a_word_that_sounds_missed_is_named_even_where_the_firm_mapped_the_file():
    mapping = {
        "name": "ours",
        "require": ["occurred_at", "desk", "activity"],
        "columns": {"occurred_at": ["occurred_at"], "desk": ["desk"], "activity": ["activity"], "outcome": ["outcome"]},
        "activities": [{"values": ["met"], "give": ["send_out"]}, {"values": ["deal"], "give": ["fill"]}],
    }
    lines = ("2026-03-02,D,met,sunny", "2026-03-02,D,met,ill that day", "2026-03-02,D,deal,pulled out")
    report = loaded(own(*lines, header="occurred_at,desk,activity,outcome"), mapping=mapping).report
    assert report.warnings == (
        '1 send-out counted as held, whatever came of it: "ill that day". If one was not, map its outcome.',
        '1 fill counted as placed, whatever came of it: "pulled out". If one was not, map its outcome.',
    )


def test_two_spellings_of_a_value_are_one_value_known():
    report = loaded(own("2026-03-02,D,fill", "2026-03-03,D,Fill", "2026-03-04,D,zorp")).report
    assert report.reason.endswith("1 of 2 values known")
