from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
import stored
from screens import said
from tiny_firm import HOSTILE, store_firm

from quality.evidence import rows_behind
from ui import adjustments, adjustments_data, adjustments_file, downloads

PAGE = "ratios/adjustments"
WRITTEN = "![x](http://127.0.0.1/x.png) =1+1 $a$"


@pytest.fixture
def firm(history):
    """Desk 01 has 12 send-outs and 3 fills from September on, half a working week each."""
    store_firm()
    return history


@pytest.fixture
def long_firm(history):
    """Two desks of one team, 40 weeks from January 2026: Desk 01 gets two interviews from ten hits, later five."""
    days = pd.date_range("2026-01-05", periods=40, freq="7D")
    lines = ["occurred_at,desk,activity,candidate"]
    for number, day in enumerate(days):
        for desk, got in (("Desk 01", 2 if number < 20 else 5), ("Desk 02", 2)):
            lines += [f"{day:%Y-%m-%d} 09:{n:02d},{desk},hit,{desk} {number} {n}" for n in range(10)]
            lines += [f"{day:%Y-%m-%d} 15:{n:02d},{desk},interview,{desk} {number} {n}" for n in range(got)]
    roster = "desk,team,from,to\nDesk 01,North,,\nDesk 02,North,,\n"
    files = {"log.csv": "\n".join(lines), "teams.csv": roster}
    stored.store(files)
    return history


def note(history, what="Role play", made_on=date(2026, 5, 20), **more):
    usual = {"level": "desk", "name": "Desk 01", "measure": "hit_to_interview", "kind": "coaching"}
    return history.save_adjustment(what, made_on=made_on, **usual | more)


def box(at, label):
    return next(one for one in at.selectbox if one.label == label)


def submit(at):
    return next(one for one in at.button if one.label == "Save the change").click().run()


def test_an_empty_journal_says_so_and_opens_the_form(firm, open_page):
    at = open_page(PAGE)
    assert not at.exception
    assert "No change is in the journal yet" in said(at)
    assert at.expander[0].label == "Note a change"
    assert at.expander[0].proto.expanded


def test_a_change_is_noted_with_every_field(firm, open_page):
    at = open_page(PAGE)
    at.date_input[0].set_value(date(2026, 11, 2))
    box(at, "For").set_value(("desk", "Desk 01"))
    box(at, "Ratio or activity").set_value("send_out_to_fill")
    at.segmented_control[0].set_value("script")
    at.text_area[0].set_value("  A new opening  ")
    submit(at)
    assert not at.exception
    [kept] = firm.adjustments().drop(columns=["adjustment_id", "saved_at"]).to_dict("records")
    assert kept == {
        "made_on": pd.Timestamp(2026, 11, 2),
        "level": "desk",
        "name": "Desk 01",
        "measure": "send_out_to_fill",
        "kind": "script",
        "what": "A new opening",
    }
    assert "1 change: 1 too early" in said(at)
    assert at.text_area[0].value == ""
    assert [toast.value for toast in at.toast] == ["The change is in the journal."]


def test_teams_and_the_company_can_be_chosen(firm, open_page):
    at = open_page(PAGE)
    names = box(at, "For").options
    assert names[:3] == ["The whole company", "North", "South"]
    assert "Desk 04" in names
    at.text_area[0].set_value("New fees")
    submit(at)
    assert firm.adjustments()[["level", "name", "measure"]].to_numpy().tolist() == [["company", "", ""]]


def test_a_change_that_does_not_say_what_is_refused_and_the_form_keeps_the_rest(firm, open_page):
    at = open_page(PAGE)
    box(at, "For").set_value(("team", "South"))
    submit(at)
    assert "cannot be kept" in at.error[0].value
    assert box(at, "For").value == ("team", "South")
    assert firm.adjustments().empty


def test_a_link_chooses_the_desk_and_the_ratio(firm, app, open_page):
    note(firm)
    app.query_params["desk"], app.query_params["ratio"] = "Desk 02", "call_to_hit"
    at = open_page(PAGE)
    assert at.expander[0].proto.expanded
    assert box(at, "For").value == ("desk", "Desk 02")
    assert box(at, "Ratio or activity").value == "call_to_hit"


@pytest.mark.parametrize(("desk", "ratio"), [("Nobody", "no such"), (WRITTEN, "")])
def test_a_link_to_nobody_opens_the_empty_form(firm, app, open_page, desk, ratio):
    note(firm)
    app.query_params["desk"], app.query_params["ratio"] = desk, ratio
    at = open_page(PAGE)
    assert not at.exception
    assert not at.expander[0].proto.expanded
    assert box(at, "For").value == ("company", "")


