"""What people noted and wished on purpose: other offers, contacts that only check in, people to be left alone.

Drawn from streams of their own, so that nothing else in the sample depends on what stands here.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sample_data.coded import NOTHING, code, coin, events
from sample_data.remarks import CHECK_INS, OTHER_OFFERS, place_of

#: Share of declined offers whose reason nobody noted, and of the others whose note names the other offer.
UNTOLD, NAMED = 0.12, 0.60
#: Share of conversations without a note that get one which only checks in.
ONLY_CHECKED_IN = {"recruiting_call": 0.06, "marketing_call": 0.06, "touch": 0.08}
#: Share of those who said no and were never heard of again that want to be left alone.
LEFT_ALONE = 0.004
_SAID_NO = ("recruiting_call", "offer_declined")


def noted(raw: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The events with what is told of declined offers, and with notes that only check in."""
    return _checking_in(_told_of_offers(raw, rng), rng)


def _told_of_offers(raw: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    declined = (raw["activity"] == code("activity", "offer_declined")).to_numpy()
    untold = declined & coin(rng, len(raw), UNTOLD)
    named = declined & ~untold & coin(rng, len(raw), NAMED)
    notes = raw["notes"].to_numpy()
    for reason, texts in OTHER_OFFERS.items():
        own = named & (raw["outcome"] == code("outcome", reason)).to_numpy()
        notes = np.where(own, _one_of(texts, len(raw), rng), notes)
    return raw.assign(outcome=raw["outcome"].mask(untold, NOTHING), notes=notes.astype("int32"))


def _checking_in(raw: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    share = raw["activity"].map({code("activity", name): share for name, share in ONLY_CHECKED_IN.items()})
    only = (raw["notes"] == NOTHING).to_numpy() & coin(rng, len(raw), share.fillna(0).to_numpy())
    return raw.assign(notes=np.where(only, _one_of(CHECK_INS, len(raw), rng), raw["notes"]).astype("int32"))


def _one_of(texts: tuple[str, ...], size: int, rng: np.random.Generator) -> np.ndarray:
    return np.array([place_of(text) for text in texts])[rng.integers(0, len(texts), size)]


def left_alone(raw: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Some candidates whose last event is a no say on that day that they want to be left alone."""
    of_candidates = raw[raw["candidate"] >= 0]
    last = of_candidates.sort_values(["day", "minute"], kind="stable").drop_duplicates("candidate", keep="last")
    said_no = last["activity"].isin([code("activity", name) for name in _SAID_NO])
    kept = last[said_no & (last["outcome"] != code("outcome", "interested"))]
    some = kept[coin(rng, len(kept), LEFT_ALONE)]
    values = {name: some[name] for name in ("desk", "day", "candidate")}
    return events("do_not_contact", {**values, "minute": some["minute"] + 3}, "candidate")
