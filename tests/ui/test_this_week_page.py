"""The first page, for the meeting: what it says, what each line opens, and that it holds where little is known."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import parse_qs

import pandas as pd
import pytest
import stored
from one_standard import save_standard
from screens import LOG, said
from tiny_firm import HOSTILE

from loaders import Options, load
from store import History, ImportMeta
from ui import downloads, text

PAGE = "meeting/this_week"
TODAY = date(2026, 11, 23)
FIRST, WEEKS = pd.Timestamp("2026-02-02"), 42
#: Interviews a week of ten hits each; the second desk gets only one from the 31st week on.
DESKS = {"Desk 01": 5, "Desk 02": 5, HOSTILE: 9, "Desk 04": 2}
#: When files are stored: before the meeting of a week ago, and before this one.
THEN, NOW = datetime(2026, 11, 16, 9, 0).astimezone(), datetime(2026, 11, 23, 8, 0).astimezone()


def rows(desk, each_week, weeks=range(WEEKS)):
    """Ten hits on every Monday, so many of them interviewed, sent out and filled on the next days."""
    found = []
    for week in weeks:
        got = 1 if desk == "Desk 02" and week >= 30 else each_week
        found += [row(desk, week, 0, "hit", number) for number in range(10)]
        for day, activity in enumerate(("interview", "send_out", "fill"), start=1):
            found += [row(desk, week, day, activity, number) for number in range(got)]
    return found


def row(desk, week, day, activity, number):
    at = FIRST + pd.Timedelta(weeks=week, days=day, hours=9, minutes=number)
    return f'{at:%Y-%m-%d %H:%M},"{desk}",{activity},"{desk} sample {week} {number}",Job 1,held'


def store(history, lines, name="log.csv", now=NOW):
    written = "\n".join(["occurred_at,desk,activity,candidate,job,outcome", *lines])
    loaded = load(written.encode(), name, Options(today=TODAY))
    report = loaded.report
    history.add(loaded.frame, ImportMeta(name, report.digest, report.layout, report.to_keep(), report.mends), now=now)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The history of four desks over 42 weeks, the last of which ended yesterday, stored today."""
    path = tmp_path_factory.mktemp("firm") / "store"
    store(History(path), [line for desk, each in DESKS.items() for line in rows(desk, each)])
    return path


@pytest.fixture
def firm(history, folder):
    stored.copy(folder)
    return history


def links(at):
    """Every link of the page: its label, the page it opens, and what that is asked for."""
    return [(one.label, one.proto.page, asked(one.proto.query_string)) for one in at.page_link]


def asked(query):
    return {name: values[0] for name, values in parse_qs(query).items()}


def follow(at, page, wanted):
    """What clicking the link does."""
    for name, value in wanted.items():
        at.query_params[name] = value
    return at.switch_page(f"../pages/ratios/{page}.py").run()


def expander(at, label):
    (found,) = [one for one in at.expander if one.label.startswith(label)]
    return found


def said_in_order(at):
    return [element.value for element in at.main if element.type in ("subheader", "markdown", "info")]


# --- a whole firm ----------------------------------------------------------------------------------------------------


def test_one_sentence_sums_up_the_firm_and_the_week_is_named(firm, open_page):
    at = open_page(PAGE)
    assert not at.exception
    assert at.subheader[0].value == (
        "2 of 4 desks deserve a conversation, 1 did great; 17 send-outs (usually about 18) and 17 fills (usually about "
        "18) last week."
    )
    assert "Week of 16 Nov to 22 Nov 2026, the last one that is over." in said(at)


def test_every_card_says_why_and_names_are_no_markup(firm, open_page):
    cards = [element.value for element in open_page(PAGE).markdown]
    names = [value for value in cards if value.startswith("#### ")]
    assert names == ["#### Desk 02", "#### Desk 04", f"#### {text.plain(HOSTILE)}"]
    slump, below, star = [value for value in cards if "-badge[" in value]
    assert slump.startswith(":red-badge[▼ got worse] Hit to interview worsened from ")
    assert below.startswith(":red-badge[▼ below standard] Hit to interview is 5\\.0\u00a0\\:\u00a01 and should be ")
    assert star.startswith(":green-badge[▲ ")
    assert all("![x](" not in value and "$a$" not in value for value in cards)


