from __future__ import annotations

from datetime import date

import pytest
from one_standard import save_standard
from screens import said
from tiny_firm import HOSTILE, store_firm

from ui import plan_data, plan_save, text

PAGE = "ratios/plan"
TODAY = date(2026, 11, 23)


@pytest.fixture
def firm(history):
    store_firm()
    return history


@pytest.fixture
def desk(firm, app):
    """The page asked for Desk 01: 12 send-outs, 3 fills, 10 marketing calls, 2 contracts, all before November."""
    app.query_params["plan_desk"] = "Desk 01"
    return firm


def minimums(history):
    lines = history.standards(TODAY)
    own = lines[(lines["level"] == "desk") & (lines["name"] == "Desk 01")]
    return dict(zip(own["ratio"], own["standard"], strict=True))


def saved(at):
    return at.button(key="save_plan").click().run()


def held_of(at):
    return next(box for box in at.multiselect if box.label.startswith("Activities"))


def wanted(goal):
    """What the plan of Desk 01 asks of a day for a goal, rounded as it is saved."""
    found = plan_data.plan_of("Desk 01", goal)
    return {one.activity: plan_save.daily(one.per_day) for one in found.targets if one.probability == 0.8}


def in_words(numbers):
    names = {"send_out": "send-outs", "marketing_call": "marketing calls", "contract": "contracts"}
    *others, last = [f"{number:g} {names[activity]}" for activity, number in numbers.items()]
    return f"Saving sets these daily minimums: **{', '.join(others)} and {last}**."


def test_the_plan_is_a_sentence_to_read_aloud(desk, open_page):
    at = open_page(PAGE)
    assert not at.exception
    assert "To fill 1 in November 2026 with 80 % certainty, Desk 01 needs " in said(at)
    assert "0 fills so far, so 1 to go, with 6 working days left. Counted to the end of 22 Nov 2026" in said(at)


def test_the_headline_asks_only_for_what_still_serves_the_period(desk, open_page, monkeypatch):
    known = {"send_out": 0.7, "contract": 0.2, "marketing_call": 0.0}
    monkeypatch.setattr(plan_data, "shares", lambda _plan: known)
    at = open_page(PAGE)
    (headline,) = [one.value for one in at.markdown if one.value.startswith("**To fill 1")]
    bold, rest = headline.removeprefix("**").split("**", 1)
    assert "send-outs" in bold
    assert "marketing" not in bold
    assert rest.startswith(
        " Of what is done from now on, contracts serve this month only in part; "
        "marketing calls serve the next month or a later one.\n\n0 fills so far"
    )
    small = [one.value for one in at.markdown if one.value.startswith(":small[") and "working days" not in one.value]
    assert small == [
        ":small[mostly in time for this month]",
        ":small[serve the next month or a later one]",
        ":small[only partly in time for this month]",
    ]


def test_public_holidays_are_no_working_days_once_the_country_is_set(desk, open_page):
    at = open_page(PAGE)
    assert "no country is set for public holidays" in said(at)
    desk.save_setting("holidays", {"country": "US", "subdivision": None})
    at.run()
    assert "with 5 working days left" in said(at)
    assert "without public holidays and without the absences" in said(at)


def test_the_cards_show_what_the_library_computes(desk, open_page):
    at = open_page(PAGE)
    found = plan_data.plan_of("Desk 01", plan_data.Goal(1, "month"))
    wanted = [target for target in found.targets if target.probability == 0.8]
    assert [card.label for card in at.metric] == ["Send-outs", "Marketing calls", "Contracts"]
    small = [element.value for element in at.markdown if element.value.startswith(":small[")]
    assert small == [f":small[{target.total} in 6 working days]" for target in wanted]


def test_more_fills_more_certainty_and_another_period_change_the_sentence(desk, open_page):
    at = open_page(PAGE)
    at.number_input(key="goal_fills-Desk 01").set_value(5)
    at.segmented_control(key="goal_per-Desk 01").set_value("Quarter")
    at.segmented_control(key="goal_certainty-Desk 01").set_value("95 %").run()
    assert "To fill 5 in the quarter from October to December 2026 with 95 % certainty" in said(at)
    assert "3 fills so far, so 2 to go (on orders it won 4 so far, so 1 to go), with 29 working days left" in said(at)


def test_a_goal_that_is_reached_is_said_and_nothing_is_left_to_save(desk, open_page):
    at = open_page(PAGE)
    at.number_input(key="goal_fills-Desk 01").set_value(3)
    at.segmented_control(key="goal_per-Desk 01").set_value("Quarter").run()
    assert "**Desk 01 has reached its goal for the quarter from October to December 2026.**" in said(at)
    assert [card.value for card in at.metric] == ["done", "done", "done"]
    assert at.button(key="save_plan").disabled


