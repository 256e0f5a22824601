"""Figures others have published: context beside a number, never a standard and never a default.

Firms count differently, the trainers' figures are rules of thumb, and some numbers that are often repeated have no
source at all; each entry says which kind it is, where it comes from and of which year it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["counted", "trainer", "survey", "stated", "practice", "untraceable"]

KINDS: dict[Kind, str] = {
    "counted": "counted in a firm's own records",
    "trainer": "a trainer's rule of thumb",
    "survey": "answers to a survey",
    "stated": "published without saying how it was found",
    "practice": "what firms say they do",
    "untraceable": "often quoted, no source to be found",
}


@dataclass(frozen=True, slots=True)
class Published:
    """One published figure; ``ratios`` are those it is context for, ``year`` is None where none is known.

    ``minimums``: whether it is context for what a desk should do at least.
    """

    about: str
    value: str
    kind: Kind
    source: str
    year: int | None = None
    ratios: tuple[str, ...] = ()
    minimums: bool = False


PUBLISHED: tuple[Published, ...] = (
    Published(
        "Dialled calls for one connected call",
        "9.0 : 1 (300,982 calls, 33,523 connects, one firm, 8 years)",
        "counted",
        "ERE",
        2014,
    ),
    Published(
        "Connected calls for one first send-out",
        "20.4 : 1 (33,523 connects, 1,640 first send-outs, one firm, 8 years)",
        "counted",
        "ERE",
        2014,
        ("call_to_hit", "hit_to_interview", "interview_to_send_out"),
    ),
    Published(
        "Conversations for one send-out",
        "7 to 8 : 1",
        "trainer",
        "Radin",
        None,
        ("call_to_hit", "hit_to_interview", "interview_to_send_out"),
    ),
    Published(
        "Conversations for one send-out",
        "10 to 30 : 1, best around 15 : 1",
        "trainer",
        "RecruiterU",
        None,
        ("call_to_hit", "hit_to_interview", "interview_to_send_out"),
    ),
    Published(
        "First send-outs for one placement",
        "5.24 : 1 (1,640 first send-outs, 313 placements, one firm, 8 years)",
        "counted",
        "ERE",
        2014,
        ("send_out_to_fill",),
    ),
    Published(
        "Send-outs for one placement",
        "5 to 10 : 1 usual, 3 : 1 good, 10 to 15 : 1 weak",
        "trainer",
        "Radin",
        2005,
        ("send_out_to_fill",),
    ),
    Published(
        "Send-outs for one placement",
        "8 : 1 to plan with, 6.5 : 1 on average among clients",
        "trainer",
        "RecruiterU",
        None,
        ("send_out_to_fill",),
    ),
    Published(
        "Send-outs for one placement, top producers", "under 6 : 1", "trainer", "Petra", 2004, ("send_out_to_fill",)
    ),
    Published(
        "Marketing presentations for one job order",
        "10 to 15 : 1",
        "trainer",
        "RecruiterU",
        None,
        ("marketing_call_to_contract",),
    ),
    Published(
        "Presentations for one first interview, top producers",
        "2 : 1 or better",
        "trainer",
        "Petra",
        2004,
        ("presentation_to_send_out",),
    ),
    Published("Submittals for one send-out", "4 : 1", "stated", "Sendouts", 2012, ("presentation_to_send_out",)),
    Published(
        "Job orders for one placement, contingency",
        "3 : 1 or better",
        "trainer",
        "Petra",
        2004,
        ("contract_to_fill",),
    ),
    Published(
        "Job orders for one placement", "4 : 1 to plan with", "trainer", "RecruiterU", None, ("contract_to_fill",)
    ),
    Published(
        "Least a desk should do",
        "15 presentations a day, about 9 on a smaller desk, and for one placement a month at 8 : 1, "
        "2 first send-outs a week",
        "trainer",
        "several trainers",
        minimums=True,
    ),
    Published("First sign of a slump", "a drop in first send-outs", "stated", "ERE", 2009),
    Published(
        "A slump by chance alone",
        "41 and 54 first interviews without a placement on a 7 : 1 desk",
        "trainer",
        "RecruiterU",
    ),
    Published(
        "Assignments that end because the contractor quits",
        "5 % (median of 422 firms), 10 % in light industrial work",
        "survey",
        "SIA",
        2014,
    ),
    Published("Assignments the client ends early", "4 % (median of 422 firms)", "survey", "SIA", 2014),
    Published(
        "Temporary workers who have ever quit an assignment early",
        "31 %: a share of people over all their assignments, not a rate per assignment",
        "survey",
        "SIA",
        2017,
    ),
    Published("Contractors who leave within 45 days", "20 %", "untraceable", "Sense"),
    Published("Offers declined, commercial staffing", "12 % in 2017, 21 % in 2021", "survey", "SIA", 2021),
    Published("Contractors placed again, commercial staffing", "50 % in 2017, 30 % in 2021", "survey", "SIA", 2021),
    Published("Contractors placed again with a gap of one week at most", "6 to 10 %", "stated", "Beeline"),
    Published("Days on which contractors are called", "1, 2, 14, 30, 60 and 90 after the start", "practice", "Elwood"),
    Published("Days on which contractors are called", "30, 45 and 60 after the start", "practice", "Herefish"),
    Published("Days on which contractors are called", "45 and 30 before the planned end", "practice", "several firms"),
)


def published_for(ratio: str) -> tuple[Published, ...]:
    """The figures that are context for one ratio, in the order of the table; none for an unknown name."""
    return tuple(figure for figure in PUBLISHED if ratio in figure.ratios)