def test_a_card_opens_the_desk_and_the_trend_of_what_it_says(firm, open_page):
    found = links(open_page(PAGE))
    assert ("Open the desk", "desk", {"who": "Desk 02"}) in found
    assert ("Hit to interview", "trends", {"desk": "Desk 02", "trend": "Hit to interview"}) in found


def test_a_desk_with_any_name_is_opened(firm, open_page):
    at = open_page(PAGE)
    page, wanted = next(link[1:] for link in links(at) if link[2].get("who") == HOSTILE)
    at = follow(at, page, wanted)
    assert not at.exception
    assert at.selectbox(key="who").value == HOSTILE


def test_a_trend_is_opened_already_filtered(firm, open_page):
    at = open_page(PAGE)
    page, wanted = next(link[1:] for link in links(at) if link[1] == "trends")
    at = follow(at, page, wanted)
    assert not at.exception
    assert at.multiselect(key="desk").value == ["Desk 02"]
    assert at.selectbox(key="trend").value == "hit_to_interview"


def test_an_activity_is_opened_on_the_page_of_the_desk(history, open_page):
    lines = rows("Desk 01", 5)
    calls = [
        row("Desk 01", week, day, "recruiting_call", 20 + number)
        for week in range(WEEKS)
        for day in range(5)
        for number in range(2 if week >= 38 else 9 + week % 2)
    ]
    store(history, lines + calls)
    at = open_page(PAGE)
    assert "▼ does less" in said(at)
    at = follow(at, "desk", next(link[2] for link in links(at) if link[0] == "Recruiting calls"))
    assert not at.exception
    assert (at.selectbox(key="who").value, at.selectbox(key="activity").value) == ("Desk 01", "recruiting_call")


def test_no_more_than_five_cards_are_shown_and_the_others_are_named(history, open_page):
    store(history, [line for number in range(1, 9) for line in rows(f"Desk {number:02d}", 1 if number < 8 else 9)])
    at = open_page(PAGE)
    named = [value for value in said_in_order(at) if value.startswith("#### ")]
    assert len(named) == 5 + 1
    assert [link[0] for link in links(at) if link[0].startswith("Desk ")][:2] == ["Desk 06", "Desk 07"]
    assert "7 of 8 desks are worse than the standard for Hit to interview\\. When that many are, look at " in said(at)


def test_the_starting_values_are_named_until_a_ratio_has_a_standard_of_its_own(firm, open_page):
    at = open_page(PAGE)
    assert ("Set your own", "standards", {}) in links(at)
    save_standard(firm, "hit", 5, effective_from=date(2026, 1, 1), per="week")
    assert "still the starting values" in said(at.run())
    save_standard(firm, "hit_to_interview", 2.0, effective_from=date(2026, 1, 1))
    assert "still the starting values" not in said(at.run())


def test_all_signals_of_the_year_can_be_taken_away(firm, open_page, monkeypatch):
    handed = []
    monkeypatch.setattr(downloads, "buttons", lambda frame, sheet: handed.append((sheet.name, frame)))
    open_page(PAGE)
    ((name, frame),) = handed
    assert name == "signals"
    assert set(frame["desk"]) == {"Desk 02", "Desk 04", HOSTILE}


def test_both_downloads_are_offered(firm, open_page):
    assert [button.label for button in open_page(PAGE).download_button] == ["CSV", "Excel"]


# --- activity minimums -----------------------------------------------------------------------------------------------


def test_without_minimums_the_way_to_set_them_is_shown(firm, open_page):
    at = open_page(PAGE)
    assert "No activity minimums are set." in said(at)
    assert ("Set them", "standards", {}) in links(at)


