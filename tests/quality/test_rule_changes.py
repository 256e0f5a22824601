"""What the firm changes in a rule holds from its day on, and what was triggered before keeps the rule of its time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from quality.obligation_forms import CONTACT, CONTACTS
from quality.obligation_rules import BY_NAME, RULES
from quality.obligations import obligations
from quality.rule_changes import (
    KEY,
    LEAST,
    MOST,
    WIDER,
    RuleChange,
    changed,
    changes,
    choices,
    counted,
    fault_of,
    faults,
    has_days,
    rule_on,
    rules_in_force,
    unit_of,
    with_change,
    without_change,
)
from tests.quality.small_logs import frame_of, row

DAY = date(2026, 3, 9)
LATER = date(2026, 3, 16)
RESUME = "acknowledge_resume"


def stored(*held: RuleChange) -> dict[str, Any]:
    return {KEY: [one.stored() for one in held]}


def versions(*held: RuleChange) -> list[tuple[Any, ...]]:
    """The versions of the first rule: on, number, since, due_since, until, ended."""
    found = [rule for rule in rules_in_force(stored(*held)) if rule.name == held[0].rule]
    return [(rule.on, rule.number, rule.since, rule.due_since, rule.until, rule.ended) for rule in found]


def test_without_changes_the_rules_are_as_shipped():
    assert rules_in_force({}) == RULES
    assert rules_in_force({KEY: []}) == RULES


def test_a_changed_rule_holds_from_its_day_on():
    assert versions(RuleChange(RESUME, DAY, number=4)) == [
        (True, 2, None, None, DAY, False),
        (True, 4, DAY, None, None, False),
    ]


def test_one_change_leaves_every_other_rule_alone():
    found = rules_in_force(stored(RuleChange(RESUME, DAY, number=4)))
    assert [rule for rule in found if rule.name != RESUME] == [rule for rule in RULES if rule.name != RESUME]


def test_a_rule_switched_off_ends_on_that_day():
    assert versions(RuleChange(RESUME, DAY, on=False)) == [
        (True, 2, None, None, DAY, True),
        (False, 2, DAY, None, None, False),
    ]


def test_a_rule_switched_on_takes_what_falls_due_from_that_day_on():
    assert versions(RuleChange("onsite_thanks", DAY)) == [
        (False, 90, None, None, DAY, False),
        (True, 90, None, DAY, None, False),
    ]


def test_a_rule_may_go_off_and_come_back_otherwise():
    back = RuleChange(RESUME, LATER, number=3)
    assert versions(RuleChange(RESUME, DAY, on=False), back) == [
        (True, 2, None, None, DAY, True),
        (False, 2, DAY, None, LATER, False),
        (True, 3, None, LATER, None, False),
    ]


def test_of_two_changes_on_one_day_the_one_saved_last_holds():
    held = (RuleChange(RESUME, DAY, number=4), RuleChange(RESUME, DAY, number=5))
    assert versions(*held) == [(True, 2, None, None, DAY, False), (True, 5, DAY, None, None, False)]


def test_changes_count_in_the_order_of_their_days_and_not_of_saving():
    held = (RuleChange(RESUME, LATER, number=5), RuleChange(RESUME, DAY, number=4))
    assert [(number, since) for _, number, since, *_ in versions(*held)] == [(2, None), (4, DAY), (5, LATER)]


def test_a_change_that_changes_nothing_makes_no_version():
    assert versions(RuleChange(RESUME, DAY)) == [(True, 2, None, None, None, False)]


def test_a_rule_returns_to_what_was_shipped():
    held = (RuleChange(RESUME, DAY, number=4), RuleChange(RESUME, LATER))
    assert versions(*held)[-1] == (True, 2, LATER, None, None, False)


def test_a_rule_on_a_day_is_what_held_then():
    held = stored(RuleChange(RESUME, DAY, number=4), RuleChange(RESUME, LATER, on=False))
    asked = [rule_on(held, RESUME, day) for day in (date(2026, 3, 8), DAY, date(2026, 3, 15), LATER)]
    assert [(rule.on, rule.number) for rule in asked] == [(True, 2), (True, 4), (True, 4), (False, 2)]


def test_an_undone_change_counts_no_longer_and_stays_in_the_list():
    first, second = RuleChange(RESUME, DAY, number=4, saved_at="a"), RuleChange(RESUME, DAY, number=5, saved_at="b")
    left = {KEY: without_change(stored(first, second), second, "c")}
    assert [one.undone_at for one in changes(left)] == ["", "c"]
    assert rule_on(left, RESUME, DAY).number == 4
    assert {KEY: without_change(left, second, "d")} == left


def test_a_change_is_added_to_what_is_stored():
    first, second = RuleChange(RESUME, DAY, number=4), RuleChange("touch_120", DAY, activities=("touch",))
    kept = {KEY: with_change(stored(first), second)}
    assert changes(kept) == (first, second)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (RuleChange("no_such_rule", DAY), "There is no rule no_such_rule."),
        (RuleChange(RESUME, DAY, number=0), "0 business days cannot be: Acknowledge résumé takes 1 to 730."),
        (RuleChange("touch_120", DAY, number=731), "731 days cannot be: Touch to day 120 takes 1 to 730."),
        (RuleChange("friday_update", DAY, number=3), "Friday update names a moment and no number of days."),
        (RuleChange(RESUME, DAY, activities=()), "at least one activity has to count"),
        (RuleChange(RESUME, DAY, activities=("touch", "waving")), "waving cannot fulfil Acknowledge résumé."),
        (RuleChange(RESUME, DAY, activities=("presentation",)), "presentation cannot fulfil"),
        (RuleChange("ticket_answered", DAY, activities=("touch",)), "touch cannot fulfil Ticket answered."),
    ],
)
def test_a_change_that_cannot_be_is_refused_with_its_cause(change, said):
    assert said in fault_of(change)
    with pytest.raises(ValueError, match=r"."):
        with_change({}, change)


@pytest.mark.parametrize("number", [LEAST, MOST])
def test_the_least_and_the_most_days_are_allowed(number):
    assert fault_of(RuleChange(RESUME, DAY, number=number)) == ""


def test_what_is_stored_and_cannot_be_is_ignored_and_told():
    good = RuleChange(RESUME, DAY, number=4).stored()
    bad = [{**good, "rule": "old_rule"}, {**good, "number": 0}, {**good, "from": "soon"}, "words", {}, None]
    held = {KEY: [*bad, good, {**good, "activities": ["touch", "telegram"]}]}
    assert rules_in_force(held) == rules_in_force({KEY: [good]})
    assert faults(held)[:3] == (
        "There is no rule old_rule.",
        "0 business days cannot be: Acknowledge résumé takes 1 to 730.",
        "A change that is stored cannot be read.",
    )
    assert len(faults(held)) == 7
    assert rules_in_force({KEY: "words"}) == RULES
    assert with_change({KEY: bad}, RuleChange(RESUME, DAY, number=4))[:-1] == bad


@pytest.mark.parametrize("rule", [rule for rule in RULES if has_days(rule)], ids=lambda rule: rule.name)
def test_the_sentence_of_a_rule_says_its_new_number(rule):
    one, many = (changed(rule, RuleChange(rule.name, DAY, number=number)) for number in (1, 17))
    assert (one.number, many.number) == (1, 17)
    assert "17" in many.sentence
    assert many.sentence != rule.sentence
    assert "1 days" not in one.sentence.replace("1 to 1 days", "")
    assert unit_of(rule) in ("days", "business days")


def test_the_time_there_is_for_a_late_call_stays_as_long_as_it_was():
    rule = changed(BY_NAME["declined_6_months"], RuleChange("declined_6_months", DAY, number=100))
    assert (rule.opens, rule.number) == (40, 100)
    assert rule.sentence == "40 to 100 days after declining, a candidate who agreed hears from us."
    assert changed(BY_NAME["redeploy_45"], RuleChange("redeploy_45", DAY, number=60)).opens == 14


def test_what_counts_can_be_made_less_and_more():
    rule = BY_NAME["touch_120"]
    assert counted(rule) == tuple(name for name, party in CONTACTS.items() if party != "client")
    assert choices(rule) == (*counted(rule), *WIDER)
    less = changed(rule, RuleChange("touch_120", DAY, activities=("touch", "conversation")))
    assert less.fulfilled_by.activities == ("conversation", "touch")
    more = changed(rule, RuleChange("touch_120", DAY, activities=(*counted(rule), "call_attempt")))
    assert counted(more) == (*counted(rule), "call_attempt")
    same = changed(rule, RuleChange("touch_120", DAY, activities=tuple(reversed(counted(rule)))))
    assert same.fulfilled_by.activities == (CONTACT,)


def test_what_is_told_to_one_party_is_not_fulfilled_by_the_other():
    more = changed(BY_NAME["close_loop"], RuleChange("close_loop", DAY, activities=("feedback", "touch")))
    assert more.fulfilled_by.party == "candidate"
    assert choices(BY_NAME["why_declined"]) == ()


def resume(day: str, who: str, activity: str = "resume_received") -> dict[str, Any]:
    return row(f"2026-03-{day} 09:00", "Desk 01", activity, candidate=who)


def owed(rows: list[dict[str, Any]], *held: RuleChange, as_of: date = date(2026, 3, 20)) -> list[list[Any]]:
    """Who, due day and status."""
    found = obligations(frame_of(rows), as_of=as_of, rules=rules_in_force(stored(*held)))
    due = found["due_at"].dt.strftime("%m-%d")
    return [list(line) for line in zip(found["who"], due, found["status"], strict=True)]


def test_who_wrote_before_the_change_is_owed_what_was_promised_then():
    rows = [resume("06", "Avery Sample"), resume("09", "Blake Sample")]
    assert owed(rows, RuleChange(RESUME, DAY, number=4)) == [
        ["Avery Sample", "03-10", "overdue"],
        ["Blake Sample", "03-13", "overdue"],
    ]


def test_an_activity_that_counts_no_longer_fulfils_nothing_from_then_on():
    rows = [resume(day, who) for day, who in (("06", "Avery Sample"), ("09", "Blake Sample"))]
    rows += [resume("10", who, "recruiting_call") for who in ("Avery Sample", "Blake Sample")]
    assert owed(rows, RuleChange(RESUME, DAY, activities=("status_update",))) == [
        ["Avery Sample", "03-10", "kept"],
        ["Blake Sample", "03-11", "overdue"],
    ]


def test_what_came_and_went_while_a_rule_was_off_is_owed_once():
    held = (RuleChange(RESUME, DAY, on=False), RuleChange(RESUME, date(2026, 3, 10)))
    rows = [resume("05", "Avery Sample"), resume("06", "Blake Sample"), resume("09", "Casey Sample")]
    assert owed(rows, held[0]) == [["Avery Sample", "03-09", "waived"], ["Blake Sample", "03-10", "waived"]]
    assert owed(rows, *held) == [
        ["Avery Sample", "03-09", "waived"],
        ["Blake Sample", "03-10", "overdue"],
        ["Casey Sample", "03-11", "overdue"],
    ]


def test_a_change_keeps_who_made_it_and_who_undid_it_and_older_ones_have_no_name():
    made = RuleChange(RESUME, DAY, number=4, by="Avery Sample")
    held = {KEY: without_change({KEY: [made.stored()]}, made, "2026-11-23T10:00:00", "Blake Sample")}
    assert [(one.by, one.undone_by) for one in changes(held)] == [("Avery Sample", "Blake Sample")]
    older = {name: cell for name, cell in made.stored().items() if name not in ("by", "undone_by")}
    assert [(one.by, one.undone_by) for one in changes({KEY: [older]})] == [("", "")]
