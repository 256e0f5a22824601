"""The same ratios counted the slow way: plain loops over plain rows, straight from the definitions.

Nothing is shared with the library but the names of the ratios, so that a mistake would have to be made twice.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]
Counts = dict[tuple[str, str, str], tuple[int, int, int | None, int | None]]

CHAIN = {
    "call_to_hit": ("recruiting_call", "hit", 14),
    "hit_to_interview": ("hit", "interview", 30),
    "interview_to_send_out": ("interview", "send_out", 60),
    "send_out_to_fill": ("send_out", "fill", 60),
    "marketing_call_to_contract": ("marketing_call", "contract", 90),
    "presentation_to_send_out": ("presentation", "send_out", 30),
    "contract_to_fill": ("contract", "fill", 90),
}
FOR_THE_ORDER = ("presentation_to_send_out", "contract_to_fill")
EARLY = ("quit", "terminated", "never_started")


def period_name(day: date, every: str | None, start: date, end: date) -> str:
    if every == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02d}"
    if every == "month":
        return f"{day.year}-{day.month:02d}"
    if every == "quarter":
        return f"{day.year}-Q{(day.month - 1) // 3 + 1}"
    return f"{start}/{end}"


def known(rows: list[Row], as_of: date) -> list[Row]:
    seen = [row for row in rows if row["occurred_at"].date() <= as_of]
    return sorted(seen, key=lambda row: (row["occurred_at"], row["activity_id"]))


def key_of(row: Row) -> tuple[str, ...]:
    """Whose step for which job it is."""
    if row["candidate"] is None:
        return ("row", row["activity_id"])
    if row["job"] is not None:
        return ("job", row["candidate"], row["job"])
    if row["client"] is not None:
        return ("client", row["candidate"], row["client"])
    return ("candidate", row["candidate"])


def of_measure(rows: list[Row], measure: str) -> list[Row]:
    """What belongs to a measure, in order of time; ``rows`` are known and sorted."""
    if measure == "hit":
        return [
            row
            for row in rows
            if row["activity"] == "hit" or (row["activity"] == "recruiting_call" and row["outcome"] == "interested")
        ]
    found = [row for row in rows if row["activity"] == measure]
    if measure in ("interview", "send_out"):
        found = [row for row in found if row["outcome"] not in ("cancelled", "no_show", "rescheduled")]
    return found


def events(rows: list[Row], measure: str) -> list[Row]:
    """What counts: of some measures only the first row per person, job and client."""
    found = of_measure(rows, measure)
    if measure not in ("send_out", "fill", "presentation"):
        return found
    first: dict[tuple[str, ...], Row] = {}
    for row in found:
        first.setdefault((*key_of(row), at_client(row, found)), row)
    return list(first.values())


def at_client(row: Row, others: list[Row]) -> str:
    """The client of a step; one that names none was at the client that others of the same person and job name."""
    return at(row) or min((at(other) for other in others if key_of(other) == key_of(row) and at(other)), default="")


def owner_of(rows: list[Row], event: Row) -> str:
    """Who won the job first at this client; where a side names no client, who won the only job of this name."""
    won = [
        row for row in rows if row["activity"] == "contract" and row["job"] is not None and row["job"] == event["job"]
    ]
    here = [row for row in won if at(row) == at(event)]
    if here:
        return here[0]["desk"]
    is_only = len({at(row) for row in won}) == 1
    return won[0]["desk"] if is_only and "" in (at(event), at(won[0])) else event["desk"]


def at(row: Row) -> str:
    return (row["client"] or "").lower()


def fell_off(rows: list[Row], fill: Row, guarantee: int) -> bool:
    if fill["outcome"] in EARLY:
        return True
    day = fill["occurred_at"].date()
    same = [row for row in rows if key_of(row) == key_of(fill) and row["occurred_at"].date() >= day]
    starts = [row["occurred_at"].date() for row in same if row["activity"] == "start"]
    until = (starts[0] if starts else day) + timedelta(days=guarantee)
    ends = [row["occurred_at"].date() for row in same if row["activity"] == "end" and row["outcome"] in EARLY]
    return any(end <= until for end in ends)


def activity(rows: list[Row], as_of: date, start: date, end: date, every: str | None, guarantee: int = 90) -> Counts:
    """(desk, period, ratio) -> upstream, downstream, fell off."""
    rows, up, down, off = known(rows, as_of), Counter(), Counter(), Counter()
    for ratio, (upstream, downstream, _) in CHAIN.items():
        for row in inside(events(rows, upstream), start, end):
            up[row["desk"], named(row, every, start, end), ratio] += 1
        for row in inside(events(rows, downstream), start, end):
            desk = owner_of(rows, row) if ratio in FOR_THE_ORDER else row["desk"]
            cell = (desk, named(row, every, start, end), ratio)
            down[cell] += 1
            off[cell] += downstream == "fill" and fell_off(rows, row, guarantee)
    return {
        cell: (up[cell], down[cell], off[cell] if cell[2].endswith("fill") else None, None) for cell in {*up, *down}
    }


def inside(rows: list[Row], start: date, end: date) -> list[Row]:
    return [row for row in rows if start <= row["occurred_at"].date() <= end]


def named(row: Row, every: str | None, start: date, end: date) -> str:
    return period_name(row["occurred_at"].date(), every, start, end)


def unit_of(row: Row, ratio: str, alike: list[Row]) -> tuple[Any, ...] | None:
    """The person, order or contact a cohort follows; None where the row does not tell."""
    if ratio in ("call_to_hit", "hit_to_interview", "interview_to_send_out"):
        return ("candidate", row["candidate"]) if row["candidate"] is not None else None
    if ratio == "contract_to_fill":
        clients = (at(other) for other in alike if other["job"] == row["job"] and at(other))
        return ("job", row["job"], at(row) or min(clients, default="")) if row["job"] is not None else None
    if ratio == "marketing_call_to_contract":
        if row["contact"] is not None:
            return ("contact", row["contact"])
        return ("client", row["client"]) if row["client"] is not None else None
    if row["candidate"] is None or (row["job"] is None and row["client"] is None):
        return None
    return (*key_of(row), at_client(row, alike))


def belong_together(one: Row, other: Row, ratio: str) -> bool:
    def same(*columns: str) -> bool:
        return all(one[column] is not None and one[column] == other[column] for column in columns)

    def lacking(column: str) -> bool:
        return one[column] is None or other[column] is None

    def one_client() -> bool:
        return lacking("client") or at(one) == at(other)

    if ratio in ("call_to_hit", "hit_to_interview", "interview_to_send_out"):
        return same("candidate")
    if ratio == "contract_to_fill":
        return same("job") and one_client()
    if ratio == "marketing_call_to_contract":
        return same("contact") or (lacking("contact") and same("client"))
    return (same("candidate", "job") and one_client()) or (lacking("job") and same("candidate", "client"))


def cohort(rows: list[Row], as_of: date, start: date, end: date, every: str | None) -> Counts:
    """(desk, period, ratio) -> decided, reached, None, still open."""
    rows, decided, reached, still_open = known(rows, as_of), Counter(), Counter(), Counter()
    for ratio, (upstream, downstream, horizon) in CHAIN.items():
        later, followed, alike = events(rows, downstream), set(), of_measure(rows, upstream)
        for row in sorted(inside(events(rows, upstream), start, end), key=lambda one: one["occurred_at"]):
            cell = (row["desk"], named(row, every, start, end), ratio)
            unit = unit_of(row, ratio, alike)
            if unit is None or (cell, unit) in followed:
                continue
            followed.add((cell, unit))
            day, last = row["occurred_at"].date(), row["occurred_at"].date() + timedelta(days=horizon)
            if last > as_of:
                still_open[cell] += 1
                continue
            decided[cell] += 1
            reached[cell] += any(
                day <= one["occurred_at"].date() <= last and belong_together(row, one, ratio) for one in later
            )
    cells = {*decided, *still_open}
    return {cell: (decided[cell], reached[cell], None, still_open[cell]) for cell in cells}