def test_who_was_short_of_a_minimum_is_named_with_both_numbers(firm, open_page):
    save_standard(firm, "hit", 2, effective_from=date(2026, 1, 1), per="day")
    save_standard(firm, "interview", 3, effective_from=date(2026, 1, 1), per="week")
    at = open_page(PAGE)
    assert "**2 of 4 desks met all activity minimums**, counted for the working days they were there." in said(at)
    assert "1 of 3 interviews" in said(at)
    assert "2 of 3 interviews" in said(at)
    assert ("All minimums", "scoreboard", {"minimums": "Last closed week"}) in links(at)
    at = follow(at, "scoreboard", {"minimums": "Last closed week"})
    assert not at.exception
    assert at.segmented_control(key="minimums").value == "Last closed week"


# --- what changed since last week ------------------------------------------------------------------------------------


def test_a_standard_that_is_missed_since_last_week_is_new_with_a_badge(history, open_page):
    # 41 weeks of half, then none of eighty in the last one: 65 of 210 in 13 weeks.
    lines = rows("Desk 01", 5, range(WEEKS - 1)) + [row("Desk 01", WEEKS - 1, 0, "hit", n) for n in range(40)]
    store(history, lines)
    at = open_page(PAGE)
    assert ":blue-badge[new]" in said(at)
    assert "**New**" in said(at)
    assert ("Desk 01", "desk", {"who": "Desk 01"}) in links(at)


def test_a_standard_that_was_saved_since_is_told_before_the_verdicts_it_makes(history, open_page):
    store(history, rows("Desk 01", 5), now=THEN)
    store(history, rows("Desk 01", 5), "again.csv")
    save_standard(history, "hit_to_interview", 1.5, effective_from=date(2026, 2, 1), now=NOW)
    at = open_page(PAGE)
    shown = said_in_order(at)
    moved = next(place for place, text in enumerate(shown) if text.startswith("**Standards that are others than"))
    assert shown[moved].endswith(
        "Hit to interview\\: 1\\.5\u00a0\\:\u00a01 instead of 2\\.0\u00a0\\:\u00a01, for every desk"
    )
    assert moved < shown.index("**New**")
    assert "Hit to interview below standard, by a standard that is another one now" in said(at)


def test_nothing_new_is_said_of_a_desk_that_does_as_it_always_did(history, open_page):
    store(history, rows("Desk 01", 5))
    at = open_page(PAGE)
    assert "Nothing is said of any desk that was not said a week ago." in said(at)
    assert ("All verdicts", "scoreboard", {"period": "Last 13 weeks"}) in links(at)


def test_what_was_so_a_week_ago_and_is_not_any_more_is_no_longer_so(history, open_page):
    # Half, but for two weeks with one of ten: a slump that the last week, with nine of ten, ends.
    shares = {WEEKS - 4: 1, WEEKS - 3: 1, WEEKS - 2: 5, WEEKS - 1: 9}
    store(history, [line for week in range(WEEKS) for line in rows("Desk 01", shares.get(week, 5), [week])])
    at = open_page(PAGE)
    assert "**No longer so**" in said(at)
    assert "Hit to interview got worse" in said(at)


def test_late_rows_are_told_by_desk_with_both_numbers_and_open_the_trend(history, open_page):
    whole = rows("Desk 01", 5)
    known = [line for line in rows("Desk 01", 5, range(WEEKS - 1)) if "2026-11-05" not in line]
    store(history, known, "then.csv", THEN)
    store(history, whole, "now.csv", NOW)
    at = open_page(PAGE)
    assert "**2 numbers of the past changed**, because newer files say more, or something else," in said(at)
    told = [value for value in said_in_order(at) if "is now" in value]
    assert told == [
        "2 numbers, such as\\: Send\\-out to fill in November 2026 was 10\u00a0\\/\u00a05 "
        "and is now 10\u00a0\\/\u00a010"
    ]
    wanted = {"desk": "Desk 01", "trend": "Send-out to fill", "step": "Month"}
    assert ("Desk 01", "trends", wanted) in links(at)
    table = expander(at, "Every number that changed").dataframe[0].value
    assert table.to_dict("records") == [
        {"Desk": "Desk 01", "Month": "2026-11", "Ratio": "Send-out to fill", "Before": "10 / 5", "After": "10 / 10"},
        {"Desk": "Desk 01", "Month": "2026-11", "Ratio": "Contract to fill", "Before": "0 / 5", "After": "0 / 10"},
    ]


