"""The same people judged twice: how many stand on each level, and who changes it."""

from __future__ import annotations

import pandas as pd

from quality.care_moves import moves


def judged(**levels):
    """People by assignment, in this order, with their level; None: asked to be left alone."""
    names = list(levels)
    return pd.DataFrame({"assignment": names, "contractor": [name.title() for name in names], "level": levels.values()})


def test_who_changes_level_stands_in_the_order_of_the_list_afterwards():
    before = judged(avery="act", blake="watch", casey="calm", drew=None)
    after = judged(casey="act", avery="watch", blake="watch", drew=None)
    found = moves(before, after)
    assert found.counts == {"act": (1, 1), "watch": (1, 2), "calm": (1, 0)}
    assert found.words == "act 1 → 1, watch 1 → 2, calm 1 → 0"
    assert found.people.to_numpy().tolist() == [["Casey", "calm", "act"], ["Avery", "act", "watch"]]


def test_where_nothing_changes_nobody_is_named():
    same = judged(avery="act", drew=None)
    assert moves(same, same).people.empty
    assert moves(same, same).words == "act 1 → 1, watch 0 → 0, calm 0 → 0"
