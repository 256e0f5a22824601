from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from one_standard import save_standard
from tiny_firm import HOSTILE, TODAY, store_firm

from quality.periods import last_closed_weeks
from quality.ratios import ratios
from ui import cells, scoreboard, text


@pytest.fixture
def app(app):
    """The entry script, opened on the scoreboard."""
    return app.switch_page("../pages/ratios/scoreboard.py")


@pytest.fixture
def firm(history):
    store_firm()
    return history


def table(at, place=0):
    """A table by its place, its lines by their names; the spaces that hold a cell together are plain ones here."""
    shown = at.dataframe[place].value
    return shown.set_index(shown.columns[0]).replace(cells.FIRM, " ", regex=True)


def table_with(at, column):
    return next(table(at, place) for place, shown in enumerate(at.dataframe) if column in shown.value)


def said(at):
    return [element.value for element in at.markdown]


def test_every_cell_says_its_verdict_its_weeks_the_ratio_and_its_two_counts(firm, app):
    at = app.run()
    assert not at.exception
    assert table(at)["Send-out to fill"].to_dict() == {
        "Standard": "6 : 1",
        "Desk 01": "○ unclear · 38 weeks · 4.0 : 1 · 12 / 3",
        "Desk 02": "○ unclear · 38 weeks · no fills yet (5)",
        HOSTILE: "○ unclear · 38 weeks · 9.0 : 1 · 9 / 1",
    }
    assert table(at, 1).loc["Desk 01", "Marketing call to contract"] == "△ likely meets · 38 weeks · 5.0 : 1 · 10 / 2"
    assert table(at, 1).loc["Desk 02", "Contract to fill"] == "– nothing recorded"


def test_the_likely_range_can_stand_beside_each_ratio(firm, app):
    at = app.run()
    at.segmented_control(key="beside").set_value("Likely range").run()
    assert table(at).loc["Desk 01", "Send-out to fill"].endswith("4.0 : 1 · 12 / 3 · 2.3 to 8.1")
    assert "no fills yet (5)" in table(at).loc["Desk 02", "Send-out to fill"]


def test_the_counts_on_screen_are_those_of_the_library(firm, app):
    weeks = last_closed_weeks(TODAY)
    frame = ratios(firm.log(), as_of=TODAY, start=weeks.start, end=weeks.end)
    row = frame[(frame["unit"] == "Desk 01") & (frame["ratio"] == "send_out_to_fill")].iloc[0]
    assert (
        f"{row['value']:.1f} : 1 · {row['upstream']} / {row['downstream']}"
        in table(app.run()).loc["Desk 01", "Send-out to fill"]
    )


def test_the_cards_show_the_whole_company_against_its_standards(firm, app):
    at = app.run()
    cards = {metric.label: metric.value for metric in at.metric}
    assert len(cards) == 7
    assert cards["Send-out to fill"] == "6.5 : 1"
    assert "**○ unclear: 7.0\u00a0:\u00a01 over 38 weeks**; in this period over 6\u00a0:\u00a01" in said(at)
    assert ":small[26 send-outs, 4 fills; likely between 3.8 and 12.1]" in said(at)
    assert cards["Contract to fill"] == "0.5 : 1"
    assert cards["Call to hit"] == "none yet"


def test_a_verdict_of_the_company_says_what_it_rests_on(firm, app):
    (card,) = [one for one in app.run().markdown if one.value.startswith("**○ unclear: 7.0\u00a0:\u00a01 over")]
    assert "from 28 send-outs, 4 fills in 38 closed weeks." in card.help


def test_the_first_sentence_counts_the_verdicts_of_the_company(firm, app):
    begins = "Of the company's 7 ratios 1 meet their standard or likely do, 0 are below or likely are, 6 cannot be told"
    assert said(app.run())[1].startswith(begins)


@pytest.mark.parametrize(("by", "units"), [("Team", ["South", "North"]), ("Company", ["Company"])])
def test_lines_can_stand_for_teams_or_the_company_by_address(firm, app, by, units):
    app.query_params["by"] = by
    at = app.run()
    assert table(at).index.tolist() == ["Standard", *units]
    assert at.segmented_control(key="by").value == by


