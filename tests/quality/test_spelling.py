from __future__ import annotations

import pandas as pd

from quality.spelling import spelt_alike


def clients(*names: str | None) -> pd.DataFrame:
    return pd.DataFrame({"client": list(names), "at": range(len(names))})


def test_capitals_and_spaces_do_not_make_another_name_and_the_usual_spelling_holds():
    [found] = spelt_alike("client", clients("Example Works", "EXAMPLE  works ", "Example Works", "Example Labs"))
    assert found["client"].tolist() == ["Example Works"] * 3 + ["Example Labs"]
    assert found["at"].tolist() == [0, 1, 2, 3]


def test_the_usual_spelling_is_that_of_all_frames_together():
    one, other = spelt_alike("client", clients("example works"), clients("Example Works", "Example Works"))
    assert one["client"].tolist() + other["client"].tolist() == ["Example Works"] * 3


def test_where_two_are_as_usual_the_first_in_the_order_of_letters_holds():
    [found] = spelt_alike("client", clients("example works", "Example Works"))
    assert found["client"].tolist() == ["Example Works"] * 2


def test_nobody_gets_a_name_that_had_none():
    [found] = spelt_alike("client", clients(None, "Example Works"))
    assert found["client"].isna().tolist() == [True, False]
    [nothing] = spelt_alike("client", clients(None, None))
    assert nothing["client"].isna().all()
    assert spelt_alike("client", clients())[0].empty