def test_rows_of_a_week_that_was_not_over_when_the_files_came_are_no_restated_past(history, open_page):
    store(history, rows("Desk 01", 5, range(WEEKS - 2)), "then.csv", datetime(2026, 11, 13, 17, 0).astimezone())
    store(history, rows("Desk 01", 5), "now.csv", NOW)
    at = open_page(PAGE)
    assert "No number of the weeks before has changed since." in said(at)


def test_when_nothing_was_stored_a_week_ago_no_number_can_have_changed(firm, open_page):
    told = said(open_page(PAGE))
    assert "of the past changed" not in told
    assert "No number of the weeks before" not in told


def test_more_than_five_desks_with_late_rows_are_in_the_table(history, open_page):
    names = [f"Desk {number:02d}" for number in range(1, 8)]
    known = [line for desk in names for line in rows(desk, 5, range(WEEKS - 1)) if "2026-10-08" not in line]
    store(history, known, "then.csv", THEN)
    store(history, [line for desk in names for line in rows(desk, 5)], "now.csv", NOW)
    at = open_page(PAGE)
    assert len([value for value in said_in_order(at) if "is now" in value]) == 5
    assert len(expander(at, "Every number that changed").dataframe[0].value) == 14


# --- little data -----------------------------------------------------------------------------------------------------


def test_an_empty_history_says_what_to_do_first(history, open_page):
    at = open_page(PAGE)
    assert not at.exception
    assert [button.key for button in at.button] == ["load_sample", "go_upload"]


def test_before_a_week_is_over_the_page_says_when_the_first_will_be(history, open_page):
    store(history, [row("Desk 01", WEEKS, 0, "hit", number) for number in range(10)])
    at = open_page(PAGE)
    assert not at.exception
    assert "The first one closes on Sunday, 29 Nov 2026" in said(at)
    assert ("", "scoreboard", {"period": "This month"}) in [("", *link[1:]) for link in links(at)]


def test_two_weeks_of_one_desk_are_too_early_to_judge(history, open_page):
    store(history, rows("Desk 01", 5, range(WEEKS - 2, WEEKS))[:7])
    at = open_page(PAGE)
    assert not at.exception
    assert at.subheader[0].value == "It is too early to judge the one desk."
    assert "Nobody yet: a standard needs some cases to be judged by" in said(at)
    assert "Nobody stands out surely" in said(at)
    label = expander(at, "1 desk has too few").label
    assert label == "1 desk has too few cases of something to notice a change in it"
    assert "too young for Call to hit, Hit to interview, so its activity is watched instead" in said(at)


def test_one_desk_alone_is_praised_or_warned_without_others_beside_it(history, open_page):
    store(history, rows("Desk 04", 2))
    at = open_page(PAGE)
    assert at.subheader[0].value.startswith("1 of 1 desk deserves a conversation, 1 did great; 2 send-outs ")
    assert "The other desks together" not in said(at)


def test_a_firm_that_fell_silent_is_told_its_last_day_and_where_to_go(history, open_page):
    store(history, rows("Desk 01", 5, range(WEEKS - 10)))
    at = open_page(PAGE)
    assert not at.exception
    assert at.subheader[0].value == "No desk has recorded anything lately."
    assert "The last recorded day is 10 Sep 2026." in said(at)
    assert ("Upload a newer export", "upload", {}) in links(at)
    assert "Nobody, as far as is known." in said(at)


def test_a_handful_of_rows_is_no_reason_to_fail(history, open_page):
    store(history, LOG.splitlines()[1:])
    assert not open_page(PAGE).exception