def test_the_effect_is_followed_in_a_sentence_with_the_numbers_below(long_firm, open_page):
    note(long_firm)
    at = open_page(PAGE)
    assert "1 change: 1 better" in said(at)
    shown = said(at).replace("\\", "").replace("\u00a0", " ")
    assert (
        "Hit to interview went from 5.0 : 1 (130 / 26) to 2.0 : 1 (130 / 65) since: clearly better (over 99 in 100); "
        "the other desks of North 5.0 : 1 to 5.0 : 1, no clear change; Desk 01 gained on them (over 99 in 100)"
    ) in shown
    table = at.dataframe[0].value
    assert table["Whose"].tolist() == [
        "Desk 01, before",
        "Desk 01, since",
        "1 other desk, before",
        "1 other desk, since",
    ]
    assert table["Numbers"].tolist()[:2] == ["5.0 : 1 (130 / 26)", "2.0 : 1 (130 / 65)"]
    assert table["Days"].tolist()[0] == "16 Feb to 17 May 2026"


def test_every_change_opens_the_trend_the_desk_and_the_rows(long_firm, open_page):
    note(long_firm)
    note(long_firm, level="team", name="North", measure="interview")
    note(long_firm, level="company", name="", measure="")
    at = open_page(PAGE)
    links = [(link.proto.label, link.proto.query_string) for link in at.get("page_link")]
    both = ["Rows before", "Rows since"]
    assert [label for label, _ in links] == ["Trend", *both, "Trend", *both, "Trend", "Desk", *both]
    whole, _, _, team, team_rows, _, trend, desk, before, since = (query for _, query in links)
    span = "period=Custom+dates&from=2026-02-16&to=2026-08-23"
    assert whole == f"{span}&by=Company&step=Week&back=The+chosen+period"
    assert team == f"{span}&by=Team&lines_team=North&step=Week&back=The+chosen+period&trend=Interview+to+send-out"
    custom = "period=Custom+dates&from="
    first, last = f"{custom}2026-02-16&to=2026-05-17", f"{custom}2026-05-25&to=2026-08-23"
    assert team_rows == f"{first}&by=Team&behind=Interview+to+send-out&of=North"
    assert trend == f"{span}&by=Desk&lines_desk=Desk+01&step=Week&back=The+chosen+period&trend=Hit+to+interview"
    assert desk == "who=Desk+01"
    assert before == f"{first}&by=Desk&behind=Hit+to+interview&of=Desk+01"
    assert since == f"{last}&by=Desk&behind=Hit+to+interview&of=Desk+01"


def test_the_rows_of_either_link_are_the_counts_that_are_printed(long_firm):
    note(long_firm)
    [found] = adjustments_data.journal()
    [effect] = found.effects
    for figures in (effect.before, effect.after):
        asked = {"as_of": effect.after.end, "ratio": "hit_to_interview", "unit": "Desk 01"}
        behind = rows_behind(long_firm.log(), start=figures.start, end=figures.end, **asked)
        counts = behind["counted_as"].value_counts().to_dict()
        assert counts == {"upstream": figures.per, "downstream": figures.count}


def test_a_change_that_is_still_to_come_is_planned(firm, open_page):
    note(firm, made_on=date(2027, 5, 1))
    at = open_page(PAGE)
    assert "1 change: 1 planned" in said(at)
    assert "– planned" in said(at)


def test_all_seven_ratios_stand_in_one_entry(long_firm, open_page):
    note(long_firm, measure="")
    at = open_page(PAGE)
    assert "1 change: 1 about all ratios" in said(at)
    assert "◇ 1 better, 0 worse of 7" in said(at)
    listed = next(element.value for element in at.markdown if element.value.startswith("- Call to hit"))
    assert listed.count("\n- ") == 6
    assert at.dataframe[0].value["Measure"].unique().tolist() == ["Hit to interview", "Interview to send-out"]


def test_other_changes_of_the_same_weeks_are_named(long_firm, open_page):
    note(long_firm)
    note(long_firm, name="", level="company", kind="market", made_on=date(2026, 6, 1))
    note(long_firm, name="Desk 02", made_on=date(2026, 6, 2))
    text = said(open_page(PAGE))
    assert ":small[Also changed in these weeks: The whole company 1 Jun 2026 (market)]" in text
    assert ":small[Changed at the other desks: Desk 02 2 Jun 2026 (coaching)]" in text


def test_the_journal_can_be_cut_down_to_whom_and_to_what_came_of_it(long_firm, open_page):
    note(long_firm)
    note(long_firm, "Later", made_on=date(2026, 11, 16))
    note(long_firm, "Others", name="Desk 02")
    at = open_page(PAGE)
    assert [text.value for text in at.text] == ["Later", "Others", "Role play"]
    box(at, "Of whom").set_value("Desk 01").run()
    assert [text.value for text in at.text] == ["Later", "Role play"]
    box(at, "What came of it").set_value("Better").run()
    assert [text.value for text in at.text] == ["Role play"]
    box(at, "Of whom").set_value("Desk 02").run()
    assert "No change fits both boxes above." in said(at)


def test_a_long_journal_has_pages(firm, open_page):
    for number in range(23):
        note(firm, f"Change {number}", made_on=date(2026, 3, 1 + number))
    at = open_page(PAGE)
    assert [text.value for text in at.text] == [f"Change {number}" for number in range(22, 12, -1)]
    at.pagination[0].set_value(3).run()
    assert [text.value for text in at.text] == ["Change 2", "Change 1", "Change 0"]


