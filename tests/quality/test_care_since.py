"""Whether somebody on assignment was in contact since the latest sign, and who comes first for it."""

from __future__ import annotations

import pandas as pd
import pytest

from quality.care import care
from tests.quality.care_log import AS_OF, AVERY, BLAKE, quiet, started, told, touched
from tests.quality.small_logs import frame_of


def people(engine, rows):
    return care(engine(frame_of(rows)), as_of=AS_OF)


def one(engine, rows):
    """The only contractor."""
    (found,) = people(engine, rows).to_dict("records")
    return found


@pytest.mark.parametrize(("met", "spoken"), [("2026-11-04", False), ("2026-11-05", False), ("2026-11-06", True)])
def test_a_contact_on_a_later_day_than_the_latest_sign_is_one_since(engine, met, spoken):
    rows = [started("2026-08-03"), told("2026-10-30", "survey", score=5), told("2026-11-05", "complaint"), touched(met)]
    found = one(engine, rows)
    assert (found["signed_on"], found["met_by"]) == (pd.Timestamp(2026, 11, 5), "touch")
    assert found["spoken"] is spoken


@pytest.mark.parametrize(
    ("how", "spoken"), [("email", False), ("text", False), ("social", False), ("call", True), (None, True)]
)
def test_a_message_since_the_sign_is_no_talk_and_a_contact_of_an_unknown_channel_is_one(engine, how, spoken):
    wrote = told("2026-11-06", "touch", channel=how)
    found = one(engine, [started("2026-08-03"), touched("2026-10-30"), told("2026-11-05", "complaint"), wrote])
    assert found["spoken"] is spoken
    assert found["last_contact"] == pd.Timestamp(2026, 11, 6)
    assert found["last_spoken"] == pd.Timestamp("2026-11-06" if spoken else "2026-10-30")


def test_of_one_day_the_talk_is_told_and_not_the_message(engine):
    said = [touched("2026-11-06"), told("2026-11-06", "touch", channel="email")]
    found = one(engine, [started("2026-08-03"), *said])
    assert (found["met_by"], found["met_how"]) == ("touch", "call")


def test_without_a_sign_there_is_nothing_to_speak_about_and_silence_is_no_contact(engine):
    calm = one(engine, quiet())
    assert pd.isna(calm["spoken"])
    assert pd.isna(calm["signed_on"])
    silent = one(engine, [started("2026-08-03"), touched("2026-10-01")])
    assert silent["spoken"] is False
    assert pd.isna(silent["signed_on"])


def test_within_a_level_those_nobody_has_spoken_to_since_come_first(engine):
    heavy = [*quiet(), told("2026-11-05", "complaint"), told("2026-11-05", "social_complaint")]
    light = [*quiet(BLAKE), told("2026-11-21", "social_complaint", BLAKE)]
    watched = [*quiet("Casey"), told("2026-11-21", "complaint", "Casey")]
    found = people(engine, [*heavy, *light, *watched])
    assert found["contractor"].tolist() == [BLAKE, AVERY, "Casey"]
    assert found["level"].tolist() == ["act", "act", "watch"]
