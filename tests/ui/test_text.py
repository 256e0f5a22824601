"""Names out of files stay names: no markup, no line breaks, no endless text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some
from markdown_it import MarkdownIt

from ui import text

HOSTILE = [
    "![x](http://127.0.0.1/a.png)",
    "[click](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "# Heading",
    "**bold** _it_ ~~gone~~ `code`",
    ":red[loud] :material/home: $E=mc^2$",
    "| a | b |",
    "1. list",
    "a\n\n# b",
]


def shown(markdown: str) -> str:
    """What a reader of rendered markdown sees, tags included where there are any."""
    inline = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    assert [token.type for token in inline] == ["paragraph_open", "inline", "paragraph_close"]
    kinds = {child.type for child in inline[1].children or []}
    assert kinds <= {"text", "text_special"}, kinds
    # What has no width is not seen; category C is left out of the made-up names below.
    return "".join(child.content for child in inline[1].children or []).replace("\u2060", "")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_shown_letter_by_letter(name):
    assert shown(text.plain(name)) == " ".join(name.split())


@given(some.text(alphabet=some.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=60))
def test_whatever_a_name_holds_it_is_shown_as_it_is(name):
    assert shown(text.plain(name)) == name


@pytest.mark.parametrize("name", ["http://a.example", "HTTPS://a.example", "www.a.example", "x@a.example"])
def test_an_address_in_a_name_is_broken_so_that_it_becomes_no_link(name):
    said = text.plain(name).replace("\\", "")
    assert said.replace("\u2060", "") == name
    assert "\u2060" in said.split(".")[0].split("a")[0]


def test_a_ratio_and_a_percentage_stay_in_one_line():
    assert (
        text.unbroken("from 2.4 : 1 to 6 : 1, 98 % sure") == "from 2.4\u00a0:\u00a01 to 6\u00a0:\u00a01, 98\u00a0% sure"
    )
    assert text.unbroken(text.plain("2.4 : 1")) == "2\\.4\u00a0\\:\u00a01"
    assert text.unbroken("12 : 10 and a: 1st") == "12 : 10 and a: 1st"


def test_a_long_name_is_cut():
    assert text.plain("a" * 100) == "a" * 79 + "…"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2026, 8, 24), date(2026, 11, 22), "24 Aug to 22 Nov 2026"),
        (date(2025, 12, 1), date(2026, 1, 4), "1 Dec 2025 to 4 Jan 2026"),
        (date(2026, 11, 2), date(2026, 11, 2), "2 Nov 2026"),
    ],
)
def test_days_are_said_as_people_say_them(start, end, said):
    assert text.days(start, end) == said


def test_counts_carry_their_noun():
    assert (text.count(1, "desk"), text.count(1204, "row")) == ("1 desk", "1,204 rows")
    assert text.count(2, "entry", "entries") == "2 entries"


def test_a_list_of_names_ends_with_and_or_with_a_number():
    assert text.listed([]) == ""
    assert text.listed(["A"]) == "A"
    assert text.listed(["A", "B", "C"]) == "A, B and C"
    assert text.listed(["A", "B", "C", "D", "E"]) == "A, B, C and 2 more"