def test_a_change_is_corrected_and_what_it_said_stays_in_the_history(long_firm, open_page):
    number = note(long_firm)
    at = open_page(PAGE).button(key=f"correct-{number}").click().run()
    forms = [area for area in at.text_area if area.label == "What was changed"]
    assert [area.value for area in forms] == ["", "Role play"]
    forms[1].set_value("Role play every Monday")
    [_, save] = [button for button in at.button if button.label == "Save the change"]
    save.click().run()
    assert not at.exception
    assert long_firm.adjustments()["what"].tolist() == ["Role play every Monday"]
    assert long_firm.adjustments()["measure"].tolist() == ["hit_to_interview"]
    assert long_firm.removed_adjustments()["what"].tolist() == ["Role play"]
    gone = at.dataframe[-1].value
    assert gone[["For", "Measure", "What"]].to_numpy().tolist() == [["Desk 01", "Hit to interview", "Role play"]]


def test_a_change_is_taken_out(firm, open_page):
    number = note(firm)
    at = open_page(PAGE).button(key=f"correct-{number}").click().run()
    at.button(key="take_out").click().run()
    assert not at.exception
    assert firm.adjustments().empty
    assert "No change is in the journal yet" in said(at)
    assert "Taken out of the journal, 1" in [expander.label for expander in at.expander]


def test_a_change_that_somebody_else_took_out_is_no_error(firm, open_page):
    number = note(firm)
    at = open_page(PAGE).button(key=f"correct-{number}").click().run()
    firm.remove_adjustment(number)
    at.button(key="take_out").click().run()
    assert not at.exception
    assert [toast.value for toast in at.toast] == ["Somebody has taken it out already."]


ODD = (
    {"what": "before the data", "made_on": date(1995, 1, 2)},
    {"what": "before the calendar begins", "made_on": date(1850, 1, 2)},
    {"what": "in the future", "made_on": date(2031, 1, 2)},
    {"what": "an unknown desk", "name": "Nobody Sample"},
    {"what": "a hostile desk", "name": HOSTILE, "measure": "send_out_to_fill"},
    {"what": "a desk that left", "name": "Desk 04", "measure": "send_out_to_fill", "made_on": date(2026, 3, 9)},
    {"what": WRITTEN + "\n# big", "measure": "call_to_hit"},
    {"what": "long " * 400, "kind": WRITTEN},
    {"what": "an unknown measure", "measure": WRITTEN},
    {"what": "an unknown team", "level": "team", "name": "No such team"},
)


def test_odd_entries_are_shown_as_text(firm, open_page):
    for line in ODD:
        note(firm, **line)
    at = open_page(PAGE)
    assert not at.exception
    assert not [element.value for element in at.markdown if "![x]" in element.value or "$a$" in element.value]
    assert len(at.text) == len(ODD)
    assert "10 changes: 1 planned and 9 cannot be told" in said(at)
    for reason in ("nothing is recorded of Nobody Sample", "nothing is recorded of No such team", "planned for"):
        assert reason in said(at).replace("\\", "")


@pytest.mark.parametrize("number", [2, 7, 8, 9])
def test_odd_entries_can_be_corrected(firm, open_page, number):
    for line in ODD:
        note(firm, **line)
    at = open_page(PAGE).button(key=f"correct-{number}").click().run()
    assert not at.exception
    assert at.text_area[-1].value == ODD[number - 1]["what"].strip()


def test_the_table_to_hand_out_has_every_number_and_no_live_formula(long_firm):
    note(long_firm, "=1+1")
    note(long_firm, measure="no such", made_on=date(2026, 5, 1))
    table = adjustments_file.table(adjustments_data.journal())
    row = table.iloc[0].to_dict()
    assert (row["For"], row["Measure"], row["Kind"]) == ("Desk 01", "Hit to interview", "Coaching")
    assert (row["Before, out of"], row["Before, count"], row["Before, value"]) == (130, 26, 5.0)
    assert (row["Since, first day"], row["Since, last day"]) == (pd.Timestamp(2026, 5, 25), pd.Timestamp(2026, 8, 23))
    assert (row["Others since, count"], row["Others since, value"]) == (26, 5.0)
    assert row["Chance that it got better"] > 0.99
    assert table["What came of it"].tolist()[1] == "not followed"
    sheet = downloads.Sheet("adjustments", "What was changed", adjustments.RULES)
    written = downloads.to_csv(table, sheet).decode("utf-8-sig")
    assert ",'=1+1," in written
    assert downloads.to_xlsx(table, sheet)[:2] == b"PK"


def test_before_a_week_is_over_changes_are_kept_and_not_followed(firm, open_page, monkeypatch):
    note(firm)
    monkeypatch.setenv("TOUCHLINE_TODAY", "2026-03-04")
    at = open_page(PAGE)
    assert not at.exception
    assert "Changes are followed from then on." in said(at)
    assert [text.value for text in at.text] == ["Role play"]
