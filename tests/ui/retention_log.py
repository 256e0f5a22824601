"""A small firm whose contractors stay and leave, as of Monday 23 November 2026, for the page Retention."""

from __future__ import annotations

HEAD = "occurred_at,desk,activity,candidate,client,job,outcome,planned_end,channel"


def line(when: str, desk: str, activity: str, who: str, client: str = "Example Works", **more: str) -> str:
    tail = [more.get(name, "") for name in ("outcome", "planned_end", "channel")]
    return ",".join([when, desk, activity, who, client, f"Job {who[-2:]}", *tail])


#: Twelve start on one day: one quits on day 10, one is ended by the client on day 50, one is completed on day 88 and
#: starts again elsewhere ten days later, nine run. Kit has started lately, Lane's start is not on record.
LOG = "\n".join(
    [
        HEAD,
        *(line("2026-05-04 09:00", "Desk 01", "start", f"Person {number:02d}") for number in range(12)),
        line("2026-05-14 17:00", "Desk 01", "end", "Person 00", outcome="quit"),
        line("2026-06-23 17:00", "Desk 01", "end", "Person 01", outcome="terminated"),
        line("2026-07-31 17:00", "Desk 01", "end", "Person 02", outcome="completed"),
        line("2026-08-10 09:00", "Desk 02", "start", "Person 02", "Example Labs", planned_end="2026-12-10"),
        line("2026-10-20 09:00", "Desk 02", "touch", "Person 02", "Example Labs", channel="call"),
        line("2026-11-02 09:00", "Desk 02", "start", "Kit Sample 90", "Example Labs", planned_end="2026-11-27"),
        line("2026-10-01 17:00", "Desk 02", "end", "Lane Sample 91", "Example Labs", outcome="quit"),
        line("2026-04-27 09:00", "Desk 01", "fill", "Person 00"),
        line("2026-04-27 09:00", "Desk 01", "fill", "Person 03"),
        line("2026-10-26 09:00", "Desk 02", "fill", "Kit Sample 90", "Example Labs"),
        "",
    ]
)
ALONE = "2026-11-20 09:00,Desk 01,do_not_contact,Person 00,,,,,\n"