def company(**changes):
    """Three ratios of the company that are at their standards of 5 : 1, within a tenth."""
    rows = {"verdict": ["unclear", "unclear", "unclear"], "upstream": [50, 50, 50], "value": [5.0, 5.4, 4.6]}
    return pd.DataFrame(rows | {"standard": 5.0} | changes)


def test_a_company_whose_ratios_are_its_standards_is_told_so_once():
    assert scoreboard.sentence(company(), "activity").startswith("The company as a whole stands right at its standards")


@pytest.mark.parametrize(
    "changes", [{"value": [5.0, 5.4, 7.0]}, {"verdict": ["unclear", "unclear", "meets"]}, {"upstream": [50, 50, 0]}]
)
def test_one_ratio_away_from_its_standard_or_too_few_are_not_told_so(changes):
    assert not scoreboard.at_standard(company(**changes))


def test_teams_add_up_their_desks(firm, app):
    at = app.run()
    at.segmented_control(key="by").set_value("Team").run()
    assert table(at).loc["South", "Send-out to fill"] == ("▽ likely below: 16.0 : 1 over 38 weeks · 14.0 : 1 · 14 / 1")


def test_fills_are_shown_gross_and_net(firm, app):
    fills = table_with(app.run(), "Fell off")
    assert fills.loc["Desk 01"].tolist() == [3, 1, 2, pytest.approx(100 / 3)]
    assert fills.loc["Desk 02", ["Fills", "Fell off", "Net"]].tolist() == [0, 0, 0]
    assert fills["Share"].isna().to_dict() == {"Desk 01": False, "Desk 02": True, HOSTILE: False}


def test_a_desk_without_a_single_row_is_named_below_the_tables(firm, app):
    at = app.run()
    assert "Desk 04" not in table(at).index
    assert "Nothing recorded in this period: Desk 04." in said(at)


def test_the_boxes_open_the_rows_behind_a_number_and_they_add_up(firm, app):
    at = app.run()
    at.selectbox(key="behind").set_value("send_out_to_fill").run()
    at.selectbox(key="of").set_value("Desk 01").run()
    assert not at.exception
    assert "12 send-outs and 3 fills: 15 rows. 1 fill fell off again." in said(at)
    rows = at.dataframe[1].value
    assert rows["Counts as"].value_counts().to_dict() == {"send-out": 12, "fill": 2, "fill, fell off": 1}
    assert any("**4.0 : 1 · 12 send-outs, 3 fills** · within 6 : 1 · likely between" in line for line in said(at))
    assert any("from 12 send-outs, 3 fills in 38 closed weeks." in line for line in said(at))


def test_a_link_opens_the_rows_behind_a_number(firm, app):
    app.query_params["behind"], app.query_params["of"] = "Send-out to fill", "Desk 02"
    at = app.run()
    assert "5 send-outs and 0 fills: 5 rows." in said(at)
    assert any(line.startswith("**no fills yet (5)**") for line in said(at))


def test_a_ratio_without_a_desk_lists_everybody_with_the_likely_range(firm, app):
    app.query_params["behind"] = "Send-out to fill"
    listed = app.run().dataframe[1].value
    assert listed.columns.tolist() == ["Desk", "Ratio and counts", "80 % range"]
    assert listed["Ratio and counts"].tolist() == [
        "○ unclear, 38 weeks · 9.0 : 1 · 9 / 1",
        "○ unclear, 38 weeks · 4.0 : 1 · 12 / 3",
        "○ unclear, 38 weeks · no fills yet (5)",
    ]
    assert listed["80 % range"].str.startswith("likely between").tolist() == [True, True, False]


def test_a_link_to_a_desk_that_does_not_exist_shows_the_ratio_of_everybody(firm, app):
    app.query_params["behind"], app.query_params["of"] = "Send-out to fill", "Nobody"
    at = app.run()
    assert not at.exception
    assert at.selectbox(key="of").value is None


def test_a_hostile_name_is_text_wherever_it_stands(firm, app):
    app.query_params["behind"], app.query_params["of"] = "Send-out to fill", HOSTILE
    at = app.run()
    assert not at.exception
    assert not [line for line in said(at) if "![x]" in line or ":red[b]" in line]
    assert any(text.plain(HOSTILE) in line for line in said(at))
    assert "9 send-outs and 1 fill: 10 rows." in said(at)


