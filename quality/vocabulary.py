"""The words of a recruiting desk: which activities exist, whom they are about, and what a row of the log holds.

Everything that enters Touchline becomes rows of one table, the activity log. Loaders write it, the store keeps it and
every metric asks it, so the three agree on this module and on nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Party = Literal["candidate", "client"]
Kind = Literal["text", "timestamp", "date", "number", "integer"]

PARTIES: tuple[Party, ...] = ("candidate", "client")

CHANNELS: tuple[str, ...] = ("call", "email", "text", "meeting", "video", "lunch", "social", "onsite", "auto")

#: Column of the activity log -> kind of value. The order is the order of every file and frame that holds the log.
LOG_COLUMNS: MappingProxyType[str, Kind] = MappingProxyType(
    {
        "activity_id": "text",
        "occurred_at": "timestamp",
        "desk": "text",
        "activity": "text",
        "party": "text",
        "candidate": "text",
        "client": "text",
        "contact": "text",
        "job": "text",
        "outcome": "text",
        "due_on": "date",
        "planned_end": "date",
        "quantity": "number",
        "score": "number",
        "ref": "text",
        "assignee": "text",
        "channel": "text",
        "notes": "text",
        "source": "text",
        "import_id": "integer",
        "source_row": "integer",
    }
)

#: Columns no row may leave empty.
REQUIRED_COLUMNS: tuple[str, ...] = ("activity_id", "occurred_at", "desk", "activity", "source", "source_row")


@dataclass(frozen=True, slots=True)
class Activity:
    """One word of the vocabulary: what it means, when a row of it counts, and whom it is about.

    ``party`` is the side it is always about, or None where the row has to say; ``outcomes`` are the canonical values of
    the column ``outcome`` (empty: free text).
    """

    name: str
    meaning: str
    party: Party | None
    outcomes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The name as people read it: ``send_out`` becomes ``Send-out``."""
        return TITLES.get(self.name, self.name.replace("_", " ").capitalize())


TITLES = MappingProxyType({"send_out": "Send-out"})

#: Outcomes of a meeting that say whether it took place.
MEETING_OUTCOMES = ("held", "cancelled", "no_show", "rescheduled")
CALL_OUTCOMES = ("interested", "not_interested", "call_back", "referral", "wrong_person", "other")
EARLY_ENDS: tuple[str, ...] = ("quit", "terminated", "never_started")

_WORDS = (
    Activity(
        "recruiting_call",
        "Live conversation with a possible candidate; voicemail, e-mail and messages are not calls.",
        "candidate",
        CALL_OUTCOMES,
    ),
    Activity(
        "marketing_call",
        "Live conversation with someone who can hire, to win an order.",
        "client",
        CALL_OUTCOMES,
    ),
    Activity(
        "conversation",
        "Connected call whose side the export does not tell; in no ratio until the firm says whose side it is: "
        "for a file, or by the desk's role that day (a recruiter's are recruiting calls, an account executive's "
        "marketing calls).",
        None,
        CALL_OUTCOMES,
    ),
    Activity("call_attempt", "Call that reached nobody, or a message left; never in a ratio.", None),
    Activity("hit", "A call that yielded an interested person worth interviewing.", "candidate"),
    Activity(
        "interview",
        "The recruiter's own interview of the candidate, not the client's; counted where it was held.",
        "candidate",
        MEETING_OUTCOMES,
    ),
    Activity(
        "send_out",
        "Interview between client and candidate; ratios count the first one held per candidate and job.",
        "candidate",
        MEETING_OUTCOMES,
    ),
    Activity(
        "fill",
        "The order is filled, somebody is placed; counted once per candidate and job. The outcome says if it fell off.",
        "candidate",
        EARLY_ENDS,
    ),
    Activity("contract", "A job order or contract order won; quantity holds its openings.", "client"),
    Activity(
        "contract_closed", "An order that is no longer open.", "client", ("filled", "lost", "on_hold", "cancelled")
    ),
    Activity("presentation", "A candidate presented to the client; counted once per candidate and job.", "candidate"),
    Activity("resume_received", "A résumé or application came in.", "candidate"),
    Activity("intake_call", "Call with the hiring manager about a new order.", "client"),
    Activity("prep", "Preparation for a client interview; the party says for whom.", None),
    Activity("debrief", "Talk after a client interview; the party says with whom.", None),
    Activity("status_update", "News about a running process, given to the party.", None),
    Activity("offer_extended", "The client made an offer.", "candidate"),
    Activity("offer_accepted", "The candidate accepted.", "candidate"),
    Activity("offer_declined", "The candidate declined; the outcome holds the reason.", "candidate"),
    Activity(
        "rejected",
        "The candidate is out of the process for a job.",
        "candidate",
        ("not_qualified", "interview_not_well", "someone_else_hired", "withdrew", "other"),
    ),
    Activity("feedback", "The candidate was told why.", "candidate"),
    Activity("start", "First day of an assignment; planned_end where one is agreed.", "candidate"),
    Activity("extension", "An assignment prolonged to a new planned_end.", "candidate"),
    Activity(
        "end",
        "Last day of an assignment.",
        "candidate",
        ("completed", "converted", "quit", "terminated", "never_started", "other"),
    ),
    Activity("handoff", "Responsibility moves to the assignee.", None),
    Activity("touch", "Any other purposeful contact; the channel says how.", None),
    Activity("survey", "Answer to a survey; score from 0 to 10.", None),
    Activity("complaint", "Complaint by the party.", None),
    Activity("social_complaint", "Complaint in public.", "candidate"),
    Activity("referral", "A person named by a contractor or client.", None),
    Activity("timecard", "Hours handed in; quantity holds them.", "candidate"),
    Activity("timecard_late", "Hours not handed in on time.", "candidate"),
    Activity("ticket_opened", "A support case; ref holds its number.", None, ("experience", "adoption")),
    Activity("ticket_resolved", "The support case of the same ref is solved.", None),
    Activity(
        "discovery",
        "An answer worth knowing; the outcome is the question.",
        None,
        ("next_move", "would_change", "time_frame", "solutions", "hardest_talent", "challenge"),
    ),
    Activity("do_not_contact", "The person wants to be left alone.", None),
    Activity("contact_consent", "The person agreed to be contacted.", None),
    Activity("note", "Anything else worth keeping; never counted.", None),
)

ACTIVITIES: MappingProxyType[str, Activity] = MappingProxyType({word.name: word for word in _WORDS})

#: Role of a desk -> the call that a conversation of its is. Any other role leaves the side open.
ROLES: MappingProxyType[str, str] = MappingProxyType(
    {"recruiter": "recruiting_call", "account_executive": "marketing_call"}
)