def test_a_goal_in_money_is_turned_into_fills_and_the_fee_is_kept(desk, open_page):
    at = open_page(PAGE)
    at.segmented_control(key="goal_in").set_value("Money").run()
    at.number_input(key="average_fee").set_value(10_000.0).run()
    at.number_input(key="goal_money-Desk 01-10000.0").set_value(25_000.0).run()
    assert "That is **3 fills**." in said(at)
    assert desk.settings()["average_fee"] == 10_000


def test_saving_keeps_the_goal_and_the_daily_minimums_from_today_on(desk, open_page):
    at = saved(open_page(PAGE))
    assert not at.exception
    assert desk.settings()["goals"] == {"Desk 01": {"fills": 1, "per": "month", "probability": 0.8}}
    assert set(minimums(desk)) == {"send_out", "marketing_call", "contract"}
    assert at.dataframe[0].value["Desk"].tolist() == ["Desk 01"]
    assert "0 of 1 in Nov" in at.dataframe[0].value["Goal"].tolist()


@pytest.mark.parametrize("fills", [(2,), (2, 4), (2, 4, 3)])
def test_what_is_shown_is_what_is_saved_after_any_number_of_changes(desk, open_page, fills):
    at = open_page(PAGE)
    for number in fills:
        at.number_input(key="goal_fills-Desk 01").set_value(number).run()
    asked = wanted(plan_data.Goal(fills[-1], "month"))
    assert in_words(asked) in said(at)
    assert not at.button(key="save_plan").disabled
    saved(at)
    assert minimums(desk) == asked


def test_what_is_chosen_outlives_a_change_of_the_goal_and_saving(desk, open_page):
    at = open_page(PAGE)
    held_of(at).set_value(["contract"]).run()
    at.number_input(key="goal_fills-Desk 01").set_value(4).run()
    at.segmented_control(key="goal_certainty-Desk 01").set_value("95 %").run()
    saved(at)
    assert held_of(at).value == ["contract"]
    assert set(minimums(desk)) == {"contract"}
    assert not at.button(key="save_plan").disabled


def test_saving_and_ending_are_said(desk, open_page):
    at = saved(open_page(PAGE))
    assert [toast.value for toast in at.toast] == ["Plan of Desk 01 saved with 3 daily minimums."]
    at.button(key="end_plan").click().run()
    assert [toast.value for toast in at.toast] == ["Plan of Desk 01 ended."]


def test_without_an_activity_there_is_nothing_to_save_and_that_is_said(desk, open_page):
    at = open_page(PAGE)
    held_of(at).set_value([]).run()
    assert "Choose at least one activity to save the plan." in said(at)
    assert at.button(key="save_plan").disabled


def test_only_the_chosen_activities_become_minimums_and_those_left_out_end(desk, open_page):
    at = saved(open_page(PAGE))
    held_of(at).set_value(["send_out"]).run()
    saved(at)
    assert set(minimums(desk)) == {"send_out"}


def test_a_plan_ends_once_that_is_confirmed(desk, open_page):
    at = saved(open_page(PAGE))
    assert "The goal of Desk 01 is forgotten and its daily minimums end today." in said(at)
    assert at.button(key="end_plan").label == "Yes, end it"
    at.button(key="end_plan").click().run()
    assert desk.settings()["goals"] == {}
    assert minimums(desk) == {}
    assert "No desk has a plan yet" in said(at)


def test_the_saved_goal_is_there_again(desk, app, open_page):
    desk.save_setting("goals", {"Desk 01": {"fills": 7, "per": "quarter", "probability": 0.95}})
    assert "To fill 7 in the quarter from October to December 2026 with 95 % certainty" in said(open_page(PAGE))


def test_yesterday_and_the_week_are_held_against_the_minimums(firm, open_page, monkeypatch):
    monkeypatch.setenv("TOUCHLINE_TODAY", "2026-09-10")
    firm.save_setting("goals", {"Desk 01": {"fills": 1, "per": "month", "probability": 0.8}})
    for activity, number in (("send_out", 2), ("marketing_call", 0.5)):
        save_standard(firm, activity, number, effective_from=date(2026, 9, 1), level="desk", name="Desk 01", per="day")
    at = open_page(PAGE)
    assert at.dataframe[0].value.iloc[0].to_dict() == {
        "Desk": "Desk 01",
        "Met": "0 of 1",
        "Goal": "0 of 1 in Sep",
        "Send-outs": "▽ 1 of 2",
        "Marketing calls": "1 of 0.5",
    }
    at.segmented_control(key="plan_span").set_value("week").run()
    assert at.dataframe[0].value.iloc[0].to_dict() == {
        "Desk": "Desk 01",
        "Met": "1 of 2",
        "Goal": "0 of 1 in Sep",
        "Send-outs": "▽ 3 of 6",
        "Marketing calls": "✓ 3 of 1.5",
    }


