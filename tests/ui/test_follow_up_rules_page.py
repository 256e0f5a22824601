"""Follow-up rules: every rule in plain words, changed from a day on with what it means, and undone."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import stored
from screens import said

from quality.obligation_rules import BY_NAME, RULES
from quality.rule_changes import KEY, RuleChange, changes, choices, rule_on
from ui import follow_up_rules_data, owed_data
from ui import follow_up_rules_words as words
from ui.owed_answers import NAME

PAGE = "follow_up/follow_up_rules"
TODAY = date(2026, 11, 23)
RESUME = "acknowledge_resume"
#: Three résumés: answered on the second and on the fourth business day, and never.
LINES = (
    "2026-11-02 09:00,Desk 01,resume_received,Avery Sample",
    "2026-11-04 09:00,Desk 01,recruiting_call,Avery Sample",
    "2026-11-02 09:00,Desk 01,resume_received,Blake Sample",
    "2026-11-06 09:00,Desk 01,call_attempt,Blake Sample",
    "2026-11-06 10:00,Desk 01,status_update,Blake Sample",
    "2026-11-03 09:00,Desk 01,resume_received,Casey Sample",
)


@pytest.fixture
def firm(history):
    log = "\n".join(["occurred_at,desk,activity,candidate", *LINES])
    stored.store({"log.csv": log})
    return history


@pytest.fixture
def at(firm, app, open_page):
    app.session_state[NAME] = "Kit Sample"
    found = open_page(PAGE)
    assert not found.exception
    return found


def group(at, title):
    found = at.segmented_control(key="rules_about").set_value(title).run()
    assert not found.exception
    return found


def opened(at, rule=RESUME):
    """The form of a rule, in the group it belongs to."""
    title = next(title for title, names in words.GROUPS.items() if rule in names)
    found = group(at, title).button(key=f"change-{rule}").click().run()
    assert not found.exception
    return found


def save(at):
    found = at.button(key="rule_save").click().run()
    assert not found.exception
    return found


def store(history, *held):
    history.save_setting(KEY, [one.stored() for one in held])


def kept(history):
    return [(one.rule, one.since, one.on, one.number, one.activities) for one in changes(history.settings())]


def plain(at):
    return said(at).replace("\\", "")


def test_every_rule_is_in_one_group():
    assert sorted(name for names in words.GROUPS.values() for name in names) == sorted(BY_NAME)


def test_all_rules_stand_there_in_plain_words(at):
    shown = plain(group(at, words.EVERY))
    assert "27 of 28 rules are on, none are changed" in shown
    assert not [rule.name for rule in RULES if rule.sentence not in shown]
    assert not [source for source in words.SOURCES.values() if source not in shown]
    assert not any(name in shown for name in ("S1", "_", "None", "nan"))


def test_a_rule_says_which_training_texts_it_comes_from_and_lists_them(at):
    shown = [one for one in at.markdown if "training text" in one.value]
    assert "Source: training texts on contract staffing and closing the loop." in shown[0].value.replace("\\", "")
    assert {one.help for one in shown} == {words.TEXTS}
    assert len([line for line in words.TEXTS.splitlines() if line[:1].isdigit()]) == len(words.SOURCES)


def test_a_group_shows_its_own_rules_only(at):
    shown = plain(group(at, "Declined offers"))
    assert [name for name, rule in BY_NAME.items() if rule.sentence in shown] == list(words.GROUPS["Declined offers"])


def test_the_group_is_kept_in_the_address(app, firm, open_page):
    app.query_params["rules_about"] = "Contractors"
    assert "Touch to day 120" in plain(open_page(PAGE))


def test_a_rule_says_what_it_asked_for(at):
    shown = plain(group(at, "First contact"))
    assert "Kept **1 of 3** that fell due in the last 90 days: 1 late, 1 never." in shown
    assert "Nothing fell due in the last 90 days." in shown
    assert "Not counted while it is off." in plain(group(at, "Contractors"))


def test_what_was_answered_is_told_as_no_longer_owed(firm, open_page):
    found = owed_data.owed(TODAY)
    row = found[found["who"] == "Casey Sample"].iloc[0]
    told = {"rule": RESUME, "trigger_id": row["trigger_id"], "answer": "elsewhere", "answered_by": "Desk 01"}
    firm.save_answers([told], now=datetime(2026, 11, 20, 9).astimezone())
    assert "Kept **1 of 2** that fell due in the last 90 days: 1 late, 0 never; 1 no longer owed." in plain(
        group(open_page(PAGE), "First contact")
    )


def test_days_are_changed_from_today_on_with_a_preview(firm, at):
    form = opened(at)
    assert form.button(key="rule_save").disabled
    form.number_input(key=f"rule_number-{RESUME}").set_value(4).run()
    shown = plain(form)
    assert "hears from us within 4 business days." in shown
    assert "kept **2 of 3** that fell due in the last 90 days, instead of 1 of 3." in shown
    assert "Today's list stays as it is." in shown
    assert "It holds from today on" in shown
    after = save(form)
    assert kept(firm) == [(RESUME, TODAY, True, 4, None)]
    assert "27 of 28 rules are on, 1 is changed" in plain(after)
    assert "Changed since 23 Nov 2026. As shipped: on, 2 business days, done by any contact" in plain(after)
    assert [toast.value.replace("\\", "") for toast in after.toast] == [
        "Saved: Acknowledge résumé since 23 Nov 2026: on, 4 business days, done by any contact with the candidate."
    ]


def test_a_rule_is_switched_off_and_asks_for_nothing(firm, at):
    form = opened(at)
    form.toggle(key=f"rule_on-{RESUME}").set_value(False).run()
    assert "kept **0 of 0** that fell due in the last 90 days, instead of 1 of 3." in plain(form)
    assert "**1** person leaves today's list. What fell due before 23 Nov 2026 and was not done is asked" in plain(form)
    after = save(form)
    assert kept(firm) == [(RESUME, TODAY, False, None, None)]
    assert "Kept **1 of 3** that fell due in the last 90 days: 1 late, 1 never." in plain(after)
    assert "26 of 28 rules are on" in plain(after)


def test_a_rule_is_switched_on(firm, at):
    form = opened(at, "onsite_thanks")
    form.toggle(key="rule_on-onsite_thanks").set_value(True).run()
    assert "28 of 28 rules are on" in plain(save(form))
    assert rule_on(firm.settings(), "onsite_thanks", TODAY).due_since == TODAY


def test_what_counts_is_chosen(firm, at):
    form = opened(at)
    form.multiselect(key=f"rule_names-{RESUME}").set_value(["recruiting_call", "call_attempt"]).run()
    assert "kept **1 of 3** that fell due in the last 90 days, instead of 1 of 3." in plain(form)
    save(form)
    assert kept(firm) == [(RESUME, TODAY, True, None, ("recruiting_call", "call_attempt"))]
    assert "Done by: recruiting call or call attempt." in plain(at)


def test_the_form_is_closed_again_without_a_change(firm, at):
    form = opened(at)
    form.number_input(key=f"rule_number-{RESUME}").set_value(4).run()
    after = form.button(key="rule_cancel").click().run()
    assert not [one for one in after.button if one.key == "rule_save"]
    assert kept(firm) == []
    again = opened(after)
    assert again.number_input(key=f"rule_number-{RESUME}").value == 2


def test_rules_that_name_a_moment_have_no_days_and_some_no_choice(at):
    friday = opened(at, "friday_update")
    assert not [one for one in friday.number_input if one.key == "rule_number-friday_update"]
    ticket = opened(at, "ticket_answered")
    assert choices(BY_NAME["ticket_answered"]) == ()
    assert not [one for one in ticket.multiselect if one.key == "rule_names-ticket_answered"]


@pytest.mark.parametrize(
    ("number", "cause"),
    [
        (0, "0 business days cannot be: Acknowledge résumé takes 1 to 730."),
        (731, "731 business days cannot be"),
        (-3, "-3 business days cannot be"),
    ],
)
def test_days_that_cannot_be_are_refused_and_nothing_is_saved(firm, at, number, cause):
    form = opened(at)
    form.number_input(key=f"rule_number-{RESUME}").set_value(number).run()
    assert cause in plain(form)
    assert form.button(key="rule_save").disabled
    assert kept(firm) == []


def test_a_rule_that_nothing_fulfils_is_refused(firm, at):
    form = opened(at)
    form.multiselect(key=f"rule_names-{RESUME}").set_value([]).run()
    assert "at least one activity has to count" in plain(form)
    assert form.button(key="rule_save").disabled
    form.multiselect(key=f"rule_names-{RESUME}").set_value(["touch"]).run()
    assert not form.button(key="rule_save").disabled


def test_a_change_from_a_later_day_waits_until_then(firm, at):
    form = opened(at)
    form.number_input(key=f"rule_number-{RESUME}").set_value(4)
    form.date_input(key=f"rule_from-{RESUME}").set_value(date(2026, 12, 1)).run()
    assert "Nothing changes before 1 Dec 2026." in plain(form)
    after = plain(save(form))
    assert "none are changed" in after
    assert "From 1 Dec 2026 on: on, 4 business days, done by any contact with the candidate." in after
    assert [rule_on(firm.settings(), RESUME, day).number for day in (TODAY, date(2026, 12, 1))] == [2, 4]


def test_a_change_from_an_earlier_day_says_that_it_changes_the_past(firm, at):
    store(firm, RuleChange(RESUME, date(2026, 11, 16), number=3))
    form = opened(at.run())
    form.number_input(key=f"rule_number-{RESUME}").set_value(4)
    form.date_input(key=f"rule_from-{RESUME}").set_value(date(2026, 11, 2)).run()
    shown = plain(form)
    assert "It also changes what counts as kept or late since 2 Nov 2026." in shown
    assert "On 16 Nov 2026 the next change of this rule follows." in shown


def test_of_two_changes_on_one_day_the_last_one_holds_and_both_are_listed(firm, at):
    for number in (4, 5):
        form = opened(at)
        form.number_input(key=f"rule_number-{RESUME}").set_value(number).run()
        at = save(form)
    shown = plain(at)
    assert "What was changed, 2" in shown
    assert shown.index("since 23 Nov 2026: on, 5 business days") < shown.index("since 23 Nov 2026: on, 4 business days")
    assert rule_on(firm.settings(), RESUME, TODAY).number == 5


def test_a_changed_rule_returns_to_what_was_shipped(firm, app, open_page):
    app.session_state[NAME] = "Kit Sample"
    store(firm, RuleChange(RESUME, date(2026, 11, 2), number=9, activities=("touch",)))
    form = opened(open_page(PAGE))
    form.button(key="rule_shipped").click().run()
    assert not form.exception
    assert kept(firm)[1:] == [(RESUME, TODAY, True, None, None)]
    assert "none are changed" in plain(form)
    assert "since 23 Nov 2026: as shipped" in plain(form)


def test_a_rule_as_shipped_offers_no_return(at):
    assert not [one for one in opened(at).button if one.key == "rule_shipped"]


def test_a_change_is_undone_and_stays_in_the_list_of_those_undone(firm, app, open_page):
    app.session_state[NAME] = "Kit Sample"
    held = (RuleChange(RESUME, TODAY, number=9, saved_at="2026-11-22T09:00:00"), RuleChange("touch_120", TODAY))
    store(firm, *held, RuleChange("touch_120", TODAY, on=False))
    at = open_page(PAGE)
    assert "26 of 28 rules are on, 2 are changed" in plain(at)
    assert "Saved 22 Nov 2026." in plain(at)
    after = at.button(key="undo-0").click().run()
    assert not after.exception
    assert "1 is changed" in plain(after)
    assert rule_on(firm.settings(), RESUME, TODAY).number == 2
    assert "Undone, 1" in [expander.label for expander in after.expander]
    assert "Undone 23 Nov 2026 by Kit Sample." in plain(after)
    after.button(key="undo-2").click().run()
    assert "27 of 28 rules are on, none are changed" in plain(after)


def test_a_change_keeps_who_made_it_and_asks_for_the_name_where_nobody_said_it(firm, open_page):
    form = opened(open_page(PAGE))
    form.number_input(key=f"rule_number-{RESUME}").set_value(4).run()
    asked = save(form)
    assert kept(firm) == []
    asked.text_input(key="who_changes").set_value("Kit Sample")
    after = asked.button(key="keep_change").click().run()
    assert not after.exception
    assert [one.by for one in changes(firm.settings())] == ["Kit Sample"]
    assert "Saved 23 Nov 2026 by Kit Sample." in plain(after)
    after.button(key="undo-0").click().run()
    assert [one.undone_by for one in changes(firm.settings())] == ["Kit Sample"]
    assert "Undone 23 Nov 2026 by Kit Sample." in plain(after)
    assert [one.value.replace("\\", "").split(",")[0] for one in after.toast] == ["Undone: Acknowledge résumé"]


def test_what_a_change_does_to_the_call_sheet_is_said_part_by_part():
    none = follow_up_rules_data.Moves(0, 0)
    both = {"today": follow_up_rules_data.Moves(84, 1), "coming": none, "long": follow_up_rules_data.Moves(1, 2)}
    assert words.moved(both) == (
        "**84** people leave today's list. **1** more stands on today's list. "
        "**1** person leaves Long overdue. **2** more stand under Long overdue."
    )
    assert words.moved(dict.fromkeys(both, none)) == "Today's list stays as it is."


def test_the_page_and_the_table_of_owed_count_the_same(at):
    table = owed_data.promises(None, "rule").set_index("unit")
    assert {name: one.due for name, one in follow_up_rules_data.asked().items()} == table["due"].to_dict()
    asked, row = follow_up_rules_data.asked()[RESUME], table.loc[RESUME]
    assert (asked.kept, asked.late, asked.overdue) == (row["kept"], row["late"], row["overdue"]) == (1, 1, 1)


def test_a_moment_that_is_none_is_shown_as_text(firm, open_page):
    store(firm, RuleChange(RESUME, TODAY, number=9, saved_at="![x](y) soon"))
    at = open_page(PAGE)
    assert not at.exception
    assert "![x]" not in said(at)
    assert "Saved ![x](y) soon." in plain(at)


def test_a_long_list_of_changes_has_pages(firm, open_page):
    store(firm, *(RuleChange(RESUME, date(2026, 1, 1 + number), number=1 + number) for number in range(13)))
    at = open_page(PAGE)
    assert len([one for one in at.button if one.key.startswith("undo-")]) == 10
    at.get_by_key("rule_changes_page").set_value(2).run()
    assert [one.key for one in at.button if one.key.startswith("undo-")] == ["undo-2", "undo-1", "undo-0"]


def test_what_is_stored_and_cannot_be_is_told_as_text(firm, open_page):
    hostile = "![x](http://127.0.0.1/x.png) :red[b]"
    firm.save_setting(KEY, [RuleChange(hostile, TODAY).stored(), "words"])
    at = open_page(PAGE)
    assert not at.exception
    assert len(at.warning) == 2
    assert "![x]" not in said(at)
    assert "27 of 28 rules are on, none are changed" in plain(at)


def test_an_empty_history_shows_the_rules_all_the_same(history, open_page):
    at = open_page(PAGE)
    assert not at.exception
