"""Personal data never enters the log; phone numbers and e-mail addresses are kept beside it where a firm wants that."""

from __future__ import annotations

import pytest

from loaders import Loaded, Options, load
from loaders.columns import contact_kind, is_personal

HEADER = "occurred_at,desk,activity,candidate,contact,Phone,Candidate Email,Owner Email,SSN"
ROWS = (
    "2026-03-02,D,recruiting_call,Avery Sample,,555-0100,avery@sample.example,d@firm.example,000",
    "2026-03-03,D,recruiting_call,Avery Sample,,555-0100,avery@sample.example,d@firm.example,000",
    "2026-03-04,D,marketing_call,,Casey Client,555-0199,,d@firm.example,000",
    "2026-03-04,D,send_out,Blair Sample,Casey Client,555-0107,,d@firm.example,000",
    "soon,D,send_out,Drew Sample,,555-0108,,d@firm.example,000",
    "2026-03-05,D,conversation,,,555-0109,,d@firm.example,000",
)


def loaded(*rows: str, header: str = HEADER, **options) -> Loaded:
    return load("\n".join([header, *rows, ""]).encode(), "f.csv", Options(**options))


@pytest.mark.parametrize(
    "label",
    [
        "SSN",
        "Date of Birth",
        "DateOfBirth",
        "DoB",
        "Gender",
        "candidateEthnicity",
        "Race",
        "veteran_status",
        "Fax",
        "EEO",
    ],
)
def test_what_is_never_kept(label):
    assert is_personal(label)
    assert contact_kind(label) is None


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Phone", "phone"),
        ("Mobile", "phone"),
        ("mobilePhone", "phone"),
        ("Phone (Home)", "phone"),
        ("Candidate Phone Number", "phone"),
        ("Email", "email"),
        ("E-Mail 2", "email"),
        ("Email Address", "email"),
        ("candidate.email", "email"),
        ("Owner Email", None),
        ("Recruiter Phone", None),
        ("internal_number", None),
        ("Company Phone", None),
        ("from_number", None),
    ],
)
def test_contact_data_of_candidates_and_clients_is_told_from_that_of_others(label, kind):
    assert is_personal(label)
    assert contact_kind(label) == kind


@pytest.mark.parametrize("label", ["Phone Screen", "Email Sent On", "Email Campaign", "Cell Count", "Client", "Date"])
def test_columns_about_work_are_not_personal(label):
    assert not is_personal(label)


def test_without_the_firms_wish_nothing_is_kept():
    result = loaded(*ROWS)
    dropped = [use.header for use in result.report.columns if use.how == "dropped"]
    assert (result.contacts, dropped) == (None, ["Phone", "Candidate Email", "Owner Email", "SSN"])


def test_with_it_each_number_goes_to_the_person_its_row_is_about():
    result = loaded(*ROWS, contacts=True)
    assert result.contacts.to_numpy().tolist() == [
        ["Avery Sample", "candidate", "email", "avery@sample.example", "touchline"],
        ["Avery Sample", "candidate", "phone", "555-0100", "touchline"],
        ["Blair Sample", "candidate", "phone", "555-0107", "touchline"],
        ["Casey Client", "client", "phone", "555-0199", "touchline"],
    ]


def test_a_header_says_whose_number_it_is():
    header = "occurred_at,desk,activity,candidate,contact,Candidate Phone,Client Phone"
    result = loaded("2026-03-02,D,send_out,Avery Sample,Casey Client,1,2", header=header, contacts=True)
    assert result.contacts[["person", "value"]].to_numpy().tolist() == [["Avery Sample", "1"], ["Casey Client", "2"]]


def test_the_report_says_which_columns_were_dropped_and_which_kept_apart():
    report = loaded(*ROWS[:1], contacts=True).report
    assert {use.header: (use.field, use.how) for use in report.columns[5:]} == {
        "Phone": ("phone", "contact"),
        "Candidate Email": ("email", "contact"),
        "Owner Email": (None, "dropped"),
        "SSN": (None, "dropped"),
    }
    assert report.warnings == (
        'Columns with personal data were left out: "Owner Email", "SSN".',
        'Phone numbers and e-mail addresses were kept, but apart from the log: "Phone", "Candidate Email".',
    )


@pytest.mark.parametrize("contacts", [False, True])
def test_neither_the_log_nor_the_rows_left_out_hold_them(contacts):
    result = loaded(*ROWS, contacts=contacts)
    assert list(result.left_out.columns) == ["row", "occurred_at", "desk", "activity", "candidate", "contact"]
    texts = {str(cell) for frame in (result.frame, result.left_out) for cell in frame.to_numpy().ravel()}
    assert not [text for text in texts if "555" in text or "@" in text or text == "000"]


def test_a_file_without_such_columns_has_no_contact_points():
    result = loaded("2026-03-02,D,fill", header="occurred_at,desk,activity", contacts=True)
    assert (len(result.contacts), list(result.contacts)) == (0, ["person", "party", "kind", "value", "source"])


def test_an_address_may_still_be_the_name_of_a_desk():
    result = loaded(
        "2026-03-02,desk01@firm.example,fill", header="occurred_at,Email,activity", columns={"desk": "Email"}
    )
    assert result.frame["desk"].tolist() == ["desk01@firm.example"]
