"""When a candidate is active and an assignment runs, in plain Python, for `owed_by_hand`."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from tests.quality.owed_rows_by_hand import DAY, NEVER, RESETS, SPELLS, STEPS, Row, place, planned


class States:
    """What the rows of a log say of people; the rows are in order of time."""

    def __init__(self, past: list[Row]) -> None:
        self.past = past

    def active_until(self, candidate: str, clock: datetime) -> datetime | None:
        """The end of the stretch in which a candidate is active at a moment; None where it is not."""
        jobs: set[str] = set()
        alive, silent, known = False, NEVER, False
        rows = [one for one in self.past if one["candidate"] == candidate]
        for row in [one for one in rows if one["activity"] in (*STEPS, *RESETS, "rejected")]:
            if row["occurred_at"] > clock and not known:
                if not alive or silent <= clock:
                    return None
                known = True
            if known and row["occurred_at"] >= silent:
                return silent
            if row["activity"] in STEPS:
                jobs |= {place(row)} - {""}
                alive, silent = True, datetime.combine(row["occurred_at"].date() + 31 * DAY, time.min)
            elif row["activity"] in RESETS:
                jobs, alive, silent = set(), False, NEVER
            else:
                jobs -= {place(row)}
                alive = bool(jobs)
            if known and not alive:
                return row["occurred_at"]
        return silent if alive and silent > clock else None

    def spell(self, candidate: str, clock: datetime, of_job: Row | None = None) -> dict[str, Any] | None:
        """The stretch of an assignment that holds for a candidate at a moment; ``of_job``: in the job of that row."""
        rows = [one for one in self.past if one["candidate"] == candidate and one["activity"] in SPELLS]
        began = [one for one in rows if one["activity"] in SPELLS[:3] and one["occurred_at"] <= clock]
        began = [one for one in began if of_job is None or one["job"] == of_job["job"]]
        if not began:
            return None
        row = began[-1]
        own = [one for one in rows if place(one) == place(row)]
        at = own.index(row)
        starts = [one for one in own[: at + 1] if one["activity"] == "start"]
        day = (starts[-1] if starts and row["activity"] != "offer_accepted" else row)["occurred_at"].date()
        following = own[at + 1]["occurred_at"] if at + 1 < len(own) else NEVER
        until = self._until(own, at)
        phase = "accepted" if row["activity"] == "offer_accepted" else "running"
        return (
            {"phase": phase, "day": day, "until": until, "next": following, "planned": planned(row)}
            if (until > clock)
            else None
        )

    @staticmethod
    def _until(own: list[Row], at: int) -> datetime:
        while True:
            row = own[at]
            if row["activity"] in ("end", "offer_declined"):
                return row["occurred_at"]
            limit = NEVER if planned(row) is None else datetime.combine(planned(row) + DAY, time.min)
            if row["activity"] == "offer_accepted":
                limit = datetime.combine(row["occurred_at"].date() + 91 * DAY, time.min)
            if at + 1 == len(own) or own[at + 1]["occurred_at"] >= limit:
                return limit
            at += 1
            if own[at]["activity"] != "extension" or row["activity"] == "offer_accepted":
                return own[at]["occurred_at"]