def test_the_cohort_view_follows_cases_and_has_no_fall_offs(firm, app):
    app.query_params["view"], app.query_params["behind"], app.query_params["of"] = (
        "Cohort",
        "Send-out to fill",
        "Desk 01",
    )
    at = app.run()
    assert not at.exception
    assert table(at).loc["Desk 01", "Send-out to fill"].endswith("4.0 : 1 · 12 / 3")
    assert "3 got to a fill in time and 9 did not: 12 candidates on jobs. 0 are still open, in neither count." in said(
        at
    )
    assert "Fills, gross and net" not in [heading.value for heading in at.subheader]


def test_the_cohort_view_has_no_verdict_and_says_why(firm, app):
    app.query_params["view"] = "Cohort"
    at = app.run()
    assert said(at)[1].startswith("Standards are agreed for counts of activity, so verdicts stand in the activity view")
    assert table(at).loc["Desk 01", "Send-out to fill"] == "4.0 : 1 · 12 / 3"
    assert not [line for line in said(at) if "unclear" in line or "likely meets" in line]
    assert "standard 6\u00a0:\u00a01" in said(at)


def test_cases_whose_time_is_not_up_are_open_in_the_cell(firm, app):
    app.query_params["view"] = "Cohort"
    assert table(app.run()).loc["Desk 02", "Send-out to fill"] == "nothing recorded · 5 open"


def test_the_filter_of_teams_narrows_the_tables_and_not_the_cards(firm, app):
    app.query_params["team"] = "North"
    at = app.run()
    assert table(at).index.tolist() == ["Standard", "Desk 01"]
    assert {metric.label: metric.value for metric in at.metric}["Send-out to fill"] == "6.5 : 1"


def test_the_order_of_the_lines_can_be_chosen(firm, app):
    at = app.run()
    assert table(at).index.tolist() == ["Standard", HOSTILE, "Desk 01", "Desk 02"]
    at.selectbox(key="order").set_value("name").run()
    assert table(at).index.tolist() == ["Standard", HOSTILE, "Desk 01", "Desk 02"]
    at.selectbox(key="order").set_value("send_out_to_fill").run()
    assert table(at).index.tolist() == ["Standard", "Desk 01", HOSTILE, "Desk 02"]
    assert any("so that 2 of 4 does not beat 40 of 100" in line for line in said(at))


def test_without_a_signal_nobody_is_called_to_a_conversation(firm, app):
    assert "No signal asks for a conversation at the moment." in said(app.run())


def test_minimums_are_held_against_the_week_that_is_closed_or_the_one_that_runs(firm, app):
    save_standard(firm, "send_out", 2, effective_from=date(2026, 1, 1), per="week")
    at = app.run()
    minimums = table_with(at, "Send-outs")
    assert minimums["Send-outs"].to_dict() == {HOSTILE: "▽ short · 0 of 2"} | dict.fromkeys(
        ["Desk 01", "Desk 02"], "▽ short · 0 of 2"
    )
    at.segmented_control(key="minimums").set_value("This week so far").run()
    assert "No working day of this week is over yet." in said(at)


def test_a_line_for_everybody_follows_what_is_chosen(firm, app):
    at = app.run()
    course = table_with(at, "line")
    assert course.loc["Desk 01", ["now", "before"]].tolist() == ["12 send-outs", "0 send-outs"]
    assert sum(course.loc["Desk 01", "line"]) == 12
    at.selectbox(key="course").set_value("send_out_to_fill").run()
    assert table_with(at, "line").loc["Desk 01", "now"] == "4.0 : 1 · 12 / 3"


def test_desks_are_compared_on_the_ratio_that_is_chosen(firm, app):
    at = app.run()
    assert "Nobody differs from all together by more than chance explains." in said(at)
    (funnel,) = at.get("plotly_chart")
    assert funnel.proto.alt.startswith("Send-out to fill of 3, together 6.0 : 1, lower is better.")
    assert table_with(at, "Compared as").index.tolist() == ["Desk 01", HOSTILE, "Desk 02"]
    at.selectbox(key="compare").set_value("contract_to_fill").run()
    assert "It takes three desks with this ratio to compare them." in said(at)
    at.segmented_control(key="by").set_value("Company").run()
    assert any(line.startswith("The company has nobody to be compared with") for line in said(at))


def test_every_table_of_the_page_can_be_taken_away(firm, app):
    names = {button.label for button in app.run().get("download_button")}
    assert names == {"CSV", "Excel"}