def test_days_before_a_plan_was_saved_are_not_judged(desk, open_page):
    at = saved(open_page(PAGE))
    assert at.dataframe[0].value.iloc[0].to_dict() == {
        "Desk": "Desk 01",
        "Met": "starts today",
        "Goal": "0 of 1 in Nov",
    }
    assert "The plan of Desk 01 starts today. Its first day is judged when it is over." in said(at)
    assert "did all their plan asks for" not in said(at)


def test_a_plan_saved_again_is_judged_by_the_numbers_that_stood_before(firm, app, open_page, monkeypatch):
    monkeypatch.setenv("TOUCHLINE_TODAY", "2026-09-10")
    app.query_params["plan_desk"] = "Desk 01"
    firm.save_setting("goals", {"Desk 01": {"fills": 1, "per": "month", "probability": 0.8}})
    for since, number in ((date(2026, 9, 8), 2), (date(2026, 9, 10), 9)):
        save_standard(firm, "send_out", number, effective_from=since, level="desk", name="Desk 01", per="day")
    at = open_page(PAGE)
    assert at.dataframe[0].value["Send-outs"].tolist() == ["▽ 1 of 2"]
    assert "**Wednesday, 9 Sep 2026: 0 of 1 desk did all their plan asks for**" in said(at)
    at.segmented_control(key="plan_span").set_value("week").run()
    assert at.dataframe[0].value["Send-outs"].tolist() == ["▽ 2 of 4"]
    assert "**This week, 3 working days: 0 of 1 desk did all their plan asks for**" in said(at)
    assert "Days before a plan was saved are not judged." in said(at)


def test_a_better_ratio_says_what_it_would_save(desk, open_page):
    at = open_page(PAGE)
    assert "Change a ratio to see what it would save" in said(at)
    box = next(box for box in at.number_input if box.label == "Send-out to fill")
    box.set_value(1.5).run()
    assert "- **Send-outs**: " in said(at)
    assert " instead of " in said(at)


def test_every_ratio_stands_with_its_counts_and_whose_they_are(desk, open_page):
    assert (
        "- **Send-out to fill** 8.7 : 1, from 12 send-outs, 3 fills in 52 weeks, which is thin: it counts 17 %, "
        "the rest of the firm (16 send-outs, 1 fill) 83 %"
    ) in said(open_page(PAGE))


def test_how_long_steps_take_is_not_guessed_from_few_cases(desk, open_page):
    assert "Too few cases on record to say how long they take: send-outs, marketing calls, contracts." in said(
        open_page(PAGE)
    )


def test_desks_that_left_are_offered_last_and_said(desk, open_page):
    """Of the four only these two were active within four weeks before 23 November."""
    at = open_page(PAGE)
    assert at.selectbox(key="plan_desk").options == [HOSTILE, "Desk 02", "Desk 01", "Desk 04"]
    assert [one.value for one in at.warning] == [
        "Desk 01 seems to have left: its last activity was on 3 October 2026. "
        "A plan for it rests on what it did before."
    ]
    at.selectbox(key="plan_desk").set_value("Desk 02").run()
    assert not at.warning


def test_a_goal_beyond_all_the_desk_ever_did_is_called_that(desk, open_page):
    at = open_page(PAGE)
    at.number_input(key="goal_fills-Desk 01").set_value(500).run()
    assert "is more than ten times what Desk 01 ever did: its best week of the last year had " in at.warning[1].value


def test_a_hostile_name_is_only_text(firm, app, open_page):
    app.query_params["plan_desk"] = HOSTILE
    at = open_page(PAGE)
    assert not at.exception
    assert not [element.value for element in at.markdown if "![x]" in element.value]
    assert text.plain(HOSTILE) in said(at)


def test_without_recent_activity_the_page_says_so(filled, open_page, monkeypatch):
    monkeypatch.setenv("TOUCHLINE_TODAY", "2029-01-01")
    assert "There is no activity of the last 52 weeks to plan with." in said(open_page(PAGE))
