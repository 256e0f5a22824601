"""The page Desk. The firm below is steady enough to count by eye; today is Wednesday, 25 November 2026.

Every week of sixty: nine or eleven hits, five interviews and four send-outs a desk, of which one fills two weeks later.
In the last thirteen weeks Desk 01 has two interviews a week instead of five.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

import pandas as pd
import pytest
from desk_rows import TODAY, Row, address, links, opened, rows, store, table
from one_standard import save_standard
from screens import said

from store import History
from ui import desk_data

FIRST, WEEKS = date(2025, 9, 29), 60
ROSTER = """desk,team,from,to
Desk 01,North,,
Desk 02,North,,
Desk 03,South,2026-11-09,
Desk 04,North,,2026-07-31
Desk 05,South,2026-12-01,
"""


def week(desk: str, monday: date, interviews: int = 5) -> Iterator[Row]:
    yield from rows(desk, "hit", 11 if monday.toordinal() // 7 % 2 else 9, monday)
    yield from rows(desk, "interview", interviews, monday)
    yield from rows(desk, "send_out", 4, monday)
    yield from rows(desk, "fill", 1, monday, str(monday - timedelta(weeks=2)))


def firm_rows() -> Iterator[Row]:
    for number in range(WEEKS):
        monday = FIRST + timedelta(weeks=number)
        yield from week("Desk 01", monday, 5 if number < WEEKS - 13 else 2)
        yield from week("Desk 02", monday)
        if number >= WEEKS - 2:
            yield from rows("Desk 03", "hit", 5, monday)
            yield from rows("Desk 03", "interview", 2, monday)
        if monday < date(2026, 7, 27):
            yield from week("Desk 04", monday)
    yield from rows("Desk 01", "hit", 2, date(2026, 11, 23))
    person = "Desk 01 2026-09-28 0"
    yield "2026-10-19 09:00", "Desk 01", "start", person, "Example Job", ""
    yield "2026-10-26 17:00", "Desk 01", "end", person, "Example Job", "quit"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The history of the firm, with minimums, a goal and a journal; stored once, since no test writes to it."""
    place = tmp_path_factory.mktemp("firm") / "store"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOUCHLINE_STORE", str(place))
        patch.setenv("TOUCHLINE_TODAY", TODAY.isoformat())
        store(list(firm_rows()), ROSTER)
    history = History(place)
    save_standard(history, "hit", 12, effective_from=FIRST, per="week")
    save_standard(history, "interview", 2, effective_from=FIRST, per="week")
    save_standard(history, "send_out_to_fill", 5, effective_from=FIRST, level="team", name="North")
    history.save_setting("goals", {"Desk 01": {"fills": 6, "per": "month", "probability": 0.8}})
    history.save_adjustment(
        "A new *script*", made_on=date(2026, 9, 7), level="desk", name="Desk 01", measure="hit_to_interview"
    )
    history.save_adjustment("Fewer markets", made_on=date(2026, 6, 1), level="team", name="South")
    history.save_adjustment("Calls before ten", made_on=date(2026, 3, 2))
    return place


@pytest.fixture
def firm(folder, monkeypatch):
    monkeypatch.setenv("TOUCHLINE_STORE", str(folder))
    monkeypatch.setenv("TOUCHLINE_TODAY", TODAY.isoformat())
    return History(folder)


@pytest.fixture
def show(app):
    return partial(opened, app)


def of_rows(at, label):
    return [address(link) for link in at.get("page_link") if link.label == label]


# --- one desk --------------------------------------------------------------------------------------------------------


def test_the_first_sentence_says_how_the_desk_stands_and_what_to_talk_of(firm, show):
    at = show("Desk 01")
    assert at.subheader[0].value == (
        "Desk 01: of 3 ratios, 1 below standard or likely so, 1 unclear and 1 meeting it or likely so; worth a "
        "conversation: Hit to interview"
    )
    assert "North, recorded 29 Sep 2025 to 24 Nov 2026." in said(at)
    assert "**Plan:** 3 of 6 fills in Nov" in said(at)


