"""What people write in their own words: the outcomes of ends and the kinds of cases it is told by."""

from __future__ import annotations

import pytest

from loaders import Options, load
from loaders.wordings import worded, wordings
from quality.vocabulary import ACTIVITIES


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("quit - better offer", "quit"),
        ("got another job closer to home", "quit"),
        ("not happy with the hours, left", "quit"),
        ("Voluntary resignation", "quit"),
        ("NO SHOW after day 2", "quit"),
        ("took a permanent job elsewhere", "quit"),
        ("family reasons", "quit"),
        ("client ended early, performance", "terminated"),
        ("Client not happy", "terminated"),
        ("budget cut at client", "terminated"),
        ("INVOLUNTARY", "terminated"),
        ("lack of work", "terminated"),
        ("never turned up", "never_started"),
        ("No Show", "never_started"),
        ("converted to perm", "converted"),
        ("Hired by client", "converted"),
        ("Not converted, contract ended", "completed"),
        ("project finished", "completed"),
        ("end of contract", "completed"),
        ("Not a good fit", None),
        ("Moved away from days", None),
        ("40 hours left", None),
        ("Approved", None),
        ("", None),
    ],
)
def test_a_reason_in_anybodys_words_tells_how_an_assignment_ended(text, outcome):
    assert worded("end", text) == outcome


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Payroll", "experience"),
        ("Timecard past due", "experience"),
        ("W-2 copy", "experience"),
        ("Onboarding at client", "adoption"),
        ("Badge does not open the gate", "adoption"),
        ("Wants to talk to the account manager", None),
    ],
)
def test_words_tell_the_kind_of_a_case(text, kind):
    assert worded("ticket_opened", text) == kind


def test_only_outcomes_we_know_are_told():
    for activity, listed in wordings().items():
        assert {one.meaning for one in listed} <= set(ACTIVITIES[activity].outcomes)


def test_an_end_of_a_file_nobody_knows_takes_its_outcome_from_the_words():
    log = b"Date,Recruiter,Type,Candidate,Outcome\n2026-10-01,Desk 01,End,Avery Sample,left for a better offer\n"
    assert load(log, "log.csv", Options()).frame["outcome"].tolist() == ["quit"]


def test_a_condition_asks_for_an_outcome_that_can_be_told():
    stages = [{"columns": ["Ended"], "when": {"why": {"means": "end:left"}}, "give": ["end"]}]
    mapping = {
        "name": "x",
        "shape": "wide",
        "columns": {"desk": ["Desk"]},
        "helpers": {"why": ["Why"]},
        "stages": stages,
    }
    refused = load(b"Desk,Ended,Why\nDesk 01,2026-10-01,quit\n", "x.csv", Options(mapping=mapping)).report.refused
    assert refused.code == "mapping_invalid"
    assert "end:quit" in refused.reason
