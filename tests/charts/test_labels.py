from __future__ import annotations

from charts.labels import free_places

ROOM = (200.0, 100.0)


def test_a_name_stands_above_its_point_where_there_is_room():
    assert free_places([(100, 50)], ["Desk 01"], ROOM) == ["top center"]


def test_a_name_at_the_upper_edge_goes_below_its_point():
    assert free_places([(100, 5)], ["Desk 01"], ROOM) == ["bottom center"]


def test_a_name_in_the_corner_goes_to_the_side_with_room():
    assert free_places([(0, 90)], ["Desk 01"], ROOM) == ["middle right"]
    assert free_places([(200, 90)], ["Desk 01"], ROOM) == ["middle left"]


def test_two_names_never_lie_on_each_other_or_on_a_point():
    assert free_places([(90, 50), (110, 50)], ["Desk 01", "Desk 02"], ROOM) == ["top center", "bottom center"]


def test_a_name_without_any_room_is_left_out_and_the_first_point_chooses_first():
    low_and_narrow = (112.0, 40.0)
    assert free_places([(100, 20), (101, 20), (102, 20)], ["Desk 01"] * 3, low_and_narrow) == ["middle left", "", ""]
    assert free_places([(10, 10)], ["Desk 01"], (20.0, 20.0)) == [""]


def test_a_name_that_is_needed_has_a_place_even_where_all_are_taken():
    crowd = [(100.0, 100.0)] * 6
    assert "" in free_places(crowd, ["Desk 01"] * 6, ROOM)
    assert all(free_places(crowd, ["Desk 01"] * 6, ROOM, needed=6))
