from __future__ import annotations

import pandas as pd
from owed_firm import store_firm

from ui.whose import Whose

ROWS = pd.DataFrame({"desk": ["Desk 01", "Desk 02", "Desk 03"], "n": [1, 2, 3]})


def test_without_a_choice_everybody_is_meant():
    assert Whose().asked is None
    assert Whose().words == "all desks"
    assert Whose().only(ROWS)["n"].tolist() == [1, 2, 3]
    assert Whose().link() == {}


def test_some_desks_are_named_and_cut_out():
    two = Whose(desks=("Desk 01", "Desk 03"))
    assert two.words == "Desk 01 and Desk 03"
    assert two.only(ROWS)["n"].tolist() == [1, 3]
    assert two.link() == {"desk": ["Desk 01", "Desk 03"]}


def test_a_team_is_the_desks_that_were_in_it(history):
    store_firm()
    assert Whose(team="South").asked == ("Desk 02",)
    assert Whose(team="South").only(ROWS)["n"].tolist() == [2]
    assert Whose(team="South").words == "South"
    assert Whose(team="Nobody").only(ROWS).empty


def test_desks_of_a_team_are_those_desks_alone(history):
    store_firm()
    assert Whose("South", ("Desk 02",)).asked == ("Desk 02",)
    assert Whose("South", ("Desk 02",)).link() == {"team": "South", "desk": ["Desk 02"]}
