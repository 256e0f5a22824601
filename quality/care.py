"""Contractor care: everyone on assignment, who needs a call first, and why in words.

Signs and what they weigh are data (`quality.care_signals`). Whoever asked to be left alone stands in the list with
that fact and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from narwhals.typing import IntoFrame

from quality.assignments import assignments
from quality.care_log import Heard, heard
from quality.care_signals import LEVELS, MOST_DAYS, SHIPPED, Weights
from quality.care_signs import ended_since, running_now, signs_of, told_of
from quality.care_silence import is_judged
from quality.care_words import sentences

#: Columns of the result of `care`.
COLUMNS = (
    "assignment", "contractor", "client", "job", "desk", "started_on", "day", "planned_end", "days_left", "level",
    "points", "reasons", "context", "last_contact", "met_by", "met_how", "last_spoken", "signed_on", "spoken", "silent",
    "care_owner", "support_owner", "alone", "recorded_on",
)  # fmt: skip
_NO_DAYS = ("started_on", "planned_end", "last_contact", "last_spoken", "signed_on")


def care(
    log: IntoFrame,
    *,
    as_of: date,
    weights: Weights = SHIPPED,
    rows: pd.DataFrame | None = None,
    answers: pd.DataFrame | None = None,
    roster: pd.DataFrame | None = None,
    told: Heard | None = None,
) -> pd.DataFrame:
    """Everyone on assignment at the end of ``as_of``, who needs a call first standing first: COLUMNS.

    ``level`` is one of LEVELS, missing for who is ``alone`` (asked to be left alone); ``points``: what the signs and,
    on top of them, the contexts weigh; ``reasons`` and ``context``: sentences, the heaviest first. ``day`` is days
    since the start, ``days_left`` to the planned end, ``silent`` since the last contact (at most since the start),
    missing where it is not judged; ``recorded_on`` says why, of everyone the same (`quality.care_silence`);
    ``met_by`` and ``met_how`` are the activity and the channel of that contact, ``last_spoken`` the day of the last one
    that was not in writing. ``signed_on`` is the day of the latest sign that happened, ``spoken`` whether somebody was
    spoken to on a later day; False too where silence is the only sign, missing without any, and where nobody was and
    silence is not judged. Not known is missing.
    ``rows``: those of `quality.assignments` of that day, where they are at hand; ``told``: what the log holds about
    all of them and maybe others, at least as far back as any sign may look.
    """
    every = assignments(log, as_of=as_of, roster=roster).rows if rows is None else rows
    cases = running_now(every, pd.Timestamp(as_of))
    names = cases["candidate"].unique()
    lately = ended_since(every, as_of - timedelta(days=MOST_DAYS))
    known = told or heard(log, lately, since=as_of, as_of=as_of, answers=answers, roster=roster)
    judged = levels_of(cases, known.of(names, as_of), weights)
    return _in_order(judged.rename(columns={"candidate": "contractor"}))[list(COLUMNS)]


def levels_of(cases: pd.DataFrame, told: Heard, weights: Weights) -> pd.DataFrame:
    """Cases (`quality.care_signs`) with what is known that day, their level, points, reasons and context.

    Who asked to be left alone by then has neither.
    """
    own = told_of(cases, told)
    signs = signs_of(own, told, weights)
    found = signs.assign(words=sentences(signs, own, weights))
    is_context = found["is_context"].astype("bool")
    judged = _weighed(own, found, weights).assign(
        reasons=_texts(found[~is_context], own.index),
        context=_texts(found[is_context], own.index),
        **_spoken(found[~is_context], own),
    )
    return _told_of_no_more_than_the_wish(judged)


def levels_only(cases: pd.DataFrame, told: Heard, weights: Weights) -> pd.DataFrame:
    """The same cases with ``alone``, their points and level and not a word about them, in half the time."""
    own = told_of(cases, told)
    return _weighed(own, signs_of(own, told, weights), weights)


def _weighed(own: pd.DataFrame, signs: pd.DataFrame, weights: Weights) -> pd.DataFrame:
    points = _points(signs).reindex(own.index).fillna(0.0)
    return own.assign(points=points, level=_levels(points, weights))


def _points(found: pd.DataFrame) -> pd.Series:
    """What each case weighs: its signs, and what it is in on top of them; contexts alone weigh nothing."""
    is_context = found["is_context"].astype("bool")
    signs = found[~is_context].groupby("case")["points"].sum()
    on_top = found[is_context].groupby("case")["points"].sum()
    return signs + on_top.reindex(signs.index).fillna(0.0)


def _spoken(signs: pd.DataFrame, own: pd.DataFrame) -> dict[str, pd.Series]:
    """The day of the latest sign that happened, and whether somebody spoke to them on a day after it.

    A message is no talk; a contact whose channel is not on record is taken for one. That nobody spoke to them is known
    where contacts are recorded.
    """
    happened = signs[signs["measure"] != "silence"]
    signed_on = happened.groupby("case")["on"].max().reindex(own.index)
    after = (own["last_spoken"] > signed_on).astype("boolean")
    known = own.index.isin(signs["case"]) & (after | is_judged(own["asked"], own["recorded_on"]))
    return {"signed_on": signed_on, "spoken": after.where(known)}


def _levels(points: pd.Series, weights: Weights) -> pd.Series:
    names = np.select([points >= weights.act, points >= weights.watch], LEVELS[:2], LEVELS[2])
    return pd.Series(names, index=points.index, dtype="str")


def _texts(found: pd.DataFrame, index: pd.Index) -> pd.Series:
    """The sentences of each case, in the order found."""
    texts: dict[Any, list[str]] = {}
    for case, words in zip(found["case"], found["words"], strict=True):
        texts.setdefault(case, []).append(words)
    return pd.Series([tuple(texts.get(case, ())) for case in index], index=index, dtype="object")


def _told_of_no_more_than_the_wish(judged: pd.DataFrame) -> pd.DataFrame:
    alone = judged["alone"]
    nothing = pd.Series([() for _ in judged.index], index=judged.index, dtype="object")
    texts = {name: judged[name].where(~alone, nothing) for name in ("reasons", "context")}
    others = (
        "level", "points", "day", "days_left", "silent", *_NO_DAYS, "met_by", "met_how", "spoken", "care_owner",
        "support_owner",
    )  # fmt: skip
    known = judged.assign(**texts, **{name: judged[name].mask(alone) for name in others})
    return known.astype({"points": "Float64", **dict.fromkeys(("day", "days_left", "silent"), "Int64")})


def _in_order(judged: pd.DataFrame) -> pd.DataFrame:
    """Who needs a call first: by level, those nobody has spoken to since the latest sign before the others, by what it
    weighs, by how long nobody was in contact; the left alone last.
    """
    ranks = judged["level"].map({name: at for at, name in enumerate(LEVELS)})
    order = judged.assign(rank=ranks, answered=judged["spoken"].fillna(True))
    keys: Sequence[str] = ("rank", "answered", "points", "silent", "contractor", "assignment")
    return order.sort_values(
        list(keys), ascending=[True, True, False, False, True, True], kind="stable", ignore_index=True
    )