def test_a_verdict_stands_with_its_counts_range_standard_and_how_sure_it_is(firm, show):
    facts = (
        "131 hits, 26 interviews in 13 weeks",
        "Likely between 4.1 and 6.4",
        "Standard 2\u00a0:\u00a01, a starting value",
        "Over 99\u00a0% sure that it is below, since 7 Sep 2026",
    )
    at = show("Desk 01")
    assert "  \n".join(f":small[{fact}]" for fact in facts) in said(at)
    assert [card.value for card in at.metric] == ["–", "5.0 : 1", "0.5 : 1", "4.7 : 1", "–", "–"]
    assert "Standard 5\u00a0:\u00a01, the team's" in said(at)


def test_every_number_of_a_verdict_is_that_of_the_library(firm, show):
    lines = {line.ratio: line for line in desk_data.portrait("Desk 01").lines}
    line = lines["hit_to_interview"]
    assert (line.upstream, line.downstream, line.weeks, line.verdict) == (131, 26, 13, "below")
    assert line.trend["value"].iloc[-1] == 131 / 26
    assert (lines["send_out_to_fill"].open, lines["send_out_to_fill"].origin) == (8, "team")
    assert "52 send-outs in 13 weeks, 11 of them filled; 13 fills were made in these weeks" in said(show("Desk 01"))


def test_a_ratio_without_any_count_is_named_in_one_line(firm, show):
    line = ":small[– no verdict, since nothing is recorded in 52 weeks: Marketing call to contract.]"
    assert line in said(show("Desk 01"))


def test_what_is_unclear_says_what_would_settle_it(firm, show):
    assert "more send-outs like these would settle it" in said(show("Desk 01"))


def test_signals_tell_their_story_and_open_their_trend_and_their_rows(firm, show):
    at = show("Desk 01")
    told = "▼ got worse] Hit to interview worsened from 2\\.0\u00a0\\:\u00a01 to about 5\\.0"
    assert told in said(at)
    assert links(at)["Hit to interview"] == {"desk": "Desk 01", "trend": "Hit to interview"}
    assert of_rows(at, "Rows of 24 Aug to 22 Nov 2026")[0] == {
        "period": "Custom dates",
        "from": "2026-08-24",
        "to": "2026-11-22",
        "view": "Activity",
        "desk": "Desk 01",
        "behind": "Hit to interview",
        "of": "Desk 01",
    }


def test_a_desk_without_a_signal_is_told_so(firm, show):
    assert "No signal holds: nothing has clearly changed" in said(show("Desk 03"))


@pytest.mark.parametrize("label", ["Rows", "Rows of last week", "Rows of this week", "Rows of 52 weeks", "Cohort view"])
def test_the_links_open_the_rows_on_the_scoreboard(firm, show, app, label):
    parameters = of_rows(show("Desk 01"), label)[0]
    for name in list(app.query_params):
        del app.query_params[name]
    for name, value in parameters.items():
        app.query_params[name] = value
    at = app.switch_page("../pages/ratios/scoreboard.py").run()
    assert not at.exception
    assert f"**{parameters['behind']}, Desk 01**, " in said(at)
    assert links(at)["Open the desk"] == {"who": "Desk 01"}


# --- what was done ---------------------------------------------------------------------------------------------------


def test_volumes_stand_against_their_minimums_for_the_last_week_and_the_days_of_this_one(firm, show):
    at = show("Desk 01")
    assert table(at)["Last week"].to_dict() == {
        "Recruiting calls": "0",
        "Hits": "▽ short 11 of 12",
        "Interviews": "✓ met 2 of 2",
        "Send-outs": "4",
        "Fills": "1",
        "Marketing calls": "0",
        "Contracts": "0",
        "Presentations": "0",
    }
    assert table(at)["This week"]["Hits"] == "▽ short 2 of 4"
    assert table(at)["Usual"]["Hits"] == 10.0
    assert "The week of 16 Nov to 22 Nov 2026, and this week from 23 Nov to 24 Nov 2026" in said(at)
    assert "**1 of 2 minimums met in the last closed week**" in said(at)


def test_on_a_monday_no_day_of_the_week_is_over(firm, show, monkeypatch):
    monkeypatch.setenv("TOUCHLINE_TODAY", "2026-11-23")
    at = show("Desk 01")
    assert "This week" not in table(at)
    assert "this week, of which no day is over yet" in said(at)


