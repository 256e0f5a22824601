"""What is owed, worked out the slow way: plain loops over plain rows, straight from the rules.

Nothing is shared with the library but the names of the rules, so that a mistake would have to be made twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

from tests.quality.owed_rows_by_hand import (
    DAY,
    NEVER,
    NOT_HELD,
    TO_CANDIDATE,
    TO_CLIENT,
    TO_EITHER,
    Owed,
    Row,
    answered,
    begun_with_care,
    business_days_after,
    called_off,
    end_of,
    in_order,
    is_a,
    person,
    place,
    reaches,
    side,
    to_candidate,
    to_care,
    to_client,
    told,
)
from tests.quality.owed_states_by_hand import States


class Firm:
    """A log as it looks at the end of a day."""

    def __init__(self, rows: list[Row], as_of: date) -> None:
        self.as_of, self.now = as_of, end_of(as_of)
        self.scheduled = sorted(rows, key=in_order)
        self.past = [row for row in self.scheduled if row["occurred_at"] <= self.now]
        self.states = States(self.past)

    # --- who is meant ------------------------------------------------------------------------------------------------

    @staticmethod
    def same_candidate(one: Row, other: Row) -> int | None:
        """0 where both rows are of one candidate; None where they are not."""
        return 0 if one["candidate"] is not None and one["candidate"] == other["candidate"] else None

    @staticmethod
    def same_process(one: Row, other: Row) -> int | None:
        if one["candidate"] is None or one["candidate"] != other["candidate"]:
            return None
        if one["job"] is None or other["job"] is None:
            return 1
        return 0 if one["job"] == other["job"] else None

    @staticmethod
    def same_client(one: Row, other: Row) -> int | None:
        if one["contact"] is not None and other["contact"] is not None:
            return 0 if one["contact"] == other["contact"] else None
        return 1 if one["client"] is not None and one["client"] == other["client"] else None

    @staticmethod
    def same_ticket(one: Row, other: Row) -> int | None:
        if one["ref"] is None or one["ref"] != other["ref"]:
            return None
        named = {one["candidate"], other["candidate"]}
        return 1 if None in named else 0 if len(named) == 1 else None

    def first(
        self, row: Row, clock: datetime, same: Any, met: Callable[[Row], bool], itself: bool = False
    ) -> Row | None:
        """The first row after a moment that fulfils; a trigger that is such a row itself comes before it."""
        own = met(row) and not itself
        found = [
            (one["occurred_at"], same(row, one), one["activity_id"], one)
            for one in self.past
            if met(one) and same(row, one) is not None and one["occurred_at"] >= clock
            if not (own and in_order(one) <= (clock, row["activity_id"]))
        ]
        return min(found, key=lambda one: one[:3])[3] if found else None

    # --- wishes ------------------------------------------------------------------------------------------------------

    def wish(self, party: str, who: str | None) -> tuple[bool, bool]:
        """Whether a person ever agreed to be contacted, and whether they want to be left alone now."""
        names = ("do_not_contact", "contact_consent")
        said = [
            one["activity"]
            for one in self.past
            if one["activity"] in names and who is not None and side(one) == party and person(one, party) == who
        ]
        return "contact_consent" in said, bool(said) and said[-1] == "do_not_contact"

    # --- the verdict -------------------------------------------------------------------------------------------------

    def judge(
        self, rule: str, row: Row, party: str, due: datetime, met: Row | None, closed: datetime | None = None, late=True
    ) -> Owed | None:
        agreed, refused = self.wish(party, person(row, party))
        if rule.startswith("declined") and not agreed:
            return None
        at = met["occurred_at"] if met else None
        if at and at > due and not late:
            met = at = None
        closed = closed if closed and closed <= self.now and closed < NEVER else None
        if at and at <= due:
            status = "kept"
        elif (refused and not at) or (closed and closed <= due):
            return (rule, row["activity_id"], due, "waived", None, None)
        elif at:
            status = "late"
        else:
            status = "overdue" if due < self.now else "open"
        return (rule, row["activity_id"], due, status, at, met["activity_id"] if met else None)

    def all(self) -> set[Owed]:
        states = (self.in_state, self.handed_over, self.before_the_end)
        makers = (self.at_once, *states, self.interviews, self.later, self.fridays)
        return {one for maker in makers for one in maker() if one is not None}

    # --- the rules ---------------------------------------------------------------------------------------------------

    def at_once(self) -> Iterator[Owed | None]:
        """Rules that run from their trigger on, whatever becomes of the person."""

        candidate, process, client, ticket = (
            self.same_candidate, self.same_process, self.same_client, self.same_ticket
        )  # fmt: skip
        asked = [
            ("acknowledge_resume", ("resume_received",), candidate, to_candidate, "b", 2, "candidate"),
            ("validate_interview", ("interview",), candidate, to_candidate, "b", 2, "candidate"),
            ("debrief_candidate", ("send_out",), process, is_a("debrief", party="candidate"), "b", 1, "candidate"),
            ("debrief_client", ("send_out",), process, is_a("debrief", party="client"), "b", 1, "client"),
            ("after_offer_candidate", ("offer_extended",), candidate, to_candidate, "b", 1, "candidate"),
            ("after_offer_client", ("offer_extended",), client, to_client, "b", 1, "client"),
            ("close_loop", ("rejected",), process, None, "b", 3, "candidate"),
            ("after_marketing", ("presentation", "marketing_call"), client, to_client, "d", 7, "client"),
            ("after_job_order", ("contract",), client, to_client, "b", 1, "client"),
            ("after_intake", ("intake_call",), client, to_client, "b", 2, "client"),
            (
                "touch_after_decision",
                ("offer_accepted", "offer_declined"),
                candidate,
                to_candidate,
                "b",
                2,
                "candidate",
            ),
            ("why_declined", ("offer_declined",), process, None, "d", 7, "candidate"),
            ("ticket_answered", ("ticket_opened",), ticket, is_a("ticket_resolved"), "b", 2, None),
        ]
        for rule, names, same, met, unit, number, party in asked:
            for row in self.past:
                if row["activity"] in names and same(row, row) is not None and not called_off(rule, row):
                    day = row["occurred_at"].date()
                    due = business_days_after(day, number) if unit == "b" else day + number * DAY
                    way = met or (answered if rule == "why_declined" else told(row))
                    found = self.first(row, row["occurred_at"], same, way, itself=rule == "why_declined")
                    yield self.judge(rule, row, party or side(row), end_of(due), found)
        yield from self.promised()

    def promised(self) -> Iterator[Owed | None]:
        for row in self.past:
            party = side(row)
            same = self.same_candidate if party == "candidate" else self.same_client
            if row["due_on"] is not None and same(row, row) is not None:
                due = end_of(max(row["due_on"].date(), row["occurred_at"].date()))
                met = to_candidate if party == "candidate" else to_client
                yield self.judge("do_what_you_said", row, party, due, self.first(row, row["occurred_at"], same, met))

    def in_state(self) -> Iterator[Owed | None]:
        """Rules that hold while a candidate is active or an assignment is agreed or runs."""

        def contact(one: Row) -> bool:
            return reaches(one, "candidate")

        def onsite(one: Row) -> bool:
            return one["activity"] == "touch" and one["channel"] == "onsite" and side(one) == "candidate"

        for row in (one for one in self.past if one["candidate"] is not None):
            clock, day, activity = row["occurred_at"], row["occurred_at"].date(), row["activity"]
            following = self.first(row, clock, self.same_candidate, contact)
            until, spell = self.states.active_until(row["candidate"], clock), self.states.spell(row["candidate"], clock)
            if contact(row) and until:
                yield self.judge("weekly_promise", row, "candidate", end_of(day + 7 * DAY), following, until)
            if spell is None:
                continue
            settled = day >= spell["day"] + 120 * DAY
            rules = [
                ("touch_to_start", spell["phase"] == "accepted", ("offer_accepted",), 7, contact),
                ("touch_120", spell["phase"] == "running" and not settled, ("start",), 14, contact),
                ("touch_contract", spell["phase"] == "running" and settled, (), 30, contact),
                ("onsite_thanks", spell["phase"] == "running", ("start",), 90, onsite),
                ("care_before_day_45", spell["phase"] == "running", ("start",), 45, None),
            ]
            for rule, holds, names, number, way in rules:
                if holds and (activity in names or (way and way(row))):
                    met = following if way is not onsite else self.first(row, clock, self.same_candidate, onsite)
                    met = self.first(row, clock, self.same_candidate, self.by_care) if way is None else met
                    yield self.judge(rule, row, "candidate", end_of(day + number * DAY), met, spell["until"])

    def handed_over(self) -> Iterator[Owed | None]:
        """What a start owes while that very assignment runs, whatever else the candidate is in."""
        for row in (one for one in self.past if one["activity"] == "start" and one["candidate"] is not None):
            clock = row["occurred_at"]
            spell = self.states.spell(row["candidate"], clock, of_job=row)
            if spell and spell["phase"] == "running":
                met = self.first(row, self.ahead_of(row), self.same_process, begun_with_care)
                due = end_of(business_days_after(clock.date(), 5))
                yield self.judge("handoff_to_care", row, "candidate", due, met, spell["until"])

    def ahead_of(self, start: Row) -> datetime:
        """From when on a hand-off counts for a start: 30 days before, and after what ended there before it."""
        over = [
            one["occurred_at"]
            for one in self.past
            if one["activity"] == "end" and in_order(one) < in_order(start)
            if one["candidate"] == start["candidate"] and place(one) == place(start)
        ]
        return max([datetime.combine(start["occurred_at"].date() - 30 * DAY, time.min), *over])

    def by_care(self, row: Row) -> bool:
        """A contact by a desk that contractors are handed to; by any desk where none of those is in the log."""
        names = {one["assignee"] for one in self.past if to_care(one)} - {None}
        anyone = (*TO_CANDIDATE, *TO_CLIENT, *TO_EITHER)
        desks = {
            one["desk"]
            for one in self.past
            if one["desk"] in names and one["activity"] in anyone and one["channel"] != "auto"
        }
        return reaches(row, "candidate") and (not desks or row["desk"] in desks)

    def interviews(self) -> Iterator[Owed | None]:
        """Both parties are prepared before each client interview, from 14 days before it or from the last one held."""
        for row in (one for one in self.scheduled if one["activity"] == "send_out" and one["candidate"] is not None):
            at = row["occurred_at"]
            earlier = [
                one["occurred_at"]
                for one in self.scheduled
                if one["activity"] == "send_out" and one["outcome"] not in NOT_HELD and in_order(one) < in_order(row)
                if one["candidate"] == row["candidate"] and place(one) == place(row)
            ]
            clock = max([at - 14 * DAY, *earlier])
            if clock > self.now:
                continue
            for party in ("candidate", "client"):

                def prep(one: Row, party: str = party) -> bool:
                    return one["activity"] == "prep" and side(one) == party and one["channel"] != "auto"

                closed = at if row["outcome"] in ("cancelled", "rescheduled") else None
                met = self.first(row, clock, self.same_process, prep)
                # What is called off is so from the start, not only once its time has come.
                found = self.judge(f"prep_{party}", row, party, at, met, closed, late=False)
                yield found

    def before_the_end(self) -> Iterator[Owed | None]:
        for row in (one for one in self.past if one["activity"] in ("start", "extension") and one["candidate"]):
            for number in (45, 30):
                due = row["planned_end"] and row["planned_end"].date() - number * DAY
                if due is None or due < row["occurred_at"].date():
                    continue
                clock = max(row["occurred_at"], datetime.combine(due - 14 * DAY, time.min))
                spell = self.states.spell(row["candidate"], clock)
                if clock > self.now or not spell or spell["phase"] != "running":
                    continue
                if spell["planned"] != row["planned_end"].date():
                    continue
                met = self.first(row, clock, self.same_candidate, lambda one: reaches(one, "candidate"))
                yield self.judge(f"redeploy_{number}", row, "candidate", end_of(due), met, spell["next"])

    def later(self) -> Iterator[Owed | None]:
        """The calls long after an offer was declined."""

        def meeting(one: Row) -> bool:
            return reaches(one, "candidate") and one["channel"] in ("lunch", "meeting")

        ways = (("declined_6_months", 150, 210, None), ("declined_18_months", 500, 590, meeting))
        for row in (one for one in self.past if one["activity"] == "offer_declined" and one["candidate"] is not None):
            for rule, opens, number, way in ways:
                clock = datetime.combine(row["occurred_at"].date() + opens * DAY, time.min)
                if clock > self.now:
                    continue
                met = self.first(row, clock, self.same_candidate, way or (lambda one: reaches(one, "candidate")))
                yield self.judge(rule, row, "candidate", end_of(row["occurred_at"].date() + number * DAY), met)

    def fridays(self) -> Iterator[Owed | None]:
        about = [one for one in self.past if one["activity"] in ("contract", "contract_closed", "fill")]

        def at(row: Row) -> str:
            named = [one["client"] for one in about if one["job"] is not None and one["job"] == row["job"]]
            return (row["client"] or min([name for name in named if name is not None], default="")).lower()

        for row in (one for one in about if one["activity"] == "contract" and (one["job"] or at(one))):
            own = [one for one in about if (one["job"], at(one)) == (row["job"], at(row))]
            closed = self._closed(own, row)
            friday = row["occurred_at"].date() + DAY
            while friday <= self.as_of + (4 - self.as_of.weekday()) * DAY:
                if friday.weekday() == 4 and closed.date() > friday and self._is_alive(row, at(row), friday):
                    yield self._friday(row, friday)
                friday += DAY

    @staticmethod
    def _closed(own: list[Row], row: Row) -> datetime:
        placed: list[str] = []
        before = {one["candidate"] for one in own[: own.index(row)] if one["activity"] == "fill"} - {None}
        for one in own[own.index(row) + 1 :]:
            who = one["candidate"] or one["activity_id"]
            if one["activity"] == "fill" and who not in placed and who not in before:
                placed.append(who)
            if one["activity"] != "fill" or len(placed) >= max(row["quantity"] or 1, 1):
                return one["occurred_at"]
        return NEVER

    def _is_alive(self, row: Row, client: str, friday: date) -> bool:
        return any(
            friday - 90 * DAY <= one["occurred_at"].date() <= friday
            for one in self.past
            if one["job"] == row["job"]
            if (one["client"] or "").lower() == client or (one["client"] is None and row["job"] is not None)
        )

    def _friday(self, row: Row, friday: date) -> Owed | None:
        since = max(datetime.combine(friday - 4 * DAY, time.min), row["occurred_at"])
        news = [
            one
            for one in self.past
            if reaches(one, "client") and self.same_client(row, one) is not None
            if since <= one["occurred_at"] <= end_of(friday)
        ]
        return self.judge("friday_update", row, "client", end_of(friday), news[0] if news else None, late=False)
