"""What people write down after a conversation: short, made up, and never about anybody."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sample_data.coded import code

#: Activity -> share of rows with a note, and the notes.
REMARKS: dict[str, tuple[float, tuple[str, ...]]] = {
    "recruiting_call": (
        0.70,
        (
            "Spoke about the next move, wants days only",
            "Happy where they are, ask again in the spring",
            "Would look at a shorter commute",
            'Said "call me after the audit", will do',
            "Talked pay and shifts; notice is four weeks",
            "Knows someone who may be looking",
        ),
    ),
    "marketing_call": (
        0.70,
        (
            "Two people short on nights, no order yet",
            "Budget comes in the new quarter",
            "Asked for rates, sent them",
            "Hardest to find: certified people",
            "Works with a preferred supplier until summer",
        ),
    ),
    "call_attempt": (0.25, ("Left a message", "No answer", "Line busy")),
    "interview": (0.80, ("Strong on the basics, wants a test day", "Good fit for days", "Needs a certificate first")),
    "intake_call": (0.60, ("Must haves agreed", "Three rounds, decision within two weeks")),
    "debrief": (0.60, ("Went well, waiting for their word", "Liked the team, unsure about the shift")),
    "touch": (0.40, ("Shared an opening that fits", "Asked how the first weeks go", "Sent the salary guide")),
    "discovery": (1.00, ("More responsibility", "Shorter way to work", "People who stay", "Finding leads for nights")),
    "feedback": (0.80, ("Told the reason and what to work on", "Explained, stays in touch")),
    "complaint": (1.00, ("Hours differ from what was agreed", "Not enough training on the line")),
    "ticket_opened": (
        1.00,
        ("Timecard past due", "Badge opens no gate", "Hours over the contract", "Payslip question"),
    ),
    "note": (1.00, ("References checked", "Prefers e-mail", "Certificate valid until next year")),
}

#: Topics of support cases; each is a remark of one too.
TOPICS = REMARKS["ticket_opened"][1]
#: Reason of a declined offer -> notes that name the other offer; then notes that only check in.
OTHER_OFFERS = {
    "pay": ("Other offer: two more an hour", "Other offer pays the way to work"),
    "counter_offer": ("Their own firm matched the pay and they stay", "Their own firm offered days only"),
    "distance": ("Took an offer nearer to home",),
    "other_offer": ("Went with a permanent job that starts sooner", "Other offer: days only and a training budget"),
}
CHECK_INS = ("Just checking in", "Touching base", "Checked in, all good")

_DRAWN: tuple[str, ...] = tuple(text for _, texts in REMARKS.values() for text in texts)
ALL_REMARKS: tuple[str, ...] = (
    *_DRAWN,
    *(text for texts in OTHER_OFFERS.values() for text in texts),
    *CHECK_INS,
)


def place_of(remark: str) -> int:
    """The number that stands for a remark."""
    return ALL_REMARKS.index(remark)


def naming(candidates: np.ndarray) -> np.ndarray:
    """The numbers that stand for notes which are the name of a candidate each."""
    return (len(ALL_REMARKS) + candidates).astype("int32")


def with_remarks(raw: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The events with the column ``notes``: a position in ``ALL_REMARKS``, -1 where nothing was written down."""
    share, first, number = np.zeros((3, max(code("activity", name) for name in REMARKS) + 2))
    offset = 0
    for name, (probability, texts) in REMARKS.items():
        place = code("activity", name)
        share[place], first[place], number[place] = probability, offset, len(texts)
        offset += len(texts)
    activity = np.minimum(raw["activity"].to_numpy(), len(share) - 1)
    text = first[activity] + np.floor(rng.random(len(raw)) * number[activity])
    return raw.assign(notes=np.where(rng.random(len(raw)) < share[activity], text, -1).astype("int32"))