def test_a_chart_is_chosen_by_name_and_by_address(firm, show):
    at = show("Desk 01", activity="Interviews")
    assert at.selectbox(key="activity").value == "interview"
    at.selectbox(key="activity").set_value("fill").run()
    assert "No chart of fills: too few weeks, or too few a week, to know what is usual." in said(at)
    assert links(at)["Rows of last week"]["behind"] == "Send-out to fill"


def test_minimums_of_a_week_away_are_not_due(firm, show, monkeypatch):
    away = pd.DataFrame({"desk": ["Desk 02"], "starts_on": [date(2026, 11, 16)], "ends_on": [date(2026, 11, 22)]})
    firm.save_absences(away)
    try:
        assert "The desk was away, so no minimum was due." in said(show("Desk 02"))
    finally:
        firm.save_absences(away.iloc[:0])


# --- cases, fall-offs, changes, watch --------------------------------------------------------------------------------


def test_open_send_outs_are_listed_with_how_many_will_likely_fill(firm, show):
    at = show("Desk 01")
    assert "**8 send-outs still open; likely 0 to 4 of them will fill.** Begun in the last 2 weeks; 99 of 100" in said(
        at
    )
    assert len(table(at, 1)) == 8
    assert table(at, 1)["Candidate"].iloc[0] == "Desk 01 2026-11-09 0"


def test_fall_offs_are_counted_with_the_fills_they_are_of(firm, show):
    assert table(show("Desk 01"), 2).loc["Last 13 weeks", ["Fills", "Fell off", "Net"]].tolist() == [13, 1, 12]


def test_changes_for_the_desk_and_for_everybody_stand_with_what_came_of_them(firm, show):
    at = show("Desk 01")
    assert "**7 Sep 2026, Desk 01:** A new \\*script\\*" in said(at)
    assert "Hit to interview went from 2\\.2" in said(at)
    assert "**2 Mar 2026, everybody:** Calls before ten" in said(at)
    assert "Fewer markets" not in said(at)
    assert links(at)["Note a change"] == {"desk": "Desk 01"}


def test_what_watches_a_desk_says_how_soon_and_how_often_in_vain(firm, show):
    shown = said(show("Desk 01"))
    assert "in any of its seven ratios, about once a year" in shown
    assert "- Twice as bad would be noticed in about 4 weeks for Hit to interview" in shown
    assert "the pooled numbers of North watch it instead" in shown


# --- who ------------------------------------------------------------------------------------------------------------


def test_another_desk_is_chosen_in_the_box(firm, show):
    at = show()
    assert at.selectbox(key="who").options == [f"Desk 0{number}" for number in range(1, 6)]
    at.selectbox(key="who").set_value("Desk 02").run()
    assert at.subheader[0].value.startswith("Desk 02: ")


def test_an_unknown_name_in_the_address_opens_the_first_desk(firm, show):
    assert show("Nobody").selectbox(key="who").value == "Desk 01"


def test_a_joiner_is_judged_on_the_weeks_since(firm, show):
    shown = said(show("Desk 03"))
    assert "South, joined 9 Nov 2026, recorded 9 Nov to 20 Nov 2026." in shown
    assert "10 hits, 4 interviews in 2 weeks" in shown
    assert "since 9 Nov 2026" in shown
    assert "Only 4 had their time: too few to say" in shown
    assert "Not watched alone, with less than half a year of weeks: Call to hit, Hit to interview" in shown


def test_a_leaver_is_told_apart_and_the_links_open_the_weeks_that_were(firm, show):
    at = show("Desk 04")
    assert at.subheader[0].value.startswith("Desk 04: nothing recorded in the last 4 weeks; before, of 3 ratios, ")
    assert "North, left 31 Jul 2026, recorded 29 Sep 2025 to 24 Jul 2026." in said(at)
    assert "No signal holds" not in said(at)
    assert links(at)["Scoreboard"] == {
        "desk": "Desk 04",
        "period": "Custom dates",
        "from": "2026-04-27",
        "to": "2026-07-24",
    }


def test_a_desk_that_starts_later_has_nothing_to_judge(firm, show):
    at = show("Desk 05")
    assert at.subheader[0].value == "Desk 05: nothing to judge yet"
    assert "South, starts later, joined 1 Dec 2026." in said(at)
    assert "The next one closes on Sunday, 29 Nov 2026." in said(at)
    assert len(at.dataframe) == 0
