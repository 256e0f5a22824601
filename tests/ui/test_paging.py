"""Pages of a list that stay in the address."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from ui.paging import parameter


def listing() -> None:
    import streamlit as st

    from ui.paging import chosen_page

    many = st.number_input("Rows", value=25, key="many")
    rows = list(range(int(many)))
    st.text(rows[chosen_page(len(rows), 10, "rows_page")])


def cut() -> None:
    """A list of whatever is chosen: 25 rows of A and of B, 5 of C."""
    import streamlit as st

    from ui.paging import chosen_page

    whose = st.selectbox("Whose", ["A", "B", "C"], key="whose", bind="query-params")
    rows = [f"{whose}{number}" for number in range(5 if whose == "C" else 25)]
    st.text(rows[chosen_page(len(rows), 10, "rows-page", whose)][0])


def shown(at: AppTest) -> str:
    assert not at.exception
    return at.text[0].value


def test_the_page_stands_in_the_address_and_an_address_opens_it():
    at = AppTest.from_function(listing).run()
    assert shown(at) == str([*range(10)])
    at.get_by_key("rows_page").set_value(2).run()
    assert shown(at) == str([*range(10, 20)])
    assert at.get_by_key("rows_page").proto.query_param_key == "rows_page"
    again = AppTest.from_function(listing)
    again.query_params["rows_page"] = "3"
    assert shown(again.run()) == str([*range(20, 25)])


def test_a_list_that_became_shorter_shows_a_page_that_is_there():
    at = AppTest.from_function(listing).run()
    at.get_by_key("rows_page").set_value(3).run()
    at.number_input(key="many").set_value(12).run()
    assert shown(at) == str([*range(10)])
    at.number_input(key="many").set_value(4).run()
    assert shown(at) == str([*range(4)])


def test_an_address_that_asks_for_a_page_that_never_was_opens_the_first():
    for asked in ("9", "0", "two"):
        at = AppTest.from_function(listing)
        at.query_params["rows_page"] = asked
        assert shown(at.run()) == str([*range(10)])


def test_a_list_told_by_words_or_names_has_a_short_parameter_of_its_own():
    one, other = parameter("page-today-Avery Sample"), parameter("page-today-Blake Sample")
    assert one != other
    assert one.isidentifier()
    assert "Avery" not in one
    assert parameter("rows_page") == "rows_page"


def test_another_choice_begins_at_the_first_page_and_so_does_the_choice_before():
    at = AppTest.from_function(cut).run()
    at.pagination[0].set_value(3).run()
    assert shown(at) == "A20"
    at.selectbox(key="whose").set_value("B").run()
    assert shown(at) == "B0"
    at.pagination[0].set_value(2).run()
    at.selectbox(key="whose").set_value("A").run()
    assert shown(at) == "A0"
    at.pagination[0].set_value(2).run()
    at.selectbox(key="whose").set_value("C").run()
    assert shown(at) == "C0"
    at.selectbox(key="whose").set_value("A").run()
    assert shown(at) == "A0"


def test_an_address_with_a_page_of_another_choice_opens_the_first():
    page = parameter("rows-page-A")
    at = AppTest.from_function(cut)
    at.query_params[page] = "3"
    assert shown(at.run()) == "A20"
    other = AppTest.from_function(cut)
    other.query_params[page], other.query_params["whose"] = "3", "B"
    assert shown(other.run()) == "B0"
